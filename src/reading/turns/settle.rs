//! Which lines are turns, over the whole file: its own way of heading turns decides.
//!
//! In order: times and names on lines of their own; heads with times, which make a transcript in which a bare colon opens
//! no turn; else heads of one form that recurs with names (a convention); heads that stand alone over words. Then what
//! stands between the heads is their words.

use std::collections::{HashMap, HashSet};

use super::label::{self, Judged, Known, Rule, judge, known_form};
use super::shape::{Form, Shape, Timed};
use super::topic::may_be_name_of_word;
use super::{Head, alone, turn_head};
use crate::meeting::Reason;
use crate::reading::attribution::{Naming, People, mentions_in};
use crate::reading::layout::{Block, Kind};
use crate::text::{Span, ends_sentence, fold_lines, fold_str};

/// Decides over the whole file which blocks are turns.
pub fn settle(text: &str, blocks: &mut [Block]) {
    let mut file = File::read(text, blocks);
    // Nothing is a turn until the file's own way says so, but for what its format gives.
    for block in blocks.iter_mut() {
        if matches!(block.kind, Kind::Turn(_)) && !is_given(text, block) {
            block.kind = Kind::Paragraph;
        }
    }
    file.times_alone(blocks);
    let timed = file.timed(blocks);
    if timed > 1 {
        file.only_timed(blocks);
    } else {
        file.conventions(blocks);
        alone::settle(text, blocks, &file.known);
    }
    between(text, blocks);
}

/// A block that may be a turn's head.
pub(super) struct Candidate {
    pub index: usize,
    pub shape: Shape,
    pub judged: Judged,
}

impl Candidate {
    fn label(&self) -> String {
        known_form(self.shape.label())
    }

    fn take(&self, blocks: &mut [Block]) {
        blocks[self.index].kind = Kind::Turn(label::head(&self.shape, &self.judged));
    }
}

struct File<'t> {
    text: &'t str,
    known: Known,
    candidates: Vec<Candidate>,
    /// How often each label heads a line.
    counts: HashMap<String, usize>,
    /// Heads that the file's format gives (subtitles): they are turns as they are.
    given: usize,
}

impl<'t> File<'t> {
    /// How often a label heads a line that has more than the label.
    fn count(&self, label: &str) -> usize {
        self.counts.get(label).copied().unwrap_or_default()
    }

    fn read(text: &'t str, blocks: &[Block]) -> File<'t> {
        let known = known_names(text, blocks);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut given = 0;
        let mut in_tasks = false;
        for (index, block) in blocks.iter().enumerate() {
            let words = block.span.of(text);
            let heads = matches!(block.kind, Kind::Heading | Kind::Title);
            if heads || matches!(block.kind, Kind::Paragraph) && words.chars().count() <= TASK_HEADING {
                in_tasks = is_task_heading(words) || in_tasks && !heads;
            }
            if is_given(text, block) {
                given += 1;
                continue;
            }
            let Some(shape) = Shape::of(text, block.span).filter(|_| !in_tasks) else {
                continue;
            };
            let judged = judge(&shape, &known);
            if may_stand(block, &shape, judged.rule) {
                candidates.push(Candidate { index, shape, judged });
            }
        }
        // 2025-03-22 07:58 来源:某某网: one time does not make a transcript, unless it is somebody's.
        let is_timed = |candidate: &Candidate| candidate.shape.timed != Timed::Never;
        if candidates.iter().filter(|candidate| is_timed(candidate)).count() == 1 {
            candidates.retain(|candidate| !is_timed(candidate) || candidate.judged.rule.is_person());
        }
        let mut counts = HashMap::new();
        for candidate in candidates.iter().filter(|candidate| !candidate.shape.is_bare()) {
            *counts.entry(candidate.label()).or_default() += 1;
        }
        // 战晚秋:… again and again is somebody.
        for candidate in &mut candidates {
            let again = !candidate.shape.is_bare() && counts[&candidate.label()] > 1;
            if again && candidate.judged.rule == Rule::Words && may_be_name_of_word(candidate.shape.label()) {
                candidate.judged.rule = Rule::Unusual;
            }
        }
        // 主持人:王静 is a fact of the file's head, unless the label speaks again and again.
        candidates.retain(|candidate| {
            let block = &blocks[candidate.index];
            !matches!(block.kind, Kind::Label { .. })
                || speaks(
                    text,
                    &candidate.shape,
                    counts.get(&candidate.label()).copied().unwrap_or_default(),
                )
        });
        File {
            text,
            known,
            candidates,
            counts,
            given,
        }
    }

    /// 王静, its time and its words on three lines, or the time first: the time is nobody's, the name heads the words.
    fn times_alone(&mut self, blocks: &mut [Block]) {
        let at: HashMap<usize, usize> = self
            .candidates
            .iter()
            .enumerate()
            .map(|(at, one)| (one.index, at))
            .collect();
        let times: Vec<usize> = self
            .candidates
            .iter()
            .filter(|one| one.shape.is_time_only())
            .map(|one| one.index)
            .collect();
        let named = |index: Option<usize>| {
            let one = &self.candidates[*at.get(&index?)?];
            let bare = one.shape.is_bare() && !one.judged.rule.is_topic();
            bare.then_some(one)
        };
        let score = |beside: &dyn Fn(usize) -> Option<usize>| {
            times
                .iter()
                .filter_map(|time| named(beside(*time)))
                .filter(|one| one.judged.rule.is_person())
                .count()
        };
        let (before, behind) = (|time: usize| time.checked_sub(1), |time: usize| Some(time + 1));
        let (over, under) = (score(&before), score(&behind));
        if over.max(under) == 0 {
            return;
        }
        let beside: &dyn Fn(usize) -> Option<usize> = if over >= under { &before } else { &behind };
        let mut heads = Vec::new();
        for time in &times {
            if let Some(one) = named(beside(*time)) {
                heads.push((one.index, *time));
            }
        }
        for (head, time) in heads {
            let one = &mut self.candidates[at[&head]];
            one.shape.timed = Timed::Behind;
            *self.counts.entry(known_form(one.shape.label())).or_default() += 1;
            blocks[time].kind = nobody();
        }
    }

    /// Takes heads with times, and says how many there are, those of the format among them.
    fn timed(&self, blocks: &mut [Block]) -> usize {
        let timed: Vec<&Candidate> = self
            .candidates
            .iter()
            .filter(|one| self.is_timed_head(one, blocks))
            .collect();
        let persons = timed.iter().filter(|one| one.judged.rule.is_person()).count();
        let certain = timed
            .iter()
            .filter(|one| one.judged.rule.is_person() || self.count(&one.label()) > 1 && !one.judged.rule.is_topic())
            .count();
        if self.given == 0 && (certain == 0 || timed.len() < 2 && persons == 0) {
            return 0;
        }
        // Words below a head, not an agenda: 9:00 签到, 9:30 开幕.
        let answered = timed
            .iter()
            .filter(|one| !one.shape.words.is_empty() || self.has_words_below(one, blocks))
            .count();
        if self.given == 0 && answered * 2 < timed.len() {
            return 0;
        }
        let forms: HashSet<(Form, Timed)> = timed
            .iter()
            .filter(|one| one.judged.rule.is_person() || self.count(&one.label()) > 1)
            .map(|one| (one.shape.form, one.shape.timed))
            .collect();
        let taken = timed
            .iter()
            .filter(|one| forms.contains(&(one.shape.form, one.shape.timed)));
        self.given + taken.inspect(|one| one.take(blocks)).count()
    }

    fn is_timed_head(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let shape = &one.shape;
        if shape.timed == Timed::Never || shape.label.is_empty() || matches!(blocks[one.index].kind, Kind::Label { .. })
        {
            return false;
        }
        let short = shape.label().chars().count() <= label::LONGEST || one.judged.rule.is_person();
        let once = self.count(&one.label()) < 2;
        match one.judged.rule {
            Rule::Topic => short && !once && !super::topic::is_phrase(shape.label()),
            // 14:30 我们…: words behind a time, or 签到 9:00 of an agenda.
            Rule::Words | Rule::Unit | Rule::Unusual | Rule::Group => {
                short && (!once || shape.colon || shape.timed == Timed::Behind && shape.words.is_empty())
            }
            _ => short && (shape.colon || shape.words.is_empty() || !once || one.judged.rule.is_person()),
        }
    }

    /// Whether the block below is no head, and no other line that begins with a time.
    fn has_words_below(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let below = (one.index + 1..blocks.len()).find(|index| blocks[*index].kind != nobody());
        below.is_some_and(|below| {
            self.candidates
                .iter()
                .all(|other| other.index != below || other.shape.timed == Timed::Never)
        })
    }

    /// In a transcript of heads with times a bare colon opens no turn; (现场有人插话) behind a time is nobody's words.
    fn only_timed(&self, blocks: &mut [Block]) {
        for one in &self.candidates {
            let shape = &one.shape;
            let event = shape.timed == Timed::Before && shape.label.is_empty() && shape.unit.is_some();
            if event && shape.words.is_empty() {
                blocks[one.index].kind = nobody();
            }
        }
    }

    /// Lines of one form that recurs with names: this file's way of heading turns.
    fn conventions(&self, blocks: &mut [Block]) {
        for form in [Form::Plain, Form::Bold, Form::Boxed] {
            let heads: Vec<&Candidate> = self
                .candidates
                .iter()
                .filter(|one| one.shape.form == form && !one.shape.is_bare() && !one.shape.runs_on())
                .filter(|one| one.shape.timed == Timed::Never && !matches!(blocks[one.index].kind, Kind::Title))
                .collect();
            let holds = self.is_convention(&heads);
            for one in &heads {
                let turn = match one.judged.rule {
                    Rule::Known | Rule::Asks => true,
                    Rule::Topic => false,
                    Rule::Unit => holds && self.replies(one, blocks),
                    Rule::Words => holds && (self.count(&one.label()) > 2 || self.speaks_of_himself(one)),
                    // Nobody, a letter: only among others.
                    _ => holds,
                };
                if turn {
                    one.take(blocks);
                }
            }
        }
        self.slips(blocks);
    }

    /// Whether lines of one form head turns: one is sure by itself, two name two persons, or one person speaks twice.
    fn is_convention(&self, heads: &[&Candidate]) -> bool {
        let mut persons: HashSet<String> = HashSet::new();
        let mut speakers: HashSet<String> = HashSet::new();
        let mut again = false;
        for one in heads.iter().filter(|one| one.judged.rule.may_speak()) {
            // One of them is enough: 睢宁县(王静):…, 【王静】….
            if one.judged.rule.is_sure() && one.judged.rule != Rule::SureRole
                || one.judged.rule.is_person() && one.shape.form == Form::Boxed
            {
                return true;
            }
            let label = one.label();
            let person = one.judged.rule.is_person() || one.judged.rule == Rule::SureRole;
            if person || self.count(&label) > 1 {
                again |= person && self.count(&label) > 1;
                persons.insert(label.clone());
            }
            speakers.insert(label);
        }
        again || persons.len() > 1 || !persons.is_empty() && speakers.len() > 1 || speakers.len() > 2
    }

    /// Whether a body's line is a turn of whoever speaks for it: it speaks again and again, or of itself, or was called up.
    fn replies(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let words = fold_str(one.shape.words.of(self.text));
        let called = one.index.checked_sub(1).is_some_and(|before| {
            let before = fold_str(blocks[before].span.of(self.text));
            before.contains(one.shape.label()) && before.chars().count() < 60
        });
        let ends = ends_sentence(&words);
        ends && (self.count(&one.label()) > 1 || super::closing::in_first_person(&words) || called)
    }

    /// Whether a short word that the text has nowhere else (买买提) says we or I.
    fn speaks_of_himself(&self, one: &Candidate) -> bool {
        let label = one.shape.label();
        (2..=3).contains(&label.chars().count())
            && super::closing::in_first_person(&fold_str(one.shape.words.of(self.text)))
            && fold_lines(self.text).matches(label).count() == 1
    }

    /// 王静;… for 王静:…: a slip, where the name heads other turns.
    fn slips(&self, blocks: &mut [Block]) {
        let speakers: HashSet<String> = blocks
            .iter()
            .filter_map(|block| match &block.kind {
                Kind::Turn(Head { name: Some(name), .. }) => Some(known_form(name.of(self.text))),
                _ => None,
            })
            .collect();
        for block in blocks.iter_mut().filter(|block| matches!(block.kind, Kind::Paragraph)) {
            let words = block.span.of(self.text);
            let Some(at) = words.find([';', '；']) else { continue };
            if at > 0 && speakers.contains(&known_form(&words[..at])) {
                let mark = words[at..].chars().next().map_or(1, char::len_utf8);
                let name = Span::new(block.span.start(), block.span.start() + at);
                let words = Span::new(name.end() + mark, block.span.end()).trimmed(self.text);
                block.kind = Kind::Turn(Head {
                    name: Some(name),
                    office: None,
                    words,
                    sure: false,
                });
            }
        }
    }
}

/// What a time on a line of its own is.
fn nobody() -> Kind {
    Kind::Furniture(Reason::Metadata)
}

/// A turn by the word of the file's format, not by its line's shape.
fn is_given(text: &str, block: &Block) -> bool {
    let Kind::Turn(head) = &block.kind else { return false };
    head.sure && turn_head(text, block.span).is_none_or(|own| (own.name, own.office) != (head.name, head.office))
}

/// Whether a block of its kind may turn out to be a head.
fn may_stand(block: &Block, shape: &Shape, rule: Rule) -> bool {
    let timed = shape.timed != Timed::Never;
    match &block.kind {
        Kind::Paragraph | Kind::Turn(_) => true,
        // A heading with a colon and a title of words is none: 陇西县:做强“中国药都”.
        Kind::Heading => timed || shape.is_bare() || rule != Rule::Unit,
        Kind::Title => timed || rule.is_person() && shape.is_bare(),
        Kind::Label { key, .. } => {
            !timed
                && matches!(
                    key.as_str(),
                    "主持人" | "主持" | "发言人" | "嘉宾" | "受访者" | "采访者"
                )
        }
        // [王静] alone and △王静:… look like captions; so does a time in brackets.
        kind => {
            matches!(kind, Kind::Furniture(Reason::Caption | Reason::Metadata))
                && (timed || rule.is_person() && (shape.colon || shape.form == Form::Boxed && shape.is_bare()))
        }
    }
}

/// Whether what stands behind a label is said: it is a sentence, or the label is not there for the first time, and it
/// names nobody.
fn speaks(text: &str, shape: &Shape, count: usize) -> bool {
    let words = fold_str(shape.words.of(text));
    let mentions = mentions_in(&words, &People::default());
    let names = mentions
        .iter()
        .any(|mention| mention.span.start() == 0 && mention.span.len() * 2 >= words.len());
    !words.is_empty() && !names && (ends_sentence(&words) || count > 1 && words.chars().count() > 4)
}

/// Most characters of a line over tasks, which may be no heading by its form.
const TASK_HEADING: usize = 12;

fn is_task_heading(heading: &str) -> bool {
    ["待办", "任务分", "行动项", "Action Items", "TODO", "责任分工"]
        .iter()
        .any(|word| heading.contains(word))
}

/// Names in the file's head: those present, and those who have an office there.
fn known_names(text: &str, blocks: &[Block]) -> Known {
    let mut known: Known = crate::reading::roster::roster(text, blocks)
        .into_iter()
        .map(|entry| known_form(entry.name.of(text)))
        .collect();
    for block in blocks {
        if let Kind::Label { value, .. } = &block.kind {
            let folded = fold_str(value.of(text));
            for mention in mentions_in(&folded, &People::default()) {
                if let Naming::Name(name) = mention.naming {
                    known.insert(name.of(&folded).to_owned());
                }
            }
        }
    }
    known
}

/// What stands between heads: short lines are words, and a label alone among them is one too. What the program adds at
/// the end is nobody's.
fn between(text: &str, blocks: &mut [Block]) {
    let turns: Vec<usize> = (0..blocks.len())
        .filter(|at| matches!(blocks[*at].kind, Kind::Turn(_)))
        .collect();
    for block in blocks.iter_mut() {
        if matches!(block.kind, Kind::Heading) && is_task(block.span.of(text)) {
            block.kind = Kind::Paragraph;
        }
    }
    let (Some(first), Some(last)) = (turns.first().copied(), turns.last().copied()) else {
        return;
    };
    let timed = turns
        .iter()
        .any(|at| Shape::of(text, blocks[*at].span).is_some_and(|shape| shape.timed != Timed::Never));
    for at in first + 1..blocks.len() {
        // 2019-03-12 15:10:03 below each answer of a page.
        if matches!(blocks[at].kind, Kind::Heading | Kind::Paragraph)
            && Shape::of(text, blocks[at].span).is_some_and(|shape| shape.is_time_only())
        {
            blocks[at].kind = nobody();
        }
        match &blocks[at].kind {
            Kind::Heading if !is_section(text, blocks[at].span) => {
                let apart = !timed && is_apart(text, blocks[at].span);
                if is_by_program(blocks[at].span.of(text)) {
                    blocks[at].kind = nobody();
                } else if !apart && (timed || !is_furniture(&blocks[at - 1])) {
                    blocks[at].kind = Kind::Paragraph;
                }
            }
            Kind::Paragraph if at > last && is_by_program(blocks[at].span.of(text)) => blocks[at].kind = nobody(),
            Kind::Label { .. } if at < last => {
                let label = |at: usize| matches!(blocks[at].kind, Kind::Label { .. });
                if !label(at - 1) && !label(at + 1) {
                    blocks[at].kind = Kind::Paragraph;
                }
            }
            _ => {}
        }
    }
}

fn is_furniture(block: &Block) -> bool {
    block.kind == nobody() || matches!(block.kind, Kind::Heading | Kind::Title)
}

/// A heading by its mark or its number: `## 待办`, `一、开场`.
fn is_section(text: &str, span: Span) -> bool {
    let line = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let marked = text[line..span.start()].contains('#');
    let words = span.of(text).trim_start_matches(['(', '（', '第']);
    let rest = words.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    marked || rest.len() < words.len() && rest.starts_with(['、', ')', '）', '章', '节'])
}

/// Whether a blank line stands before.
pub fn is_apart(text: &str, span: Span) -> bool {
    let before = &text[..span.start()];
    let gap = &before[before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '>' | '#'))
        .len()..];
    gap.matches('\n').count() > 1
}

fn is_task(line: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|mark| line.starts_with(mark))
}

/// `Transcribed by https://otter.ai`, `本文字记录由…自动生成`.
fn is_by_program(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.starts_with("transcribed by")
        || lower.starts_with("generated by")
        || line.chars().count() < 40
            && ["自动生成", "自动转写", "智能转写", "仅供参考"]
                .iter()
                .any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::reading::{Document, understand};

    /// Who speaks which words, a turn a piece: `王静 好。`; `-` where nobody is named.
    fn told(text: &str) -> Vec<String> {
        let report = understand(&Document::plain(text), "a.txt");
        report
            .spoken()
            .map(|remark| format!("{} {}", remark.voice.name().unwrap_or("-"), remark.span.of(text)))
            .collect()
    }

    #[test]
    fn each_head_of_a_files_form_is_a_new_speaker() {
        assert_eq!(
            told("会记录\n\n丘福生：先说路。\n爨月山：行。\n：我补一句。\n教育局：我们出车。\n水库：先修龙潭。\n"),
            [
                "丘福生 先说路。",
                "爨月山 行。",
                "- 我补一句。",
                "教育局 我们出车。",
                "教育局 水库：先修龙潭。"
            ]
        );
    }

    #[test]
    fn one_name_before_a_colon_in_prose_is_no_transcript() {
        assert!(told("县里开会\n\n今天上午开会，到会三十人。\n\n丘福生：长汀县水利局局长。\n").is_empty());
    }

    #[test]
    fn with_times_a_bare_colon_opens_nothing() {
        assert_eq!(
            told("丘福生 00:03\n两件事。\n何晓岚：她不来。\n何晓岚 00:41\n我来了\n"),
            ["丘福生 两件事。", "丘福生 何晓岚：她不来。", "何晓岚 我来了"]
        );
    }

    #[test]
    fn an_agenda_is_no_transcript() {
        assert!(told("培训安排\n\n8:30 签到\n9:00 丘福生\n9:30 何晓岚\n10:30 茶歇\n").is_empty());
    }

    #[test]
    fn a_time_beside_a_name_is_nobodys() {
        assert_eq!(
            told("丘福生\n00:00:01\n先说路。\n\n何晓岚\n00:00:21\n行。\n"),
            ["丘福生 先说路。", "何晓岚 行。"]
        );
        assert_eq!(
            told("00:00:01\n丘福生\n先说路。\n\n00:00:21\n何晓岚\n行。\n"),
            ["丘福生 先说路。", "何晓岚 行。"]
        );
    }

    #[test]
    fn tasks_are_no_turns() {
        let text = "纪要\n\n**丘福生**\n- 路要修。\n\n**何晓岚**\n- 行。\n\n待办事项\n\n- 韦朝军：6月底前修好\n";
        let report = understand(&Document::plain(text), "a.txt");
        let direct = report.remarks.iter().filter(|remark| remark.voice.kind() == "direct");
        let words: Vec<&str> = direct.map(|remark| remark.span.of(text)).collect();
        assert_eq!(words, ["路要修。", "行。"]);
    }

    #[test]
    fn the_note_takers_closing_is_nobodys() {
        assert_eq!(
            told(
                "听证会记录\n\n丘福生：涨三毛。\n何晓岚：不同意。\n\n听证会于十一时结束。会后，工作人员发了表。\n\n记录：韦朝军\n"
            ),
            ["丘福生 涨三毛。", "何晓岚 不同意。"]
        );
    }
}
