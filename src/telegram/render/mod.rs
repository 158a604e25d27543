//! Messages: answers, places, lists, and plain lines, each within Telegram's limits, with their buttons.

mod answer;
mod inline;
mod keyboard;
mod list;
mod place;
mod records;

pub use answer::{answer, shown};
pub use inline::results;
pub use keyboard::{answer_buttons, choice, example_buttons, fault_buttons, language_buttons, place_buttons};
pub use list::list;
pub use place::place;
pub use records::{deed_lines, feedback_lines, verdict_lines};

use super::rich::{LONGEST_MESSAGE, Rich};

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
