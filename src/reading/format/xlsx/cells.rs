//! Rows and cells of one sheet, as texts.

use super::formats::Formats;
use crate::reading::ReadError;
use crate::reading::format::lines::{MAX_TEXT, too_much_text};
use crate::reading::format::xml::{Element, Token, Xml};

/// Excel's own bound on columns.
const MAX_COLUMNS: usize = 16_384;
/// Texts that the cells of one workbook may share.
const MAX_STRINGS: usize = 2_000_000;

/// The texts that cells share, one behind the other: millions of short strings would take more room than they hold.
#[derive(Debug, Default)]
pub struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads `sharedStrings.xml`.
    pub fn read(mut xml: Xml<'_>) -> Result<Strings, ReadError> {
        let mut strings = Strings::default();
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "si" => {}
                Token::End => return Ok(strings),
                _ => continue,
            }
            let text = rich_text(&mut xml, "si")?;
            strings.text.push_str(&text);
            strings.ends.push(strings.text.len());
            if strings.text.len() > MAX_TEXT || strings.ends.len() > MAX_STRINGS {
                return Err(too_much_text());
            }
        }
    }

    fn get(&self, index: usize) -> &str {
        let start = index
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let end = self.ends.get(index).copied();
        start
            .zip(end)
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }
}

/// The text up to the end of the element called `last`: its runs joined, without the readings of its characters.
fn rich_text(xml: &mut Xml<'_>, last: &str) -> Result<String, ReadError> {
    let mut text = String::new();
    loop {
        let preserved = match xml.next()? {
            Token::Open(element) if element.name() == "t" => {
                Some(element.attr("space").is_some_and(|space| space == "preserve"))
            }
            Token::Open(element) if element.name() == "rPh" => None,
            Token::Close(closing) if closing.name() == last => return Ok(unescaped(&text)),
            Token::End => return Ok(unescaped(&text)),
            _ => continue,
        };
        match preserved {
            Some(true) => text.push_str(&xml.text_inside()?),
            Some(false) => text.push_str(xml.text_inside()?.trim_matches([' ', '\t', '\n', '\r'])),
            None => xml.skip(),
        }
    }
}

/// Resolves `_x000D_`, which is how Excel writes characters that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let code = behind
            .get(2..6)
            .filter(|_| behind.get(6..7) == Some("_"))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(char) => {
                out.push(char);
                rest = behind.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = behind.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The rows of one sheet, one after another.
pub struct Rows<'a> {
    xml: Xml<'a>,
    strings: &'a Strings,
    formats: &'a Formats,
}

/// A cell's type and style, from its beginning.
#[derive(Default)]
struct Head {
    kind: String,
    style: usize,
}

impl<'a> Rows<'a> {
    /// Begins a sheet.
    pub fn new(xml: Xml<'a>, strings: &'a Strings, formats: &'a Formats) -> Self {
        Rows { xml, strings, formats }
    }

    /// The texts of the next row's cells, with empty ones between them where the sheet has none; `None` behind the last row.
    pub fn next_row(&mut self) -> Result<Option<Vec<String>>, ReadError> {
        loop {
            match self.xml.next()? {
                Token::Open(element) if element.name() == "row" => return self.cells().map(Some),
                Token::End => return Ok(None),
                _ => {}
            }
        }
    }

    fn cells(&mut self) -> Result<Vec<String>, ReadError> {
        let mut cells: Vec<String> = Vec::new();
        let mut length = 0;
        loop {
            let (column, head) = match self.xml.next()? {
                Token::Open(element) if element.name() == "c" => (column_of(&element), Head::of(&element)),
                Token::Close(closing) if closing.name() == "row" => return Ok(cells),
                Token::End => return Ok(cells),
                _ => continue,
            };
            let text = self.cell(&head)?;
            length += text.len() + 1;
            if length > MAX_TEXT {
                return Err(too_much_text());
            }
            // Columns only go on: a cell that claims to stand before the last one comes behind it.
            let column = column.unwrap_or(0).max(cells.len());
            if column < MAX_COLUMNS && !text.is_empty() {
                cells.resize(column, String::new());
                cells.push(text);
            }
        }
    }

    /// The text of the cell that was opened last.
    fn cell(&mut self, head: &Head) -> Result<String, ReadError> {
        let mut text = String::new();
        loop {
            let name = match self.xml.next()? {
                Token::Open(element) => match element.name() {
                    "v" => "v",
                    "is" => "is",
                    _ => "other",
                },
                Token::Close(closing) if closing.name() == "c" => return Ok(text),
                Token::End => return Ok(text),
                _ => continue,
            };
            match name {
                "v" => {
                    let value = self.xml.text_inside()?;
                    text = self.shown(head, &value);
                }
                "is" => text = rich_text(&mut self.xml, "is")?,
                _ => self.xml.skip(),
            }
        }
    }

    fn shown(&self, head: &Head, value: &str) -> String {
        match head.kind.as_str() {
            "s" => {
                let index = value.trim().parse().ok();
                index.map_or_else(String::new, |index| self.strings.get(index).to_owned())
            }
            "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(),
            "d" => value.trim().replacen('T', " ", 1),
            "str" | "inlineStr" | "e" => unescaped(value),
            _ => self.formats.show(head.style, value),
        }
    }
}

impl Head {
    fn of(element: &Element<'_>) -> Head {
        Head {
            kind: element.attr("t").unwrap_or_default().into_owned(),
            style: element.number("s").unwrap_or(0),
        }
    }
}

/// The column, from 0, that a cell's reference `AB12` names.
fn column_of(element: &Element<'_>) -> Option<usize> {
    let reference = element.attr("r")?;
    let column = reference
        .bytes()
        .take(4)
        .take_while(u8::is_ascii_alphabetic)
        .fold(0, |column, letter| {
            column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
        });
    column.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(sheet: &str, strings: &str) -> Vec<Vec<String>> {
        let strings = Strings::read(Xml::new("xlsx", strings.as_bytes())).unwrap();
        let formats = Formats::default();
        let mut rows = Rows::new(Xml::new("xlsx", sheet.as_bytes()), &strings, &formats);
        std::iter::from_fn(|| rows.next_row().unwrap()).collect()
    }

    #[test]
    fn cells_stand_in_their_columns() {
        let sheet = r#"<sheetData><row><c r="A1" t="inlineStr"><is><t>刘晖</t></is></c><c r="C1"><v>3</v></c></row>
            <row><c><v>1</v></c><c t="b"><v>1</v></c><c r="D2" t="str"><f>A1</f><v>副县长</v></c></row>
            <row/><row><c r="XFE4"><v>9</v></c></row></sheetData>"#;
        assert_eq!(
            rows(sheet, "<sst/>"),
            [vec!["刘晖", "", "3"], vec!["1", "TRUE", "", "副县长"], vec![], vec![]]
        );
    }

    #[test]
    fn shared_strings_join_their_runs_and_leave_out_readings() {
        let strings = r#"<sst><si><t>一_x000D_
二</t></si><si><r><t xml:space="preserve">同意 </t></r><r><t>通过</t></r>
            <rPh sb="0"><t>とうい</t></rPh></si></sst>"#;
        let sheet = r#"<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>7</v></c></row>"#;
        assert_eq!(rows(sheet, strings), [["同意 通过", "一\r\n二"]]);
    }

    #[test]
    fn what_is_no_escape_is_text() {
        assert_eq!(unescaped("a_x_y_x0041_z_x00"), "a_x_yAz_x00");
    }
}
