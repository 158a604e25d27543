//! Patience: what is asked of a disk has a time limit. A network disk that hangs answers nothing for ever, and whoever
//! waits for it cannot be ended; so a thread of its own asks, and is left behind where it gets no answer.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a file may take to be read.
pub const FOR_A_FILE: Duration = Duration::from_secs(30);
/// How long a folder's entry may take to be looked at.
pub const FOR_AN_ENTRY: Duration = Duration::from_secs(10);

/// What was asked got no answer in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuck;

/// How many threads wait for each place. While one does, nobody else is sent there: a disk that hangs costs a thread for
/// each of its folders, and one wait.
static WAITING: LazyLock<Mutex<HashMap<PathBuf, usize>>> = LazyLock::new(Mutex::default);

/// Does `work`, which asks something of `place`, for at most so long.
///
/// # Errors
///
/// [`Stuck`] where it takes longer, or where earlier work hangs at the same place.
pub fn within<T: Send + 'static>(
    limit: Duration,
    place: &Path,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Stuck> {
    if is_stuck(|| place.to_owned()) {
        return Err(Stuck);
    }
    start(work).wait(limit, || place.to_owned())
}

/// Whether earlier work hangs at a place, which is made only where any does.
pub fn is_stuck(place: impl FnOnce() -> PathBuf) -> bool {
    let waiting = waiting();
    !waiting.is_empty() && waiting.contains_key(&place())
}

/// Work that was begun.
pub struct Begun<T> {
    /// `None` where there is no thread to do it.
    answer: Option<Receiver<T>>,
    /// Whoever of the two comes last clears up: the thread that is back, or the one that has lost patience.
    given_up: Arc<Mutex<Option<PathBuf>>>,
}

/// Begins `work`, which asks something of a disk.
pub fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Begun<T> {
    let (sender, answer) = channel();
    let given_up = Arc::new(Mutex::new(None::<PathBuf>));
    let of_thread = Arc::clone(&given_up);
    let spawned = thread::Builder::new().name("disk".to_owned()).spawn(move || {
        // Nobody may be waiting any more.
        let _ = sender.send(work());
        if let Some(place) = of_thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let mut waiting = waiting();
            if let Some(count) = waiting.get_mut(&place) {
                *count -= 1;
                if *count == 0 {
                    waiting.remove(&place);
                }
            }
        }
    });
    Begun {
        answer: spawned.is_ok().then_some(answer),
        given_up,
    }
}

impl<T> Begun<T> {
    /// What it gives, waited for for at most so long. Where it hangs is asked when it does.
    ///
    /// # Errors
    ///
    /// [`Stuck`] where it takes longer.
    pub fn wait(self, limit: Duration, place: impl FnOnce() -> PathBuf) -> Result<T, Stuck> {
        let Some(answer) = self.answer else { return Err(Stuck) };
        match answer.recv_timeout(limit) {
            Ok(done) => Ok(done),
            // The work broke off: as little of an answer.
            Err(RecvTimeoutError::Disconnected) => Err(Stuck),
            Err(RecvTimeoutError::Timeout) => {
                let mut given_up = self.given_up.lock().unwrap_or_else(PoisonError::into_inner);
                // It may have come just now.
                if let Ok(done) = answer.try_recv() {
                    return Ok(done);
                }
                let place = place();
                *waiting().entry(place.clone()).or_default() += 1;
                *given_up = Some(place);
                Err(Stuck)
            }
        }
    }
}

fn waiting() -> MutexGuard<'static, HashMap<PathBuf, usize>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn whoever_hangs_is_left_behind_and_asked_again_when_it_is_back() {
        let place = Path::new("/nowhere/patience");
        let (release, held) = channel::<()>();
        let began = Instant::now();
        let stuck = within(Duration::from_millis(50), place, move || held.recv().is_ok());
        assert_eq!(stuck, Err(Stuck));
        // Others are not sent after it, elsewhere all goes on.
        assert_eq!(within(Duration::from_secs(5), place, || 1), Err(Stuck));
        assert_eq!(within(Duration::from_secs(5), Path::new("/nowhere/else"), || 1), Ok(1));
        assert!(began.elapsed() < Duration::from_secs(4));
        drop(release);
        while within(Duration::from_secs(5), place, || 2) != Ok(2) {
            assert!(began.elapsed() < Duration::from_secs(20));
            thread::sleep(Duration::from_millis(5));
        }
    }
}
