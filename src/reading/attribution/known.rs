//! What is known of somebody, each with the rule that told it.

use crate::gazetteer::County;
use crate::meeting::{CountyRule, OfficeRule, Speaker};

/// Something that a rule told, or that no rule told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T, R> {
    /// What was told, where it was.
    pub value: Option<T>,
    /// The rule that told it, or that it is open.
    pub rule: Option<R>,
}

/// A speaker's office.
pub type Office = Known<String, OfficeRule>;
/// A speaker's county.
pub type CountyOf = Known<County, CountyRule>;

impl<T, R> Known<T, R> {
    /// Nothing is told.
    pub const OPEN: Known<T, R> = Known {
        value: None,
        rule: None,
    };

    /// What a rule told; open where it told nothing.
    pub fn by(rule: R, value: Option<T>) -> Known<T, R> {
        match value {
            Some(value) => Known {
                value: Some(value),
                rule: Some(rule),
            },
            None => Known::OPEN,
        }
    }

    /// A rule says that it is open.
    pub fn none_by(rule: R) -> Known<T, R> {
        Known {
            value: None,
            rule: Some(rule),
        }
    }

    /// This, or the other where nothing is told here.
    pub fn or(self, other: impl FnOnce() -> Known<T, R>) -> Known<T, R> {
        if self.value.is_some() {
            return self;
        }
        let other = other();
        match other.value {
            Some(_) => other,
            None => Known {
                value: None,
                rule: self.rule.or(other.rule),
            },
        }
    }
}

/// A speaker, with what told the office and the county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// Who.
    pub speaker: Speaker,
    /// What told the office.
    pub office: Option<OfficeRule>,
    /// What told the county, or that it is open.
    pub county: Option<CountyRule>,
}

impl Identified {
    /// The same, called by this phrase.
    pub fn called(mut self, name: String) -> Identified {
        self.speaker.name = Some(name);
        self
    }

    /// Somebody of this name, office and county.
    pub fn new(name: Option<String>, office: Office, county: CountyOf) -> Identified {
        Identified {
            speaker: Speaker {
                name,
                office: office.value,
                county: county.value,
            },
            office: office.rule,
            county: county.rule,
        }
    }

    /// Somebody of whom only this name is known.
    pub fn only_name(name: String) -> Identified {
        Identified::new(Some(name), Office::OPEN, CountyOf::OPEN)
    }
}
