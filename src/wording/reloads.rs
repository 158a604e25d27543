//! What a reload found.

use std::time::Duration;

use super::{Lang, read_error};
use crate::index::{Changes, Refused};
use crate::meaning::MeaningError;

/// Most files of one kind that are named where all is well; the rest is counted.
const NAMED: usize = 10;

/// What was added, changed, removed and refused, and what serves now: a line or more each.
pub fn changes_lines(lang: Lang, changes: &Changes) -> Vec<String> {
    let mut lines = Vec::new();
    if changes.rebuilt {
        lines.push(
            lang.pick(
                "索引已损坏，重新建立。",
                "The index was damaged and has been built anew.",
            )
            .to_owned(),
        );
    }
    for (files, zh, en) in [
        (&changes.added, "新增", "added"),
        (&changes.changed, "更新", "changed"),
        (&changes.removed, "移除", "removed"),
    ] {
        if !files.is_empty() {
            lines.push(match lang {
                Lang::Zh => format!("{zh} {} 个文件：{}", files.len(), named(lang, files)),
                Lang::En => format!("{en} {}: {}", files.len(), named(lang, files)),
            });
        }
    }
    if changes.unwritten {
        lines.push(
            lang.pick(
                "文件有变化，但数据文件夹不能写：索引没有更新，按原来的内容回答。",
                "Files have changed, but the data folder cannot be written: what was read before serves on.",
            )
            .to_owned(),
        );
    } else if changes.added.is_empty() && changes.changed.is_empty() && changes.removed.is_empty() {
        lines.push(lang.pick("没有变化。", "Nothing changed.").to_owned());
    }
    // Each of them is somebody's paper: all are named.
    lines.extend(changes.refused.iter().map(|refused| refused_line(lang, refused)));
    lines.push(match lang {
        Lang::Zh => format!("现有 {} 个文件，{} 个段落。", changes.files, changes.passages),
        Lang::En => format!("{} files, {} passages serve.", changes.files, changes.passages),
    });
    lines
}

/// What a reload changed, in a few words.
pub fn counts_line(lang: Lang, changes: &Changes) -> String {
    let (added, changed) = (changes.added.len(), changes.changed.len());
    let (removed, refused) = (changes.removed.len(), changes.refused.len());
    match lang {
        Lang::Zh => format!("新增 {added}，更新 {changed}，移除 {removed}，未读入 {refused}"),
        Lang::En => format!("{added} added, {changed} changed, {removed} removed, {refused} refused"),
    }
}

/// How far a reload is.
pub fn progress_line(lang: Lang, done: usize, of: usize) -> String {
    match (lang, of) {
        (Lang::Zh, 0) => "正在重新读入…".to_owned(),
        (Lang::En, 0) => "Reading the files again…".to_owned(),
        (Lang::Zh, _) => format!("正在重新读入… {done}/{of}"),
        (Lang::En, _) => format!("Reading the files again… {done} of {of}"),
    }
}

/// How far reading is, behind a bar.
pub fn progress_words(lang: Lang, done: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("正在读入 {done}/{of}"),
        Lang::En => format!("reading {done} of {of}"),
    }
}

/// How far embedding is, behind a bar.
pub fn embedding_words(lang: Lang, done: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("正在计算语义 {done}/{of}"),
        Lang::En => format!("embedding {done} of {of}"),
    }
}

/// That what is new is embedded.
pub fn embedded_line(lang: Lang, passages: usize) -> String {
    match (lang, passages) {
        (Lang::Zh, 0) => "语义向量没有变化。".to_owned(),
        (Lang::En, 0) => "No embedding is missing.".to_owned(),
        (Lang::Zh, _) => format!("新算了 {passages} 段的语义向量。"),
        (Lang::En, _) => format!("{passages} passages were embedded."),
    }
}

/// That it is not, and why.
pub fn not_embedded_line(lang: Lang, why: &MeaningError) -> String {
    match lang {
        Lang::Zh => format!("语义向量没有算完，再运行一次接着算；缺的不影响按词查找。原因：{why}"),
        Lang::En => format!("Not all passages are embedded: run it again to go on; words are found without. {why}"),
    }
}

/// How long a reload took.
pub fn took_line(lang: Lang, took: Duration) -> String {
    let seconds = took.as_secs_f32();
    match lang {
        Lang::Zh => format!("用时 {seconds:.1} 秒。"),
        Lang::En => format!("It took {seconds:.1} seconds."),
    }
}

/// A file that was not read, and why, on one line.
pub fn refused_line(lang: Lang, refused: &Refused) -> String {
    let (file, reason) = (&refused.file, read_error(lang, &refused.reason));
    match lang {
        Lang::Zh => format!("未读入 {file}：{reason}"),
        Lang::En => format!("refused {file}: {reason}"),
    }
}

fn named(lang: Lang, files: &[String]) -> String {
    let mut names = files
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "));
    if files.len() > NAMED {
        names.push_str(" …");
    }
    names
}
