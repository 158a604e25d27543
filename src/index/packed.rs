//! The catalogue's files as bytes, one behind the other in the order of their paths: read from disk in one piece and looked
//! at where they are, so that opening costs next to nothing however many there are.
//!
//! Who speaks stands in the head, each once, in order; a file tells its speakers by their places there. All numbers are
//! little-endian. Bytes are read by whoever has checked that they are what was written; where they are not, fields are empty.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::record::{Participant, Record};
use super::stamp::Stamp;
use crate::gazetteer::County;
use crate::meeting::{DateRange, Meeting};

/// Where the fields of fixed length stand in a file's bytes, and where the texts begin.
const DATES: usize = Stamp::BYTES;
const PASSAGES: usize = DATES + 8;
const COUNTY: usize = PASSAGES + 8;
const TEXTS: usize = COUNTY + 4;
/// What stands for a day, a county and a text that there is none of.
const NO_DAY: i32 = i32::MIN;
const NONE: u32 = u32::MAX;

/// Some files, packed.
#[derive(Debug, Default)]
pub struct Packed {
    bytes: Box<[u8]>,
    /// Where the places of the files begin: a number for each, and one for the end.
    places: usize,
    /// Where the files begin.
    files: usize,
    /// How many there are.
    len: usize,
    counties: Box<[County]>,
    participants: Box<[Arc<Participant>]>,
    /// In how many of the files each participant speaks.
    counts: Arc<[u32]>,
    passages: usize,
}

/// What stands before the files.
#[derive(Serialize, Deserialize)]
struct Head<C, P, N> {
    counties: C,
    participants: P,
    counts: N,
    passages: u64,
    files: u64,
}

impl Packed {
    /// Of what [`Packed::bytes`] gave.
    pub fn read(bytes: Vec<u8>) -> Option<Packed> {
        let (length, rest) = bytes.split_first_chunk()?;
        let head = rest.get(..usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let places = length.len() + head.len();
        let head: Head<Vec<County>, Vec<Participant>, Vec<u32>> = postcard::from_bytes(head).ok()?;
        let len = usize::try_from(head.files).ok()?;
        let files = places.checked_add(len.checked_add(1)?.checked_mul(8)?)?;
        if files > bytes.len() || head.counts.len() != head.participants.len() {
            return None;
        }
        Some(Packed {
            bytes: bytes.into(),
            places,
            files,
            len,
            counties: head.counties.into(),
            participants: head.participants.into_iter().map(Arc::new).collect(),
            counts: head.counts.into(),
            passages: usize::try_from(head.passages).ok()?,
        })
    }

    /// All of it, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// How many passages they have.
    pub fn passages(&self) -> usize {
        self.passages
    }

    /// Those who speak in the files, each once, in order.
    pub fn participants(&self) -> &[Arc<Participant>] {
        &self.participants
    }

    /// In how many of the files each of them speaks.
    pub fn counts(&self) -> &Arc<[u32]> {
        &self.counts
    }

    /// The file at a place.
    pub fn file(&self, at: usize) -> PackedFile<'_> {
        let place = |at: usize| {
            let place = self.bytes.get(self.places + at * 8..)?.first_chunk()?;
            self.files
                .checked_add(usize::try_from(u64::from_le_bytes(*place)).ok()?)
        };
        let bytes = place(at)
            .zip(place(at + 1))
            .and_then(|(from, to)| self.bytes.get(from..to));
        PackedFile {
            packed: self,
            bytes: bytes.unwrap_or_default(),
        }
    }

    /// The place of the file of this path, or, where there is none, the one at which it would stand. It is looked for at
    /// `guess` first.
    pub fn find(&self, path: &str, guess: usize) -> Result<usize, usize> {
        if guess < self.len && self.file(guess).path() == path {
            return Ok(guess);
        }
        let (mut from, mut to) = (0, self.len);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.file(middle).path().cmp(path) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        Err(from)
    }
}

/// One file, where it is packed.
#[derive(Clone, Copy, Debug)]
pub struct PackedFile<'p> {
    packed: &'p Packed,
    bytes: &'p [u8],
}

impl<'p> PackedFile<'p> {
    fn number<const N: usize>(&self, at: usize) -> [u8; N] {
        let number = self.bytes.get(at..).and_then(|rest| rest.first_chunk());
        number.copied().unwrap_or([0; N])
    }

    /// The text with so many before it, and where it ends.
    fn text(&self, before: usize) -> (Option<&'p str>, usize) {
        let mut at = TEXTS;
        for left in (0..=before).rev() {
            let length = u32::from_le_bytes(self.number(at));
            let from = at + 4;
            at = if length == NONE { from } else { from + length as usize };
            if left == 0 {
                let text = self.bytes.get(from..at).filter(|_| length != NONE);
                return (text.and_then(|text| std::str::from_utf8(text).ok()), at);
            }
        }
        (None, at)
    }

    /// Whether it is one of these.
    pub fn is_of(&self, packed: &Packed) -> bool {
        std::ptr::eq(self.packed, packed)
    }

    /// Its path below the knowledge folder.
    pub fn path(&self) -> &'p str {
        self.text(0).0.unwrap_or_default()
    }

    /// By which a change of it is noticed.
    pub fn stamp(&self) -> Stamp {
        Stamp::from_bytes(&self.number(0))
    }

    /// When its meeting was held.
    pub fn dates(&self) -> Option<DateRange> {
        let day = |at| NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(self.number(at)));
        // The one that stands for none is none.
        Some(DateRange::new(day(DATES)?, day(DATES + 4)?))
    }

    /// How many passages it has.
    pub fn passages(&self) -> usize {
        u64::from_le_bytes(self.number(PASSAGES)) as usize
    }

    /// The county whose report it is.
    pub fn county(&self) -> Option<&'p County> {
        self.packed
            .counties
            .get(u32::from_le_bytes(self.number(COUNTY)) as usize)
    }

    /// Its meeting's title.
    pub fn title(&self) -> &'p str {
        self.text(1).0.unwrap_or_default()
    }

    /// Where its meeting was held.
    pub fn place(&self) -> Option<&'p str> {
        self.text(2).0
    }

    /// Who called its meeting.
    pub fn organizer(&self) -> Option<&'p str> {
        self.text(3).0
    }

    /// Who speaks in it, in order of their first words, by their places among all of the packed.
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = usize> + use<'p> {
        let speakers = self.bytes.get(self.text(3).1..).unwrap_or_default().chunks_exact(4);
        speakers.map(|one| one.iter().rev().fold(0, |all, byte| all << 8 | usize::from(*byte)))
    }

    /// One of those who speak, by the place.
    pub fn participant(&self, at: usize) -> Option<&'p Arc<Participant>> {
        self.packed.participants.get(at)
    }

    /// What it is about.
    pub fn meeting(&self) -> Meeting {
        Meeting {
            title: self.title().to_owned(),
            dates: self.dates(),
            place: self.place().map(str::to_owned),
            organizer: self.organizer().map(str::to_owned),
            county: self.county().cloned(),
        }
    }
}

/// Files that are being packed.
#[derive(Debug, Default)]
pub struct Packing {
    files: Vec<Unpacked>,
    passages: usize,
    counties: Numbered<County>,
    participants: Numbered<Arc<Participant>>,
    counts: Vec<u32>,
}

#[derive(Debug)]
struct Unpacked {
    path: String,
    bytes: Vec<u8>,
    /// By their numbers, which are not yet their places.
    speakers: Vec<usize>,
}

/// Each of its kind once, numbered as they came.
#[derive(Debug)]
struct Numbered<T>(BTreeMap<T, usize>);

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered(BTreeMap::new())
    }
}

impl<T: Ord> Numbered<T> {
    fn number(&mut self, one: T) -> usize {
        let next = self.0.len();
        *self.0.entry(one).or_insert(next)
    }
}

/// What the places of a packed state's participants are called in the next one.
pub type Renumbered = Vec<Option<usize>>;

impl Packing {
    /// Adds a file. Each comes once.
    pub fn add(&mut self, record: Record) {
        let speakers: Vec<usize> = record
            .speakers
            .into_iter()
            .map(|one| self.speaker(Arc::new(one)))
            .collect();
        let Meeting {
            title,
            dates,
            place,
            organizer,
            county,
        } = record.meeting;
        let county = county.map(|county| self.counties.number(county));
        let texts = [Some(&record.file), Some(&title), place.as_ref(), organizer.as_ref()];
        let texts = texts.map(|text| text.map(String::as_str));
        let bytes = file_bytes(&record.stamp, dates, record.passages, county, texts);
        self.put(record.file, bytes, record.passages, speakers);
    }

    /// Adds a file as it is packed elsewhere; `known` is of that, and empty at first.
    pub fn copy(&mut self, file: PackedFile<'_>, known: &mut Renumbered) {
        known.resize(file.packed.participants.len(), None);
        let mut speakers = Vec::with_capacity(file.speakers().len());
        for at in file.speakers() {
            let Some(participant) = file.participant(at) else {
                continue;
            };
            speakers.push(*known[at].get_or_insert_with(|| self.speaker(Arc::clone(participant))));
        }
        let county = file.county().map(|county| self.counties.number(county.clone()));
        let texts = [Some(file.path()), Some(file.title()), file.place(), file.organizer()];
        let bytes = file_bytes(&file.stamp(), file.dates(), file.passages(), county, texts);
        self.put(file.path().to_owned(), bytes, file.passages(), speakers);
    }

    fn speaker(&mut self, participant: Arc<Participant>) -> usize {
        let number = self.participants.number(participant);
        self.counts.resize(self.participants.0.len(), 0);
        number
    }

    fn put(&mut self, path: String, bytes: Vec<u8>, passages: usize, speakers: Vec<usize>) {
        for speaker in &speakers {
            self.counts[*speaker] += 1;
        }
        self.passages += passages;
        self.files.push(Unpacked { path, bytes, speakers });
    }

    /// All of them.
    pub fn packed(mut self) -> Packed {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut place_of = vec![0_u32; self.counts.len()];
        let mut counts = Vec::with_capacity(self.counts.len());
        let mut participants: Vec<Arc<Participant>> = Vec::with_capacity(self.counts.len());
        for (participant, number) in self.participants.0 {
            place_of[number] = participants.len() as u32;
            counts.push(self.counts[number]);
            participants.push(participant);
        }
        let mut counties: Vec<(County, usize)> = self.counties.0.into_iter().collect();
        counties.sort_by_key(|(_, number)| *number);
        let counties: Vec<County> = counties.into_iter().map(|(county, _)| county).collect();
        let head = Head {
            counties: &counties,
            participants: participants.iter().map(Arc::as_ref).collect::<Vec<_>>(),
            counts: &counts,
            passages: self.passages as u64,
            files: self.files.len() as u64,
        };
        // Plain data always has a written form.
        let head = postcard::to_allocvec(&head).unwrap_or_default();
        let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
        bytes.extend(head);
        let places = bytes.len();
        let mut at = 0_u64;
        for file in &self.files {
            bytes.extend(at.to_le_bytes());
            at += (file.bytes.len() + file.speakers.len() * 4) as u64;
        }
        bytes.extend(at.to_le_bytes());
        let files = bytes.len();
        for file in &self.files {
            bytes.extend(&file.bytes);
            for speaker in &file.speakers {
                bytes.extend(place_of[*speaker].to_le_bytes());
            }
        }
        Packed {
            places,
            files,
            len: self.files.len(),
            bytes: bytes.into(),
            counties: counties.into(),
            participants: participants.into(),
            counts: counts.into(),
            passages: self.passages,
        }
    }
}

/// A file's bytes, without its speakers.
fn file_bytes(
    stamp: &Stamp,
    dates: Option<DateRange>,
    passages: usize,
    county: Option<usize>,
    texts: [Option<&str>; 4],
) -> Vec<u8> {
    let mut bytes = stamp.to_bytes().to_vec();
    let days = dates.map(|dates| [dates.start(), dates.end()].map(|day| day.num_days_from_ce()));
    for day in days.unwrap_or([NO_DAY; 2]) {
        bytes.extend(day.to_le_bytes());
    }
    bytes.extend((passages as u64).to_le_bytes());
    bytes.extend(county.map_or(NONE, |county| county as u32).to_le_bytes());
    for text in texts {
        bytes.extend(text.map_or(NONE, |text| text.len() as u32).to_le_bytes());
        bytes.extend(text.unwrap_or_default().as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn participant(name: &str) -> Participant {
        Participant {
            name: Some(name.to_owned()),
            office: None,
            county: name.len().is_multiple_of(2).then(|| County::unlisted("青禾县")),
            group: false,
        }
    }

    fn record(path: &str, title: &str, place: Option<String>, days: Option<i32>, speakers: &[String]) -> Record {
        let day = |days| NaiveDate::from_num_days_from_ce_opt(days).unwrap();
        let mut known: Vec<Participant> = Vec::new();
        for speaker in speakers.iter().map(|name| participant(name)) {
            if !known.contains(&speaker) {
                known.push(speaker);
            }
        }
        Record {
            file: path.to_owned(),
            stamp: Stamp::default(),
            meeting: Meeting {
                title: title.to_owned(),
                dates: days.map(|days| DateRange::new(day(days), day(days + 1))),
                organizer: place.clone().map(|place| place + "办公室"),
                county: place.as_deref().map(County::unlisted),
                place,
            },
            passages: title.len(),
            speakers: known,
        }
    }

    fn unpacked(packed: &Packed) -> Vec<Record> {
        let files = (0..packed.len()).map(|at| packed.file(at));
        files
            .map(|file| Record {
                file: file.path().to_owned(),
                stamp: file.stamp(),
                meeting: file.meeting(),
                passages: file.passages(),
                speakers: file
                    .speakers()
                    .map(|at| (**file.participant(at).unwrap()).clone())
                    .collect(),
            })
            .collect()
    }

    proptest! {
        #[test]
        fn what_is_packed_is_what_it_was(
            files in proptest::collection::btree_map(
                "[a-c/路]{0,6}",
                ("[题ab]{0,9}", proptest::option::of("[县a]{0,3}"), proptest::option::of(1..800_000), proptest::collection::vec("[王李a]{1,2}", 0..5)),
                0..12,
            ),
        ) {
            let records: Vec<Record> = files
                .iter()
                .map(|(path, (title, place, days, speakers))| record(path, title, place.clone(), *days, speakers))
                .collect();
            let mut packing = Packing::default();
            // In whatever order they come.
            records.iter().rev().for_each(|record| packing.add(record.clone()));
            let packed = packing.packed();
            prop_assert_eq!(unpacked(&packed), records.clone());
            let mut sorted: Vec<&Participant> = records.iter().flat_map(|record| &record.speakers).collect();
            sorted.sort();
            sorted.dedup();
            prop_assert_eq!(packed.participants().iter().map(Arc::as_ref).collect::<Vec<_>>(), sorted);
            prop_assert_eq!(packed.passages(), records.iter().map(|record| record.passages).sum::<usize>());
            // Read again, and copied.
            let read = Packed::read(packed.bytes().to_vec()).unwrap();
            prop_assert_eq!(unpacked(&read), records.clone());
            let (mut copying, mut known) = (Packing::default(), Vec::new());
            for at in (0..read.len()).rev() {
                copying.copy(read.file(at), &mut known);
            }
            let copied = copying.packed();
            prop_assert_eq!(unpacked(&copied), records.clone());
            for (at, record) in records.iter().enumerate() {
                for guess in [0, at, 99] {
                    prop_assert_eq!(packed.find(&record.file, guess), Ok(at));
                }
            }
            prop_assert_eq!(packed.find("\u{10ffff}", 0), Err(records.len()));
        }

        #[test]
        fn whatever_bytes_are_read_nothing_breaks_off(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..400) {
            let mut packing = Packing::default();
            packing.add(record("a.txt", "题", None, Some(1), &["王一".to_owned()]));
            let mut whole = packing.packed().bytes().to_vec();
            whole.truncate(cut);
            for bytes in [bytes, whole] {
                if let Some(packed) = Packed::read(bytes) {
                    let _ = unpacked_loosely(&packed);
                }
            }
        }
    }

    fn unpacked_loosely(packed: &Packed) -> usize {
        let files = (0..packed.len().min(9)).map(|at| packed.file(at));
        files
            .map(|file| {
                let speakers = file.speakers().filter_map(|at| file.participant(at)).count();
                file.meeting().title.len() + file.path().len() + speakers
            })
            .sum()
    }
}
