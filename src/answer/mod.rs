//! Answers: ranked hits become quotes, or the reason why there are none.
//!
//! An [`Answer`] is data. What it looks like is its renderer's business. The order of work is the order of the files:
//!
//! - `evidence`, `coverage`: what of a question stands in a text, how much it counts, and how much of it is there
//! - `in_other_words`: what stands for words of a question, of what the files have
//! - `by_meaning`: passages that are near to a question without its words
//! - `weights`, `window`: the stretch of a remark that holds the answer, and what tells it
//! - `plan`: which look-ups a question leads to, in order, each with its reason
//! - `bearing`: what a remark has to do with the counties that are named
//! - `verdict`: whether somebody said it; `tasks`, `due`: what is to be done, and until when; `all`: all there is, in order of time; `each`:
//!   everybody's at one meeting
//! - `leading`, `wanted`: what leads over into somebody's words; what a question wants, and whether a stretch has it
//! - `ranking`, `quoting`, `quote`: hits become candidates, best first, and quotes; `parts`, `several`, `sides`: more than one question
//! - `asking`: words by which questions ask, that answering goes by
//! - `of_it`: whether a passage is of what is asked at all
//! - `agreeing`: whether it is of that year, that place and that way it went
//! - `of_others`: somebody else speaks of what is asked of a person
//! - `behind`: the list or the reply that stands behind a passage and answers in its stead
//! - `completing`: the day or the number that is asked besides, beside the quote that lacks it
//! - `points`: the points of a speech, where it counts them
//! - `repeats`: the same words in two files are shown once
//! - `meetings`, `summary`: which meeting is meant, and what it comes to; `facts`: when and
//!   where it was held; `leaning`, `usual`: what was asked before, and what a chat is about
//! - `place`: the lines of the report around a quote
//! - `refusal`: why there is no answer; `verify`: whether the quotes still stand in their files
//! - `brief`: the answer in a word, before what proves it
//! - `listing`: several side by side or in a row
//! - `respond`: carries out the plan

mod agreeing;
mod all;
mod asking;
mod bearing;
mod behind;
mod brief;
mod brought_by;
mod by_meaning;
mod changing;
mod completing;
mod corrected;
mod coverage;
mod decided;
mod due;
mod each;
mod evidence;
mod facts;
mod in_other_words;
mod leading;
mod leaning;
mod listing;
mod meetings;
mod of_it;
mod of_others;
mod parts;
mod place;
mod plan;
mod points;
mod quote;
mod quoting;
mod ranking;
mod refusal;
mod repeats;
mod respond;
mod restated;
mod several;
mod sides;
mod summary;
mod tasks;
mod unfinished;
mod unsaid;
mod usual;
mod verdict;
mod verify;
mod wanted;
mod weights;
mod window;

pub use crate::question::{Taken, Talk};
pub use brief::Brief;
pub use place::{Excerpt, Quoted, paragraph_of, place};
pub use plan::{Look, Looked};
pub(crate) use quote::whole_remark;
pub use ranking::Features;
pub use respond::{Limits, first_query, respond, respond_with};
pub use usual::usual_named;
pub(crate) use verify::standing as proved;
pub use weights::Weights;

use crate::index::Participant;
use crate::meeting::{DateRange, Voice};
use crate::question::{Scope, Usual};
use crate::text::{CharSpan, Span};

/// What huiwen answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question as it was asked.
    pub question: String,
    /// Names that were typed in another spelling than the files have.
    pub taken: Vec<Taken>,
    /// Words of the quotes that stand for words of the question that are in none.
    pub in_other_words: Vec<Stood>,
    /// The county or the meeting to which the answer is narrowed because the chat usually is about it.
    pub usual: Option<Usual>,
    /// Whom or which meeting it is narrowed to because the question before was of them.
    pub assumed: Option<Assumed>,
    /// Who was to be compared and says nothing of it, as the question calls them.
    pub silent: Vec<String>,
    /// How many quotes there are in all, where more are than are shown.
    pub total: Option<usize>,
    /// Whether it was said, where that is asked.
    pub verdict: Option<Verdict>,
    /// What the quotes come to in a word, where it is one: the day, the place, the names.
    pub brief: Option<Brief>,
    /// Quoted files that have changed since they were read: the quotes are of what stood in them then.
    pub changed: Vec<String>,
    /// Whether a part of the files could not be searched, so that more may be there than is told.
    pub in_part: bool,
    /// The look-ups that were made, in order.
    pub plan: Vec<Looked>,
    /// The quotes, or why there are none.
    pub body: Body,
}

/// A word of the files that stood for one of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// As the question has it.
    pub asked: String,
    /// As the quote has it.
    pub told: String,
}

/// What a question does not say, and takes from the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assumed {
    /// Who speaks, as the question before calls them.
    Parties(Vec<String>),
    /// The title of the meeting.
    Meeting(String),
    /// What the question before was about, as it stands there.
    Topic(String),
}

impl Assumed {
    pub(crate) fn of_scope(scope: &Scope) -> Assumed {
        Assumed::Parties(scope.parties.iter().map(|party| party.label.clone()).collect())
    }
}

/// The quotes, or why there are none.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// There is something to quote.
    Found {
        /// What the quotes are together.
        kind: Kind,
        /// Never empty, in the order in which the user should read them.
        quotes: Vec<Quote>,
        /// Whether there are quotes for another page.
        more: bool,
    },
    /// The files hold no answer.
    NoAnswer(Refusal),
}

/// Whether somebody said what a question asks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Whoever is named did.
    Said,
    /// Somebody else did.
    SaidByOther,
    /// Nobody did.
    NotFound,
}

/// What the quotes of an answer are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The passages that answer, best first.
    Quotes,
    /// One quote or more of everybody who spoke, in the report's order.
    Summary,
    /// Two or more counties or speakers side by side.
    Comparison,
    /// Who spoke at all.
    Speakers,
    /// Facts about a meeting.
    Meeting,
    /// What is to be done, by whom and until when.
    Tasks,
}

/// A verbatim span of a knowledge file, with whose words it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Path below the knowledge folder.
    pub file: String,
    /// Other files that hold the same words of the same speaker.
    pub also: Vec<String>,
    /// The meeting's title.
    pub meeting: String,
    /// When it was held.
    pub dates: Option<DateRange>,
    /// Whose words.
    pub voice: Voice,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The words, letter for letter.
    pub text: String,
    /// Where they stand in the file's decoded text, in characters.
    pub at: CharSpan,
    /// The ranges of `text` (in bytes) that matched the question, in order, without overlaps.
    pub matched: Vec<Span>,
    /// How well it answers; comparable within one answer only.
    pub score: f32,
    /// Of a task: who is to do it, as it stands there.
    pub owner: Option<String>,
    /// Of a task: until when, as it stands there.
    pub due: Option<String>,
    /// Of a task: the word that leaves open when or whether it is done: 尽快, 原则上.
    pub vague: Option<String>,
}

/// Why there is no answer, and what there is instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What is missing.
    pub reason: Reason,
    /// Who did speak: of what is asked, where `of_it`, otherwise at all; at most a dozen.
    pub spoke: Vec<Spoke>,
    /// Whether those are who did speak of what is asked.
    pub of_it: bool,
    /// What of the question it is that they spoke of, where it is not all of it.
    pub near: Option<String>,
    /// Titles of the meetings that the files hold, newest first; at most five.
    pub meetings: Vec<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The message holds nothing to look for.
    NoQuestion,
    /// The message asks nothing: 你好.
    Talk(Talk),
    /// All that there is on the question before has been shown.
    NoMore,
    /// The knowledge folder holds nothing yet.
    NoKnowledge,
    /// The county occurs at most as something talked about.
    CountyDidNotSpeak(String),
    /// Nobody of that name speaks in the files.
    NobodyNamed(String),
    /// Nobody with that office speaks in the files.
    NobodyInOffice(String),
    /// No meeting was held on these days.
    NoMeetingOn(String),
    /// It names a day that no calendar has.
    NoSuchDay(String),
    /// It was spoken of in this file, which has changed since so that nothing of it can be proved.
    Changed(String),
    /// Nobody said anything on it.
    NothingOn(String),
    /// Those asked for speak, but not of it.
    NotSaidBy {
        /// Who was asked for.
        who: String,
        /// What of.
        topic: String,
    },
}

/// Somebody who did speak.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spoke {
    /// Name of the person or the group.
    pub name: Option<String>,
    /// Full title.
    pub office: Option<String>,
    /// Full name of the county.
    pub county: Option<String>,
}

impl Spoke {
    /// Whoever speaks, where a name or an office tells who it is.
    pub(crate) fn of(voice: &Voice) -> Option<Spoke> {
        Participant::of(voice).as_ref().map(Spoke::from)
    }
}

impl From<&Participant> for Spoke {
    fn from(participant: &Participant) -> Spoke {
        Spoke {
            name: participant.name.clone(),
            office: participant.office.clone(),
            county: participant.county.as_ref().map(|county| county.name().to_owned()),
        }
    }
}

impl Quote {
    /// Words that begin at a character of a file of which meeting and days are told, and whose they are; nothing else is told of
    /// them yet.
    pub(crate) fn new(
        file: &str,
        (title, dates): (&str, Option<DateRange>),
        voice: Voice,
        section: Option<String>,
        text: String,
        start: usize,
    ) -> Quote {
        Quote {
            file: file.to_owned(),
            also: Vec::new(),
            meeting: title.to_owned(),
            dates,
            voice,
            section,
            at: CharSpan {
                start,
                end: start + text.chars().count(),
            },
            text,
            matched: Vec::new(),
            score: 0.0,
            owner: None,
            due: None,
            vague: None,
        }
    }

    /// Whether the two share words of one file.
    pub(crate) fn overlaps(&self, other: &Quote) -> bool {
        self.file == other.file && self.at.overlaps(other.at)
    }
}

impl Answer {
    /// The quotes; none where there is no answer.
    pub fn quotes(&self) -> &[Quote] {
        match &self.body {
            Body::Found { quotes, .. } => quotes,
            Body::NoAnswer(_) => &[],
        }
    }
}
