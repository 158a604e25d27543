//! Words by which questions ask, that answering goes by: `asking.tsv`.

use crate::text::words_by_kind;

words_by_kind! {
    /// The words of `asking.tsv`, by kind.
    pub(super) static ASKING: Asking = "asking.tsv" {
        /// What was done about something is asked: 咋解决的.
        solved,
        /// Somebody asks another for something: 请县里….
        request,
        /// What stands before what whoever is asked for is: 哪个.
        which,
        /// What stands behind it: 讲, 说.
        says,
        /// What stands behind what somebody is asked about: 对…有.
        toward,
        /// What is due in the days that are named: 到期.
        due,
        /// How a clause ends that asks whether something was done: 兑现没有.
        whether,
    }
}

/// Whether a folded text has one of the words.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
