//! On which days a meeting was held. Each rule has a name and its rank: the file's head, a label, stamps of a transcript,
//! a line of its own under the title, the lead, the title, the file's name. The day of publication is the meeting's only
//! where the text ties them (今天, 昨日); deadlines and days in somebody's words never are.

use chrono::NaiveDate;

use super::dates::{dates_in, years_in};
use super::facts::Sources;
use super::front_matter::Field;
use super::labels::LabelKind;
use super::lead::of_lead;
use super::paper::{Line, LineKind, of_page};
use super::stamp::Beside;
use super::years::Years;
use crate::meeting::{DateRange, DaysRule};
use crate::text::fold_str;

/// The days, and the rule that told them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// First and last day.
    pub days: DateRange,
    /// The rule's name.
    pub rule: DaysRule,
}

/// The days of the meeting; open where only 日前 stands.
pub fn dates(sources: &Sources<'_>, title: &str) -> Option<Told> {
    let published = published(sources.lines);
    let years = Years::of(sources, title, published);
    let rules: [(DaysRule, &dyn Fn() -> Answer); 6] = [
        (DaysRule::FileHead, &|| file_head(sources, &years)),
        (DaysRule::TimeLabel, &|| time_label(sources.lines, &years)),
        (DaysRule::TranscriptStamp, &|| transcript_stamp(sources.lines, &years)),
        (DaysRule::LineOrLead, &|| line_or_lead(sources, &years, published)),
        (DaysRule::Title, &|| of_title(sources.lines, title, &years)),
        (DaysRule::HeadLine, &|| of_head(sources.lines, &years)),
    ];
    for (rule, ask) in rules {
        match ask() {
            Answer::Days(days) => return Some(Told { days, rule }),
            Answer::Unknown => return None,
            Answer::Nothing => {}
        }
    }
    let days = years.of_file_name()?;
    Some(Told {
        days,
        rule: DaysRule::FileName,
    })
}

/// What a rule says.
pub enum Answer {
    /// The days.
    Days(DateRange),
    /// The text says that it tells no day: 日前.
    Unknown,
    /// It says nothing.
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

/// A title with a day, or the line that it was taken from: 文字记录:停车方案讨论 2025年6月18日.
fn of_title(lines: &[Line], title: &str, years: &Years) -> Answer {
    let title = fold_str(title);
    let line = lines
        .iter()
        .take(HEAD)
        .find(|line| line.kind != LineKind::Prose && line.words.contains(title.as_str()));
    match (first_day(&title, years), line) {
        (Answer::Nothing, Some(line)) if !title.is_empty() => first_day(&line.words, years),
        (answer, _) => answer,
    }
}

/// Most lines under the title in which a day is the meeting's.
const UNDER_TITLE: usize = 5;
/// Longest such line, in characters.
const LONGEST_LINE: usize = 48;

/// A short line between the title and the body that has one day beside other words: (2025年4月14日,鹿邑县任楼村北地), 座谈记录
/// 2025/8/20, 主题:协调会记录(4月8日). What a page says of itself is its own, and a document's number is none.
fn of_head(lines: &[Line], years: &Years) -> Answer {
    let body = lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Prose | LineKind::Turn))
        .unwrap_or(lines.len());
    let year = || {
        lines[..body.min(HEAD)]
            .iter()
            .find_map(|line| years_in(&line.words).first().copied())
    };
    lines[..body.min(UNDER_TITLE)]
        .iter()
        .filter(|line| line.kind != LineKind::Number && line.kind != LineKind::Masthead && line.stamp.is_none())
        .filter(|line| line.words.chars().count() <= LONGEST_LINE && !of_page(&line.words) && !is_sent(&line.words))
        .find_map(|line| match dates_in(&line.words).as_slice() {
            [date] => years.resolve(date).or_else(|| date.resolve(year())),
            _ => None,
        })
        .into()
}

/// Whether a line says when something was sent or handed in, and not when it was held.
fn is_sent(words: &str) -> bool {
    [
        "印发", "截至", "截止", "前报", "之前", "以前", "上传", "发送", "修改", "导出", "更新", "生成",
    ]
    .iter()
    .any(|word| words.contains(word))
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
    let is_label = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_some_and(|line| matches!(line.kind, LineKind::Label(..)))
    };
    lines
        .iter()
        .take(HEAD)
        .enumerate()
        .filter_map(move |(at, line)| match &line.kind {
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
    let clock = |line: &&Line| line.stamp.is_some_and(|stamp| stamp.beside == Beside::Clock);
    // A page has one time of its own, a live text has one behind each turn.
    let logged = |line: &&Line| log_day(line, years).is_some();
    if turns < TURNS && lines.iter().filter(clock).count() < TURNS && lines.iter().filter(logged).count() < TURNS {
        return Answer::Nothing;
    }
    let in_turn = |line: &Line| {
        let head: String = line.words.chars().take(TURN_HEAD).collect();
        let date = dates_in(&head)
            .into_iter()
            .next()
            .filter(|date| date.year().is_some())?;
        // 段文谦:2025年3月18日…: in the words.
        let before = &head[..date.span.start()];
        let behind = head[date.span.end()..].trim_start();
        let clock = behind.chars().take(2).any(|c| c.is_ascii_digit());
        (clock && !before.contains([':', ',']))
            .then(|| years.resolve(&date))
            .flatten()
    };
    let of_line = |line: &Line| match (&line.kind, line.stamp) {
        (_, Some(stamp)) if matches!(stamp.beside, Beside::Nothing | Beside::Clock) => years.resolve(&stamp.date),
        (LineKind::Turn, _) => in_turn(line).or_else(|| log_day(line, years)),
        _ => log_day(line, years),
    };
    let Some(first) = lines.iter().find_map(of_line) else {
        return Answer::Nothing;
    };
    // A chat goes on from day to day.
    let last = lines.iter().rev().find_map(of_line).unwrap_or(first);
    let days = (last.end() - first.start()).num_days();
    Answer::Days(if (1..=LONGEST_CHAT).contains(&days) {
        DateRange::new(first.start(), last.end())
    } else {
        first
    })
}

/// The day of a message's head in a chat's log: 2025-02-24 20:11:03 段文谦(2817), with nothing that makes it a sentence or
/// what a page says of itself.
fn log_day(line: &Line, years: &Years) -> Option<DateRange> {
    let head: String = line.words.chars().take(TURN_HEAD).collect();
    let date = dates_in(&head)
        .into_iter()
        .next()
        .filter(|date| date.year().is_some())?;
    let before = head[..date.span.start()].trim();
    let behind = head[date.span.end()..].trim_start_matches(['T', ' ']);
    let named = behind.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ']' | ')' | ' '));
    let clock = behind
        .split(':')
        .next()
        .is_some_and(|hour| (1..=2).contains(&hour.len()) && hour.bytes().all(|c| c.is_ascii_digit()));
    let of_log = clock
        && before.trim_matches(['[', '(', '【']).is_empty()
        && !named.is_empty()
        && !named.starts_with([',', '。', '、', '-', '—', '~', '至'])
        && line.kind != LineKind::Furniture
        && !of_page(&line.words);
    of_log.then(|| years.resolve(&date)).flatten()
}

/// Most days of one chat.
const LONGEST_CHAT: i64 = 31;

/// How many days a page may come out behind its meeting, for a day in its lead to be the meeting's.
const DAYS_BEHIND: i64 = 20;

/// A date line under the title, and what the lead says; a line that comes out a little later is the publication's.
fn line_or_lead(sources: &Sources<'_>, years: &Years, published: Option<NaiveDate>) -> Answer {
    let (line, signed) = date_lines(sources.lines, years);
    let speech = sources
        .lines
        .iter()
        .take(HEAD)
        .any(|line| line.kind == LineKind::Greeting);
    let lead = if speech {
        Answer::Nothing
    } else {
        of_lead(&sources.lead, years, line.map(DateRange::start).or(published))
    };
    match (line, lead) {
        (Some(line), Answer::Days(lead)) => {
            let behind = (line.start() - lead.end()).num_days();
            Answer::Days(if (1..=DAYS_BEHIND).contains(&behind) {
                lead
            } else {
                line
            })
        }
        (Some(line), _) => Answer::Days(line),
        (None, Answer::Nothing) => signed.filter(|_| !is_issue(sources.lines)).into(),
        // 9月2日至5日,督查组对重点项目进行了督查: no meeting, and the notice is of the day on which it went out.
        (None, Answer::Days(lead)) => {
            // What was inspected over several days is told on the day at the foot.
            let foot = || published.filter(|_| lead.start() < lead.end()).map(DateRange::day);
            let issued = signed
                .or_else(foot)
                .filter(|issued| issued.start() >= lead.end() && is_notice(sources.lines));
            Answer::Days(issued.unwrap_or(lead))
        }
        (None, lead) => lead,
    }
}

/// Whether a paper is an issue of a series (第6期, 〔2024〕15号): what is signed below its number is when it was issued.
fn is_issue(lines: &[Line]) -> bool {
    lines
        .iter()
        .take(HEAD)
        .any(|line| line.kind == LineKind::Number && line.words.contains(['期', '号']))
}

/// Kinds of papers that bodies send out, and of which no meeting is held.
const NOTICES: [&str; 2] = ["通报", "通知"];

/// Whether a paper's head says that it is a notice, and nowhere that it is a meeting's: 督 查 通 报.
fn is_notice(lines: &[Line]) -> bool {
    let body = lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Prose | LineKind::Turn));
    let head = &lines[..body.unwrap_or(lines.len()).min(HEAD)];
    let bare = |line: &Line| line.words.replace([' ', '*', '#'], "");
    head.iter()
        .any(|line| NOTICES.iter().any(|kind| bare(line).ends_with(kind)))
        && !head
            .iter()
            .any(|line| bare(line).contains('会') && !bare(line).contains("委员会"))
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
    let of_page = |line: &&Line| {
        line.stamp
            .is_some_and(|stamp| matches!(stamp.beside, Beside::Page | Beside::Clock))
    };
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

#[cfg(test)]
mod tests {
    use crate::reading::facts::{Sources, lead};
    use crate::reading::folder::{FolderHead, Origin};
    use crate::reading::front_matter::FrontMatter;
    use crate::reading::layout::Layout;
    use crate::reading::paper::lines;
    use crate::reading::title;

    fn told_from(text: &str, origin: &Origin<'_>) -> String {
        let layout = Layout::of_text(text);
        let front = FrontMatter::parse(text);
        let lines = lines(text, &layout);
        let sources = Sources {
            front: &front,
            lead: lead(&lines),
            lines: &lines,
            origin,
        };
        let title = title::headline(text, &lines).unwrap_or_default();
        super::dates(&sources, &title).map_or_else(String::new, |told| {
            let (start, end) = (told.days.start(), told.days.end());
            let until = if start == end {
                String::new()
            } else {
                format!("..{end}")
            };
            format!("{start}{until} {}", told.rule.name())
        })
    }

    fn told(text: &str) -> String {
        told_from(text, &Origin::file("a.txt"))
    }

    #[test]
    fn each_rule_has_an_example() {
        for (text, expected) in [
            (
                "春耕会纪要\n时间：2025年6月3日 14:30\n钟铁山：先备种。\n贺天佑：好。\n",
                "2025-06-03 time label",
            ),
            (
                "贺天佑 2025/3/18 9:01:22\n先备种。\n\n钟铁山 2025/3/18 9:02:10\n好。\n",
                "2025-03-18 transcript stamp",
            ),
            (
                "消息对象:春耕群\n\n2025-02-24 20:11:03 春谷-段文谦(2817xxx)\n明天谁去领种子？\n\n2025-02-24 20:12:45 贺天佑(918xxx)\n我去。\n",
                "2025-02-24 transcript stamp",
            ),
            (
                "春耕会\n（2025年6月25日）\n县长钟铁山强调，7月10日前完成培训。\n",
                "2025-06-25 date line or lead",
            ),
            (
                "# 督 查 通 报\n\n（2025年第3期）\n\n县委督查室    2025年3月12日\n\n3月2日至5日，督查组查看了春耕备种情况。\n",
                "2025-03-12 date line or lead",
            ),
            (
                "督 查 通 报\n\n青督通〔2025〕7号\n\n关于春耕备种情况的通报\n\n各镇：\n\n3月2日至5日，督查组查看了春耕备种情况。\n\n一、总体情况\n种子都到了户。\n\n县委督查室\n2025年3月12日\n",
                "2025-03-12 date line or lead",
            ),
            (
                "春耕会发言摘登\n\n编者按：3月2日，春耕会在县会堂召开，县长钟铁山讲话，六个乡镇的党委书记和两个部门的负责人先后作了表态发言，大家谈种子、谈农机、谈用水，也谈了各自的难处和打算。现摘登如下。（县委办 2025年3月6日编）\n\n◎春谷镇党委书记  段文谦\n先备种，再修渠。\n",
                "2025-03-02 date line or lead",
            ),
            (
                "春耕会会议通报\n\n县委办信息科    2025年3月12日\n\n3月2日，春耕会在县会堂召开。\n",
                "2025-03-02 date line or lead",
            ),
            (
                "春耕会\n县委办信息科    2025年3月9日\n\n县长钟铁山强调，4月20日前备足种子。\n",
                "2025-03-09 date line or lead",
            ),
            (
                "春耕会\n2024-01-05 07:30 来源：河谷日报\n本报讯 昨日上午，春耕会在县会堂召开。\n",
                "2024-01-04 date line or lead",
            ),
            (
                "停车方案讨论 2025年6月18日\n贺天佑：好。\n钟铁山：行。\n",
                "2025-06-18 title",
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        let chat = "贺天佑 2025/3/18 9:01:22\n先备种。\n\n钟铁山 2025/3/19 9:02:10\n好。\n";
        assert_eq!(told(chat), "2025-03-18..2025-03-19 transcript stamp");
        let named = told_from("春耕会\n贺天佑说：“先备种。”\n", &Origin::file("春耕/20240418例会.txt"));
        assert_eq!(named, "2024-04-18 file name");
    }

    #[test]
    fn what_is_spoken_of_is_not_when_they_met() {
        for text in [
            "春耕会\n县长钟铁山强调，要在2025年8月31日前备足种子。\n",
            "春耕会\n贺天佑说，2025年5月29日的会已经讲过一遍。\n",
            "春耕会\n来源：河谷融媒 2025-03-14\n日前，春耕会召开。\n",
            "春耕会\n截至2025年3月1日，全县备种三百吨。\n",
            "春耕会\n8月16日，春耕会召开。贺天佑说，今年是2020年以来最早的一年。\n",
        ] {
            assert_eq!(told(text), "", "{text}");
        }
    }

    #[test]
    fn the_year_is_the_papers_own() {
        let lead = "8月16日上午，县长钟铁山主持召开会议，听取2020年以来备种情况。\n";
        let expected = "2024-08-16 date line or lead";
        assert_eq!(told(&format!("春耕会纪要\n〔2024〕15号\n{lead}")), expected);
        assert_eq!(told(&format!("春耕会纪要\n{lead}\n2024年8月整理\n")), expected);
        let (head, _) = FolderHead::parse("---\nyear: 2024\n---\n");
        let origin = Origin {
            file: "a.txt",
            folder: Some(&head),
        };
        assert_eq!(told_from(&format!("春耕会纪要\n{lead}"), &origin), expected);
        // A page of January tells of December's.
        assert_eq!(
            told("春耕会\n2025-01-03 08:00 来源：河谷融媒\n12月30日，春耕会召开，县长钟铁山主持。\n"),
            "2024-12-30 date line or lead"
        );
    }

    #[test]
    fn days_of_a_page_without_their_month() {
        assert_eq!(
            told("春耕会\n2024-06-12 08:00 来源：河谷融媒\n为了备种，11日下午，县长钟铁山主持召开春耕会。\n"),
            "2024-06-11 date line or lead"
        );
    }
}
