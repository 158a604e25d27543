//! A grid of counts: the more, the darker, with the number in each cell.

use super::figure::Grid;
use super::sheet::{Anchor, Ink, LABEL, MARGIN, SMALL, Sheet, WIDTH, fitting, in_lines, width_of};

/// How high a cell is, and what lies between two.
const CELL: f32 = 34.0;
const GAP: f32 = 3.0;
/// The widest head of a row, and the widest cell.
const HEAD: f32 = 150.0;
const WIDE: f32 = 110.0;

/// The grid on a sheet.
pub fn laid_out(grid: &Grid) -> Sheet {
    let mut sheet = Sheet::headed(&grid.frame);
    let head = grid
        .rows
        .iter()
        .map(|(head, _)| width_of(head, LABEL))
        .fold(0.0, f32::max)
        .min(HEAD);
    let left = MARGIN + head + 10.0;
    let width = ((WIDTH - MARGIN - left) / grid.columns.len().max(1) as f32).min(WIDE);
    let most = grid
        .rows
        .iter()
        .flat_map(|(_, counts)| counts)
        .max()
        .copied()
        .unwrap_or(0)
        .max(1);
    let heads: Vec<Vec<String>> = grid
        .columns
        .iter()
        .map(|column| in_lines(column, SMALL, width - GAP, 3))
        .collect();
    let lines = heads.iter().map(Vec::len).max().unwrap_or(0);
    for (index, head) in heads.iter().enumerate() {
        let middle = left + width * index as f32 + (width - GAP) / 2.0;
        for (line, words) in head.iter().enumerate() {
            // The last lines stand beside each other.
            let row = lines - head.len() + line;
            let y = sheet.height + (SMALL + 4.0) * (row as f32 + 1.0);
            sheet.words_at((middle, y), SMALL, Anchor::Middle, Ink::Text, words);
        }
    }
    sheet.height += (SMALL + 4.0) * lines as f32 + 8.0;
    for (head, counts) in &grid.rows {
        let line = sheet.height + CELL / 2.0 + LABEL * 0.36;
        let words = fitting(head, LABEL, HEAD);
        sheet.words_at((left - 10.0, line), LABEL, Anchor::End, Ink::Text, &words);
        for (index, count) in counts.iter().enumerate() {
            let x = left + width * index as f32;
            // What is there at all is seen, however little it is.
            let share = match *count {
                0 => 0,
                count => (12 + count * 88 / most).min(100) as u8,
            };
            sheet.filled((x, sheet.height), (width - GAP, CELL - GAP), 5.0, Ink::Heat(share));
            if *count > 0 {
                let middle = x + (width - GAP) / 2.0;
                sheet.words_at(
                    (middle, line - 1.0),
                    SMALL,
                    Anchor::Middle,
                    Ink::OnHeat(share),
                    &count.to_string(),
                );
            }
        }
        sheet.height += CELL;
    }
    sheet.ended(&grid.frame)
}
