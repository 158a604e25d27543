//! What a question is once the files are asked: of whoever holds the office, of whoever held it then, of the county's meeting. The plan
//! decides which of these is looked up.

use super::meetings;
use super::respond::Responder;
use crate::index::{IndexError, Query, Unit, WeightedTerm, normalized, words};
use crate::question::{Party, PartyKind, Question, Scope, TopicWord, Want};
use crate::reading::shaped_like_name;
use crate::text::is_han;

impl Responder<'_> {
    /// 统战部长汇报了什么, where nobody with the office speaks: the question of the person whom a report names with it.
    pub(super) fn told_holder(&self, question: &Question) -> Result<Option<Question>, IndexError> {
        let [party] = question.scope.parties.as_slice() else {
            return Ok(None);
        };
        if party.kind != PartyKind::Office || !party.voices.is_empty() {
            return Ok(None);
        }
        let Some(name) = self.named_with(&party.label)? else {
            return Ok(None);
        };
        let mut of_person = question.clone();
        of_person.scope = Scope::default();
        of_person.topic.words.push(TopicWord {
            term: name.clone(),
            name: true,
            ..TopicWord::default()
        });
        of_person.topic.persons = vec![name];
        Ok(Some(of_person))
    }

    /// 今年1月桂花村的院坝会, where no meeting was held then: one of those of which the papers tell no day may be meant.
    pub(super) fn undated(&self, question: &Question) -> Option<Question> {
        if question.files.is_some() || !question.topic.has_thing() {
            return None;
        }
        let files = self.snapshot.catalogue().files();
        let undated: Vec<String> = files
            .filter(|entry| entry.dates().is_none())
            .map(|entry| entry.file.to_owned())
            .collect();
        (!undated.is_empty()).then(|| Question {
            files: Some(undated),
            days: None,
            within: None,
            ..question.clone()
        })
    }

    /// 王县长2024年说了什么, where two are called so: whoever speaks at a meeting of those days.
    pub(super) fn in_office_then(&self, question: &Question) -> Option<Question> {
        let parties = &question.scope.parties;
        let persons = parties.len() > 1 && parties.iter().all(|party| party.kind == PartyKind::Person);
        let told = question.days.is_some() || question.files.is_some();
        if !told || !persons || parties.iter().any(|party| question.typed.contains(&party.label)) {
            return None;
        }
        let files = self.snapshot.catalogue().files();
        let among = |file: &str| {
            question
                .files
                .as_ref()
                .is_none_or(|files| files.iter().any(|one| one == file))
        };
        let then: Vec<_> = files
            .filter(|entry| question.means_days_of(entry.dates()) && among(entry.file))
            .flat_map(|entry| entry.speakers().collect::<Vec<_>>())
            .collect();
        let spoke = |party: &Party| party.voices.iter().any(|voice| then.contains(&&**voice));
        let mut narrowed = question.clone();
        narrowed.scope.parties.retain(spoke);
        (!narrowed.scope.parties.is_empty()).then_some(narrowed)
    }

    /// 总结一下青禾县第31次常务会议: the county is of the meeting's name, where a paper of it is called so.
    pub(super) fn of_countys_meeting(&self, question: &Question) -> Option<Question> {
        if question.want != Want::Summary
            || !question.scope.is_of_counties()
            || !(question.files.is_some() || question.typed.contains('会'))
        {
            return None;
        }
        let mut of_meeting = question.clone();
        let forms: Vec<String> = of_meeting
            .scope
            .parties
            .drain(..)
            .flat_map(|party| party.forms())
            .collect();
        of_meeting.scope = Scope::default();
        of_meeting.topic.words.extend(forms.iter().map(|form| TopicWord {
            term: form.clone(),
            name: true,
            ..TopicWord::default()
        }));
        let (files, named) = meetings::meant(self.snapshot, &of_meeting);
        let entry = self.snapshot.catalogue().file(files.first()?)?;
        let title = normalized(entry.title());
        let by_name = question.files.is_some() || question.topic.is_specific();
        (named && by_name && forms.iter().any(|form| title.contains(form.as_str()))).then_some(of_meeting)
    }

    /// The name that stands right behind an office in a report.
    fn named_with(&self, office: &str) -> Result<Option<String>, IndexError> {
        let terms = words(office).into_iter().map(|token| WeightedTerm {
            unit: Unit::Word,
            term: token.term,
            weight: 1.0,
        });
        let query = Query {
            terms: terms.collect(),
            filters: Vec::new(),
            left_out: false,
        };
        for hit in self.snapshot.search(&query, HITS)? {
            let text = normalized(&hit.passage.text);
            for (at, _) in text.match_indices(office) {
                let behind = &text[at + office.len()..];
                let name = [3, 2].into_iter().find_map(|length| {
                    let name: String = behind.chars().take(length).collect();
                    (name.chars().count() == length && name.chars().all(is_han) && shaped_like_name(&name))
                        .then_some(name)
                });
                if name.is_some() {
                    return Ok(name);
                }
            }
        }
        Ok(None)
    }
}

/// Passages that are looked through for whoever holds an office.
const HITS: usize = 20;
