//! The shape of an answer: one quote, all there is, in order of time, a verdict, a list of tasks.

use super::lexicon::{Lexicon, Wording};
use crate::text::{quotations, rows};

/// What shape a question's wording gives its answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Everything that there is of it: 都说了什么, 列出, 所有.
    pub all: bool,
    /// In order of time: 先后, 怎么变的.
    pub over_time: bool,
    /// Who said it first, or what was said of it first: 最早说什么时候通车.
    pub first: bool,
    /// How it went on with what was asked before: 后来呢.
    pub later: bool,
    /// What a report tells itself: 谁主持, 谁作的报告.
    pub told: bool,
    /// Who is to do something: 由谁牵头.
    pub owner: bool,
    /// What somebody is to do, where somebody is named: 丁少华负责什么; a firm's business is told by the report.
    pub duties: bool,
    /// Whether somebody said something: 是不是说过.
    pub verify: bool,
    /// What is to be done: 谁负责什么, 要督办的.
    pub tasks: bool,
    /// What is still to be done, of tasks.
    pub open: bool,
    /// What is not done yet, of whatever it is: 还有哪些项目没办完. Rows of what only sounds like it stand behind.
    pub unfinished: bool,
    /// What a meeting decided of a matter: 对学校议定了哪几条.
    pub decided: bool,
}

/// A row of `shapes.tsv`.
#[derive(Clone, Debug)]
pub struct ShapeRow {
    set: fn(&mut Shape),
    wording: Wording,
}

/// The rows of `shapes.tsv`.
///
/// # Panics
///
/// Where a line is none: the file is part of the program, and a test reads it.
pub fn load() -> Vec<ShapeRow> {
    rows!("shapes.tsv", 2)
        .flat_map(|row| {
            let set: fn(&mut Shape) = match row[0] {
                "all" => |shape| shape.all = true,
                "over_time" => |shape| shape.over_time = true,
                "first" => |shape| shape.first = true,
                "told" => |shape| shape.told = true,
                "owner" => |shape| shape.owner = true,
                "duties" => |shape| shape.duties = true,
                "verify" => |shape| shape.verify = true,
                "tasks" => |shape| shape.tasks = true,
                "open" => |shape| shape.open = true,
                "unfinished" => |shape| shape.unfinished = true,
                "not_unfinished" => |shape| shape.unfinished = false,
                "decided" => |shape| shape.decided = true,
                _ => row.wrong("no such shape"),
            };
            Wording::all(&row, 1).map(move |wording| ShapeRow { set, wording })
        })
        .collect()
}

impl Shape {
    /// What the folded `question` asks for.
    pub fn of(question: &str) -> Shape {
        // 说过“什么时候修路”没有: what somebody is asked to have said is no wording of the question.
        let mut bare = question.to_owned();
        for quotation in quotations(question).iter().rev() {
            bare.replace_range(quotation.inner.start()..quotation.inner.end(), "");
        }
        let mut shape = Shape::default();
        for row in &Lexicon::shared().shapes {
            if row.wording.find(&bare).is_some() {
                (row.set)(&mut shape);
            }
        }
        // 王静有没有说过什么 asks what, not whether.
        let asks = ["什么", "哪", "怎么", "怎样", "多少", "几", "啥", "谁"];
        shape.verify &= !asks.iter().any(|word| bare.contains(word));
        // 目前还有哪些任务没有完成 is of tasks, 学校没有完成的原因 is not.
        shape.open &= shape.tasks;
        shape
    }
}

/// Whether it asks which of several said it: 是王静说的还是李强说的.
pub fn asks_which_of(question: &str) -> bool {
    let said = ["说的", "讲的", "提的", "说", "讲", "提"];
    question.split_once("还是").is_some_and(|(before, behind)| {
        let before = before.trim_end_matches([',', ' ']);
        said.iter().any(|said| before.ends_with(said) || behind.contains(said)) && before.contains('是')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_go_by_the_wording() {
        assert!(Shape::of("莫春燕历次会议上都说了什么").over_time && Shape::of("莫春燕都说了什么").all);
        assert!(Shape::of("会议谁主持?").told && Shape::of("桥头会布置了哪些需要督办的事项").tasks);
        assert!(Shape::of("核实一下:莫春燕说过“不修好路不走、不通电不走”没有").verify);
        assert!(Shape::of("莫春燕是不是说过“什么时候修路”?").verify && !Shape::of("莫春燕有没有说过什么").verify);
        assert!(Shape::of("这句是莫春燕讲的?").verify && !Shape::of("这句话是谁讲的?").verify);
        assert!(Shape::of("莫春燕有没有要求不漏一户").verify && !Shape::of("莫春燕有没有要求什么").verify);
        assert!(Shape::of("目前还有哪些任务没有完成").open && !Shape::of("桥为什么没有完成").open);
        for asks in [
            "目前还有哪些民生项目没办完?",
            "今年年底前还有哪些事没办完",
            "肉牛产业园还有什么没落实",
            "哪些事到现在还没办",
        ] {
            assert!(Shape::of(asks).unfinished, "{asks}");
        }
        for other in [
            "桥为什么没有完成",
            "还有多少户没有签",
            "谁没有完成任务",
            "有哪些县没有发言",
        ] {
            assert!(!Shape::of(other).unfinished, "{other}");
        }
        assert!(
            Shape::of("2024年的常委会对学校议定了哪几条").decided && Shape::of("供热管网,常务会是怎么定的").decided
        );
        assert!(!Shape::of("这条路谁定了").decided && !Shape::of("会上王静说了哪几条").decided);
        assert_eq!(Shape::of("谁提到了古道"), Shape::default());
        assert!(asks_which_of("这话是王静说的还是李强说的") && !asks_which_of("王静还是说要修路吗"));
    }
}
