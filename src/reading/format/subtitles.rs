//! Subtitles (`.vtt`, `.srt`): what Teams, Zoom, Whisper or 剪映 wrote of a recording. Cues are cut for the eye, two lines at
//! a time; here the cues of one speaker become one line again: `[00:00:07] 段文谦：今天碰一下垃圾清运。`
//!
//! The speaker comes from the format's own `<v NAME>`, else from labels that stand in the words (`段文谦：`, `[NAME]`,
//! `>> NAME:`). Cues without any become paragraphs.

mod cues;
mod speaker;

use std::fmt::Write as _;

use super::{Document, Mark, MarkKind, Reason};
use crate::text::Span;
use cues::{Cue, Item};
use speaker::Labels;

/// A pause that ends a paragraph without speaker, in milliseconds.
const PAUSE: u64 = 2_000;
/// Characters from which on a paragraph without speaker ends at the next end of a sentence, and where it ends anyway.
const LONG: usize = 200;
const LONGEST: usize = 300;

/// The turns or paragraphs of a subtitle file. A file without cues is read as plain text.
pub fn read(text: String) -> Document {
    let mut items = cues::items(&text);
    if !items.iter().any(|item| matches!(item, Item::Cue(_))) {
        return super::plain::read(text);
    }
    cues::unroll(&mut items);
    let labels = Labels::of(&items);
    let mut writer = Writer::default();
    for item in items {
        match item {
            Item::Note(note) => writer.notes.push(note),
            Item::Cue(cue) => labels.parts(&cue).into_iter().for_each(|part| writer.part(part, &cue)),
        }
    }
    writer.end_turn();
    writer.document
}

/// What one speaker says in one cue.
struct Part {
    /// The name that stands there.
    speaker: Option<String>,
    /// Somebody else speaks from here on, named or not.
    is_other: bool,
    words: String,
}

/// The line that is being joined.
#[derive(Default)]
struct Turn {
    speaker: Option<String>,
    words: String,
    start: u64,
    end: u64,
}

#[derive(Default)]
struct Writer {
    document: Document,
    turn: Turn,
    /// Notes stand between cues, often one before each (`NOTE Confidence`): they must not part a turn.
    notes: Vec<String>,
}

impl Writer {
    fn part(&mut self, part: Part, cue: &Cue) {
        if !self.continues(&part, cue) {
            self.end_turn();
            self.turn = Turn {
                speaker: part.speaker,
                words: String::new(),
                start: cue.start,
                end: cue.end,
            };
        }
        append(&mut self.turn.words, &part.words);
        self.turn.end = cue.end;
    }

    fn continues(&self, part: &Part, cue: &Cue) -> bool {
        match (&part.speaker, &self.turn.speaker) {
            (Some(name), Some(speaker)) => name == speaker,
            (Some(_), None) => false,
            (None, _) if part.is_other => false,
            (None, Some(_)) => true,
            (None, None) => !self.turn.words.is_empty() && !self.is_paragraph(cue.start),
        }
    }

    /// Whether the words without speaker are a paragraph, if the next ones begin at `next`.
    fn is_paragraph(&self, next: u64) -> bool {
        let length = self.turn.words.chars().count();
        let sentence_ends = self.turn.words.ends_with(['。', '！', '？', '.', '!', '?', '”', '…']);
        let paused = next.saturating_sub(self.turn.end) > PAUSE;
        paused || length >= LONG && (sentence_ends || length >= LONGEST || !has_sentences(&self.turn.words))
    }

    fn end_turn(&mut self) {
        let turn = std::mem::take(&mut self.turn);
        if turn.speaker.is_some() || !turn.words.is_empty() {
            self.line(&turn);
        }
        for note in std::mem::take(&mut self.notes) {
            self.note(&note);
        }
    }

    fn line(&mut self, turn: &Turn) {
        let text = &mut self.document.text;
        let start = text.len();
        let _ = write!(text, "[{}] ", clock(turn.start));
        let time = Span::new(start, text.len());
        let speaker = turn.speaker.as_ref().map(|name| {
            let at = text.len();
            text.push_str(name);
            let span = Span::new(at, text.len());
            text.push('：');
            span
        });
        let words = Span::new(text.len(), text.len() + turn.words.len());
        text.push_str(&turn.words);
        let line = Span::new(start, text.len());
        text.push('\n');
        let kind = match speaker {
            Some(speaker) => MarkKind::Turn { speaker, words },
            None => MarkKind::Paragraph,
        };
        self.document.marks.push(Mark { span: line, kind });
        self.document.marks.push(Mark {
            span: time,
            kind: MarkKind::Markup,
        });
    }

    fn note(&mut self, note: &str) {
        for line in note.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let start = self.document.text.len();
            self.document.text.push_str(line);
            let span = Span::new(start, self.document.text.len());
            self.document.marks.push(Mark {
                span,
                kind: MarkKind::LeftOut(Reason::Comment),
            });
            self.document.text.push('\n');
        }
    }
}

fn has_sentences(words: &str) -> bool {
    words.contains(['。', '！', '？', '.', '!', '?'])
}

/// `00:01:07`.
fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Joins words: with a space where both neighbours are Latin, without one where either is Han.
fn append(words: &mut String, next: &str) {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c < '\u{2e80}' && !c.is_whitespace());
    if is_latin(words.chars().next_back()) && is_latin(next.chars().next()) {
        words.push(' ');
    }
    words.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(subtitles: &str) -> String {
        read(subtitles.to_owned()).text
    }

    #[test]
    fn teams_tells_the_speaker_by_a_voice_tag() {
        let vtt = "\
WEBVTT

4a5d-0001/11-0
00:00:03.210 --> 00:00:06.540
<v 段文谦>大家好，今天谈
雨水花园。</v>

00:00:06.600 --> 00:00:08.000
<v.loud 段文谦>先看养护。</v>

00:01:07.100 --> 00:01:12.000
<v 苗雨晴>七处&nbsp;<i>三处</i>积水。
";
        let document = read(vtt.to_owned());
        assert_eq!(
            document.text,
            "[00:00:03] 段文谦：大家好，今天谈雨水花园。先看养护。\n[00:01:07] 苗雨晴：七处 三处积水。\n"
        );
        let turns: Vec<_> = document
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Turn { .. }))
            .collect();
        let MarkKind::Turn { speaker, words } = &turns[1].kind else {
            panic!()
        };
        assert_eq!(speaker.of(&document.text), "苗雨晴");
        assert_eq!(words.of(&document.text), "七处 三处积水。");
    }

    #[test]
    fn labels_in_the_words_name_the_speaker() {
        let srt = "1\n00:00:03,210 --> 00:00:06,540\n段文谦：今天碰一下。\n\n2\n00:00:07,100 --> 00:00:12,000\n苗雨晴: 我查了九个，\n\n\
                   3\n00:00:12,100 --> 00:00:15,000\n苗雨晴: 四个一天一趟。\n\n4\n00:00:16,000 --> 00:00:17,000\n再加一趟。\n";
        assert_eq!(
            text(srt),
            "[00:00:03] 段文谦：今天碰一下。\n[00:00:07] 苗雨晴：我查了九个，四个一天一趟。再加一趟。\n"
        );
        let marked = "00:01.000 --> 00:02.000\n[SPEAKER_00]: Hello\n\n00:02.000 --> 00:03.000\n[SPEAKER_00]: there.\n\n\
                      00:03.000 --> 00:04.000\n>> LI NA: 好\n";
        assert_eq!(
            text(marked),
            "[00:00:01] SPEAKER_00：Hello there.\n[00:00:03] LI NA：好\n"
        );
    }

    #[test]
    fn several_speakers_in_one_cue_are_several_turns() {
        let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 段文谦>修吗？</v>\n<v 苗雨晴>修。</v>\n";
        assert_eq!(text(vtt), "[00:00:01] 段文谦：修吗？\n[00:00:01] 苗雨晴：修。\n");
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n- 段文谦：修吗？\n- 苗雨晴：修。\n\n2\n00:00:03,000 --> 00:00:04,000\n- 好。\n- 散会。\n";
        assert_eq!(
            text(srt),
            "[00:00:01] 段文谦：修吗？\n[00:00:01] 苗雨晴：修。\n[00:00:03] 好。\n[00:00:03] 散会。\n"
        );
    }

    #[test]
    fn cues_without_speakers_become_paragraphs() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n大家好\n\n2\n00:00:02,100 --> 00:00:04,000\n{\\an8}今天看 three\n\n\
                   3\n00:00:04,000 --> 00:00:05,000\nplaces [音乐]\n\n4\n00:00:09,000 --> 00:00:10,000\n注意：下雨\n";
        assert_eq!(
            text(srt),
            "[00:00:01] 大家好今天看 three places [音乐]\n[00:00:09] 注意：下雨\n"
        );
    }

    #[test]
    fn notes_are_kept_apart_and_do_not_part_a_turn() {
        let vtt = "WEBVTT - 会\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE 核对过\n\n00:01.000 --> 00:02.000\n<v 段文谦>甲，\n\n\
                   NOTE Confidence: 0.9\n\n00:02.000 --> 00:03.000\n<v 段文谦>乙。\n";
        assert_eq!(text(vtt), "核对过\n[00:00:01] 段文谦：甲，乙。\nConfidence: 0.9\n");
    }

    #[test]
    fn rolling_captions_are_said_once() {
        let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n甲<00:00:01.500><c>甲</c>\n\n00:02.000 --> 00:02.010\n甲甲\n\n\
                   00:02.010 --> 00:03.000\n甲甲\n乙<00:00:02.500><c>乙</c>\n\n00:03.000 --> 00:03.010\n乙乙\n\n00:03.010 --> 00:04.000\n乙乙\n丙\n";
        assert_eq!(text(vtt), "[00:00:01] 甲甲乙乙丙\n");
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_in_bounds(blocks in proptest::collection::vec("(NOTE )?[<>vc/&;:：\\[\\]() \\n段文谦a-]{0,40}", 0..12)) {
            let text: String = blocks.iter().map(|block| format!("00:01.000 --> 00:02.000\n{block}\n\n")).collect();
            super::super::checked::check(&read(text))?;
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,200}") {
            super::super::checked::check(&read(text))?;
        }
    }
}
