//! Tables: rows of cells on the grid of their columns, or, where a table only frames running text, its paragraphs.

use super::story::Block;
use crate::reading::format::lines::names_columns;
use crate::reading::format::xml::Element;

/// Word's own bound on columns: a cell cannot span more.
const MAX_COLUMNS: usize = 63;
/// From so many paragraphs on a cell of a form is running text: the minutes of a meeting in one frame.
const FRAMED_PARAGRAPHS: usize = 3;
/// … and from so many characters on.
const FRAMED_LENGTH: usize = 80;

/// A table whose rows are being read.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    row: Option<Row>,
    cell: Option<Cell>,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// Cells that the document has, without those that only fill the grid.
    stated: usize,
    /// Whether it repeats on each page, as rows do that name the columns.
    repeats: bool,
    deleted: bool,
}

#[derive(Debug, Default)]
struct Cell {
    paragraphs: Vec<String>,
    /// Whether the cell above or the one before goes on here.
    continued: bool,
    /// Columns that it spans besides its own.
    further: usize,
}

impl Table {
    /// Begins a row or a cell, or takes a property of one.
    pub fn open(&mut self, element: &Element<'_>) {
        match element.name() {
            "tr" => self.row = Some(Row::default()),
            "tc" => self.cell = Some(Cell::default()),
            name => match (&mut self.cell, &mut self.row) {
                (Some(cell), _) => cell.take(name, element),
                (None, Some(row)) => row.take(name, element),
                (None, None) => {}
            },
        }
    }

    /// Ends a row or a cell.
    pub fn close(&mut self, name: &str) {
        match name {
            "tc" => {
                if let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) {
                    row.add(cell);
                }
            }
            "tr" => self.rows.extend(self.row.take().filter(|row| !row.deleted)),
            _ => {}
        }
    }

    /// Drops the row that is open, as its tracked deletion says.
    pub fn delete_row(&mut self) {
        if let Some(row) = &mut self.row {
            row.deleted = true;
        }
    }

    /// Whether a cell is open, so that text belongs to it.
    pub fn in_cell(&self) -> bool {
        self.cell.is_some()
    }

    /// Whether properties of the row, not of a cell, are being read.
    pub fn in_row_properties(&self) -> bool {
        self.row.is_some() && self.cell.is_none()
    }

    /// Adds a paragraph to the cell that is open.
    pub fn add(&mut self, text: String) {
        if let Some(cell) = &mut self.cell
            && !cell.continued
            && !text.trim().is_empty()
        {
            cell.paragraphs.push(text);
        }
    }

    /// The table as lines of text, for a cell that it stands in.
    pub fn flat(self) -> impl Iterator<Item = String> {
        self.rows.into_iter().map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(Cell::text)
                .filter(|text| !text.is_empty())
                .collect();
            cells.join(" ")
        })
    }

    /// The table as blocks.
    pub fn blocks(self) -> Vec<Block> {
        let has_head = self.rows.first().is_some_and(|first| !first.repeats)
            && self.rows.len() > 1
            && self.rows.first().is_some_and(Row::names_columns);
        let mut blocks = Vec::new();
        for (index, row) in self.rows.into_iter().enumerate() {
            if row.is_frame() {
                blocks.extend(row.into_paragraphs().map(Block::paragraph));
            } else {
                blocks.push(Block::Row {
                    head: row.repeats || (index == 0 && has_head),
                    cells: row.cells.iter().map(Cell::text).collect(),
                });
            }
        }
        blocks
    }
}

impl Row {
    fn take(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "tblHeader" => self.repeats = element.is_on(),
            "gridBefore" => self.fill(element.number("val").unwrap_or(0)),
            _ => {}
        }
    }

    fn add(&mut self, cell: Cell) {
        let further = cell.further;
        self.stated += 1;
        self.cells.push(cell);
        self.fill(further);
    }

    /// Adds empty cells, so that the columns of all rows agree.
    fn fill(&mut self, count: usize) {
        let count = count.min(MAX_COLUMNS.saturating_sub(self.cells.len()));
        self.cells.extend(std::iter::repeat_with(Cell::default).take(count));
    }

    fn names_columns(&self) -> bool {
        names_columns(&self.cells.iter().map(Cell::text).collect::<Vec<_>>())
    }

    fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.paragraphs.is_empty())
    }

    /// Whether the row frames running text instead of setting values side by side: one cell, or a label and beside it what was
    /// said, paragraph by paragraph. On one line nobody could tell who begins to speak where.
    fn is_frame(&self) -> bool {
        match self.filled().count() {
            0 => false,
            1 => self.stated == 1 || self.filled().any(Cell::is_running_text),
            2 => self.filled().last().is_some_and(Cell::is_running_text),
            _ => false,
        }
    }

    fn into_paragraphs(self) -> impl Iterator<Item = String> {
        self.cells.into_iter().flat_map(|cell| cell.paragraphs)
    }
}

impl Cell {
    fn take(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "gridSpan" => {
                let columns: usize = element.number("val").unwrap_or(1);
                self.further = columns.saturating_sub(1).min(MAX_COLUMNS);
            }
            "vMerge" | "hMerge" => {
                self.continued = element.attr("val").is_none_or(|value| value == "continue");
            }
            _ => {}
        }
    }

    fn text(&self) -> String {
        self.paragraphs.join(" ")
    }

    fn is_running_text(&self) -> bool {
        let length: usize = self.paragraphs.iter().map(|text| text.chars().count()).sum();
        self.paragraphs.len() >= FRAMED_PARAGRAPHS && length >= FRAMED_LENGTH
    }
}
