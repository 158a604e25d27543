//! Bars below each other: a line of words, and below it how much.

use super::figure::Bars;
use super::sheet::{Anchor, Ink, LABEL, MARGIN, SMALL, Sheet, WIDTH, fitting, width_of};

/// How high a bar is.
const BAR: f32 = 13.0;

/// The bars on a sheet.
pub fn laid_out(bars: &Bars) -> Sheet {
    let mut sheet = Sheet::headed(&bars.frame);
    let most = bars.rows.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let whole = WIDTH - 2.0 * MARGIN;
    for bar in &bars.rows {
        let room = whole - width_of(&bar.words, SMALL) - 16.0;
        sheet.height += LABEL + 6.0;
        sheet.words(
            MARGIN,
            LABEL,
            Anchor::Start,
            Ink::Text,
            &fitting(&bar.label, LABEL, room),
        );
        sheet.words(WIDTH - MARGIN, SMALL, Anchor::End, Ink::Soft, &bar.words);
        sheet.height += 6.0;
        let length = (whole * bar.value as f32 / most as f32).max(2.0);
        sheet.filled((MARGIN, sheet.height), (whole, BAR), 4.0, Ink::Track);
        sheet.filled((MARGIN, sheet.height), (length, BAR), 4.0, Ink::of(bar.colour));
        sheet.height += BAR + 6.0;
    }
    sheet.ended(&bars.frame)
}
