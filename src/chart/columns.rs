//! Columns beside each other, each of several parts, over a line with the times.

use super::figure::Columns;
use super::sheet::{Anchor, Ink, MARGIN, SMALL, Sheet, WIDTH, width_of};

/// How high the highest column is.
const HIGH: f32 = 240.0;
/// The widest column.
const WIDE: f32 = 64.0;

/// The columns on a sheet.
pub fn laid_out(columns: &Columns) -> Sheet {
    let mut sheet = Sheet::headed(&columns.frame);
    let sum = |parts: &[(Option<usize>, usize)]| parts.iter().map(|(_, count)| count).sum::<usize>();
    let most = columns.columns.iter().map(|(_, parts)| sum(parts)).max().unwrap_or(0).max(1);
    let top = sheet.height + SMALL + 8.0;
    let ground = top + HIGH;
    let whole = WIDTH - 2.0 * MARGIN;
    for share in [0.5, 1.0] {
        sheet.filled((MARGIN, ground - HIGH * share), (whole, 1.0), 0.0, Ink::Line);
    }
    let step = whole / columns.columns.len().max(1) as f32;
    let width = (step * 0.66).min(WIDE);
    // Where not every label has room, some stand for their neighbours.
    let widest = columns.columns.iter().map(|(label, _)| width_of(label, SMALL)).fold(0.0, f32::max);
    let each = ((widest + 8.0) / step).ceil().max(1.0) as usize;
    for (index, (label, parts)) in columns.columns.iter().enumerate() {
        let middle = MARGIN + step * (index as f32 + 0.5);
        let mut y = ground;
        for (colour, count) in parts {
            let high = HIGH * *count as f32 / most as f32;
            y -= high;
            sheet.filled((middle - width / 2.0, y), (width, high), 0.0, Ink::of(*colour));
        }
        let all = sum(parts);
        if all > 0 && width_of(&all.to_string(), SMALL) <= step {
            sheet.words_at((middle, y - 6.0), SMALL, Anchor::Middle, Ink::Text, &all.to_string());
        }
        if index.is_multiple_of(each) {
            sheet.words_at((middle, ground + SMALL + 8.0), SMALL, Anchor::Middle, Ink::Soft, label);
        }
    }
    sheet.filled((MARGIN, ground), (whole, 1.5), 0.0, Ink::Soft);
    sheet.height = ground + SMALL + 14.0;
    sheet.ended(&columns.frame)
}
