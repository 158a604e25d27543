//! What is said of a knowledge file: how it was understood, what a new version changes, and why one is not taken.

use std::collections::{BTreeMap, HashMap};

use super::answers::{dates_words, with_brackets};
use super::left_out::{poorly_understood_line, understood_share_line};
use super::{Lang, doubt_line, read_error, short, unknown_speaker};
use crate::meeting::{Certainty, Report, Voice};
use crate::reading::{ReadError, Told};
use crate::shelf::ShelfError;

/// Most speakers, and most doubts, that are named.
const SPEAKERS: usize = 20;
const DOUBTS: usize = 8;

/// How a file was understood: its meeting, who said how much by county, and what is not sure.
pub fn understood_lines(lang: Lang, text: &str, report: &Report) -> Vec<String> {
    let meeting = &report.meeting;
    let open = || "—".to_owned();
    let title = Some(short(&meeting.title)).filter(|title| !title.is_empty());
    let mut lines = vec![
        entry(lang, "会议", "Meeting", title.unwrap_or_else(open)),
        entry(lang, "日期", "Dates", meeting.dates.map_or_else(open, dates_words)),
        entry(lang, "地点", "Place", meeting.place.clone().unwrap_or_else(open)),
    ];
    lines.push(understood_share_line(lang, text, report));
    lines.extend(shares(lang, text, report));
    lines.extend(unsure(lang, text, report));
    lines
}

fn entry(lang: Lang, zh: &str, en: &str, value: String) -> String {
    match lang {
        Lang::Zh => format!("{zh}：{value}"),
        Lang::En => format!("{en}: {value}"),
    }
}

/// Who said how much, the counties in order of how much was said for them.
fn shares(lang: Lang, text: &str, report: &Report) -> Vec<String> {
    type Speakers<'r> = BTreeMap<(&'r str, &'r str), (usize, usize)>;
    let mut counties: BTreeMap<&str, Speakers<'_>> = BTreeMap::new();
    for remark in report.spoken() {
        let voice = &remark.voice;
        let county = voice.county().map_or("", |county| county.name());
        let (name, office) = voice.called();
        let called = (name.unwrap_or(unknown_speaker(lang)), office.unwrap_or_default());
        let share = counties.entry(county).or_default().entry(called).or_default();
        share.0 += 1;
        share.1 += remark.span.of(text).chars().count();
    }
    let total = |speakers: &Speakers<'_>| speakers.values().map(|(_, chars)| *chars).sum::<usize>();
    let mut counties: Vec<(&str, Speakers<'_>)> = counties.into_iter().collect();
    counties.sort_by_key(|(_, speakers)| std::cmp::Reverse(total(speakers)));
    let mut lines = vec![match lang {
        Lang::Zh => format!("发言：{} 段", report.spoken().count()),
        Lang::En => format!("Remarks: {}", report.spoken().count()),
    }];
    let mut named = 0;
    let everybody: usize = counties.iter().map(|(_, speakers)| speakers.len()).sum();
    for (county, speakers) in &counties {
        let county = Some(*county).filter(|county| !county.is_empty());
        let county = county.unwrap_or(lang.pick("（不属于某个县）", "(for no county)"));
        let mut speakers: Vec<_> = speakers.iter().collect();
        speakers.sort_by_key(|(_, (_, chars))| std::cmp::Reverse(*chars));
        if named < SPEAKERS {
            lines.push(county.to_owned());
        }
        for ((name, office), (remarks, chars)) in speakers {
            if named < SPEAKERS {
                let about: Vec<&str> = Some(*office).filter(|office| !office.is_empty()).into_iter().collect();
                let who = with_brackets(lang, name, &about);
                lines.push(match lang {
                    Lang::Zh => format!("· {who}：{remarks} 段，{chars} 字"),
                    Lang::En => format!("· {who}: {remarks} remarks, {chars} characters"),
                });
            }
            named += 1;
        }
    }
    if everybody > SPEAKERS {
        let more = everybody - SPEAKERS;
        lines.push(match lang {
            Lang::Zh => format!("另有 {more} 位"),
            Lang::En => format!("and {more} more"),
        });
    }
    lines
}

/// What an admin should look at.
fn unsure(lang: Lang, text: &str, report: &Report) -> Vec<String> {
    let count = |test: &dyn Fn(&Voice) -> bool| report.spoken().filter(|remark| test(&remark.voice)).count();
    let inferred = count(&|voice| voice.certainty() == Some(Certainty::Inferred));
    let unknown = count(&|voice| matches!(voice, Voice::Unknown { .. }));
    let mut lines = Vec::new();
    lines.extend(poorly_understood_line(lang, text, report));
    if inferred > 0 {
        lines.push(match lang {
            Lang::Zh => format!("{inferred} 段的发言人是从上下文推断的"),
            Lang::En => format!("the speakers of {inferred} remarks were inferred"),
        });
    }
    if unknown > 0 {
        lines.push(match lang {
            Lang::Zh => format!("{unknown} 段不知道是谁说的"),
            Lang::En => format!("nobody knows who made {unknown} remarks"),
        });
    }
    if report.meeting.dates.is_none() {
        lines.push(lang.pick("没有找到会议日期", "no date was found").to_owned());
    }
    for doubt in report.doubts.iter().take(DOUBTS) {
        lines.push(format!(
            "{}：{}",
            doubt_line(lang, &doubt.kind),
            short(doubt.span.of(text).trim())
        ));
    }
    if !lines.is_empty() {
        for line in &mut lines {
            line.insert_str(0, "? ");
        }
        lines.insert(0, lang.pick("拿不准的地方：", "Not sure:").to_owned());
    }
    lines
}

/// What a new version of a file changes.
pub fn difference_lines(lang: Lang, old: (&str, &Report), new: (&str, &Report)) -> Vec<String> {
    let (added, removed) = changed_lines(old.0, new.0);
    let mut lines = vec![match lang {
        Lang::Zh => format!("与现有文件相比：多 {added} 行，少 {removed} 行"),
        Lang::En => format!("Beside the file that stands: {added} lines more, {removed} lines less"),
    }];
    let remarks = (old.1.spoken().count(), new.1.spoken().count());
    if remarks.0 != remarks.1 {
        lines.push(match lang {
            Lang::Zh => format!("发言 {} 段 → {} 段", remarks.0, remarks.1),
            Lang::En => format!("remarks {} → {}", remarks.0, remarks.1),
        });
    }
    let title = |report: &Report| short(&report.meeting.title);
    if title(old.1) != title(new.1) {
        lines.push(format!("{} → {}", title(old.1), title(new.1)));
    }
    let dates = |report: &Report| report.meeting.dates.map_or("—".to_owned(), dates_words);
    if dates(old.1) != dates(new.1) {
        lines.push(format!("{} → {}", dates(old.1), dates(new.1)));
    }
    lines
}

/// How many lines of `new` are not in `old`, and the other way round.
fn changed_lines(old: &str, new: &str) -> (usize, usize) {
    let mut count: HashMap<&str, i64> = HashMap::new();
    for line in new.lines().filter(|line| !line.trim().is_empty()) {
        *count.entry(line).or_default() += 1;
    }
    for line in old.lines().filter(|line| !line.trim().is_empty()) {
        *count.entry(line).or_default() -= 1;
    }
    let sum = |sign: i64| count.values().map(|count| (count * sign).max(0) as usize).sum();
    (sum(1), sum(-1))
}

/// What a `_folder.md` says for all files of its folder, and which of its lines say nothing.
pub fn folder_lines(lang: Lang, told: &Told) -> Vec<String> {
    let (head, fault) = told;
    let mut lines = vec![
        lang.pick(
            "它不是会议材料，是给文件夹里所有文件的说明：",
            "It is no report: it tells something of all the files in its folder:",
        )
        .to_owned(),
    ];
    let county = head.county.as_ref().map(|county| county.name().to_owned());
    let year = head.year.map(|year| year.to_string());
    for (zh, en, said) in [
        ("所属县", "County", county),
        ("主办", "Organizer", head.organizer.clone()),
        ("地点", "Place", head.place.clone()),
        ("年份", "Year", year),
    ] {
        lines.extend(said.map(|said| entry(lang, zh, en, said)));
    }
    if lines.len() == 1 {
        lines.push(
            lang.pick(
                "一项也没有读出来。写法如：county: 礼泉县",
                "Nothing in it was understood. It is written like this: county: 礼泉县",
            )
            .to_owned(),
        );
    }
    lines.extend(fault.as_ref().map(|fault| read_error(lang, fault)));
    lines
}

/// What is shown of a file.
pub fn upload_head(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} 读成了这样："),
        Lang::En => format!("{name} was understood like this:"),
    }
}

/// That a file stands there already, letter for letter.
pub fn same_file(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("{name} 已经在知识文件里，一字不差，没有什么要改。"),
        Lang::En => format!("{name} is there already, letter for letter. There is nothing to change."),
    }
}

/// That a file cannot be read, and why.
pub fn file_unread(lang: Lang, file: &str, error: &ReadError) -> String {
    let reason = read_error(lang, error);
    match lang {
        Lang::Zh => format!("{file}：{reason}"),
        Lang::En => format!("{file}: {reason}"),
    }
}

/// That a file was kept.
pub fn kept_as(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("已保存为 {name}。"),
        Lang::En => format!("Kept as {name}."),
    }
}

/// That a file was dropped.
pub fn discarded(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("已放弃 {name}，知识文件没有变。"),
        Lang::En => format!("{name} was dropped; the knowledge is as it was."),
    }
}

/// That a file could not be fetched.
pub fn download_failed(lang: Lang, error: &str) -> String {
    match lang {
        Lang::Zh => format!("文件没有取到：{error}。请再发一次。"),
        Lang::En => format!("The file could not be fetched: {error}. Please send it again."),
    }
}

/// How a command for one file is used.
pub fn file_usage(lang: Lang, command: &str) -> String {
    match lang {
        Lang::Zh => format!("用法：/{command} 文件名。/files 列出有哪些。"),
        Lang::En => format!("Use: /{command} FILE. See /files."),
    }
}

/// Whether a file shall be removed.
pub fn ask_to_remove(lang: Lang, file: &str) -> String {
    match lang {
        Lang::Zh => format!("要移除 {file} 吗？移除后它不再用来回答；文件会留在数据文件夹的 removed 里。"),
        Lang::En => format!("Remove {file}? It will no longer be quoted; it is kept in removed, in the data folder."),
    }
}

/// That a file was removed.
pub fn removed_as(lang: Lang, file: &str) -> String {
    match lang {
        Lang::Zh => format!("已移除 {file}。"),
        Lang::En => format!("{file} was removed."),
    }
}

/// That a file was not removed.
pub fn left_alone(lang: Lang, file: &str) -> String {
    match lang {
        Lang::Zh => format!("{file} 留着，没有动。"),
        Lang::En => format!("{file} stays."),
    }
}

/// Why a file is not taken, kept or removed.
pub fn shelf_error(lang: Lang, error: &ShelfError) -> String {
    match (lang, error) {
        (Lang::Zh, ShelfError::UnknownFormat) => "不收这种文件：请另存为 .docx、.pdf 或 .txt。".to_owned(),
        (Lang::En, ShelfError::UnknownFormat) => {
            "Files of this format are not read: save it as .docx, .pdf or .txt.".to_owned()
        }
        (Lang::Zh, ShelfError::Archive) => "不收压缩包，请解压后逐个发来。".to_owned(),
        (Lang::En, ShelfError::Archive) => "Archives are not taken: unpack it and send the files.".to_owned(),
        (Lang::Zh, ShelfError::Taken(name)) => format!("已经有文件 {name} 了，请重新发来。"),
        (Lang::En, ShelfError::Taken(name)) => format!("There is a file {name} by now. Please send yours again."),
        (Lang::Zh, ShelfError::Changed(name)) => format!("文件 {name} 刚刚改过或不在了，请重新发来。"),
        (Lang::En, ShelfError::Changed(name)) => {
            format!("The file {name} has changed or is gone. Please send yours again.")
        }
        (Lang::Zh, ShelfError::Missing(name)) => format!("没有文件“{}”。/files 列出有哪些。", short(name)),
        (Lang::En, ShelfError::Missing(name)) => format!("There is no file “{}”. See /files.", short(name)),
        (Lang::Zh, ShelfError::Io(source)) => format!("写不了：{source}。什么都没有改。"),
        (Lang::En, ShelfError::Io(source)) => format!("It cannot be written: {source}. Nothing has been changed."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Document, understand};

    const REPORT: &str =
        "古道会召开\n\n2024年3月5日，古道会在青禾县召开。\n\n青禾县副县长蒲正明说：“先修路。”\n\n他说：“慢慢来。”\n";

    #[test]
    fn it_says_who_said_how_much_and_what_is_not_sure() {
        let lines = understood_lines(Lang::Zh, REPORT, &understand(&Document::plain(REPORT), "a.txt")).join("\n");
        assert!(
            lines.contains("日期：2024-03-05") && lines.contains("青禾县\n· 蒲正明（青禾县副县长）：2 段，8 字"),
            "{lines}"
        );
        assert!(
            lines.contains("拿不准的地方：\n? 1 段的发言人是从上下文推断的"),
            "{lines}"
        );
    }

    #[test]
    fn a_new_version_says_what_it_changes() {
        let new = REPORT
            .replace("先修路。", "先修路，再修亭子。")
            .replace("2024年", "2025年");
        let lines = difference_lines(
            Lang::Zh,
            (REPORT, &understand(&Document::plain(REPORT), "a.txt")),
            (&new, &understand(&Document::plain(new.as_str()), "a.txt")),
        );
        assert_eq!(lines, ["与现有文件相比：多 2 行，少 2 行", "2024-03-05 → 2025-03-05"]);
    }
}
