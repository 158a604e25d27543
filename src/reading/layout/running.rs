//! Turns that a page ran together: `记者:怎么样?答:先说水。记者:…` is a block for each of them.

use super::{Block, Kind};
use crate::meeting::Reason;
use crate::reading::turns::{asks, may_answer};
use crate::text::{Folded, Span, is_sentence_mark, quotations};

/// Most characters of a label within a line.
const LONGEST: usize = 12;

/// Parts the blocks that begin with somebody's question and have further labels, each behind a sentence's end.
pub fn without_running(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut parted = Vec::with_capacity(blocks.len());
    for block in blocks {
        let may_run = matches!(block.kind, Kind::Paragraph | Kind::Turn(_)) && block.breaks.is_empty();
        let cuts = if may_run { cuts(text, block.span) } else { Vec::new() };
        if cuts.is_empty() {
            parted.push(block);
            continue;
        }
        let ends = cuts.iter().copied().skip(1).chain([block.span.end()]);
        let piece = |span: Span, kind: Kind| Block {
            span: span.trimmed(text),
            breaks: Vec::new(),
            kind,
            heads: false,
            markup: Vec::new(),
        };
        let lead = Span::new(block.span.start(), cuts[0]);
        parted.extend((!lead.is_empty()).then(|| piece(lead, Kind::Furniture(Reason::Navigation))));
        let turns = cuts.iter().zip(ends);
        parted.extend(turns.map(|(from, to)| piece(Span::new(*from, to), Kind::Paragraph)));
    }
    parted
}

/// Where the turns of a block begin, in bytes of the file; nothing where it is none or one.
fn cuts(text: &str, span: Span) -> Vec<usize> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    // (上接第一版)记者:…
    let lead = match line.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((inside, _)) if inside.starts_with("上接") => inside.len() + "()".len(),
        _ => 0,
    };
    let Some(first) = line[lead..].find(':').filter(|colon| asks(&line[lead..lead + colon])) else {
        return Vec::new();
    };
    let quoted = quotations(line);
    let mut found = vec![lead];
    let mut from = lead + first + 1;
    while let Some(colon) = line[from..].find(':').map(|at| from + at) {
        let before = &line[..colon];
        let label = before
            .char_indices()
            .rev()
            .take(LONGEST + 1)
            .find(|(_, c)| is_sentence_mark(*c) || matches!(c, '”' | ')'))
            .map(|(at, c)| at + c.len_utf8());
        from = colon + 1;
        let Some(start) = label.filter(|start| *start > *found.last().unwrap_or(&0)) else {
            continue;
        };
        let label = line[start..colon].trim();
        let inside = quoted
            .iter()
            .any(|quotation| quotation.inner.contains(Span::new(start, colon)));
        if !inside && (asks(label) || may_answer(label)) {
            found.push(start);
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    found
        .iter()
        .map(|at| folded.original(Span::new(*at, *at)).start())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;

    #[test]
    fn each_label_in_a_line_opens_a_turn() {
        let text = "抗旱答记者问\n\n8月19日，县水利局局长丘福生接受了县电视台的专访\n\n记者:旱情怎么样?答:先讲几个数。库里有水。记者:有人说要停水?答:没有的事。\n\n(上接第一版)记者:水车三天才来一次。丘局长:这个批评得对。\n";
        assert_eq!(
            told(text),
            [
                "记者 旱情怎么样?",
                "丘福生 先讲几个数。库里有水。",
                "记者 有人说要停水?",
                "丘福生 没有的事。",
                "记者 水车三天才来一次。",
                "丘福生 这个批评得对。"
            ]
        );
    }

    #[test]
    fn what_is_spoken_of_in_a_line_opens_none() {
        let text = "抗旱答记者问\n\n记者:旱情怎么样？\n\n丘福生:分三块。供水:够用。原因:雨少。他说:“答:没有。”\n";
        assert_eq!(
            told(text),
            [
                "记者 旱情怎么样？",
                "丘福生 分三块。供水:够用。原因:雨少。他说:“答:没有。”"
            ]
        );
    }
}
