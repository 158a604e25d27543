//! Telegram's HTML: its few tags, its errors, in its words.

const TAGS: [&str; 17] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "tg-emoji",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-time",
];

/// The words of `html` without its marks.
///
/// Errors are what Telegram writes behind "can't parse entities: ".
pub fn parse(html: &str) -> Result<String, String> {
    let mut words = String::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        match c {
            '<' => at = tag(html, at, &mut open)?,
            '&' => {
                let (c, behind) = entity(html, at);
                words.push(c);
                at = behind;
            }
            c => {
                words.push(c);
                at += c.len_utf8();
            }
        }
    }
    match open.pop() {
        None => Ok(words),
        Some((name, _)) => Err(format!("Can't find end tag corresponding to start tag \"{name}\"")),
    }
}

/// Reads the tag at byte `at`; the byte behind it.
fn tag(html: &str, at: usize, open: &mut Vec<(String, usize)>) -> Result<usize, String> {
    let rest = &html[at + 1..];
    let closing = rest.starts_with('/');
    let end = rest
        .find('>')
        .ok_or(format!("Unclosed start tag at byte offset {at}"))?;
    let inner = rest[..end].trim_start_matches('/');
    let name = inner.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    if closing {
        let Some((expected, _)) = open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {at}"));
        };
        if expected != name {
            return Err(format!(
                "Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\""
            ));
        }
    } else {
        if !TAGS.contains(&name.as_str()) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {at}"));
        }
        open.push((name, at));
    }
    Ok(at + 1 + end + 1)
}

/// `&lt;` and its kin; any other & stands for itself.
fn entity(html: &str, at: usize) -> (char, usize) {
    for (name, c) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if html[at..].starts_with(name) {
            return (c, at + name.len());
        }
    }
    ('&', at + 1)
}

#[test]
fn it_is_as_strict_as_telegram() {
    assert_eq!(parse("<b>路</b> &lt;&amp;").as_deref(), Ok("路 <&"));
    assert_eq!(parse("<blockquote expandable>路</blockquote>").as_deref(), Ok("路"));
    for bad in ["<b>路", "路</b>", "<b><i>路</b></i>", "<div>路</div>", "<b", "<p>"] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}
