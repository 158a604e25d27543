//! Titles, days and places of the heads of real papers that were read by hand (`heads.txt`).

use huiwen::meeting::Meeting;
use huiwen::reading::{Document, understand};
use huiwen::text::fold_str;

/// A paper with the facts that a reader takes from it, by their keys.
struct Head {
    file: &'static str,
    text: String,
    facts: Vec<(&'static str, Option<&'static str>)>,
}

fn heads() -> Vec<Head> {
    include_str!("heads.txt")
        .split("\n=== ")
        .skip(1)
        .map(|part| {
            let (file, rest) = part.split_once('\n').expect("a file's name has a line of its own");
            let (text, facts) = rest.rsplit_once("\n---\n").expect("facts stand behind ---");
            let facts = facts
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| {
                    let (key, value) = line.split_once(": ").expect("a fact has a key and a value");
                    (key, Some(value).filter(|value| *value != "-"))
                })
                .collect();
            Head {
                file,
                text: format!("{text}\n"),
                facts,
            }
        })
        .collect()
}

fn is_right(key: &str, expected: Option<&str>, meeting: &Meeting) -> bool {
    let bare = |words: &str| fold_str(words).replace(' ', "");
    let overlap = |given: Option<&str>| match (expected, given) {
        (None, None) => true,
        (Some(expected), Some(given)) => {
            let (expected, given) = (bare(expected), bare(given));
            given.contains(&expected) || expected.contains(&given)
        }
        _ => false,
    };
    match key {
        "title" => overlap(Some(&meeting.title)),
        "place" => overlap(meeting.place.as_deref()),
        "days" => {
            let given = meeting.dates.map(|days| match days.start() == days.end() {
                true => days.start().to_string(),
                false => format!("{}..{}", days.start(), days.end()),
            });
            given.as_deref() == expected
        }
        _ => panic!("heads.txt: no fact called {key}"),
    }
}

#[test]
fn facts_of_heads_are_right() {
    let mut wrong = Vec::new();
    let mut checks = 0;
    for head in heads() {
        let meeting = understand(&Document::plain(head.text.as_str()), head.file).meeting;
        for (key, expected) in &head.facts {
            checks += 1;
            if !is_right(key, *expected, &meeting) {
                wrong.push(format!("{} {key}: {expected:?}, not {meeting:?}", head.file));
            }
        }
    }
    println!(
        "facts of heads: {} of {checks} right\n{}",
        checks - wrong.len(),
        wrong.join("\n")
    );
    assert!(checks > 120, "{checks}");
    assert!(wrong.is_empty());
}
