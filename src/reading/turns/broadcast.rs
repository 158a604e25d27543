//! Marks of scripts of television and radio: `【同期】县长王静：`, `【解说】清晨,…`.

use std::sync::LazyLock;

use crate::text::rows;

/// Whose words follow a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broadcast {
    /// Those of whoever the label behind the mark names.
    Voice,
    /// The reporter's.
    Reporter,
}

static MARKS: LazyLock<Vec<(Broadcast, &'static str)>> = LazyLock::new(|| {
    rows!("broadcast.tsv", 2)
        .map(|row| match row.as_slice() {
            ["voice", mark] => (Broadcast::Voice, *mark),
            ["reporter", mark] => (Broadcast::Reporter, *mark),
            _ => row.wrong("neither voice nor reporter"),
        })
        .collect()
});

/// The mark that a (folded) line begins with, and its bytes with the brackets.
pub fn broadcast_mark(line: &str) -> Option<(Broadcast, usize)> {
    let (open, close) = [('【', '】'), ('[', ']'), ('(', ')')]
        .into_iter()
        .find(|(open, _)| line.starts_with(*open))?;
    let from = open.len_utf8();
    let end = from + line[from..].find(close)?;
    let inner = line[from..end].trim();
    let (whose, _) = MARKS.iter().find(|(_, mark)| *mark == inner)?;
    Some((*whose, end + close.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Document, understand};

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
    fn a_script_says_who_speaks_and_where_the_reporter_goes_on() {
        let text = "春耕时节\n\n【解说】清晨，雾还没散，人已经下了田。\n\n【同期】青石县农技站站长　丘福生：\n\n苗壮就好，水不能深。\n\n【解说】丘福生告诉记者，今年种了三千亩。\n\n太阳出来了，田里更热闹。\n\n【同期】村民　何晓岚：\n\n种子是政府发的。\n";
        let report = understand(&Document::plain(text), "a.txt");
        let who = |words: &str| {
            let remark = report.spoken().find(|remark| remark.span.of(text).contains(words));
            remark.and_then(|remark| remark.voice.name().map(str::to_owned))
        };
        assert_eq!(who("苗壮就好").as_deref(), Some("丘福生"));
        assert_eq!(who("今年种了").as_deref(), Some("丘福生"));
        assert_eq!(who("种子是").as_deref(), Some("何晓岚"));
        assert_eq!(who("雾还没散"), None);
        assert_eq!(who("太阳出来了"), None);
    }
}
