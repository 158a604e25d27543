//! An answer as lines: numbered quotes with who said them and where they stand, or why there are none.

use super::paint::{Ink, Paint, safe};
use crate::answer::{Answer, Body, Excerpt, Features, Kind, Quote};
use crate::text::read_on;
use crate::wording::{Lang, head_lines, refusal_lines, source_line, speaker_line, task_line};

/// The lines of an answer, without line ends.
pub fn answer_lines(answer: &Answer, lang: Lang, paint: Paint) -> Vec<String> {
    let mut lines: Vec<String> = head_lines(lang, answer).iter().map(|line| safe(line)).collect();
    match &answer.body {
        Body::Found { quotes, kind, .. } => {
            for (index, quote) in quotes.iter().enumerate() {
                if !lines.is_empty() {
                    lines.push(String::new());
                }
                lines.extend(quote_lines(index + 1, quote, *kind, lang, paint));
            }
        }
        Body::NoAnswer(refusal) => lines.extend(refusal_lines(lang, refusal).iter().map(|line| safe(line))),
    }
    lines
}

/// The plan that led to an answer: each look-up, why it was made, what it found, and what the scores of
/// its quotes are made of.
pub fn plan_lines(answer: &Answer) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, looked) in answer.plan.iter().enumerate() {
        let (look, why, quotes) = (looked.look, looked.why, looked.quotes);
        let mark = if looked.answers { " → the answer" } else { "" };
        lines.push(format!(
            "{}. {look:?}: {why}: {quotes} quotes, coverage {:.2}{mark}",
            index + 1,
            looked.coverage
        ));
        lines.push(format!("   asked: {}", looked.asked));
        for (quote, Features(adds)) in looked.scores.iter().enumerate().filter(|(_, made)| !made.0.is_empty()) {
            let sum: f32 = adds.iter().map(|(_, adds)| adds).sum();
            let made: Vec<String> = adds.iter().map(|(name, adds)| format!("{name} {adds:+.2}")).collect();
            lines.push(format!("   quote {}: {sum:.2} = {}", quote + 1, made.join(" ")));
        }
    }
    lines
}

/// A numbered remark with who said it and where it stands.
pub(super) fn remark_lines(number: usize, quote: &Quote, lang: Lang, paint: Paint) -> Vec<String> {
    quote_lines(number, quote, Kind::Quotes, lang, paint)
}

fn quote_lines(number: usize, quote: &Quote, kind: Kind, lang: Lang, paint: Paint) -> Vec<String> {
    let indent = "   ";
    let words = marked(quote, paint);
    let task = task_line(lang, quote).map(|line| format!("{indent}{}", safe(&line)));
    let mut lines = vec![format!("{number}. {words}")];
    lines.extend(task);
    // In a list of meetings it goes without saying that the file tells of its meeting.
    if kind != Kind::Meeting || quote.voice.is_spoken() {
        lines.push(format!(
            "{indent}—— {}",
            paint.ink(Ink::Strong, &speaker_line(lang, quote))
        ));
    }
    lines.push(format!("{indent}{}", paint.ink(Ink::Faint, &source_line(quote))));
    lines
}

/// Who said a quote, and where it stands.
pub fn source_lines(quote: &Quote, lang: Lang, paint: Paint) -> Vec<String> {
    vec![
        format!("—— {}", paint.ink(Ink::Strong, &speaker_line(lang, quote))),
        paint.ink(Ink::Faint, &source_line(quote)),
    ]
}

/// A quote in its place: the lines of the file around it, the quote's own words strong.
pub fn place_lines(quote: &Quote, excerpt: &Excerpt, lang: Lang, paint: Paint) -> Vec<String> {
    let mut lines = source_lines(quote, lang, paint);
    let (start, end) = (excerpt.quote.start(), excerpt.quote.end());
    let (before, behind) = excerpt.cut;
    lines.push(format!(
        "{}{}{}{}{}",
        if before { "…\n" } else { "" },
        safe(&excerpt.text[..start]),
        paint.ink(Ink::Strong, &excerpt.text[start..end]),
        safe(&excerpt.text[end..]),
        if behind { "\n…" } else { "" },
    ));
    lines
}

/// The quote's words with those that matched in bold.
fn marked(quote: &Quote, paint: Paint) -> String {
    let mut words = String::new();
    let mut at = 0;
    for span in &quote.matched {
        let (Some(before), Some(matched)) = (
            quote.text.get(at..span.start()),
            quote.text.get(span.start()..span.end()),
        ) else {
            continue;
        };
        words.push_str(&safe(&read_on(before)));
        words.push_str(&paint.ink(Ink::Strong, &read_on(matched)));
        at = span.end();
    }
    words.push_str(&safe(&read_on(&quote.text[at..])));
    words
}
