//! Evidence: what of a question stands in a text, and how much each piece counts.

use std::borrow::Cow;
use std::cell::Cell;

use super::by_meaning::NearOnes;
use super::coverage::{is_english, is_predicate};
use super::in_other_words::{MeantPiece, meant_otherwise};
use super::weights::Weights;
use crate::index::{Filter, IndexError, Query, Snapshot, Unit, WeightedTerm, pairs, words};
use crate::question::{Question, Scope, Topic, TopicWord, without_complement};
use crate::text::Span;

/// A piece of the topic with its weight.
#[derive(Clone, Debug)]
pub struct Piece {
    /// In folded, lower-case form.
    pub term: String,
    /// How much it counts beside the others where it is told which passage and which stretch of it answers: those that are
    /// rare in the library more.
    pub weight: f32,
    /// How much it counts where it is told whether a passage is of what is asked at all: those that are rare in the language
    /// more, however few passages the library has.
    pub(super) worth: f32,
    /// What it is.
    pub kind: PieceKind,
    /// Whether it goes on from the piece before it: 服务 of 养老服务.
    pub joined: bool,
    /// How much it is missed where it is missing: what is told of things is told in many words, the things in few.
    pub(super) missed: f32,
    /// For a word that may stand for another: the piece that it stands for.
    pub(super) instead_of: Option<usize>,
    /// How near it is to that one (0 to 1); 1 where it stands for none.
    pub(super) closeness: f32,
    /// The same where it is told whether a passage is of what is asked at all.
    pub(super) vouches: f32,
}

impl Piece {
    pub(super) fn new(term: String, rare: Rare, kind: PieceKind) -> Piece {
        Piece {
            term,
            weight: rare.here,
            worth: rare.anywhere,
            kind,
            joined: false,
            missed: 1.0,
            instead_of: None,
            closeness: 1.0,
            vouches: 1.0,
        }
    }

    pub(super) fn rare(&self) -> Rare {
        Rare {
            here: self.weight,
            anywhere: self.worth,
        }
    }
}

/// How rare a term is among the library's passages, and beside a background of others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rare {
    pub(super) here: f32,
    pub(super) anywhere: f32,
}

impl Rare {
    fn same(rare: f32) -> Rare {
        Rare {
            here: rare,
            anywhere: rare,
        }
    }

    pub(super) fn times(self, factor: f32) -> Rare {
        self.with(Rare::same(factor), |rare, factor| rare * factor)
    }

    pub(super) fn with(self, other: Rare, join: impl Fn(f32, f32) -> f32) -> Rare {
        Rare {
            here: join(self.here, other.here),
            anywhere: join(self.anywhere, other.anywhere),
        }
    }
}

/// What a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A word that is missed where it is missing.
    Word,
    /// A word of a name that is spoken of.
    Name,
    /// A word that stands in almost every report.
    Generic,
    /// A pair of characters.
    Pair,
    /// A word by which speakers answer what is asked.
    Answer,
    /// A word that reports have for one of the question, by hand.
    Near,
    /// A word of the hits that is near to one of the question, by its vector.
    Akin,
}

/// What the passages are compared with. At most 64 pieces.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Words first.
    pub pieces: Vec<Piece>,
    /// How much each sign of a good stretch counts.
    pub weights: Weights,
    /// Parts of words that the index does not hold whole; searched for, not shown.
    pub parts: Vec<String>,
    /// The pieces for which other words may stand, with what is known of them.
    pub(super) meant: Vec<MeantPiece>,
    /// Words that may stand for others, with how much they count in the index; searched for.
    pub(super) wider: Vec<(String, f32)>,
    /// Places of which one form each must stand in the passage.
    pub places: Vec<Vec<String>>,
    /// Persons who must be named where somebody else speaks.
    pub persons: Vec<String>,
    /// Groups of words; one of each must stand in the answer.
    pub required: Vec<Vec<String>>,
    /// How much more the index's score of a passage would be beside a background of other texts.
    pub lift: f32,
    /// How much a word of two characters counts of which both stand in the text, but apart: 修堤 in 修三里湾的堤.
    pub(super) scattered: f32,
    /// The passages that are near to the question by what they mean.
    pub(super) near: NearOnes,
}

/// A piece of evidence in a text.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// Index of the piece.
    pub piece: usize,
}

/// A text with the evidence in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Folded, in lower case.
    pub lower: String,
    /// The pieces in it.
    pub occurrences: Vec<Occurrence>,
}

/// Pieces are kept in a set of 64 bits.
pub(super) const MOST: usize = 64;

impl Evidence {
    /// Of what a question asks for, weighed by how rare its pieces are in the index.
    pub fn of(question: &Question, snapshot: &Snapshot, weights: &Weights) -> Result<Evidence, IndexError> {
        let of_words = question.topic.words.iter().map(|word| (Unit::Word, word.term.as_str()));
        let of_pairs = question.topic.pairs.iter().map(|pair| (Unit::Pair, pair.as_str()));
        let asked: Vec<(Unit, &str)> = of_words.chain(of_pairs).collect();
        snapshot.foresee(&asked)?;
        let telling = telling(&question.topic, snapshot)?;
        let topic = telling.as_ref().unwrap_or(&question.topic);
        let passages = snapshot.catalogue().passages().max(1) as f32;
        // How rare the terms that stand there are together, by the library's own count and beside a background.
        let sums = Cell::new(Rare::default());
        let rarity = |unit: Unit, term: &str| -> Result<Rare, IndexError> {
            let count = snapshot.frequency(unit, term)? as f32;
            let rare = Rare {
                here: rarity(passages, count, 0.0, 0.0),
                anywhere: rarity(passages, count, weights.background, weights.usual),
            };
            if count > 0.0 {
                sums.set(sums.get().with(rare, |a, b| a + b));
            }
            Ok(rare)
        };
        let mut pieces = Vec::new();
        let mut parts = Vec::new();
        for word in &topic.words {
            // 栽到, where the files say 栽在.
            let mut word = Cow::Borrowed(word);
            let verb = without_complement(&word.term)
                .filter(|_| !word.quoted)
                .map(str::to_owned);
            if let Some(verb) = verb
                && snapshot.frequency(Unit::Word, &word.term)? == 0
            {
                word.to_mut().term = verb;
            }
            let mut rare = rarity(Unit::Word, &word.term)?;
            let absent = snapshot.frequency(Unit::Word, &word.term)? == 0;
            if absent {
                // The index cuts it otherwise: its parts are looked for, and it is as rare as its rarest pair.
                parts.extend(
                    words(&word.term)
                        .into_iter()
                        .map(|part| part.term)
                        .filter(|part| *part != word.term),
                );
                for pair in pairs(&word.term) {
                    let of_pair = rarity(Unit::Pair, &pair.term)?;
                    rare = rare.with(of_pair, |rare, of_pair| rare.min(of_pair.max(rare * 0.5)));
                }
            }
            let (factor, kind) = match &*word {
                TopicWord { generic: true, .. } => (weights.generic, PieceKind::Generic),
                TopicWord { name: true, .. } => (1.0, PieceKind::Name),
                TopicWord { quoted: true, .. } => (weights.quoted, PieceKind::Word),
                // 办, 花: one character is found everywhere.
                word if word.term.chars().nth(1).is_none() => (weights.single, PieceKind::Word),
                _ => (1.0, PieceKind::Word),
            };
            pieces.push(Piece {
                joined: word.joined,
                missed: match kind {
                    PieceKind::Word if is_predicate(&word.term) => weights.predicate,
                    // An English word that the glossary lacks tells nothing of what Chinese files hold.
                    PieceKind::Word if absent && is_english(&word.term) => weights.english,
                    _ => 1.0,
                },
                ..Piece::new(word.term.clone(), rare.times(factor), kind)
            });
        }
        for (index, word) in topic.words.iter().enumerate() {
            for near in &word.near {
                if pieces.iter().any(|piece| piece.term == *near) {
                    continue;
                }
                let rare = rarity(Unit::Word, near)?.with(pieces[index].rare(), f32::min);
                pieces.push(Piece {
                    instead_of: Some(index),
                    ..Piece::new((*near).to_owned(), rare.times(weights.near_shown), PieceKind::Near)
                });
            }
        }
        for answer in &topic.answers {
            pieces.push(Piece::new(
                (*answer).to_owned(),
                Rare::same(weights.answer),
                PieceKind::Answer,
            ));
        }
        for pair in &topic.pairs {
            let rare = rarity(Unit::Pair, pair)?;
            pieces.push(Piece::new(pair.clone(), rare.times(weights.pair), PieceKind::Pair));
        }
        for pair in &topic.loose_pairs {
            // What stands in many passages is no name, and what stands in none is not missed.
            let count = snapshot.frequency(Unit::Pair, pair)? as f32;
            if count > 0.0 && count <= weights.loose * passages {
                let rare = rarity(Unit::Pair, pair)?;
                pieces.push(Piece::new(pair.clone(), rare.times(weights.pair), PieceKind::Pair));
            }
        }
        pieces.truncate(MOST);
        Ok(Evidence {
            meant: meant_otherwise(question, topic, weights),
            wider: Vec::new(),
            pieces,
            parts,
            weights: weights.clone(),
            places: topic.places.clone(),
            persons: topic.persons.clone(),
            required: topic.required.clone(),
            lift: if sums.get().here > 0.0 {
                sums.get().anywhere / sums.get().here
            } else {
                1.0
            },
            near: NearOnes::default(),
            // Among all that everybody said, two characters meet by chance.
            scattered: if question.scope.parties.is_empty() {
                0.0
            } else {
                weights.scattered
            },
        })
    }

    /// Of words that all count the same.
    pub fn of_words(words: impl IntoIterator<Item = String>) -> Evidence {
        let mut pieces: Vec<Piece> = words
            .into_iter()
            .map(|term| Piece::new(term, Rare::same(1.0), PieceKind::Word))
            .collect();
        pieces.truncate(MOST);
        Evidence {
            pieces,
            weights: Weights::shared().clone(),
            ..Evidence::default()
        }
    }

    /// What the index is asked: the pieces, and who should speak.
    pub fn query(&self, question: &Question, mut filters: Vec<Filter>) -> Query {
        filters.extend(filter(&question.scope));
        filters.extend(question.files.clone().map(Filter::File));
        let weights = &self.weights;
        let mut terms = Vec::new();
        for piece in &self.pieces {
            let (unit, weight) = match piece.kind {
                PieceKind::Word | PieceKind::Name => (Unit::Word, 1.0),
                PieceKind::Generic => (Unit::Word, weights.search_generic),
                PieceKind::Pair => (Unit::Pair, weights.search_pair),
                PieceKind::Answer => (Unit::Word, weights.search_answer),
                PieceKind::Near => (Unit::Word, weights.search_near),
                // The hits are there already.
                PieceKind::Akin => continue,
            };
            terms.push(WeightedTerm {
                unit,
                term: piece.term.clone(),
                weight,
            });
            if matches!(piece.kind, PieceKind::Word | PieceKind::Name | PieceKind::Generic) {
                terms.push(WeightedTerm {
                    unit: Unit::Around,
                    term: piece.term.clone(),
                    weight: weight * weights.search_around,
                });
            }
        }
        terms.extend(self.parts.iter().map(|part| WeightedTerm {
            unit: Unit::Word,
            term: part.clone(),
            weight: 1.0,
        }));
        terms.extend(self.wider.iter().map(|(term, weight)| WeightedTerm {
            unit: Unit::Word,
            term: term.clone(),
            weight: *weight,
        }));
        if question.scope.soft {
            // The names of the counties are evidence.
            let forms = question.scope.parties.iter().flat_map(|party| party.forms());
            for term in forms {
                terms.extend([Unit::Word, Unit::Around].map(|unit| WeightedTerm {
                    unit,
                    term: term.clone(),
                    weight: weights.search_county,
                }));
            }
        }
        Query {
            terms,
            filters,
            left_out: false,
        }
    }

    /// Where the pieces stand in `text`.
    pub fn occurrences(&self, text: &str) -> Vec<Occurrence> {
        self.read(text).occurrences
    }

    /// Folds `text` and finds the pieces in it.
    pub fn read(&self, text: &str) -> Reading {
        let folded = crate::index::folded(text);
        let lower = folded.text().to_ascii_lowercase();
        let mut occurrences = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            occurrences.extend(lower.match_indices(&piece.term).map(|(at, term)| Occurrence {
                span: folded.original(Span::new(at, at + term.len())),
                piece: index,
            }));
        }
        Reading { lower, occurrences }
    }
}

/// The topic of a long question without what tells least: its rarest words that the files have, and the pairs of characters
/// in them; `None` where it is not as long as that.
fn telling(topic: &Topic, snapshot: &Snapshot) -> Result<Option<Topic>, IndexError> {
    if topic.words.len() <= TELLING {
        return Ok(None);
    }
    let mut counted: Vec<(bool, u64, usize)> = Vec::with_capacity(topic.words.len());
    for (index, word) in topic.words.iter().enumerate() {
        let count = snapshot.frequency(Unit::Word, &word.term)?;
        counted.push((word.generic || count == 0, count, index));
    }
    counted.sort_unstable();
    // Of so many words those that no file has tell nothing.
    let there = counted.iter().filter(|(absent, ..)| !absent).count();
    let most = if there > 0 { TELLING.min(there) } else { TELLING };
    let mut kept: Vec<usize> = counted.iter().take(most).map(|(.., index)| *index).collect();
    kept.sort_unstable();
    let words: Vec<_> = kept.iter().map(|index| topic.words[*index].clone()).collect();
    let of_them = |pair: &&String| words.iter().any(|word| word.term.contains(pair.as_str()));
    let pairs = topic.pairs.iter().filter(of_them).cloned().collect();
    Ok(Some(Topic {
        words,
        pairs,
        loose_pairs: Vec::new(),
        ..topic.clone()
    }))
}

/// Most words of a question that it is looked for by.
const TELLING: usize = 16;

/// How rare a term is that stands in `count` of so many passages, as if there were `background` others of which a `usual`
/// share have it: in a library of one page each word that it has would stand in all there is.
pub(super) fn rarity(passages: f32, count: f32, background: f32, usual: f32) -> f32 {
    let (all, there) = (passages + background, count + background * usual);
    (1.0 + (all - there + 0.5).max(0.0) / (there + 0.5)).ln()
}

/// Who should speak, as a filter of the index; what it cannot say, the ranking checks.
fn filter(scope: &Scope) -> Option<Filter> {
    use crate::question::PartyKind;
    if scope.groups {
        return Some(Filter::Kind(vec!["collective".to_owned()]));
    }
    if scope.parties.is_empty() || scope.soft {
        return None;
    }
    if scope.parties.iter().all(|party| party.kind == PartyKind::County) {
        return Some(Filter::County(
            scope.parties.iter().map(|party| party.label.clone()).collect(),
        ));
    }
    let voices = || scope.parties.iter().flat_map(|party| &party.voices);
    voices()
        .all(|voice| voice.name.is_some())
        .then(|| Filter::Speaker(voices().filter_map(|voice| voice.name.clone()).collect()))
}

#[cfg(test)]
mod tests {
    use super::{Weights, rarity};

    #[test]
    fn words_of_a_single_page_are_not_worth_less_than_those_it_lacks_by_far() {
        let Weights { background, usual, .. } = *Weights::shared();
        let rarity = |passages, count| rarity(passages, count, background, usual);
        let (there, absent) = (rarity(1.0, 1.0), rarity(1.0, 0.0));
        assert!(there > absent * 0.7 && there < absent, "{there} {absent}");
        // In a library of many pages its own count decides.
        assert!(rarity(5000.0, 2500.0) < 0.2 * rarity(5000.0, 1.0));
    }
}
