//! Stamps: by which a changed file is told from an unchanged one, without reading it where that can be helped.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::digest::sha256;
use crate::reading::FolderHead;
use serde::{Deserialize, Serialize};

/// A file that was written this shortly before it was read may be written again without its time of change moving
/// (file systems count time in steps of up to two seconds).
const STEP: Duration = Duration::from_secs(2);

/// What a file was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    bytes: u64,
    /// Time of the last change in nanoseconds since 1970; `None` where the file system doesn't tell.
    modified: Option<u64>,
    /// Whether size and time are enough to tell that the file is unchanged.
    settled: bool,
    /// SHA-256 of the decoded text.
    text: [u8; 32],
    /// A digest of what the folders said of it.
    folder: u64,
}

impl Stamp {
    /// How many bytes [`Stamp::to_bytes`] gives.
    pub(super) const BYTES: usize = 8 + 8 + 1 + 32 + 8;

    /// In bytes, to be kept.
    pub(super) fn to_bytes(&self) -> [u8; Stamp::BYTES] {
        let told = u8::from(self.settled) | u8::from(self.modified.is_some()) << 1;
        let (mut bytes, mut at) = ([0; Stamp::BYTES], 0);
        let parts: [&[u8]; 5] = [
            &self.bytes.to_le_bytes(),
            &self.modified.unwrap_or_default().to_le_bytes(),
            &[told],
            &self.text,
            &self.folder.to_le_bytes(),
        ];
        for part in parts {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        bytes
    }

    /// Of what [`Stamp::to_bytes`] gave.
    pub(super) fn from_bytes(bytes: &[u8; Stamp::BYTES]) -> Stamp {
        let number = |at: usize| {
            bytes[at..at + 8]
                .iter()
                .rev()
                .fold(0, |all, byte| all << 8 | u64::from(*byte))
        };
        let mut text = [0; 32];
        text.copy_from_slice(&bytes[17..49]);
        Stamp {
            bytes: number(0),
            modified: (bytes[16] & 2 != 0).then(|| number(8)),
            settled: bytes[16] & 1 != 0,
            text,
            folder: number(49),
        }
    }

    /// Of a file with these metadata, taken before `text` was read from it at `now`, of which its folders say `head`.
    pub fn new(meta: &Metadata, text: &str, now: SystemTime, head: &FolderHead) -> Stamp {
        let settled = meta.modified().is_ok_and(|modified| is_settled(modified, now));
        Stamp {
            bytes: meta.len(),
            modified: nanoseconds(meta),
            settled,
            text: sha256(text),
            folder: digest(head),
        }
    }

    /// Whether the metadata alone prove that the file is as it was.
    pub fn proves(&self, meta: &Metadata) -> bool {
        self.settled && self.bytes == meta.len() && self.modified.is_some() && self.modified == nanoseconds(meta)
    }

    /// Whether the metadata speak for no change, which they prove for [`Stamp::proves`] alone.
    pub fn resembles(&self, meta: &Metadata) -> bool {
        self.bytes == meta.len() && self.modified == nanoseconds(meta)
    }

    /// Whether the folders say of the file what they said when it was read.
    pub fn is_below(&self, head: &FolderHead) -> bool {
        self.folder == digest(head)
    }

    /// Whether `text` is what was read, and the folders say the same of it.
    pub fn is_same(&self, text: &str, head: &FolderHead) -> bool {
        self.is_of(text) && self.is_below(head)
    }

    /// SHA-256 of the text that was read.
    pub fn text(&self) -> [u8; 32] {
        self.text
    }

    /// Whether `text` is what was read.
    pub fn is_of(&self, text: &str) -> bool {
        self.text == sha256(text)
    }
}

/// 0 where the folders say nothing, as most do.
fn digest(head: &FolderHead) -> u64 {
    if *head == FolderHead::default() {
        return 0;
    }
    // A head is a few strings: it can always be written.
    let written = serde_json::to_vec(head).unwrap_or_default();
    sha256(written)[..8]
        .iter()
        .fold(0, |all, byte| all << 8 | u64::from(*byte))
}

fn nanoseconds(meta: &Metadata) -> Option<u64> {
    since_1970(meta.modified().ok()?)
}

/// Whether what was written at `modified` and read at `now` cannot be written again at the same time.
pub(super) fn is_settled(modified: SystemTime, now: SystemTime) -> bool {
    now.duration_since(modified).is_ok_and(|age| age > STEP)
}

/// A time in nanoseconds since 1970.
pub(super) fn since_1970(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_file_is_not_trusted_by_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "一").unwrap();
        let meta = std::fs::metadata(&path).unwrap();
        let none = FolderHead::default();
        let fresh = Stamp::new(&meta, "一", meta.modified().unwrap(), &none);
        assert!(!fresh.proves(&meta));
        assert!(fresh.is_same("一", &none) && !fresh.is_same("二", &none));
        let later = Stamp::new(&meta, "一", meta.modified().unwrap() + STEP * 2, &none);
        assert!(later.proves(&meta));
        std::fs::write(&path, "一二").unwrap();
        assert!(!later.proves(&std::fs::metadata(&path).unwrap()));
    }

    #[test]
    fn a_stamp_in_bytes_is_the_stamp() {
        for (settled, modified) in [(true, None), (false, Some(u64::MAX)), (true, Some(7))] {
            let stamp = Stamp {
                bytes: 1 << 40 | 3,
                modified,
                settled,
                text: sha256("一"),
                folder: u64::MAX - 5,
            };
            assert_eq!(Stamp::from_bytes(&stamp.to_bytes()), stamp);
        }
    }

    #[test]
    fn another_word_of_the_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let meta = std::fs::metadata(folder.path()).unwrap();
        let of = |year| FolderHead {
            year,
            ..FolderHead::default()
        };
        let stamp = Stamp::new(&meta, "一", SystemTime::now(), &of(Some(2024)));
        assert!(stamp.is_below(&of(Some(2024))) && !stamp.is_below(&of(Some(2025))) && !stamp.is_below(&of(None)));
    }
}
