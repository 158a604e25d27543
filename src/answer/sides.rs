//! What is asked of each of several things that stand in a row, as a question of each: texts alone.

use crate::question::Want;
use crate::text::{Segmenter, Span, fold_str, is_han, words_by_kind};

/// Longest name of one of them, in characters.
const LONGEST: usize = 6;
/// What stands between the last two names of a row.
const JOINTS: [&str; 3] = ["和", "与", "跟"];

/// One of several things of which the same is asked.
pub struct Side {
    /// What it is called, in folded form.
    pub name: String,
    /// What is asked of it.
    pub question: String,
}

words_by_kind! {
    /// The words of `sides.tsv`, by kind.
    static SIDES: Sides = "sides.tsv" {
        /// It is asked of each: 分别.
        each,
        /// Which of two is asked for: 哪个.
        which,
        /// What one of two has more of: 高.
        rank,
        /// How names of places and bodies end, which the dictionary cuts off: 镇.
        place,
        /// Single characters that end no name before them.
        grammar,
        /// By which a comparison is asked for at the question's beginning, longer ones first.
        front,
    }
}

/// The question for each of the things of which it asks the same: 晓天和万佛湖各是什么情况, 在招商和茶叶两个会上分别提了什么,
/// 青石、柳湾、永安分别要什么; `None` where it asks of one.
pub fn sides(typed: &str) -> Option<Vec<Side>> {
    let (text, moved) = without_wording_in_front(&fold_str(typed));
    let words = Segmenter::shared().words(&text);
    let compared = moved.or_else(|| Want::compared_at(&text)).or_else(|| ranked_at(&text));
    let each = words
        .iter()
        .find(|(_, word)| SIDES.each.contains(word))
        .map(|(span, _)| *span)
        .or(compared)?;
    let last_of = |joints: &[&str]| {
        words
            .iter()
            .rposition(|(span, word)| span.end() <= each.start() && joints.contains(word))
    };
    let joint = last_of(&JOINTS).or_else(|| last_of(&["、"]))?;
    let plain = |name: &str| (2..=LONGEST).contains(&name.chars().count()) && name.chars().all(is_han);
    let behind = text[words[joint].0.end()..each.start()].trim_end_matches([',', ' ']);
    let (last, what) = without_number(behind);
    let (last, what) = match what {
        "" => name_and_what(last),
        _ => (last, what),
    };
    let mut names = vec![last];
    let mut start = words[joint].0.start();
    let first = first_side(&text, &words, joint)?;
    names.insert(0, first.of(&text));
    start = first.start().min(start);
    // 县水利局、县财政局和县住建局各自.
    while text[..start].ends_with('、') {
        let joint = words.iter().position(|(span, _)| span.end() == start)?;
        let before = first_side(&text, &words, joint)?;
        names.insert(0, before.of(&text));
        start = before.start();
    }
    names.iter().all(|name| plain(name)).then(|| {
        // What is compared is asked of each; how they differ is for whoever reads it to say.
        let rest = match compared {
            Some(wording) if wording == each => "",
            _ => &text[each.end()..],
        };
        let side = |name: &&str| Side {
            name: (*name).to_owned(),
            question: format!("{}{name}{what}{rest}", &text[..start]),
        };
        names.iter().map(side).collect()
    })
}

/// The last name of a row and what is asked of all of them: 万安镇|的书记, 河北乡|汇报的情况.
fn name_and_what(behind: &str) -> (&str, &str) {
    let of_place = |place: &&&str| behind.find(**place).map(|at| at + place.len());
    // 平邑镇长: the rank is of a title.
    let ends = |at: &usize| *at > '镇'.len_utf8() && !behind[*at..].starts_with(['长', '委']);
    let place = SIDES
        .place
        .iter()
        .filter_map(|place| of_place(&place))
        .filter(ends)
        .min();
    match (place, behind.find('的')) {
        (Some(at), _) => behind.split_at(at),
        (None, Some(at)) => behind.split_at(at),
        (None, None) => (behind, ""),
    }
}

/// 比较一下甲和乙的整治 as 甲和乙的整治比较一下, with where that stands.
fn without_wording_in_front(text: &str) -> (String, Option<Span>) {
    let Some(front) = SIDES.front.iter().find(|front| text.starts_with(**front)) else {
        return (text.to_owned(), None);
    };
    let what = text[front.len()..].trim_matches(|c: char| !c.is_alphanumeric());
    (
        format!("{what}{front}"),
        Some(Span::new(what.len(), what.len() + front.len())),
    )
}

/// Where a question ends by asking which of two things has more of what is asked.
fn ranked_at(text: &str) -> Option<Span> {
    let asked = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let asked = ["一些", "一点", "些", "点"]
        .iter()
        .fold(asked, |rest, tail| rest.strip_suffix(tail).unwrap_or(rest));
    let before = SIDES.rank.iter().find_map(|rank| asked.strip_suffix(rank))?;
    let before = before.trim_end_matches(['更', '最', '还', '要', '比', '较']);
    let before = SIDES.which.iter().find_map(|which| before.strip_suffix(which))?;
    Some(Span::new(before.len(), text.len()))
}

/// A name of a row, which ends right before the word at `joint`: a word of the dictionary, a place with its rank, or single
/// characters that no dictionary has.
fn first_side(text: &str, words: &[(Span, &str)], joint: usize) -> Option<Span> {
    let before = joint.checked_sub(1)?;
    let (_, last) = words[before];
    let single =
        |word: &str| word.chars().nth(1).is_none() && word.chars().all(is_han) && !SIDES.grammar.contains(&word);
    // Words right before, the nearest first, as far as they may be of the name.
    let back = |may: &dyn Fn(&str) -> bool, most: usize| {
        let pieces = (0..before).rev().take_while(|at| may(words[*at].1));
        pieces.take(most).last().unwrap_or(before)
    };
    let is_place = SIDES.place.iter().any(|place| last.ends_with(place));
    let first = match (single(last), is_place) {
        // 大|槐树|镇: up to a mark or a word of grammar.
        (_, true) if SIDES.place.contains(&last) => {
            back(&|word| word.chars().all(is_han) && !SIDES.grammar.contains(&word), 2)
        }
        // 西|城镇
        (false, true) => back(&single, 2),
        (true, _) => back(&single, LONGEST - 1),
        (false, false) => before,
    };
    let span = Span::new(words[first].0.start(), words[joint].0.start());
    (!span.of(text).is_empty()).then_some(span)
}

/// What is told behind a row of names, without how many they are: 茶叶 and 会上 of 茶叶两个会上, 晓天 and nothing of 晓天两个镇.
fn without_number(row: &str) -> (&str, &str) {
    let Some((at, number)) = row.char_indices().skip(1).find(|(_, c)| "两三四五几".contains(*c)) else {
        return (row, "");
    };
    let what = row[at + number.len_utf8()..].trim_start_matches(['个', '次', '场', '位', '家']);
    let (name, meeting) = (&row[..at], what.starts_with('会'));
    match what.chars().count() {
        _ if meeting => (name, what),
        0..=2 => (name, ""),
        // 磨市和维新两个镇种橘子的思路: the rank is of each.
        _ => match SIDES.place.iter().find_map(|place| what.strip_prefix(place)) {
            Some(rest) => (name, rest),
            None => (row, ""),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_asked_of_each() {
        let of = |typed| {
            let sides = sides(typed).unwrap_or_default();
            sides.into_iter().map(|side| side.question).collect::<Vec<_>>()
        };
        assert_eq!(
            of("7月9号晚上晓天和万佛湖各是什么情况"),
            ["7月9号晚上晓天是什么情况", "7月9号晚上万佛湖是什么情况"]
        );
        assert!(of("晓天和万佛湖都停电了吗").is_empty() && of("各县和各乡怎么分工").is_empty());
        assert_eq!(
            of("在招商和茶叶两个会上分别提了什么要求"),
            ["在招商会上提了什么要求", "在茶叶会上提了什么要求"]
        );
        assert_eq!(of("晓天和万佛湖两个镇各自的难处"), ["晓天的难处", "万佛湖的难处"]);
        assert_eq!(
            of("会上,大槐树镇和万安镇的书记各自检讨了什么"),
            ["会上,大槐树镇的书记检讨了什么", "会上,万安镇的书记检讨了什么"]
        );
        assert_eq!(
            of("比较一下晓天和万佛湖的排污口整治"),
            ["晓天的排污口整治", "万佛湖的排污口整治"]
        );
        assert_eq!(
            of("晓天和万佛湖的茶叶订单率哪个高？"),
            ["晓天的茶叶订单率", "万佛湖的茶叶订单率"]
        );
        assert!(of("晓天和万佛湖的学生上哪个高中").is_empty());
        assert_eq!(
            of("同样是招商,肃宁县和胡集镇的路子有什么区别"),
            ["同样是招商,肃宁县的路子", "同样是招商,胡集镇的路子"]
        );
    }

    #[test]
    fn a_row_needs_no_word_between_its_last_two() {
        let of = |typed| {
            let sides = sides(typed).unwrap_or_default();
            sides.into_iter().map(|side| side.question).collect::<Vec<_>>()
        };
        assert_eq!(
            of("汇报会上晓天、万佛湖、舒茶分别要县里办什么"),
            [
                "汇报会上晓天要县里办什么",
                "汇报会上万佛湖要县里办什么",
                "汇报会上舒茶要县里办什么"
            ]
        );
        assert_eq!(
            of("春耕备耕,西城镇和河北乡汇报的情况有什么不一样"),
            ["春耕备耕,西城镇汇报的情况", "春耕备耕,河北乡汇报的情况"]
        );
        assert_eq!(
            of("对比一下晓天和舒茶两个镇种橘子的思路"),
            ["晓天种橘子的思路", "舒茶种橘子的思路"]
        );
        assert!(of("修路、架桥要分别花多少").len() != 1);
    }
}
