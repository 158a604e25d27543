//! Heads with times: `[00:12:30] 王静:…`, `王静 00:02`, a name and its time on lines of their own. They make a transcript in
//! which a bare colon opens no turn.

use std::collections::{HashMap, HashSet};

use super::Head;
use super::label::{self, known_form};
use super::role::is_said_by_several;
use super::rule::Rule;
use super::settle::{Candidate, File, nobody};
use super::shape::{Form, Timed};
use crate::reading::layout::{Block, Kind};

/// Fewest lines of a chat.
const FEWEST_LINES: usize = 4;

/// Amy_果品公司 14:01 还有四百吨: a label, a time and words on one line.
fn is_line_of_chat(one: &Candidate, blocks: &[Block]) -> bool {
    let shape = &one.shape;
    let free = matches!(blocks[one.index].kind, Kind::Paragraph | Kind::Turn(_) | Kind::Heading);
    free && shape.timed == Timed::Behind
        && !shape.label.is_empty()
        && !shape.words.is_empty()
        && shape.label().chars().count() <= label::LONGEST
}

impl File<'_> {
    /// 王静, its time and its words on three lines, or the time first: the time is nobody's, the name heads the words.
    pub(super) fn times_alone(&mut self, blocks: &mut [Block]) {
        let at: HashMap<usize, usize> = self
            .candidates
            .iter()
            .enumerate()
            .map(|(at, one)| (one.index, at))
            .collect();
        let times: Vec<usize> = self
            .candidates
            .iter()
            .filter(|one| one.shape.is_time_only())
            .map(|one| one.index)
            .collect();
        let named = |index: Option<usize>| {
            let one = &self.candidates[*at.get(&index?)?];
            let bare = one.shape.is_bare() && !one.judged.rule.is_topic();
            bare.then_some(one)
        };
        let score = |beside: &dyn Fn(usize) -> Option<usize>| {
            times
                .iter()
                .filter_map(|time| named(beside(*time)))
                .filter(|one| one.judged.rule.is_person())
                .count()
        };
        let (before, behind) = (|time: usize| time.checked_sub(1), |time: usize| Some(time + 1));
        let (over, under) = (score(&before), score(&behind));
        if over.max(under) == 0 {
            return;
        }
        let beside: &dyn Fn(usize) -> Option<usize> = if over >= under { &before } else { &behind };
        let mut heads = Vec::new();
        for time in &times {
            if let Some(one) = named(beside(*time)) {
                heads.push((one.index, *time));
            }
        }
        for (head, time) in heads {
            let one = &mut self.candidates[at[&head]];
            one.shape.timed = Timed::Behind;
            *self.counts.entry(known_form(one.shape.label())).or_default() += 1;
            blocks[time].kind = nobody();
        }
    }

    /// Takes heads with times, and says how many there are, those of the format among them.
    pub(super) fn timed(&self, blocks: &mut [Block]) -> usize {
        let chat = self.is_chat(blocks);
        let timed: Vec<&Candidate> = self
            .candidates
            .iter()
            .filter(|one| self.is_timed_head(one, blocks) || chat && is_line_of_chat(one, blocks))
            .collect();
        let persons = timed.iter().filter(|one| one.judged.rule.is_person()).count();
        let certain = timed
            .iter()
            .filter(|one| one.judged.rule.is_person() || self.count(&one.label()) > 1 && !one.judged.rule.is_topic())
            .count();
        if self.given == 0 && (certain == 0 || timed.len() < 2 && persons == 0) {
            return 0;
        }
        // Words below a head, not an agenda: 9:00 签到, 9:30 开幕.
        let answered = timed
            .iter()
            .filter(|one| !one.shape.words.is_empty() || self.has_words_below(one, blocks))
            .count();
        if self.given == 0 && answered * 2 < timed.len() {
            return 0;
        }
        let forms: HashSet<(Form, Timed)> = timed
            .iter()
            .filter(|one| one.judged.rule.is_person() || self.count(&one.label()) > 1)
            .map(|one| (one.shape.form, one.shape.timed))
            .collect();
        let taken = timed
            .iter()
            .filter(|one| forms.contains(&(one.shape.form, one.shape.timed)));
        self.given + taken.inspect(|one| one.take(blocks)).count()
    }

    /// Whether a file's lines are a chat's: whoever is called whatever, a time, words, and somebody of them again.
    fn is_chat(&self, blocks: &[Block]) -> bool {
        let lines: Vec<&Candidate> = self
            .candidates
            .iter()
            .filter(|one| is_line_of_chat(one, blocks))
            .collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return false;
        };
        let others = (first.index..=last.index)
            .filter(|index| matches!(blocks[*index].kind, Kind::Paragraph | Kind::Turn(_) | Kind::Heading))
            .count()
            - lines.len();
        let somebody = lines.iter().any(|one| {
            let again = self.count(&one.label()) > 1;
            again && (one.judged.rule.is_person() || one.judged.rule == Rule::SureRole)
        });
        lines.len() >= FEWEST_LINES && others * 5 <= lines.len() && somebody
    }

    fn is_timed_head(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let shape = &one.shape;
        if shape.timed == Timed::Never || shape.label.is_empty() || matches!(blocks[one.index].kind, Kind::Label { .. })
        {
            return false;
        }
        let short = shape.label().chars().count() <= label::LONGEST || one.judged.rule.is_person();
        let once = self.count(&one.label()) < 2;
        // A line of a chat that has a name, a day, a time and nothing else.
        let alone = shape.words.is_empty() && shape.is_dated() && !shape.colon;
        match one.judged.rule {
            _ if alone && short && shape.has_seconds() => true,
            Rule::Topic => short && !once && !super::topic::is_phrase(shape.label()),
            // 14:30 我们…: words behind a time, or 签到 9:00 of an agenda.
            Rule::Words | Rule::Unit | Rule::Unusual | Rule::Group => {
                let alone = alone || shape.words.is_empty() && shape.timed == Timed::Behind;
                short && (!once || shape.colon || alone)
            }
            _ => short && (shape.colon || shape.words.is_empty() || !once || one.judged.rule.is_person()),
        }
    }

    /// Whether the block below is no head, and no other line that begins with a time.
    fn has_words_below(&self, one: &Candidate, blocks: &[Block]) -> bool {
        let below = (one.index + 1..blocks.len()).find(|index| blocks[*index].kind != nobody());
        below.is_some_and(|below| {
            self.candidates
                .iter()
                .all(|other| other.index != below || other.shape.timed == Timed::Never)
        })
    }

    /// In a transcript of heads with times a bare colon opens no turn; (现场有人插话) behind a time is nobody's words.
    pub(super) fn only_timed(&self, blocks: &mut [Block]) {
        for one in &self.candidates {
            let shape = &one.shape;
            let event = shape.timed == Timed::Before && shape.label.is_empty() && shape.unit.is_some();
            if event && shape.words.is_empty() {
                blocks[one.index].kind = nobody();
            }
        }
        self.untimed(blocks);
        self.unlabelled(blocks);
    }

    /// 09:01:31 (无):听不清 among heads with such times before them: somebody speaks, and nobody says who.
    fn unlabelled(&self, blocks: &mut [Block]) {
        let is_before = |one: &&Candidate| one.shape.timed == Timed::Before && one.shape.has_seconds();
        let taken = |one: &Candidate| matches!(blocks[one.index].kind, Kind::Turn(_));
        if !self.candidates.iter().filter(is_before).any(taken) {
            return;
        }
        let mut found = Vec::new();
        for one in self.candidates.iter().filter(is_before) {
            let prose = matches!(blocks[one.index].kind, Kind::Paragraph | Kind::Heading);
            if prose && one.shape.label.is_empty() && !one.shape.words.is_empty() {
                found.push((one.index, one.shape.words));
            }
        }
        for (index, words) in found {
            blocks[index].kind = Kind::Turn(Head {
                name: None,
                office: None,
                words,
                sure: true,
            });
        }
    }

    /// [SPEAKER_02] 好: a box without a time, whose label heads others with one or is a program's own.
    fn untimed(&self, blocks: &mut [Block]) {
        let speakers: HashSet<String> = self
            .candidates
            .iter()
            .filter(|one| one.shape.timed != Timed::Never && matches!(blocks[one.index].kind, Kind::Turn(_)))
            .map(Candidate::label)
            .collect();
        // 郭:… again and again among heads with times: not every turn has one.
        let free = |one: &Candidate| !matches!(blocks[one.index].kind, Kind::Label { .. } | Kind::Turn(_));
        let bare = |one: &&Candidate| {
            one.shape.timed == Timed::Never && one.shape.colon && one.shape.form == Form::Plain && free(one)
        };
        let known = |one: &&Candidate| speakers.contains(&one.label()) && one.judged.rule != Rule::Numbered;
        let mixed = self.candidates.iter().filter(bare).filter(known).count() > 1;
        for one in &self.candidates {
            let boxed = one.shape.form == Form::Boxed;
            let plain = mixed && one.shape.colon && one.shape.form == Form::Plain;
            let heads = match one.judged.rule {
                _ if plain && speakers.contains(&one.label()) => true,
                Rule::Group => plain && is_said_by_several(one.shape.label()),
                Rule::Known | Rule::Name | Rule::OfficeAndName | Rule::Familiar if plain || mixed && boxed => true,
                Rule::Numbered => boxed || one.shape.colon,
                _ => boxed && speakers.contains(&one.label()),
            };
            let free = !matches!(blocks[one.index].kind, Kind::Label { .. } | Kind::Turn(_));
            if heads && free && one.shape.timed == Timed::Never {
                one.take(blocks);
            }
        }
    }
}
