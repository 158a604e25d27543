//! What somebody else throws into a speech or a turn, in brackets: (县委书记邹岚插话:钱从哪里来?). The speaker goes on behind it;
//! and what a note-taker hears in brackets, which nobody says: (掌声).

use super::document::Reader;
use super::mention::Naming;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, Manner, SpeakerRule};
use crate::reading::layout::Block;
use crate::reading::turns::speaks_as_group;
use crate::text::{Folded, Span, ends_sentence, words_by_kind};

words_by_kind! {
    /// The words of `interjections.tsv`, by kind.
    static INTERJECTIONS: Interjections = "interjections.tsv" {
        /// What stands between whoever throws something in and the colon: 插话.
        said,
        /// What is heard: 掌声.
        heard,
        /// What labels are the paper's own: 责任编辑.
        paper,
    }
}

/// Brackets in which a note-taker sets what others say.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('〔', '〕'), ('[', ']'), ('【', '】')];
/// Longest label in them, in characters.
const LONGEST_LABEL: usize = 24;
/// Longest note of what is heard, in characters.
const LONGEST_NOTE: usize = 10;

/// A bracket with a label and words.
#[derive(Debug, PartialEq, Eq)]
struct Bracket {
    /// With its marks.
    outer: Span,
    label: Span,
    words: Span,
}

/// The brackets of a folded stretch that hold a label, a colon and words.
fn brackets(text: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((open, mark)) = text[at..]
        .char_indices()
        .find(|(_, c)| BRACKETS.iter().any(|(open, _)| open == c))
    {
        let start = at + open;
        let inner = start + mark.len_utf8();
        at = inner;
        let close = BRACKETS
            .iter()
            .find_map(|(open, close)| (*open == mark).then_some(*close));
        let Some(end) = close
            .and_then(|close| closing(&text[inner..], mark, close))
            .map(|length| inner + length)
        else {
            continue;
        };
        let Some(colon) = text[inner..end].find(':').map(|length| inner + length) else {
            continue;
        };
        let label = Span::new(inner, colon).trimmed(text);
        let words = Span::new(colon + 1, end).trimmed(text);
        let is_label = (1..=LONGEST_LABEL).contains(&label.of(text).chars().count())
            && !label.of(text).contains([',', '。', '?', '!', ';', '“', '(']);
        if is_label && words.of(text).contains(super::is_name_char) {
            let outer = Span::new(start, end + mark.len_utf8());
            found.push(Bracket { outer, label, words });
            at = end;
        }
    }
    found
}

/// Whether a (folded) line is one bracket in which somebody throws something in: (邹岚:来了,我在这儿。). A caption has no sentence.
pub fn is_thrown_in(line: &str) -> bool {
    let line = line.trim();
    let found = brackets(line);
    let [one] = found.as_slice() else { return false };
    one.outer == Span::new(0, line.len())
        && ends_sentence(one.words.of(line))
        && !INTERJECTIONS.paper.iter().any(|word| one.label.of(line).contains(word))
}

/// Bytes up to the bracket that closes the one before `inner`.
fn closing(inner: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in inner.char_indices() {
        match c {
            _ if c == open => depth += 1,
            _ if c == close && depth == 0 => return Some(at),
            _ if c == close => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether what stands in brackets tells what was heard: 热烈的掌声.
pub(super) fn is_heard(inside: &str) -> bool {
    inside.chars().count() <= LONGEST_NOTE
        && !inside.contains([':', '(', ')'])
        && INTERJECTIONS.heard.iter().any(|word| inside.contains(word))
}

/// Without a bracket at either end that tells what was heard: …二十四个小时。(热烈的掌声)
fn without_notes(text: &str) -> Span {
    let mut span = Span::new(0, text.len()).trimmed(text);
    loop {
        let words = span.of(text);
        let ends = words
            .strip_suffix(')')
            .and_then(|rest| rest.rsplit_once('('))
            .filter(|(_, inside)| is_heard(inside));
        let begins = words
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
            .filter(|(inside, _)| is_heard(inside));
        span = match (ends, begins) {
            (Some((before, _)), _) => Span::new(span.start(), span.start() + before.len()).trimmed(text),
            (None, Some((_, behind))) => Span::new(span.end() - behind.len(), span.end()).trimmed(text),
            (None, None) => return span,
        };
    }
}

impl Reader<'_> {
    /// Words of whoever has the floor, but for what others throw in and what is only heard.
    pub(super) fn push_speech(&mut self, block: &Block, span: Span, speaking: &Speaking) {
        let folded = Folded::new(span.of(self.text), span.start());
        let mut at = 0;
        for one in brackets(folded.text()) {
            let Some(other) = self.interjects(&folded, one.label) else {
                continue;
            };
            self.push_heard(block, &folded, Span::new(at, one.outer.start()), speaking);
            self.narrate(block, folded.original(Span::new(one.outer.start(), one.words.start())));
            self.push(
                block,
                folded.original(one.words).trimmed(self.text),
                &other,
                Manner::Direct,
            );
            at = one.outer.end();
        }
        self.push_heard(block, &folded, Span::new(at, folded.text().len()), speaking);
    }

    /// A stretch of somebody's words, without the notes around them.
    fn push_heard(&mut self, block: &Block, folded: &Folded, stretch: Span, speaking: &Speaking) {
        let words = without_notes(stretch.of(folded.text())).shifted(stretch.start());
        let (all, own) = (folded.original(stretch), folded.original(words).trimmed(self.text));
        if words.is_empty()
            || words
                .of(folded.text())
                .trim_matches(|c: char| !c.is_alphanumeric())
                .is_empty()
        {
            self.narrate(block, all);
            return;
        }
        if words.len() == stretch.of(folded.text()).trim().len() {
            self.push(block, all.trimmed(self.text), speaking, Manner::Direct);
            return;
        }
        self.narrate(block, Span::new(all.start(), own.start()));
        self.push(block, own, speaking, Manner::Direct);
        self.narrate(block, Span::new(own.end(), all.end()));
    }

    /// Who a label in brackets says that throws something in: a person from end to end, or whatever stands before 插话.
    fn interjects(&self, folded: &Folded, label: Span) -> Option<Speaking> {
        let text = folded.text();
        let words = label.of(text);
        let said = INTERJECTIONS.said.iter().find_map(|cue| words.strip_suffix(cue));
        let who = Span::new(label.start(), label.start() + said.unwrap_or(words).len()).trimmed(text);
        if who.is_empty() {
            return None;
        }
        let name = folded.words(who, self.text);
        let alone = Folded::new(folded.original(who).of(self.text), folded.original(who).start());
        let mentions = self.cast.finder.find(alone.text(), &self.cast.people);
        let whole = match mentions.as_slice() {
            [mention] if mention.span == Span::new(0, alone.text().len()) => Some(mention),
            _ => None,
        };
        let voice = match whole {
            Some(mention) if mention.naming != Naming::Office => {
                VoiceKind::Person(self.cast.person(mention, &alone), Certainty::Named)
            }
            _ if self.cast.people.knows(alone.text()) => {
                VoiceKind::Person(self.cast.by_name(&name, None, None), Certainty::Named)
            }
            _ if speaks_as_group(&name) => VoiceKind::Group(name, None),
            _ if said.is_some() && (whole.is_some() || super::ends_in_title(alone.text())) => {
                VoiceKind::Person(self.cast.by_phrase(&name), Certainty::Named)
            }
            _ if whole.is_none() && super::shaped_like_name(alone.text()) => {
                VoiceKind::Person(self.cast.by_name(&name, None, None), Certainty::Named)
            }
            _ => return None,
        };
        Some(Speaking {
            voice,
            cue: None,
            rule: SpeakerRule::Interjection,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    const SPEECH: &str = "在全县防火会议上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n山上很干。白水镇来了没有？\n\n（白水镇镇长丘福生：来了，我在这儿。）\n\n好。先修防火路。（掌声）\n\n〔县财政局局长何晓岚插话：钱已经拨了。〕再看火源，（县长：要登记。）登记要实。（热烈的掌声）\n";

    #[test]
    fn what_others_throw_in_is_theirs_and_the_speaker_goes_on() {
        says(SPEECH, "来了，我在这儿", Some("丘福生"));
        says(SPEECH, "先修防火路", Some("邹岚"));
        says(SPEECH, "钱已经拨了", Some("何晓岚"));
        says(SPEECH, "再看火源", Some("邹岚"));
        says(SPEECH, "登记要实", Some("邹岚"));
        says(SPEECH, "掌声", None);
    }

    #[test]
    fn a_bracket_of_the_speakers_own_is_his() {
        let own =
            "在全县防火会议上的讲话\n\n青石县委书记  邹岚\n\n同志们：\n\n山上很干（近三年：都是如此），要修防火路。\n";
        says(own, "都是如此", Some("邹岚"));
    }

    #[test]
    fn applause_in_a_turn_is_nobodys() {
        let turns = "议事会记录\n\n丘福生：牛都睡不着。（众笑）\n\n何晓岚：行。\n（笑声）\n那就装灯。\n";
        says(turns, "牛都睡不着", Some("丘福生"));
        says(turns, "众笑", None);
        says(turns, "笑声", None);
        says(turns, "那就装灯", Some("何晓岚"));
    }
}
