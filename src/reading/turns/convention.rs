//! A file's own way of heading turns: lines of one form that recurs with names.

use std::collections::HashSet;

use super::Head;
use super::label::known_form;
use super::role::is_said_by_several;
use super::rule::Rule;
use super::scan::ordinal;
use super::settle::{Candidate, File};
use super::shape::{Form, Timed};
use super::topic::may_be_name_by_surname;
use crate::reading::layout::{Block, Kind};
use crate::text::{Span, ends_sentence, fold_lines, fold_str};

/// Fewest heads that make a file of nothing but heads.
const FEWEST_HEADS: usize = 3;

impl File<'_> {
    /// Lines of one form that recurs with names: this file's way of heading turns.
    pub(super) fn conventions(&self, blocks: &mut [Block]) {
        let mut plain = false;
        let labelled: Vec<&Candidate> = self.candidates.iter().filter(|one| one.shape.colon).collect();
        for form in [Form::Plain, Form::Bold, Form::Boxed] {
            let heads: Vec<&Candidate> = self
                .candidates
                .iter()
                .filter(|one| one.shape.form == form && !one.shape.is_bare() && !one.shape.runs_on())
                .filter(|one| one.shape.timed == Timed::Never && !matches!(blocks[one.index].kind, Kind::Title))
                .collect();
            let own = self.is_convention(&heads) || self.is_lone(&heads, blocks);
            plain |= own && form == Form::Plain;
            let dense = own && self.is_dense(&labelled, blocks);
            let units_speak = own
                && heads
                    .iter()
                    .any(|one| one.judged.rule == Rule::Unit && self.replies(one, blocks));
            let numbered = numbered_labels(self.text, blocks);
            for one in &heads {
                // [王静]:… among lines that begin with 王静:….
                let holds = own || plain && one.shape.colon;
                // 年轻媳妇们:还老是刷不上卡! where nothing but heads stands.
                let many = dense && one.shape.label().ends_with('们');
                let turn = match one.judged.rule {
                    Rule::Known | Rule::Asks => true,
                    Rule::Topic => false,
                    // 王静说:“好。”: a report's frame knows the quotation.
                    Rule::Says => holds && !one.shape.words.of(self.text).starts_with(['“', '"', '「']),
                    Rule::Unit => holds && (form == Form::Boxed || units_speak || self.replies(one, blocks)),
                    // 各乡镇:落实到田。 is told to them.
                    Rule::Group => {
                        holds && (is_said_by_several(one.shape.label()) || many || self.replies(one, blocks))
                    }
                    Rule::Words => {
                        let named = form != Form::Plain && may_be_name_by_surname(one.shape.label())
                            || self.is_one_of(one, &heads, blocks);
                        holds && (self.count(&one.label()) > 2 || self.speaks_of_himself(one) || named || many)
                    }
                    // Nobody, a letter: only among others.
                    _ => holds,
                };
                if turn {
                    one.take(blocks);
                } else if holds && (form != Form::Plain || is_beyond(numbered, one)) && one.judged.rule.is_topic() {
                    self.set_off(one, blocks);
                }
            }
        }
        self.slips(blocks);
    }

    /// 【处理意见】…, 八、表决:…: a line in the form of the heads, or numbered like the labels of the paper, that nobody speaks
    /// under: a fact, and no more of the turn before it.
    fn set_off(&self, one: &Candidate, blocks: &mut [Block]) {
        blocks[one.index].kind = Kind::Label {
            key: one.shape.label().to_owned(),
            value: one.shape.words,
        };
    }

    /// Whether lines of one form head turns: one is sure by itself, two name two persons, or one person speaks twice.
    fn is_convention(&self, heads: &[&Candidate]) -> bool {
        let mut persons: HashSet<String> = HashSet::new();
        let mut speakers: HashSet<String> = HashSet::new();
        let mut again = false;
        for one in heads.iter().filter(|one| one.judged.rule.may_speak()) {
            // One of them is enough: 睢宁县(王静):…, 【王静】….
            if one.judged.rule.is_sure() && one.judged.rule != Rule::SureRole
                || one.judged.rule.is_person() && one.shape.form == Form::Boxed
            {
                return true;
            }
            let label = one.label();
            let person = one.judged.rule.is_person() || one.judged.rule == Rule::SureRole;
            if person || self.count(&label) > 1 {
                again |= person && self.count(&label) > 1;
                persons.insert(label.clone());
            }
            speakers.insert(label);
        }
        again || persons.len() > 1 || !persons.is_empty() && speakers.len() > 1 || speakers.len() > 2
    }

    /// Whether a body's line is a turn of whoever speaks for it: it speaks again and again, or of itself, or was called up.
    fn replies(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let words = fold_str(one.shape.words.of(self.text));
        let called = one.index.checked_sub(1).is_some_and(|before| {
            let before = fold_str(blocks[before].span.of(self.text));
            before.contains(one.shape.label()) && before.chars().count() < 60
        });
        let ends = ends_sentence(&words);
        ends && (self.count(&one.label()) > 1 || super::closing::in_first_person(&words) || called)
    }

    /// Whether a short word that the text has nowhere else (买买提) says we or I.
    fn speaks_of_himself(&self, one: &Candidate) -> bool {
        let label = one.shape.label();
        (2..=3).contains(&label.chars().count())
            && super::closing::in_first_person(&fold_str(one.shape.words.of(self.text)))
            && fold_lines(self.text).matches(label).count() == 1
    }

    /// Whether a word that may be a name (解忧) stands where nothing but heads stands: every paragraph from the first head
    /// on has one, and the text has the word nowhere else. A noun (水库) is what is spoken of.
    fn is_one_of(&self, one: &Candidate, heads: &[&Candidate], blocks: &[Block]) -> bool {
        let label = one.shape.label();
        if !may_be_name_by_surname(label) || fold_lines(self.text).matches(label).count() > 1 {
            return false;
        }
        let speaking: Vec<&Candidate> = heads
            .iter()
            .copied()
            .filter(|other| other.judged.rule.may_speak() || other.index == one.index)
            .collect();
        self.is_dense(&speaking, blocks)
    }

    /// Whether every paragraph has a head, from the first one's on that somebody may speak under.
    fn is_dense(&self, heads: &[&Candidate], blocks: &[Block]) -> bool {
        let speaks = |one: &&&Candidate| one.judged.rule.may_speak();
        let Some(first) = heads.iter().find(speaks).map(|one| one.index) else {
            return false;
        };
        let headed: HashSet<usize> = heads.iter().map(|one| one.index).collect();
        heads.iter().filter(speaks).count() >= FEWEST_HEADS
            && (first..blocks.len())
                .filter(|index| matches!(blocks[*index].kind, Kind::Paragraph | Kind::Turn(_)))
                .all(|index| headed.contains(&index))
    }

    /// A title, perhaps labels, and one line: 李紫藤:弥渡的蒜薹要四度库。 A person's name heads it, and it is a sentence that
    /// doesn't tell who that is (男,1975年生).
    fn is_lone(&self, heads: &[&Candidate], blocks: &[Block]) -> bool {
        let [one] = heads else { return false };
        let words = fold_str(one.shape.words.of(self.text));
        let alone = (0..blocks.len())
            .filter(|index| matches!(blocks[*index].kind, Kind::Paragraph | Kind::Turn(_)))
            .all(|index| index == one.index);
        let titled = blocks[..one.index]
            .iter()
            .any(|block| matches!(block.kind, Kind::Title | Kind::Label { .. }));
        let is_life = words.starts_with(['男', '女']) || words.starts_with("现任");
        let is_name = one.judged.rule == Rule::Name || one.judged.rule == Rule::Unusual;
        alone && titled && is_name && ends_sentence(&words) && words.chars().count() > 5 && !is_life
    }

    /// 王静;… for 王静:…: a slip, where the name heads other turns.
    fn slips(&self, blocks: &mut [Block]) {
        let speakers: HashSet<String> = blocks
            .iter()
            .filter_map(|block| match &block.kind {
                Kind::Turn(Head { name: Some(name), .. }) => Some(known_form(name.of(self.text))),
                _ => None,
            })
            .collect();
        for block in blocks.iter_mut().filter(|block| matches!(block.kind, Kind::Paragraph)) {
            let words = block.span.of(self.text);
            let Some(at) = words.find([';', '；']) else { continue };
            if at > 0 && speakers.contains(&known_form(&words[..at])) {
                let mark = words[at..].chars().next().map_or(1, char::len_utf8);
                let name = Span::new(block.span.start(), block.span.start() + at);
                let words = Span::new(name.end() + mark, block.span.end()).trimmed(self.text);
                block.kind = Kind::Turn(Head {
                    name: Some(name),
                    office: None,
                    words,
                    sure: false,
                });
            }
        }
    }
}

/// The highest number of a label or a heading that has one: 7 of 七、会议内容:.
fn numbered_labels(text: &str, blocks: &[Block]) -> Option<usize> {
    blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Label { .. } | Kind::Heading))
        .filter_map(|block| ordinal(&fold_str(block.span.of(text))))
        .max()
}

/// Whether a line's number goes on behind those of the labels.
fn is_beyond(numbered: Option<usize>, one: &Candidate) -> bool {
    numbered
        .zip(ordinal(one.shape.line()))
        .is_some_and(|(labels, own)| own > labels)
}
