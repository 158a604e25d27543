//! Text of files in HTML and XML: it is text there and nothing else, whatever stands in it.

/// `text` for element contents and for attributes in double quotes. Characters that neither XML nor HTML may hold are shown
/// by the pictures that Unicode has for them.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    push_escaped(&mut escaped, text);
    escaped
}

/// As [`escaped`], at the end of `out`.
pub fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}'..='\u{9f}' => out.push('\u{2421}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(
            escaped("<script>a && 'b' || \"c\"</script>\u{0}\u{1b}"),
            "&lt;script&gt;a &amp;&amp; &#39;b&#39; || &quot;c&quot;&lt;/script&gt;\u{2400}\u{241b}"
        );
    }

    proptest! {
        #[test]
        fn whatever_it_is_nothing_opens_or_ends_there(text in "\\PC{0,60}|[<>&\"'a\u{0}-\u{20}]{0,60}") {
            let escaped = escaped(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            prop_assert!(!escaped.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        }
    }
}
