//! Places: the country's provinces, prefectures and counties, their short forms and parents.
//!
//! The data is `divisions.tsv`; short forms are made from it here, with the names of peoples
//! (`peoples.tsv`) taken out of the autonomous ones.

mod division;
mod short;
mod standing;

pub use short::{ranked_form, short_form};
pub use standing::{NoPlace, is_common, is_generic, is_named_after, no_place};

pub use division::{County, Division, DivisionCode, Level};

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, Match, MatchKind};

use crate::text::{Span, rows};

/// All divisions, and their names by which they are found in text.
pub struct Gazetteer {
    divisions: Vec<Division>,
    by_code: HashMap<DivisionCode, usize>,
    /// Every name that stands for a division, each once.
    names: Vec<Name>,
    by_name: HashMap<String, usize>,
    finder: AhoCorasick,
}

struct Name {
    form: Form,
    /// Indices of divisions that bear the name, in order of code.
    bearers: Vec<usize>,
}

/// How a text names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 礼泉县, or an older full name.
    Full,
    /// 礼泉.
    Short,
}

/// A place name as it stands in a text.
#[derive(Clone, Debug)]
pub struct PlaceMention<'g> {
    /// Where the name stands.
    pub span: Span,
    /// Full or short.
    pub form: Form,
    /// The divisions that bear the name; never empty.
    pub divisions: Vec<&'g Division>,
}

static SHARED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

impl Gazetteer {
    /// The one gazetteer of this process.
    pub fn shared() -> &'static Gazetteer {
        &SHARED
    }

    fn load() -> Gazetteer {
        let mut divisions: Vec<Division> = rows!("divisions.tsv", 2..=3)
            .map(|row| Division::from_row(&row).unwrap_or_else(|| row.wrong("no code")))
            .collect();
        for row in rows!("changes.tsv", 2) {
            let mut known = divisions
                .iter_mut()
                .filter(|division| division.code().to_string() == row[0]);
            match known.next() {
                Some(division) => division.rename(row[1]),
                None => row.wrong("no such division"),
            }
        }
        for row in rows!("aliases.tsv", 2) {
            let mut known = divisions
                .iter_mut()
                .filter(|division| division.name() == row[0])
                .peekable();
            if known.peek().is_none() {
                row.wrong("no such division");
            }
            known.for_each(|division| division.also_called(row[1].split(' ')));
        }
        let by_code = divisions
            .iter()
            .enumerate()
            .map(|(at, division)| (division.code(), at))
            .collect();
        let mut names: Vec<(String, Name)> = Vec::new();
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let mut add = |text: String, form: Form, bearer: usize| {
            let index = *by_name.entry(text.clone()).or_insert_with(|| {
                names.push((
                    text,
                    Name {
                        form,
                        bearers: Vec::new(),
                    },
                ));
                names.len() - 1
            });
            let name = &mut names[index].1;
            if form == Form::Full && name.form == Form::Short {
                // A name that is full for one place is not taken for another's short form.
                name.form = Form::Full;
                name.bearers.clear();
            }
            if name.form == form && !name.bearers.contains(&bearer) {
                name.bearers.push(bearer);
            }
        };
        for (at, division) in divisions.iter().enumerate() {
            for name in division.names() {
                add(name.to_owned(), Form::Full, at);
            }
        }
        for (at, division) in divisions.iter().enumerate() {
            if let Some(form) = short::ranked_form(division.name()) {
                add(form, Form::Full, at);
            }
        }
        for (at, division) in divisions.iter().enumerate() {
            for name in division.names() {
                if let Some(short) = short::short_form(name) {
                    add(short, Form::Short, at);
                }
            }
        }
        // The patterns are valid and few; building can fail only beyond billions of states.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(text, _)| text))
            .expect("the gazetteer's names fit into an automaton");
        Gazetteer {
            divisions,
            by_code,
            names: names.into_iter().map(|(_, name)| name).collect(),
            by_name,
            finder,
        }
    }

    /// All divisions in order of code.
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }

    /// The division with this code.
    pub fn get(&self, code: DivisionCode) -> Option<&Division> {
        self.by_code.get(&code).map(|at| &self.divisions[*at])
    }

    /// The divisions that bear `name`, as a full name or a short form.
    pub fn named(&self, name: &str) -> Vec<&Division> {
        self.by_name.get(name).map_or_else(Vec::new, |at| self.bearers(*at))
    }

    /// The place names in (folded) `text`, leftmost and longest first, without overlaps.
    pub fn places_in(&self, text: &str) -> Vec<PlaceMention<'_>> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(hit) = self.finder.find(Input::new(text).range(at..)) {
            let hit = self.fuller(text, hit).unwrap_or(hit);
            let index = hit.pattern().as_usize();
            places.push(PlaceMention {
                span: Span::new(hit.start(), hit.end()),
                form: self.names[index].form,
                divisions: self.bearers(index),
            });
            at = hit.end();
        }
        places
    }

    /// 调度会宁城县: a full name of three characters or more that begins within a short form and goes on beyond it is what
    /// is meant; not in 江陵城区 and 白河南县, where what is left behind the short form is a word or a place itself.
    fn fuller(&self, text: &str, hit: Match) -> Option<Match> {
        let form = |hit: Match| self.names[hit.pattern().as_usize()].form;
        if form(hit) == Form::Full {
            return None;
        }
        let is_whole = |rest: &str| self.by_name.contains_key(rest) || crate::text::Segmenter::shared().knows(rest);
        let begins = text[hit.start()..hit.end()].char_indices().skip(1);
        begins
            .filter_map(|(at, _)| self.finder.find(Input::new(text).range(hit.start() + at..)))
            .find(|other| {
                other.start() < hit.end()
                    && other.end() > hit.end()
                    && form(*other) == Form::Full
                    && text[other.range()].chars().nth(2).is_some()
                    && !is_whole(&text[hit.end()..other.end()])
            })
    }

    /// As [`Gazetteer::places_in`], of a text that means what it writes: 白塔县 is no 白塔区 there. A question may err in
    /// the rank, a report does not.
    pub fn places_written_in(&self, text: &str) -> Vec<PlaceMention<'_>> {
        let mut places = self.places_in(text);
        // 咸阳市长武: what is before the place is a place itself.
        let ends: HashSet<usize> = places.iter().map(|place| place.span.end()).collect();
        places.retain(|place| {
            let (before, behind) = (&text[..place.span.start()], &text[place.span.end()..]);
            let of_title = !ends.contains(&before.len()) && short::begins_in_title(before, place.span.of(text));
            place.form == Form::Full || !(short::has_other_rank(behind) || of_title)
        });
        places
    }

    /// The county called `name` in full; without a code where several bear it and none lies in a place of `parents`.
    pub fn county(&self, name: &str, parents: &[DivisionCode]) -> Option<County> {
        let counties: Vec<_> = self
            .named(name)
            .into_iter()
            .filter(|d| d.level() == Level::County)
            .collect();
        let near: Vec<_> = counties
            .iter()
            .filter(|division| parents.iter().any(|parent| parent.holds(division.code())))
            .collect();
        match (counties.as_slice(), near.as_slice()) {
            ([], _) => None,
            (_, [one]) => Some(one.as_county()),
            ([one], _) => Some(one.as_county()),
            ([first, ..], _) if counties.iter().all(|d| d.name() == first.name()) => {
                Some(County::unlisted(first.name()))
            }
            _ => None,
        }
    }

    fn bearers(&self, name: usize) -> Vec<&Division> {
        self.names[name].bearers.iter().map(|at| &self.divisions[*at]).collect()
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer({} divisions)", self.divisions.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Form, Level)> {
        Gazetteer::shared()
            .places_in(text)
            .into_iter()
            .map(|place| (place.span.of(text), place.form, place.divisions[0].level()))
            .collect()
    }

    #[test]
    fn full_names_and_short_forms_are_found() {
        assert_eq!(
            found("礼泉、乾县和彬州市的代表到咸阳市开会"),
            [
                ("礼泉", Form::Short, Level::County),
                ("乾县", Form::Full, Level::County),
                ("彬州市", Form::Full, Level::County),
                ("咸阳市", Form::Full, Level::Prefecture),
            ]
        );
    }

    #[test]
    fn a_full_name_within_reach_goes_before_a_short_form() {
        assert_eq!(
            found("供水调度会宁城县来人了吗"),
            [("宁城县", Form::Full, Level::County)]
        );
    }

    #[test]
    fn a_short_form_with_another_rank_is_another_place() {
        let written = |text| Gazetteer::shared().places_written_in(text).len();
        assert_eq!(
            (written("白塔县副县长"), written("白塔的副区长"), written("白塔区")),
            (0, 1, 1)
        );
        assert_eq!((written("礼泉市场监管局"), written("礼泉区域发展")), (1, 1));
        assert_eq!(
            (
                written("县应急局局长葛春涛"),
                written("长葛的局长"),
                written("咸阳市长武的干部")
            ),
            (0, 1, 2)
        );
    }

    #[test]
    fn a_prefecture_is_no_county() {
        let gazetteer = Gazetteer::shared();
        assert!(gazetteer.county("咸阳市", &[]).is_none());
        let binzhou = gazetteer.county("彬州市", &[]).expect("彬州市 is a county-level city");
        assert_eq!(binzhou.name(), "彬州市");
        assert!(binzhou.code().is_some());
        assert_eq!(gazetteer.county("醴泉县", &[]).unwrap().name(), "礼泉县");
    }

    #[test]
    fn a_name_that_several_share_is_settled_by_its_parent_or_left_open() {
        let gazetteer = Gazetteer::shared();
        assert_eq!(gazetteer.county("朝阳区", &[]).unwrap().code(), None);
        let beijing = gazetteer.named("北京市")[0].code();
        let code = gazetteer.county("朝阳区", &[beijing]).unwrap().code().unwrap();
        assert_eq!(code.to_string(), "110105");
    }

    #[test]
    fn autonomous_names_are_shortened_to_the_place() {
        assert_eq!(found("道真的干部")[0].0, "道真");
        assert_eq!(Gazetteer::shared().named("道真")[0].name(), "道真仡佬族苗族自治县");
        assert_eq!(Gazetteer::shared().named("内蒙古")[0].level(), Level::Province);
    }

    #[test]
    fn parents_are_the_leading_digits() {
        let gazetteer = Gazetteer::shared();
        let county = gazetteer.named("礼泉县")[0];
        let parents: Vec<_> = county
            .code()
            .parents()
            .filter_map(|code| gazetteer.get(code))
            .map(Division::name)
            .collect();
        assert_eq!(parents, ["咸阳市", "陕西省"]);
    }
}
