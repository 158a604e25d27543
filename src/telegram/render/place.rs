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
    let mut words = Rich::default();
    words
        .text(&excerpt.text[..start])
        .bold(&excerpt.text[start..end])
        .text(&excerpt.text[end..]);
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
