//! Reading: a file's bytes become text and blocks, and these a [`Report`].
//!
//! [`read_file`] gives a [`Document`], whatever the format; [`understand`] is the same for all of them.

mod attribution;
mod boilerplate;
mod corrections;
mod dates;
mod days;
mod doubts;
mod error;
mod facts;
mod file;
mod folder;
mod format;
mod front_matter;
mod home;
mod labels;
mod layout;
mod lead;
mod left_out;
mod paper;
pub mod patience;
mod place;
mod roster;
mod stamp;
#[cfg(test)]
mod testing;
mod title;
mod turns;
mod years;

use std::path::Path;

pub use attribution::{AskedTitles, asked_titles, is_item, organ_at_end, shaped_like_name, surname_at_start};
pub use dates::{WrittenDate, chinese_number, dates_in, months_in, years_in};
pub use error::ReadError;
pub use file::{read_bytes, read_file};
pub use folder::{FOLDER_FILE, FolderHead, Origin, Told};
pub use format::{Document, Mark, MarkKind, convert_with, is_read};

use crate::guard::Broken;
use crate::meeting::Report;

/// The longest file that is read, in bytes.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// Reads a document: what it is about, its sections, and who said what in it.
///
/// `file_name` is a last resort for the meeting's date and title.
pub fn understand(document: &Document, file_name: &str) -> Report {
    understand_from(document, &Origin::file(file_name))
}

/// Reads a document of which its path and its folders say something.
pub fn understand_from(document: &Document, origin: &Origin<'_>) -> Report {
    let text = document.text.as_str();
    let front = front_matter::FrontMatter::parse(text);
    let layout = layout::Layout::of(document, front.body_start());
    let meeting = facts::meeting(text, &layout, &front, origin);
    let (sections, mut remarks) = attribution::attribute(text, &layout, &meeting);
    let mut doubts = front.doubts();
    doubts.extend(corrections::correct(&mut remarks, front.corrections()));
    doubts.extend(doubts::doubts(text, &layout.blocks, &remarks));
    let left_out = left_out::left_out(text, front.body_start(), &layout, &remarks);
    Report {
        meeting: meeting.facts,
        why: meeting.why,
        sections,
        remarks,
        left_out,
        doubts,
    }
}

/// Does `work` on a file, so that a fault of ours in it costs that file alone.
///
/// # Errors
///
/// [`ReadError::Fault`] where it panics.
pub fn guarded<T>(file: &Path, work: impl FnOnce() -> T) -> Result<T, ReadError> {
    crate::guard::guarded(work).map_err(|Broken(what)| {
        tracing::error!(file = %file.display(), what, "a file was not read: a fault of huiwen's own");
        ReadError::Fault(what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_file_is_that_files_alone() {
        let fault = guarded(Path::new("a.txt"), || panic!("torn at {}", 3)).unwrap_err();
        assert!(
            matches!(&fault, ReadError::Fault(what) if what == "torn at 3"),
            "{fault}"
        );
        assert_eq!(guarded(Path::new("a.txt"), || 7).unwrap(), 7);
    }
}
