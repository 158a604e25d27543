//! Words by which questions ask, that answering goes by: `asking.tsv`.

use std::sync::LazyLock;

use crate::text::rows;

/// The words of one kind.
pub(super) type Words = Vec<&'static str>;

/// The words of `asking.tsv`, by kind.
pub(super) struct Asking {
    /// What was done about something is asked: 咋解决的.
    pub(super) solved: Words,
    /// Somebody asks another for something: 请县里….
    pub(super) request: Words,
    /// What stands before what whoever is asked for is: 哪个.
    pub(super) which: Words,
    /// What stands behind it: 讲, 说.
    pub(super) says: Words,
    /// What stands behind what somebody is asked about: 对…有.
    pub(super) toward: Words,
    /// What is due in the days that are named: 到期.
    pub(super) due: Words,
    /// How a clause ends that asks whether something was done: 兑现没有.
    pub(super) whether: Words,
}

/// Read once; a wrong line is an error that names it.
pub(super) static ASKING: LazyLock<Asking> = LazyLock::new(|| {
    let kinds = ["solved", "request", "which", "says", "toward", "due", "whether"];
    let [solved, request, which, says, toward, due, whether] = rows!("asking.tsv", 2).by_kind(kinds);
    Asking {
        solved,
        request,
        which,
        says,
        toward,
        due,
        whether,
    }
});

/// Whether a folded text has one of the words.
pub(super) fn has_any(text: &str, words: &Words) -> bool {
    words.iter().any(|word| text.contains(word))
}
