//! What a page shows, and what it never does.

use proptest::prelude::*;

use super::testing::{paper, paper_called};
use super::*;

const TEXT: &str = "# 长汀茶会召开

2024年3月5日，长汀茶会在长汀县召开。

长汀县副县长蓝秀珍表示，先修路。她说，再修亭子。

上杭县县长丘明\"<script>alert(1)</script>\"表示，<b>要</b>修桥 & 修渠。

## 收尾

大家一致认为，这次会开得好。

蓝秀珍说：“路要快修。”
";

fn view(paper: &Paper, quote: &str) -> View<'static> {
    let quote = paper.text.find(quote).map(|at| Span::new(at, at + quote.len()));
    View {
        quote,
        ..View::default()
    }
}

/// The text of a page's paper: without tags and what stands at the margin.
fn read_back(html: &str) -> String {
    let main = html.split_once("<main>\n").unwrap().1.split_once("</main>").unwrap().0;
    let mut text = String::new();
    for line in main.lines() {
        let line = match line.split_once("</aside>") {
            Some((_, line)) => line,
            None => line,
        };
        let mut inside = false;
        for c in line.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => text.push(c),
                _ => {}
            }
        }
        text.push('\n');
    }
    for (escape, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(escape, c);
    }
    text
}

#[test]
fn a_page_shows_who_speaks_at_the_margin_and_the_quote() {
    let paper = paper(TEXT);
    let html = page(&paper, &view(&paper, "再修亭子"));
    assert!(html.contains("<mark id=\"q\">再修亭子</mark>"), "{html}");
    assert!(
        html.contains("<b>蓝秀珍</b><i>长汀县副县长</i><i>代表长汀县</i>"),
        "{html}"
    );
    assert!(
        html.contains("<i class=\"d\" title=\"由上下文推断\">? 由上下文推断</i>"),
        "{html}"
    );
    assert!(
        html.contains("<h1 class=\"w\">长汀茶会召开</h1>") && html.contains("<h2 class=\"w\">收尾</h2>"),
        "{html}"
    );
    assert!(html.contains("2024-03-05 · 长汀县"), "{html}");
    // Who speaks can be jumped to: each link has its place.
    for link in html.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap();
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}: {html}");
    }
    assert!(html.matches("href=\"#r").count() >= 3, "{html}");
    // Two speakers, two colours.
    assert!(
        html.contains("class=\"s c0\"") && html.contains("class=\"s c1\""),
        "{html}"
    );
}

#[test]
fn nothing_of_a_file_is_markup_and_nothing_comes_from_elsewhere() {
    let paper = paper_called("<img onerror=x>.txt", TEXT);
    let html = page(&paper, &view(&paper, "修路"));
    assert_eq!(html.matches("<script>").count(), 1, "{html}");
    assert!(!html.contains("<img") && !html.contains("<b>要</b>"), "{html}");
    for outside in ["http://", "https://", "src=", "url(", "@import", "<link"] {
        assert!(!html.contains(outside), "{outside}: {html}");
    }
    // The browser runs what we wrote alone.
    let policy = policy();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
}

#[test]
fn a_quote_that_has_gone_is_not_shown_at_other_words() {
    let paper = paper(TEXT);
    let view = View {
        moved: true,
        ..View::default()
    };
    let html = page(&paper, &view);
    assert!(html.contains("引文已不在原处") && !html.contains("<mark"), "{html}");
}

#[test]
fn characters_are_found_in_bytes() {
    let at = |start, end| bytes_of("a路桥b", CharSpan { start, end });
    assert_eq!(at(1, 3), Some(Span::new(1, 7)));
    assert_eq!(at(0, 4), Some(Span::new(0, 8)));
    assert_eq!(at(0, 5), None);
    assert_eq!(at(3, 3), None);
    assert_eq!(at(9, 10), None);
}

#[test]
fn a_long_paper_is_shown_in_parts_that_lead_to_each_other() {
    let mut text = String::from("长汀茶会召开\n\n");
    for number in 0..400 {
        text.push_str(&format!(
            "长汀县副县长蓝秀珍表示，第{number}条路要修。{}\n\n",
            "路".repeat(1000)
        ));
    }
    let paper = paper(&text);
    let whole = page(&paper, &View::default());
    assert!(whole.contains("第0条路") && whole.contains("第399条路"));
    let quote = paper.text.find("第300条路").map(|at| Span::new(at, at + 12));
    let mut shown = View {
        quote,
        query: Some("at=1-2&sig=\"x\""),
        ..View::default()
    };
    let html = page(&paper, &shown);
    assert!(html.contains("<mark id=\"q\">第300条") && !html.contains("第0条路"));
    assert!(html.contains("href=\"?at=1-2&amp;sig=&quot;x&quot;&amp;part=0#r"));
    // Together the parts are the paper.
    let mut lines = 0;
    for part in 0..9 {
        shown.part = Some(part);
        let html = page(&paper, &shown);
        lines += if html.contains(&format!("<b class=\"go\">第 {}/", part + 1)) {
            html.matches("条路").count()
        } else {
            0
        };
    }
    assert_eq!(lines, 400);
}

#[test]
fn paper_is_white_whatever_the_screen_is() {
    let style = include_str!("page.css");
    let print = style.split_once("@media print{").unwrap().1;
    let rule = print.split_once('}').unwrap().0;
    // Whoever chose the dark theme, or whose device has it, prints dark on white all the same.
    for of in [":root[data-theme=dark]", ":root:not([data-theme=light])"] {
        assert!(rule.split_once('{').unwrap().0.contains(of), "{rule}");
    }
    let light = style.split_once('}').unwrap().0;
    for colour in (0..super::cast::COLOURS).map(|index| format!("--c{index}:")) {
        let value = |rule: &str| rule.split_once(&colour).unwrap().1.chars().take(7).collect::<String>();
        assert_eq!(value(rule), value(light), "{colour}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_line_of_a_file_stands_on_its_page(text in "([县长王兰明说表示，。：“”<>&\"'a#*\\- ]{0,30}\n){1,8}") {
        prop_assume!(!text.trim().is_empty());
        let text = format!("长汀县副县长蓝秀珍表示，先修路。\n{text}");
        let paper = paper(&text);
        let html = page(&paper, &view(&paper, "先修路"));
        let shown: Vec<String> = read_back(&html).lines().map(str::to_owned).collect();
        let stand: Vec<&str> = paper.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        prop_assert_eq!(shown.len(), stand.len(), "{}", html);
        for (shown, stand) in shown.iter().zip(stand) {
            // Of a heading the marks go.
            prop_assert!(shown == stand || stand.trim_start_matches(['#', ' ']) == shown, "{} {}", shown, stand);
        }
    }
}
