//! Sentences that end a report on somebody's words: who took part, who was in the chair, that there was talk.

use std::sync::LazyLock;

use crate::text::rows;

#[derive(Default)]
struct Closings {
    ends: Vec<&'static str>,
    modal: Vec<&'static str>,
}

static CLOSINGS: LazyLock<Closings> = LazyLock::new(|| {
    let mut closings = Closings::default();
    for row in rows!("closings.tsv", 2) {
        match row.as_slice() {
            ["ends", word] => closings.ends.push(word),
            ["modal", word] => closings.modal.push(word),
            _ => row.wrong("no row of it"),
        }
    }
    closings
});

/// Longest list of those who took part, in characters.
const LONGEST: usize = 120;

/// Whether a (folded) sentence behind somebody's words tells who took part (县委办等单位负责人参加。) or was in the chair
/// (邹岚主持会议。). Who says that somebody is to take part says must, and speaks on.
pub fn closes_report(sentence: &str, names_first: bool) -> bool {
    let bare = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = CLOSINGS
        .ends
        .iter()
        .any(|end| bare.ends_with(end) && bare.len() > end.len());
    let modal = CLOSINGS.modal.iter().any(|word| bare.contains(word));
    let short = bare.chars().count() <= LONGEST;
    let clauses = bare.matches(',').count();
    ends && !modal && short && (clauses <= 1 || names_first)
}

#[cfg(test)]
mod tests {
    use super::closes_report;

    #[test]
    fn who_took_part_is_the_reporters() {
        for sentence in [
            "县委办、县政府办等单位负责人参加。",
            "邹岚主持会议。",
            "县领导丘福生、廖平陪同调研。",
            "双方还就各领域的合作进行了友好交谈。",
            "市、县有关部门负责同志参加上述活动。",
        ] {
            assert!(closes_report(sentence, false), "{sentence}");
        }
    }

    #[test]
    fn who_is_to_take_part_is_the_speakers() {
        for sentence in [
            "各单位负责人要参加。",
            "下周的会请各镇镇长出席。",
            "让更多的人参加。",
            "我们欢迎大家来参加。",
            "演练谁都不能不参加。",
        ] {
            assert!(!closes_report(sentence, false), "{sentence}");
        }
    }
}
