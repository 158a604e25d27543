//! Where a meeting was held, as the report says it, and who called it.

use super::days::labels;
use super::facts::Sources;
use super::front_matter::Field;
use super::labels::LabelKind;
use super::title::HELD;
use crate::gazetteer::{Form, Gazetteer, Level};
use crate::text::{is_han, last_clause, sentences, words_by_kind};

words_by_kind! {
    /// The words of `place.tsv`, by kind.
    static LISTS: Lists = "place.tsv" {
        /// What a place ends with that a meeting is held in.
        venue,
        /// What stands between 在 and 召开 and is no place.
        not,
        /// Words of a lead that tell of a tour over several places.
        tour,
    }
}

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
        .or_else(|| {
            let opening = lead.iter().take(1).flat_map(|paragraph| {
                sentences(paragraph)
                    .into_iter()
                    .take(2)
                    .map(|sentence| sentence.of(paragraph))
            });
            std::iter::once(title)
                .chain(opening)
                .filter(|_| !tour)
                .find_map(|words| hosted_in(words).or_else(|| held_by(words)).or_else(|| visited(words)))
        })
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
            .or_else(|| {
                sentences(paragraph)
                    .iter()
                    .take(3)
                    .find_map(|sentence| hall(sentence.of(paragraph)))
            })
    })
}

fn before_held(before: &str) -> Option<String> {
    let clause = last_clause(before);
    let from = before[clause..]
        .rfind('在')
        .map(|from| clause + from + '在'.len_utf8())?;
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
        let own =
            !place.contains([',', ':', '“', '。', '、']) && super::attribution::first_cue(&sentence[..at]).is_none();
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

/// The division that is named behind 在, 到, 赴: …推进会在勉县召开, 调研组到米林市调研; none where there are several.
fn hosted_in(words: &str) -> Option<String> {
    let places = Gazetteer::shared().places_standing_in(words);
    let place = places
        .iter()
        .find(|place| place.form == Form::Full && words[..place.span.start()].ends_with(['在', '到', '赴']))?;
    let several = words[place.span.end()..].starts_with(['、', '和', '及']);
    (!several).then(|| place.span.of(words).to_owned())
}

/// What is done where one has come to: 到柳林镇走访调研企业,并参加企业沙龙.
const VISITS: [&str; 10] = [
    "走访", "调研", "督导", "检查", "参加", "出席", "召开", "主持", "宣讲", "现场",
];

/// Characters of a town's name.
const LONGEST_TOWN: usize = 7;

/// The town that somebody comes to; none where there are several.
fn visited(words: &str) -> Option<String> {
    ["到", "赴"]
        .iter()
        .flat_map(|to| words.match_indices(to))
        .find_map(|(at, to)| {
            let behind = &words[at + to.len()..];
            let reach = behind
                .char_indices()
                .nth(LONGEST_TOWN + 1)
                .map_or(behind.len(), |(at, _)| at);
            let (end, _) = ["镇", "乡", "街道"]
                .iter()
                .filter_map(|rank| behind[..reach].find(rank).map(|from| (from + rank.len(), from)))
                .min()?;
            let town = &behind[..end];
            let named = (3..=LONGEST_TOWN).contains(&town.chars().count())
                && town.chars().all(is_han)
                && !town.starts_with(['各', '全', '本', '该']);
            (named && VISITS.iter().any(|verb| behind[end..].starts_with(verb))).then(|| town.to_owned())
        })
}

/// Words between a division and 召开 that are a body of it: 内乡县委常委会召开….
const LONGEST_BODY: usize = 10;

/// The division that holds a meeting: 疏附县召开…推进会.
fn held_by(words: &str) -> Option<String> {
    let places = Gazetteer::shared().places_standing_in(words);
    let place = places.iter().find(|place| {
        let behind = &words[place.span.end()..];
        let verb = ["召开", "举行", "举办"]
            .iter()
            .filter_map(|verb| behind.find(verb).map(|at| (at, at + verb.len())))
            .min();
        let opens = words[..place.span.start()]
            .chars()
            .next_back()
            .is_none_or(|c| c != '、' && (!c.is_alphanumeric() || "日午天晚年讯开".contains(c)));
        let county = place
            .divisions
            .iter()
            .all(|division| division.level() != Level::Province);
        verb.is_some_and(|(at, end)| {
            let body = &behind[..at];
            let own = body.chars().count() <= LONGEST_BODY && !body.contains([',', '、', ' ', ':', '并', '和']);
            own && behind[end..].starts_with(|c: char| c.is_alphanumeric() || c == '“')
        }) && opens
            && county
    })?;
    match place.divisions.as_slice() {
        [one] => Some(one.name().to_owned()),
        _ if place.form == Form::Full => Some(place.span.of(words).to_owned()),
        _ => None,
    }
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
        assert_eq!(
            at("3月1日,钟铁山在县政府四楼会议室主持召开会议。").as_deref(),
            Some("县政府四楼会议室")
        );
        assert_eq!(at("5月2日14:30在县会堂,县政府开会。").as_deref(), Some("县会堂"));
        assert_eq!(
            at("委员与部门在县政协会议厅面对面协商。").as_deref(),
            Some("县政协会议厅")
        );
    }

    #[test]
    fn a_county_that_holds_a_meeting_is_where_it_is() {
        assert_eq!(held_by("礼泉县召开春耕推进会").as_deref(), Some("礼泉县"));
        assert_eq!(
            held_by("3月1日上午,礼泉县委常委会召开扩大会议").as_deref(),
            Some("礼泉县")
        );
        assert_eq!(hosted_in("钟铁山到礼泉县调研春耕工作").as_deref(), Some("礼泉县"));
        assert_eq!(held_by("礼泉县第十五届人民代表大会第三次会议隆重开幕"), None);
        assert_eq!(hosted_in("钟铁山到礼泉县、乾县调研"), None);
    }

    #[test]
    fn a_town_that_is_visited_is_where_it_is() {
        assert_eq!(
            visited("3月1日,钟铁山到柳林镇走访调研企业,并参加企业沙龙").as_deref(),
            Some("柳林镇")
        );
        assert_eq!(visited("钟铁山赴青禾街道督导防汛").as_deref(), Some("青禾街道"));
        for words in [
            "钟铁山到柳林镇、青禾镇走访调研",
            "资金已到各乡镇",
            "钟铁山谈到乡镇走访",
            "从县城到柳林镇的路修通了",
        ] {
            assert_eq!(visited(words), None, "{words}");
        }
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
