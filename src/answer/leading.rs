//! What leads over into somebody's words: the narration right before a remark, and words that only ask.

use super::evidence::{Evidence, PieceKind};
use crate::index::{Passage, Said, normalized};
use crate::meeting::Voice;
use crate::text::{
    Span, ends_sentence, fold_char, fold_str, is_clause_mark, is_sentence_mark, sentences, words_by_kind,
};

/// Longest narration that may do nothing but lead over, in characters.
const SHORT: usize = 45;

words_by_kind! {
    /// The words of `attending.tsv`, by kind.
    static ATTENDING: Attending = "attending.tsv" {
        /// How lines begin that list who came: 出席.
        line,
        /// The words of a question that asks of it.
        asked,
    }
}

/// Whether narration does nothing but list who came: 出席:霍启明、岑敏之.
pub fn only_lists_who_came(words: &str) -> bool {
    let folded = fold_str(words.trim_start());
    let head = folded.split_once(':').map(|(head, _)| head);
    head.is_some_and(|head| ATTENDING.line.contains(&head)) && !folded.contains('。')
}

/// Whether a question may be of who came.
pub fn asks_who_came(question: &str) -> bool {
    ATTENDING.asked.iter().any(|word| question.contains(word))
}

/// Whether a remark does nothing but ask, as an interviewer does.
pub fn only_asks(words: &str) -> bool {
    // Few remarks end so: the rest is folded for these alone.
    let ends_asking = words
        .trim_end()
        .chars()
        .next_back()
        .is_some_and(|c| fold_char(c) == '?');
    ends_asking && !fold_str(words).contains('。')
}

words_by_kind! {
    /// The words of `telling.tsv`, by kind.
    static TELLING: Telling = "telling.tsv" {
        /// How narration tells what somebody said.
        tells,
        /// How it only tells that they spoke.
        announces,
    }
}

/// Whether a remark may tell what somebody said: somebody's words do, and narration that has a word for it. That somebody
/// spoke (出席并讲话, 进行现场表态) tells nothing of what they said.
pub fn tells(passage: &Passage, said: &Said) -> bool {
    if said.voice.is_spoken() {
        return true;
    }
    let mut words = fold_str(passage.words_of(said));
    for announced in &TELLING.announces {
        words = words.replace(announced, "");
    }
    TELLING.tells.iter().any(|word| words.contains(word))
}

/// The narration right before a remark.
fn lead_in<'p>(passage: &'p Passage, said: &Said) -> &'p str {
    let before = passage
        .remarks
        .iter()
        .rfind(|other| other.span.end() <= said.span.start());
    let lead_in = before.filter(|other| {
        let gap = &passage.text[other.span.end()..said.span.start()];
        !other.voice.is_spoken() && said.voice.is_spoken() && !gap.contains('\n')
    });
    lead_in.map_or("", |other| passage.words_of(other))
}

/// A remark's words with the narration right before it: 尤丽华不同意: "…".
pub fn with_lead_in(passage: &Passage, said: &Said) -> String {
    format!("{}{}", lead_in(passage, said), passage.words_of(said))
}

/// Longest sentence that leads over into a remark, in characters.
const LEAD: usize = 60;

/// How much of what is asked stands in the narration that leads over into a remark: 他打了个比方: “…”.
pub fn led(evidence: &Evidence, passage: &Passage, said: &Said) -> f32 {
    let lead = lead_in(passage, said);
    // What stands sentences before it leads over to nothing.
    let lead = sentences(lead).last().map_or("", |last| last.of(lead));
    if lead.is_empty() || lead.chars().count() > LEAD {
        return 0.0;
    }
    evidence
        .coverage(&normalized(lead), "")
        .filter(|_| evidence.pieces.iter().any(|piece| piece.kind == PieceKind::Word))
        .unwrap_or(0.0)
}

/// Whether a stretch of narration does no more than say who speaks next (长武县委常委、统战部部长王静说:).
pub fn only_leads_in(passage: &Passage, said: &Said) -> bool {
    !passage.words_of(said).contains(is_sentence_mark) && goes_over(passage, said)
}

/// Whether short narration ends by saying who speaks next (最后发言的是局长章立群。他提醒).
pub fn leads_in(passage: &Passage, said: &Said) -> bool {
    let words = passage.words_of(said);
    !ends_sentence(words) && words.chars().count() <= SHORT && goes_over(passage, said)
}

/// Whether narration goes over into somebody's words.
fn goes_over(passage: &Passage, said: &Said) -> bool {
    !said.voice.is_spoken()
        && passage
            .remarks
            .iter()
            .find(|other| other.span.start() >= said.span.end())
            .is_some_and(|next| {
                next.voice.is_spoken() && !passage.text[said.span.end()..next.span.start()].contains('\n')
            })
}

/// Longest lead-in of a decision, in characters.
const DECISION: usize = 12;

/// A stretch of a group's remark with the words that say what it did: without 会议同意 nobody knows whether it agreed.
pub fn with_decision(passage: &Passage, said: &Said, span: Span, longest: usize) -> Span {
    if !matches!(said.voice, Voice::Group { .. }) || span.start() > said.span.start() {
        return span;
    }
    let lead = passage
        .remarks
        .iter()
        .rfind(|other| other.span.end() <= said.span.start());
    let Some(lead) = lead.filter(|other| !other.voice.is_spoken() && other.span.end() == said.span.start()) else {
        return span;
    };
    let words = passage.words_of(lead);
    let from = lead.span.start()
        + words
            .rfind(is_clause_mark)
            .map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    let verb = &passage.text[from..span.start()];
    let longer = Span::new(from, span.end());
    let fits =
        (1..=DECISION).contains(&verb.trim().chars().count()) && longer.of(&passage.text).chars().count() <= longest;
    if fits && !verb.contains('\n') { longer } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_who_came_tells_nothing_else() {
        assert!(only_lists_who_came("出席：霍启明、岑敏之") && only_lists_who_came("参会人员:卞小满"));
        assert!(!only_lists_who_came("出席会议的霍启明说：先修桥。") && !only_lists_who_came("先修桥：三座。"));
        assert!(asks_who_came("谁出席了会议") && !asks_who_came("沙湾镇是什么情况"));
    }
}
