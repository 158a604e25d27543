//! On which days a meeting was held. Each rule has a name and its rank: the file's head, a label, stamps of a transcript,
//! a line of its own under the title, the lead, the title, the file's name. The day of publication is the meeting's only
//! where the text ties them (今天, 昨日); deadlines and days in somebody's words never are.

use chrono::{Datelike, Days, NaiveDate};

use super::dates::{WrittenDate, dates_in, years_in};
use super::facts::Sources;
use super::front_matter::Field;
use super::labels::LabelKind;
use super::paper::{Beside, Line, LineKind};
use super::title::HELD;
use super::years::Years;
use crate::meeting::DateRange;
use crate::text::{fold_str, sentences};

/// The days, and the rule that told them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// First and last day.
    pub days: DateRange,
    /// The rule's name.
    pub rule: &'static str,
}

/// The days of the meeting; open where only 日前 stands.
pub fn dates(sources: &Sources<'_>, title: &str) -> Option<Told> {
    let published = published(sources.lines);
    let years = Years::of(sources, title, published);
    let rules: [(&'static str, &dyn Fn() -> Answer); 5] = [
        ("file head", &|| file_head(sources, &years)),
        ("time label", &|| time_label(sources.lines, &years)),
        ("transcript stamp", &|| transcript_stamp(sources.lines, &years)),
        ("date line or lead", &|| line_or_lead(sources, &years, published)),
        ("title", &|| first_day(&fold_str(title), &years)),
    ];
    for (rule, ask) in rules {
        match ask() {
            Answer::Days(days) => return Some(Told { days, rule }),
            Answer::Unknown => return None,
            Answer::Nothing => {}
        }
    }
    let days = years.of_file_name()?;
    Some(Told { days, rule: "file name" })
}

/// What a rule says.
enum Answer {
    Days(DateRange),
    /// The text says that it tells no day: 日前.
    Unknown,
    Nothing,
}

impl From<Option<DateRange>> for Answer {
    fn from(days: Option<DateRange>) -> Answer {
        days.map_or(Answer::Nothing, Answer::Days)
    }
}

fn file_head(sources: &Sources<'_>, years: &Years) -> Answer {
    match sources.front.get(Field::Date) {
        Some(date) => first_day(&fold_str(date), years),
        None => Answer::Nothing,
    }
}

fn first_day(words: &str, years: &Years) -> Answer {
    dates_in(words).first().and_then(|date| years.resolve(date)).into()
}

/// 时间:2025年6月3日
fn time_label(lines: &[Line], years: &Years) -> Answer {
    labels(lines, LabelKind::Time)
        .find_map(|value| dates_in(value).first().and_then(|date| years.resolve(date)))
        .into()
}

/// How many lines a head has at most.
const HEAD: usize = 40;

/// The values of the labels of a kind in the file's head, or in a run of labels.
pub fn labels(lines: &[Line], wanted: LabelKind) -> impl Iterator<Item = &str> {
    let body = lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Prose | LineKind::Turn))
        .unwrap_or(lines.len());
    let is_label = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| matches!(line.kind, LineKind::Label(..)));
    lines.iter().take(HEAD).enumerate().filter_map(move |(at, line)| match &line.kind {
        LineKind::Label(kind, value) if *kind == wanted && !value.is_empty() => {
            let in_run = at < body || is_label(at.checked_sub(1)) || is_label(Some(at + 1));
            in_run.then_some(value.as_str())
        }
        _ => None,
    })
}

/// Fewest turns of a transcript.
const TURNS: usize = 2;
/// Longest head of a turn with its day, in characters: 段文谦 2025/3/18 9:01:22.
const TURN_HEAD: usize = 44;

/// The first day that a chat or a transcript stamps its turns with.
fn transcript_stamp(lines: &[Line], years: &Years) -> Answer {
    let turns = lines.iter().filter(|line| line.kind == LineKind::Turn).count();
    if turns < TURNS {
        return Answer::Nothing;
    }
    let in_turn = |line: &Line| {
        let head: String = line.words.chars().take(TURN_HEAD).collect();
        let date = dates_in(&head).into_iter().next().filter(|date| date.year().is_some())?;
        // 段文谦:2025年3月18日…: in the words.
        let before = &head[..date.span.start()];
        let behind = head[date.span.end()..].trim_start();
        let clock = behind.chars().take(2).any(|c| c.is_ascii_digit());
        (clock && !before.contains([':', ','])).then(|| years.resolve(&date)).flatten()
    };
    let of_line = |line: &Line| match (&line.kind, line.stamp) {
        (_, Some(stamp)) if matches!(stamp.beside, Beside::Nothing | Beside::Clock) => years.resolve(&stamp.date),
        (LineKind::Turn, _) => in_turn(line),
        _ => None,
    };
    lines.iter().find_map(of_line).into()
}

/// How many days a page may come out behind its meeting, for a day in its lead to be the meeting's.
const DAYS_BEHIND: i64 = 20;

/// A date line under the title, and what the lead says; a line that comes out a little later is the publication's.
fn line_or_lead(sources: &Sources<'_>, years: &Years, published: Option<NaiveDate>) -> Answer {
    let (line, signed) = date_lines(sources.lines, years);
    let speech = sources.lines.iter().take(HEAD).any(|line| line.kind == LineKind::Greeting);
    let lead = if speech {
        Answer::Nothing
    } else {
        of_lead(&sources.lead, years, line.map(DateRange::start).or(published))
    };
    match (line, lead) {
        (Some(line), Answer::Days(lead)) => {
            let behind = (line.start() - lead.end()).num_days();
            Answer::Days(if (1..=DAYS_BEHIND).contains(&behind) { lead } else { line })
        }
        (Some(line), _) => Answer::Days(line),
        (None, Answer::Nothing) => signed.into(),
        (None, lead) => lead,
    }
}

/// The days of the first line under the title that is a date alone, and of the first that is signed.
fn date_lines(lines: &[Line], years: &Years) -> (Option<DateRange>, Option<DateRange>) {
    let body = lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Prose | LineKind::Turn))
        .unwrap_or(lines.len());
    let head = &lines[..body.min(HEAD)];
    let first = |beside: Beside| {
        head.iter()
            .filter_map(|line| line.stamp)
            .find(|stamp| stamp.beside == beside)
            .and_then(|stamp| years.resolve(&stamp.date))
    };
    (first(Beside::Nothing), first(Beside::Signature))
}

/// Words before a date that make it an end, a beginning or a plan.
const BEFORE: [&str; 16] = [
    "截至", "截止", "截止到", "到", "至", "于", "自", "从", "将在", "拟在", "早在", "距", "自从", "去年", "前年", "明年",
];
/// Words behind it that do.
const BEHIND: [&str; 18] = [
    "前", "之前", "以前", "底", "止", "起", "以来", "以后", "后", "之后", "为止", "截止", "内", "已", "就已", "至今", "来", "开始",
];

/// Whether the date at `date` of a folded sentence is a deadline, a beginning or a plan.
fn is_aside(sentence: &str, date: &WrittenDate) -> bool {
    let before = sentence[..date.span.start()].trim_end();
    // 定于, 将于: not held yet; 于6月3日: was held.
    let before_wrong = BEFORE.iter().any(|word| before.ends_with(word))
        && !(before.ends_with('于') && !["将于", "拟于", "定于", "始于", "早于", "迟于", "晚于"].iter().any(|word| before.ends_with(word)));
    let behind = sentence[date.span.end()..].trim_start();
    let behind_wrong = BEHIND.iter().any(|word| behind.starts_with(word)) && !behind.starts_with("前后");
    before_wrong || behind_wrong
}

/// How many paragraphs of the lead are looked into.
const LEAD: usize = 3;
/// Words of a lead that say that it tells no day.
const THE_OTHER_DAY: [&str; 6] = ["日前", "近日", "近期", "近来", "不久前", "前不久"];

fn of_lead(lead: &[String], years: &Years, published: Option<NaiveDate>) -> Answer {
    for (index, paragraph) in lead.iter().take(LEAD).enumerate() {
        let dispatched = dispatch(paragraph, years);
        // 河谷融媒2024年4月19日讯 4月18日下午,…: the day of the dispatch is not the meeting's.
        let words = dispatched.map_or(paragraph.as_str(), |(_, behind)| &paragraph[behind..]);
        let published = dispatched.map(|(day, _)| day).or(published);
        if let Some(days) = published.and_then(|day| days_alone(words, day)) {
            return Answer::Days(days);
        }
        if let Some(days) = told_in(words, years, published, index == 0) {
            return Answer::Days(days);
        }
        let opening: String = words.chars().take(60).collect();
        if let Some(day) = published {
            for (word, before) in [("昨日", 1), ("昨天", 1), ("昨晚", 1), ("前天", 2), ("今日", 0), ("今天", 0), ("当日", 0), ("今晨", 0)] {
                if opening.contains(word) && !in_somebodys_words(&opening, word) {
                    return day.checked_sub_days(Days::new(before)).map(DateRange::day).into();
                }
            }
        }
        if index < 2 && THE_OTHER_DAY.iter().any(|word| opening.contains(word)) {
            return Answer::Unknown;
        }
    }
    Answer::Nothing
}

fn in_somebodys_words(opening: &str, word: &str) -> bool {
    let at = opening.find(word).unwrap_or(0);
    begins_words(&opening[..at])
}

/// Whether somebody's words have begun: behind a quotation mark or a cue.
fn begins_words(before: &str) -> bool {
    before.contains(['“', '"']) || super::attribution::first_cue(before).is_some()
}

/// The day that a paragraph of the lead tells: at the beginning of a sentence, or in one that says that something was
/// held; never a deadline, nor a day in somebody's words.
fn told_in(paragraph: &str, years: &Years, published: Option<NaiveDate>, first: bool) -> Option<DateRange> {
    let mut weak = None;
    for sentence in sentences(paragraph) {
        let words = sentence.of(paragraph);
        for date in dates_in(words) {
            if is_aside(words, &date) || begins_words(&words[..date.span.start()]) {
                continue;
            }
            let Some(days) = years.resolve(&date) else { continue };
            // Told on the day, of a day to come.
            if published.is_some_and(|day| days.start() > day) {
                continue;
            }
            let opens = words[..date.span.start()].chars().filter(|c| c.is_alphabetic()).count() <= OPENING;
            let clause_held = HELD.iter().any(|held| words[date.span.end()..].contains(held));
            if opens || clause_held {
                return Some(days);
            }
            weak = weak.or(Some(days));
        }
    }
    weak.filter(|_| first)
}

/// Letters that may stand before the day that opens a sentence: 本报讯(记者 …).
const OPENING: usize = 16;

/// The day of a dispatch that a lead begins with (本网东乡5月30日电), and the byte behind it.
fn dispatch(lead: &str, years: &Years) -> Option<(NaiveDate, usize)> {
    let first = dates_in(lead).into_iter().next()?;
    let behind = &lead[first.span.end()..];
    let word = ["讯", "电"].into_iter().find(|word| behind.starts_with(word))?;
    let near = lead[..first.span.start()].chars().count() <= 20;
    let day = years.resolve(&first)?.start();
    near.then_some((day, first.span.end() + word.len()))
}

/// Days without a month near a paragraph's beginning (29日上午, 6日至7日), or that open one of its clauses (11日下午,…):
/// those last before the day of publication.
fn days_alone(paragraph: &str, published: NaiveDate) -> Option<DateRange> {
    let opening: String = paragraph.chars().take(24).collect();
    let at = opening.find('日')?;
    let before = opening[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    if before.ends_with(['月', '-', '—', '至', '/', '.', '于', '到']) {
        return None;
    }
    let first: u32 = opening[before.len()..at].parse().ok()?;
    let rest = opening[at + '日'.len_utf8()..].trim_start_matches(['至', '—', '-', '到']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let last: u32 = match rest[digits..].starts_with('日') {
        true => rest[..digits].parse().unwrap_or(first),
        false => first,
    };
    let month = if last <= published.day() {
        published
    } else {
        published.checked_sub_months(chrono::Months::new(1))?
    };
    let day = |day: u32| month.with_day(day);
    Some(DateRange::new(day(first)?, day(last)?))
}

/// Lines at the foot that may say when a paper was issued.
const FOOT: usize = 8;

/// The day of publication: what the page says of itself, or a date that stands at the paper's head or foot.
fn published(lines: &[Line]) -> Option<NaiveDate> {
    let day = |line: &Line| {
        line.stamp
            .map(|stamp| stamp.date)
            .filter(|date| date.year().is_some())
            .and_then(|date| date.resolve(None))
            .map(DateRange::start)
    };
    let of_page = |line: &&Line| line.stamp.is_some_and(|stamp| matches!(stamp.beside, Beside::Page | Beside::Clock));
    let foot = lines.len().saturating_sub(FOOT);
    let plain = |line: &&Line| line.stamp.is_some() && line.kind != LineKind::Turn;
    let page = lines.iter().filter(of_page).find_map(day);
    page.or_else(|| lines.iter().take(HEAD).filter(plain).find_map(day))
        .or_else(|| lines[foot..].iter().filter(plain).find_map(day))
        .or_else(|| {
            // (新闻来源:… 转载:…) | 2023-12-28
            lines
                .iter()
                .filter(|line| line.kind == LineKind::Furniture)
                .find_map(|line| {
                    let date = dates_in(&line.words).into_iter().find(|date| date.year().is_some())?;
                    date.resolve(None).map(DateRange::start)
                })
        })
}

/// The first year that folded words write.
pub fn year_in(words: &str) -> Option<i32> {
    years_in(words).first().copied()
}
