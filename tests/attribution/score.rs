//! What a reading is held against: gold readings by hand, compared by characters.

use std::path::{Path, PathBuf};

use huiwen::meeting::{Certainty, Manner, Report, Voice};
use huiwen::reading::understand;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Gold {
    pub meeting: GoldMeeting,
    remarks: Vec<GoldRemark>,
}

#[derive(Deserialize)]
pub struct GoldMeeting {
    pub date_start: Option<String>,
    pub place: Option<String>,
}

#[derive(Deserialize)]
pub struct GoldRemark {
    speaker: Option<String>,
    office: Option<String>,
    county: Option<String>,
    kind: String,
    begins: String,
    ends: String,
}

/// Who is taken to say one character.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whose {
    speaker: Option<String>,
    office: Option<String>,
    county: Option<String>,
    kind: Option<String>,
    inferred: bool,
}

/// Characters that were said, found, and right.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub gold: usize,
    pub told: usize,
    pub right: usize,
}

impl Count {
    fn add(&mut self, gold: Option<&String>, told: Option<&String>) {
        self.gold += usize::from(gold.is_some());
        self.told += usize::from(told.is_some());
        self.right += usize::from(gold.is_some() && gold == told);
    }

    pub fn plus(&mut self, other: Count) {
        self.gold += other.gold;
        self.told += other.told;
        self.right += other.right;
    }

    /// Precision and recall as one; 1 where there is nothing to say and nothing said.
    pub fn f1(self) -> f64 {
        if self.gold + self.told == 0 {
            return 1.0;
        }
        2.0 * self.right as f64 / (self.gold + self.told) as f64
    }
}

#[derive(Clone, Copy, Default)]
pub struct Score {
    pub speaker: Count,
    pub county: Count,
    /// Of characters with the right speaker.
    pub office: Count,
    /// Of the same: direct, indirect, collective.
    pub kind: Count,
    /// Of characters given to somebody by name at the words (`gold`: how many, `right`: how many of them rightly).
    pub named: Count,
    /// The same of those that were inferred.
    pub inferred: Count,
}

impl Score {
    pub fn plus(&mut self, other: Score) {
        self.speaker.plus(other.speaker);
        self.county.plus(other.county);
        self.office.plus(other.office);
        self.kind.plus(other.kind);
        self.named.plus(other.named);
        self.inferred.plus(other.inferred);
    }

    /// The figures of a floor: speaker, county, office, kind, in thousandths, rounded down.
    pub fn floors(self) -> [u32; 4] {
        [self.speaker, self.county, self.office, self.kind].map(|count| (count.f1() * 1000.0).floor() as u32)
    }
}

pub fn reports() -> Vec<PathBuf> {
    files("reports")
}

/// All that was read by hand.
pub fn all_papers() -> Vec<PathBuf> {
    ["reports", "paragraphs", "papers"]
        .into_iter()
        .flat_map(files)
        .collect()
}

pub fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/attribution")
        .join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths
}

pub fn read(path: &Path) -> (String, Report, Gold) {
    let document = huiwen::reading::read_file(path).unwrap();
    let report = understand(&document, &path.file_name().unwrap().to_string_lossy());
    let gold = serde_json::from_str(&std::fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
    (document.text, report, gold)
}

/// For each byte of the text whose words it is.
pub fn gold_row(text: &str, gold: &Gold, path: &Path) -> Vec<Option<Whose>> {
    let mut row = vec![None; text.len()];
    let mut at = 0;
    for remark in &gold.remarks {
        let missing = || {
            panic!(
                "{}: {} … {} does not stand there",
                path.display(),
                remark.begins,
                remark.ends
            )
        };
        let start = at + text[at..].find(&remark.begins).unwrap_or_else(missing);
        let end = start + text[start..].find(&remark.ends).unwrap_or_else(missing) + remark.ends.len();
        row[start..end].fill(Some(Whose {
            speaker: remark.speaker.clone(),
            office: remark.office.clone(),
            county: remark.county.clone(),
            kind: Some(remark.kind.clone()),
            inferred: false,
        }));
        at = start;
    }
    row
}

pub fn kind_of(voice: &Voice) -> &'static str {
    match voice {
        Voice::Group { .. } => "collective",
        Voice::Person { manner, .. } | Voice::Unknown { manner } => match manner {
            Manner::Direct => "direct",
            Manner::Indirect => "indirect",
        },
        Voice::Narrator => "narration",
    }
}

pub fn told_row(text: &str, report: &Report) -> Vec<Option<Whose>> {
    let mut row = vec![None; text.len()];
    for remark in report.spoken() {
        row[remark.span.start()..remark.span.end()].fill(Some(Whose {
            speaker: remark.voice.name().map(str::to_owned),
            office: remark.voice.office().map(str::to_owned),
            county: remark.voice.county().map(|county| county.name().to_owned()),
            kind: Some(kind_of(&remark.voice).to_owned()),
            inferred: matches!(
                remark.voice,
                Voice::Person {
                    certainty: Certainty::Inferred,
                    ..
                }
            ),
        }));
    }
    row
}

pub fn score(text: &str, report: &Report, gold: &Gold, path: &Path) -> Score {
    let (gold, told) = (gold_row(text, gold, path), told_row(text, report));
    let nobody = Whose::default();
    let mut score = Score::default();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let (gold, told) = (
            gold[at].as_ref().unwrap_or(&nobody),
            told[at].as_ref().unwrap_or(&nobody),
        );
        score.speaker.add(gold.speaker.as_ref(), told.speaker.as_ref());
        score.county.add(gold.county.as_ref(), told.county.as_ref());
        if gold.speaker.is_some() && gold.speaker == told.speaker {
            if gold.office.is_some() {
                score.office.add(gold.office.as_ref(), told.office.as_ref());
            }
            score.kind.add(gold.kind.as_ref(), told.kind.as_ref());
        }
        if told.speaker.is_some() {
            let certainty = if told.inferred {
                &mut score.inferred
            } else {
                &mut score.named
            };
            certainty.add(
                told.speaker.as_ref(),
                told.speaker.as_ref().filter(|_| gold.speaker == told.speaker),
            );
        }
    }
    score
}
