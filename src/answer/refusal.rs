//! No answer: why, and what there is instead.

use super::{Body, Reason, Refusal, Spoke, meetings};
use crate::index::{FileEntry, Snapshot};
use crate::question::{PartyKind, Question};

/// Most speakers and meetings that are offered instead.
const SPEAKERS: usize = 12;
const MEETINGS: usize = 5;

/// A refusal with who did speak of it, and of what of it; where nobody did, with what the files hold.
pub fn refuse(snapshot: &Snapshot, reason: Reason, (of_it, near): (Vec<Spoke>, Option<String>)) -> Body {
    let catalogue = snapshot.catalogue();
    let reason = if catalogue.is_empty() {
        Reason::NoKnowledge
    } else {
        reason
    };
    let mut files: Vec<FileEntry<'_>> = catalogue.files().collect();
    files.sort_by_key(|entry| std::cmp::Reverse(entry.dates()));
    let spoke_of_it = !of_it.is_empty();
    let mut spoke = of_it;
    for participant in files.iter().take(MEETINGS).flat_map(FileEntry::speakers) {
        let one = Spoke::from(participant);
        if !spoke_of_it && spoke.len() < SPEAKERS && !participant.group && !spoke.contains(&one) {
            spoke.push(one);
        }
    }
    let meetings = files
        .iter()
        .map(|entry| entry.title().to_owned())
        .filter(|title| !title.is_empty())
        .take(MEETINGS)
        .collect();
    Body::NoAnswer(Refusal {
        reason,
        spoke,
        of_it: spoke_of_it,
        near,
        meetings,
    })
}

/// A refusal that has nothing to offer instead.
pub fn only(reason: Reason) -> Refusal {
    Refusal {
        reason,
        spoke: Vec::new(),
        of_it: false,
        near: None,
        meetings: Vec::new(),
    }
}

/// Why a question has no answer.
pub fn reason(question: &Question, snapshot: &Snapshot) -> Reason {
    if let Some(named) = &question.days
        && question.is_of_meetings()
        && !meetings::held(snapshot, question)
    {
        let days = named.days.label(&question.typed);
        return Reason::NoMeetingOn(match named.reckoned {
            Some((wording, _)) => format!("{wording}（{days}）"),
            None => days,
        });
    }
    let silent = question.scope.parties.iter().find(|party| party.voices.is_empty());
    match silent {
        Some(party) => match party.kind {
            PartyKind::County => Reason::CountyDidNotSpeak(party.label.clone()),
            PartyKind::Person => Reason::NobodyNamed(party.label.clone()),
            PartyKind::Office => Reason::NobodyInOffice(party.label.clone()),
        },
        None if question.is_empty() => Reason::NoQuestion,
        // It asks for something, and names nothing to look for: 哪些县没有发言.
        None if question.topic.label.is_empty() => {
            let asked = question.typed.trim_matches(|c: char| !c.is_alphanumeric());
            Reason::NothingOn(asked.to_owned())
        }
        None => match question.scope.parties.first() {
            Some(party) => Reason::NotSaidBy {
                who: party.label.clone(),
                topic: question.topic.label.clone(),
            },
            None => Reason::NothingOn(question.topic.label.clone()),
        },
    }
}
