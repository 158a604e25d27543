//! What a question wants, and whether a stretch has it: a number of what is counted, a term, the voice that can tell it.

use std::sync::LazyLock;

use super::asking::ASKING;
use super::due::dues;
use super::weights::Weights;
use super::window::is_numeral;
use crate::index::{Hit, Passage, Snapshot};
use crate::meeting::Voice;
use crate::question::{Question, Want};
use crate::text::{Segmenter, Span, fold_str, is_han, rows};

/// What is done, where it is asked who does what papers tell themselves: 牵头 of 谁牵头.
pub fn act(question: &Question) -> Option<&'static str> {
    const ACTS: [&str; 17] = [
        "主持", "带队", "率队", "陪同", "出席", "参加", "列席", "宣读", "牵头", "负责", "包案", "分管", "批示", "记录",
        "召集", "召开", "签字",
    ];
    let told = question.shape.told && question.want == Want::Who;
    ACTS.into_iter().find(|act| told && question.typed.contains(act))
}

/// Whether the paper's meeting was held on a day that the question names: evidence, where the day does not narrow it.
pub fn of_day(question: &Question, hit: &Hit, snapshot: &Snapshot) -> f32 {
    let Some(named) = &question.days else { return 0.0 };
    let dates = snapshot.catalogue().file(&hit.file).and_then(|entry| entry.dates());
    if dates.is_some_and(|dates| named.days.include(dates)) {
        1.0
    } else {
        0.0
    }
}

/// Whether a stretch has a number of what is counted: 九座 for 几座, 三十公里 for 多少公里.
pub fn measured(question: &Question, words: &str) -> f32 {
    if question.want != Want::HowMany {
        return 0.0;
    }
    let typed = &question.typed;
    let behind = behind_how_many(typed);
    let folded = fold_str(words);
    if has_number_of(typed, &folded) {
        return 1.0;
    }
    let measures: &[&str] = match behind.and_then(|behind| behind.chars().next()) {
        _ if lasts(question) => &["年", "个月", "月", "周", "天", "日", "小时", "分钟"],
        Some('钱') => return if tells_money(&folded) { 1.0 } else { 0.0 },
        // 请了多少人: 80多名.
        Some('人') => &["人", "名", "位"],
        Some(c) if c.is_alphabetic() => return has_numbers_of(&folded, &[c.to_string().as_str()]),
        _ => return 0.0,
    };
    has_numbers_of(&folded, measures)
}

/// What stands behind 多少 or 几.
fn behind_how_many(typed: &str) -> Option<&str> {
    let mut asks = ["多少", "几"].iter();
    asks.find_map(|asks| typed.split_once(asks)).map(|(_, behind)| behind)
}

/// Wordings that ask how long something lasts.
const LASTING: [&str; 3] = ["多久", "多长时间", "多少时间"];

/// Whether it is asked how long something lasts: 他干这行多久了.
pub fn lasts(question: &Question) -> bool {
    LASTING.iter().any(|asks| question.typed.contains(asks))
}

/// 1 where a number stands right before one of the measures in a folded text, about so many (80多名) too; else 0.
fn has_numbers_of(folded: &str, measures: &[&str]) -> f32 {
    let counted = measures.iter().any(|measure| {
        folded.match_indices(measure).any(|(at, _)| {
            let before = folded[..at].trim_end_matches(['多', '余', '来', '几']);
            before.ends_with(is_numeral)
        })
    });
    if counted { 1.0 } else { 0.0 }
}

/// Whether a folded text tells a sum of money: 1.46亿元, 三百多万, 每吨2块6; 7.3万人 and 三分之一 are none.
fn tells_money(folded: &str) -> bool {
    let coin = |unit: &str, not: &[char]| {
        folded.match_indices(unit).any(|(at, _)| {
            let before = folded[..at].trim_end_matches(['多', '余', '来', '几', '万', '亿', '千', '百']);
            let behind = &folded[at + unit.len()..];
            before.ends_with(is_numeral) && !behind.starts_with(not)
        })
    };
    let large = |unit: &str| {
        folded.match_indices(unit).any(|(at, _)| {
            let before = folded[..at].trim_end_matches(['多', '余', '来', '几', '千', '百', '十']);
            before.ends_with(is_numeral) && !folded[at + unit.len()..].starts_with(is_han)
        })
    };
    coin("元", &[])
        || coin("块", &['田', '地', '石', '牌', '砖'])
        || coin("毛", &[])
        || coin("角", &[])
        || coin("分", &['之', '钟', '别', '成', '为'])
        || coin("钱", &[])
        || large("万")
        || large("亿")
}

/// What an answer's number or day must be told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// No number is asked for.
    None,
    /// Any number.
    Number,
    /// A sum: 多少钱.
    Money,
    /// A month: 哪个月.
    Month,
    /// A share: 百分之几.
    Percent,
    /// What the question counts in, and what may stand for it: 多少亩.
    Of(&'static [&'static str]),
}

/// The rows of `measures.tsv`: measures that a question may name, each with what else the same is counted in.
static MEASURES: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    rows!("measures.tsv", 2)
        .map(|row| (row[0], row[1].split(' ').collect()))
        .collect()
});

/// The words of `sums.tsv`.
static SUMS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("sums.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// Whether the number of a thing is asked for that is a sum of money: 总投资是多少.
fn asks_for_a_sum(typed: &str) -> bool {
    let before = typed.find("多少").map_or("", |at| &typed[..at]);
    let before = before.trim_end_matches([
        '是', '为', '有', '要', '达', '到', '了', '约', '能', '共', '总', '一', '的', '个',
    ]);
    let behind = behind_how_many(typed).unwrap_or_default();
    // 投资多少个项目 counts projects.
    let counts_things = behind
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !"钱元万亿呢吗啊".contains(c));
    !counts_things && SUMS.iter().any(|thing| before.ends_with(thing))
}

impl Unit {
    /// What a question asks for.
    pub fn of(question: &Question) -> Unit {
        let asks = |words: &[&str]| words.iter().any(|word| question.typed.contains(word));
        match question.want {
            Want::HowMany if asks(&["多少钱", "多少元", "几块钱", "几毛", "几元"]) => Unit::Money,
            Want::HowMany if asks_for_a_sum(&question.typed) => Unit::Money,
            Want::HowMany if asks(&["百分之几", "百分之多少", "百分点"]) => Unit::Percent,
            Want::HowMany => {
                let behind = behind_how_many(&question.typed).unwrap_or_default();
                let behind = behind.trim_start_matches(['万', '亿', '千', '百', '十']);
                let named = MEASURES.iter().find(|(measure, _)| behind.starts_with(measure));
                named.map_or(Unit::Number, |(_, measures)| Unit::Of(measures))
            }
            Want::When if asks(&["哪个月", "哪月", "几月"]) => Unit::Month,
            _ => Unit::None,
        }
    }

    /// Whether words have it at all, beside those of the question (二级 of 二级公路投资多少): without it they are no answer.
    pub fn is_told(self, words: &str, question: &Question) -> bool {
        let mut words = fold_str(words);
        for word in question
            .topic
            .words
            .iter()
            // The 6 of 9月6日 stands in 1.6公里 too.
            .filter(|word| word.term.contains(is_numeral) && word.term.contains(|c: char| !c.is_ascii_digit()))
        {
            words = words.replace(&word.term, "");
        }
        self.stands_in(&words)
    }

    fn stands_in(self, folded: &str) -> bool {
        let measures: &[&str] = match self {
            Unit::None => return true,
            Unit::Number => return folded.contains(is_numeral),
            Unit::Money => return tells_money(folded),
            Unit::Month => &["月"],
            Unit::Percent => return folded.contains(['%', '‰']) || folded.contains("百分"),
            Unit::Of(measures) => measures,
        };
        has_numbers_of(folded, measures) > 0.0
    }
}

/// How far behind a thing its number may stand, in characters: 总投资约1.46亿元.
const NUMBER: usize = 3;

/// Whether a number stands right behind the thing before 多少: 总投资1.46亿元 for 总投资多少.
fn has_number_of(typed: &str, words: &str) -> bool {
    let Some(at) = typed.find("多少") else { return false };
    let before = typed[..at].trim_end_matches(['是', '为', '有', '要', '达', '到', '了']);
    let Some((last, thing)) = Segmenter::shared().words(before).pop() else {
        return false;
    };
    // 学生交多少: 交30元.
    let does = thing.chars().nth(1).is_none()
        && Segmenter::shared()
            .part_of_speech(thing)
            .is_some_and(|tag| tag.starts_with('v'));
    if does
        && words.match_indices(thing).any(|(at, _)| {
            words[at + thing.len()..]
                .trim_start_matches('了')
                .starts_with(is_numeral)
        })
    {
        return true;
    }
    // A word that the dictionary does not know falls into its characters: 危桥.
    let thing = match before[..last.start()].chars().next_back() {
        Some(first) if thing.chars().nth(1).is_none() => &before[last.start() - first.len_utf8()..],
        _ => thing,
    };
    if !thing.chars().all(is_han) || thing.chars().nth(1).is_none() {
        return false;
    }
    words
        .match_indices(thing)
        .any(|(at, _)| words[at + thing.len()..].chars().take(NUMBER).any(is_numeral))
}

/// Whether a stretch tells until when, where it is asked when something will be.
pub fn term(question: &Question, passage: &Passage, window: Span) -> f32 {
    let asks = question.want == Want::When && !dues(window.of(&passage.text), None).is_empty();
    if asks { 1.0 } else { 0.0 }
}

/// Who said it: a person's words. When and where it was, or anything of the meeting itself: the report's own. Of what
/// is spoken of: another's words.
pub fn preference(question: &Question, voice: &Voice, weights: &Weights) -> f32 {
    let of_itself = question.spoken_of.iter().any(|party| party.speaks(voice));
    let of_meeting = (question.scope.parties.is_empty() || question.scope.soft) && !question.topic.is_specific();
    let kind = match (question.want, voice) {
        (Want::When | Want::Where, Voice::Narrator) => weights.voice,
        (Want::When | Want::Where, _) => 0.0,
        // 谁主持, 谁作的报告: the reporter tells it.
        (Want::Who, Voice::Narrator) if question.shape.told && act(question).is_none() => weights.told,
        (Want::Who, _) if question.shape.told || question.shape.owner => 0.0,
        (Want::Who | Want::Counties, Voice::Person { .. }) => weights.whose,
        (Want::Who | Want::Counties, _) => 0.0,
        (Want::Why | Want::Words | Want::HowMany, Voice::Narrator) if of_meeting => weights.of_meeting,
        (_, Voice::Narrator) => 0.0,
        (Want::Words | Want::List, _) if !of_meeting => weights.spoken,
        _ => weights.voice / 2.0,
    };
    let asked = asked_role(&question.typed).is_some_and(|role| {
        let held = [voice.office(), voice.name()];
        held.into_iter().flatten().any(|held| held.contains(role))
    });
    kind + if asked { weights.whose } else { 0.0 } - if of_itself { weights.of_itself } else { 0.0 }
}

/// What whoever is asked for is: 委员 of 哪个委员讲的, 老板 of 哪位老板说厂里停电.
fn asked_role(typed: &str) -> Option<&str> {
    ASKING.which.iter().find_map(|which| {
        let behind = &typed[typed.find(*which)? + which.len()..];
        let end = ASKING.says.iter().filter_map(|says| behind.find(*says)).min()?;
        let role = &behind[..end];
        (2..=LONGEST_ROLE).contains(&role.chars().count()).then_some(role)
    })
}

/// Longest word for what somebody is, in characters.
const LONGEST_ROLE: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_and_a_month_are_told_as_such() {
        assert!(Unit::Money.stands_in("每立方米1.55元") && Unit::Money.stands_in("一共三百多万"));
        assert!(!Unit::Money.stands_in("三个没有想到"));
        assert!(!Unit::Money.stands_in("受益群众7.3万人,占三分之一") && Unit::Money.stands_in("先拿出三百万,再说"));
        assert!(Unit::Percent.stands_in("增长6.5%") && !Unit::Percent.stands_in("增长6亿元"));
        let acres = Unit::Of(&["亩", "公顷", "顷", "平方"]);
        assert!(
            acres.stands_in("扩到3.2万亩") && acres.stands_in("五千余亩") && !acres.stands_in("种了十几年山,三点想法")
        );
        assert!(Unit::Month.stands_in("从5月起") && !Unit::Month.stands_in("2011年定的,没有动过"));
    }

    #[test]
    fn what_somebody_is_stands_behind_which() {
        assert_eq!(asked_role("大会发言,哪个委员讲的木瓜"), Some("委员"));
        assert_eq!(asked_role("哪位村民代表提到了冷库"), Some("村民代表"));
        assert_eq!(asked_role("哪个说的对"), None);
        assert_eq!(asked_role("谁讲的木瓜"), None);
    }

    #[test]
    fn a_day_that_is_asked_of_takes_no_figure_away() {
        let word = |term: &str| crate::question::TopicWord {
            term: term.to_owned(),
            ..Default::default()
        };
        let mut question = Question::default();
        question.topic.words = ["9", "6", "二级"].map(word).to_vec();
        let kilometres = Unit::Of(&["公里"]);
        assert!(kilometres.is_told("全长1.6公里", &question));
        assert!(!Unit::Number.is_told("修的是二级公路", &question));
    }

    #[test]
    fn what_costs_money_is_told_as_a_sum() {
        assert!(asks_for_a_sum("卫生院迁建总投资是多少") && asks_for_a_sum("去年总产值达到多少"));
        assert!(!asks_for_a_sum("粮食产量多少") && !asks_for_a_sum("去年投资多少个项目"));
    }

    #[test]
    fn a_number_stands_right_behind_its_thing() {
        assert_eq!(has_numbers_of("邀请80多名专家", &["人", "名"]), 1.0);
        assert_eq!(has_numbers_of("专家名单,80万元", &["人", "名"]), 0.0);
        assert!(has_number_of("渡改桥的总投资是多少", "全桥总投资约1.46亿元"));
        assert!(has_number_of("全县危桥有多少", "查出危桥27座"));
        assert!(has_number_of("今年粮食产量多少", "粮食产量20万吨"));
        assert!(has_number_of("大人一年交多少", "成年人每人每年交130元"));
        assert!(!has_number_of("大人一年交多少", "缴费点有130个,交到那里就行"));
        // Another thing's, or too far behind.
        assert!(!has_number_of(
            "渡改桥的总投资是多少",
            "投产3年，总投资尚未落实，缺口860万元"
        ));
        assert!(!has_number_of("来了多少", "27座"));
    }
}
