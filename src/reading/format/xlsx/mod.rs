//! Excel workbooks (`.xlsx`, `.xlsm`): lists of those present, registers of remarks, tables of decisions.
//!
//! Sheets come in the order of their tabs, hidden ones too, each row as a line. Numbers are as they read on the page where
//! that changes their meaning (dates, times, shares of a hundred), else as they are stored.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `cells` | rows, cells and the texts that they share |
//! | `formats` | which numbers are dates |

mod cells;
mod formats;

use self::cells::{Rows, Strings};
use self::formats::Formats;
use super::archive::{Archive, Relation};
use super::lines::{Lines, names_columns};
use super::xml::Token;
use super::{Document, MarkKind};
use crate::reading::ReadError;

const FORMAT: &str = "xlsx";
/// Sheets of one workbook.
const MAX_SHEETS: usize = 1_000;
/// Lone cells above a table that are its title and what stands under it.
const MAX_TITLE_ROWS: usize = 3;
/// Longest title of a table, in characters.
const MAX_TITLE: usize = 60;
/// The level of a table's title: below the names of sheets.
const TITLE_LEVEL: u8 = 2;

/// Reads an Excel workbook.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = Archive::open(FORMAT, bytes)?;
    let main = archive.main_part("xl/workbook.xml")?;
    let relations = archive.relations(&main)?;
    let book = Book::read(&mut archive, &main, &relations)?;

    let mut written = Vec::new();
    for sheet in &book.sheets {
        let Some(xml) = archive.part(&sheet.part)? else {
            continue;
        };
        let mut lines = Lines::default();
        write_sheet(Rows::new(xml, &book.strings, &book.formats), &mut lines)?;
        if !lines.is_empty() {
            written.push((sheet.name.as_str(), lines));
        }
    }
    let mut lines = Lines::default();
    let several = written.len() > 1;
    for (name, sheet) in written {
        if several {
            lines.push(&MarkKind::Heading(1), name)?;
        }
        lines.append(sheet)?;
    }
    lines.finish()
}

/// What the cells of all sheets share, and where the sheets are.
struct Book {
    sheets: Vec<Sheet>,
    strings: Strings,
    formats: Formats,
}

struct Sheet {
    name: String,
    part: String,
}

impl Book {
    fn read(archive: &mut Archive<'_>, main: &str, relations: &[Relation]) -> Result<Book, ReadError> {
        let part_of = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
        let strings = match part_of("sharedStrings") {
            Some(part) => archive.part(&part.target)?.map(Strings::read).transpose()?,
            None => None,
        };
        let formats = match part_of("styles") {
            Some(part) => archive.part(&part.target)?.map(Formats::read).transpose()?,
            None => None,
        };
        let mut book = Book {
            sheets: Vec::new(),
            strings: strings.unwrap_or_default(),
            formats: formats.unwrap_or_default(),
        };
        book.list_sheets(archive, main, relations)?;
        Ok(book)
    }

    fn list_sheets(&mut self, archive: &mut Archive<'_>, main: &str, relations: &[Relation]) -> Result<(), ReadError> {
        let mut xml = archive.needed(main)?;
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "workbookPr" => {
                    self.formats.from_1904 = element.flag("date1904");
                }
                Token::Open(element) if element.name() == "sheet" => {
                    let id = element.prefixed_attr("id").unwrap_or_default();
                    let target = relations
                        .iter()
                        .find(|relation| relation.id == id && relation.kind == "worksheet");
                    if let Some(target) = target {
                        self.sheets.push(Sheet {
                            name: element.attr("name").unwrap_or_default().into_owned(),
                            part: target.target.clone(),
                        });
                    }
                    if self.sheets.len() > MAX_SHEETS {
                        return Err(ReadError::TooMuch { what: "sheets" });
                    }
                }
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// Writes the rows of one sheet: lone cells above the table as its title, then the row that names the columns, then the rest.
fn write_sheet(mut rows: Rows<'_>, lines: &mut Lines) -> Result<(), ReadError> {
    let mut lone: Vec<Vec<String>> = Vec::new();
    let mut first = Vec::new();
    while let Some(row) = rows.next_row()? {
        if filled(&row) == 1 && lone.len() < MAX_TITLE_ROWS {
            lone.push(row);
        } else if filled(&row) > 0 {
            first = row;
            break;
        }
    }
    let second = rows.next_row()?.unwrap_or_default();
    let is_table = filled(&first) > 1;
    write_lone(&lone, is_table, lines)?;
    lines.push_row(&first, is_table && names_columns(&first) && filled(&second) > 0)?;
    lines.push_row(&second, false)?;
    while let Some(row) = rows.next_row()? {
        lines.push_row(&row, false)?;
    }
    Ok(())
}

/// Writes the lone cells at the beginning of a sheet. Above a table the first is its title, and the others tell when and by
/// whom it was made; else they are a list.
fn write_lone(lone: &[Vec<String>], above_table: bool, lines: &mut Lines) -> Result<(), ReadError> {
    for (index, row) in lone.iter().enumerate() {
        let text = row.concat().replace('\n', " ");
        match index {
            _ if !above_table => lines.push_row(row, false)?,
            0 if text.chars().count() <= MAX_TITLE => lines.push(&MarkKind::Heading(TITLE_LEVEL), &text)?,
            _ => lines.push(&MarkKind::Paragraph, &text)?,
        }
    }
    Ok(())
}

/// Cells with something in them.
fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::format::archive::testing::{package, survives_damage};
    use crate::reading::format::lines::traced;

    const RELATIONS: &str = r#"<Relationships>
        <Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/>
        <Relationship Id="rId3" Type="http://x/relationships/styles" Target="styles.xml"/></Relationships>"#;

    fn workbook(sheets: &[&str]) -> Vec<u8> {
        let tabs = r#"<sheet name="名单" sheetId="1" r:id="rId1"/><sheet name="记录" sheetId="2" state="hidden" r:id="rId2"/>"#;
        let book = format!("<workbook><workbookPr/><sheets>{tabs}</sheets></workbook>");
        let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
        let sheets: Vec<(String, String)> = sheets
            .iter()
            .enumerate()
            .map(|(index, rows)| {
                let rows = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
                (format!("xl/worksheets/sheet{}.xml", index + 1), rows)
            })
            .collect();
        let mut parts = vec![
            ("xl/workbook.xml", book.as_str()),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", styles),
        ];
        parts.extend(sheets.iter().map(|(name, rows)| (name.as_str(), rows.as_str())));
        package(&parts)
    }

    fn row(cells: &[&str]) -> String {
        let cells: String = cells
            .iter()
            .map(|cell| format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#))
            .collect();
        format!("<row>{cells}</row>")
    }

    fn lines(sheets: &[&str]) -> String {
        traced(&read(&workbook(sheets)).unwrap())
    }

    #[test]
    fn a_title_the_names_of_columns_and_rows() {
        let date = r#"<row><c t="str"><v>刘晖</v></c><c s="1"><v>45734</v></c></row>"#;
        let sheet = row(&["会议发言登记表"])
            + &row(&["县府办 2025年3月"])
            + &row(&["发言人", "日期"])
            + date
            + &row(&["赖秀", "第一行\n第二行"]);
        assert_eq!(
            lines(&[&sheet]),
            "h2 会议发言登记表\np 县府办 2025年3月\nhead 发言人|日期\nrow 刘晖|2025-03-18\nrow 赖秀|第一行 第二行"
        );
    }

    #[test]
    fn a_list_of_lone_cells_is_rows() {
        let sheet: String = ["甲", "乙", "丙", "丁", "戊"].iter().map(|name| row(&[name])).collect();
        assert_eq!(lines(&[&sheet]), "row 甲\nrow 乙\nrow 丙\nrow 丁\nrow 戊");
    }

    #[test]
    fn sheets_are_named_where_several_hold_something() {
        let first = row(&["姓名", "职务"]) + &row(&["刘晖", "副县长"]);
        let second = row(&["议题", "会议通过"]);
        assert_eq!(
            lines(&[&first, &second]),
            "h1 名单\nhead 姓名|职务\nrow 刘晖|副县长\nh1 记录\nrow 议题|会议通过"
        );
        assert_eq!(lines(&[&first, "<row/>"]), "head 姓名|职务\nrow 刘晖|副县长");
    }

    #[test]
    fn damage_never_panics() {
        let first = row(&["名单"]) + &row(&["姓名", "职务"]) + &row(&["刘晖", "副县长"]);
        let second = r#"<row r="1"><c r="B1" s="1"><v>45734.5</v></c><c r="D1" t="b"><v>1</v></c></row>"#;
        survives_damage(&workbook(&[&first, second]), read);
    }

    #[test]
    fn an_empty_workbook_is_empty() {
        assert!(matches!(read(&workbook(&["", ""])), Err(ReadError::Empty)));
    }
}
