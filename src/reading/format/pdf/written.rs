//! Which characters are the same to a reader: presentation forms that fonts bring in become what was typed.

use unicode_normalization::UnicodeNormalization;

/// Whether a character is another one in disguise: a radical, a compatibility ideograph, a ligature.
pub(super) fn is_compatibility(c: char) -> bool {
    matches!(c,
        '\u{2e9f}' | '\u{2ef3}'          // the two radicals that NFKC knows of
        | '\u{2f00}'..='\u{2fd5}'        // Kangxi radicals
        | '\u{f900}'..='\u{faff}'        // CJK compatibility ideographs
        | '\u{fb00}'..='\u{fb06}'        // Latin ligatures
        | '\u{2f800}'..='\u{2fa1f}')
}

/// The ordinary characters for one from a font.
pub(super) fn ordinary(c: char) -> impl Iterator<Item = char> {
    let radical = radical(c);
    let decomposed = (radical.is_none() && is_compatibility(c)).then(|| std::iter::once(c).nfkc());
    let same = (decomposed.is_none() && radical.is_none() && !is_dropped(c)).then_some(bullet(c));
    decomposed.into_iter().flatten().chain(radical).chain(same)
}

/// Characters that a page shows nothing of.
fn is_dropped(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}' | '\u{ad}' | '\u{200b}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}'..='\u{ffff}')
}

/// Radicals of the supplement that fonts share with ordinary characters; NFKC leaves them as they are.
fn radical(c: char) -> Option<char> {
    Some(match c {
        // NFKC makes 戶 of it.
        '⼾' => '户',
        '⻑' => '長',
        '⺠' => '民',
        '⻅' => '见',
        '⻆' => '角',
        '⻉' => '贝',
        '⻋' => '车',
        '⻓' => '长',
        '⻔' => '门',
        '⻘' => '青',
        '⻙' => '韦',
        '⻚' => '页',
        '⻛' => '风',
        '⻜' => '飞',
        '⻢' => '马',
        '⻤' => '鬼',
        '⻥' => '鱼',
        '⻦' => '鸟',
        '⻨' => '麦',
        '⻩' => '黄',
        '⻬' => '齐',
        '⻮' => '齿',
        '⻰' => '龙',
        '⻄' => '西',
        '⺟' => '母',
        '⻝' => '食',
        '⻣' => '骨',
        _ => return None,
    })
}

/// Bullets of Symbol and Wingdings stand in a private area.
fn bullet(c: char) -> char {
    match c {
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' => '•',
        '\u{f06e}' | '\u{f0a7}' => '■',
        '\u{f075}' => '◆',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' => '✓',
        _ => c,
    }
}

/// Whether a mark must not begin a line.
pub(super) fn is_closing(c: char) -> bool {
    "，。、；：！？）》”’」』】〉,.;:!?)]%".contains(c)
}

/// Whether words are written without spaces around this character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffee}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_ligatures_become_ordinary() {
        let all = |text: &str| text.chars().flat_map(ordinary).collect::<String>();
        assert_eq!(all("⼀⼈⻓ﬁ金"), "一人长fi金");
        // Full-width forms are what was written, and stay.
        assert_eq!(all("（Ａ）\u{fffd}"), "（Ａ）");
    }
}
