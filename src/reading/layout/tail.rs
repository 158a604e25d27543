//! The tail of a page: what it recommends below its own paper, and what stands behind that.

use std::sync::LazyLock;

use super::{Block, Kind};
use crate::meeting::Reason;
use crate::text::{fold_str, rows};

static OPENERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("tail.tsv", 1).map(|row| row[0]).collect());

/// Of a file's bytes, in hundredths, those that must stand before its tail: 相关阅读 between two paragraphs opens none.
const BODY: usize = 60;

/// Makes navigation of everything behind the line that opens the tail, that line with it.
pub fn settle(text: &str, blocks: &mut [Block]) {
    let Some(first) = blocks
        .iter()
        .position(|block| block.span.start() * 100 >= text.len() * BODY && opens(block.span.of(text)))
    else {
        return;
    };
    for block in &mut blocks[first..] {
        if !matches!(block.kind, Kind::Furniture(_)) {
            block.kind = Kind::Furniture(Reason::Navigation);
        }
    }
}

/// Whether a line is one of the words alone.
fn opens(line: &str) -> bool {
    let folded = fold_str(line);
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    OPENERS.contains(&bare)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;

    #[test]
    fn what_a_page_recommends_is_nobodys() {
        let paper =
            "村务会记录\n\n丘福生：路灯坏了十一盏，月底前换好。\n何晓岚：行，钱从村里出，十一盏一共三千三百块。\n";
        let page = format!("{paper}\n往期推荐\n▶ 丘福生：驻村日记三则\n今年第一场雪下了一夜。\n");
        assert_eq!(told(&page), told(paper));
        assert_eq!(told(paper).len(), 2);
    }

    #[test]
    fn in_the_middle_of_a_paper_the_words_open_nothing() {
        let page = "相关阅读\n\n丘福生：路灯坏了十一盏，月底前换好。\n何晓岚：行，钱从村里出，十一盏一共三千三百块。\n";
        assert_eq!(told(page).len(), 2);
    }
}
