//! A page's characters as lines and rows of tables, in the order in which they are read.

use super::lines::{Fragment, Line, fragments, line, rows};
use super::page::{Glyph, Page};
use super::paragraphs::joined;
use super::{columns, tables};

/// A cell with more lines than this holds paragraphs of its own: a form whose big cell is the minutes themselves.
const MAX_CELL_LINES: usize = 6;
/// How long the name of a column is at most.
const MAX_HEAD: usize = 12;

/// A line, or a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Line(Line),
    Row { cells: Vec<String>, is_head: bool },
}

/// Items of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) items: Vec<Item>,
    /// Where the longest line of its column ends, those of other blocks among them.
    pub(super) end: f64,
    /// Whether it stands beside other columns, or in a cell.
    pub(super) is_narrow: bool,
}

/// The blocks of a page in the order of reading.
pub(super) fn blocks(page: &mut Page) -> Vec<Block> {
    let mut groups = page.by_direction().into_iter();
    let mut out = Vec::new();
    for group in groups.by_ref() {
        if group.first().is_some_and(|glyph| glyph.turn == 0) {
            out.extend(upright(group, page));
        } else {
            out.extend(prose(fragments(group), &mut []));
        }
    }
    out
}

fn upright(glyphs: Vec<Glyph>, page: &Page) -> Vec<Block> {
    let mut rest = fragments(glyphs);
    let mut tables = Vec::new();
    for grid in tables::grids(&page.rules) {
        let (inside, outside): (Vec<Fragment>, Vec<Fragment>) = rest.into_iter().partition(|f| grid.holds(f));
        rest = outside;
        let table = grid.fill(inside.clone());
        if table.iter().flatten().filter(|cell| !cell.is_empty()).count() < 2 {
            rest.extend(inside);
            continue;
        }
        rest.push(Fragment::of_table(tables.len(), grid.sides(), grid.top()));
        tables.push(drawn_table(table));
    }
    prose(rest, &mut tables)
}

/// Text with the drawn tables in it.
fn prose(fragments: Vec<Fragment>, tables: &mut [Vec<Block>]) -> Vec<Block> {
    if fragments.is_empty() {
        return Vec::new();
    }
    let columns = columns::blocks(fragments);
    let is_narrow = columns.len() > 1;
    let mut out = Vec::new();
    for column in columns {
        let end = column
            .iter()
            .filter(|f| f.table.is_none())
            .map(|f| f.x1)
            .fold(f64::NEG_INFINITY, f64::max);
        let mut open = Vec::new();
        for row in rows(column) {
            let (text, places): (Vec<Fragment>, Vec<Fragment>) = row.into_iter().partition(|f| f.table.is_none());
            if !text.is_empty() {
                open.push(tables::cells_of(text));
            }
            for number in places.iter().filter_map(|place| place.table) {
                out.extend(block_of(items(&std::mem::take(&mut open)), end, is_narrow));
                out.extend(tables.get_mut(number).map(std::mem::take).unwrap_or_default());
            }
        }
        out.extend(block_of(items(&open), end, is_narrow));
    }
    out
}

fn block_of(items: Vec<Item>, end: f64, is_narrow: bool) -> Option<Block> {
    (!items.is_empty()).then_some(Block { items, end, is_narrow })
}

/// The rows of a column as lines; those whose cells stand below each other are a table.
fn items(mut rows: &[tables::Cells]) -> Vec<Item> {
    let mut out = Vec::new();
    while !rows.is_empty() {
        let count = tables::aligned(rows);
        let (table, behind) = rows.split_at(count.max(1));
        rows = behind;
        if count > 0 {
            let texts = table
                .iter()
                .map(|cells| cells.iter().map(|cell| cell_text(cell)).collect());
            out.extend(table_rows(texts.collect()));
        } else {
            out.extend(table.iter().map(|cells| Item::Line(line(cells.iter().flatten()))));
        }
    }
    out
}

fn cell_lines(cell: &[Fragment]) -> Vec<Line> {
    rows(cell.to_vec()).iter().map(|row| line(row.iter())).collect()
}

fn cell_text(cell: &[Fragment]) -> String {
    let lines = cell_lines(cell);
    lines.iter().fold(String::new(), |text, line| joined(&text, &line.text))
}

fn drawn_table(table: Vec<tables::Cells>) -> Vec<Block> {
    let mut out = Vec::new();
    let mut texts: Vec<Vec<String>> = Vec::new();
    for cells in table {
        if cells.iter().all(|cell| rows(cell.clone()).len() <= MAX_CELL_LINES) {
            texts.push(cells.iter().map(|cell| cell_text(cell)).collect());
            continue;
        }
        out.extend(block_of(
            table_rows(std::mem::take(&mut texts)),
            f64::NEG_INFINITY,
            true,
        ));
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            let lines = cell_lines(cell).into_iter().map(Item::Line);
            out.extend(block_of(lines.collect(), f64::NEG_INFINITY, true));
        }
    }
    out.extend(block_of(table_rows(texts), f64::NEG_INFINITY, true));
    out
}

fn table_rows(texts: Vec<Vec<String>>) -> Vec<Item> {
    let has_head = names_columns(&texts);
    let rows = texts.into_iter().enumerate();
    rows.map(|(number, cells)| Item::Row {
        cells,
        is_head: has_head && number == 0,
    })
    .collect()
}

/// Whether the first row names the columns: short words in each cell. In two columns that is as well the way of a form
/// (`主持人 | 赵明`), unless what stands below is long.
fn names_columns(rows: &[Vec<String>]) -> bool {
    let Some((first, below)) = rows.split_first() else {
        return false;
    };
    let is_name = |cell: &String| {
        let length = cell.chars().count();
        (1..=MAX_HEAD).contains(&length) && !cell.contains(|c: char| c.is_numeric() || "。，；：".contains(c))
    };
    let is_long = |cells: &Vec<String>| cells.last().is_some_and(|cell| cell.chars().count() > MAX_HEAD);
    let has_long = first.len() > 2 || below.iter().all(is_long);
    first.len() > 1 && !below.is_empty() && first.iter().all(is_name) && has_long
}
