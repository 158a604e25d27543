//! The layout: a file's lines become blocks, each of one kind.

use super::boilerplate::is_boilerplate;
use super::turns::{Head, turn_head};
use crate::text::{Folded, Span, ends_sentence, is_clause_mark};

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file's own title.
    Title,
    /// A section's heading.
    Heading,
    /// Prose.
    Paragraph,
    /// A speaker's turn in minutes or a transcript.
    Turn(Head),
    /// `时间:…`: a fact about the meeting, or its list of those present.
    Label {
        /// The folded words before the colon.
        key: String,
        /// What stands behind it.
        value: Span,
    },
    /// Nobody's words.
    Boilerplate,
}

/// A line of the file, trimmed, with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without list marks.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The blocks of one file, in order.
#[derive(Debug)]
pub struct Layout {
    /// Non-blank lines.
    pub blocks: Vec<Block>,
}

/// Longest heading in characters.
const HEADING: usize = 36;

const LABELS: &[&str] = &[
    "时间",
    "会议时间",
    "日期",
    "会议日期",
    "地点",
    "会议地点",
    "开会地点",
    "主持",
    "主持人",
    "会议主持",
    "会议主持人",
    "召集人",
    "参会",
    "参会人员",
    "参加",
    "参加人员",
    "参加人",
    "出席",
    "出席人员",
    "出席领导",
    "列席",
    "列席人员",
    "缺席",
    "请假",
    "与会人员",
    "到会人员",
    "嘉宾",
    "记录",
    "记录人",
    "会议记录",
    "整理",
    "整理人",
    "主题",
    "会议主题",
    "议题",
    "会议议题",
    "议程",
    "会议议程",
    "主办",
    "主办单位",
    "承办",
    "承办单位",
    "协办",
    "协办单位",
    "会议名称",
    "名称",
    "标题",
    "发言人",
    "发言嘉宾",
    "受访者",
    "采访者",
    "采访对象",
    "访谈时间",
    "访谈地点",
    "录音时间",
    "文件名",
    "时长",
    "出席嘉宾",
    "发布时间",
    "发布地点",
    "发布人",
    "新闻发布人",
    "发布单位",
    "主持人物",
    "访谈嘉宾",
    "对话嘉宾",
    "特邀嘉宾",
    "圆桌嘉宾",
    "直播时间",
    "活动时间",
    "活动地点",
];

impl Layout {
    /// Cuts `text` into blocks from the byte `from` on.
    pub fn of(text: &str, from: usize) -> Layout {
        let mut blocks: Vec<Block> = Vec::new();
        let mut at = from;
        for line in text[from..].split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trimmed(text);
            at += line.len();
            if span.is_empty() || is_rule(span.of(text)) {
                continue;
            }
            blocks.push(block(text, span, blocks.is_empty()));
        }
        let mut layout = Layout { blocks };
        super::turns::settle(text, &mut layout.blocks);
        layout
    }
}

fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '*' | '=' | '_' | '—' | '─' | ' '))
}

fn block(text: &str, line: Span, first: bool) -> Block {
    let words = line.of(text);
    let marks = words.len() - words.trim_start_matches('#').len();
    if marks > 0 && words[marks..].starts_with([' ', '\u{3000}']) {
        let span = Span::new(line.start() + marks, line.end()).trimmed(text);
        return Block {
            span,
            kind: if marks == 1 && first {
                Kind::Title
            } else {
                Kind::Heading
            },
        };
    }
    let span = without_list_mark(text, line);
    let line = Folded::new(span.of(text), span.start());
    let folded = line.text();
    if is_boilerplate(folded) {
        return Block {
            span,
            kind: Kind::Boilerplate,
        };
    }
    if let Some(label) = label(text, &line) {
        return Block { span, kind: label };
    }
    if let Some(head) = turn_head(text, span) {
        return Block {
            span,
            kind: Kind::Turn(head),
        };
    }
    if looks_like_heading(folded) {
        return Block {
            span,
            kind: if first { Kind::Title } else { Kind::Heading },
        };
    }
    Block {
        span,
        kind: Kind::Paragraph,
    }
}

fn without_list_mark(text: &str, line: Span) -> Span {
    let words = line.of(text);
    let lead = ["- ", "* ", "> ", "+ ", "• "]
        .iter()
        .find(|mark| words.starts_with(**mark))
        .map_or(0, |mark| mark.len());
    Span::new(line.start() + lead, line.end()).trimmed(text)
}

fn label(text: &str, line: &Folded) -> Option<Kind> {
    let folded = line.text();
    let plain = folded.trim_start_matches('*');
    let stars = folded.len() - plain.len();
    // 【主持人】王静 is a label too.
    let boxed = plain.strip_prefix('【').and_then(|rest| rest.find('】'));
    let colon = match boxed {
        Some(close) if LABELS.contains(&&plain['【'.len_utf8()..'【'.len_utf8() + close]) => '【'.len_utf8() + close,
        _ => plain.find(':')?,
    };
    let key = plain[..colon].trim_end_matches('*').replace(' ', "");
    let key = key
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十、.()【】".contains(c))
        .trim_matches(['【', '】']);
    if !LABELS.contains(&key) {
        return None;
    }
    let mark = plain[colon..].chars().next().map_or(0, char::len_utf8);
    let value = line
        .original(Span::new(stars + colon + mark, folded.len()))
        .trimmed(text);
    let value = Span::new(
        value.end() - value.of(text).trim_start_matches(['：', ':', ' ']).len(),
        value.end(),
    );
    // 主持人:大家好,…。 is a turn.
    let speaks = matches!(key, "主持人" | "发言人" | "嘉宾" | "受访者" | "采访者")
        && value.of(text).chars().count() > 12
        && (ends_sentence(value.of(text))
            || value.of(text).chars().count() > 40 && value.of(text).contains(['，', ',', '。', '？']));
    (!speaks).then(|| Kind::Label {
        key: key.to_owned(),
        value,
    })
}

/// Short, and no sentence.
fn looks_like_heading(line: &str) -> bool {
    let length = line.chars().count();
    let numbered = line.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '('])
        && (line.contains("、") || line.contains(')'));
    let bound = if numbered { HEADING + 8 } else { HEADING };
    length <= bound
        && !ends_sentence(line)
        && !line.ends_with(|c: char| is_clause_mark(c) || c == '、')
        && line.matches(',').count() <= 1
        && !line.starts_with(['“', '"', '‘'])
        && line.chars().any(super::layout::is_word_char)
}

/// Whether `c` is a letter, a digit or a Chinese character.
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<&'static str> {
        Layout::of(text, 0)
            .blocks
            .iter()
            .map(|block| match block.kind {
                Kind::Title => "title",
                Kind::Heading => "heading",
                Kind::Paragraph => "paragraph",
                Kind::Turn(_) => "turn",
                Kind::Label { .. } => "label",
                Kind::Boilerplate => "boilerplate",
            })
            .collect()
    }

    #[test]
    fn lines_are_told_apart() {
        let text = "全县统战工作座谈会召开\n时间:2024年3月5日\n3月5日,会议召开。\n取长补短“学”\n(资料图)\n编辑:某某\n";
        assert_eq!(
            kinds(text),
            ["title", "label", "paragraph", "heading", "boilerplate", "boilerplate"]
        );
    }

    #[test]
    fn markdown_and_turns() {
        let text = "# 座谈会\n\n## 交流发言\n\n蓝秀珍(长汀县副县长):我先说。\n[00:01:02] 丘福生:我补充。\n";
        assert_eq!(kinds(text), ["title", "heading", "turn", "turn"]);
    }
}
