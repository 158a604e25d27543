//! What a paragraph's style says that matters for its text: whether it is a heading, numbered, or hidden.

use std::collections::HashMap;

use crate::reading::ReadError;
use crate::reading::format::xml::{Element, Token, Xml};

/// How far a style is followed to those that it is based on: Word stops at ten, and a damaged file may go in a circle.
const MAX_CHAIN: usize = 16;
/// Styles of one document; Word itself brings a few hundred.
const MAX_STYLES: usize = 50_000;

/// Which list a paragraph is an item of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberReference {
    /// The list; 0 takes a paragraph out of its style's list.
    pub list: Option<u32>,
    /// The level, from 0.
    pub level: Option<usize>,
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading; level 0 is the document's title.
    Heading(u8),
    /// An entry of the table of contents.
    Contents,
    /// Anything else.
    Body,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    name: String,
    outline: Option<u8>,
    number: NumberReference,
    hidden: Option<bool>,
}

/// The styles of one document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(mut xml: Xml<'_>) -> Result<Styles, ReadError> {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "style" => {
                    let id = element.attr("styleId").unwrap_or_default().into_owned();
                    let of_paragraphs = element.attr("type").is_none_or(|kind| kind == "paragraph");
                    if of_paragraphs && element.flag("default") {
                        styles.usual = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Token::Open(element) => {
                    if let Some((_, style)) = &mut open {
                        style.take(&element);
                    }
                }
                Token::Close(closing) if closing.name() == "style" => {
                    if styles.styles.len() == MAX_STYLES {
                        return Err(ReadError::TooMuch { what: "styles" });
                    }
                    styles.styles.extend(open.take());
                }
                Token::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// What a paragraph is; `outline` is the level that the paragraph itself states.
    pub fn role(&self, style: Option<&str>, outline: Option<u8>) -> Role {
        for style in self.chain(style) {
            match style.named_role() {
                // The level of the paragraph itself counts more than that of its style, but a title stays one.
                Some(Role::Heading(level)) if level > 0 => {
                    return role_of_outline(outline.or(style.outline).unwrap_or(level - 1));
                }
                Some(role) => return role,
                None => {}
            }
            if let Some(own) = outline.or(style.outline) {
                return role_of_outline(own);
            }
        }
        outline.map_or(Role::Body, role_of_outline)
    }

    /// The list that the style puts its paragraphs in.
    pub fn number(&self, style: Option<&str>) -> NumberReference {
        let mut found = NumberReference::default();
        for style in self.chain(style) {
            found.list = found.list.or(style.number.list);
            found.level = found.level.or(style.number.level);
        }
        found
    }

    /// Whether text of this style, of a paragraph or of a run, is not shown.
    pub fn is_hidden(&self, style: &str) -> bool {
        self.chain(Some(style)).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// The ids of the style and of those that it is based on.
    pub fn ids<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = &'s str> {
        let mut next = style.or(self.usual.as_deref());
        std::iter::from_fn(move || {
            let id = next?;
            next = self.styles.get(id).and_then(|style| style.based_on.as_deref());
            Some(id)
        })
        .take(MAX_CHAIN)
    }

    fn chain<'s>(&'s self, style: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        self.ids(style).filter_map(|id| self.styles.get(id))
    }
}

impl Style {
    fn take(&mut self, element: &Element<'_>) {
        let value = || element.attr("val").unwrap_or_default();
        match element.name() {
            "name" => self.name = value().to_lowercase(),
            "basedOn" => self.based_on = Some(value().into_owned()),
            "outlineLvl" => self.outline = element.number("val"),
            "numId" => self.number.list = element.number("val"),
            "ilvl" => self.number.level = element.number("val"),
            "vanish" => self.hidden = Some(element.is_on()),
            _ => {}
        }
    }

    /// What the style is by its name, which Word keeps in English and some programs write in Chinese.
    fn named_role(&self) -> Option<Role> {
        let name = self.name.trim();
        if matches!(name, "title" | "标题" | "文档标题") {
            return Some(Role::Heading(0));
        }
        if matches!(name, "toc heading" | "toc 标题") || numbered(name, &["toc", "目录"]).is_some() {
            return Some(Role::Contents);
        }
        numbered(name, &["heading", "标题"]).map(Role::Heading)
    }
}

/// The number behind one of the words: 2 of `heading 2`, `标题2`.
fn numbered(name: &str, words: &[&str]) -> Option<u8> {
    let rest = words.iter().find_map(|word| name.strip_prefix(word))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// Level 0 of the outline is that of `heading 1`; 9 is body text.
fn role_of_outline(level: u8) -> Role {
    if level < 9 {
        Role::Heading(level + 1)
    } else {
        Role::Body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(body: &str) -> Styles {
        let source = format!("<w:styles>{body}</w:styles>");
        Styles::read(Xml::new("docx", source.as_bytes())).unwrap()
    }

    #[test]
    fn headings_are_known_by_name_by_outline_and_by_what_they_are_based_on() {
        let styles = styles(
            r#"<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
               <w:style w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
               <w:style w:styleId="x"><w:name w:val="公文一级"/><w:basedOn w:val="1"/></w:style>
               <w:style w:styleId="y"><w:name w:val="章"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
               <w:style w:styleId="t"><w:name w:val="Title"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
               <w:style w:styleId="c"><w:name w:val="标题 3"/></w:style>
               <w:style w:styleId="toc"><w:name w:val="toc 2"/></w:style>
               <w:style w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>"#,
        );
        for (id, outline, expected) in [
            (Some("1"), None, Role::Heading(1)),
            (Some("x"), None, Role::Heading(1)),
            (Some("y"), None, Role::Heading(2)),
            (Some("t"), None, Role::Heading(0)),
            (Some("c"), None, Role::Heading(3)),
            (Some("toc"), None, Role::Contents),
            (Some("a"), None, Role::Body),
            (Some("a"), Some(2), Role::Heading(3)),
            (Some("1"), Some(9), Role::Body),
            (Some("loop"), None, Role::Body),
            (Some("no such style"), None, Role::Body),
            (None, None, Role::Body),
        ] {
            assert_eq!(styles.role(id, outline), expected, "{id:?}");
        }
    }

    #[test]
    fn lists_and_hiding_are_inherited() {
        let styles = styles(
            r#"<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
               <w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>
                 <w:rPr><w:vanish/></w:rPr></w:style>"#,
        );
        let number = NumberReference {
            list: Some(4),
            level: Some(1),
        };
        assert_eq!(styles.number(Some("b")), number);
        assert!(styles.is_hidden("b"));
        assert!(!styles.is_hidden("a"));
    }
}
