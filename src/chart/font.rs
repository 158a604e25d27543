//! A font with Chinese characters: the one that is set, or one that the system has.

use std::path::{Path, PathBuf};

use ab_glyph_rasterizer::{Point, point};
use thiserror::Error;
use ttf_parser::{Face, OutlineBuilder};
use walkdir::WalkDir;

/// Characters that a Chinese font has: simplified, so that none for traditional or Japanese alone is taken.
const NEEDED: [char; 4] = ['县', '会', '发', '讲'];
/// The largest file that is looked at.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Parts of the names of good fonts, the best first; others do too.
const GOOD: [&str; 10] = [
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "pingfang",
    "msyh",
    "hiragino",
    "wqy-microhei",
    "wqy-zenhei",
    "simhei",
    "droidsansfallback",
];
/// Names of fonts for headings alone, or with strokes too fine for a phone.
const THIN: [&str; 5] = ["thin", "light", "black", "mono", "bold"];

/// Why there is no font.
#[derive(Debug, Error)]
pub enum FontError {
    /// None on this system has Chinese characters.
    #[error("no font with Chinese characters is installed")]
    None,
    /// The one that is set is none.
    #[error("{}: not a font with Chinese characters", .0.display())]
    Bad(PathBuf),
    /// The one that is set cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A font that has Chinese characters.
pub struct Font {
    bytes: Vec<u8>,
    index: u32,
}

/// A piece of an outline, in points, upwards from where the letters stand.
#[derive(Clone, Copy)]
pub enum Curve {
    Line(Point, Point),
    Quad(Point, Point, Point),
    Cubic(Point, Point, Point, Point),
}

/// The outline of a character, in points.
pub struct Outline {
    pub curves: Vec<Curve>,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

impl Font {
    /// The font that is set, or else the best that the system has.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn find(set: Option<&Path>) -> Result<Font, FontError> {
        if let Some(path) = set {
            let bytes = std::fs::read(path).map_err(|source| FontError::Read {
                path: path.to_owned(),
                source,
            })?;
            return Font::of(bytes).ok_or_else(|| FontError::Bad(path.to_owned()));
        }
        let mut found: Vec<(usize, usize, PathBuf)> = folders()
            .iter()
            .flat_map(|folder| WalkDir::new(folder).max_depth(6).into_iter().flatten())
            .filter(|entry| {
                entry
                    .metadata()
                    .is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST)
            })
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().to_lowercase();
                let is_font = [".ttf", ".otf", ".ttc", ".otc"]
                    .iter()
                    .any(|ending| name.ends_with(ending));
                let good = GOOD.iter().position(|good| name.contains(good)).unwrap_or(GOOD.len());
                let thin = THIN.iter().filter(|thin| name.contains(**thin)).count();
                is_font.then(|| (good, thin, entry.into_path()))
            })
            .collect();
        found.sort();
        let fonts = found.into_iter().filter_map(|(_, _, path)| std::fs::read(path).ok());
        fonts.filter_map(Font::of).next().ok_or(FontError::None)
    }

    /// The first font of a file that has what is needed; of a collection one for simplified characters before others.
    fn of(bytes: Vec<u8>) -> Option<Font> {
        let count = ttf_parser::fonts_in_collection(&bytes).unwrap_or(1);
        let faces = (0..count).filter_map(|index| Some((index, Face::parse(&bytes, index).ok()?)));
        let serving = faces.filter(|(_, face)| {
            let draws = |c: &char| {
                face.glyph_index(*c)
                    .is_some_and(|glyph| face.glyph_bounding_box(glyph).is_some())
            };
            NEEDED.iter().all(draws) && face.units_per_em() > 0
        });
        let simplified = |face: &Face<'_>| {
            let names = face.names().into_iter().filter_map(|name| name.to_string());
            names
                .into_iter()
                .any(|name| name.ends_with(" SC") || name.contains("SC-"))
        };
        let mut found: Vec<(bool, u32)> = serving.map(|(index, face)| (!simplified(&face), index)).collect();
        found.sort_unstable();
        let (_, index) = *found.first()?;
        Some(Font { bytes, index })
    }

    /// Read each time: it only looks up where its tables stand.
    fn face(&self) -> Option<Face<'_>> {
        Face::parse(&self.bytes, self.index).ok()
    }

    /// How far the next character stands.
    pub fn advance(&self, c: char, size: f32) -> f32 {
        let advance = self.face().and_then(|face| {
            let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
            Some(f32::from(advance) / f32::from(face.units_per_em()))
        });
        advance.unwrap_or(0.5) * size
    }

    /// How long words are.
    pub fn width(&self, words: &str, size: f32) -> f32 {
        words.chars().map(|c| self.advance(c, size)).sum()
    }

    /// The outline of a character; `None` where it has none.
    pub fn outline(&self, c: char, size: f32) -> Option<Outline> {
        let face = self.face()?;
        let scale = size / f32::from(face.units_per_em());
        let mut drawn = Drawn {
            scale,
            curves: Vec::new(),
            start: point(0.0, 0.0),
            at: point(0.0, 0.0),
        };
        let bounds = face.outline_glyph(face.glyph_index(c)?, &mut drawn)?;
        let points = |value: i16| f32::from(value) * scale;
        Some(Outline {
            curves: drawn.curves,
            left: points(bounds.x_min),
            right: points(bounds.x_max),
            top: points(bounds.y_max),
            bottom: points(bounds.y_min),
        })
    }
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Font({} bytes)", self.bytes.len())
    }
}

/// An outline as it is drawn.
struct Drawn {
    scale: f32,
    curves: Vec<Curve>,
    start: Point,
    at: Point,
}

impl Drawn {
    fn point(&self, x: f32, y: f32) -> Point {
        point(x * self.scale, y * self.scale)
    }
}

impl OutlineBuilder for Drawn {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.point(x, y);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.curves.push(Curve::Line(self.at, to));
        self.at = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.point(x1, y1), self.point(x, y));
        self.curves.push(Curve::Quad(self.at, by, to));
        self.at = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two, to) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.curves.push(Curve::Cubic(self.at, one, two, to));
        self.at = to;
    }

    fn close(&mut self) {
        if self.at != self.start {
            self.curves.push(Curve::Line(self.at, self.start));
        }
        self.at = self.start;
    }
}

/// Where systems keep fonts.
fn folders() -> Vec<PathBuf> {
    let fixed = [
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:\\Windows\\Fonts",
    ];
    let own = [".fonts", ".local/share/fonts", "Library/Fonts"];
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let own = home.iter().flat_map(|home| own.iter().map(|folder| home.join(folder)));
    fixed.iter().map(PathBuf::from).chain(own).collect()
}
