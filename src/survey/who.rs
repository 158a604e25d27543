//! What the files hold of somebody: offices over time, meetings, all remarks, and what they are of. People of one name are kept
//! apart by their county, or where they have none by their office; where a paper tells neither, nobody knows which of them it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::gather;
use super::subjects::subjects;
use super::tally::{Tally, by_year};
use crate::answer::Quote;
use crate::index::{Filter, IndexError, Participant, Query, Snapshot, normalized};
use crate::meeting::{Certainty, DateRange, Voice};
use crate::question::{Asked, Names, Question, Taken};

/// Most names that are like one that nobody has.
const LIKE: usize = 5;

/// All that the files hold of whoever some words name.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The words.
    pub asked: String,
    /// Names that were typed in another spelling than the files have.
    pub taken: Vec<Taken>,
    /// Those that the words may name, each for themselves; who is most heard first.
    pub people: Vec<Person>,
    /// Names that are like it, where nobody has it.
    pub like: Vec<String>,
}

/// One person, or one group.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The name; the office where there is no name.
    pub name: String,
    /// Whether it is a group.
    pub group: bool,
    /// Full name of the county spoken for.
    pub county: Option<String>,
    /// Whether some papers give the name alone, so that it may be another's: there is neither office nor county.
    pub unplaced: bool,
    /// The offices, in order of time.
    pub offices: Vec<Tenure>,
    /// The meetings, in order of time.
    pub meetings: Vec<Attended>,
    /// By year.
    pub years: Vec<(Option<i32>, Tally)>,
    /// Words that the remarks are of more than others', and in how many of them each stands.
    pub subjects: Vec<(String, usize)>,
    /// All remarks, the oldest first.
    pub remarks: Vec<Quote>,
    /// How many there are.
    pub tally: Tally,
    /// How many of them are given to this person by what stands nearby, and not by the name.
    pub inferred: usize,
}

/// An office, and from when to when the files have somebody in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// As it stands.
    pub office: String,
    /// The first day of a meeting at which it was held, and the last.
    pub dates: Option<DateRange>,
    /// At how many meetings.
    pub meetings: usize,
}

/// A meeting at which somebody spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attended {
    /// Its title.
    pub title: String,
    /// When.
    pub dates: Option<DateRange>,
    /// Its file.
    pub file: String,
    /// How much was said.
    pub tally: Tally,
}

/// What sets people of one name apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    County(String),
    Office(String),
    Nowhere,
}

impl Place {
    fn of(one: &Participant) -> Place {
        match (&one.county, &one.office) {
            (Some(county), _) => Place::County(county.name().to_owned()),
            (None, Some(office)) => Place::Office(normalized(office)),
            (None, None) => Place::Nowhere,
        }
    }
}

/// Whoever some words name: a name, an office, a county.
pub fn who(snapshot: &Snapshot, names: &Names, words: &str) -> Result<Profile, IndexError> {
    let words = words.trim();
    let wanted = normalized(words);
    let all: Vec<&Arc<Participant>> = snapshot.catalogue().participants().collect();
    let is_called = |one: &&&Arc<Participant>| called(one).is_some_and(|name| normalized(name) == wanted);
    let mut meant: Vec<&Arc<Participant>> = all.iter().filter(is_called).copied().collect();
    let mut taken = Vec::new();
    if meant.is_empty() && !wanted.is_empty() {
        let question = Question::understand(&Asked::new(words, &[]), names);
        let voices = question.scope.parties.iter().chain(&question.spoken_of);
        let voices: BTreeSet<&Arc<Participant>> = voices.flat_map(|party| &party.voices).collect();
        meant = all.iter().filter(|one| voices.contains(**one)).copied().collect();
        taken = question.taken;
    }
    // Whoever is called by the office has a name, and other offices before and after.
    let people: BTreeSet<(&str, bool, Place)> = meant.iter().filter_map(|one| key(one)).collect();
    let is_one = |one: &Participant| key(one).is_some_and(|key| people.contains(&key));
    // All at once, then each their own: the words of one name stand in the same files.
    let is_theirs: Vec<bool> = all.iter().map(|one| is_one(one)).collect();
    let files = snapshot.catalogue().speaking();
    let files = files.filter(|(_, speakers)| speakers.iter().any(|at| is_theirs[*at]));
    let query = Query {
        filters: vec![Filter::File(files.map(|(entry, _)| entry.file.to_owned()).collect())],
        ..Query::default()
    };
    let is_meant = |voice: &Voice| Participant::of(voice).is_some_and(|one| is_one(&one));
    let mut remarks: BTreeMap<(String, bool, Place), Vec<Quote>> = BTreeMap::new();
    for quote in gather::whole(snapshot, &query, |_, said| is_meant(&said.voice))? {
        let Some(one) = Participant::of(&quote.voice) else {
            continue;
        };
        if let Some((name, group, place)) = key(&one) {
            remarks.entry((name.to_owned(), group, place)).or_default().push(quote);
        }
    }
    let mut found = Vec::new();
    for ((name, group, place), remarks) in remarks {
        let county = match &place {
            Place::County(county) => Some(county.clone()),
            _ => None,
        };
        let person = Person {
            name,
            group,
            county,
            unplaced: place == Place::Nowhere && !group,
            ..Person::default()
        };
        found.push(of(snapshot, person, gather::settled(remarks, snapshot)?)?);
    }
    found.retain(|person| person.tally.remarks > 0);
    found.sort_by_key(|person| (person.unplaced, std::cmp::Reverse(person.tally.remarks)));
    let like = match found.is_empty() {
        true => like(&all, &wanted),
        false => Vec::new(),
    };
    Ok(Profile {
        asked: words.to_owned(),
        taken,
        people: found,
        like,
    })
}

/// The name; the office where there is none.
fn called(one: &Participant) -> Option<&str> {
    one.name.as_deref().or(one.office.as_deref())
}

/// Names with a part of what was typed.
fn like(all: &[&Arc<Participant>], wanted: &str) -> Vec<String> {
    let mut like: Vec<String> = Vec::new();
    for name in all.iter().filter_map(|one| one.name.as_deref()) {
        let is_like = !wanted.is_empty() && normalized(name).contains(wanted);
        if is_like && like.len() < LIKE && !like.iter().any(|known| known == name) {
            like.push(name.to_owned());
        }
    }
    like
}

/// What tells people apart.
fn key(one: &Participant) -> Option<(&str, bool, Place)> {
    called(one).map(|name| (name, one.group, Place::of(one)))
}

/// All of one person, whose remarks these are.
fn of(snapshot: &Snapshot, person: Person, remarks: Vec<Quote>) -> Result<Person, IndexError> {
    let inferred = |quote: &&Quote| quote.voice.certainty() == Some(Certainty::Inferred);
    Ok(Person {
        offices: tenures(&remarks),
        meetings: attended(&remarks),
        years: by_year(&remarks),
        subjects: often(subjects(snapshot, &remarks)?, &remarks),
        tally: Tally::of(&remarks),
        inferred: remarks.iter().filter(inferred).count(),
        remarks,
        ..person
    })
}

/// A word that was used once is nothing that somebody speaks of much.
fn often(mut subjects: Vec<(String, usize)>, remarks: &[Quote]) -> Vec<(String, usize)> {
    let texts: Vec<String> = remarks.iter().map(|quote| normalized(&quote.text)).collect();
    subjects.retain(|(word, _)| {
        texts
            .iter()
            .flat_map(|text| text.matches(word.as_str()))
            .nth(1)
            .is_some()
    });
    subjects
}

/// The offices in which somebody speaks, in order of time.
fn tenures(remarks: &[Quote]) -> Vec<Tenure> {
    let mut held: Vec<(Tenure, BTreeSet<&str>)> = Vec::new();
    for quote in remarks {
        let Some(office) = quote.voice.office() else { continue };
        let known = held
            .iter_mut()
            .find(|(tenure, _)| normalized(&tenure.office) == normalized(office));
        match known {
            Some((tenure, files)) => {
                tenure.dates = match (tenure.dates, quote.dates) {
                    (Some(before), Some(now)) => Some(DateRange::new(
                        before.start().min(now.start()),
                        before.end().max(now.end()),
                    )),
                    (before, now) => before.or(now),
                };
                files.insert(&quote.file);
            }
            None => {
                let tenure = Tenure {
                    office: office.to_owned(),
                    dates: quote.dates,
                    meetings: 0,
                };
                held.push((tenure, BTreeSet::from([quote.file.as_str()])));
            }
        }
    }
    let counted = held.into_iter().map(|(tenure, files)| Tenure {
        meetings: files.len(),
        ..tenure
    });
    counted.collect()
}

/// The meetings, in order of time.
fn attended(remarks: &[Quote]) -> Vec<Attended> {
    let mut meetings: Vec<Attended> = Vec::new();
    for quote in remarks {
        let known = meetings.iter_mut().find(|meeting| {
            // One meeting of which there are two papers is one.
            meeting.file == quote.file
                || (!meeting.title.is_empty() && meeting.title == quote.meeting && meeting.dates == quote.dates)
        });
        match known {
            Some(meeting) => meeting.tally.add(quote),
            None => {
                let mut tally = Tally::default();
                tally.add(quote);
                meetings.push(Attended {
                    title: quote.meeting.clone(),
                    dates: quote.dates,
                    file: quote.file.clone(),
                    tally,
                });
            }
        }
    }
    meetings
}
