//! Headings that say who speaks below them: 三、会议强调, 邹岚表示, 邹岚书记批示.

use super::adverbial::strip_thin;
use super::document::Reader;
use super::item::item_mark;
use super::known::Identified;
use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use super::only;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::Block;
use crate::text::Folded;

impl Reader<'_> {
    /// A heading that is a meeting and what it does: 三、会议强调. What stands below is decided.
    pub(super) fn decides(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let bare = folded.text()[item_mark(folded.text())..].trim_end_matches([':', ' ']);
        let meeting = ["会议", "全会", "大会"]
            .into_iter()
            .find(|word| bare.starts_with(word))?;
        let cue = &bare[meeting.len()..];
        Lexicon::shared().is_cue(cue).then(|| Speaking {
            voice: VoiceKind::Group(meeting.to_owned(), None),
            cue: Some(cue.to_owned()),
            rule: SpeakerRule::HeadingOfDecisions,
        })
    }

    /// A heading that is somebody and a reporting word, with the words in the paragraph below: 邹岚表示.
    pub(super) fn says(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let text = folded.text().trim_end();
        let mentions = self.cast.finder.find(text, &self.cast.people);
        let [first] = mentions.as_slice() else { return None };
        let cue = strip_thin(&text[first.span.end()..]).trim();
        let says = first.span.start() == 0 && first.naming != Naming::Office && Lexicon::shared().is_cue(cue);
        says.then(|| Speaking {
            voice: VoiceKind::Person(self.cast.person(first, &folded), Certainty::Named),
            cue: Some(cue.to_owned()),
            rule: SpeakerRule::HeadingSays,
        })
    }

    /// Whom 他 below a heading means that is of somebody's speech: 邹岚同志讲话要点.
    pub(super) fn headed(&self, heading: &Block) -> Option<Identified> {
        const SPEECHES: [&str; 9] = ["讲话", "发言", "致辞", "总结", "汇报", "报告", "点评", "表态", "批示"];
        let folded = heading.folded(self.text);
        let of_speech = |text: &str| SPEECHES.iter().any(|word| text.contains(word));
        // Few headings are: nobody is looked for in the others.
        if !of_speech(folded.text()) {
            return None;
        }
        let only = self.only_person(&folded)?;
        of_speech(&folded.text()[only.span.end()..]).then(|| self.cast.person(&only, &folded))
    }

    /// The one person whom a heading names.
    fn only_person(&self, folded: &Folded) -> Option<Mention> {
        let mentions = self.cast.finder.find(folded.text(), &self.cast.people);
        only(mentions.into_iter().filter(|mention| mention.naming != Naming::Office))
    }

    /// Who wrote what stands under a heading: 邹岚书记批示.
    pub(super) fn writer(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let bare = folded.text().trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.ends_with("批示") {
            return None;
        }
        let only = self.only_person(&folded)?;
        Some(Speaking {
            voice: VoiceKind::Person(self.cast.person(&only, &folded), Certainty::Inferred),
            cue: None,
            rule: SpeakerRule::HeadingOfInstructions,
        })
    }
}
