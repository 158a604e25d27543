//! What a hit is worth: BM25 over words, pairs and what stands around, reckoned here, by the statistics of all shards together
//! and by the same formula as the embedded engine's. The server only proposes.

use std::collections::HashMap;

use crate::index::embedded::rounded;
use crate::index::search::{Unit, WeightedTerm};
use crate::index::terms::Terms;

/// How soon a term counts no more for standing there again, and how much long passages are held back: as Tantivy has them.
pub const K1: f32 = 1.2;
/// See [`K1`].
pub const B: f32 = 0.75;

/// What is known of all documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// How many there are: passages, and a record for each paper.
    pub documents: u64,
    /// How many words they have.
    pub words: u64,
    /// How many pairs.
    pub pairs: u64,
    /// How many words around.
    pub around: u64,
}

impl Statistics {
    fn average(&self, unit: Unit) -> f32 {
        let tokens = match unit {
            Unit::Word => self.words,
            Unit::Pair => self.pairs,
            Unit::Around => self.around,
        };
        tokens as f32 / self.documents.max(1) as f32
    }
}

/// The terms of a query, ready to be counted in passages.
pub struct Scorer<'q> {
    statistics: Statistics,
    /// Each term once.
    places: HashMap<(Unit, &'q str), usize>,
    /// How much each counts, in the order of the query: sums must not depend on a map's.
    weights: Vec<(Unit, f32)>,
}

impl<'q> Scorer<'q> {
    /// Of a query's terms, each with the number of passages that it stands in.
    pub fn new(terms: impl IntoIterator<Item = (&'q WeightedTerm, u64)>, statistics: Statistics) -> Scorer<'q> {
        let (mut places, mut weights) = (HashMap::new(), Vec::new());
        for (weighted, frequency) in terms {
            let absent = statistics.documents.saturating_sub(frequency) as f32;
            let idf = (1.0 + (absent + 0.5) / (frequency as f32 + 0.5)).ln();
            let at = *places
                .entry((weighted.unit, weighted.term.as_str()))
                .or_insert(weights.len());
            if at == weights.len() {
                weights.push((weighted.unit, 0.0));
            }
            weights[at].1 += weighted.weight * idf * (1.0 + K1);
        }
        Scorer {
            statistics,
            places,
            weights,
        }
    }

    /// What a passage is worth; `None` where no term stands in it.
    pub fn score(&self, terms: &Terms<'_>) -> Option<f32> {
        let units = [
            (Unit::Word, &terms.words),
            (Unit::Pair, &terms.pairs),
            (Unit::Around, &terms.around),
        ];
        let mut counts = vec![0_u32; self.weights.len()];
        for (unit, tokens) in units {
            for token in tokens {
                if let Some(at) = self.places.get(&(unit, token.term.as_str())) {
                    counts[*at] += 1;
                }
            }
        }
        let norms = units.map(|(unit, tokens)| {
            let length = rounded(u32::try_from(tokens.len()).unwrap_or(u32::MAX)) as f32;
            K1 * (1.0 - B + B * length / self.statistics.average(unit))
        });
        let mut score = None;
        for ((unit, weight), count) in self.weights.iter().zip(counts).filter(|(_, count)| *count > 0) {
            let norm = match unit {
                Unit::Word => norms[0],
                Unit::Pair => norms[1],
                Unit::Around => norms[2],
            };
            let count = count as f32;
            *score.get_or_insert(0.0) += weight * (count / (count + norm));
        }
        score
    }
}
