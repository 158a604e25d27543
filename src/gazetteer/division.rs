//! One administrative division, its code, level and names; and the county as the rest of huiwen knows it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A six-digit code of GB/T 2260; the first two and four digits are the parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DivisionCode(u32);

impl DivisionCode {
    /// Level that the code's trailing zeros tell.
    pub fn level(self) -> Level {
        match self.0 {
            code if code.is_multiple_of(10_000) => Level::Province,
            code if code.is_multiple_of(100) => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// The codes of the divisions that hold this one, the nearest first.
    pub fn parents(self) -> impl Iterator<Item = DivisionCode> {
        let prefecture = DivisionCode(self.0 / 100 * 100);
        let province = DivisionCode(self.0 / 10_000 * 10_000);
        [prefecture, province].into_iter().filter(move |parent| *parent != self)
    }

    /// Whether `other` lies in this division, or is it.
    pub fn holds(self, other: DivisionCode) -> bool {
        self == other || other.parents().any(|parent| parent == self)
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

/// How high a division stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Provinces, autonomous regions, and cities under the centre.
    Province,
    /// Prefectures and the cities of their rank (咸阳市).
    Prefecture,
    /// Counties, county-level cities, districts, banners (礼泉县, 彬州市).
    County,
}

/// A row of `divisions.tsv`.
#[derive(Clone, Debug)]
pub struct Division {
    code: DivisionCode,
    name: String,
    others: Vec<String>,
}

impl Division {
    /// Reads code, name, and other names between spaces; `None` for a malformed row.
    pub(super) fn from_row(row: &[&str]) -> Option<Division> {
        let [code, name, others @ ..] = row else { return None };
        Some(Division {
            code: DivisionCode(code.parse().ok()?),
            name: (*name).to_owned(),
            others: others
                .iter()
                .flat_map(|names| names.split(' '))
                .map(str::to_owned)
                .collect(),
        })
    }

    /// Adds names that people write for it.
    pub(super) fn also_called<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        self.others.extend(names.map(str::to_owned));
    }

    /// Gives it the name of today; the one before stays known.
    pub(super) fn rename(&mut self, name: &str) {
        let before = std::mem::replace(&mut self.name, name.to_owned());
        if before != name && !self.others.contains(&before) {
            self.others.push(before);
        }
    }

    /// Its code.
    pub fn code(&self) -> DivisionCode {
        self.code
    }

    /// Its full name today.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its level.
    pub fn level(&self) -> Level {
        self.code.level()
    }

    /// The name of today, then older and other spellings.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.others.iter().map(String::as_str))
    }

    /// The county that it is; meaningful for [`Level::County`] only.
    pub(super) fn as_county(&self) -> County {
        County {
            name: self.name.clone(),
            code: Some(self.code),
        }
    }
}

/// A county-level division that somebody speaks for: its full name, and its code where that is certain.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct County {
    name: String,
    code: Option<DivisionCode>,
}

impl County {
    /// A county that the gazetteer doesn't list, or lists several times.
    pub fn unlisted(name: &str) -> County {
        County {
            name: name.to_owned(),
            code: None,
        }
    }

    /// The full name, 礼泉县.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its code, where one county alone can be meant.
    pub fn code(&self) -> Option<DivisionCode> {
        self.code
    }
}

impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
