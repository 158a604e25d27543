//! What a chat is usually about: where its questions don't say, it is looked for there first.

use super::meetings;
use super::respond::{Found, Responder};
use crate::index::{IndexError, Snapshot};
use crate::question::{Asked, Names, Only, PartyKind, Question, Usual, Want};

impl Responder<'_> {
    /// What is found where the chat usually looks, with where that was; where that is nothing, what is found anywhere.
    pub(super) fn find_usual(
        &self,
        question: &Question,
        usual: Option<&Usual>,
    ) -> Result<(Option<Found>, Option<Usual>), IndexError> {
        let narrowed = usual.and_then(|usual| match usual {
            Usual::County(county) => question
                .leaves_party_open()
                .then(|| question.clone().only(Only::County(county.clone()).party(self.names))),
            Usual::Meeting(title) => (question.days.is_none() && question.want != Want::Meetings).then(|| Question {
                files: Some(meetings::titled(self.snapshot, title)),
                ..question.clone()
            }),
        });
        if let Some(narrowed) = narrowed
            && let Some(found) = self.find(&narrowed)?
        {
            return Ok((Some(found), usual.cloned()));
        }
        Ok((self.find(question)?, None))
    }
}

/// The county or the meeting that some words name; `None` where they name none that the files hold.
pub fn usual_named(words: &str, snapshot: &Snapshot, names: &Names) -> Option<Usual> {
    let question = Question::understand(&Asked::new(words, &[]), names);
    let parties = question.scope.parties.iter().chain(&question.spoken_of);
    let county = parties
        .filter(|party| party.kind == PartyKind::County && !party.voices.is_empty())
        .map(|party| Usual::County(party.label.clone()))
        .next();
    let same = |title: &String| !title.is_empty() && words.trim() == title.trim();
    let titles = || snapshot.catalogue().files().map(|entry| entry.title().to_owned());
    if let Some(title) = titles().find(same) {
        return Some(Usual::Meeting(title));
    }
    county.or_else(|| {
        let (files, named) = meetings::meant(snapshot, &question);
        let by_words = named && question.topic.is_specific();
        let entry = files.first().filter(|_| by_words || question.days.is_some());
        let title = snapshot.catalogue().file(entry?)?.title().to_owned();
        (!title.is_empty()).then_some(Usual::Meeting(title))
    })
}
