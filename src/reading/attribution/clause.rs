//! A cue's subject that only its clause or its sentence tells: a new name, somebody nameless, a body, or whoever the
//! sentence is about.

use super::adverbial::{is_thin, strip_thin, strip_thin_tail};
use super::hypothesis::Slot;
use super::item::item_mark;
use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use super::name_end::{is_name_char, nth_last_boundary};
use super::persons::PERSONS;
use super::subject::{Context, Found, Subject, is_conjoined, is_object};
use crate::meeting::SpeakerRule;
use crate::text::{Segmenter, Span, is_clause_mark, is_sentence_mark};

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
/// What a text calls one of many.
const SOMEBODY: &str = "有人";
/// Longest body that somebody is of without an office, in characters: 三组.
const LONGEST_OWNER: usize = 12;
/// Longest description of somebody who has no name, in characters.
const LONGEST_DESCRIPTION: usize = 16;

/// Longest clause on somebody without a name up to the cue, in characters.
const LONGEST_SUBJECT: usize = 28;
/// Longest rank behind what people are, in characters: 小组长.
const LONGEST_RANK: usize = 3;

/// How long the noun is that `words` begin with and that `counted` counts: 一名老船工 of 一名老船工撑着篙….
pub(super) fn somebody(words: &str, counted: &str) -> Option<usize> {
    let lexicon = Lexicon::shared();
    let mut end = counted.len();
    for (span, word) in Segmenter::shared().words(&words[counted.len()..]) {
        if word.contains(|c: char| !is_name_char(c)) || words[..end].chars().count() > LONGEST_DESCRIPTION {
            return None;
        }
        end = counted.len() + span.end();
        let is_person =
            PERSONS.nouns.iter().any(|noun| word.ends_with(noun)) || PERSONS.ends.iter().any(|end| word.ends_with(end));
        if lexicon.offices.suffix(word).is_some() || lexicon.groups.has(word) || is_person {
            // 一位村民|小组长: what he is to them is a part of it.
            let more = lexicon.titles_in(&words[end..]).next().filter(|title| {
                let window = &words[end..end + title.end()];
                title.end() > 0
                    && window.chars().count() <= LONGEST_RANK
                    && Segmenter::shared().words(window).len() == 1
            });
            return Some(more.map_or(end, |title| end + title.end()));
        }
    }
    None
}

/// Characters before a name in which the noun stands that it goes with.
const BEFORE_NAME: usize = 30;

impl Context<'_> {
    /// A subject that only its clause tells: a new name, a nameless person, or none at all (并强调).
    pub(super) fn in_clause(&self, clause: usize, sentence: usize, cue: Span) -> Option<Found> {
        let clause = clause + item_mark(&self.text[clause..cue.start()]);
        let raw = &self.text[clause..cue.start()];
        let lead = raw.len() - strip_thin(raw).len();
        let bare = strip_thin(raw).trim_start();
        let start = cue.start() - bare.len();
        // 会议听取了汇报,审议并|原则同意…: the clause has no subject of its own.
        if bare.is_empty() || is_conjoined(bare) {
            let is_conjunct = clause > self.from || lead > 0;
            let topic = match self.topic(sentence, cue) {
                // …给予了充分肯定;认为…: the sentence goes on behind the mark.
                Subject::Inherited if clause == sentence && self.text[..sentence].ends_with(';') => {
                    let whole = self.boundary_before(sentence, |c| is_sentence_mark(c) || c == '…');
                    self.topic(whole, Span::new(sentence, sentence))
                }
                topic => topic,
            };
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
        // 有人在井台边这么说: nobody knows who.
        if let Some(rest) = tail.strip_prefix(SOMEBODY)
            && rest.starts_with(['在', '从', '这', '站', '大', '小', '低'])
        {
            return Some(Found {
                subject: Subject::Nameless(Span::new(start, start + SOMEBODY.len())),
                start,
                rule: SpeakerRule::SomebodyBeforeCue,
            });
        }
        // 一位抱孩子的妇女, 一个抱娃娃的媳妇从后排: up to the noun for her.
        let described = PERSONS
            .counted
            .iter()
            .find(|word| tail.starts_with(**word))
            .filter(|_| tail.contains('的') && tail.chars().count() <= LONGEST_SUBJECT)
            .and_then(|counted| somebody(tail, counted));
        if let Some(length) = described {
            return Some(Found {
                subject: Subject::Nameless(Span::new(start, start + length)),
                start,
                rule: SpeakerRule::SomebodyBeforeCue,
            });
        }
        if quantified && tail.chars().count() <= 14 && !tail.contains('的') && !of_time {
            // 一位老人拿出存折说: up to the noun for him.
            let noun = PERSONS
                .counted
                .iter()
                .find(|word| tail.starts_with(**word))
                .and_then(|counted| somebody(tail, counted));
            // 一位老额吉一边倒奶茶一边说: up to what she does.
            let does = tail.find("一边").filter(|at| *at > 0);
            let span = noun.or(does).map_or(span, |length| Span::new(start, start + length));
            return Some(Found {
                subject: Subject::Nameless(span),
                start,
                rule: SpeakerRule::SomebodyBeforeCue,
            });
        }
        // 人武部同志提出: somebody of a body, who has no name.
        let of_body = tail.strip_suffix("同志").is_some_and(|body| {
            (Lexicon::shared().organs.suffix(body).is_some() || body.ends_with(['组', '部', '队']))
                && self.names.is_noun_phrase(body)
                && !holds_function_word(body)
        });
        if of_body && tail.chars().count() <= 24 {
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

    /// Who begins the clause before a colon at `colon`, where the sentence has others before it: 没等书记开口,一位大爷接过话头:
    /// and 过了半晌,三组的王登坤举起手:. With where he begins and ends.
    pub(super) fn leads_to(&self, colon: usize) -> Option<(Subject, usize, usize)> {
        let clause = self.boundary_before(colon, is_clause_mark);
        let raw = &self.text[clause..colon];
        let start = clause + raw.len() - strip_thin(raw).len();
        let words = &self.text[start..colon];
        // 人群里有人喊了一声: nobody knows who.
        if let Some(at) = words.find(SOMEBODY).filter(|at| {
            let before = &words[..*at];
            (before.is_empty() || before.ends_with(['里', '中', '下', '上'])) && before.chars().count() <= LONGEST_OWNER
        }) {
            let somebody = Span::new(start + at, start + at + SOMEBODY.len());
            return Some((Subject::Nameless(somebody), start, somebody.end()));
        }
        if let Some(counted) = PERSONS.counted.iter().find(|word| words.starts_with(**word)) {
            let length = somebody(words, counted)?;
            return Some((
                Subject::Nameless(Span::new(start, start + length)),
                start,
                start + length,
            ));
        }
        // 听说他家老树要改,邹岚转身对局长说: whoever the clause begins with by name.
        let named = self
            .mentions_within(start, colon)
            .find(|(_, mention)| mention.span.start() == start && mention.naming != Naming::Office);
        if let Some((index, mention)) = named {
            return Some((Subject::Mentioned(index), start, mention.span.end()));
        }
        // 三组的|王登坤举起手: whom a body has.
        let owner = words
            .find('的')
            .filter(|at| words[..*at].chars().count() <= LONGEST_OWNER)?;
        let is_body = PERSONS.bodies.iter().any(|end| words[..owner].ends_with(end));
        let behind = start + owner + '的'.len_utf8();
        if !is_body
            || self
                .mentions
                .iter()
                .any(|mention| mention.span.contains(Span::new(behind, behind)))
        {
            return None;
        }
        let (length, _) = self.names.prefix(&self.text[behind..colon], true)?;
        let name = Span::new(behind, behind + length);
        let is_name = self.names.is_name(name.of(self.text)) && !self.names.is_word(name.of(self.text));
        is_name.then_some((Subject::NewName(name), start, name.end()))
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
            let people = Lexicon::shared().groups.has(last)
                || PERSONS.nouns.iter().any(|word| last.ends_with(word))
                || of_body();
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
        let person = first.filter(|(_, mention)| {
            let lead = &self.text[sentence..mention.span.start()];
            is_thin(lead) || is_beside(lead)
        });
        let leading_group = group.filter(|span| {
            let lead = &self.text[sentence..span.start()];
            is_thin(lead) || is_of_time(lead)
        });
        match (person, leading_group) {
            (Some((_, mention)), Some(span)) if span.start() < mention.span.start() => Subject::Group(span),
            (Some((index, mention)), _) if mention.naming != Naming::Office || mention.span.start() == sentence => {
                Subject::Mentioned(index)
            }
            (_, Some(span)) => Subject::Group(span),
            _ => self
                .clause_subject(sentence, cue)
                .map(Subject::Mentioned)
                .or_else(|| self.somebody_at(sentence, cue.start()).map(Subject::Nameless))
                .unwrap_or(Subject::Inherited),
        }
    }

    /// The last person by name who begins a clause of the sentence: 来到茶园,邹岚听取介绍,充分肯定做法,叮嘱大家….
    fn clause_subject(&self, sentence: usize, cue: Span) -> Option<usize> {
        let begins_clause = |(_, mention): &(usize, &Mention)| {
            let from = mention.span.start();
            let clause = self.boundary_before(from.max(self.from), is_clause_mark);
            let lead = &self.text[clause..from];
            mention.naming != Naming::Office && !is_object(&self.text[..from]) && (is_thin(lead) || is_beside(lead))
        };
        let found = self.mentions_within(sentence, cue.start()).filter(begins_clause).last();
        found.map(|(index, _)| index)
    }
}

/// Whether what stands before somebody tells where he is or with whom, and nothing else: 随行的, 一旁的.
fn is_beside(lead: &str) -> bool {
    PERSONS.beside.contains(&lead.trim())
}

/// Whether a sentence begins with a clause of time and nothing else: 夜里九点半,.
fn is_of_time(lead: &str) -> bool {
    let clause = lead.trim_start().strip_suffix(',');
    clause.is_some_and(|clause| {
        clause.chars().count() <= LONGEST_TIME
            && !clause.contains(is_clause_mark)
            && clause.ends_with(['点', '半', '时', '分', '日', '天', '午', '晨', '晚', '夜', '钟'])
    })
}

/// Longest such clause, in characters.
const LONGEST_TIME: usize = 10;

/// A noun phrase has no grammar in it: what holds 将, 按, 在 is a clause.
fn holds_function_word(text: &str) -> bool {
    text.chars()
        .any(|c| "在对就从向以为把将按是要使让不也都这那其并的了着过应须能会被给".contains(c))
        && !text.ends_with("会")
}
