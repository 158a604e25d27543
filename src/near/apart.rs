//! What is apart: a word may stand for no other that means the opposite, or another thing of its kind.

use std::sync::LazyLock;

use crate::text::rows;

/// What a word that says no holds, and the word without it lacks: 不同意, 未完成.
const NEGATIONS: [char; 5] = ['不', '没', '无', '未', '勿'];
/// What says so only where a word begins with it: 非法, and not 特别.
const PREFIXES: [char; 4] = ['非', '别', '难', '免'];

/// Whether two words must not be taken for each other, whatever their vectors say: one says no and the other doesn't, they
/// are opposites, or other things of one kind.
pub fn are_apart(one: &str, other: &str) -> bool {
    says_no(one) != says_no(other) || are_opposite(one, other) || are_other_things(one, other)
}

fn says_no(word: &str) -> bool {
    word.contains(NEGATIONS) || word.starts_with(PREFIXES)
}

/// The two sides of each row.
static OPPOSITES: LazyLock<Vec<[Vec<&str>; 2]>> = LazyLock::new(|| {
    rows!("opposites.tsv", 2)
        .map(|row| [row[0], row[1]].map(|side| side.split(' ').collect()))
        .collect()
});

/// The things of each row.
static KINDS: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| rows!("kinds.tsv", 1).map(|row| row[0].split(' ').collect()).collect());

fn holds(word: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| word.contains(part))
}

fn are_opposite(one: &str, other: &str) -> bool {
    OPPOSITES.iter().any(|[side, opposite]| {
        let of = |word: &str| (holds(word, side), holds(word, opposite));
        matches!(
            (of(one), of(other)),
            ((true, false), (false, true)) | ((false, true), (true, false))
        )
    })
}

fn are_other_things(one: &str, other: &str) -> bool {
    KINDS.iter().any(|kind| {
        let of = |word: &str| kind.iter().position(|thing| word.contains(thing));
        let shared = kind.iter().any(|thing| one.contains(thing) && other.contains(thing));
        of(one).is_some() && of(other).is_some() && !shared
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_are_apart_and_words_of_one_side_are_not() {
        for (one, other) in [
            ("增收", "减收"),
            ("进口", "出口"),
            ("涨价", "降价"),
            ("完成", "未完成"),
            ("合法", "非法"),
        ] {
            assert!(are_apart(one, other) && are_apart(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("增加", "增长"),
            ("提高", "提升"),
            ("涨价", "上涨"),
            ("不足", "不够"),
            ("增减", "增加"),
        ] {
            assert!(!are_apart(one, other), "{one} {other}");
        }
    }

    #[test]
    fn other_things_of_a_kind_are_apart_and_parts_of_one_are_not() {
        for (one, other) in [("小学", "中学"), ("养猪", "养羊"), ("春季", "秋季"), ("副县长", "书记")]
        {
            assert!(are_apart(one, other) && are_apart(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("小学", "小学生"),
            ("养猪", "生猪"),
            ("学校", "中学"),
            ("县长", "副县长"),
        ] {
            assert!(!are_apart(one, other), "{one} {other}");
        }
    }

    #[test]
    fn no_word_stands_on_both_sides() {
        for [side, opposite] in OPPOSITES.iter() {
            assert!(side.iter().all(|word| !opposite.contains(word)), "{side:?}");
        }
    }
}
