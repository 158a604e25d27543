//! Talk of two over paragraphs: whoever asked asks again, and whoever answered answers, where a paragraph is nothing but quoted words.

use super::speech::Told;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Manner, SpeakerRule};
use crate::text::is_closing_mark;

/// What the paragraphs before have of a talk.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// Who spoke last, and whether it was a question.
    last: Option<(Speaking, bool)>,
    /// Who asks and who answers.
    two: Option<(Speaking, Speaking)>,
}

impl Talk {
    /// Whose a paragraph of nothing but quoted words is: `asks` says that they are a question.
    pub(super) fn whose(&self, asks: bool) -> Option<Speaking> {
        let (asker, answerer) = self.two.as_ref()?;
        let (_, asked) = self.last.as_ref()?;
        // Who asks twice, or answers twice, need not be the same.
        (asks != *asked).then(|| Speaking {
            rule: SpeakerRule::TalkOfTwo,
            ..if asks { asker.clone() } else { answerer.clone() }.inferred()
        })
    }

    /// Sees what a paragraph had: each stretch, whose it is, and the (folded) text.
    pub(super) fn see(&mut self, said: &[(Told, Speaking)], text: &str) {
        let direct: Vec<&(Told, Speaking)> = said.iter().filter(|(told, _)| told.manner == Manner::Direct).collect();
        if direct.is_empty() || direct.len() < said.len() {
            *self = Talk::default();
            return;
        }
        for (told, speaking) in direct {
            self.add(speaking, asks(told.span.of(text)));
        }
    }

    fn add(&mut self, speaking: &Speaking, question: bool) {
        if name(speaking).is_none() {
            *self = Talk::default();
            return;
        }
        let is = |other: &Speaking| name(other) == name(speaking);
        match (&self.last, &self.two) {
            (Some((before, true)), _) if !question && !is(before) => {
                self.two = Some((before.clone(), speaking.clone()));
            }
            (_, Some((asker, answerer))) if !is(asker) && !is(answerer) => self.two = None,
            _ => {}
        }
        self.last = Some((speaking.clone(), question));
    }
}

/// The name of whoever speaks, where it is one person.
fn name(speaking: &Speaking) -> Option<&str> {
    match &speaking.voice {
        VoiceKind::Person(who, _) => who.speaker.name.as_deref(),
        _ => None,
    }
}

/// Whether words end with a question.
pub(super) fn asks(words: &str) -> bool {
    words.trim_end().trim_end_matches(is_closing_mark).ends_with('?')
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    const TALK: &str = "松溪县调研\n\n3月5日，县委书记邹岚到泵站，转头问：“去年是哪一台出的毛病？”\n\n“三号机，今年换了新的。”站长丘福生答道。\n\n“柴油呢？”\n\n“够五台机子开六天。”\n\n邹岚点点头。\n\n“油库的钥匙呢？”\n";

    #[test]
    fn who_asked_asks_again_and_who_answered_answers() {
        says(TALK, "柴油呢", Some("邹岚"));
        says(TALK, "够五台机子", Some("丘福生"));
        says(TALK, "油库的钥匙", None);
    }

    #[test]
    fn two_questions_or_two_answers_on_end_may_be_anybodys() {
        let twice = TALK.replace("“柴油呢？”", "“柴油是满的。”");
        says(&twice, "柴油是满的", None);
        let third = TALK.replace("“柴油呢？”\n", "“柴油呢？”副县长何晓岚问。\n");
        says(&third, "够五台机子", None);
    }
}
