//! What one person brought of a kind: their requests, their promises; each sentence by which they say so, in order of time.

use std::sync::LazyLock;

use super::evidence::Evidence;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::window::{in_one_quote, whole};
use super::{Kind, Quote, repeats};
use crate::index::{Hit, IndexError, Query, Said, normalized};
use crate::question::{PartyKind, Question, Want};
use crate::text::{Span, fold_str, rows, sentences};

/// Passages of theirs that are looked through.
const HITS: usize = 200;
/// Words of a question that ask for several.
const WHICH: [&str; 8] = ["哪", "什么", "啥", "几", "都", "所有", "全部", "怎么"];
/// Words of asking, beside those of the kind.
const OF_ASKING: [&str; 10] = ["提", "反映", "当面", "当场", "当众", "作", "表", "说", "讲", "件事"];

/// A row of `kinds.tsv`.
struct Brought {
    asked: Vec<&'static str>,
    signs: Vec<&'static str>,
}

static KINDS: LazyLock<Vec<Brought>> = LazyLock::new(|| {
    let words = |text: &'static str| text.split(' ').collect();
    rows!("kinds.tsv", 2)
        .map(|row| Brought {
            asked: words(row[0]),
            signs: words(row[1]),
        })
        .collect()
});

/// The kind that a question asks of one person.
fn kind_of(question: &Question) -> Option<&'static Brought> {
    let one = matches!(question.scope.parties.as_slice(), [party]
        if party.kind != PartyKind::County && !party.voices.is_empty());
    let which = WHICH.iter().any(|word| question.typed.contains(word));
    let kind = KINDS
        .iter()
        .find(|kind| kind.asked.iter().any(|word| question.typed.contains(word)));
    // 答应什么时候通车 asks for a day.
    let of_all = matches!(question.want, Want::Words | Want::List | Want::Summary);
    kind.filter(|_| one && which && of_all && !question.scope.soft && !question.shape.verify)
}

/// Whether a question asks what one person brought of a kind.
pub(super) fn asks_for_a_kind(question: &Question) -> bool {
    kind_of(question).is_some()
}

impl Responder<'_> {
    /// The sentences by which somebody brings what is asked for, the earliest first; `None` where there are none.
    pub(super) fn brought_by(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let Some(kind) = kind_of(question) else { return Ok(None) };
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let query = Query {
            terms: Vec::new(),
            ..evidence.query(question, self.days(question).into_iter().collect())
        };
        let mut hits = self.snapshot.search(&query, HITS)?;
        hits.sort_by_key(|hit| {
            let dates = self
                .snapshot
                .catalogue()
                .file(&hit.file)
                .and_then(|entry| entry.dates());
            (
                dates.is_none(),
                dates.map(|dates| dates.start()),
                hit.file.clone(),
                hit.passage.start,
            )
        });
        // 答应给我们哪些支持: what is counted are the promises themselves.
        let counted = |term: &str| {
            ["哪些", "什么", "哪几项", "哪几个"]
                .iter()
                .any(|which| question.typed.contains(&format!("{which}{term}")))
        };
        let of_asking = |term: &str| kind.asked.contains(&term) || OF_ASKING.contains(&term) || counted(term);
        let mut brought: Vec<(f32, &Hit, &Said, Vec<Span>)> = Vec::new();
        for hit in &hits {
            let theirs = hit
                .passage
                .remarks
                .iter()
                .filter(|said| question.scope.admits(&said.voice));
            for said in theirs {
                let share = self.share_of_matter(hit, said, &evidence, of_asking);
                let stretches = self.stretches(hit, said, &kind.signs);
                if share > 0.0 && !stretches.is_empty() {
                    brought.push((share, hit, said, stretches));
                }
            }
        }
        let best = brought.iter().map(|(share, ..)| *share).fold(0.0, f32::max);
        let mut quotes: Vec<Quote> = Vec::new();
        for (_, hit, said, stretches) in brought
            .into_iter()
            .filter(|(share, ..)| *share >= best * self.weights.brought_beside)
        {
            for span in stretches {
                let one = quote(hit, said, span, &evidence, 1.0, self.snapshot);
                repeats::add(&mut quotes, one);
            }
        }
        if question.meeting_of_answer {
            // 书记怎么答复的: on what was asked before, where any of it is.
            let before: Vec<&str> = evidence
                .pieces
                .iter()
                .map(|piece| piece.term.as_str())
                .filter(|term| !of_asking(term))
                .collect();
            let is_of_before = |quote: &Quote| {
                let words = normalized(&quote.text);
                before.iter().any(|term| words.contains(term))
            };
            if quotes.iter().any(is_of_before) {
                quotes.retain(is_of_before);
            }
        }
        Ok(self.paged(Kind::Quotes, quotes, question))
    }

    /// How much of all that a question tells beside the kind a remark, what it stands under or its paper names (0 to 1); 1 where it
    /// tells nothing.
    fn share_of_matter(&self, hit: &Hit, said: &Said, evidence: &Evidence, of_asking: impl Fn(&str) -> bool) -> f32 {
        let entry = self.snapshot.catalogue().file(&hit.file);
        let matter = evidence.matter(entry.as_ref().and_then(|entry| entry.county()));
        let matter: Vec<usize> = matter
            .into_iter()
            .filter(|index| !of_asking(&evidence.pieces[*index].term))
            .collect();
        let heads = [
            entry.as_ref().map(|entry| entry.title()),
            hit.passage.section.as_deref(),
            said.voice.office(),
            Some(hit.passage.text.as_str()),
        ];
        let around = normalized(&heads.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let own = normalized(hit.passage.words_of(said));
        let weight = |index: &usize| evidence.pieces[*index].weight;
        let all: f32 = matter.iter().map(weight).sum();
        if all == 0.0 {
            return 1.0;
        }
        // What they say of it themselves tells more than what is said around it.
        let told = matter.iter().map(|index| match () {
            () if evidence.stands_in(*index, &own) => weight(index),
            () if evidence.stands_in(*index, &around) => weight(index) * self.weights.under,
            () => 0.0,
        });
        told.sum::<f32>() / all
    }

    /// The sentences of a remark with one of the signs; those beside each other in one stretch, as far as it may be quoted.
    fn stretches(&self, hit: &Hit, said: &Said, signs: &[&str]) -> Vec<Span> {
        let text = &hit.passage.text;
        let mut found: Vec<Span> = Vec::new();
        for sentence in sentences(said.span.of(text)) {
            let span = sentence.shifted(said.span.start());
            let folded = fold_str(span.of(text));
            // 她建议尽快修路: what leads over into the words may say so.
            let by_cue = || {
                let cue = fold_str(&text[..said.span.start()]);
                let cue = cue.trim_end_matches(|c: char| !c.is_alphanumeric());
                sentence.start() == 0 && signs.iter().any(|sign| cue.ends_with(sign))
            };
            if !signs.iter().any(|sign| folded.contains(sign)) && !by_cue() {
                continue;
            }
            match found.last_mut() {
                Some(last) if in_one_quote(text, *last, span, self.limits.quote_chars) => {
                    *last = Span::new(last.start(), span.end());
                }
                _ => found.push(span),
            }
        }
        found
            .into_iter()
            .filter_map(|span| whole(text, span, self.limits.quote_chars).first().copied())
            .collect()
    }
}
