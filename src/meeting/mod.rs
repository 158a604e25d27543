//! What a knowledge file says, once it has been read: the meeting, its sections, and who said what.
//!
//! Types only. How a text becomes these is the business of [`reading`](crate::reading).

mod dates;
mod left_out;
mod speaker;
mod why;

pub use dates::DateRange;
pub use left_out::{LeftOut, Reason};
pub use speaker::{Certainty, Manner, Speaker, Voice};
pub use why::{CountyRule, DaysRule, FactsWhy, HomeRule, OfficeRule, SpeakerRule, TitleRule, Why};

use serde::{Deserialize, Serialize};

use crate::gazetteer::County;
use crate::text::Span;

/// One knowledge file as it was understood. All spans are bytes of its decoded text.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What the file is about.
    pub meeting: Meeting,
    /// The rules that tell what it is about.
    pub why: FactsWhy,
    /// The headings in order.
    pub sections: Vec<Section>,
    /// All that was said and narrated, in order, without overlaps.
    pub remarks: Vec<Remark>,
    /// What is in no remark, in order, with the reason. Together with the remarks it covers the text but for white space.
    pub left_out: Vec<LeftOut>,
    /// What was not understood or is to be corrected, for the admin to read.
    pub doubts: Vec<Doubt>,
}

/// A meeting's facts; each is open where the file doesn't say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its name, or the report's headline.
    pub title: String,
    /// When it was held.
    pub dates: Option<DateRange>,
    /// Where it was held, as the report names it.
    pub place: Option<String>,
    /// Who called it.
    pub organizer: Option<String>,
    /// The county whose report this is, where one is named.
    pub county: Option<County>,
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's own words.
    pub heading: Span,
}

/// A stretch of the file attributed to one speaker, a group, or the reporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The words, without cue, speaker and outer quotation marks.
    pub span: Span,
    /// The paragraph that it stands in.
    pub paragraph: Span,
    /// Whose words they are.
    pub voice: Voice,
    /// The reporting word or phrase that led to the voice.
    pub cue: Option<String>,
    /// The rules that decided whose words they are; `None` for the reporter's own.
    pub why: Option<Why>,
    /// Index of the section it stands in.
    pub section: Option<usize>,
}

/// Something in the file that an admin should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What it is about.
    pub span: Span,
    /// What is doubtful.
    pub kind: DoubtKind,
}

/// What an admin should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoubtKind {
    /// The file's head does not end, and is read as text.
    UnclosedHead,
    /// A line of the head has no colon.
    NoColon,
    /// A line of the head has a key that is not known.
    UnknownKey(String),
    /// A correction is not written as one.
    BadCorrection,
    /// A correction is of somebody who says nothing in the file.
    NobodyCorrected(String),
    /// A correction names no county.
    NoCounty(String),
    /// A folder's year is none.
    NoYear(String),
    /// Somebody speaks who is named once, without an office.
    NamedOnce(String),
    /// Two persons of one name speak, for different counties.
    SameName(String),
    /// Somebody speaks for a county that no list has.
    UnlistedCounty(String),
    /// A line of a transcript looks like a turn's head and was read as more of the turn before.
    UnreadHead(String),
}

impl Report {
    /// How much of the file's text was understood: the share of its letters and digits that stand in remarks, headings and
    /// what frames them, and not in what was left out.
    pub fn understood(&self, text: &str) -> f32 {
        let letters = |span: Span| span.of(text).chars().filter(|c| c.is_alphanumeric()).count();
        let all = text.chars().filter(|c| c.is_alphanumeric()).count();
        let furniture = self.left_out.iter().filter(|left| left.why.is_furniture());
        let left: usize = furniture.map(|left| letters(left.span)).sum();
        if all == 0 { 1.0 } else { 1.0 - left as f32 / all as f32 }
    }

    /// The remarks that somebody made: all but narration.
    pub fn spoken(&self) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().filter(|remark| remark.voice.is_spoken())
    }
}
