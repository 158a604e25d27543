//! Words about persons by which rules go: `persons.tsv`.

use crate::text::words_by_kind;

words_by_kind! {
    /// The words of `persons.tsv`, by kind.
    pub(super) static PERSONS: Persons = "persons.tsv" {
        /// Words that count one person: 一位.
        counted,
        /// Nouns for one person.
        nouns,
        /// How such nouns end.
        ends,
        /// How bodies end that somebody is of without an office.
        bodies,
        /// Prepositions before whom somebody speaks to.
        spoken_to,
        /// What stands behind somebody whom a speaker charges with something, or of whom he tells what is his.
        charged,
        /// What says that somebody is interviewed.
        interviewed,
        /// What somebody's words are called.
        words,
        /// Whoever is somebody's or keeps something, before the name.
        kin,
        /// What somebody does with words, before what they are called.
        asks,
        /// Where somebody is or with whom, before the office and the name.
        beside,
        /// How what somebody without an office is of or at ends.
        at,
        /// Words of speech behind which whoever is told may stand.
        told,
    }
}
