//! Which county a town lies in, where the file says it once: 舒城县晓天镇 … 晓天镇党委书记.

use std::collections::HashMap;

use crate::gazetteer::{County, DivisionCode, Form, Gazetteer, Level};

/// The towns that a file names together with their county.
#[derive(Clone, Debug, Default)]
pub struct Towns {
    /// `None` where the file gives two counties a town of that name.
    of: HashMap<String, Option<County>>,
}

/// How towns end.
const ENDS: [&str; 4] = ["镇", "乡", "街道", "苏木"];
/// A town's name without its rank, in characters.
const NAME: std::ops::RangeInclusive<usize> = 1..=6;

impl Towns {
    /// Reads a folded text.
    pub fn of(text: &str, parents: &[DivisionCode]) -> Towns {
        let gazetteer = Gazetteer::shared();
        let mut towns = Towns::default();
        for place in gazetteer.places_standing_in(text) {
            let named = place.form == Form::Full && place.divisions.iter().all(|d| d.level() == Level::County);
            let Some(town) = named.then(|| leading_town(&text[place.span.end()..])).flatten() else {
                continue;
            };
            let Some(county) = gazetteer.county(place.span.of(text), parents) else {
                continue;
            };
            towns
                .of
                .entry(town.to_owned())
                .and_modify(|known| {
                    if known.as_ref().is_some_and(|known| known.name() != county.name()) {
                        *known = None;
                    }
                })
                .or_insert(Some(county));
        }
        towns
    }

    /// The county of the town that a title begins with.
    pub fn county_of(&self, title: &str) -> Option<County> {
        self.of.get(leading_town(title)?).cloned().flatten()
    }
}

/// The town that `text` begins with.
fn leading_town(text: &str) -> Option<&str> {
    // No further than a town's name reaches: the text goes on to the file's end, and this is asked at each place in it.
    let reach = text.char_indices().nth(NAME.end() + 1).map_or(text.len(), |(at, _)| at);
    let text = &text[..reach];
    let end = ENDS
        .iter()
        .filter_map(|rank| Some(text.find(rank)? + rank.len()))
        .min()?;
    let name = &text[..end];
    let is_town = name.chars().all(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
        && NAME.contains(&(name.chars().count() - 1))
        && !name.contains(['县', '区', '市', '委', '局', '的', '和', '各', '在', '全', '村']);
    is_town.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_its_countys_where_the_file_says_so() {
        let towns = Towns::of("在舒城县晓天镇,大家看了茶园。金寨县梅山镇也来了人。", &[]);
        let county = |title| towns.county_of(title).map(|county| county.name().to_owned());
        assert_eq!(county("晓天镇党委书记").as_deref(), Some("舒城县"));
        assert_eq!(county("梅山镇镇长").as_deref(), Some("金寨县"));
        assert_eq!(county("石门镇镇长"), None);
        assert_eq!(county("县委书记"), None);
    }

    #[test]
    fn a_town_of_two_counties_is_nobodys() {
        let towns = Towns::of("舒城县城关镇和金寨县城关镇都来了。", &[]);
        assert_eq!(towns.county_of("城关镇镇长"), None);
    }
}
