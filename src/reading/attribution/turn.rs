//! Turns: whose a head is, what it opens, and where the reporter goes on.

use super::cast::Cast;
use super::document::Reader;
use super::known::Identified;
use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use super::only;
use super::persons::PERSONS;
use super::speech::{Teller, Told};
use super::subject::Subject;
use super::voice::{Speaking, VoiceKind};
use crate::meeting::{Certainty, SpeakerRule};
use crate::reading::layout::{Block, Kind};
use crate::reading::turns::{Head, closes, closes_all, in_first_person, speaks_as_group};
use crate::text::{Folded, Span, fold_str, is_clause_mark, plain, quotations};

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
pub(super) fn is_reported(blocks: &[Block]) -> bool {
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

/// Labels of a file's head under which whoever answers stands.
const ANSWERS: [&str; 6] = ["嘉宾", "做客嘉宾", "访谈嘉宾", "受访嘉宾", "受访者", "受访人"];
/// Most characters between somebody and the word that says that he is asked.
const NEAR: usize = 30;

/// Whom the paper's head says that an interview is with: 县长邹岚接受本台专访, 嘉宾:邹岚; nobody where it is
/// several.
pub(super) fn interviewed(text: &str, blocks: &[Block], cast: &Cast<'_>) -> Option<Identified> {
    let first = blocks.iter().position(|block| matches!(block.kind, Kind::Turn(_)))?;
    let mut found: Vec<Identified> = Vec::new();
    for block in &blocks[..first] {
        let is_label = match &block.kind {
            Kind::Furniture(_) => continue,
            Kind::Label { key, .. } => ANSWERS.contains(&key.as_str()),
            _ => false,
        };
        let folded = block.folded(text);
        let words = folded.text();
        for mention in cast.finder.find(words, &cast.people) {
            let behind = &words[mention.span.end()..];
            let near = behind.char_indices().nth(NEAR).map_or(behind, |(at, _)| &behind[..at]);
            let sentence = near.split(['。', '!', '?']).next().unwrap_or(near);
            let asked = PERSONS.interviewed.iter().any(|word| sentence.contains(word));
            if mention.naming == Naming::Office || !(is_label || asked) {
                continue;
            }
            let person = cast.person(&mention, &folded);
            if found.iter().all(|other| other.speaker.name != person.speaker.name) {
                found.push(person);
            }
        }
    }
    only(found.into_iter())
}

impl Reader<'_> {
    /// A turn: its words, and who goes on below it.
    pub(super) fn read_turn(&mut self, block: &Block, head: &Head) {
        if let Some(interviewed) = self.interviewed.take() {
            self.last_person = Some(interviewed);
        }
        let speaking = self.heading_of(head);
        self.push_speech(block, head.words, &speaking);
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
        let words = Folded::new(head.words.of(self.text), head.words.start());
        // Few turns end so: names are looked for in those alone.
        self.called = asks_to_speak(words.text()).and_then(|_| {
            let mentions = self.cast.finder.find(words.text(), &self.cast.people);
            self.called_in(&words, &mentions)
        });
        // 人大代表王静:“…”: a report's frame, and no turn that the next paragraph goes on with.
        if is_one_quotation(head.words.of(self.text)) {
            self.last = Some(speaking);
            self.turn = None;
        } else {
            self.turn = Some(speaking);
        }
    }

    /// 【来电3】霄云镇一位种蒜大户来电, over 问:…: whose question it is.
    pub(super) fn see_caller(&mut self, line: &Folded) {
        let Some((_, who)) = line.text().strip_prefix('【').and_then(|rest| rest.split_once('】')) else {
            return;
        };
        let at = line.text().len() - who.len();
        let called = CALLED.iter().find_map(|end| who.trim_end().strip_suffix(end));
        self.asker = called.filter(|who| who.trim().chars().count() > 1).map(|who| {
            let span = Span::new(at, at + who.len()).trimmed(line.text());
            self.cast.by_phrase(&line.words(span, self.text))
        });
    }

    /// Whom words of whoever has the floor call up at their end: 下面先请邹岚县长介绍情况。
    pub(super) fn called_in(&self, words: &Folded, mentions: &[Mention]) -> Option<Identified> {
        let text = words.text();
        let asks = asks_to_speak(text)?;
        let called = mentions.iter().filter(|mention| {
            let at = match mention.naming {
                Naming::Name(name) | Naming::Alias(name) => name.start(),
                Naming::Office => return false,
            };
            // 请|县长邹岚
            let between = text.get(asks.start()..at).and_then(|before| before.rsplit_once('请'));
            mention.span.start() < asks.end() && between.is_some_and(|(_, office)| !office.contains(is_clause_mark))
        });
        only(called).map(|called| self.cast.person(called, words))
    }

    /// A paragraph without a head that greets, right behind words that call somebody up: it is that one's turn.
    pub(super) fn call_up(&mut self, paragraph: &Folded) {
        let Some(called) = self.called.take() else { return };
        if self.turn.is_some()
            && GREETS
                .iter()
                .any(|word| paragraph.text().trim_start().starts_with(word))
        {
            self.last_person = Some(called.clone());
            self.turn = Some(Speaking {
                voice: VoiceKind::Person(called, Certainty::Inferred),
                cue: None,
                rule: SpeakerRule::CalledUp,
            });
        }
    }

    /// Whom the head of a turn or of a row names: a person, the label that stands for one, a group, or nobody.
    pub(super) fn heading_of(&self, head: &Head) -> Speaking {
        let name = head.name.map(|name| plain(name.of(self.text)));
        let office = head.office.map(|office| plain(office.of(self.text)));
        let voice = match (name, office) {
            (None, None) => VoiceKind::Unknown,
            // 问:… is the journalist whom the interview's first question names; 答:… is whoever it is with.
            (None, Some(label)) if matches!(label.as_str(), "问" | "提问") || self.asks_by_letter && label == "Q" => {
                match self.asker.clone() {
                    Some(speaker) => VoiceKind::Person(speaker, Certainty::Inferred),
                    None => VoiceKind::Unknown,
                }
            }
            (None, Some(label)) if matches!(label.as_str(), "答" | "回答") || self.asks_by_letter && label == "A" => {
                match self.last_person.clone() {
                    Some(speaker) => VoiceKind::Person(speaker, Certainty::Inferred),
                    None => VoiceKind::Unknown,
                }
            }
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

    /// Whether a paragraph is the reporter's again, and no more of the turn before it: it names the one whose turn it
    /// was, it begins with somebody and an office, somebody else speaks in it, or it tells how the meeting went on. Who
    /// speaks of himself in it goes on speaking. `apart`: it stands behind a blank line.
    pub(super) fn ends_turn(
        &self,
        turn: &Speaking,
        told: &[Told],
        folded: &Folded,
        mentions: &[Mention],
        apart: bool,
    ) -> bool {
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
}

/// The last sentence of words, where it asks somebody to speak.
fn asks_to_speak(words: &str) -> Option<Span> {
    let end = words.trim_end().trim_end_matches(is_clause_mark).len();
    let start = words[..end]
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '。' | '!' | '?'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let sentence = Span::new(start, end);
    let asks = sentence.of(words).contains('请') && CALLS.iter().any(|verb| sentence.of(words).contains(verb));
    asks.then_some(sentence)
}

/// What somebody who is called up is asked to do.
const CALLS: [&str; 12] = [
    "介绍", "发言", "讲话", "回答", "解答", "通报", "致辞", "汇报", "发布", "解读", "说", "补充",
];
/// How somebody begins who has been called up.
const GREETS: [&str; 11] = [
    "各位",
    "尊敬的",
    "大家",
    "女士们",
    "同志们",
    "谢谢主持人",
    "感谢主持人",
    "谢谢您的提问",
    "感谢您的提问",
    "谢谢这位记者",
    "感谢这位记者",
];

/// How a line ends that says who calls.
const CALLED: [&str; 4] = ["来电", "来访", "来信", "提问"];

/// Whether questions and answers of a file are headed by Q and A.
pub(super) fn asks_by_letter(text: &str, blocks: &[Block]) -> bool {
    let is = |block: &Block, letter: &str| match &block.kind {
        Kind::Turn(head) => head.name.is_none() && head.office.is_some_and(|office| office.of(text) == letter),
        _ => false,
    };
    blocks.iter().any(|block| is(block, "Q"))
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

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;

    #[test]
    fn who_is_called_up_speaks_without_a_head() {
        assert_eq!(
            told(
                "新闻发布会实录\n\n丘福生：\n\n大家上午好！下面先请邹岚县长介绍情况。\n\n各位媒体朋友，大家好！\n\n床位有一半空着。\n\n丘福生：\n\n谢谢邹岚县长。\n"
            ),
            [
                "丘福生 大家上午好！下面先请邹岚县长介绍情况。",
                "邹岚 各位媒体朋友，大家好！",
                "邹岚 床位有一半空着。",
                "丘福生 谢谢邹岚县长。"
            ]
        );
    }

    #[test]
    fn who_is_interviewed_answers_whoever_else_the_head_names() {
        let turns = "记者：渠哪天通？\n\n答：月底。\n\n记者：谢谢。\n";
        let head = "县水利局局长丘福生接受本台专访。县长邹岚昨天到渠上。";
        let text = format!("访谈\n\n{head}\n\n{turns}");
        assert_eq!(told(&text)[1], "丘福生 月底。");
        let nobody = format!("访谈\n\n县长邹岚和县水利局局长丘福生接受本台专访。\n\n{turns}");
        assert_ne!(told(&nobody)[1], "记者 月底。");
    }

    #[test]
    fn who_goes_on_without_a_greeting_has_the_floor_still() {
        assert_eq!(
            told("新闻发布会实录\n\n丘福生：\n\n会后请邹岚县长补充说明。\n\n先说天气。\n\n邹岚：\n\n好。\n"),
            ["丘福生 会后请邹岚县长补充说明。", "丘福生 先说天气。", "邹岚 好。"]
        );
    }
}
