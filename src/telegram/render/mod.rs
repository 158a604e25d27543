//! Messages: answers, places, lists, and plain lines, each within Telegram's limits, with their buttons.

mod alert;
mod answer;
mod inline;
mod keyboard;
mod list;
mod place;
mod records;
mod survey;

pub use alert::{alert, off_button, watches};
pub use answer::{answer, shown};
pub use inline::{results, shared};
pub use keyboard::{
    answer_buttons, choice, example_buttons, fault_buttons, language_buttons, place_buttons, quote_rows,
    refusal_buttons, settings_buttons,
};
pub use list::list;
pub use place::place;
pub use records::{deed_lines, feedback_lines, verdict_lines};
pub use survey::{profile, topic};

use super::rich::{LONGEST_MESSAGE, Rich};

/// Lines of plain words in as many messages as they take; a line that is longer than a message is cut.
pub fn pages(lines: &[String]) -> Vec<Rich> {
    let mut pages = vec![Rich::default()];
    for line in lines {
        let line: String = line.chars().take(LONGEST_LINE).collect();
        let units = line.encode_utf16().count() + 1;
        if pages.last().is_some_and(|page| page.units() + units > LONGEST_MESSAGE) {
            pages.push(Rich::default());
        }
        if let Some(page) = pages.last_mut() {
            let gap = if page.is_empty() { "" } else { "\n" };
            page.text(gap).text(&line);
        }
    }
    pages
}

/// Longest line of a message, in characters.
const LONGEST_LINE: usize = 1000;

/// Lines of plain words, as many as fit.
pub fn lines(lines: &[String]) -> Rich {
    let mut message = Rich::default();
    for line in lines {
        let gap = if message.is_empty() { "" } else { "\n" };
        let units = line.encode_utf16().count();
        if message.units() + gap.len() + units > LONGEST_MESSAGE {
            break;
        }
        message.text(gap).text(line);
    }
    message
}
