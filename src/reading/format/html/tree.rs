//! The elements and texts of a page. The tokenizer (html5gum) reads what browsers read; this makes a tree of it with as
//! much of their repair as text needs: implied ends of `p`, `li`, `td`, stray end tags, tables that keep their cells.
//!
//! The tree is at most [`DEEPEST`] elements deep and is built in linear time, which browsers' own algorithm is not for pages
//! that nest thousands of elements.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Elements nested deeper are children of the last one at this depth.
pub(super) const DEEPEST: usize = 256;

/// Where a node stands in [`Tree::nodes`].
pub(super) type Id = usize;

/// A page. Parents stand before their children, so that one pass in either direction sums things up.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    pub(super) parent: Id,
    pub(super) children: Vec<Id>,
    pub(super) content: Content,
}

pub(super) enum Content {
    Element(Element),
    Text(String),
}

/// An element and what of its attributes is looked at.
#[derive(Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) class: String,
    pub(super) role: String,
    pub(super) is_hidden: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Where a numbered list begins.
    pub(super) start: usize,
}

impl Tree {
    /// The tree of a page; its root is node 0.
    pub(super) fn of(html: &str) -> Tree {
        let root = Node {
            parent: 0,
            children: Vec::new(),
            content: Content::Element(Element::default()),
        };
        let mut builder = Builder {
            tree: Tree { nodes: vec![root] },
            open: vec![0],
        };
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => builder.start(&tag),
                Token::EndTag(tag) => builder.end(&lossy(&tag.name)),
                Token::String(text) => builder.text(&lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        builder.tree
    }

    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match self.nodes.get(id).map(|node| &node.content) {
            Some(Content::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The element's name; nothing for a text.
    pub(super) fn name(&self, id: Id) -> &str {
        self.element(id).map_or("", |element| &element.name)
    }

    pub(super) fn children(&self, id: Id) -> &[Id] {
        self.nodes.get(id).map_or(&[], |node| &node.children)
    }

    pub(super) fn parent(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(0, |node| node.parent)
    }

    /// Whether `outer` is `inner` or holds it.
    pub(super) fn holds(&self, outer: Id, inner: Id) -> bool {
        let mut at = inner;
        while at > outer {
            at = self.parent(at);
        }
        at == outer
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

struct Builder {
    tree: Tree,
    /// The open elements, outermost first.
    open: Vec<Id>,
}

impl Builder {
    fn append(&mut self, content: Content) -> Id {
        let parent = self.open.last().copied().unwrap_or(0);
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node {
            parent,
            children: Vec::new(),
            content,
        });
        if let Some(node) = self.tree.nodes.get_mut(parent) {
            node.children.push(id);
        }
        id
    }

    fn text(&mut self, text: &str) {
        self.append(Content::Text(text.to_owned()));
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let element = element(tag);
        let name = element.name.clone();
        // Attributes of a second <html> or <body> are nobody's business here.
        if matches!(name.as_str(), "html" | "body" | "head") && self.open.iter().any(|id| self.tree.name(*id) == name) {
            return;
        }
        self.end_implied(&name);
        let id = self.append(Content::Element(element));
        // <o:p/> is closed in Word's pages, whatever HTML says of it.
        let is_closed = is_void(&name) || tag.self_closing && name.contains(':');
        if !is_closed && self.open.len() < DEEPEST {
            self.open.push(id);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "html" | "body" => {}
            "br" => drop(self.append(Content::Element(Element {
                name: name.to_owned(),
                ..Element::default()
            }))),
            "p" if self.place(&["p"], SCOPE).is_none() => {
                self.append(Content::Element(Element {
                    name: name.to_owned(),
                    ..Element::default()
                }));
            }
            _ if is_table_part(name) => self.close(&[name], &["table"]),
            _ if is_heading(name) => self.close(&["h1", "h2", "h3", "h4", "h5", "h6"], SCOPE),
            _ if is_block(name) => self.close(&[name], SCOPE),
            _ => self.close_inline(name),
        }
    }

    /// Closes what a start tag ends without saying so.
    fn end_implied(&mut self, name: &str) {
        match name {
            "li" => self.close(&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dt" | "dd" => self.close(&["dt", "dd"], &["dl", "table", "td", "th"]),
            "option" | "optgroup" => self.close(&["option"], &["select"]),
            "td" | "th" => self.close(&["td", "th"], &["tr", "table"]),
            "tr" => self.close(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close(&["tbody", "thead", "tfoot"], &["table"]),
            _ => {}
        }
        if is_block(name) && !is_table_part(name) {
            self.close(&["p"], SCOPE);
        }
    }

    /// Where the innermost open element of these names stands, unless one of `bounds` is further in.
    fn place(&self, names: &[&str], bounds: &[&str]) -> Option<usize> {
        for (place, id) in self.open.iter().enumerate().rev() {
            let name = self.tree.name(*id);
            if names.contains(&name) {
                return Some(place).filter(|place| *place > 0);
            }
            if bounds.contains(&name) {
                return None;
            }
        }
        None
    }

    fn close(&mut self, names: &[&str], bounds: &[&str]) {
        // A table ends at its own tag even from within its cells.
        let bounds = if names == ["table"] { &[][..] } else { bounds };
        if let Some(place) = self.place(names, bounds) {
            self.open.truncate(place);
        }
    }

    /// `</b>` closes its element only where no block has begun since: `<b><p>…</b>…</p>` is one paragraph.
    fn close_inline(&mut self, name: &str) {
        for (place, id) in self.open.iter().enumerate().rev() {
            let open = self.tree.name(*id);
            if open == name {
                return self.open.truncate(place.max(1));
            }
            if is_block(open) {
                return;
            }
        }
    }
}

/// What no end tag reaches beyond.
const SCOPE: &[&str] = &["table", "td", "th", "caption"];

fn element(tag: &StartTag<()>) -> Element {
    let mut element = Element {
        name: lossy(&tag.name),
        columns: 1,
        rows: 1,
        start: 1,
        ..Element::default()
    };
    for (name, value) in &tag.attributes {
        let value = || lossy(value);
        match &name[..] {
            b"id" => element.id = value(),
            b"class" => element.class = value(),
            b"role" => element.role = value().to_ascii_lowercase(),
            b"hidden" => element.is_hidden = true,
            b"aria-hidden" => element.is_hidden |= value().eq_ignore_ascii_case("true"),
            b"style" => element.is_hidden |= hides(&value()),
            b"colspan" => element.columns = number(&value()),
            b"rowspan" => element.rows = number(&value()),
            b"start" => element.start = number(&value()),
            _ => {}
        }
    }
    element
}

/// `display:none`; not `visibility:hidden`, which WeChat's articles have until their script runs.
fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style
        .to_ascii_lowercase()
        .split(';')
        .any(|rule| rule.starts_with("display:none") || rule.starts_with("mso-hide:all"))
}

/// A small number; a page that spans thousands of columns means the rest of the row.
fn number(value: &str) -> usize {
    value.trim().parse::<usize>().unwrap_or(1).clamp(1, 64)
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn is_table_part(name: &str) -> bool {
    matches!(
        name,
        "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup"
    )
}

/// Whether it is one of `h1` to `h6`.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element begins a line of its own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "ul"
    ) || is_table_part(name)
        || is_heading(name)
}

/// Whether nobody sees what stands inside: scripts, pictures, controls of a form.
pub(super) fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "button"
            | "input"
            | "select"
            | "option"
            | "textarea"
            | "datalist"
            | "iframe"
            | "frameset"
            | "noframes"
            | "audio"
            | "video"
            | "canvas"
            | "object"
            | "map"
            | "rt"
            | "rp"
            | "xml"
            | "w:worddocument"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as `name(children)`.
    fn shape(html: &str) -> String {
        fn show(tree: &Tree, id: Id) -> String {
            match &tree.nodes[id].content {
                Content::Text(text) => text.clone(),
                Content::Element(element) => {
                    let inner: Vec<_> = tree.children(id).iter().map(|child| show(tree, *child)).collect();
                    format!("{}({})", element.name, inner.join(" "))
                }
            }
        }
        show(&Tree::of(html), 0)
    }

    #[test]
    fn ends_are_implied() {
        assert_eq!(shape("<p>甲<p>乙<div>丙</div>"), "(p(甲) p(乙) div(丙))");
        assert_eq!(
            shape("<ul><li>甲<li>乙<ul><li>丙</ul></ul>"),
            "(ul(li(甲) li(乙 ul(li(丙)))))"
        );
        assert_eq!(
            shape("<table><tr><td>甲<td>乙<tr><td>丙</table>丁"),
            "(table(tr(td(甲) td(乙)) tr(td(丙))) 丁)"
        );
    }

    #[test]
    fn stray_ends_close_nothing_else() {
        assert_eq!(
            shape("<table><tr><td><div>甲</td></tr></table>乙"),
            "(table(tr(td(div(甲)))) 乙)"
        );
        assert_eq!(shape("<div><table><tr><td>甲</div>乙"), "(div(table(tr(td(甲 乙)))))");
        assert_eq!(shape("<b><p>甲</b>乙</p>丙"), "(b(p(甲 乙) 丙))");
        assert_eq!(shape("甲</p>乙</br>丙"), "(甲 p() 乙 br() 丙)");
    }

    #[test]
    fn deep_pages_are_flattened() {
        let tree = Tree::of(&"<div>".repeat(5_000));
        let depth = |mut id: Id| {
            let mut depth = 0;
            while id > 0 {
                id = tree.parent(id);
                depth += 1;
            }
            depth
        };
        assert!((0..tree.nodes.len()).all(|id| depth(id) <= DEEPEST));
    }
}
