//! What the note-taker adds behind the last turn: `听证会于十一时三十分结束。会后,…`, `散会`.

use super::broadcast::{Broadcast, broadcast_mark};
use crate::text::words_by_kind;

words_by_kind! {
    /// The words of `closing.tsv`, by kind.
    static CLOSINGS: Closings = "closing.tsv" {
        /// What is held: 听证会.
        held,
        /// What it does: 结束.
        does,
        /// Lines that say so all by themselves.
        whole,
    }
}

/// Longest way from a paragraph's beginning to the end of what is held: 县自来水价格听证会.
const HELD_WITHIN: usize = 16;

/// Whether a (folded) paragraph behind a turn is the note-taker's by how it begins: it tells of what is held. `apart`: it
/// stands behind a blank line.
pub fn closes(paragraph: &str, apart: bool) -> bool {
    let bare = paragraph.trim_matches(|c: char| !c.is_alphanumeric());
    // 以上。下次碰头时间另行通知。
    let ended = apart && paragraph.starts_with("以上。");
    let by_reporter = matches!(broadcast_mark(paragraph), Some((Broadcast::Reporter, _)));
    ended
        || by_reporter
        || CLOSINGS.whole.contains(&bare)
        || apart && !in_first_person(paragraph) && tells_of_meeting(paragraph)
}

/// Whether a (folded) paragraph right below the last turn of all is the note-taker's: it tells that the meeting was over.
/// 会议到此结束 and 会议结束后请大家… are said by whoever is in the chair.
pub fn closes_all(paragraph: &str) -> bool {
    let clause = paragraph.split([',', '。']).next().unwrap_or_default();
    ["结束", "闭幕", "散会", "休会"]
        .iter()
        .any(|over| clause.contains(over))
        && !paragraph.contains(['请', '吧', '!'])
        && !["到此", "至此", "大家", "现在", "今天", "就"]
            .iter()
            .any(|said| clause.contains(said))
        && !in_first_person(paragraph)
        && tells_of_meeting(paragraph)
}

/// Whether what is held (听证会), and what it does (于), stand at a paragraph's beginning.
fn tells_of_meeting(paragraph: &str) -> bool {
    let window = paragraph
        .char_indices()
        .nth(HELD_WITHIN)
        .map_or(paragraph, |(at, _)| &paragraph[..at]);
    CLOSINGS.held.iter().any(|held| {
        window.find(held).is_some_and(|at| {
            let behind = &paragraph[at + held.len()..];
            let leads = &window[..at];
            !leads.contains([',', '。', ':', '“']) && CLOSINGS.does.iter().any(|word| behind.starts_with(word))
        })
    })
}

/// Whether somebody speaks of himself, or to somebody, before any colon and outside quotations: 王静指着房子说:你再来 is
/// told by somebody else.
pub fn in_first_person(paragraph: &str) -> bool {
    let mut quoted = false;
    let told = paragraph.find(':').map_or(paragraph, |colon| &paragraph[..colon]);
    told.chars().any(|c| {
        match c {
            '“' => quoted = true,
            '”' => quoted = false,
            _ => {}
        }
        !quoted && matches!(c, '我' | '咱' | '你' | '您' | '俺')
    })
}

#[cfg(test)]
mod tests {
    use super::{closes, closes_all};

    #[test]
    fn the_note_takers_closing_is_told_from_speech() {
        for paragraph in [
            "听证会于十一时三十分结束。会后,工作人员发放了意见表。",
            "县自来水价格听证会历时两小时。",
            "会议结束后,与会人员参观了水厂。",
            "散会。",
            "(录音结束)",
        ] {
            assert!(closes(paragraph, true), "{paragraph}");
        }
        for paragraph in [
            "会议结束后,我们去看水厂。",
            "这次会议,大家提了很多。",
            "去年的听证会,会上没有结论。",
            "低保户不涨。",
        ] {
            assert!(!closes(paragraph, true), "{paragraph}");
        }
        assert!(!closes("会议于九点开始。", false));
        for (paragraph, is) in [
            ("会议于五时一刻结束。", true),
            ("论坛结束后,嘉宾看了水厂。", true),
            ("会议到此结束。", false),
            ("会议结束后请到食堂用餐。", false),
            ("会议结束后,我们去看水厂。", false),
            ("会议于九点开始。", false),
        ] {
            assert_eq!(closes_all(paragraph), is, "{paragraph}");
        }
    }
}
