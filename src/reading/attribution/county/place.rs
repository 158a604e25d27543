//! The place in an office: the chain of places that a title begins with (陕西省|咸阳市|乾县|水利局局长).

use super::super::only;
use super::words::{Does, prefix, suffix, words};
use crate::gazetteer::{
    County, Division, DivisionCode, Form, Gazetteer, Level, PlaceMention, is_common, is_generic, is_named_after,
};
use crate::text::{Segmenter, Span};

/// What a place name settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceOfOffice {
    /// A county.
    County(County),
    /// A prefecture or a province: no county.
    Above,
    /// No place is named.
    Open,
}

/// The titles that an office joins: 市委常委、麒麟区区委书记.
pub(super) fn titles(office: &str) -> impl Iterator<Item = &str> {
    office
        .split(['、', ',', ';', '兼', ' ', '|', '/'])
        .map(without_leads)
        .filter(|title| !title.is_empty())
}

/// Without what stands before a title's place: 原, 时任, 中共. 前 of 前进镇 and 原 of 原州区 are a place's.
fn without_leads(title: &str) -> &str {
    let mut title = title.trim_matches(['(', ')', '—', '-']);
    while let Some(lead) = prefix(Does::Lead, title) {
        let own = Gazetteer::shared()
            .places_in(title)
            .first()
            .is_some_and(|place| place.span.start() == 0 && !is_title_of(&title[lead.len()..]));
        // 代表 is no 表 that somebody stands in for.
        if own || lead == "代" && title.starts_with("代表") {
            break;
        }
        title = &title[lead.len()..];
    }
    title
}

/// 代|县长, 原|县委书记: what is behind is a body or a title by itself.
fn is_title_of(rest: &str) -> bool {
    rest.starts_with(['县', '区', '旗', '市']) && !rest.starts_with("县县")
}

/// The place in a folded office; `parents` settle names that several counties share, and tell which short forms the file
/// means.
pub fn place_of(office: &str, parents: &[DivisionCode]) -> PlaceOfOffice {
    let mut place = PlaceOfOffice::Open;
    for title in titles(office) {
        match place_of_title(title, parents) {
            // The last county named is the one: 硚口区人大代表、江岸区政府区长.
            PlaceOfOffice::County(county) => place = PlaceOfOffice::County(county),
            PlaceOfOffice::Above if place == PlaceOfOffice::Open => place = PlaceOfOffice::Above,
            _ => {}
        }
    }
    place
}

/// The county of a bureau's branch that is called by its short form: 市生态环境局|淳安|分局副局长.
fn of_branch(title: &str, parents: &[DivisionCode]) -> Option<County> {
    let (before, _) = title.split_once("分局")?;
    let (_, branch) = before.rsplit_once('局')?;
    let place = Gazetteer::shared().places_in(branch).into_iter().next()?;
    let whole = place.span == Span::new(0, branch.len()) && place.form == Form::Short;
    // 城东 is everywhere: one that the file is about.
    let near = place.divisions.iter().filter(|division| {
        let code = division.code();
        division.level() == Level::County && parents.iter().any(|parent| *parent == code || parent.holds(code))
    });
    let county = only(near)?;
    whole
        .then(|| Gazetteer::shared().county(county.name(), &[county.code()]))
        .flatten()
}

/// The place of one title.
pub(super) fn place_of_title(title: &str, parents: &[DivisionCode]) -> PlaceOfOffice {
    let gazetteer = Gazetteer::shared();
    if let Some(county) = of_branch(title, parents) {
        return PlaceOfOffice::County(county);
    }
    let mut above: Vec<DivisionCode> = Vec::new();
    let mut at = 0;
    while let Some(place) = gazetteer.places_in(&title[at..]).into_iter().next() {
        if place.span.start() > 0 {
            break;
        }
        let rest = &title[at + place.span.end()..];
        let name = place.span.of(&title[at..]);
        let is_county = |place: &PlaceMention| place.divisions.iter().any(|d| d.level() == Level::County);
        // 四川北路街道, 永寿建筑公司: named after the place.
        // 南海网记者, 乐亭发布记者: a medium's.
        let medium = || title.ends_with("记者") && words(Does::Medium).any(|word| rest.starts_with(word));
        if place.form == Form::Short && (is_street(rest) || medium()) {
            break;
        }
        let higher = place.divisions.iter().find(|division| {
            division.level() != Level::County && (above.is_empty() || above[0].holds(division.code()))
        });
        if let Some(higher) = higher
            && !(is_county(&place) && place.form == Form::Full)
        {
            above.insert(0, higher.code());
            at += place.span.end();
            continue;
        }
        let near: Vec<DivisionCode> = above.iter().chain(parents).copied().collect();
        let found = if place.form == Form::Full {
            full(name, rest, &above, &near)
        } else {
            short(&place, name, rest, !above.is_empty(), &near)
        };
        if let Some(county) = found {
            return PlaceOfOffice::County(county);
        }
        break;
    }
    if let Some(county) = unlisted(&title[at..]) {
        return PlaceOfOffice::County(county);
    }
    // 西南大学驻礼泉县工作队, 农业银行礼泉县支行: in full, and whole.
    let inner = gazetteer
        .places_standing_in(&title[at..])
        .into_iter()
        .filter(|place| place.form == Form::Full && place.span.start() > 0)
        .filter(|place| place.span.of(&title[at..]).chars().count() > 2)
        .filter(|place| !is_street(&title[at + place.span.end()..]))
        .filter_map(|place| {
            let near: Vec<DivisionCode> = above.iter().chain(parents).copied().collect();
            gazetteer.county(place.span.of(&title[at..]), &near)
        })
        .next_back();
    match inner {
        Some(county) => PlaceOfOffice::County(county),
        None if at > 0 => PlaceOfOffice::Above,
        None => PlaceOfOffice::Open,
    }
}

/// A county named in full.
fn full(name: &str, rest: &str, above: &[DivisionCode], near: &[DivisionCode]) -> Option<County> {
    // 城区, 郊区 are a county's names only behind their city's; 代县长 is a title.
    let generic = is_generic(name) && above.is_empty();
    let of_title = name.chars().count() == 2 && rest.starts_with('长') && above.is_empty();
    if generic || of_title {
        return None;
    }
    Gazetteer::shared().county(name, near)
}

/// A county named by its short form: right before a body (礼泉统战部), where no other can be meant and it is no word, or
/// where the file names it in full or lies in the same place (`near`).
fn short(place: &PlaceMention, name: &str, rest: &str, behind_place: bool, near: &[DivisionCode]) -> Option<County> {
    let counties: Vec<_> = place.divisions.iter().filter(|d| d.level() == Level::County).collect();
    let fitting: Vec<_> = counties
        .iter()
        .filter(|division| near.iter().any(|parent| parent.holds(division.code())))
        .collect();
    // 礼泉|县委: with its own rank behind it, a word is the place all the same; 振兴, 南部 without it are not.
    let own_body =
        |division: &Division| is_rank_of_body(rest) && division.name().ends_with(rest.chars().next().unwrap_or('县'));
    let is_word = is_common(name) && Segmenter::shared().part_of_speech(name) != Some("n");
    let division = match (counties.as_slice(), fitting.as_slice()) {
        (_, [one]) => **one,
        ([one], []) if !is_word || own_body(one) => *one,
        _ => return None,
    };
    // 白塔县 is no 白塔区; 公安局 is a body; 永寿建筑公司 is a firm.
    let other_rank = rest.starts_with(['县', '市', '区', '旗']) && !is_rank_of_body(rest);
    let in_word = rest
        .chars()
        .next()
        .is_some_and(|next| Segmenter::shared().knows(&format!("{name}{next}")));
    let of_town = begins_town(rest) && (!behind_place || fitting.is_empty());
    // 白河南县: a longer name of no list.
    let longer = rest
        .char_indices()
        .take(3)
        .skip(1)
        .any(|(at, c)| matches!(c, '县' | '旗') && prefix(Does::NoName, rest).is_none() && is_name(&rest[..at]));
    // 福建|南安|恒泰卫浴公司: behind the place that holds it, the firm's county is named.
    let of_firm = is_named_after(rest) && (!behind_place || fitting.is_empty());
    let vetoed = other_rank || in_word || of_town || longer || of_firm;
    (!vetoed).then(|| {
        Gazetteer::shared()
            .county(division.name(), near)
            .unwrap_or_else(|| County::unlisted(division.name()))
    })
}

/// 礼泉|县委书记, 彬州|市政府: the county's own rank in the body's name, and not in the place's.
fn is_rank_of_body(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next();
    let behind = chars.as_str();
    ["委", "政府", "长", "人大", "政协", "域", "场", "直", "纪", "监"]
        .iter()
        .any(|body| behind.starts_with(body))
}

/// Whether what follows a place's name makes it a street's: 四川|北路街道.
fn is_street(rest: &str) -> bool {
    rest.chars()
        .take(3)
        .position(|c| matches!(c, '路' | '街' | '巷'))
        .is_some_and(|at| at < 2 || rest.starts_with("中路"))
        && !rest.starts_with("街道")
        || rest.starts_with("大道")
        || rest.starts_with("大街")
}

/// Whether what follows a short form makes it part of a town's name: 巴彦|托海镇, 长安|街道.
fn begins_town(rest: &str) -> bool {
    let rest = words(Does::NoTown).fold(rest.to_owned(), |rest, word| rest.replace(word, "口口口口口"));
    let one = rest
        .chars()
        .take(5)
        .any(|c| matches!(c, '镇' | '乡' | '村' | '路' | '街' | '屯' | '寨'));
    let two = ["苏木", "嘎查", "街道", "社区"]
        .iter()
        .filter_map(|word| rest.find(word))
        .any(|at| rest[..at].chars().count() <= 4);
    one || two
}

/// A county by its form alone: a title that begins with up to six characters and 县, 旗, or 区 before a body
/// (青禾县农业农村局局长), as it stands and whole: 雁南县 is no 南县.
pub(super) fn unlisted(title: &str) -> Option<County> {
    let (at, rank) = title
        .char_indices()
        .take(7)
        .skip(1)
        .find(|(_, c)| matches!(c, '县' | '旗' | '区'))?;
    let (name, rest) = (&title[..at], &title[at + rank.len_utf8()..]);
    // 甲县: what one character names stands in the list.
    let long = name.chars().count() >= 2;
    let district = rank != '区' || prefix(Does::Body, rest).is_some();
    (long && district && is_name(name) && !Segmenter::shared().is_ordinary(name) && listed_tail(name, rank).is_none())
        .then(|| County::unlisted(&format!("{name}{rank}")))
}

/// 东道主|阳山县: a word, and a county of the list with three characters or more.
fn listed_tail(name: &str, rank: char) -> Option<String> {
    name.char_indices().skip(2).find_map(|(at, _)| {
        let tail = format!("{}{rank}", &name[at..]);
        let listed = tail.chars().count() > 2
            && Gazetteer::shared().county(&tail, &[]).is_some()
            && Segmenter::shared().knows(&name[..at]);
        listed.then_some(tail)
    })
}

/// Whether the characters before a rank can be a county's name.
fn is_name(name: &str) -> bool {
    /// What no county's name holds: bodies, and words that stand between places.
    const NEVER: [char; 18] = [
        '副', '的', '在', '驻', '委', '局', '厅', '院', '校', '和', '与', '各', '该', '某', '镇', '乡', '村', '们',
    ];
    name.chars()
        .all(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}'))
        && !name.contains(NEVER)
        && !name.contains(['省', '市', '县', '区', '州'])
        && suffix(Does::NoName, name)
            .is_none_or(|word| word.chars().count() == 1 && name.chars().count() > 1 + word.chars().count())
        && prefix(Does::NoName, name)
            .is_none_or(|word| !matches!(word, "全" | "我" | "该" | "各" | "本" | "两" | "某" | "副"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn county(office: &str) -> Option<String> {
        match place_of(office, &[]) {
            PlaceOfOffice::County(county) => Some(county.name().to_owned()),
            _ => None,
        }
    }

    fn county_near(office: &str, parent: &str) -> Option<String> {
        let near = Gazetteer::shared().named(parent)[0].code();
        match place_of(office, &[near]) {
            PlaceOfOffice::County(county) => Some(county.name().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn a_branch_is_called_by_its_countys_short_form_and_a_medium_is_no_county() {
        let branch = county_near("市生态环境局淳安分局副局长", "杭州市");
        assert_eq!(branch.as_deref(), Some("淳安县"));
        assert_eq!(county("市生态环境局城东分局副局长"), None);
        assert_eq!(county("南海网记者"), None);
        assert_eq!(county("乾县融媒体中心记者").as_deref(), Some("乾县"));
    }

    #[test]
    fn the_county_that_a_title_begins_with() {
        for (office, expected) in [
            ("礼泉县委常委、统战部部长", "礼泉县"),
            ("乾县县委常委", "乾县"),
            ("彬州市委统战部常务副部长", "彬州市"),
            ("陕西省咸阳市长武县副县长", "长武县"),
            ("长武县统战之家负责人", "长武县"),
            ("原乾县水利局局长", "乾县"),
            ("中共礼泉县委书记", "礼泉县"),
            ("市委常委、麒麟区区委书记", "麒麟区"),
            ("硚口区人大代表、武汉市龙门置业有限公司董事长", "硚口区"),
            ("甘孜州康定市雅拉乡头道桥村党支部书记", "康定市"),
            ("克州阿图什市阿湖乡第一书记", "阿图什市"),
            ("龙岩市新罗区西安村党委书记", "新罗区"),
            ("秀山县政府副县长", "秀山土家族苗族自治县"),
            ("西南大学驻礼泉县工作队队长", "礼泉县"),
            ("阳泉市城区区长", "城区"),
            ("东道主阳山县委副书记", "阳山县"),
            ("射阳县委常委、常务副县长", "射阳县"),
        ] {
            assert_eq!(county(office).as_deref(), Some(expected), "{office}");
        }
    }

    #[test]
    fn a_short_form_before_a_body_or_where_the_file_lies_there() {
        assert_eq!(county("礼泉县委书记").as_deref(), Some("礼泉县"));
        assert_eq!(county("礼泉统战部部长").as_deref(), Some("礼泉县"));
        assert_eq!(county_near("兴业县委书记", "玉林市").as_deref(), Some("兴业县"));
        for other in [
            "永寿建筑公司经理",
            "永寿路社区书记",
            "永寿银行行长",
            "四川北路街道党工委书记",
            "舒城中学教师代表",
            "公安局局长",
            "巴彦托海镇镇长",
        ] {
            assert_eq!(county(other), None, "{other}");
        }
    }

    #[test]
    fn a_firms_county_behind_the_place_that_holds_it() {
        assert_eq!(county("福建南安恒泰卫浴有限公司董事长").as_deref(), Some("南安市"));
        assert_eq!(county("福建永泰路社区书记"), None);
    }

    #[test]
    fn prefectures_and_bare_bodies_have_none() {
        assert_eq!(place_of("咸阳市委统战部部长", &[]), PlaceOfOffice::Above);
        assert_eq!(place_of("临夏州政协副主席", &[]), PlaceOfOffice::Above);
        assert_eq!(place_of("市委统战部部长", &[]), PlaceOfOffice::Open);
        assert_eq!(place_of("县委书记", &[]), PlaceOfOffice::Open);
        assert_eq!(place_of("代县长", &[]), PlaceOfOffice::Open);
        assert_eq!(place_of("赵县长", &[]), PlaceOfOffice::Open);
    }

    #[test]
    fn a_county_of_no_list_is_taken_as_it_stands_and_whole() {
        for (office, expected) in [
            ("青禾县委书记", "青禾县"),
            ("咸阳市青禾县县长", "青禾县"),
            ("青禾县农业农村局局长", "青禾县"),
            ("雁南县副县长", "雁南县"),
            ("白河南县水利局局长", "白河南县"),
            ("荷塘县水务局局长", "荷塘县"),
            ("青石区政府副区长", "青石区"),
        ] {
            assert_eq!(county(office).as_deref(), Some(expected), "{office}");
        }
        for other in [
            "各县代表",
            "市县两级负责人",
            "贫困县代表",
            "县城区中队队长",
            "高新区管委会主任",
            "经济开发区党工委书记",
            "自治区党委书记",
        ] {
            assert_eq!(county(other), None, "{other}");
        }
    }
}
