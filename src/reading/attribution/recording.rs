//! Recordings in a broadcast's script: `（出录音）：我们组四十六个人……（录音完）`. Whose it is the paragraph before tells, or
//! the mark itself: `（出录音，村党支部书记邹岚）`.

use super::document::Reader;
use super::known::Identified;
use super::mention::Naming;
use super::only;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, Manner, SpeakerRule};
use crate::reading::layout::Block;
use crate::reading::turns::recording_mark;
use crate::text::{Folded, Span};

impl Reader<'_> {
    /// Reads a paragraph that is a recording; `false` where it is none.
    pub(super) fn read_recording(&mut self, block: &Block) -> bool {
        let folded = block.folded(self.text);
        let Some(mark) = recording_mark(folded.text()) else {
            return false;
        };
        let named = mark.whose.and_then(|whose| self.named_in(whose, &folded));
        let voice = match named.or_else(|| self.last_person.clone()) {
            Some(speaker) => VoiceKind::Person(speaker, Certainty::Inferred),
            None => VoiceKind::Unknown,
        };
        if let VoiceKind::Person(speaker, _) = &voice {
            self.last_person = Some(speaker.clone());
        }
        let speaking = Speaking {
            voice,
            cue: None,
            rule: SpeakerRule::Recording,
        };
        let words = folded.original(mark.words).trimmed(self.text);
        self.narrate(block, Span::new(block.span.start(), words.start()));
        self.push(block, words, &speaking, Manner::Direct);
        self.narrate(block, Span::new(words.end(), block.span.end()));
        self.last = Some(speaking);
        true
    }

    /// The one person whom a stretch of a paragraph names.
    fn named_in(&self, whose: Span, folded: &Folded) -> Option<Identified> {
        let mentions = self.cast.finder.find(folded.text(), &self.cast.people);
        let within = mentions
            .iter()
            .filter(|mention| whose.contains(mention.span) && mention.naming != Naming::Office);
        only(within).map(|only| self.cast.person(only, folded))
    }
}
