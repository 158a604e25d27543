//! The file: its objects by way of lopdf, and the bounds on what is unpacked from it.
//!
//! lopdf keeps all objects in memory, their streams packed as they are in the file; a stream is unpacked here when it is used.

use std::cell::Cell;
use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::load;
use super::matrix::Matrix;

use crate::reading::ReadError;

/// What one stream may unpack to.
const MAX_STREAM: usize = 64 * 1024 * 1024;
/// What all streams together may unpack to: forms are unpacked each time they are drawn, so a small file can ask for much.
/// Tests hit the bound too, and have less time.
const MAX_UNPACKED: usize = (if cfg!(test) { 8 } else { 256 }) * 1024 * 1024;
/// What drawing a form costs besides its bytes, so that many empty forms are bounded as well.
const STREAM_COST: usize = 4096;
const MAX_PAGES: usize = 5_000;
/// How deep the tree of pages may be.
const MAX_TREE: usize = 64;

/// An opened file.
pub(super) struct File {
    document: lopdf::Document,
    unpacked: Cell<usize>,
}

/// A page: its dictionary, and what it has from the nodes above it.
pub(super) struct PageNode<'f> {
    pub(super) dict: &'f Dictionary,
    pub(super) resources: Option<&'f Dictionary>,
    /// Left, bottom, right, top.
    pub(super) bounds: [f64; 4],
    /// Clockwise, in quarters of a turn.
    pub(super) quarters: i64,
}

#[derive(Clone, Copy, Default)]
struct Inherited<'f> {
    resources: Option<&'f Dictionary>,
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    rotate: i64,
}

impl File {
    /// Reads the objects. A file that is encrypted with the empty password is decrypted.
    pub(super) fn open(bytes: &[u8]) -> Result<File, ReadError> {
        let document = load::document(bytes)?;
        Ok(File {
            document,
            unpacked: Cell::new(0),
        })
    }

    /// The object behind a reference, or the object itself.
    pub(super) fn resolve<'f>(&'f self, object: &'f Object) -> Option<&'f Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    pub(super) fn get<'f>(&'f self, dict: &'f Dictionary, key: &[u8]) -> Option<&'f Object> {
        self.resolve(dict.get(key).ok()?)
    }

    pub(super) fn dict<'f>(&'f self, dict: &'f Dictionary, key: &[u8]) -> Option<&'f Dictionary> {
        dict_of(self.get(dict, key)?)
    }

    pub(super) fn array<'f>(&'f self, dict: &'f Dictionary, key: &[u8]) -> Option<&'f [Object]> {
        self.get(dict, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(super) fn stream<'f>(&'f self, dict: &'f Dictionary, key: &[u8]) -> Option<&'f Stream> {
        self.get(dict, key)?.as_stream().ok()
    }

    pub(super) fn name<'f>(&'f self, dict: &'f Dictionary, key: &[u8]) -> Option<&'f [u8]> {
        self.get(dict, key)?.as_name().ok()
    }

    pub(super) fn number(&self, dict: &Dictionary, key: &[u8]) -> Option<f64> {
        number_of(self.get(dict, key)?)
    }

    /// The numbers of an array; what is none counts as 0, so that all keep their places.
    pub(super) fn numbers(&self, dict: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
        let items = self.array(dict, key)?;
        let value = |item| self.resolve(item).and_then(number_of).unwrap_or_default();
        Some(items.iter().map(value).collect())
    }

    pub(super) fn matrix(&self, dict: &Dictionary, key: &[u8]) -> Option<Matrix> {
        let numbers = self.numbers(dict, key)?;
        <[f64; 6]>::try_from(numbers.as_slice()).ok().map(Matrix)
    }

    pub(super) fn rectangle(&self, dict: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
        let numbers = self.numbers(dict, key)?;
        let [a, b, c, d] = <[f64; 4]>::try_from(numbers.as_slice()).ok()?;
        Some([a.min(c), b.min(d), a.max(c), b.max(d)])
    }

    /// The bytes of a stream, its filters undone. What is damaged yields as much as can be had of it.
    pub(super) fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, ReadError> {
        let bytes = match stream.get_plain_content_with_limit(MAX_STREAM) {
            Ok(bytes) => bytes,
            Err(error) => match refusal(error) {
                too_much @ ReadError::TooMuch { .. } => return Err(too_much),
                _ => Vec::new(),
            },
        };
        self.charge(bytes.len())?;
        Ok(bytes)
    }

    /// Counts bytes that were unpacked, or made of what was.
    pub(super) fn charge(&self, bytes: usize) -> Result<(), ReadError> {
        let sum = self.unpacked.get().saturating_add(bytes).saturating_add(STREAM_COST);
        self.unpacked.set(sum);
        if sum > MAX_UNPACKED {
            return Err(ReadError::TooMuch { what: "page contents" });
        }
        Ok(())
    }

    /// What a page draws: its content streams, one behind the other.
    pub(super) fn contents(&self, page: &Dictionary) -> Result<Vec<u8>, ReadError> {
        let mut out = Vec::new();
        let parts = match self.get(page, b"Contents") {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(single) => std::slice::from_ref(single),
            None => &[],
        };
        for stream in parts.iter().filter_map(|part| self.resolve(part)?.as_stream().ok()) {
            out.extend(self.unpack(stream)?);
            // A token does not go on in the next stream.
            out.push(b'\n');
            if out.len() > MAX_STREAM {
                return Err(ReadError::TooMuch { what: "page contents" });
            }
        }
        Ok(out)
    }

    /// The pages in order.
    pub(super) fn pages(&self) -> Result<Vec<PageNode<'_>>, ReadError> {
        let catalog = self
            .document
            .catalog()
            .map_err(|error| ReadError::broken("pdf", error))?;
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        if let Ok(root) = catalog.get(b"Pages") {
            self.walk(root, Inherited::default(), MAX_TREE, &mut seen, &mut pages)?;
        }
        if pages.is_empty() {
            self.loose_pages(&mut pages)?;
        }
        if pages.is_empty() {
            return Err(ReadError::broken("pdf", "it has no pages"));
        }
        Ok(pages)
    }

    fn walk<'f>(
        &'f self,
        node: &'f Object,
        above: Inherited<'f>,
        depth: usize,
        seen: &mut HashSet<ObjectId>,
        pages: &mut Vec<PageNode<'f>>,
    ) -> Result<(), ReadError> {
        let is_new = node.as_reference().map_or(true, |id| seen.insert(id));
        let Some(dict) = self.resolve(node).and_then(dict_of) else {
            return Ok(());
        };
        if !is_new || depth == 0 {
            return Ok(());
        }
        let own = self.inherit(dict, above);
        match self.array(dict, b"Kids") {
            Some(kids) => {
                for kid in kids {
                    self.walk(kid, own, depth - 1, seen, pages)?;
                }
                Ok(())
            }
            None => push(pages, dict, own),
        }
    }

    /// All objects that say they are pages, where the tree of pages is damaged.
    fn loose_pages<'f>(&'f self, pages: &mut Vec<PageNode<'f>>) -> Result<(), ReadError> {
        let dicts = self.document.objects.values().filter_map(dict_of);
        for dict in dicts.filter(|dict| self.name(dict, b"Type") == Some(b"Page")) {
            push(pages, dict, self.inherit(dict, Inherited::default()))?;
        }
        Ok(())
    }

    fn inherit<'f>(&'f self, dict: &'f Dictionary, above: Inherited<'f>) -> Inherited<'f> {
        Inherited {
            resources: self.dict(dict, b"Resources").or(above.resources),
            media: self.rectangle(dict, b"MediaBox").or(above.media),
            crop: self.rectangle(dict, b"CropBox").or(above.crop),
            rotate: self
                .number(dict, b"Rotate")
                .map_or(above.rotate, |turn| (turn / 90.0) as i64),
        }
    }
}

fn push<'f>(pages: &mut Vec<PageNode<'f>>, dict: &'f Dictionary, own: Inherited<'f>) -> Result<(), ReadError> {
    if pages.len() == MAX_PAGES {
        return Err(ReadError::TooMuch { what: "pages" });
    }
    let is_sane = |bounds: &[f64; 4]| bounds[2] - bounds[0] > 1.0 && bounds[3] - bounds[1] > 1.0;
    let bounds = own.crop.filter(is_sane).or(own.media.filter(is_sane));
    pages.push(PageNode {
        dict,
        resources: own.resources,
        bounds: bounds.unwrap_or([0.0, 0.0, 595.0, 842.0]),
        quarters: own.rotate.rem_euclid(4),
    });
    Ok(())
}

/// The dictionary that an object is or has.
pub(super) fn dict_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn number_of(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)).filter(|value| value.is_finite()),
        _ => None,
    }
}

/// What to tell of an error of lopdf's.
pub(super) fn refusal(error: lopdf::Error) -> ReadError {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => ReadError::Protected,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            ReadError::TooMuch { what: "one stream" }
        }
        other => ReadError::broken("pdf", other),
    }
}
