//! A sheet as SVG, in text that stays text: whatever reads it has a font.

use std::fmt::Write as _;

use super::sheet::{Anchor, Ink, Shape, Sheet, WIDTH};
use super::theme::{Rgb, Theme};
use crate::page::push_escaped;

/// Fonts with Chinese characters, as the systems call theirs.
const FONTS: &str = "system-ui,-apple-system,'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',\
'Source Han Sans SC','WenQuanYi Zen Hei',sans-serif";

/// The file.
pub fn written(sheet: &Sheet, theme: Option<Theme>) -> String {
    let mut inks: Vec<Ink> = vec![Ink::Ground];
    for shape in &sheet.shapes {
        let ink = match shape {
            Shape::Box { ink, .. } | Shape::Words { ink, .. } => *ink,
        };
        if !inks.contains(&ink) {
            inks.push(ink);
        }
    }
    let class = |ink: &Ink| inks.iter().position(|known| known == ink).unwrap_or(0);
    let colours = |theme: Theme| -> String {
        let rules = inks.iter().enumerate();
        let rule = |(index, ink): (usize, &Ink)| format!(".i{index}{{fill:{}}}", hex(theme.rgb(*ink)));
        rules.map(rule).collect()
    };
    let mut style = colours(theme.unwrap_or_default());
    if theme.is_none() {
        let _ = write!(style, "@media (prefers-color-scheme:dark){{{}}}", colours(Theme::Dark));
    }
    let height = sheet.height;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" \
         role=\"img\" font-family=\"{FONTS}\"><style>{style}</style><rect class=\"i0\" width=\"100%\" height=\"100%\"/>"
    );
    for shape in &sheet.shapes {
        match shape {
            Shape::Box {
                x,
                y,
                width,
                height,
                round,
                ink,
            } => {
                let class = class(ink);
                let _ = write!(
                    out,
                    "<rect class=\"i{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round:.1}\"/>"
                );
            }
            Shape::Words {
                x,
                y,
                size,
                anchor,
                bold,
                ink,
                words,
            } => {
                let class = class(ink);
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                };
                let bold = if *bold { " font-weight=\"600\"" } else { "" };
                let _ = write!(
                    out,
                    "<text class=\"i{class}\" x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{bold}>"
                );
                push_escaped(&mut out, words);
                out.push_str("</text>");
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
