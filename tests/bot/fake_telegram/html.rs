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

/// A text behind its HTML.
pub struct Parsed {
    pub words: String,
    /// The tags and the bytes of the words that they are around.
    pub marks: Vec<(String, usize, usize)>,
}

/// The words of `html` without its marks.
///
/// Errors are what Telegram writes behind "can't parse entities: ".
pub fn parse(html: &str) -> Result<Parsed, String> {
    let mut parsed = Parsed {
        words: String::new(),
        marks: Vec::new(),
    };
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = html[at..].chars().next() {
        match c {
            '<' => at = tag(html, at, &mut open, &mut parsed)?,
            '&' => {
                let (c, behind) = entity(html, at);
                parsed.words.push(c);
                at = behind;
            }
            c => {
                parsed.words.push(c);
                at += c.len_utf8();
            }
        }
    }
    match open.pop() {
        None => Ok(parsed),
        Some((tag, _)) => Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            name(&tag)
        )),
    }
}

/// Reads the tag at byte `at`; the byte behind it. `open` has tags and where their words begin.
fn tag(html: &str, at: usize, open: &mut Vec<(String, usize)>, parsed: &mut Parsed) -> Result<usize, String> {
    let rest = &html[at + 1..];
    let closing = rest.starts_with('/');
    let end = rest
        .find('>')
        .ok_or(format!("Unclosed start tag at byte offset {at}"))?;
    let inner = rest[..end].trim_start_matches('/');
    let name_here = name(inner);
    if closing {
        let Some((tag, from)) = open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {at}"));
        };
        let expected = name(&tag);
        if expected != name_here {
            return Err(format!(
                "Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name_here}>\""
            ));
        }
        parsed.marks.push((tag, from, parsed.words.len()));
    } else {
        if !TAGS.contains(&name_here.as_str()) {
            return Err(format!("Unsupported start tag \"{name_here}\" at byte offset {at}"));
        }
        open.push((inner.to_owned(), parsed.words.len()));
    }
    Ok(at + 1 + end + 1)
}

fn name(tag: &str) -> String {
    tag.split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
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
    for (html, words) in [
        ("<b>路</b> &lt;&amp;", "路 <&"),
        ("<blockquote expandable>路</blockquote>", "路"),
    ] {
        assert_eq!(parse(html).map(|parsed| parsed.words).as_deref(), Ok(words));
    }
    for bad in ["<b>路", "路</b>", "<b><i>路</b></i>", "<div>路</div>", "<b", "<p>"] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}
