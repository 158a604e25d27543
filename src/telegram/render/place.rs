//! Where a quote stands: the lines of its report around it, with the quote in bold.

use super::super::records::Shown;
use super::super::rich::{LONGEST_MESSAGE, Rich};
use crate::answer::Excerpt;
use crate::wording::{Lang, place_head};

/// The message that shows a quote in its place.
pub fn place(shown: &Shown, excerpt: &Excerpt, lang: Lang) -> Rich {
    let mut head = Rich::default();
    head.text(&place_head(lang))
        .text("\n")
        .bold(&shown.speaker)
        .text("\n")
        .italic(&shown.source)
        .text("\n");
    let (start, end) = (excerpt.quote.start(), excerpt.quote.end());
    let is_markdown = shown.file.to_lowercase().ends_with(".md");
    let around = |text: &str| match is_markdown {
        true => without_marks(text),
        false => text.to_owned(),
    };
    let mut words = Rich::default();
    words
        .text(&around(&excerpt.text[..start]))
        .bold(&excerpt.text[start..end])
        .text(&around(&excerpt.text[end..]));
    let before = if excerpt.cut.0 { "…\n" } else { "" };
    let behind = if excerpt.cut.1 { "\n…" } else { "" };
    let mut message = head.clone();
    message.text(before).blockquote(&words, false).text(behind);
    if message.units() <= LONGEST_MESSAGE {
        return message;
    }
    // The neighbours are more than a message: the quote by itself.
    let mut quote = Rich::default();
    quote.bold(&excerpt.text[start..end]);
    head.blockquote(&quote, false);
    head
}

/// A stretch of a Markdown file without the marks of headings, and without lines that are drawn.
fn without_marks(text: &str) -> String {
    let is_drawn = |line: &str| {
        let line = line.trim();
        line.len() >= 3
            && ["-", "*", "_"]
                .iter()
                .any(|mark| line.replace(mark, "").trim().is_empty())
    };
    let lines: Vec<&str> = text
        .split('\n')
        .filter(|line| !is_drawn(line))
        .map(|line| {
            let bare = line.trim_start_matches('#');
            let depth = line.len() - bare.len();
            match bare.strip_prefix(' ') {
                Some(heading) if (1..=6).contains(&depth) => heading.trim_start(),
                _ => line,
            }
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_are_not_shown_and_words_are() {
        let text = "## 一、修路\n\n---\n#话题 不是标题\n- 先修路\n* * *\n完";
        assert_eq!(without_marks(text), "一、修路\n\n#话题 不是标题\n- 先修路\n完");
    }
}
