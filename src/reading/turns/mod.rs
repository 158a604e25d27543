//! Turns of minutes and transcripts: `王静(长武县委常委):…`, `[00:12:30] 王静:…`, `发言人1 00:03`.
//!
//! - [`time`]: times as transcripts write them
//! - [`scan`]: a line taken apart from left to right
//! - [`broadcast`]: marks of scripts: 【同期】, 【解说】
//! - [`shape`]: what a line looks like, by its form alone: mark, time, label, unit, colon, words
//! - [`topic`]: labels that nobody speaks under: 原因, 我的意见, 会议强调
//! - [`role`]: labels of whom no name is given: 主持人, 全体, 发言人1
//! - [`naming`]: what a label's words are by themselves: a nickname, a hidden name, a body before a name
//! - [`label`]: whom a label may name, each by a named rule
//! - [`settle`]: what the whole file makes of it: its own way of heading turns decides
//! - [`timed`], [`convention`], [`alone`]: heads with times, heads of a form that recurs, heads that stand alone over words
//! - [`between`]: what stands between heads and behind the last one
//! - [`closing`]: what the note-taker adds behind the last turn
//! - [`called`]: what the head calls somebody in the turns below
//! - [`cards`]: records of several reports, whose labels say who reports and what
//! - [`calls`]: logs of calls and visits, whose labels say whose words stand behind them

mod alone;
mod between;
mod broadcast;
mod called;
mod calls;
mod cards;
mod closing;
mod convention;
mod label;
mod naming;
mod role;
mod rule;
mod scan;
mod settle;
mod shape;
mod time;
mod timed;
mod topic;

pub use between::is_apart;
pub use broadcast::recording_mark;
pub use called::settle as settle_called;
pub use calls::settle as settle_calls;
pub use cards::settle as settle_cards;
pub use closing::{closes, closes_all, in_first_person};
pub use role::{is_numbered, speaks_as_group};
pub use settle::settle;

use crate::reading::layout::{Block, Kind};
use crate::text::{Span, fold_str};
use label::Known;
use rule::Rule;
use shape::Shape;

/// The head of a turn. Spans are bytes of the file's text. With neither name nor office nobody knows who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The name, where there is one.
    pub name: Option<Span>,
    /// The office, where one is given; without a name the label that stands for one: 主持人, 松溪电视台记者.
    pub office: Option<Span>,
    /// The words behind the head.
    pub words: Span,
    /// How sure it is that this is a turn.
    pub sure: bool,
}

/// The head of the turn that the line at `span` is, if it looks like one. What is not `sure` is for [`settle`] to decide.
pub fn turn_head(text: &str, span: Span) -> Option<Head> {
    let shape = Shape::of(text, span)?;
    let judged = label::judge(&shape, &Known::default());
    let may = match () {
        // A name alone is a head by what stands around it.
        () if shape.is_bare() => false,
        // 2024-03-06 08:12 under a title is no transcript's time.
        () if shape.is_time_only() => !shape.is_dated(),
        () if shape.is_timed_line() => {
            judged.rule.is_person() || !shape.is_dated() && shape.label().chars().count() <= label::LONGEST
        }
        () => judged.rule.may_speak() && !shape.runs_on(),
    };
    may.then(|| label::head(&shape, &judged))
}

/// Whether the line at `span` says that somebody posted what stands below: 石桥老陈 发表于 2021-9-18 07:40.
pub fn is_post(text: &str, span: Span) -> bool {
    Shape::of(text, span).is_some_and(|shape| shape.posted)
}

/// Whether a (folded) label is somebody's who asks: 记者, 主持人, 问.
pub fn asks(label: &str) -> bool {
    let label = label.trim();
    judged(label).is_some_and(|rule| rule == Rule::Asks)
        || role::role(label) == Some(Rule::SureRole) && ASKERS.iter().any(|end| label.ends_with(end))
}

/// Whether a (folded) label is somebody's who answers: 答, 余局长, 王静.
pub fn may_answer(label: &str) -> bool {
    judged(label).is_some_and(|rule| rule.is_person() || rule == Rule::SureRole)
}

/// The rule by which a label before a colon is judged.
fn judged(label: &str) -> Option<Rule> {
    let line = format!("{label}:");
    let shape = Shape::of(&line, Span::new(0, line.len())).filter(|shape| shape.colon && shape.label() == label)?;
    Some(label::judge(&shape, &Known::default()).rule)
}

/// Whether a block may be a line of a record: a label with what stands behind it.
fn may_be_labelled(block: &Block) -> bool {
    matches!(
        block.kind,
        Kind::Paragraph | Kind::Turn(_) | Kind::Label { .. } | Kind::Heading
    )
}

/// Nobody's empty stretch before a block, which ends the turn before it.
fn end_before(block: &Block) -> Block {
    let mut mark = block.clone();
    mark.span = Span::new(block.span.start(), block.span.start());
    mark.breaks.clear();
    mark.kind = Kind::Label {
        key: String::new(),
        value: mark.span,
    };
    mark
}

/// A label as the data files have them: without blanks and the marks of bold type.
fn bare_key(label: &str) -> String {
    label.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

/// How the labels of those end who ask.
const ASKERS: [&str; 4] = ["记者", "主持人", "问", "提问"];

/// Whether a line begins as no line goes on: with a time to the second, or with ???: for a name.
pub fn begins_turn(line: &str) -> bool {
    let line = fold_str(line);
    let timed = time::time_at(&line).is_some_and(|end| line[..end].matches(':').count() >= 2);
    let bare = line.trim_start_matches(['?', '×', '*', '○']);
    timed || bare.len() < line.len() && bare.starts_with(':')
}

/// Whether a cell is a time of a recording: 00:01:02.5, 12.04.
pub fn is_time(cell: &str) -> bool {
    let cell = cell.trim();
    time::time_at(cell) == Some(cell.len()) && !cell.is_empty()
        || cell.contains('.') && cell.parse::<f64>().is_ok_and(|seconds| seconds >= 0.0)
}

/// Whom the speaker's cell of a table names: 王静(县水利局), 县水利局局长王静. What cannot be read stands for the name.
pub fn cell_head(text: &str, cell: Span, office: Option<Span>, words: Span) -> Head {
    let as_it_stands = Head {
        name: Some(cell),
        office,
        words,
        sure: true,
    };
    let Some(shape) = Shape::of(text, cell).filter(Shape::is_bare) else {
        return as_it_stands;
    };
    let judged = label::judge(&shape, &Known::default());
    // 成立(县水利局): a word beside a body is a name here.
    let beside = || {
        shape
            .unit
            .filter(|_| naming::is_strange_name(shape.label()))
            .map(|_| shape.label)
    };
    let own = judged.name.and(judged.office).map(|own| shape.original(own));
    match judged.name.or_else(beside) {
        Some(name) => Head {
            name: Some(shape.original(name)),
            office: office.or(own),
            ..as_it_stands
        },
        None => as_it_stands,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> Option<(String, String, String)> {
        let head = turn_head(line, Span::new(0, line.len()))?;
        let of = |span: Option<Span>| span.map_or("", |span| span.of(line)).to_owned();
        Some((of(head.name), of(head.office), head.words.of(line).to_owned()))
    }

    fn is(line: &str, name: &str, office: &str, words: &str) {
        assert_eq!(
            head(line),
            Some((name.to_owned(), office.to_owned(), words.to_owned())),
            "{line}"
        );
    }

    #[test]
    fn names_with_office_unit_and_aside() {
        is(
            "蓝秀珍(长汀县委常委、统战部部长):先说。",
            "蓝秀珍",
            "长汀县委常委、统战部部长",
            "先说。",
        );
        is("长汀县副县长蓝秀珍\u{ff1a}先说。", "蓝秀珍", "长汀县副县长", "先说。");
        is(
            "朝格图(旗乌兰牧骑队长):我补充。",
            "朝格图",
            "旗乌兰牧骑队长",
            "我补充。",
        );
        is("丘福生(笑):我补充。", "丘福生", "", "我补充。");
        is("长汀县(丘福生):我补充。", "丘福生", "", "我补充。");
        is("教育局（丘福生）：我补充。", "丘福生", "", "我补充。");
        is("丘福生（水利局）：我补充。", "丘福生", "", "我补充。");
        is("丘福生  （水利局）  ：我补充。", "丘福生", "", "我补充。");
        is("丘福生副局长：我补充。", "丘福生", "副局长", "我补充。");
        is("县水利局丘福生局长：我补充。", "丘福生", "局长", "我补充。");
        is("县水利局丘福生：我补充。", "丘福生", "", "我补充。");
        is("丘福生同志：我补充。", "丘福生", "", "我补充。");
        is("水利局-丘福生：我补充。", "丘福生", "", "我补充。");
        is("丘福生@水利局：我补充。", "丘福生", "", "我补充。");
        is("丘  静：我补充。", "丘  静", "", "我补充。");
    }

    #[test]
    fn names_behind_a_body_with_a_gap_or_a_bracket() {
        is("水文中心丘 静：还在涨。", "丘 静", "", "还在涨。");
        is(
            "石桥村村民代表 岩 温：我就问一句。",
            "岩 温",
            "石桥村村民代表",
            "我就问一句。",
        );
        is("石桥乡丘福生（乡长）：报告。", "丘福生", "乡长", "报告。");
        is("丘福生委员（书面发言）：渠漏水。", "丘福生", "委员", "渠漏水。");
        // Whom a place or a part of society sent is not called by it.
        is("石桥村代表：渠漏水。", "", "石桥村代表", "渠漏水。");
        is("侨联界委员：渠漏水。", "", "侨联界委员", "渠漏水。");
    }

    #[test]
    fn roles_with_a_bracket_inside_and_a_word_of_speech_behind() {
        is(
            "青禾彩田文化旅游有限公司（承建方）代表：今天就办。",
            "",
            "青禾彩田文化旅游有限公司（承建方）代表",
            "今天就办。",
        );
        let text = "议事会\n\n丘福生：先说路。\n\n一位放牛的老汉说（方言，邹岚翻译）：晚上太吵。\n\n何晓岚：行。\n";
        crate::reading::testing::says(text, "晚上太吵", Some("一位放牛的老汉"));
    }

    #[test]
    fn marks_numbers_bold_and_boxes() {
        is("**丘福生**:好。", "丘福生", "", "好。");
        is("**丘福生：**好。", "丘福生", "", "好。");
        is("**丘福生**（水利局）：好。", "丘福生", "", "好。");
        is("1．丘福生：好。", "丘福生", "", "好。");
        is("（1）丘福生：好。", "丘福生", "", "好。");
        is("①丘福生：好。", "丘福生", "", "好。");
        is("◆ 丘福生：好。", "丘福生", "", "好。");
        is("[丘福生]: 好。", "丘福生", "", "好。");
        is("【丘福生】好。", "丘福生", "", "好。");
        is("【长汀县副县长丘福生】：好。", "丘福生", "长汀县副县长", "好。");
        is("<丘福生> 好。", "丘福生", "", "好。");
    }

    #[test]
    fn times_before_and_behind() {
        is("[00:12:30] 丘福生: 我补充。", "丘福生", "", "我补充。");
        is("00:12:30 丘福生", "丘福生", "", "");
        is("[00:12:30 - 00:12:41] 丘福生(水利局)", "丘福生", "", "");
        is("2025-03-18 09:00:12 丘福生: 好。", "丘福生", "", "好。");
        is("丘福生  00:02", "丘福生", "", "");
        is("丘福生 2025/3/18 9:01:22", "丘福生", "", "");
        is("丘福生(长汀县水利局)(00:00:03):", "丘福生", "", "");
        is("水利局-丘福生(00:00:21): 好。", "丘福生", "", "好。");
        is("[丘福生] 09:30:12", "丘福生", "", "");
        is("09:30:12 From 丘福生 to Everyone: 好。", "丘福生", "", "好。");
        is("发言人2 00:01", "发言人2", "", "");
        is("说话人 1 00:00:00在外围。", "说话人 1", "", "在外围。");
        is("- **发言人1 00:00**", "发言人1", "", "");
        is("Speaker 2  0:21", "Speaker 2", "", "");
        is("SPEAKER_00: 好。", "SPEAKER_00", "", "好。");
        is("138****1234(00:01:10): 好。", "", "138****1234", "好。");
    }

    #[test]
    fn roles_stand_for_who_has_them() {
        is("发言人1:好。", "发言人1", "", "好。");
        is("主持人：好。", "", "主持人", "好。");
        is("《长汀日报》记者：到位没有？", "", "《长汀日报》记者", "到位没有？");
        is("三组组长：好。", "", "三组组长", "好。");
        is("业主甲：好。", "", "业主甲", "好。");
        is("：我补一句。", "", "", "我补一句。");
    }

    #[test]
    fn prose_and_topics_are_no_turns() {
        for line in [
            "会议指出,要抓好三件事:一是修路。",
            "他说:“好。”",
            "原因：去年出过两次事故。",
            "会议强调：要抓好落实。",
            "我的建议：先划临时点。",
            "我补充：要避开弯道。",
            "一是：抓落实。",
            "意见如下：",
            "主要做法有三：",
            "例如：东街。",
            "- [ ] 丘福生：6月底前划好",
            "县长丘福生说：好。",
            "记录：丘福生",
            "责任人：丘福生",
            "丘福生",
            "http://a.example/b",
            "2024-03-06 08:12",
            "2024-03-06 08:12  来源：某县融媒体中心",
            "2024-03-06 08:12 长汀新闻网",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn lines_begin_turns() {
        for (line, begins) in [
            ("2024-03-06 09:01:31 （无）：听不清", true),
            ("[00:12:41] 再说", true),
            ("？？：听不清", true),
            ("9:30在二楼", false),
            ("？", false),
            ("路要先修", false),
        ] {
            assert_eq!(begins_turn(line), begins, "{line}");
        }
    }

    #[test]
    fn a_name_in_bold_with_an_office_needs_no_colon() {
        is(
            "陈楚**（双沟镇党委书记）　领了637座。",
            "陈楚",
            "双沟镇党委书记",
            "领了637座。",
        );
        is(
            "**陈楚**（双沟镇党委书记）领了637座。",
            "陈楚",
            "双沟镇党委书记",
            "领了637座。",
        );
        assert_eq!(head("**陈楚**（见附件）领了637座。"), None);
    }

    #[test]
    fn cells_name_one_person() {
        for (cell, name, office) in [
            ("丘福生（县水利局）", "丘福生", ""),
            ("湛万福（果农）", "湛万福", "果农"),
            ("成立（县水利局）", "成立", ""),
            ("丘福生（副局长）", "丘福生", "副局长"),
            ("县水利局局长丘福生", "丘福生", "县水利局局长"),
            ("县水利局 丘福生", "丘福生", ""),
            ("说话人 3", "说话人 3", ""),
            ("丘福生、何晓岚", "丘福生、何晓岚", ""),
            ("水利局", "水利局", ""),
        ] {
            let span = Span::new(0, cell.len());
            let head = cell_head(cell, span, None, span);
            let of = |span: Option<Span>| span.map_or("", |span| span.of(cell));
            assert_eq!((of(head.name), of(head.office)), (name, office), "{cell}");
        }
    }
}
