//! Tokens of content streams and of CMaps: both are written in the same small part of PostScript.
//!
//! A reader of its own, because it must go on behind anything that is broken, where a strict parser gives the rest up.

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'b> {
    Number(f64),
    /// `/Name`, without the slash.
    Name(Vec<u8>),
    /// `(text)` or `<74657874>`.
    Text(Vec<u8>),
    ArrayStart,
    ArrayEnd,
    DictStart,
    DictEnd,
    /// An operator.
    Word(&'b [u8]),
}

/// The tokens of `bytes`, in order.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Whether the end of an inline image may still be found: with white space before it, and at all.
    has_spaced_ends: bool,
    has_image_ends: bool,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Tokens {
            bytes,
            at: 0,
            has_spaced_ends: true,
            has_image_ends: true,
        }
    }

    /// Where the next token is looked for.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes behind an inline image whose `BI` was just read: its bytes are no tokens.
    pub(super) fn skip_inline_image(&mut self) {
        if !self.has_image_ends {
            return;
        }
        let Some(data) = self.behind(b"ID", self.at, true) else {
            self.has_image_ends = false;
            return;
        };
        let spaced = self.has_spaced_ends.then(|| self.image_end(data, true)).flatten();
        // Some writers leave out the white space before `EI`. Where none is found, the image is read as tokens: rather noise
        // than the rest of the page lost.
        let end = spaced.or_else(|| self.image_end(data, false));
        self.at = end.unwrap_or(data);
        // What was not found from here is not further on either: each search would go to the end once more.
        self.has_spaced_ends = spaced.is_some();
        self.has_image_ends = end.is_some();
    }

    fn image_end(&self, data: usize, is_spaced: bool) -> Option<usize> {
        let mut at = data;
        loop {
            at = self.behind(b"EI", at, is_spaced)?;
            if self.is_text_from(at) {
                return Some(at);
            }
        }
    }

    /// Behind the next `word` that white space follows, and precedes if `is_spaced`.
    fn behind(&self, word: &[u8], from: usize, is_spaced: bool) -> Option<usize> {
        let rest = self.bytes.get(from..)?;
        let is_white_at = |at: usize| self.bytes.get(at).is_none_or(|byte| is_white(*byte));
        let places = rest
            .windows(word.len())
            .enumerate()
            .filter(|(_, window)| *window == word);
        places.map(|(at, _)| from + at).find_map(|at| {
            let is_begun = !is_spaced || at.checked_sub(1).is_none_or(is_white_at);
            (is_begun && is_white_at(at + word.len())).then_some(at + word.len())
        })
    }

    /// Whether what follows looks like operators, not like the samples of an image.
    fn is_text_from(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default();
        rest.iter()
            .take(12)
            .all(|b| matches!(b, b'\t' | b'\n' | b'\r' | b' '..0x7f))
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_white(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn regular(&mut self) -> &'b [u8] {
        let start = self.at;
        while self.peek().is_some_and(|b| !is_white(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.regular();
        let mut out = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((&byte, behind)) = rest.split_first() {
            rest = behind;
            if let (b'#', [high, low, behind @ ..]) = (byte, behind)
                && let (Some(high), Some(low)) = (hex(*high), hex(*low))
            {
                out.push(high << 4 | low);
                rest = behind;
                continue;
            }
            out.push(byte);
        }
        out
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 1usize;
        while let Some(byte) = self.take() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    out.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            out.push(byte);
        }
        out
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<u8> {
        match self.take()? {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'\n' => None,
            digit @ b'0'..=b'7' => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => value = value * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                Some((value & 0xff) as u8)
            }
            other => Some(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut high = None;
        while let Some(byte) = self.take() {
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                None => high = Some(digit),
                Some(first) => out.push(first << 4 | digit),
            }
        }
        out.extend(high.map(|first| first << 4));
        out
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            self.skip_white();
            let byte = self.peek()?;
            if !is_delimiter(byte) {
                let word = self.regular();
                return Some(number(word).map_or(Token::Word(word), Token::Number));
            }
            self.at += 1;
            let doubled = self.peek() == Some(byte);
            return Some(match byte {
                b'/' => Token::Name(self.name()),
                b'(' => Token::Text(self.literal()),
                b'<' if doubled => {
                    self.at += 1;
                    Token::DictStart
                }
                b'<' => Token::Text(self.hexadecimal()),
                b'>' if doubled => {
                    self.at += 1;
                    Token::DictEnd
                }
                b'[' => Token::ArrayStart,
                b']' => Token::ArrayEnd,
                // A brace or a lonely bracket: broken, or PostScript that says nothing here.
                _ => continue,
            });
        }
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn hex(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|digit| digit as u8)
}

/// A number as PDF writes it; `--5` and `1.-2` occur in the wild and are read as far as they are numbers.
fn number(word: &[u8]) -> Option<f64> {
    let first = *word.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    let plain = text.trim_start_matches('+').replace("--", "-");
    let end = plain
        .char_indices()
        .position(|(at, c)| !(c.is_ascii_digit() || c == '.' || (c == '-' && at == 0)));
    let plain = end.and_then(|end| plain.get(..end)).unwrap_or(&plain);
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<Token<'_>> {
        Tokens::new(text).collect()
    }

    #[test]
    fn strings_have_escapes_and_nest() {
        assert_eq!(
            all(br"(a\(b(c)\061\\) <4e2>"),
            [Token::Text(b"a(b(c)1\\".to_vec()), Token::Text(vec![0x4e, 0x20])]
        );
    }

    #[test]
    fn numbers_and_names_are_told_from_operators() {
        assert_eq!(
            all(b"/F#31 -.5 Tf --3 T*"),
            [
                Token::Name(b"F1".to_vec()),
                Token::Number(-0.5),
                Token::Word(b"Tf"),
                Token::Number(-3.0),
                Token::Word(b"T*"),
            ]
        );
    }

    #[test]
    fn the_samples_of_an_inline_image_are_no_tokens() {
        let mut tokens = Tokens::new(b"BI /W 1 ID \xff EI \x00(\xfe EI Q");
        assert_eq!(tokens.next(), Some(Token::Word(b"BI")));
        tokens.skip_inline_image();
        assert_eq!(tokens.next(), Some(Token::Word(b"Q")));
    }
}
