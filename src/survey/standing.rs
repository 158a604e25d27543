//! Where some words stand in the files: white space and forms of characters (half width, traditional, quotation marks) set
//! aside, nothing else. By this a quote is told from what only resembles one.

use crate::answer::Quote;
use crate::index::{IndexError, Paper, Query, Snapshot, Unit, WeightedTerm, pairs};
use crate::meeting::{Manner, Voice};
use crate::text::{CharOffsets, Folded, Span};

/// Fewest letters of words that can be looked for.
const FEWEST: usize = 2;
/// Marks around words that are not theirs.
const MARKS: [char; 12] = ['“', '”', '"', '‘', '’', '\'', '「', '」', '『', '』', '…', '—'];

/// Words in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The words as they stand there. Those of several speakers, or half a speaker's and half the reporter's, are nobody's alone.
    pub quote: Quote,
    /// Who speaks in them, where they are not one's alone; where it is one, the rest is the reporter's.
    pub several: Vec<Voice>,
    /// Whether they stand there character for character, white space set aside.
    pub exact: bool,
    /// Whether they stand in what is a remark or the reporter's, and not in a heading or in what the page has beside its text.
    pub in_text: bool,
}

/// The first `most` places where words stand, in all files or in one. `None` where there are too few letters to look for.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn places_of(
    snapshot: &Snapshot,
    words: &str,
    file: Option<&str>,
    most: usize,
) -> Result<Option<Vec<Standing>>, IndexError> {
    let words = words.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let sought = unspaced(words);
    let sought = sought.text();
    if sought.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST {
        return Ok(None);
    }
    let mut found = Vec::new();
    let mut look = |files: &[String]| -> Result<Vec<Standing>, IndexError> {
        for file in files {
            if found.len() >= most {
                break;
            }
            let Some(text) = snapshot.text(file)? else { continue };
            let folded = unspaced(&text);
            if !folded.text().contains(sought) {
                continue;
            }
            let Some(paper) = snapshot.paper(file)? else { continue };
            for (at, _) in folded.text().match_indices(sought).take(most - found.len()) {
                let span = folded.original(Span::new(at, at + sought.len()));
                found.push(standing(&paper, span, words));
            }
        }
        Ok(found.clone())
    };
    if let Some(file) = file {
        return look(&[file.to_owned()]).map(Some);
    }
    // Those that the index leads to; and where it leads to none, all: the words may reach over paragraphs.
    let led = look(&led_to(snapshot, words)?)?;
    if !led.is_empty() {
        return Ok(Some(led));
    }
    let all: Vec<String> = snapshot
        .catalogue()
        .files()
        .map(|entry| entry.file.to_owned())
        .collect();
    look(&all).map(Some)
}

/// The files with the rarest pair of characters, in order of their paths.
fn led_to(snapshot: &Snapshot, words: &str) -> Result<Vec<String>, IndexError> {
    let mut rarest: Option<(u64, String)> = None;
    for pair in pairs(words) {
        let count = snapshot.frequency(Unit::Pair, &pair.term)?;
        if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
            rarest = Some((count, pair.term));
        }
    }
    let Some((count, term)) = rarest else {
        return Ok(Vec::new());
    };
    let query = Query {
        terms: vec![WeightedTerm {
            unit: Unit::Pair,
            term,
            weight: 1.0,
        }],
        ..Query::default()
    };
    let hits = snapshot.search(&query, usize::try_from(count).unwrap_or(usize::MAX))?;
    let mut files: Vec<String> = hits.into_iter().map(|hit| hit.file).collect();
    files.sort_unstable();
    files.dedup();
    Ok(files)
}

/// A text folded, without its white space.
fn unspaced(text: &str) -> Folded {
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let holes: Vec<Span> = spaces.map(|(at, c)| Span::new(at, at + c.len_utf8())).collect();
    Folded::without(text, Span::new(0, text.len()), &holes)
}

fn standing(paper: &Paper, span: Span, words: &str) -> Standing {
    let is_letter = |c: &char| !c.is_whitespace();
    let touched: Vec<_> = paper.pieces.iter().filter(|piece| piece.span.overlaps(span)).collect();
    let mut voices: Vec<Voice> = Vec::new();
    for piece in &touched {
        if !voices.contains(&piece.voice) {
            voices.push(piece.voice.clone());
        }
    }
    // What frames the words (他说, quotation marks) is in no piece, and changes nobody.
    let (voice, several) = match voices.len() {
        0 => (Voice::Narrator, Vec::new()),
        1 => (voices.remove(0), Vec::new()),
        _ => {
            voices.retain(Voice::is_spoken);
            let manner = Manner::Indirect;
            (Voice::Unknown { manner }, voices)
        }
    };
    let text = span.of(&paper.text);
    Standing {
        exact: text.chars().filter(is_letter).eq(words.chars().filter(is_letter)),
        in_text: !touched.is_empty(),
        several,
        quote: Quote {
            score: 1.0,
            ..Quote::new(
                &paper.file,
                (&paper.meeting.title, paper.meeting.dates),
                voice,
                touched.first().and_then(|piece| piece.section.clone()),
                text.to_owned(),
                CharOffsets::new(&paper.text).chars_before(span.start()),
            )
        },
    }
}
