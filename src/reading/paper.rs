//! What the lines of a paper's head and foot are: labels, dates of their own, document numbers, mastheads, greetings, prose.
//! Titles, days and places are told from these.

use std::sync::LazyLock;

use super::attribution::ends_in_title;
use super::dates::{WrittenDate, dates_in};
use super::labels::{LabelKind, kind_of};
use super::layout::{Block, Kind, Layout};
use crate::text::{Span, ends_sentence, fold_str};

/// A block of the paper as its facts are looked for.
#[derive(Debug)]
pub struct Line {
    /// Its words as rules read them.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// The date that it stands for, where that is its business.
    pub stamp: Option<Stamp>,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A label with its folded value.
    Label(LabelKind, String),
    /// 〔2024〕15号, 第12期.
    Number,
    /// What the page has.
    Furniture,
    /// The body that issues the paper, or its series.
    Masthead,
    /// 同志们:
    Greeting,
    /// 县委书记 蒋怀瑾
    Byline,
    /// A speaker's turn.
    Turn,
    /// Sentences.
    Prose,
    /// A short line that is none of these.
    Words,
}

/// A date that a line exists for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The date.
    pub date: WrittenDate,
    /// What stands beside it.
    pub beside: Beside,
}

/// What a line has beside its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing, a weekday, brackets, 上午, a span of the day: (2025年6月25日).
    Nothing,
    /// One time of the day: 2025-03-18 18:30.
    Clock,
    /// Who signs or issues: 县委办信息科 2025年3月9日.
    Signature,
    /// What a page says of its publication: 来源:…, 阅读:….
    Page,
}

struct Lists {
    masthead: Vec<&'static str>,
    paper: Vec<&'static str>,
    page: Vec<&'static str>,
    media: Vec<&'static str>,
    greeting: Vec<&'static str>,
    title: Vec<&'static str>,
    export: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| load(include_str!("paper.tsv")));

fn load(table: &'static str) -> Lists {
    let mut lists = Lists {
        masthead: Vec::new(),
        paper: Vec::new(),
        page: Vec::new(),
        media: Vec::new(),
        greeting: Vec::new(),
        title: Vec::new(),
        export: Vec::new(),
    };
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // A test loads the table: a wrong row never leaves the workshop.
        let wrong = |what: &str| -> ! { panic!("src/reading/paper.tsv:{}: {what}", number + 1) };
        let Some((tells, words)) = line.split_once('\t').filter(|(_, words)| !words.contains('\t')) else {
            wrong("no two columns");
        };
        match tells {
            "masthead" => lists.masthead.push(words),
            "paper" => lists.paper.push(words),
            "page" => lists.page.push(words),
            "media" => lists.media.push(words),
            "greeting" => lists.greeting.push(words),
            "title" => lists.title.push(words),
            "export" => lists.export.push(words),
            _ => wrong("no such list"),
        }
    }
    lists
}

/// Whether words are those of a title: 会, 讲话, 纪要….
pub fn of_paper(words: &str) -> bool {
    LISTS.paper.iter().any(|word| words.contains(word))
}

/// Whether words name a medium.
pub fn of_media(words: &str) -> bool {
    LISTS.media.iter().any(|word| words.contains(word))
}

/// Whether a line is a program's own words and no title.
pub fn of_export(words: &str) -> bool {
    LISTS.export.contains(&words.trim_end_matches(':'))
}

/// What stands behind 文字记录: and the like.
pub fn behind_title_label(words: &str) -> &str {
    let behind = LISTS
        .title
        .iter()
        .find_map(|label| words.strip_prefix(label)?.trim_start().strip_prefix(':'));
    behind.map_or(words, str::trim)
}

/// The lines of a file, in order.
pub fn lines(text: &str, layout: &Layout) -> Vec<Line> {
    let mut lines: Vec<Line> = layout.blocks.iter().map(|block| line(text, block)).collect();
    for index in 0..lines.len() {
        // 时间:2020-05-28 17:03 beside 来源:某网 点击数: is the page's.
        let LineKind::Label(LabelKind::Time, value) = &lines[index].kind else {
            continue;
        };
        let beside = |at: Option<usize>| {
            at.and_then(|at| lines.get(at))
                .is_some_and(|line| line.kind == LineKind::Furniture && of_page(&line.words))
        };
        let of_its_own = of_page(&lines[index].words);
        let with_clock = value.contains(':') && stamp(value).is_some_and(|stamp| stamp.beside == Beside::Clock);
        if of_its_own || with_clock && (beside(index.checked_sub(1)) || beside(Some(index + 1))) {
            let date = dates_in(&lines[index].words).first().copied();
            lines[index].stamp = date.map(|date| Stamp {
                date,
                beside: Beside::Page,
            });
            lines[index].kind = LineKind::Furniture;
        }
    }
    // A label with nothing behind it has its value on the next line.
    for index in 0..lines.len().saturating_sub(1) {
        if let LineKind::Label(kind, value) = &lines[index].kind
            && value.is_empty()
            && !matches!(lines[index + 1].kind, LineKind::Label(..) | LineKind::Prose | LineKind::Turn)
        {
            lines[index].kind = LineKind::Label(*kind, lines[index + 1].words.clone());
            // What is a label's value is no title and no date of its own.
            if !matches!(lines[index + 1].kind, LineKind::Furniture) {
                lines[index + 1].kind = LineKind::Label(LabelKind::Other, String::new());
                lines[index + 1].stamp = None;
            }
        }
    }
    published_labels(&mut lines);
    lines
}

/// 发布时间:7月26日 with 发布地点: below is when a press conference was held.
fn published_labels(lines: &mut [Line]) {
    for index in 0..lines.len().saturating_sub(1) {
        let held = matches!(&lines[index + 1].kind, LineKind::Label(LabelKind::Place | LabelKind::Present, _));
        if held
            && lines[index].kind == LineKind::Furniture
            && let Some((key, value)) = lines[index].words.split_once(':')
            && kind_of(key.trim()) == Some(LabelKind::Publication)
        {
            lines[index].kind = LineKind::Label(LabelKind::Time, value.trim().to_owned());
            lines[index].stamp = None;
        }
    }
}

/// Longest line that is a date's, in characters.
const LONGEST_STAMP: usize = 110;
/// Fewest characters of a line that is prose because it ends a sentence.
const SHORTEST_PROSE: usize = 15;
/// Characters from which on any line is prose.
const LONGEST_WORDS: usize = 64;

fn line(text: &str, block: &Block) -> Line {
    let words = block.folded(text).text().to_owned();
    let length = words.chars().count();
    let stamp = stamp(&words);
    let kind = match &block.kind {
        Kind::Label { key, value } => match kind_of(key) {
            Some(kind) => LineKind::Label(kind, fold_str(value.of(text))),
            None => LineKind::Furniture,
        },
        Kind::Furniture(_) => LineKind::Furniture,
        Kind::Turn(_) | Kind::Row { .. } if !is_greeting(&words) => LineKind::Turn,
        _ if is_greeting(&words) => LineKind::Greeting,
        _ if is_number(&words) => LineKind::Number,
        _ if stamp.is_some_and(|stamp| stamp.beside == Beside::Page) => LineKind::Furniture,
        // 2025年4月2日下午,…座谈会在县卫生: the first line of a lead that a page wrapped.
        _ if words.contains(',') && dates_in(&words).first().is_some_and(|date| date.span.start() == 0) => LineKind::Prose,
        _ if length > LONGEST_WORDS || length >= SHORTEST_PROSE && ends_sentence(&words) => LineKind::Prose,
        Kind::Paragraph if ends_sentence(&words) => LineKind::Prose,
        _ if is_masthead(&words) => LineKind::Masthead,
        _ if is_byline(&words) => LineKind::Byline,
        _ => LineKind::Words,
    };
    Line {
        words,
        span: block.span,
        kind,
        stamp,
    }
}

fn of_page(words: &str) -> bool {
    LISTS.page.iter().any(|word| words.contains(word))
}

/// 同志们:, 各位代表:
fn is_greeting(words: &str) -> bool {
    words.chars().count() <= 24
        && LISTS.greeting.iter().any(|word| words.starts_with(word))
        && !of_paper(words.trim_end_matches("现在开会"))
}

/// 〔2024〕15号, 柳办发〔2023〕26号, (2025年第6期), 1750期/第1版:1: a number and next to no word.
fn is_number(words: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c);
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    let letters: Vec<char> = words.chars().filter(|c| c.is_alphabetic() && !digit(*c)).collect();
    let counted = letters.iter().any(|c| matches!(c, '号' | '期' | '次' | '版'));
    let only_year = letters.is_empty() && bare.chars().count() == 4 && bare.chars().all(|c| c.is_ascii_digit());
    words.contains(digit) && (counted && letters.len() <= 6 || only_year)
}

/// 青石县人民政府, 中共柳湾县委办公室文件, 工作简报.
fn is_masthead(words: &str) -> bool {
    let bare = words.trim_end_matches(['★', ' ']);
    let body = LISTS.masthead.iter().any(|end| bare.ends_with(end));
    body && bare.chars().count() <= 30 && !bare.contains(['“', ':', ',']) && !holds_meeting(bare)
}

/// Whether a line names a meeting or a speech, bodies' names aside (委员会).
fn holds_meeting(words: &str) -> bool {
    let without_bodies = words.replace("委员会", "").replace("常委会", "").replace("工会", "").replace("协会", "");
    ["会", "讲话", "关于", "召开", "调研", "到", "赴"].iter().any(|word| without_bodies.contains(word))
}

/// 县委书记 蒋怀瑾, 蒋怀瑾同志, 记者 蒋怀瑾: who speaks or writes.
fn is_byline(words: &str) -> bool {
    let bare = words.trim_matches(['(', ')', '—', ' ']);
    let length = bare.chars().count();
    if length > 40 || of_speech(bare) {
        return false;
    }
    let of_reporter = bare.contains("记者") && bare.contains(' ') || bare.starts_with("记者") || bare.starts_with("通讯员");
    let of_comrade = bare.ends_with("同志") && length <= 8;
    let named = bare.rsplit_once(' ').is_some_and(|(office, name)| {
        (2..=8).contains(&name.chars().count()) && ends_in_title(office.trim_end())
    });
    of_reporter || of_comrade || named
}

fn of_speech(words: &str) -> bool {
    ["讲话", "纪要", "会议", "座谈"].iter().any(|word| words.contains(word))
}

/// Longest signature beside a date, in characters.
const LONGEST_SIGNATURE: usize = 26;

/// The date that a folded line exists for: alone, with a time, signed, or with what a page says of itself.
pub fn stamp(line: &str) -> Option<Stamp> {
    let dates = dates_in(line);
    let date = *dates.first()?;
    if line.chars().count() > LONGEST_STAMP {
        return None;
    }
    if dates.len() > 1 && !of_page(line) {
        return None;
    }
    let rest = format!("{} {}", &line[..date.span.start()], &line[date.span.end()..]);
    let (rest, clocks) = without_clocks(&rest);
    let words: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    let length = words.chars().count();
    // 发布时间2023-03-02 来源:…; a sentence that holds 发布 is none.
    let beside = if length == 0 {
        if clocks == 1 { Beside::Clock } else { Beside::Nothing }
    } else if ends_sentence(line) || rest.contains(',') {
        return None;
    } else if of_page(&rest) {
        Beside::Page
    } else if rest.contains(['“', ':']) || of_paper(&rest.replace("委员会", "").replace("协会", "")) {
        return None;
    } else if length > LONGEST_SIGNATURE {
        return None;
    } else if of_media(&rest) {
        Beside::Page
    } else if clocks > 0 {
        // 段文谦 2025/3/18 9:01:22 heads a turn.
        return None;
    } else {
        Beside::Signature
    };
    Some(Stamp { date, beside })
}

/// Words beside a date that say nothing more of it.
const OF_DAY: [&str; 21] = [
    "星期", "周", "上午", "下午", "晚上", "凌晨", "中午", "晚", "根据录音整理", "未经本人审核", "未经本人审阅", "北京时间",
    "小时", "分钟", "秒", "时长", "录制", "开始", "整理", "记录", "会议",
];

/// Without times of the day, weekdays and the like; and how many times there were (a span of the day is two).
fn without_clocks(words: &str) -> (String, usize) {
    let mut rest = String::new();
    let mut clocks = 0;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        if c.is_ascii_digit() {
            let run = words[at..].len()
                - words[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').len();
            let piece = &words[at..at + run];
            at += run;
            if piece.contains(':') && !piece.ends_with(':') {
                clocks += 1;
            } else if !["时", "点", "分", "小时", "秒"].iter().any(|unit| words[at..].trim_start().starts_with(unit)) {
                rest.push_str(piece);
            }
            continue;
        }
        match OF_DAY.iter().find(|word| words[at..].starts_with(**word)) {
            Some(word) => {
                at += word.len();
                // 星期二
                if matches!(*word, "星期" | "周") {
                    at += words[at..].chars().next().map_or(0, char::len_utf8);
                }
            }
            None => {
                rest.push(c);
                at += c.len_utf8();
            }
        }
    }
    (rest, clocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(line: &str) -> Option<Beside> {
        stamp(&fold_str(line)).map(|stamp| stamp.beside)
    }

    fn kinds(text: &str) -> Vec<LineKind> {
        lines(text, &Layout::of_text(text)).into_iter().map(|line| line.kind).collect()
    }

    #[test]
    fn dates_with_a_line_of_their_own() {
        for line in [
            "（2025年6月25日）",
            "2025 年 3 月 18 日",
            "二〇二五年三月十八日",
            "2025年3月18日 星期二 下午",
            "（2009年8月25日根据录音整理、未经本人审核）",
            "2025年7月1日 09:00-10:12",
            "—————  2025-06-11  —————",
        ] {
            assert_eq!(beside(line), Some(Beside::Nothing), "{line}");
        }
        assert_eq!(beside("2025-03-18 18:30"), Some(Beside::Clock));
        assert_eq!(beside("县委办信息科    2025年3月9日"), Some(Beside::Signature));
        assert_eq!(beside("河谷日报 2023年7月14日"), Some(Beside::Page));
        assert_eq!(beside("2024-01-05 07:30:12   来源：河谷日报"), Some(Beside::Page));
        assert_eq!(beside("河谷发布 2025-03-18 18:30 河谷"), Some(Beside::Page));
    }

    #[test]
    fn sentences_and_headlines_with_a_date_are_no_such_lines() {
        for line in [
            "3月18日下午，县长钟铁山主持召开会议",
            "文字记录：停车方案讨论 2025年6月18日",
            "贺天佑说，5月29日已经验收。",
            "钟铁山：3月18日开会",
        ] {
            assert_eq!(beside(line), None, "{line}");
        }
    }

    #[test]
    fn lines_of_a_head() {
        assert_eq!(
            kinds("河谷县人民政府\n常务会议纪要\n〔2025〕第7次\n3月18日下午，县长钟铁山主持召开会议。\n"),
            [LineKind::Masthead, LineKind::Words, LineKind::Number, LineKind::Prose]
        );
        assert_eq!(
            kinds("在全县防汛会议上的讲话\n县委书记  钟铁山\n同志们：\n今年汛期提前了半个月，要早作准备。\n"),
            [LineKind::Words, LineKind::Byline, LineKind::Greeting, LineKind::Prose]
        );
        assert!(!is_masthead("县政府党组会") && !is_masthead("钟铁山到县水务局"));
        assert!(!is_number("第三次全体会议召开") && is_number("1750 期 / 第1版:1"));
    }

    #[test]
    fn the_table_is_read_strictly() {
        let wrong = std::panic::catch_unwind(|| load("paper\t会\npapers\t会\n").paper.len());
        let message = wrong.unwrap_err();
        assert_eq!(
            message.downcast_ref::<String>().map(String::as_str),
            Some("src/reading/paper.tsv:2: no such list")
        );
    }
}
#[cfg(test)]
mod debug {
    #[test]
    fn print_lines() {
        let Ok(path) = std::env::var("PAPER") else { return };
        for path in path.split(',') {
            let text = std::fs::read_to_string(path).unwrap();
            let layout = super::Layout::of_text(&text);
            println!("== {path}");
            for line in super::lines(&text, &layout).iter().take(9) {
                println!("{:?} {:?} {}", line.kind, line.stamp.map(|s| s.beside), line.words.chars().take(50).collect::<String>());
            }
        }
    }
}
