//! The vectors of words, in a table that is compiled in and searched where it lies: nothing of it is read before it is
//! asked for.

/// Records of one length, in order of their words: the word, filled up with zeros; its vector, 8 bits a dimension, of length
/// [`UNIT`]; the numbers of the records nearest to it.
static TABLE: &[u8] = include_bytes!("vectors.bin");

/// Four characters in UTF-8.
const WORD: usize = 12;
const DIMENSIONS: usize = 64;
/// How many of the nearest a record names, each in two bytes, the lower first.
const NEAREST: usize = 5;
const RECORD: usize = WORD + DIMENSIONS + 2 * NEAREST;
/// The length of a vector.
const UNIT: f32 = 256.0;

/// A word that the table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known(&'static [u8]);

impl Known {
    /// The word in the table; `None` where it lacks it.
    pub fn of(word: &str) -> Option<Known> {
        let (mut from, mut to) = (0, TABLE.len() / RECORD);
        while from < to {
            let middle = from + (to - from) / 2;
            let known = Known::at(middle)?;
            match known.word().cmp(word) {
                std::cmp::Ordering::Equal => return Some(known),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    fn at(index: usize) -> Option<Known> {
        TABLE.get(index * RECORD..(index + 1) * RECORD).map(Known)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        let word = &self.0[..WORD];
        let end = word.iter().position(|byte| *byte == 0).unwrap_or(WORD);
        std::str::from_utf8(&word[..end]).unwrap_or_default()
    }

    /// The cosine of the angle between two words: 1 for the same, about 0 for strangers.
    pub fn cosine(self, other: Known) -> f32 {
        let pairs = self.vector().iter().zip(other.vector());
        let dot: i32 = pairs.map(|(a, b)| i32::from(*a as i8) * i32::from(*b as i8)).sum();
        dot as f32 / (UNIT * UNIT)
    }

    fn vector(self) -> &'static [u8] {
        &self.0[WORD..WORD + DIMENSIONS]
    }

    /// The words nearest to it, the nearest first.
    pub fn nearest(self) -> impl Iterator<Item = Known> {
        let numbers = self.0[WORD + DIMENSIONS..].chunks_exact(2);
        numbers.filter_map(|number| Known::at(usize::from(u16::from_le_bytes([number[0], number[1]]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_whole_in_order_and_of_one_length() {
        assert_eq!(TABLE.len() % RECORD, 0);
        let all: Vec<Known> = (0..TABLE.len() / RECORD).filter_map(Known::at).collect();
        assert!(all.len() > 40_000, "{}", all.len());
        assert!(all.windows(2).all(|pair| pair[0].word() < pair[1].word()));
        for known in &all {
            assert!(
                !known.word().is_empty() && (known.cosine(*known) - 1.0).abs() < 0.1,
                "{}",
                known.word()
            );
            assert!(known.nearest().all(|near| near != *known) && known.nearest().count() == NEAREST);
        }
    }

    #[test]
    fn every_word_of_the_table_is_found_and_no_other() {
        for index in [0, 1, 20_000, TABLE.len() / RECORD - 1] {
            let known = Known::at(index).unwrap();
            assert_eq!(Known::of(known.word()), Some(known));
        }
        assert!(
            ["", "a", "会问会问", "老师老师老师", "\u{10ffff}"]
                .iter()
                .all(|word| Known::of(word).is_none())
        );
    }
}
