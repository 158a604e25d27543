//! A table for spreadsheets: a row a quote.

use super::Sheet;
use crate::wording::{certainty_words, export_columns, voice_kind_words};

/// By this mark spreadsheets know UTF-8.
const MARK: char = '\u{feff}';

/// The table's text.
pub fn written(sheet: &Sheet) -> String {
    let mut out = String::from(MARK);
    push_row(&mut out, &export_columns(sheet.lang).map(str::to_owned));
    for (index, row) in sheet.rows.iter().enumerate() {
        let own = |words: &Option<String>| words.clone().unwrap_or_default();
        let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        push_row(
            &mut out,
            &[
                (index + 1).to_string(),
                row.text.clone(),
                own(&row.name),
                own(&row.office),
                own(&row.county),
                voice_kind_words(sheet.lang, row.kind).to_owned(),
                row.certainty
                    .map(|certainty| certainty_words(sheet.lang, certainty))
                    .unwrap_or_default()
                    .to_owned(),
                row.meeting.clone(),
                own(&row.date),
                own(&row.section),
                row.file.clone(),
                number(row.paragraph),
                row.at.start.to_string(),
                row.at.end.to_string(),
                own(&row.owner),
                own(&row.due),
            ],
        );
    }
    if sheet.rows.is_empty() {
        sheet
            .head
            .iter()
            .for_each(|line| push_row(&mut out, &[String::new(), line.clone()]));
    }
    out
}

fn push_row(out: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

fn push_cell(out: &mut String, cell: &str) {
    // A spreadsheet would reckon with what begins so: a file's words are no formula.
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_is_one_cell_whatever_stands_in_it() {
        let cell = |words: &str| {
            let mut out = String::new();
            super::push_cell(&mut out, words);
            out
        };
        assert_eq!(cell("修\"路\",\n再修桥"), "\"修\"\"路\"\",\n再修桥\"");
        for formula in ["=1+1", "+1", "-1", "@x", "\tx"] {
            assert_eq!(cell(formula), format!("\"'{formula}\""));
        }
    }
}
