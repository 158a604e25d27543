//! Tables of remarks: whose words stand in which cell.

use super::block::{Block, Kind};
use super::page::Page;
use super::shape::Shape;
use super::table::Columns;
use crate::meeting::Reason;
use crate::reading::turns::{Head, cell_head, is_time};
use crate::text::Span;

/// Tables of remarks: each row's words are those of whom the row names, or of whom the row above names.
pub fn remarks_of_tables(text: &str, page: &Page<'_>, blocks: &mut [(Block, usize)]) {
    let mut columns: Option<Columns> = None;
    let mut in_table = false;
    let mut last: Option<(Option<Span>, Option<Span>)> = None;
    for (block, line) in blocks.iter_mut() {
        let Shape::Row(row) = &page.shapes[*line] else {
            in_table = matches!(block.kind, Kind::Furniture(_)) && in_table;
            continue;
        };
        if !in_table || row.head {
            columns = Columns::of(text, row);
            in_table = true;
            last = None;
            if columns.is_some() {
                block.kind = Kind::Furniture(Reason::Metadata);
                continue;
            }
        }
        let Some(columns) = columns else { continue };
        let cell = |at: usize| row.cells.get(at).copied().filter(|cell| !cell.is_empty());
        let Some(words) = cell(columns.words) else { continue };
        let named = (cell(columns.speaker), columns.office.and_then(cell));
        let (name, office) = if named.0.is_some() {
            named
        } else if row.cells.iter().any(|cell| is_time(cell.of(text))) {
            // ,9.5,12,都修。: a program that heard nobody whom it knows, and no cell over several rows.
            named
        } else {
            last.unwrap_or(named)
        };
        last = Some((name, office));
        let used = [Some(columns.words), Some(columns.speaker), columns.office];
        let rest = (0..row.cells.len())
            .filter(|at| !used.contains(&Some(*at)))
            .filter_map(cell)
            .filter(|cell| cell.of(text).chars().any(char::is_alphabetic))
            .collect();
        let head = match name {
            Some(name) => cell_head(text, name, office, words),
            None => Head {
                name,
                office,
                words,
                sure: true,
            },
        };
        block.kind = Kind::Row { head, rest };
    }
}
