//! Office packages: a zip of XML parts, opened within bounds, and told apart by what they hold.
//!
//! A file from outside may be a bomb. So nothing is unpacked but the parts that a reader asks for, each as a stream, and what
//! is unpacked is counted: the sizes that the zip itself states are not believed.

use std::collections::HashMap;
use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{Token, Xml};
use crate::reading::ReadError;

/// Entries in one package; a deck of a hundred slides has a few hundred.
const MAX_ENTRIES: usize = 10_000;
/// Bytes that one part may unpack to.
const MAX_PART: u64 = 64 * 1024 * 1024;
/// Bytes that all parts that are read may unpack to.
const MAX_ALL: u64 = 128 * 1024 * 1024;
/// Relationships of one part.
const MAX_RELATIONS: usize = 100_000;

/// What the bytes of an office file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// Word (`.docx`, `.docm`, `.dotx`).
    Docx,
    /// Excel (`.xlsx`, `.xlsm`).
    Xlsx,
    /// PowerPoint (`.pptx`, `.ppsx`).
    Pptx,
    /// A zip of something else, or a damaged one.
    OtherZip,
    /// A document with a password: the encrypted package inside an OLE file.
    Encrypted,
    /// An OLE file of another kind: `.doc`, `.xls`, `.ppt`, `.wps`.
    Ole,
    /// None of these.
    Other,
}

/// Tells by the content what kind of office file `bytes` are.
pub fn looks_like(bytes: &[u8]) -> Package {
    if bytes.starts_with(&OLE) {
        return if is_encrypted(bytes) {
            Package::Encrypted
        } else {
            Package::Ole
        };
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Package::Other;
    }
    let Ok(mut archive) = Archive::open("zip", bytes) else {
        return Package::OtherZip;
    };
    archive
        .by_content_types()
        .or_else(|| archive.by_part_names())
        .unwrap_or(Package::OtherZip)
}

/// How an OLE file begins.
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether an OLE file holds an encrypted office package: its directory names the stream in UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// A package whose parts are read one after another, within bounds.
pub struct Archive<'b> {
    format: &'static str,
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Part names as [`key`] writes them.
    names: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens the package; `format` is what errors call it.
    pub fn open(format: &'static str, bytes: &'b [u8]) -> Result<Self, ReadError> {
        if bytes.starts_with(&OLE) && is_encrypted(bytes) {
            return Err(ReadError::Protected);
        }
        // Counted before the zip's directory is read, which takes memory for each entry.
        if stated_entries(bytes) > MAX_ENTRIES {
            return Err(TOO_MANY);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| zip_error(format, error))?;
        if zip.len() > MAX_ENTRIES {
            return Err(TOO_MANY);
        }
        let names = (0..zip.len())
            .filter_map(|index| Some((key(&zip.name_for_index(index)?.ok()?), index)))
            .collect();
        Ok(Archive {
            format,
            zip,
            names,
            left: MAX_ALL,
        })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&key(name))
    }

    /// The part's XML, if there is such a part.
    pub fn part(&mut self, name: &str) -> Result<Option<Xml<'_>>, ReadError> {
        let Some(&index) = self.names.get(&key(name)) else {
            return Ok(None);
        };
        let format = self.format;
        let file = self.zip.by_index(index).map_err(|error| zip_error(format, error))?;
        let bounded = Bounded {
            inner: Box::new(file),
            part_left: MAX_PART,
            left: &mut self.left,
        };
        Ok(Some(Xml::new(format, BufReader::new(bounded))))
    }

    /// The part's XML; a package without it is damaged.
    pub fn needed(&mut self, name: &str) -> Result<Xml<'_>, ReadError> {
        let format = self.format;
        self.part(name)?
            .ok_or_else(|| ReadError::broken(format, format_args!("it has no {name}")))
    }

    /// What the part points at, in the order of the file; empty where it points at nothing.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let listing = format!("{folder}/_rels/{file}.rels");
        let mut relations = Vec::new();
        let Some(mut xml) = self.part(&listing)? else {
            return Ok(relations);
        };
        loop {
            match xml.next()? {
                Token::Open(element) if element.name() == "Relationship" => {
                    if element.attr("TargetMode").is_some_and(|mode| mode == "External") {
                        continue;
                    }
                    let (Some(kind), Some(target)) = (element.attr("Type"), element.attr("Target")) else {
                        continue;
                    };
                    if relations.len() == MAX_RELATIONS {
                        return Err(ReadError::TooMuch { what: "parts" });
                    }
                    relations.push(Relation {
                        id: element.attr("Id").unwrap_or_default().into_owned(),
                        kind: last_segment(&kind).to_owned(),
                        target: resolve(folder, &target),
                    });
                }
                Token::End => return Ok(relations),
                _ => {}
            }
        }
    }

    /// The part with the document itself, as the package's own relationships name it.
    pub fn main_part(&mut self, usual: &str) -> Result<String, ReadError> {
        let stated = self
            .relations("")?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .map(|relation| relation.target);
        match stated {
            Some(name) if self.has(&name) => Ok(name),
            _ => Ok(usual.to_owned()),
        }
    }

    /// What the package's list of content types says it is.
    fn by_content_types(&mut self) -> Option<Package> {
        let mut xml = self.part("[Content_Types].xml").ok()??;
        loop {
            match xml.next().ok()? {
                Token::Open(element) => {
                    let stated = element.attr("ContentType").unwrap_or_default();
                    if !stated.ends_with("main+xml") {
                        continue;
                    }
                    // `…ms-word.document.macroEnabled.main+xml` and `…openxmlformats-officedocument.wordprocessingml…`.
                    for (word, package) in [
                        ("word", Package::Docx),
                        ("sheet", Package::Xlsx),
                        ("excel", Package::Xlsx),
                        ("presentation", Package::Pptx),
                        ("powerpoint", Package::Pptx),
                    ] {
                        if stated.contains(word) {
                            return Some(package);
                        }
                    }
                }
                Token::End => return None,
                _ => {}
            }
        }
    }

    /// What the names of the package's parts say it is.
    fn by_part_names(&self) -> Option<Package> {
        [
            ("word/document.xml", Package::Docx),
            ("xl/workbook.xml", Package::Xlsx),
            ("ppt/presentation.xml", Package::Pptx),
        ]
        .into_iter()
        .find(|(name, _)| self.has(name))
        .map(|(_, package)| package)
    }
}

/// One thing that a part points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The name that the part uses for it, `rId3`.
    pub id: String,
    /// The last word of its type, which the transitional and the strict form share: `styles`, `header`, `slide`.
    pub kind: String,
    /// The name of the part.
    pub target: String,
}

const TOO_MANY: ReadError = ReadError::TooMuch {
    what: "entries in the package",
};

/// How part names are compared: without case, a leading slash, or the backslashes that some programs write.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn last_segment(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// The part that `target`, as written in a part of `folder`, stands for.
fn resolve(folder: &str, target: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        segments.extend(folder.split('/').filter(|segment| !segment.is_empty()));
    }
    for segment in target.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments.join("/")
}

/// How many entries the record at the zip's end speaks of. Zips past 65,535 entries write 0xFFFF here, which is too many too.
fn stated_entries(bytes: &[u8]) -> usize {
    const RECORD: usize = 22;
    const LONGEST_COMMENT: usize = 0xFFFF;
    let from = bytes.len().saturating_sub(RECORD + LONGEST_COMMENT);
    let tail = bytes.get(from..).unwrap_or_default();
    tail.windows(RECORD)
        .rev()
        .find_map(|window| match window {
            [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, ..] => Some(u16::from_le_bytes([*low, *high])),
            _ => None,
        })
        .map_or(0, usize::from)
}

fn zip_error(format: &'static str, error: ZipError) -> ReadError {
    match error {
        ZipError::InvalidPassword => ReadError::Protected,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Protected,
        other => ReadError::broken(format, other),
    }
}

/// A part that stops with [`Overflow`] when it unpacks to more than is read.
struct Bounded<'a> {
    inner: Box<dyn Read + 'a>,
    part_left: u64,
    left: &'a mut u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = read as u64;
        let left = self.part_left.checked_sub(bytes).zip(self.left.checked_sub(bytes));
        let (part_left, all_left) = left.ok_or_else(|| io::Error::other(Overflow))?;
        self.part_left = part_left;
        *self.left = all_left;
        Ok(read)
    }
}

/// The error of a part that is too long, inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("too long")]
pub(super) struct Overflow;

/// Packages for tests.
#[cfg(test)]
pub(crate) mod testing {
    use std::io::{Cursor, Read, Write};

    use proptest::prelude::*;
    use proptest::sample::Index;
    use proptest::test_runner::{Config, TestRunner};
    use zip::ZipArchive;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use crate::reading::ReadError;
    use crate::reading::format::Document;

    /// A zip of the parts.
    pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// Reads the package with bytes of it changed, with its end cut off, and with pieces of its parts doubled or taken out:
    /// whatever comes of it, nothing panics, and marks stand where text is.
    pub fn survives_damage(whole: &[u8], read: fn(&[u8]) -> Result<Document, ReadError>) {
        let parts = unpacked(whole);
        let change = (any::<Index>(), any::<u8>());
        let cut = (any::<Index>(), any::<Index>(), any::<Index>(), any::<bool>());
        let damage = (prop::collection::vec(change, 1..6), any::<Index>(), cut);
        let mut runner = TestRunner::new(Config::with_cases(120));
        let outcome = runner.run(&damage, |(changes, end, (part, from, to, doubled))| {
            let mut bytes = whole.to_vec();
            for (at, byte) in changes {
                bytes[at.index(whole.len())] = byte;
            }
            check(read(&bytes));
            check(read(&whole[..end.index(whole.len())]));

            let mut parts = parts.clone();
            let number = part.index(parts.len());
            let (_, content) = &mut parts[number];
            let (from, to) = (from.index(content.len() + 1), to.index(content.len() + 1));
            let piece = content.drain(from.min(to)..from.max(to)).collect::<String>();
            if doubled {
                content.insert_str(from.min(to), &(piece.clone() + &piece));
            }
            let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (&**name, &**content)).collect();
            check(read(&package(&parts)));
            Ok(())
        });
        outcome.unwrap();
    }

    fn check(outcome: Result<Document, ReadError>) {
        if let Ok(document) = outcome {
            crate::reading::format::lines::traced(&document);
        }
    }

    /// The parts, in ASCII so that a cut falls between characters.
    fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        (0..zip.len())
            .map(|index| {
                let mut part = zip.by_index(index).unwrap();
                let mut content = String::new();
                part.read_to_string(&mut content).unwrap();
                let name = part.name().unwrap().into_owned();
                (name, content.replace(|c: char| !c.is_ascii(), "&#x53BF;"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::package;
    use super::*;

    fn all_of(bytes: &[u8], name: &str) -> Result<usize, ReadError> {
        let mut archive = Archive::open("docx", bytes)?;
        let mut xml = archive.needed(name)?;
        let mut opened = 0;
        loop {
            match xml.next()? {
                Token::Open(_) => opened += 1,
                Token::End => return Ok(opened),
                _ => {}
            }
        }
    }

    #[test]
    fn packages_are_told_by_their_content_types() {
        let types = |kind: &str| {
            package(&[(
                "[Content_Types].xml",
                &format!(
                    r#"<Types><Override PartName="/a.xml" ContentType="application/vnd.{kind}.main+xml"/></Types>"#
                ),
            )])
        };
        for (kind, expected) in [
            ("openxmlformats-officedocument.wordprocessingml.document", Package::Docx),
            ("ms-word.document.macroEnabled", Package::Docx),
            ("openxmlformats-officedocument.spreadsheetml.sheet", Package::Xlsx),
            ("ms-excel.sheet.macroEnabled", Package::Xlsx),
            (
                "openxmlformats-officedocument.presentationml.presentation",
                Package::Pptx,
            ),
            ("example", Package::OtherZip),
        ] {
            assert_eq!(looks_like(&types(kind)), expected, "{kind}");
        }
    }

    #[test]
    fn packages_are_told_by_their_parts_where_the_types_say_nothing() {
        assert_eq!(looks_like(&package(&[("word\\document.xml", "<d/>")])), Package::Docx);
        assert_eq!(looks_like(&package(&[("notes.txt", "县")])), Package::OtherZip);
        assert_eq!(looks_like("PK 县".as_bytes()), Package::Other);
    }

    #[test]
    fn an_encrypted_document_is_protected() {
        let mut bytes = OLE.to_vec();
        bytes.extend([0; 600]);
        assert_eq!(looks_like(&bytes), Package::Ole);
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(looks_like(&bytes), Package::Encrypted);
        assert!(matches!(Archive::open("docx", &bytes), Err(ReadError::Protected)));
    }

    #[test]
    fn a_part_that_unpacks_to_too_much_is_refused() {
        for (part_left, mut left, fits) in [(100, 1000, true), (10, 1000, false), (100, 10, false)] {
            let bounded = Bounded {
                inner: Box::new("<a>县人民政府会议纪要</a>".as_bytes()),
                part_left,
                left: &mut left,
            };
            let mut xml = Xml::new("docx", BufReader::new(bounded));
            let read = xml.next();
            assert_eq!(read.is_ok(), fits);
            assert!(fits || matches!(read, Err(ReadError::TooMuch { .. })));
        }
    }

    #[test]
    fn a_package_of_too_many_parts_is_refused() {
        let mut bytes = package(&[("a.xml", "<a/>")]);
        let record = bytes.len() - 22;
        let [low, high] = (MAX_ENTRIES as u16 + 1).to_le_bytes();
        (bytes[record + 10], bytes[record + 11]) = (low, high);
        let error = Archive::open("docx", &bytes).err();
        assert!(matches!(error, Some(ReadError::TooMuch { .. })));
    }

    #[test]
    fn a_wrong_checksum_is_damage() {
        let mut bytes = package(&[("a.xml", "<a>会议纪要</a>")]);
        assert_eq!(all_of(&bytes, "a.xml").ok(), Some(1));
        // The local header's checksum stands at byte 14; the directory's, which counts, at 16 of its entry.
        let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        bytes[directory + 16] ^= 1;
        assert!(matches!(all_of(&bytes, "a.xml"), Err(ReadError::Broken { .. })));
    }

    #[test]
    fn targets_are_found_from_the_folder_of_the_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("ppt/slides", "../notesSlides/n1.xml"), "ppt/notesSlides/n1.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("", "../../x.xml"), "x.xml");
    }
}
