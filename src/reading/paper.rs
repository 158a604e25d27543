//! What the lines of a paper's head and foot are: labels, dates of their own, document numbers, mastheads, greetings, prose.
//! Titles, days and places are told from these.

use std::sync::LazyLock;

use super::attribution::ends_in_title;
use super::dates::dates_in;
use super::labels::{LabelKind, kind_of};
use super::layout::{Block, Kind, Layout};
use super::stamp::{Beside, Stamp, stamp};
use super::turns::is_post;
use crate::text::{Span, ends_sentence};

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
    keys_alone(&mut lines);
    // A label with nothing behind it has its value on the next line.
    for index in 0..lines.len().saturating_sub(1) {
        if let LineKind::Label(kind, value) = &lines[index].kind
            && value.is_empty()
            && !matches!(
                lines[index + 1].kind,
                LineKind::Label(..) | LineKind::Prose | LineKind::Turn
            )
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
    signed_once(&mut lines);
    lines
}

/// Longest value on the line below its key, in characters.
const LONGEST_VALUE: usize = 40;

/// 会议地点 above 县政府三楼会议室, as tables and lists of terms are copied: a key of a time, a place, a body by itself on its
/// line, before all prose and turns, and a short line below it that is no key.
fn keys_alone(lines: &mut [Line]) {
    let key = |line: &Line| {
        let key: String = line.words.chars().filter(|c| !c.is_whitespace()).collect();
        let kind = matches!(line.kind, LineKind::Words)
            .then(|| kind_of(&key.to_lowercase()))
            .flatten()?;
        matches!(kind, LabelKind::Time | LabelKind::Place | LabelKind::Organizer).then_some(kind)
    };
    for index in 0..lines.len().saturating_sub(1) {
        if matches!(lines[index].kind, LineKind::Prose | LineKind::Turn) {
            return;
        }
        let next = &lines[index + 1];
        let is_value = matches!(next.kind, LineKind::Words | LineKind::Masthead)
            && next.words.chars().count() <= LONGEST_VALUE
            && !ends_sentence(&next.words)
            && kind_of(&next.words).is_none();
        if let Some(kind) =
            key(&lines[index]).filter(|kind| is_value && (*kind != LabelKind::Time || next.stamp.is_some()))
        {
            lines[index].kind = LineKind::Label(kind, String::new());
        }
    }
}

/// 县委办信息科 2025年3月9日 looks like a turn's head; where no second turn has a day, it is who signs.
fn signed_once(lines: &mut [Line]) {
    let dated: Vec<usize> = (0..lines.len())
        .filter(|at| {
            lines[*at].kind == LineKind::Turn && lines[*at].stamp.is_some_and(|stamp| stamp.beside == Beside::Signature)
        })
        .collect();
    if let [only] = dated.as_slice() {
        lines[*only].kind = LineKind::Words;
    }
}

/// 发布时间:7月26日 with 发布地点: below is when a press conference was held.
fn published_labels(lines: &mut [Line]) {
    for index in 0..lines.len().saturating_sub(1) {
        let held = matches!(
            &lines[index + 1].kind,
            LineKind::Label(LabelKind::Place | LabelKind::Present, _)
        );
        let value = match &lines[index].kind {
            LineKind::Label(LabelKind::Publication, value) => Some(value.clone()),
            // 发布时间:…, 【发布时间】…
            LineKind::Furniture => lines[index]
                .words
                .trim_start_matches('【')
                .split_once([':', '】'])
                .filter(|(key, _)| kind_of(key.trim()) == Some(LabelKind::Publication))
                .map(|(_, value)| value.trim().to_owned()),
            _ => None,
        };
        if held && let Some(value) = value {
            lines[index].kind = LineKind::Label(LabelKind::Time, value);
            lines[index].stamp = None;
        }
    }
}

/// Fewest characters of a line that is prose because it ends a sentence.
const SHORTEST_PROSE: usize = 15;
/// Characters from which on any line is prose.
const LONGEST_WORDS: usize = 64;

fn line(text: &str, block: &Block) -> Line {
    let words = block.folded(text).text().to_owned();
    let length = words.chars().count();
    let stamp = stamp(&words).filter(|_| !is_post(text, block.span));
    let kind = match &block.kind {
        Kind::Label { key, value } => match kind_of(key) {
            Some(kind) => LineKind::Label(kind, block.folded(text).piece(*value).trim().to_owned()),
            None => LineKind::Furniture,
        },
        // (2024) under a title looks like a caption.
        Kind::Furniture(_) if is_number(&words) => LineKind::Number,
        Kind::Furniture(_) => LineKind::Furniture,
        // When somebody posted something is no day of a meeting.
        Kind::Turn(_) if is_post(text, block.span) => LineKind::Furniture,
        Kind::Turn(_) | Kind::Row { .. } if !is_greeting(&words) => LineKind::Turn,
        _ if is_greeting(&words) => LineKind::Greeting,
        _ if is_number(&words) => LineKind::Number,
        _ if stamp.is_some_and(|stamp| stamp.beside == Beside::Page) => LineKind::Furniture,
        // 2025年4月2日下午,…座谈会在县卫生: the first line of a lead that a page wrapped.
        _ if words.contains(',') && dates_in(&words).first().is_some_and(|date| date.span.start() == 0) => {
            LineKind::Prose
        }
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

/// Whether words are what a page says of its publication: 来源, 编辑, 浏览.
pub fn of_page(words: &str) -> bool {
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
    let without_bodies = words
        .replace("委员会", "")
        .replace("常委会", "")
        .replace("工会", "")
        .replace("协会", "");
    ["会", "讲话", "关于", "召开", "调研", "到", "赴"]
        .iter()
        .any(|word| without_bodies.contains(word))
}

/// 县委书记 蒋怀瑾, 蒋怀瑾同志, 记者 蒋怀瑾: who speaks or writes.
fn is_byline(words: &str) -> bool {
    let bare = words.trim_matches(['(', ')', '—', ' ']);
    let length = bare.chars().count();
    if length > 40 || of_speech(bare) {
        return false;
    }
    let of_reporter =
        bare.contains("记者") && bare.contains(' ') || bare.starts_with("记者") || bare.starts_with("通讯员");
    let of_comrade = bare.ends_with("同志") && length <= 8;
    let named = bare
        .rsplit_once(' ')
        .is_some_and(|(office, name)| (2..=8).contains(&name.chars().count()) && ends_in_title(office.trim_end()));
    of_reporter || of_comrade || named
}

fn of_speech(words: &str) -> bool {
    ["讲话", "纪要", "会议", "座谈"].iter().any(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<LineKind> {
        lines(text, &Layout::of_text(text))
            .into_iter()
            .map(|line| line.kind)
            .collect()
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
    fn a_key_alone_has_its_value_below() {
        let place = |text: &str| {
            lines(text, &Layout::of_text(text))
                .into_iter()
                .find_map(|line| match line.kind {
                    LineKind::Label(LabelKind::Place, value) => Some(value),
                    _ => None,
                })
        };
        let head = "春耕会实录\n时间\n2025年3月18日\n地点\n河谷县农技站二楼\n参加人\n钟铁山（县长）\n";
        let turns = "钟铁山：先备种。\n贺天佑：好。\n";
        assert_eq!(place(&format!("{head}{turns}")).as_deref(), Some("河谷县农技站二楼"));
        // A table's first row, and a word among others.
        assert_eq!(place(&format!("春耕会\n时间\n地点\n主持人\n{turns}")), None);
        assert_eq!(
            place(&format!(
                "春耕会\n地点\n我们定在河谷县农技站二楼，大家都要来。\n{turns}"
            )),
            None
        );
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
