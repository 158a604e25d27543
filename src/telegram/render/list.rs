//! A list, page by page: as many entries as fit, with buttons to leaf through.

use super::keyboard::leaf_row;
use teloxide::types::InlineKeyboardMarkup;

use super::super::button::Button;
use super::super::request::List;
use super::super::rich::Rich;
use crate::wording::{Lang, nothing_yet};

/// Entries of a page.
const ENTRIES: usize = 10;
/// Longest entry in characters.
const LONGEST_ENTRY: usize = 300;

/// One page of a list, the nearest there is to the one asked for, and its buttons where there are several.
pub fn list(lang: Lang, of: List, head: &str, entries: &[String], page: usize) -> (Rich, Option<InlineKeyboardMarkup>) {
    let pages = entries.len().div_ceil(ENTRIES).max(1);
    let page = page.min(pages - 1);
    let mut message = Rich::default();
    message.bold(head);
    if entries.is_empty() {
        message.text("\n").text(&nothing_yet(lang));
    }
    let from = page * ENTRIES;
    for (index, entry) in entries.iter().enumerate().skip(from).take(ENTRIES) {
        let cut: String = entry.chars().take(LONGEST_ENTRY).collect();
        let rest = if cut.len() < entry.len() { "…" } else { "" };
        message.text(&format!("\n{}. {cut}{rest}", index + 1));
    }
    if pages == 1 {
        return (message, None);
    }
    let row = leaf_row(lang, page, pages, |to| Button::List(of, to));
    (message, Some(InlineKeyboardMarkup::new([row])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telegram::rich::LONGEST_MESSAGE;

    #[test]
    fn pages_are_leafed_through_to_their_ends() {
        let entries: Vec<String> = (0..25).map(|number| format!("{number}{}", "会".repeat(400))).collect();
        let (first, buttons) = list(Lang::Zh, List::Meetings, "会议", &entries, 0);
        assert!(first.units() <= LONGEST_MESSAGE && first.plain().contains("\n10. 9会"));
        assert_eq!(buttons.unwrap().inline_keyboard[0].len(), 2);
        let (middle, buttons) = list(Lang::Zh, List::Meetings, "会议", &entries, 1);
        assert!(middle.plain().contains("\n11. 10会"));
        assert_eq!(buttons.unwrap().inline_keyboard[0].len(), 3);
        let (last, _) = list(Lang::Zh, List::Meetings, "会议", &entries, 99);
        assert!(last.plain().contains("\n25. 24会"));
        assert_eq!(list(Lang::Zh, List::Meetings, "会议", &entries[..2], 0).1, None);
    }
}
