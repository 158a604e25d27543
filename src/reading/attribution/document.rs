//! A whole document: two passes over its blocks. The first learns who is who, the second tells who said what.

use std::collections::HashSet;

use super::account::account;
use super::across::Pending;
use super::cast::Cast;
use super::heading::headings_of_reports;
use super::item::{is_bulleted, is_item, item_level};
use super::known::Identified;
use super::manuscript::{Given, given};
use super::mention::{Mention, Naming};
use super::speech::{Before, Paragraph, Teller, Told};
use super::talk::{Talk, asks};
use super::turn::{asks_by_letter, interviewed, is_reported};
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{CountyRule, Manner, Remark, Section, Speaker, SpeakerRule, Voice, Why};
use crate::reading::facts::Facts;
use crate::reading::layout::{Block, Kind, Layout};
use crate::reading::roster::roster;
use crate::reading::turns::is_apart;
use crate::text::{Folded, Span, plain};

/// Who said what in a laid-out text: its sections, and its remarks in order with narration between.
pub fn attribute(text: &str, layout: &Layout, facts: &Facts) -> (Vec<Section>, Vec<Remark>) {
    let mut reader = Reader::new(text, &layout.blocks, facts);
    for entry in roster(text, &layout.blocks) {
        reader.cast.learn_entry(&entry);
    }
    reader.cast.learn_all(&layout.blocks);
    reader.cast.settle();
    let given = given(text, &layout.blocks, &reader.cast);
    reader.turns_left = layout
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Turn(_)))
        .count();
    reader.reported = is_reported(&layout.blocks);
    reader.asks_by_letter = asks_by_letter(text, &layout.blocks);
    reader.reports = headings_of_reports(&layout.blocks, text);
    reader.interviewed = interviewed(text, &layout.blocks, &reader.cast);
    for (at, (block, given)) in layout.blocks.iter().zip(given).enumerate() {
        reader.next_head = layout.blocks.get(at + 1).and_then(|next| match &next.kind {
            Kind::Turn(head) => head.name.map(|name| plain(name.of(text))),
            _ => None,
        });
        match given {
            Some(given) => reader.read_given(block, given),
            None => reader.read(block),
        }
    }
    (reader.sections, reader.remarks)
}

/// What stands between two stretches that somebody said.
#[derive(Clone, Copy, Debug)]
struct Gap {
    original: Span,
    /// The same in the folded paragraph.
    folded: Span,
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) cast: Cast<'t>,
    sections: Vec<Section>,
    pub(super) remarks: Vec<Remark>,
    /// Who spoke last, while the section lasts.
    pub(super) last: Option<Speaking>,
    /// The person mentioned last, for 他 and 她.
    pub(super) last_person: Option<Identified>,
    /// Who was announced by a colon at a paragraph's end.
    pub(super) announced: Option<Speaking>,
    open_quotation: bool,
    /// The paragraph before ended in quoted words of whoever spoke last.
    pub(super) ended_in_quotation: bool,
    /// Quoted words of the paragraph before whose speaker may be named yet.
    pub(super) pending: Pending,
    /// A talk of two that goes on over paragraphs.
    talk: Talk,
    /// Who was mentioned by now (folded names).
    pub(super) seen: HashSet<String>,
    /// The level of the heading that announced, or of the last one.
    announced_at: Option<u8>,
    /// Whose turn begins with the next block, by its head.
    pub(super) next_head: Option<String>,
    /// Whose turn it is in a transcript.
    pub(super) turn: Option<Speaking>,
    /// Whom the turn's last paragraph calls up: 下面请邹岚介绍情况.
    pub(super) called: Option<Identified>,
    /// Whom the head says that the interview is with, until the first turn.
    pub(super) interviewed: Option<Identified>,
    /// Whose question it was last, by the label: 记者.
    pub(super) asker: Option<Identified>,
    /// The turn's words have not begun yet: its head stood on a line of its own.
    pub(super) turn_is_fresh: bool,
    /// Heads of turns that are still to come.
    pub(super) turns_left: usize,
    /// Whether a reporter tells between the turns.
    pub(super) reported: bool,
    /// Whether Q and A head questions and answers.
    pub(super) asks_by_letter: bool,
    /// How many headings name who reports for a place.
    pub(super) reports: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, blocks: &[Block], facts: &Facts) -> Reader<'t> {
        Reader {
            text,
            cast: Cast::new(text, blocks, facts),
            sections: Vec::new(),
            remarks: Vec::new(),
            last: None,
            last_person: None,
            announced: None,
            open_quotation: false,
            ended_in_quotation: false,
            pending: Pending::default(),
            talk: Talk::default(),
            seen: HashSet::new(),
            announced_at: None,
            next_head: None,
            turn: None,
            called: None,
            interviewed: None,
            asker: None,
            turn_is_fresh: false,
            turns_left: 0,
            reported: false,
            asks_by_letter: false,
            reports: 0,
        }
    }

    /// Second pass.
    fn read(&mut self, block: &Block) {
        let may_call = matches!(block.kind, Kind::Heading | Kind::Paragraph);
        if may_call && block.span.of(self.text).starts_with('【') {
            self.see_caller(&block.folded(self.text));
        }
        match &block.kind {
            Kind::Title | Kind::Furniture(_) => {}
            // 时间:…: the report's own words, which answer when and where.
            Kind::Label { .. } => {
                self.narrate(block, block.span);
                self.turn = None;
            }
            Kind::Heading => {
                // 三、会议强调 over 5、关于费用: a heading below the one that announced ends nothing.
                let level = item_level(block.folded(self.text).text());
                let below = level.is_some() && level > self.announced_at && self.announced_at.is_some();
                let kept = self.announced.take().filter(|_| below);
                if !below {
                    self.announced_at = level;
                }
                self.sections.push(Section {
                    heading: block.bare(self.text),
                });
                self.last = None;
                self.announced = None;
                self.open_quotation = false;
                self.ended_in_quotation = false;
                self.pending = Pending::default();
                self.talk = Talk::default();
                self.turn = None;
                if let Some(person) = self.headed(block) {
                    self.last_person = Some(person);
                }
                self.last = self.writer(block);
                self.announced = self.decides(block).or_else(|| self.says(block)).or(kept);
                if let Some(speaking) = self.reports(block) {
                    self.turn = Some(speaking);
                    self.turn_is_fresh = true;
                }
            }
            Kind::Turn(head) => self.read_turn(block, head),
            Kind::Paragraph => {
                if self.read_recording(block) {
                    self.turn = None;
                } else {
                    self.paragraph(block);
                }
            }
            Kind::Row { head, rest } => {
                let speaking = self.heading_of(head);
                let mut cells = rest.clone();
                cells.push(head.words);
                cells.sort_unstable();
                for cell in cells {
                    if cell == head.words {
                        self.push(block, cell, &speaking, Manner::Direct);
                    } else {
                        self.narrate(block, cell);
                    }
                }
                self.turn = None;
                self.last = None;
            }
        }
    }

    /// A block that is somebody's words as a whole.
    fn read_given(&mut self, block: &Block, given: Given) {
        self.turn = None;
        self.last = None;
        if block.kind == Kind::Heading {
            self.sections.push(Section {
                heading: block.bare(self.text),
            });
        }
        let Given::Words {
            speaker,
            certainty,
            words,
            rule,
        } = given
        else {
            self.narrate(block, block.span);
            return;
        };
        let speaking = Speaking {
            voice: VoiceKind::Person(speaker, certainty),
            cue: None,
            rule,
        };
        self.narrate(block, Span::new(block.span.start(), words.start()));
        self.push_speech(block, words, &speaking);
        self.narrate(block, Span::new(words.end(), block.span.end()));
    }

    fn paragraph(&mut self, block: &Block) {
        let span = block.span;
        let folded = block.folded(self.text);
        // 强调,要抓好三件事: announces the counted list behind it, and nothing else.
        let in_list = is_item(folded.text()) || is_bulleted(self.text, span);
        if self
            .announced
            .as_ref()
            .is_some_and(|list| list.rule == SpeakerRule::List)
            && !in_list
        {
            self.announced = None;
        }
        let paragraph = Paragraph::new(folded.text());
        let mentions = self.cast.finder.find(paragraph.masked(), &self.cast.people);
        // A quotation over several paragraphs opens each of them.
        let opens = folded
            .text()
            .starts_with(|c| crate::text::is_opening_mark(c) || c == '"');
        let before = Before {
            announced: self.announced.is_some(),
            open_quotation: self.open_quotation
                && opens
                && self
                    .last
                    .as_ref()
                    .is_some_and(|last| matches!(last.voice, VoiceKind::Person(..))),
        };
        let (told, outlook) = paragraph.tell(&mentions, self.cast.finder.names(), before);
        self.call_up(&folded);
        if let Some(turn) = self.turn.clone()
            && (std::mem::take(&mut self.turn_is_fresh)
                || !self.ends_turn(&turn, &told, &folded, &mentions, is_apart(self.text, span)))
        {
            self.push_speech(block, span, &turn);
            self.called = self.called_in(&folded, &mentions);
            return;
        }
        self.turn = None;
        // “…(not closed), “…。”邹岚说: one quotation over paragraphs, named at its end.
        let one_quotation = self.open_quotation && opens;
        let pending = if one_quotation {
            std::mem::take(&mut self.pending)
        } else {
            Pending::default()
        };
        self.name_afterwards(&folded, paragraph.masked(), &mentions);
        let alone = Reader::is_quoted_alone(&told, paragraph.masked());
        let quoted_on = alone
            .then(|| {
                self.talk
                    .whose(told.last().is_some_and(|last| asks(last.span.of(folded.text()))))
            })
            .flatten()
            .or_else(|| alone.then(|| self.quoted_on()).flatten());
        let mut said: Vec<(Told, Speaking)> = Vec::new();
        let first_remark = self.remarks.len();
        let (mut at, mut from) = (span.start(), 0);
        for stretch in &told {
            let speaking = match &quoted_on {
                Some(speaking) => speaking.clone(),
                None => self.speaking(stretch, &folded, &mentions),
            };
            let words = folded.original(stretch.span).trimmed(self.text);
            if words.is_empty() || words.start() < at {
                continue;
            }
            let gap = Gap {
                original: Span::new(at, words.start()),
                folded: Span::new(from, stretch.span.start()),
            };
            self.fill(gap, block, &speaking, &folded, &mentions);
            // 邹岚同志批示如下: what is written stands there letter for letter.
            let written =
                stretch.teller == Teller::Announced && self.announced.as_ref().is_some_and(Speaking::is_written);
            let manner = if written { Manner::Direct } else { stretch.manner };
            self.push(block, words, &speaking, manner);
            said.push((*stretch, speaking.clone()));
            at = words.end();
            from = stretch.span.end();
            if let VoiceKind::Person(speaker, _) = &speaking.voice {
                self.last_person = Some(speaker.clone());
            }
            self.last = Some(speaking);
        }
        let rest = Gap {
            original: Span::new(at, span.end()),
            folded: Span::new(from, folded.text().len()),
        };
        match self.last.clone().filter(|_| !told.is_empty()) {
            Some(last) => self.fill(rest, block, &last, &folded, &mentions),
            None => self.narrate(block, rest.original),
        }
        self.talk.see(&said, folded.text());
        self.give_open(&pending, first_remark);
        if alone {
            self.leave_open(first_remark, quoted_on.is_some());
        } else if let [only] = told.as_slice()
            && only.teller == Teller::Nobody
            && only.manner == Manner::Direct
            && opens
        {
            self.leave_first(first_remark);
        }
        self.ended_in_quotation =
            outlook.ends_in_speech && told.last().is_some_and(|stretch| stretch.manner == Manner::Direct);
        self.seen
            .extend(mentions.iter().filter_map(|mention| match mention.naming {
                Naming::Name(name) => Some(name.of(folded.text()).to_owned()),
                _ => None,
            }));
        // (一)…, (二)…: the list that was announced goes on.
        let listed = self.announced.clone().filter(|_| {
            let all_told = told.iter().all(|stretch| stretch.teller == Teller::Announced);
            all_told && !told.is_empty() && in_list
        });
        self.announced = outlook.announces.map(|frame| {
            let told = Told {
                span: Span::new(0, 0),
                teller: Teller::Frame(frame),
                manner: Manner::Direct,
            };
            Speaking {
                rule: SpeakerRule::AnnouncedBefore,
                ..self.speaking(&told, &folded, &mentions)
            }
        });
        let lists = || {
            let last = told.last().filter(|last| matches!(last.teller, Teller::Frame(_)))?;
            let whole = folded.text()[last.span.end()..].trim().is_empty() && folded.text().trim_end().ends_with(':');
            let speaking = self.last.clone().filter(|_| whole)?;
            Some(Speaking {
                rule: SpeakerRule::List,
                ..speaking.inferred()
            })
        };
        self.announced = self.announced.take().or(listed).or_else(lists);
        self.open_quotation = outlook.open_quotation;
        if let Some(mention) = mentions
            .iter()
            .rev()
            .find(|mention| matches!(mention.naming, Naming::Name(_)))
        {
            self.last_person = Some(self.cast.person(mention, &folded));
        }
        if told.is_empty() && !outlook.open_quotation {
            self.last = None;
        }
    }

    /// Somebody's words, in as many remarks as the furniture of pages parts them into.
    pub(super) fn push(&mut self, block: &Block, span: Span, speaking: &Speaking, manner: Manner) {
        let mut why = Why {
            speaker: speaking.rule,
            office: None,
            county: None,
        };
        let voice = match &speaking.voice {
            VoiceKind::Person(who, certainty) => {
                (why.office, why.county) = (who.office, who.county);
                Voice::Person {
                    speaker: who.speaker.clone(),
                    manner,
                    certainty: *certainty,
                }
            }
            VoiceKind::Group(name, county) => {
                why.county = county.is_some().then_some(CountyRule::OwnPlace);
                Voice::Group {
                    name: name.clone(),
                    county: county.clone(),
                }
            }
            VoiceKind::Unknown => Voice::Unknown { manner },
        };
        for piece in block.pieces(self.text, span) {
            self.remarks.push(Remark {
                span: piece,
                paragraph: paragraph_of(block, piece, self.text),
                voice: voice.clone(),
                cue: speaking.cue.clone(),
                why: Some(why),
                section: self.sections.len().checked_sub(1),
            });
        }
    }

    /// What stands between the words of somebody: more of the same where the paragraph is about nobody else, and the
    /// reporter's own.
    fn fill(&mut self, gap: Gap, block: &Block, speaking: &Speaking, folded: &Folded, mentions: &[Mention]) {
        let told = match &speaking.voice {
            VoiceKind::Person(who, _) if is_about(&who.speaker, mentions, folded, self.text) => who
                .speaker
                .county
                .as_ref()
                .and_then(|county| account(folded.text(), gap.folded, county, mentions, gap.folded.start() > 0)),
            _ => None,
        };
        let Some(told) = told.map(|told| folded.original(told)) else {
            self.narrate(block, gap.original);
            return;
        };
        let gap = gap.original;
        self.narrate(block, Span::new(gap.start(), told.start()));
        let account = Speaking {
            rule: SpeakerRule::Account,
            ..speaking.clone().inferred()
        };
        self.push(block, told, &account, Manner::Indirect);
        self.narrate(block, Span::new(told.end(), gap.end()));
    }

    /// The reporter's own words between remarks.
    pub(super) fn narrate(&mut self, block: &Block, gap: Span) {
        for piece in block.pieces(self.text, gap) {
            self.narrate_piece(block, piece);
        }
    }

    fn narrate_piece(&mut self, block: &Block, gap: Span) {
        let words = gap.of(self.text);
        let lead = words.len()
            - words
                .trim_start_matches(|c: char| !c.is_alphanumeric() && !crate::text::is_opening_mark(c))
                .len();
        let span = Span::new(gap.start() + lead, gap.end()).trimmed(self.text);
        if span.of(self.text).chars().filter(|c| c.is_alphanumeric()).count() < 2 {
            return;
        }
        let span = Span::new(
            span.start(),
            span.start() + span.of(self.text).trim_end_matches(crate::text::is_opening_mark).len(),
        );
        self.remarks.push(Remark {
            span,
            paragraph: paragraph_of(block, span, self.text),
            voice: Voice::Narrator,
            cue: None,
            why: None,
            section: self.sections.len().checked_sub(1),
        });
    }
}

/// The piece of a block between the furniture of pages that holds a remark: what is indexed and shown together.
fn paragraph_of(block: &Block, span: Span, text: &str) -> Span {
    let pieces = block.pieces(text, block.span);
    pieces.into_iter().find(|piece| piece.contains(span)).unwrap_or(span)
}

/// Whether a paragraph names one person, and it is this one.
fn is_about(speaker: &Speaker, mentions: &[Mention], folded: &Folded, text: &str) -> bool {
    let mut named = mentions.iter().filter_map(|mention| match mention.naming {
        Naming::Name(span) => Some(folded.words(span, text)),
        _ => None,
    });
    let first = named.next();
    first.is_some() && first == speaker.name && named.all(|name| Some(name) == first)
}
