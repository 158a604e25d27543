//! Headings that say who speaks below them: 三、会议强调, 邹岚表示, 邹岚书记批示.

use super::adverbial::strip_thin;
use super::document::Reader;
use super::item::item_mark;
use super::known::Identified;
use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use super::only;
use super::shaped_like_name;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, fold_str, is_han};

/// How many headings of one form make a round of reports.
const SEVERAL: usize = 2;
/// Longest name of a place or a body in such a heading, and longest name with a title, in characters.
const LONGEST_PLACE: usize = 14;
const LONGEST_NAME: usize = 9;
/// Ends of the names of places and bodies that report.
const REPORTING: [&str; 22] = [
    "镇", "乡", "街道", "苏木", "嘎查", "村", "社区", "县", "市", "区", "旗", "局", "委", "办", "院", "中心", "公司",
    "集团", "校", "园区", "处", "部",
];

/// How many headings are a place or a body with somebody in brackets behind it.
pub(super) fn headings_of_reports(blocks: &[Block], text: &str) -> usize {
    let headings = blocks.iter().filter(|block| matches!(block.kind, Kind::Heading));
    headings.filter(|heading| reporter(heading, text).is_some()).count()
}

/// What stands in the brackets of such a heading.
fn reporter(heading: &Block, text: &str) -> Option<Span> {
    let bare = heading.bare(text);
    let words = bare.of(text);
    let Some((open, mark)) = words.char_indices().find(|(_, c)| matches!(c, '(' | '（')) else {
        return behind_gap(words).map(|name| name.shifted(bare.start()));
    };
    let close = words.rfind([')', '）'])?;
    let behind = words[close..].chars().skip(1).any(char::is_alphanumeric);
    let place = fold_str(words[..open].trim());
    let place = &place[item_mark(&place)..];
    let inner = Span::new(open + mark.len_utf8(), close.max(open + mark.len_utf8()));
    let name = inner.of(words).trim();
    let plausible = (2..=LONGEST_PLACE).contains(&place.chars().count())
        && (2..=LONGEST_NAME).contains(&name.chars().count())
        && name.chars().all(is_han);
    (plausible && !behind && REPORTING.iter().any(|end| place.ends_with(end))).then(|| inner.shifted(bare.start()))
}

/// The name in a heading that has it behind a body and a gap: 1、交通局 邹岚.
fn behind_gap(words: &str) -> Option<Span> {
    let (place, name) = words.trim_end().rsplit_once([' ', '\u{3000}'])?;
    let folded = fold_str(place.trim_end());
    let body = &folded[item_mark(&folded)..];
    let plausible = (2..=LONGEST_PLACE).contains(&body.chars().count())
        && body.chars().all(is_han)
        && REPORTING.iter().any(|end| body.ends_with(end));
    let end = words.trim_end().len();
    (plausible && shaped_like_name(name)).then(|| Span::new(end - name.len(), end))
}

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
        // 邹岚要求——
        let text = folded.text().trim_end_matches([' ', '—', '-', ':']);
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

    /// Who reports for the place or the body of a heading that is one of several such: 2.青石镇(邹岚), 八、柳湾镇(李海滨镇长).
    pub(super) fn reports(&self, heading: &Block) -> Option<Speaking> {
        if self.reports < SEVERAL {
            return None;
        }
        let inner = reporter(heading, self.text)?;
        let folded = Folded::new(inner.of(self.text), inner.start());
        let mentions = self.cast.finder.find(folded.text(), &self.cast.people);
        let person = match only(mentions.into_iter().filter(|mention| mention.naming != Naming::Office)) {
            Some(only) => self.cast.person(&only, &folded),
            // Nobody else names them: by its place it is a name.
            None if shaped_like_name(folded.text()) => self.cast.by_name(folded.text(), None, None),
            None => return None,
        };
        Some(Speaking {
            voice: VoiceKind::Person(person, Certainty::Named),
            cue: None,
            rule: SpeakerRule::HeadingOfReport,
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
