//! What of a thing changed, where it is asked how it went on: its day, its number. What tells neither tells nothing of that.

use std::sync::LazyLock;

use super::completing::tells;
use super::window::is_numeral;
use crate::question::{Question, Want};
use crate::text::{fold_str, rows};

/// The rows of `changing.tsv`: what is wanted of each, and the words of a question that ask it.
static CHANGING: LazyLock<Vec<(Want, Vec<&'static str>)>> = LazyLock::new(|| {
    rows!("changing.tsv", 2)
        .map(|row| {
            let want = match row[0] {
                "day" => Want::When,
                "number" => Want::HowMany,
                _ => row.wrong("neither a day nor a number"),
            };
            (want, row[1].split(' ').collect())
        })
        .collect()
});

/// The question of what changed with the thing, rather than how often or how: 通车时间改了几次 asks for days.
pub(super) fn settled(question: &Question) -> Question {
    let asked = CHANGING
        .iter()
        .find(|(_, words)| words.iter().any(|word| question.typed.contains(word)));
    Question {
        want: asked.map_or(question.want, |(want, _)| *want),
        ..question.clone()
    }
}

/// Whether words tell a state of what changed.
pub(super) fn tells_state(question: &Question, words: &str) -> bool {
    match question.want {
        Want::HowMany => tells_number(words),
        want => tells(want, question, words),
    }
}

/// Whether words hold a number: in figures, or in more than one numeral (二期 is none).
fn tells_number(words: &str) -> bool {
    let mut before = false;
    fold_str(words).chars().any(|c| {
        let two = before && is_numeral(c);
        before = is_numeral(c);
        two || c.is_ascii_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> Want {
        let question = Question {
            typed: typed.to_owned(),
            want: Want::Words,
            ..Question::default()
        };
        settled(&question).want
    }

    #[test]
    fn what_changed_is_a_day_a_number_or_anything() {
        assert_eq!(asked("青禾大桥的通车时间前后怎么变的"), Want::When);
        assert_eq!(asked("欠账还剩多少,前后怎么变的"), Want::HowMany);
        assert_eq!(asked("莫县长对红黄牌的说法前后有什么变化"), Want::Words);
    }

    #[test]
    fn a_state_is_told_by_what_changed() {
        let of = |want| Question {
            want,
            ..Question::default()
        };
        assert!(
            tells_state(&of(Want::When), "由10月底调整为12月20日") && !tells_state(&of(Want::When), "我接着说两句。")
        );
        assert!(
            tells_state(&of(Want::HowMany), "从六千八到九十六") && !tells_state(&of(Want::HowMany), "二期占了草原")
        );
        assert!(tells_state(&of(Want::Words), "二期占了草原"));
    }
}
