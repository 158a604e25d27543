//! What the files hold of a topic: who spoke of it and when, the oldest first, and how often by year, county and speaker. A remark is
//! of it where it says so, or where the title of its meeting or the heading above it does.

use std::collections::BTreeSet;

use super::gather;
use super::tally::{Tally, by, by_year, most_first};
use crate::answer::Quote;
use crate::index::{Filter, Hit, IndexError, Query, Snapshot, Unit, WeightedTerm, normalized, pairs, words};
use crate::meeting::Voice;
use crate::near::{Meant, by_hand};
use crate::text::{Folded, Span, is_han};

/// Most words of nearly the same meaning that are offered.
const NEAR: usize = 5;
/// Of so many passages all are looked through, in a quarter of a second.
const ALL: usize = 10_000;
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
        Heard::by(&quote.voice)
    }

    /// Whose voice it is.
    pub fn by(voice: &Voice) -> Heard {
        Heard {
            name: voice.called().0.map(str::to_owned),
            county: voice.county().map(|county| county.name().to_owned()),
        }
    }
}

/// The words of a topic.
pub fn sought(asked: &str) -> Vec<String> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '\u{ff0c}' | '+');
    let is_mark = |c: char| !c.is_alphanumeric();
    asked
        .split(is_gap)
        .map(|word| normalized(word.trim_matches(is_mark)))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a text holds all the words.
pub fn holds(sought: &[String], text: &str) -> bool {
    let text = normalized(text);
    sought.iter().all(|word| text.contains(word.as_str()))
}

/// Who spoke of a topic: of the words of `asked`, all of them, as they stand.
pub fn topic(snapshot: &Snapshot, asked: &str) -> Result<TopicSurvey, IndexError> {
    let sought = sought(asked);
    let mut survey = TopicSurvey {
        asked: asked.trim().to_owned(),
        words: sought.clone(),
        ..TopicSurvey::default()
    };
    if sought.is_empty() {
        return Ok(survey);
    }
    let holds = |text: &str| holds(&sought, text);
    let entries = snapshot.catalogue().files().filter(|entry| holds(entry.title()));
    let titled: BTreeSet<&str> = entries.map(|entry| entry.file).collect();
    let query = Query {
        filters: vec![of_files(candidates(snapshot, &sought, &titled)?)],
        ..Query::default()
    };
    // Of the papers that may be of it all, whole: so that no remark counts twice, and none is missed for how it was cut.
    let mut all = gather::whole(snapshot, &query, |_, _| true)?;
    all.retain_mut(|quote| {
        let said = holds(&quote.text);
        if said && quote.voice.is_spoken() {
            quote.matched = marked(&quote.text, &sought);
        }
        let headed = || quote.section.as_deref().is_some_and(holds) || titled.contains(quote.file.as_str());
        said || (quote.voice.is_spoken() && headed())
    });
    let (remarks, narrated): (Vec<Quote>, Vec<Quote>) = gather::settled(all, snapshot)?
        .into_iter()
        .partition(|quote| quote.voice.is_spoken());
    survey.narrated = narrated.len();
    survey.said = remarks.iter().filter(|quote| holds(&quote.text)).count();
    let meetings = by(&remarks, |quote| (quote.meeting.clone(), quote.dates));
    survey.tally = Tally::of(&remarks);
    survey.meetings = meetings.len();
    survey.years = by_year(&remarks);
    survey.counties = most_first(by(&remarks, |quote| Heard::of(quote).county));
    survey.speakers = most_first(by(&remarks, Heard::of));
    if remarks.is_empty() {
        survey.near = near(snapshot, &sought)?;
    }
    survey.remarks = remarks;
    Ok(survey)
}

/// The filter that lets through these files, or all.
pub fn of_files(files: Option<BTreeSet<String>>) -> Filter {
    match files {
        Some(files) => Filter::File(files.into_iter().collect()),
        None => {
            let kinds = ["direct", "indirect", "collective", "narration"];
            Filter::Kind(kinds.map(str::to_owned).to_vec())
        }
    }
}

/// The papers that may be of it: all (`None`), where there are not so many passages; otherwise those that the index leads to by
/// the words of texts and headings, and those with such a title.
pub fn candidates(
    snapshot: &Snapshot,
    sought: &[String],
    titled: &BTreeSet<&str>,
) -> Result<Option<BTreeSet<String>>, IndexError> {
    if snapshot.catalogue().passages() <= ALL {
        return Ok(None);
    }
    let Some((count, pair)) = rarest_pair(snapshot, sought)? else {
        return Ok(None);
    };
    let query = |terms: Vec<WeightedTerm>| Query {
        terms,
        ..Query::default()
    };
    let term = |unit: Unit, term: String| WeightedTerm {
        unit,
        term,
        weight: 1.0,
    };
    let mut files: BTreeSet<String> = titled.iter().map(|file| (*file).to_owned()).collect();
    let by_text = query(vec![term(Unit::Pair, pair)]);
    let hits = snapshot.search(&by_text, usize::try_from(count).unwrap_or(usize::MAX))?;
    files.extend(hits.into_iter().map(|hit| hit.file));
    let tokens = sought.iter().flat_map(|word| words(word));
    let by_heading = query(tokens.map(|token| term(Unit::Around, token.term)).collect());
    let is_headed = |hit: &Hit| {
        let section = hit.passage.section.as_deref().map(normalized);
        section.is_some_and(|section| sought.iter().all(|word| section.contains(word.as_str())))
    };
    let hits = snapshot.search(&by_heading, usize::MAX)?;
    files.extend(hits.into_iter().filter(is_headed).map(|hit| hit.file));
    Ok(Some(files))
}

/// The rarest pair of Chinese characters of the words, and in how many passages it stands: what holds the words holds it. `None`
/// where they have no pair.
fn rarest_pair(snapshot: &Snapshot, sought: &[String]) -> Result<Option<(u64, String)>, IndexError> {
    let mut rarest: Option<(u64, String)> = None;
    for pair in sought.iter().flat_map(|word| pairs(word)) {
        // 5 may stand in 35: of other letters and digits the index has whole runs.
        if pair.term.chars().count() != 2 || !pair.term.chars().all(is_han) {
            continue;
        }
        let count = snapshot.frequency(Unit::Pair, &pair.term)?;
        if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
            rarest = Some((count, pair.term));
        }
    }
    Ok(rarest)
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
