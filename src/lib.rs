//! huiwen (会问): ask what was said at a meeting.
#![warn(missing_docs)]

pub mod gazetteer;
pub mod meeting;
pub mod reading;
pub mod text;
