//! Each rule fires on its example and not on its counter-example; which of them never fire on the reports is told.

use std::collections::BTreeSet;

use huiwen::meeting::{CountyRule, DaysRule, HomeRule, OfficeRule, Report, SpeakerRule, TitleRule};
use huiwen::reading::{Document, understand};

use crate::score::{all_papers, read};

/// What `rules.tsv` cannot show in one text: the rule of a folder's name, and the one of a prefecture's paper.
const ELSEWHERE: [(&str, &str); 2] = [("home", "folder's name"), ("home", "short form")];

/// The names of all rules, by what they tell.
fn all() -> BTreeSet<(&'static str, &'static str)> {
    let speaker = SpeakerRule::ALL.iter().map(|rule| ("speaker", rule.name()));
    let office = OfficeRule::ALL.iter().map(|rule| ("office", rule.name()));
    let county = CountyRule::ALL.iter().map(|rule| ("county", rule.name()));
    let title = TitleRule::ALL.iter().map(|rule| ("title", rule.name()));
    let days = DaysRule::ALL.iter().map(|rule| ("date", rule.name()));
    let home = HomeRule::ALL.iter().map(|rule| ("home", rule.name()));
    speaker
        .chain(office)
        .chain(county)
        .chain(title)
        .chain(days)
        .chain(home)
        .collect()
}

/// The rules that fired for a report, and for its remarks that hold `words`; for all of them where `words` is empty.
fn fired(text: &str, report: &Report, words: &str) -> BTreeSet<(&'static str, &'static str)> {
    let mut fired = BTreeSet::from([("title", report.why.title.name()), ("home", report.why.home.name())]);
    fired.extend(report.why.days.map(|rule| ("date", rule.name())));
    for remark in &report.remarks {
        let Some(why) = remark.why.filter(|_| remark.span.of(text).contains(words)) else {
            continue;
        };
        fired.insert(("speaker", why.speaker.name()));
        fired.extend(why.office.map(|rule| ("office", rule.name())));
        fired.extend(why.county.map(|rule| ("county", rule.name())));
    }
    fired
}

#[test]
fn each_rule_fires_on_its_example_and_not_on_its_counter_example() {
    let all = all();
    let mut shown = BTreeSet::new();
    let mut wrong = Vec::new();
    for (at, line) in include_str!("rules.tsv").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [what, name, yes_or_no, words, paper] = columns[..] else {
            panic!("rules.tsv:{}: five columns", at + 1);
        };
        let expected = match yes_or_no {
            "yes" => true,
            "no" => false,
            other => panic!("rules.tsv:{}: {other} is neither yes nor no", at + 1),
        };
        let rule = all.get(&(what, name));
        let rule = rule.unwrap_or_else(|| panic!("rules.tsv:{}: no rule {what} {name}", at + 1));
        let text = format!("{}\n", paper.replace('⏎', "\n"));
        assert!(text.contains(words), "rules.tsv:{}: no {words}", at + 1);
        let file = if *rule == ("date", "file name") {
            "20240418.txt"
        } else {
            "a.txt"
        };
        let report = understand(&Document::plain(text.clone()), file);
        let fired = fired(&text, &report, words);
        if fired.contains(rule) != expected {
            wrong.push(format!("rules.tsv:{}: {what} {name} {yes_or_no}: {fired:?}", at + 1));
        }
        shown.insert((*rule, expected));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unshown: Vec<_> = all
        .iter()
        .filter(|rule| !ELSEWHERE.contains(rule))
        .flat_map(|rule| [(*rule, true), (*rule, false)])
        .filter(|example| !shown.contains(example))
        .collect();
    assert!(
        unshown.is_empty(),
        "without an example or a counter-example: {unshown:#?}"
    );
}

/// What fires on no report: it only falls. A rule that fires nowhere else than on its example has to be looked at.
#[test]
fn rules_that_fire_on_no_report_are_few() {
    let mut never = all();
    for path in all_papers() {
        let (text, report, _) = read(&path);
        for rule in fired(&text, &report, "") {
            never.remove(&rule);
        }
    }
    println!("never on a report: {never:#?}");
    assert!(
        never.len() <= NEVER,
        "{} rules fire on no report: {never:#?}",
        never.len()
    );
}

/// How many fire on none of the reports.
const NEVER: usize = 29;
