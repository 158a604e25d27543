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
    /// In how many of the passages a pair with a function word in it may stand at most to be evidence.
    loose,
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
    /// How much of the pairs of characters of what is asked stands in the passage and around it.
    of_characters,
    /// How near the passage is to the question by what both mean, where a server of embeddings tells it.
    meaning,
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
    /// How much of what is asked of a person their words must hold where another's hold it.
    weak_of_party,
    /// How much more of what is asked others' words of somebody must hold than their own for them to answer.
    yields,
    /// How much the words of what is asked count where it is told whether a passage is of it.
    of_words,
    /// How much its pairs of characters do.
    of_pairs,
    /// How much the index's score of the passage does, as a logarithm.
    of_index,
    /// How much it does how far the passage stands out from other files', as a logarithm.
    of_apart,
    /// How far it may stand out at most.
    most_apart,
    /// The same where no other file has anything of what is asked.
    apart_alone,
    /// By more words than how many a question tells what it is of.
    few,
    /// The same as `enough` where it has no more than so few words.
    enough_of_few,
    /// The same as `together` where it has no more than so few words.
    together_of_few,
    /// How much of what is asked the best quote must hold for fewer to stand beside it.
    stands_alone,
    /// A word that stands only in the title or the heading.
    under,
    /// A word whose modifier is missing.
    head_alone,
    /// A word of two characters that both stand in the text of whoever is asked of, but apart.
    scattered,
    /// A word of one character.
    single,
    /// A word that reports have for one of the question, as evidence for whether it is spoken of.
    near,
    /// The same as evidence for where in a passage.
    near_shown,
    /// How much a near word of the table of vectors counts beside one by hand; 0 for leaving them out.
    table,
    /// The same where it is told whether a passage is of what is asked, and a county is named.
    table_told,
    /// The same in the index's own ranking.
    table_search,
    /// From which cosine on a word is near at all.
    table_from,
    /// The least cosine that counts.
    table_least,
    /// How much of what is asked the words themselves must hold for no others to be looked for.
    table_unless,
    /// How much an English word is missed.
    english,
    /// How much a verb or adjective is missed beside a noun.
    predicate,
    /// In how many passages of others a word of a question stands.
    usual,
    /// Pairs of characters in the index's own ranking.
    search_pair,
    /// Words that stand in almost every report, in the index's own ranking.
    search_generic,
    /// Words by which speakers answer, in the index's own ranking.
    search_answer,
    /// Words that reports have for one of the question, in the index's own ranking.
    search_near,
    /// The words around a passage beside its own, in the index's own ranking.
    search_around,
    /// The name of a county that should speak, in the index's own ranking.
    search_county,
    /// Bearing: nobody says for whom they speak, and the paper is at home in the county.
    home,
    /// Bearing: the paper's title, place, name, the heading or the words name it.
    home_named,
    /// Bearing: so, and somebody of another county speaks.
    by_others,
    /// How much more of a question must stand elsewhere for it to be no question of what was spoken of before.
    elsewhere,
    /// How much of a question's words must stand in a passage for it to tell which meeting is meant.
    names_meeting,
    /// How much of each question that is asked in one breath one quote must hold to answer them all.
    in_one_breath,
    /// How much of the best place's share of what is asked another place must hold for its decisions to stand beside it.
    decided_beside,
    /// A number or a day of the newest paper that tells as much of it as any.
    newest,
    /// How much of the best one's share of what is asked that is.
    as_much,
    /// How much of the share of what is asked that somebody's best words hold others of theirs must.
    brought_beside,
    /// How much of a meeting's name must stand in the title, the place and the beginning of its report.
    named_meeting,
    /// How much what stands of it in the title counts beside that.
    by_title,
    /// How much of a phrase's pairs of characters must stand in a few clauses for it to be said in nearly these words.
    nearly,
    /// How much of what is asked the nearest words must hold that are shown where nobody said it.
    nearest,
    /// How much less of what is asked must stand there for it to be said where the figures agree.
    figured,
    /// How much of what is asked a quote must hold for it to be said, where no phrase is given.
    said,
    /// How much of what is asked each quote must hold where all there is is asked for.
    all_least,
    /// How much of the best one's share it must.
    all_beside,
    /// The same where it is asked what was first, and not what was said.
    first_beside,
    /// How much of it must stand in a paper, its title counted, for the words of whoever is named to be of it.
    of_paper,
    /// How much of what is asked a line must hold that nobody said.
    unsaid,
    /// How much more of the matter a later stretch must say to stand for somebody's first words.
    first_words,
    /// How much of the matter a further stretch must say.
    weighty,
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

static EXACT: LazyLock<Weights> = LazyLock::new(|| Weights {
    table: 0.0,
    ..SHARED.clone()
});

impl Weights {
    /// The weights that huiwen answers with.
    pub fn shared() -> &'static Weights {
        &SHARED
    }

    /// The same where no word of the table of vectors stands for another.
    pub fn exact() -> &'static Weights {
        &EXACT
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
