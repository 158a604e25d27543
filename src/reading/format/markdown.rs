//! Markdown as people and chat assistants write minutes in it. The text stays exactly the file's, so that offsets count in
//! the file; what nobody reads aloud (`**`, `#`, `[^1]`) is marked, and so are headings and tables.
//!
//! This is no CommonMark parser: it must not take `2*3`, `138****1234` or `李**、王**` for emphasis, and must take
//! `**名字：**说` for it, which CommonMark does not.

mod inline;
mod table;

use super::{Document, Mark, MarkKind, Reason};
use crate::text::Span;

/// A line of text above `---` is a heading only if it is short; otherwise the dashes are a rule.
const LONGEST_UNDERLINED: usize = 40;
/// Lines that front matter may have.
const FRONT_MATTER_LINES: usize = 100;

/// The text and its marks.
pub fn read(text: String) -> Document {
    let marks = marks(&text);
    Document { text, marks }
}

/// Whether a text without a name that says so is Markdown: it has bold words, several headings, or a table with its rule.
pub(super) fn is_in(text: &str) -> bool {
    let lines = lines(text);
    let mut headings = 0;
    let mut was_piped = false;
    for line in &lines {
        let words = line.of(text);
        if was_piped && table::is_rule(words) || inline::has_bold(words) {
            return true;
        }
        was_piped = words.contains('|');
        headings += usize::from(Heading::of(words).is_some_and(|heading| heading.spaced));
    }
    headings >= 2
}

fn marks(text: &str) -> Vec<Mark> {
    let mut reader = Reader {
        text,
        lines: lines(text),
        marks: Vec::new(),
        seen_heading: false,
        comment: false,
    };
    let mut at = reader.front_matter();
    while at < reader.lines.len() {
        at = reader.block(at);
    }
    // Markup inside a heading or a row is found after it: in order of beginnings, the outer one first.
    reader
        .marks
        .sort_by_key(|mark| (mark.span.start(), std::cmp::Reverse(mark.span.end())));
    reader.marks
}

/// The lines, without their `\n`.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        span
    });
    spans.collect()
}

struct Reader<'t> {
    text: &'t str,
    lines: Vec<Span>,
    marks: Vec<Mark>,
    seen_heading: bool,
    /// Inside `<!--` whose `-->` is on a later line.
    comment: bool,
}

impl Reader<'_> {
    fn words(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |line| line.of(self.text))
    }

    fn mark(&mut self, span: Span, kind: MarkKind) {
        if !span.is_empty() {
            self.marks.push(Mark { span, kind });
        }
    }

    /// Markup of the whole line.
    fn markup_line(&mut self, at: usize) {
        if let Some(line) = self.lines.get(at) {
            self.mark(line.trimmed(self.text), MarkKind::Markup);
        }
    }

    /// The first line behind the front matter, which holds `key: value` between two lines `---`.
    fn front_matter(&self) -> usize {
        if self.words(0).trim_end() != "---" {
            return 0;
        }
        for at in 1..self.lines.len().min(FRONT_MATTER_LINES) {
            let words = self.words(at).trim_end();
            if words == "---" || words == "..." {
                return if at > 1 { at + 1 } else { 0 };
            }
            let goes_on = words.is_empty() || words.starts_with([' ', '\t', '-', '#']);
            if !goes_on && !words.contains(':') {
                return 0;
            }
        }
        0
    }

    /// Marks the block that begins at a line, and says where the next one does.
    fn block(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at).copied() else {
            return at + 1;
        };
        if self.comment {
            self.line(line);
            return at + 1;
        }
        if let Some(end) = self.fence(at) {
            return end;
        }
        let words = self.words(at);
        if words.contains('|') && table::is_rule(self.words(at + 1)) {
            return self.table(at);
        }
        if is_rule(words) {
            self.markup_line(at);
            return at + 1;
        }
        if let Some(level) = self.underlined(at) {
            let words = line.trimmed(self.text);
            self.heading(words, level);
            self.markup_line(at + 1);
            return at + 2;
        }
        self.line(line);
        at + 1
    }

    /// The line behind a fenced block of code; nothing inside is marked.
    fn fence(&mut self, at: usize) -> Option<usize> {
        let words = self.words(at).trim_start();
        let fence = words.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = words.chars().take_while(|c| *c == fence).count();
        if length < 3 || fence == '`' && words.trim_start_matches('`').contains('`') {
            return None;
        }
        let closes = |words: &str| words.len() >= length && words.chars().all(|c| c == fence);
        let end = (at + 1..self.lines.len()).find(|at| closes(self.words(*at).trim()));
        self.markup_line(at);
        // A fence that nothing closes is a stray one: what follows is text like the rest.
        let Some(end) = end else { return Some(at + 1) };
        self.markup_line(end);
        Some(end + 1)
    }

    /// The level of a heading by the line of `===` or `---` below it.
    fn underlined(&self, at: usize) -> Option<u8> {
        let (words, below) = (self.words(at).trim(), self.words(at + 1));
        let rule = below.trim_end();
        let level = match rule.chars().next()? {
            '=' if rule.len() >= 2 && rule.chars().all(|c| c == '=') => 1,
            '-' if rule.len() >= 3 && rule.chars().all(|c| c == '-') => 2,
            _ => return None,
        };
        let stands_alone = at == 0 || self.words(at - 1).trim().is_empty();
        let is_short = words.chars().count() <= LONGEST_UNDERLINED && !words.ends_with(['。', '；', '：', '，', '！']);
        let is_text = !words.is_empty() && Prefix::of(words).length == 0 && Heading::of(words).is_none();
        (stands_alone && is_short && is_text && !words.contains('|')).then_some(level)
    }

    fn table(&mut self, head: usize) -> usize {
        self.markup_line(head + 1);
        self.row(head, true);
        let mut at = head + 2;
        while self.words(at).contains('|') && !self.words(at).trim().is_empty() {
            self.row(at, false);
            at += 1;
        }
        at
    }

    fn row(&mut self, at: usize, head: bool) {
        let Some(line) = self.lines.get(at).copied() else {
            return;
        };
        let cells = table::cells(self.text, line);
        for cell in &cells {
            self.inline(*cell, true);
        }
        self.mark(line.trimmed(self.text), MarkKind::Row { cells, head });
    }

    /// A line that is no part of a table: its quote marks, its check box, its heading, its words.
    fn line(&mut self, line: Span) {
        if self.comment {
            self.inline(line, false);
            return;
        }
        let prefix = Prefix::of(line.of(self.text));
        for part in &prefix.markup {
            self.mark(part.shifted(line.start()), MarkKind::Markup);
        }
        let rest = Span::new(line.start() + prefix.length, line.end());
        let Some(heading) = Heading::of(rest.of(self.text)).filter(|_| !prefix.is_list) else {
            return self.inline(rest, false);
        };
        let words = heading.words.shifted(rest.start());
        self.mark(
            Span::new(rest.start(), words.start()).trimmed(self.text),
            MarkKind::Markup,
        );
        self.mark(Span::new(words.end(), rest.end()).trimmed(self.text), MarkKind::Markup);
        self.heading(words, heading.level);
    }

    fn heading(&mut self, words: Span, level: u8) {
        let is_title = level == 1 && !self.seen_heading;
        self.seen_heading = true;
        self.mark(words, MarkKind::Heading(if is_title { 0 } else { level }));
        self.inline(words, true);
    }

    /// `inside`: within a mark that must not be overlapped, so that what else is left out is markup there.
    fn inline(&mut self, span: Span, inside: bool) {
        let found = inline::marks(span.of(self.text), &mut self.comment);
        for mut mark in found {
            mark.span = mark.span.shifted(span.start());
            if inside && matches!(mark.kind, MarkKind::LeftOut(_)) {
                mark.kind = MarkKind::Markup;
            }
            self.marks.push(mark);
        }
    }
}

/// Whether a line is a rule across the page: `---`, `* * *`, `___`.
fn is_rule(words: &str) -> bool {
    let mut marks = words.chars().filter(|c| !c.is_whitespace());
    let Some(mark) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else {
        return false;
    };
    let mut count = 1;
    for c in marks {
        if c != mark {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// An ATX heading: `## 标题 ##`.
struct Heading {
    level: u8,
    /// Its words, in the line.
    words: Span,
    /// Whether a space follows the `#`s.
    spaced: bool,
}

impl Heading {
    fn of(line: &str) -> Option<Heading> {
        let start = line.len() - line.trim_start_matches(' ').len();
        let hashes = line.get(start..)?.chars().take_while(|c| *c == '#').count();
        let rest = line.get(start + hashes..)?;
        let spaced = rest.starts_with(char::is_whitespace);
        // `##标题` is a heading to those who write it, `#话题#` is a tag.
        let is_heading = (1..=6).contains(&hashes) && (spaced || hashes > 1 && !rest.is_empty());
        if start > 3 || !is_heading {
            return None;
        }
        let open = rest.trim_end().trim_end_matches('#');
        let closed = open.ends_with(char::is_whitespace) || open.is_empty() || !spaced;
        let words = if closed { open } else { rest };
        let words = Span::new(start + hashes, start + hashes + words.len()).trimmed(line);
        (!words.is_empty()).then_some(Heading {
            level: hashes as u8,
            words,
            spaced,
        })
    }
}

/// What stands before a line's words: quote marks, list markers, check boxes.
#[derive(Default)]
struct Prefix {
    length: usize,
    /// Quote marks and check boxes. A list's own markers are text, as a bullet is in other formats.
    markup: Vec<Span>,
    is_list: bool,
}

impl Prefix {
    fn of(line: &str) -> Prefix {
        let mut prefix = Prefix::default();
        loop {
            let rest = line.get(prefix.length..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let rest = rest.get(blank..).unwrap_or_default();
            let start = prefix.length + blank;
            if let Some(quoted) = rest.strip_prefix('>') {
                let length = 1 + usize::from(quoted.starts_with(' '));
                prefix.markup.push(Span::new(start, start + length));
                prefix.length = start + length;
            } else if let Some(length) = list_marker(rest) {
                prefix.is_list = true;
                prefix.length = start + length;
            } else {
                if prefix.is_list
                    && let Some(length) = check_box(rest)
                {
                    prefix.markup.push(Span::new(start, start + length));
                    prefix.length = start + length;
                }
                return prefix;
            }
        }
    }
}

/// The length of `- `, `* `, `+ `, `1. ` or `1) `.
fn list_marker(rest: &str) -> Option<usize> {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = rest.get(digits..)?.chars().next()?;
    let is_marker = if digits == 0 {
        matches!(marker, '-' | '*' | '+')
    } else {
        digits < 10 && matches!(marker, '.' | ')')
    };
    let spaced = rest.get(digits + 1..)?.starts_with([' ', '\t']);
    (is_marker && spaced).then_some(digits + 2)
}

/// The length of `[ ] ` or `[x] `.
fn check_box(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?.strip_prefix([' ', 'x', 'X'])?;
    inner.starts_with("] ").then_some(4)
}

/// What of Markdown is left out as said by nobody.
fn left_out(reason: Reason) -> MarkKind {
    MarkKind::LeftOut(reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The marks as `kind(text)`, for short tests.
    fn seen(text: &str) -> Vec<String> {
        let document = read(text.to_owned());
        let show = |mark: &Mark| {
            let words = mark.span.of(&document.text);
            match &mark.kind {
                MarkKind::Heading(level) => format!("h{level}({words})"),
                MarkKind::Row { cells, head } => {
                    let cells: Vec<_> = cells.iter().map(|cell| cell.of(&document.text)).collect();
                    format!("{}({})", if *head { "head" } else { "row" }, cells.join("/"))
                }
                MarkKind::Markup => format!("m({words})"),
                MarkKind::LeftOut(reason) => format!("{reason:?}({words})"),
                other => format!("{other:?}"),
            }
        };
        document.marks.iter().map(show).collect()
    }

    #[test]
    fn headings_of_both_kinds() {
        assert_eq!(
            seen("# 校车会 #\n\n## 一、发言\n"),
            ["m(#)", "h0(校车会)", "m(#)", "m(##)", "h2(一、发言)"]
        );
        assert_eq!(
            seen("校车会\n===\n\n发言\n---\n"),
            ["h0(校车会)", "m(===)", "h2(发言)", "m(---)"]
        );
        assert_eq!(seen("会议到此结束。\n---\n"), ["m(---)"]);
        assert_eq!(seen("#校车 今天\n"), [""; 0]);
        assert_eq!(seen("## C#\n"), ["m(##)", "h2(C#)"]);
    }

    #[test]
    fn front_matter_is_left_alone() {
        assert_eq!(seen("---\ntitle: 校车*会*\n---\n# 会\n"), ["m(#)", "h0(会)"]);
    }

    #[test]
    fn a_table_has_cells_without_padding() {
        let text = "| 姓名 | 发言 |\n|:--|---|\n| **段文谦** | 换 a\\|b |\n| 苗雨晴 | |\n";
        assert_eq!(
            seen(text),
            [
                "head(姓名/发言)",
                "m(|:--|---|)",
                "row(**段文谦**/换 a\\|b)",
                "m(**)",
                "m(**)",
                "m(\\)",
                "row(苗雨晴/)"
            ]
        );
    }

    #[test]
    fn quotes_lists_and_check_boxes() {
        assert_eq!(
            seen("> 段文谦：好\n- [ ] 买车\n- [x] 划线\n  1. 甲\n"),
            ["m(> )", "m([ ] )", "m([x] )"]
        );
        assert_eq!(seen("* * *\n"), ["m(* * *)"]);
    }

    #[test]
    fn code_is_not_read() {
        assert_eq!(
            seen("```\n**a**\n```\n**好**\n"),
            ["m(```)", "m(```)", "m(**)", "m(**)"]
        );
        assert_eq!(seen("```\n**好**\n"), ["m(```)", "m(**)", "m(**)"]);
    }

    #[test]
    fn comments_may_take_several_lines() {
        assert_eq!(
            seen("甲<!-- 乙\n# 丙\n丁 -->戊**己**\n"),
            ["Comment(<!-- 乙)", "Comment(# 丙)", "Comment(丁 -->)", "m(**)", "m(**)"]
        );
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_in_bounds(text in "[\\PC\\n*|#_` \\[\\]()!<>&;~\\\\-]{0,200}") {
            let document = read(text.clone());
            prop_assert_eq!(&document.text, &text);
            super::super::checked::check(&document)?;
        }
    }
}
