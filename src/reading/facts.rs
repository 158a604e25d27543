//! A meeting's facts: its name, days, place, organizer, and the county whose report it is.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use super::dates::{dates_in, years_in};
use super::front_matter::{Field, FrontMatter};
use super::layout::{Block, Kind, Layout};
use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level};
use crate::meeting::{DateRange, Meeting};
use crate::text::{Span, fold_str, is_clause_mark, sentences};

/// What was found out about the meeting, and what helps to read on.
#[derive(Debug)]
pub struct Facts {
    /// The meeting.
    pub facts: Meeting,
    /// Provinces and prefectures named in title and lead: they settle names that several counties share.
    pub parents: Vec<DivisionCode>,
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
    let county = [Some(folded_title.as_str()), organizer.as_deref(), place.as_deref()]
        .into_iter()
        .flatten()
        .find_map(|words| only_county(&fold_str(words), &parents))
        .or_else(|| dateline_county(text, layout, &parents))
        .or_else(|| {
            lead.iter().find_map(|paragraph| {
                sentences(paragraph)
                    .first()
                    .and_then(|first| only_county(first.of(paragraph), &parents))
            })
        })
        .or_else(|| lead.first().and_then(|first| only_county(first, &parents)))
        .or_else(|| county_of_all(text, &parents));
    Facts {
        facts: Meeting {
            title,
            dates,
            place,
            organizer,
            county,
        },
        parents,
    }
}

/// Without Markdown's emphasis.
fn unmarked(title: &str) -> String {
    title.trim().trim_matches(['*', '#', ' ', '《', '》']).to_owned()
}

fn labelled(text: &str, layout: &Layout, keys: &[&str]) -> Option<String> {
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
        .find(|block| !matches!(block.kind, Kind::Boilerplate))?;
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
            let start = before[..end]
                .char_indices()
                .rev()
                .find(|(_, c)| is_clause_mark(*c))
                .map_or(0, |(mark, c)| mark + c.len_utf8());
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
                let clause = before
                    .char_indices()
                    .rev()
                    .find(|(_, c)| is_clause_mark(*c))
                    .map_or(0, |(mark, c)| mark + c.len_utf8());
                let Some(from) = before[clause..].rfind('在').map(|from| clause + from + '在'.len_utf8()) else {
                    continue;
                };
                let place =
                    before[from..].trim_end_matches(['顺', '利', '隆', '重', '正', '式', '成', '功', '如', '期']);
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
    let places = gazetteer.places_in(text);
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
            let clause = before
                .char_indices()
                .rev()
                .find(|(_, c)| is_clause_mark(*c))
                .map_or(0, |(mark, c)| mark + c.len_utf8());
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

/// The only county named in `text`.
fn only_county(text: &str, parents: &[DivisionCode]) -> Option<County> {
    let gazetteer = Gazetteer::shared();
    let mut found: Vec<County> = Vec::new();
    for mut place in gazetteer.places_in(text) {
        let name = place.span.of(text);
        // 宽城 is a district and a county: the report's prefecture settles it.
        let near: Vec<_> = place
            .divisions
            .iter()
            .copied()
            .filter(|division| parents.iter().any(|parent| parent.holds(division.code())))
            .collect();
        if place.divisions.len() > 1 && near.len() == 1 {
            place.divisions = near;
        }
        let is_county = place.divisions.iter().all(|division| division.level() == Level::County);
        let short_ok = place.form == Form::Full
            || (place.divisions.len() == 1
                && name.chars().count() == 2
                && !is_common(name)
                && !place.divisions[0].name().ends_with('区'));
        if !is_county || !short_ok {
            continue;
        }
        let full = place.divisions[0]
            .names()
            .find(|full| *full == name)
            .map_or(place.divisions[0].name(), |_| name);
        if let Some(county) = gazetteer.county(full, parents)
            && !found.iter().any(|other| other.name() == county.name())
        {
            found.push(county);
        }
    }
    match found.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Whether the dictionary knows a short form as a word that is no place.
fn is_common(word: &str) -> bool {
    let words = crate::text::Segmenter::shared();
    words.knows(word) && words.part_of_speech(word).is_none_or(|tag| !tag.starts_with("ns"))
}

/// 来源:礼泉县融媒体中心; 本报礼泉讯.
fn dateline_county(text: &str, layout: &Layout, parents: &[DivisionCode]) -> Option<County> {
    let media = |block: &&Block| {
        let line = block.span.of(text);
        matches!(block.kind, Kind::Boilerplate)
            && [
                "融媒",
                "县委",
                "政府",
                "广播",
                "日报",
                "发布",
                "来源",
                "新闻",
                "网讯",
                "电视",
                "传媒",
                "讯",
                "网",
                "办公室",
            ]
            .iter()
            .any(|word| line.contains(word))
    };
    layout
        .blocks
        .iter()
        .filter(media)
        .find_map(|block| only_county(&fold_str(block.span.of(text)), parents))
}

/// How often a county must be named, beside any other, to be the one that a report is about.
const OFTEN: usize = 3;

/// The county that a whole report is about: the only one that it names, or the one that it names far more often than
/// any other.
fn county_of_all(text: &str, parents: &[DivisionCode]) -> Option<County> {
    let folded = fold_str(text);
    if let Some(only) = only_county(&folded, parents) {
        return Some(only);
    }
    let gazetteer = Gazetteer::shared();
    let places = gazetteer.places_in(&folded);
    // A short form that several counties share is the one's that the report names in full.
    let in_full: HashSet<DivisionCode> = places
        .iter()
        .filter(|place| place.form == Form::Full && place.divisions.len() == 1)
        .map(|place| place.divisions[0].code())
        .collect();
    let mut counted: Vec<(County, usize)> = Vec::new();
    for mut place in places {
        if place.divisions.len() > 1 {
            place.divisions.retain(|division| in_full.contains(&division.code()));
        }
        let [division] = place.divisions.as_slice() else {
            continue;
        };
        if division.level() != Level::County || (place.form == Form::Short && is_common(place.span.of(&folded))) {
            continue;
        }
        let Some(county) = gazetteer.county(division.name(), parents) else {
            continue;
        };
        match counted.iter_mut().find(|(known, _)| *known == county) {
            Some((_, count)) => *count += 1,
            None => counted.push((county, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counted.as_slice() {
        [(county, most), rest @ ..] if *most >= OFTEN && rest.first().is_none_or(|(_, next)| next * 2 <= *most) => {
            Some(county.clone())
        }
        _ => None,
    }
}

fn parents(named: &[Option<&str>], lead: &[String]) -> Vec<DivisionCode> {
    let gazetteer = Gazetteer::shared();
    let mut found: Vec<DivisionCode> = Vec::new();
    for words in named
        .iter()
        .flatten()
        .map(|words| fold_str(words))
        .chain(lead.iter().cloned())
    {
        for place in gazetteer.places_in(&words) {
            for division in &place.divisions {
                if division.level() != Level::County && place.divisions.len() == 1 && !found.contains(&division.code())
                {
                    found.push(division.code());
                }
            }
        }
    }
    found
}

fn dates(
    text: &str,
    layout: &Layout,
    front: &FrontMatter,
    title: &str,
    lead: &[String],
    file_name: &str,
) -> Option<DateRange> {
    let all_years = || {
        let head: Vec<i32> = years_in(&fold_str(title))
            .into_iter()
            .chain(lead.iter().flat_map(|paragraph| years_in(paragraph)))
            .collect();
        head
    };
    let published = published(text, layout);
    let year_of_file = years_in(&format!(
        "{}-",
        file_name.chars().filter(|c| !c.is_alphabetic()).collect::<String>()
    ))
    .first()
    .copied();
    let year = front
        .get(Field::Date)
        .and_then(|date| years_in(&format!("{}-", fold_str(date))).first().copied())
        .or_else(|| published.map(|day| chrono::Datelike::year(&day)))
        .or_else(|| all_years().first().copied())
        .or(year_of_file);
    let of = |words: &str| dates_in(words).first().and_then(|date| date.resolve(year));
    let stated = front.get(Field::Date).map(fold_str).or_else(|| {
        labelled(
            text,
            layout,
            &[
                "会议时间",
                "时间",
                "日期",
                "会议日期",
                "访谈时间",
                "录音时间",
                "发布时间",
                "活动时间",
                "直播时间",
            ],
        )
        .map(|value| fold_str(&value))
    });
    if let Some(range) = stated.as_deref().and_then(of) {
        return Some(range);
    }
    let dispatched = lead.first().and_then(|first| dispatch(first, year));
    let published = dispatched.map(|(day, _)| day).or(published);
    for (index, paragraph) in lead.iter().take(2).enumerate() {
        // 郯城融媒2024年4月19日讯 4月18日下午,…: the day of the dispatch is not the meeting's.
        let (paragraph, year) = match dispatched {
            Some((day, behind)) if index == 0 => (&paragraph[behind..], Some(chrono::Datelike::year(&day))),
            _ => (paragraph.as_str(), year),
        };
        if let Some(range) = published.and_then(|day| days_alone(paragraph, day)) {
            return Some(range);
        }
        let paragraph_year = dates_in(paragraph).first().and_then(|date| date.year());
        if let Some(range) = dates_in(paragraph)
            .first()
            .and_then(|date| date.resolve(paragraph_year.or(year)))
        {
            return Some(range);
        }
        if let Some(day) = published {
            let opening = paragraph.chars().take(60).collect::<String>();
            if opening.contains("昨日") || opening.contains("昨天") {
                return day.checked_sub_days(Days::new(1)).map(DateRange::day);
            }
            if opening.contains("今日") || opening.contains("今天") {
                return Some(DateRange::day(day));
            }
        }
        if ["日前", "近日", "近期"]
            .iter()
            .any(|word| paragraph.chars().take(60).collect::<String>().contains(word))
        {
            return None;
        }
    }
    lead.iter().find_map(|paragraph| of(paragraph)).or_else(|| {
        let transcript = layout.blocks.iter().any(|block| matches!(block.kind, Kind::Turn(_)));
        let in_title = of(&fold_str(title));
        in_title.or_else(|| transcript.then(|| of(&fold_str(file_name))).flatten())
    })
}

/// The day of a dispatch that a lead begins with (本网东乡5月30日电), and the byte behind it.
fn dispatch(lead: &str, year: Option<i32>) -> Option<(NaiveDate, usize)> {
    let first = dates_in(lead).into_iter().next()?;
    let behind = &lead[first.span.end()..];
    let word = ["讯", "电"].into_iter().find(|word| behind.starts_with(word))?;
    let near = lead[..first.span.start()].chars().count() <= 20;
    let day = first.resolve(first.year().or(year))?.start();
    near.then_some((day, first.span.end() + word.len()))
}

/// Days without a month near a paragraph's beginning (29日上午, 6日至7日): those last before the day of publication.
fn days_alone(paragraph: &str, published: NaiveDate) -> Option<DateRange> {
    let opening: String = paragraph.chars().take(24).collect();
    let at = opening.find('日')?;
    let before = opening[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    if before.ends_with(['月', '-', '—', '至', '/', '.']) {
        return None;
    }
    let first: u32 = opening[before.len()..at].parse().ok()?;
    let rest = opening[at + '日'.len_utf8()..].trim_start_matches(['至', '—', '-', '到']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let last: u32 = match rest[digits..].starts_with('日') {
        true => rest[..digits].parse().unwrap_or(first),
        false => first,
    };
    let month = if last <= chrono::Datelike::day(&published) {
        published
    } else {
        published.checked_sub_months(chrono::Months::new(1))?
    };
    let day = |day: u32| chrono::Datelike::with_day(&month, day);
    Some(DateRange::new(day(first)?, day(last)?))
}

/// The day of publication, from the page's furniture.
fn published(text: &str, layout: &Layout) -> Option<NaiveDate> {
    layout
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Boilerplate | Kind::Heading | Kind::Label { .. }))
        .find_map(|block| {
            let line = fold_str(block.span.of(text));
            dates_in(&line)
                .first()
                .filter(|date| date.year().is_some())
                .and_then(|date| date.resolve(None))
                .map(DateRange::start)
        })
}
