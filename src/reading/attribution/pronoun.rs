//! Whom a pronoun means: 他, 她, 该负责人 before a cue.

use super::clause::somebody;
use super::document::Reader;
use super::known::Identified;
use super::mention::{Mention, Naming};
use super::persons::PERSONS;
use super::subject::is_object;
use super::voice::VoiceKind;
use crate::meeting::Certainty;
use crate::text::{Folded, Span, ends_sentence, is_sentence_mark, last_clause};

/// How long an office is that can be nobody's but one person's, in characters: 金寨县商务局副局长.
const FULL_TITLE: usize = 8;
/// How offices end that one person holds.
const RANKS: [&str; 6] = ["长", "书记", "主任", "主席", "常委", "经理"];

/// Whether the reporter is who does something with whoever stands behind: 记者在村口遇到|果农邹岚。他说.
fn is_met(before: &str) -> bool {
    let clause = &before[last_clause(before)..];
    ["记者", "笔者"].iter().any(|reporter| clause.starts_with(reporter))
}

/// Where the last sentence of `text` begins.
fn last_sentence(text: &str) -> usize {
    text.char_indices()
        .rev()
        .find(|(_, c)| is_sentence_mark(*c))
        .map_or(0, |(at, c)| at + c.len_utf8())
}

/// The sentence that ends before the one in which a pronoun stands.
fn sentence_before(text: &str, pronoun: Span) -> Span {
    let own = last_sentence(text[..pronoun.start()].trim_end());
    let end = text[..own].trim_end().len();
    Span::new(last_sentence(text[..end].trim_end_matches(is_sentence_mark)), end)
}

/// Who is heard in the sentence before a pronoun's and is the only one named there: 会议听取了丘福生同志的汇报。他说.
fn heard_before<'m>(pronoun: Span, text: &str, mentions: &'m [Mention]) -> Option<&'m Mention> {
    let sentence = sentence_before(text, pronoun);
    let within = mentions
        .iter()
        .filter(|mention| sentence.contains(mention.span) && mention.naming != Naming::Office);
    let heard = super::only(within)?;
    let lead = text[sentence.start()..heard.span.start()].trim_end();
    ["听取", "听取了", "听了"]
        .iter()
        .any(|word| lead.ends_with(word))
        .then_some(heard)
}

impl Reader<'_> {
    /// Who is meant by 他: the last person before it in the paragraph, or the last one of the paragraphs before.
    pub(super) fn of_pronoun(&self, span: Span, folded: &Folded, mentions: &[Mention]) -> VoiceKind {
        // A full title whose bearer's name is not told is somebody too, and nobody met before.
        let is_somebody = |mention: &Mention| {
            let title = mention.office.map_or("", |office| office.of(folded.text()));
            let before = folded.text()[..mention.span.start()].trim_end();
            let full = title.chars().count() >= FULL_TITLE
                && RANKS.iter().any(|rank| title.ends_with(rank))
                && !title.contains(|c: char| c.is_ascii_digit())
                && (before.is_empty() || ends_sentence(before));
            !matches!(mention.naming, Naming::Office) || full
        };
        // 对县通信办负责人说,…。该负责人表示: by the office that stands before.
        if let Some(noun) = ["该", "这位", "上述"]
            .iter()
            .find_map(|lead| span.of(folded.text()).strip_prefix(*lead))
            && let Some(mention) = mentions
                .iter()
                .rfind(|mention| mention.span.end() <= span.start() && mention.span.of(folded.text()).ends_with(noun))
            && mention.naming == Naming::Office
        {
            let known = self.cast.person(mention, folded);
            let name = folded.words(span, self.text);
            return VoiceKind::Person(known.called(name), Certainty::Inferred);
        }
        // 一名船工撑着篙演示水深。他说: somebody without a name whom the sentence before tells of.
        if let Some(voice) = self.nameless_before(span, folded, mentions) {
            return voice;
        }
        // 会议听取了丘福生同志关于泵站的汇报。他说: who is heard speaks, where nobody hears him by name.
        if let Some(mention) = heard_before(span, folded.text(), mentions) {
            return VoiceKind::Person(self.cast.person(mention, folded), Certainty::Inferred);
        }
        // 县委书记…对副市长…表示欢迎。他表示: whom something is done to is not meant.
        let standing = |object: bool| {
            mentions.iter().rev().find(|mention| {
                mention.span.end() <= span.start()
                    && is_somebody(mention)
                    && (object
                        || is_met(&folded.text()[..mention.span.start()])
                        || mention.span.of(folded.text()).starts_with('、')
                        || !is_object(&folded.text()[..mention.span.start()]))
            })
        };
        let before = standing(false).or_else(|| {
            if self.last_person.is_none() {
                standing(true)
            } else {
                None
            }
        });
        let speaker = before.map_or_else(
            || self.last_person.clone(),
            |mention| Some(self.cast.person(mention, folded)),
        );
        speaker.map_or(VoiceKind::Unknown, |speaker| {
            VoiceKind::Person(speaker, Certainty::Inferred)
        })
    }

    /// Whom 他 means, where the sentence before it begins with somebody who has no name and nobody is named since: as the text
    /// calls him.
    fn nameless_before(&self, pronoun: Span, folded: &Folded, mentions: &[Mention]) -> Option<VoiceKind> {
        let text = folded.text();
        let sentence = sentence_before(text, pronoun).start();
        let since = Span::new(sentence, pronoun.start());
        let named = mentions
            .iter()
            .any(|mention| since.contains(mention.span) && mention.naming != Naming::Office);
        if named {
            return None;
        }
        let words = text[sentence..].trim_start();
        let start = text.len() - words.len();
        let counted = PERSONS.counted.iter().find(|word| words.starts_with(**word))?;
        let length = somebody(words, counted)?;
        let name = folded.words(Span::new(start, start + length), self.text);
        Some(VoiceKind::Person(Identified::only_name(name), Certainty::Inferred))
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn he_is_whom_the_sentence_before_tells_of() {
        let nameless = "松溪县防汛\n\n5月20日，松溪县召开防汛会。县长邹岚强调，要把圩口看住。\n\n一名老船工撑着篙给大家演示水深。他说，看水就像看人。\n";
        says(nameless, "看水就像看人", Some("一名老船工"));
        let named = "咸阳旅游会\n\n5月20日，旅游会召开。长武县副县长邹岚介绍，长武游客多。\n\n大丰区区长项立峰晒出的成绩单更亮眼：人均消费528元。他坦言，大丰也有烦恼。\n";
        says(named, "大丰也有烦恼", Some("项立峰"));
    }

    #[test]
    fn he_is_whom_a_clause_describes_before_the_name() {
        let text =
            "松溪县走访\n\n5月20日，县长邹岚到村里走访。\n\n在村里开小卖部的黎大友待得最久。他出来时说，机耕道要修。\n";
        says(text, "机耕道要修", Some("黎大友"));
        let thing = "松溪县走访\n\n5月20日，县长邹岚到村里走访。\n\n在村里开会的桌子抬了出来。他说，机耕道要修。\n";
        says(thing, "机耕道要修", Some("邹岚"));
    }

    #[test]
    fn an_age_tells_of_another() {
        let text = "松溪县走访\n\n村民谭显富端出饭菜。“县里的医院报得多。”77岁的谭大爷说。\n";
        says(text, "县里的医院", Some("谭大爷"));
        let same = "松溪县走访\n\n村民谭显富端出饭菜。“县里的医院报得多。”谭大爷说。\n";
        says(same, "县里的医院", Some("谭显富"));
    }

    #[test]
    fn he_is_who_is_heard_where_nobody_by_name_hears_him() {
        let heard = "县政府常务会议纪要\n\n5月20日，县长邹岚主持会议。廖平指出，泵站要快。会议听取了丘福生同志关于增设泵站的汇报。他说，要增加两台。\n";
        says(heard, "要增加两台", Some("丘福生"));
        let hears = "县政府常务会议纪要\n\n5月20日，县长邹岚听取了丘福生同志关于增设泵站的汇报。她说，要增加两台。\n";
        says(hears, "要增加两台", Some("邹岚"));
    }

    #[test]
    fn he_is_whom_a_reporter_meets() {
        let met = "县委书记访谈\n\n记者：群众怎么看？\n\n丘福生：请你们去问。\n\n采访结束后，记者在村口遇到果农廖平。他告诉记者，今年路通了。\n";
        says(met, "今年路通了", Some("廖平"));
    }
}
