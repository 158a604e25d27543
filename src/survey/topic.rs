//! What the files hold of a topic: who spoke of it and when, the oldest first, and how often by year, county and speaker. A remark is
//! of it where it says so, or where the title of its meeting or the heading above it does.

use std::collections::BTreeSet;

use super::gather;
use super::tally::{Tally, by, by_year, most_first};
use crate::answer::Quote;
use crate::index::{Filter, Hit, IndexError, Query, Said, Snapshot, Unit, WeightedTerm, normalized, pairs, words};
use crate::near::{Meant, by_hand};
use crate::text::{Folded, Span};

/// Most words of nearly the same meaning that are offered.
const NEAR: usize = 5;
/// How near a word must be.
const NEARNESS: f32 = 0.5;

/// All remarks on a topic.
#[derive(Clone, Debug, Default)]
pub struct TopicSurvey {
    /// As it was asked for.
    pub asked: String,
    /// Its words, all of which a remark on it holds, or the title or heading above it.
    pub words: Vec<String>,
    /// The remarks, the oldest first, with the words marked that they hold.
    pub remarks: Vec<Quote>,
    /// How many there are.
    pub tally: Tally,
    /// How many of them hold the words themselves.
    pub said: usize,
    /// At how many meetings.
    pub meetings: usize,
    /// By year.
    pub years: Vec<(Option<i32>, Tally)>,
    /// By county, the most first; `None` is whoever speaks for no county that is known.
    pub counties: Vec<(Option<String>, Tally)>,
    /// By speaker, the most first.
    pub speakers: Vec<(Heard, Tally)>,
    /// In how many paragraphs the files' own words hold it, which nobody says.
    pub narrated: usize,
    /// Words of nearly the same meaning that the files have, where nobody says these.
    pub near: Vec<String>,
}

/// Somebody who speaks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The name, or the office where there is none.
    pub name: Option<String>,
    /// Full name of the county spoken for.
    pub county: Option<String>,
}

impl Heard {
    /// Whoever says a quote.
    pub fn of(quote: &Quote) -> Heard {
        Heard {
            name: quote.voice.called().0.map(str::to_owned),
            county: quote.voice.county().map(|county| county.name().to_owned()),
        }
    }
}

/// Who spoke of a topic: of the words of `asked`, all of them, as they stand.
pub fn topic(snapshot: &Snapshot, asked: &str) -> Result<TopicSurvey, IndexError> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '\u{ff0c}' | '+');
    let is_mark = |c: char| !c.is_alphanumeric();
    let sought: Vec<String> = asked
        .split(is_gap)
        .map(|word| normalized(word.trim_matches(is_mark)))
        .filter(|word| !word.is_empty())
        .collect();
    let mut survey = TopicSurvey {
        asked: asked.trim().to_owned(),
        words: sought.clone(),
        ..TopicSurvey::default()
    };
    if sought.is_empty() {
        return Ok(survey);
    }
    let query = led_by(snapshot, &sought)?;
    let holds = |text: &str| {
        let text = normalized(text);
        sought.iter().all(|word| text.contains(word.as_str()))
    };
    let titled: BTreeSet<&str> = snapshot
        .catalogue()
        .files()
        .filter(|entry| holds(&entry.meeting().title))
        .map(|entry| entry.file)
        .collect();
    let is_titled = |hit: &Hit| titled.contains(hit.file.as_str());
    let is_headed = |hit: &Hit| hit.passage.section.as_deref().is_some_and(holds);
    // Each passage goes one of three ways, so that no remark comes twice.
    let mut remarks = gather::remarks(snapshot, &query, |hit, said| {
        said.voice.is_spoken() && !is_titled(hit) && !is_headed(hit) && holds(hit.passage.words_of(said))
    })?;
    let under_heading = |hit: &Hit, said: &Said| said.voice.is_spoken() && !is_titled(hit) && is_headed(hit);
    remarks.extend(gather::remarks(snapshot, &headed(&sought), under_heading)?);
    if !titled.is_empty() {
        let of_titled = Query {
            filters: vec![Filter::File(titled.iter().map(|file| (*file).to_owned()).collect())],
            ..Query::default()
        };
        remarks.extend(gather::remarks(snapshot, &of_titled, |_, said| said.voice.is_spoken())?);
    }
    gather::sort(&mut remarks);
    for quote in &mut remarks {
        if holds(&quote.text) {
            quote.matched = marked(&quote.text, &sought);
            survey.said += 1;
        }
    }
    let narrated = gather::remarks(snapshot, &query, |hit, said| {
        !said.voice.is_spoken() && holds(hit.passage.words_of(said))
    })?;
    let meetings = by(&remarks, |quote| (quote.meeting.clone(), quote.dates));
    survey.tally = Tally::of(&remarks);
    survey.meetings = meetings.len();
    survey.years = by_year(&remarks);
    survey.counties = most_first(by(&remarks, |quote| Heard::of(quote).county));
    survey.speakers = most_first(by(&remarks, Heard::of));
    survey.narrated = narrated.len();
    if remarks.is_empty() {
        survey.near = near(snapshot, &sought)?;
    }
    survey.remarks = remarks;
    Ok(survey)
}

/// What leads to all passages under headings with the words, and to others.
fn headed(sought: &[String]) -> Query {
    let tokens = sought.iter().flat_map(|word| words(word));
    let terms = tokens.map(|token| WeightedTerm {
        unit: Unit::Around,
        term: token.term,
        weight: 1.0,
    });
    Query {
        terms: terms.collect(),
        ..Query::default()
    }
}

/// What leads to all passages with the words: their rarest pair of characters, or run of letters. A character by itself is a
/// word here and half of one there: all passages are looked through.
fn led_by(snapshot: &Snapshot, sought: &[String]) -> Result<Query, IndexError> {
    let mut rarest: Option<(u64, String)> = None;
    for pair in sought.iter().flat_map(|word| pairs(word)) {
        let letters = pair.term.chars().count();
        // k18 may stand in K18-350, where the run of letters is the same; 5 may stand in 35, where it is not.
        if letters != 2 || !pair.term.chars().all(crate::text::is_han) {
            continue;
        }
        let count = snapshot.frequency(Unit::Pair, &pair.term)?;
        if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
            rarest = Some((count, pair.term));
        }
    }
    Ok(match rarest {
        Some((_, term)) => Query {
            terms: vec![WeightedTerm {
                unit: Unit::Pair,
                term,
                weight: 1.0,
            }],
            ..Query::default()
        },
        None => Query {
            filters: vec![Filter::Kind(
                ["direct", "indirect", "collective", "narration"]
                    .map(str::to_owned)
                    .to_vec(),
            )],
            ..Query::default()
        },
    })
}

/// Where the words stand.
fn marked(text: &str, sought: &[String]) -> Vec<Span> {
    let folded = Folded::new(text, 0);
    let lower = folded.text().to_lowercase();
    // A letter that is longer in lower case moves the rest: then nothing is marked.
    if lower.len() != folded.text().len() {
        return Vec::new();
    }
    let mut spans: Vec<Span> = sought
        .iter()
        .flat_map(|word| lower.match_indices(word.as_str()))
        .map(|(at, word)| folded.original(Span::new(at, at + word.len())))
        .collect();
    spans.sort();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        if apart.last().is_none_or(|last| last.end() <= span.start()) {
            apart.push(span);
        }
    }
    apart
}

/// Words of the files that mean nearly the same as a word that nobody says.
fn near(snapshot: &Snapshot, sought: &[String]) -> Result<Vec<String>, IndexError> {
    let mut near: Vec<String> = Vec::new();
    for token in sought.iter().flat_map(|word| words(word)) {
        let by_hand = by_hand(&token.term).into_iter().map(|word| (word, 1.0));
        let by_vector = Meant::of(&token.term).into_iter().flat_map(Meant::nearest);
        for (word, nearness) in by_hand.chain(by_vector) {
            let is_other = !near.iter().any(|known| known == word) && !sought.iter().any(|sought| sought == word);
            if near.len() < NEAR && nearness >= NEARNESS && is_other && snapshot.frequency(Unit::Word, word)? > 0 {
                near.push(word.to_owned());
            }
        }
    }
    Ok(near)
}
