//! Who said what in reports that were read by hand: speaker, county, office and kind, by characters.

mod floors;
mod rules;
mod score;

use huiwen::meeting::Voice;
use huiwen::reading::{Document, understand};

use score::{Score, all_papers, read, reports, score};

#[test]
fn no_report_falls_below_its_floor() {
    let mut all = Score::default();
    let mut reached = Vec::new();
    for path in all_papers() {
        let (text, report, gold) = read(&path);
        let one = score(&text, &report, &gold, &path);
        all.plus(one);
        reached.push((path.file_stem().unwrap().to_string_lossy().into_owned(), one.floors()));
    }
    println!(
        "speaker {:.4} county {:.4} office {:.4} kind {:.4}",
        all.speaker.f1(),
        all.county.f1(),
        all.office.f1(),
        all.kind.f1()
    );
    floors::hold(&reached);
}

/// Of what is said to be certain three characters in a hundred may be another's; of what is inferred one in ten.
#[test]
fn certainties_are_what_they_say() {
    let mut all = Score::default();
    for path in all_papers() {
        let (text, report, gold) = read(&path);
        all.plus(score(&text, &report, &gold, &path));
    }
    let wrong = |count: score::Count| 1.0 - count.right as f64 / count.gold as f64;
    let (named, inferred) = (wrong(all.named), wrong(all.inferred));
    println!("of what is named {named:.4} is another's, of what is inferred {inferred:.4}");
    assert!(named <= NAMED_WRONG && inferred <= 0.10, "{named:.4} {inferred:.4}");
}

/// What these reports stay below; it only falls but where papers come in that were not seen before: it was 0.02 until 46 of them
/// did (`papers/8*`), and 0.032 until 36 more (`papers/9*`). The aim is 0.01 on reports that nobody has seen.
const NAMED_WRONG: f64 = 0.033;

/// Paragraphs in which nobody speaks: names, offices and reporting words stand there, and nobody's words.
#[test]
fn nobody_speaks_where_nobody_speaks() {
    let mut spoken = Vec::new();
    for (at, line) in include_str!("nobody.txt").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let text = line.replace('⏎', "\n");
        let report = understand(&Document::plain(text.clone()), "a.txt");
        for remark in report.spoken() {
            let by = match &remark.voice {
                Voice::Person { speaker, .. } => speaker.name.clone().or_else(|| speaker.office.clone()),
                Voice::Group { name, .. } => Some(name.clone()),
                Voice::Unknown { .. } | Voice::Narrator => None,
            };
            spoken.push(format!(
                "nobody.txt:{}: {by:?} ({}): {}",
                at + 1,
                remark.why.map_or("", |why| why.speaker.name()),
                remark.span.of(&text)
            ));
        }
    }
    assert!(spoken.is_empty(), "{spoken:#?}");
}

#[test]
fn days_and_places_are_right() {
    let (mut days, mut places, mut of_days, mut of_places) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for path in reports() {
        let (_, report, gold) = read(&path);
        if let Some(day) = &gold.meeting.date_start {
            of_days += 1;
            let told = report.meeting.dates.map(|dates| dates.start().to_string());
            days += usize::from(told.as_ref() == Some(day));
            if told.as_ref() != Some(day) {
                wrong.push(format!("{}: {told:?} for {day}", path.display()));
            }
        }
        if let Some(place) = &gold.meeting.place {
            of_places += 1;
            let told = report.meeting.place.unwrap_or_default();
            places += usize::from(!told.is_empty() && (told.contains(place.as_str()) || place.contains(&told)));
        }
    }
    assert!(days * 100 >= of_days * 90, "{days} of {of_days} days: {wrong:#?}");
    assert!(places * 100 >= of_places * 90, "{places} of {of_places} places");
}

#[test]
fn there_are_enough_of_them() {
    assert!(reports().len() >= 25);
}
