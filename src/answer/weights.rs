//! Weights: how much each sign counts when the stretch to quote is chosen. They are data, found by `benches/tune.rs`.

use std::sync::LazyLock;

use crate::text::rows;

macro_rules! weights {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The weights of `weights.tsv`.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Weights {
            $($(#[$doc])* pub $name: f32,)*
        }

        impl Weights {
            /// The names of all weights.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            /// The weight of this name.
            pub fn get(&self, name: &str) -> Option<f32> {
                match name {
                    $(stringify!($name) => Some(self.$name),)*
                    _ => None,
                }
            }

            /// Sets the weight of this name; false where there is none.
            pub fn set(&mut self, name: &str, weight: f32) -> bool {
                match name {
                    $(stringify!($name) => self.$name = weight,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

weights! {
    /// Pairs of characters beside words, when evidence is weighed.
    pair,
    /// Words that stand in almost every report.
    generic,
    /// Words that the question has in quotation marks.
    quoted,
    /// Words by which speakers answer what is asked.
    answer,
    /// Words that the passage opens with.
    topic,
    /// Words that the passage holds often.
    again,
    /// The share of the evidence that stands in one clause.
    focus,
    /// How much of the length is used.
    fullness,
    /// It begins where a sentence begins.
    full_start,
    /// It ends where a sentence ends.
    full_end,
    /// It holds a sign of what is asked.
    sign,
    /// It opens the passage, where the question asks what something is.
    definition,
    /// It opens the passage, as far as nothing else in the passage is evidence.
    opening,
    /// It cuts a quotation in two.
    broken_quotation,
    /// The passage's own score.
    passage,
    /// How much of what is asked stands in the remark and around it.
    coverage,
    /// How much the remark has to do with the counties that are named.
    bearing,
    /// How much of the best one's coverage a further quote must have.
    beside,
    /// The same where it is asked who said something.
    beside_whose,
    /// How far below the best one's score a further quote may lie.
    behind,
    /// The same where all who said something are asked for.
    behind_many,
    /// A meeting on a day that is named.
    of_day,
    /// A term by which something is to be done, where it is asked when.
    term,
    /// How much of what is asked stands in the narration that leads over into the remark.
    led,
    /// What a voice of the kind asked for gains.
    voice,
    /// What anybody's words gain beside the report's where it is asked what was said.
    spoken,
    /// What points in a row gain where a list is asked for.
    points,
    /// What a person's words gain where it is asked who.
    whose,
    /// What the report's own words gain where a question asks of nothing but the meeting.
    of_meeting,
    /// What the report's own words gain where it is asked what it tells itself: who chaired.
    told,
    /// Short narration goes over into somebody's words (counts against it).
    leads_in,
    /// What is left of the coverage of a passage that lacks the things whose number is asked for.
    uncounted,
    /// A remark asks and does not tell (counts against it).
    asked,
    /// The words are of whom the question speaks of (counts against it).
    of_itself,
    /// It has a number of what is counted.
    measured,
    /// As how many passages of other texts the rarity of words is reckoned with beside the library's own.
    background,
    /// How much of the words of what is asked tells that a passage is of it, where nobody in particular is asked of.
    enough,
    /// How much of its words, its pairs of characters and the index's score together does.
    together,
    /// The same of its words, where a county is named.
    least,
    /// The same where somebody who speaks or a meeting is named, and those words alone are looked at.
    least_of_party,
    /// How much more of what is asked others' words of somebody must hold than their own for them to answer.
    yields,
}

static SHARED: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights::default();
    for row in rows!("weights.tsv", 3) {
        match row[1].parse() {
            Ok(weight) if weights.set(row[0], weight) => {}
            Ok(_) => row.wrong("no such weight"),
            Err(_) => row.wrong("no number"),
        }
    }
    weights
});

impl Weights {
    /// The weights that huiwen answers with.
    pub fn shared() -> &'static Weights {
        &SHARED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_in_the_file_once_and_a_number() {
        let mut names: Vec<&str> = rows!("weights.tsv", 3)
            .map(|row| {
                assert!(row[1].parse::<f32>().is_ok(), "{row:?}");
                row[0]
            })
            .collect();
        names.sort_unstable();
        let mut known = Weights::NAMES.to_vec();
        known.sort_unstable();
        assert_eq!(names, known);
    }
}
