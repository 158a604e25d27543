//! Counts as pictures: who said how much at a meeting, a topic over time, counties by topics. SVG needs nothing; PNG needs a font
//! with Chinese characters.
//!
//! - `figure`: what is shown; `figures`: what of the surveys that is
//! - `bars`, `columns`, `grid`: a figure laid out as boxes and words on a sheet (`sheet`), in the colours of a theme (`theme`)
//! - `svg`, `png`: a sheet as a file; `font`: where a font is found

mod bars;
mod columns;
mod figure;
mod figures;
mod font;
mod grid;
mod png;
mod sheet;
mod svg;
mod theme;

pub use figure::Figure;
pub use figures::{grid_figure, meeting_figure, person_figure, topic_figure};
pub use font::{Font, FontError};
pub use theme::Theme;

use sheet::Sheet;

impl Figure {
    /// What it is of.
    pub fn title(&self) -> &str {
        match self {
            Figure::Bars(bars) => &bars.frame.title,
            Figure::Columns(columns) => &columns.frame.title,
            Figure::Grid(grid) => &grid.frame.title,
        }
    }

    fn sheet(&self) -> Sheet {
        match self {
            Figure::Bars(bars) => bars::laid_out(bars),
            Figure::Columns(columns) => columns::laid_out(columns),
            Figure::Grid(grid) => grid::laid_out(grid),
        }
    }

    /// As SVG; without a theme it follows the reader's, dark or light.
    pub fn svg(&self, theme: Option<Theme>) -> String {
        svg::written(&self.sheet(), theme)
    }

    /// As PNG, twice as large as its units: sharp on a phone.
    pub fn png(&self, theme: Theme, font: &Font) -> Vec<u8> {
        png::written(&self.sheet(), theme, font)
    }
}
