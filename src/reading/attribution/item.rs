//! Marks of counted lists: 一、, (二), 1., 一是; and bullets.

use crate::text::Span;

/// Bytes of the mark that an item of a list begins with: 1.在…上批示, (二)….
pub fn item_mark(clause: &str) -> usize {
    let rest = clause.trim_start_matches(['(', ' ']);
    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let behind = bare.trim_start_matches([')', '、', '.', ' ']);
    if bare.len() < rest.len() && behind.len() < bare.len() {
        clause.len() - behind.len()
    } else {
        0
    }
}

/// How deep an item's mark stands, by the usual order of 一、 (一) 1、 (1) ①.
pub fn item_level(text: &str) -> Option<u8> {
    let bare = text.trim_start();
    let inner = bare.trim_start_matches('(');
    let bracketed = inner.len() < bare.len();
    let first = inner.chars().next()?;
    item_mark(bare).checked_sub(1)?;
    match first {
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
            Some(if bracketed { 2 } else { 1 })
        }
        '0'..='9' => Some(if bracketed { 4 } else { 3 }),
        _ => None,
    }
}

/// Whether a paragraph is an item of a counted list: (一)…, 1.…, 一是….
pub fn is_item(paragraph: &str) -> bool {
    let bare = paragraph.trim_start_matches(['(', ' ', '第']);
    let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let circled = bare.starts_with(|c| matches!(c, '①'..='⑳'));
    circled || (numbered.len() < bare.len() && numbered.starts_with([')', '、', '.', '。', '是', ',', '要']))
}

/// Whether a list's bullet stands before a block on its line, which is no part of its span: ● 南边界围栏月底前装好.
pub fn is_bulleted(text: &str, block: Span) -> bool {
    let line = text[..block.start()].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[line..block.start()].trim();
    !lead.is_empty() && lead.chars().all(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_the_usual_order() {
        let levels: Vec<_> = [
            "三、会议强调",
            "（一）".replace('（', "(").as_str(),
            "(二)要",
            "1、前期",
            "5.关于",
            "(1)整个",
            "会议强调",
        ]
        .iter()
        .map(|text| item_level(text))
        .collect();
        assert_eq!(levels[0], Some(1));
        assert_eq!(levels[2..], [Some(2), Some(3), Some(3), Some(4), None]);
    }

    #[test]
    fn a_figure_is_no_mark() {
        assert_eq!(item_mark("3月5日"), 0);
        assert_eq!(item_mark("二十户"), 0);
        assert!(is_item("一是修路") && !is_item("修路一是难"));
    }

    #[test]
    fn bullets_stand_before_their_blocks() {
        let text = "会议议定：\n  ● 修路\n通电\n";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        assert!(is_bulleted(text, at("修路")));
        assert!(!is_bulleted(text, at("通电")) && !is_bulleted(text, at("会议议定")));
    }
}
