//! For which county a speaker speaks.
//!
//! Candidates, in this order: the county that the office names (舒城县水利局局长), the one whose town it names
//! (晓天镇党委书记, where the file says 舒城县晓天镇), the place beside the name (来自乾县的), and the file's home (县委书记,
//! 镇长). What speaks against a candidate stands where it is found: [`place`] for what is no county's name, [`bearing`]
//! for offices above the counties. Each choice carries its rule.

mod bearing;
mod place;
mod towns;
mod words;

use bearing::is_guest;
pub use bearing::{Bearing, HomeOffice, Setting, bearing};
pub use place::{PlaceOfOffice, place_of};
pub use towns::Towns;

use std::collections::HashSet;

use self::words::{Does, words};
use super::known::CountyOf;
use super::name_end::is_name_char;
use crate::gazetteer::{County, DivisionCode, Gazetteer, Level, PlaceMention};
use crate::meeting::CountyRule;

/// What a file says of counties, for all its speakers.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// Places that settle names which several counties share: those around the file, and the counties it names in full.
    pub parents: Vec<DivisionCode>,
    /// The county that the file is at home in.
    pub home: Option<County>,
    /// What bare offices depend on.
    pub setting: Setting,
    /// The towns that the file names with their county.
    pub towns: Towns,
    /// Those whom the list of those present names without an office, folded.
    pub present: HashSet<String>,
}

impl Grounds {
    /// Learns who is present, from a label of the file's head (folded): 出席:吴某(副县长)、梅某、丁某.
    pub fn learn_present(&mut self, key: &str, value: &str) {
        if !PRESENT.iter().any(|word| key.starts_with(word)) {
            return;
        }
        let names = value
            .split(['、', ',', ';', ' '])
            .map(str::trim)
            .filter(|name| (2..=4).contains(&name.chars().count()))
            .map(str::to_owned);
        self.present.extend(names);
    }
}

/// Labels under which those present stand.
const PRESENT: [&str; 6] = ["出席", "参会", "参加", "列席", "与会", "到会"];

/// The county of somebody (folded) of whom no office is told: the home, for whom the county's own minutes list as
/// present.
pub fn county_of_present(name: &str, grounds: &Grounds) -> CountyOf {
    let home = grounds.home.clone().filter(|_| grounds.setting.own_paper);
    CountyOf::by(CountyRule::HomePresent, home.filter(|_| grounds.present.contains(name)))
}

/// The county of somebody (folded) of whom no office is told: the home, in the county's own paper that names no other. A
/// host, a journalist, a tourist, 何女士 on the telephone may be from anywhere, and so may who is called by one character.
pub fn county_of_named(name: &str, grounds: &Grounds) -> CountyOf {
    let is_name = name.chars().nth(1).is_some() && name.chars().all(|c| c == '·' || is_name_char(c));
    // 两新青海 of a headline is nobody's name.
    let above = |place: &PlaceMention| place.divisions.iter().all(|division| division.level() != Level::County);
    let is_name = is_name && !Gazetteer::shared().places_in(name).iter().any(above);
    let fits = grounds.setting.is_of_home_alone() && is_name && !is_guest(name);
    CountyOf::by(CountyRule::HomeResident, grounds.home.clone().filter(|_| fits))
}

/// The county of a place (folded) that somebody is said to come from; nothing where the place tells none, and `Above` where
/// it lies above the counties (来自山东的致富带头人).
pub fn county_of_origin(origin: &str, grounds: &Grounds) -> CountyOf {
    // 去过乾县的种植大户 comes from elsewhere.
    if words(Does::Visits).any(|verb| origin.contains(verb)) {
        return CountyOf::OPEN;
    }
    match place_of(origin, &grounds.parents) {
        PlaceOfOffice::County(county) => CountyOf::by(CountyRule::PlaceBeside, Some(county)),
        PlaceOfOffice::Above => CountyOf::none_by(CountyRule::Above),
        PlaceOfOffice::Open => CountyOf::by(CountyRule::TownNamedWithCounty, grounds.towns.county_of(origin)),
    }
}

/// The county of a folded office, with `origin`, the place that stands beside the name.
pub fn county_of(office: &str, origin: Option<&str>, grounds: &Grounds) -> CountyOf {
    let own = place_of(office, &grounds.parents);
    if let PlaceOfOffice::County(county) = own {
        return CountyOf::by(CountyRule::OwnPlace, Some(county));
    }
    if let Some(county) = place::titles(office).find_map(|title| grounds.towns.county_of(title)) {
        return CountyOf::by(CountyRule::TownNamedWithCounty, Some(county));
    }
    if let Some(told) = origin.map(|origin| county_of_origin(origin, grounds))
        && told.rule.is_some()
    {
        return told;
    }
    let rule = match bearing(office, grounds.setting, &grounds.parents) {
        Bearing::Above => return CountyOf::none_by(CountyRule::Above),
        Bearing::Open if own == PlaceOfOffice::Above => return CountyOf::none_by(CountyRule::Above),
        Bearing::Open => return CountyOf::none_by(CountyRule::NothingTells),
        Bearing::Home(HomeOffice::Body) => CountyRule::HomeBody,
        Bearing::Home(HomeOffice::Town) => CountyRule::HomeTown,
        Bearing::Home(HomeOffice::Delegate) => CountyRule::HomeDelegate,
        Bearing::Home(HomeOffice::Bare) => CountyRule::HomeBareOffice,
        Bearing::Home(HomeOffice::Resident) => CountyRule::HomeResident,
    };
    match &grounds.home {
        Some(home) => CountyOf::by(rule, Some(home.clone())),
        None => CountyOf::none_by(CountyRule::NoHome),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds() -> Grounds {
        let home = County::unlisted("舒城县");
        Grounds {
            parents: Vec::new(),
            setting: Setting::at(Some(&home), false, true, true),
            home: Some(home),
            towns: Towns::of("金寨县梅山镇来了人", &[]),
            present: HashSet::new(),
        }
    }

    #[test]
    fn each_rule_has_its_example() {
        for (office, origin, county, rule) in [
            ("金寨县水利局局长", None, Some("金寨县"), CountyRule::OwnPlace),
            ("梅山镇镇长", None, Some("金寨县"), CountyRule::TownNamedWithCounty),
            ("种植大户", Some("来自乾县"), Some("乾县"), CountyRule::PlaceBeside),
            ("县委书记", None, Some("舒城县"), CountyRule::HomeBody),
            ("桃溪镇党委书记", None, Some("舒城县"), CountyRule::HomeTown),
            ("水利局局长", None, Some("舒城县"), CountyRule::HomeBareOffice),
            ("省水利厅厅长", None, None, CountyRule::Above),
            ("咸阳市水利局局长", None, None, CountyRule::Above),
            ("园艺专家", None, None, CountyRule::NothingTells),
            ("种植大户", Some("来自山东"), None, CountyRule::Above),
        ] {
            let told = county_of(office, origin, &grounds());
            assert_eq!(told.value.as_ref().map(County::name), county, "{office}");
            assert_eq!(told.rule, Some(rule), "{office}");
        }
    }

    #[test]
    fn without_a_home_a_countys_office_has_none() {
        let grounds = Grounds::default();
        assert_eq!(
            county_of("县委书记", None, &grounds),
            CountyOf::none_by(CountyRule::NoHome)
        );
    }

    #[test]
    fn who_is_named_without_an_office_is_the_homes_where_it_is_alone() {
        let mut grounds = grounds();
        let county = |grounds: &Grounds, name| county_of_named(name, grounds).value.is_some();
        assert!(!county(&grounds, "梅长山"));
        grounds.setting.alone = true;
        for name in ["梅长山", "阿依古丽·买买提", "老丁", "谭大爷"] {
            assert!(county(&grounds, name), "{name}");
        }
        for name in [
            "梅女士",
            "松溪日报记者",
            "网友青山",
            "主持人",
            "姚",
            "说话人6",
            "两新青海",
        ] {
            assert!(!county(&grounds, name), "{name}");
        }
    }

    #[test]
    fn who_is_present_without_an_office_is_the_homes() {
        let mut grounds = grounds();
        grounds.learn_present("出席", "吴燕(副县长)、梅长山、专家组全体成员和工作人员");
        grounds.learn_present("时间", "丁少山");
        let county = |name| {
            county_of_present(name, &grounds)
                .value
                .map(|county| county.name().to_owned())
        };
        assert_eq!(county("梅长山").as_deref(), Some("舒城县"));
        assert_eq!(county("吴燕"), None);
        assert_eq!(county("丁少山"), None);
    }
}

#[cfg(test)]
mod sentences;
