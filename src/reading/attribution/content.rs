//! Where the words begin that a cue reports, and what stands between cue and words.

use std::sync::LazyLock;

use super::announce::REPORTS;
use super::lexicon::{Opening, Words};
use crate::text::{Span, is_clause_mark, is_opening_mark, rows};

/// What stands between a cue and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing: 表示将…, 要求各镇….
    None,
    /// A comma, a blank, a quotation mark, or the sentence's end: 介绍,….
    Pause,
    /// A colon: 指出:….
    Colon,
    /// Whom or what it is told, and a comma: 告诉记者,…, 提出建议,….
    Object,
    /// The same and a colon: 提出三点要求:….
    ObjectColon,
}

impl Mark {
    /// Whether there is one.
    pub fn is_some(self) -> bool {
        self != Mark::None
    }

    /// Whether it is a colon.
    pub fn is_colon(self) -> bool {
        matches!(self, Mark::Colon | Mark::ObjectColon)
    }

    /// Whether it stands right behind the cue.
    pub fn is_direct(self) -> bool {
        matches!(self, Mark::Pause | Mark::Colon)
    }
}

/// A cue's end and its words' beginning, in bytes of the folded paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// Behind the cue and what belongs to it (说到).
    pub cue_end: usize,
    /// Where the words begin.
    pub start: usize,
    /// What stands between.
    pub mark: Mark,
}

/// Objects that may stand between a cue and its mark: 提出三点要求:…, 告诉记者,….
static OBJECTS: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows!("objects.tsv", 1).filter_map(|row| row.first().copied())));

/// Longest object between a cue and its mark, in characters.
const LONGEST_OBJECT: usize = 14;
/// Characters in which the mark behind a cue is looked for.
const LONGEST_STRETCH: usize = 1000;
/// What belongs to the cue that it stands behind.
const TAILS: [&str; 9] = ["说", "道", "到", "称", "了", "过", "着", "出", "时"];

/// Where the words of the cue at `cue` begin, in a stretch of `text` that ends at `end`; `None` where no words can follow.
pub fn content_of(text: &str, cue: Span, end: usize, opening: Opening) -> Option<Content> {
    let cue_end = with_tails(text, cue.end(), end);
    let at = |start: usize, mark: Mark| Some(Content { cue_end, start, mark });
    let open = || {
        matches!(opening, Opening::Open | Opening::Decision).then_some(Content {
            cue_end,
            start: cue_end,
            mark: Mark::None,
        })
    };
    let rest = &text[cue_end..end];
    // 接过话筒,“…”: what such a word stands before is a quotation or nothing.
    if opening == Opening::Quoted {
        let behind = rest.strip_prefix([',', ':', ' '])?;
        let quoted =
            rest.starts_with(':') || behind.is_empty() && text[end..].starts_with(|c| is_opening_mark(c) || c == '"');
        let mark = if rest.starts_with(':') {
            Mark::Colon
        } else {
            Mark::Pause
        };
        return quoted.then_some(Content {
            cue_end,
            start: end - behind.len(),
            mark,
        });
    }
    // “…?”“…?”邹岚一连问了几个问题。: what was asked stands before.
    if text[cue.start()..cue_end].trim_end_matches('了').ends_with('问') {
        let stop = rest.find(is_clause_mark).unwrap_or(rest.len());
        if rest[..stop].ends_with("问题") && rest[stop..].starts_with(['。', '!']) {
            return at(cue_end + stop, Mark::Pause);
        }
    }
    // 追问能不能把数据贴到门口: what is asked follows at once.
    if text[cue.start()..cue_end].ends_with('问') && asks(rest) {
        return at(cue_end, Mark::None);
    }
    let Some(first) = rest.chars().next() else {
        return at(end, Mark::Pause);
    };
    match first {
        ',' | ' ' => return at(cue_end + 1, Mark::Pause),
        ':' => return at(cue_end + 1, Mark::Colon),
        // 说;“…”, 表示.公墓…: slips of scanners and typists.
        ';' | '.' if slips(&rest[1..], first) => return at(cue_end + 1, Mark::Colon),
        // The sentence ends with the cue (“…”他说。): nothing follows.
        _ if is_clause_mark(first) => return at(cue_end, Mark::Pause),
        _ => {}
    }
    if is_opening_mark(first) || first == '"' {
        let speech = opening != Opening::After && rest.contains('□');
        return if speech { at(cue_end, Mark::Pause) } else { open() };
    }
    // 提出三点要求:…; 告诉记者,…
    let near = rest.char_indices().nth(LONGEST_STRETCH).map(|(at, _)| &rest[..at]);
    let stop = match near {
        // Words without a mark for pages: what is too far off for an object is not looked for at each cue.
        Some(near) if !near.contains(is_clause_mark) => return open(),
        _ => rest.find(is_clause_mark)?,
    };
    let object = &rest[..stop];
    let stop_char = rest[stop..].chars().next()?;
    // 介绍了成本监审办法和结论:…: the object of such a verb before a colon may be anything.
    let reports = stop_char == ':' && REPORTS.iter().any(|verb| text[cue.start()..cue_end].starts_with(verb));
    let is_object = object.chars().count() <= LONGEST_OBJECT
        && (reports || OBJECTS.suffix(object).is_some())
        && !matches!(stop_char, '。' | ';' | '!' | '?');
    // 列席会议,提出工作要求。: that somebody spoke, and not what was said.
    let ends_there = stop_char == '。' && object.chars().count() <= LONGEST_OBJECT && OBJECTS.suffix(object).is_some();
    if ends_there && text[cue.start()..cue_end].starts_with("提出") {
        return None;
    }
    let may_have_object =
        stop_char == ':' || opening != Opening::Open || text[cue.start()..cue_end].starts_with("提出");
    if is_object && may_have_object {
        let mark = if stop_char == ':' {
            Mark::ObjectColon
        } else {
            Mark::Object
        };
        return at(cue_end + stop + stop_char.len_utf8(), mark);
    }
    open()
}

/// Words that a reported question begins with.
const QUESTIONS: [&str; 16] = [
    "能不能",
    "能否",
    "是不是",
    "是否",
    "有没有",
    "可不可以",
    "可否",
    "要不要",
    "会不会",
    "为什么",
    "为何",
    "怎么",
    "如何",
    "什么时候",
    "谁来",
    "到底",
];

/// Whether reported words begin as a question does.
fn asks(rest: &str) -> bool {
    QUESTIONS.iter().any(|word| rest.starts_with(word))
}

/// Whether what stands behind `;` or `.` is what was said: a quotation behind `;`, words behind `.`.
fn slips(rest: &str, mark: char) -> bool {
    let first = rest.chars().next();
    match mark {
        ';' => first.is_some_and(|c| is_opening_mark(c) || c == '"'),
        _ => first.is_some_and(super::name_end::is_name_char),
    }
}

fn with_tails(text: &str, from: usize, end: usize) -> usize {
    let mut cue_end = from;
    while let Some(tail) = TAILS.iter().find(|tail| text[cue_end..end].starts_with(**tail)) {
        let next = &text[cue_end + tail.len()..end];
        let other_word = match *tail {
            "道" => next.starts_with('路'),
            "到" => ["位", "今年", "年"].iter().any(|word| next.starts_with(word)),
            // 介绍时,…: it belongs to the cue before a mark alone.
            "时" => !next.starts_with([',', ':']),
            _ => false,
        };
        if other_word {
            break;
        }
        cue_end += tail.len();
    }
    cue_end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, cue: &str, opening: Opening) -> Option<(String, Mark)> {
        let at = text.find(cue).unwrap();
        content_of(text, Span::new(at, at + cue.len()), text.len(), opening)
            .map(|content| (text[content.start..].to_owned(), content.mark))
    }

    #[test]
    fn words_begin_behind_cue_mark_or_object() {
        let found = |text: &str, mark| Some((text.to_owned(), mark));
        assert_eq!(
            of("邹岚指出,要快。", "指出", Opening::Open),
            found("要快。", Mark::Pause)
        );
        assert_eq!(
            of("邹岚指出:要快。", "指出", Opening::Open),
            found("要快。", Mark::Colon)
        );
        assert_eq!(of("邹岚要求快。", "要求", Opening::Open), found("快。", Mark::None));
        assert_eq!(of("邹岚提出工作要求。", "提出", Opening::Open), None);
        assert_eq!(of("邹岚介绍情况。", "介绍", Opening::Mark), None);
        assert_eq!(
            of("邹岚告诉记者,快了。", "告诉", Opening::Mark),
            found("快了。", Mark::Object)
        );
        assert_eq!(
            of("邹岚提出三点要求:快。", "提出", Opening::Open),
            found("快。", Mark::ObjectColon)
        );
        assert_eq!(
            of("邹岚说到这里,停了。", "说", Opening::Open),
            found("这里,停了。", Mark::None)
        );
    }

    #[test]
    fn some_words_stand_before_quotations_alone() {
        let mark = |text: &str, end: usize| {
            let at = text.find("接过话筒").unwrap();
            let cue = Span::new(at, at + "接过话筒".len());
            content_of(text, cue, end, Opening::Quoted).map(|content| content.mark)
        };
        let text = "邹岚接过话筒,“□□。”";
        assert_eq!(mark(text, text.find('“').unwrap()), Some(Mark::Pause));
        let text = "邹岚接过话筒:先修路。";
        assert_eq!(mark(text, text.len()), Some(Mark::Colon));
        let text = "邹岚接过话筒,走上台去。";
        assert_eq!(mark(text, text.len()), None);
    }

    #[test]
    fn a_slip_for_a_colon_or_comma_is_one() {
        assert_eq!(
            of("邹岚说;“□□。”", "说", Opening::Open).map(|found| found.1),
            Some(Mark::Colon)
        );
        assert_eq!(
            of("邹岚表示.还差五十万。", "表示", Opening::Open).map(|found| found.1),
            Some(Mark::Colon)
        );
        assert_eq!(
            of("邹岚这样说;丘平不同意。", "说", Opening::Open).map(|found| found.1),
            Some(Mark::Pause)
        );
    }
}
