//! Whom a question asks for without a name that the files have: by the office, by the surname, or a stranger.

use super::lexicon::Lexicon;
use super::mention::{Finder, Mention};
use super::office::is_short_for;
use super::party::PartyKind;
use crate::gazetteer::{Form, Gazetteer};
use crate::reading::organ_at_end;
use crate::reading::{shaped_like_name, surname_at_start};
use crate::text::{Segmenter, Span, fold_str, is_han};

/// What stands right behind the name of whoever is asked for.
const SAYS: [&str; 22] = [
    "怎么表态",
    "表了",
    "提了",
    "提过",
    "作了",
    "做了",
    "回应",
    "汇报",
    "介绍",
    "透露",
    "说",
    "讲",
    "谈",
    "怎么看",
    "怎么想",
    "表示",
    "认为",
    "觉得",
    "提到",
    "提出",
    "发言",
    "的看法",
];
/// Words that are made as 老李 is, and are nobody's name.
const NO_NICKS: [&str; 13] = [
    "老师", "老农", "小农", "小康", "小时", "小车", "小米", "小麦", "小雪", "小路", "小区", "小金", "小白",
];
/// What goes on behind somebody's familiar name: 老钱为什么不同意, 老李呢.
const ASKED_OF: [char; 15] = [
    '呢', '对', '在', '怎', '为', '不', '同', '想', '要', '有', '担', '反', '就', '还', '也',
];
/// Verbs that the dictionary has as nouns.
const VERBS: [&str; 6] = ["规定", "要求", "安排", "建议", "决定", "希望"];
/// What points at somebody between a county and a title.
const POINTERS: [&str; 6] = ["那位", "这位", "那个", "这个", "该", "的"];
/// How bodies that people hold offices in end in questions, besides those that papers let speak: 县医院, 县作协.
const BODIES: [&str; 8] = ["院", "股", "站", "校", "会", "社", "协", "馆"];
/// How bodies end that a question may mean by themselves.
const ORGANS: [&str; 5] = ["局", "委员会", "管委会", "办事处", "指挥部"];
/// Longest office in a question, in words.
const OFFICE_WORDS: usize = 8;

/// How the places end that are below a county, or in it.
const PLACES: [&str; 11] = [
    "镇", "乡", "街道", "村", "社区", "县", "区", "旗", "公司", "集团", "学校",
];

/// Longest name with its title: 古丽娜尔·依明副县长.
const LONGEST_NAME: usize = 14;

/// A name without the title behind it.
fn without_title(name: &str) -> &str {
    &name[..name.len() - Lexicon::shared().title_behind(name).map_or(0, str::len)]
}

impl Finder<'_> {
    /// Offices: an office's end, and the words before it up to a place, a name or a word of asking.
    pub(super) fn offices(&mut self) {
        self.chiefs();
        let mut at = 0;
        while at < self.words.len() {
            let Some(last) = self.ends_in_title(at) else {
                at += 1;
                continue;
            };
            let title = Span::new(self.words[at].0.start(), self.words[last].0.end());
            if self.free(title) {
                self.office(at, title.end());
                at = last + 1;
            } else {
                // 雒南|县教育局|长: the dictionary takes the place's rank for the body's.
                let county = self.mentions.iter().find(|mention| {
                    mention.party.kind == PartyKind::County
                        && title.start() < mention.span.end()
                        && mention.span.start() < title.start()
                        && mention.span.end() < title.end()
                });
                if let Some(end) = county.map(|mention| mention.span.end()) {
                    self.office_of(end, title.end());
                }
                // 永寿县|县长: the title begins behind the place.
                at += 1;
            }
        }
    }

    /// 蒙阴县长: the title begins inside what a dictionary takes for one word.
    fn chiefs(&mut self) {
        let counties: Vec<Span> = self
            .mentions
            .iter()
            .filter(|mention| mention.party.kind == PartyKind::County)
            .map(|mention| mention.span)
            .collect();
        for county in counties {
            let behind = &self.text[county.end()..];
            let mut chars = behind.chars();
            let ranked = matches!(chars.next(), Some('县' | '市' | '区' | '旗' | '州')) && chars.next() == Some('长');
            let end = county.end() + behind.len() - chars.as_str().len();
            if ranked {
                self.office_of(county.end(), end);
            }
        }
    }

    /// The last of the words from `at` on that together are an office's end, or a word that ends in one.
    fn ends_in_title(&self, at: usize) -> Option<usize> {
        let titles = &Lexicon::shared().titles;
        let is_title = |text: &str| {
            titles.contains(text) || (text.chars().count() > 2 && titles.iter().any(|title| text.ends_with(*title)))
        };
        // 怎么让医生: words of asking are no part of a title.
        let stopwords = &Lexicon::shared().stopwords;
        // 镇长和书记 are two.
        let joint = |word: &str| matches!(word, "和" | "与" | "跟" | "及");
        let asks = |word: &str| {
            joint(word) || (stopwords.contains(word) && !titles.contains(word) && word.chars().count() > 1)
        };
        let content = self.words[at..]
            .iter()
            .take(3)
            .take_while(|(_, word)| !asks(word) && word.chars().all(char::is_alphanumeric))
            .count();
        (at..at + content)
            .rev()
            .find(|last| is_title(&self.text[self.words[at].0.start()..self.words[*last].0.end()]))
    }

    fn office(&mut self, at: usize, end: usize) {
        let start = self.begin(at);
        self.office_of(start, end);
    }

    /// Where the name of a body or an office begins that goes on with the word at `at`: behind what is no part of it.
    fn begin(&self, at: usize) -> usize {
        let stop = &Lexicon::shared().stopwords;
        let mut start = self.words[at].0.start();
        for (span, word) in self.words[..at].iter().rev().take(OFFICE_WORDS) {
            let content = word.chars().all(char::is_alphanumeric)
                && (!stop.contains(word) || matches!(*word, "县" | "市" | "区"));
            if !content || !self.free(*span) {
                break;
            }
            start = span.start();
        }
        start
    }

    /// An office that begins at `start`, the last of whose characters stands before `end`.
    fn office_of(&mut self, start: usize, end: usize) {
        // 白水那位局长: the one of there.
        let mut start = start;
        for word in POINTERS {
            if self.text[start..end].starts_with(word) {
                start += word.len();
            }
        }
        // 那副市长呢: the dictionary cuts 那副 off. No body's name begins so.
        if self.text[start..end].starts_with(['那', '这']) && end - start > 2 * '那'.len_utf8() {
            start += '那'.len_utf8();
        }
        if self.text[..start].ends_with(['那', '这']) && self.text[start..end].starts_with(['位', '个', '家', '名'])
        {
            start += '位'.len_utf8();
        }
        let mut before = self.text[..start].trim_end_matches('的');
        before = POINTERS
            .iter()
            .fold(before, |before, word| before.strip_suffix(word).unwrap_or(before));
        let county = self
            .mentions
            .iter()
            .position(|mention| mention.party.kind == PartyKind::County && mention.span.end() == before.len());
        let typed = &self.text[start..end];
        let span = Span::new(start, end);
        // 蒲正明书记: the title is his name's.
        let of_person = |mention: &Mention| mention.party.kind == PartyKind::Person && mention.span.overlaps(span);
        if self.mentions.iter().any(of_person) {
            return;
        }
        // Whoever is asked what they said must have said something, even where nobody is found to hold the office.
        let says = SAYS.iter().any(|verb| self.text[end..].starts_with(verb));
        let among: Vec<usize> = match county {
            Some(index) => self.names.of_county(&self.mentions[index].party.label).to_vec(),
            None => (0..self.names.participants().len()).collect(),
        };
        let holders_of = |typed: &str| -> Vec<usize> {
            among
                .iter()
                .copied()
                .filter(|at| {
                    let office = self.names.participants()[*at].office.as_deref().map(fold_str);
                    office.is_some_and(|office| is_short_for(typed, &office))
                })
                .collect()
        };
        let mut holders = holders_of(typed);
        if holders.is_empty() {
            // 旅行社的老总 is its 总经理.
            let called = Lexicon::shared().called.iter();
            let meant = called.filter_map(|(called, offices)| Some((typed.strip_suffix(called)?, offices)));
            for (body, offices) in meant {
                for office in offices {
                    if holders.is_empty() {
                        holders = holders_of(&format!("{body}{office}"));
                    }
                }
            }
        }
        if holders.is_empty() && county.is_none() {
            // 青石镇镇长: what the office leaves out the paper tells, in its title or in other offices.
            holders = self.holders_in_place(typed);
        }
        if holders.is_empty() && county.is_none() {
            // 丽水市民政局长: the report says 市民政局局长.
            let prefecture = Gazetteer::shared()
                .places_in(typed)
                .into_iter()
                .next()
                .filter(|place| place.span.start() == 0 && place.span.end() < typed.len());
            if let Some(place) = prefecture {
                let rank = if place.form == Form::Full { '市'.len_utf8() } else { 0 };
                holders = holders_of(&typed[place.span.end() - rank..]);
            }
        }
        holders = self.beside_others(start, holders);
        match county {
            // 白水规定总校校长每周去一次: that the county has an office of such a name the question does not say.
            Some(_) if holders.is_empty() && !self.is_office(typed) => {}
            Some(index) => {
                let mention = self.mentions.remove(index);
                let span = Span::new(mention.span.start(), end);
                let label = span.of(self.text).to_owned();
                self.push(span, &label, PartyKind::Office, &holders, mention.forms);
            }
            None if !holders.is_empty() || says && self.is_office(typed) => {
                self.push(Span::new(start, end), typed, PartyKind::Office, &holders, Vec::new());
            }
            None => {}
        }
    }

    /// 青石镇的镇长和书记: of those who hold the second office, the ones who speak where the first one does.
    fn beside_others(&self, start: usize, holders: Vec<usize>) -> Vec<usize> {
        let before = self.text[..start].trim_end_matches(['和', '与', '、', '跟', '及']);
        let joined = before.len() < start;
        let other = self
            .mentions
            .iter()
            .find(|mention| joined && mention.span.end() == before.len());
        let Some(other) = other.filter(|other| other.party.kind != PartyKind::County) else {
            return holders;
        };
        let voices = &other.party.voices;
        let papers = |at: usize| self.names.papers_of(at).collect::<Vec<_>>();
        let theirs: Vec<&str> = (0..self.names.participants().len())
            .filter(|at| voices.contains(&self.names.participants()[*at]))
            .flat_map(papers)
            .collect();
        let beside: Vec<usize> = holders
            .iter()
            .copied()
            .filter(|at| self.names.papers_of(*at).any(|paper| theirs.contains(&paper)))
            .collect();
        if beside.is_empty() { holders } else { beside }
    }

    /// Those whose office is what `typed` ends with, in papers that are of the place that it begins with.
    fn holders_in_place(&self, typed: &str) -> Vec<usize> {
        let ends = PLACES.iter().filter_map(|end| Some(typed.find(end)? + end.len()));
        let Some(at) = ends.filter(|at| *at < typed.len()).min() else {
            return Vec::new();
        };
        let (place, office) = (&typed[..at], typed[at..].trim_start_matches('的'));
        if place.chars().count() < 2 || Lexicon::shared().title_behind(office).is_none() {
            return Vec::new();
        }
        let last = place.chars().next_back().map_or(0, char::len_utf8);
        let short = &place[..place.len() - last];
        let short = if short.chars().count() > 1 { short } else { place };
        let holds = |at: &usize| {
            let held = self.names.participants()[*at].office.as_deref().map(fold_str);
            held.is_some_and(|held| is_short_for(office, &held))
                && self.names.papers_of(*at).any(|about| about.contains(short))
        };
        (0..self.names.participants().len()).filter(holds).collect()
    }

    /// 老李怎么说: those of a surname, where something is asked of them by it.
    pub(super) fn familiar(&mut self) {
        let Some(at) = self.text.find(['老', '小']) else {
            return;
        };
        let mut chars = self.text[at..].chars();
        let (Some(first), Some(surname)) = (chars.next(), chars.next()) else {
            return;
        };
        let span = Span::new(at, at + first.len_utf8() + surname.len_utf8());
        let behind = chars.as_str();
        let says = SAYS.iter().any(|verb| behind.starts_with(verb)) || behind.starts_with(ASKED_OF);
        let begins = at == 0 || self.text[..at].ends_with(['那', ',', '。', ' ', '的']);
        // The dictionary has 老李 and 小张 as it has 老师.
        if !says || !begins || !self.free(span) || NO_NICKS.contains(&span.of(self.text)) {
            return;
        }
        let mut named: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, participant) in self.names.participants().iter().enumerate() {
            let name = participant.name.clone().unwrap_or_default();
            if participant.group || name.chars().count() < 2 || !fold_str(&name).starts_with(surname) {
                continue;
            }
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, voices)) => voices.push(index),
                None => named.push((name, vec![index])),
            }
        }
        // Of several nobody is meant before another: each is heard.
        for (name, voices) in named {
            self.push(span, &name, PartyKind::Person, &voices, Vec::new());
        }
    }

    /// Whether words that end in a title are an office's name, and not what is done by or to somebody who holds one.
    fn is_office(&self, typed: &str) -> bool {
        if Lexicon::shared()
            .callings
            .iter()
            .any(|calling| typed.ends_with(calling))
        {
            return false;
        }
        let title = Lexicon::shared().title_behind(typed);
        let body = title.map_or(typed, |title| &typed[..typed.len() - title.len()]);
        let segmenter = Segmenter::shared();
        let known = |word: &str| {
            self.names.participants().iter().any(|participant| {
                participant
                    .office
                    .as_deref()
                    .is_some_and(|office| fold_str(office).contains(word))
            })
        };
        let words = segmenter.words(body);
        let of_body = |word: &str| organ_at_end(word).is_some() || BODIES.iter().any(|end| word.ends_with(end));
        let begins = words
            .first()
            .is_none_or(|(_, word)| of_body(word) || known(word) || words.len() > 1);
        // 统战部长 is 统战部's.
        let with_first: String = body
            .chars()
            .chain(title.and_then(|title| title.chars().next()))
            .collect();
        let ends = body.is_empty() || of_body(body) || of_body(&with_first) || known(body);
        let verbs = words.iter().any(|(_, word)| {
            let verb = segmenter.part_of_speech(word).is_some_and(|tag| tag == "v") || VERBS.contains(word);
            verb && word.chars().nth(1).is_some() && !known(word)
        });
        begins && ends && !verbs
    }

    /// 教育局怎么说: a body whose people speak, named without a title.
    pub(super) fn bodies(&mut self) {
        let words = self.words.clone();
        for (index, (span, word)) in words.iter().enumerate() {
            let ends = ORGANS.iter().any(|end| word.ends_with(end)) && word.chars().count() > 1;
            if !ends || !self.free(*span) {
                continue;
            }
            let start = self.begin(index);
            self.office_of(start, span.end());
        }
    }

    /// 姓畅的部长: those who bear a surname, with the title behind it where there is one.
    pub(super) fn surnames(&mut self) {
        let Some(at) = self.text.find('姓') else { return };
        let rest = &self.text[at + '姓'.len_utf8()..];
        let Some(of) = rest
            .find('的')
            .filter(|of| (1..=2).contains(&rest[..*of].chars().count()))
        else {
            return;
        };
        let surname = &rest[..of];
        let behind = &rest[of + '的'.len_utf8()..];
        let title = Lexicon::shared()
            .titles
            .iter()
            .filter(|title| behind.starts_with(**title))
            .max_by_key(|title| title.len());
        let voices: Vec<usize> = (0..self.names.participants().len())
            .filter(|index| {
                let participant = &self.names.participants()[*index];
                let bears = participant
                    .name
                    .as_deref()
                    .is_some_and(|name| fold_str(name).starts_with(surname));
                let holds = title.is_none_or(|title| {
                    participant
                        .office
                        .as_deref()
                        .is_some_and(|office| fold_str(office).contains(*title))
                });
                !participant.group && bears && holds
            })
            .collect();
        let end = at + '姓'.len_utf8() + of + '的'.len_utf8() + title.map_or(0, |title| title.len());
        let span = Span::new(at, end);
        self.mentions.retain(|mention| !mention.span.overlaps(span));
        // One party for each of them, so that each is heard.
        for voice in &voices {
            let name = self.names.participants()[*voice].name.clone().unwrap_or_default();
            self.push(span, &name, PartyKind::Person, &[*voice], Vec::new());
        }
        if voices.is_empty() {
            self.push(span, span.of(self.text), PartyKind::Person, &[], Vec::new());
        }
    }

    /// 张建国说了什么, “…”是张建国说的吗: a name that nobody in the files bears who speaks; those with a dot, in which a
    /// place's name may stand (买买提·玉山), or the others.
    pub(super) fn strangers(&mut self, dotted: bool) {
        if !dotted {
            self.said_by_stranger();
        }
        // No part of a word: 哪部小说.
        let begins = |at: &usize| self.words.iter().any(|(span, _)| span.start() == *at);
        let verbs = SAYS.iter().flat_map(|verb| self.text.match_indices(verb));
        let Some(verb) = verbs.map(|(at, _)| at).filter(begins).min() else {
            return;
        };
        // 开民宿的张启芳对种魔芋怎么看: whatever is told of somebody stands before the name.
        let told = self.text[..verb].find('的').map_or(0, |at| at + '的'.len_utf8());
        let start = match without_title(&self.text[told..verb]) {
            name if told > 0 && surname_at_start(name).is_some() => told,
            _ => 0,
        };
        // 张建国在会上讲了什么.
        let behind = self.text[start..verb]
            .char_indices()
            .skip(2)
            .take(LONGEST_NAME)
            .find(|(_, c)| ['在', '就', '对', '于'].contains(c))
            .map(|(at, _)| start + at)
            .filter(|at| {
                let name = without_title(&self.text[start..*at]);
                shaped_like_name(name) && (dotted || Gazetteer::shared().places_in(name).is_empty())
            });
        let span = Span::new(start, behind.unwrap_or(verb));
        // 莫春燕部长: the title is no part of the name.
        let name = without_title(span.of(self.text));
        let length = name.chars().count();
        let fits = match dotted {
            // 威廉·狄尔泰认为什么: of whom books tell, not whom meetings hear.
            true => name.contains('·') && length <= LONGEST_NAME && (behind.is_some() || name.len() < span.len()),
            false => (2..=3).contains(&length),
        };
        let word = start > 0 && Segmenter::shared().knows(name);
        if fits && !word && self.free(span) && shaped_like_name(name) && Gazetteer::shared().named(name).is_empty() {
            self.push(span, name, PartyKind::Person, &[], Vec::new());
        }
    }

    /// “先修路”是张建国说的吗.
    fn said_by_stranger(&mut self) {
        let ends = ["说的", "讲的"].iter().filter_map(|said| self.text.rfind(said)).max();
        let Some(end) = ends.filter(|end| self.text[*end..].contains(['吗', '么', '对'])) else {
            return;
        };
        let Some(start) = self.text[..end].rfind('是').map(|at| at + '是'.len_utf8()) else {
            return;
        };
        let span = Span::new(start, end);
        let name = without_title(span.of(self.text));
        let plausible =
            (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || c == '·');
        if plausible && self.free(span) && !Lexicon::shared().stopwords.contains(name) {
            self.push(span, name, PartyKind::Person, &[], Vec::new());
        }
    }
}
