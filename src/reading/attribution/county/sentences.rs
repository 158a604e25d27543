//! `sentences.tsv`: the county of each speaker in sentences as real pages write them.

use crate::reading::{Document, understand};

/// What is known to be missed, by the name of who speaks: a name or an office that is not read whole is no fault of the
/// county's rules. 李永昌's county stands only inside an industrial park's name.
const MISSED: [&str; 5] = ["孙茂林", "向阳春", "郑建芳", "梁育才", "李永昌"];

#[test]
fn sentences_of_county_news() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (at, line) in include_str!("sentences.tsv").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (text, speakers) = line
            .split_once('\t')
            .unwrap_or_else(|| panic!("sentences.tsv:{}: no tab", at + 1));
        let report = understand(&Document::plain(text.replace('⏎', "\n")), "a.txt");
        for speaker in speakers.split(' ') {
            let (name, expected) = speaker
                .split_once('=')
                .unwrap_or_else(|| panic!("sentences.tsv:{}: {speaker}: no county", at + 1));
            checked += 1;
            let found = report
                .spoken()
                .filter(|remark| remark.voice.name() == Some(name))
                .last();
            let county = found.map(|remark| remark.voice.county().map_or("-", |county| county.name()).to_owned());
            if county.as_deref() != Some(expected) {
                wrong.push((name, expected, county));
            }
        }
    }
    assert!(checked > 80, "{checked}");
    wrong.retain(|(name, ..)| !MISSED.contains(name));
    assert!(wrong.is_empty(), "{wrong:?}");
}
