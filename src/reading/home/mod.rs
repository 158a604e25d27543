//! Home: the county whose paper a file is, told by its sources in the order of how sure they are; and the places above it
//! that settle names which several counties share.
//!
//! What speaks against a county: it is the guests' (金寨县党政代表团来我县考察), or of another rank than the file's own words
//! (我区 in a file that names one county). A prefecture's paper is at home in no county.

mod guests;
mod masthead;
mod places;

pub use places::{named_in_full, parents};

use std::collections::HashSet;
use std::sync::LazyLock;

use places::{county_at, dateless, is_plain_short, leading_county, named, of_folder};

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level, PlaceMention, is_generic, short_form};
use crate::meeting::HomeRule;
use crate::text::{fold_str, rows, sentences};

/// The words of `talked_of.tsv`.
static TALKED_OF: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("talked_of.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

impl HomeRule {
    /// How sure it is, in percent.
    fn certainty(self) -> u8 {
        match self {
            HomeRule::Given => 100,
            HomeRule::Title | HomeRule::Folder | HomeRule::Dateline => 90,
            HomeRule::Masthead | HomeRule::TitleUnlisted | HomeRule::Organizer => 80,
            HomeRule::Place | HomeRule::Lead => 75,
            HomeRule::Offices | HomeRule::Text => 65,
            HomeRule::ShortForm => 55,
            HomeRule::Nothing => 0,
        }
    }
}

/// The home of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The county; `None` for a prefecture's paper, and where nothing tells.
    pub county: Option<County>,
    /// What told it.
    pub rule: HomeRule,
    /// How sure it is, in percent; less where another source tells another county.
    pub certainty: u8,
}

/// Less certainty for each source that tells another county.
const CONFLICT: u8 = 15;
/// From which certainty on an office without a rank (局长, 人大代表) is the home's.
const SURE: u8 = 60;
/// From which certainty on the paper itself tells it.
const OF_PAPER: u8 = 70;

impl Home {
    /// No home.
    pub const NONE: Home = Home {
        county: None,
        rule: HomeRule::Nothing,
        certainty: 0,
    };

    /// Whether 局长 alone is the home's.
    pub fn is_sure(&self) -> bool {
        self.certainty >= SURE
    }

    /// Whether the paper itself tells it, and not only what its text happens to name.
    pub fn is_of_paper(&self) -> bool {
        self.certainty >= OF_PAPER
    }
}

/// What is known of a file before its home is.
#[derive(Clone, Copy, Debug)]
pub struct Papers<'t> {
    /// The county of the file's head or its folder's.
    pub given: Option<&'t str>,
    /// The text without its head.
    pub body: &'t str,
    /// The meeting's name.
    pub title: &'t str,
    /// Who called it.
    pub organizer: Option<&'t str>,
    /// Where it was held.
    pub place: Option<&'t str>,
    /// The first paragraphs, folded.
    pub lead: &'t [String],
    /// The file's path below the knowledge folder.
    pub path: &'t str,
    /// The places above it that title and lead name.
    pub parents: &'t [DivisionCode],
}

/// Where a file is at home.
pub fn find(papers: &Papers) -> Home {
    let reading = Reading::of(papers);
    let mut told: Vec<(HomeRule, County)> = Vec::new();
    let mut tell = |rule: HomeRule, county: Option<County>| {
        if let Some(county) = county.filter(|county| reading.may_be(rule, county)) {
            told.push((rule, county));
        }
    };
    tell(
        HomeRule::Given,
        papers.given.and_then(|name| named(name, papers.parents)),
    );
    tell(HomeRule::Title, reading.of_title());
    tell(HomeRule::Folder, of_folder(papers.path, papers.parents));
    tell(HomeRule::Dateline, masthead::dateline(&reading.folded, papers.parents));
    tell(
        HomeRule::Masthead,
        masthead::masthead(&reading.folded, papers.parents, reading.own_rank()),
    );
    tell(HomeRule::TitleUnlisted, leading_county(&reading.title));
    tell(
        HomeRule::Organizer,
        papers.organizer.and_then(|words| reading.only(&fold_str(words))),
    );
    // A prefecture's meeting is no county's, wherever it is held.
    if !reading.of_prefecture {
        let place = papers.place.map(fold_str).unwrap_or_default();
        tell(HomeRule::Place, reading.only(&place).or_else(|| leading_county(&place)));
        tell(HomeRule::Lead, reading.of_lead());
        tell(HomeRule::Offices, reading.of_offices());
        tell(HomeRule::Text, reading.of_text());
        tell(HomeRule::ShortForm, reading.of_short_forms());
    }
    told.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.certainty()));
    let Some((rule, county)) = told.first().cloned() else {
        return Home::NONE;
    };
    let against = told
        .iter()
        .filter(|(other, named)| named.name() != county.name() && other.certainty() >= 75)
        .count();
    let lost = CONFLICT.saturating_mul(u8::try_from(against).unwrap_or(u8::MAX));
    Home {
        county: Some(county),
        rule,
        certainty: rule.certainty().saturating_sub(lost),
    }
}

/// What a title or an opening says of a meeting that is a prefecture's.
const OF_A_PREFECTURE: [&str; 14] = [
    "全市",
    "全州",
    "全盟",
    "全省",
    "盟委",
    "盟行署",
    "盟政协",
    "盟几大班子",
    "盟直",
    "州委常委",
    "州政府",
    "州政协",
    "州人大",
    "州直",
];

/// What is asked of the text more than once.
struct Reading<'t> {
    papers: &'t Papers<'t>,
    /// The body, folded, with its line breaks.
    folded: String,
    title: String,
    /// Counties that are guests or hosts elsewhere.
    elsewhere: HashSet<String>,
    /// Whether the title or the organizer is a prefecture's or a province's, and the text says nowhere 我县.
    of_prefecture: bool,
    /// Whether the title says 全市 or 全州, and the text nowhere 我县.
    of_all_the_city: bool,
    /// The ranks of 我县, 我区.
    ours: Vec<char>,
    /// How often the text names each county in full, guests left out.
    in_full: Vec<(County, usize)>,
}

impl<'t> Reading<'t> {
    fn of(papers: &'t Papers<'t>) -> Reading<'t> {
        let folded: String = papers.body.lines().map(|line| fold_str(line) + "\n").collect();
        let title = fold_str(papers.title);
        let elsewhere: HashSet<String> = std::iter::once(&title)
            .chain(papers.lead)
            .flat_map(|words| guests::visitors_and_visited(words))
            .collect();
        let ours: Vec<char> = ['县', '区', '旗', '市']
            .into_iter()
            .filter(|rank| folded.contains(&format!("我{rank}")) || title.contains(&format!("我{rank}")))
            .collect();
        let above = parents(&[Some(title.as_str()), papers.organizer], &[]);
        let ours_is_county = ours.iter().any(|rank| matches!(rank, '县' | '区' | '旗'));
        let of_prefecture = !above.is_empty() && !ours_is_county;
        let first = papers.lead.first().map_or("", String::as_str);
        let opening = sentences(first).first().map_or("", |sentence| sentence.of(first));
        let of_all_the_city = !ours_is_county
            && OF_A_PREFECTURE
                .iter()
                .any(|all| title.contains(all) || opening.contains(all));
        let mut reading = Reading {
            papers,
            folded,
            title,
            elsewhere,
            of_prefecture,
            of_all_the_city,
            ours,
            in_full: Vec::new(),
        };
        reading.in_full = reading.count_in_full();
        reading
    }

    /// Whether nothing speaks against a county that a source tells.
    fn may_be(&self, rule: HomeRule, county: &County) -> bool {
        if rule == HomeRule::Given {
            return true;
        }
        if self.elsewhere.contains(county.name()) {
            return false;
        }
        // 南海网 names the sea, where the text spells out other counties and never that one.
        if rule == HomeRule::Masthead && self.in_full.len() > 1 && !self.folded.contains(county.name()) {
            return false;
        }
        // 全市信访工作推进会在信都区召开: the city above, or a city that is a county itself.
        if self.of_all_the_city && rule.certainty() < 80 && !county.name().ends_with('市') {
            return false;
        }
        // 我区 is said by no county; 我市 may be the city above.
        let rank = county.name().chars().next_back();
        let ours: Vec<char> = self.ours.iter().copied().filter(|rank| *rank != '市').collect();
        // 学习舒城县经验座谈会, of a district's paper.
        let beyond_doubt = rule.certainty() >= 80 && rule != HomeRule::Title;
        beyond_doubt || ours.is_empty() || ours.iter().any(|own| Some(*own) == rank)
    }

    /// The rank that title and lead speak of as their own: 全县, 县委. None where they speak of several.
    fn own_rank(&self) -> Option<char> {
        let speaks = |rank: &char| {
            let own = [format!("全{rank}"), format!("{rank}委")];
            std::iter::once(&self.title).chain(self.papers.lead).any(|words| {
                own.iter().any(|word| {
                    words.starts_with(word)
                        || words.contains(&format!(",{word}"))
                        || words.contains(&format!("。{word}"))
                })
            })
        };
        let mut ranks = ['县', '区', '旗', '市'].into_iter().filter(speaks);
        let only = ranks.next()?;
        ranks.next().is_none().then_some(only)
    }

    fn is_elsewhere(&self, place: &PlaceMention) -> bool {
        place
            .divisions
            .iter()
            .any(|division| self.elsewhere.contains(division.name()))
    }

    /// The one county in `words`, guests left out.
    fn only(&self, words: &str) -> Option<County> {
        one(self.counties(words, true))
    }

    /// The counties that `words` name, each once, guests left out; in short only where it can be nothing else.
    fn counties(&self, words: &str, short: bool) -> Vec<County> {
        let mut found: Vec<County> = Vec::new();
        for place in Gazetteer::shared().places_standing_in(words) {
            if self.is_elsewhere(&place) || place.form == Form::Short && !(short && is_plain_short(&place, words)) {
                continue;
            }
            if let Some(county) = county_at(&place, words, self.papers.parents)
                && !found.iter().any(|other| other.name() == county.name())
            {
                found.push(county);
            }
        }
        found
    }

    fn of_title(&self) -> Option<County> {
        let counties = self.counties(&self.title, true);
        // 莱西市—两当县联席会议在我市召开: the one of our own rank.
        if counties.len() > 1 {
            let own = counties
                .into_iter()
                .filter(|county| self.ours.iter().any(|rank| county.name().ends_with(*rank)))
                .collect();
            return one(own);
        }
        // 老樟树下的屋场会: what the text never spells out, while it spells out others, is a tree.
        one(counties).filter(|county| {
            self.title.contains(county.name())
                || self.in_full.is_empty()
                || self.in_full.iter().any(|(named, _)| named == county)
        })
    }

    fn of_lead(&self) -> Option<County> {
        let first = |paragraph: &String| {
            sentences(paragraph)
                .first()
                .and_then(|first| one(self.counties(first.of(paragraph), false)))
        };
        self.papers
            .lead
            .iter()
            .find_map(first)
            .or_else(|| {
                self.papers
                    .lead
                    .first()
                    .and_then(|paragraph| one(self.counties(paragraph, false)))
            })
            .or_else(|| {
                self.papers
                    .lead
                    .first()
                    .and_then(|paragraph| leading_county(dateless(paragraph)))
            })
    }

    /// 舒城县委, 舒城县水利局: the county of all bodies that are named with one.
    fn of_offices(&self) -> Option<County> {
        let mut found: Vec<County> = Vec::new();
        for place in Gazetteer::shared().places_standing_in(&self.folded) {
            let behind = &self.folded[place.span.end()..];
            let body = [
                "委",
                "政府",
                "人民政府",
                "人大",
                "政协",
                "长",
                "副县长",
                "副区长",
                "县",
                "区委",
                "区长",
            ]
            .iter()
            .any(|body| behind.starts_with(body))
                || behind
                    .chars()
                    .take(10)
                    .take_while(|c| c.is_alphanumeric())
                    .any(|c| c == '局');
            if !body || place.form == Form::Short || self.is_elsewhere(&place) {
                continue;
            }
            if let Some(county) = county_at(&place, &self.folded, self.papers.parents)
                && !found.iter().any(|other| other.name() == county.name())
            {
                found.push(county);
            }
        }
        one(found)
    }

    fn count_in_full(&self) -> Vec<(County, usize)> {
        let mut counted: Vec<(County, usize)> = Vec::new();
        for place in Gazetteer::shared().places_standing_in(&self.folded) {
            // 破解老城区停车难: a district's name, and any town's old streets.
            let anybodys = is_generic(place.span.of(&self.folded).trim_start_matches('老'));
            if place.form == Form::Short || anybodys || self.is_elsewhere(&place) {
                continue;
            }
            let Some(county) = county_at(&place, &self.folded, self.papers.parents) else {
                continue;
            };
            match counted.iter_mut().find(|(known, _)| known.name() == county.name()) {
                Some((_, count)) => *count += 1,
                None => counted.push((county, 1)),
            }
        }
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counted
    }

    fn of_text(&self) -> Option<County> {
        /// How often a county must be named, beside any other, to be the one that a report is about.
        const OFTEN: usize = 3;
        match self.in_full.as_slice() {
            // 通报了拜泉县一起事故: that one is talked about.
            [(county, _)] if self.is_named_twice(county) || !self.is_talked_of(county) => Some(county.clone()),
            [(county, most), (_, next), ..] if *most >= OFTEN && next * 2 <= *most => Some(county.clone()),
            _ => None,
        }
    }

    /// Whether a county is named more than once, in full or in short.
    fn is_named_twice(&self, county: &County) -> bool {
        let short = short_form(county.name()).unwrap_or_else(|| county.name().to_owned());
        self.folded.matches(&short).nth(1).is_some()
    }

    /// Whether the words before a county's name say that it is talked about.
    fn is_talked_of(&self, county: &County) -> bool {
        /// How many characters before the name are looked at.
        const BEFORE: usize = 8;
        let at = self.folded.find(county.name()).unwrap_or(0);
        let before: String = self.folded[..at]
            .chars()
            .rev()
            .take(BEFORE)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        TALKED_OF.iter().any(|word| before.contains(word))
    }

    /// The only county that is named in short and lies in a place that the file names, guests left out; without such a
    /// place, the only one that is named so often that it can be no accident, and in its title or path too: in the text
    /// alone it may as well be a town of that name.
    fn of_short_forms(&self) -> Option<County> {
        const OFTEN: usize = 3;
        if !self.in_full.is_empty() {
            return None;
        }
        let mut counted: Vec<(County, usize, bool)> = Vec::new();
        for place in Gazetteer::shared().places_standing_in(&self.folded) {
            if place.form == Form::Full || self.is_elsewhere(&place) {
                continue;
            }
            let fits = |code: DivisionCode| self.papers.parents.iter().any(|parent| parent.holds(code));
            let counties: Vec<_> = place.divisions.iter().filter(|d| d.level() == Level::County).collect();
            let near: Vec<_> = counties.iter().filter(|division| fits(division.code())).collect();
            let division = match (place.divisions.as_slice(), near.as_slice()) {
                (_, [one]) => **one,
                ([one], _) if one.level() == Level::County => *one,
                _ => continue,
            };
            let Some(county) = Gazetteer::shared().county(division.name(), self.papers.parents) else {
                continue;
            };
            match counted.iter_mut().find(|(known, ..)| *known == county) {
                Some((_, count, _)) => *count += 1,
                None => counted.push((county, 1, fits(division.code()))),
            }
        }
        let heads = |county: &County| {
            let short = short_form(county.name()).unwrap_or_else(|| county.name().to_owned());
            self.title.contains(&short) || fold_str(self.papers.path).contains(&short)
        };
        let enough: Vec<County> = counted
            .into_iter()
            .filter(|(county, count, fits)| *fits && *count > 1 || *count >= OFTEN && heads(county))
            .map(|(county, ..)| county)
            .collect();
        one(enough)
    }
}

fn one(counties: Vec<County>) -> Option<County> {
    <[County; 1]>::try_from(counties).ok().map(|[county]| county)
}

#[cfg(test)]
mod tests;
