//! A frame: subject, cue, and where the words begin that the cue reports.

use std::sync::LazyLock;

use super::lexicon::{Lexicon, Opening, Words};
use super::mention::Naming;
use super::subject::{Context, Found, Subject};
use crate::text::{Span, is_clause_mark, is_opening_mark, last_clause, rows};

/// One reporting frame in a stretch of prose. Spans are bytes of the folded paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who speaks.
    pub subject: Subject,
    /// Where the frame's own words begin: the subject's clause.
    pub start: usize,
    /// The cue with what belongs to it (说到).
    pub cue: Span,
    /// Where the reported words begin.
    pub content: usize,
    /// Whether a comma, a colon or the stretch's end stands behind the cue.
    pub marked: bool,
    /// Whether the mark is a colon.
    pub colon: bool,
}

/// Objects that may stand between a cue and its mark: 提出三点要求:…, 告诉记者,….
const OBJECTS: &[&str] = &[
    "要求",
    "意见",
    "建议",
    "希望",
    "看法",
    "观点",
    "想法",
    "感受",
    "体会",
    "做法",
    "打算",
    "计划",
    "目标",
    "思路",
    "举措",
    "措施",
    "方面",
    "情况",
    "记者",
    "笔者",
    "我们",
    "大家",
    "众人",
    "问题",
    "经验",
    "设想",
    "期望",
    "期待",
    "对策",
    "倡议",
    "主张",
    "疑问",
    "他",
    "她",
    "调研组",
    "考察组",
    "与会者",
    "与会人员",
    "同志们",
    "乡亲们",
    "在场的人",
    "干部们",
    "体会",
    "故事",
    "账",
    "话",
];

/// The frames in the stretch `range` of the context's paragraph, in order.
pub fn frames(context: &Context<'_>, range: Span) -> Vec<Frame> {
    let text = context.text;
    let mut found: Vec<Frame> = Vec::new();
    let mut cues: Vec<(Span, Opening)> = Lexicon::shared()
        .cues_in(range.of(text))
        .map(|(span, cue)| (span.shifted(range.start()), cue.opening))
        .collect();
    cues.retain(|(cue, _)| !context.mentions.iter().any(|mention| mention.span.overlaps(*cue)));
    for (cue, opening) in cues {
        let Some((end, content, marked, colon)) = content_start(text, cue, range.end(), opening) else {
            continue;
        };
        if found
            .last()
            .is_some_and(|last| last.cue.end() >= cue.start() || (last.content >= cue.end() && last.marked))
        {
            continue;
        }
        let Some(Found { subject, start }) = context.subject_of(cue) else {
            continue;
        };
        // 盘月英的看法是,…, but not …最大的体会是,… within somebody's words.
        let of_somebody = context.mentions.iter().any(|mention| mention.span.end() == cue.start())
            || text[..cue.start()].ends_with(['他', '她']);
        if cue.of(text).starts_with('的') && !of_somebody {
            continue;
        }
        // 墙上贴着饲喂说明,…: explanations hang on walls too.
        if cue.of(text) == "说明" && matches!(subject, Subject::Inherited | Subject::Nameless(_)) {
            continue;
        }
        // 在他看来,…; 看来,… by itself is nobody's.
        if cue.of(text) == "看来" && !text[..start].ends_with('在') {
            continue;
        }
        // …占道摆摊,希望县里统筹解决: the speaker's own words go on.
        let own_wish = !marked
            && found.last().is_some_and(|last| {
                last.content <= cue.start() && !text[last.content..cue.start()].contains(['。', '!', '?'])
            })
            && !follows_conjunction(&text[range.start()..cue.start()])
            && match subject {
                Subject::Inherited | Subject::Group(_) | Subject::Nameless(_) => true,
                // The sentence's subject, before the words that go on: not one of this clause.
                Subject::Mentioned(index) => {
                    let mention = &context.mentions[index];
                    mention.naming == Naming::Office || mention.span.start() < start
                }
                Subject::NewName(_) | Subject::Pronoun(_) => false,
            };
        if own_wish {
            continue;
        }
        let is_conjunct = subject == Subject::Inherited;
        if is_conjunct && !marked && !follows_conjunction(&text[range.start()..cue.start()]) {
            continue;
        }
        if cue.len() <= 3 && !marked && matches!(subject, Subject::Inherited | Subject::Nameless(_)) {
            continue;
        }
        if matches!(subject, Subject::Group(_)) && !marked && cue.len() <= 3 {
            continue;
        }
        found.push(Frame {
            subject,
            start,
            cue: Span::new(cue.start(), end),
            content,
            marked,
            colon,
        });
    }
    found.extend(announcements(context, range, &found));
    found.sort_by_key(|frame| frame.cue);
    widen(context, &mut found, range);
    found
}

/// What people are said to give, so that their words follow behind a colon or as a counted list.
static GIVEN: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows(include_str!("given.tsv")).filter_map(|row| row.first().copied())));

/// Clauses that announce words without a reporting verb: 他谈了三点体会:…, 她指出了问题:…, 他提了三点建议。一是….
fn announcements(context: &Context<'_>, range: Span, found: &[Frame]) -> Vec<Frame> {
    let text = context.text;
    let mut more = Vec::new();
    for (at, mark) in range.of(text).match_indices([':', '。']) {
        let at = range.start() + at;
        let rest = &text[at + mark.len()..range.end()];
        let counts = COUNTS.iter().any(|word| rest.starts_with(word));
        if rest.trim().is_empty() {
            continue;
        }
        let clause_start = range.start() + last_clause(&text[range.start()..at]);
        let clause = &text[clause_start..at];
        let given = GIVEN.suffix(clause).is_some();
        let told = TOLD.iter().any(|verb| clause.contains(verb));
        // 局长罗玉兰介绍了进校园的做法。跳菜是…: her account follows, unless the next sentence tells of somebody again.
        let presents = PRESENTS.iter().any(|words| clause.contains(words));
        let goes_on = !rest.starts_with(['他', '她', '会', '“', '□'])
            && Lexicon::shared().narration.prefix(rest).is_none()
            && !context
                .mentions
                .iter()
                .any(|mention| mention.span.start() == at + mark.len());
        let gives = match mark {
            ":" => given || told || presents || opens_mouth(context, clause_start, at),
            _ => (counts && given) || (((given && told) || presents) && goes_on),
        };
        let taken = found.iter().any(|frame| {
            frame.cue.start() >= clause_start && frame.cue.start() < at || frame.content == at + mark.len()
        });
        // Within somebody's words a colon is the speaker's own.
        let inside = found.iter().any(|frame| {
            frame.content <= clause_start && !text[frame.content..clause_start].contains(['。', '!', '?'])
        });
        if !gives || taken || inside {
            continue;
        }
        let Some((subject, start, end)) = context.topic_before(at) else {
            continue;
        };
        if start < range.start() || text[start..at].contains('。') {
            continue;
        }
        more.push(Frame {
            subject,
            start,
            cue: Span::new(end.max(clause_start), at).trimmed(text),
            content: at + mark.len(),
            marked: true,
            colon: mark == ":",
        });
    }
    more
}

/// Whether a clause before a colon is a name and little more: 鄢国栋看了许久才开口:….
fn opens_mouth(context: &Context<'_>, clause: usize, colon: usize) -> bool {
    let text = context.text;
    context.mentions.iter().any(|mention| {
        let begins = mention.span.start() >= clause && text[clause..mention.span.start()].trim().is_empty();
        let named = matches!(mention.naming, Naming::Name(_)) && mention.span.end() <= colon;
        begins && named && {
            let behind = &text[mention.span.end()..colon];
            behind.chars().count() <= LONGEST_GESTURE && !behind.starts_with('的') && !behind.contains([',', '“', '■'])
        }
    })
}

/// Longest clause between a name and its colon, in characters.
const LONGEST_GESTURE: usize = 10;

/// Verbs whose object is what was told: 介绍了当地的探索:….
const TOLD: [&str; 25] = [
    "回应了",
    "答应了",
    "明确了",
    "部署了",
    "宣布了",
    "归结为",
    "概括为",
    "归纳为",
    "总结为",
    "介绍了",
    "讲述了",
    "分析了",
    "汇报了",
    "总结了",
    "回顾了",
    "列举了",
    "分享了",
    "谈了",
    "讲了",
    "提了",
    "提出了",
    "指出了",
    "道出了",
    "说了",
    "剖析了",
];

/// Clauses that say what somebody's words are about: 他讲的是互助:…, 她关心的是人手。….
const PRESENTS: [&str; 8] = [
    "讲的是",
    "谈的是",
    "说的是",
    "带来的是",
    "关注的是",
    "关心的是",
    "亮底数",
    "亮家底",
];

/// How a counted list begins.
const COUNTS: [&str; 8] = ["一是", "一要", "一、", "第一", "首先", "其一", "(一)", "一方面"];

fn follows_conjunction(before: &str) -> bool {
    ["并", "还", "同时", "也", "又", "并且"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// End of the cue, start of the words, whether a mark stands between, and whether it is a colon; `None` where no words can follow.
fn content_start(text: &str, cue: Span, end: usize, opening: Opening) -> Option<(usize, usize, bool, bool)> {
    let mut cue_end = cue.end();
    while let Some(tail) = ["说", "道", "到", "称", "了", "过", "着", "出"]
        .iter()
        .find(|tail| text[cue_end..end].starts_with(**tail))
    {
        if cue_end + tail.len() > end || (*tail == "道" && text[cue_end..end].starts_with("道路")) {
            break;
        }
        let next = &text[cue_end + tail.len()..end];
        if *tail == "到" && (next.starts_with("位") || next.starts_with("今年") || next.starts_with("年")) {
            break;
        }
        cue_end += tail.len();
    }
    let rest = &text[cue_end..end];
    let first = rest.chars().next();
    let Some(first) = first else {
        return Some((cue_end, end, true, false));
    };
    if is_clause_mark(first) && first != ',' && first != ':' {
        // The sentence ends with the cue (“…”他说。): nothing follows.
        return Some((cue_end, cue_end, true, false));
    }
    if first == ',' || first == ':' {
        return Some((cue_end, cue_end + 1, true, first == ':'));
    }
    if is_opening_mark(first) || first == '"' {
        return (opening != Opening::After && text[cue_end..].contains('□'))
            .then_some((cue_end, cue_end, true, false))
            .or_else(|| open_only(opening, cue_end));
    }
    if first == ' ' {
        return Some((cue_end, cue_end + 1, true, false));
    }
    // 提出三点要求:…; 告诉记者,…
    let mark = rest.find(is_clause_mark)?;
    let object = &rest[..mark];
    let mark_char = rest[mark..].chars().next()?;
    let is_object = object.chars().count() <= 14
        && OBJECTS.iter().any(|word| object.ends_with(word))
        && !matches!(mark_char, '。' | ';' | '!' | '?');
    if is_object
        && (mark_char == ':' || !matches!(opening, Opening::Open) || text[cue.start()..cue_end].starts_with("提出"))
    {
        return Some((cue_end, cue_end + mark + mark_char.len_utf8(), true, mark_char == ':'));
    }
    open_only(opening, cue_end)
}

fn open_only(opening: Opening, cue_end: usize) -> Option<(usize, usize, bool, bool)> {
    (opening == Opening::Open).then_some((cue_end, cue_end, false, false))
}

/// Takes into each frame the adverbial clauses before its subject (围绕今后工作开展,…部长表示), back to the sentence's start.
fn widen(context: &Context<'_>, frames: &mut [Frame], range: Span) {
    let mut floor = range.start();
    for frame in frames.iter_mut() {
        let before = &context.text[floor..frame.start.max(floor)];
        let sentence = before
            .char_indices()
            .rev()
            .find(|(_, c)| matches!(c, '。' | '!' | '?' | '…' | '\n' | ';'))
            .map_or(floor, |(at, c)| floor + at + c.len_utf8());
        let lead = &context.text[sentence..frame.start.max(sentence)];
        let only_lead = lead.chars().count() <= 80
            && (super::adverbial::is_thin(lead)
                || sentence == range.start()
                || frame.subject != Subject::Inherited && !inside_content(frame, floor, sentence));
        let clause = sentence + last_clause(lead);
        frame.start = if only_lead { sentence } else { clause };
        floor = frame.content;
    }
}

/// Whether the sentence of a frame begins within the words of the frame before (张三说要…,李四则认为…).
fn inside_content(_frame: &Frame, floor: usize, sentence: usize) -> bool {
    sentence == floor
}
