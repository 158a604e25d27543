//! In other words: what stands for words of a question, of what the files have. People ask 老师, reports say 教师.
//!
//! Only where the words themselves do not answer. The nearest words of all then widen what the index is asked, and which
//! stand for which is told by the words of the passages that it gives.

use std::collections::BTreeSet;

use super::evidence::{Evidence, MOST, Piece, PieceKind, Rare, rarity};
use super::weights::Weights;
use super::{Quote, Stood};
use crate::index::{Hit, IndexError, Snapshot, Unit, normalized, words};
use crate::near::{Meant, ToldWord};
use crate::question::{Question, Topic, TopicWord};

/// Passages that are read for words, best first.
const READ: usize = 24;
/// Most words that are akin to one.
const OF_ONE: usize = 6;
/// Most words that an answer says to stand for others.
const SHOWN: usize = 3;

/// A piece for which other words may stand.
#[derive(Clone, Copy, Debug)]
pub struct MeantPiece {
    /// Its place among the pieces.
    index: usize,
    /// What is near to it, or to a part of it.
    meant: Meant,
    /// How much of the piece the part is.
    part: f32,
    /// How much words akin to it count where it is told whether a passage is of what is asked at all.
    vouches: f32,
}

/// The words of a topic for which others may stand: none do for a name, a number, for what is quoted, and for what every
/// report has.
pub fn meant_otherwise(question: &Question, topic: &Topic, weights: &Weights) -> Vec<MeantPiece> {
    if weights.table == 0.0 {
        return Vec::new();
    }
    // Where nobody is named a page on other things has a word akin to one of the question's, and of somebody's own words any
    // would do: 高明远对大棚保险怎么说.
    let vouches = if question.scope.soft { weights.table_told } else { 0.0 };
    let may = |word: &TopicWord| !word.name && !word.generic && !word.quoted;
    let words = topic.words.iter().enumerate().filter(|(_, word)| may(word));
    words
        .flat_map(|(index, word)| {
            let parts = parts(&word.term).into_iter();
            parts.map(move |(meant, part)| MeantPiece {
                index,
                meant,
                part,
                vouches,
            })
        })
        .collect()
}

/// A word that is known; of one that is not its two ends that are: 睡觉 and 时间 of 睡觉时间.
fn parts(word: &str) -> Vec<(Meant, f32)> {
    if let Some(meant) = Meant::of(word) {
        return vec![(meant, 1.0)];
    }
    let all = word.chars().count() as f32;
    let known = |end: &str| Some((Meant::of(end)?, end.chars().count() as f32 / all));
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(1).collect();
    let first = cuts.iter().rev().find_map(|at| known(&word[..*at]));
    let last = cuts.iter().find_map(|at| known(&word[*at..]));
    first.into_iter().chain(last).collect()
}

impl Evidence {
    /// Whether other words may stand for any.
    pub(super) fn may_be_meant_otherwise(&self) -> bool {
        !self.meant.is_empty()
    }

    /// Has the nearest words looked for too.
    pub(super) fn widen(&mut self, snapshot: &Snapshot) -> Result<(), IndexError> {
        let mut wider: Vec<(String, f32)> = Vec::new();
        for one in &self.meant {
            for (word, nearness) in one.meant.nearest() {
                let weight = self.weights.table_search * self.closeness(one, nearness);
                let known = || {
                    self.pieces.iter().any(|piece| piece.term == word) || wider.iter().any(|(other, _)| other == word)
                };
                if weight > 0.0 && !known() && snapshot.frequency(Unit::Word, word)? > 0 {
                    wider.push((word.to_owned(), weight));
                }
            }
        }
        self.wider = wider;
        Ok(())
    }

    /// Takes what the hits have for words of the question as evidence.
    pub(super) fn learn(&mut self, hits: &[Hit], snapshot: &Snapshot) -> Result<(), IndexError> {
        let read = hits.iter().take(READ);
        let told: BTreeSet<String> = read
            .flat_map(|hit| words(&hit.passage.text))
            .map(|token| token.term)
            .filter(|word| !self.pieces.iter().any(|piece| piece.term == *word))
            .collect();
        let told: Vec<ToldWord> = told.iter().filter_map(|word| ToldWord::of(word)).collect();
        let mut akin: Vec<(&MeantPiece, &str, f32)> = Vec::new();
        for one in &self.meant {
            let mut of_it: Vec<(&MeantPiece, &str, f32)> = told
                .iter()
                .map(|told| (one, told.word(), self.closeness(one, one.meant.nearness(*told))))
                .filter(|(.., closeness)| *closeness > 0.0)
                .collect();
            of_it.sort_by(|(.., a), (.., b)| b.total_cmp(a));
            akin.extend(of_it.into_iter().take(OF_ONE));
        }
        akin.sort_by(|(.., a), (.., b)| b.total_cmp(a));
        let passages = snapshot.catalogue().passages().max(1) as f32;
        let mut pieces = Vec::new();
        for (one, word, closeness) in akin.into_iter().take(MOST.saturating_sub(self.pieces.len())) {
            let count = snapshot.frequency(Unit::Word, word)? as f32;
            let rare = Rare {
                here: rarity(passages, count, 0.0, 0.0),
                anywhere: rarity(passages, count, self.weights.background, self.weights.usual),
            };
            let rare = rare.with(self.pieces[one.index].rare(), f32::min);
            let counts = self.weights.table * closeness;
            pieces.push(Piece {
                instead_of: Some(one.index),
                closeness: counts,
                vouches: one.vouches * closeness,
                ..Piece::new(
                    word.to_owned(),
                    rare.times(self.weights.near_shown * counts),
                    PieceKind::Akin,
                )
            });
        }
        self.pieces.extend(pieces);
        Ok(())
    }

    /// Which words of the quotes stand for words of the question that are in none of them: for each the nearest.
    pub(super) fn stood(&self, quotes: &[Quote]) -> Vec<Stood> {
        let texts: Vec<String> = quotes.iter().map(|quote| normalized(&quote.text)).collect();
        let told = |word: &str| texts.iter().any(|text| text.contains(word));
        let asked = self.pieces.iter().enumerate();
        let asked = asked.filter(|(_, asked)| asked.instead_of.is_none() && !told(&asked.term));
        let stood = asked.filter_map(|(index, asked)| {
            let others = self.pieces.iter();
            let others = others.filter(|piece| piece.instead_of == Some(index) && told(&piece.term));
            let nearest = others.max_by(|a, b| a.closeness.total_cmp(&b.closeness))?;
            Some(Stood {
                asked: asked.term.clone(),
                told: nearest.term.clone(),
            })
        });
        stood.take(SHOWN).collect()
    }

    /// How much a word counts that is so near to a piece, or to a part of it: 0 to 1.
    fn closeness(&self, one: &MeantPiece, nearness: f32) -> f32 {
        let weights = &self.weights;
        if nearness < weights.table_least {
            return 0.0;
        }
        one.part * ((nearness - weights.table_from) / (1.0 - weights.table_from)).clamp(0.0, 1.0)
    }
}
