//! Tables of remarks: whose words stand in which cell.

use super::block::{Block, Kind};
use super::page::Page;
use super::shape::Shape;
use super::table::Columns;
use crate::meeting::Reason;
use crate::reading::turns::{Head, cell_head, is_time};
use crate::text::Span;

/// Tables of remarks: each row's words are those of whom the row names, or of whom the row above names. A row with several remarks
/// becomes a block for each.
pub fn remarks_of_tables(text: &str, page: &Page<'_>, blocks: Vec<(Block, usize)>) -> Vec<(Block, usize)> {
    let mut out: Vec<(Block, usize)> = Vec::with_capacity(blocks.len());
    let mut columns: Vec<Columns> = Vec::new();
    let mut in_table = false;
    let mut last: Option<(Option<Span>, Option<Span>)> = None;
    for (mut block, line) in blocks {
        let Shape::Row(row) = &page.shapes[line] else {
            in_table = matches!(block.kind, Kind::Furniture(_)) && in_table;
            out.push((block, line));
            continue;
        };
        if !in_table || row.head {
            columns = Columns::all_of(text, row);
            in_table = true;
            last = None;
            if !columns.is_empty() {
                block.kind = Kind::Furniture(Reason::Metadata);
                out.push((block, line));
                continue;
            }
        }
        let cell = |at: usize| row.cells.get(at).copied().filter(|cell| !cell.is_empty());
        let told: Vec<(&Columns, Span)> = columns
            .iter()
            .filter_map(|columns| Some((columns, cell(columns.words)?)))
            .collect();
        if told.is_empty() {
            out.push((block, line));
            continue;
        }
        let used: Vec<usize> = columns
            .iter()
            .flat_map(|columns| [Some(columns.words), Some(columns.speaker), columns.office])
            .flatten()
            .collect();
        let mut rest: Vec<Span> = (0..row.cells.len())
            .filter(|at| !used.contains(at))
            .filter_map(cell)
            .filter(|cell| cell.of(text).chars().any(char::is_alphabetic))
            .collect();
        let mut from = block.span.start();
        for (index, (columns, words)) in told.iter().enumerate() {
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
            let head = match name {
                Some(name) => cell_head(text, name, office, *words),
                None => Head {
                    name,
                    office,
                    words: *words,
                    sure: true,
                },
            };
            let end = match index + 1 == told.len() {
                true => block.span.end(),
                false => words.end(),
            };
            let mut part = block.clone();
            part.span = Span::new(from, end).trimmed(text);
            part.breaks.retain(|span| part.span.contains(*span));
            let own = |cell: &Span| from <= cell.start() && cell.end() <= end;
            let (mine, others): (Vec<Span>, Vec<Span>) = rest.into_iter().partition(own);
            rest = others;
            part.kind = Kind::Row { head, rest: mine };
            out.push((part, line));
            from = end;
        }
    }
    out
}
