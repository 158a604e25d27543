//! What is not done yet: what the newest papers say is still missing or late, and what is due after today.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};

use super::coverage::is_predicate;
use super::due::dues;
use super::evidence::Evidence;
use super::leading::only_asks;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::tasks::{DONE, is_of_matter, owner_in};
use super::window::{in_one_quote, whole};
use super::{Kind, Quote, repeats};
use crate::index::{Hit, IndexError, Said, normalized};
use crate::question::{Question, TopicWord};
use crate::text::{Span, fold_str, rows, sentences};

/// How many days before the newest paper that tells of something unfinished others may have been written: what was late in
/// older ones may be done by now.
const NEWEST: u64 = 45;
/// Fewest letters of a sentence that tells something by itself.
const SHORT: usize = 8;

/// The words of `unfinished.tsv`.
static SIGNS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("unfinished.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The words of `of_genus.tsv`, the longest first.
static OF_GENUS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = rows!("of_genus.tsv", 1).flat_map(|row| row[0].split(' ')).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Something that is not done, with the day of its paper.
struct Missing {
    quote: Quote,
    written: Option<NaiveDate>,
    /// Whether a day is told by which it will be done, and that is still to come.
    ahead: bool,
}

impl Responder<'_> {
    /// What is not done yet of what is asked, the newest paper first; `None` where no paper tells of anything.
    pub(super) fn unfinished(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let matter: Vec<&TopicWord> = question.topic.words.iter().filter(|word| tells_which(word)).collect();
        let asked = Question {
            // 今年年底前还有哪些: by when it is to be done, and not when it was spoken of.
            days: question.days.clone().filter(|_| question.names_meeting_of_a_day()),
            ..question.clone()
        };
        let hits = self.passages_with(&asked, &SIGNS_AND_TERMS, matter.iter().copied())?;
        let until = dues(&question.typed, question.today).first().and_then(|due| due.day);
        let mut all: Vec<Missing> = Vec::new();
        for hit in &hits {
            let entry = self.snapshot.catalogue().file(&hit.file);
            let title = entry.as_ref().map_or("", |entry| entry.title());
            let passage = &hit.passage;
            let around = normalized(&format!(
                "{title} {} {} {}",
                hit.file,
                passage.section.as_deref().unwrap_or_default(),
                passage.text
            ));
            let of_it = |word: &&TopicWord| {
                around.contains(word.term.as_str()) || word.near.iter().any(|near| around.contains(near))
            };
            if passage.left_out || !matter.iter().all(of_it) {
                continue;
            }
            let written = entry.and_then(|entry| entry.dates()).map(|dates| dates.end());
            for said in &passage.remarks {
                if !only_asks(passage.words_of(said)) && may_answer(question, said) {
                    self.missing_in(hit, said, written, (question.today, until), &mut all);
                }
            }
        }
        let newest = all.iter().filter_map(|one| one.written).max();
        let since = newest.and_then(|newest| newest.checked_sub_days(Days::new(NEWEST)));
        all.retain(|one| one.ahead || one.written >= since);
        all.sort_by_key(|one| {
            let recent = one.written >= since;
            (
                std::cmp::Reverse(recent),
                std::cmp::Reverse(one.written),
                one.quote.file.clone(),
                one.quote.at.start,
            )
        });
        let mut quotes: Vec<Quote> = Vec::new();
        for one in all {
            repeats::add(&mut quotes, one.quote);
        }
        Ok(self.paged(Kind::Tasks, quotes, question))
    }

    /// The sentences of a remark that tell of something unfinished, or of a day to come by which something will be done.
    fn missing_in(
        &self,
        hit: &Hit,
        said: &Said,
        written: Option<NaiveDate>,
        (today, until): (Option<NaiveDate>, Option<NaiveDate>),
        all: &mut Vec<Missing>,
    ) {
        let passage = &hit.passage;
        let mut stretches: Vec<(Span, bool)> = Vec::new();
        for sentence in sentences(said.span.of(&passage.text)) {
            let span = sentence.shifted(said.span.start());
            let words = span.of(&passage.text);
            let folded = fold_str(words);
            let day = dues(words, written).into_iter().find_map(|due| due.day);
            let ahead = day.is_some_and(|day| today.is_none_or(|today| day >= today));
            // What was to be done by a day that is past is told by newer papers.
            let late = SIGNS.iter().any(|sign| folded.contains(sign));
            let done = DONE.iter().any(|done| words.contains(done));
            let short = words.chars().filter(|c| c.is_alphanumeric()).count() < SHORT;
            let too_far = until.is_some_and(|until| day.is_some_and(|day| day > until));
            if short || too_far || done || folded.trim_end().ends_with('?') || !ahead && !late {
                continue;
            }
            // 还剩252户没有通。12月20日前通到户: what is missing and its day are told in one breath.
            match stretches.last_mut() {
                Some((before, known)) if in_one_quote(&passage.text, *before, span, self.limits.quote_chars) => {
                    *before = Span::new(before.start(), span.end());
                    *known |= ahead;
                }
                _ => stretches.push((span, ahead)),
            }
        }
        for (span, ahead) in stretches {
            let Some(shown) = whole(&passage.text, span, self.limits.quote_chars).first().copied() else {
                continue;
            };
            let words = shown.of(&passage.text);
            let mut one = quote(hit, said, shown, &Evidence::default(), 1.0, self.snapshot);
            one.due = dues(words, written)
                .into_iter()
                .find(|due| due.day.is_some())
                .map(|due| due.span.of(words).to_owned());
            one.owner = owner_in(words).map(|owner| owner.of(words).to_owned());
            all.push(Missing {
                quote: one,
                written,
                ahead,
            });
        }
    }
}

/// Whether whoever says it may answer: anybody, where nobody is named.
fn may_answer(question: &Question, said: &Said) -> bool {
    let parties = &question.scope.parties;
    question.scope.is_of_counties() || parties.is_empty() || parties.iter().any(|party| party.speaks(&said.voice))
}

/// Whether a word of the question tells which of what is unfinished is asked for.
fn tells_which(word: &TopicWord) -> bool {
    // 哪些项目, 事没: the words of asking may have grown together.
    let mut left = word.term.clone();
    for genus in OF_GENUS.iter() {
        left = left.replace(genus, "");
    }
    is_of_matter(word) && !left.is_empty() && !is_predicate(&left)
}

/// What the index is asked for: the signs, and the words of terms.
static SIGNS_AND_TERMS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let terms = [
        "完成", "底", "前", "月", "日", "月底", "年底", "之前", "没", "没有", "未", "差", "剩", "缺",
    ];
    SIGNS.iter().copied().chain(terms).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn word(term: &str) -> TopicWord {
        TopicWord {
            term: term.to_owned(),
            ..TopicWord::default()
        }
    }

    #[test]
    fn the_genus_tells_nothing_of_which() {
        assert!(!tells_which(&word("民生")) && !tells_which(&word("项目")) && !tells_which(&word("没办完")));
        assert!(!tells_which(&word("哪些项目")) && !tells_which(&word("事没")));
        assert!(tells_which(&word("产业园")));
    }
}
