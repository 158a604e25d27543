//! For which county a speaker speaks: from the office's place, or from the county that the report is about.

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level};
use crate::text::Segmenter;

/// Words of county-level bodies: with no place before them they are those of the report's own county.
const COUNTY_BODIES: [&str; 22] = [
    "县委",
    "县政府",
    "县人大",
    "县政协",
    "县长",
    "县纪委",
    "县监委",
    "县直",
    "县法院",
    "县检察院",
    "县级",
    "县工商联",
    "我县",
    "本县",
    "全县",
    "该县",
    "区委",
    "区政府",
    "区长",
    "旗委",
    "旗长",
    "县",
];
/// What lies within a county.
const WITHIN_COUNTY: [&str; 10] = ["镇", "乡", "村", "街道", "社区", "小区", "屯", "寨", "苏木", "嘎查"];

/// How offices of prefectures and provinces begin that name no place.
const ABOVE: [&str; 12] = [
    "地区",
    "地委",
    "行署",
    "州委",
    "州政府",
    "州人",
    "州政协",
    "盟委",
    "盟行署",
    "省",
    "自治区",
    "市委",
];
/// Words with a village in them that name none.
const NO_VILLAGES: [&str; 8] = [
    "农业农村",
    "乡村振兴",
    "农村",
    "城乡",
    "乡镇企业",
    "村镇银行",
    "乡村",
    "村镇",
];

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

/// The place in a folded office; `parents` settle names that several counties share.
pub fn place_of(office: &str, parents: &[DivisionCode]) -> PlaceOfOffice {
    let gazetteer = Gazetteer::shared();
    let mut above: Vec<DivisionCode> = parents.to_vec();
    let mut place = PlaceOfOffice::Open;
    let mut place_end = 0;
    for mention in gazetteer.places_written_in(office) {
        // 福建|南安…: a short form right behind the place above it is as good as one at the beginning.
        let leads = mention.span.start() == place_end && !matches!(place, PlaceOfOffice::County(_));
        place_end = mention.span.end();
        let rest = &office[mention.span.end()..];
        let name = mention.span.of(office);
        // 公安局: a body, and no county of that name.
        let in_word = rest.chars().next().is_some_and(|next| {
            mention.form == Form::Short
                && matches!(next, '局' | '厅' | '部' | '处')
                && Segmenter::shared().knows(&format!("{name}{next}"))
        });
        if in_word {
            continue;
        }
        let glued = mention.span.start() > 0
            && mention.form == Form::Full
            && name.chars().count() <= 2
            && mention.divisions.len() > 1;
        if glued {
            continue;
        }
        let counties: Vec<_> = mention
            .divisions
            .iter()
            .filter(|d| d.level() == Level::County)
            .collect();
        if mention.form == Form::Full && !counties.is_empty() {
            place = gazetteer.county(name, &above).map_or(place, PlaceOfOffice::County);
            continue;
        }
        // A short form counts where a body of its own level follows (礼泉县委 is 礼泉县 already; 彬州市委, 礼泉统战部).
        if mention.form == Form::Short
            && leads
            && counties.len() == 1
            && mention.divisions.len() == 1
            && !begins_town(rest)
        {
            place = PlaceOfOffice::County(County::unlisted(counties[0].name()));
            place = gazetteer
                .county(counties[0].name(), &above)
                .map_or(place, PlaceOfOffice::County);
            continue;
        }
        if let Some(division) = mention.divisions.iter().find(|d| d.level() != Level::County) {
            above.insert(0, division.code());
            if place == PlaceOfOffice::Open && (mention.form == Form::Full || mention.span.start() == 0) {
                place = PlaceOfOffice::Above;
            }
        }
    }
    match place {
        PlaceOfOffice::County(_) => place,
        // A county that the gazetteer doesn't know still ends in its rank: 甲县县长 is nobody's, 新丰县 is.
        other => unlisted(office).map_or(other, PlaceOfOffice::County),
    }
}

/// Whether what follows a short form makes it part of a longer name: 巴彦|托海镇, 长安|街道.
fn begins_town(rest: &str) -> bool {
    let count = rest
        .chars()
        .take(5)
        .position(|c| matches!(c, '镇' | '乡' | '村' | '路' | '街' | '屯' | '寨'));
    let sumu = ["苏木", "嘎查", "街道", "社区"]
        .iter()
        .filter_map(|word| rest.find(word))
        .any(|at| rest[..at].chars().count() <= 4);
    count.is_some() || sumu
}

/// A county by its form alone: an office that begins with up to six characters and 县 or 旗, behind the places above
/// it (青禾县农业农村局局长, 咸阳市青禾县县长).
fn unlisted(office: &str) -> Option<County> {
    let mut head = office;
    while let Some(place) = Gazetteer::shared()
        .places_written_in(head)
        .first()
        .filter(|place| place.form == Form::Full && place.span.start() == 0)
    {
        head = &head[place.span.end()..];
    }
    let rank = head.find(['县', '旗'])?;
    let name = &head[..rank];
    let is_name = (1..=6).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
        && !name.contains([
            '各', '该', '我', '本', '全', '原', '副', '某', '两', '几', '市', '委', '驻', '贫', '大',
        ]);
    let ranked = head[rank..].chars().next()?;
    is_name.then(|| County::unlisted(&format!("{name}{ranked}")))
}

/// Whether a folded office that names no county is one of the county at hand, and how surely.
pub fn belongs_to_home(office: &str) -> bool {
    if ABOVE.iter().any(|body| office.starts_with(body)) {
        return false;
    }
    // 旗农牧局局长, 区政协委员: a body of the county's own.
    if office.starts_with(['旗', '区', '县']) && !office.starts_with("区域") {
        return true;
    }
    let office = NO_VILLAGES
        .iter()
        .fold(office.to_owned(), |office, word| office.replace(word, ""));
    let bodies =
        COUNTY_BODIES.iter().any(|body| office.contains(body)) && !office.contains("市委") && !office.contains("州委");
    bodies || WITHIN_COUNTY.iter().any(|word| office.contains(word))
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

    #[test]
    fn the_last_county_named_is_the_one() {
        assert_eq!(county("礼泉县委常委、统战部部长").as_deref(), Some("礼泉县"));
        assert_eq!(county("乾县县委常委").as_deref(), Some("乾县"));
        assert_eq!(county("彬州市委统战部常务副部长").as_deref(), Some("彬州市"));
        assert_eq!(county("陕西省咸阳市长武县副县长").as_deref(), Some("长武县"));
        assert_eq!(county("长武县统战之家负责人").as_deref(), Some("长武县"));
    }

    #[test]
    fn prefectures_and_bare_bodies_have_none() {
        assert_eq!(place_of("咸阳市委统战部部长", &[]), PlaceOfOffice::Above);
        assert_eq!(place_of("市委统战部部长", &[]), PlaceOfOffice::Open);
        assert_eq!(place_of("县委书记", &[]), PlaceOfOffice::Open);
        assert!(belongs_to_home("县委书记"));
        assert!(belongs_to_home("古城镇党委书记"));
        assert!(!belongs_to_home("市委书记"));
    }

    #[test]
    fn a_county_outside_the_gazetteer_is_known_by_its_form() {
        assert_eq!(county("青禾县委书记").as_deref(), Some("青禾县"));
        assert_eq!(county("咸阳市青禾县县长").as_deref(), Some("青禾县"));
        assert_eq!(county("青禾县农业农村局局长").as_deref(), Some("青禾县"));
        assert_eq!(county("各县代表"), None);
        assert_eq!(county("市县两级负责人"), None);
    }
}
