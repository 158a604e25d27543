//! One text as a file of each format that is read, written by hand here: as small as its format allows, so that the reader of
//! the text is measured and not its trimmings.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use zip::write::{SimpleFileOptions, ZipWriter};

/// Characters in a line of a page, and lines on one: an official paper has 28 by 22.
const LINE: usize = 28;
const PAGE: usize = 22;
/// Paragraphs on a slide.
const SLIDE: usize = 6;

/// The paragraphs as a file of this ending.
pub fn file(ending: &str, paragraphs: &[&str]) -> Vec<u8> {
    match ending {
        "txt" => paragraphs.join("\n\n").into_bytes(),
        "md" => markdown(paragraphs).into_bytes(),
        "csv" => csv(paragraphs).into_bytes(),
        "vtt" => format!("WEBVTT\n\n{}", cues(paragraphs, '.')).into_bytes(),
        "srt" => cues(paragraphs, ',').into_bytes(),
        "html" => html(paragraphs).into_bytes(),
        "docx" => docx(paragraphs),
        "pptx" => pptx(paragraphs),
        "xlsx" => xlsx(paragraphs),
        "pdf" => pdf(paragraphs),
        other => panic!("no writer for .{other}"),
    }
}

fn markdown(paragraphs: &[&str]) -> String {
    let mut out = String::from("# 工作推进会\n\n");
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let sign = ["", "- ", "**要点** "][number % 3];
        let _ = write!(out, "{sign}{paragraph}\n\n");
    }
    out
}

fn csv(paragraphs: &[&str]) -> String {
    let mut out = String::from("序号,内容\n");
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let _ = writeln!(out, "{number},\"{}\"", paragraph.replace('"', "\"\""));
    }
    out
}

/// A cue each, of three seconds.
fn cues(paragraphs: &[&str], point: char) -> String {
    let time = |seconds: usize| {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        format!("{hours:02}:{minutes:02}:{:02}{point}000", seconds % 60)
    };
    let mut out = String::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let (from, to) = (time(3 * number), time(3 * number + 3));
        let _ = write!(out, "{}\n{from} --> {to}\n{paragraph}\n\n", number + 1);
    }
    out
}

fn html(paragraphs: &[&str]) -> String {
    let mut out = String::from("<!DOCTYPE html><html><head><meta charset=utf-8><title>工作推进会</title></head><body>");
    out.push_str("<div class=nav><a href=/>首页</a> <a href=/n>新闻</a></div><div class=content><h1>工作推进会</h1>");
    for paragraph in paragraphs {
        let _ = write!(out, "<p style=\"text-indent:2em\">{}</p>", escaped(paragraph));
    }
    out + "</div></body></html>"
}

fn docx(paragraphs: &[&str]) -> Vec<u8> {
    package(&[("word/document.xml", body(paragraphs).as_bytes())])
}

/// A Word document with so many bytes of pictures, which cannot be packed.
#[allow(dead_code, reason = "one bench needs it, the other does not")]
pub fn with_pictures(paragraphs: &[&str], bytes: usize) -> Vec<u8> {
    let mut noise = 1_u64;
    let picture: Vec<u8> = (0..bytes)
        .map(|_| {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (noise >> 56) as u8
        })
        .collect();
    package(&[
        ("word/document.xml", body(paragraphs).as_bytes()),
        ("word/media/image1.jpeg", &picture),
    ])
}

/// A body, with styles as Word writes them on each run.
fn body(paragraphs: &[&str]) -> String {
    let mut body =
        String::from(r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#);
    for paragraph in paragraphs {
        let _ = write!(
            body,
            r#"<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr><w:t>{}</w:t></w:r></w:p>"#,
            escaped(paragraph)
        );
    }
    body.push_str("</w:body></w:document>");
    body
}

fn pptx(paragraphs: &[&str]) -> Vec<u8> {
    let mut listed = String::new();
    let mut relations = String::new();
    let mut slides = Vec::new();
    for (number, texts) in paragraphs.chunks(SLIDE).enumerate() {
        let _ = write!(listed, r#"<p:sldId id="{number}" r:id="r{number}"/>"#);
        let _ = write!(
            relations,
            r#"<Relationship Id="r{number}" Type="http://x/relationships/slide" Target="slides/s{number}.xml"/>"#
        );
        let mut body = String::from("<p:sld><p:cSld><p:spTree><p:sp><p:txBody>");
        for text in texts {
            let _ = write!(
                body,
                "<a:p><a:r><a:rPr lang=\"zh-CN\"/><a:t>{}</a:t></a:r></a:p>",
                escaped(text)
            );
        }
        body.push_str("</p:txBody></p:sp></p:spTree></p:cSld></p:sld>");
        slides.push((format!("ppt/slides/s{number}.xml"), body));
    }
    let main = format!("<p:presentation><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts = vec![
        ("ppt/presentation.xml", main.as_bytes()),
        ("ppt/_rels/presentation.xml.rels", relations.as_bytes()),
    ];
    parts.extend(slides.iter().map(|(name, body)| (name.as_str(), body.as_bytes())));
    package(&parts)
}

/// Shared texts, as Excel writes them: the number of the row, and a paragraph.
fn xlsx(paragraphs: &[&str]) -> Vec<u8> {
    let mut strings = String::from("<sst>");
    let mut rows = String::from("<worksheet><sheetData>");
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let row = number + 1;
        let _ = write!(strings, "<si><t>{}</t></si>", escaped(paragraph));
        let _ = write!(
            rows,
            r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>{number}</v></c></row>"#
        );
    }
    strings.push_str("</sst>");
    rows.push_str("</sheetData></worksheet>");
    let relations = r#"<Relationships><Relationship Id="r1" Type="http://x/relationships/worksheet" Target="worksheets/s1.xml"/><Relationship Id="r2" Type="http://x/relationships/sharedStrings" Target="strings.xml"/></Relationships>"#;
    package(&[
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="记录" sheetId="1" r:id="r1"/></sheets></workbook>"#.as_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/strings.xml", strings.as_bytes()),
        ("xl/worksheets/s1.xml", rows.as_bytes()),
    ])
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a zip in memory can be written");
        zip.write_all(content).expect("a zip in memory can be written");
    }
    zip.finish().expect("a zip in memory can be written").into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Lines that are wrapped and indented as on an official page, each page's contents packed.
fn pdf(paragraphs: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = paragraphs.iter().flat_map(|paragraph| wrapped(paragraph)).collect();
    let mut document = Document::with_version("1.5");
    let descendant = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "W" => vec![1.into(), 95.into(), 500.into()],
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 4,
        },
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![descendant.into()],
    });
    let tree = document.new_object_id();
    let mut pages = Vec::new();
    for lines in lines.chunks(PAGE) {
        let mut stream = Stream::new(Dictionary::new(), content(lines, pages.len() + 1).into_bytes());
        stream.compress().expect("a stream can be packed");
        let content = document.add_object(stream);
        pages.push(Object::from(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
        })));
    }
    document.set_object(
        tree,
        dictionary! {
            "Type" => "Pages", "Count" => pages.len() as i64, "Kids" => pages,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        },
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut out = Vec::new();
    document.save_to(&mut out).expect("a file in memory can be written");
    out
}

/// A paragraph's lines: the first is indented by two characters, which are blanks here.
fn wrapped(paragraph: &str) -> Vec<String> {
    let characters: Vec<char> = "\u{3000}\u{3000}".chars().chain(paragraph.chars()).collect();
    characters.chunks(LINE).map(String::from_iter).collect()
}

fn content(lines: &[String], number: usize) -> String {
    let mut out = String::new();
    let places = (0..).map(|line| 760.0 - 28.95 * f64::from(line));
    for (line, y) in lines.iter().zip(places) {
        let indent = line.chars().take_while(|c| *c == '\u{3000}').count();
        let x = 80.0 + 16.0 * indent as f64;
        show(&mut out, line.trim_start(), 16, x, y);
    }
    show(&mut out, &format!("— {number} —"), 14, 280.0, 60.0);
    out
}

fn show(out: &mut String, text: &str, size: u32, x: f64, y: f64) {
    let _ = write!(out, "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <");
    for unit in text.encode_utf16() {
        let _ = write!(out, "{unit:04x}");
    }
    out.push_str("> Tj ET\n");
}
