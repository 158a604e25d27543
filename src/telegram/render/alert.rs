//! What is new of what a chat watches: by watch and by how it has to do with it.

use super::keyboard::button;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::super::button::{Button, View};
use super::super::records::{Alert, AlertCard, WatchId, Watched};
use super::super::rich::{LONGEST_MESSAGE, Rich};
use crate::text::read_on;
use crate::wording::{Label, Lang, alert_head, alert_more, label, short, watch_none, watch_way, watches_head};

/// Buttons of a row.
const ROW: usize = 5;
/// Room that is kept for the last line, in UTF-16 units.
const LAST: usize = 200;
/// Longest words of a watch on a button, in characters.
const LONGEST_NAME: usize = 24;

/// The message, its buttons, and what stands behind them.
pub fn alert(alert: &Alert, lang: Lang) -> (Rich, InlineKeyboardMarkup, AlertCard) {
    let mut message = Rich::default();
    message.text(&alert_head(lang));
    let mut card = AlertCard {
        shown: Vec::new(),
        asks: Vec::new(),
    };
    let mut heading = None;
    for found in &alert.found {
        let mut block = Rich::default();
        if heading != Some((&found.words, found.way)) {
            block
                .text("\n\n")
                .bold(&watch_way(lang, &short(&found.words), found.way));
        }
        block
            .text(&format!("\n{}. ", card.shown.len() + 1))
            .bold(&found.shown.speaker)
            .text("\n");
        let mut words = Rich::default();
        words.text(&read_on(&found.shown.text));
        block.blockquote(&words, false).text("\n").italic(&found.shown.source);
        if message.units() + block.units() + LAST > LONGEST_MESSAGE {
            break;
        }
        message.append(&block);
        heading = Some((&found.words, found.way));
        card.shown.push(found.shown.clone());
        if !card.asks.contains(&found.words) {
            card.asks.push(found.words.clone());
        }
    }
    let more = alert.more + alert.found.len() - card.shown.len();
    if more > 0 {
        message.text("\n\n").text(&alert_more(lang, more));
    }
    let places: Vec<InlineKeyboardButton> = (0..card.shown.len())
        .map(|index| button(&format!("📄 {}", index + 1), Button::Place(View::default(), index)))
        .collect();
    let mut rows: Vec<Vec<InlineKeyboardButton>> = places.chunks(ROW).map(<[_]>::to_vec).collect();
    if more > 0 {
        rows.extend(
            card.asks
                .iter()
                .enumerate()
                .map(|(index, words)| vec![button(&name(words), Button::Example(index))]),
        );
    }
    rows.push(vec![button(label(lang, Label::Watches), Button::Watches)]);
    (message, InlineKeyboardMarkup::new(rows), card)
}

/// What a chat watches, with a button for each to end it.
pub fn watches(all: &[(WatchId, Watched)], lang: Lang) -> (Rich, Option<InlineKeyboardMarkup>) {
    let mut message = Rich::default();
    if all.is_empty() {
        message.text(&watch_none(lang));
        return (message, None);
    }
    message.bold(&watches_head(lang));
    for (number, (_, watched)) in all.iter().enumerate() {
        message.text(&format!("\n{}. {}", number + 1, short(&watched.words)));
    }
    let rows = all.iter().map(|(id, watched)| vec![off_button(*id, watched)]);
    (message, Some(InlineKeyboardMarkup::new(rows)))
}

/// Ends a watch.
pub fn off_button(id: WatchId, watched: &Watched) -> InlineKeyboardButton {
    button(&format!("🔕 {}", name(&watched.words)), Button::Unwatch(id))
}

fn name(words: &str) -> String {
    words.chars().take(LONGEST_NAME).collect()
}
