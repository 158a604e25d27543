//! A sheet as PNG: boxes and the outlines of characters, covered point by point.

use std::io::Write as _;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::font::Font;
use super::sheet::{Anchor, Ink, Shape, Sheet, WIDTH};
use super::theme::{Rgb, Theme};

/// Points of a unit.
const SCALE: f32 = 2.0;
/// The highest picture, in points: whoever has more rows has made a mistake.
const HIGHEST: usize = 20_000;

/// The file.
pub fn written(sheet: &Sheet, theme: Theme, font: &Font) -> Vec<u8> {
    let (width, height) = (
        (WIDTH * SCALE) as usize,
        ((sheet.height * SCALE) as usize).clamp(1, HIGHEST),
    );
    let mut canvas = Canvas {
        width,
        height,
        points: theme.rgb(Ink::Ground).repeat(width * height),
        raster: Rasterizer::new(0, 0),
    };
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
                let corner = |value: f32| value * SCALE;
                canvas.filled(
                    (corner(*x), corner(*y)),
                    (corner(*width), corner(*height)),
                    corner(*round),
                    theme.rgb(*ink),
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
                let size = size * SCALE;
                let length = font.width(words, size);
                let x = x * SCALE
                    - match anchor {
                        Anchor::Start => 0.0,
                        Anchor::Middle => length / 2.0,
                        Anchor::End => length,
                    };
                canvas.words(font, words, (x, y * SCALE), size, theme.rgb(*ink));
                if *bold {
                    // A second time, a little beside it: one font does for all.
                    canvas.words(font, words, (x + size / 28.0, y * SCALE), size, theme.rgb(*ink));
                }
            }
        }
    }
    encoded(&canvas)
}

struct Canvas {
    width: usize,
    height: usize,
    points: Vec<u8>,
    raster: Rasterizer,
}

impl Canvas {
    fn filled(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), round: f32, colour: Rgb) {
        let (left, top) = (x.floor(), y.floor());
        let (x, y) = (x - left, y - top);
        self.raster
            .reset((x + width).ceil() as usize + 1, (y + height).ceil() as usize + 1);
        let (right, bottom) = (x + width, y + height);
        // A circle's quarter, near enough.
        let handle = round * 0.448;
        let corners = [
            (point(x + round, y), point(right - round, y)),
            (point(right, y + round), point(right, bottom - round)),
            (point(right - round, bottom), point(x + round, bottom)),
            (point(x, bottom - round), point(x, y + round)),
        ];
        let handles = [
            (point(right - handle, y), point(right, y + handle)),
            (point(right, bottom - handle), point(right - handle, bottom)),
            (point(x + handle, bottom), point(x, bottom - handle)),
            (point(x, y + handle), point(x + handle, y)),
        ];
        for (index, (from, to)) in corners.iter().enumerate() {
            self.raster.draw_line(*from, *to);
            let (next, _) = corners[(index + 1) % corners.len()];
            if round > 0.0 {
                let (out, into) = handles[index];
                self.raster.draw_cubic(*to, out, into, next);
            }
        }
        self.covered(left as i64, top as i64, colour);
    }

    fn words(&mut self, font: &Font, words: &str, (x, y): (f32, f32), size: f32, colour: Rgb) {
        let mut x = x;
        for c in words.chars() {
            if let Some(outline) = font.outline(c, size) {
                let (left, top) = ((x + outline.left).floor(), (y - outline.top).floor());
                let to = |at: Point| point(at.x + x - left, y - at.y - top);
                self.raster.reset(
                    (outline.right - outline.left).ceil() as usize + 2,
                    (outline.top - outline.bottom).ceil() as usize + 2,
                );
                for curve in &outline.curves {
                    match *curve {
                        super::font::Curve::Line(a, b) => self.raster.draw_line(to(a), to(b)),
                        super::font::Curve::Quad(a, b, c) => self.raster.draw_quad(to(a), to(b), to(c)),
                        super::font::Curve::Cubic(a, b, c, d) => self.raster.draw_cubic(to(a), to(b), to(c), to(d)),
                    }
                }
                self.covered(left as i64, top as i64, colour);
            }
            x += font.advance(c, size);
        }
    }

    /// Puts what the raster covers in a colour onto the canvas.
    fn covered(&mut self, left: i64, top: i64, colour: Rgb) {
        let (width, height, points) = (self.width as i64, self.height as i64, &mut self.points);
        self.raster.for_each_pixel_2d(|x, y, share| {
            let (x, y) = (left + i64::from(x), top + i64::from(y));
            if share <= 0.0 || !(0..width).contains(&x) || !(0..height).contains(&y) {
                return;
            }
            let at = ((y * width + x) * 3) as usize;
            let share = share.min(1.0);
            if let Some(point) = points.get_mut(at..at + 3) {
                for (part, wanted) in point.iter_mut().zip(colour) {
                    let (is, wanted) = (f32::from(*part), f32::from(wanted));
                    *part = (is + (wanted - is) * share).round() as u8;
                }
            }
        });
    }
}

/// The points as a PNG file (<https://www.w3.org/TR/png-3/>): eight bits of red, green and blue, each line as it is.
fn encoded(canvas: &Canvas) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend((canvas.width as u32).to_be_bytes());
    header.extend((canvas.height as u32).to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &header);
    let mut lines = ZlibEncoder::new(Vec::new(), Compression::default());
    for line in canvas.points.chunks(canvas.width * 3) {
        // A vector takes all that is written.
        let _ = lines.write_all(&[0]).and_then(|()| lines.write_all(line));
    }
    chunk(&mut out, b"IDAT", &lines.finish().unwrap_or_default());
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_be_bytes());
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(bytes);
    out.extend(kind);
    out.extend(bytes);
    out.extend(sum.sum().to_be_bytes());
}
