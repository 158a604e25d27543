//! The answer in a word, where it has one: the day, the place, the names. What is quoted behind it proves it.

use super::plan::{Look, Looked};
use super::{Body, Spoke};
use crate::index::Snapshot;
use crate::meeting::DateRange;
use crate::question::{Party, PartyKind, Question, Want};

/// An answer in a word, of what the files say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brief {
    /// When the meeting was held.
    Days(DateRange),
    /// Where it was held, as the quote names it.
    Place(String),
    /// Who said something on it, each once, in the order of the quotes.
    Speakers {
        /// Never empty.
        who: Vec<Spoke>,
        /// Whether more do, on another page.
        more: bool,
    },
    /// Who somebody is, or who holds an office: each in every office that the files know. Never empty.
    Persons(Vec<Spoke>),
}

/// What a question that was answered by `looked` comes to in a word; `None` where only the quotes say it.
pub(super) fn brief(question: &Question, looked: &[Looked], body: &Body, snapshot: &Snapshot) -> Option<Brief> {
    let Body::Found { quotes, more, .. } = body else {
        return None;
    };
    let first = quotes.first()?;
    let look = looked.iter().rfind(|looked| looked.answers)?.look;
    if let Some(party) = who_is(question) {
        let who: Vec<Spoke> = party.voices.iter().map(|voice| Spoke::from(&**voice)).collect();
        return (!who.is_empty()).then_some(Brief::Persons(who));
    }
    let who_said_it = look == Look::Quotes && question.want == Want::Who && question.whose;
    match (look, question.want) {
        (Look::Held, Want::When) => first.dates.map(Brief::Days),
        (Look::Held, Want::Where) => {
            let entry = snapshot.catalogue().file(&first.file)?;
            let place = entry.place()?.to_owned();
            first.text.contains(&place).then_some(Brief::Place(place))
        }
        _ if who_said_it || look == Look::Speakers => {
            let mut who: Vec<Spoke> = Vec::new();
            for spoke in quotes.iter().filter_map(|quote| Spoke::of(&quote.voice)) {
                if !who.contains(&spoke) {
                    who.push(spoke);
                }
            }
            (who.len() > 1).then_some(Brief::Speakers { who, more: *more })
        }
        _ => None,
    }
}

/// 莫春燕是谁, 副县长是谁: the one who is asked for, where nothing else is asked.
fn who_is(question: &Question) -> Option<&Party> {
    let mut named = question.scope.parties.iter().chain(&question.spoken_of);
    let (one, None) = (named.next()?, named.next()) else {
        return None;
    };
    let of_name = |term: &str| one.label.contains(term) || term.contains(one.label.as_str());
    let mut words = question.topic.words.iter().filter(|word| !word.generic);
    let alone = words.all(|word| of_name(&word.term));
    let asks = question.want == Want::Who && !question.whose && !question.shape.told;
    (asks && alone && one.kind != PartyKind::County).then_some(one)
}
