//! What speaks against a cue's reporting somebody's words, each reason by its name.

use super::closing::closes_report;
use super::content::{Content, Mark};
use super::frame::Frame;
use super::lexicon::Opening;
use super::mention::Naming;
use super::subject::{Context, Subject};
use crate::text::{Span, last_clause};

/// A cue with who would speak and what would be said.
pub struct Candidate<'a> {
    /// What stands around it.
    pub context: &'a Context<'a>,
    /// The stretch that it stands in.
    pub range: Span,
    /// The reporting word.
    pub cue: Span,
    /// How the cue's words follow.
    pub opening: Opening,
    /// Where they would begin.
    pub content: Content,
    /// Who would speak.
    pub subject: Subject,
    /// Where the subject's clause begins.
    pub start: usize,
    /// The frame before it in the stretch.
    pub before: Option<&'a Frame>,
}

/// A reason why a cue reports nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veto {
    /// It stands between the cue before and that one's words: 提出三点要求:….
    InsideFrame,
    /// 最大的体会是,… within somebody's words; 盘月英的体会是,… is a frame.
    NobodysPossession,
    /// 墙上贴着饲喂说明,…: explanations hang on walls too.
    ThingExplains,
    /// 看来,… by itself is nobody's; 在他看来,… is his.
    NobodysView,
    /// …占道摆摊,希望县里统筹解决: the speaker's own words go on.
    OwnWish,
    /// 邹岚希望大家…;围绕中心工作,提出好建议,…: what the speaker wants others to put forward.
    OwnObject,
    /// 邹岚说,…,总包单位承诺,…: what she tells of a body.
    OwnAccount,
    /// 各镇抓紧落实,要求….: nobody is the subject, and no mark and no 并 stands there.
    NoSubject,
    /// A cue of one character without a mark behind a group or nobody: 群众说好.
    TooShort,
    /// 邹岚通报情况,副县长丘平主持: what follows is told of somebody else.
    TellsOfAnother,
    /// 邹岚提出,路边归谁管,林草说归镇里: whom the speaker tells of.
    NewNameWithin,
    /// 邹岚同意验收: only a meeting's decisions are words.
    NoMeetingDecides,
}

/// In the order in which they are asked.
const ALL: [Veto; 12] = [
    Veto::InsideFrame,
    Veto::NobodysPossession,
    Veto::ThingExplains,
    Veto::NobodysView,
    Veto::NoMeetingDecides,
    Veto::OwnWish,
    Veto::OwnObject,
    Veto::OwnAccount,
    Veto::NoSubject,
    Veto::TooShort,
    Veto::TellsOfAnother,
    Veto::NewNameWithin,
];

/// The first reason against a candidate.
pub fn veto(candidate: &Candidate<'_>) -> Option<Veto> {
    ALL.into_iter().find(|veto| veto.holds(candidate))
}

impl Veto {
    fn holds(self, candidate: &Candidate<'_>) -> bool {
        let Candidate {
            context,
            cue,
            content,
            subject,
            start,
            ..
        } = *candidate;
        let text = context.text;
        let unmarked = !content.mark.is_some();
        let word = cue.of(text);
        match self {
            Veto::InsideFrame => candidate.before.is_some_and(|last| {
                last.cue.end() >= cue.start() || last.content >= content.cue_end && last.mark.is_some()
            }),
            Veto::NobodysPossession => {
                let of_somebody = context.mentions.iter().any(|mention| mention.span.end() == cue.start())
                    || text[..cue.start()].ends_with(['他', '她']);
                word.starts_with('的') && !of_somebody
            }
            Veto::ThingExplains => word == "说明" && matches!(subject, Subject::Inherited | Subject::Nameless(_)),
            Veto::NobodysView => word == "看来" && !text[..start].ends_with('在'),
            Veto::NoMeetingDecides => {
                candidate.opening == Opening::Decision && !content.mark.is_direct() && !candidate.is_of_meeting()
            }
            Veto::OwnWish => {
                let may_be_own = match subject {
                    Subject::Inherited | Subject::Group(_) | Subject::Nameless(_) => true,
                    // The sentence's subject, before the words that go on: not one of this clause.
                    Subject::Mentioned(index) => {
                        let mention = &context.mentions[index];
                        mention.naming == Naming::Office || mention.span.start() < start
                    }
                    // …,她天天守着苗圃,盼着下雨: what the speaker tells of her.
                    Subject::Pronoun(span) => text
                        .get(span.end()..cue.start())
                        .is_some_and(|gap| gap.trim_end().ends_with(',')),
                    Subject::NewName(_) => false,
                };
                unmarked && candidate.is_within_words() && !candidate.is_conjunct() && may_be_own
            }
            Veto::OwnObject => {
                let own = match subject {
                    Subject::Inherited => true,
                    Subject::Mentioned(index) => context.mentions[index].span.start() < start,
                    _ => false,
                };
                content.mark == Mark::Object && own && candidate.is_within_words() && !candidate.is_conjunct()
            }
            Veto::OwnAccount => {
                let body =
                    matches!(subject, Subject::Group(span) if !is_meeting(span.of(text)) && !is_plural(span.of(text)));
                body && candidate.is_within_words()
            }
            Veto::NoSubject => {
                subject == Subject::Inherited && unmarked && !candidate.is_conjunct() && !candidate.begins_sentence()
            }
            Veto::TooShort => {
                let nobody = matches!(subject, Subject::Inherited | Subject::Nameless(_) | Subject::Group(_));
                word.chars().count() == 1 && unmarked && nobody
            }
            Veto::NewNameWithin => {
                unmarked && word == "说" && matches!(subject, Subject::NewName(_)) && candidate.is_within_words()
            }
            Veto::TellsOfAnother => {
                let another = context.mentions.iter().any(|mention| {
                    mention.span.start() == content.start
                        && mention.office.is_some()
                        && matches!(mention.naming, Naming::Name(_))
                });
                // 邹岚主持并点评,副县长丘平、部长廖平参加。
                let attends = || closes_report(&text[content.start..sentence_end(text, content.start)], true);
                another && (content.mark == Mark::Object || attends())
            }
        }
    }
}

/// Where the sentence ends that begins at `from`.
fn sentence_end(text: &str, from: usize) -> usize {
    text[from..].find(['。', '!', '?']).map_or(text.len(), |at| from + at)
}

impl Candidate<'_> {
    /// Whether the words of the frame before run up to this cue's clause, without a sentence's end.
    fn is_within_words(&self) -> bool {
        /// Words that say no more than 赞同, in characters.
        const NO_WORDS: usize = 4;
        let text = self.context.text;
        self.before.is_some_and(|last| {
            // 对做法表示赞同,希望…
            let clause = last.content + last_clause(&text[last.content.min(self.cue.start())..self.cue.start()]);
            let said = text.get(last.content..clause).unwrap_or_default();
            let praise = last.mark == Mark::None
                && last.cue.of(text).ends_with("表示")
                && said.chars().filter(|c| c.is_alphanumeric()).count() <= NO_WORDS;
            !praise
                && last.content <= self.cue.start()
                && !text[last.content..self.cue.start()].contains(['。', '!', '?'])
        })
    }

    /// 并要求, 还希望.
    fn is_conjunct(&self) -> bool {
        let before = &self.context.text[self.range.start()..self.cue.start()];
        ["并", "还", "同时", "也", "又", "并且"]
            .iter()
            .any(|word| before.ends_with(word))
    }

    /// 委员们一致认为报告很好。表示将认真落实。: the sentence before is somebody's, and so is this one.
    fn begins_sentence(&self) -> bool {
        let text = self.context.text;
        let before = text[self.range.start()..self.cue.start()].trim_end();
        let goes_on = matches!(self.cue.of(text), "表示" | "认为") && self.before.is_some();
        goes_on && before.ends_with('。')
    }

    fn is_of_meeting(&self) -> bool {
        matches!(self.subject, Subject::Group(span) if is_meeting(span.of(self.context.text)))
    }
}

/// Whether a group is a meeting, by how its name ends.
pub fn is_meeting(group: &str) -> bool {
    group.ends_with("会议")
        || group.ends_with('会')
            && !["协会", "商会", "工会", "委员会"]
                .iter()
                .any(|body| group.ends_with(body))
}

/// Whether a group is people: 委员们, 大家, 与会代表, 邹岚、丘平.
fn is_plural(group: &str) -> bool {
    group.contains('、')
        || group.ends_with('们')
        || [
            "大家", "大伙", "双方", "三人", "两人", "人员", "代表", "委员", "群众", "村民", "居民",
        ]
        .iter()
        .any(|word| group.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::content::content_of;
    use super::super::frame::frames;
    use super::super::lexicon::Lexicon;
    use super::super::mention::MentionFinder;
    use super::super::name::NameReader;
    use super::super::people::People;
    use super::*;

    /// What speaks against the last cue of a text that something is said of.
    fn against(text: &str, word: &str) -> Option<Veto> {
        let mentions = MentionFinder::new().find(text, &People::default());
        let names = NameReader::new();
        let context = Context {
            text,
            mentions: &mentions,
            names: &names,
            from: 0,
        };
        let range = Span::new(0, text.len());
        let (cue, entry) = Lexicon::shared()
            .cues_in(text)
            .filter(|(cue, _)| cue.of(text) == word)
            .last()
            .expect("it is a cue");
        let content = content_of(text, cue, text.len(), entry.opening).expect("words follow");
        let found = context.subject_of(cue).expect("somebody may be its subject");
        let all = frames(&context, range);
        veto(&Candidate {
            context: &context,
            range,
            cue,
            opening: entry.opening,
            content,
            subject: found.subject,
            start: found.start,
            before: all.iter().rfind(|frame| frame.cue.start() < cue.start()),
        })
    }

    #[test]
    fn each_has_its_example_and_counter_example() {
        for (text, word, veto) in [
            (
                "副县长邹岚说,首先的体会是,路好走了。",
                "的体会是",
                Some(Veto::NobodysPossession),
            ),
            ("副县长邹岚的体会是,路好走了。", "的体会是", None),
            ("副县长邹岚说,路窄,希望县里统筹解决。", "希望", Some(Veto::OwnWish)),
            ("副县长邹岚说,路窄,并希望县里统筹解决。", "希望", None),
            (
                "副县长邹岚希望大家开好会,围绕中心,提出好的建议,让路好走。",
                "提出",
                Some(Veto::OwnObject),
            ),
            ("副县长邹岚提出好的建议,让路好走。", "提出", None),
            (
                "副县长邹岚说,路修好了,水利局承诺,月底完工。",
                "承诺",
                Some(Veto::OwnAccount),
            ),
            ("路修好了,水利局承诺,月底完工。", "承诺", None),
            (
                "副县长邹岚通报情况,副县长丘福生主持会议。",
                "通报",
                Some(Veto::TellsOfAnother),
            ),
            ("副县长邹岚通报情况,今年要修三条路。", "通报", None),
            (
                "县委书记邹岚主持并点评,副县长丘福生参加。七个镇作了汇报。",
                "点评",
                Some(Veto::TellsOfAnother),
            ),
            ("县委书记邹岚主持并点评,七个镇的路都要修。", "点评", None),
            (
                "副县长邹岚提出,路边的羊归谁管要讲清楚,林草说归镇里。",
                "说",
                Some(Veto::NewNameWithin),
            ),
            ("副县长邹岚提出,路边的羊要管。林草说,归镇里。", "说", None),
            ("副县长邹岚同意验收新路。", "同意", Some(Veto::NoMeetingDecides)),
            ("会议同意验收新路。", "同意", None),
        ] {
            assert_eq!(against(text, word), veto, "{text}");
        }
    }
}
