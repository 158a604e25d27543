//! Where a meeting was held, as the report says it, and who called it.

use std::sync::LazyLock;

use super::days::labels;
use super::facts::Sources;
use super::front_matter::Field;
use super::labels::LabelKind;
use super::title::HELD;
use crate::gazetteer::{Form, Gazetteer, Level};
use crate::text::{last_clause, rows, sentences};

struct Lists {
    venue: Vec<&'static str>,
    not: Vec<&'static str>,
    tour: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists {
        venue: Vec::new(),
        not: Vec::new(),
        tour: Vec::new(),
    };
    for row in rows(include_str!("place.tsv")) {
        match row.as_slice() {
            ["venue", words] => lists.venue.push(words),
            ["not", words] => lists.not.push(words),
            ["tour", words] => lists.tour.push(words),
            // A test loads the table: a wrong row never leaves the workshop.
            other => panic!("src/reading/place.tsv: no list and words: {other:?}"),
        }
    }
    lists
});

/// The place: the file's head, a label, `在…召开`, a hall that is named, the folder; else the division that title and lead
/// name, unless they tell of a tour.
pub fn place(sources: &Sources<'_>, title: &str) -> Option<String> {
    let lead = &sources.lead;
    let tour = lead.iter().take(2).any(|paragraph| is_tour(paragraph));
    sources
        .front
        .get(Field::Place)
        .map(str::to_owned)
        .or_else(|| labels(sources.lines, LabelKind::Place).next().map(str::to_owned))
        .or_else(|| held_at(lead))
        .or_else(|| sources.origin.folder.and_then(|folder| folder.place.clone()))
        .or_else(|| hosted_in(title))
        .or_else(|| (!tour).then(|| division_in(title)).flatten())
        .or_else(|| (!tour).then(|| lead.first().and_then(|first| division_in(first))).flatten())
}

/// Who called the meeting.
pub fn organizer(sources: &Sources<'_>) -> Option<String> {
    sources
        .front
        .get(Field::Organizer)
        .map(str::to_owned)
        .or_else(|| labels(sources.lines, LabelKind::Organizer).next().map(str::to_owned))
        .or_else(|| organizer_in(&sources.lead))
        .or_else(|| sources.origin.folder.and_then(|folder| folder.organizer.clone()))
}

fn is_tour(paragraph: &str) -> bool {
    let told = LISTS.tour.iter().filter(|word| paragraph.contains(**word)).count();
    let held = HELD.iter().any(|held| paragraph.contains(held));
    told >= 2 && !held || told >= 1 && paragraph.contains("先后")
}

/// `在…召开`, `在县会堂,…`.
fn held_at(lead: &[String]) -> Option<String> {
    lead.iter().find_map(|paragraph| {
        HELD.iter()
            .flat_map(|held| paragraph.match_indices(held))
            .find_map(|(at, _)| before_held(&paragraph[..at]))
            .or_else(|| sentences(paragraph).iter().take(3).find_map(|sentence| hall(sentence.of(paragraph))))
    })
}

fn before_held(before: &str) -> Option<String> {
    let clause = last_clause(before);
    let from = before[clause..].rfind('在').map(|from| clause + from + '在'.len_utf8())?;
    // 在建项目, 现在: no place begins there.
    if before[..from].ends_with("现在") || before[..from].ends_with("正在") {
        return None;
    }
    let place = before[from..].trim_end_matches(['顺', '利', '隆', '重', '正', '式', '成', '功', '如', '期']);
    let place = ["主持", "组织", "联合", "集中"]
        .iter()
        .find_map(|word| place.strip_suffix(word))
        .unwrap_or(place)
        .trim();
    is_place(place).then(|| place.to_owned())
}

/// 在县职教中心三楼会议室,县政府召开…: a hall is where it was held, whatever stands behind.
fn hall(sentence: &str) -> Option<String> {
    sentence.match_indices('在').find_map(|(at, _)| {
        let rest = &sentence[at + '在'.len_utf8()..];
        let end = LISTS
            .venue
            .iter()
            .filter_map(|venue| rest.find(venue).map(|from| from + venue.len()))
            .min()?;
        let place = &rest[..end];
        let own = !place.contains([',', ':', '“', '。', '、']) && super::attribution::first_cue(&sentence[..at]).is_none();
        (own && is_place(place)).then(|| place.to_owned())
    })
}

fn is_place(words: &str) -> bool {
    let length = words.chars().count();
    (2..=30).contains(&length)
        && !LISTS.not.iter().any(|word| words.ends_with(word))
        && !words.starts_with(['此', '这', '会'])
        && !words.contains(['“', '、', '的'])
}

/// The division that a title names behind 在, 到, 赴: …推进会在勉县召开.
fn hosted_in(title: &str) -> Option<String> {
    let places = Gazetteer::shared().places_written_in(title);
    places
        .iter()
        .find(|place| place.form == Form::Full && title[..place.span.start()].ends_with(['在', '到', '赴']))
        .map(|place| place.span.of(title).to_owned())
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

/// Whether a place is 我县, 我市: the home's name is meant.
pub fn is_own(place: &str) -> bool {
    matches!(place, "我县" | "我市" | "我区" | "我旗" | "本县" | "全县")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lead: &str) -> Option<String> {
        held_at(&[lead.to_owned()])
    }

    #[test]
    fn where_it_was_held() {
        assert_eq!(at("3月1日,春耕现场会在柳林镇召开。").as_deref(), Some("柳林镇"));
        assert_eq!(at("3月1日,钟铁山在县政府四楼会议室主持召开会议。").as_deref(), Some("县政府四楼会议室"));
        assert_eq!(at("5月2日14:30在县会堂,县政府开会。").as_deref(), Some("县会堂"));
        assert_eq!(at("委员与部门在县政协会议厅面对面协商。").as_deref(), Some("县政协会议厅"));
    }

    #[test]
    fn what_is_no_place() {
        for lead in [
            "在随后召开的座谈会上,大家发言。",
            "分别在两地召开座谈会。",
            "会议在疫情防控期间召开。",
            "钟铁山说,在县会堂见。",
            "现在召开会议。",
        ] {
            assert_eq!(at(lead), None, "{lead}");
        }
        assert!(is_tour("钟铁山先后到柳河大堤、城南泵站察看。"));
        assert!(!is_tour("3月1日,春耕现场会召开。"));
    }
}
