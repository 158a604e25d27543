//! A meeting's facts: its name, days, place, organizer, and the county whose report it is.

use super::folder::Origin;
use super::front_matter::{Field, FrontMatter};
use super::home::{Home, Papers, find, parents};
use super::layout::Layout;
use super::paper::{Line, LineKind, lines};
use super::{days, place, title};
use crate::gazetteer::{County, DivisionCode};
use crate::meeting::{FactsWhy, Meeting, TitleRule};
use crate::text::{Span, fold_str};

/// What was found out about the meeting, and what helps to read on.
#[derive(Debug)]
pub struct Facts {
    /// The meeting.
    pub facts: Meeting,
    /// The rules that told its facts.
    pub why: FactsWhy,
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
    let (title, title_rule) = title(text, layout, &sources);
    let folded_title = fold_str(&title);
    let told = days::dates(&sources, &title);
    let place = place::place(&sources, &folded_title).map(|words| as_it_stands(text, layout, &words));
    let organizer = place::organizer(&sources).map(|words| as_it_stands(text, layout, &words));
    let own = place.as_deref().is_some_and(place::is_own);
    let parents = parents(
        &[
            Some(folded_title.as_str()),
            place.as_deref().filter(|_| !own),
            organizer.as_deref(),
        ],
        &sources.lead,
    );
    let given = front.get(Field::County).or_else(|| {
        origin
            .folder
            .and_then(|folder| folder.county.as_ref())
            .map(County::name)
    });
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
        why: FactsWhy {
            title: title_rule,
            days: told.map(|told| told.rule),
            home: home.rule,
        },
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

/// The meeting's title, by the first rule that tells one.
fn title(text: &str, layout: &Layout, sources: &Sources<'_>) -> (String, TitleRule) {
    let rules: [(TitleRule, &dyn Fn() -> Option<String>); 4] = [
        (TitleRule::FileHead, &|| {
            sources.front.get(Field::Title).map(str::to_owned)
        }),
        (TitleRule::Label, &|| {
            title::labelled(sources.lines).map(|words| as_it_stands(text, layout, &words))
        }),
        (TitleRule::Headline, &|| title::headline(text, sources.lines)),
        (TitleRule::Lead, &|| {
            title::named_meeting(&sources.lead).map(|words| as_it_stands(text, layout, &words))
        }),
    ];
    rules
        .into_iter()
        .find_map(|(rule, told)| told().map(|title| (title, rule)))
        .unwrap_or_else(|| (title::of_file(sources.origin.file), TitleRule::FileName))
}

/// Folded words as the file has them, where it has them: 县会堂 of a file in traditional characters.
fn as_it_stands(text: &str, layout: &Layout, words: &str) -> String {
    let found = layout.blocks.iter().find_map(|block| {
        let folded = block.folded(text);
        let at = folded.text().find(words)?;
        Some(folded.words(Span::new(at, at + words.len()), text))
    });
    found.unwrap_or_else(|| words.to_owned())
}

/// The first paragraphs of prose, before all turns where some stand there.
pub fn lead(lines: &[Line]) -> Vec<String> {
    let prose = |lines: &[Line]| -> Vec<String> {
        lines
            .iter()
            .filter(|line| line.kind == LineKind::Prose && line.stamp.is_none())
            .take(LEAD)
            .map(|line| line.words.clone())
            .collect()
    };
    let turn = lines
        .iter()
        .position(|line| line.kind == LineKind::Turn)
        .unwrap_or(lines.len());
    prose(&lines[..turn])
}
