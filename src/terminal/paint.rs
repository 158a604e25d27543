//! Colours, where the output is a terminal; and text that cannot command one.

use crate::settings::Color;

/// Whether colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// ANSI colours, for people.
    Ansi,
    /// None: pipes, files, tests.
    Plain,
}

/// A colour or a weight, by what it marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// What matched.
    Strong,
    /// What stands beside the matter.
    Faint,
    /// What is quoted, where it stands.
    Quote,
    /// All else.
    Plain,
    /// One of [`SPEAKERS`] colours.
    Speaker(usize),
}

/// How many speakers have colours of their own before they begin again.
pub const SPEAKERS: usize = 6;

impl Paint {
    /// As the user wants it; by itself, colours where standard output is a terminal, unless `NO_COLOR` was set, which the caller
    /// looks up.
    pub fn for_stdout(color: Color, no_color: bool) -> Paint {
        use std::io::IsTerminal;
        let wanted = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stdout().is_terminal() && !no_color,
        };
        if wanted { Paint::Ansi } else { Paint::Plain }
    }

    /// `text` in that ink, made safe.
    pub fn ink(self, ink: Ink, text: &str) -> String {
        let text = safe(text);
        match (self, ink) {
            (Paint::Plain, _) | (_, Ink::Plain) => text,
            (Paint::Ansi, Ink::Quote) => format!("\u{1b}[7m{text}\u{1b}[27m"),
            (Paint::Ansi, Ink::Strong) => format!("\u{1b}[1m{text}\u{1b}[22m"),
            (Paint::Ansi, Ink::Faint) => format!("\u{1b}[2m{text}\u{1b}[22m"),
            (Paint::Ansi, Ink::Speaker(at)) => format!("\u{1b}[3{}m{text}\u{1b}[39m", at % SPEAKERS + 1),
        }
    }
}

/// `text` without characters that command a terminal: a knowledge file must not be able to. They are shown as the
/// pictures that Unicode has for them.
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
            '\u{7f}'..='\u{9f}' => '\u{2421}',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_cannot_command_the_terminal() {
        assert_eq!(safe("红\u{1b}[31m\u{9b}色\n"), "红\u{241b}[31m\u{2421}色\n");
        assert_eq!(Paint::Plain.ink(Ink::Strong, "路"), "路");
        assert_eq!(Paint::Ansi.ink(Ink::Strong, "路"), "\u{1b}[1m路\u{1b}[22m");
    }
}
