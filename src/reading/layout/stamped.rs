//! Times that a page puts behind each turn: `[欧阳小义]您好。 [2008-08-22 15:00:10]`.

use super::{Block, Kind};
use crate::meeting::Reason;
use crate::reading::stamp::{Beside, stamp};
use crate::text::{Folded, Span, ends_sentence};

/// Fewest blocks that end so where it is the page's way.
const FEWEST: usize = 2;

/// Makes furniture of the times in brackets that several blocks end with.
pub fn without_stamps(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let stamps: Vec<Option<Span>> = blocks.iter().map(|block| stamp_at_end(text, block)).collect();
    if stamps.iter().flatten().count() < FEWEST {
        return blocks;
    }
    let mut parted = Vec::with_capacity(blocks.len() * 2);
    for (mut block, found) in blocks.into_iter().zip(stamps) {
        let Some(found) = found else {
            parted.push(block);
            continue;
        };
        block.span = Span::new(block.span.start(), found.start()).trimmed(text);
        if matches!(block.kind, Kind::Furniture(_)) {
            block.kind = Kind::Paragraph;
        }
        let time = Block {
            span: found,
            breaks: Vec::new(),
            kind: Kind::Furniture(Reason::Metadata),
            heads: false,
            markup: Vec::new(),
        };
        parted.extend([block, time]);
    }
    parted
}

/// The time in brackets that a block ends with, behind words.
fn stamp_at_end(text: &str, block: &Block) -> Option<Span> {
    // A short line with a time looks like what a page says of itself.
    let as_metadata = block.kind == Kind::Furniture(Reason::Metadata);
    if !(as_metadata || matches!(block.kind, Kind::Paragraph | Kind::Turn(_))) || !block.breaks.is_empty() {
        return None;
    }
    let folded = Folded::new(block.span.of(text), block.span.start());
    let line = folded.text().trim_end();
    let (close, open) = [(']', '['), (')', '(')]
        .into_iter()
        .find(|(close, _)| line.ends_with(*close))?;
    let at = line.rfind(open)?;
    let inner = &line[at + open.len_utf8()..line.len() - close.len_utf8()];
    let is_time = inner.contains(':') && stamp(inner).is_some_and(|stamp| stamp.beside == Beside::Clock);
    let words = line[..at].trim_end();
    let said = if as_metadata {
        ends_sentence(words)
    } else {
        words.contains(char::is_alphanumeric)
    };
    (is_time && said).then(|| folded.original(Span::new(at, line.len())))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;

    #[test]
    fn times_behind_turns_are_the_pages() {
        let text = "在线访谈\n\n[主持人]大家好！ [2008-08-22 15:00:00]\n\n[欧阳小义]各位网友好。 [2008-08-22 15:00:10]\n\n[网友 bomei]要交多少钱？ [2008-08-22 15:04:48]\n";
        assert_eq!(
            told(text),
            ["主持人 大家好！", "欧阳小义 各位网友好。", "网友 bomei 要交多少钱？"]
        );
    }

    #[test]
    fn a_time_in_somebodys_words_is_his() {
        let text = "会议记录\n\n邹岚：上次会议的时间是（2025-03-18 09:00）\n\n丘福生：好。\n";
        assert_eq!(told(text), ["邹岚 上次会议的时间是（2025-03-18 09:00）", "丘福生 好。"]);
    }
}
