//! A meeting's facts: its name, days, place, organizer, and the county whose report it is.

use super::days::dates;
use super::front_matter::{Field, FrontMatter};
use super::home::{Home, Papers, find, parents};
use super::layout::{Kind, Layout};
use crate::gazetteer::{DivisionCode, Form, Gazetteer, Level};
use crate::meeting::Meeting;
use crate::text::{Span, fold_str, last_clause};

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

/// How many prose blocks count as the lead.
const LEAD: usize = 3;
const HELD: [&str; 9] = [
    "召开",
    "举行",
    "举办",
    "开幕",
    "闭幕",
    "落下帷幕",
    "圆满结束",
    "启动",
    "开班",
];

/// Finds the facts in front matter, labels, title and lead, in that order.
pub fn meeting(text: &str, layout: &Layout, front: &FrontMatter, file_name: &str) -> Facts {
    let lead: Vec<String> = layout
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Paragraph))
        .take(LEAD)
        .map(|block| fold_str(block.span.of(text)))
        .collect();
    let label = |keys: &[&str]| labelled(text, layout, keys);
    let headline = headline(text, layout);
    let title = front
        .get(Field::Title)
        .map(str::to_owned)
        .or_else(|| label(&["会议名称", "名称", "标题"]))
        .or_else(|| headline.clone())
        .or_else(|| named_meeting(text, layout))
        .unwrap_or_else(|| {
            file_name
                .rsplit('/')
                .next()
                .unwrap_or(file_name)
                .trim_end_matches(".txt")
                .trim_end_matches(".md")
                .to_owned()
        });
    let title = super::facts::unmarked(&title);
    let place = front
        .get(Field::Place)
        .map(str::to_owned)
        .or_else(|| label(&["会议地点", "地点", "开会地点", "访谈地点", "发布地点", "活动地点"]))
        .or_else(|| held_at(&lead))
        .or_else(|| division_in(&fold_str(&title)))
        .or_else(|| lead.first().and_then(|first| division_in(first)));
    let organizer = front
        .get(Field::Organizer)
        .map(str::to_owned)
        .or_else(|| label(&["主办", "主办单位"]))
        .or_else(|| organizer_in(&lead));
    let dates = dates(text, layout, front, &title, &lead, file_name);
    let folded_title = fold_str(&title);
    let parents = parents(
        &[Some(folded_title.as_str()), place.as_deref(), organizer.as_deref()],
        &lead,
    );
    let body_start = layout.blocks.first().map_or(0, |block| block.span.start());
    let home = find(&Papers {
        given: None,
        body: &text[body_start..],
        title: &title,
        organizer: organizer.as_deref(),
        place: place.as_deref(),
        lead: &lead,
        path: file_name,
        parents: &parents,
    });
    Facts {
        facts: Meeting {
            title,
            dates,
            place,
            organizer,
            county: home.county.clone(),
        },
        parents,
        home,
        body_start,
    }
}

/// Without Markdown's emphasis.
fn unmarked(title: &str) -> String {
    title.trim().trim_matches(['*', '#', ' ', '《', '》']).to_owned()
}

/// The value of the first label with one of these keys.
pub fn labelled(text: &str, layout: &Layout, keys: &[&str]) -> Option<String> {
    layout.blocks.iter().find_map(|block| match &block.kind {
        Kind::Label { key, value } if keys.contains(&key.as_str()) && !value.is_empty() => {
            Some(value.of(text).to_owned())
        }
        _ => None,
    })
}

fn headline(text: &str, layout: &Layout) -> Option<String> {
    let first = layout
        .blocks
        .iter()
        .find(|block| !matches!(block.kind, Kind::Furniture(_)))?;
    matches!(first.kind, Kind::Title | Kind::Heading).then(|| first.span.of(text).to_owned())
}

/// `…会召开` in the lead: the words from the clause's start to the meeting's last character.
fn named_meeting(text: &str, layout: &Layout) -> Option<String> {
    let blocks = layout
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Paragraph))
        .take(LEAD);
    for block in blocks {
        let original = block.span.of(text);
        let folded = crate::text::Folded::new(original, 0);
        let line = folded.text();
        for held in HELD {
            let Some(at) = line.find(held) else { continue };
            let before = &line[..at];
            let end = before.rfind(['会', '坛', '班']).map(|end| end + '会'.len_utf8());
            let Some(end) = end.filter(|end| line[*end..at].chars().count() <= 12) else {
                continue;
            };
            let start = last_clause(&before[..end]);
            if line[start..end].chars().count() >= 3 {
                return Some(folded.original(Span::new(start, end)).of(original).trim().to_owned());
            }
        }
    }
    None
}

/// `在…召开`.
fn held_at(lead: &[String]) -> Option<String> {
    for paragraph in lead {
        for held in HELD {
            for (at, _) in paragraph.match_indices(held) {
                let before = &paragraph[..at];
                let clause = last_clause(before);
                let Some(from) = before[clause..].rfind('在').map(|from| clause + from + '在'.len_utf8()) else {
                    continue;
                };
                let place =
                    before[from..].trim_end_matches(['顺', '利', '隆', '重', '正', '式', '成', '功', '如', '期']);
                let place = ["主持", "组织", "联合"]
                    .iter()
                    .find_map(|word| place.strip_suffix(word))
                    .unwrap_or(place);
                let temporal = ["期间", "之际", "前夕", "即", "下", "上午", "下午"]
                    .iter()
                    .any(|word| place.ends_with(word));
                if (2..=30).contains(&place.chars().count()) && !temporal {
                    return Some(place.to_owned());
                }
            }
        }
    }
    None
}

/// The full name of the first division named.
fn division_in(text: &str) -> Option<String> {
    let gazetteer = Gazetteer::shared();
    let places = gazetteer.places_standing_in(text);
    let full = places
        .iter()
        .find(|place| place.form == Form::Full)
        .map(|place| place.span.of(text).to_owned());
    full.or_else(|| {
        let short = places
            .iter()
            .find(|place| place.divisions.len() == 1 && place.divisions[0].level() != Level::Province)?;
        Some(short.divisions[0].name().to_owned())
    })
}

/// `由…主办`.
fn organizer_in(lead: &[String]) -> Option<String> {
    for paragraph in lead {
        for verb in ["主办", "组织召开", "召集", "共同举办", "联合举办", "组织举办"] {
            let Some(at) = paragraph.find(verb) else { continue };
            let before = &paragraph[..at];
            let clause = last_clause(before);
            let name = before[clause..]
                .rfind('由')
                .map(|from| &before[clause + from + '由'.len_utf8()..]);
            if let Some(name) = name.filter(|name| (3..=40).contains(&name.chars().count())) {
                return Some(name.to_owned());
            }
        }
    }
    None
}
