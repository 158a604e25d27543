//! Markdown: each quote as a block, its source below it.

use std::fmt::Write as _;

use super::Sheet;
use crate::text::read_on;
use crate::wording::task_words;

/// The document's text.
pub fn written(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n\n", plain(&sheet.title));
    for line in &sheet.head {
        let _ = write!(out, "{}\n\n", plain(line));
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        let text = read_on(&row.text);
        let mut lines = text.lines().map(plain);
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(out, "{}. > {first}", index + 1);
        for line in lines {
            let _ = writeln!(out, "   > {line}");
        }
        out.push('\n');
        if let Some(task) = task_words(sheet.lang, row.owner.as_deref(), row.due.as_deref()) {
            let _ = write!(out, "   {}\n\n", plain(&task));
        }
        let _ = write!(out, "   —— {}\n\n", plain(&row.source));
    }
    out
}

/// `text` so that a reader of Markdown shows it as it stands.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
