//! Who visits whom: 金寨县党政代表团来我县考察 names the guests' county, and 赴舒城县考察 the hosts'; neither is where the
//! report is at home.

use crate::gazetteer::{Form, Gazetteer, Level};
use crate::text::sentences;

/// What says that a group of people is on its way.
const GROUPS: [&str; 13] = [
    "代表团",
    "考察团",
    "考察组",
    "学习团",
    "调研组",
    "观摩团",
    "客商",
    "客人",
    "一行",
    "率队",
    "率团",
    "带领",
    "率领",
];
/// How far the verb may stand behind the county that the guests come from, or before the one that is visited, in
/// characters.
const REACH: usize = 40;

/// The counties of guests, and those that people of the file's own county visit, by name.
pub(super) fn visitors_and_visited(text: &str) -> Vec<String> {
    let mut elsewhere = Vec::new();
    for sentence in sentences(text) {
        elsewhere.extend(of_sentence(sentence.of(text)));
    }
    elsewhere
}

/// Names in full of one sentence.
fn of_sentence(sentence: &str) -> Vec<String> {
    let mut elsewhere = Vec::new();
    let places: Vec<_> = Gazetteer::shared()
        .places_standing_in(sentence)
        .into_iter()
        .filter(|place| place.form == Form::Full && place.divisions.iter().all(|d| d.level() == Level::County))
        .collect();
    for place in &places {
        let (before, behind) = (&sentence[..place.span.start()], &sentence[place.span.end()..]);
        let near = &behind[..behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at)];
        let comes = coming(near).is_some_and(|at| GROUPS.iter().any(|group| near[..at].contains(group)) || at == 0);
        // 赴甘肃省临夏州广河县考察: the places above it stand between.
        let far = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let clause = before[far..].rsplit([',', '。', ';']).next().unwrap_or(before);
        let visited = clause.rfind('赴').is_some_and(|at| {
            let between = &clause[at + '赴'.len_utf8()..];
            between.is_empty() || between.ends_with(['省', '市', '州', '区', '盟', '、', '和'])
        });
        if comes || visited {
            elsewhere.extend(place.divisions.iter().map(|division| division.name().to_owned()));
        }
    }
    elsewhere
}

/// Where somebody comes to the file's own county: 来我县, 来秀, 莅肃, 到我区. 来自 and 近年来 are not coming.
fn coming(text: &str) -> Option<usize> {
    let to_us = [
        "到我县",
        "到我区",
        "到我市",
        "到我旗",
        "赴我县",
        "赴我区",
        "赴我市",
        "赴我旗",
    ];
    let to_us = to_us.iter().filter_map(|word| text.find(word)).min();
    let comes = text.char_indices().find(|(at, c)| {
        let behind = &text[at + c.len_utf8()..];
        let before = text[..*at].chars().next_back();
        *c == '莅'
            || *c == '来'
                && !behind.starts_with(['自', '源', '的', '到', ',', '了', '看'])
                && !before.is_some_and(|c| matches!(c, '年' | '以' | '将' | '未' | '本' | '原' | '出' | '起' | '日'))
    });
    [to_us, comes.map(|(at, _)| at)].into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_and_hosts_are_elsewhere() {
        for text in [
            "金寨县党政代表团来我县考察",
            "河北省临城县县委书记张某带领党政考察团来我县参观考察",
            "德州市庆云县来秀对接协作工作",
            "我县党政代表团赴金寨县考察",
        ] {
            assert_eq!(visitors_and_visited(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn who_stays_at_home_is_not() {
        for text in [
            "近年来,舒城县抓好防汛",
            "来自乾县的代表发言",
            "惠山区委常委张某到洛社镇走访调研企业",
            "舒城县召开座谈会",
        ] {
            assert!(visitors_and_visited(text).is_empty(), "{text}");
        }
    }
}
