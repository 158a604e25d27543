//! Tables that hold data, row by row; tables that only put a page's parts side by side are no tables here.

use super::lines::{Kind, Line, lines};
use super::tree::{Id, Tree, is_heading};

/// A cell that is longer holds a page, not a datum.
const LONGEST_CELL: usize = 1500;
/// Lines in a cell from which on it holds a page.
const MOST_LINES: usize = 12;

/// The rows of a table; `None` if it is one for the layout only.
pub(super) fn rows(tree: &Tree, table: Id) -> Option<Vec<Line>> {
    let mut found = Rows::default();
    found.collect(tree, table, false)?;
    let texts: Vec<Vec<Cell>> = found
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|id| Cell::of(tree, *id)).collect())
        .collect();
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.text.is_empty()).count();
    let cells = || texts.iter().flatten();
    let linked: usize = cells().map(|cell| cell.linked).sum();
    let length: usize = cells().map(|cell| cell.text.chars().count()).sum();
    let holds_page = cells().any(|cell| cell.lines > MOST_LINES || cell.text.chars().count() > LONGEST_CELL);
    // One row or one column is a box around something.
    let is_box = texts.iter().filter(|row| filled(row) > 1).count() < 2;
    if holds_page || is_box || linked * 2 > length {
        return None;
    }
    Some(aligned(tree, &found.rows, &texts))
}

#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
}

struct Row {
    cells: Vec<Id>,
    id: Id,
    is_head: bool,
}

impl Rows {
    /// Finds the rows below a node; `None` where something stands that no table of data holds.
    fn collect(&mut self, tree: &Tree, id: Id, in_head: bool) -> Option<()> {
        for child in tree.children(id) {
            match tree.name(*child) {
                "tr" => {
                    let is_cell = |cell: &Id| matches!(tree.name(*cell), "td" | "th");
                    let is_shown = |cell: &Id| tree.element(*cell).is_some_and(|element| !element.is_hidden);
                    let cells: Vec<Id> = tree
                        .children(*child)
                        .iter()
                        .copied()
                        .filter(|cell| is_cell(cell) && is_shown(cell))
                        .collect();
                    if cells.iter().any(|cell| holds_layout(tree, *cell)) {
                        return None;
                    }
                    let is_head = !cells.is_empty() && (in_head || cells.iter().all(|cell| tree.name(*cell) == "th"));
                    self.rows.push(Row {
                        cells,
                        id: *child,
                        is_head,
                    });
                }
                "table" => return None,
                // What stands between the rows would be lost: such a table is read as blocks.
                "caption" if !tree.children(*child).is_empty() => return None,
                name => self.collect(tree, *child, in_head || name == "thead")?,
            }
        }
        Some(())
    }
}

/// Whether a cell holds a table or a heading: then it holds a part of the page.
fn holds_layout(tree: &Tree, id: Id) -> bool {
    let name = tree.name(id);
    name == "table" || is_heading(name) || tree.children(id).iter().any(|child| holds_layout(tree, *child))
}

struct Cell {
    text: String,
    linked: usize,
    lines: usize,
}

impl Cell {
    fn of(tree: &Tree, id: Id) -> Cell {
        let lines = lines(tree, id);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        Cell {
            text: texts.join(" "),
            linked: lines.iter().map(|line| line.linked).sum(),
            lines: lines.len(),
        }
    }
}

/// The rows as lines, with empty cells where one reaches over several columns or rows, so that columns stay below each other.
fn aligned(tree: &Tree, rows: &[Row], texts: &[Vec<Cell>]) -> Vec<Line> {
    let mut lines = Vec::new();
    // How many more rows the cell above reaches down, by column.
    let mut reaching: Vec<usize> = Vec::new();
    for (row, cells) in rows.iter().zip(texts) {
        let mut line = RowLine::default();
        for (id, cell) in row.cells.iter().zip(cells) {
            line.skip_covered(&mut reaching);
            let (columns, down) = tree
                .element(*id)
                .map_or((1, 1), |element| (element.columns, element.rows));
            for column in 0..columns {
                line.push(if column == 0 { &cell.text } else { "" }, &mut reaching, down - 1);
            }
        }
        line.skip_covered(&mut reaching);
        if line.text.trim().is_empty() {
            continue;
        }
        lines.push(Line {
            text: line.text,
            block: row.id,
            kind: Kind::Row {
                cells: line.cells,
                head: row.is_head,
            },
            linked: cells.iter().map(|cell| cell.linked).sum(),
        });
    }
    lines
}

#[derive(Default)]
struct RowLine {
    text: String,
    cells: Vec<usize>,
}

impl RowLine {
    fn push(&mut self, words: &str, reaching: &mut Vec<usize>, down: usize) {
        let column = self.cells.len();
        if column > 0 {
            self.text.push('\t');
        }
        // A tab in a cell (from <pre>) would part it.
        self.text.push_str(&words.replace('\t', " "));
        self.cells.push(words.len());
        match reaching.get_mut(column) {
            Some(left) => *left = down,
            None => reaching.push(down),
        }
    }

    /// Empty cells where one from above reaches down.
    fn skip_covered(&mut self, reaching: &mut Vec<usize>) {
        while let Some(left) = reaching.get(self.cells.len()).copied().filter(|left| *left > 0) {
            self.push("", reaching, left - 1);
        }
    }
}
