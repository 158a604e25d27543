//! Who the subject of a cue is: the person or group before it, with nothing but adverbials between.

use std::sync::LazyLock;

use super::adverbial::{is_thin, strip_thin};
use super::clause::somebody;
use super::lexicon::Words;
use super::mention::{Mention, Naming};
use super::name::NameReader;
use super::name_end::is_name_char;
use super::persons::PERSONS;
use crate::meeting::SpeakerRule;
use crate::text::{Segmenter, Span, is_clause_mark, last_clause, rows};

/// The subject of a cue, in spans of the folded paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person mentioned here: index into the paragraph's mentions.
    Mentioned(usize),
    /// A name met here for the first time, without an office.
    NewName(Span),
    /// 他, 她, 其, 该负责人: a person mentioned earlier.
    Pronoun(Span),
    /// A group, as it is named.
    Group(Span),
    /// A person without name or title (一位老乡).
    Nameless(Span),
    /// No subject of its own: that of the sentence or of the cue before.
    Inherited,
}

/// A subject and where its clause begins to speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub subject: Subject,
    /// Where the subject begins; for an inherited one, the cue's clause.
    pub start: usize,
    /// The rule that found it.
    pub rule: SpeakerRule,
}

/// What stands around a cue in one stretch of prose.
pub struct Context<'p> {
    /// The folded paragraph, quoted words masked.
    pub text: &'p str,
    /// The paragraph's mentions in order.
    pub mentions: &'p [Mention],
    /// For names that are met without an office.
    pub names: &'p NameReader,
    /// Where the stretch begins: the paragraph's start, or the end of the quotation before.
    pub from: usize,
}

const PRONOUNS: [&str; 13] = [
    "这位",
    "他",
    "她",
    "其",
    "该负责人",
    "该有关负责人",
    "这位负责人",
    "上述负责人",
    "该相关负责人",
    "前者",
    "后者",
    "对方",
    "本人",
];
/// Verbs whose object is a meeting that somebody else holds or attends.
const ATTENDS: [&str; 8] = ["主持", "出席", "参加", "列席", "召集", "召开", "主持召开", "旁听"];
/// What meetings do before they decide: 会议研究并同意….
const DELIBERATES: [&str; 7] = ["研究", "审议", "听取", "讨论", "审定", "学习", "传达"];
const VETOES: &str = "的所不没未无可能要将拟需应欲想请让使令被听据难会敢来为";

/// What stands before a word of speech where nothing is said.
const NOT_YET: [&str; 6] = ["不急着", "没急着", "顾不上", "来不及", "没等", "不肯"];

/// Words behind which somebody stands who does not speak: 对, 会见, 感谢.
static TOWARD: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows!("toward.tsv", 1).filter_map(|row| row.first().copied())));

/// Whether somebody who stands behind `before` is the object of its last word: 对副市长…表示欢迎, 请局长…; or of a
/// preposition before what is said of him: 对陪同的县长….
pub fn is_object(before: &str) -> bool {
    TOWARD.suffix(before).is_some() || is_addressed(before)
}

/// Longest description of whom somebody speaks to, in characters: 陪同调研的.
const LONGEST_DESCRIPTION: usize = 10;

/// Whether somebody who stands behind `before` is spoken to, with a word on him between: 对陪同的|县长, 向身边的|村干部.
pub(super) fn is_addressed(before: &str) -> bool {
    if !before.ends_with('的') {
        return false;
    }
    let clause = &before[last_clause(before)..];
    let near = clause
        .char_indices()
        .rev()
        .nth(LONGEST_DESCRIPTION)
        .map_or(0, |(at, _)| at);
    let words = Segmenter::shared().words(&clause[near..]);
    // 跟随调研的|县长: a word that begins so is no preposition.
    words.iter().any(|(_, word)| PERSONS.spoken_to.contains(word))
}

/// 主持会议并, 还研究并 between somebody or a meeting and a cue: one does both.
pub(super) fn is_conjoined(gap: &str) -> bool {
    if !gap.ends_with('并') {
        return false;
    }
    let gap = strip_thin(gap);
    (ATTENDS.iter().chain(&DELIBERATES).any(|verb| gap.starts_with(verb)))
        && gap.chars().count() <= LONGEST_PREDICATE
        && !gap.contains(is_clause_mark)
}

/// Characters before a cue in which its sentence begins. Where words stand for pages without a mark, what is further off
/// is no subject, and is not looked through again for each cue.
const LONGEST_SENTENCE: usize = 500;
/// Longest stretch of adverbials between a subject and its cue, in bytes: about 200 characters.
const LONGEST_GAP: usize = 600;

/// Longest predicate before 并, in characters.
const LONGEST_PREDICATE: usize = 24;

impl Context<'_> {
    /// The subject of the cue at `cue`; `None` where it reports nothing.
    pub fn subject_of(&self, cue: Span) -> Option<Found> {
        let sentence = self.boundary_before(cue.start(), |c| matches!(c, '。' | '!' | '?' | '…' | '\n' | ';'));
        let clause = self.boundary_before(cue.start(), is_clause_mark);
        let before = &self.text[self.from..cue.start()];
        let last = before.chars().next_back();
        let is_mention_end = self.mentions.iter().any(|mention| mention.span.end() == cue.start());
        let pauses = ["想了想", "想想"].iter().any(|word| before.ends_with(word));
        // 他不急着讲: nothing is said yet.
        if NOT_YET.iter().any(|word| before.ends_with(word)) {
            return None;
        }
        if last.is_some_and(|c| VETOES.contains(c)) && !is_mention_end && !pauses && !before.ends_with("会") {
            return None;
        }
        if before.ends_with('会') && before[..before.len() - 3].ends_with(|c: char| "也都就才还".contains(c)) {
            return None;
        }
        if ["我", "我们", "咱", "咱们", "你", "您", "你们"]
            .iter()
            .any(|word| self.text[clause..cue.start()].trim_start().starts_with(word))
        {
            return None;
        }
        self.nearest(sentence, cue)
            .or_else(|| self.in_clause(clause, sentence, cue))
    }

    pub(super) fn boundary_before(&self, at: usize, is_mark: impl Fn(char) -> bool) -> usize {
        let before = &self.text[self.from..at];
        let mut start = before.len();
        for (mark, c) in before.char_indices().rev().take(LONGEST_SENTENCE) {
            if is_mark(c) {
                return self.from + mark + c.len_utf8();
            }
            start = mark;
        }
        self.from + start
    }

    /// Whom the sentence before `at` is about: its first person or pronoun, or the last one before it. With where the
    /// subject begins and ends.
    pub fn topic_before(&self, at: usize) -> Option<(Subject, usize, usize)> {
        let sentence = self.boundary_before(at, |c| matches!(c, '。' | '!' | '?' | '…' | '\n' | ';'));
        let persons = |from: usize, to: usize| {
            let mentioned = self
                .mentions_within(from, to)
                .map(|(index, mention)| (Subject::Mentioned(index), mention.span.start(), mention.span.end()));
            let pronouns = self
                .pronouns(from, to)
                .into_iter()
                .map(|span| (Subject::Pronoun(span), span.start(), span.end()));
            let mut all: Vec<_> = mentioned.chain(pronouns).collect();
            all.retain(|(_, start, _)| !is_object(&self.text[..*start]));
            all.sort_by_key(|(_, start, _)| *start);
            // 紧挨着他坐的副县长琚丽君: he describes somebody, and is not who speaks.
            let describes = |from: usize, to: usize| {
                let between = &self.text[from..to];
                between.contains('的') && !between.contains(is_clause_mark) && between.chars().count() <= 8
            };
            if let [(Subject::Pronoun(_), _, end), (Subject::Mentioned(index), start, _), ..] = all.as_slice()
                && self.mentions[*index].office.is_some()
                && describes(*end, self.mentions[*index].span.start().max(*start))
            {
                all.remove(0);
            }
            all
        };
        persons(sentence, at)
            .into_iter()
            .next()
            .or_else(|| {
                self.somebody_at(sentence, at)
                    .map(|span| (Subject::Nameless(span), span.start(), span.end()))
            })
            .or_else(|| persons(self.from, sentence).pop())
    }

    /// Somebody without a name whom the sentence from `sentence` to `at` begins with: 一位穿红棉袄的大娘拎着鸡挤出来,….
    pub(super) fn somebody_at(&self, sentence: usize, at: usize) -> Option<Span> {
        let words = &self.text[sentence..at];
        let start = at - words.trim_start().len();
        let counted = PERSONS
            .counted
            .iter()
            .find(|word| self.text[start..at].starts_with(**word))?;
        let length = somebody(&self.text[start..at], counted)?;
        Some(Span::new(start, start + length))
    }

    /// Pronouns for one person between two bytes.
    fn pronouns(&self, from: usize, to: usize) -> Vec<Span> {
        let window = &self.text[from..to];
        let mut found = Vec::new();
        for pronoun in PRONOUNS {
            for (at, _) in window.match_indices(pronoun) {
                let span = Span::new(from + at, from + at + pronoun.len());
                let before = &self.text[self.from..span.start()];
                let after = &self.text[span.end()..];
                // 其木格: a name begins so too.
                let name = || self.names.other_people(&self.text[span.start()..]).is_some();
                let inside_word = after.starts_with(['们', '中', '他', '实', '次', '余', '间'])
                    // 听说他家…: what is his.
                    || after.starts_with('家') && !after.starts_with("家人")
                    // 其格其: inside a word 其 is none.
                    || pronoun == "其" && (name() || before.ends_with(is_name_char) && !before.ends_with('据'))
                    || before.ends_with(['其', '极', '尤', '吉', '与', '土', '维', '吉']);
                if !inside_word {
                    found.push(span);
                }
            }
        }
        found
    }

    /// The last person, pronoun or group before the cue from which it is reached over adverbials alone.
    fn nearest(&self, sentence: usize, cue: Span) -> Option<Found> {
        let mut candidates: Vec<(usize, usize, Subject)> = Vec::new();
        for (index, mention) in self.mentions_within(sentence, cue.start()) {
            // 要向委员说明情况: they are told.
            let before = &self.text[self.from.min(mention.span.start())..mention.span.start()];
            // 对着邹岚喊了一嗓子
            let facing = || {
                let facing = before.strip_suffix('着');
                facing.is_some_and(|before| PERSONS.spoken_to.iter().any(|word| before.ends_with(word)))
            };
            let is_told = before.ends_with(['向', '给', '对', '跟', '请']) || is_addressed(before) || facing();
            if !is_told {
                candidates.push((mention.span.start(), mention.span.end(), Subject::Mentioned(index)));
            }
        }
        for span in self.pronouns(sentence, cue.start()) {
            candidates.push((span.start(), span.end(), Subject::Pronoun(span)));
        }
        let over_adverbials = |end: usize| {
            let gap = self.text.get(end..cue.start());
            gap.is_some_and(|gap| gap.len() <= LONGEST_GAP && (is_thin(gap) || is_conjoined(gap)))
        };
        let group = self.groups(sentence, cue, over_adverbials).rev().find(|span| {
            // 给大家算了一笔账: they are told. 主持会议并强调: whoever is in the chair does.
            let before = &self.text[..span.start()];
            let is_told = before.ends_with([
                '给', '向', '对', '跟', '与', '让', '请', '带', '将', '把', '被', '由', '按', '经', '在',
            ]) || is_addressed(&self.text[self.from.min(span.start())..span.start()]);
            !is_told && !ATTENDS.iter().any(|verb| before.ends_with(verb))
        });
        candidates.extend(group.map(|span| (span.start(), span.end(), Subject::Group(span))));
        candidates.sort_by_key(|(start, end, _)| (*end, std::cmp::Reverse(*start)));
        let (start, end, subject) = candidates.into_iter().rev().find(|(start, end, subject)| {
            matches!(subject, Subject::Group(_))
                || over_adverbials(*end)
                || self.is_manner(*start, &self.text[*end..cue.start()], *subject, cue)
        })?;
        let subject = self.as_somebody(self.as_plural(start, end, cue, subject));
        let rule = match subject {
            Subject::Nameless(_) => SpeakerRule::SomebodyBeforeCue,
            Subject::Pronoun(_) => SpeakerRule::PronounBeforeCue,
            Subject::Group(_) => SpeakerRule::GroupBeforeCue,
            _ => SpeakerRule::PersonBeforeCue,
        };
        Some(Found { subject, start, rule })
    }

    /// Whether a short gap of unknown words between the subject of a clause and 说 can only be how it was said
    /// (她举例说, 他边走边说, 他用不太熟练的普通话说).
    fn is_manner(&self, start: usize, gap: &str, subject: Subject, cue: Span) -> bool {
        let person = match subject {
            Subject::Mentioned(index) => self.mentions[index].naming != Naming::Office,
            Subject::Pronoun(_) => true,
            _ => false,
        };
        let leads = || is_thin(&self.text[self.boundary_before(start, is_clause_mark)..start]);
        let says = cue.of(self.text).starts_with(['说', '道', '问', '答']);
        let marked =
            self.text[cue.end()..].starts_with([',', ':', '“', '"', '道']) || self.text[cue.end()..].starts_with("道:");
        let longest = if gap.contains('用') { 14 } else { 7 };
        let plain = gap.chars().all(is_name_char) && !gap.contains(['的', '所', '被', '听', '没', '未', '不'])
            || gap.contains("用");
        person && says && marked && plain && gap.chars().count() <= longest && !gap.contains(is_clause_mark) && leads()
    }

    /// The mentions between two bytes, with their numbers.
    pub(super) fn mentions_within(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let first = self.mentions.partition_point(|mention| mention.span.start() < from);
        let behind = self.mentions[first..].iter().enumerate();
        behind
            .map(move |(index, mention)| (first + index, mention))
            .take_while(move |(_, mention)| mention.span.start() <= to)
            .filter(move |(_, mention)| mention.span.end() <= to)
    }
}
