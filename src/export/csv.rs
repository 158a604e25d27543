//! A table for spreadsheets: a row a quote.

use super::Sheet;
use super::table::rows;

/// By this mark spreadsheets know UTF-8.
const MARK: char = '\u{feff}';

/// The table's text.
pub fn written(sheet: &Sheet) -> String {
    let mut out = String::from(MARK);
    for row in rows(sheet) {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        push_row(&mut out, &cells);
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
