//! Who and which counties the files know, made ready for finding them in questions.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

use super::office::is_titular;
use super::sound::{romanized, sounds, usual_sound};
use crate::gazetteer::{Gazetteer, Level};
use crate::index::{Catalogue, Participant};
use crate::reading::surname_at_start;
use crate::text::fold_str;

/// The names of one state of the knowledge.
pub struct Names {
    participants: Vec<Arc<Participant>>,
    /// The offices that they hold, or are called by, each once; folded.
    offices: Vec<String>,
    /// Which of these each participant holds.
    office_of: Vec<Option<usize>>,
    /// Full names of the counties that speak, with the participants that speak for them.
    counties: BTreeMap<String, Vec<usize>>,
    /// Persons' names, and surnames with titles, as patterns of `finder`.
    persons: Vec<Vec<usize>>,
    finder: Option<AhoCorasick>,
    /// Persons by the sound of their names.
    by_sound: HashMap<String, Vec<usize>>,
    /// Persons and counties by their names in Latin letters.
    romanized: HashMap<String, Latin>,
    /// Counties that the gazetteer doesn't list, by the names people call them.
    unlisted: Vec<(String, String)>,
    /// Counties by the sound of their short forms.
    county_sounds: HashMap<String, String>,
    /// The state that they are of, and what its papers tell of those who speak: made where it is asked for, which few questions do.
    catalogue: Catalogue,
    papers: OnceLock<Papers>,
}

/// The papers that each participant speaks in.
struct Papers {
    /// What each file is about: title, place, organizer, county, the offices of those who speak, its name; folded.
    about: Vec<String>,
    /// The files of each participant, one participant's behind the other's.
    files: Vec<u32>,
    /// Where each participant's begin, and where the last one's end.
    begin: Vec<usize>,
}

/// What a name in Latin letters stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Latin {
    /// A county, by its full name.
    County(String),
    /// Persons, as indices of participants.
    Persons(Vec<usize>),
}

impl Names {
    /// Of everybody in the catalogue.
    pub fn new(catalogue: &Catalogue) -> Names {
        let participants: Vec<Arc<Participant>> = catalogue.participants().cloned().collect();
        let mut counties: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut persons: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_sound: HashMap<String, Vec<usize>> = HashMap::new();
        let mut latin: HashMap<String, Latin> = HashMap::new();
        let mut county_sounds = HashMap::new();
        for (at, participant) in participants.iter().enumerate() {
            if let Some(county) = &participant.county {
                counties.entry(county.name().to_owned()).or_default().push(at);
            }
            let Some(name) = participant.name.as_deref().filter(|_| !participant.group) else {
                continue;
            };
            let name = fold_str(name);
            // Who is called by nothing but an office is found by it.
            if name.chars().count() < 2 || is_titular(&name) {
                continue;
            }
            persons.entry(name.clone()).or_default().push(at);
            for alias in aliases(&name, participant.office.as_deref()) {
                persons.entry(alias).or_default().push(at);
            }
            for sound in sounds(&name) {
                by_sound.entry(sound).or_default().push(at);
            }
            for letters in romanized(&name) {
                match latin.entry(letters).or_insert_with(|| Latin::Persons(Vec::new())) {
                    Latin::Persons(known) => known.push(at),
                    Latin::County(_) => {}
                }
            }
        }
        for name in counties.keys() {
            for short in short_forms(name) {
                for letters in romanized(&short) {
                    latin.insert(letters, Latin::County(name.clone()));
                }
                if short.chars().count() > 1 {
                    county_sounds.extend(sounds(&short).into_iter().map(|sound| (sound, name.clone())));
                }
            }
        }
        let (offices, office_of) = offices(&participants);
        let gazetteer = Gazetteer::shared();
        let mut unlisted: Vec<(String, String)> = counties
            .keys()
            .filter(|name| gazetteer.named(name).is_empty())
            .flat_map(|name| short_forms(name).into_iter().map(|form| (form, name.clone())))
            .filter(|(form, _)| form.chars().count() > 1)
            .collect();
        unlisted.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        let (patterns, persons): (Vec<String>, Vec<Vec<usize>>) = persons.into_iter().unzip();
        // A pattern set too large for an automaton costs the names, not the answers.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .ok();
        Names {
            participants,
            offices,
            office_of,
            counties,
            persons,
            finder,
            by_sound,
            romanized: latin,
            unlisted,
            county_sounds,
            catalogue: catalogue.clone(),
            papers: OnceLock::new(),
        }
    }

    /// Everybody who speaks in the files.
    pub fn participants(&self) -> &[Arc<Participant>] {
        &self.participants
    }

    /// Which of the offices a participant holds, or is called by.
    pub fn office_of(&self, participant: usize) -> Option<usize> {
        self.office_of.get(participant).copied().flatten()
    }

    /// One of the offices, folded.
    pub fn office(&self, office: usize) -> &str {
        self.offices.get(office).map_or("", String::as_str)
    }

    /// What the files are about that a participant speaks in.
    pub fn papers_of(&self, participant: usize) -> impl Iterator<Item = &str> {
        let papers = self
            .papers
            .get_or_init(|| Papers::of(&self.catalogue, self.participants.len()));
        let end = participant + 1;
        let begin = papers.begin.get(participant).zip(papers.begin.get(end));
        let files = begin
            .and_then(|(from, to)| papers.files.get(*from..*to))
            .unwrap_or_default();
        files.iter().map(|file| papers.about[*file as usize].as_str())
    }

    /// Full names of the counties that speak.
    pub fn counties(&self) -> impl Iterator<Item = &str> {
        self.counties.keys().map(String::as_str)
    }

    /// Those who speak for the county of this full name.
    pub fn of_county(&self, county: &str) -> &[usize] {
        self.counties.get(county).map_or(&[], Vec::as_slice)
    }

    /// The persons' names in (folded) `text`: bytes, and who bears them.
    pub fn persons_in(&self, text: &str) -> Vec<(std::ops::Range<usize>, &[usize])> {
        let Some(finder) = &self.finder else { return Vec::new() };
        finder
            .find_iter(text)
            .map(|found| (found.range(), self.persons[found.pattern().as_usize()].as_slice()))
            .collect()
    }

    /// Counties of the files that the gazetteer doesn't list: what people call them, the longest form first, and the
    /// full name.
    pub fn unlisted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.unlisted.iter().map(|(form, name)| (form.as_str(), name.as_str()))
    }

    /// Those whose names sound like `text`, which is another name's spelling.
    pub fn sounding_like(&self, text: &str) -> &[usize] {
        usual_sound(text)
            .and_then(|sound| self.by_sound.get(&sound))
            .map_or(&[], Vec::as_slice)
    }

    /// The county whose short form sounds like `text`.
    pub fn county_sounding_like(&self, text: &str) -> Option<&str> {
        self.county_sounds.get(&usual_sound(text)?).map(String::as_str)
    }

    /// What a name in (lower-case) Latin letters stands for.
    pub fn latin(&self, letters: &str) -> Option<&Latin> {
        self.romanized.get(letters)
    }
}

impl Papers {
    /// Of a catalogue with so many participants.
    fn of(catalogue: &Catalogue, participants: usize) -> Papers {
        let mut about = Vec::with_capacity(catalogue.len());
        let mut speaking: Vec<Vec<usize>> = Vec::with_capacity(catalogue.len());
        let mut begin = vec![0; participants + 1];
        for (entry, speakers) in catalogue.speaking() {
            let offices = entry.speakers().filter_map(|one| one.office.as_deref());
            let words = entry.about().chain(offices).collect::<Vec<_>>().join(" ");
            about.push(fold_str(&words).to_ascii_lowercase());
            for speaker in &speakers {
                begin[speaker + 1] += 1;
            }
            speaking.push(speakers);
        }
        for at in 0..participants {
            begin[at + 1] += begin[at];
        }
        let mut next = begin.clone();
        let mut files = vec![0; begin[participants]];
        for (file, speakers) in speaking.into_iter().enumerate() {
            for speaker in speakers {
                files[next[speaker]] = file as u32;
                next[speaker] += 1;
            }
        }
        Papers { about, files, begin }
    }
}

/// The offices that participants hold, or are called by where they have no other name, each once and folded; and which each holds.
fn offices(participants: &[Arc<Participant>]) -> (Vec<String>, Vec<Option<usize>>) {
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut offices = Vec::new();
    let mut number = |office| {
        *known.entry(office).or_insert_with(|| {
            offices.push(fold_str(office));
            offices.len() - 1
        })
    };
    let of = participants
        .iter()
        .map(|one| {
            let called = || one.name.as_deref().filter(|name| is_titular(name));
            one.office.as_deref().or_else(called).map(&mut number)
        })
        .collect();
    (offices, of)
}

/// 刘部长 for 刘晖, 统战部部长; 何副县长 and 何县长 for 何国安, 副县长; for whom has several titles, with each.
fn aliases(name: &str, office: Option<&str>) -> Vec<String> {
    let titles = &super::lexicon::Lexicon::shared().titles;
    // 依拉木江·塔依尔 is called 依拉木江, and 依拉木江乡长.
    let first = name.split_once('·').map(|(first, _)| first);
    let surname = first.map(str::to_owned).unwrap_or_else(|| {
        surname_at_start(name)
            .filter(|surname| surname.len() < name.len())
            .map_or_else(|| name.chars().take(1).collect(), str::to_owned)
    });
    let office = office.map(fold_str).unwrap_or_default();
    let mut found: Vec<String> = first
        .filter(|first| first.chars().count() >= FIRST_PART)
        .map(str::to_owned)
        .into_iter()
        .collect();
    for one in office.split(['、', ',', ' ', '兼']) {
        let count = one.chars().count();
        for length in [2, 3] {
            let title: String = one.chars().skip(count.saturating_sub(length)).collect();
            if count >= length && titles.contains(title.as_str()) {
                found.push(format!("{surname}{title}"));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Fewest characters of a name's first part by which alone somebody is called.
const FIRST_PART: usize = 3;

/// The names by which people call a county: 礼泉县 and 礼泉.
fn short_forms(county: &str) -> Vec<String> {
    let mut forms = vec![county.to_owned()];
    let gazetteer = Gazetteer::shared();
    let bears = |form: &str| {
        gazetteer
            .named(form)
            .iter()
            .any(|division| division.level() == Level::County && division.name() == county)
    };
    let count = county.chars().count();
    forms.extend(
        (1..count)
            .map(|length| county.chars().take(length).collect::<String>())
            .filter(|form| bears(form)),
    );
    if forms.len() == 1 && count > 2 {
        forms.push(county.chars().take(count - 1).collect());
    }
    forms
}

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({} participants)", self.participants.len())
    }
}
