//! The plain data files beside the code: one row a line, columns between tabs, `#` for comments. They are read strictly: a
//! row that is wrong is told by file and line.

use std::ops::{Deref, RangeInclusive};

/// The rows of the data file beside the code that is compiled in: `rows!("cues.tsv", 2..=3)` has two columns or three.
macro_rules! data_rows {
    ($file:literal, $least:literal..=$most:literal) => {
        $crate::text::Rows::new(::std::file!(), $file, include_str!($file), $least..=$most)
    };
    ($file:literal, $columns:literal) => {
        $crate::text::Rows::new(::std::file!(), $file, include_str!($file), $columns..=$columns)
    };
}
pub(crate) use data_rows as rows;

/// A data file whose rows are a kind and words between spaces, as a struct with the words of each kind, read once; the fields are
/// called as the kinds are:
/// `words_by_kind! { static REPLIES: Replies = "replies.tsv" { how, both, who } }`.
macro_rules! data_words_by_kind {
    ($(#[$about:meta])* $seen:vis static $words:ident: $Words:ident = $file:literal {
        $($(#[$doc:meta])* $kind:ident),+ $(,)?
    }) => {
        $(#[$about])*
        $seen struct $Words {
            $($(#[$doc])* $seen $kind: ::std::vec::Vec<&'static str>,)+
        }

        $(#[$about])*
        $seen static $words: ::std::sync::LazyLock<$Words> = ::std::sync::LazyLock::new(|| {
            let [$($kind),+] = $crate::text::rows!($file, 2).by_kind([$(stringify!($kind)),+]);
            $Words { $($kind),+ }
        });
    };
}
pub(crate) use data_words_by_kind as words_by_kind;

/// The rows of a data file that is compiled in, comments and blank lines left out.
///
/// A cell without words and a number of columns that is not the file's are faults of ours: reading them panics with file
/// and line. A test reads all files, and looks for rows that stand there twice, so none leaves the workshop.
#[derive(Debug)]
pub struct Rows {
    file: String,
    lines: std::iter::Enumerate<std::str::Lines<'static>>,
    columns: RangeInclusive<usize>,
}

/// A row, and where it stands.
#[derive(Debug)]
pub struct Row {
    cells: Vec<&'static str>,
    place: String,
}

impl Rows {
    /// Of the file `name` beside the `code` that reads it.
    pub fn new(code: &str, name: &str, table: &'static str, columns: RangeInclusive<usize>) -> Rows {
        let folder = code.rfind(['/', '\\']).map_or("", |end| &code[..=end]);
        Rows {
            file: format!("{folder}{name}"),
            lines: table.lines().enumerate(),
            columns,
        }
    }

    /// Of rows that are a kind and words between spaces: the words of each of the `kinds`, in their order.
    ///
    /// # Panics
    ///
    /// Where a row is of another kind: the file is ours, and a test reads it.
    pub fn by_kind<const N: usize>(self, kinds: [&str; N]) -> [Vec<&'static str>; N] {
        let mut words = std::array::from_fn(|_| Vec::new());
        for row in self {
            match kinds.iter().position(|kind| *kind == row[0]) {
                Some(at) => words[at].extend(row[1].split(' ')),
                None => row.wrong("no such kind"),
            }
        }
        words
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (number, line) = self
            .lines
            .by_ref()
            .map(|(number, line)| (number, line.trim_end()))
            .find(|(_, line)| !line.is_empty() && !line.starts_with('#'))?;
        let row = Row {
            cells: line.split('\t').map(str::trim).collect(),
            place: format!("{}:{}", self.file, number + 1),
        };
        if !self.columns.contains(&row.len()) {
            row.wrong("columns are missing, or too many");
        }
        if row.iter().any(|cell| cell.is_empty()) {
            row.wrong("a cell without words");
        }
        Some(row)
    }
}

impl Row {
    /// Says what is wrong with the row.
    ///
    /// # Panics
    ///
    /// Always: the file is ours, and a test reads it.
    pub fn wrong(&self, what: &str) -> ! {
        panic!("{}: {what}: {}", self.place, self.cells.join("\t"))
    }
}

impl Deref for Row {
    type Target = Vec<&'static str>;

    fn deref(&self) -> &Vec<&'static str> {
        &self.cells
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn some(table: &'static str) -> Rows {
        Rows::new("src/text/table.rs", "a.tsv", table, 1..=2)
    }

    #[test]
    fn comments_and_blank_lines_are_not_rows() {
        let rows: Vec<Vec<&str>> = some("# head\n\n说\tsay\n要求\n").map(|row| row.to_vec()).collect();
        assert_eq!(rows, [vec!["说", "say"], vec!["要求"]]);
    }

    #[test]
    fn a_wrong_row_is_told_by_file_and_line() {
        for (table, fault) in [
            (
                "说\n要\t求\t了\n",
                "src/text/a.tsv:2: columns are missing, or too many: 要\t求\t了",
            ),
            ("说\n\n\tsay\n", "src/text/a.tsv:3: a cell without words: \tsay"),
        ] {
            let told = std::panic::catch_unwind(|| some(table).count()).unwrap_err();
            assert_eq!(told.downcast_ref::<String>().map(String::as_str), Some(fault));
        }
        let told = std::panic::catch_unwind(|| some("说\n").next().map(|row| row.wrong("no such cue"))).unwrap_err();
        assert_eq!(
            told.downcast_ref::<String>().map(String::as_str),
            Some("src/text/a.tsv:1: no such cue: 说")
        );
    }

    #[test]
    fn words_stand_under_their_kind_and_another_kind_is_told() {
        let [said, done] = some("said\t说 讲\ndone\t办\nsaid\t称\n").by_kind(["said", "done"]);
        assert_eq!((said, done), (vec!["说", "讲", "称"], vec!["办"]));
        let told = std::panic::catch_unwind(|| some("said\t说\nheard\t听\n").by_kind(["said"])).unwrap_err();
        assert_eq!(
            told.downcast_ref::<String>().map(String::as_str),
            Some("src/text/a.tsv:2: no such kind: heard\t听")
        );
    }

    #[test]
    fn every_data_file_is_read_and_well_formed() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut tables, mut code) = (Vec::new(), String::new());
        for entry in walkdir::WalkDir::new(root).into_iter().map(Result::unwrap) {
            match entry.path().extension().and_then(|ending| ending.to_str()) {
                Some("tsv") => tables.push(entry.into_path()),
                Some("rs") => code.push_str(&std::fs::read_to_string(entry.path()).unwrap()),
                _ => {}
            }
        }
        assert!(tables.len() > 50, "{}", tables.len());
        for path in tables {
            let name = path.file_name().unwrap().to_str().unwrap();
            let named = [format!("\"{name}\""), format!("/{name}\"")];
            assert!(named.iter().any(|named| code.contains(named)), "nobody reads {name}");
            // A test's leak is its process's end.
            let table: &str = Box::leak(std::fs::read_to_string(&path).unwrap().into_boxed_str());
            let mut seen = HashSet::new();
            for row in Rows::new("", &path.to_string_lossy(), table, 1..=3) {
                if !seen.insert(row.to_vec()) {
                    row.wrong("a row twice");
                }
            }
            assert!(!seen.is_empty(), "{name}");
        }
    }
}
