//! A whole document: two passes over its blocks. The first learns who is who, the second tells who said what.

use std::collections::HashSet;

use super::account::account;
use super::across::Pending;
use super::adverbial::strip_thin;
use super::cast::Cast;
use super::item::{is_bulleted, is_item, item_level, item_mark};
use super::known::Identified;
use super::lexicon::Lexicon;
use super::manuscript::{Given, given};
use super::mention::{Mention, Naming};
use super::speech::{Before, Paragraph, Teller, Told};
use super::subject::Subject;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, CountyRule, Manner, Remark, Section, Speaker, SpeakerRule, Voice, Why};
use crate::reading::facts::Facts;
use crate::reading::layout::{Block, Kind, Layout};
use crate::reading::roster::roster;
use crate::reading::turns::{Head, closes, closes_all, in_first_person, is_apart, speaks_as_group};
use crate::text::{Folded, Span, fold_str, plain, quotations};

/// Who said what in a laid-out text: its sections, and its remarks in order with narration between.
pub fn attribute(text: &str, layout: &Layout, facts: &Facts) -> (Vec<Section>, Vec<Remark>) {
    let mut reader = Reader::new(text, facts);
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
    /// Who was mentioned by now (folded names).
    pub(super) seen: HashSet<String>,
    /// The level of the heading that announced, or of the last one.
    announced_at: Option<u8>,
    /// Whose turn begins with the next block, by its head.
    next_head: Option<String>,
    /// Whose turn it is in a transcript.
    turn: Option<Speaking>,
    /// Whose question it was last, by the label: 记者.
    asker: Option<Identified>,
    /// The turn's words have not begun yet: its head stood on a line of its own.
    turn_is_fresh: bool,
    /// Heads of turns that are still to come.
    turns_left: usize,
    /// Whether a reporter tells between the turns.
    reported: bool,
}

/// Whether words are one quotation from end to end.
fn is_one_quotation(words: &str) -> bool {
    let words = words.trim();
    match quotations(words).as_slice() {
        [only] => only.closed && only.outer == Span::new(0, words.len()),
        _ => false,
    }
}

/// Whether a report has each of several persons speak once, under office and name, after a paragraph of its own: what stands
/// between them without a head is the reporter's. In a collection of speeches such paragraphs are more than the heads.
fn is_reported(blocks: &[Block]) -> bool {
    let heads: Vec<(usize, &Head)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match &block.kind {
            Kind::Turn(head) => Some((at, head)),
            _ => None,
        })
        .collect();
    let Some((first, _)) = heads.first() else { return false };
    let is_prose = |block: &&Block| block.kind == Kind::Paragraph;
    let whole = |head: &Head| head.name.is_some() && head.office.is_some() && !head.words.is_empty();
    let between = blocks[*first..].iter().filter(is_prose).count();
    heads.len() > 1
        && heads.iter().all(|(_, head)| whole(head))
        && blocks[..*first].iter().any(|block| is_prose(&block))
        && between <= heads.len()
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, facts: &Facts) -> Reader<'t> {
        Reader {
            text,
            cast: Cast::new(text, facts),
            sections: Vec::new(),
            remarks: Vec::new(),
            last: None,
            last_person: None,
            announced: None,
            open_quotation: false,
            ended_in_quotation: false,
            pending: Pending::default(),
            seen: HashSet::new(),
            announced_at: None,
            next_head: None,
            turn: None,
            asker: None,
            turn_is_fresh: false,
            turns_left: 0,
            reported: false,
        }
    }

    /// Second pass.
    fn read(&mut self, block: &Block) {
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
                self.turn = None;
                self.last = self.writer(block);
                self.announced = self.decides(block).or_else(|| self.says(block)).or(kept);
            }
            Kind::Turn(head) => {
                let speaking = self.heading_of(head);
                self.push(block, head.words, &speaking, Manner::Direct);
                self.turn_is_fresh = head.words.is_empty();
                self.turns_left = self.turns_left.saturating_sub(1);
                // 记者:… is nobody whom an answer could be by.
                if let VoiceKind::Person(speaker, certainty) = &speaking.voice
                    && (head.name.is_some() || *certainty == Certainty::Inferred)
                    && self.asker.as_ref().map(|asker| &asker.speaker) != Some(&speaker.speaker)
                {
                    self.last_person = Some(speaker.clone());
                }
                if let VoiceKind::Person(speaker, Certainty::Named) = &speaking.voice
                    && head.name.is_none()
                    && speaker
                        .speaker
                        .name
                        .as_deref()
                        .is_some_and(|label| label.ends_with(JOURNALIST))
                {
                    self.asker = Some(speaker.clone());
                }
                // 人大代表王静:“…”: a report's frame, and no turn that the next paragraph goes on with.
                if is_one_quotation(head.words.of(self.text)) {
                    self.last = Some(speaking);
                    self.turn = None;
                } else {
                    self.turn = Some(speaking);
                }
            }
            Kind::Paragraph => self.paragraph(block),
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

    /// Whom the head of a turn or of a row names: a person, the label that stands for one, a group, or nobody.
    fn heading_of(&self, head: &Head) -> Speaking {
        let name = head.name.map(|name| plain(name.of(self.text)));
        let office = head.office.map(|office| plain(office.of(self.text)));
        let voice = match (name, office) {
            (None, None) => VoiceKind::Unknown,
            // 问:… is the journalist whom the interview's first question names; 答:… is whoever it is with.
            (None, Some(label)) if matches!(label.as_str(), "问" | "提问") => match self.asker.clone() {
                Some(speaker) => VoiceKind::Person(speaker, Certainty::Inferred),
                None => VoiceKind::Unknown,
            },
            (None, Some(label)) if matches!(label.as_str(), "答" | "回答") => match self.last_person.clone() {
                Some(speaker) => VoiceKind::Person(speaker, Certainty::Inferred),
                None => VoiceKind::Unknown,
            },
            (None, Some(label)) if speaks_as_group(&label) => VoiceKind::Group(label, None),
            (name, office) => {
                let (speaker, certainty) = self.cast.turn_speaker(name, office);
                VoiceKind::Person(speaker, certainty)
            }
        };
        Speaking {
            voice,
            cue: None,
            rule: SpeakerRule::TurnHead,
        }
    }

    /// A block that is somebody's words as a whole.
    fn read_given(&mut self, block: &Block, given: Given) {
        self.turn = None;
        self.last = None;
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
        self.push(block, words, &speaking, Manner::Direct);
        self.narrate(block, Span::new(words.end(), block.span.end()));
    }

    /// A heading that is a meeting and what it does: 三、会议强调. What stands below is decided.
    fn decides(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let bare = folded.text()[item_mark(folded.text())..].trim_end_matches([':', ' ']);
        let meeting = ["会议", "全会", "大会"]
            .into_iter()
            .find(|word| bare.starts_with(word))?;
        let cue = &bare[meeting.len()..];
        Lexicon::shared().is_cue(cue).then(|| Speaking {
            voice: VoiceKind::Group(meeting.to_owned(), None),
            cue: Some(cue.to_owned()),
            rule: SpeakerRule::HeadingOfDecisions,
        })
    }

    /// A heading that is somebody and a reporting word, with the words in the paragraph below: 邹岚表示.
    fn says(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let text = folded.text().trim_end();
        let mentions = self.cast.finder.find(text, &self.cast.people);
        let [first] = mentions.as_slice() else { return None };
        let cue = strip_thin(&text[first.span.end()..]).trim();
        let says = first.span.start() == 0 && first.naming != Naming::Office && Lexicon::shared().is_cue(cue);
        says.then(|| Speaking {
            voice: VoiceKind::Person(self.cast.person(first, &folded), Certainty::Named),
            cue: Some(cue.to_owned()),
            rule: SpeakerRule::HeadingSays,
        })
    }

    /// Who wrote what stands under a heading: 邹岚书记批示.
    fn writer(&self, heading: &Block) -> Option<Speaking> {
        let folded = heading.folded(self.text);
        let bare = folded.text().trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.ends_with("批示") {
            return None;
        }
        let mentions = self.cast.finder.find(folded.text(), &self.cast.people);
        let mut named = mentions.iter().filter(|mention| mention.naming != Naming::Office);
        let (Some(only), None) = (named.next(), named.next()) else {
            return None;
        };
        Some(Speaking {
            voice: VoiceKind::Person(self.cast.person(only, &folded), Certainty::Inferred),
            cue: None,
            rule: SpeakerRule::HeadingOfInstructions,
        })
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
        if let Some(turn) = self.turn.clone()
            && (std::mem::take(&mut self.turn_is_fresh)
                || !self.ends_turn(&turn, &told, &folded, &mentions, is_apart(self.text, span)))
        {
            self.push(block, span, &turn, Manner::Direct);
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
        let quoted_on = alone.then(|| self.quoted_on()).flatten();
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
            self.push(block, words, &speaking, stretch.manner);
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
        self.give_open(&pending, first_remark);
        if alone {
            self.leave_open(first_remark, quoted_on.is_some());
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

    /// Whether a paragraph is the reporter's again, and no more of the turn before it: it names the one whose turn it
    /// was, it begins with somebody and an office, somebody else speaks in it, or it tells how the meeting went on. Who
    /// speaks of himself in it goes on speaking. `apart`: it stands behind a blank line.
    fn ends_turn(&self, turn: &Speaking, told: &[Told], folded: &Folded, mentions: &[Mention], apart: bool) -> bool {
        let named = match &turn.voice {
            VoiceKind::Person(who, _) => who.speaker.name.as_ref().is_some_and(|name| {
                mentions.iter().any(
                    |mention| matches!(mention.naming, Naming::Name(span) if folded.words(span, self.text) == *name),
                )
            }),
            _ => false,
        };
        // 作为东道主,旗长包哈斯的一番话…: somebody else's paragraph, whether the office begins it or a clause before it.
        let introduced = mentions.first().is_some_and(|first| {
            let before = &folded.text()[..first.span.start()];
            let leads = before.is_empty() || before.ends_with(',') && before.chars().count() <= LEAD;
            leads && first.office.is_some() && first.naming != Naming::Office
        });
        let of_himself = in_first_person(folded.text());
        // …县政协主席段启文也谈了看法。before 段启文:…: the reporter leads to the next turn; who is in the chair asks for it.
        let leads_on = self.next_head.as_ref().is_some_and(|next| {
            let next = fold_str(next);
            let asks = folded.text().contains('请') || folded.text().contains("有请");
            !asks
                && mentions.iter().any(|mention| {
                    mention.office.is_some()
                        && matches!(mention.naming, Naming::Name(name) if name.of(folded.text()) == next)
                })
        });
        let reporter = Lexicon::shared().narration.prefix(folded.text()).is_some() && (apart || !mentions.is_empty());
        let leads = told.first().is_some_and(|first| match first.teller {
            Teller::Frame(frame) => {
                let own = match frame.subject {
                    Subject::Inherited | Subject::Pronoun(_) => false,
                    // 何晓岚:她不来 opens no turn, or the file's own way of heading them would have said so.
                    Subject::Mentioned(index) if is_bare_colon(folded.text(), mentions[index].span, frame.content) => {
                        false
                    }
                    Subject::Mentioned(index) => {
                        mentions[index].naming != Naming::Office || mentions[index].span.start() == 0
                    }
                    // …,一个村的老支书拉着我的手说:“…”: the speaker tells of somebody.
                    Subject::Nameless(span) => span.start() == 0,
                    _ => true,
                };
                own && !folded.text()[..frame.cue.start()].contains(['。', '!', '?'])
            }
            Teller::Beside(Subject::Mentioned(index)) => mentions[index].office.is_some(),
            _ => false,
        });
        let reporter = reporter || self.reported;
        let over = closes(folded.text(), apart) || self.turns_left == 0 && closes_all(folded.text());
        (named || introduced || reporter || leads_on) && !of_himself || leads || over
    }

    /// Somebody's words, in as many remarks as the furniture of pages parts them into.
    fn push(&mut self, block: &Block, span: Span, speaking: &Speaking, manner: Manner) {
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
    fn narrate(&mut self, block: &Block, gap: Span) {
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

/// How the label of whoever asks ends.
const JOURNALIST: &str = "记者";

/// Whether nothing but a colon stands between somebody and the words.
fn is_bare_colon(text: &str, mention: Span, content: usize) -> bool {
    text.get(mention.end()..content)
        .is_some_and(|between| between.trim() == ":")
}

/// Longest clause before whoever a paragraph begins with, in characters.
const LEAD: usize = 12;

/// Whether a paragraph names one person, and it is this one.
fn is_about(speaker: &Speaker, mentions: &[Mention], folded: &Folded, text: &str) -> bool {
    let mut named = mentions.iter().filter_map(|mention| match mention.naming {
        Naming::Name(span) => Some(folded.words(span, text)),
        _ => None,
    });
    let first = named.next();
    first.is_some() && first == speaker.name && named.all(|name| Some(name) == first)
}
