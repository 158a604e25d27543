//! What a folder says for all its files: `_folder.md`, a head like a file's own (`county: 礼泉县`). A file's own head wins
//! over it, a nearer folder over one above it, field by field. (A folder that is named as a county is `home`'s business.)

use std::path::Path;

use serde::Serialize;

use super::error::ReadError;
use super::file::read_file;
use super::front_matter::{FENCE, head_lines, lines_in};
use crate::gazetteer::{County, Gazetteer, Level};
use crate::meeting::{Doubt, DoubtKind};
use crate::text::{Span, fold_str};

/// The name of the file that speaks for its folder. It is no knowledge file.
pub const FOLDER_FILE: &str = "_folder.md";

/// What a folder says for all its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FolderHead {
    /// The county that its files are at home in.
    pub county: Option<County>,
    /// Who calls the meetings.
    pub organizer: Option<String>,
    /// The year of days that are written without one.
    pub year: Option<i32>,
    /// Where they are held.
    pub place: Option<String>,
}

/// What a folder's files are told, and what is wrong with its `_folder.md`.
pub type Told = (FolderHead, Option<ReadError>);

impl FolderHead {
    /// Reads a `_folder.md`: the lines between two `---`, or all of them where those are left out. What is not understood
    /// is a doubt, and the other lines count.
    pub fn parse(text: &str) -> (FolderHead, Vec<Doubt>) {
        let closed = head_lines(text);
        let lines = if closed.body_start > 0 {
            closed
        } else {
            let start = if text.starts_with(FENCE) { FENCE.len() } else { 0 };
            lines_in(text, Span::new(start, text.len()))
        };
        let mut doubts = lines.doubts;
        let mut head = FolderHead::default();
        for line in &lines.lines {
            let mut doubt = |kind| doubts.push(Doubt { span: line.span, kind });
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
        doubts.sort_by_key(|doubt| doubt.span);
        (head, doubts)
    }

    /// What the text of a `_folder.md` tells; lines that are not understood are its fault.
    pub fn told_by(text: &str) -> Told {
        let (own, doubts) = FolderHead::parse(text);
        let line = |doubt: &Doubt| text[..doubt.span.start()].matches('\n').count() + 1;
        let lines: Vec<(usize, DoubtKind)> = doubts.iter().map(|doubt| (line(doubt), doubt.kind.clone())).collect();
        (own, (!lines.is_empty()).then_some(ReadError::Lines(lines)))
    }

    /// What the files of `folder` are told, where the folders above it say this: what its `_folder.md` says, and this
    /// where it says nothing.
    pub fn below(&self, folder: &Path) -> Told {
        let (own, fault) = match read_file(&folder.join(FOLDER_FILE)) {
            Ok(document) => FolderHead::told_by(&document.text),
            Err(error) if error.is_missing() => (FolderHead::default(), None),
            Err(error) => (FolderHead::default(), Some(error)),
        };
        let mut above = self.clone();
        if folder
            .file_name()
            .is_some_and(|name| is_county(&name.to_string_lossy()))
        {
            // 礼泉县/_folder.md has no word on what is filed in 礼泉县/乾县.
            above.county = None;
        }
        (own.over(&above), fault)
    }

    /// What the folders say of a file, by its path below the knowledge folder; the folders' own faults are a reload's to
    /// tell.
    pub fn of(knowledge: &Path, file: &str) -> FolderHead {
        let folders = file.rsplit_once('/').map_or("", |(folders, _)| folders);
        let (mut head, _) = FolderHead::default().below(knowledge);
        let mut folder = knowledge.to_owned();
        for name in folders.split('/').filter(|name| !name.is_empty()) {
            folder.push(name);
            (head, _) = head.below(&folder);
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

/// Whether a folder says by its name which county its files are at home in.
fn is_county(folder: &str) -> bool {
    Gazetteer::shared().county(&fold_str(folder), &[]).is_some()
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

    fn parsed(text: &str) -> (FolderHead, Vec<DoubtKind>) {
        let (head, doubts) = FolderHead::parse(text);
        (head, doubts.into_iter().map(|doubt| doubt.kind).collect())
    }

    #[test]
    fn a_folder_speaks_for_its_files() {
        let (head, doubts) = parsed("---\ncounty: 礼泉县\n主办: 县委统战部\nyear: 2025\n---\n");
        assert_eq!(head.county.as_ref().map(County::name), Some("礼泉县"));
        assert_eq!((head.organizer.as_deref(), head.year), (Some("县委统战部"), Some(2025)));
        assert!(doubts.is_empty());
        // Nobody must write the lines around it: there is nothing else in the file.
        for bare in [
            "county: 礼泉县\n主办: 县委统战部\nyear: 2025\n",
            "---\ncounty: 礼泉县\n主办: 县委统战部\nyear: 2025",
        ] {
            assert_eq!(parsed(bare), (head.clone(), Vec::new()));
        }
        let (above, _) = parsed("---\ncounty: 乾县\nplace: 县会堂\n---\n");
        let both = head.over(&above);
        assert_eq!(both.county.as_ref().map(County::name), Some("礼泉县"));
        assert_eq!(both.place.as_deref(), Some("县会堂"));
    }

    #[test]
    fn what_a_folder_cannot_say_is_a_doubt() {
        let (head, doubts) =
            parsed("---\ntitle: 座谈会\ncounty: 很远的地方\n没有冒号\nyear: 去年\nplace: 县会堂\n---\n");
        assert_eq!(
            doubts,
            [
                DoubtKind::UnknownKey("title".to_owned()),
                DoubtKind::NoCounty("很远的地方".to_owned()),
                DoubtKind::NoColon,
                DoubtKind::NoYear("去年".to_owned()),
            ]
        );
        assert_eq!(head.place.as_deref(), Some("县会堂"));
        assert_eq!(parsed("没有头\n"), (FolderHead::default(), vec![DoubtKind::NoColon]));
    }

    #[test]
    fn the_nearest_folder_wins_and_a_countys_name_is_a_word() {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path();
        std::fs::create_dir_all(knowledge.join("礼泉县/旧档")).unwrap();
        std::fs::create_dir_all(knowledge.join("会议/春季")).unwrap();
        std::fs::write(
            knowledge.join(FOLDER_FILE),
            "county: 乾县\nyear: 2023\norganizer: 市委统战部\n",
        )
        .unwrap();
        std::fs::write(knowledge.join("会议/春季").join(FOLDER_FILE), "year: 2024\n").unwrap();
        let told = |file: &str| {
            let head = FolderHead::of(knowledge, file);
            (
                head.county.map(|county| county.name().to_owned()),
                head.year,
                head.organizer,
            )
        };
        let organizer = Some("市委统战部".to_owned());
        assert_eq!(
            told("会议/春季/a.txt"),
            (Some("乾县".to_owned()), Some(2024), organizer.clone())
        );
        assert_eq!(
            told("会议/a.txt"),
            (Some("乾县".to_owned()), Some(2023), organizer.clone())
        );
        assert_eq!(told("礼泉县/旧档/a.txt"), (None, Some(2023), organizer.clone()));
        assert_eq!(told("a.txt"), (Some("乾县".to_owned()), Some(2023), organizer));
    }

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join(FOLDER_FILE),
            "---\r\nyear: 2024\r\ncolour: red\r\n---\r\n",
        )
        .unwrap();
        let (head, fault) = FolderHead::default().below(folder.path());
        assert_eq!(head.year, Some(2024));
        assert!(
            matches!(&fault, Some(ReadError::Lines(lines)) if *lines == [(3, DoubtKind::UnknownKey("colour".to_owned()))]),
            "{fault:?}"
        );
    }
}
