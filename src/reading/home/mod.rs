//! Home: the county whose paper a file is, told by its sources in the order of how sure they are; and the places above it
//! that settle names which several counties share.
//!
//! What speaks against a county: it is the guests' (金寨县党政代表团来我县考察), or of another rank than the file's own words
//! (我区 in a file that names one county). A prefecture's paper is at home in no county.

mod guests;
mod masthead;

use std::collections::HashSet;

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level, PlaceMention, is_common};
use crate::meeting::HomeRule;
use crate::text::{Segmenter, fold_str, sentences};

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
    tell(HomeRule::Masthead, masthead::masthead(&reading.folded, papers.parents));
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
            if place.form == Form::Short || self.is_elsewhere(&place) {
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
            [(county, _)] => Some(county.clone()),
            [(county, most), (_, next), ..] if *most >= OFTEN && next * 2 <= *most => Some(county.clone()),
            _ => None,
        }
    }

    /// The only county that is named in short and lies in a place that the file names, guests left out; without such a
    /// place, the only one that is named so often that it can be no accident.
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
        let enough: Vec<County> = counted
            .into_iter()
            .filter(|(_, count, fits)| *fits && *count > 1 || *count >= OFTEN)
            .map(|(county, ..)| county)
            .collect();
        one(enough)
    }
}

fn one(counties: Vec<County>) -> Option<County> {
    <[County; 1]>::try_from(counties).ok().map(|[county]| county)
}

/// The county that a place is, where it is one.
fn county_at(place: &PlaceMention, text: &str, parents: &[DivisionCode]) -> Option<County> {
    let gazetteer = Gazetteer::shared();
    let counties: Vec<_> = place.divisions.iter().filter(|d| d.level() == Level::County).collect();
    // 宽城 is a district and a county: the report's prefecture settles it.
    let near: Vec<_> = counties
        .iter()
        .filter(|division| parents.iter().any(|parent| parent.holds(division.code())))
        .collect();
    match (place.form, near.as_slice(), counties.as_slice()) {
        (Form::Full, ..) => gazetteer.county(place.span.of(text), parents),
        (Form::Short, [one], _) => gazetteer.county(one.name(), parents),
        (Form::Short, [], [one]) if place.divisions.len() == 1 => gazetteer.county(one.name(), parents),
        _ => None,
    }
}

/// A short form of two characters that is no word, and no district's: 长安, 新城 are everywhere.
fn is_plain_short(place: &PlaceMention, text: &str) -> bool {
    let name = place.span.of(text);
    name.chars().count() == 2
        && !is_common(name)
        && !place.divisions.iter().any(|division| division.name().ends_with('区'))
}

/// The county called so, of the list or not.
fn named(name: &str, parents: &[DivisionCode]) -> Option<County> {
    let name = fold_str(name);
    let ranked = name.ends_with(['县', '区', '市', '旗']) && name.chars().count() > 1;
    Gazetteer::shared()
        .county(&name, parents)
        .or_else(|| (ranked && Gazetteer::shared().named(&name).is_empty()).then(|| County::unlisted(&name)))
}

/// 舒城县/2025/a.txt.
fn of_folder(path: &str, parents: &[DivisionCode]) -> Option<County> {
    let folders = path.rsplit_once('/')?.0;
    folders
        .rsplit('/')
        .find_map(|folder| Gazetteer::shared().county(&fold_str(folder), parents))
}

/// Without the date that a lead begins with.
fn dateless(paragraph: &str) -> &str {
    paragraph.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | ' ' | ',' | '上' | '下' | '午')
    })
}

/// A county that the gazetteer doesn't list and that a title begins with: 柳湾县防汛会议纪要, 2025年柳湾县….
pub fn leading_county(title: &str) -> Option<County> {
    /// What 县 follows where no county is named.
    const NOT_NAMES: [char; 18] = [
        '全', '我', '该', '各', '本', '两', '多', '几', '三', '四', '五', '六', '七', '八', '九', '十', '在', '由',
    ];
    /// Words that 县 and 旗 begin.
    const WORDS: [&str; 9] = ["县域", "县级", "县乡", "县直", "县城", "县里", "县内", "旗下", "旗舰"];
    /// What stands before 县 in a clause: 会议由|县长王静主持. A name may begin with them (向阳), and ends with none.
    const LEADS: [char; 21] = [
        '由', '在', '对', '与', '和', '及', '为', '使', '让', '请', '被', '把', '向', '从', '到', '于', '将', '同',
        '并', '是', '经',
    ];
    let words = dateless(title);
    let (at, rank) = words
        .char_indices()
        .skip(1)
        .take(3)
        .find(|(_, c)| matches!(c, '县' | '旗'))?;
    let name = &words[..at + rank.len_utf8()];
    // 咸阳市县域: a city, and a word that begins with 县.
    let of_other = name.contains(['市', '省', '州', '区', '盟'])
        || WORDS.iter().any(|word| words[at..].starts_with(word)) && !words[at..].starts_with("县直");
    let is_name = name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        && !name.starts_with(NOT_NAMES)
        && !words[..at].ends_with(LEADS)
        && !of_other;
    let counted = name.chars().count() > 2;
    (is_name && counted && !Segmenter::shared().is_ordinary(&words[..at]) && Gazetteer::shared().named(name).is_empty())
        .then(|| County::unlisted(name))
}

/// The provinces and prefectures that a file's facts and its lead name.
pub fn parents(named: &[Option<&str>], lead: &[String]) -> Vec<DivisionCode> {
    let gazetteer = Gazetteer::shared();
    let mut found: Vec<DivisionCode> = Vec::new();
    for words in named
        .iter()
        .flatten()
        .map(|words| fold_str(words))
        .chain(lead.iter().cloned())
    {
        for place in gazetteer.places_written_in(&words) {
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

/// The counties that a text names in full, each once.
pub fn named_in_full(text: &str) -> Vec<DivisionCode> {
    let folded: String = text.lines().map(|line| fold_str(line) + "\n").collect();
    let mut codes: Vec<DivisionCode> = Gazetteer::shared()
        .places_standing_in(&folded)
        .iter()
        .filter(|place| place.form == Form::Full)
        .filter_map(|place| match place.divisions.as_slice() {
            [one] if one.level() == Level::County => Some(one.code()),
            _ => None,
        })
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests;
