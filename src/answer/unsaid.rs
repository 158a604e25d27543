//! The last resort: where no remark answers, what the page has and nobody said (an editor's line, a crumb, a caption).

use super::evidence::Evidence;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::window::whole;
use super::{Kind, Quote};
use crate::index::{IndexError, Query};
use crate::question::Question;

/// Most lines that are shown.
const MOST: usize = 2;

impl Responder<'_> {
    /// Lines that were left out of all remarks and hold what is asked; only where nobody in particular is asked of.
    pub(super) fn unsaid(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let open = question.scope.parties.is_empty() && !question.scope.groups && question.page == 0;
        if !open || !question.topic.is_specific() {
            return Ok(None);
        }
        let evidence = Evidence::of(question, self.snapshot, self.weights)?;
        let query = Query {
            left_out: true,
            ..evidence.query(question, Vec::new())
        };
        let hits = self.snapshot.search(&query, MOST)?;
        let quotes: Vec<Quote> = hits
            .iter()
            .filter(|hit| evidence.is_covered(&hit.passage.text, self.weights.unsaid))
            .filter_map(|hit| {
                let said = hit.passage.remarks.first()?;
                let span = *whole(&hit.passage.text, said.span, self.limits.quote_chars).first()?;
                Some(quote(hit, said, span, &evidence, hit.score, self.snapshot))
            })
            .collect();
        Ok(Found::of(Kind::Quotes, quotes))
    }
}
