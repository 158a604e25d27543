//! Folding of width and script, one character to one, and of what nobody reads to nothing; each folded character knows
//! where it stands in the original, so that what is found in the folded text is found there too.
//!
//! Folded text is what rules and the index look at; what is quoted is always the original.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::span::Span;
use super::table::rows;

/// How many characters the table covers: the basic plane, in which almost all text is.
const BASIC: u32 = 0x1_0000;

/// The form of each character: a table for the basic plane, since every character of every file is looked up.
struct Forms {
    basic: Vec<char>,
    beyond: HashMap<char, char>,
}

/// The one character of a cell.
fn only(cell: &str) -> Option<char> {
    let mut chars = cell.chars();
    chars.next().filter(|_| chars.next().is_none())
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let script: HashMap<char, char> = rows!("script.tsv", 2)
        .map(|row| match (only(row[0]), only(row[1])) {
            (Some(c), Some(form)) => (c, form),
            _ => row.wrong("no character and its form"),
        })
        .collect();
    let form = |c: char| script.get(&c).copied().unwrap_or_else(|| half_width(c));
    Forms {
        // Surrogates are no characters: their places are never asked for.
        basic: (0..BASIC)
            .map(|code| char::from_u32(code).map_or('\u{fffd}', form))
            .collect(),
        beyond: script
            .iter()
            .filter(|(c, _)| **c as u32 >= BASIC)
            .map(|(c, to)| (*c, *to))
            .collect(),
    }
});

/// The form of `c` that rules compare: half width, simplified, one style of quotation mark.
#[inline]
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    match FORMS.basic.get(c as usize) {
        Some(form) => *form,
        None => FORMS.beyond.get(&c).copied().unwrap_or(c),
    }
}

fn half_width(c: char) -> char {
    match c {
        // Full-width ASCII stands 0xFEE0 above ASCII itself.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '「' | '﹁' => '“',
        '」' | '﹂' => '”',
        '『' | '﹃' => '‘',
        '』' | '﹄' => '’',
        '〇' | '○' => '零',
        '•' | '‧' | '・' | '･' => '·',
        '–' | '―' | '─' => '—',
        _ => c,
    }
}

/// The form of a name or a short text that rules compare: folded, without what nobody reads (see [`Folded`]).
pub fn fold_str(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_kept(text, 0, &[], |_, _, c| folded.push(fold_char(c)));
    folded
}

/// A whole file folded character by character: line breaks stay, so that no word reaches over two lines.
pub fn fold_lines(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).map(fold_char).collect()
}

/// The characters of a name or an office as they stand, without what nobody reads in them: line breaks of a page,
/// invisible characters, and spaces that pad a short name (王　静).
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    each_kept(text, 0, &[], |_, _, c| plain.push(c));
    plain
}

/// Words as they are shown where they read on: a line break inside a paragraph is nothing, or a space between two words in
/// Latin letters. No other character changes.
pub fn read_on(text: &str) -> Cow<'_, str> {
    if !text.contains(is_line_break) {
        return Cow::Borrowed(text);
    }
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
    let mut shown = String::with_capacity(text.len());
    for line in text.split(is_line_break) {
        // Blanks at the very ends are the caller's.
        let line = if shown.is_empty() { line } else { line.trim_start() };
        let before = shown.trim_end();
        if is_latin(before.chars().next_back()) && is_latin(line.chars().next()) {
            shown.truncate(before.len());
            shown.push(' ');
        } else if !line.is_empty() {
            shown.truncate(before.len());
        }
        shown.push_str(line);
    }
    Cow::Owned(shown)
}

/// A stretch of a file folded for the rules to read, with the way back to the original.
///
/// What a reader of the page doesn't see is not in it: invisible characters, line breaks inside a paragraph, spaces
/// between all characters (白 水 县) or inside a padded name (王　静), and the holes that the caller names (marks, page
/// numbers). A half-width full stop that ends a Chinese sentence becomes 。.
#[derive(Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text` where its character begins in the original, and where it ends.
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Where the original ends.
    end: u32,
}

impl Folded {
    /// Folds `original`, which begins at byte `offset` of its file.
    pub fn new(original: &str, offset: usize) -> Self {
        Self::make(original, offset, &[])
    }

    /// Folds the stretch `span` of `text` without the `holes` in it; these are in order and lie apart.
    pub fn without(text: &str, span: Span, holes: &[Span]) -> Self {
        let first = holes.partition_point(|hole| hole.end() <= span.start());
        let inside = holes[first..]
            .iter()
            .take_while(|hole| hole.start() < span.end())
            .count();
        Self::make(span.of(text), span.start(), &holes[first..first + inside])
    }

    fn make(original: &str, offset: usize, holes: &[Span]) -> Self {
        let mut folded = Folded {
            text: String::with_capacity(original.len()),
            starts: Vec::with_capacity(original.len()),
            ends: Vec::with_capacity(original.len()),
            end: (offset + original.len()) as u32,
        };
        // The character before, with where it ends: a full stop is told by its neighbours.
        let mut before = None;
        let mut stop: Option<usize> = None;
        each_kept(original, offset, holes, |at, behind, c| {
            if let Some(place) = stop.take()
                && may_begin_sentence(c)
            {
                folded.end_sentence(place);
            }
            if c == '.' && before.is_some_and(is_han) {
                stop = Some(folded.text.len());
            }
            let form = fold_char(c);
            folded.text.push(form);
            // One by one, which is a store each: they are one to four.
            for _ in 0..form.len_utf8() {
                folded.starts.push(at as u32);
                folded.ends.push(behind as u32);
            }
            before = Some(c);
        });
        if let Some(place) = stop {
            folded.end_sentence(place);
        }
        folded
    }

    /// Makes the half-width full stop at byte `place` a full one.
    fn end_sentence(&mut self, place: usize) {
        self.text.replace_range(place..place + 1, "。");
        let more = '。'.len_utf8() - 1;
        let (start, end) = (self.starts[place], self.ends[place]);
        self.starts.splice(place..place, std::iter::repeat_n(start, more));
        self.ends.splice(place..place, std::iter::repeat_n(end, more));
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a span of the folded text stands in the file: from its first character to its last.
    pub fn original(&self, span: Span) -> Span {
        let start = self.starts.get(span.start()).copied().unwrap_or(self.end);
        let end = match span.is_empty() {
            true => start,
            false => self.ends.get(span.end() - 1).copied().unwrap_or(self.end),
        };
        Span::new(start as usize, end as usize)
    }

    /// The folded characters that stand in a span of the file: 2025年9月19日 of a line with spaces between all characters,
    /// which by themselves may be too few to tell that.
    pub fn piece(&self, span: Span) -> &str {
        let byte = |place: usize| self.starts.partition_point(|start| (*start as usize) < place);
        // The bytes of one character all know the same start: neither end is inside one.
        &self.text[byte(span.start())..byte(span.end())]
    }

    /// The characters of a span as they stand in `file`, the text that was folded, without what nobody reads.
    pub fn words(&self, span: Span, file: &str) -> String {
        plain(self.original(span).of(file))
    }
}

/// A character that is not seen and belongs to no word.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}'
    )
}

/// Calls `keep` with each character that a reader of the page reads, in order: where it stands in the file, from and to,
/// and the character itself.
fn each_kept(original: &str, offset: usize, holes: &[Span], mut keep: impl FnMut(usize, usize, char)) {
    // Most text has nothing to leave out.
    if holes.is_empty() && !original.contains(|c: char| is_gap(c) || is_invisible(c)) {
        for (at, c) in original.char_indices() {
            keep(offset + at, offset + at + c.len_utf8(), c);
        }
        return;
    }
    let mut holes = holes.iter().peekable();
    let seen: Vec<(usize, char)> = original
        .char_indices()
        .map(|(at, c)| (offset + at, c))
        .filter(|(at, c)| {
            while holes.next_if(|hole| hole.end() <= *at).is_some() {}
            !is_invisible(*c) && !holes.peek().is_some_and(|hole| hole.holds(*at))
        })
        .collect();
    let spaced = is_spaced(&seen);
    // The width of the gap before the last character, if it was closed as a name's padding.
    let mut padding = None;
    let mut index = 0;
    while let Some((at, c)) = seen.get(index).copied() {
        if !is_gap(c) {
            keep(at, at + c.len_utf8(), c);
            index += 1;
            continue;
        }
        let run = seen[index..].iter().take_while(|(_, c)| is_gap(*c)).count();
        let gap = Gap {
            seen: &seen,
            from: index,
            to: index + run,
        };
        let closed = gap.is_padding(padding);
        padding = closed.then(|| gap.width());
        if gap.breaks_line() {
            if gap.parts_words() {
                keep(at, at + c.len_utf8(), ' ');
            }
        } else if !(closed || spaced && run == 1) {
            for (at, c) in &seen[gap.from..gap.to] {
                keep(*at, at + c.len_utf8(), *c);
            }
        }
        index += run;
    }
}

/// A run of white space between characters that are seen.
struct Gap<'s> {
    seen: &'s [(usize, char)],
    from: usize,
    to: usize,
}

impl Gap<'_> {
    fn before(&self, count: usize) -> Option<char> {
        self.seen.get(self.from.checked_sub(count)?).map(|(_, c)| *c)
    }

    fn behind(&self, count: usize) -> Option<char> {
        self.seen.get(self.to + count - 1).map(|(_, c)| *c)
    }

    fn breaks_line(&self) -> bool {
        self.seen[self.from..self.to].iter().any(|(_, c)| is_line_break(*c))
    }

    /// Whether a line break stands for a space: between two words in Latin letters.
    fn parts_words(&self) -> bool {
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && (c as u32) < 0x2e80);
        is_latin(self.before(1)) && self.behind(1).is_some_and(|c| (c as u32) < 0x2e80)
            || is_latin(self.behind(1)) && self.before(1).is_some_and(|c| (c as u32) < 0x2e80)
    }

    /// In characters.
    fn width(&self) -> usize {
        self.to - self.from
    }

    /// Whether the gap pads a short name: a Chinese character alone on each side. In a row of such gaps (主 持 人) all
    /// are of one width.
    fn is_padding(&self, last: Option<usize>) -> bool {
        let alone = |c: Option<char>, beyond: Option<char>| c.is_some_and(is_han) && !beyond.is_some_and(is_han);
        let narrow = self.width() <= WIDEST_PADDING && !self.seen[self.from..self.to].iter().any(|(_, c)| *c == '\t');
        narrow
            && alone(self.before(1), self.before(2))
            && alone(self.behind(1), self.behind(2))
            && last.is_none_or(|width| width == self.width() || !self.before(2).is_some_and(is_gap))
    }
}

/// Most blanks that pad a name of two characters.
const WIDEST_PADDING: usize = 4;

/// Whether nearly each character has a space of its own behind it, as some programs copy pages.
fn is_spaced(seen: &[(usize, char)]) -> bool {
    let (mut chars, mut spaces) = (0usize, 0usize);
    for pair in seen.windows(2) {
        let (c, next) = (pair[0].1, pair[1].1);
        chars += usize::from(!is_gap(c));
        spaces += usize::from(is_han(c) && matches!(next, ' ' | '\u{3000}' | '\u{a0}'));
    }
    let han = seen.iter().filter(|(_, c)| is_han(*c)).count();
    han >= FEWEST_SPACED && spaces * 10 >= han * 8 && chars >= han
}

/// Fewest Chinese characters by which spaces between all of them are told.
const FEWEST_SPACED: usize = 4;

fn is_gap(c: char) -> bool {
    c.is_whitespace()
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether `c` is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// What may follow a full stop in half width behind a Chinese character, so that it is no decimal point and no dot of
/// an abbreviation.
fn may_begin_sentence(c: char) -> bool {
    is_han(c) || c.is_whitespace() || matches!(c, '"' | '”' | '“' | '」' | '』' | ')' | '）')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_piece_is_folded_as_its_line_is() {
        let line = "时 间 ： 2 0 2 5 年 9 月 1 9 日";
        let folded = Folded::new(line, 7);
        let colon = line.find('：').unwrap() + '：'.len_utf8();
        assert_eq!(folded.piece(Span::new(7 + colon, 7 + line.len())), "2025年9月19日");
        assert_eq!(folded.piece(Span::new(7, 7)), "");
    }

    #[test]
    fn width_and_script_are_folded() {
        assert_eq!(
            fold_str("「A型１２３\u{ff0c}統戰部長說\u{ff1a}好\u{ff01}」"),
            "“A型123,统战部长说:好!”"
        );
        assert_eq!(fold_str("乾县"), "乾县");
    }

    #[test]
    fn what_nobody_reads_is_left_out() {
        assert_eq!(fold_str("段\u{200b}文谦说\u{feff}:上半\u{ad}年"), "段文谦说:上半年");
        assert_eq!(fold_str("县卫生\n健康局"), "县卫生健康局");
        assert_eq!(fold_str("the new\n  line"), "the new line");
        assert_eq!(fold_str("白 水 县 2 0 2 5 年 , 开 会 。"), "白水县2025年,开会。");
        assert_eq!(fold_str("王　静:李建平、赵  强(局长)"), "王静:李建平、赵强(局长)");
        assert_eq!(fold_str("主 持 人:张 三  李 四"), "主持人:张三  李四");
        assert_eq!(fold_str("武 大伟 文 静怡"), "武 大伟 文 静怡");
        assert_eq!(read_on("卫生\n  健康局, the new\nline"), "卫生健康局, the new line");
        assert_eq!(plain("段 文\u{200b}謙"), "段 文謙");
    }

    #[test]
    fn full_stops_in_half_width_end_sentences() {
        assert_eq!(
            Folded::new("公墓完工.再修路3.5公里.", 0).text(),
            "公墓完工。再修路3.5公里。"
        );
        assert_eq!(Folded::new("见a.txt", 0).text(), "见a.txt");
    }

    #[test]
    fn holes_are_stepped_over() {
        let text = "六月底前\n— 2 —\n完工。";
        let hole = text.find("— 2 —").unwrap();
        let folded = Folded::without(text, Span::new(0, text.len()), &[Span::new(hole, hole + "— 2 —".len())]);
        assert_eq!(folded.text(), "六月底前完工。");
        let span = folded.original(Span::new("六月".len(), "六月底前完".len()));
        assert_eq!(span.of(text), "底前\n— 2 —\n完");
    }

    proptest! {
        #[test]
        fn each_folded_character_knows_where_it_stands(text in "[县王a1 .\n\u{3000}\u{200b}。\u{ff0c}“]{0,80}|\\PC{0,200}", offset in 0usize..50) {
            let folded = Folded::new(&text, offset);
            prop_assert_eq!(fold_str(folded.text()), folded.text());
            let mut behind = offset;
            for (at, c) in folded.text().char_indices() {
                let span = folded.original(Span::new(at, at + c.len_utf8()));
                prop_assert!(span.start() >= behind);
                let left_out = &text[behind - offset..span.start() - offset];
                prop_assert!(left_out.chars().all(|c| is_gap(c) || is_invisible(c)), "{:?}", left_out);
                let there = text[span.start() - offset..span.end() - offset].chars().next().unwrap();
                prop_assert!(fold_char(there) == c || c == '。' && there == '.' || c == ' ' && is_gap(there));
                behind = span.end();
            }
        }
    }
}
