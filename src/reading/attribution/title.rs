//! Whether a title stands where its characters do: not between two words (对大|家长|期), not in a body's name (消费者协会).

use super::lexicon::Lexicon;
use super::mention::MentionFinder;
use super::name_end::{is_name_char, nth_boundary, nth_last_boundary};
use crate::gazetteer::{Form, Gazetteer};
use crate::text::Span;

/// Most characters between a word for people and the title behind a body's name that it begins: 消费者|协会|副秘书长.
const LONGEST_BODY: usize = 10;

/// Whether a title is a word for people that a body's name has in it: 消费者 of 消费者协会副秘书长, 牧民 of 游牧民定居办公室主任.
pub(super) fn names_body(text: &str, title: Span, next: Option<Span>) -> bool {
    let between = next.and_then(|next| text.get(title.end()..next.end()));
    title
        .of(text)
        .ends_with(['者', '民', '员', '人', '年', '女', '工', '生'])
        && between.is_some_and(|between| {
            (1..=LONGEST_BODY).contains(&between.chars().count())
                && between.chars().all(is_name_char)
                && Lexicon::shared().organs.find(between).next().is_some()
        })
}

/// How organizations begin whose first character also ends a title: 民宗委, 民政局.
const ORGANS_AFTER_PEOPLE: [&str; 6] = ["民宗", "民政", "民主", "民族", "民宿", "民营"];

impl MentionFinder {
    /// Whether a title is made of the ends of two other words: 柳州市|民宗委, 陈家铺村|民宿.
    pub(super) fn straddles_word(&self, text: &str, title: Span) -> bool {
        if self.is_between_words(text, title) {
            return true;
        }
        // 雁洋镇|长教村: the title's last character begins a village's name.
        if title.of(text).ends_with('长') && begins_village(&text[title.end()..]) {
            return true;
        }
        // Titles of rank (县长) share their first character with the place (长汀县县长 is as good as 长汀县长).
        if !title.of(text).ends_with(['民', '众', '员']) {
            return false;
        }
        let last = nth_last_boundary(title.of(text), 1).map_or(title.start(), |at| title.start() + at);
        let behind = &text[title.end()..];
        nth_boundary(&text[last..], 2).is_some_and(|end| self.words.knows(&text[last..last + end]))
            && behind.starts_with(is_name_char)
            || nth_boundary(behind, 1).is_some_and(|end| {
                ORGANS_AFTER_PEOPLE
                    .iter()
                    .any(|word| text[last..title.end() + end].starts_with(word))
            })
    }

    /// Whether a title is the end of a word and the beginning of another: 对大|家长|期以来.
    fn is_between_words(&self, text: &str, title: Span) -> bool {
        let inside = title.of(text);
        let Some(first) = nth_boundary(inside, 1).filter(|first| *first < inside.len()) else {
            return false;
        };
        let before = nth_last_boundary(&text[..title.start()], 1);
        let last = nth_last_boundary(inside, 1).map_or(title.start(), |at| title.start() + at);
        let behind = &text[last..];
        let ends_word = before.is_some_and(|before| self.words.knows(&text[before..title.start() + first]));
        let begins_word = [2, 3, 4]
            .into_iter()
            .filter_map(|count| nth_boundary(behind, count))
            .any(|end| self.words.knows(&behind[..end]));
        ends_word && begins_word && inside.chars().count() == 2 && !ends_in_place(&text[..title.start()])
    }
}

/// Whether a place's whole name stands at the end of `before`: 大丰区|区长, though 区区 is a word.
fn ends_in_place(before: &str) -> bool {
    const LONGEST: usize = 12;
    let near = &before[nth_last_boundary(before, LONGEST).unwrap_or_default()..];
    let places = Gazetteer::shared().places_written_in(near);
    places
        .iter()
        .any(|place| place.form == Form::Full && place.span.end() == near.len())
}

/// What stands between a name and where its bearer goes or is.
const GOES: &str = "到在于从往赴回进下去来驻带率";

/// Whether up to three characters and 村, 镇 or the like follow.
fn begins_village(rest: &str) -> bool {
    rest.chars()
        .take(4)
        .position(|c| matches!(c, '村' | '镇' | '乡' | '屯' | '寨') || !is_name_char(c))
        // 县长邹岚到村里: where somebody goes, and no village's name.
        .filter(|at| !rest.chars().take(*at).any(|c| GOES.contains(c)))
        .and_then(|at| rest.chars().nth(at))
        .is_some_and(|c| is_name_char(c) && !rest.starts_with(c))
}
