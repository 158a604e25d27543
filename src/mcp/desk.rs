//! The desk: what programs are answered from, each request in its turn.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

use crate::index::IndexError;
use crate::library::{Library, at_once};
use crate::settings::Settings;

/// The settings and the library that programs are answered from.
pub struct Desk {
    /// The settings.
    pub settings: Settings,
    /// The library.
    pub library: Library,
    /// Whose turn it is.
    asking: Semaphore,
    /// How often the knowledge folder is looked through again, and when that was done last.
    looks: Option<(Duration, Mutex<Instant>)>,
}

/// A request could not be done; the log has the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault;

impl Desk {
    /// With a library that somebody else brings up to date.
    pub fn new(settings: Settings, library: Library) -> Desk {
        Desk {
            settings,
            library,
            asking: Semaphore::new(at_once()),
            looks: None,
        }
    }

    /// The same, where the knowledge folder is looked through again before a request, if the last time is so long ago.
    pub fn looking_each(self, pause: Duration) -> Desk {
        Desk {
            looks: Some((pause, Mutex::new(Instant::now()))),
            ..self
        }
    }

    /// Does what blocks, in its turn.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read, or where it meets a defect of ours.
    pub async fn work<T: Send + 'static>(
        self: &Arc<Desk>,
        work: impl FnOnce(&Desk) -> Result<T, IndexError> + Send + 'static,
    ) -> Result<T, Fault> {
        // Never closed; and if it were, nobody would have to wait.
        let turn = self.asking.acquire().await;
        let desk = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            desk.look_again();
            work(&desk)
        })
        .await;
        drop(turn);
        match done {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, "a request could not be answered");
                Err(Fault)
            }
            Err(error) => {
                tracing::error!(%error, "a defect: please report it");
                Err(Fault)
            }
        }
    }

    /// Brings the library up to date, where it is time.
    fn look_again(&self) {
        let Some((pause, last)) = &self.looks else { return };
        {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.elapsed() < *pause {
                return;
            }
            *last = Instant::now();
        }
        if let Err(error) = self.library.reload() {
            tracing::warn!(%error, "the knowledge folder was not read again: the state before serves on");
        }
    }
}
