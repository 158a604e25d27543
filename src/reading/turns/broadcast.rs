//! Marks of scripts of television and radio: `【同期】县长王静：`, `【解说】清晨,…`.

use std::sync::LazyLock;

use crate::text::{Span, rows};

/// Whose words follow a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broadcast {
    /// Those of whoever the label behind the mark names.
    Voice,
    /// Those of whoever the paragraph before names, or the mark.
    Recording,
    /// A recording ends.
    End,
    /// The reporter's.
    Reporter,
}

static MARKS: LazyLock<Vec<(Broadcast, &'static str)>> = LazyLock::new(|| {
    rows!("broadcast.tsv", 2)
        .map(|row| match row.as_slice() {
            ["voice", mark] => (Broadcast::Voice, *mark),
            ["recording", mark] => (Broadcast::Recording, *mark),
            ["end", mark] => (Broadcast::End, *mark),
            ["reporter", mark] => (Broadcast::Reporter, *mark),
            _ => row.wrong("no such mark"),
        })
        .collect()
});

/// The mark that a (folded) line begins with, and its bytes with the brackets.
pub fn broadcast_mark(line: &str) -> Option<(Broadcast, usize)> {
    let (inner, end) = bracketed(line)?;
    Some((whose(inner.of(line))?, end))
}

/// A recording in a (folded) paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Who is named in the mark: (出录音,村党支部书记邹岚).
    pub whose: Option<Span>,
    /// The words.
    pub words: Span,
}

/// The recording that a (folded) paragraph is.
pub fn recording_mark(line: &str) -> Option<Recording> {
    let (inner, end) = bracketed(line)?;
    let (mark, who) = match inner.of(line).split_once([',', ':', '-']) {
        Some((mark, _)) => (mark, Some(Span::new(inner.start() + mark.len() + 1, inner.end()))),
        None => (inner.of(line), None),
    };
    if whose(mark) != Some(Broadcast::Recording) {
        return None;
    }
    let lead = line[end..].len() - line[end..].trim_start_matches([':', ' ']).len();
    let start = end + lead;
    let stop = line[start..]
        .match_indices(['(', '[', '【'])
        .find(|(at, _)| matches!(broadcast_mark(&line[start + at..]), Some((Broadcast::End, _))))
        .map_or(line.len(), |(at, _)| start + at);
    (start < stop).then_some(Recording {
        whose: who,
        words: Span::new(start, stop),
    })
}

/// What stands in the brackets that a line begins with, and where they end.
fn bracketed(line: &str) -> Option<(Span, usize)> {
    let (open, close) = [('【', '】'), ('[', ']'), ('(', ')')]
        .into_iter()
        .find(|(open, _)| line.starts_with(*open))?;
    let from = open.len_utf8();
    let end = from + line[from..].find(close)?;
    Some((Span::new(from, end), end + close.len_utf8()))
}

fn whose(mark: &str) -> Option<Broadcast> {
    let mark = mark.trim();
    MARKS.iter().find(|(_, known)| *known == mark).map(|(whose, _)| *whose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::testing::{told, who};

    #[test]
    fn marks_in_brackets_and_nothing_else() {
        assert_eq!(
            broadcast_mark("【同期】县长邹岚:").map(|(whose, _)| whose),
            Some(Broadcast::Voice)
        );
        assert_eq!(
            broadcast_mark("[解说]清晨").map(|(whose, _)| whose),
            Some(Broadcast::Reporter)
        );
        assert_eq!(broadcast_mark("【邹岚】先修路。"), None);
        assert_eq!(broadcast_mark("解说清晨"), None);
    }

    #[test]
    fn a_recording_is_whose_the_paragraph_before_names() {
        let text = "边关小镇\n\n早上七点，护林员丘福生已经上了山。\n\n（出录音）：山上的路我走了三十年。（录音完）\n\n太阳出来了，林子里亮了。\n\n（出录音，双河村党支部书记何晓岚）：补助每月到账。（录音完）\n";
        assert_eq!(told(text), ["丘福生 山上的路我走了三十年。", "何晓岚 补助每月到账。"]);
    }

    #[test]
    fn a_script_says_who_speaks_and_where_the_reporter_goes_on() {
        let text = "春耕时节\n\n【解说】清晨，雾还没散，人已经下了田。\n\n【同期】青石县农技站站长　丘福生：\n\n苗壮就好，水不能深。\n\n【解说】丘福生告诉记者，今年种了三千亩。\n\n太阳出来了，田里更热闹。\n\n【同期】村民　何晓岚：\n\n种子是政府发的。\n";
        let who = |words: &str| who(text, words);
        assert_eq!(who("苗壮就好").as_deref(), Some("丘福生"));
        assert_eq!(who("今年种了").as_deref(), Some("丘福生"));
        assert_eq!(who("种子是").as_deref(), Some("何晓岚"));
        assert_eq!(who("雾还没散"), None);
        assert_eq!(who("太阳出来了"), None);
    }
}
