//! Tables: rows of cells, and which columns say who spoke and what.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lines::Line;
use crate::reading::format::MarkKind;
use crate::text::{Span, fold_str, rows};

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells in order; those without words are empty.
    pub cells: Vec<Span>,
    /// Whether the format says that it names the columns.
    pub head: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Role {
    Speaker,
    Office,
    Words,
}

static ROLES: LazyLock<HashMap<&str, Role>> = LazyLock::new(|| {
    rows!("columns.tsv", 2)
        .map(|row| match row.as_slice() {
            ["speaker", name] => (*name, Role::Speaker),
            ["office", name] => (*name, Role::Office),
            ["words", name] => (*name, Role::Words),
            _ => row.wrong("no such role"),
        })
        .collect()
});

/// Which columns of a table of remarks hold what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The speaker's name.
    pub speaker: usize,
    /// The office, or the body spoken for.
    pub office: Option<usize>,
    /// What was said.
    pub words: usize,
}

impl Columns {
    /// The columns that a table's first row names, where it is a table of remarks.
    pub fn of(text: &str, first: &Row) -> Option<Columns> {
        let role = |cell: &Span| {
            let name: String = fold_str(cell.of(text))
                .to_lowercase()
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '*')
                .collect();
            ROLES.get(name.as_str()).copied()
        };
        let place = |wanted: Role| first.cells.iter().position(|cell| role(cell) == Some(wanted));
        Some(Columns {
            speaker: place(Role::Speaker)?,
            office: place(Role::Office),
            words: place(Role::Words)?,
        })
    }
}

/// For each line its row, where it is one of a table: by the format's word, or because lines of one number of tabs
/// follow each other.
pub fn table_rows(text: &str, lines: &[Line<'_>]) -> Vec<Option<Row>> {
    let tabs = |line: &Line<'_>| match line.mark {
        None => line.span.of(text).matches('\t').count(),
        Some(_) => 0,
    };
    let mut found: Vec<Option<Row>> = lines
        .iter()
        .map(|line| match line.mark {
            Some(MarkKind::Row { cells, head }) => Some(Row {
                cells: cells.clone(),
                head: *head,
            }),
            _ => None,
        })
        .collect();
    let mut from = 0;
    while from < lines.len() {
        let count = tabs(&lines[from]);
        let run = lines[from..]
            .iter()
            .enumerate()
            .take_while(|(index, line)| tabs(line) == count && (*index == 0 || !line.after_blank))
            .count();
        if count >= 1 && run >= FEWEST_ROWS {
            for index in from..from + run {
                found[index] = Some(tabbed(text, lines[index].span));
            }
        }
        from += run;
    }
    found
}

/// Fewest lines with tabs that are a table.
const FEWEST_ROWS: usize = 2;

fn tabbed(text: &str, line: Span) -> Row {
    let mut at = line.start();
    let cells = line
        .of(text)
        .split('\t')
        .map(|cell| {
            let span = Span::new(at, at + cell.len()).trimmed(text);
            at += cell.len() + 1;
            span
        })
        .collect();
    Row { cells, head: false }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::reading::format::Document;

    #[test]
    fn lines_with_tabs_are_rows_and_their_head_names_the_columns() {
        let text = "防汛会商表\n序号\t姓名\t单位职务\t发言内容\n1\t贺天佑\t水务局局长\t先备沙袋\n";
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let found = table_rows(text, &lines(&document, 0));
        assert!(found[0].is_none());
        let columns = Columns::of(text, found[1].as_ref().unwrap()).unwrap();
        assert_eq!((columns.speaker, columns.office, columns.words), (1, Some(2), 3));
        let row = found[2].as_ref().unwrap();
        assert_eq!(row.cells[columns.words].of(text), "先备沙袋");
    }

    #[test]
    fn a_table_of_figures_is_none_of_remarks() {
        let text = "姓名\t电话\n贺天佑\t138\n";
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let found = table_rows(text, &lines(&document, 0));
        assert_eq!(Columns::of(text, found[0].as_ref().unwrap()), None);
    }
}
