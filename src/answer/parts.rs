//! The questions of a message; texts alone.

use std::sync::LazyLock;

use super::asking::ASKING;
use crate::question::{Shape, Topic};
use crate::text::{Span, fold_str, quotations, rows};

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

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
    let whether = |clause: &str| {
        let clause = clause.trim_end_matches(|c: char| !c.is_alphanumeric());
        ASKING.whether.iter().any(|end| clause.ends_with(end))
    };
    let asks = |clause: &str| {
        let clause = fold_str(clause);
        (whether(&clause) || ASKS.iter().any(|word| clause.contains(word)))
            && clause.chars().filter(|c| c.is_alphanumeric()).count() >= 4
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
            Topic::of(&behind, &[], &[], false).is_specific() && (whether(&behind) || !is_of_time_alone(&behind))
        };
        if asks(&typed[from..at]) && asks(&behind[..next]) && anew() {
            found.push(at);
            from = at + mark.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    fn several(typed: &str) -> Vec<&str> {
        super::several(typed).questions
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
