//! A line taken apart from left to right: marks, a time, a label in a box or before a colon, words.

use std::sync::LazyLock;

use super::broadcast::{Broadcast, broadcast_mark, recording_mark};
use super::role::role;
use super::shape::{Form, Timed};
use super::time::time_at;
use crate::reading::attribution::{ends_in_title, shaped_like_name};
use crate::text::{Span, rows};

/// Most characters in which a head must end.
const WINDOW: usize = 60;
/// Most characters of a head that has no colon, no time and no box.
const BARE: usize = 24;
/// Fewest characters of a member's account in a chat: 10086.
const SHORTEST_ACCOUNT: usize = 5;
const BULLETS: &str = "·△▲▽◆◇●○■□★☆▶►※❖➢";
const NUMERALS: &str = "一二三四五六七八九十";

/// A line that is being taken apart.
pub(super) struct Scan<'l> {
    line: &'l str,
    at: usize,
    pub form: Form,
    pub timed: Timed,
    pub label: Span,
    pub unit: Option<Span>,
    pub colon: bool,
    pub posted: bool,
    pub words: usize,
}

impl<'l> Scan<'l> {
    pub fn new(line: &'l str) -> Scan<'l> {
        Scan {
            line,
            at: 0,
            form: Form::Plain,
            timed: Timed::Never,
            label: Span::new(0, 0),
            unit: None,
            colon: false,
            posted: false,
            words: line.len(),
        }
    }

    fn rest(&self) -> &'l str {
        &self.line[self.at..]
    }

    fn skip(&mut self, what: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(what).len();
    }

    /// Steps over `- `, `◆`, `1.`, `(1)`, `①`; a task (`- [ ]`) is no turn.
    pub fn skip_marks(&mut self) -> Option<()> {
        loop {
            self.skip(&[' ', '\t', '#']);
            // ===== 王静 =====
            if self.rest().starts_with("==") {
                self.skip(&['=']);
                self.form = Form::Boxed;
                continue;
            }
            let rest = self.rest();
            if ["[ ]", "[x]", "[X]"].iter().any(|task| rest.starts_with(task)) {
                return None;
            }
            let bullet = rest.chars().next().filter(|c| BULLETS.contains(*c));
            let dash = ["- ", "* ", "+ ", "> "].iter().any(|mark| rest.starts_with(mark));
            match bullet {
                Some(bullet) => self.at += bullet.len_utf8(),
                None if dash => self.at += 2,
                None => break,
            }
        }
        self.at += number(self.rest());
        self.skip(&[' ']);
        match broadcast_mark(self.rest()) {
            Some((Broadcast::Voice, mark)) => self.at += mark,
            // What the reporter goes on with opens nobody's turn, and a recording has no label.
            Some(_) => return None,
            None if recording_mark(self.rest()).is_some() => return None,
            None => {}
        }
        self.skip(&[' ']);
        Some(())
    }

    /// Reads the head from behind its marks.
    pub fn read(&mut self) -> Option<()> {
        self.skip_bold();
        if self.posted_at().is_some() {
            return Some(());
        }
        if let Some(time) = time_at(self.rest()) {
            self.timed = Timed::Before;
            self.at += time;
            // 00:12: words are no head, but 00:12 - 王静 is one.
            self.skip(&[' ', '-', '—', '|', ',', '*', '\t']);
            self.skip_bold();
            if self.rest().is_empty() {
                self.label = Span::new(self.at, self.at);
                return Some(());
            }
        }
        if self.rest().starts_with('@') {
            self.at += 1;
        }
        if self.timed == Timed::Before && self.account().is_some() {
            return Some(());
        }
        if self.timed == Timed::Never && self.dated_behind().is_some() {
            return Some(());
        }
        if self.boxed().is_some() || self.named_in_bold().is_some() {
            return Some(());
        }
        self.plain()
    }

    /// **王静**(石桥镇书记) 先说路。, whose first mark the block may have lost: a name in bold, what somebody is in brackets, and words
    /// without a colon.
    fn named_in_bold(&mut self) -> Option<()> {
        let rest = self.rest();
        let at = rest.find("**")?;
        let behind = rest[at..].trim_start_matches(['*', ' ']);
        let inside = behind.strip_prefix('(')?;
        let close = inside.find(')')?;
        let unit = &inside[..close];
        let words = inside[close + 1..].trim_start();
        let label = Span::new(self.at, self.at + at).trimmed(self.line);
        let name = label.of(self.line);
        let is_name = (2..=BARE).contains(&name.chars().count()) && !name.contains(['。', ',', ':', '(']);
        if !is_name || !ends_in_title(unit) || words.is_empty() || words.starts_with(':') {
            return None;
        }
        let end = self.line.len();
        let from = end - inside.len();
        self.form = Form::Bold;
        self.label = label;
        self.unit = Some(Span::new(from, from + close));
        self.words = end - words.len();
        Some(())
    }

    /// 2025-03-18 09:00:12 【水利局】小丘(10086): whatever a chat's member is called, before an account.
    fn account(&mut self) -> Option<()> {
        let line = self.line.trim_end();
        let (close, open) = [(')', '('), ('>', '<')]
            .into_iter()
            .find(|(close, _)| line.ends_with(*close))?;
        let from = self.at + self.rest().trim_end().rfind(open)?;
        let account = &line[from + open.len_utf8()..line.len() - close.len_utf8()];
        let is_account = account.len() >= SHORTEST_ACCOUNT
            && account.contains(|c: char| c.is_ascii_digit() || c == '@')
            && account
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '*' | '-'));
        let mut label = Span::new(self.at, from).trimmed(self.line);
        if !is_account || label.is_empty() {
            return None;
        }
        let boxed = label
            .of(self.line)
            .strip_prefix('【')
            .and_then(|words| words.find('】'));
        if let Some(length) = boxed {
            let unit = Span::new(
                label.start() + '【'.len_utf8(),
                label.start() + '【'.len_utf8() + length,
            );
            let behind = Span::new(unit.end() + '】'.len_utf8(), label.end()).trimmed(self.line);
            if !behind.is_empty() {
                (self.unit, label) = (Some(unit), behind);
            }
        }
        self.label = label;
        self.words = self.line.len();
        Some(())
    }

    /// 春天,你好! 2025-03-02 09:11:12: whatever a chat's member is called, before a day and a time at the line's end.
    fn dated_behind(&mut self) -> Option<()> {
        let rest = self.rest();
        if !rest.contains(['。', '!', '?', ',', ';']) {
            return None;
        }
        let (at, _) = rest.match_indices(' ').find(|(at, _)| {
            let time = &rest[at + 1..];
            time.starts_with("20") && time.matches(':').count() == 2 && time_at(time) == Some(time.len())
        })?;
        let label = Span::new(self.at, self.at + at).trimmed(self.line);
        if label.is_empty() || label.of(self.line).chars().count() > BARE {
            return None;
        }
        self.label = label;
        self.timed = Timed::Behind;
        self.words = self.line.len();
        Some(())
    }

    /// 石桥老陈 发表于 2021-9-18 07:40 | 只看该作者: whatever a forum's member is called, before a word for posting and a time.
    fn posted_at(&mut self) -> Option<()> {
        let rest = self.rest();
        let (at, word) = POSTS.iter().find_map(|word| Some((rest.find(word)?, *word)))?;
        let label = Span::new(self.at, self.at + at).trimmed(self.line);
        let time = rest[at + word.len()..].trim_start_matches([':', ' ']);
        let is_member = !label.is_empty()
            && label.of(self.line).chars().count() <= BARE
            && !label.of(self.line).contains(['。', ',', ':', '“', '>']);
        if !is_member || time_at(time).is_none() {
            return None;
        }
        self.label = label;
        self.timed = Timed::Behind;
        self.posted = true;
        self.words = self.line.len();
        Some(())
    }

    fn skip_bold(&mut self) {
        if self.rest().starts_with("**") {
            self.form = Form::Bold;
            self.at += 2;
            self.skip(&['*', ' ']);
        }
    }

    /// 【王静】…, [王静]: …, 【王静】(长武县委常委)…, 【水利局】王静:…
    fn boxed(&mut self) -> Option<()> {
        let (open, close) = [('【', '】'), ('[', ']'), ('<', '>'), ('(', ')'), ('“', '”')]
            .into_iter()
            .find(|(open, _)| self.rest().starts_with(*open))?;
        // “王静” alone is a head as [王静] is; quoted words are none.
        if open == '“' && !shaped_like_name(self.rest().trim_matches(['“', '”', ' '])) {
            return None;
        }
        // (王静)先说路。 is a head, (水利局)王静:… has the body before it, and (笑)… is neither.
        if open == '('
            && !self.rest()[1..]
                .split_once(')')
                .is_some_and(|(inside, behind)| shaped_like_name(inside) && !behind.is_empty())
        {
            return None;
        }
        let from = self.at + open.len_utf8();
        let length = self.line[from..]
            .find(close)
            .filter(|at| self.line[from..from + at].chars().count() <= WINDOW)?;
        let inner = self.line[from..from + length]
            .strip_prefix("v ")
            .map_or(from, |_| from + 2);
        let mut label = Span::new(inner, from + length);
        let behind = from + length + close.len_utf8();
        // [Link](https://…)
        if self.line[behind..].starts_with("(http") {
            return None;
        }
        let timed = time_behind(label.of(self.line));
        if let Some((end, _)) = timed {
            label = Span::new(label.start(), label.start() + end);
            self.timed = Timed::Behind;
        }
        self.at = behind;
        self.skip(&['*', ' ']);
        // 【水利局】王静:…
        if let Some(colon) = self
            .rest()
            .find(':')
            .filter(|colon| shaped_like_name(&self.rest()[..*colon]))
        {
            self.unit = Some(label);
            self.label = Span::new(self.at, self.at + colon);
            self.colon = true;
            self.words_from(self.at + colon);
            return Some(());
        }
        self.form = Form::Boxed;
        self.label = self.without_brackets(label);
        if let Some(inside) = self.rest().strip_prefix('(').and_then(|rest| rest.find(')'))
            && time_at(self.rest()).is_none()
        {
            self.unit = Some(Span::new(self.at + 1, self.at + 1 + inside));
            self.at += inside + 2;
        }
        self.skip(&[' ']);
        if let Some(time) = time_at(self.rest()) {
            self.timed = Timed::Behind;
            self.at += time;
        }
        self.colon = self.rest().trim_start_matches(['*', ' ']).starts_with(is_colon);
        // 【王静】县水利局局长: the words are in the lines below.
        let behind = self.rest();
        if !self.colon && self.unit.is_none() && ends_in_title(behind) && !behind.contains(['。', ',', '!', '?', ':'])
        {
            self.unit = Some(Span::new(self.at, self.line.len()));
            self.at = self.line.len();
        }
        self.words_from(self.at);
        Some(())
    }

    /// A label up to a time, a colon, or the line's end.
    fn plain(&mut self) -> Option<()> {
        let begin = self.at;
        let mut depth = 0i32;
        let mut end = None;
        for (count, (at, c)) in self.line[begin..].char_indices().enumerate() {
            let at = begin + at;
            if count > WINDOW {
                return None;
            }
            let gap = depth == 0
                && at > begin
                && (matches!(c, '(' | '[') || self.line[..at].ends_with([' ', '\t', '*', '|']));
            // 王静00:00:03
            let tight = at > begin
                && c.is_ascii_digit()
                && ends_in_time(&self.line[at..])
                && !self.line[..at].ends_with(|c: char| c.is_ascii_digit());
            if (gap || tight)
                && let Some(time) = time_at(&self.line[at..])
            {
                self.timed = Timed::Behind;
                end = Some((at, at + time));
                break;
            }
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ if is_colon(c) && depth <= 0 => {
                    self.colon = true;
                    end = Some((at, at));
                    break;
                }
                // 网友“青山”:…
                '“' if depth <= 0 && role(&self.line[begin..at]).is_some() && quotes_before_colon(&self.line[at..]) =>
                {
                    depth += 1;
                }
                '”' if depth > 0 => depth -= 1,
                // ???:听不清。
                '?' if !self.line[begin..at].contains(|c| c != '?') => {}
                '。' | '!' | '?' | '“' | '”' | ';' if depth <= 0 => return None,
                _ => {}
            }
        }
        let (mut label_end, mut at) = match end {
            Some(found) => found,
            None if self.line[begin..].chars().count() > BARE => return None,
            None => (self.line.len(), self.line.len()),
        };
        if self.timed == Timed::Behind {
            at += self.line[at..].len() - self.line[at..].trim_start_matches(['*', ' ', ')', ']']).len();
            self.colon = self.line[at..].starts_with(is_colon);
        }
        let mut label = Span::new(begin, label_end);
        // From 王静 to Everyone
        for (from, to) in [
            ("From ", " to "),
            ("来自 ", " 发送至"),
            ("来自 ", " 发送到"),
            ("从 ", " 到 "),
        ] {
            let words = label.of(self.line);
            if self.timed != Timed::Never && words.starts_with(from) && words.contains(to) {
                label_end = words.find(to).map_or(label_end, |at| begin + at);
                label = Span::new(begin + from.len(), label_end);
            }
        }
        self.label = self.without_brackets(label);
        self.words_from(at);
        Some(())
    }

    fn words_from(&mut self, at: usize) {
        let rest = &self.line[at..];
        let bare = rest.trim_start_matches(|c: char| matches!(c, '*' | ' ' | '\\') || is_colon(c));
        self.words = at + rest.len() - bare.len();
    }

    /// A label without what stands in brackets before or behind it: asides are dropped, a unit is kept.
    fn without_brackets(&mut self, label: Span) -> Span {
        let mut label = self.bare(label);
        loop {
            let words = label.of(self.line);
            let Some(open) = words.strip_suffix(')').and_then(|words| words.rfind('(')) else {
                break;
            };
            let inside = Span::new(label.start() + open + 1, label.end() - 1);
            // [iPad (3)]: the third one of that name.
            let count = |words: &str| words.chars().all(|c| c.is_ascii_digit());
            if words[..open].trim_end().chars().all(|c| c.is_ascii_alphanumeric()) && count(inside.of(self.line)) {
                break;
            }
            label = self.bare(Span::new(label.start(), label.start() + open));
            if !is_aside(inside.of(self.line)) {
                self.unit = Some(inside);
            }
        }
        let words = label.of(self.line);
        if let Some(close) = words.strip_prefix('(').and_then(|words| words.find(')')) {
            self.unit = Some(Span::new(label.start() + 1, label.start() + 1 + close));
            label = self.bare(Span::new(label.start() + close + 2, label.end()));
        }
        label
    }

    fn bare(&self, label: Span) -> Span {
        let marks: &[char] = &[' ', '\t', '*', '|', ',', '-', '—', '】', ']', '='];
        let words = label.of(self.line);
        let end = label.start() + words.trim_end_matches(marks).len();
        let lead = words.len() - words.trim_start_matches([' ', '\t', '*', '|']).len();
        Span::new((label.start() + lead).min(end), end)
    }
}

/// Whether short quoted words and a colon stand there: “青山”:.
fn quotes_before_colon(rest: &str) -> bool {
    const LONGEST: usize = 10;
    rest.find('”').is_some_and(|close| {
        rest[..close].chars().count() <= LONGEST && rest[close + '”'.len_utf8()..].starts_with(is_colon)
    })
}

/// A colon of any make.
pub fn is_colon(c: char) -> bool {
    matches!(c, ':' | '﹕' | '︰' | '∶')
}

/// Where a label ends that has a time behind it, and where the time ends.
fn time_behind(label: &str) -> Option<(usize, usize)> {
    label.char_indices().find_map(|(at, c)| {
        let gap = matches!(c, ' ' | '(' | '[');
        let from = at + usize::from(c == ' ');
        let time = gap.then(|| time_at(&label[from..])).flatten()?;
        Some((at, from + time))
    })
}

/// Whether the rest of a line is a time to the second.
fn ends_in_time(rest: &str) -> bool {
    let time = rest.trim_end_matches(is_colon);
    time.matches(':').count() == 2 && time_at(time) == Some(time.len())
}

/// Bytes of a list's number: `1.`, `12、`, `(1)`, `(一)`, `一、`, `①`.
fn number(text: &str) -> usize {
    let first = text.chars().next().unwrap_or_default();
    if matches!(first, '\u{2460}'..='\u{249b}' | '❶'..='❿') {
        return first.len_utf8();
    }
    let is_number = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let inner = text.strip_prefix('(').unwrap_or(text);
    let rest = inner.trim_start_matches(is_number);
    let count = inner[..inner.len() - rest.len()].chars().count();
    let Some(mark) = rest.chars().next().filter(|_| (1..=3).contains(&count)) else {
        return 0;
    };
    let closed = inner.len() < text.len();
    let fits = match mark {
        ')' => true,
        '、' => !closed,
        '.' | ',' => !closed && first.is_ascii_digit() && !rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        // A half-width full stop behind a numeral is folded to a full one.
        '。' => !closed && NUMERALS.contains(first),
        _ => false,
    };
    if fits {
        text.len() - rest.len() + mark.len_utf8()
    } else {
        0
    }
}

/// The number in Chinese numerals that a folded line begins with: 12 of 十二、.
pub fn ordinal(line: &str) -> Option<usize> {
    const DIGITS: &str = "一二三四五六七八九";
    let (number, _) = line.split_once('、')?;
    let digit = |c: char| DIGITS.chars().position(|digit| digit == c).map(|at| at + 1);
    let mut chars = number.chars();
    match (chars.next()?, chars.next(), chars.next()) {
        ('十', None, _) => Some(10),
        ('十', Some(one), None) => Some(10 + digit(one)?),
        (one, None, _) => digit(one),
        _ => None,
    }
}

/// What a forum writes between whoever posted something and the time.
static POSTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("posts.tsv", 1).map(|row| row[0]).collect());

/// How words may be said, as a transcript puts it in brackets.
static ASIDES: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("asides.tsv", 1).map(|row| row[0]).collect());

fn is_aside(inside: &str) -> bool {
    inside.chars().count() <= 6 && ASIDES.iter().any(|aside| inside.contains(aside))
}
