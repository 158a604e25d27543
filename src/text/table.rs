//! The plain data files beside the code: one row a line, columns between tabs, `#` for comments.

/// The rows of a data file that is compiled in, comments and blank lines left out.
pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_and_blank_lines_are_not_rows() {
        let rows: Vec<_> = super::rows("# head\n\n说\tsay\n要求\n").collect();
        assert_eq!(rows, [vec!["说", "say"], vec!["要求"]]);
    }
}
