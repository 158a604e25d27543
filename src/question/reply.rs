//! Questions of how something was replied to, and by whom: 市里答应了吗, 谁答复他的.

use crate::text::words_by_kind;

words_by_kind! {
    /// The words of `replies.tsv`, by kind.
    static REPLIES: Replies = "replies.tsv" {
        /// How it was replied is asked: 答应了吗.
        how,
        /// Either is asked.
        both,
        /// Who replied is asked.
        who,
    }
}

/// Longest question of who replied, in characters.
const LONGEST: usize = 10;

/// Whether a folded question asks how it was replied to.
pub fn asks_reply(typed: &str) -> bool {
    REPLIES.how.iter().chain(&REPLIES.both).any(|word| typed.contains(word))
}

/// Whether it is asked who replied to somebody who was spoken of: 谁答复他的, 是谁回应的.
pub fn asks_who_replied(typed: &str) -> bool {
    let text = typed.trim();
    let asked = text.find(['谁', '哪']).map(|at| &text[at..]);
    text.chars().count() <= LONGEST
        && asked.is_some_and(|asked| REPLIES.both.iter().chain(&REPLIES.who).any(|word| asked.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_asked_for_by_how_and_by_whom() {
        assert!(asks_reply("市里答应了吗") && !asks_reply("市里修路了吗"));
        assert!(asks_who_replied("谁答复他的?") && !asks_who_replied("他答复了谁"));
        assert!(!asks_who_replied("答复他的话一共说了些什么"));
    }
}
