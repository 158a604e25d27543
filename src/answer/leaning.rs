//! What a question takes from the answer to the one before it: its speaker, its meeting, or where it is looked for first.

use std::sync::LazyLock;

use super::respond::{Found, Responder};
use super::{Assumed, Kind, Quote};
use crate::index::IndexError;
use crate::meeting::Voice;
use crate::question::{Party, PartyKind, Question, Scope, Want, asks_reply};
use crate::text::rows;

/// Words for others than whoever spoke before: 县里怎么说.
static OTHERS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("others.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// Whether the best quote has a time or a number in it, where one is asked for.
fn tells(want: Want, found: &Found) -> bool {
    let Some(quote) = found.quotes.first() else {
        return false;
    };
    let numbers = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c);
    match want {
        Want::When => quote.text.contains(['年', '月', '日', '号', '周', '季']),
        Want::HowMany => quote.text.contains(numbers),
        _ => true,
    }
}

impl Responder<'_> {
    /// Puts in what the question takes from the answer before it, which may lean on one before it.
    pub(super) fn settle(&self, question: &mut Question) -> Result<(), IndexError> {
        if let Some(before) = &mut question.before {
            self.settle(before)?;
        }
        if question.speaker_of_answer {
            self.resolve_speaker(question)?;
        }
        if question.meeting_of_answer {
            self.resolve_meeting(question)?;
        }
        Ok(())
    }

    /// The meeting is the one that the answer to the question before quotes first.
    fn resolve_meeting(&self, question: &mut Question) -> Result<(), IndexError> {
        let Some(before) = question.before.take() else {
            return Ok(());
        };
        question.files = self.quoted_first(&before)?.map(|quote| vec![quote.file]);
        // What it may be instead may be of the same meeting.
        let mut instead = question.or_else.as_deref_mut();
        while let Some(other) = instead.filter(|other| other.meeting_of_answer) {
            other.files.clone_from(&question.files);
            instead = other.or_else.as_deref_mut();
        }
        Ok(())
    }

    /// What the answer to a question quotes first, which may lean on one before it.
    fn quoted_first(&self, question: &Question) -> Result<Option<Quote>, IndexError> {
        let found = match self.find_leaning(question)? {
            Some((found, _)) => Some(found),
            None => self.find(question)?,
        };
        Ok(found.and_then(|found| found.quotes.into_iter().next()))
    }

    /// 他 is whoever the answer to the question before quotes first.
    fn resolve_speaker(&self, question: &mut Question) -> Result<(), IndexError> {
        let Some(before) = question.before.take() else {
            return Ok(());
        };
        let quoted = self.find(&before)?.and_then(|found| found.quotes.into_iter().next());
        let Some(voice) = quoted.map(|quote| quote.voice) else {
            return Ok(());
        };
        if let Some(party) = self.party_of(&voice) {
            question.scope.parties = vec![party];
            question.scope.firm = true;
            *question = std::mem::take(question).with_its_scope_within();
        }
        Ok(())
    }

    /// The person who speaks with this voice, where it has a name.
    fn party_of(&self, voice: &Voice) -> Option<Party> {
        let name = voice.name()?;
        let all = self.names.participants().iter();
        let voices: Vec<_> = all
            .filter(|participant| participant.name.as_deref() == Some(name))
            .cloned()
            .collect();
        (!voices.is_empty()).then(|| Party {
            label: name.to_owned(),
            kind: PartyKind::Person,
            voices,
        })
    }

    /// What is found for a short question that names nobody, where the one before it did: 一年要赔多少钱 is first looked
    /// for in the words of whoever spoke before, then in that report. `None` where it leans on nothing, or where other
    /// files hold more of what it asks.
    pub(super) fn find_leaning(&self, question: &Question) -> Result<Option<(Found, Assumed)>, IndexError> {
        let Some(before) = question.before.as_deref().filter(|_| question.may_lean) else {
            return Ok(None);
        };
        let Some(quoted) = self.quoted_first(before)? else {
            return Ok(None);
        };
        let parties = match before.scope.parties.as_slice() {
            [] => self.party_of(&quoted.voice).into_iter().collect(),
            parties => parties.to_vec(),
        };
        // 那杭埠呢, 谁陪着, 县里怎么说: somebody else may tell it.
        let of_another = question.want == Want::Who
            || question.or_else.is_some()
            || OTHERS.iter().any(|word| question.typed.contains(word));
        let of_speaker = (!parties.is_empty() && !of_another).then(|| Question {
            scope: Scope {
                parties,
                firm: true,
                groups: false,
                soft: false,
            },
            ..question.clone()
        });
        let at_meeting = |question: Question| Question {
            files: Some(vec![quoted.file.clone()]),
            before: None,
            within: None,
            ..question
        };
        // 县里都谁陪着: its own words find nothing without those of what it goes on from.
        let of_report = (!question.asks_of_the_same()).then(|| at_meeting(question.clone()));
        let going_on = at_meeting(question.clone().going_on(before));
        // What went before may be told of elsewhere too: both must be.
        let anywhere = question.clone().with_topic_of(before);
        // 现在一天补多少: without the question before it is of nothing.
        let bare = !question.topic.has_thing();
        // 市里答应了吗: somebody's words tell it, whatever they are.
        let asks_reply = bare && asks_reply(&question.typed);
        let speaker = of_speaker
            .as_ref()
            .map(|of_speaker| Assumed::of_scope(&of_speaker.scope));
        let replied = |reply: Option<Quote>| {
            let found = reply.and_then(|reply| Found::of(Kind::Quotes, vec![reply]));
            found.map(|found| (found, Assumed::Meeting(quoted.meeting.clone())))
        };
        if asks_reply && let Some(found) = replied(self.reply_by_name(&quoted)?) {
            return Ok(Some(found));
        }
        // 谁答复他的: whoever spoke next, and no other who speaks of the same.
        let asks_who = question.typed.contains(['谁', '哪']);
        if asks_reply
            && asks_who
            && let Some(found) = replied(self.reply_to(&quoted, |_| true)?)
        {
            return Ok(Some(found));
        }
        let by_another = |found: &Found| {
            let first = found.quotes.first();
            first.is_some_and(|quote| quote.voice.is_spoken() && quote.voice != quoted.voice)
        };
        let mut alone = None;
        let at_meetings = of_report.iter().chain([&going_on]);
        let narrowings = of_speaker
            .iter()
            .zip(speaker)
            .chain(at_meetings.map(|narrowed| (narrowed, Assumed::Meeting(quoted.meeting.clone()))))
            .chain([(&anywhere, Assumed::Topic(before.topic.label.clone()))]);
        for (narrowed, assumed) in narrowings {
            let Some(found) = self.find(narrowed)?.filter(|found| tells(question.want, found)) else {
                continue;
            };
            if asks_reply && !by_another(&found) {
                continue;
            }
            if bare {
                return Ok(Some((found, assumed)));
            }
            // What other files hold of it is looked for only where it matters.
            let alone = match alone {
                Some(known) => known,
                None => *alone.insert(self.find(question)?.map_or(0.0, |found| found.coverage)),
            };
            if found.coverage + self.weights.elsewhere >= alone {
                return Ok(Some((found, assumed)));
            }
        }
        match asks_reply {
            true => Ok(replied(self.reply_to(&quoted, |_| true)?)),
            false => Ok(None),
        }
    }
}
