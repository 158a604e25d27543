//! The parts of a message: its questions, and what is asked of each of several things; texts alone.

use std::sync::LazyLock;

use crate::question::{Shape, Topic, Want};
use crate::text::{Segmenter, Span, fold_str, is_han, quotations, rows};

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

/// Words by which the same is asked of each.
const EACH_OF: [&str; 6] = ["各", "各自", "分别", "各是", "各有", "各说"];
/// Longest name of one of them, in characters.
const LONGEST_SIDE: usize = 6;

/// Longest sentence that only tells how to answer, in characters.
const MANNER_LONGEST: usize = 12;

/// The words of `manner.tsv`.
static MANNER: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("manner.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The questions of a message.
pub struct Parts<'t> {
    pub questions: Vec<&'t str>,
    /// Whether one goes on to the next at a comma or a blank.
    pub in_one_breath: bool,
}

/// One of several things of which the same is asked.
pub struct Side {
    /// What it is called, in folded form.
    pub name: String,
    /// What is asked of it.
    pub question: String,
}

/// The questions of a message that asks several: 彬州怎么评价示范点?礼泉下一步做什么? What only tells how to answer (全部列出来)
/// goes with the question before it.
pub fn several(typed: &str) -> Parts<'_> {
    let bounds = bounds(typed);
    let ends = typed
        .char_indices()
        .filter(|(at, c)| matches!(c, '?' | '？' | '\n') || bounds.contains(at))
        .map(|(at, c)| (at, at + c.len_utf8()))
        .chain([(typed.len(), typed.len())]);
    let mut parts: Vec<Span> = Vec::new();
    let mut from = 0;
    for (end, next) in ends {
        let span = Span::new(from, end);
        from = next;
        let piece = span.of(typed);
        let length = piece.chars().filter(|c| c.is_alphanumeric()).count();
        let is_manner = || {
            let folded = fold_str(piece);
            length <= MANNER_LONGEST && (MANNER.iter().any(|word| folded.contains(word)) || is_of_time_alone(&folded))
        };
        match parts.last_mut() {
            Some(before) if is_manner() => *before = Span::new(before.start(), span.end()),
            _ if length >= 4 => parts.push(span),
            _ => {}
        }
    }
    parts.truncate(QUESTIONS);
    Parts {
        questions: parts.into_iter().map(|span| span.of(typed).trim()).collect(),
        in_one_breath: !bounds.is_empty(),
    }
}

/// Whether a piece asks of nothing but how it went on: 怎么变的, 前后怎么变的.
fn is_of_time_alone(folded: &str) -> bool {
    Shape::of(folded).over_time && !Topic::of(folded, &[], &[], false).has_thing()
}

/// Longest message that asks anew behind a comma, in characters.
const LONGEST_TYPED: usize = 100;
/// Words by which something is asked.
const ASKS: [&str; 12] = [
    "什么", "啥", "多少", "几", "哪", "谁", "怎么", "咋", "吗", "何", "怎样", "多久",
];

/// Where a question ends with a comma or a blank, and another behind it asks again: 老师有多少,去年走了几个.
fn bounds(typed: &str) -> Vec<usize> {
    // What is pasted in asks nothing at its commas.
    if typed.chars().count() > LONGEST_TYPED {
        return Vec::new();
    }
    let asks = |clause: &str| {
        let clause = fold_str(clause);
        ASKS.iter().any(|word| clause.contains(word)) && clause.chars().filter(|c| c.is_alphanumeric()).count() >= 4
    };
    let quoted = quotations(typed);
    let marks = typed.char_indices().filter(|(at, c)| {
        matches!(c, ',' | '，' | ' ' | ';' | '；') && !quoted.iter().any(|quotation| quotation.inner.holds(*at))
    });
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in marks {
        let behind = &typed[at + mark.len_utf8()..];
        let next = behind
            .find([',', '，', ' ', ';', '；', '?', '？'])
            .unwrap_or(behind.len());
        // 哪几个代表发了言,各说的啥: the same is asked once more.
        let anew = || {
            let behind = fold_str(&behind[..next]);
            Topic::of(&behind, &[], &[], false).is_specific() && !is_of_time_alone(&behind)
        };
        if asks(&typed[from..at]) && asks(&behind[..next]) && anew() {
            found.push(at);
            from = at + mark.len_utf8();
        }
    }
    found
}

/// The question for each of the things of which it asks the same: 晓天和万佛湖各是什么情况, 在招商和茶叶两个会上分别提了什么; `None`
/// where it asks of one.
pub fn sides(typed: &str) -> Option<Vec<Side>> {
    let text = without_wording_in_front(&fold_str(typed));
    let words = Segmenter::shared().words(&text);
    let compared = Want::compared_at(&text).or_else(|| ranked_at(&text));
    let each = words
        .iter()
        .find(|(_, word)| EACH_OF.contains(word))
        .map(|(span, _)| *span)
        .or(compared)?;
    let joint = words
        .iter()
        .rposition(|(span, word)| span.end() <= each.start() && matches!(*word, "和" | "与" | "跟"))?;
    let plain = |name: &str| (2..=LONGEST_SIDE).contains(&name.chars().count()) && name.chars().all(is_han);
    let behind = text[words[joint].0.end()..each.start()].trim_end_matches([',', ' ']);
    let (last, what) = without_number(behind);
    // 大槐树镇和万安镇的书记: what stands behind 的 is asked of both.
    let (last, what) = match last.find('的') {
        Some(at) if what.is_empty() => last.split_at(at),
        _ => (last, what),
    };
    let first = first_side(&text, &words, joint)?;
    let mut start = first.start();
    let mut names = vec![first.of(&text)];
    // 县水利局、县财政局和县住建局各自.
    while let Some(before) = text[..start].strip_suffix('、') {
        let begin = before
            .rfind(|c: char| !is_han(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        names.insert(0, &before[begin..]);
        start = begin;
    }
    names.push(last);
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

/// 比较一下甲和乙的整治 as 甲和乙的整治比较一下.
fn without_wording_in_front(text: &str) -> String {
    let Some(wording) = Want::compared_at(text).filter(|wording| wording.start() == 0) else {
        return text.to_owned();
    };
    let what = text[wording.end()..].trim_end_matches(|c: char| !c.is_alphanumeric());
    format!("{what}{}", wording.of(text))
}

/// Words that rank two things, and by which it is asked for: 哪个高, 谁更快.
const WHICH: [&str; 6] = ["哪个", "哪家", "哪边", "哪里", "谁", "哪一个"];
const RANKS: [&str; 14] = [
    "高", "多", "大", "快", "低", "少", "好", "早", "晚", "长", "重", "强", "贵", "便宜",
];

/// Where a question ends by asking which of two things has more of what is asked.
fn ranked_at(text: &str) -> Option<Span> {
    let asked = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let asked = ["一些", "一点", "些", "点"]
        .iter()
        .fold(asked, |rest, tail| rest.strip_suffix(tail).unwrap_or(rest));
    let before = RANKS.iter().find_map(|rank| asked.strip_suffix(rank))?;
    let before = before.trim_end_matches(['更', '最', '还', '要', '比', '较']);
    let before = WHICH.iter().find_map(|which| before.strip_suffix(which))?;
    Some(Span::new(before.len(), text.len()))
}

/// Ends of the names of places and bodies, which the dictionary cuts off.
const PLACES: [&str; 10] = ["镇", "乡", "村", "县", "区", "市", "旗", "局", "街道", "社区"];

/// The first name of a row, which ends right before the word at `joint`: a word of the dictionary, a place with its rank, or single
/// characters that no dictionary has.
fn first_side(text: &str, words: &[(Span, &str)], joint: usize) -> Option<Span> {
    let before = joint.checked_sub(1)?;
    let single = |at: &usize| words[*at].1.chars().nth(1).is_none() && words[*at].1.chars().all(is_han);
    let first = match single(&before) {
        true if PLACES.contains(&words[before].1) => {
            // 大|槐树|镇: up to a mark or a word of grammar.
            let piece = |at: &usize| {
                let (_, word) = words[*at];
                word.chars().all(is_han) && !["上", "在", "里", "中", "的", "和", "是", "对"].contains(&word)
            };
            (0..before).rev().take_while(piece).take(2).last().unwrap_or(before)
        }
        true => (0..joint).rev().take_while(single).take(LONGEST_SIDE).last()?,
        false => before,
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
        _ => (row, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::sides;

    fn several(typed: &str) -> Vec<&str> {
        super::several(typed).questions
    }

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
    fn questions_are_parted_and_how_to_answer_is_none() {
        assert_eq!(several("彬州怎么评价示范点？礼泉下一步做什么？").len(), 2);
        assert_eq!(
            several("代表们带来了哪些建议？全部列出来"),
            ["代表们带来了哪些建议？全部列出来"]
        );
        assert_eq!(several("路什么时候修好?\n桥呢").len(), 1);
        assert_eq!(several("欠账还剩多少，前后怎么变的").len(), 1);
        assert_eq!(several("欠账还剩多少，桥的工期怎么变的").len(), 2);
        assert_eq!(
            several("全县有多少老师,去年走了几个"),
            ["全县有多少老师", "去年走了几个"]
        );
        assert_eq!(several("会上说了些啥,简单归纳下").len(), 1);
        assert_eq!(several("他是不是说过“有多少人,修几条路”").len(), 1);
        // It asks something of its own.
        assert_eq!(several("谁主持会议?详细说说县财政局下一步的打算是什么").len(), 2);
    }
}
