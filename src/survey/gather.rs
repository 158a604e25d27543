//! All remarks of a kind, whole and in order of time: what was cut for the index is one again, and what stands in several papers
//! of one day counts once.

use std::collections::HashMap;

use crate::answer::{Quote, proved, whole_remark};
use crate::index::{Hit, IndexError, Query, Said, Snapshot, normalized};
use crate::meeting::DateRange;

/// All that `query` leads to and of which `is_meant` is true, the oldest first; what has no date stands last.
pub fn remarks(
    snapshot: &Snapshot,
    query: &Query,
    is_meant: impl Fn(&Hit, &Said) -> bool,
) -> Result<Vec<Quote>, IndexError> {
    settled(whole(snapshot, query, is_meant)?, snapshot)
}

/// The same as they stand in the files, before it is looked what counts once and what is still there: for whoever leaves
/// some out first.
pub fn whole(
    snapshot: &Snapshot,
    query: &Query,
    is_meant: impl Fn(&Hit, &Said) -> bool,
) -> Result<Vec<Quote>, IndexError> {
    let mut hits = snapshot.search(query, usize::MAX)?;
    hits.sort_by(|a, b| (&a.file, a.passage.start).cmp(&(&b.file, b.passage.start)));
    let mut found: Vec<(Quote, Option<String>)> = Vec::new();
    for hit in &hits {
        for said in hit.passage.remarks.iter().filter(|said| is_meant(hit, said)) {
            let one = whole_remark(hit, said, snapshot);
            match found.last_mut() {
                Some((last, cue)) if goes_on(last, &one) && *cue == said.cue => {
                    last.text.push_str(&one.text);
                    last.at.end = one.at.end;
                }
                _ => found.push((one, said.cue.clone())),
            }
        }
    }
    Ok(found.into_iter().map(|(quote, _)| quote).collect())
}

/// Each once, of what is still there, the oldest first.
pub fn settled(quotes: Vec<Quote>, snapshot: &Snapshot) -> Result<Vec<Quote>, IndexError> {
    let mut quotes = proved(once(quotes.into_iter()), snapshot)?.quotes;
    sort(&mut quotes);
    Ok(quotes)
}

/// The oldest first; what has no date last.
fn sort(quotes: &mut [Quote]) {
    quotes.sort_by(|a, b| in_time(a).cmp(&in_time(b)));
}

fn in_time(quote: &Quote) -> (bool, Option<DateRange>, &str, usize) {
    (quote.dates.is_none(), quote.dates, &quote.file, quote.at.start)
}

/// Whether the second is the rest of the first, which was too long for one passage.
fn goes_on(one: &Quote, next: &Quote) -> bool {
    one.file == next.file && one.at.end == next.at.start && one.voice == next.voice
}

/// Each once: the same words of the same speaker on the same day, in several papers, are one remark.
fn once(quotes: impl Iterator<Item = Quote>) -> Vec<Quote> {
    let mut known: HashMap<(Option<String>, Option<DateRange>, String), usize> = HashMap::new();
    let mut kept: Vec<Quote> = Vec::new();
    for quote in quotes {
        let letters = normalized(&quote.text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let key = (quote.voice.called().0.map(normalized), quote.dates, letters);
        let first = known.get(&key).map(|at| &mut kept[*at]);
        match first.filter(|first| first.file != quote.file && !first.also.contains(&quote.file)) {
            Some(first) => first.also.push(quote.file),
            None => {
                known.entry(key).or_insert(kept.len());
                kept.push(quote);
            }
        }
    }
    kept
}
