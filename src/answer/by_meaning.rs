//! By meaning: passages that are near to a question without its words. They are looked at beside the index's hits, and being
//! near counts by rank; what a passage must hold to be of what is asked stays the same, so that nothing is answered that would
//! have been refused for holding nothing of it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::respond::Responder;
use crate::index::{Filter, Hit, IndexError, Query};
use crate::meaning::{Meaning, Near};
use crate::question::Question;

/// So many passages are near.
const NEAR: usize = 12;
/// At this rank, being near counts half.
const HALF: f32 = 4.0;

/// A question's words, and the files that it is looked for in.
type Sought = (String, Option<Vec<String>>);

/// Meaning, for the look-ups of one message: what a question means is asked once.
pub struct ByMeaning<'m> {
    meaning: &'m Meaning,
    known: RefCell<HashMap<Sought, NearOnes>>,
}

impl ByMeaning<'_> {
    pub fn of(meaning: &Meaning) -> ByMeaning<'_> {
        ByMeaning {
            meaning,
            known: RefCell::default(),
        }
    }
}

/// Passages that are near to a question, the nearest first.
#[derive(Clone, Debug, Default)]
pub struct NearOnes(Rc<Vec<Near>>);

impl NearOnes {
    /// How near a hit is, by its rank: 1 for the nearest, 0 for what is none of them.
    pub fn nearness(&self, hit: &Hit) -> f32 {
        let rank = self.0.iter().position(|near| is(near, hit));
        rank.map_or(0.0, |rank| HALF / (HALF + rank as f32))
    }
}

fn is(near: &Near, hit: &Hit) -> bool {
    near.file == hit.file && near.start == hit.passage.start
}

impl Responder<'_> {
    /// The passages that are near to a question, of those that the filters leave.
    pub(super) fn near_to(&self, question: &Question, filters: &[Filter]) -> NearOnes {
        let Some(by) = &self.meaning else {
            return NearOnes::default();
        };
        // What was taken from the question before is said too: 那长武呢.
        let mut words = question.typed.clone();
        for word in &question.topic.words {
            if !words.contains(&word.term) {
                words.push(' ');
                words.push_str(&word.term);
            }
        }
        let files = filters.iter().find_map(|filter| match filter {
            Filter::File(files) => Some(files.clone()),
            _ => None,
        });
        let key = (words, files);
        if let Some(known) = by.known.borrow().get(&key) {
            return known.clone();
        }
        let near = by.meaning.nearest(&key.0, self.snapshot, key.1.as_deref(), NEAR);
        let near = NearOnes(Rc::new(near));
        by.known.borrow_mut().insert(key, near.clone());
        near
    }

    /// Adds those of the near passages that a query may lead to and that are not among its hits, each with the score that it has
    /// there.
    pub(super) fn add_near(&self, hits: &mut Vec<Hit>, query: &Query, near: &NearOnes) -> Result<(), IndexError> {
        let is_hit = |near: &&Near| hits.iter().any(|hit| is(near, hit));
        let mut files: Vec<String> = near
            .0
            .iter()
            .filter(|near| !is_hit(near))
            .map(|near| near.file.clone())
            .collect();
        files.sort_unstable();
        files.dedup();
        if files.is_empty() {
            return Ok(());
        }
        let catalogue = self.snapshot.catalogue();
        let entries = files.iter().filter_map(|file| catalogue.file(file));
        let passages = entries.map(|entry| entry.passages()).sum();
        let mut of_files = query.clone();
        of_files.filters.push(Filter::File(files));
        // What holds none of the words is no hit of them.
        let without_words = Query {
            terms: Vec::new(),
            ..of_files.clone()
        };
        let scored = self.snapshot.search(&of_files, passages)?;
        let others = self.snapshot.search(&without_words, passages)?;
        let others = others.into_iter().map(|hit| Hit { score: 0.0, ..hit });
        for hit in scored.into_iter().chain(others) {
            if near.0.iter().any(|near| is(near, &hit)) && !hits.iter().any(|known| known.is(&hit)) {
                hits.push(hit);
            }
        }
        Ok(())
    }
}
