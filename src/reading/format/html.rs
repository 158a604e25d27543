//! Web pages: saved from a browser, exported by Word, LibreOffice or a chat program. The article is text; what else stands on
//! the page stays in the text too, marked as navigation, so that nothing is lost and nothing of it is quoted.

mod article;
mod charset;
mod lines;
mod table;
mod tree;

use super::{Document, Mark, MarkKind, Reason, encoding};
use crate::reading::ReadError;
use crate::text::Span;
use lines::{Kind, Line};
use tree::{Content, Tree};

/// Text of a page that is read, in bytes.
const MOST_TEXT: usize = 20 * 1024 * 1024;
/// A name of the page that is shorter is a file's or a program's.
const SHORTEST_TITLE: usize = 4;
/// A line that is so long and begins the page's name is its title: `标题 某局` has no sign between the two.
const TELLING_TITLE: usize = 10;

/// The article and what stands around it.
///
/// # Errors
///
/// [`ReadError::Encoding`] for bytes that are no text, [`ReadError::Empty`] for a page that shows nothing, and
/// [`ReadError::TooMuch`] for one that shows more than is read.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let page = encoding::decode(bytes, charset::named(bytes).as_deref())?;
    let tree = Tree::of(&page);
    let lines = lines::lines(&tree, 0);
    if lines.is_empty() {
        return Err(ReadError::Empty);
    }
    if lines.iter().map(|line| line.text.len() + 1).sum::<usize>() > MOST_TEXT {
        return Err(ReadError::TooMuch {
            what: "text of a web page",
        });
    }
    let title = Title::of(&tree, &lines);
    let navigation = article::navigation(&tree, &lines, title.line);
    Ok(document(&lines, &navigation, &title))
}

fn document(lines: &[Line], navigation: &[bool], title: &Title) -> Document {
    let mut document = Document::default();
    if let Some(name) = &title.name {
        let span = push_line(&mut document, name);
        document.marks.push(Mark {
            span,
            kind: MarkKind::Heading(0),
        });
    }
    for (at, line) in lines.iter().enumerate() {
        let span = push_line(&mut document, &line.text);
        let kind = if navigation.get(at).copied().unwrap_or_default() {
            MarkKind::LeftOut(Reason::Navigation)
        } else if title.line == Some(at) {
            MarkKind::Heading(0)
        } else {
            mark_of(line, span.start())
        };
        document.marks.push(Mark { span, kind });
    }
    document
}

fn push_line(document: &mut Document, words: &str) -> Span {
    let start = document.text.len();
    document.text.push_str(words);
    let span = Span::new(start, document.text.len());
    document.text.push('\n');
    span
}

fn mark_of(line: &Line, start: usize) -> MarkKind {
    match &line.kind {
        Kind::Words => MarkKind::Paragraph,
        Kind::Heading(level) => MarkKind::Heading(*level),
        Kind::Caption => MarkKind::LeftOut(Reason::Caption),
        Kind::Row { cells, head } => {
            let mut at = start;
            let spans = cells.iter().map(|length| {
                let span = Span::new(at, at + length);
                at += length + 1;
                span
            });
            MarkKind::Row {
                cells: spans.collect(),
                head: *head,
            }
        }
    }
}

/// What the page is called.
struct Title {
    /// The line that is the title.
    line: Option<usize>,
    /// The name from `<title>`, where no line says it.
    name: Option<String>,
}

impl Title {
    fn of(tree: &Tree, lines: &[Line]) -> Title {
        let named = page_name(tree);
        let parts: Vec<&str> = named.as_deref().map(title_parts).unwrap_or_default();
        let is_named = |line: &Line| {
            let begins =
                |named: &str| line.text.chars().count() >= TELLING_TITLE && named.starts_with(line.text.as_str());
            parts.iter().any(|part| same(part, &line.text))
                || named
                    .as_deref()
                    .is_some_and(|named| same(named, &line.text) || begins(named))
        };
        let is_heading = |line: &Line| matches!(line.kind, Kind::Heading(_));
        // A site's name is in <h1> too: the heading that <title> names comes first.
        let line = lines
            .iter()
            .position(|line| is_heading(line) && is_named(line))
            .or_else(|| lines.iter().rposition(|line| line.linked == 0 && is_named(line)))
            .or_else(|| lines.iter().position(|line| line.kind == Kind::Heading(1)));
        let name = parts.first().filter(|part| line.is_none() && is_telling(part));
        Title {
            line,
            name: name.map(|name| (*name).to_owned()),
        }
    }
}

/// What `<title>` holds.
fn page_name(tree: &Tree) -> Option<String> {
    let title = (0..tree.nodes.len()).find(|id| tree.name(*id) == "title")?;
    let texts =
        tree.children(title)
            .iter()
            .filter_map(|child| match tree.nodes.get(*child).map(|node| &node.content) {
                Some(Content::Text(text)) => Some(text.as_str()),
                _ => None,
            });
    let name = texts
        .collect::<String>()
        .replace('\u{feff}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    (!name.is_empty()).then_some(name)
}

/// The page's own name and those of its site: `标题_栏目_网站`, `标题 - 网站`, `标题|网站`.
fn title_parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        let before = name.get(..at).and_then(|head| head.chars().next_back());
        let after = name.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let in_number = |side: Option<char>| side.is_some_and(|c| c.is_ascii_alphanumeric());
        let parts_here = matches!(c, '_' | '|' | '｜')
            || matches!(c, '-' | '–' | '—')
                && !(in_number(before) && in_number(after))
                && after != Some('—')
                && before != Some('—');
        if parts_here {
            parts.push(name.get(start..at).unwrap_or_default().trim());
            start = at + c.len_utf8();
        }
    }
    parts.push(name.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether two lines say the same, but for their spaces.
fn same(left: &str, right: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(left).chars().count() >= SHORTEST_TITLE && letters(left) == letters(right)
}

/// Whether a page's name says something: `无标题文档` and `会议.doc` do not.
fn is_telling(name: &str) -> bool {
    let is_file = [".doc", ".docx", ".htm", ".html", ".xls", ".xlsx"]
        .iter()
        .any(|end| name.to_ascii_lowercase().ends_with(end));
    let is_default = name.starts_with("无标题")
        || name.starts_with("新建")
        || name.eq_ignore_ascii_case("untitled document")
        || name.eq_ignore_ascii_case("document");
    name.chars().count() >= SHORTEST_TITLE && !is_file && !is_default
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines with what they are, as `P 段文谦：好`.
    fn seen(html: &str) -> Vec<String> {
        let document = read(html.as_bytes()).unwrap();
        let show = |mark: &Mark| {
            let kind = match &mark.kind {
                MarkKind::Heading(level) => format!("H{level}"),
                MarkKind::Row { cells, head } => format!("{}{}", if *head { "HEAD" } else { "ROW" }, cells.len()),
                MarkKind::LeftOut(Reason::Navigation) => "NAV".to_owned(),
                MarkKind::LeftOut(reason) => format!("{reason:?}"),
                _ => "P".to_owned(),
            };
            format!("{kind} {}", mark.span.of(&document.text))
        };
        document.marks.iter().map(show).collect()
    }

    #[test]
    fn an_article_and_its_menus() {
        let html = "<html><head><title>校车会召开_兰草新闻网</title><style>p{}</style></head><body>
            <div class=nav><a href=/>首页</a> &gt; <a href=/n>新闻</a></div>
            <h1>校车会召开</h1><div>2025年3月18日　来源：兰草新闻</div>
            <div class=text><p>兰草县校车安全会议在县教育局召开，三个部门参加了会议，会议由段文谦主持。</p>
            <p>段文谦说：&ldquo;校车更新<b>三十</b>辆。&rdquo;<p>苗雨晴表示，护栏
            月底前装好。<div>上一篇：<a href=1>清运会</a></div></div>
            <div id=footer>版权所有</div></body></html>";
        assert_eq!(
            seen(html),
            [
                "NAV 首页 > 新闻",
                "H0 校车会召开",
                "P 2025年3月18日　来源：兰草新闻",
                "P 兰草县校车安全会议在县教育局召开，三个部门参加了会议，会议由段文谦主持。",
                "P 段文谦说：“校车更新三十辆。”",
                "P 苗雨晴表示，护栏月底前装好。",
                "NAV 上一篇：清运会",
                "NAV 版权所有"
            ]
        );
    }

    #[test]
    fn fragments_are_all_text() {
        assert_eq!(
            seen("段文谦：好。<br>苗雨晴：行。"),
            ["P 段文谦：好。", "P 苗雨晴：行。"]
        );
        assert_eq!(
            seen("<title>校车安全会_网</title><p>段文谦：好。"),
            ["H0 校车安全会", "P 段文谦：好。"]
        );
    }

    #[test]
    fn tables_of_data_are_rows_and_tables_of_layout_are_not() {
        let html =
            "<table><tr><th>姓名<th>发言<tr><td rowspan=2>段文谦<td><p>换车。</p><p>划线。</p><tr><td>月底</table>";
        assert_eq!(
            seen(html),
            ["HEAD2 姓名\t发言", "ROW2 段文谦\t换车。 划线。", "ROW2 \t月底"]
        );
        let layout = "<table><tr><td><table><tr><td>段文谦：好。</table><td>右</table>";
        assert_eq!(seen(layout), ["P 段文谦：好。", "P 右"]);
    }

    #[test]
    fn lists_ruby_and_what_is_hidden() {
        let html = "<ol start=3><li>甲<li>乙<ul><li>丙</ul></ol><ruby>段<rt>duàn</rt></ruby><p style='display: none'>密</p>\
                    <script>var a='丁'</script><figure><figcaption>图1</figcaption></figure><o:p></o:p><pre>戊\n  己</pre>";
        assert_eq!(
            seen(html),
            ["P 3. 甲", "P 4. 乙", "P • 丙", "P 段", "Caption 图1", "P 戊", "P 己"]
        );
    }

    #[test]
    fn byte_order_marks_inside_a_page_are_left_out() {
        let html = "<title>\u{feff}校车安全会</title><body>\u{feff}<p>段文谦：&#65279;好。<pre>\u{feff}戊</pre>";
        assert_eq!(seen(html), ["H0 校车安全会", "P 段文谦：好。", "P 戊"]);
    }

    #[test]
    fn the_page_says_its_encoding() {
        let html = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>段文谦：好。";
        let gbk = encoding_rs::GBK.encode(html).0.into_owned();
        assert_eq!(read(&gbk).unwrap().text, "段文谦：好。\n");
    }

    proptest! {
        #[test]
        fn no_page_panics(html in "(<(p|div|table|tr|td|li|ul|ol|br|h1|a|b|/p|/div|/table|/td|/ul|/b|pre|nav)>|\\PC|\\n|段文谦，。){0,60}") {
            if let Ok(document) = read(html.as_bytes()) {
                super::super::checked::check(&document)?;
            }
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(document) = read(&bytes) {
                super::super::checked::check(&document)?;
            }
        }
    }
}
