//! Counties by topics: in how many remarks somebody who speaks for a county speaks of a topic.

use std::collections::BTreeSet;

use super::gather;
use super::subjects::subjects;
use super::tally::{Tally, by, most_first};
use super::topic::{Heard, candidates, holds, of_files, sought};
use crate::answer::Quote;
use crate::index::{Filter, IndexError, Query, Snapshot, normalized};

/// Most passages by which it is chosen of what counties speak; those of the newest meetings.
const PASSAGES: usize = 4000;

/// A table of counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crossing {
    /// The topics.
    pub topics: Vec<String>,
    /// The counties, each with its count for each topic; who speaks most first.
    pub counties: Vec<(String, Vec<usize>)>,
}

/// Of these topics, in all files; or of what is spoken of most, in one file or in all.
pub fn crossing(snapshot: &Snapshot, topics: &[String], file: Option<&str>) -> Result<Crossing, IndexError> {
    if topics.is_empty() || file.is_some() {
        return crossing_of(snapshot, topics, file);
    }
    let counties = counted(snapshot, topics)?;
    Ok(Crossing {
        topics: topics.to_vec(),
        counties,
    })
}

/// In how many remarks who speaks for a county says the words of each topic; who does most first. All remarks are gathered once,
/// and of those that hold the words of any it is looked whether they still stand. (What only stands under a title with them may be
/// of anything.)
fn counted(snapshot: &Snapshot, topics: &[String]) -> Result<Vec<(String, Vec<usize>)>, IndexError> {
    let topics: Vec<Vec<String>> = topics.iter().map(|topic| sought(topic)).collect();
    let is_of = |words: &Vec<String>, quote: &Quote| !words.is_empty() && holds(words, &quote.text);
    let asked = topics.iter().filter(|words| !words.is_empty());
    let led_to = asked.map(|words| candidates(snapshot, words, &BTreeSet::new()));
    let led_to = led_to.collect::<Result<Option<Vec<_>>, _>>()?;
    let files = led_to.map(|led_to| led_to.into_iter().flatten().collect());
    let query = Query {
        filters: vec![of_files(files)],
        ..Query::default()
    };
    let mut remarks = gather::whole(snapshot, &query, |_, said| said.voice.county().is_some())?;
    remarks.retain(|quote| topics.iter().any(|words| is_of(words, quote)));
    let mut counts: Vec<(String, Vec<usize>)> = Vec::new();
    for quote in gather::settled(remarks, snapshot)? {
        let county = of(&quote);
        let at = counts
            .iter()
            .position(|(known, _)| *known == county)
            .unwrap_or_else(|| {
                counts.push((county, vec![0; topics.len()]));
                counts.len() - 1
            });
        for (count, words) in counts[at].1.iter_mut().zip(&topics) {
            *count += usize::from(is_of(words, &quote));
        }
    }
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    Ok(counts)
}

/// Of some remarks: what they are of, unless it is given, and who of the counties.
fn crossing_of(snapshot: &Snapshot, topics: &[String], file: Option<&str>) -> Result<Crossing, IndexError> {
    let files = match file {
        Some(file) => vec![file.to_owned()],
        None => newest(snapshot),
    };
    let query = Query {
        filters: vec![Filter::File(files)],
        ..Query::default()
    };
    let remarks = gather::remarks(snapshot, &query, |_, said| said.voice.county().is_some())?;
    let topics: Vec<String> = match topics {
        [] => subjects(snapshot, &remarks)?
            .into_iter()
            .map(|(word, _)| word)
            .collect(),
        given => given.to_vec(),
    };
    // In all files the counts are of all, not only of those that chose the topics.
    if file.is_none() {
        return match topics.is_empty() {
            true => Ok(Crossing::default()),
            false => crossing(snapshot, &topics, None),
        };
    }
    let counties = most_first(by(&remarks, of))
        .into_iter()
        .map(|(county, _): (String, Tally)| {
            let holding = |word: &String| {
                let word = normalized(word);
                let theirs = remarks.iter().filter(|quote| of(quote) == county);
                theirs.filter(|quote| normalized(&quote.text).contains(&word)).count()
            };
            let counts = topics.iter().map(holding).collect();
            (county, counts)
        });
    Ok(Crossing {
        counties: counties.collect(),
        topics,
    })
}

/// For which county it is said.
fn of(quote: &Quote) -> String {
    Heard::of(quote).county.unwrap_or_default()
}

/// The files of the newest meetings, as many as have so many passages.
fn newest(snapshot: &Snapshot) -> Vec<String> {
    let mut entries: Vec<_> = snapshot.catalogue().files().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.dates()));
    let mut passages = 0;
    let chosen = entries.into_iter().take_while(|entry| {
        let fits = passages < PASSAGES;
        passages += entry.passages();
        fits
    });
    chosen.map(|entry| entry.file.to_owned()).collect()
}
