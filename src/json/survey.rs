//! What the files hold of somebody or of a topic, as JSON: `who --json`, `topic --json`.

use serde::Serialize;

use super::QuoteObject;
use crate::meeting::DateRange;
use crate::survey::{Person, Profile, Tally, TopicSurvey};

/// A profile.
#[derive(Debug, Serialize)]
pub struct ProfileObject<'a> {
    who: &'a str,
    taken: Vec<(&'a str, &'a str)>,
    people: Vec<OneObject<'a>>,
    like: &'a [String],
}

#[derive(Debug, Serialize)]
struct OneObject<'a> {
    name: &'a str,
    county: Option<&'a str>,
    group: bool,
    /// Whether neither office nor county is told, so that it may be another of the name.
    unplaced: bool,
    remarks: usize,
    chars: usize,
    inferred: usize,
    offices: Vec<OfficeObject<'a>>,
    meetings: Vec<MeetingTally<'a>>,
    years: Vec<Counted<Option<i32>>>,
    topics: Vec<(&'a str, usize)>,
    quotes: Vec<QuoteObject<'a>>,
}

#[derive(Debug, Serialize)]
struct OfficeObject<'a> {
    office: &'a str,
    from: Option<String>,
    to: Option<String>,
    meetings: usize,
}

#[derive(Debug, Serialize)]
struct MeetingTally<'a> {
    meeting: &'a str,
    date: Option<String>,
    file: &'a str,
    remarks: usize,
    chars: usize,
}

/// How often something comes up.
#[derive(Debug, Serialize)]
struct Counted<K> {
    of: K,
    remarks: usize,
    chars: usize,
}

impl<K> Counted<K> {
    fn new(of: K, tally: Tally) -> Counted<K> {
        Counted {
            of,
            remarks: tally.remarks,
            chars: tally.chars,
        }
    }
}

fn first(dates: Option<DateRange>) -> Option<String> {
    dates.map(|dates| dates.start().to_string())
}

impl<'a> ProfileObject<'a> {
    /// Of a profile.
    pub fn of(profile: &'a Profile) -> ProfileObject<'a> {
        let taken = profile.taken.iter();
        ProfileObject {
            who: &profile.asked,
            taken: taken
                .map(|taken| (taken.typed.as_str(), taken.meant.as_str()))
                .collect(),
            people: profile.people.iter().map(OneObject::of).collect(),
            like: &profile.like,
        }
    }
}

impl<'a> OneObject<'a> {
    fn of(person: &'a Person) -> OneObject<'a> {
        let offices = person.offices.iter().map(|tenure| OfficeObject {
            office: &tenure.office,
            from: first(tenure.dates),
            to: tenure.dates.map(|dates| dates.end().to_string()),
            meetings: tenure.meetings,
        });
        let meetings = person.meetings.iter().map(|meeting| MeetingTally {
            meeting: &meeting.title,
            date: first(meeting.dates),
            file: &meeting.file,
            remarks: meeting.tally.remarks,
            chars: meeting.tally.chars,
        });
        OneObject {
            name: &person.name,
            county: person.county.as_deref(),
            group: person.group,
            unplaced: person.unplaced,
            remarks: person.tally.remarks,
            chars: person.tally.chars,
            inferred: person.inferred,
            offices: offices.collect(),
            meetings: meetings.collect(),
            years: person
                .years
                .iter()
                .map(|(year, tally)| Counted::new(*year, *tally))
                .collect(),
            topics: person
                .subjects
                .iter()
                .map(|(word, count)| (word.as_str(), *count))
                .collect(),
            quotes: person.remarks.iter().map(QuoteObject::of).collect(),
        }
    }
}

/// A topic.
#[derive(Debug, Serialize)]
pub struct TopicObject<'a> {
    topic: &'a str,
    words: &'a [String],
    remarks: usize,
    chars: usize,
    /// How many hold the words; the others stand under a title or heading that does.
    said: usize,
    meetings: usize,
    /// How often the files' own words hold it, which nobody says.
    narrated: usize,
    years: Vec<Counted<Option<i32>>>,
    counties: Vec<Counted<Option<&'a str>>>,
    speakers: Vec<SpeakerTally<'a>>,
    near: &'a [String],
    quotes: Vec<QuoteObject<'a>>,
}

#[derive(Debug, Serialize)]
struct SpeakerTally<'a> {
    speaker: Option<&'a str>,
    county: Option<&'a str>,
    remarks: usize,
    chars: usize,
}

impl<'a> TopicObject<'a> {
    /// Of a topic.
    pub fn of(survey: &'a TopicSurvey) -> TopicObject<'a> {
        let counties = survey.counties.iter();
        let speakers = survey.speakers.iter().map(|(heard, tally)| SpeakerTally {
            speaker: heard.name.as_deref(),
            county: heard.county.as_deref(),
            remarks: tally.remarks,
            chars: tally.chars,
        });
        TopicObject {
            topic: &survey.asked,
            words: &survey.words,
            remarks: survey.tally.remarks,
            chars: survey.tally.chars,
            said: survey.said,
            meetings: survey.meetings,
            narrated: survey.narrated,
            years: survey
                .years
                .iter()
                .map(|(year, tally)| Counted::new(*year, *tally))
                .collect(),
            counties: counties
                .map(|(county, tally)| Counted::new(county.as_deref(), *tally))
                .collect(),
            speakers: speakers.collect(),
            near: &survey.near,
            quotes: survey.remarks.iter().map(QuoteObject::of).collect(),
        }
    }
}
