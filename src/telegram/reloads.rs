//! Reloads: one at a time, which everybody who asks for one meanwhile shares.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::library::{Changes, IndexError, Library};

/// How far a reload is.
#[derive(Clone, Debug)]
pub enum Progress {
    /// So many of so many changed files have been read; of none as long as it is not known.
    Reading(usize, usize),
    /// It is done.
    Done(Arc<Reloaded>),
}

/// What came of a reload.
#[derive(Debug)]
pub struct Reloaded {
    /// What changed, or why nothing did.
    pub changes: Result<Changes, ReloadError>,
    /// How long it took.
    pub took: Duration,
}

/// Why a reload failed. The old state goes on serving.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// The knowledge cannot be read or the index not written.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A defect of ours.
    #[error("a defect: please report it")]
    Defect,
}

/// The reload that is on its way, if one is.
#[derive(Debug, Default)]
pub struct Reloads(Mutex<Option<watch::Receiver<Progress>>>);

impl Reloads {
    /// Begins a reload, or joins the one that is on its way; the second value tells which.
    /// `then` is called when it is done.
    pub fn begin(
        &self,
        library: &Arc<Library>,
        then: impl FnOnce() + Send + 'static,
    ) -> (watch::Receiver<Progress>, bool) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = &*running
            && matches!(*running.borrow(), Progress::Reading(..))
        {
            return (running.clone(), true);
        }
        let (sender, receiver) = watch::channel(Progress::Reading(0, 0));
        *running = Some(receiver.clone());
        let library = Arc::clone(library);
        let began = Instant::now();
        tokio::spawn(async move {
            let sender = Arc::new(sender);
            let teller = Arc::clone(&sender);
            let reload = tokio::task::spawn_blocking(move || {
                library.reload_with(&|done, of| {
                    teller.send_replace(Progress::Reading(done, of));
                })
            });
            let changes = match reload.await {
                Ok(changes) => changes.map_err(ReloadError::from),
                Err(error) => {
                    tracing::error!(%error, "a reload broke off");
                    Err(ReloadError::Defect)
                }
            };
            let took = began.elapsed();
            sender.send_replace(Progress::Done(Arc::new(Reloaded { changes, took })));
            then();
        });
        (receiver, false)
    }
}
