//! Lists of what the files hold: meetings, speakers, counties, the files themselves. A line an entry; whoever shows
//! them makes pages of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::answers::{dates_words, with_brackets};
use super::{Lang, short};
use crate::index::{Catalogue, FileEntry};
use crate::meeting::DateRange;

/// What stands above a list; the list by the word that commands call it by.
pub fn list_head(lang: Lang, list: &str) -> String {
    match list {
        "meetings" => lang.pick("会议，新的在前：", "Meetings, newest first:"),
        "speakers" => lang.pick("发言人：", "Speakers:"),
        "counties" => lang.pick("有发言的县（市、区）：", "Counties that people speak for:"),
        "files" => lang.pick("知识文件：", "Knowledge files:"),
        "feedback" => lang.pick(
            "反馈，新的在前（/feedback export 导出）：",
            "Feedback, newest first (/feedback export):",
        ),
        "audit" => lang.pick("管理记录，新的在前：", "What admins did, newest first:"),
        other => other,
    }
    .to_owned()
}

/// The meetings, newest first.
pub fn meeting_lines(lang: Lang, catalogue: &Catalogue) -> Vec<String> {
    let mut meetings: Vec<(FileEntry<'_>, BTreeSet<&str>)> = Vec::new();
    // One report in two files is one meeting; what has no title is one by itself.
    let mut known: HashMap<(&str, Option<DateRange>), usize> = HashMap::new();
    for entry in catalogue.files() {
        let next = meetings.len();
        let at = match entry.title() {
            "" => next,
            title => *known.entry((title, entry.dates())).or_insert(next),
        };
        match meetings.get_mut(at) {
            Some((_, files)) => drop(files.insert(entry.file)),
            None => meetings.push((entry, BTreeSet::from([entry.file]))),
        }
    }
    meetings.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.dates()));
    meetings
        .iter()
        .map(|(entry, files)| {
            let people = entry.speakers().filter(|speaker| !speaker.group).count();
            let title = match entry.title() {
                "" => lang.pick("（没有标题）", "(no title)").to_owned(),
                title => short(title),
            };
            let mut parts = vec![entry.dates().map_or("—".to_owned(), dates_words), title];
            parts.extend(entry.place().map(str::to_owned));
            parts.push(match lang {
                Lang::Zh => format!("{people} 位发言人"),
                Lang::En => format!("{people} speakers"),
            });
            parts.extend(files.iter().map(|file| (*file).to_owned()));
            parts.join(" · ")
        })
        .collect()
}

/// Who speaks in the files, by name; the groups behind the persons.
pub fn speaker_lines(lang: Lang, catalogue: &Catalogue) -> Vec<String> {
    let mut counted: BTreeMap<(bool, &str, &str, &str), usize> = BTreeMap::new();
    for speaker in catalogue.files().flat_map(|entry| entry.speakers()) {
        let county = speaker.county.as_ref().map_or("", |county| county.name());
        let (name, office) = (speaker.name.as_deref(), speaker.office.as_deref());
        let key = (
            speaker.group,
            name.or(office).unwrap_or_default(),
            office.filter(|_| name.is_some()).unwrap_or_default(),
            county,
        );
        *counted.entry(key).or_default() += 1;
    }
    counted
        .into_iter()
        .map(|((_, name, office, county), files)| {
            let about: Vec<&str> = [office, county].into_iter().filter(|part| !part.is_empty()).collect();
            format!("{} · {}", with_brackets(lang, name, &about), in_files(lang, files))
        })
        .collect()
}

/// The counties that somebody speaks for, and who.
pub fn county_lines(lang: Lang, catalogue: &Catalogue) -> Vec<String> {
    let mut counties: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for speaker in catalogue.participants() {
        if let Some(county) = &speaker.county {
            let names = counties.entry(county.name()).or_default();
            names.extend(speaker.name.as_deref().or(speaker.office.as_deref()));
        }
    }
    counties
        .into_iter()
        .map(|(county, names)| {
            let names: Vec<&str> = names.into_iter().collect();
            match lang {
                Lang::Zh => format!("{county}：{}", short(&names.join("、"))),
                Lang::En => format!("{county}: {}", short(&names.join(", "))),
            }
        })
        .collect()
}

/// The knowledge files in order of their paths.
pub fn file_lines(lang: Lang, catalogue: &Catalogue) -> Vec<String> {
    catalogue
        .files()
        .map(|entry| {
            let mut parts = vec![entry.file.to_owned()];
            parts.extend(entry.dates().map(dates_words));
            parts.extend((!entry.title().is_empty()).then(|| short(entry.title())));
            let (passages, people) = (entry.passages(), entry.speakers().count());
            parts.push(match lang {
                Lang::Zh => format!("{passages} 个段落，{people} 个发言人"),
                Lang::En => format!("{passages} passages, {people} speakers"),
            });
            parts.join(" · ")
        })
        .collect()
}

fn in_files(lang: Lang, files: usize) -> String {
    match lang {
        Lang::Zh => format!("{files} 个文件"),
        Lang::En => format!("{files} files"),
    }
}
