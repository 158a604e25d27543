//! Who speaks in a paper: each once, with a colour and the places of their words.

use crate::index::{Paper, Piece};
use crate::meeting::{Certainty, Voice};

/// How many colours there are before they begin again.
pub const COLOURS: usize = 10;

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker<'p> {
    /// The voice of their first words.
    pub voice: &'p Voice,
    /// Their colour: an index below [`COLOURS`]; `None` for voices that nobody is known by.
    pub colour: Option<usize>,
    /// The pieces that are theirs, as indices of the paper's.
    pub pieces: Vec<usize>,
}

/// All who speak, in order of their first words.
#[derive(Clone, Debug, Default)]
pub struct Cast<'p> {
    /// Each once.
    pub speakers: Vec<Speaker<'p>>,
    /// By piece, who speaks it: an index of `speakers`; `None` for narration.
    of_piece: Vec<Option<usize>>,
}

impl<'p> Cast<'p> {
    /// Of a paper.
    pub fn of(paper: &'p Paper) -> Cast<'p> {
        let mut cast = Cast::default();
        let mut colours = 0;
        for (index, piece) in paper.pieces.iter().enumerate() {
            if !piece.voice.is_spoken() {
                cast.of_piece.push(None);
                continue;
            }
            let known = cast
                .speakers
                .iter()
                .position(|known| is_same(known.voice, &piece.voice));
            let at = known.unwrap_or_else(|| {
                let named = piece.voice.name().or(piece.voice.office()).is_some();
                cast.speakers.push(Speaker {
                    voice: &piece.voice,
                    colour: named.then_some(colours % COLOURS),
                    pieces: Vec::new(),
                });
                colours += usize::from(named);
                cast.speakers.len() - 1
            });
            cast.speakers[at].pieces.push(index);
            cast.of_piece.push(Some(at));
        }
        cast
    }

    /// Who speaks a piece.
    pub fn speaker(&self, piece: usize) -> Option<&Speaker<'p>> {
        self.speakers.get(self.index(piece)?)
    }

    /// Who speaks a piece, as an index of `speakers`.
    pub fn index(&self, piece: usize) -> Option<usize> {
        *self.of_piece.get(piece)?
    }
}

/// Whether two voices are one person's or group's, by name, or by office where there is no name; and for one county, as far as
/// that is known.
fn is_same(one: &Voice, other: &Voice) -> bool {
    let called = |voice: &Voice| match voice.name() {
        Some(name) => (Some(name.to_owned()), None),
        None => (None, voice.office().map(str::to_owned)),
    };
    let counties = one.county().is_none() || other.county().is_none() || one.county() == other.county();
    called(one) == called(other) && counties && one.speaker().is_some() == other.speaker().is_some()
}

/// Whether it is not sure whose words a piece is.
pub fn is_doubtful(piece: &Piece) -> bool {
    match &piece.voice {
        Voice::Unknown { .. } => true,
        voice => voice.certainty() == Some(Certainty::Inferred),
    }
}
