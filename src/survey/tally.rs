//! Counting remarks: by year, by county, by whatever tells them apart.

use chrono::Datelike;

use crate::answer::Quote;

/// How many remarks, and how many characters they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Remarks.
    pub remarks: usize,
    /// Their characters.
    pub chars: usize,
}

impl Tally {
    /// One more.
    pub fn add(&mut self, quote: &Quote) {
        self.remarks += 1;
        self.chars += quote.at.end - quote.at.start;
    }

    /// Both together.
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            remarks: self.remarks + other.remarks,
            chars: self.chars + other.chars,
        }
    }

    /// Of several.
    pub fn of<'q>(quotes: impl IntoIterator<Item = &'q Quote>) -> Tally {
        let mut tally = Tally::default();
        quotes.into_iter().for_each(|quote| tally.add(quote));
        tally
    }
}

/// The year in which something was said, where the paper tells the day.
pub fn year_of(quote: &Quote) -> Option<i32> {
    quote.dates.map(|dates| dates.start().year())
}

/// Quotes that are in order of time, by year; those without a date last.
pub fn by_year(quotes: &[Quote]) -> Vec<(Option<i32>, Tally)> {
    by(quotes, year_of)
}

/// Quotes by what tells them apart, in the order in which each comes up first.
pub fn by<K: PartialEq>(quotes: &[Quote], key: impl Fn(&Quote) -> K) -> Vec<(K, Tally)> {
    let mut tallies: Vec<(K, Tally)> = Vec::new();
    for quote in quotes {
        let key = key(quote);
        match tallies.iter_mut().find(|(known, _)| *known == key) {
            Some((_, tally)) => tally.add(quote),
            None => {
                let mut tally = Tally::default();
                tally.add(quote);
                tallies.push((key, tally));
            }
        }
    }
    tallies
}

/// The same, the most first.
pub fn most_first<K>(mut tallies: Vec<(K, Tally)>) -> Vec<(K, Tally)> {
    tallies.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.remarks, tally.chars)));
    tallies
}
