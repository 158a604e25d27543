//! The persons of one document: what was learnt of each, so that a name alone is enough later.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::known::{CountyOf, Office};
use super::lexicon::Lexicon;
use super::name::MEMBERS;
use super::name_end::nth_boundary;
use super::only;
use crate::meeting::CountyRule;
use crate::text::{Span, fold_str};

/// A person of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as the file writes it.
    pub name: String,
    /// The first office given.
    pub office: Office,
    /// The county spoken for.
    pub county: CountyOf,
    /// The name folded, by which it is found.
    folded: String,
}

/// Of two offices of one person, each with the county that it tells, the one that is more than a congress's word for its
/// members, or the one that says more of the same (青石县委书记 for 县委书记), else the first. The county is that office's; the
/// other's where it tells none and is none above the counties (省委书记, called 书记 in a county's paper).
pub fn fuller(first: (Office, CountyOf), other: (Office, CountyOf)) -> (Office, CountyOf) {
    let says_more = match (&first.0.value, &other.0.value) {
        // 王静代表是…村党支部书记: what a congress calls her is no more than that.
        (Some(first), Some(_)) if MEMBERS.contains(&first.as_str()) => true,
        (Some(first), Some(other)) => other.len() > first.len() && other.ends_with(first.as_str()),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let ((office, county), (_, less)) = if says_more { (other, first) } else { (first, other) };
    // 自治区人大代表 who is also 松溪县联盟村党支部书记 speaks for 松溪县.
    let by_home = !matches!(
        less.rule,
        Some(CountyRule::OwnPlace | CountyRule::TownNamedWithCounty | CountyRule::PlaceBeside)
    );
    let is_above = office.value.is_some() && county.rule == Some(CountyRule::Above) && by_home;
    let county = if is_above { county } else { county.or(|| less) };
    (office, county)
}

/// Which person of [`People`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonId(usize);

/// All persons of one document.
#[derive(Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    /// Indices by folded name, in order.
    by_name: HashMap<String, Vec<usize>>,
    /// What the file calls its own county in short, and nobody.
    pub no_names: Vec<String>,
    /// Indices by surname.
    by_surname: HashMap<&'static str, Vec<usize>>,
    /// Longest name in bytes.
    longest: usize,
    finder: Option<AhoCorasick>,
    /// First parts of dotted names, with the only person whom each may mean.
    first_parts: BTreeMap<String, Option<usize>>,
}

impl People {
    /// Learns of a person, or more of one who is known; two of one name are kept apart by their counties.
    pub fn learn(&mut self, name: &str, office: Office, county: CountyOf) -> PersonId {
        let folded = fold_str(name);
        let same = self
            .by_name
            .get(&folded)
            .into_iter()
            .flatten()
            .rev()
            .copied()
            .find(|at| {
                let known = &self.persons[*at].county.value;
                known.is_none() || county.value.is_none() || *known == county.value
            });
        let at = same.unwrap_or_else(|| {
            let at = self.persons.len();
            self.longest = self.longest.max(folded.len());
            self.by_name.entry(folded.clone()).or_default().push(at);
            if let Some(surname) = Lexicon::shared()
                .surnames
                .prefix_entry(&folded)
                .filter(|surname| surname.len() < folded.len())
            {
                self.by_surname.entry(surname).or_default().push(at);
            }
            if let Some((first, _)) = folded
                .split_once('·')
                .filter(|(first, _)| first.chars().nth(1).is_some())
            {
                self.first_parts
                    .entry(first.to_owned())
                    .and_modify(|meant| *meant = None)
                    .or_insert(Some(at));
            }
            self.persons.push(Person {
                name: name.to_owned(),
                office: Office::OPEN,
                county: CountyOf::OPEN,
                folded,
            });
            self.finder = None;
            at
        });
        let person = &mut self.persons[at];
        let known = (
            std::mem::replace(&mut person.office, Office::OPEN),
            std::mem::replace(&mut person.county, CountyOf::OPEN),
        );
        (person.office, person.county) = fuller(known, (office, county));
        PersonId(at)
    }

    /// Makes the names findable; call it when all are learnt.
    pub fn settle(&mut self) {
        // Names of a document: building cannot exceed the automaton's limits.
        self.finder = (!self.persons.is_empty()).then(|| {
            // Quickly built: it serves for one document.
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::NoncontiguousNFA))
                .match_kind(MatchKind::LeftmostLongest)
                .build(self.persons.iter().map(|person| &person.folded))
                .expect("the names of a document fit into an automaton")
        });
    }

    /// All of them.
    pub fn ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.persons.len()).map(PersonId)
    }

    /// Says better what office somebody has, and for which county.
    pub fn correct(&mut self, id: PersonId, office: Office, county: CountyOf) {
        let person = &mut self.persons[id.0];
        (person.office, person.county) = (office, county);
    }

    /// Who is meant by one character: the only one whose name begins so.
    pub fn by_first_character(&self, character: &str) -> Option<PersonId> {
        only(self.ids().filter(|id| {
            let name = &self.get(*id).folded;
            // 宋镇长 is 宋长海, and no other one.
            name.starts_with(character) && name.len() > character.len() && super::title_at_end(name).is_none()
        }))
    }

    /// The only one of a surname, where the label is nothing but that.
    pub fn only_of_surname(&self, surname: &str) -> Option<PersonId> {
        let same = self.by_surname.get(surname)?.iter().copied();
        only(same.filter(|at| {
            self.persons[*at].folded.len() > surname.len() && super::title_at_end(&self.persons[*at].folded).is_none()
        }))
        .map(PersonId)
    }

    /// The person.
    pub fn get(&self, id: PersonId) -> &Person {
        &self.persons[id.0]
    }

    /// The latest of those called `name` in full (folded).
    pub fn named(&self, name: &str) -> Option<PersonId> {
        self.by_name.get(name).and_then(|all| all.last()).copied().map(PersonId)
    }

    /// Whether somebody is called `name` (folded).
    pub fn knows(&self, name: &str) -> bool {
        self.named(name).is_some()
    }

    /// Where known names stand in folded `text`.
    pub fn names_in(&self, text: &str) -> Vec<Span> {
        self.finder.as_ref().map_or_else(Vec::new, |finder| {
            finder
                .find_iter(text)
                .map(|hit| Span::new(hit.start(), hit.end()))
                .filter(|hit| hit.of(text).chars().nth(1).is_some())
                .collect()
        })
    }

    /// Bytes of the longest known name that folded `text` begins with.
    pub fn name_prefix(&self, text: &str) -> Option<usize> {
        let mut end = self.longest.min(text.len());
        while end > 0 {
            // 宋:… heads a turn, and 宋长海 is no 宋.
            if text.is_char_boundary(end) && self.by_name.contains_key(&text[..end]) {
                return text[..end].chars().nth(1).map(|_| end);
            }
            end -= 1;
        }
        None
    }

    /// Who is meant by the first part of a dotted name: 阿依古丽 for 阿依古丽·吐尔逊.
    pub fn by_first_part(&self, part: &str) -> Option<PersonId> {
        self.first_parts.get(part).copied().flatten().map(PersonId)
    }

    /// The first parts of dotted names.
    pub fn first_parts(&self) -> impl Iterator<Item = &str> {
        self.first_parts.keys().map(String::as_str)
    }

    /// Who is meant by 刘部长 or 老李: the one of that surname whose office has the title, or the only one of the surname.
    pub fn by_alias(&self, alias: &str) -> Option<PersonId> {
        if let Some(id) = self.by_first_part(alias) {
            return Some(id);
        }
        let lexicon = Lexicon::shared();
        let bare = alias.trim_start_matches(['老', '小', '阿']);
        let surname = lexicon.surnames.prefix(bare)?;
        let title = &bare[surname.len()..];
        let same = self.by_surname.get(surname).map_or(&[][..], Vec::as_slice);
        let by_title: Vec<usize> = same
            .iter()
            .copied()
            .filter(|at| {
                !title.is_empty()
                    && self.persons[*at]
                        .office
                        .value
                        .as_deref()
                        .is_some_and(|office| fold_str(office).contains(title))
            })
            .collect();
        match (by_title.as_slice(), same) {
            ([one], _) => Some(PersonId(*one)),
            ([], [one]) if !lexicon.offices.has(title) || nth_boundary(title, 1) == Some(title.len()) => {
                Some(PersonId(*one))
            }
            ([], [one]) if self.persons[*one].office.value.is_none() => Some(PersonId(*one)),
            _ => None,
        }
    }
}
