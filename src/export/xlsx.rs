//! A workbook of one sheet: a row a quote, below heads that stay in sight. The few parts that spreadsheets need, made as text.

use std::fmt::Write as _;

use super::Sheet;
use super::package::packed;
use super::table::{Cell, rows};
use crate::page::escaped;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = include_str!("xlsx/types.xml");
const RELATIONS: &str = include_str!("xlsx/relations.xml");
const WORKBOOK: &str = include_str!("xlsx/workbook.xml");
const OF_WORKBOOK: &str = include_str!("xlsx/of_workbook.xml");
const STYLES: &str = include_str!("xlsx/styles.xml");
/// The styles of `styles.xml`: a head, and words that are broken into lines.
const HEAD: usize = 1;
const BROKEN: usize = 2;
/// How wide the columns are, in characters: those of `wording::export_columns`.
const WIDTHS: [u8; 16] = [6, 70, 12, 28, 12, 8, 14, 36, 12, 24, 36, 6, 8, 8, 18, 16];
/// Most characters of a cell.
const LONGEST: usize = 32_767;

/// The workbook's bytes.
pub fn written(sheet: &Sheet) -> std::io::Result<Vec<u8>> {
    packed(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", OF_WORKBOOK),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &worksheet(&rows(sheet))),
    ])
}

fn worksheet(rows: &[Vec<Cell>]) -> String {
    let mut out = format!(
        "{DECLARATION}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews>\
         <sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><cols>"
    );
    for (index, width) in (1..).zip(WIDTHS) {
        let _ = write!(
            out,
            "<col min=\"{index}\" max=\"{index}\" width=\"{width}\" customWidth=\"1\"/>"
        );
    }
    out.push_str("</cols><sheetData>");
    for (number, row) in (1..).zip(rows) {
        let style = if number == 1 { HEAD } else { BROKEN };
        let _ = write!(out, "<row r=\"{number}\">");
        for (column, cell) in ('A'..='Z').zip(row) {
            match cell {
                Cell::Words(words) if words.is_empty() => {}
                // Words are words, whatever they begin with: nothing is reckoned with.
                Cell::Words(words) => {
                    let words: String = words.chars().take(LONGEST).collect();
                    let _ = write!(
                        out,
                        "<c r=\"{column}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escaped(&words)
                    );
                }
                Cell::Number(value) => {
                    let _ = write!(out, "<c r=\"{column}{number}\" s=\"{style}\"><v>{value}</v></c>");
                }
            }
        }
        out.push_str("</row>");
    }
    let last = rows.len();
    let _ = write!(out, "</sheetData><autoFilter ref=\"A1:P{last}\"/></worksheet>");
    out
}
