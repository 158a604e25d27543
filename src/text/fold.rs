//! Folding of width and script: one character becomes one, so that what is found in the folded text is found
//! in the original too.
//!
//! Folded text is what rules and the index look at; what is quoted is always the original.

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

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let script: HashMap<char, char> = rows(include_str!("script.tsv"))
        .filter_map(|row| Some((row.first()?.chars().next()?, row.get(1)?.chars().next()?)))
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

/// The folded text: as many characters as `text` has.
pub fn fold_str(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// A text folded for the rules to read, with the way back to the original. A half-width full stop that ends a Chinese
/// sentence becomes 。.
#[derive(Debug)]
pub struct Folded {
    text: String,
    /// For each byte of `text` the byte of the original where its character begins, and one more for the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `original`, which begins at byte `offset` of its file.
    pub fn new(original: &str, offset: usize) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len() + 1);
        let mut before = None;
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let behind = chars.peek().map(|(_, next)| *next);
            let ends_sentence = c == '.' && before.is_some_and(is_han) && behind.is_none_or(may_begin_sentence);
            text.push(if ends_sentence { '。' } else { fold_char(c) });
            before = Some(c);
            origin.resize(text.len(), (offset + at) as u32);
        }
        origin.push((offset + original.len()) as u32);
        Folded { text, origin }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a span of the folded text stands in the file.
    pub fn original(&self, span: Span) -> Span {
        let at = |byte: usize| self.origin[byte.min(self.origin.len() - 1)] as usize;
        Span::new(at(span.start()), at(span.end()))
    }
}

fn is_han(c: char) -> bool {
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
    fn width_and_script_are_folded() {
        assert_eq!(
            fold_str("「A型１２３\u{ff0c}統戰部長說\u{ff1a}好\u{ff01}」"),
            "“A型123,统战部长说:好!”"
        );
        assert_eq!(fold_str("乾县"), "乾县");
    }

    proptest! {
        #[test]
        fn folding_keeps_characters_apart_and_is_stable(text in "\\PC{0,200}", offset in 0usize..50) {
            let folded = Folded::new(&text, offset);
            prop_assert_eq!(fold_str(folded.text()), folded.text());
            for ((at, c), (from, original)) in folded.text().char_indices().zip(text.char_indices()) {
                let span = folded.original(Span::new(at, at + c.len_utf8()));
                prop_assert_eq!(span, Span::new(from, from + original.len_utf8()).shifted(offset));
            }
            prop_assert_eq!(folded.text().chars().count(), text.chars().count());
        }
    }
}
