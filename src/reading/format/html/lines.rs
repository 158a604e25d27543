//! The lines that a reader of the page sees: a block a line, `<br>` a line, a row of a table a line.

use super::table;
use super::tree::{Content, Id, Tree, is_block, is_heading, is_never_shown};

/// A line of the page.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// The block that it stands in.
    pub(super) block: Id,
    pub(super) kind: Kind,
    /// Characters of it that are links.
    pub(super) linked: usize,
}

/// What a line is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Words,
    /// `h1` is 1.
    Heading(u8),
    /// Lengths of the cells, in bytes; a tab parts them.
    Row { cells: Vec<usize>, head: bool },
    /// What stands under a picture.
    Caption,
}

/// The lines of a page, or of a part of it.
pub(super) fn lines(tree: &Tree, root: Id) -> Vec<Line> {
    let mut writer = Writer {
        tree,
        lines: Vec::new(),
        line: Line::default(),
        gap: Gap::None,
        marker: None,
    };
    writer.node(
        root,
        &Place {
            block: root,
            ..Place::default()
        },
    );
    writer.end_line();
    writer.lines
}

/// What an element says of all that stands in it.
#[derive(Clone, Default)]
struct Place {
    block: Id,
    heading: u8,
    is_caption: bool,
    is_linked: bool,
    is_preformatted: bool,
}

/// White space that waits for the word behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// The page's source goes on in the next line.
    Break,
}

struct Writer<'t> {
    tree: &'t Tree,
    lines: Vec<Line>,
    line: Line,
    gap: Gap,
    /// The bullet or number of the list item whose words come next.
    marker: Option<String>,
}

impl Writer<'_> {
    fn node(&mut self, id: Id, place: &Place) {
        match self.tree.nodes.get(id).map(|node| &node.content) {
            Some(Content::Text(text)) => self.text(text, place),
            Some(Content::Element(_)) => self.element(id, place),
            None => {}
        }
    }

    fn element(&mut self, id: Id, place: &Place) {
        let Some(element) = self.tree.element(id) else { return };
        let name = element.name.as_str();
        if element.is_hidden || is_never_shown(name) {
            return;
        }
        if name == "br" {
            return self.end_line();
        }
        if !is_block(name) {
            let inner = Place {
                is_linked: place.is_linked || name == "a",
                ..place.clone()
            };
            return self.children(id, &inner);
        }
        self.end_line();
        if name == "table"
            && let Some(rows) = table::rows(self.tree, id)
        {
            self.lines.extend(rows);
            return;
        }
        let mut inner = Place {
            block: id,
            ..place.clone()
        };
        inner.is_preformatted |= name == "pre";
        inner.is_caption |= name == "figcaption";
        if is_heading(name) {
            inner.heading = name.chars().last().and_then(|digit| digit.to_digit(10)).unwrap_or(6) as u8;
        }
        match name {
            "ul" | "ol" | "menu" | "dir" => self.list(id, &inner, (name == "ol").then_some(element.start)),
            _ => self.children(id, &inner),
        }
        self.end_line();
    }

    fn children(&mut self, id: Id, place: &Place) {
        for child in self.tree.children(id) {
            self.node(*child, place);
        }
    }

    /// Items with the marker that the page shows; `number` is the first one's.
    fn list(&mut self, id: Id, place: &Place, number: Option<usize>) {
        let mut number = number;
        for child in self.tree.children(id) {
            if self.tree.name(*child) == "li" {
                self.marker = Some(number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. ")));
                number = number.map(|number| number + 1);
            }
            self.node(*child, place);
            self.marker = None;
        }
    }

    fn text(&mut self, text: &str, place: &Place) {
        // A byte order mark that an editor left inside the page is nothing to read.
        for c in text.chars().filter(|c| *c != '\u{feff}') {
            if place.is_preformatted && c == '\n' {
                self.end_line();
            } else if place.is_preformatted && c != '\r' {
                self.push(c, place);
            } else if matches!(c, '\n' | '\r') {
                self.gap = if self.gap == Gap::Space { Gap::Space } else { Gap::Break };
            } else if c.is_whitespace() && c != '\u{3000}' {
                self.gap = if self.gap == Gap::Break { Gap::Break } else { Gap::Space };
            } else {
                self.push(c, place);
            }
        }
    }

    fn push(&mut self, c: char, place: &Place) {
        let before = self.line.text.chars().next_back();
        // Whoever wraps Chinese source lines means no space, though browsers show one.
        let is_wrapped = self.gap == Gap::Break && is_wide(c) && before.is_some_and(is_wide);
        if self.gap != Gap::None && before.is_some() && !is_wrapped {
            self.line.text.push(' ');
        }
        self.gap = Gap::None;
        if before.is_none() {
            self.line.block = place.block;
            self.line.kind = match place.heading {
                0 if place.is_caption => Kind::Caption,
                0 => Kind::Words,
                level => Kind::Heading(level),
            };
        }
        self.line.text.push(c);
        self.line.linked += usize::from(place.is_linked);
    }

    fn end_line(&mut self) {
        self.gap = Gap::None;
        let mut line = std::mem::take(&mut self.line);
        let words = line.text.trim();
        if words.is_empty() {
            return;
        }
        // A menu's items are no list of the text.
        let is_menu = line.linked >= words.chars().filter(|c| !c.is_whitespace()).count();
        let marker = self.marker.take().filter(|_| !is_menu).unwrap_or_default();
        line.text = marker + words;
        self.lines.push(line);
    }
}

/// Han characters and the punctuation between them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
        || c >= '\u{20000}'
}
