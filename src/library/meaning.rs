//! What the passages mean follows the library: at the start, and after each reload, what is new is embedded.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use arc_swap::ArcSwap;

use super::{Library, Progress, State};
use crate::meaning::{Meaning, MeaningError};

/// How long a server is left alone that does not answer.
const AGAIN: Duration = Duration::from_secs(60);

/// Wakes whoever embeds what is new; gone, it ends.
#[derive(Debug)]
pub(super) struct Follower(Sender<()>);

impl Follower {
    pub(super) fn wake(&self) {
        // Whoever has ended needs no waking.
        let _ = self.0.send(());
    }
}

impl Library {
    /// The same library where passages answer too that are near to a question by what they mean.
    pub fn with_meaning(self, meaning: Meaning) -> Library {
        Library {
            meaning: Some(Arc::new(meaning)),
            ..self
        }
    }

    /// Has what is new embedded, and waits for it; `progress` is told how many passages of how many are. `None` where nothing
    /// is known of what passages mean, otherwise how many were embedded.
    ///
    /// # Errors
    ///
    /// Where the server does not answer, or the index or the vectors cannot be read or written. What was done stays done.
    pub fn catch_up(&self, progress: &Progress<'_>) -> Result<Option<usize>, MeaningError> {
        let Some(meaning) = &self.meaning else { return Ok(None) };
        let state = self.state.load_full();
        meaning.catch_up(&state.snapshot, progress, &|| false).map(Some)
    }

    /// Takes up the vectors that are there, without asking for more. What cannot be read is told of in the log: questions are
    /// answered without.
    pub fn take_up(&self) {
        let Some(meaning) = &self.meaning else { return };
        if let Err(error) = meaning.catch_up(&self.state.load_full().snapshot, &|_, _| {}, &|| true) {
            tracing::warn!(%error, "what passages mean is not known: questions are answered without");
        }
    }

    /// What is near to some words, of what is seen.
    #[cfg(test)]
    pub(crate) fn near_for_test(&self, words: &str, sight: &super::Sight) -> Vec<crate::meaning::Near> {
        let (Some(meaning), Ok(state)) = (&self.meaning, self.state(sight)) else {
            return Vec::new();
        };
        meaning.nearest(words, &state.snapshot, None, 10)
    }

    /// Has what is new embedded from now on, now and after each reload, beside all else.
    ///
    /// # Errors
    ///
    /// Where no thread can be started.
    pub fn following_meaning(self) -> std::io::Result<Library> {
        let Some(meaning) = self.meaning.clone() else {
            return Ok(self);
        };
        let (sender, woken) = channel();
        let state = Arc::downgrade(&self.state);
        let follow = move || {
            let mut pause = None;
            loop {
                let Some(states) = state.upgrade() else { return };
                let of = states.load_full();
                drop(states);
                pause = match followed(&meaning, &of, &state) {
                    Ok(()) => None,
                    Err(error) => {
                        if pause.is_none() {
                            tracing::warn!(%error, "what is new is not embedded: it is tried again");
                        }
                        Some(AGAIN)
                    }
                };
                drop(of);
                if !is_woken(&woken, pause) {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("meaning".to_owned()).spawn(follow)?;
        Ok(Library {
            follower: Some(Follower(sender)),
            ..self
        })
    }
}

fn followed(meaning: &Meaning, of: &Arc<State>, states: &std::sync::Weak<ArcSwap<State>>) -> Result<(), MeaningError> {
    let is_outdated = || states.upgrade().is_none_or(|states| !Arc::ptr_eq(&states.load(), of));
    let done = meaning.catch_up(&of.snapshot, &|_, _| {}, &is_outdated)?;
    if done > 0 {
        tracing::info!(passages = done, "passages were embedded");
    }
    Ok(())
}

/// Waits for something new, at most for a pause; false where there is nobody left to follow.
fn is_woken(woken: &Receiver<()>, pause: Option<Duration>) -> bool {
    let first = match pause {
        Some(pause) => match woken.recv_timeout(pause) {
            Err(RecvTimeoutError::Timeout) => return true,
            other => other.is_ok(),
        },
        None => woken.recv().is_ok(),
    };
    // Several reloads are one thing to look at.
    while woken.try_recv().is_ok() {}
    first
}
