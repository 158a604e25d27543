//! huiwen (会问): ask what was said at a meeting.
#![warn(missing_docs)]

pub mod answer;
pub mod gazetteer;
pub mod library;
pub mod meeting;
pub mod reading;
pub mod text;
pub mod wording;
