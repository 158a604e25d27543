//! Tables of Markdown: a row of names, a rule of dashes, rows.

use crate::text::Span;

/// Whether a line is the rule below a table's head: `| --- | :-: |`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    if !line.contains('|') || !line.contains('-') {
        return false;
    }
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    line.split('|').all(|cell| {
        let cell = cell.trim();
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.chars().all(|c| c == '-')
    })
}

/// The cells of a row, without their padding; `\|` parts none.
pub(super) fn cells(text: &str, line: Span) -> Vec<Span> {
    let row = line.trimmed(text);
    let words = row.of(text);
    let mut bounds = vec![];
    let mut escaped = false;
    for (at, c) in words.char_indices() {
        if c == '|' && !escaped {
            bounds.push(at);
        }
        escaped = c == '\\' && !escaped;
    }
    let opens = bounds.first() == Some(&0);
    let closes = bounds.last().is_some_and(|at| *at > 0 && at + 1 == words.len());
    let mut start = 0;
    if opens {
        bounds.remove(0);
        start = 1;
    }
    if !closes {
        bounds.push(words.len());
    }
    let mut cells = Vec::with_capacity(bounds.len());
    for end in bounds {
        cells.push(Span::new(row.start() + start, row.start() + end).trimmed(text));
        start = end + 1;
    }
    cells
}
