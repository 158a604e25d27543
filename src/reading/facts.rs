//! A meeting's facts: its name, days, place, organizer, and the county whose report it is.

use super::folder::Origin;
use super::front_matter::{Field, FrontMatter};
use super::home::{Home, Papers, find, parents};
use super::layout::Layout;
use super::paper::{Line, LineKind, lines};
use super::{days, place, title};
use crate::gazetteer::{County, DivisionCode};
use crate::meeting::Meeting;
use crate::text::fold_str;

/// What was found out about the meeting, and what helps to read on.
#[derive(Debug)]
pub struct Facts {
    /// The meeting.
    pub facts: Meeting,
    /// Provinces and prefectures named in title and lead: they settle names that several counties share.
    pub parents: Vec<DivisionCode>,
    /// The county that the file is at home in, and what told it.
    pub home: Home,
    /// Where the text itself begins, behind the file's head.
    pub body_start: usize,
}

/// What facts are told from.
pub struct Sources<'a> {
    /// The file's own head.
    pub front: &'a FrontMatter,
    /// What each block is.
    pub lines: &'a [Line],
    /// The first paragraphs of prose, folded.
    pub lead: Vec<String>,
    /// The file's path and folders.
    pub origin: &'a Origin<'a>,
}

/// How many prose blocks count as the lead.
const LEAD: usize = 3;

/// Finds the facts in front matter, labels, title and lead, in that order.
pub fn meeting(text: &str, layout: &Layout, front: &FrontMatter, origin: &Origin<'_>) -> Facts {
    let lines = lines(text, layout);
    let sources = Sources {
        front,
        lead: lead(&lines),
        lines: &lines,
        origin,
    };
    let title = front
        .get(Field::Title)
        .map(str::to_owned)
        .or_else(|| title::labelled(&lines))
        .or_else(|| title::headline(text, &lines))
        .or_else(|| title::named_meeting(&sources.lead))
        .unwrap_or_else(|| title::of_file(origin.file));
    let folded_title = fold_str(&title);
    let told = days::dates(&sources, &title);
    if let Some(told) = told {
        tracing::debug!(file = origin.file, rule = told.rule, "the meeting's days");
    }
    let place = place::place(&sources, &folded_title);
    let organizer = place::organizer(&sources);
    let own = place.as_deref().is_some_and(place::is_own);
    let parents = parents(
        &[
            Some(folded_title.as_str()),
            place.as_deref().filter(|_| !own),
            organizer.as_deref(),
        ],
        &sources.lead,
    );
    let given = front
        .get(Field::County)
        .or_else(|| origin.folder.and_then(|folder| folder.county.as_ref()).map(County::name));
    let body_start = layout.blocks.first().map_or(0, |block| block.span.start());
    let home = find(&Papers {
        given,
        body: &text[body_start..],
        title: &title,
        organizer: organizer.as_deref(),
        place: place.as_deref().filter(|_| !own),
        lead: &sources.lead,
        path: origin.file,
        parents: &parents,
    });
    // 我县 is the county's name.
    let place = match (&home.county, own) {
        (_, false) => place,
        (Some(county), true) => Some(county.name().to_owned()),
        (None, true) => None,
    };
    Facts {
        facts: Meeting {
            title,
            dates: told.map(|told| told.days),
            place,
            organizer,
            county: home.county.clone(),
        },
        parents,
        home,
        body_start,
    }
}

/// The first paragraphs of prose, before all turns where some stand there.
fn lead(lines: &[Line]) -> Vec<String> {
    let prose = |lines: &[Line]| -> Vec<String> {
        lines
            .iter()
            .filter(|line| line.kind == LineKind::Prose && line.stamp.is_none())
            .take(LEAD)
            .map(|line| line.words.clone())
            .collect()
    };
    let turn = lines.iter().position(|line| line.kind == LineKind::Turn).unwrap_or(lines.len());
    prose(&lines[..turn])
}
