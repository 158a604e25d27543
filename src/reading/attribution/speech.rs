//! One paragraph of prose: its quotations and frames become the stretches that somebody said.

use super::closing::closes_report;
use super::content::Mark;
use super::dialogue::opens_report;
use super::frame::{Frame, frames};
use super::lexicon::{Lexicon, Words};
use super::mention::{Mention, Naming};
use super::name::{ADDRESSES, NameReader};
use super::persons::PERSONS;
use super::quoted::is_speech;
use super::subject::{Context, Subject};
use crate::meeting::Manner;
use crate::meeting::SpeakerRule;
use crate::text::{Quotation, Span, quotations, rows, sentences};
use std::sync::LazyLock;

/// Who says a stretch, as far as the paragraph tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// A frame's subject.
    Frame(Frame),
    /// The same as the stretch before, in this paragraph or an earlier one.
    Same,
    /// Somebody who stands beside the words without a cue.
    Beside(Subject),
    /// A cue at the end of an earlier paragraph announced it.
    Announced,
    /// Nobody is named.
    Nobody,
    /// Nobody is named, but for that it is not whoever spoke before: “六月底。” behind “什么时候通车?”邹岚问。
    Another,
}

/// A stretch of the folded paragraph that somebody said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The words, without outer quotation marks.
    pub span: Span,
    /// Who.
    pub teller: Teller,
    /// In quotation marks or not.
    pub manner: Manner,
}

/// What a paragraph leaves to the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Its last frame ends in a colon with nothing behind: the words follow in the next paragraph.
    pub announces: Option<Frame>,
    /// Its last quotation is not closed.
    pub open_quotation: bool,
    /// It ends in speech.
    pub ends_in_speech: bool,
}

/// What the paragraph before left.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// It announced words of somebody.
    pub announced: bool,
    /// It left a quotation open.
    pub open_quotation: bool,
}

/// A paragraph prepared for frames: words in quotation marks hidden, so that no rule looks into them.
pub struct Paragraph<'p> {
    /// The folded text.
    pub text: &'p str,
    pub(super) masked: String,
    pub(super) speeches: Vec<Quotation>,
}

impl<'p> Paragraph<'p> {
    /// Finds the quotations of a folded paragraph, and which are speech.
    pub fn new(text: &'p str) -> Paragraph<'p> {
        let mut found = quotations(text);
        let first = found.first().map_or(text.len(), |first| first.outer.start());
        found.splice(0..0, unopened(text).filter(|lost| lost.outer.end() <= first));
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        let mut speeches = Vec::new();
        for quotation in found {
            let speech = is_speech(text, &quotation);
            masked.push_str(&text[at..quotation.inner.start()]);
            mask(quotation.inner.of(text), if speech { '□' } else { '■' }, &mut masked);
            at = quotation.inner.end();
            if speech {
                speeches.push(quotation);
            }
        }
        masked.push_str(&text[at..]);
        debug_assert_eq!(masked.len(), text.len());
        Paragraph { text, masked, speeches }
    }

    /// The folded text with all quoted words hidden behind □ (speech) and ■ (terms), as long as the text.
    pub fn masked(&self) -> &str {
        &self.masked
    }

    /// The stretches that somebody said, in order, and what the next paragraph should know.
    pub fn tell(&self, mentions: &[Mention], names: &NameReader, before: Before) -> (Vec<Told>, Outlook) {
        let mut told: Vec<Told> = Vec::new();
        let mut outlook = Outlook::default();
        let mut from = 0;
        for index in 0..=self.speeches.len() {
            let speech = self.speeches.get(index);
            let to = speech.map_or(self.masked.len(), |speech| speech.outer.start());
            let stretch = Span::new(from, to);
            let context = Context {
                text: &self.masked,
                mentions,
                names,
                from,
            };
            let mut found = frames(&context, stretch);
            let behind_speech = index > 0;
            let trailing = behind_speech.then(|| self.trailing(&found, stretch, index)).flatten();
            if behind_speech
                && let Some(last) = told.last_mut().filter(|last| {
                    matches!(last.teller, Teller::Nobody | Teller::Another)
                        || last.teller == Teller::Same && trailing.is_some_and(|frame| self.closes_on(&frame, stretch))
                        || (last.teller == Teller::Same && index == 1 && !before.open_quotation)
                })
            {
                // “有困难。”邹岚当即对县长说,…: who goes on to speak need not have answered.
                let names = |frame: &Frame| {
                    last.teller != Teller::Another
                        || self.says_nothing_more(frame, stretch, &found)
                        || self.closes_on(frame, stretch)
                };
                if let Some(frame) = trailing.filter(names) {
                    last.teller = Teller::Frame(frame);
                } else if last.teller == Teller::Nobody && before.announced {
                    last.teller = Teller::Announced;
                }
            }
            let stands_behind = trailing
                .filter(|frame| self.says_nothing_more(frame, stretch, &found) || self.closes_on(frame, stretch));
            if let Some(frame) = stands_behind {
                found.retain(|other| other != &frame || self.leads(frame, stretch, speech));
            }
            self.tell_prose(
                &found,
                stretch,
                stands_behind.is_some() || trailing.is_some(),
                mentions,
                &mut told,
            );
            // The frame that the stretch ends with, if its words are the next quotation.
            let lead = found
                .last()
                .copied()
                .filter(|frame| self.leads(*frame, stretch, speech));
            if let Some(speech) = speech {
                let alone = stretch.of(&self.masked).trim().is_empty();
                let lead = lead.or_else(|| colon_frame(&context, stretch));
                let teller = match lead {
                    Some(frame) => Teller::Frame(frame),
                    None if index == 0 && before.announced && alone => Teller::Announced,
                    None if index == 0 && before.open_quotation && alone => Teller::Same,
                    None if index == 0 && self.goes_on_in_quotes(stretch, &told) => Teller::Same,
                    None if index > 0 && self.is_answer(index, stretch, trailing, &told) => Teller::Another,
                    None if index > 0 && self.goes_on(stretch, &found) => Teller::Same,
                    None => Teller::Nobody,
                };
                told.push(Told {
                    span: speech.inner.trimmed(self.text),
                    teller,
                    manner: Manner::Direct,
                });
                from = speech.outer.end();
            } else {
                outlook.announces = found
                    .last()
                    .copied()
                    .filter(|frame| frame.mark.is_colon() && self.masked[frame.content..].trim().is_empty());
            }
        }
        self.name_beside(mentions, &mut told);
        outlook.open_quotation = self.speeches.last().is_some_and(|speech| !speech.closed);
        outlook.ends_in_speech = told.last().is_some_and(|last| {
            self.masked[last.span.end()..]
                .trim_matches(|c: char| !c.is_alphanumeric())
                .is_empty()
        });
        if told.is_empty() && before.announced && outlook.announces.is_none() && !self.text.trim().is_empty() {
            told.push(Told {
                span: Span::new(0, self.text.len()).trimmed(self.text),
                teller: Teller::Announced,
                manner: Manner::Indirect,
            });
        }
        (told, outlook)
    }

    /// Speech whose speaker no cue names is that of the person who stands right behind it (“…”王静的话引起掌声), or who
    /// leads to its next part (“…”文海说完防汛说抗旱,“…”), or who is the only one in the paragraph.
    fn name_beside(&self, mentions: &[Mention], told: &mut [Told]) {
        // 邹岚是护林员,…。“…”: whom the paragraph begins with, where it names nobody else.
        let topic = mentions
            .first()
            .filter(|first| first.span.start() == 0 && first.naming != Naming::Office);
        let alone = topic.is_some_and(|first| {
            mentions
                .iter()
                .all(|other| other.naming == Naming::Office || other.naming_of(self.text) == first.naming_of(self.text))
        });
        let only = match mentions {
            _ if alone => Some(0),
            [] => None,
            [first, rest @ ..] => rest
                .iter()
                .all(|other| other.naming_of(self.text) == first.naming_of(self.text))
                .then_some(0),
        };
        for stretch in told.iter_mut() {
            if matches!(stretch.teller, Teller::Same | Teller::Another | Teller::Nobody)
                && stretch.manner == Manner::Direct
                && let Some(subject) = self.whose_words(stretch.span, mentions)
            {
                stretch.teller = Teller::Beside(subject);
            }
            if matches!(stretch.teller, Teller::Another | Teller::Nobody)
                && stretch.manner == Manner::Direct
                && let Some(subject) = self.somebody_behind(stretch.span)
            {
                stretch.teller = Teller::Beside(subject);
            }
            if stretch.teller != Teller::Nobody || stretch.manner != Manner::Direct {
                continue;
            }
            let words = stretch.span;
            let Some(at) = self.speeches.iter().position(|speech| speech.inner.contains(words)) else {
                continue;
            };
            let from = self.speeches[at].outer.end();
            let to = self
                .speeches
                .get(at + 1)
                .map_or(self.masked.len(), |next| next.outer.start());
            let gap = &self.masked[from..to];
            let lead = gap.len() - gap.trim_start_matches([' ', ',', '—']).len();
            let behind = mentions
                .iter()
                .position(|mention| mention.span.start() == from + lead && mention.naming != Naming::Office);
            let goes_on = at + 1 < self.speeches.len() && gap.ends_with(',') && !gap.contains(['。', '!', '?', ';']);
            let leads_on = mentions.iter().position(|mention| {
                goes_on && mention.span.start() >= from && mention.span.end() <= to && !self.is_object(mention)
            });
            // “…。”6月28日,在程阳八寨,侗歌队队长龙秀云领唱起来。
            let sentence = from + gap.find(['。', '!', '?']).unwrap_or(gap.len());
            let opens = opens_report(&self.masked[..self.speeches[at].outer.start()]);
            let introduced = mentions.iter().enumerate().filter(|(_, mention)| {
                // 在邹岚家的火塘边,丘福生坐了下来。: whose house it is.
                let owns = self.masked[mention.span.end()..].starts_with(['家', '的']);
                mention.span.start() >= from
                    && mention.span.end() <= sentence
                    && mention.naming != Naming::Office
                    && !owns
            });
            let introduced = super::only(introduced).filter(|_| opens).map(|(index, _)| index);
            // “…”写有这句话的展板立在大厅。…委员和部门同志协商。: whom a later sentence calls by an office alone.
            let only =
                only.filter(|at| mentions[*at].naming != Naming::Office || mentions[*at].span.start() < sentence);
            if let Some(mention) = behind.or(leads_on).or(introduced).or(only) {
                let counted = self.counted_before(mentions[mention].span);
                let is_office = mentions[mention].naming == Naming::Office;
                stretch.teller = Teller::Beside(match counted.filter(|_| is_office) {
                    Some(span) => Subject::Nameless(span),
                    None => Subject::Mentioned(mention),
                });
            } else if goes_on && gap[lead..].starts_with(['他', '她']) && !gap[lead..].contains("们") {
                // “…,”他打开手机里的照片,“…”
                let at = from + lead;
                stretch.teller = Teller::Beside(Subject::Pronoun(Span::new(at, at + '他'.len_utf8())));
            }
        }
    }

    /// Whether the first quotation of a paragraph goes on with what somebody is reported to have said right before it: 他说,今年扩建
    /// 生产线。“收购价不低于去年。”
    fn goes_on_in_quotes(&self, stretch: Span, told: &[Told]) -> bool {
        let Some(last) = told.last() else { return false };
        let person = matches!(
            last.teller,
            Teller::Frame(Frame {
                subject: Subject::Mentioned(_) | Subject::NewName(_) | Subject::Pronoun(_),
                ..
            })
        );
        // “…。”正在铺草的村民邹岚说: somebody else may be named behind.
        let behind = self
            .speeches
            .first()
            .map_or("", |speech| self.masked[speech.outer.end()..].trim_start());
        if !(behind.is_empty() || behind.starts_with(['他', '她'])) {
            return false;
        }
        let between = self.masked.get(last.span.end()..stretch.end()).unwrap_or_default();
        person && last.manner == Manner::Indirect && !between.contains(char::is_alphanumeric) && between.contains('。')
            || person
                && last.manner == Manner::Indirect
                && between.is_empty()
                && last.span.of(self.text).ends_with('。')
    }

    /// An office without a name with the word that counts it: 一位民警代表.
    fn counted_before(&self, office: Span) -> Option<Span> {
        let before = &self.masked[..office.start()];
        let counted = PERSONS.counted.iter().find(|word| before.ends_with(**word))?;
        Some(Span::new(office.start() - counted.len(), office.end()))
    }

    /// Whether a mention is the object of a preposition: 对王静说.
    fn is_object(&self, mention: &Mention) -> bool {
        self.masked[..mention.span.start()].ends_with(PREPOSITIONS)
    }

    /// Whether the frame's words are the quotation right behind the stretch.
    fn leads(&self, frame: Frame, stretch: Span, speech: Option<&Quotation>) -> bool {
        speech.is_some()
            && frame.mark.is_some()
            && frame.content <= stretch.end()
            && self.masked[frame.content..stretch.end()]
                .trim_matches([' ', ',', ':'])
                .is_empty()
    }

    /// The frame behind a quotation that names its speaker: the first of the sentence that goes on behind it.
    fn trailing(&self, found: &[Frame], stretch: Span, index: usize) -> Option<Frame> {
        let first = found.first().copied()?;
        let rest = stretch.of(&self.masked);
        let sentence_end = rest
            .find(['。', '!', '?', '\n'])
            .map_or(stretch.end(), |at| stretch.start() + at);
        if first.cue.start() > sentence_end {
            return None;
        }
        let opens = Lexicon::shared().narration.prefix(rest.trim_start());
        let inner = self.speeches[index - 1].inner.of(self.text);
        let breaks_off = inner.trim_end().ends_with(',');
        let colon_leads_on = first.mark.is_colon()
            && self
                .speeches
                .get(index)
                .is_some_and(|next| first.content >= next.outer.start())
            && !breaks_off
            && index > 1;
        // “…。”一位村民说。: what might begin the reporter's own sentence ends it with a cue.
        let names = opens.is_none_or(|_| breaks_off || self.closes_on(&first, stretch));
        (names && !colon_leads_on && first.subject != Subject::Inherited).then_some(first)
    }

    /// Whether a frame behind a quotation only names its speaker: no words of weight follow it.
    fn says_nothing_more(&self, frame: &Frame, stretch: Span, found: &[Frame]) -> bool {
        let end = found
            .iter()
            .map(|other| other.start)
            .find(|start| *start > frame.cue.end())
            .unwrap_or(stretch.end());
        let rest = &self.masked[frame.content.min(end)..end];
        let sentences = sentences(rest);
        sentences.len() <= 1 && rest.chars().count() < 14 && !frame.mark.is_colon()
    }

    /// Whether the speech before goes on in the next quotation: no one else comes in between.
    fn goes_on(&self, stretch: Span, found: &[Frame]) -> bool {
        let between = stretch.of(&self.masked).trim();
        between.is_empty() || found.first().is_none_or(|frame| frame.subject == Subject::Inherited) || found.len() == 1
    }

    /// The reported words of each frame in a stretch of prose.
    fn tell_prose(&self, found: &[Frame], stretch: Span, behind: bool, mentions: &[Mention], told: &mut Vec<Told>) {
        for (index, frame) in found.iter().enumerate() {
            let next = found.get(index + 1).map_or(stretch.end(), |next| next.start);
            if frame.content >= next {
                continue;
            }
            let words = Span::new(frame.content, self.speech_end(frame, next, mentions));
            let span = strip_marks(words, self.text);
            let heavy = span.of(self.text).chars().filter(|c| !c.is_ascii_punctuation()).count();
            let light_tail = behind && index == 0 && heavy < 14;
            if heavy < 4 || light_tail || !has_han(span.of(self.text)) || goes_on_doing(span.of(self.text)) {
                continue;
            }
            // What is written on a paper stands there letter for letter, up to the day behind it.
            let written = frame.mark.is_colon() && WRITTEN.iter().any(|word| frame.cue.of(self.text).contains(word));
            told.push(Told {
                span: if written { without_day(span, self.text) } else { span },
                teller: Teller::Frame(*frame),
                manner: if written { Manner::Direct } else { Manner::Indirect },
            });
        }
    }

    /// Where reported words end: before the first sentence that is the reporter's own.
    fn speech_end(&self, frame: &Frame, limit: usize, mentions: &[Mention]) -> usize {
        let words = &self.masked[frame.content..limit];
        let lexicon = Lexicon::shared();
        for (index, sentence) in sentences(words).into_iter().enumerate() {
            let own = sentence.of(words).trim_start();
            let at = frame.content + sentence.end() - sentence.of(words).trim_start().len();
            if index > 0 && self.is_told_of(own, at, mentions) {
                return frame.content + sentence.start();
            }
            if index > 0 && closes_report(own, mentions.iter().any(|mention| mention.span.start() == at)) {
                return frame.content + sentence.start();
            }
            if index > 0
                && !words[..sentence.start()].trim_end().ends_with(';')
                && (lexicon.narration.prefix(own).is_some() || self.introduces_group(own))
            {
                return frame.content + sentence.start();
            }
        }
        limit
    }

    /// Whether a sentence tells of somebody, so that it is the reporter's: 他点名的项目…, 信访局局长卞小虎分析了….
    fn is_told_of(&self, sentence: &str, at: usize, mentions: &[Mention]) -> bool {
        let bare = TIMES
            .iter()
            .find_map(|time| sentence.strip_prefix(time))
            .unwrap_or(sentence)
            .trim_start_matches(',');
        let pronoun = bare
            .strip_prefix(['他', '她'])
            .is_some_and(|rest| !rest.starts_with(['们', '人', '乡', '国', '日', '山']))
            || bare.starts_with("这位")
            || bare.starts_with("那位");
        let introduced = mentions.iter().any(|mention| {
            let behind = &self.masked[mention.span.end()..];
            // 邹岚感谢老人…: what somebody does besides. 邹岚书记的讲话…: what is spoken of.
            let does = DOES.prefix(behind).is_some() && matches!(mention.naming, Naming::Name(_));
            let is_name = matches!(mention.naming, Naming::Name(_));
            // 邹岚同志要排出日程: whom the speaker tells to do something. 邹岚对做法给予肯定: the reporter's.
            let behind = ADDRESSES
                .iter()
                .find_map(|word| behind.strip_prefix(word))
                .unwrap_or(behind);
            // 邹岚同志提的问题: what is spoken of.
            let spoken_of = behind.chars().take(3).any(|c| c == '的');
            let named = is_name && !spoken_of && (mention.office.is_some() || !is_charged(behind));
            mention.span.start() == at && (named || does)
        });
        pronoun || introduced
    }

    /// A new sentence about the meeting itself: 会议由…, 大家还参观了….
    fn introduces_group(&self, sentence: &str) -> bool {
        let lexicon = Lexicon::shared();
        lexicon.groups.prefix(sentence).is_some_and(|word| {
            let rest = &sentence[word.len()..];
            matches!(word, "会议" | "大家" | "与会人员" | "参会人员" | "全会" | "大会")
                && !rest.starts_with(['要', '的', '都', '一', '应', '必'])
        })
    }
}

/// Words that a paragraph begins with and whose opening mark the page lost: 石老哥,你先讲嘛。”村支书邹岚说。
fn unopened(text: &str) -> Option<Quotation> {
    let at = text.find(['“', '”', '"', '□'])?;
    let closes = text[at..].starts_with('”') && crate::text::ends_sentence(&text[..at]);
    let own = !text[..at].contains([':', '\n']);
    (closes && own).then(|| Quotation {
        outer: Span::new(0, at + '”'.len_utf8()),
        inner: Span::new(0, at),
        closed: true,
    })
}

/// Whether the words behind a name say what its bearer is to do.
fn is_charged(behind: &str) -> bool {
    PERSONS.charged.iter().any(|word| behind.starts_with(word))
}

/// Words of time that a sentence of narration may begin with (如今他把老屋改成了客栈).
const TIMES: [&str; 12] = [
    "如今",
    "现在",
    "目前",
    "后来",
    "去年",
    "今年",
    "当年",
    "那年",
    "从此",
    "之后",
    "此后",
    "第二年",
];

/// What a report says that somebody does, right behind the name, between the words of others.
static DOES: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows!("does.tsv", 1).filter_map(|row| row.first().copied())));

/// Cues of what is written on a paper: 批示.
pub(super) const WRITTEN: [&str; 3] = ["批示", "批注", "签批"];

/// Without a day in brackets at the end: 结果报我。(3月5日)
fn without_day(span: Span, text: &str) -> Span {
    let words = span.of(text).trim_end();
    let Some(open) = words.ends_with(')').then(|| words.rfind('(')).flatten() else {
        return span;
    };
    let is_day = words[open + 1..words.len() - 1]
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/'));
    if is_day {
        Span::new(span.start(), span.start() + open).trimmed(text)
    } else {
        span
    }
}

/// What stands before somebody who is spoken to.
const PREPOSITIONS: [char; 11] = ['给', '向', '对', '与', '和', '同', '跟', '为', '把', '被', '让'];

/// A colon before a quotation reports it whatever the words before say (他回答得很干脆:“…”): the speaker is the first
/// person of the sentence, or else the last one before it in the stretch.
fn colon_frame(context: &Context<'_>, stretch: Span) -> Option<Frame> {
    let before = stretch.of(context.text).trim_end();
    let colon = stretch.start() + before.strip_suffix(':')?.len();
    let (subject, start, end) = context.leads_to(colon).or_else(|| context.topic_before(colon))?;
    Some(Frame {
        subject,
        start,
        cue: Span::new(end, colon).trimmed(context.text),
        content: stretch.end(),
        mark: Mark::Colon,
        rule: SpeakerRule::ColonBeforeQuotation,
    })
}

/// Whether words tell what their subject did besides speaking: 介绍了情况, 并回答记者提问.
fn goes_on_doing(words: &str) -> bool {
    // 积极发言,提出了意见和建议。
    let bare = words.trim_end_matches('。');
    if bare.starts_with("提出") && bare.chars().count() <= 16 && bare.ends_with(['议', '见', '求']) {
        return true;
    }
    let Some(rest) = words.strip_prefix('并') else {
        return false;
    };
    !rest.starts_with(['且', '非', '不', '没', '未', '无'])
}

fn mask(text: &str, by: char, into: &mut String) {
    for c in text.chars() {
        match c.len_utf8() {
            3 => into.push(by),
            width => into.extend(std::iter::repeat_n('_', width)),
        }
    }
}

fn strip_marks(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let lead = words.len()
        - words
            .trim_start_matches([' ', ',', ':', ';', '。', '、', '\u{2014}'])
            .len();
    Span::new(span.start() + lead, span.end()).trimmed(text)
}

fn has_han(text: &str) -> bool {
    text.chars().any(super::name_end::is_name_char)
}
