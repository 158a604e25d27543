//! Surveys of all that is seen: of somebody, of a topic, of a meeting; and where words stand.

use super::{IndexError, Library, Sight, View};
use crate::survey::{Crossing, Profile, Shares, Standing, TopicSurvey, crossing, places_of, shares, topic, who};

impl View {
    /// All that the files hold of whoever some words name.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn who(&self, words: &str) -> Result<Profile, IndexError> {
        self.library
            .looked(&self.sight, |state| who(&state.snapshot, &state.names, words))
    }

    /// All remarks on a topic.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn topic(&self, words: &str) -> Result<TopicSurvey, IndexError> {
        self.library.looked(&self.sight, |state| topic(&state.snapshot, words))
    }

    /// Who said how much at the meeting of a file; `None` where no such file serves.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn shares(&self, file: &str) -> Result<Option<Shares>, IndexError> {
        self.library.looked(&self.sight, |state| shares(&state.snapshot, file))
    }

    /// Counties by topics: by these, or by what is spoken of most; in one file or in all.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn crossing(&self, topics: &[String], file: Option<&str>) -> Result<Crossing, IndexError> {
        self.library
            .looked(&self.sight, |state| crossing(&state.snapshot, topics, file))
    }
}

/// The same of whoever sees everything.
impl Library {
    /// As [`View::who`].
    ///
    /// # Errors
    ///
    /// As [`View::who`].
    pub fn who(&self, words: &str) -> Result<Profile, IndexError> {
        self.looked(&Sight::everything(), |state| who(&state.snapshot, &state.names, words))
    }

    /// As [`View::topic`].
    ///
    /// # Errors
    ///
    /// As [`View::topic`].
    pub fn topic(&self, words: &str) -> Result<TopicSurvey, IndexError> {
        self.looked(&Sight::everything(), |state| topic(&state.snapshot, words))
    }

    /// As [`View::shares`].
    ///
    /// # Errors
    ///
    /// As [`View::shares`].
    pub fn shares(&self, file: &str) -> Result<Option<Shares>, IndexError> {
        self.looked(&Sight::everything(), |state| shares(&state.snapshot, file))
    }

    /// As [`View::crossing`].
    ///
    /// # Errors
    ///
    /// As [`View::crossing`].
    pub fn crossing(&self, topics: &[String], file: Option<&str>) -> Result<Crossing, IndexError> {
        self.looked(&Sight::everything(), |state| crossing(&state.snapshot, topics, file))
    }

    /// The first `most` places where words stand letter for letter, in all files or in one; `None` where there are too few
    /// letters to look for.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn places_of(&self, words: &str, file: Option<&str>, most: usize) -> Result<Option<Vec<Standing>>, IndexError> {
        self.looked(&Sight::everything(), |state| {
            places_of(&state.snapshot, words, file, most)
        })
    }
}
