//! Evidence: what of a question stands in a text, and how much each piece counts.

use super::weights::Weights;
use crate::index::{Filter, IndexError, Query, Snapshot, Unit, WeightedTerm, pairs, words};
use crate::question::{Question, Scope, TopicWord};
use crate::text::{Folded, Segmenter, Span};

/// A piece of the topic with its weight.
#[derive(Clone, Debug)]
pub struct Piece {
    /// In folded, lower-case form.
    pub term: String,
    /// How much it counts: rare ones more.
    pub weight: f32,
    /// What it is.
    pub kind: PieceKind,
    /// Whether it goes on from the piece before it: 服务 of 养老服务.
    pub joined: bool,
    /// How much it is missed where it is missing: what is told of things is told in many words, the things in few.
    missed: f32,
    /// For a word that reports have for another: the piece that it stands for.
    instead_of: Option<usize>,
}

impl Piece {
    fn new(term: String, weight: f32, kind: PieceKind) -> Piece {
        Piece {
            term,
            weight,
            kind,
            joined: false,
            missed: 1.0,
            instead_of: None,
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
    /// A word that reports have for one of the question.
    Near,
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
    /// Places of which one form each must stand in the passage.
    pub places: Vec<Vec<String>>,
    /// Persons who must be named where somebody else speaks.
    pub persons: Vec<String>,
    /// Groups of words; one of each must stand in the answer.
    pub required: Vec<Vec<String>>,
    /// How much a word of two characters counts of which both stand in the text, but apart: 修堤 in 修三里湾的堤.
    scattered: f32,
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

/// How much pairs and common words count in the index's own ranking.
const PAIR: f32 = 0.4;
const GENERIC: f32 = 0.25;
/// How much the words around a passage count beside its own.
const AROUND: f32 = 0.5;
const SCATTERED: f32 = 0.3;
/// How much a word counts that stands only in the title or the heading.
const UNDER: f32 = 0.6;
/// How much a word of one character counts.
const SINGLE: f32 = 0.5;
/// How much a word counts whose modifier is missing.
const HEAD_ALONE: f32 = 0.4;
/// How much a word counts that reports have for one of the question: as evidence for whether it is spoken of, where in a
/// passage, and in the index's own ranking.
const NEAR: f32 = 0.7;
const NEAR_SHOWN: f32 = 0.4;
const NEAR_SEARCHED: f32 = 0.3;
/// How much of a sum of weights is there.
#[derive(Clone, Copy, Default)]
struct Share {
    all: f32,
    there: f32,
}

impl Share {
    fn add(&mut self, weight: f32, here: f32) {
        self.all += weight;
        self.there += weight * here;
    }

    fn part(self) -> Option<f32> {
        (self.all > 0.0).then(|| self.there / self.all)
    }
}

/// How much an English word is missed.
const ENGLISH: f32 = 0.2;
/// How much a verb or adjective is missed beside a noun.
const PREDICATE: f32 = 0.5;
/// Pieces are kept in a set of 64 bits.
const MOST: usize = 64;

impl Evidence {
    /// Of what a question asks for, weighed by how rare its pieces are in the index.
    pub fn of(question: &Question, snapshot: &Snapshot, weights: &Weights) -> Result<Evidence, IndexError> {
        let topic = &question.topic;
        let passages = snapshot.catalogue().passages().max(1) as f32;
        let rarity = |unit: Unit, term: &str| -> Result<f32, IndexError> {
            let count = snapshot.frequency(unit, term)? as f32;
            Ok((1.0 + (passages - count + 0.5).max(0.0) / (count + 0.5)).ln())
        };
        let mut pieces = Vec::new();
        let mut parts = Vec::new();
        for word in &topic.words {
            let mut rare = rarity(Unit::Word, &word.term)?;
            if snapshot.frequency(Unit::Word, &word.term)? == 0 {
                // The index cuts it otherwise: its parts are looked for, and it is as rare as its rarest pair.
                parts.extend(
                    words(&word.term)
                        .into_iter()
                        .map(|part| part.term)
                        .filter(|part| *part != word.term),
                );
                for pair in pairs(&word.term) {
                    rare = rare.min(rarity(Unit::Pair, &pair.term)?.max(rare * 0.5));
                }
            }
            let (factor, kind) = match word {
                TopicWord { generic: true, .. } => (weights.generic, PieceKind::Generic),
                TopicWord { name: true, .. } => (1.0, PieceKind::Name),
                TopicWord { quoted: true, .. } => (weights.quoted, PieceKind::Word),
                // 办, 花: one character is found everywhere.
                word if word.term.chars().nth(1).is_none() => (SINGLE, PieceKind::Word),
                _ => (1.0, PieceKind::Word),
            };
            pieces.push(Piece {
                joined: word.joined,
                missed: match kind {
                    PieceKind::Word if is_predicate(&word.term) => PREDICATE,
                    // An English word that the glossary lacks tells nothing of what Chinese files hold.
                    PieceKind::Word if is_english(&word.term) && snapshot.frequency(Unit::Word, &word.term)? == 0 => {
                        ENGLISH
                    }
                    _ => 1.0,
                },
                ..Piece::new(word.term.clone(), rare * factor, kind)
            });
        }
        for (index, word) in topic.words.iter().enumerate() {
            for near in &word.near {
                if pieces.iter().any(|piece| piece.term == *near) {
                    continue;
                }
                let weight = rarity(Unit::Word, near)?.min(pieces[index].weight) * NEAR_SHOWN;
                pieces.push(Piece {
                    instead_of: Some(index),
                    ..Piece::new((*near).to_owned(), weight, PieceKind::Near)
                });
            }
        }
        for answer in &topic.answers {
            pieces.push(Piece::new((*answer).to_owned(), weights.answer, PieceKind::Answer));
        }
        for pair in &topic.pairs {
            let rare = rarity(Unit::Pair, pair)?;
            pieces.push(Piece::new(pair.clone(), rare * weights.pair, PieceKind::Pair));
        }
        pieces.truncate(MOST);
        Ok(Evidence {
            pieces,
            parts,
            weights: weights.clone(),
            places: topic.places.clone(),
            persons: topic.persons.clone(),
            required: topic.required.clone(),
            // Among all that everybody said, two characters meet by chance.
            scattered: if question.scope.parties.is_empty() {
                0.0
            } else {
                SCATTERED
            },
        })
    }

    /// Of words that all count the same.
    pub fn of_words(words: impl IntoIterator<Item = String>) -> Evidence {
        let mut pieces: Vec<Piece> = words
            .into_iter()
            .map(|term| Piece::new(term, 1.0, PieceKind::Word))
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
        let mut terms = Vec::new();
        for piece in &self.pieces {
            let (unit, weight) = match piece.kind {
                PieceKind::Word | PieceKind::Name => (Unit::Word, 1.0),
                PieceKind::Generic => (Unit::Word, GENERIC),
                PieceKind::Pair => (Unit::Pair, PAIR),
                PieceKind::Answer => (Unit::Word, 0.1),
                PieceKind::Near => (Unit::Word, NEAR_SEARCHED),
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
                    weight: weight * AROUND,
                });
            }
        }
        terms.extend(self.parts.iter().map(|part| WeightedTerm {
            unit: Unit::Word,
            term: part.clone(),
            weight: 1.0,
        }));
        Query { terms, filters }
    }

    /// Where the pieces stand in `text`.
    pub fn occurrences(&self, text: &str) -> Vec<Occurrence> {
        self.read(text).occurrences
    }

    /// Folds `text` and finds the pieces in it.
    pub fn read(&self, text: &str) -> Reading {
        let folded = Folded::new(text, 0);
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

    /// Whether a word of the topic, or one that stands for it, stands in `text` (folded, in lower case).
    pub fn holds(&self, word: &str, text: &str) -> bool {
        let index = self.pieces.iter().position(|piece| piece.term == word);
        text.contains(word)
            || self
                .pieces
                .iter()
                .any(|piece| piece.instead_of.is_some() && piece.instead_of == index && text.contains(&piece.term))
    }

    /// Whether verbs and adjectives are all that the topic has.
    pub fn is_of_predicates(&self) -> bool {
        let mut words = self
            .pieces
            .iter()
            .filter(|piece| piece.kind == PieceKind::Word)
            .peekable();
        words.peek().is_some() && words.all(|piece| piece.missed == PREDICATE)
    }

    /// Whether all words that an answer must hold stand in a stretch.
    pub fn is_whole(&self, found: &[Occurrence], stretch: Span) -> bool {
        let there = found
            .iter()
            .filter(|occurrence| stretch.contains(occurrence.span))
            .fold(0u64, |set, occurrence| set | 1 << occurrence.piece);
        let mut words = self
            .pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.kind == PieceKind::Word)
            .peekable();
        words.peek().is_some() && words.all(|(index, _)| there >> index & 1 == 1)
    }

    /// How much of the specific words stands in a passage's `own` text, or in what it stands `under` (both folded, in
    /// lower case; 0 to 1); `None` where the topic has none. A long word of which only parts stand there counts in part. Names count where there is nothing else:
    /// that somebody is spoken of does not answer what is asked of him.
    pub fn coverage(&self, own: &str, under: &str) -> Option<f32> {
        self.coverage_of(PieceKind::Word, own, under)
            .or_else(|| self.coverage_of(PieceKind::Name, own, under))
    }

    fn coverage_of(&self, kind: PieceKind, own: &str, under: &str) -> Option<f32> {
        // All words alike, and with predicates missed less.
        let (mut alike, mut gentle) = (Share::default(), Share::default());
        let mut before = 1.0;
        for (index, piece) in self.pieces.iter().enumerate() {
            if piece.kind != kind {
                continue;
            }
            let near = self
                .pieces
                .iter()
                .any(|other| other.instead_of == Some(index) && own.contains(&other.term));
            let here = share(&piece.term, own, self.scattered)
                .max(UNDER * share(&piece.term, under, self.scattered))
                .max(if near { NEAR } else { 0.0 });
            // 服务 alone is not 养老服务.
            let alone = piece.joined && before == 0.0;
            let here_counts = here * if alone { HEAD_ALONE } else { 1.0 };
            alike.add(piece.weight, here_counts);
            gentle.add(piece.weight * piece.missed, here_counts);
            before = here;
        }
        Some(alike.part()?.max(gentle.part()?))
    }

    /// Whether a word of each group that an answer must have stands in `text`; an ordinal may stand in the title. The
    /// text is made only where it is looked at, which for most questions it is not.
    pub fn has_required(&self, text: impl FnOnce() -> String, title: &str) -> bool {
        if self.required.is_empty() {
            return true;
        }
        let lower = crate::index::normalized(&text());
        let title = crate::index::normalized(title);
        let stands = |word: &String| lower.contains(word) || (word.starts_with('第') && title.contains(word));
        self.required.iter().all(|words| words.iter().any(stands))
    }

    /// Whether each person that is spoken of is named in `text`.
    pub fn names_persons(&self, text: &str) -> bool {
        if self.persons.is_empty() {
            return true;
        }
        let lower = crate::index::normalized(text);
        self.persons
            .iter()
            .all(|name| lower.contains(&crate::index::normalized(name)))
    }

    /// Whether each place that is spoken of stands in `text`.
    pub fn names_places(&self, text: &str) -> bool {
        let lower = crate::index::normalized(text);
        self.places
            .iter()
            .all(|forms| forms.iter().any(|form| lower.contains(form.as_str())))
    }
}

/// Whether the dictionary has the word as a verb, an adjective or a set phrase.
fn is_predicate(word: &str) -> bool {
    let is_verb = |tag: &str| tag != "vn" && tag.starts_with(['v', 'a', 'd', 'z', 'i', 'l']);
    let segmenter = Segmenter::shared();
    let words = segmenter.words(word);
    words
        .iter()
        .all(|(_, word)| segmenter.part_of_speech(word).is_some_and(|tag| is_verb(&tag)))
}

/// Whether a word is of Latin letters, small ones alone as questions are folded; `5G` is none.
fn is_english(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
}

/// 1 where the word stands in the text, less where only some of its pairs do.
pub fn share(word: &str, text: &str, scattered: f32) -> f32 {
    if text.contains(word) {
        return 1.0;
    }
    let chars: Vec<char> = word.chars().collect();
    if chars.len() < 3 {
        let all_there = chars.len() == 2 && chars.iter().all(|c| text.contains(*c));
        return if all_there { scattered } else { 0.0 };
    }
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    let there = pairs.iter().filter(|pair| text.contains(pair.as_str())).count();
    0.8 * there as f32 / pairs.len() as f32
}

/// Who should speak, as a filter of the index; what it cannot say, the ranking checks.
fn filter(scope: &Scope) -> Option<Filter> {
    use crate::question::PartyKind;
    if scope.groups {
        return Some(Filter::Kind(vec!["collective".to_owned()]));
    }
    if scope.parties.is_empty() {
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
