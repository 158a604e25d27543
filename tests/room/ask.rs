//! A question asked of a room on a day, after others.

use chrono::NaiveDate;
use huiwen::answer::Answer;
use huiwen::question::Asked;

use crate::room::Room;

/// What the room answers on 9 October 2026.
pub fn ask(room: &Room, question: &str, after: &[&str]) -> Answer {
    let after: Vec<String> = after.iter().map(|one| (*one).to_owned()).collect();
    let day = NaiveDate::from_ymd_opt(2026, 10, 9).unwrap();
    room.answer(&Asked::new(question, &after).on(day), 200)
}

/// The words that an answer quotes, a line each.
pub fn texts(answer: &Answer) -> String {
    let texts: Vec<&str> = answer.quotes().iter().map(|quote| quote.text.as_str()).collect();
    texts.join("\n")
}
