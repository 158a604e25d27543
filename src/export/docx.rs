//! A Word document as offices write them: the question as its title, each quote a paragraph with a footnote that says where it
//! is from; what is to be done as a table. The few parts that Word needs, made as text.

use std::fmt::Write as _;

use super::package::packed;
use super::{Row, Sheet};
use crate::page::escaped;
use crate::text::read_on;
use crate::wording::{certainty_words, task_columns};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = include_str!("docx/types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const OF_DOCUMENT: &str = include_str!("docx/of_document.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");

/// The document's bytes.
pub fn written(sheet: &Sheet) -> std::io::Result<Vec<u8>> {
    let document = document(sheet);
    let footnotes = footnotes(sheet);
    let core = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>huiwen</dc:creator></cp:coreProperties>",
        escaped(&sheet.title)
    );
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &footnotes),
        ("word/styles.xml", STYLES),
        ("word/settings.xml", SETTINGS),
        ("word/_rels/document.xml.rels", OF_DOCUMENT),
    ])
}

fn document(sheet: &Sheet) -> String {
    let mut body = paragraph("Title", &run(&sheet.title));
    for line in &sheet.head {
        body.push_str(&paragraph("Normal", &run(line)));
    }
    if sheet.is_tasks {
        body.push_str(&table(sheet));
    } else {
        for (index, row) in sheet.rows.iter().enumerate() {
            body.push_str(&paragraph("Speaker", &run(&speaker(sheet, row))));
            body.push_str(&paragraph("Normal", &(run(&read_on(&row.text)) + &reference(index))));
        }
    }
    // A4, with the margins of official papers (GB/T 9704).
    format!(
        "{DECLARATION}<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"992\" \
         w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// Who says the quote below, and whether that is sure.
fn speaker(sheet: &Sheet, row: &Row) -> String {
    match row.certainty.map(|certainty| certainty_words(sheet.lang, certainty)) {
        Some(words) if !words.is_empty() => format!("{} [{words}]", row.called),
        _ => row.called.clone(),
    }
}

/// What is to be done, by whom and until when.
fn table(sheet: &Sheet) -> String {
    /// In twentieths of a point; together the width of the page's text.
    const WIDTHS: [u32; 4] = [700, 4745, 1900, 1500];
    let mut rows = vec![task_columns(sheet.lang).map(run)];
    for (index, row) in sheet.rows.iter().enumerate() {
        rows.push([
            run(&(index + 1).to_string()),
            run(&read_on(&row.text)) + &reference(index),
            run(row.owner.as_deref().unwrap_or_default()),
            run(row.due.as_deref().unwrap_or_default()),
        ]);
    }
    let mut table = String::from(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>",
    );
    for width in WIDTHS {
        let _ = write!(table, "<w:gridCol w:w=\"{width}\"/>");
    }
    table.push_str("</w:tblGrid>");
    for (index, cells) in rows.iter().enumerate() {
        table.push_str("<w:tr>");
        // No row is torn over two pages, and each page has the head.
        let head = if index == 0 { "<w:tblHeader/>" } else { "" };
        let _ = write!(table, "<w:trPr><w:cantSplit/>{head}</w:trPr>");
        for (cell, width) in cells.iter().zip(WIDTHS) {
            let inner = paragraph("Cell", cell);
            let _ = write!(
                table,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{inner}</w:tc>"
            );
        }
        table.push_str("</w:tr>");
    }
    table + "</w:tbl>" + &paragraph("Normal", "")
}

fn footnotes(sheet: &Sheet) -> String {
    let mut notes = String::from(
        "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>",
    );
    for (index, row) in sheet.rows.iter().enumerate() {
        let _ = write!(
            notes,
            "<w:footnote w:id=\"{}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr>\
             <w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
            index + 1,
            run(&format!(" {}", row.source))
        );
    }
    format!("{DECLARATION}<w:footnotes {NAMESPACES}>{notes}</w:footnotes>")
}

/// The mark that leads to a quote's footnote.
fn reference(index: usize) -> String {
    format!(
        "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{}\"/></w:r>",
        index + 1
    )
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// Words, with their line breaks.
fn run(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = words
        .split('\n')
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
        .collect();
    format!("<w:r>{}</w:r>", lines.join("<w:br/>"))
}
