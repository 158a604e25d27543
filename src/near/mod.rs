//! Words that mean nearly the same: what a report may have for a word of a question (教师 for 老师).
//!
//! - `vectors.bin`: vectors of the language's common words; made by `derive_vectors.py` from a language model (see
//!   `LICENCE.md`)
//! - `near.tsv`: by hand, what vectors don't know: 够不够 and 缺口
//! - `opposites.tsv`, `kinds.tsv`: what is apart, however near its vectors are: 上涨 and 下跌, 小学 and 中学
//!
//! Names, places, numbers, days and function words are in no table: nothing else stands for them.

mod apart;
mod vectors;

use std::collections::HashMap;
use std::sync::LazyLock;

use apart::are_apart;
use vectors::Known;

use crate::text::rows;

/// A word of a question for which others may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant(Known);

impl Meant {
    /// A word that the table of vectors has, of two characters or more: one alone means too much.
    pub fn of(word: &str) -> Option<Meant> {
        word.chars().nth(1)?;
        Known::of(word).map(Meant)
    }

    /// How near a word of a text is to it: 1 for the same, 0 for one that is apart from it. One character is near only to words
    /// that hold it: 罚 to 罚款.
    pub fn nearness(self, told: ToldWord) -> f32 {
        self.nearness_of(told.0)
    }

    fn nearness_of(self, other: Known) -> f32 {
        let (word, other_word) = (self.0.word(), other.word());
        let alone = other_word.chars().nth(1).is_none();
        let cosine = self.0.cosine(other);
        // What is apart is seldom near: it is looked at last.
        if cosine < LEAST || (alone && !word.contains(other_word)) || are_apart(word, other_word) {
            return 0.0;
        }
        cosine
    }

    /// The words nearest to it in all the table, with how near they are.
    pub fn nearest(self) -> impl Iterator<Item = (&'static str, f32)> {
        let near = self
            .0
            .nearest()
            .map(move |other| (other.word(), self.nearness_of(other)));
        near.filter(|(_, nearness)| *nearness > 0.0)
    }
}

/// A word of a text, which may stand for one of a question. It is looked up once, however many it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldWord(Known);

impl ToldWord {
    /// A word that the table of vectors has: no other is near to any.
    pub fn of(word: &str) -> Option<ToldWord> {
        Known::of(word).map(ToldWord)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        self.0.word()
    }
}

/// What is less near is near to everything.
const LEAST: f32 = 0.4;

/// The words that reports have for a word of a question, by hand.
pub fn by_hand(word: &str) -> Vec<&'static str> {
    BY_HAND.get(word).cloned().unwrap_or_default()
}

static BY_HAND: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut near: HashMap<&str, Vec<&str>> = HashMap::new();
    for row in rows!("near.tsv", 2) {
        let (asked, told) = (row[0], row[1]);
        for word in asked.split(' ') {
            let known = near.entry(word).or_default();
            known.extend(told.split(' ').filter(|told| *told != word));
            known.sort_unstable();
            known.dedup();
        }
    }
    near
});

#[cfg(test)]
mod tests {
    use super::*;

    fn nearness(word: &str, other: &str) -> f32 {
        let told = Meant::of(word).zip(ToldWord::of(other));
        told.map_or(0.0, |(word, told)| word.nearness(told))
    }

    #[test]
    fn reports_words_are_near_to_everyday_ones_and_strangers_are_not() {
        for (asked, told) in [
            ("老师", "教师"),
            ("厕所", "公厕"),
            ("搬走", "搬迁"),
            ("补助", "补贴"),
            ("担忧", "担心"),
            ("惩罚", "处罚"),
        ] {
            assert!(nearness(asked, told) > 0.55, "{asked} {told} {}", nearness(asked, told));
        }
        for (asked, told) in [("老师", "公路"), ("厕所", "粮食"), ("补助", "山区")] {
            assert_eq!(nearness(asked, told), 0.0, "{asked} {told}");
        }
    }

    #[test]
    fn what_is_apart_is_never_near() {
        for (asked, told) in [
            ("上涨", "下跌"),
            ("增加", "减少"),
            ("同意", "反对"),
            ("同意", "不同意"),
            ("小学", "中学"),
            ("县长", "书记"),
            ("医生", "护士"),
            ("收入", "支出"),
        ] {
            assert_eq!(
                (nearness(asked, told), nearness(told, asked)),
                (0.0, 0.0),
                "{asked} {told}"
            );
        }
    }

    #[test]
    fn nothing_stands_for_names_numbers_days_and_single_characters() {
        for word in ["北京", "礼泉县", "三百", "昨天", "什么", "第一", "罚"] {
            assert_eq!(Meant::of(word), None, "{word}");
        }
        // One character stands for a word that holds it, and for no other.
        assert!(nearness("罚款", "罚") > 0.55);
        assert_eq!(nearness("处分", "罚"), 0.0);
    }

    #[test]
    fn words_by_hand_are_none_of_themselves() {
        for (word, near) in BY_HAND.iter() {
            assert!(!near.contains(word), "{word}");
        }
    }
}
