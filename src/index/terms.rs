//! What of a passage is searched, whatever engine holds it: the terms it is ranked by, and what it is filtered by.

use std::collections::HashSet;

use super::analyzer::{Token, pairs, words};
use super::passage::{LEFT_OUT, Passage};

/// What a passage can be found by.
pub struct Terms<'p> {
    /// Its words.
    pub words: Vec<Token>,
    /// Its pairs of characters.
    pub pairs: Vec<Token>,
    /// Words that it stands under: title, heading, who speaks.
    pub around: Vec<Token>,
    /// Kinds of the voices in it, as the contract calls them.
    pub kinds: Vec<&'p str>,
    /// Full names of the counties that speak in it.
    pub counties: Vec<&'p str>,
    /// Names of the persons and groups that speak in it.
    pub speakers: Vec<&'p str>,
}

impl<'p> Terms<'p> {
    /// Of a passage of a meeting with this title.
    pub fn of(title: &str, passage: &'p Passage) -> Terms<'p> {
        let mut around: Vec<Token> = words(title);
        around.extend(passage.section.iter().flat_map(|section| words(section)));
        let (mut kinds, mut counties, mut speakers) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen: HashSet<&str> = HashSet::new();
        for said in &passage.remarks {
            let voice = &said.voice;
            let kind = if passage.left_out { LEFT_OUT } else { voice.kind() };
            if seen.insert(kind) {
                kinds.push(kind);
            }
            let county = voice.county().map(|county| county.name());
            for (list, value) in [(&mut counties, county), (&mut speakers, voice.name())] {
                if let Some(value) = value.filter(|value| seen.insert(value)) {
                    list.push(value);
                    around.extend(words(value));
                }
            }
            if let Some(office) = voice.office().filter(|office| seen.insert(office)) {
                around.extend(words(office));
            }
        }
        Terms {
            words: words(&passage.text),
            pairs: pairs(&passage.text),
            around,
            kinds,
            counties,
            speakers,
        }
    }
}
