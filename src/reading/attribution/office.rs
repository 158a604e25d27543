//! Offices: from a title to the left as far as its office reaches (礼泉县委常委、统战部部长).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::item::item_mark;
use super::lexicon::Lexicon;
use crate::gazetteer::{Form, Gazetteer};
use crate::text::{Segmenter, Span, is_clause_mark, rows};
/// Words that stand before an office and are no part of it.
pub static BREAKS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows!("breaks.tsv", 1).map(|row| row[0]).collect());

/// Reads offices with the shared dictionary.
#[derive(Clone, Debug)]
pub struct OfficeReader {
    words: Segmenter,
}

/// What an office can be of: 一家企业的负责人.
const FIRMS: [&str; 10] = [
    "企业",
    "公司",
    "合作社",
    "厂",
    "工厂",
    "农场",
    "商会",
    "协会",
    "机构",
    "店",
];

/// What somebody does at a meeting, before the office.
const ROLES: [&str; 4] = ["主持人、", "主讲人、", "特邀嘉宾、", "嘉宾、"];

/// What is done with somebody who serves elsewhere: 庆云县派驻秀山的挂职干部.
const SENT: [&str; 3] = ["派驻", "选派", "派往"];
/// Most characters between that and the title: 挂职|干部.
const LONGEST_SENT: usize = 4;

impl OfficeReader {
    /// A reader over the shared segmenter.
    pub fn new() -> OfficeReader {
        OfficeReader {
            words: Segmenter::shared(),
        }
    }

    /// Where the office begins whose title stands at `title`, and the origin before it (来自礼泉县的), if any.
    pub fn chain_start(&self, text: &str, limit: usize, title: Span) -> (usize, Option<Span>) {
        let mut start = title.start();
        let lexicon = Lexicon::shared();
        for (at, c) in text[limit..title.start()].char_indices().rev() {
            let at = limit + at;
            let joins = c == '、' && lexicon.offices.suffix(&text[limit..at]).is_some();
            let behind_speech = crate::text::is_closing_mark(c) && text[..at].ends_with(['□', '_']);
            let ends = (is_clause_mark(c)
                || behind_speech
                || matches!(
                    c,
                    '、' | '(' | ')' | '|' | '/' | '【' | '】' | '□' | ']' | '"' | '—' | '〔' | '〕'
                ))
                && !joins;
            if ends {
                break;
            }
            start = at;
        }
        let segment = &text[start..title.start()];
        let places = Gazetteer::shared().places_written_in(segment);
        let mut begins = start;
        let mut origin = None;
        for (span, word) in self.words.words(segment) {
            // 任泽区: a break word that is a piece of a place's name breaks nothing.
            if places
                .iter()
                .any(|place| place.form == Form::Full && place.span.contains(span))
            {
                continue;
            }
            let follows_place = lexicon.is_cue(word) || BREAKS.contains(word) || ends_in_mark(word);
            let before = &segment[(begins - start).min(span.start())..span.start()];
            let inside_name = matches!(word, "和" | "与" | "及") && joins_organ(&segment[span.end()..], before)
                || abbreviates_body(before, &segment[span.start()..]);
            // 顺平县代表、县协会会长: a title itself, and no verb.
            let is_title = segment[span.end()..].starts_with('、') && lexicon.offices.has(word);
            if follows_place && !inside_name && !is_title {
                // 一家阀门企业的负责人: whose office it is belongs to it.
                let of_firm = word == "的"
                    && FIRMS.iter().any(|firm| segment[..span.start()].ends_with(firm))
                    && span.end() == segment.len();
                // 庆云县派驻秀山的挂职干部: who sent somebody where is a part of the office.
                let near = segment[span.end()..].chars().count() <= LONGEST_SENT;
                let sent = word == "的" && near && {
                    let before = &segment[(begins - start).min(span.start())..span.start()];
                    SENT.iter().any(|verb| before.contains(verb))
                        && places.first().is_some_and(|place| place.span.start() + start == begins)
                };
                if of_firm || sent {
                    continue;
                }
                if word == "的" {
                    origin = Some(Span::new(begins, start + span.start())).filter(|span| !span.is_empty());
                } else {
                    origin = None;
                }
                begins = start + span.end();
            }
        }
        let lead = text[begins..title.start()].len()
            - text[begins..title.start()]
                .trim_start_matches([' ', '—', '-', '*', '·'])
                .len();
        begins += lead;
        // 4.县长: an item's number.
        begins += item_mark(&text[begins..title.start()]);
        begins = self.skip_lead(text, begins, title.start());
        (begins, origin)
    }

    /// Whether a span of `text` is one word as the dictionary cuts it: 资源 of 自然资源局 is none.
    fn is_own_word(&self, text: &str, span: Span) -> bool {
        self.words.words(text).iter().any(|(word, _)| *word == span)
    }

    /// Without the adverbs that lead a clause (随后县长…); and from the place on, where something that is none stands before it.
    fn skip_lead(&self, text: &str, mut begins: usize, end: usize) -> usize {
        let lexicon = Lexicon::shared();
        while let Some(word) = lexicon
            .adverbs
            .prefix(&text[begins..end])
            .filter(|word| word.chars().count() > 1)
        {
            begins += word.len();
        }
        // 主持人、县委组织部部长: what somebody does there is no office.
        for role in ROLES {
            if text[begins..end].starts_with(role) {
                begins += role.len();
            }
        }
        let segment = &text[begins..end];
        if let Some(place) = Gazetteer::shared().places_written_in(segment).first().filter(|place| {
            place.span.start() > 0 && (place.form == Form::Full || self.is_own_word(segment, place.span))
        }) {
            let before = &segment[..place.span.start()];
            let verbs = self.words.words(before).iter().any(|(_, word)| {
                self.words
                    .part_of_speech(word)
                    .is_some_and(|tag| matches!(tag, "v" | "p" | "d" | "r" | "t" | "c"))
                    // 省政府驻上海办事处: where a body sits.
                    && *word != "驻"
            });
            if verbs {
                return begins + place.span.start();
            }
        }
        begins
    }
}

fn ends_in_mark(word: &str) -> bool {
    word.chars().next_back().is_some_and(|c| c == ' ' || c == ']')
}

/// Whether a character that stands before offices begins a body's short name here: 县|经信局, 市|中医院.
fn abbreviates_body(before: &str, from: &str) -> bool {
    let of_place = before.is_empty() || before.ends_with(['县', '市', '区', '旗', '省', '州', '镇', '乡', '盟']);
    let body = from
        .char_indices()
        .take(4)
        .skip(2)
        .find(|(_, c)| matches!(c, '局' | '委' | '办' | '厅' | '院' | '处'));
    of_place && !before.is_empty() && body.is_some() && from.starts_with(['经', '为', '以', '同', '中', '上', '从'])
}

/// Whether 和 stands inside an organization's name: what follows and what precedes are both part of one (发展和改革局).
fn joins_organ(after: &str, before: &str) -> bool {
    let is_place = Gazetteer::shared()
        .places_written_in(after)
        .first()
        .is_some_and(|place| place.span.start() == 0);
    !is_place
        && !before.is_empty()
        && !after.is_empty()
        && Lexicon::shared().offices.suffix(before).is_none()
        && after.chars().count() <= 14
}

/// Whether two titles belong to one person: 县委常委、统战部部长, 董事长兼总经理.
pub fn continues_chain(between: &str) -> bool {
    let begins =
        between.is_empty() || between.starts_with('、') || between.starts_with('兼') || between.starts_with(',');
    begins && between.chars().count() <= 24 && !between.chars().skip(1).any(|c| is_clause_mark(c) || c == '、')
}
