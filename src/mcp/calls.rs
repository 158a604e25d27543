//! What each tool does: arguments in, JSON out, by the same library calls as over HTTP.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::desk::Desk;
use crate::answer::Limits;
use crate::gazetteer::short_form;
use crate::index::{FileEntry, IndexError, Participant, normalized};
use crate::json::{AnswerLine, FileObject, PersonObject, QuoteObject, RemarksObject, speakers};
use crate::meeting::Voice;
use crate::question::Asked;
use crate::survey::Standing;

/// Why a call is not done.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no tool of that name.
    #[error("there is no such tool: {0}")]
    NoSuchTool(String),
    /// The arguments are wrong, or name what is not there.
    #[error("{0}")]
    Wrong(String),
    /// The index cannot be read.
    #[error(transparent)]
    Unread(#[from] IndexError),
}

type Done = Result<Value, Refused>;

/// Most places of a quote that are told.
const PLACES: usize = 20;
/// Most quotes that come near one that stands nowhere.
const NEAREST: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meetings {
    about: Option<String>,
    county: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Search {
    query: String,
    #[serde(default)]
    after: Vec<String>,
    limit: Option<usize>,
    #[serde(default)]
    page: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    file: String,
    speaker: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speakers {
    name: Option<String>,
    office: Option<String>,
    county: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    who: String,
    about: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    page: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verify {
    text: String,
    speaker: Option<String>,
    file: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tasks {
    of: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    page: usize,
}

/// Calls a tool.
///
/// # Errors
///
/// Where there is no such tool, the arguments are wrong, or the index cannot be read.
pub fn call(desk: &Desk, tool: &str, arguments: Value) -> Done {
    match tool {
        "list_meetings" => meetings(desk, &taken(arguments)?),
        "search" => search(desk, taken(arguments)?),
        "get_remarks" => remarks(desk, &taken(arguments)?),
        "find_speakers" => find_speakers(desk, &taken(arguments)?),
        "what_did_they_say" => said(desk, taken(arguments)?),
        "verify_quote" => verify(desk, &taken(arguments)?),
        "list_tasks" => tasks(desk, taken(arguments)?),
        other => Err(Refused::NoSuchTool(other.to_owned())),
    }
}

fn taken<A: DeserializeOwned>(arguments: Value) -> Result<A, Refused> {
    serde_json::from_value(arguments).map_err(|error| Refused::Wrong(format!("wrong arguments: {error}")))
}

fn wrong(why: impl Into<String>) -> Done {
    Err(Refused::Wrong(why.into()))
}

/// Everything that we give can be written as JSON.
fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A number from 1 to `most`; `usual` where none is given.
fn within(number: Option<usize>, usual: usize, most: usize) -> Result<usize, Refused> {
    let number = number.unwrap_or(usual);
    if (1..=most).contains(&number) {
        Ok(number)
    } else {
        Err(Refused::Wrong(format!("limit is a number from 1 to {most}")))
    }
}

/// A part of a list, with how long it is.
fn page<T: Serialize>(name: &str, all: &[T], offset: usize, limit: usize) -> Value {
    let part = all.get(offset..).unwrap_or_default();
    let part = &part[..part.len().min(limit)];
    json!({name: written(&part), "total": all.len()})
}

/// What somebody calls a person, an office or a county by.
struct Meant(String);

impl Meant {
    fn new(words: &str) -> Meant {
        Meant(normalized(words.trim()))
    }

    /// Whether a county is called so, by its full name or by its short one.
    fn is_county(&self, county: &str) -> bool {
        normalized(county) == self.0 || short_form(county).is_some_and(|short| normalized(&short) == self.0)
    }

    /// Whether somebody's county is called so.
    fn is_of(&self, one: &Participant) -> bool {
        one.county.as_ref().is_some_and(|county| self.is_county(county.name()))
    }

    /// Whether whoever has this name, this office and this county is called so.
    fn is_person(&self, name: Option<&str>, office: Option<&str>, county: Option<&str>) -> bool {
        let office = office.map(normalized);
        let whole = || {
            format!(
                "{}{}",
                county.map(normalized).unwrap_or_default(),
                office.as_deref().unwrap_or_default()
            )
        };
        name.is_some_and(|name| normalized(name) == self.0)
            || county.is_some_and(|county| self.is_county(county))
            || office
                .as_ref()
                .is_some_and(|office| *office == self.0 || office.ends_with(&self.0))
            || office.is_some() && whole() == self.0
    }

    fn is_voice(&self, voice: &Voice) -> bool {
        self.is_person(voice.name(), voice.office(), voice.county().map(|county| county.name()))
    }
}

fn meetings(desk: &Desk, asked: &Meetings) -> Done {
    let limit = within(asked.limit, 50, 200)?;
    let about: Vec<String> = asked
        .about
        .iter()
        .flat_map(|about| about.split_whitespace())
        .map(normalized)
        .collect();
    let county = asked.county.as_deref().map(Meant::new);
    desk.library.with_catalogue(|catalogue| {
        let is_meant = |entry: &FileEntry<'_>| {
            let told = || normalized(&entry.about().collect::<Vec<_>>().join("\n"));
            let is_about = |told: String| about.iter().all(|word| told.contains(word.as_str()));
            let of_county = |county: &Meant| entry.speakers().any(|one| county.is_of(one));
            let dates = entry.dates();
            let in_time = (asked.from.is_none() || dates.is_some_and(|dates| Some(dates.end()) >= asked.from))
                && (asked.to.is_none() || dates.is_some_and(|dates| Some(dates.start()) <= asked.to));
            in_time && (about.is_empty() || is_about(told())) && county.as_ref().is_none_or(of_county)
        };
        let mut found: Vec<FileEntry<'_>> = catalogue.files().filter(is_meant).collect();
        found.sort_by_key(|entry| std::cmp::Reverse(entry.dates()));
        let objects: Vec<FileObject<'_>> = found.into_iter().map(FileObject::of).collect();
        Ok(page("meetings", &objects, asked.offset, limit))
    })
}

/// An answer, as `ask --json` prints it.
fn answered(desk: &Desk, asked: Asked, limit: usize) -> Done {
    let limits = Limits {
        quotes: limit,
        ..desk.settings.limits
    };
    let answer = desk.library.ask(&asked.on(desk.settings.today()), limits)?;
    Ok(written(&AnswerLine::new(&answer, None, desk.settings.lang)))
}

fn search(desk: &Desk, asked: Search) -> Done {
    if asked.query.trim().is_empty() {
        return wrong("query is empty");
    }
    let limit = within(asked.limit, desk.settings.limits.quotes, 50)?;
    let asked = Asked {
        page: asked.page,
        ..Asked::new(asked.query, &asked.after)
    };
    answered(desk, asked, limit)
}

fn remarks(desk: &Desk, asked: &Remarks) -> Done {
    let limit = within(asked.limit, 100, 500)?;
    let Some(mut paper) = desk.library.paper(&asked.file)? else {
        return no_file(desk, &asked.file);
    };
    let whole = asked.speaker.is_none() && asked.offset == 0;
    if let Some(speaker) = asked.speaker.as_deref().map(Meant::new) {
        paper.pieces.retain(|piece| speaker.is_voice(&piece.voice));
    }
    let total = paper.pieces.len();
    paper.pieces = paper.pieces.into_iter().skip(asked.offset).take(limit).collect();
    if !whole {
        paper.left_out.clear();
        paper.frames.clear();
    }
    let mut object = written(&RemarksObject::of(&paper, desk.settings.lang));
    object["total"] = total.into();
    Ok(object)
}

fn no_file(desk: &Desk, file: &str) -> Done {
    let ending = file.rsplit('/').next().unwrap_or(file).to_owned();
    let like = desk.library.with_catalogue(|catalogue| {
        let files = catalogue.files().map(|entry| entry.file);
        files
            .filter(|known| known.contains(&ending))
            .take(5)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    wrong(match like.is_empty() {
        true => format!("there is no file {file}: list_meetings has those that there are"),
        false => format!("there is no file {file}; there is {}", like.join(", ")),
    })
}

fn find_speakers(desk: &Desk, asked: &Speakers) -> Done {
    let limit = within(asked.limit, 100, 500)?;
    let (name, office) = (
        asked.name.as_deref().map(normalized),
        asked.office.as_deref().map(normalized),
    );
    let county = asked.county.as_deref().map(Meant::new);
    desk.library.with_catalogue(|catalogue| {
        let holds = |part: &Option<String>, whole: Option<&str>| match part {
            Some(part) => whole.is_some_and(|whole| normalized(whole).contains(part.trim())),
            None => true,
        };
        let found = speakers(catalogue, |one| {
            holds(&name, one.name.as_deref())
                && holds(&office, one.office.as_deref())
                && county.as_ref().is_none_or(|county| county.is_of(one))
        });
        Ok(page("speakers", &found, asked.offset, limit))
    })
}

fn said(desk: &Desk, asked: Said) -> Done {
    let who = asked.who.trim();
    if who.is_empty() {
        return wrong("who is empty");
    }
    let question = match asked.about.as_deref().map(str::trim).filter(|about| !about.is_empty()) {
        Some(about) => format!("{who}对{about}说了什么？"),
        None => format!("{who}说了什么？"),
    };
    let limit = within(asked.limit, desk.settings.limits.quotes, 50)?;
    let asked = Asked {
        page: asked.page,
        ..Asked::new(question, &[])
    };
    answered(desk, asked, limit)
}

fn tasks(desk: &Desk, asked: Tasks) -> Done {
    let of = asked.of.as_deref().map(str::trim).unwrap_or_default();
    let limit = within(asked.limit, 50, 200)?;
    let asked = Asked {
        page: asked.page,
        ..Asked::new(format!("{of}有哪些任务?"), &[])
    };
    answered(desk, asked, limit)
}

fn verify(desk: &Desk, asked: &Verify) -> Done {
    if let Some(file) = &asked.file
        && !desk.library.with_catalogue(|catalogue| catalogue.file(file).is_some())
    {
        return no_file(desk, file);
    }
    let Some(places) = desk.library.places_of(&asked.text, asked.file.as_deref(), PLACES)? else {
        return wrong("text has too few letters to be looked for");
    };
    let speaker = asked
        .speaker
        .as_deref()
        .filter(|speaker| !speaker.trim().is_empty())
        .map(Meant::new);
    let theirs = |place: &&Standing| {
        speaker
            .as_ref()
            .is_none_or(|speaker| speaker.is_voice(&place.quote.voice))
    };
    let verdict = match (places.is_empty(), places.iter().any(|place| theirs(&place))) {
        (true, _) => "not_found",
        (false, true) => "verbatim",
        (false, false) => "said_by_other",
    };
    // Theirs before others'.
    let mut ordered: Vec<&Standing> = places.iter().collect();
    ordered.sort_by_key(|place| (!theirs(place), !place.exact));
    let mut object = json!({
        "text": asked.text,
        "verdict": verdict,
        "places": ordered.iter().map(|place| place_object(place)).collect::<Vec<_>>(),
    });
    if places.is_empty() {
        let limits = Limits {
            quotes: NEAREST,
            ..desk.settings.limits
        };
        let near = desk.library.ask(&Asked::new(asked.text.as_str(), &[]), limits)?;
        object["nearest"] = near
            .quotes()
            .iter()
            .map(|quote| written(&QuoteObject::of(quote)))
            .collect();
    }
    Ok(object)
}

fn place_object(place: &Standing) -> Value {
    let mut object = written(&QuoteObject::of(&place.quote));
    if let Some(fields) = object.as_object_mut() {
        fields.remove("score");
        fields.remove("matched");
        fields.insert("exact".to_owned(), place.exact.into());
        fields.insert("in_text".to_owned(), place.in_text.into());
        if !place.several.is_empty() {
            let several: Vec<Value> = place
                .several
                .iter()
                .map(|voice| written(&PersonObject::of(voice)))
                .collect();
            fields.insert("several".to_owned(), several.into());
        }
    }
    object
}
