//! When and where a meeting was held: the stretch of its report that says so.

use chrono::Datelike;

use super::evidence::Evidence;
use super::quote::quote;
use super::respond::Limits;
use super::summary::passages;
use super::window::{Window, best_window};
use super::{Quote, meetings};
use crate::index::{IndexError, Snapshot};
use crate::question::{Question, Want};

/// Where the report of the meeting that a question asks for, and of which it asks nothing else, says when or where it
/// was held; `None` where it doesn't say so in its own words.
pub fn held(snapshot: &Snapshot, question: &Question, limits: Limits) -> Result<Option<Quote>, IndexError> {
    if !matches!(question.want, Want::When | Want::Where) || !meetings::is_of_meeting_alone(question) {
        return Ok(None);
    }
    let (files, _) = meetings::meant(snapshot, question);
    let Some(entry) = files.first().and_then(|file| snapshot.catalogue().file(file)) else {
        return Ok(None);
    };
    let told: Vec<String> = match (question.want, entry.dates(), entry.place()) {
        // Where no year is known a day is known all the same: how the report begins says it.
        (Want::When, None, _) => ["召开", "举行", "举办", "会议"].map(str::to_owned).to_vec(),
        (Want::When, Some(dates), _) => {
            let day = dates.start();
            vec![format!("{}月{}日", day.month(), day.day()), day.to_string()]
        }
        (Want::Where, _, Some(place)) => vec![place.to_owned()],
        _ => return Ok(None),
    };
    let evidence = Evidence::of_words(told);
    for hit in passages(snapshot, &files)? {
        let text = &hit.passage.text;
        let found = evidence.occurrences(text);
        for said in hit.passage.remarks.iter().filter(|said| !said.voice.is_spoken()) {
            let window = best_window(text, said.span, &evidence, &found, question.want, limits.quote_chars);
            let dated = |window: &Window| {
                let words = window.span.of(text);
                entry.dates().is_some() || question.want != Want::When || (words.contains('月') && words.contains('日'))
            };
            if let Some(window) = window.filter(|window| window.set != 0 && dated(window)) {
                return Ok(Some(quote(&hit, said, window.span, &evidence, 1.0, snapshot)));
            }
        }
    }
    Ok(None)
}
