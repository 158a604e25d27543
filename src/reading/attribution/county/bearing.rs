//! Whose an office is that names no place: the home county's (县水利局局长, 镇长), or one above it (省水利厅厅长).

use super::super::name::MEMBERS;
use super::place::{PlaceOfOffice, place_of_title, titles};
use super::words::{Does, prefix, suffix, words};
use crate::gazetteer::{County, DivisionCode};

/// Whose an office without a place is, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// The home county's: a body of its rank (县委), ours (我县), a town or village, a delegate at its congress, or a
    /// plain bureau.
    Home(HomeOffice),
    /// A prefecture's, a province's, the state's.
    Above,
    /// It tells nothing.
    Open,
}

/// What makes an office the home county's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeOffice {
    /// 县委书记, 我县代表.
    Body,
    /// 石门镇镇长, 村支书.
    Town,
    /// 人大代表, at the county's congress.
    Delegate,
    /// 水利局局长, 副书记.
    Bare,
    /// 种植户, 合作社理事长, in a paper that is about no other county.
    Resident,
}

/// What the file is, as far as a bare office depends on it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting {
    /// The last character of the home county's name: 县 of 礼泉县.
    pub rank: Option<char>,
    /// A county's congress or conference is reported.
    pub congress: bool,
    /// The home is sure enough for 局长 and 人大代表 alone.
    pub sure: bool,
    /// It is told by the paper itself, so that 市 is a county-level city's and not the prefecture's.
    pub own_paper: bool,
    /// No other county is named in full.
    pub alone: bool,
}

impl Setting {
    /// The setting of a file at home in `county`.
    pub fn at(county: Option<&County>, congress: bool, sure: bool, own_paper: bool) -> Setting {
        Setting {
            rank: county.and_then(|county| county.name().chars().next_back()),
            congress,
            sure,
            own_paper,
            alone: false,
        }
    }

    /// Whether whoever nothing else is told of is the home's: its paper names no other county.
    pub fn is_of_home_alone(self) -> bool {
        self.sure && self.alone
    }
}

/// Whose a folded office is, as far as no place in it tells.
pub fn bearing(office: &str, setting: Setting, parents: &[DivisionCode]) -> Bearing {
    let mut all = Bearing::Open;
    for title in titles(office) {
        let own = if place_of_title(title, parents) == PlaceOfOffice::Above {
            Bearing::Above
        } else {
            bearing_of(title, setting)
        };
        match (all, own) {
            // 市委常委、县委书记: who holds an office in the county speaks for it; 市委常委、政法委书记 are one office.
            (Bearing::Home(HomeOffice::Body | HomeOffice::Town), _)
            | (_, Bearing::Open)
            | (
                Bearing::Above | Bearing::Home(_),
                Bearing::Home(HomeOffice::Bare | HomeOffice::Delegate | HomeOffice::Resident),
            ) => {}
            (_, own) => all = own,
        }
    }
    all
}

fn bearing_of(title: &str, setting: Setting) -> Bearing {
    let title = title.trim_start_matches(['我', '本', '该', '全']);
    if is_body_of_rank(title) {
        // 区委书记 in a county's paper is another's.
        let bare = title.trim_start_matches(['副', '代']);
        let same = setting.rank.is_none_or(|rank| bare.starts_with(rank));
        return if same {
            Bearing::Home(HomeOffice::Body)
        } else {
            Bearing::Open
        };
    }
    // 市委书记 in 彬州市's paper is the county's; in any other a prefecture's.
    let of_city = title.trim_start_matches(['副', '代']);
    if of_city.starts_with('市') && !of_city.starts_with("市场") && (of_city == title || of_city.starts_with("市长"))
    {
        let own = setting.rank == Some('市') && setting.own_paper;
        return if own {
            Bearing::Home(HomeOffice::Body)
        } else {
            Bearing::Above
        };
    }
    let bare = words(Does::NoTown).fold(title.to_owned(), |title, word| title.replace(word, ""));
    if prefix(Does::Above, title).is_some() {
        return Bearing::Above;
    }
    if words(Does::Town).any(|town| bare.contains(town)) {
        return Bearing::Home(HomeOffice::Town);
    }
    if setting.sure
        && setting.congress
        && words(Does::Delegate).any(|word| title == word)
        && (setting.alone || !MEMBERS.contains(&title))
    {
        return Bearing::Home(HomeOffice::Delegate);
    }
    if setting.sure && is_bare(title) {
        return Bearing::Home(HomeOffice::Bare);
    }
    if setting.is_of_home_alone() && (is_resident(title) || words(Does::Local).any(|word| title.contains(word))) {
        return Bearing::Home(HomeOffice::Resident);
    }
    Bearing::Open
}

/// 村民, 脱贫户: what people of the place are, with no body of theirs before it. 西南大学专家, 成都游客 are none.
pub fn is_resident(title: &str) -> bool {
    suffix(Does::Resident, title).is_some_and(|word| title[..title.len() - word.len()].chars().count() <= LONGEST_KIND)
        && !is_guest(title)
}

/// Longest word between what somebody is and the place, in characters: 高原夏菜|种植户.
const LONGEST_KIND: usize = 6;

/// Whether somebody is called what people from anywhere are called.
pub fn is_guest(called: &str) -> bool {
    words(Does::Guest).any(|word| called.contains(word))
}

/// 县委, 区政府, 旗长: a body or a title that begins with a county's rank.
fn is_body_of_rank(title: &str) -> bool {
    let bare = title.trim_start_matches(['副', '代']);
    bare.starts_with(['县', '旗', '区'])
        && !["区域", "区块", "区间", "旗舰", "旗下", "旗手"]
            .iter()
            .any(|word| bare.starts_with(word))
}

/// 水利局局长, 副书记: a bureau's head, or a rank by itself, and no firm's or school's.
fn is_bare(title: &str) -> bool {
    let Some(rank) = suffix(Does::Bare, title) else {
        return false;
    };
    let body = &title[..title.len() - rank.len()];
    let plain = body.is_empty() || body.ends_with('局') || body.ends_with('委');
    plain
        && !["公司", "集团", "分局", "铁路", "管理局", "学校", "大学"]
            .iter()
            .any(|word| {
                body.contains(word)
                    && !(*word == "管理局" && (body.contains("应急") || body.contains("市场") || body.contains("城市")))
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rank: char, office: &str) -> Bearing {
        let setting = Setting {
            rank: Some(rank),
            congress: true,
            sure: true,
            own_paper: true,
            alone: false,
        };
        bearing(office, setting, &[])
    }

    #[test]
    fn bodies_towns_delegates_and_plain_bureaus_are_the_homes() {
        for (office, why) in [
            ("县委书记", HomeOffice::Body),
            ("副县长、县公安局局长", HomeOffice::Body),
            ("代县长", HomeOffice::Body),
            ("副县长", HomeOffice::Body),
            ("市委常委、县委书记", HomeOffice::Body),
            ("古城镇党委书记", HomeOffice::Town),
            ("全国人大代表、桃花村党支部书记", HomeOffice::Town),
            ("村支书", HomeOffice::Town),
            ("人大代表", HomeOffice::Delegate),
            ("水利局局长", HomeOffice::Bare),
            ("应急管理局局长", HomeOffice::Bare),
            ("副书记", HomeOffice::Bare),
        ] {
            assert_eq!(at('县', office), Bearing::Home(why), "{office}");
        }
        assert_eq!(at('市', "市委书记"), Bearing::Home(HomeOffice::Body));
        assert_eq!(at('旗', "旗农牧局局长"), Bearing::Home(HomeOffice::Body));
    }

    #[test]
    fn what_is_above_or_elsewhere_is_not() {
        for office in [
            "市委书记",
            "市委常委、政法委书记",
            "省水利厅厅长",
            "州委常委",
            "自治区党委常委",
            "国家水利部处长",
            "省政府驻上海办事处主任",
        ] {
            assert_eq!(at('县', office), Bearing::Above, "{office}");
        }
        for office in [
            "区委书记",
            "园艺专家",
            "建筑公司经理",
            "农业农村专家",
            "区域经理",
            "集团党委书记",
        ] {
            assert_eq!(at('县', office), Bearing::Open, "{office}");
        }
    }

    #[test]
    fn a_city_that_the_text_only_names_is_not_the_city_of_its_bureaus() {
        let named = Setting::at(Some(&County::unlisted("彬州市")), false, true, false);
        assert_eq!(bearing("市农业农村局局长", named, &[]), Bearing::Above);
    }

    #[test]
    fn people_of_a_place_are_the_homes_where_no_other_is_named() {
        let mut setting = Setting::at(Some(&County::unlisted("青禾县")), false, true, true);
        for office in ["牧民", "五谷合作社理事长", "护林员", "退休教师"] {
            setting.alone = true;
            assert_eq!(
                bearing(office, setting, &[]),
                Bearing::Home(HomeOffice::Resident),
                "{office}"
            );
            setting.alone = false;
            assert_eq!(bearing(office, setting, &[]), Bearing::Open, "{office}");
        }
        setting.alone = true;
        for office in ["成都游客", "园艺专家", "西南大学教授", "建筑公司经理", "收购商"] {
            assert!(!matches!(bearing(office, setting, &[]), Bearing::Home(_)), "{office}");
        }
    }

    #[test]
    fn a_bureau_or_a_delegate_alone_needs_a_sure_home() {
        let unsure = Setting::at(Some(&County::unlisted("青禾县")), true, false, false);
        assert_eq!(bearing("水利局局长", unsure, &[]), Bearing::Open);
        assert_eq!(bearing("人大代表", unsure, &[]), Bearing::Open);
        assert_eq!(bearing("县水利局局长", unsure, &[]), Bearing::Home(HomeOffice::Body));
    }
}
