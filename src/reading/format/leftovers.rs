//! What web editors leave in a text that was copied out of them: `&nbsp;&nbsp;副县长&nbsp;郇雨指出：&ldquo;…&rdquo;<br>`. A reader
//! takes them for the white space, the marks and the line breaks that they stand for, and so does the decoded text.

/// What the names of characters stand for, as far as they stand in prose: `&lt;` and `&amp;` may be somebody's words in any
/// text, and are read only where others show that an editor left them.
const NAMES: [(&str, char); 29] = [
    ("nbsp", '\u{a0}'),
    ("ensp", ' '),
    ("emsp", '\u{3000}'),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("quot", '"'),
    ("apos", '\''),
    ("laquo", '«'),
    ("raquo", '»'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("permil", '‰'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
];
/// Names that any text may hold.
const COMMON: [&str; 3] = ["lt", "gt", "amp"];

/// Elements whose tags end a line.
const LINES: [&str; 7] = ["br", "p", "div", "li", "tr", "h2", "h3"];
/// Elements whose tags are nothing to read.
const INLINE: [&str; 12] = [
    "span", "strong", "b", "em", "i", "u", "font", "a", "section", "o:p", "td", "ul",
];

/// Bytes of the longest tag: editors write long styles.
const LONGEST_TAG: usize = 400;

/// A piece of a text that stands for something else.
struct Leftover {
    /// Bytes.
    length: usize,
    /// What it is read as.
    read: Option<char>,
    /// Whether it alone shows that an editor left it.
    tells: bool,
}

/// The text as its reader takes it; as it is where nothing was left in it.
pub fn read(text: String) -> String {
    let mut places = text.match_indices(['&', '<']).map(|(at, _)| at);
    if !places.any(|at| leftover(&text[at..]).is_some_and(|found| found.tells)) {
        return text;
    }
    let mut read = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '<']) {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        match leftover(rest) {
            Some(found) => {
                rest = &rest[found.length..];
                // A tag before the line's own end breaks it no second time.
                let ends = rest.trim_start_matches([' ', '\t']).starts_with('\n') || rest.trim().is_empty();
                read.extend(found.read.filter(|c| *c != '\n' || !ends));
            }
            None => {
                let first = rest.chars().next().map_or(0, char::len_utf8);
                read.push_str(&rest[..first]);
                rest = &rest[first..];
            }
        }
    }
    read.push_str(rest);
    read
}

/// What `text` begins with, if that is a leftover.
fn leftover(text: &str) -> Option<Leftover> {
    if let Some(behind) = text.strip_prefix('&') {
        let end = behind.bytes().take(10).position(|c| c == b';')?;
        let name = &behind[..end];
        let length = end + 2;
        if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            let read = code.ok().and_then(char::from_u32).filter(|c| !c.is_control())?;
            return Some(Leftover {
                length,
                read: Some(read),
                tells: true,
            });
        }
        let (_, read) = NAMES.iter().find(|(known, _)| *known == name)?;
        return Some(Leftover {
            length,
            read: Some(*read),
            tells: !COMMON.contains(&name),
        });
    }
    let inside = text.strip_prefix('<')?;
    let end = inside
        .bytes()
        .take(LONGEST_TAG)
        .position(|c| matches!(c, b'>' | b'<' | b'\n'))?;
    let tag = inside[..end].strip_prefix('/').unwrap_or(&inside[..end]);
    if inside.as_bytes()[end] != b'>' {
        return None;
    }
    let name_end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let name = tag[..name_end].to_ascii_lowercase();
    // <b 先说> is no tag: attributes have values.
    let rest = tag[name_end..].trim_matches(|c: char| c.is_whitespace() || c == '/');
    if !rest.is_empty() && !rest.contains('=') {
        return None;
    }
    let breaks = LINES.contains(&name.as_str());
    (breaks || INLINE.contains(&name.as_str())).then(|| Leftover {
        length: end + 2,
        read: breaks.then_some('\n'),
        // <a> and <i> may be labels of a list; a tag that breaks lines or has attributes is an editor's.
        tells: name == "br" || inside.starts_with('/') || !rest.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, expected: &str) {
        assert_eq!(read(text.to_owned()), expected, "{text}");
    }

    #[test]
    fn leftovers_are_what_they_stand_for() {
        is(
            "河谷会议<br>\n&nbsp;&nbsp;副县长&nbsp;段&nbsp;文说：&ldquo;先修路。&rdquo;<BR/>\n",
            "河谷会议\n\u{a0}\u{a0}副县长\u{a0}段\u{a0}文说：“先修路。”\n",
        );
        is("段文：好。<br>贺天：行。<br />", "段文：好。\n贺天：行。");
        is(
            "<p style=\"text-indent: 2em;\">段文说，<strong>先修路</strong>。</p>\n<p>贺天说，好。</p>",
            "\n段文说，先修路。\n\n贺天说，好。",
        );
        is("三&#8226;八节，A&amp;B公司&#xff1a;好", "三•八节，A&B公司：好");
    }

    #[test]
    fn what_people_write_stays() {
        for text in [
            "A&amp;B公司的王静说",
            "产值<500万元，亩产>300斤",
            "<段文谦> 好。\n<a> 甲方案\n<b 先说>",
            "R&D; 研发&技术",
            "&nbsp 没有分号",
        ] {
            is(text, text);
        }
    }
}
