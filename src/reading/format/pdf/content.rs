//! What a page draws: runs through its content stream and notes each character with its place.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::file::{File, PageNode};
use super::font::{Characters, Font, Shown};
use super::matrix::Matrix;
use super::page::{Glyph, Page, Rule};
use super::tokens::{Token, Tokens};
use crate::reading::ReadError;

/// How deep forms may draw forms.
const MAX_DEPTH: usize = 8;
/// How many graphics states may be put aside.
const MAX_STATES: usize = 512;
/// How many operands an operator may have; more are noise.
const MAX_OPERANDS: usize = 64;
/// The most characters one page may have, and the most operands of one operator: a page of a newspaper has 20,000.
const MAX_GLYPHS: usize = 200_000;

const TOO_MANY: ReadError = ReadError::TooMuch {
    what: "characters on a page",
};

/// Fonts that were read already, by the places of their dictionaries: a font need not be an object of its own.
pub(super) type Fonts = HashMap<*const Dictionary, Rc<Font>>;

/// Draws one page.
pub(super) fn draw(file: &File, node: &PageNode<'_>, fonts: &mut Fonts) -> Result<Page, ReadError> {
    let [left, bottom, right, top] = node.bounds;
    let (width, height) = (right - left, top - bottom);
    let shift = Matrix::translation(-left, -bottom);
    // The page is turned before anything is read, so that a page on its side reads like any other.
    let (turn, width, height) = match node.quarters {
        1 => (Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width]), height, width),
        2 => (Matrix([-1.0, 0.0, 0.0, -1.0, width, height]), width, height),
        3 => (Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0]), height, width),
        _ => (Matrix::IDENTITY, width, height),
    };
    let mut painter = Painter {
        file,
        fonts,
        page: Page::new(width, height),
    };
    let state = State::new(shift.then(turn));
    painter.run(&file.contents(node.dict)?, node.resources, state.clone(), 0)?;
    for note in file.array(node.dict, b"Annots").unwrap_or_default() {
        painter.annotation(note, &state)?;
    }
    Ok(painter.page)
}

/// The graphics state, as far as text goes.
#[derive(Clone)]
struct State {
    space: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl State {
    fn new(space: Matrix) -> State {
        State {
            space,
            font: None,
            size: 0.0,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

struct Painter<'p> {
    file: &'p File,
    fonts: &'p mut Fonts,
    page: Page,
}

/// One stream that is run through: the page's, or a form's.
struct Run<'r> {
    resources: Option<&'r Dictionary>,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Open marked contents; whether each is furniture.
    marked: Vec<bool>,
    path: Path,
    depth: usize,
}

/// The path that is being drawn: rectangles and lines alone, for the lines of tables.
#[derive(Default)]
struct Path {
    at: (f64, f64),
    start: (f64, f64),
    pieces: Vec<Rule>,
}

/// An operand.
enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
}

impl Painter<'_> {
    fn run(
        &mut self,
        bytes: &[u8],
        resources: Option<&Dictionary>,
        state: State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut run = Run {
            resources,
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
            path: Path::default(),
            depth,
        };
        let mut tokens = Tokens::new(bytes);
        let mut operands: Vec<Operand> = Vec::new();
        let mut in_array = false;
        while let Some(token) = tokens.next() {
            let operand = match token {
                Token::Word(b"BI") => {
                    self.page.add_image(run.state.space);
                    tokens.skip_inline_image();
                    operands.clear();
                    continue;
                }
                Token::Word(word) => {
                    self.operator(&mut run, word, &operands)?;
                    operands.clear();
                    continue;
                }
                Token::ArrayStart | Token::ArrayEnd => {
                    in_array = token == Token::ArrayStart;
                    continue;
                }
                Token::DictStart | Token::DictEnd => continue,
                Token::Number(value) => Operand::Number(value),
                Token::Name(name) => Operand::Name(name),
                Token::Text(bytes) => Operand::Text(bytes),
            };
            if in_array || operands.len() < MAX_OPERANDS {
                operands.push(operand);
            }
            if operands.len() > MAX_GLYPHS {
                return Err(TOO_MANY);
            }
        }
        Ok(())
    }

    fn operator(&mut self, run: &mut Run<'_>, word: &[u8], operands: &[Operand]) -> Result<(), ReadError> {
        match word {
            b"q" if run.saved.len() < MAX_STATES => run.saved.push(run.state.clone()),
            b"Q" => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            b"cm" => {
                if let Some(matrix) = matrix(operands) {
                    run.state.space = matrix.then(run.state.space);
                }
            }
            b"Do" => return self.object(run, operands),
            b"Tf" => self.set_font(run, operands)?,
            b"gs" => self.set_from_state(run, operands)?,
            b"Tj" | b"TJ" => self.show(run, operands)?,
            b"'" => {
                run.next_line();
                self.show(run, operands)?;
            }
            b"\"" => {
                if let Some((word, letter)) = pair(operands) {
                    run.state.word_spacing = word;
                    run.state.letter_spacing = letter;
                }
                run.next_line();
                self.show(run, operands.get(2..).unwrap_or_default())?;
            }
            b"BMC" | b"BDC" => run
                .marked
                .push(matches!(operands.first(), Some(Operand::Name(tag)) if tag == b"Artifact")),
            b"EMC" => {
                run.marked.pop();
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                self.page.add_rules(run.path.pieces.drain(..));
            }
            _ => run.set(word, operands),
        }
        Ok(())
    }

    /// `Do`: a form is run through, an image is counted.
    fn object(&mut self, run: &mut Run<'_>, operands: &[Operand]) -> Result<(), ReadError> {
        let file = self.file;
        let Some(Operand::Name(name)) = operands.first() else {
            return Ok(());
        };
        let found = run.resources.and_then(|all| file.dict(all, b"XObject"));
        let Some(stream) = found.and_then(|all| file.stream(all, name)) else {
            return Ok(());
        };
        match file.name(&stream.dict, b"Subtype") {
            Some(b"Image") => self.page.add_image(run.state.space),
            _ => {
                let mut state = run.state.clone();
                if let Some(matrix) = file.matrix(&stream.dict, b"Matrix") {
                    state.space = matrix.then(state.space);
                }
                self.form(stream, run.resources, state, run.depth)?;
            }
        }
        Ok(())
    }

    fn form(
        &mut self,
        stream: &Stream,
        outer: Option<&Dictionary>,
        state: State,
        depth: usize,
    ) -> Result<(), ReadError> {
        if depth >= MAX_DEPTH {
            return Ok(());
        }
        let bytes = self.file.unpack(stream)?;
        let resources = self.file.dict(&stream.dict, b"Resources").or(outer);
        self.run(&bytes, resources, state, depth + 1)
    }

    /// What stands in the fields of a form and in notes that are written on the page; stuck-on remarks have no words there.
    fn annotation(&mut self, note: &Object, state: &State) -> Result<(), ReadError> {
        let file = self.file;
        let Some(dict) = file.resolve(note).and_then(super::file::dict_of) else {
            return Ok(());
        };
        let is_hidden = file
            .number(dict, b"F")
            .is_some_and(|flags| (flags as i64) & 0b10_0010 != 0);
        let is_text = matches!(file.name(dict, b"Subtype"), Some(b"Widget" | b"FreeText"));
        let appearance = file.dict(dict, b"AP").and_then(|all| file.stream(all, b"N"));
        let (Some(stream), Some([left, bottom, ..])) = (appearance, file.rectangle(dict, b"Rect")) else {
            return Ok(());
        };
        if is_hidden || !is_text {
            return Ok(());
        }
        let own = file.matrix(&stream.dict, b"Matrix").unwrap_or(Matrix::IDENTITY);
        let [x, y, ..] = file.rectangle(&stream.dict, b"BBox").unwrap_or_default();
        let (x, y) = own.apply(x, y);
        let mut state = state.clone();
        state.space = own.then(Matrix::translation(left - x, bottom - y)).then(state.space);
        self.form(stream, None, state, MAX_DEPTH - 2)
    }

    fn set_font(&mut self, run: &mut Run<'_>, operands: &[Operand]) -> Result<(), ReadError> {
        if let [Operand::Name(name), Operand::Number(size)] = operands {
            let found = run.resources.and_then(|all| self.file.dict(all, b"Font"));
            let object = found.and_then(|fonts| fonts.get(name).ok());
            run.state.font = Some(self.font(object)?);
            run.state.size = *size;
        }
        Ok(())
    }

    /// `gs`: a font may be set by way of an external state.
    fn set_from_state(&mut self, run: &mut Run<'_>, operands: &[Operand]) -> Result<(), ReadError> {
        let Some(Operand::Name(name)) = operands.first() else {
            return Ok(());
        };
        let states = run.resources.and_then(|all| self.file.dict(all, b"ExtGState"));
        let state = states.and_then(|states| self.file.dict(states, name));
        if let Some([font, size]) = state.and_then(|state| self.file.array(state, b"Font")) {
            run.state.font = Some(self.font(Some(font))?);
            run.state.size = super::file::number_of(size).unwrap_or(run.state.size);
        }
        Ok(())
    }

    fn font(&mut self, object: Option<&Object>) -> Result<Rc<Font>, ReadError> {
        let dict = object
            .and_then(|object| self.file.resolve(object))
            .and_then(super::file::dict_of);
        let place = dict.map_or(std::ptr::null(), std::ptr::from_ref);
        if let Some(font) = self.fonts.get(&place) {
            return Ok(Rc::clone(font));
        }
        let font = Rc::new(match dict {
            Some(dict) => Font::read(self.file, dict)?,
            None => Font::missing(),
        });
        self.fonts.insert(place, Rc::clone(&font));
        Ok(font)
    }

    /// Shows strings, and the shifts between them.
    fn show(&mut self, run: &mut Run<'_>, operands: &[Operand]) -> Result<(), ReadError> {
        let Some(font) = run.state.font.clone() else {
            return Ok(());
        };
        for operand in operands {
            match operand {
                Operand::Text(bytes) => font.show(bytes, |shown| self.glyph(run, &font, &shown)),
                Operand::Number(shift) => run.advance(&font, -shift / 1000.0 * run.state.size),
                Operand::Name(_) => {}
            }
        }
        if self.page.glyphs.len() > MAX_GLYPHS || self.page.unknown > MAX_GLYPHS {
            return Err(TOO_MANY);
        }
        Ok(())
    }

    fn glyph(&mut self, run: &mut Run<'_>, font: &Font, shown: &Shown) {
        let state = &run.state;
        let spacing = state.letter_spacing + if shown.is_space { state.word_spacing } else { 0.0 };
        let advance = if font.is_vertical { 1.0 } else { shown.advance };
        let start = run.place();
        run.advance(font, advance * state.size);
        let end = run.place();
        run.advance(font, spacing);
        let space = run.text.then(run.state.space);
        let is_furniture = run.marked.contains(&true);
        let glyph = |c, from, to| {
            Glyph::placed(
                c,
                (from, to),
                space,
                run.state.size * font.scale,
                font.is_vertical,
                is_furniture,
            )
        };
        match &shown.text {
            // One string may be long, and one code of it stand for many characters.
            _ if self.page.glyphs.len() > MAX_GLYPHS => {}
            Characters::Unknown => self.page.unknown += 1,
            Characters::One(c) => self.page.glyphs.extend(glyph(*c, start, end)),
            Characters::More(text) => {
                let count = text.chars().count() as f64;
                let at = |part: f64| {
                    let part = part / count;
                    (start.0 + (end.0 - start.0) * part, start.1 + (end.1 - start.1) * part)
                };
                for (number, c) in text.chars().enumerate() {
                    let number = number as f64;
                    self.page.glyphs.extend(glyph(c, at(number), at(number + 1.0)));
                }
            }
        }
    }
}

impl Run<'_> {
    /// Where the next glyph stands on the page.
    fn place(&self) -> (f64, f64) {
        let (x, y) = self.text.apply(0.0, self.state.rise);
        self.state.space.apply(x, y)
    }

    fn advance(&mut self, font: &Font, by: f64) {
        let shift = if font.is_vertical {
            Matrix::translation(0.0, -by)
        } else {
            Matrix::translation(by * self.state.stretch, 0.0)
        };
        self.text = shift.then(self.text);
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.text = self.line;
    }

    fn next_line(&mut self) {
        self.move_line(0.0, -self.state.leading);
    }

    /// Operators that set something or draw a path.
    fn set(&mut self, word: &[u8], operands: &[Operand]) {
        let first = match operands.first() {
            Some(Operand::Number(value)) => *value,
            _ => 0.0,
        };
        match (word, pair(operands)) {
            (b"BT", _) => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            (b"Td", Some((x, y))) => self.move_line(x, y),
            (b"TD", Some((x, y))) => {
                self.state.leading = -y;
                self.move_line(x, y);
            }
            (b"Tm", _) => {
                if let Some(matrix) = matrix(operands) {
                    self.text = matrix;
                    self.line = matrix;
                }
            }
            (b"T*", _) => self.next_line(),
            (b"Tc", _) => self.state.letter_spacing = first,
            (b"Tw", _) => self.state.word_spacing = first,
            (b"Tz", _) => self.state.stretch = first / 100.0,
            (b"TL", _) => self.state.leading = first,
            (b"Ts", _) => self.state.rise = first,
            (b"m", Some((x, y))) => self.path.begin(self.state.space.apply(x, y)),
            (b"l", Some((x, y))) => self.path.line_to(self.state.space.apply(x, y)),
            (b"h", _) => self.path.line_to(self.path.start),
            (b"re", _) => {
                if let Some([x, y, width, height]) = numbers(operands) {
                    let corner = self.state.space.apply(x, y);
                    self.path
                        .rectangle(corner, self.state.space.apply(x + width, y + height));
                }
            }
            (b"n", _) => self.path.pieces.clear(),
            _ => {}
        }
    }
}

impl Path {
    fn begin(&mut self, at: (f64, f64)) {
        self.at = at;
        self.start = at;
    }

    fn line_to(&mut self, to: (f64, f64)) {
        self.pieces.extend(Rule::between(self.at, to));
        self.at = to;
    }

    /// A thin one is a line, any other one has four sides.
    fn rectangle(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64)) {
        if let Some(line) = Rule::between((x0, y0), (x1, y1)) {
            self.pieces.push(line);
            return;
        }
        for (from, to) in [
            ((x0, y0), (x1, y0)),
            ((x0, y1), (x1, y1)),
            ((x0, y0), (x0, y1)),
            ((x1, y0), (x1, y1)),
        ] {
            self.pieces.extend(Rule::between(from, to));
        }
    }
}

fn numbers<const N: usize>(operands: &[Operand]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    for (slot, operand) in out.iter_mut().zip(operands.get(..N)?) {
        match operand {
            Operand::Number(value) => *slot = *value,
            _ => return None,
        }
    }
    Some(out)
}

fn pair(operands: &[Operand]) -> Option<(f64, f64)> {
    numbers::<2>(operands).map(|[x, y]| (x, y))
}

fn matrix(operands: &[Operand]) -> Option<Matrix> {
    numbers::<6>(operands).map(Matrix)
}
