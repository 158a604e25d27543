//! Sentences that end a report on somebody's words: who took part, who was in the chair, that there was talk.

use crate::text::words_by_kind;

words_by_kind! {
    /// The words of `closings.tsv`, by kind.
    static CLOSINGS: Closings = "closings.tsv" {
        /// How such a sentence ends: 参加.
        ends,
        /// Verbs of taking part in something: 出席.
        takes,
        /// How what is taken part in ends: 会议.
        occasion,
        /// What such a sentence does not have: 要.
        modal,
    }
}

/// Longest list of those who took part, in characters.
const LONGEST: usize = 120;

/// Whether a (folded) sentence behind somebody's words tells who took part (县委办等单位负责人参加。) or was in the chair
/// (邹岚主持会议。). Who says that somebody is to take part says must, and speaks on.
pub fn closes_report(sentence: &str, names_first: bool) -> bool {
    let bare = sentence.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = takes_part(bare)
        || CLOSINGS
            .ends
            .iter()
            .any(|end| bare.ends_with(end) && bare.len() > end.len());
    let modal = CLOSINGS.modal.iter().any(|word| bare.contains(word));
    let short = bare.chars().count() <= LONGEST;
    let clauses = bare.matches(',').count();
    ends && !modal && short && (clauses <= 1 || names_first)
}

/// Longest name of what somebody takes part in, in characters: 该团讨论.
const LONGEST_OCCASION: usize = 12;

/// Whether a sentence ends with a verb of taking part, alone or with what it was: 参加, 列席了座谈会, 参加该团讨论.
fn takes_part(bare: &str) -> bool {
    CLOSINGS.takes.iter().any(|verb| {
        let Some(at) = bare.rfind(verb).filter(|at| *at > 0) else {
            return false;
        };
        let what = &bare[at + verb.len()..];
        let what = what.strip_prefix('了').unwrap_or(what);
        what.is_empty()
            || what.chars().count() <= LONGEST_OCCASION
                && !what.contains([',', '的'])
                && CLOSINGS.occasion.iter().any(|end| what.ends_with(end))
    })
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
            "市委副书记丘福生参加该团讨论。",
            "松溪县、建阳区有关负责同志列席了座谈会。",
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
