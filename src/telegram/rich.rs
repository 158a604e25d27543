//! Text with Telegram's few marks, kept as HTML and as plain words side by side. Whatever is put in is escaped, and
//! lengths count what Telegram counts: UTF-16 units after parsing.

use teloxide::types::UserId;

/// Most units of a message.
pub const LONGEST_MESSAGE: usize = 4096;

/// A message's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    html: String,
    plain: String,
    marks: usize,
}

impl Rich {
    /// The HTML to send.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The same words without marks, for when Telegram does not take the HTML.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    /// The words without marks, as many whole lines as fit into a message.
    pub fn plain_lines(&self) -> String {
        let mut fitting = String::new();
        let mut units = 0;
        for line in self.plain.split_inclusive('\n') {
            units += line.encode_utf16().count();
            if units > LONGEST_MESSAGE {
                break;
            }
            fitting.push_str(line);
        }
        fitting
    }

    /// Its length as Telegram counts.
    pub fn units(&self) -> usize {
        self.plain.encode_utf16().count()
    }

    /// How many marks it has: what is bold, in italics, a quotation.
    pub fn marks(&self) -> usize {
        self.marks
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Adds words as they are.
    pub fn text(&mut self, words: &str) -> &mut Rich {
        self.plain.push_str(words);
        escape(words, &mut self.html);
        self
    }

    /// Adds words in bold.
    pub fn bold(&mut self, words: &str) -> &mut Rich {
        self.wrapped("<b>", words, "</b>")
    }

    /// Adds words in italics.
    pub fn italic(&mut self, words: &str) -> &mut Rich {
        self.wrapped("<i>", words, "</i>")
    }

    /// Adds words that lead to a user.
    pub fn user(&mut self, user: UserId, words: &str) -> &mut Rich {
        self.wrapped(&format!("<a href=\"tg://user?id={user}\">"), words, "</a>")
    }

    /// Adds words that lead to an address.
    pub fn link(&mut self, to: &str, words: &str) -> &mut Rich {
        let mut address = String::new();
        escape(to, &mut address);
        self.wrapped(&format!("<a href=\"{address}\">"), words, "</a>")
    }

    /// Adds a quotation on lines of its own; one that can be folded is shown folded.
    pub fn blockquote(&mut self, inner: &Rich, folded: bool) -> &mut Rich {
        self.html.push_str(if folded {
            "<blockquote expandable>"
        } else {
            "<blockquote>"
        });
        self.marks += 1 + inner.marks;
        self.html.push_str(&inner.html);
        self.html.push_str("</blockquote>");
        self.plain.push_str(&inner.plain);
        self
    }

    /// Adds what `other` holds.
    pub fn append(&mut self, other: &Rich) -> &mut Rich {
        self.marks += other.marks;
        self.html.push_str(&other.html);
        self.plain.push_str(&other.plain);
        self
    }

    fn wrapped(&mut self, open: &str, words: &str, close: &str) -> &mut Rich {
        if !words.is_empty() {
            self.marks += 1;
            self.html.push_str(open);
            self.text(words);
            self.html.push_str(close);
        }
        self
    }
}

fn escape(words: &str, html: &mut String) {
    for c in words.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_put_in_becomes_markup() {
        let mut rich = Rich::default();
        rich.bold("<b>&\"").text("</blockquote>");
        assert_eq!(rich.html(), "<b>&lt;b&gt;&amp;&quot;</b>&lt;/blockquote&gt;");
        assert_eq!(rich.plain(), "<b>&\"</blockquote>");
    }

    #[test]
    fn lengths_are_those_of_utf16() {
        let mut rich = Rich::default();
        rich.text("县𠀀");
        assert_eq!(rich.units(), 3);
    }
}
