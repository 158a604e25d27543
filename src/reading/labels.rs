//! Labels: `时间:3月5日  地点:二楼会议室`, `【时间】…`, `会议时间	6月3日`, `一、时间:…`: facts of the meeting and lists of those
//! present. They stand at the head of a file or in a run of labels (记录:, 出席:, 请假: at its end too) and are nobody's words.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{Folded, Span, ends_sentence};

/// What a label is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// When the meeting was held.
    Time,
    /// Where.
    Place,
    /// Its name.
    Title,
    /// Who called it.
    Organizer,
    /// What it is about.
    Topic,
    /// Who led it.
    Host,
    /// Who came.
    Present,
    /// Who didn't.
    Absent,
    /// Who wrote it down.
    Recorder,
    /// When the page was published.
    Publication,
    /// Something else about it.
    Other,
}

/// One label with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it is about.
    pub kind: LabelKind,
    /// The folded words before the colon, without spaces.
    pub key: String,
    /// Key and value, as they stand in the file.
    pub span: Span,
    /// What stands behind it, up to the next label of the line.
    pub value: Span,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all prose and all turns.
    Head,
    /// Right behind another label or a heading.
    Run,
    /// Anywhere else: a bare 时间: may be somebody's word there.
    Body,
}

struct Key {
    kind: LabelKind,
    speaks: bool,
}

static KEYS: LazyLock<HashMap<&'static str, Key>> = LazyLock::new(|| load(include_str!("labels.tsv")));

fn load(table: &'static str) -> HashMap<&'static str, Key> {
    let wrong = |line: usize, what: &str| -> ! { panic!("src/reading/labels.tsv:{}: {what}", line + 1) };
    let mut keys = HashMap::new();
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let (key, kind, speaks) = match columns.as_slice() {
            [key, kind] => (*key, *kind, false),
            [key, kind, "speaks"] => (*key, *kind, true),
            // A test loads the table: a wrong row never leaves the workshop.
            _ => wrong(number, "no key, kind and perhaps `speaks`"),
        };
        let kind = match kind {
            "time" => LabelKind::Time,
            "place" => LabelKind::Place,
            "title" => LabelKind::Title,
            "organizer" => LabelKind::Organizer,
            "topic" => LabelKind::Topic,
            "host" => LabelKind::Host,
            "present" => LabelKind::Present,
            "absent" => LabelKind::Absent,
            "recorder" => LabelKind::Recorder,
            "publication" => LabelKind::Publication,
            "other" => LabelKind::Other,
            _ => wrong(number, "no such kind"),
        };
        if keys.insert(key, Key { kind, speaks }).is_some() {
            wrong(number, "a key twice");
        }
    }
    keys
}

/// What a key that was read before (a block's, folded) is about.
pub fn kind_of(key: &str) -> Option<LabelKind> {
    KEYS.get(key).map(|key| key.kind)
}

/// The labels of a line, each with its value; none where the line is no label.
pub fn labels(text: &str, line: &Folded, place: Place) -> Vec<Label> {
    let folded = line.text();
    let (start, numbered) = without_number(folded);
    let place = if numbered && place == Place::Body { Place::Run } else { place };
    let Some(first) = key_at(folded, start, place) else {
        return Vec::new();
    };
    let mut found = vec![first];
    // 时间:3月5日 地点:二楼会议室
    let mut at = found[0].behind;
    while let Some((gap, mark)) = folded[at..]
        .char_indices()
        .find(|(_, c)| matches!(c, ' ' | '\t' | ';' | ',' | '|' | '。' | '【'))
        .map(|(gap, mark)| (at + gap, mark))
    {
        at = if mark == '【' { gap } else { gap + mark.len_utf8() };
        match key_at(folded, at, place).filter(|key| key.closed || mark == '\t') {
            Some(next) => {
                at = next.behind;
                found.push(next);
            }
            None => at = gap + mark.len_utf8(),
        }
    }
    let mut labels = Vec::new();
    for (index, key) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(folded.len(), |next| next.start);
        let value = Span::new(key.behind.min(end), end);
        let value = trimmed(folded, value);
        // 主持人:大家好,…。 is a turn.
        let words = value.of(folded);
        let length = words.chars().count();
        let speaks = key.speaks
            && length > 12
            && (ends_sentence(words) || length > 40 && words.contains([',', '。', '?']));
        if speaks {
            return Vec::new();
        }
        let start = if index == 0 { 0 } else { key.start };
        labels.push(Label {
            kind: key.kind,
            key: key.key.clone(),
            span: line.original(Span::new(start, end)).trimmed(text),
            value: line.original(value).trimmed(text),
        });
    }
    labels
}

/// A key as it was found in a folded line.
struct Found {
    kind: LabelKind,
    speaks: bool,
    key: String,
    start: usize,
    /// Where its value begins.
    behind: usize,
    /// Whether a colon or a box closes it.
    closed: bool,
}

/// Keys of one or two words that prose has too: 时间:, 主题:.
const SHORTEST_OWN_KEY: usize = 3;

/// The key that stands at byte `start` of a folded line.
fn key_at(line: &str, start: usize, place: Place) -> Option<Found> {
    /// Longest key in characters, without spaces.
    const LONGEST: usize = 16;
    let mut key = String::new();
    let mut end = None;
    let mut chars = line[start..].char_indices().peekable();
    let boxed = line[start..].starts_with('【');
    if boxed {
        chars.next();
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '】' if boxed => {
                end = Some((start + at + c.len_utf8(), true));
                break;
            }
            ':' if !boxed => {
                end = Some((start + at + 1, true));
                break;
            }
            '\t' | ' ' if !boxed && place == Place::Head && KEYS.contains_key(key.as_str()) => {
                let rest = line[start + at..].trim_start_matches([' ', '\t']);
                let width = line[start + at..].len() - rest.len();
                if c == '\t' || width >= 2 && !rest.starts_with(':') {
                    end = Some((start + at, false));
                    break;
                }
            }
            ' ' | '\t' | '*' => {}
            _ => key.push(c.to_ascii_lowercase()),
        }
        if key.chars().count() > LONGEST {
            return None;
        }
    }
    let (behind, closed) = end?;
    let known = KEYS.get(key.as_str())?;
    // In the body: 上午时间:… is no label, 时间:… may be somebody's words; 会议时间:… is one.
    let of_paper = matches!(
        known.kind,
        LabelKind::Host | LabelKind::Present | LabelKind::Absent | LabelKind::Recorder
    ) || key.chars().count() >= SHORTEST_OWN_KEY
        || boxed;
    if place == Place::Body && !of_paper {
        return None;
    }
    let rest = &line[behind..];
    let lead = rest.len() - rest.trim_start_matches([' ', '\t', ':', '*']).len();
    Some(Found {
        kind: known.kind,
        speaks: known.speaks,
        key,
        start,
        behind: behind + lead,
        closed,
    })
}

/// Where a line begins behind its number and marks (一、, (一), 1., **, ■), and whether it has a number.
fn without_number(line: &str) -> (usize, bool) {
    let marks = |c: char| matches!(c, '*' | ' ' | '#' | '■' | '◆' | '●' | '▪' | '·' | '-' | '>');
    let bare = line.trim_start_matches(marks);
    let open = bare.trim_start_matches('(');
    let digits = open.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let closed = digits.trim_start_matches(['、', '.', ')', ' ', '*', '。']);
    let numbered = digits.len() < open.len() && closed.len() < digits.len();
    let rest = if numbered { closed } else { bare };
    (line.len() - rest.len(), numbered)
}

fn trimmed(line: &str, span: Span) -> Span {
    let words = span.of(line);
    let inner = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ';' | '|' | ','));
    let lead = words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ';' | '|' | ',')).len();
    Span::new(span.start() + lead, span.start() + lead + inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, place: Place) -> Vec<(String, String)> {
        labels(line, &Folded::new(line, 0), place)
            .into_iter()
            .map(|label| (label.key, label.value.of(line).to_owned()))
            .collect()
    }

    fn one(key: &str, value: &str) -> Vec<(String, String)> {
        vec![(key.to_owned(), value.to_owned())]
    }

    #[test]
    fn labels_in_their_forms() {
        for line in [
            "时间：3月5日",
            "时　　间：3月5日",
            "一、时间：3月5日",
            "（一）时间：3月5日",
            "【时间】3月5日",
            "**时间**：3月5日",
            "- 时间: 3月5日",
        ] {
            assert_eq!(read(line, Place::Head), one("时间", "3月5日"), "{line}");
        }
        assert_eq!(read("会议时间\t6月3日", Place::Head), one("会议时间", "6月3日"));
        assert_eq!(read("主 持 人    钟铁山", Place::Head), one("主持人", "钟铁山"));
        assert_eq!(read("Title: 校车会", Place::Head), one("title", "校车会"));
        assert_eq!(read("时间：", Place::Head), one("时间", ""));
    }

    #[test]
    fn two_labels_share_a_line() {
        let both = [
            ("时间".to_owned(), "3月5日上午".to_owned()),
            ("地点".to_owned(), "二楼会议室".to_owned()),
        ];
        assert_eq!(read("时间：3月5日上午  地点：二楼会议室", Place::Head), both);
        assert_eq!(read("时间：3月5日上午；地点：二楼会议室", Place::Run), both);
        assert_eq!(read("【时间】3月5日上午【地点】二楼会议室", Place::Head), both);
    }

    #[test]
    fn prose_and_turns_are_no_labels() {
        for line in [
            "上午时间：大家各自准备",
            "我说两点时间：一是快",
            "主持人：各位代表，大家上午好，现在开会。",
            "原因有三：一是没钱",
            "贺天佑：时间不多了",
        ] {
            assert_eq!(read(line, Place::Head), [], "{line}");
        }
        assert_eq!(read("时间：来不及了", Place::Body), []);
        assert_eq!(read("会议时间  6月3日", Place::Body), []);
        assert_eq!(read("记录：钟铁山", Place::Body), one("记录", "钟铁山"));
    }

    #[test]
    fn the_table_is_read_strictly() {
        assert_eq!(kind_of("会议时间"), Some(LabelKind::Time));
        let wrong = std::panic::catch_unwind(|| load("# x\n时间\twhen\n").len());
        let message = wrong.unwrap_err();
        assert_eq!(
            message.downcast_ref::<String>().map(String::as_str),
            Some("src/reading/labels.tsv:2: no such kind")
        );
    }
}
