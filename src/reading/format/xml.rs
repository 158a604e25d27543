//! XML of office packages as a stream of tokens with local names.
//!
//! Prefixes are not looked at: the transitional and the strict form of a document differ in their namespaces, not in the
//! names of their elements. Of the alternatives that a document offers for older programs (`mc:AlternateContent`) only the
//! first is given out, so that a text box is read once. Entities are those of XML itself: a document type is refused.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;

use super::archive::Overflow;
use crate::reading::ReadError;

/// How deep elements may lie; real documents stay below fifty.
const MAX_DEPTH: usize = 256;

/// One part of a package, token by token.
pub struct Xml<'a> {
    format: &'static str,
    reader: Reader<Box<dyn BufRead + 'a>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The depth at which a subtree that nobody wants began.
    skipped_from: Option<usize>,
    /// The `AlternateContent`s that are open: at which depth, and whether an alternative was taken.
    alternatives: Vec<(usize, bool)>,
}

/// What comes next in a part.
pub enum Token<'x> {
    /// An element begins. An empty element begins and ends.
    Open(Element<'x>),
    /// An element ends.
    Close(Closing<'x>),
    /// Characters.
    Text(Cow<'x, str>),
    /// Nothing to look at: a comment, or part of a skipped subtree.
    Other,
    /// The part ends.
    End,
}

impl<'a> Xml<'a> {
    /// Reads `source`; `format` is what errors call it.
    pub fn new(format: &'static str, source: impl BufRead + 'a) -> Self {
        let mut reader = Reader::from_reader(Box::new(source) as Box<dyn BufRead + 'a>);
        reader.config_mut().expand_empty_elements = true;
        // Some programs write a bare `&` in a link; the text around it is no worse for it.
        reader.config_mut().allow_dangling_amp = true;
        Xml {
            format,
            reader,
            buffer: Vec::new(),
            depth: 0,
            skipped_from: None,
            alternatives: Vec::new(),
        }
    }

    /// The next token.
    // Not an iterator: a token borrows from the reader.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Token<'_>, ReadError> {
        self.buffer.clear();
        let format = self.format;
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(|error| xml_error(format, error))?;
        let skipping = self.skipped_from.is_some();
        match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(ReadError::TooMuch {
                        what: "levels of nesting",
                    });
                }
                if skipping {
                    return Ok(Token::Other);
                }
                let element = Element(start);
                if passed_over(&mut self.alternatives, self.depth, element.name()) {
                    self.skipped_from = Some(self.depth);
                    return Ok(Token::Other);
                }
                Ok(Token::Open(element))
            }
            Event::End(end) => {
                let depth = self.depth;
                self.depth = depth.saturating_sub(1);
                if self.alternatives.last().is_some_and(|(at, _)| *at == depth) {
                    self.alternatives.pop();
                }
                if self.skipped_from == Some(depth) {
                    self.skipped_from = None;
                    return Ok(Token::Other);
                }
                Ok(if skipping {
                    Token::Other
                } else {
                    Token::Close(Closing(end))
                })
            }
            Event::Eof if self.depth > 0 => Err(ReadError::broken(format, "a part ends in the middle")),
            Event::Eof => Ok(Token::End),
            Event::DocType(_) => Err(ReadError::broken(
                format,
                "it has a document type, as no office program writes",
            )),
            _ if skipping => Ok(Token::Other),
            Event::Text(text) => Ok(Token::Text(text.xml10_content())),
            Event::CData(text) => Ok(Token::Text(text.xml10_content())),
            Event::GeneralRef(reference) => Ok(Token::Text(match reference.resolve_char_ref() {
                Ok(Some(char)) => Cow::Owned(char.to_string()),
                _ => match resolve_predefined_entity(&reference) {
                    Some(known) => Cow::Borrowed(known),
                    None => Cow::Owned(format!("&{};", &*reference)),
                },
            })),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => Ok(Token::Other),
        }
    }

    /// Gives out nothing of the element that was opened last, not even its end.
    pub fn skip(&mut self) {
        self.skipped_from.get_or_insert(self.depth);
    }

    /// The characters inside the element that was opened last, up to its end.
    pub fn text_inside(&mut self) -> Result<String, ReadError> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Token::Text(more) => text.push_str(&more),
                Token::End => break,
                _ => {}
            }
        }
        Ok(text)
    }
}

/// Whether the element is an alternative that comes after one that was taken. Keeps count of the alternatives.
fn passed_over(open: &mut Vec<(usize, bool)>, depth: usize, name: &str) -> bool {
    match name {
        "AlternateContent" => {
            open.push((depth, false));
            false
        }
        "Choice" | "Fallback" => match open.last_mut() {
            Some((at, taken)) if *at + 1 == depth => std::mem::replace(taken, true),
            _ => false,
        },
        _ => false,
    }
}

fn xml_error(format: &'static str, error: quick_xml::Error) -> ReadError {
    if let quick_xml::Error::Io(inner) = &error
        && inner.get_ref().is_some_and(|source| source.is::<Overflow>())
    {
        return ReadError::TooMuch { what: "bytes" };
    }
    ReadError::broken(format, error)
}

/// The beginning of an element.
pub struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute with this name, whatever its prefix.
    pub fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(|key, _| key == name)
    }

    /// The value of an attribute that has a prefix: `r:id` beside `id`.
    pub fn prefixed_attr(&self, name: &str) -> Option<Cow<'_, str>> {
        self.value(|key, prefixed| prefixed && key == name)
    }

    /// The attribute as a number, if it is one.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attr(name)?.trim().parse().ok()
    }

    /// Whether a switch like `<w:vanish/>` is on: it is unless its value says otherwise.
    pub fn is_on(&self) -> bool {
        self.attr("val").is_none_or(|value| is_true(&value))
    }

    /// Whether the attribute is there and true.
    pub fn flag(&self, name: &str) -> bool {
        self.attr(name).is_some_and(|value| is_true(&value))
    }

    fn value(&self, wanted: impl Fn(&str, bool) -> bool) -> Option<Cow<'_, str>> {
        self.0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| {
                let key = attribute.key;
                wanted(key.local_name().into_inner(), key.prefix().is_some())
            })
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
    }
}

fn is_true(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// The end of an element.
pub struct Closing<'x>(BytesEnd<'x>);

impl Closing<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(source: &str) -> Result<String, ReadError> {
        let mut xml = Xml::new("docx", source.as_bytes());
        let mut trace = String::new();
        loop {
            let skip = match xml.next()? {
                Token::Open(element) => {
                    trace += &format!("<{}", element.name());
                    element.name() == "skip"
                }
                Token::Close(closing) => {
                    trace += &format!("{}>", closing.name());
                    false
                }
                Token::Text(text) => {
                    trace += &text;
                    false
                }
                Token::Other => false,
                Token::End => return Ok(trace),
            };
            if skip {
                xml.skip();
            }
        }
    }

    #[test]
    fn names_come_without_prefixes_and_entities_resolved() {
        let source = r#"<?xml version="1.0"?><w:a x="1"><!-- no --><b/>甲&amp;&#x4E59;<![CDATA[<丙>]]></w:a>"#;
        assert_eq!(trace(source).unwrap(), "<a<bb>甲&乙<丙>a>");
    }

    #[test]
    fn only_the_first_alternative_is_read() {
        let source = "<a><mc:AlternateContent><mc:Choice><b/></mc:Choice><mc:Choice><c/></mc:Choice>\
                      <mc:Fallback><d/></mc:Fallback></mc:AlternateContent><e/></a>";
        assert_eq!(
            trace(source).unwrap(),
            "<a<AlternateContent<Choice<bb>Choice>AlternateContent><ee>a>"
        );
        let only = "<a><mc:AlternateContent><mc:Fallback><d/></mc:Fallback></mc:AlternateContent></a>";
        assert_eq!(
            trace(only).unwrap(),
            "<a<AlternateContent<Fallback<dd>Fallback>AlternateContent>a>"
        );
    }

    #[test]
    fn a_skipped_element_leaves_no_trace_but_its_beginning() {
        assert_eq!(trace("<a><skip>甲<b/></skip>乙</a>").unwrap(), "<a<skip乙a>");
        assert_eq!(trace("<a><skip/>乙</a>").unwrap(), "<a<skip乙a>");
    }

    #[test]
    fn a_bomb_of_entities_is_refused() {
        let source = r#"<!DOCTYPE a [<!ENTITY b "县县县">]><a>&b;</a>"#;
        assert!(matches!(trace(source), Err(ReadError::Broken { .. })));
    }

    #[test]
    fn too_deep_is_too_much_and_an_early_end_is_damage() {
        assert!(matches!(trace(&"<a>".repeat(100_000)), Err(ReadError::TooMuch { .. })));
        assert!(matches!(trace("<a><b>"), Err(ReadError::Broken { .. })));
        assert!(matches!(trace("<a></b>"), Err(ReadError::Broken { .. })));
    }
}
