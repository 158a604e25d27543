//! Surveys: what all files together hold. Where answers choose the best, a survey leaves nothing out: counts are exact.
//!
//! - `gather`: all remarks of a kind, whole, each once, in order of time; `tally`: how many, by year and county
//! - `who`: what there is of somebody; `topic`: who spoke of something; `subjects`: what remarks are of
//! - `shortened`: as much of a long remark as there is room for
//! - `share`: who said how much at a meeting; `grid`: counties by topics
//! - `standing`: where some words stand in the files, letter for letter

mod gather;
mod grid;
mod share;
mod shortened;
mod standing;
mod subjects;
mod tally;
mod topic;
mod who;

pub use grid::{Crossing, crossing};
pub use share::{Shares, shares};
pub use shortened::shortened;
pub use standing::{Standing, places_of};
pub use tally::{Tally, year_of};
pub use topic::{Heard, TopicSurvey, topic};
pub use who::{Attended, Person, Profile, Tenure, who};
