//! Reading: a file's bytes become text, and a text becomes a [`Report`].
//!
//! [`decode`] is the seam for file formats; [`understand`] is the same for all of them.

mod attribution;
mod boilerplate;
mod corrections;
mod dates;
mod days;
mod decode;
mod facts;
mod front_matter;
mod home;
mod layout;
mod roster;
mod turns;

pub use attribution::shaped_like_name;
pub use dates::{WrittenDate, dates_in, months_in, years_in};
pub use decode::{Format, MAX_BYTES, ReadError, decode, read_file};

use crate::meeting::Report;

/// Reads a decoded text: what it is about, its sections, and who said what in it.
///
/// `file_name` is a last resort for the meeting's date and title.
pub fn understand(text: &str, file_name: &str) -> Report {
    let front = front_matter::FrontMatter::parse(text);
    let layout = layout::Layout::of(text, front.body_start());
    let meeting = facts::meeting(text, &layout, &front, file_name);
    let (sections, mut remarks) = attribution::attribute(text, &layout, &meeting);
    let mut doubts = front.doubts();
    doubts.extend(corrections::correct(&mut remarks, front.corrections()));
    Report {
        meeting: meeting.facts,
        sections,
        remarks,
        doubts,
    }
}
