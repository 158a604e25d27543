//! Bars below each other: a line of words, and below it how much.

use super::figure::Bars;
use super::sheet::{Anchor, Ink, LABEL, MARGIN, SMALL, Sheet, WIDTH, fitting, width_of};

/// How high a bar is.
const BAR: f32 = 13.0;

/// The bars on a sheet.
pub fn laid_out(bars: &Bars) -> Sheet {
    let mut sheet = Sheet::headed(&bars.frame);
    let most = bars.rows.iter().filter_map(|bar| bar.value).max().unwrap_or(0).max(1);
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
        if let Some(value) = bar.value {
            let length = (whole * value as f32 / most as f32).max(2.0);
            sheet.filled((MARGIN, sheet.height), (whole, BAR), 4.0, Ink::Track);
            sheet.filled((MARGIN, sheet.height), (length, BAR), 4.0, Ink::of(bar.colour));
            sheet.height += BAR + 6.0;
        }
    }
    sheet.ended(&bars.frame)
}

#[cfg(test)]
mod tests {
    use super::super::figure::Bar;
    use super::super::sheet::Shape;
    use super::*;

    #[test]
    fn what_is_left_out_makes_nobodys_bar_short() {
        let bar = |label: &str, value| Bar {
            label: label.to_owned(),
            value,
            ..Bar::default()
        };
        let bars = Bars {
            rows: vec![bar("王静", Some(90)), bar("刘晖", Some(45)), bar("其余 50 位", None)],
            ..Bars::default()
        };
        let sheet = laid_out(&bars);
        let filled = sheet.shapes.iter().filter_map(|shape| match shape {
            Shape::Box { width, ink, .. } if *ink != Ink::Track => Some(*width),
            _ => None,
        });
        let whole = WIDTH - 2.0 * MARGIN;
        assert_eq!(filled.collect::<Vec<_>>(), [whole, whole / 2.0]);
        let words = |shape: &Shape| matches!(shape, Shape::Words { words, .. } if words.starts_with("其余"));
        assert!(sheet.shapes.iter().any(words));
    }
}
