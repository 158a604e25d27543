//! Surveys: what all files together hold. Where answers choose the best, a survey leaves nothing out: counts are exact.
//!
//! - `standing`: where some words stand in the files, letter for letter

mod standing;

pub use standing::{Standing, places_of};
