//! Whom a question asks for by the office.

use std::collections::{HashMap, HashSet};

use super::lexicon::Lexicon;
use super::mention::{Finder, Mention};
use super::office::is_short_for;
use super::party::PartyKind;
use crate::gazetteer::{Form, Gazetteer};
use crate::reading::organ_at_end;
use crate::text::{Segmenter, Span, fold_str};

/// Verbs that the dictionary has as nouns.
const VERBS: [&str; 6] = ["规定", "要求", "安排", "建议", "决定", "希望"];
/// What points at somebody between a county and a title.
const POINTERS: [&str; 6] = ["那位", "这位", "那个", "这个", "该", "的"];
/// How bodies that people hold offices in end in questions, besides those that papers let speak: 县医院, 县作协.
const BODIES: [&str; 8] = ["院", "股", "站", "校", "会", "社", "协", "馆"];
/// How bodies end that a question may mean by themselves.
const ORGANS: [&str; 5] = ["局", "委员会", "管委会", "办事处", "指挥部"];
/// How firms end.
const FIRMS: [&str; 5] = ["公司", "集团", "厂", "社", "店"];
/// Longest office in a question, in words.
const OFFICE_WORDS: usize = 8;

/// How the places end that are below a county, or in it.
const PLACES: [&str; 11] = [
    "镇", "乡", "街道", "村", "社区", "县", "区", "旗", "公司", "集团", "学校",
];

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
            let called = Lexicon::shared().called.iter().any(|(called, _)| text == *called);
            called
                || titles.contains(text)
                || (text.chars().count() > 2 && titles.iter().any(|title| text.ends_with(*title)))
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
            // 旅行社的老总: the body has its title behind 的.
            let of_body = *word == "的" && {
                let before = &self.text[..span.start()];
                BODIES
                    .iter()
                    .chain(&ORGANS)
                    .chain(&FIRMS)
                    .any(|end| before.ends_with(end))
            };
            // 镇里的书记: 里 and 的 between the place's rank and the title.
            let inside = ["镇里", "乡里", "县里", "市里", "区里", "村里", "旗里"]
                .iter()
                .any(|place| {
                    let till = if *word == "的" { span.start() } else { span.end() };
                    matches!(*word, "的" | "里") && self.text[..till].ends_with(place)
                });
            if of_body || inside {
                continue;
            }
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
        let typed = &*self.text[start..end].replace("里的", "");
        let span = Span::new(start, end);
        if self.qualifies(typed, end) {
            return;
        }
        // 蒲正明书记: the title is his name's.
        let of_person = |mention: &Mention| mention.party.kind == PartyKind::Person && mention.span.overlaps(span);
        if self.mentions.iter().any(of_person) {
            return;
        }
        // Whoever is asked what they said must have said something, even where nobody is found to hold the office.
        let called = Lexicon::shared()
            .called
            .iter()
            .any(|(called, _)| typed.ends_with(called));
        let says = !called
            && Lexicon::shared()
                .says
                .iter()
                .any(|verb| self.text[end..].starts_with(verb));
        let among: Vec<usize> = match county {
            Some(index) => self.names.of_county(&self.mentions[index].party.label).to_vec(),
            None => (0..self.names.participants().len()).collect(),
        };
        let holders_of = |typed: &str| self.holders_among(&among, typed);
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
                let typed = typed.to_owned();
                let mention = self.mentions.remove(index);
                let span = Span::new(mention.span.start(), end);
                let label = span.of(self.text).to_owned();
                self.push(span, &label, PartyKind::Office, &holders, mention.forms);
                self.joined_counties(mention.span.start(), &typed);
            }
            None if !holders.is_empty() || says && self.is_office(typed) => {
                self.push(Span::new(start, end), typed, PartyKind::Office, &holders, Vec::new());
            }
            None => {}
        }
    }

    /// 居民 of 居民水价, 教师 of 教师编制: a calling that only tells whose a thing is.
    fn qualifies(&self, typed: &str, end: usize) -> bool {
        let lexicon = Lexicon::shared();
        let next = self.words.iter().find(|(span, _)| span.start() == end);
        let thing = next.is_some_and(|(_, word)| {
            word.chars().nth(1).is_some()
                && !lexicon.utterances.contains(word)
                && !lexicon.titles.contains(word)
                && !lexicon.stopwords.contains(word)
                && Segmenter::shared()
                    .part_of_speech(word)
                    .is_some_and(|tag| tag.starts_with('n') && tag != "nr")
        });
        lexicon.callings.contains(typed) && thing
    }

    /// Those among some who hold the office that `typed` is short for.
    fn holders_among(&self, among: &[usize], typed: &str) -> Vec<usize> {
        // Many hold the same office.
        let mut held: HashMap<usize, bool> = HashMap::new();
        let mut holds = |at: &usize| {
            let office = self.names.office_of(*at);
            office.is_some_and(|office| {
                *held
                    .entry(office)
                    .or_insert_with(|| is_short_for(typed, self.names.office(office)))
            })
        };
        among.iter().copied().filter(|at| holds(at)).collect()
    }

    /// 永宁和德清的县委书记: the office of each county in the row that ends at `start`.
    fn joined_counties(&mut self, mut start: usize, typed: &str) {
        loop {
            let before = self.text[..start].trim_end_matches(['和', '与', '、', '跟', '及']);
            let joined = self.mentions.iter().position(|mention| {
                mention.party.kind == PartyKind::County && mention.span.end() == before.len() && before.len() < start
            });
            let Some(index) = joined else { return };
            let holders = self.holders_among(self.names.of_county(&self.mentions[index].party.label), typed);
            if holders.is_empty() {
                return;
            }
            let mention = self.mentions.remove(index);
            start = mention.span.start();
            let label = format!("{}{typed}", mention.span.of(self.text));
            self.push(mention.span, &label, PartyKind::Office, &holders, mention.forms);
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
        let places = voices
            .iter()
            .filter_map(|voice| self.names.participants().binary_search(voice).ok());
        let theirs: HashSet<&str> = places.flat_map(|at| self.names.papers_of(at)).collect();
        let beside: Vec<usize> = holders
            .iter()
            .copied()
            .filter(|at| self.names.papers_of(*at).any(|paper| theirs.contains(paper)))
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
        let holds = |at: &usize| self.names.papers_of(*at).any(|about| about.contains(short));
        let all: Vec<usize> = (0..self.names.participants().len())
            .filter(|at| self.names.participants()[*at].office.is_some())
            .collect();
        self.holders_among(&all, office).into_iter().filter(holds).collect()
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
}
