//! A whole paper as lines: as it reads, above each stretch who speaks, in a colour for each; the quote marked.

use super::paint::{Ink, Paint, safe};
use crate::index::Paper;
use crate::meeting::Voice;
use crate::page::{Cast, Line, LineKind, is_doubtful, lines};
use crate::text::Span;
use crate::wording::{
    Lang, county_word, doubt_line, doubts_head, inferred_words, left_out_reason, page_facts, speaker_count_words,
    speakers_head, unknown_speaker,
};

/// The lines of a paper, without line ends, and which of them the quote begins in.
pub fn paper_lines(paper: &Paper, quote: Option<Span>, lang: Lang, paint: Paint) -> (Vec<String>, Option<usize>) {
    let cast = Cast::of(paper);
    let mut out = head(paper, &cast, lang, paint);
    let mut begins = None;
    let mut noted = None;
    for line in lines(paper, quote) {
        if line.gap {
            out.push(String::new());
        }
        for cut in &line.cuts {
            let speaker = cut.piece.filter(|piece| cast.speaker(*piece).is_some());
            if let Some(piece) = speaker.filter(|piece| noted != Some(*piece)) {
                out.push(note(paper, &cast, piece, lang, paint));
            }
            noted = if cut.piece.is_some() { speaker } else { noted };
        }
        if begins.is_none() && line.cuts.iter().any(|cut| cut.quoted) {
            begins = Some(out.len());
        }
        out.push(words(paper, &cast, &line, lang, paint));
    }
    (out, begins)
}

fn head(paper: &Paper, cast: &Cast<'_>, lang: Lang, paint: Paint) -> Vec<String> {
    let mut out = vec![paint.ink(Ink::Strong, &paper.meeting.title)];
    let facts = page_facts(lang, &paper.meeting, &paper.file);
    out.extend(facts.iter().map(|line| paint.ink(Ink::Faint, line)));
    if !cast.speakers.is_empty() {
        out.push(String::new());
        out.push(speakers_head(lang, cast.speakers.len()));
    }
    for speaker in &cast.speakers {
        let spoken = speaker
            .pieces
            .iter()
            .map(|piece| paper.pieces[*piece].span.of(&paper.text));
        let chars = spoken.map(|words| words.chars().count()).sum();
        let called = called(speaker.voice, lang);
        let count = speaker_count_words(lang, speaker.pieces.len(), chars);
        let ink = speaker.colour.map_or(Ink::Faint, Ink::Speaker);
        out.push(format!("  {} · {count}", paint.ink(ink, &called)));
    }
    if !paper.doubts.is_empty() {
        out.push(doubts_head(lang, paper.doubts.len()));
        let doubts = paper.doubts.iter().map(|doubt| doubt_line(lang, &doubt.kind));
        out.extend(doubts.map(|doubt| format!("  ! {}", safe(&doubt))));
    }
    out.push(String::new());
    out
}

/// Who speaks a piece: `—— 王静 · 长武县委常委、统战部部长 · 代表长武县`.
fn note(paper: &Paper, cast: &Cast<'_>, piece: usize, lang: Lang, paint: Paint) -> String {
    let this = &paper.pieces[piece];
    let mut line = format!("—— {}", called(&this.voice, lang));
    if is_doubtful(this) {
        line.push_str(&format!(" · ? {}", inferred_words(lang, &this.voice)));
    }
    let colour = cast.speaker(piece).and_then(|speaker| speaker.colour);
    paint.ink(colour.map_or(Ink::Faint, Ink::Speaker), &line)
}

fn called(voice: &Voice, lang: Lang) -> String {
    let county = voice.county().map(|county| county_word(lang, county.name()));
    let (name, office) = voice.called();
    let name = name.unwrap_or(unknown_speaker(lang)).to_owned();
    let about = office.map(str::to_owned).into_iter().chain(county);
    std::iter::once(name).chain(about).collect::<Vec<_>>().join(" · ")
}

fn words(paper: &Paper, cast: &Cast<'_>, line: &Line, lang: Lang, paint: Paint) -> String {
    let mut out = String::new();
    // Where there are no colours, something else has to tell.
    if paint == Paint::Plain && line.cuts.iter().any(|cut| cut.quoted) {
        out.push_str("▶ ");
    }
    for cut in &line.cuts {
        let words = cut.span.of(&paper.text);
        let colour = cut
            .piece
            .and_then(|piece| cast.speaker(piece))
            .and_then(|speaker| speaker.colour);
        let ink = match (line.kind, cut.quoted, colour) {
            (_, true, _) => Ink::Quote,
            (LineKind::Title | LineKind::Heading, ..) => Ink::Strong,
            (LineKind::Furniture(_), ..) => Ink::Faint,
            (_, _, Some(colour)) => Ink::Speaker(colour),
            _ => Ink::Plain,
        };
        out.push_str(&paint.ink(ink, words));
    }
    if let LineKind::Furniture(why) = line.kind {
        out.push_str(&paint.ink(Ink::Faint, &format!("  [{}]", left_out_reason(lang, why))));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::testing::paper;

    #[test]
    fn who_speaks_stands_above_the_words_and_the_quote_is_found() {
        let paper = paper("长汀茶会召开\n\n长汀县副县长蓝秀珍表示，先修路。\n\n她说，再修亭子。\n");
        let at = paper.text.find("再修亭子").map(|at| Span::new(at, at + 12));
        let (lines, begins) = paper_lines(&paper, at, Lang::Zh, Paint::Plain);
        let all = lines.join("\n");
        let first = all.find("—— 蓝秀珍 · 长汀县副县长 · 代表长汀县\n长汀县副县长蓝秀珍表示，先修路。");
        assert!(first.is_some(), "{all}");
        assert_eq!(lines[begins.unwrap()], "▶ 她说，再修亭子。");
        assert!(all.contains("? 由上下文推断"), "{all}");
        let (coloured, _) = paper_lines(&paper, at, Lang::Zh, Paint::Ansi);
        assert!(coloured.join("\n").contains("\u{1b}[7m再修亭子\u{1b}[27m"));
    }

    #[test]
    fn a_file_cannot_command_the_terminal() {
        let paper = paper("长汀县副县长蓝秀珍表示，先\u{9b}2J修路。\n");
        let (lines, _) = paper_lines(&paper, None, Lang::Zh, Paint::Plain);
        assert!(!lines.join("\n").contains('\u{9b}'));
    }
}
