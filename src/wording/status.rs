//! How the bot does, in words.

use std::time::Duration;

use super::Lang;

/// How the bot does.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Since when it runs.
    pub uptime: Duration,
    /// Knowledge files, meetings, passages.
    pub files: usize,
    /// Meetings that the files are about.
    pub meetings: usize,
    /// Passages in the index.
    pub passages: usize,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Bytes of memory in use, where the system tells.
    pub memory_bytes: Option<u64>,
    /// Questions answered with quotes, since the start.
    pub answered: u64,
    /// Questions that the files hold no answer to, since the start.
    pub refused: u64,
    /// What went wrong, since the start.
    pub errors: u64,
    /// Files that have changed since they were read.
    pub changed: usize,
    /// Answers from files that had changed since they were read, since the start.
    pub stale: u64,
    /// Updates of which nothing was understood, since the start.
    pub unread: u64,
    /// Defects that ended a piece of work, since the start.
    pub panics: u64,
    /// Updates that wait for their handling.
    pub waiting: u64,
}

/// A line for each thing that an admin wants to know.
pub fn status_lines(lang: Lang, status: &Status) -> Vec<String> {
    let version = env!("CARGO_PKG_VERSION");
    let uptime = uptime(lang, status.uptime);
    let (index, memory) = (
        mega(status.index_bytes),
        status.memory_bytes.map_or("—".to_owned(), mega),
    );
    let Status {
        files,
        meetings,
        passages,
        answered,
        refused,
        errors,
        changed,
        stale,
        unread,
        panics,
        waiting,
        ..
    } = status;
    let mut lines = match lang {
        Lang::Zh => vec![
            format!("会问 {version}，已运行 {uptime}"),
            format!("知识：{files} 个文件，{meetings} 次会议，{passages} 个段落"),
            format!("索引 {index}，内存 {memory}"),
            format!("启动以来：回答 {answered} 次，没有答案 {refused} 次，出错 {errors} 次"),
            format!("等待处理：{waiting} 条"),
        ],
        Lang::En => vec![
            format!("huiwen {version}, up for {uptime}"),
            format!("Knowledge: {files} files, {meetings} meetings, {passages} passages"),
            format!("Index {index}, memory {memory}"),
            format!("Since the start: {answered} answered, {refused} without an answer, {errors} errors"),
            format!("Waiting: {waiting} updates"),
        ],
    };
    // What should not be is told where it is.
    if *changed > 0 || *stale > 0 {
        lines.push(match lang {
            Lang::Zh => format!("读入后有改动的文件：{changed} 个（/reload 更新）；回答引自改动前的文件：{stale} 次"),
            Lang::En => format!("Files changed since they were read: {changed} (/reload); answers from such: {stale}"),
        });
    }
    if *unread > 0 || *panics > 0 {
        lines.push(match lang {
            Lang::Zh => format!("读不懂的消息：{unread} 条；程序错误：{panics} 次"),
            Lang::En => format!("Updates not understood: {unread}; defects: {panics}"),
        });
    }
    lines
}

fn mega(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn uptime(lang: Lang, uptime: Duration) -> String {
    let minutes = uptime.as_secs() / 60;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match lang {
        Lang::Zh => format!("{days} 天 {hours} 小时 {minutes} 分"),
        Lang::En => format!("{days} d {hours} h {minutes} min"),
    }
}
