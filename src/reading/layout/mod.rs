//! The layout: lines and the format's marks become blocks, each what a reader of the page sees as one.
//!
//! - [`lines`]: what stands between line breaks, how wide it is, what the format says of it
//! - [`furniture`]: page numbers and running heads
//! - [`wrap`]: which lines are one paragraph
//! - [`list`], [`heading`], [`table`]: bullets and numbers, headings that are headings, rows
//! - [`shape`]: what a line is by itself
//! - [`page`]: lines put together into blocks
//! - [`remarks`]: tables of remarks
//! - [`long`]: paragraphs that are no longer than anybody writes
//! - [`running`]: turns that a page ran together in one line
//! - [`stamped`]: times that a page puts behind each turn
//! - [`tail`]: what a page recommends below its own paper
//! - [`block`]: what comes of it
//!
//! Every character of the file is in a block's span, in white space, or in marks between blocks.

mod block;
mod furniture;
mod heading;
mod lines;
mod list;
mod long;
mod page;
mod remarks;
mod running;
mod shape;
mod stamped;
mod table;
mod tail;
mod wrap;

pub use self::block::{Block, Kind};
use self::page::Page;
use self::remarks::remarks_of_tables;
use super::format::{Document, MarkKind};

/// The blocks of one file, in order.
#[derive(Debug)]
pub struct Layout {
    /// In order, without overlaps but for furniture inside others.
    pub blocks: Vec<Block>,
}

impl Layout {
    /// Cuts a document into blocks from the byte `from` on.
    pub fn of(document: &Document, from: usize) -> Layout {
        let text = document.text.as_str();
        let page = Page::of(document, from);
        let blocks = remarks_of_tables(text, &page, page.blocks());
        // Lines and shapes take as much as the blocks do.
        drop(page);
        let blocks = blocks.into_iter().map(|(block, _)| block).collect();
        let blocks = long::without_long(text, blocks);
        let blocks = stamped::without_stamps(text, blocks);
        let mut blocks = running::without_running(text, blocks);
        tail::settle(text, &mut blocks);
        super::turns::settle(text, &mut blocks);
        let blocks = super::turns::settle_calls(text, blocks);
        let blocks = super::turns::settle_cards(text, blocks);
        let mut blocks = super::turns::settle_called(text, blocks);
        let markup = document.marks.iter().filter(|mark| mark.kind == MarkKind::Markup);
        for mark in markup {
            let at = blocks.partition_point(|block| block.span.end() <= mark.span.start());
            if let Some(block) = blocks.get_mut(at).filter(|block| block.span.overlaps(mark.span)) {
                block.markup.push(mark.span);
            }
        }
        Layout { blocks }
    }

    /// A text without marks.
    #[cfg(test)]
    pub fn of_text(text: &str) -> Layout {
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        Layout::of(&document, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<&'static str> {
        Layout::of_text(text)
            .blocks
            .iter()
            .map(|block| match block.kind {
                Kind::Title => "title",
                Kind::Heading => "heading",
                Kind::Paragraph => "paragraph",
                Kind::Turn(_) => "turn",
                Kind::Label { .. } => "label",
                Kind::Furniture(_) => "furniture",
                Kind::Row { .. } => "row",
            })
            .collect()
    }

    #[test]
    fn lines_are_told_apart() {
        let text = "全县统战工作座谈会召开\n时间:2024年3月5日\n3月5日,会议召开。\n取长补短“学”\n礼泉县要学先进。\n(资料图)\n编辑:某某\n";
        assert_eq!(
            kinds(text),
            [
                "title",
                "label",
                "paragraph",
                "heading",
                "paragraph",
                "furniture",
                "furniture"
            ]
        );
    }

    #[test]
    fn a_heading_is_its_words_without_the_marks_of_markdown() {
        let file = "# 座谈会\n\n## 交流**发言** ##\n\n刘晖说:“好。”\n";
        let document = crate::reading::read_bytes(std::path::Path::new("a.md"), file.as_bytes()).unwrap();
        let layout = Layout::of(&document, 0);
        let heading = layout.blocks.iter().find(|block| block.kind == Kind::Heading).unwrap();
        assert_eq!(heading.bare(&document.text).of(&document.text), "交流**发言");
    }

    #[test]
    fn markdown_and_turns() {
        let text = "# 座谈会\n\n## 交流发言\n\n蓝秀珍(长汀县副县长):我先说。\n[00:01:02] 丘福生:我补充。\n";
        assert_eq!(kinds(text), ["title", "heading", "turn", "turn"]);
    }
}
