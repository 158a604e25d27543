//! Counties by topics: in how many remarks somebody who speaks for a county speaks of a topic.

use super::gather;
use super::subjects::subjects;
use super::tally::{Tally, by, most_first};
use super::topic::{Heard, topic};
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
    let mut counts: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, words) in topics.iter().enumerate() {
        // Those that hold the words; what only stands under a title with them may be of anything.
        let holding = topic(snapshot, words)?.remarks.into_iter();
        let holding: Vec<Quote> = holding.filter(|quote| !quote.matched.is_empty()).collect();
        for (county, tally) in by(&holding, |quote| Heard::of(quote).county) {
            let Some(county) = county else { continue };
            let at = counts
                .iter()
                .position(|(known, _)| *known == county)
                .unwrap_or_else(|| {
                    counts.push((county, vec![0; topics.len()]));
                    counts.len() - 1
                });
            counts[at].1[index] = tally.remarks;
        }
    }
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    Ok(Crossing {
        topics: topics.to_vec(),
        counties: counts,
    })
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
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.meeting().dates));
    let mut passages = 0;
    let chosen = entries.into_iter().take_while(|entry| {
        let fits = passages < PASSAGES;
        passages += entry.passages();
        fits
    });
    chosen.map(|entry| entry.file.to_owned()).collect()
}
