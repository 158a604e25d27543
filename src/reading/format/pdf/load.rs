//! Loading: lopdf reads all objects of a file into memory, and here is counted what it makes of them.
//!
//! A small file can ask for very much: a table of objects whose entries all stand for one long array, streams that lie over each
//! other, a packed stream whose list names one of its objects a million times. lopdf bounds what one stream unpacks to and no
//! more. But it hands each object that it has read to a function, and ours counts; where there is too much it unwinds out of
//! lopdf, the only way to make it stop. Packed streams of objects are hidden from it and taken apart here, each object counted
//! before it is made.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, ObjectStream, Stream};

use super::protection;
use super::tokens::{Token, Tokens};
use super::weight::{extent, has_huge_object, values};
use crate::reading::{MAX_BYTES, ReadError};

/// Values in all objects: each takes about a hundred bytes. A tagged book of a thousand pages has 400,000.
/// Tests hit the bound too, and have less time.
const MAX_VALUES: usize = if cfg!(test) { 100_000 } else { 1_000_000 };
/// Bytes of all streams, packed as they are in the file: honest ones do not lie over each other.
const MAX_STREAMS: usize = if cfg!(test) { 1 << 20 } else { 3 * MAX_BYTES as usize };
/// What a stream of packed objects, or of places of objects, may unpack to.
const MAX_UNPACKED: usize = 16 * 1024 * 1024;
/// Bytes of packed objects, each as often as a list names it.
const MAX_PACKED: usize = 64 * 1024 * 1024;
/// How streams of packed objects are called while lopdf loads.
const SET_ASIDE: &[u8] = b"ObjStm set aside";

/// What may still be loaded.
#[derive(Clone, Copy)]
struct Left {
    values: usize,
    streams: usize,
    packed: usize,
}

const ALL: Left = Left {
    values: MAX_VALUES,
    streams: MAX_STREAMS,
    packed: MAX_PACKED,
};

thread_local! {
    // lopdf takes a function that can hold no state of its own, and calls it on the thread that loads.
    static LEFT: Cell<Left> = const { Cell::new(ALL) };
}

/// What unwinds out of lopdf: what there is too much of.
struct TooMuch(&'static str);

/// The objects of a file, decrypted if that needs no password.
pub(super) fn document(bytes: &[u8]) -> Result<Document, ReadError> {
    if has_huge_object(bytes, MAX_VALUES) {
        return Err(ReadError::TooMuch { what: "objects" });
    }
    let document = opened(bytes, false)?;
    if has_pages(&document) {
        return Ok(document);
    }
    // The table of objects may be wrong: look for the objects themselves.
    match opened(bytes, true) {
        Ok(rebuilt) if has_pages(&rebuilt) => Ok(rebuilt),
        _ => Ok(document),
    }
}

/// Whether the catalog leads to a tree of pages.
fn has_pages(document: &Document) -> bool {
    let tree = document.catalog().and_then(|catalog| catalog.get(b"Pages"));
    let root = tree.and_then(|tree| document.dereference(tree));
    root.and_then(|(_, root)| root.as_dict()?.get(b"Kids")).is_ok()
}

fn opened(bytes: &[u8], rebuilt: bool) -> Result<Document, ReadError> {
    let mut document = match protection::hidden(bytes) {
        Some(hidden) => {
            let mut document = loaded(&hidden, rebuilt)?;
            match protection::take_hidden(&mut document.trailer) {
                Some(dictionary) => {
                    protection::decrypt(&mut document, dictionary)?;
                    document
                }
                // The key stands in a text, say, and must not be changed there.
                None => loaded(bytes, rebuilt)?,
            }
        }
        None => loaded(bytes, rebuilt)?,
    };
    unpack_objects(&mut document)?;
    Ok(document)
}

/// Has lopdf load the file as far as it may.
fn loaded(bytes: &[u8], rebuilt: bool) -> Result<Document, ReadError> {
    LEFT.set(ALL);
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_UNPACKED),
        force_reconstruct: rebuilt,
        filter: Some(counted),
        ..LoadOptions::default()
    };
    // What lopdf was at is dropped with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options)));
    match outcome {
        Ok(document) => document.map_err(super::file::refusal),
        Err(panic) => match panic.downcast_ref::<TooMuch>() {
            Some(TooMuch(what)) => Err(ReadError::TooMuch { what }),
            None => resume_unwind(panic),
        },
    }
}

/// Counts an object that lopdf has read, and keeps it unless it says nothing of text. The answer only tells whether: lopdf
/// goes on with the object itself.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if is_structure(object) {
        return None;
    }
    let mut left = LEFT.get();
    let values = values(object);
    let bytes = match object {
        Object::Stream(stream) => {
            lighten(stream);
            copied(stream)
        }
        _ => 0,
    };
    match (left.values.checked_sub(values), left.streams.checked_sub(bytes)) {
        (Some(values), Some(streams)) => (left.values, left.streams) = (values, streams),
        (None, _) => resume_unwind(Box::new(TooMuch("objects"))),
        (_, None) => resume_unwind(Box::new(TooMuch("streams"))),
    }
    LEFT.set(left);
    Some((id, Object::Null))
}

/// Whether an object is one of those that repeat the text's structure for the blind, which are most of a tagged file's.
fn is_structure(object: &Object) -> bool {
    matches!(object, Object::Dictionary(dict) if dict.has_type(b"StructElem"))
}

/// Takes from a stream what is not needed, and sets it aside if it is one of packed objects.
fn lighten(stream: &mut Stream) {
    if stream.dict.has_type(b"ObjStm") {
        stream.dict.set("Type", Object::Name(SET_ASIDE.to_vec()));
    }
    // It is counted how much of a page images cover, but nobody looks at them.
    let is_image = |name: &Object| matches!(name, Object::Name(name) if name == b"Image");
    if stream.dict.get(b"Subtype").is_ok_and(is_image) {
        stream.content = Vec::new();
        stream.start_position = None;
    }
}

/// Bytes that a stream takes, now or when lopdf learns how long it is.
fn copied(stream: &Stream) -> usize {
    if !stream.content.is_empty() || stream.start_position.is_none() {
        return stream.content.len();
    }
    match stream.dict.get(b"Length") {
        Ok(Object::Integer(length)) => usize::try_from(*length).unwrap_or_default(),
        Ok(Object::Real(length)) => *length as usize,
        Ok(Object::Reference(_)) => MAX_BYTES as usize,
        _ => 0,
    }
}

/// Takes the streams of packed objects apart. An object that the table of objects places elsewhere is an older one.
fn unpack_objects(document: &mut Document) -> Result<(), ReadError> {
    let is_set_aside = |object: &Object| matches!(object, Object::Stream(stream) if stream.dict.has_type(SET_ASIDE));
    let aside: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| is_set_aside(object))
        .map(|(id, _)| *id)
        .collect();
    for container in aside {
        let Some(Object::Stream(stream)) = document.objects.remove(&container) else {
            continue;
        };
        for (id, object) in packed(stream)? {
            let is_placed_here = match document.reference_table.entries.get(&id.0) {
                Some(XrefEntry::Compressed { container: stated, .. }) => *stated == container.0,
                Some(_) => false,
                None => true,
            };
            if is_placed_here && !is_structure(&object) {
                document.objects.entry(id).or_insert(object);
            }
        }
    }
    Ok(())
}

/// The objects in a stream; none if it is damaged.
fn packed(stream: Stream) -> Result<Vec<(ObjectId, Object)>, ReadError> {
    let unpacked = match stream.get_plain_content_with_limit(MAX_UNPACKED) {
        Ok(unpacked) => unpacked,
        Err(error) => match super::file::refusal(error) {
            too_much @ ReadError::TooMuch { .. } => return Err(too_much),
            _ => return Ok(Vec::new()),
        },
    };
    let mut dict = Dictionary::new();
    for key in [&b"N"[..], b"First"] {
        if let Ok(value) = stream.dict.get(key) {
            dict.set(key, value.clone());
        }
    }
    drop(stream.content);
    let first = dict.get(b"First").and_then(Object::as_i64).unwrap_or_default();
    count_packed(&unpacked, usize::try_from(first).unwrap_or_default())?;
    let objects = ObjectStream::new_with_limit(&Stream::new(dict, unpacked), Some(MAX_UNPACKED));
    Ok(objects.map_or_else(|_| Vec::new(), |objects| objects.objects.into_iter().collect()))
}

/// Counts the objects that the list at the beginning of `unpacked` names, from byte `first` on, as lopdf will make them: each as
/// often as it is named, and to its own end, even over the next one.
fn count_packed(unpacked: &[u8], first: usize) -> Result<(), ReadError> {
    let mut left = LEFT.get();
    let list = Tokens::new(unpacked.get(..first).unwrap_or_default());
    for place in list.skip(1).step_by(2) {
        let Token::Number(place) = place else { continue };
        let Some(object) = unpacked.get(first.saturating_add(place as usize)..) else {
            continue;
        };
        let (values, bytes) = extent(object, left.values);
        left.values = left.values.saturating_sub(values);
        left.packed = left.packed.saturating_sub(bytes);
        if left.values == 0 || left.packed == 0 {
            return Err(ReadError::TooMuch { what: "objects" });
        }
    }
    LEFT.set(left);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, stream};
    use super::*;

    const TREE: [&[u8]; 2] = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"];

    fn with(objects: &[Vec<u8>]) -> Vec<u8> {
        let tree = TREE.iter().map(|object| object.to_vec());
        file(&tree.chain(objects.iter().cloned()).collect::<Vec<_>>())
    }

    fn is_too_much(bytes: &[u8]) -> bool {
        matches!(document(bytes), Err(ReadError::TooMuch { .. }))
    }

    #[test]
    fn values_are_counted() {
        let array = |length: usize| format!("<</Type/Page/X[{}]>>", "0 ".repeat(length)).into_bytes();
        assert!(document(&with(&[array(1000)])).is_ok());
        assert!(is_too_much(&with(&[array(MAX_VALUES)])));
    }

    #[test]
    fn a_table_may_not_name_one_object_for_ever() {
        let one = with(&[format!("<</Type/Page/X[{}]>>", "0 ".repeat(1000)).into_bytes()]);
        let text = String::from_utf8(one).expect("ASCII");
        let (entry, many) = ("\n0000000", 1000);
        let last = text.rfind(entry).expect("an entry");
        let row = text.get(last + 1..last + 21).expect("an entry");
        let table = text.replace("xref\n0 4", &format!("xref\n0 {}", 4 + many));
        let at = table.find("trailer").expect("a trailer");
        let bomb = format!("{}{}{}", &table[..at], row.repeat(many), &table[at..]);
        assert!(is_too_much(bomb.as_bytes()));
    }

    #[test]
    fn streams_that_lie_over_each_other_are_too_much() {
        // Each stream reaches to the file's end.
        let mut objects: Vec<Vec<u8>> = Vec::new();
        let mut behind = "x".repeat(20_000).into_bytes();
        for _ in 0..100 {
            let outer = stream("", &behind);
            objects.push(outer.clone());
            behind = outer;
        }
        // The streams one inside the other: 100 of 20 KB and more.
        assert!(is_too_much(&with(&objects)));
    }

    #[test]
    fn packed_objects_are_unpacked_and_counted_as_often_as_they_are_named() {
        let packed = |list: &str, objects: &str| {
            let list = format!("{list} ");
            let dict = format!("/Type/ObjStm/N 1/First {}", list.len());
            with(&[
                b"<</Type/Page/X 9 0 R>>".to_vec(),
                stream(&dict, format!("{list}{objects}").as_bytes()),
            ])
        };
        let good = document(&packed("9 0", "[1 2 3]")).expect("reads");
        assert_eq!(
            good.objects
                .get(&(9, 0))
                .and_then(|object| object.as_array().ok())
                .map(Vec::len),
            Some(3)
        );
        let bomb = packed(&"9 0 ".repeat(1000), &format!("[{}]", "0 ".repeat(1000)));
        assert!(is_too_much(&bomb));
    }

    #[test]
    fn images_and_structure_take_no_memory() {
        let loaded = document(&with(&[
            b"<</Type/Page>>".to_vec(),
            stream("/Subtype/Image", &[b'x'; 1000]),
            b"<</Type/StructElem/S/P>>".to_vec(),
        ]))
        .expect("reads");
        assert!(
            loaded
                .objects
                .get(&(4, 0))
                .and_then(|object| object.as_stream().ok())
                .is_some_and(|stream| stream.content.is_empty())
        );
        assert!(!loaded.objects.contains_key(&(5, 0)));
    }

    #[test]
    fn a_text_that_names_encryption_is_no_encrypted_file() {
        let text = stream("", b"(the key /Encrypt of a trailer)");
        let loaded = document(&with(&[b"<</Type/Page>>".to_vec(), text])).expect("reads");
        let content = loaded.objects.get(&(4, 0)).and_then(|object| object.as_stream().ok());
        assert!(content.is_some_and(|stream| stream.content.ends_with(b"/Encrypt of a trailer)")));
    }
}
