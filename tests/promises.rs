//! The promises, for any file and any question: a quote is a span of its file, within its limits, and the same
//! question gives the same answer. Nothing panics.

use huiwen::answer::{Body, Limits};
use huiwen::library::Library;
use huiwen::question::Asked;
use std::path::Path;

use huiwen::reading::{Document, read_bytes, read_file, understand};
use huiwen::text::Span;
use proptest::prelude::*;

/// Pieces that reports and questions are made of, the careless and the hostile among them.
const PIECES: &[&str] = &[
    "望河县副县长钟铁山",
    "上坪县水利局局长南宫雪",
    "他",
    "大家一致认为",
    "表示",
    "说",
    "谈到",
    "谁",
    "什么",
    "那",
    "呢",
    "还有吗",
    "总结",
    "哪些县",
    "3月5日",
    "2024年",
    "会议召开",
    "先修堤",
    "一是修路",
    "二是通电",
    "下一步",
    "“",
    "”",
    "「",
    "」",
    "\"",
    "‘",
    "’",
    "\u{ff0c}",
    ",",
    "。",
    "?",
    ":",
    "\n",
    "\n\n",
    "## ",
    "---\n",
    "[00:01:02] ",
    "\u{feff}",
    "\u{200b}",
    "\t",
    "𠀀",
    "礼泉",
    "統戰",
    "Ａ",
    // Marks, cues and names of every width: one, two, three and four bytes, before and after folding.
    "……",
    "…",
    "——",
    "·",
    "•",
    "é",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{b}",
    "!",
    "！",
    ";",
    "；",
    "：",
    "、",
    "(",
    "（",
    ")",
    "）",
    "【",
    "】",
    "《",
    "》",
    "提出",
    "三点建议",
    "提出三点要求",
    "告诉记者",
    "看来",
    "在他看来",
    "强调",
    "并要求",
    "回应",
    "介绍了",
    "大家鼓掌",
    "县长王静",
    "王　静",
    "阿依古丽·买买提",
    "爨宝子",
    "马𠅤",
    "老李",
    "李大姐",
    "说话人 1",
    "Speaker 2",
    "00:00:03",
    "会议指出",
    "他们",
    "她",
    "这位",
    "一、",
    "（一）",
    "①",
    "- ",
    "| ",
    "**",
    "时间：",
    "主持人：",
    "— 2 —",
    "<b>",
    "&",
    "🙂",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn remarks_are_spans_in_order_and_apart(text in text(120)) {
        let report = understand(&Document::plain(text.as_str()), "2024-03-05.txt");
        let mut at = 0;
        for remark in &report.remarks {
            prop_assert!(remark.span.start() >= at && remark.span.end() <= text.len());
            prop_assert!(text.get(remark.span.start()..remark.span.end()).is_some_and(|words| !words.is_empty()));
            prop_assert!(remark.paragraph.contains(remark.span));
            at = remark.span.end();
        }
        // The same text is understood in the same way.
        prop_assert_eq!(&report, &understand(&Document::plain(text.as_str()), "2024-03-05.txt"));
    }
}

/// The texts of a file in each format that can hold them, as bytes with a name.
fn in_each_format(lines: &[String]) -> Vec<(&'static str, Vec<u8>)> {
    let text = lines.join("\n");
    let escaped: Vec<String> = lines
        .iter()
        .map(|line| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
        // What XML cannot hold.
        .map(|line| {
            line.chars()
                .filter(|c| !c.is_control() && !('\u{fffe}'..='\u{ffff}').contains(c))
                .collect()
        })
        .collect();
    let html = format!(
        "<html><body><div><p>{}</p></div></body></html>",
        escaped.join("</p>\n<p>")
    );
    let mut subtitles = String::from("WEBVTT\n");
    for (number, line) in lines.iter().enumerate() {
        subtitles.push_str(&format!(
            "\n00:00:{:02}.000 --> 00:00:{:02}.900\n{line}\n",
            number % 60,
            number % 60
        ));
    }
    let paragraphs: String = escaped
        .iter()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"))
        .collect();
    vec![
        ("2024-03-05.txt", text.clone().into_bytes()),
        ("2024-03-05.md", text.clone().into_bytes()),
        ("2024-03-05.csv", text.replace('。', ",").into_bytes()),
        ("2024-03-05.html", html.into_bytes()),
        ("2024-03-05.vtt", subtitles.into_bytes()),
        ("2024-03-05.docx", word_file(&paragraphs)),
        ("2024-03-05.xlsx", workbook(&escaped)),
    ]
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn word_file(paragraphs: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>"#
    );
    packed(&[("[Content_Types].xml", types), ("word/document.xml", &document)])
}

fn workbook(lines: &[String]) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let rows: String = lines
        .iter()
        .map(|line| format!(r#"<row><c t="inlineStr"><is><t xml:space="preserve">{line}</t></is></c><c t="inlineStr"><is><t>{line}</t></is></c></row>"#))
        .collect();
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    packed(&[
        ("[Content_Types].xml", types),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn nothing_is_lost_in_any_format(lines in proptest::collection::vec(text(12), 1..12)) {
        for (name, bytes) in in_each_format(&lines) {
            let Ok(document) = read_bytes(Path::new(name), &bytes) else { continue };
            let report = understand(&document, name);
            let mut pieces: Vec<(Span, &str)> = report.remarks.iter().map(|remark| (remark.span, "remark")).collect();
            pieces.extend(report.left_out.iter().map(|left| (left.span, left.why.word())));
            pieces.sort();
            let mut at = 0;
            for (span, what) in pieces {
                prop_assert!(span.start() >= at, "{name}: {what} at {span:?} overlaps what ends at {at}");
                let between = &document.text[at..span.start()];
                prop_assert!(between.trim().is_empty(), "{name}: lost: {between:?}");
                at = span.end();
            }
            prop_assert!(document.text[at..].trim().is_empty(), "{name}: lost: {:?}", &document.text[at..]);
            for remark in &report.remarks {
                prop_assert!(remark.paragraph.contains(remark.span));
            }
        }
    }
}

/// A library of files with these texts, and the folder that it lives in.
fn library_of(files: &[String]) -> (Library, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().join("knowledge");
    std::fs::create_dir(&knowledge).unwrap();
    for (number, file) in files.iter().enumerate() {
        std::fs::write(knowledge.join(format!("{number}.txt")), file).unwrap();
    }
    let (library, _) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
    (library, folder)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_quote_is_a_span_of_its_file(
        files in proptest::collection::vec(text(60), 1..3),
        questions in proptest::collection::vec(text(8), 1..4),
        quote_chars in 1usize..80,
        quotes in 1usize..6,
    ) {
        let (library, _folder) = library_of(&files);
        let limits = Limits { quotes, quote_chars };
        for (at, question) in questions.iter().enumerate() {
            let answer = library.ask(&Asked::new(question, &questions[..at]), limits).unwrap();
            prop_assert_eq!(&answer, &library.ask(&Asked::new(question, &questions[..at]), limits).unwrap());
            if let Body::Found { quotes, .. } = &answer.body {
                prop_assert!(!quotes.is_empty());
            }
            for quote in answer.quotes() {
                let text = read_file(&library.knowledge().join(&quote.file)).unwrap().text;
                let there: String = text.chars().skip(quote.at.start).take(quote.at.end - quote.at.start).collect();
                prop_assert_eq!(&there, &quote.text);
                prop_assert!(!there.trim().is_empty() && there.chars().count() <= quote_chars);
                for span in &quote.matched {
                    prop_assert!(quote.text.get(span.start()..span.end()).is_some());
                }
            }
        }
    }

    #[test]
    fn pages_follow_where_they_are_promised_and_repeat_nothing(
        files in proptest::collection::vec(text(60), 1..4),
        question in text(6),
        quotes in 1usize..3,
    ) {
        let (library, _folder) = library_of(&files);
        let limits = Limits { quotes, quote_chars: 60 };
        let mut seen = Vec::new();
        for page in 0..4 {
            let asked = Asked { page, ..Asked::new(question.as_str(), &[]) };
            let answer = library.ask(&asked, limits).unwrap();
            for quote in answer.quotes() {
                let place = (quote.file.clone(), quote.at);
                prop_assert!(!seen.contains(&place), "page {page} repeats {place:?}");
                seen.push(place);
            }
            match &answer.body {
                Body::Found { more: true, .. } => {}
                Body::Found { more: false, .. } => break,
                Body::NoAnswer(_) => {
                    prop_assert!(page == 0, "page {page} was promised");
                    break;
                }
            }
        }
    }
}
