//! What may stand between a speaker and the cue: adverbs and adverbial phrases (在接受采访时, 对记者, 笑着).

use super::lexicon::Lexicon;
use crate::text::is_clause_mark;

/// Longest object of a gesture before a cue, in characters: 墙上的裂缝.
const LONGEST_GESTURE: usize = 8;

/// Whether what stands between a subject and its cue is adverbials alone.
pub fn is_thin(gap: &str) -> bool {
    strip_thin(gap).is_empty()
}

/// What is left of `gap` when adverbs, adverbials and commas are taken from its front.
pub fn strip_thin(gap: &str) -> &str {
    let lexicon = Lexicon::shared();
    let mut rest = gap;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([',', ' ', '、', '—', '·', ':']);
        rest = adverbial(rest).unwrap_or(rest);
        if let Some(word) = lexicon.adverbs.prefix(rest) {
            rest = rest[word.len()..].trim_start_matches('地');
        }
        if rest.starts_with('(')
            && let Some(end) = rest.find(')')
        {
            rest = &rest[end + 1..];
        }
        if rest == before {
            return rest;
        }
    }
}

/// A subject candidate without the adverbs behind it.
pub fn strip_thin_tail(bare: &str) -> &str {
    let mut tail = bare;
    while let Some(word) = Lexicon::shared()
        .adverbs
        .suffix(tail)
        .filter(|word| word.len() < tail.len())
    {
        tail = &tail[..tail.len() - word.len()];
    }
    tail
}

/// What follows an adverbial phrase: 在…时, 就…, 对记者, 深情地, 谈起…, 笑着.
fn adverbial(rest: &str) -> Option<&str> {
    let whole = rest;
    let clause_end = rest.find(is_clause_mark).unwrap_or(rest.len());
    let clause = &rest[..clause_end];
    const ENDS: [&str; 23] = [
        "环节",
        "阶段",
        "时段",
        "角度",
        "方面",
        "出发",
        "来看",
        "时候",
        "时",
        "之余",
        "之后",
        "期间",
        "间隙",
        "会上",
        "过程中",
        "当天",
        "中",
        "上",
        "后",
        "前",
        "里",
        "下",
        "现场",
    ];
    for lead in [
        "在",
        "当",
        "于",
        "从",
        "随着",
        "参加",
        "出席",
        "主持",
        "接受",
        "看到",
        "听完",
        "听取",
        "看完",
        "走访",
        "调研",
        "回忆起",
        "聊起",
    ] {
        if clause.starts_with(lead) {
            let end = ENDS
                .iter()
                .filter_map(|word| clause.rfind(word).map(|at| at + word.len()))
                .max();
            if let Some(end) = end {
                return Some(&rest[end..]);
            }
        }
    }
    for lead in [
        "对于", "对", "向", "就", "围绕", "针对", "结合", "跟", "与", "和", "同", "根据", "按照", "通过", "代表",
        "作为", "面对", "给", "关于", "基于", "站在", "用", "以", "为", "朝", "带着", "如", "像", "不无", "身为",
        "凭着", "一脸", "满脸", "满怀",
    ] {
        if clause.starts_with(lead) && !clause.starts_with("代表们") {
            return Some(&rest[clause_end..]);
        }
    }
    // 给大家算了一笔账, 拉住记者的手说: whom the words are for.
    for lead in ["给", "拉住", "拉着", "拽住", "握住", "握着", "牵着", "冲着", "当着"] {
        if let Some(object) = clause.strip_prefix(lead) {
            let hearer = [
                "大家",
                "记者",
                "笔者",
                "调研组",
                "众人",
                "我们",
                "乡亲们",
                "在场的人",
                "考察组",
                "与会人员",
                "与会者",
            ]
            .into_iter()
            .find(|hearer| object.starts_with(hearer));
            if let Some(hearer) = hearer {
                let rest = &object[hearer.len()..];
                let rest = rest
                    .strip_prefix("的手")
                    .or(rest.strip_prefix("的面"))
                    .or(rest.strip_prefix("的胳膊"))
                    .unwrap_or(rest);
                return Some(&whole[clause_end - rest.len()..]);
            }
        }
    }
    for lead in [
        "谈及", "谈到", "谈起", "说起", "说到", "提起", "提及", "提到", "讲到", "讲起", "回忆", "回顾", "展望", "聊到",
        "接过", "拿起", "指着", "看着", "望着", "拿着", "捧着", "扶着", "端着", "算起",
    ] {
        if let Some(object) = clause.strip_prefix(lead) {
            if clause_end < rest.len() {
                return Some(&rest[clause_end..]);
            }
            // 指着墙上的裂缝说
            if lead.ends_with('着') && (1..=LONGEST_GESTURE).contains(&object.chars().count()) {
                return Some("");
            }
            // 谈到水库调度时认为
            if let Some(at) = object.rfind('时') {
                return Some(&object[at + '时'.len_utf8()..]);
            }
        }
    }
    // 一边倒奶茶一边说
    if let Some(rest) = clause.strip_prefix("一边").and_then(|behind| behind.find("一边")) {
        return Some(&whole["一边".len() + rest + "一边".len()..]);
    }
    if let Some(end) = speaking(clause) {
        return Some(&rest[end..]);
    }
    // 深情地, 笑着, 笑了笑.
    let manner = clause
        .find('地')
        .filter(|at| clause[..*at].chars().count() <= 8 && *at > 0);
    if let Some(at) = manner {
        return Some(&rest[at + '地'.len_utf8()..]);
    }
    let bearing = clause
        .find('着')
        .filter(|at| clause[..*at].chars().count() <= 3 && *at > 0);
    if let Some(at) = bearing {
        let tail = &clause[at + '着'.len_utf8()..];
        let whole_clause = tail.chars().count() <= 10;
        return Some(if whole_clause {
            &rest[clause_end..]
        } else {
            &rest[at + '着'.len_utf8()..]
        });
    }
    None
}

/// What somebody does while speaking, and a word of time: 讲话时, 作点评讲话时, 发言中.
fn speaking(clause: &str) -> Option<usize> {
    const SPEECHES: [&str; 16] = [
        "讲话", "发言", "点评", "致辞", "致词", "总结", "汇报", "介绍", "交流", "表态", "授课", "宣讲", "主持", "调研",
        "检查", "接访",
    ];
    const TIMES: [&str; 6] = ["时候", "时", "中", "后", "期间", "过程中"];
    let at = SPEECHES
        .iter()
        .filter_map(|word| clause.find(word).map(|at| at + word.len()))
        .max()?;
    let lead = clause[..at].chars().count();
    let time = TIMES.iter().find(|time| clause[at..].starts_with(**time))?;
    let plain = clause[..at].chars().all(super::name_end::is_name_char) && !clause[..at].contains(['的', '在']);
    (lead <= LONGEST_SPEECH && plain).then_some(at + time.len())
}

/// Longest phrase for what somebody does while speaking, in characters: 作大会总结讲话.
const LONGEST_SPEECH: usize = 8;

#[cfg(test)]
mod tests {
    use super::is_thin;

    #[test]
    fn adverbials_are_thin() {
        for gap in [
            "",
            "一再",
            "在接受采访时",
            "深有感触地",
            "对记者",
            ",",
            "在发言中",
            "也多次",
            "笑着",
            "就下一步工作",
            "讲话时",
            "作点评讲话时",
            "在讲话中",
            ",谈起这些年的变化,",
        ] {
            assert!(is_thin(gap), "{gap}");
        }
        for gap in ["走进车间", "的做法", "来到县里,村民", "讲话稿", "的讲话中"] {
            assert!(!is_thin(gap), "{gap}");
        }
    }
}
