//! What a question asks for.

use super::lexicon::{Lexicon, Pairs};
use crate::text::Span;

/// What a question asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Want {
    /// What was said.
    #[default]
    Words,
    /// Who said it, or which one county did.
    Who,
    /// Which counties.
    Counties,
    /// When.
    When,
    /// Where.
    Where,
    /// How many, how much.
    HowMany,
    /// Why.
    Why,
    /// What something is.
    Definition,
    /// Points in a row.
    List,
    /// A meeting, a county's remarks, or a topic in short.
    Summary,
    /// Two or more side by side.
    Comparison,
    /// Who spoke at all.
    Speakers,
    /// Which meetings the files hold.
    Meetings,
}

/// Bytes of a message of which it is worth knowing first which characters stand beside each other.
const LONG: usize = 600;

impl Want {
    /// The want that a data file's word names.
    pub(crate) fn from_word(word: &str) -> Option<Want> {
        Some(match word {
            "who" => Want::Who,
            "counties" => Want::Counties,
            "when" => Want::When,
            "where" => Want::Where,
            "how_many" => Want::HowMany,
            "why" => Want::Why,
            "definition" => Want::Definition,
            "list" => Want::List,
            "summary" => Want::Summary,
            "comparison" => Want::Comparison,
            "speakers" => Want::Speakers,
            "meetings" => Want::Meetings,
            _ => return None,
        })
    }

    /// Where a folded question asks how several differ: 有什么区别.
    pub fn compared_at(question: &str) -> Option<Span> {
        let (want, wording) = Want::of(question);
        let (start, end) = wording.filter(|_| want == Want::Comparison)?;
        Some(Span::new(start, end))
    }

    /// Which of day and number a folded question asks for anywhere: both in 要修几座桥,什么时候修好.
    pub fn counted_in(question: &str) -> Vec<Want> {
        let asks = |want: &Want| {
            let mut wordings = Lexicon::shared().wants.iter().filter(|(of, _)| of == want);
            wordings.any(|(_, wording)| wording.find(question).is_some())
        };
        [Want::When, Want::HowMany].into_iter().filter(asks).collect()
    }

    /// What the folded, lower-case `question` asks for, and the bytes of the wording that tells.
    pub(super) fn of(question: &str) -> (Want, Option<(usize, usize)>) {
        let long = (question.len() > LONG).then(|| Pairs::of(question));
        Lexicon::shared()
            .wants
            .iter()
            .filter(|(_, wording)| long.as_ref().is_none_or(|pairs| pairs.may_have(wording)))
            .find_map(|(want, wording)| Some((*want, Some(wording.find(question)?))))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wants_go_by_the_wording() {
        for (question, want) in [
            ("长汀县说了什么", Want::Words),
            ("谁提到了古道?", Want::Who),
            ("有哪些人在会上发言", Want::Speakers),
            ("会是什么时候开的", Want::When),
            ("要修多少公里路", Want::HowMany),
            ("哪三项任务", Want::List),
            ("总结一下这次会议", Want::Summary),
            ("长汀和上杭有什么不同", Want::Comparison),
            ("who spoke for changting?", Want::Who),
        ] {
            assert_eq!(Want::of(question).0, want, "{question}");
        }
        assert_eq!(Want::counted_in("要修几座桥,什么时候修好"), [Want::When, Want::HowMany]);
        assert!(Want::counted_in("谁提到了古道").is_empty());
    }
}
