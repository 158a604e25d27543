//! Page furniture that numbers and repeats tell: page numbers, and what stands at the head or foot of each page.

use std::collections::HashMap;

use super::lines::Line;
use crate::meeting::Reason;
use crate::reading::format::MarkKind;
use crate::text::{ends_sentence, fold_str};

/// For each line why it is furniture, where it is.
pub fn furniture(text: &str, lines: &[Line<'_>]) -> Vec<Option<Reason>> {
    let mut found: Vec<Option<Reason>> = lines
        .iter()
        .map(|line| match line.mark {
            Some(MarkKind::LeftOut(reason)) => Some(*reason),
            Some(_) => None,
            None => is_page_number(&fold_str(line.span.of(text))).then_some(Reason::PageNumber),
        })
        .collect();
    let repeated = repeated(text, lines);
    // A running head stands beside a page number or at a page's beginning, and its words stand elsewhere too.
    for index in 0..lines.len() {
        let beside = |at: Option<usize>| at.and_then(|at| found.get(at)).is_some_and(Option::is_some);
        let at_edge = lines[index].after_page || beside(index.checked_sub(1)) || beside(Some(index + 1));
        let runs = repeated[index] || is_issue(&fold_str(lines[index].span.of(text)));
        if lines[index].mark.is_none() && found[index].is_none() && at_edge && runs {
            found[index] = Some(Reason::RunningHead);
        }
    }
    found
}

/// Longest running head, in characters.
const LONGEST_HEAD: usize = 40;

/// Which lines repeat the words of an earlier one, digits aside; names and short answers may do so anywhere.
fn repeated(text: &str, lines: &[Line<'_>]) -> Vec<bool> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    lines
        .iter()
        .map(|line| {
            let words = line.span.of(text);
            let key: String = fold_str(words).chars().filter(|c| c.is_alphabetic()).collect();
            let length = key.chars().count();
            if !(SHORTEST_HEAD..=LONGEST_HEAD).contains(&length) || ends_sentence(words) {
                return false;
            }
            let count = seen.entry(key).or_default();
            *count += 1;
            *count > 1
        })
        .collect()
}

/// Whether a folded line is what a bulletin prints beside its page numbers: 某某信息·第12期, 县委办公室编.
fn is_issue(line: &str) -> bool {
    let short = line.chars().count() <= LONGEST_ISSUE && !ends_sentence(line) && !line.contains([',', ':', ';']);
    let number = line.split_once('第').is_some_and(|(_, behind)| {
        let digits = behind.trim_start_matches([' ', '(']);
        let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        rest.len() < digits.len() && rest.starts_with('期')
    });
    short
        && (number
            || ["办公室编", "编印", "主办", "办公室印"]
                .iter()
                .any(|end| line.ends_with(end)))
}

/// Longest line of that kind, in characters.
const LONGEST_ISSUE: usize = 24;
/// Fewest letters of a running head.
const SHORTEST_HEAD: usize = 4;

/// Whether a folded line is a page's number and no more: — 2 —, 第3页 共5页, 3/5, Page 3 of 5.
pub fn is_page_number(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = compact.trim_matches(|c| matches!(c, '-' | '—' | '~' | '·'));
    let dashed = bare.len() + 2 <= compact.len() && compact.starts_with(['-', '—', '~', '·']);
    if dashed && compact.ends_with(['-', '—', '~', '·']) && is_number(bare) {
        return true;
    }
    let lower = bare.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("page") {
        return rest.split("of").all(is_number);
    }
    let Some(rest) = bare.strip_prefix('第') else {
        return false;
    };
    let Some((number, behind)) = rest.split_once('页') else {
        return false;
    };
    let behind = behind.trim_matches(|c| matches!(c, ',' | '/' | '(' | ')' | '共' | '页'));
    is_number(number) && (behind.is_empty() || is_number(behind))
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.chars().count())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::reading::format::Document;

    #[test]
    fn page_numbers_in_their_forms() {
        for line in [
            "— 2 —",
            "-12-",
            "第3页 共5页",
            "第 3 页",
            "第3页/共12页",
            "Page 3 of 5",
            "- 三 -",
        ] {
            assert!(is_page_number(&fold_str(line)), "{line}");
        }
        for line in ["第3号", "2024", "-3℃", "第三页纸上写着", "3", "一、", "- 修路"] {
            assert!(!is_page_number(&fold_str(line)), "{line}");
        }
    }

    #[test]
    fn running_heads_stand_at_the_edge_of_pages() {
        let text = "防汛会议纪要\n贺天佑说，先备沙\n— 1 —\n防汛会议纪要\n袋。\n贺天佑\n修路。\n贺天佑\n";
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let found = furniture(text, &lines(&document, 0));
        let expected = [
            None,
            None,
            Some(Reason::PageNumber),
            Some(Reason::RunningHead),
            None,
            None,
            None,
            None,
        ];
        assert_eq!(found, expected);
    }
}
