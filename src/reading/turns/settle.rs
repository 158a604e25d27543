//! Which lines are turns, over the whole file: its own way of heading turns decides.
//!
//! In order: times and names on lines of their own; heads with times, which make a transcript in which a bare colon opens
//! no turn; else heads of one form that recurs with names (a convention); heads that stand alone over words. Then what
//! stands between the heads is their words.

use std::collections::{HashMap, HashSet};

use super::label::{self, Known, judge, known_form};
use super::naming::is_place;
use super::rule::{Judged, Rule};
use super::shape::{Form, Shape, Timed};
use super::topic::{is_made_of_words, may_be_name_of_word};
use super::{alone, between, turn_head};
use crate::meeting::Reason;
use crate::reading::attribution::{MEMBERS, Naming, People, is_name_char, mentions_in, names_listed, shaped_like_name};
use crate::reading::labels::{LabelKind, kind_of};
use crate::reading::layout::{Block, Kind};
use crate::text::{Span, ends_sentence, fold_str};

/// Decides over the whole file which blocks are turns.
pub fn settle(text: &str, blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|block| is_credit(text, block)) {
        block.kind = Kind::Furniture(Reason::Editorial);
    }
    let mut file = File::read(text, blocks);
    file.without_first_post(blocks);
    file.without_headline(blocks);
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
    between::settle(text, blocks);
}

/// A block that may be a turn's head.
pub(super) struct Candidate {
    pub index: usize,
    pub shape: Shape,
    pub judged: Judged,
}

impl Candidate {
    pub fn label(&self) -> String {
        known_form(self.shape.label())
    }

    pub fn take(&self, blocks: &mut [Block]) {
        blocks[self.index].kind = Kind::Turn(label::head(&self.shape, &self.judged));
    }
}

/// What a file's lines may be, and how often.
pub(super) struct File<'t> {
    pub text: &'t str,
    pub known: Known,
    pub candidates: Vec<Candidate>,
    /// How often each label heads a line.
    pub counts: HashMap<String, usize>,
    /// Heads that the file's format gives (subtitles): they are turns as they are.
    pub given: usize,
}

impl<'t> File<'t> {
    /// How often a label heads a line that has more than the label.
    pub fn count(&self, label: &str) -> usize {
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
            let (shape, judged) = inner_head(text, &shape, &known).unwrap_or((shape, judged));
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
        // 买买提:… beside 买买提·依明:….
        let first_parts: HashSet<String> = candidates
            .iter()
            .filter(|candidate| candidate.judged.rule.is_person())
            .filter_map(|candidate| {
                let name = candidate.judged.name?.of(candidate.shape.line());
                Some(name.split_once('·')?.0.to_owned())
            })
            .collect();
        for candidate in &mut candidates {
            if !candidate.shape.is_bare() && first_parts.contains(candidate.shape.label()) {
                candidate.judged = Judged {
                    rule: Rule::Familiar,
                    name: Some(candidate.shape.label),
                    office: None,
                };
            }
        }
        // 姚:… and 普:… again and again: surnames, or first parts of names.
        let short: HashSet<String> = candidates
            .iter()
            .filter(|candidate| candidate.shape.colon && is_one_character(&candidate.label()))
            .map(Candidate::label)
            .filter(|label| counts[label] > 1)
            .collect();
        // 雷:… beside 雷广田:… or in a file whose head names one 雷.
        let surnames: HashSet<String> = candidates
            .iter()
            .filter(|one| one.judged.rule.is_person())
            .filter_map(|one| Some(one.judged.name?.of(one.shape.line()).to_owned()))
            .chain(known.iter().cloned())
            .filter(|name| name.chars().count() > 1)
            .collect();
        let is_ones = |label: &str| {
            let first = label.chars().next();
            surnames.iter().filter(|name| name.chars().next() == first).count() == 1
        };
        let many = short.len() > 1;
        for candidate in &mut candidates {
            let label = candidate.label();
            if is_one_character(&label) && (many || is_ones(&label)) {
                candidate.judged = Judged {
                    rule: Rule::Familiar,
                    name: Some(candidate.shape.label),
                    office: None,
                };
            }
        }
        members_of_two(&mut candidates);
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
}

impl File<'_> {
    /// 青石县长邹岚:三块“田”里找出路 over a paper: its headline, and no turn. No sentence ends it, while sentences end what others
    /// say, and nobody is called so again.
    fn without_headline(&mut self, blocks: &mut [Block]) {
        /// Among how many blocks a headline stands, and its longest words, in characters.
        const HEAD: usize = 3;
        const LONGEST: usize = 24;
        let Some(first) = self.candidates.first() else { return };
        let above = blocks[..first.index]
            .iter()
            .filter(|block| !matches!(block.kind, Kind::Furniture(_)));
        let words = first.shape.words.of(self.text);
        let short =
            !words.is_empty() && words.chars().count() <= LONGEST && !fold_str(words).contains(['。', '!', '?', ',']);
        let plain = first.shape.colon && first.shape.form == Form::Plain && first.shape.timed == Timed::Never;
        let others = || {
            let said = |one: &&Candidate| !one.shape.words.is_empty();
            let all = self.candidates[1..].iter().filter(said).count();
            let ended = self.candidates[1..]
                .iter()
                .filter(said)
                .filter(|one| ends_sentence(one.shape.words.of(self.text)))
                .count();
            2 * ended >= all
        };
        let again = self.count(&first.label()) > 1;
        if plain && short && !again && above.count() < HEAD && !super::in_first_person(&fold_str(words)) && others() {
            let block = &mut blocks[self.candidates.remove(0).index];
            if matches!(block.kind, Kind::Turn(_) | Kind::Paragraph) {
                block.kind = Kind::Heading;
            }
        }
    }

    /// Who posted what a forum's page is about need not have said it, as a report copied there shows: it is read as any
    /// paper is, and whoever answers below speaks.
    fn without_first_post(&mut self, blocks: &mut [Block]) {
        let Some(first) = self
            .candidates
            .iter()
            .find(|one| one.shape.posted)
            .map(Candidate::label)
        else {
            return;
        };
        self.candidates.retain(|one| {
            let of_first = one.shape.posted && one.label() == first;
            if of_first {
                blocks[one.index].kind = nobody();
            }
            !of_first
        });
    }
}

/// 邹岚委员:… beside 丘福生委员:…: where a congress's members head turns by their names, two characters may be a name too.
fn members_of_two(candidates: &mut [Candidate]) {
    let called = |label: &str| MEMBERS.iter().copied().find(|word| label.ends_with(word));
    let named: HashSet<&str> = candidates
        .iter()
        .filter(|one| one.judged.rule == Rule::OfficeAndName && one.judged.name.is_some())
        .filter_map(|one| called(one.shape.label()))
        .collect();
    if named.is_empty() {
        return;
    }
    for one in candidates.iter_mut().filter(|one| one.judged.rule == Rule::Role) {
        let label = one.shape.label();
        let Some(word) = called(label) else {
            continue;
        };
        let name = &label[..label.len() - word.len()];
        if name.chars().count() == 2 && shaped_like_name(name) && !is_place(name) && !is_made_of_words(name) {
            let at = one.shape.label.start();
            let end = at + name.len();
            one.judged = Judged {
                rule: Rule::OfficeAndName,
                name: Some(Span::new(at, end)),
                office: Some(Span::new(end, one.shape.label.end())),
            };
        }
    }
}

/// 问:市民何女士:…, 答:县水利局局长邹岚:…: who asks or answers, behind a label for that.
fn inner_head(text: &str, outer: &Shape, known: &Known) -> Option<(Shape, Judged)> {
    if !outer.colon
        || outer.timed != Timed::Never
        || !matches!(outer.label(), "问" | "答" | "提问" | "回答" | "Q" | "A")
    {
        return None;
    }
    let inner = Shape::of(text, outer.words).filter(|inner| inner.colon && inner.timed == Timed::Never)?;
    let judged = judge(&inner, known);
    let names = judged.rule.is_person() || matches!(judged.rule, Rule::Role | Rule::SureRole);
    names.then_some((inner, judged))
}

/// 记者:王静 丘福生 at a paper's foot: who wrote it, and no question.
fn is_credit(text: &str, block: &Block) -> bool {
    if !matches!(block.kind, Kind::Paragraph | Kind::Turn(_)) || block.span.len() > LONGEST_CREDIT {
        return false;
    }
    let Some(shape) = Shape::of(text, block.span).filter(|shape| shape.colon && shape.label().ends_with("记者"))
    else {
        return false;
    };
    let words = fold_str(shape.words.of(text));
    let mut names = words
        .split([' ', '、', ',', '/'])
        .filter(|name| !name.is_empty())
        .peekable();
    names.peek().is_some() && names.all(shaped_like_name)
}

/// Longest line of those who wrote a paper, in bytes.
const LONGEST_CREDIT: usize = 120;

/// Whether a label is one Chinese character that is neither a role's (问:…, 答:…) nor a letter (甲:…).
fn is_one_character(label: &str) -> bool {
    label.chars().count() == 1 && label.chars().all(is_name_char) && !"问答男女甲乙丙丁注图表".contains(label)
}

/// What a time on a line of its own is.
pub(super) fn nobody() -> Kind {
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
                && (key.ends_with("主持人") || matches!(key.as_str(), "主持" | "发言人" | "嘉宾" | "受访者" | "采访者"))
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
    let names = shaped_like_name(&words)
        || mentions
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
        if let Kind::Label { key, value } = &block.kind {
            let folded = fold_str(value.of(text));
            if matches!(
                kind_of(key),
                Some(LabelKind::Present | LabelKind::Host | LabelKind::Recorder)
            ) {
                known.extend(names_listed(&folded).into_iter().map(str::to_owned));
            }
            for mention in mentions_in(&folded, &People::default()) {
                if let Naming::Name(name) = mention.naming {
                    known.insert(name.of(&folded).to_owned());
                }
            }
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;
    use crate::reading::{Document, understand};

    #[test]
    fn whoever_answers_in_a_forum_speaks_and_what_was_copied_there_is_a_paper() {
        let text = "松溪论坛\n查看: 18\n渔溪 发表于 2021-9-17 21:08 | 显示全部楼层\n9月16日，座谈会召开。县水利局局长丘福生说，渠月底通水。\n石桥老陈 发表于 2021-9-18 07:40 | 只看该作者\n沙发！月底能通，我头一个去看。\n荷塘77 发表于 2021-9-18 12:15 | 只看该作者\n支持。\n";
        assert_eq!(
            told(text),
            [
                "丘福生 渠月底通水。",
                "石桥老陈 沙发！月底能通，我头一个去看。",
                "荷塘77 支持。"
            ]
        );
        assert!(told("通知\n\n本通知发表于 2021-9-18，请各村照办。\n").is_empty());
    }

    #[test]
    fn who_wrote_a_paper_asks_nothing_at_its_foot() {
        let text = "发布会\n\n记者：渠哪天通？\n\n丘福生：月底。\n\n记者：何晓岚　韦朝军\n";
        assert_eq!(told(text), ["记者 渠哪天通？", "丘福生 月底。"]);
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
    fn whoever_calls_is_a_speaker_of_his_own() {
        assert_eq!(
            told(
                "热线\n\n主持人：接第一个电话。\n听众陈先生：水管坏了。\n谢文：下午就去。\n听众老周：我表扬一下。\n网友“海风”：路哪天修？\n谢文：月底。\n"
            )
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
            ["主持人", "听众陈先生", "谢文", "听众老周", "网友“海风”", "谢文"]
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

    #[test]
    fn one_name_and_one_sentence_under_a_title_are_a_turn() {
        assert_eq!(
            told("冷链座谈记录（2025.3.18 下午）\n\n李紫莲：蒜薹要四度的库，现在都是零下的。\n"),
            ["李紫莲 蒜薹要四度的库，现在都是零下的。"]
        );
        assert!(told("人物简介\n\n李紫莲：女，汉族，1975年生，青禾县人。\n").is_empty());
    }

    #[test]
    fn whom_the_note_taker_does_not_know_is_somebody_of_his_own() {
        assert_eq!(
            told(
                "田头会记录\n\n闻人俊：电贵不贵？\n一位戴草帽的老汉：以前四毛八。\n年轻媳妇们：还老是刷不上卡！\n闻人俊：我去问。\n[听不清姓名]：哪天去？\n闻人俊：明天。\n"
            )
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>(),
            ["闻人俊", "一位戴草帽的老汉", "年轻媳妇们", "闻人俊", "-", "闻人俊"]
        );
    }

    #[test]
    fn lines_of_a_chat_are_whose_name_stands_before_the_time() {
        let chat = "线上调度\n\n丘福生(主持人) 14:00 都进来了吧，先说库存\nAmy_果品公司 14:01 还有四百吨\n189****0072 14:02 地头价五毛\n用户7H2K 14:03 要包邮\n丘福生(主持人) 14:05 运费县里补\n";
        let speakers: Vec<String> = told(chat)
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(
            speakers,
            ["丘福生", "Amy_果品公司", "189****0072", "用户7H2K", "丘福生"]
        );
        assert!(
            told("日程\n\n签到 8:30 一楼大厅\n开幕 9:00 主会场\n参观 10:00 东门上车\n午餐 12:00 二楼\n").is_empty()
        );
    }

    #[test]
    fn members_of_two_characters_stand_beside_others() {
        let text = "议事会记录\n\n丘福生委员：先修路。\n\n邹岚委员：渠漏水。\n\n石桥村代表：路灯坏了。\n";
        let speakers: Vec<String> = told(text)
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(speakers, ["丘福生", "邹岚", "石桥村代表"]);
    }

    #[test]
    fn who_asks_or_answers_stands_behind_a_label_for_that() {
        let text = "热线记录\n\n问：市民（尾号6620）：报销少了。\n答：县医保局局长丘福生：可以补。\n问：市民何女士：哪天？\n答：五天。\n";
        let speakers: Vec<String> = told(text)
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(speakers, ["市民（尾号6620）", "丘福生", "市民何女士", "丘福生"]);
    }

    #[test]
    fn a_headline_with_a_colon_is_no_turn() {
        let text =
            "青石县长丘福生：三块“田”里找出路\n\n主持人：先说粮食。\n\n丘福生：耕地有五万亩。\n\n主持人：谢谢。\n";
        assert_eq!(told(text).len(), 3);
        let turns = "议事会\n\n丘福生：先修路\n\n何晓岚：行\n\n丘福生：散会\n";
        assert_eq!(told(turns).len(), 3);
    }

    #[test]
    fn not_every_turn_of_a_transcript_has_a_time() {
        let text = "00:00:12 丘福生：都接通没有？\n00:00:31 何晓岚：好的。\n丘福生：能不能升红？\n何晓岚：不够。\n众：听清了。\n00:01:20 丘福生：行。\n丘福生：散会。\n";
        let speakers: Vec<String> = told(text)
            .iter()
            .map(|turn| turn.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(
            speakers,
            ["丘福生", "何晓岚", "丘福生", "何晓岚", "众", "丘福生", "丘福生"]
        );
    }

    #[test]
    fn somebody_of_a_body_speaks_under_it() {
        let text = "调度记录\n\n丘福生：闸修了没有？\n县水务局值班人员：排在五月。\n丘福生：太晚。\n";
        assert_eq!(told(text)[1], "县水务局值班人员 排在五月。");
    }
}
