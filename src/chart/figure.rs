//! What a picture shows, in words and numbers.

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// A bar for each.
    Bars(Bars),
    /// A column for each time.
    Columns(Columns),
    /// Rows by columns, the more the darker.
    Grid(Grid),
}

/// What stands above and below a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// What it is of.
    pub title: String,
    /// What is counted, when.
    pub subtitle: String,
    /// What a colour means, where there are several: the index is the colour's; `None` is the colour of all else.
    pub legend: Vec<(String, Option<usize>)>,
    /// What is left out, and how to read it.
    pub note: Option<String>,
}

/// Bars below each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Above and below.
    pub frame: Frame,
    /// From top to bottom.
    pub rows: Vec<Bar>,
}

/// One of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Whose.
    pub label: String,
    /// How much, in words.
    pub words: String,
    /// How much; `None` where it is no single one, so that a bar of it would be beside the others'.
    pub value: Option<usize>,
    /// The index of its colour.
    pub colour: Option<usize>,
}

/// Columns beside each other, each of several parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Above and below.
    pub frame: Frame,
    /// From left to right.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// What stands below it.
    pub label: String,
    /// What stands below that once for all that have the same: the year of months.
    pub group: Option<String>,
    /// Its parts by colour, from the bottom.
    pub parts: Vec<(Option<usize>, usize)>,
}

impl Column {
    /// How high it is.
    pub fn sum(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }
}

/// A table of counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Above and below.
    pub frame: Frame,
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The rows, each with its head.
    pub rows: Vec<(String, Vec<usize>)>,
}
