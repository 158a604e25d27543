//! An answer as rows and columns, whatever they are written in.

use std::fmt;

use super::Sheet;
use crate::wording::{certainty_words, export_columns, voice_kind_words};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, also none.
    Words(String),
    /// A number.
    Number(usize),
}

impl Cell {
    fn of(words: impl Into<String>) -> Cell {
        Cell::Words(words.into())
    }

    fn own(words: &Option<String>) -> Cell {
        Cell::Words(words.clone().unwrap_or_default())
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Words(words) => f.write_str(words),
            Cell::Number(number) => number.fmt(f),
        }
    }
}

/// The heads of the columns, and a row for each quote; where there is none, why.
pub fn rows(sheet: &Sheet) -> Vec<Vec<Cell>> {
    let mut rows = vec![export_columns(sheet.lang).map(Cell::of).to_vec()];
    for (index, row) in sheet.rows.iter().enumerate() {
        let certainty = row
            .certainty
            .map(|certainty| certainty_words(sheet.lang, certainty))
            .unwrap_or_default();
        rows.push(vec![
            Cell::Number(index + 1),
            Cell::of(&row.text),
            Cell::own(&row.name),
            Cell::own(&row.office),
            Cell::own(&row.county),
            Cell::of(voice_kind_words(sheet.lang, row.kind)),
            Cell::of(certainty),
            Cell::of(&row.meeting),
            Cell::own(&row.date),
            Cell::own(&row.section),
            Cell::of(&row.file),
            row.paragraph.map_or(Cell::of(""), Cell::Number),
            Cell::Number(row.at.start),
            Cell::Number(row.at.end),
            Cell::own(&row.owner),
            Cell::own(&row.due),
        ]);
    }
    if sheet.rows.is_empty() {
        rows.extend(sheet.head.iter().map(|line| vec![Cell::of(""), Cell::of(line)]));
    }
    rows
}
