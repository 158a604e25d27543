//! Words about persons by which rules go: `persons.tsv`.

use std::sync::LazyLock;

use crate::text::rows;

/// The data file.
pub(super) struct Persons {
    /// Words that count one person: 一位.
    pub counted: Vec<&'static str>,
    /// Nouns for one person.
    pub nouns: Vec<&'static str>,
    /// How such nouns end.
    pub ends: Vec<&'static str>,
    /// How bodies end that somebody is of without an office.
    pub bodies: Vec<&'static str>,
    /// Prepositions before whom somebody speaks to.
    pub spoken_to: Vec<&'static str>,
    /// What stands behind somebody whom a speaker charges with something, or of whom he tells what is his.
    pub charged: Vec<&'static str>,
    /// What says that somebody is interviewed.
    pub interviewed: Vec<&'static str>,
    /// What somebody's words are called.
    pub words: Vec<&'static str>,
    /// Whoever is somebody's or keeps something, before the name.
    pub kin: Vec<&'static str>,
    /// What somebody does with words, before what they are called.
    pub asks: Vec<&'static str>,
    /// Where somebody is or with whom, before the office and the name.
    pub beside: Vec<&'static str>,
    /// How what somebody without an office is of or at ends.
    pub at: Vec<&'static str>,
    /// Words of speech behind which whoever is told may stand.
    pub told: Vec<&'static str>,
}

pub(super) static PERSONS: LazyLock<Persons> = LazyLock::new(|| {
    let kinds = [
        "counted",
        "nouns",
        "ends",
        "bodies",
        "spoken_to",
        "charged",
        "interviewed",
        "words",
        "kin",
        "asks",
        "beside",
        "at",
        "told",
    ];
    let [
        counted,
        nouns,
        ends,
        bodies,
        spoken_to,
        charged,
        interviewed,
        words,
        kin,
        asks,
        beside,
        at,
        told,
    ] = rows!("persons.tsv", 2).by_kind(kinds);
    Persons {
        counted,
        nouns,
        ends,
        bodies,
        spoken_to,
        charged,
        interviewed,
        words,
        kin,
        asks,
        beside,
        at,
        told,
    }
});
