//! Marks within a line of Markdown: emphasis, code, links, notes, tags. Each is marked only if it pairs up within the line.

use super::super::{Mark, MarkKind, Reason};
use super::left_out;
use crate::text::Span;

/// Openers that wait for their closers; more than that in one line is no emphasis.
const WAITING: usize = 64;
/// How far a link's target may reach, in bytes.
const LONGEST_TARGET: usize = 1024;
/// How long an entity's or a note's name may be, in bytes.
const LONGEST_NAME: usize = 40;
/// Tags that stand in Markdown for want of its own marks.
const TAGS: [&str; 46] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "del",
    "details",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Names of white space: what other entities stand for is somebody's words.
const SPACES: [&str; 10] = [
    "nbsp", "ensp", "emsp", "thinsp", "zwnj", "zwj", "#160", "#8203", "#xa0", "#12288",
];

/// The marks of a line, in order. `comment` says whether the line begins inside a comment, and then whether it ends in one.
pub(super) fn marks(line: &str, comment: &mut bool) -> Vec<Mark> {
    let mut scan = Scan {
        line,
        at: 0,
        marks: Vec::new(),
        waiting: Vec::new(),
        no_more: NoMore::default(),
    };
    if *comment {
        *comment = scan.comment(0);
    }
    while let Some(c) = scan.rest().chars().next() {
        *comment |= scan.step(c);
    }
    scan.marks.sort_by_key(|mark| mark.span.start());
    scan.marks
}

/// Whether bold words stand in a line.
pub(super) fn has_bold(line: &str) -> bool {
    line.contains("**") && marks(line, &mut false).iter().any(|mark| mark.span.of(line) == "**")
}

/// What was looked for to the line's end in vain: not looked for again, so that a line is read in linear time.
#[derive(Default)]
struct NoMore {
    /// Lengths of runs of backticks without a partner, as bits.
    ticks: u64,
    brackets: bool,
}

/// A run of `*`, `_` or `~` that may open emphasis.
struct Waiting {
    mark: char,
    /// Where its unused marks stand.
    span: Span,
}

struct Scan<'t> {
    line: &'t str,
    at: usize,
    marks: Vec<Mark>,
    waiting: Vec<Waiting>,
    no_more: NoMore,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn mark(&mut self, start: usize, end: usize, kind: MarkKind) {
        self.marks.push(Mark {
            span: Span::new(start, end),
            kind,
        });
    }

    /// Marks the next `length` bytes and goes behind them.
    fn take(&mut self, length: usize, kind: MarkKind) {
        self.mark(self.at, self.at + length, kind);
        self.at += length;
    }

    /// Reads what begins with `c`, and says whether the line ends within a comment.
    fn step(&mut self, c: char) -> bool {
        match c {
            '\\' => self.escape(),
            '`' => self.code(),
            '*' | '_' | '~' => self.emphasis(c),
            '!' | '[' => self.link(),
            ']' => self.end_of_link(),
            '&' => self.entity(),
            '<' if self.rest().starts_with("<!--") => return self.comment("<!--".len()),
            '<' => self.tag(),
            _ => self.at += c.len_utf8(),
        }
        false
    }

    fn escape(&mut self) {
        let escaped = self.rest().chars().nth(1).filter(char::is_ascii_punctuation);
        match escaped {
            Some(_) => {
                self.take(1, MarkKind::Markup);
                self.at += 1;
            }
            None => self.at += 1,
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let length = run(rest, '`');
        let bit = 1u64 << length.min(63);
        let closing = if self.no_more.ticks & bit == 0 {
            closing_ticks(rest, length)
        } else {
            None
        };
        match closing {
            Some(end) => {
                self.mark(self.at, self.at + length, MarkKind::Markup);
                self.mark(self.at + end, self.at + end + length, MarkKind::Markup);
                self.at += end + length;
            }
            None => {
                self.no_more.ticks |= bit;
                self.at += length;
            }
        }
    }

    /// A run of marks: closes what waits for it, else waits.
    fn emphasis(&mut self, mark: char) {
        let start = self.at;
        let length = run(self.rest(), mark);
        self.at += length;
        let before = self.line.get(..start).and_then(|part| part.chars().next_back());
        let after = self.rest().chars().next();
        let sides = Sides::of(mark, length, before, after);
        let mut unused = Span::new(start, self.at);
        if sides.closes {
            unused = self.close(mark, unused);
        }
        if sides.opens && !unused.is_empty() && self.waiting.len() < WAITING {
            self.waiting.push(Waiting { mark, span: unused });
        }
    }

    /// Pairs a closing run with what waits; gives back what is left of it.
    fn close(&mut self, mark: char, mut closing: Span) -> Span {
        while !closing.is_empty() {
            let Some(place) = self.waiting.iter().rposition(|waiting| waiting.mark == mark) else {
                break;
            };
            self.waiting.truncate(place + 1);
            let Some(opening) = self.waiting.pop() else { break };
            let used = opening.span.len().min(closing.len()).min(2);
            let left = Span::new(opening.span.start(), opening.span.end() - used);
            self.mark(left.end(), opening.span.end(), MarkKind::Markup);
            self.mark(closing.start(), closing.start() + used, MarkKind::Markup);
            closing = Span::new(closing.start() + used, closing.end());
            if !left.is_empty() {
                self.waiting.push(Waiting { mark, span: left });
            }
        }
        closing
    }

    fn link(&mut self) {
        let rest = self.rest();
        if rest.starts_with('!') {
            let is_image = rest.starts_with("![") && !self.no_more.brackets;
            let length = if is_image { image(rest) } else { None };
            return match length {
                Some(length) => self.take(length, left_out(Reason::Caption)),
                None => self.at += 1,
            };
        }
        if let Some(length) = footnote(rest) {
            return self.take(length, MarkKind::Markup);
        }
        let closing = if self.no_more.brackets {
            None
        } else {
            closing_bracket(rest)
        };
        self.no_more.brackets |= closing.is_none();
        // `[a](` again and again, and no `)` anywhere near.
        let is_open = closing
            .and_then(|end| rest.get(end + 1..))
            .is_some_and(|rest| rest.starts_with('(') && !near(rest, LONGEST_TARGET).contains(')'));
        self.no_more.brackets |= is_open;
        let Some((end, length)) = closing.and_then(|end| Some((end, target(rest.get(end + 1..)?)?))) else {
            return self.at += 1;
        };
        self.mark(self.at, self.at + 1, MarkKind::Markup);
        self.mark(self.at + end, self.at + end + 1 + length, MarkKind::Markup);
        self.at += 1;
    }

    /// Goes behind a link's target, which was marked when the link began.
    fn end_of_link(&mut self) {
        let begins = |mark: &&Mark| mark.span.start() == self.at && mark.span.len() > 1;
        self.at = self
            .marks
            .iter()
            .rev()
            .take(WAITING)
            .find(begins)
            .map_or(self.at + 1, |mark| mark.span.end());
    }

    fn entity(&mut self) {
        let rest = self.rest();
        let name = near(rest, LONGEST_NAME)
            .get(1..)
            .and_then(|rest| rest.split_once(';'))
            .map(|(name, _)| name);
        match name.filter(|name| SPACES.iter().any(|space| space.eq_ignore_ascii_case(name))) {
            Some(name) => self.take(name.len() + 2, MarkKind::Markup),
            None => self.at += 1,
        }
    }

    /// Marks a comment, whose first `opening` bytes are `<!--`, and says whether it goes on behind the line.
    fn comment(&mut self, opening: usize) -> bool {
        let rest = self.rest();
        let end = rest
            .get(opening..)
            .and_then(|rest| rest.find("-->"))
            .map(|end| opening + end + "-->".len());
        let length = end.unwrap_or(rest.len());
        if length > 0 {
            self.take(length, left_out(Reason::Comment));
        }
        end.is_none()
    }

    fn tag(&mut self) {
        match tag(self.rest()) {
            Some(length) => self.take(length, MarkKind::Markup),
            None => self.at += 1,
        }
    }
}

/// What a run of marks may do by the characters around it.
struct Sides {
    opens: bool,
    closes: bool,
}

impl Sides {
    fn of(mark: char, length: usize, before: Option<char>, after: Option<char>) -> Sides {
        let is_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let is_ascii_word = |side: Option<char>| side.is_some_and(|c| c.is_ascii_alphanumeric());
        // Editors that indent with full-width spaces make those bold, too.
        let is_blank = |side: Option<char>| side.is_none_or(|c| c.is_whitespace() && !(c == '\u{3000}' && length == 2));
        // A single mark in the middle of words hides a name (李*明) and `_` may be part of one: neither opens nor closes.
        let needs_room = mark == '_' || length == 1;
        let is_inside = |outer: Option<char>, inner: Option<char>| is_word(outer) && (mark == '_' || is_word(inner));
        let room_before = !needs_room || !is_inside(before, after);
        let room_after = !needs_room || !is_inside(after, before);
        // 138****1234, 2*3 and 2**3 are numbers; a run of four is somebody's hidden name.
        let is_number = is_ascii_word(before) && is_ascii_word(after) && mark == '*';
        let possible = length < 4 && !is_number && (mark != '~' || length == 2);
        let opens = !is_blank(after) && !after.is_some_and(is_closing) && room_before;
        let closes = !is_blank(before) && !before.is_some_and(is_opening) && room_after;
        Sides {
            opens: possible && opens,
            closes: possible && closes,
        }
    }
}

/// Punctuation that no emphasis begins with: in `李**、王**` nothing is bold.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '，' | '。' | '、' | '：' | '；' | '？' | '！' | '”' | '’' | '）' | '》' | '】' | '」' | ',' | ';' | ')'
    )
}

/// Punctuation that no emphasis ends with.
fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '【' | '「' | '(')
}

/// The beginning of what follows: ends are looked for no further, so that a line of `[[[[…` is read in linear time.
fn near(rest: &str, length: usize) -> &str {
    rest.get(..rest.floor_char_boundary(length)).unwrap_or(rest)
}

fn run(rest: &str, mark: char) -> usize {
    rest.len() - rest.trim_start_matches(mark).len()
}

/// Where the run of backticks stands that closes the first one.
fn closing_ticks(rest: &str, length: usize) -> Option<usize> {
    let mut at = length;
    loop {
        at += rest.get(at..)?.find('`')?;
        let next = run(rest.get(at..)?, '`');
        if next == length {
            return Some(at);
        }
        at += next;
    }
}

/// Where the bracket stands that closes the first one.
fn closing_bracket(rest: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in rest.char_indices().take(LONGEST_TARGET) {
        match c {
            _ if escaped => {}
            '[' => depth += 1,
            ']' if depth == 1 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// The length of `(url)` or `(url "title")`; a remark in brackets, as in `[注](见附件)`, is none.
fn target(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('(')?;
    let mut depth = 1usize;
    for (at, c) in inner.char_indices().take(LONGEST_TARGET) {
        match c {
            '(' => depth += 1,
            ')' if depth > 1 => depth -= 1,
            ')' => return is_address(inner.get(..at)?).then_some(at + 2),
            _ => {}
        }
    }
    None
}

fn is_address(target: &str) -> bool {
    // A title may follow: `(url "标题")`.
    let target = target.split_once([' ', '"']).map_or(target, |(address, _)| address);
    target.is_ascii() || target.starts_with('<') || target.contains(['/', '#', '.'])
}

/// The length of `![alt](x)` or `![[x]]`.
fn image(rest: &str) -> Option<usize> {
    let brackets = rest.strip_prefix('!').filter(|rest| rest.starts_with('['))?;
    let end = closing_bracket(brackets)? + 1;
    if brackets.starts_with("[[") {
        return Some(1 + end);
    }
    let after = brackets.get(end..)?;
    let length = near(after, LONGEST_TARGET)
        .find(')')
        .filter(|_| after.starts_with('('))?;
    Some(1 + end + target(after).unwrap_or(length + 1))
}

/// The length of `[^1]`, and of the colon that follows where the note itself stands.
fn footnote(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix("[^")?;
    let end = near(name, LONGEST_NAME).find(']')?;
    let (name, after) = (name.get(..end)?, name.get(end + 1..)?);
    let is_name = !name.is_empty() && name.len() <= 32 && !name.contains(char::is_whitespace);
    let colon = usize::from(after.starts_with(": "));
    is_name.then_some("[^]".len() + name.len() + 2 * colon)
}

/// The length of a tag that is known; `<https://…>` and `<张三>` are text.
fn tag(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('<')?;
    let slash = usize::from(inner.starts_with('/'));
    let name = inner.get(slash..)?;
    let name = name.get(..name.len() - name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len())?;
    if !TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        return None;
    }
    let behind = inner.get(slash + name.len()..)?;
    let end = behind
        .char_indices()
        .take(LONGEST_TARGET)
        .find(|(_, c)| matches!(c, '>' | '<'))?;
    let spaced = behind.starts_with([' ', '/', '>']);
    (end.1 == '>' && spaced).then_some(1 + slash + name.len() + end.0 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line without what is marked.
    fn words(line: &str) -> String {
        let mut words = String::new();
        let mut at = 0;
        for mark in marks(line, &mut false) {
            words.push_str(line.get(at..mark.span.start()).unwrap_or_default());
            at = mark.span.end();
        }
        words + line.get(at..).unwrap_or_default()
    }

    #[test]
    fn emphasis_that_pairs_up_is_marked() {
        assert_eq!(words("**段文谦**：护栏*月底前*装好"), "段文谦：护栏*月底前*装好");
        assert_eq!(words("**段文谦：**好，~~不~~ ***三十***辆"), "段文谦：好，不 三十辆");
        assert_eq!(
            words("推进**“一网通办”**改革 *重点* __两件__ _事_"),
            "推进“一网通办”改革 重点 两件 事"
        );
    }

    #[test]
    fn hidden_names_and_sums_are_not() {
        for line in [
            "138****1234",
            "2*3*4",
            "2**3",
            "李**、王**两户",
            "李*明和王*红",
            "a_b_c 段_文_谦",
            "姓名：__ 年龄：__",
            "3~~5",
            "**段文谦：",
        ] {
            assert_eq!(words(line), line);
        }
    }

    #[test]
    fn links_notes_and_images() {
        assert_eq!(
            words("校车[^1]见[通知](http://a.cn/b_(c)_d)和![图](a b.png)。[注](见附件)"),
            "校车见通知和。[注](见附件)"
        );
        assert_eq!(words("[^1]: 含新能源车"), "含新能源车");
        assert_eq!(words("<https://a.cn/x_y_z>"), "<https://a.cn/x_y_z>");
        assert_eq!(words("[**甲**](/a)"), "甲");
    }

    #[test]
    fn code_escapes_tags_and_entities() {
        assert_eq!(
            words("`a*b*` \\*甲\\* 乙<br/>丙&nbsp;丁<u>戊</u><段文谦>"),
            "a*b* *甲* 乙丙丁戊<段文谦>"
        );
    }
}
