//! What a folder says for all its files: `_folder.md`, a head like a file's own (`county: 礼泉县`). A file's own head wins
//! over it. (A folder that is named as a county is `home`'s business.)

use super::front_matter::head_lines;
use crate::gazetteer::{County, Gazetteer, Level};
use crate::meeting::{Doubt, DoubtKind};

/// The name of the file that speaks for its folder. It is no knowledge file.
pub const FOLDER_FILE: &str = "_folder.md";

/// What a folder says for all its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderHead {
    /// The county that its files are at home in.
    pub county: Option<County>,
    /// Who calls the meetings.
    pub organizer: Option<String>,
    /// The year of days that are written without one.
    pub year: Option<i32>,
    /// Where they are held.
    pub place: Option<String>,
    /// What was not understood.
    pub doubts: Vec<Doubt>,
}

impl FolderHead {
    /// Reads a `_folder.md`.
    pub fn parse(text: &str) -> FolderHead {
        let lines = head_lines(text);
        let mut head = FolderHead {
            doubts: lines.doubts.clone(),
            ..FolderHead::default()
        };
        for line in &lines.lines {
            let mut doubt = |kind| head.doubts.push(Doubt { span: line.span, kind });
            if line.value.is_empty() {
                continue;
            }
            match line.key.as_str() {
                "county" | "县" | "所属县" | "区县" => match named_county(&line.value) {
                    Some(county) => head.county = Some(county),
                    None => doubt(DoubtKind::NoCounty(line.value.clone())),
                },
                "organizer" | "主办" | "主办单位" => head.organizer = Some(line.value.clone()),
                "place" | "location" | "地点" => head.place = Some(line.value.clone()),
                "year" | "年份" | "年" => match line.value.trim_end_matches('年').trim().parse() {
                    Ok(year) if (1949..2100).contains(&year) => head.year = Some(year),
                    _ => doubt(DoubtKind::NoYear(line.value.clone())),
                },
                "note" | "说明" | "source" | "来源" => {}
                key => doubt(DoubtKind::UnknownKey(key.to_owned())),
            }
        }
        head
    }

    /// This folder's word, and that of the folder `above` it where this one says nothing.
    #[must_use]
    pub fn over(mut self, above: &FolderHead) -> FolderHead {
        self.county = self.county.or_else(|| above.county.clone());
        self.organizer = self.organizer.or_else(|| above.organizer.clone());
        self.place = self.place.or_else(|| above.place.clone());
        self.year = self.year.or(above.year);
        self
    }
}

/// Where a file comes from: what its path and its folders say of it.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Its path below the knowledge folder.
    pub file: &'a str,
    /// What its folders say, the nearest first.
    pub folder: Option<&'a FolderHead>,
}

impl<'a> Origin<'a> {
    /// A file of which no folder says anything.
    pub fn file(file: &'a str) -> Origin<'a> {
        Origin { file, folder: None }
    }
}

/// The county that an admin names: of the list, or as it stands where its name is a county's.
pub fn named_county(name: &str) -> Option<County> {
    let name = name.trim();
    let listed = Gazetteer::shared().named(name);
    if let Some(county) = Gazetteer::shared().county(name, &[]) {
        return Some(county);
    }
    let of_county = listed.iter().any(|division| division.level() == Level::County)
        || listed.is_empty() && name.chars().count() >= 2 && name.ends_with(['县', '旗', '区', '市']);
    of_county.then(|| County::unlisted(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_speaks_for_its_files() {
        let head = FolderHead::parse("---\ncounty: 礼泉县\n主办: 县委统战部\nyear: 2025\n---\n");
        assert_eq!(head.county.as_ref().map(County::name), Some("礼泉县"));
        assert_eq!((head.organizer.as_deref(), head.year), (Some("县委统战部"), Some(2025)));
        assert!(head.doubts.is_empty());
        let above = FolderHead::parse("---\ncounty: 乾县\nplace: 县会堂\n---\n");
        let both = head.over(&above);
        assert_eq!(both.county.as_ref().map(County::name), Some("礼泉县"));
        assert_eq!(both.place.as_deref(), Some("县会堂"));
    }

    #[test]
    fn what_a_folder_cannot_say_is_a_doubt() {
        let head = FolderHead::parse("---\ntitle: 座谈会\ncounty: 很远的地方\nyear: 去年\n---\n");
        let kinds: Vec<DoubtKind> = head.doubts.into_iter().map(|doubt| doubt.kind).collect();
        assert_eq!(
            kinds,
            [
                DoubtKind::UnknownKey("title".to_owned()),
                DoubtKind::NoCounty("很远的地方".to_owned()),
                DoubtKind::NoYear("去年".to_owned()),
            ]
        );
        assert_eq!(FolderHead::parse("没有头\n"), FolderHead::default());
    }
}
