//! Who the subject of a cue is: the person or group before it, with nothing but adverbials between.

use std::sync::LazyLock;

use super::adverbial::{is_thin, strip_thin, strip_thin_tail};
use super::hypothesis::Slot;
use super::item::item_mark;
use super::lexicon::{Lexicon, Words};
use super::mention::{Mention, Naming};
use super::name::{NameReader, is_name_char, nth_last_boundary};
use crate::meeting::SpeakerRule;
use crate::text::{Span, is_clause_mark, is_sentence_mark, last_clause, rows};

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

const PLURALS: [&str; 14] = [
    "们", "纷纷", "一致", "普遍", "不少", "多位", "许多", "部分", "各位", "众多", "几位", "广大", "一些", "全体",
];
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
/// Who goes by a name in quotation marks.
const NICKNAMED: [&str; 8] = [
    "网友",
    "博友",
    "网民",
    "微博网友",
    "微博用户",
    "微信用户",
    "读者",
    "听众",
];
/// Nouns for one person that stand before a name.
const PERSONS: [&str; 16] = [
    "成员", "阿妈", "阿爸", "老人", "大爷", "大妈", "大娘", "大姐", "大叔", "大婶", "老汉", "小伙", "姑娘", "汉子",
    "媳妇", "妇女",
];
/// Verbs whose object is a meeting that somebody else holds or attends.
const ATTENDS: [&str; 8] = ["主持", "出席", "参加", "列席", "召集", "召开", "主持召开", "旁听"];
/// What meetings do before they decide: 会议研究并同意….
const DELIBERATES: [&str; 7] = ["研究", "审议", "听取", "讨论", "审定", "学习", "传达"];
const VETOES: &str = "的所不没未无可能要将拟需应欲想请让使令被听据难会敢来为";

/// Words behind which somebody stands who does not speak: 对, 会见, 感谢.
static TOWARD: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows!("toward.tsv", 1).filter_map(|row| row.first().copied())));

/// Whether somebody who stands behind `before` is the object of its last word: 对副市长…表示欢迎, 请局长….
pub fn is_object(before: &str) -> bool {
    TOWARD.suffix(before).is_some()
}

/// 主持会议并, 还研究并 between somebody or a meeting and a cue: one does both.
fn is_conjoined(gap: &str) -> bool {
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
/// Longest noun phrase for a group, in characters.
const LONGEST_PHRASE: usize = 60;
/// Characters before a name in which the noun stands that it goes with.
const BEFORE_NAME: usize = 30;

/// Words that count one person.
const QUANTIFIERS: [&str; 7] = ["一位", "一名", "一个", "有位", "有名", "有个", "某位"];
/// Longest description between such a word and what somebody is, in characters: 戴草帽的.
const LONGEST_DESCRIPTION: usize = 10;

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

    fn boundary_before(&self, at: usize, is_mark: impl Fn(char) -> bool) -> usize {
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
            .or_else(|| persons(self.from, sentence).pop())
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
                    // 其格其: inside a word 其 is none.
                    || pronoun == "其" && (name() || before.ends_with(is_name_char))
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
            let is_told = self.text[..mention.span.start()].ends_with(['向', '给', '对', '跟', '请']);
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
            ]);
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

    /// An office without a name is a group where a plural word goes with it (村民纷纷表示); persons in a row speak together.
    fn as_plural(&self, start: usize, end: usize, cue: Span, subject: Subject) -> Subject {
        let Subject::Mentioned(index) = subject else {
            return subject;
        };
        let mention = &self.mentions[index];
        let gap = &self.text[end..cue.start()];
        let plural = PLURALS.iter().any(|word| {
            gap.contains(word)
                || mention.span.of(self.text).contains(word)
                || self.text[self.from..start].ends_with(word)
        });
        if mention.naming == Naming::Office && plural {
            let mut from = start;
            for word in PLURALS {
                if self.text[self.from..from].ends_with(word) {
                    from -= word.len();
                }
            }
            let end = if gap.starts_with('们') {
                end + '们'.len_utf8()
            } else {
                end
            };
            return Subject::Group(Span::new(from, end));
        }
        // 张三、李四(等)表示: several who say one thing.
        let first = self.mentions[..index]
            .iter()
            .rev()
            .scan(mention.span.start(), |at, other| {
                let joined = &self.text[other.span.end()..*at];
                let together = matches!(joined, "、" | "和" | "与" | "及");
                together.then(|| {
                    *at = other.span.start();
                    *at
                })
            })
            .last();
        match first {
            Some(first) if first >= self.from => Subject::Group(Span::new(first, mention.span.end())),
            _ => subject,
        }
    }

    /// An office without a name behind 一位 is somebody who is called as the text calls him: 一位戴草帽的村民,
    /// 县交通局的一位负责人.
    fn as_somebody(&self, subject: Subject) -> Subject {
        let Subject::Mentioned(index) = subject else {
            return subject;
        };
        let mention = &self.mentions[index];
        if mention.naming != Naming::Office {
            return subject;
        }
        let clause = self.boundary_before(mention.span.start().max(self.from), is_clause_mark);
        let lead = &self.text[clause..mention.span.start()];
        let bare = strip_thin(lead).trim_start();
        let begins = mention.span.start() - bare.len();
        let counted = QUANTIFIERS
            .iter()
            .filter_map(|word| bare.rfind(word).map(|at| (at, at + word.len())))
            .max();
        let Some((at, behind)) = counted else { return subject };
        let described = &bare[behind..];
        let is_person = described.chars().count() <= LONGEST_DESCRIPTION
            && described.chars().all(is_name_char)
            && !described.contains(['月', '年', '天', '周', '来', '让']);
        if !is_person {
            return subject;
        }
        // 县交通局的一位负责人: with the body that he is of.
        let of_body = Lexicon::shared()
            .organs
            .suffix(bare[..at].trim_end_matches('的'))
            .is_some();
        let start = if of_body { begins } else { begins + at };
        Subject::Nameless(Span::new(start, mention.span.end()))
    }

    /// The mentions between two bytes, with their numbers.
    fn mentions_within(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &Mention)> {
        let first = self.mentions.partition_point(|mention| mention.span.start() < from);
        let behind = self.mentions[first..].iter().enumerate();
        behind
            .map(move |(index, mention)| (first + index, mention))
            .take_while(move |(_, mention)| mention.span.start() <= to)
            .filter(move |(_, mention)| mention.span.end() <= to)
    }

    /// Groups between `from` and the cue, each with the words that describe it. `may_end` says of an end whether it is
    /// worth a look.
    fn groups(&self, from: usize, cue: Span, may_end: impl Fn(usize) -> bool) -> impl DoubleEndedIterator<Item = Span> {
        let lexicon = Lexicon::shared();
        let window = &self.text[from..cue.start()];
        let hits: Vec<Span> = lexicon.groups.find(window).collect();
        hits.into_iter().filter_map(move |hit| {
            let head = hit.shifted(from);
            let word = head.of(self.text);
            let after = &self.text[head.end()..];
            let end = if after.starts_with('们') {
                head.end() + '们'.len_utf8()
            } else {
                head.end()
            };
            if after.starts_with(['室', '场', '期', '上', '召', '由', '中', '厅', '精', '代', '主'])
                || word.ends_with("会上")
                || !may_end(end)
            {
                return None;
            }
            let single = lexicon.offices.has(word) || is_single(word);
            let gap = &self.text[head.end()..cue.start()];
            let np_start = self.phrase_start(from, head.start());
            let phrase = &self.text[np_start..head.end()];
            let plural = after.starts_with('们')
                || PLURALS.iter().any(|p| gap.starts_with(p) || phrase.starts_with(p))
                || phrase.contains("等");
            if single && !plural {
                return None;
            }
            // 主任邹岚代表调研组: the group begins behind whom it is named with, and is spoken for.
            let of_person = self
                .mentions_within(np_start, head.start())
                .any(|(_, mention)| mention.naming != Naming::Office && mention.span.end() < head.start());
            // 会议听取了|各乡镇的汇报: what a verb goes before is its object.
            let aspect = phrase.starts_with(['了', '着', '过']);
            let too_long = phrase.chars().nth(LONGEST_PHRASE).is_some();
            if of_person || aspect || too_long || is_told(phrase) || !self.names.is_noun_phrase(phrase) {
                return None;
            }
            let start = if matches!(word, "大家" | "大伙" | "大家伙" | "大伙儿" | "会议" | "他们" | "她们")
            {
                head.start()
            } else {
                np_start
            };
            Some(Span::new(start, end))
        })
    }

    /// Where the noun phrase begins that ends at `head`: behind the last clause mark, verb or preposition.
    fn phrase_start(&self, from: usize, head: usize) -> usize {
        let clause = from + last_clause(&self.text[from..head]);
        let spaces = |at: usize| self.text[at..head].len() - self.text[at..head].trim_start().len();
        let mut start = clause + spaces(clause);
        let lexicon = Lexicon::shared();
        loop {
            let rest = &self.text[start..head];
            let Some(lead) = lexicon
                .adverbs
                .prefix(rest)
                .or_else(|| lexicon.narration.prefix(rest))
                .filter(|word| word.chars().count() > 1 && !PLURALS.contains(word) && word.len() < rest.len())
            else {
                break;
            };
            start += lead.len();
        }
        let phrase = &self.text[start..head];
        if let Some(at) = phrase.rfind("上").filter(|at| phrase[..*at].ends_with('会')) {
            start += at + "上".len();
        }
        start
    }

    /// A subject that only its clause tells: a new name, a nameless person, or none at all (并强调).
    fn in_clause(&self, clause: usize, sentence: usize, cue: Span) -> Option<Found> {
        let clause = clause + item_mark(&self.text[clause..cue.start()]);
        let raw = &self.text[clause..cue.start()];
        let lead = raw.len() - strip_thin(raw).len();
        let bare = strip_thin(raw).trim_start();
        let start = cue.start() - bare.len();
        // 会议听取了汇报,审议并|原则同意…: the clause has no subject of its own.
        if bare.is_empty() || is_conjoined(bare) {
            let is_conjunct = clause > self.from || lead > 0;
            let topic = self.topic(sentence, cue);
            // 会议传达学习了…精神。强调要…: a sentence without a subject goes on with the meeting.
            let meeting = (topic == Subject::Inherited && clause == sentence)
                .then(|| self.meeting_before(sentence))
                .flatten();
            let (subject, rule) = match (topic, meeting) {
                (_, Some(meeting)) => (Subject::Group(meeting), SpeakerRule::MeetingBefore),
                (Subject::Inherited, None) => (topic, SpeakerRule::SubjectOfCueBefore),
                _ => (topic, SpeakerRule::TopicOfSentence),
            };
            return is_conjunct.then_some(Found {
                subject,
                start: clause,
                rule,
            });
        }
        let tail = strip_thin_tail(bare);
        let span = Span::new(start, start + tail.len());
        if self.names.may_be_name(tail, Slot::BeforeCue) {
            return Some(Found {
                subject: Subject::NewName(span),
                start,
                rule: SpeakerRule::NewNameBeforeCue,
            });
        }
        // 网友“■■■”说: what somebody calls himself.
        if let Some(inner) = NICKNAMED
            .iter()
            .find_map(|lead| tail.strip_prefix(*lead))
            .and_then(|rest| rest.strip_prefix('“')?.strip_suffix('”'))
            .filter(|inner| !inner.is_empty() && !inner.contains(['“', '”', ',']))
        {
            let end = start + tail.len() - '”'.len_utf8();
            return Some(Found {
                subject: Subject::Nameless(Span::new(end - inner.len(), end)),
                start,
                rule: SpeakerRule::NicknameBeforeCue,
            });
        }
        if let Some(name) = self.name_behind_noun(tail) {
            return Some(Found {
                subject: Subject::NewName(name.shifted(start)),
                start,
                rule: SpeakerRule::NewNameBehindNoun,
            });
        }
        // 这位身高一米八的汉子坦言: whoever was spoken of.
        if ["这位", "那位", "这名", "那名"]
            .iter()
            .any(|word| tail.starts_with(word))
            && tail.chars().count() <= 20
        {
            return Some(Found {
                subject: Subject::Pronoun(span),
                start,
                rule: SpeakerRule::ThisPersonBeforeCue,
            });
        }
        let quantified = ["一位", "一名", "有位", "有的", "一个", "有"]
            .iter()
            .any(|word| tail.starts_with(word));
        // 一个月内答复: no person.
        let of_time = ["月", "年", "天", "周", "季度", "小时", "星期", "内"]
            .iter()
            .any(|unit| tail.contains(unit));
        if quantified && tail.chars().count() <= 14 && !tail.contains('的') && !of_time {
            return Some(Found {
                subject: Subject::Nameless(span),
                start,
                rule: SpeakerRule::SomebodyBeforeCue,
            });
        }
        // 总包单位: an adverb of one character may be a body's first.
        let (tail, start) = match raw.trim_start().strip_suffix(&raw[raw.len() - bare.len()..]) {
            Some(adverb) if matches!(adverb, "总" | "共" | "正") => {
                let whole = raw.trim_start();
                let tail = &whole[..whole.len() - (bare.len() - tail.len())];
                (tail, start - adverb.len())
            }
            _ => (tail, start),
        };
        // 据县交通局介绍: the body speaks.
        let told = ["另据", "据", "经"].into_iter().find(|lead| tail.starts_with(lead));
        let (tail, start) = told.map_or((tail, start), |lead| (&tail[lead.len()..], start + lead.len()));
        let span = Span::new(start, start + tail.len());
        let organ = Lexicon::shared().organs.suffix(tail).is_some() && self.names.is_noun_phrase(tail);
        let fits = (2..=24).contains(&tail.chars().count())
            && tail
                .chars()
                .all(|c| is_name_char(c) || matches!(c, '、' | '“' | '”' | '■'));
        if organ && fits && !holds_function_word(tail) {
            return Some(Found {
                subject: Subject::Group(span),
                start,
                rule: SpeakerRule::BodyBeforeCue,
            });
        }
        None
    }

    /// The name that a noun phrase ends with: 村民主理财小组成员|牛书田, 彝族阿妈|俄木阿各. What stands before it is a word for people.
    fn name_behind_noun(&self, phrase: &str) -> Option<Span> {
        let words = self.names.words();
        [3, 2, 4].into_iter().find_map(|count| {
            let at = nth_last_boundary(phrase, count).filter(|at| *at > 0)?;
            let (before, name) = phrase.split_at(at);
            let near = nth_last_boundary(before, BEFORE_NAME).unwrap_or_default();
            let last = words.words(&before[near..]).last().map(|(_, word)| *word)?;
            // 会计师事务所的|阎诚
            let of_body = || {
                let body = before.strip_suffix('的');
                body.is_some_and(|body| Lexicon::shared().organs.suffix(body).is_some())
            };
            let people =
                Lexicon::shared().groups.has(last) || PERSONS.iter().any(|word| last.ends_with(word)) || of_body();
            let is_name = self.names.is_name(name) && self.names.is_unknown(name) && !self.names.is_word(name);
            (people && is_name).then(|| Span::new(at, phrase.len()))
        })
    }

    /// The meeting that the sentence before `sentence` is about: 会议听取了…。
    fn meeting_before(&self, sentence: usize) -> Option<Span> {
        let end = self.text[self.from..sentence]
            .trim_end_matches(|c| is_sentence_mark(c) || c == ' ')
            .len()
            + self.from;
        let start = self.boundary_before(end, |c| is_sentence_mark(c) || c == ';');
        let clause = &self.text[start..end];
        let lead = clause.len() - strip_thin(clause).len();
        let named = self
            .mentions_within(start, end)
            .any(|(_, mention)| mention.naming != Naming::Office);
        let word = ["会议", "全会", "大会"]
            .into_iter()
            .find(|word| clause[lead..].starts_with(word))?;
        let behind = &clause[lead + word.len()..];
        let does = !behind.starts_with(['由', '在', '上', '室', '的', '期', '精', '召']);
        (does && !named).then(|| Span::new(start + lead, start + lead + word.len()))
    }

    /// The sentence's topic: the first person or group in it, where nothing but adverbials stands before.
    fn topic(&self, sentence: usize, cue: Span) -> Subject {
        let first = self.mentions_within(sentence, cue.start()).next();
        let group = self.groups(sentence, cue, |_| true).next();
        let person = first.filter(|(_, mention)| is_thin(&self.text[sentence..mention.span.start()]));
        let leading_group = group.filter(|span| is_thin(&self.text[sentence..span.start()]));
        match (person, leading_group) {
            (Some((_, mention)), Some(span)) if span.start() < mention.span.start() => Subject::Group(span),
            (Some((index, mention)), _) if mention.naming != Naming::Office || mention.span.start() == sentence => {
                Subject::Mentioned(index)
            }
            (_, Some(span)) => Subject::Group(span),
            _ => self
                .clause_subject(sentence, cue)
                .map_or(Subject::Inherited, Subject::Mentioned),
        }
    }

    /// The last person by name who begins a clause of the sentence: 来到茶园,邹岚听取介绍,充分肯定做法,叮嘱大家….
    fn clause_subject(&self, sentence: usize, cue: Span) -> Option<usize> {
        let begins_clause = |(_, mention): &(usize, &Mention)| {
            let from = mention.span.start();
            let clause = self.boundary_before(from.max(self.from), is_clause_mark);
            mention.naming != Naming::Office && !is_object(&self.text[..from]) && is_thin(&self.text[clause..from])
        };
        let found = self.mentions_within(sentence, cue.start()).filter(begins_clause).last();
        found.map(|(index, _)| index)
    }
}

/// Whether a phrase is a preposition of one character and whom something is told: 向代表, 给各乡镇.
fn is_told(phrase: &str) -> bool {
    let mut chars = phrase.chars();
    let preposition = chars.next().is_some_and(|first| "向给对让由被".contains(first));
    preposition && Lexicon::shared().groups.has(chars.as_str())
}

/// Nouns that groups.tsv lists for the plural alone.
fn is_single(word: &str) -> bool {
    matches!(
        word,
        "代表"
            | "委员"
            | "专家"
            | "企业家"
            | "嘉宾"
            | "人士"
            | "成员"
            | "部门"
            | "单位"
            | "企业"
            | "报告"
            | "文件"
            | "通知"
            | "意见"
            | "决定"
            | "网友"
            | "村民"
            | "居民"
            | "群众"
            | "干部"
            | "党员"
    )
}

/// A noun phrase has no grammar in it: what holds 将, 按, 在 is a clause.
fn holds_function_word(text: &str) -> bool {
    text.chars()
        .any(|c| "在对就从向以为把将按是要使让不也都这那其并的了着过应须能会被给".contains(c))
        && !text.ends_with("会")
}
