//! Several side by side or in a row: parties compared, a meeting in short, who spoke, which meetings there are.

use super::coverage::share;
use super::evidence::Evidence;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::summary::{LONGEST, SPEAKERS, of_meeting, of_scope, roster};
use super::window::whole;
use super::{Kind, Quote, meetings, repeats};
use crate::index::{IndexError, normalized};
use crate::question::{Question, Scope, Topic, TopicWord, Want};

/// How much of a word must stand in a meeting's name.
const HALF: f32 = 0.5;

impl Responder<'_> {
    /// Each party's best words, side by side.
    pub(super) fn comparison(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let each = (self.limits.quotes / question.scope.parties.len()).max(1);
        let mut sides: Vec<Vec<Quote>> = Vec::new();
        for party in &question.scope.parties {
            let one = Question {
                scope: Scope {
                    parties: vec![party.clone()],
                    firm: !question.scope.soft,
                    groups: false,
                    soft: question.scope.soft,
                },
                want: Want::Words,
                ..question.clone()
            };
            // A party's own words, before those of it.
            let own = Question {
                scope: Scope {
                    soft: false,
                    ..one.scope.clone()
                },
                ..one.clone()
            };
            let heard = !party.voices.is_empty();
            let found = match heard {
                true => self.quotes(&own)?,
                false => self.quotes(&one)?,
            };
            sides.push(found.map(|found| found.quotes).unwrap_or_default());
        }
        at_one_meeting(&mut sides);
        for side in &mut sides {
            side.truncate(each);
        }
        let mut quotes = Vec::new();
        for row in 0..each {
            for one in sides.iter().filter_map(|side| side.get(row)) {
                // Two names of one person have the same words.
                repeats::add(&mut quotes, one.clone());
            }
        }
        let silent = question
            .scope
            .parties
            .iter()
            .zip(&sides)
            .filter(|(_, side)| side.is_empty());
        let silent = silent.map(|(party, _)| party.label.clone()).collect();
        Ok(Found::of(Kind::Comparison, quotes).map(|found| Found { silent, ..found }))
    }

    pub(super) fn summary(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        if !question.scope.parties.is_empty() {
            if question.topic.is_specific()
                && let Some(found) = self.quotes(question)?
            {
                return Ok(Some(found.shown_as(Kind::Summary)));
            }
            let most = LONGEST.max(self.limits.quotes);
            let (quotes, more) = of_scope(self.snapshot, question, &Evidence::default(), most, self.limits)?;
            return Ok(Found::page(Kind::Summary, quotes, more));
        }
        let (files, named) = meetings::meant(self.snapshot, question);
        if named || self.is_of_the_whole(question, &files)? {
            let mut quotes = of_meeting(self.snapshot, &files, LONGEST, self.limits)?;
            if question.typed.contains(['县', '旗']) {
                quotes.sort_by_key(|quote| quote.voice.county().is_none());
            }
            return Ok(Found::of(Kind::Summary, quotes));
        }
        let found = self.quotes(question)?;
        Ok(found.map(|found| found.shown_as(Kind::Summary)))
    }

    /// Whether what a question of a named meeting asks of besides is where it met and who came: all of it stands where its report begins.
    fn is_of_the_whole(&self, question: &Question, files: &[String]) -> Result<bool, IndexError> {
        if question.want != Want::Summary || question.files.is_none() {
            return Ok(false);
        }
        let hits = super::summary::passages(self.snapshot, files)?;
        let Some(first) = hits.first() else { return Ok(false) };
        let opening = normalized(&first.passage.text);
        let mut words = question.topic.words.iter().filter(|word| !word.generic);
        Ok(words.all(|word| opening.contains(word.term.as_str())))
    }

    /// Who spoke: each speaker's words, then the sentence in which the report lists them, where it has one; of counties
    /// the list first.
    pub(super) fn speakers(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let files = match self.named_by_all_words(question)? {
            Some(file) => vec![file],
            None => meetings::meant(self.snapshot, question).0,
        };
        let counties = question.typed.contains(['县', '市', '区', '旗']) || question.typed.contains("count");
        let listed = roster(self.snapshot, &files, counties, self.limits)?;
        let mut each = of_meeting(self.snapshot, &files, SPEAKERS, self.limits)?;
        if let Some(last) = one_of_row(&question.typed) {
            // In the report's order.
            each.sort_by(|a, b| (&a.file, a.at.start).cmp(&(&b.file, b.at.start)));
            let one = if last { each.pop() } else { each.into_iter().next() };
            return Ok(Found::of(Kind::Speakers, one.into_iter().collect()));
        }
        if counties {
            each.sort_by_key(|quote| quote.voice.county().is_none());
        }
        // Which counties: the list tells all of them.
        match counties {
            true => each.splice(0..0, listed).for_each(drop),
            false => each.extend(listed),
        }
        Ok(Found::of(Kind::Speakers, each))
    }

    /// The file that all words of a question lead to, those of asking among them: 交流发言 tells which meeting is meant.
    fn named_by_all_words(&self, question: &Question) -> Result<Option<String>, IndexError> {
        let all = Question {
            topic: Topic::of(&question.typed, &[], &[], false),
            scope: Scope::default(),
            ..question.clone()
        };
        if !all.topic.is_specific() || question.days.is_some() {
            return Ok(None);
        }
        let evidence = Evidence::of(&all, self.snapshot, self.weights)?;
        let hits = self.snapshot.search(&evidence.query(&all, Vec::new()), 1)?;
        Ok(hits
            .into_iter()
            .next()
            .filter(|hit| evidence.is_covered(&hit.passage.text, self.weights.names_meeting))
            .map(|hit| hit.file))
    }

    /// Which meetings there are, on the days that are asked for: how each file begins.
    pub(super) fn meetings(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let files = self.snapshot.catalogue().files();
        let mut entries: Vec<_> = files.filter(|entry| question.means_days_of(entry.dates())).collect();
        // 开过哪些防汛会议: those whose names hold it.
        let words: Vec<&TopicWord> = question.topic.words.iter().filter(|word| !word.generic).collect();
        entries.retain(|entry| {
            let about = entry.about().chain([entry.file]).collect::<Vec<_>>().join(" ");
            let about = normalized(&about);
            words.iter().all(|word| share(&word.term, &about, 0.0) >= HALF)
        });
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.dates()));
        let mut quotes = Vec::new();
        for entry in entries.into_iter().take(LONGEST.max(self.limits.quotes)) {
            let hits = super::summary::passages(self.snapshot, &[entry.file.to_owned()])?;
            let first = hits.first().and_then(|hit| Some((hit, hit.passage.remarks.first()?)));
            quotes.extend(first.and_then(|(hit, said)| {
                let span = *whole(&hit.passage.text, said.span, self.limits.quote_chars).first()?;
                Some(quote(hit, said, span, &Evidence::default(), 1.0, self.snapshot))
            }));
        }
        Ok(Found::of(Kind::Meeting, quotes))
    }
}

/// Puts first what all sides said at one meeting, where they all spoke of it there: the first such that the first side spoke at.
fn at_one_meeting(sides: &mut [Vec<Quote>]) {
    let Some((first, others)) = sides.split_first() else {
        return;
    };
    let of_all = |file: &str| others.iter().all(|side| side.iter().any(|quote| quote.file == file));
    let Some(file) = first.iter().map(|quote| quote.file.clone()).find(|file| of_all(file)) else {
        return;
    };
    for side in sides {
        side.sort_by_key(|quote| quote.file != file);
    }
}

/// Words by which the first and the last of those who speak is asked for: 最后一个讲话的是谁.
const FIRST: [&str; 5] = ["第一个", "头一个", "最先", "首先", "第一位"];
const LAST: [&str; 5] = ["最后一个", "最后一位", "最后发言", "最后讲话", "谁最后"];

/// Whether it is asked who spoke last (`true`) or first; `None` where it is asked who spoke at all.
fn one_of_row(typed: &str) -> Option<bool> {
    let asks = |words: &[&str]| words.iter().any(|word| typed.contains(word));
    let last = asks(&LAST);
    (last || asks(&FIRST)).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::one_of_row;

    #[test]
    fn the_first_and_the_last_of_a_row_are_asked_for() {
        assert_eq!(one_of_row("会上最后一个讲话的是谁"), Some(true));
        assert_eq!(one_of_row("第一个发言的是谁"), Some(false));
        assert_eq!(one_of_row("会上都有谁讲话,最后定了什么"), None);
    }
}
