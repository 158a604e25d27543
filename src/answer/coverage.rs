//! Coverage: how much of what is asked stands in a text, and whether what must stand there does.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::evidence::{Evidence, Occurrence, Piece, PieceKind};
use crate::gazetteer::County;
use crate::text::{Segmenter, Span, rows};

/// The words of `amounts.tsv`.
static AMOUNTS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows!("amounts.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// How much of what is asked a text tells of, by what its words are worth in the language.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Of its words.
    pub words: f32,
    /// Of its pairs of characters.
    pub pairs: f32,
}

impl Evidence {
    /// Whether a word of the topic, or one that stands for it, stands in `text` (folded, in lower case).
    pub fn holds(&self, word: &str, text: &str) -> bool {
        let index = self.pieces.iter().position(|piece| piece.term == word);
        text.contains(word)
            || self
                .pieces
                .iter()
                .any(|piece| piece.instead_of.is_some() && piece.instead_of == index && text.contains(&piece.term))
    }

    /// The word of the topic that is missed most where it is missing: the rarest thing.
    pub fn rarest(&self) -> Option<usize> {
        let words = self
            .pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.kind == PieceKind::Word && piece.missed == 1.0);
        let rarest = words.max_by(|(_, a), (_, b)| a.weight.total_cmp(&b.weight));
        rarest.map(|(index, _)| index)
    }

    /// The words of the topic that tell what is measured, and not by what: 二中 and 扩建 of 二中扩建总投资; without what is done to it
    /// where `nouns` alone are asked for.
    pub fn things(&self, nouns: bool) -> Vec<usize> {
        let words = self.pieces.iter().enumerate();
        words
            .filter(|(_, piece)| piece.kind == PieceKind::Word && (!nouns || piece.missed == 1.0))
            .filter(|(_, piece)| piece.term.chars().nth(1).is_some())
            // What no dictionary has may be told in other words: 娃少.
            .filter(|(_, piece)| Segmenter::shared().knows(&piece.term))
            .filter(|(_, piece)| !AMOUNTS.contains(piece.term.as_str()))
            .map(|(index, _)| index)
            .collect()
    }

    /// The words of the topic that tell what is spoken of: things, and no meeting, act or the county whose paper it is.
    pub fn matter(&self, home: Option<&County>) -> Vec<usize> {
        let words = self.pieces.iter().enumerate();
        words
            .filter(|(_, piece)| {
                piece.kind == PieceKind::Word && piece.missed == 1.0 && piece.term.chars().nth(1).is_some()
            })
            .filter(|(_, piece)| !piece.term.ends_with('会') && !piece.term.ends_with("会议"))
            .filter(|(_, piece)| home.is_none_or(|home| !home.name().starts_with(piece.term.as_str())))
            .map(|(index, _)| index)
            .collect()
    }

    /// Whether a piece, or one that stands for it, stands in `text` (folded, in lower case); a long word does where most
    /// of it does.
    pub fn stands_in(&self, index: usize, text: &str) -> bool {
        let term = &self.pieces[index].term;
        self.holds(term, text) || share(term, text, 0.0) >= 0.4
    }

    /// Whether verbs and adjectives are all that the topic has.
    pub fn is_of_predicates(&self) -> bool {
        let mut words = self
            .pieces
            .iter()
            .filter(|piece| piece.kind == PieceKind::Word)
            .peekable();
        words.peek().is_some() && words.all(|piece| piece.missed == self.weights.predicate)
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

    /// How much of the pairs of characters is among what was found in a passage; 1 where there are none.
    pub fn pairs_among(&self, found: &[Occurrence]) -> f32 {
        let there = found.iter().fold(0u64, |set, occurrence| set | 1 << occurrence.piece);
        let mut share = Share::default();
        for (index, piece) in self.pieces.iter().enumerate() {
            if piece.kind == PieceKind::Pair {
                share.add(piece.worth, if there >> index & 1 == 1 { 1.0 } else { 0.0 });
            }
        }
        share.part().unwrap_or(1.0)
    }

    /// How much of the specific words stands in a passage's `own` text, or in what it stands `under` (both folded, in
    /// lower case; 0 to 1); `None` where the topic has none. A long word of which only parts stand there counts in part. Names count where there is nothing else:
    /// that somebody is spoken of does not answer what is asked of him.
    pub fn coverage(&self, own: &str, under: &str) -> Option<f32> {
        self.words_covered(own, under, |piece| piece.weight, |near| near.closeness)
    }

    /// The same by what the words are worth in the language, and how much of the pairs of characters stands there: whether
    /// the text is of what is asked at all. A text on other things has a word of the question here and there, but seldom
    /// the characters beside it.
    pub fn told(&self, own: &str, under: &str) -> Told {
        let words = self
            .words_covered(own, under, |piece| piece.worth, |near| near.vouches)
            .unwrap_or(1.0);
        Told {
            words,
            pairs: self.pairs_covered(own, under).unwrap_or(words),
        }
    }

    /// Whether so much of what is asked stands in a passage's own text.
    pub fn is_covered(&self, passage: &str, least: f32) -> bool {
        let text = crate::index::normalized(passage);
        self.coverage(&text, "").is_some_and(|coverage| coverage >= least)
    }

    fn words_covered(
        &self,
        own: &str,
        under: &str,
        counts: impl Fn(&Piece) -> f32 + Copy,
        closeness: impl Fn(&Piece) -> f32 + Copy,
    ) -> Option<f32> {
        self.coverage_of(PieceKind::Word, own, under, counts, closeness)
            .or_else(|| self.coverage_of(PieceKind::Name, own, under, counts, closeness))
    }

    fn coverage_of(
        &self,
        kind: PieceKind,
        own: &str,
        under: &str,
        counts: impl Fn(&Piece) -> f32,
        closeness: impl Fn(&Piece) -> f32 + Copy,
    ) -> Option<f32> {
        // All words alike, and with predicates missed less.
        let (mut alike, mut gentle) = (Share::default(), Share::default());
        let mut before = 1.0;
        for (index, piece) in self.pieces.iter().enumerate() {
            if piece.kind != kind {
                continue;
            }
            let here = share(&piece.term, own, self.scattered)
                .max(self.weights.under * share(&piece.term, under, self.scattered))
                .max(self.weights.near * self.nearest_in(index, own, closeness));
            // 服务 alone is not 养老服务.
            let alone = piece.joined && before == 0.0;
            let here_counts = here * if alone { self.weights.head_alone } else { 1.0 };
            alike.add(counts(piece), here_counts);
            gentle.add(counts(piece) * piece.missed, here_counts);
            before = here;
        }
        Some(alike.part()?.max(gentle.part()?))
    }

    /// How near a word in `text` is that stands for a piece; 0 where none does.
    fn nearest_in(&self, index: usize, text: &str, closeness: impl Fn(&Piece) -> f32) -> f32 {
        let others = self.pieces.iter().filter(|piece| piece.instead_of == Some(index));
        others
            .filter(|piece| text.contains(&piece.term))
            .map(closeness)
            .fold(0.0, f32::max)
    }

    /// How much of the pairs of characters of what is asked stands in a passage's `own` text, or in what it stands
    /// `under`; `None` where it has none.
    fn pairs_covered(&self, own: &str, under: &str) -> Option<f32> {
        let mut share = Share::default();
        for piece in self.pieces.iter().filter(|piece| piece.kind == PieceKind::Pair) {
            let meant_otherwise = || {
                let words = self.pieces.iter().enumerate();
                let words = words.filter(|(_, word)| word.instead_of.is_none() && word.term.contains(&piece.term));
                words
                    .map(|(index, _)| self.nearest_in(index, own, |near| near.vouches))
                    .fold(0.0, f32::max)
            };
            let here = if own.contains(&piece.term) {
                1.0
            } else if under.contains(&piece.term) {
                self.weights.under
            } else {
                self.weights.near * meant_otherwise()
            };
            share.add(piece.worth, here);
        }
        share.part()
    }

    /// Whether a word of each group that an answer must have stands in `text`; an ordinal may stand in the title. The
    /// text is made only where it is looked at, which for most questions it is not.
    pub fn has_required(&self, text: impl FnOnce() -> String, title: &str) -> bool {
        if self.required.is_empty() {
            return true;
        }
        let lower = crate::index::normalized(&text());
        let title = crate::index::normalized(title);
        let stands = |word: &String| match word.strip_prefix('+') {
            Some(word) => stands_unnegated(word, &lower),
            None => lower.contains(word) || (word.starts_with('第') && title.contains(word)),
        };
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

/// Whether a word stands in a text without a negation right before it: 不同意 is no 同意.
fn stands_unnegated(word: &str, text: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(['不', '没', '未', '别', '非', '难']))
}

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

/// Whether the dictionary has the word as a verb, an adjective or a set phrase.
pub fn is_predicate(word: &str) -> bool {
    let is_verb = |tag: &str| tag != "vn" && tag.starts_with(['v', 'a', 'd', 'z', 'i', 'l']);
    let segmenter = Segmenter::shared();
    let words = segmenter.words(word);
    words
        .iter()
        .all(|(_, word)| segmenter.part_of_speech(word).is_some_and(is_verb))
}

/// Whether a word is of Latin letters, small ones alone as questions are folded; `5G` is none.
pub fn is_english(word: &str) -> bool {
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
