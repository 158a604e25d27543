//! Whose words a stretch is: the frame's subject, whoever spoke before, or whom 他 and 大家 mean.

use super::county::{PlaceOfOffice, place_of};
use super::document::Reader;
use super::known::Identified;
use super::mention::Mention;
use super::speech::{Teller, Told, WRITTEN};
use super::subject::Subject;
use crate::gazetteer::County;
use crate::meeting::{Certainty, Speaker, SpeakerRule};
use crate::text::{Folded, Span, fold_str};

/// Whose words something is, as carried from one paragraph to the next.
#[derive(Clone, Debug)]
pub(super) struct Speaking {
    pub(super) voice: VoiceKind,
    pub(super) cue: Option<String>,
    /// The rule that decided.
    pub(super) rule: SpeakerRule,
}

#[derive(Clone, Debug)]
pub(super) enum VoiceKind {
    Person(Identified, Certainty),
    Group(String, Option<County>),
    Unknown,
}

impl Speaking {
    pub(super) fn inferred(self) -> Speaking {
        let voice = match self.voice {
            VoiceKind::Person(speaker, _) => VoiceKind::Person(speaker, Certainty::Inferred),
            other => other,
        };
        Speaking {
            voice,
            cue: None,
            rule: self.rule,
        }
    }

    /// Whether it is what somebody wrote on a paper: 批示.
    pub(super) fn is_written(&self) -> bool {
        let cue = self.cue.as_deref().unwrap_or_default();
        WRITTEN.iter().any(|word| cue.contains(word))
    }

    /// Nobody is named.
    pub(super) fn unknown() -> Speaking {
        Speaking {
            voice: VoiceKind::Unknown,
            cue: None,
            rule: SpeakerRule::NobodyNamed,
        }
    }
}

/// Somebody without a name is called as the text calls him: 一位村民, 某村党支部书记.
fn by_phrase(voice: VoiceKind) -> VoiceKind {
    match voice {
        VoiceKind::Person(Identified { speaker, county, .. }, certainty) if speaker.name.is_none() => {
            VoiceKind::Person(
                Identified {
                    speaker: Speaker {
                        name: speaker.office,
                        office: None,
                        county: speaker.county,
                    },
                    office: None,
                    county,
                },
                certainty,
            )
        }
        other => other,
    }
}

impl Reader<'_> {
    /// Whose words a stretch is.
    pub(super) fn speaking(&self, told: &Told, folded: &Folded, mentions: &[Mention]) -> Speaking {
        let frame = match told.teller {
            Teller::Frame(frame) => frame,
            Teller::Beside(subject) => {
                let voice = match subject {
                    Subject::Mentioned(index) => {
                        VoiceKind::Person(self.cast.person(&mentions[index], folded), Certainty::Inferred)
                    }
                    Subject::Pronoun(span) => self.of_pronoun(span, folded, mentions),
                    Subject::Nameless(span) => {
                        VoiceKind::Person(self.cast.by_phrase(&folded.words(span, self.text)), Certainty::Inferred)
                    }
                    _ => VoiceKind::Unknown,
                };
                return Speaking {
                    voice: by_phrase(voice),
                    cue: None,
                    rule: SpeakerRule::BesideTheWords,
                };
            }
            Teller::Same => {
                let last = self.last.clone().unwrap_or_else(Speaking::unknown).inferred();
                return Speaking {
                    rule: SpeakerRule::SpeakerBefore,
                    ..last
                };
            }
            Teller::Announced => {
                return self.announced.clone().unwrap_or_else(Speaking::unknown).inferred();
            }
            Teller::Nobody | Teller::Another => return Speaking::unknown(),
        };
        let original = |span: Span| folded.words(span, self.text);
        let cue = Some(original(frame.cue));
        let voice = match frame.subject {
            Subject::Mentioned(index) => {
                VoiceKind::Person(self.cast.person(&mentions[index], folded), Certainty::Named)
            }
            Subject::NewName(span) => {
                VoiceKind::Person(self.cast.by_name(&original(span), None, None), Certainty::Named)
            }
            Subject::Nameless(span) => VoiceKind::Person(self.cast.by_phrase(&original(span)), Certainty::Named),
            Subject::Group(span) => {
                let name = self
                    .antecedent(span, folded)
                    .or_else(|| self.named_together(span, folded, mentions))
                    .unwrap_or_else(|| original(span));
                let county = match place_of(&fold_str(&name), &self.cast.grounds.parents) {
                    PlaceOfOffice::County(county) if !name.contains('、') => Some(county),
                    PlaceOfOffice::Open => self.cast.county_of_body(&name),
                    _ => None,
                };
                VoiceKind::Group(name, county)
            }
            Subject::Pronoun(span) => self.of_pronoun(span, folded, mentions),
            Subject::Inherited => match &self.last {
                Some(last) => last.clone().inferred().voice,
                None => match mentions
                    .iter()
                    .rev()
                    .find(|mention| mention.span.end() <= frame.cue.start())
                {
                    Some(mention) => VoiceKind::Person(self.cast.person(mention, folded), Certainty::Inferred),
                    None => self.last_person.clone().map_or(VoiceKind::Unknown, |speaker| {
                        VoiceKind::Person(speaker, Certainty::Inferred)
                    }),
                },
            },
        };
        // Under 邹岚书记批示 the cues below have no subject of their own.
        let of_heading = self
            .last
            .as_ref()
            .filter(|last| frame.subject == Subject::Inherited && last.rule == SpeakerRule::HeadingOfInstructions);
        Speaking {
            voice: by_phrase(voice),
            cue,
            rule: of_heading.map_or(frame.rule, |last| last.rule),
        }
    }

    /// 他们 after `邹岚、丘福生对接待表示感谢,` means those two.
    fn named_together(&self, group: Span, folded: &Folded, mentions: &[Mention]) -> Option<String> {
        let text = folded.text();
        if !matches!(group.of(text), "他们" | "她们" | "两人" | "二人" | "三人") {
            return None;
        }
        let joined = |one: &Mention, other: &Mention| {
            one.span.end() <= other.span.start()
                && matches!(&text[one.span.end()..other.span.start()], "、" | "和" | "与" | "及")
        };
        let before = mentions.partition_point(|mention| mention.span.end() <= group.start());
        let last = (1..before).rev().find(|at| joined(&mentions[at - 1], &mentions[*at]))?;
        let first = (1..=last)
            .rev()
            .take_while(|at| joined(&mentions[at - 1], &mentions[*at]))
            .last()?
            - 1;
        let span = Span::new(mentions[first].span.start(), mentions[last].span.end());
        Some(folded.words(span, self.text))
    }

    /// 大家 after `礼泉、乾县等五个县市作交流发言,` means those.
    fn antecedent(&self, group: Span, folded: &Folded) -> Option<String> {
        let text = folded.text();
        if !matches!(group.of(text), "大家" | "大伙" | "大伙儿" | "他们") {
            return None;
        }
        let sentence = text[..group.start()]
            .rfind(['。', '!', '?'])
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let before = &text[sentence..group.start()];
        let at = before.find('等')?;
        let rest: String = before[at..]
            .chars()
            .skip(1)
            .take_while(|c| "一二三四五六七八九十两0123456789个名位家".contains(*c))
            .collect();
        if rest.is_empty() {
            return None;
        }
        let noun_at = at + '等'.len_utf8() + rest.len();
        let noun = super::lexicon::Lexicon::shared().groups.prefix(&before[noun_at..])?;
        let start = before[..at].rfind([',', ';', ':']).map_or(0, |mark| mark + 1);
        let span = Span::new(sentence + start, sentence + noun_at + noun.len());
        Some(folded.words(span, self.text).trim().to_owned())
    }
}
