//! Groups that speak (与会人员, 各位代表), and an office without a name that is several people or somebody (一位村民).

use super::adverbial::strip_thin;
use super::lexicon::Lexicon;
use super::mention::Naming;
use super::name_end::is_name_char;
use super::persons::PERSONS;
use super::subject::{Context, Subject};
use crate::text::{Span, is_clause_mark, last_clause};

/// Words that go with several people.
const PLURALS: [&str; 14] = [
    "们", "纷纷", "一致", "普遍", "不少", "多位", "许多", "部分", "各位", "众多", "几位", "广大", "一些", "全体",
];
/// What points to whoever was spoken of.
const THIS: [&str; 4] = ["这位", "那位", "这名", "那名"];
/// How parts of bodies end that somebody is of who has no name.
const OWNERS: [&str; 5] = ["科", "股", "室", "队", "组"];
/// Longest noun phrase for a group, in characters.
const LONGEST_PHRASE: usize = 60;
/// Longest description between such a word and what somebody is, in characters: 戴草帽的.
const LONGEST_DESCRIPTION: usize = 16;

impl Context<'_> {
    /// An office without a name is a group where a plural word goes with it (村民纷纷表示); persons in a row speak together.
    pub(super) fn as_plural(&self, start: usize, end: usize, cue: Span, subject: Subject) -> Subject {
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
    pub(super) fn as_somebody(&self, subject: Subject) -> Subject {
        let Subject::Mentioned(index) = subject else {
            return subject;
        };
        let mention = &self.mentions[index];
        if mention.naming != Naming::Office {
            return subject;
        }
        let clause = self.boundary_before(mention.span.start().max(self.from), is_clause_mark);
        let lead = &self.text[clause..mention.span.start()];
        // 这位县第一小学教师: whoever was spoken of.
        if let Some(this) = THIS.iter().find(|word| lead.ends_with(**word)) {
            return Subject::Pronoun(Span::new(mention.span.start() - this.len(), mention.span.end()));
        }
        let bare = strip_thin(lead).trim_start();
        let begins = mention.span.start() - bare.len();
        let counted = PERSONS
            .counted
            .iter()
            .filter_map(|word| bare.rfind(word).map(|at| (at, at + word.len())))
            .max();
        let Some((at, behind)) = counted else {
            // 县交通局农村公路科的小伙子: with the body that he is of.
            let owner = bare.strip_suffix('的').filter(|owner| owner.chars().all(is_name_char));
            let of_body = owner.is_some_and(|owner| {
                Lexicon::shared().organs.suffix(owner).is_some() || OWNERS.iter().any(|end| owner.ends_with(end))
            });
            let plain = PERSONS.nouns.contains(&mention.span.of(self.text));
            return if of_body && plain {
                Subject::Nameless(Span::new(begins, mention.span.end()))
            } else {
                subject
            };
        };
        let described = &bare[behind..];
        // 一位来自绥滨县的参会代表
        let told = described.strip_prefix("来自").unwrap_or(described);
        let is_person = described.chars().count() <= LONGEST_DESCRIPTION
            && described.chars().all(is_name_char)
            && !told.contains(['月', '年', '天', '周', '来', '让']);
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

    /// Groups between `from` and the cue, each with the words that describe it. `may_end` says of an end whether it is
    /// worth a look.
    pub(super) fn groups(
        &self,
        from: usize,
        cue: Span,
        may_end: impl Fn(usize) -> bool,
    ) -> impl DoubleEndedIterator<Item = Span> {
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
            // 在官渡代表团,…: where it was.
            let aspect = aspect || phrase.starts_with('在');
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
