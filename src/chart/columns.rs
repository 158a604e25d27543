//! Columns beside each other, each of several parts, over a line with the times.

use super::figure::{Column, Columns};
use super::sheet::{Anchor, Ink, MARGIN, SMALL, Sheet, WIDTH, width_of};

/// How high the highest column is.
const HIGH: f32 = 240.0;
/// The widest column.
const WIDE: f32 = 64.0;

/// The columns on a sheet.
pub fn laid_out(columns: &Columns) -> Sheet {
    let mut sheet = Sheet::headed(&columns.frame);
    let all = &columns.columns;
    let most = all.iter().map(Column::sum).max().unwrap_or(0).max(1);
    let ground = sheet.height + SMALL + 8.0 + HIGH;
    let whole = WIDTH - 2.0 * MARGIN;
    for share in [0.5, 1.0] {
        sheet.filled((MARGIN, ground - HIGH * share), (whole, 1.0), 0.0, Ink::Line);
    }
    let step = whole / all.len().max(1) as f32;
    let width = (step * 0.66).min(WIDE);
    // Where not every label has room, some stand for their neighbours.
    let widest = all
        .iter()
        .map(|column| width_of(&column.label, SMALL))
        .fold(0.0, f32::max);
    let each = ((widest + 8.0) / step).ceil().max(1.0) as usize;
    let mut group: Option<&str> = None;
    for (index, column) in all.iter().enumerate() {
        let middle = MARGIN + step * (index as f32 + 0.5);
        let mut y = ground;
        for (colour, count) in &column.parts {
            let high = HIGH * *count as f32 / most as f32;
            y -= high;
            sheet.filled((middle - width / 2.0, y), (width, high), 0.0, Ink::of(*colour));
        }
        let sum = column.sum().to_string();
        if column.sum() > 0 && width_of(&sum, SMALL) <= step {
            sheet.words_at((middle, y - 6.0), SMALL, Anchor::Middle, Ink::Text, &sum);
        }
        if !index.is_multiple_of(each) {
            continue;
        }
        sheet.words_at(
            (middle, ground + SMALL + 8.0),
            SMALL,
            Anchor::Middle,
            Ink::Soft,
            &column.label,
        );
        if let Some(name) = column.group.as_deref().filter(|name| group != Some(name)) {
            group = Some(name);
            // Not over the sheet's edge.
            let half = width_of(name, SMALL) / 2.0;
            let x = middle.clamp(MARGIN / 2.0 + half, WIDTH - MARGIN / 2.0 - half);
            sheet.words_at((x, ground + 2.0 * SMALL + 14.0), SMALL, Anchor::Middle, Ink::Text, name);
        }
    }
    sheet.filled((MARGIN, ground), (whole, 1.5), 0.0, Ink::Soft);
    sheet.height = ground + SMALL + 14.0;
    if group.is_some() {
        sheet.height += SMALL + 6.0;
    }
    sheet.ended(&columns.frame)
}
