//! Figures that were corrected later: where a quote tells a number that a newer paper corrects, the newer one is read first.

use std::sync::LazyLock;

use super::evidence::Evidence;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::window::whole;
use super::{Kind, Quote};
use crate::index::{IndexError, Query, Unit, WeightedTerm, normalized, words};
use crate::question::{Question, Want};
use crate::text::{Span, fold_str, is_han, rows, sentences};

/// Passages that are looked through for a correction.
const HITS: usize = 40;
/// Quotes whose figures are looked after.
const QUOTES: usize = 2;
/// Characters of a measure that belong to a figure: 公里 of 42.6公里.
const MEASURE: usize = 2;

/// The words of `corrected.tsv`.
static WORDS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("corrected.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

impl Responder<'_> {
    /// What was found with the newest correction of its figures before it, where a number is asked for and no meeting is named.
    pub(super) fn with_corrections(&self, question: &Question, mut found: Found) -> Result<Found, IndexError> {
        let asks = question.want == Want::HowMany && question.files.is_none() && question.days.is_none();
        if !asks || found.kind != Kind::Quotes || question.page > 0 {
            return Ok(found);
        }
        let told = found.quotes.iter().take(QUOTES);
        let told: Vec<(&Quote, String)> = told
            .flat_map(|told| figures(&told.text).into_iter().map(move |figure| (told, figure)))
            .collect();
        if told.is_empty() {
            return Ok(found);
        }
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let mut newest: Option<Quote> = None;
        for (told, figure) in told {
            let correction = self.correction(&figure, told, &evidence)?;
            newest = correction
                .into_iter()
                .chain(newest)
                .max_by_key(|one| one.dates.map(|dates| dates.end()));
        }
        if let Some(correction) = newest {
            let known = found.quotes.iter().position(|one| one.overlaps(&correction));
            let first = known.map_or(correction, |at| found.quotes.remove(at));
            found.quotes.insert(0, first);
            found.quotes.truncate(self.limits.quotes.max(1));
        }
        Ok(found)
    }

    /// The newest sentence of another paper that corrects a figure, of a later day than the paper that tells it.
    fn correction(&self, figure: &str, told: &Quote, evidence: &Evidence) -> Result<Option<Quote>, IndexError> {
        let of_figure = words(figure).into_iter().map(|token| (token.term, 4.0));
        let of_words = WORDS.iter().map(|word| ((*word).to_owned(), 1.0));
        let query = Query {
            terms: of_figure
                .chain(of_words)
                .map(|(term, weight)| WeightedTerm {
                    unit: Unit::Word,
                    term,
                    weight,
                })
                .collect(),
            filters: Vec::new(),
            left_out: false,
        };
        let mut newest: Option<Quote> = None;
        for hit in self.snapshot.search(&query, HITS)? {
            let entry = self.snapshot.catalogue().file(&hit.file);
            let dates = entry.as_ref().and_then(|entry| entry.dates());
            let later = dates
                .zip(told.dates)
                .is_some_and(|(there, here)| there.start() > here.end());
            if !later || hit.passage.left_out {
                continue;
            }
            let title = entry.as_ref().map_or("", |entry| entry.title());
            let section = hit.passage.section.as_deref().unwrap_or_default();
            let around = normalized(&format!("{title} {section} {}", hit.passage.text));
            let matter = evidence.matter(entry.as_ref().and_then(|entry| entry.county()));
            if !matter.iter().any(|index| evidence.stands_in(*index, &around)) {
                continue;
            }
            for said in &hit.passage.remarks {
                let text = &hit.passage.text;
                let all = sentences(said.span.of(text));
                let corrects = all
                    .iter()
                    .map(|sentence| sentence.shifted(said.span.start()))
                    .find(|sentence| corrects(sentence.of(text), figure));
                let Some(span) = corrects.and_then(|span| whole(text, span, self.limits.quote_chars).first().copied())
                else {
                    continue;
                };
                let one = quote(&hit, said, span, evidence, told.score, self.snapshot);
                if newest.as_ref().is_none_or(|known| known.dates < one.dates) {
                    newest = Some(one);
                }
            }
        }
        Ok(newest)
    }
}

/// Whether a sentence corrects a figure: it holds the figure, another one in the same measure, and a word of correcting.
fn corrects(sentence: &str, figure: &str) -> bool {
    let folded = fold_str(sentence);
    let measure = figure.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let others = figures(sentence)
        .into_iter()
        .filter(|other| other != figure && other.ends_with(measure));
    holds(&folded, figure) && others.count() > 0 && WORDS.iter().any(|word| folded.contains(word))
}

/// Whether a text holds just this figure: 2.6公里 is not in 42.6公里.
fn holds(text: &str, figure: &str) -> bool {
    text.match_indices(figure)
        .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
}

/// The figures of a text with their measures, in folded form: 42.6公里, 412口.
fn figures(text: &str) -> Vec<String> {
    let folded = fold_str(text);
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(start) = folded[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let rest = &folded[start..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let measure: usize = rest[digits..]
            .chars()
            .take(MEASURE)
            .take_while(|c| is_han(*c))
            .map(char::len_utf8)
            .sum();
        let span = Span::new(start, start + digits + measure);
        let figure = span.of(&folded);
        // 6月, 2026年 are days.
        let day = ["年", "月", "日", "号", "时", "点"]
            .iter()
            .any(|unit| rest[digits..].starts_with(unit));
        if measure > 0 && !day && !found.iter().any(|known| known == figure) {
            found.push(figure.to_owned());
        }
        at = start + digits;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_with_their_measures() {
        assert_eq!(
            figures("全长42.6公里,2025年6月通车,投资2.86亿元"),
            ["42.6公里", "2.86亿元"]
        );
        assert!(figures("6月底前，二期").is_empty());
    }

    #[test]
    fn a_correction_holds_the_old_figure_and_another() {
        assert!(corrects("以前一直说42.6公里，竣工测量是41.8公里。", "42.6公里"));
        assert!(corrects("总投资由6.8亿元调整为7.15亿元", "6.8亿元"));
        // Nothing else is told, or it is another figure.
        assert!(!corrects("更正一下，是42.6公里。", "42.6公里"));
        assert!(!corrects("由142.6公里调整为141.8公里", "42.6公里"));
        assert!(!corrects("42.6公里的路，38.2公里是新修的", "42.6公里"));
    }
}
