//! A meeting's title: the headline of the paper, not its masthead, a crumb, a date or a byline; else the meeting that the
//! lead names.

use super::dates::dates_in;
use super::labels::LabelKind;
use super::paper::{Line, LineKind, behind_title_label, of_export, of_paper};
use crate::text::{Folded, Span, is_clause_mark, last_clause, plain};

/// The title that a label gives.
pub fn labelled(lines: &[Line]) -> Option<String> {
    let head = head(lines);
    let label = head.iter().find_map(|line| match &line.kind {
        LineKind::Label(LabelKind::Title, value) if value.chars().count() >= 2 => Some(value.clone()),
        _ => None,
    });
    label.or_else(|| subject(head)).map(|label| clean(&label))
}

/// A mail's subject, without what its program puts before: 主题: 转发: 供暖协调会记录.
fn subject(head: &[Line]) -> Option<String> {
    let is_mail = head.iter().any(|line| {
        ["发件人", "发信人", "from:"]
            .iter()
            .any(|key| line.words.to_lowercase().starts_with(key))
    });
    let value = head.iter().filter(|_| is_mail).find_map(|line| match &line.kind {
        LineKind::Label(LabelKind::Topic | LabelKind::Title, value) => Some(value.as_str()),
        _ => None,
    })?;
    let mut words = value.trim();
    while let Some(rest) = [
        "转发:", "回复:", "答复:", "fwd:", "fw:", "re:", "Fwd:", "FW:", "Re:", "RE:",
    ]
    .iter()
    .find_map(|lead| words.strip_prefix(lead))
    {
        words = rest.trim_start();
    }
    (words.chars().count() >= 2).then(|| words.to_owned())
}

/// The lines before all prose and turns.
fn head(lines: &[Line]) -> &[Line] {
    let end = lines
        .iter()
        .position(|line| matches!(line.kind, LineKind::Prose | LineKind::Turn | LineKind::Greeting))
        .unwrap_or(lines.len());
    // 同志们,现在开会 above the title.
    let opening = usize::from(matches!(lines.first(), Some(line) if line.kind == LineKind::Greeting));
    if opening == 1 && end == 0 {
        return head(&lines[1..]);
    }
    &lines[..end]
}

/// How many lines a headline is looked for in.
const HEAD: usize = 20;

/// The headline: of the short lines before all prose the one that most looks like a title, with the lines that it
/// runs on over.
pub fn headline(text: &str, lines: &[Line]) -> Option<String> {
    let head = head(lines);
    let head = &head[..head.len().min(HEAD)];
    let candidates: Vec<usize> = (0..head.len()).filter(|at| is_candidate(&head[*at])).collect();
    let best = candidates
        .iter()
        .enumerate()
        .max_by_key(|(order, at)| (score(lines, head, **at, *order == 0), std::cmp::Reverse(*order)))
        .map(|(_, at)| *at)?;
    let mut end = best;
    while end - best < MOST_LINES - 1
        && head
            .get(end + 1)
            .is_some_and(|next| is_candidate(next) && runs_on(&joined(head, best, end), &next.words))
    {
        end += 1;
    }
    let title: Vec<String> = head[best..=end].iter().map(|line| plain(line.span.of(text))).collect();
    Some(clean(title.join("").trim()))
}

/// Most lines of a headline.
const MOST_LINES: usize = 4;

fn joined(head: &[Line], from: usize, to: usize) -> String {
    head[from..=to].iter().map(|line| line.words.as_str()).collect()
}

fn is_candidate(line: &Line) -> bool {
    line.kind == LineKind::Words
        && line.stamp.is_none()
        && line.words.chars().any(char::is_alphabetic)
        && !of_export(&line.words)
        && !line.words.ends_with(':')
}

/// How much a line looks like the title.
fn score(lines: &[Line], head: &[Line], at: usize, first: bool) -> i32 {
    let words = head[at].words.as_str();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    // A crumb or 原标题: says it once more.
    let again = letters >= 6
        && lines
            .iter()
            .take(HEAD)
            .enumerate()
            .any(|(other, line)| other != at && line.words.contains(words));
    let han = words.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
    // 某县党建联盟 above 当前位置:… is the site.
    let site = head.get(at + 1).is_some_and(|next| {
        next.kind == LineKind::Furniture
            && (next.words.contains("位置") || next.words.contains("首页") || next.words.contains(['>', '›']))
    });
    2 * i32::from(first) + i32::from(of_paper(words)) + 3 * i32::from(again)
        - 4 * i32::from(site)
        - 4 * i32::from(heads_series(head, at))
        - 3 * i32::from(han < 4 && letters < 8)
        - 2 * i32::from(han == 0)
}

/// Whether a line names a series whose issue's number stands below it (老干部工作动态 above 2025年第7期), and a line of this
/// issue follows.
fn heads_series(head: &[Line], at: usize) -> bool {
    let numbered = head
        .get(at + 1)
        .is_some_and(|next| next.kind == LineKind::Number && next.words.contains('期'));
    let minutes = ["纪要", "记录", "实录"].iter().any(|end| head[at].words.ends_with(end));
    numbered && !minutes && head[at + 2..].iter().any(is_candidate)
}

/// Whether a title goes on in the next line: 关于…, 《…, …的.
fn runs_on(title: &str, next: &str) -> bool {
    let open = title.matches('《').count() > title.matches('》').count()
        || title.matches('“').count() > title.matches('”').count();
    let dangling = title.ends_with(['的', '在', '和', '与', '及', '、', '暨']);
    let about = title.contains("关于") && !about_ended(title);
    let follows = next.starts_with("的") || next.starts_with("上的") || next.starts_with("工作会议上的");
    open || dangling || about || follows
}

/// Whether 关于… has come to its kind of paper: 关于…的通知.
fn about_ended(title: &str) -> bool {
    [
        "通知", "意见", "报告", "汇报", "请示", "函", "批复", "决定", "通报", "纪要", "方案", "讲话", "说明", "公告",
    ]
    .iter()
    .any(|end| title.trim_end_matches([')', '》']).ends_with(end))
}

/// Without a label before it and a date behind it.
fn clean(title: &str) -> String {
    let folded = Folded::new(title, 0);
    let words = folded.text();
    let behind = behind_title_label(words);
    let start = words.len() - behind.len();
    let mut end = words.trim_end().len();
    if let Some(date) = dates_in(words).last()
        && date.span.start() > start
        && !words[date.span.end()..].chars().any(char::is_alphabetic)
        && words[start..date.span.start()]
            .chars()
            .filter(|c| c.is_alphabetic())
            .count()
            >= 4
        && date.year().is_some()
    {
        end = words[..date.span.start()]
            .trim_end_matches([' ', '(', '-', '_', '—', '|'])
            .len();
    }
    let kept = folded.original(Span::new(start.min(end), end)).of(title);
    kept.trim().trim_matches(['*', '#', ' ']).to_owned()
}

/// Words that say that a meeting is held.
pub const HELD: [&str; 9] = [
    "召开",
    "举行",
    "举办",
    "开幕",
    "闭幕",
    "落下帷幕",
    "圆满结束",
    "启动",
    "开班",
];

/// `…会召开`, `召开…会`, `参加…会议的` in the lead: the words from the clause's start to the meeting's last character.
pub fn named_meeting(lead: &[String]) -> Option<String> {
    lead.iter()
        .find_map(|line| held_behind(line).or_else(|| held_before(line)))
}

fn held_behind(line: &str) -> Option<String> {
    for held in HELD {
        let Some(at) = line.find(held) else { continue };
        let before = &line[..at];
        let end = before.rfind(['会', '坛', '班']).map(|end| end + '会'.len_utf8());
        let Some(end) = end.filter(|end| line[*end..at].chars().count() <= 12) else {
            continue;
        };
        // 调研并召开, 县委会召开: what is held stands behind.
        if line[..end].ends_with("委员会") || line[..end].ends_with("常委会") {
            continue;
        }
        let start = last_clause(&before[..end]);
        let words = line[start..end].trim();
        if words.chars().count() >= 5 {
            return Some(words.to_owned());
        }
    }
    None
}

fn held_before(line: &str) -> Option<String> {
    for held in ["召开的", "举行的", "举办的", "召开", "举行", "举办", "参加", "出席"] {
        for (at, _) in line.match_indices(held) {
            let rest = &line[at + held.len()..];
            let clause = rest
                .find(|c| is_clause_mark(c) || c == '、' || c == '(')
                .unwrap_or(rest.len());
            let Some(end) = rest[..clause]
                .rfind(['会', '坛', '班'])
                .map(|end| end + '会'.len_utf8())
            else {
                continue;
            };
            let end = if rest[end..].starts_with('议') {
                end + '议'.len_utf8()
            } else {
                end
            };
            let words = rest[..end].trim_start_matches('了').trim();
            let is_body = words.ends_with("委员会") || words.ends_with("常委会") || words.ends_with("协会");
            let several = words.contains(['或', '并']);
            if (6..=40).contains(&words.chars().count()) && !is_body && !several {
                return Some(words.to_owned());
            }
        }
    }
    None
}

/// The file's own name, without its ending: what a file is called by where nothing else is.
pub fn of_file(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::layout::Layout;
    use crate::reading::paper::lines;
    use crate::text::fold_str;

    const BODY: &str = "\n3月18日，会议在县城召开，县长钟铁山主持会议并讲话。\n";

    fn title(head: &str) -> String {
        let text = format!("{head}{BODY}");
        let title = headline(&text, &lines(&text, &Layout::of_text(&text)));
        title.map(|title| fold_str(&title)).unwrap_or_default()
    }

    #[test]
    fn the_paper_and_not_its_masthead() {
        assert_eq!(title("河谷县人民政府\n常务会议纪要\n〔2025〕第7次"), "常务会议纪要");
        assert_eq!(
            title("河谷县人民政府办公室\n关于召开全县春耕\n工作会议的通知"),
            "关于召开全县春耕工作会议的通知"
        );
        assert_eq!(
            title("中共河谷县委办公室文件\n河办发〔2023〕26号\n关于春耕的通知"),
            "关于春耕的通知"
        );
    }

    #[test]
    fn a_series_is_no_title_above_one() {
        assert_eq!(
            title("河谷水利动态\n2025年第7期\n河谷县水利局编　　2025年3月29日\n\n河谷县灌区座谈会在柳林镇召开"),
            "河谷县灌区座谈会在柳林镇召开"
        );
        assert_eq!(title("县长办公会议纪要\n第7期\n河谷县水利局二楼"), "县长办公会议纪要");
        assert_eq!(title("领导批示摘编\n2024年第6期"), "领导批示摘编");
    }

    #[test]
    fn the_headline_and_not_the_page() {
        assert_eq!(
            title("首页 > 要闻 > 正文\n我县召开春耕现场会\n2025-03-19 来源：河谷融媒"),
            "我县召开春耕现场会"
        );
        assert_eq!(
            title("河谷先锋\n当前位置：首页>要闻\n我县召开春耕现场会"),
            "我县召开春耕现场会"
        );
        assert_eq!(title("老屋有了新主意\n——河谷县村落保护座谈会侧记"), "老屋有了新主意");
    }

    #[test]
    fn labels_and_dates_are_no_part_of_it() {
        assert_eq!(title("文字记录：停车方案讨论 2025年6月18日"), "停车方案讨论");
        assert_eq!(title("2025年3月春耕现场会"), "2025年3月春耕现场会");
    }

    #[test]
    fn what_the_lead_names() {
        let named = |line: &str| named_meeting(&[fold_str(line)]).unwrap_or_default();
        assert_eq!(named("3月1日，河谷县春耕现场会在城关镇召开。"), "河谷县春耕现场会");
        assert_eq!(
            named("在随后召开的招商问计座谈会上，钟铁山表示欢迎。"),
            "招商问计座谈会"
        );
        assert_eq!(named("钟铁山参加上述活动，并讲话。"), "");
    }
}
