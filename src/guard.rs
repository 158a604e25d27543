//! Guards: whatever breaks off in a piece of work (a defect of ours, or of an engine's on what is damaged) ends that work
//! alone.
//!
//! Work that is guarded must leave nothing half done behind that is seen again: what it was on is dropped with it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::FutureExt;
use thiserror::Error;

/// A piece of work broke off, with what it said.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Broken(pub String);

impl Broken {
    fn of(panic: &(dyn Any + Send)) -> Broken {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Broken(what.unwrap_or("panic").to_owned())
    }
}

/// Does `work`.
///
/// # Errors
///
/// Where it panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Broken::of(&*panic))
}

/// As [`guarded`], for work that waits.
///
/// # Errors
///
/// Where it panics.
pub async fn guarded_future<T>(work: impl Future<Output = T>) -> Result<T, Broken> {
    AssertUnwindSafe(work)
        .catch_unwind()
        .await
        .map_err(|panic| Broken::of(&*panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_breaks_off_ends_its_work_alone_and_says_what_it_said() {
        assert_eq!(guarded(|| 7).unwrap(), 7);
        assert_eq!(
            guarded(|| panic!("a page of {} bytes", 3)).map_err(|broken| broken.0),
            Err::<(), _>("a page of 3 bytes".to_owned())
        );
        assert_eq!(
            guarded(|| panic!("torn")).map_err(|broken| broken.0),
            Err::<(), _>("torn".to_owned())
        );
        let odd = guarded(|| std::panic::panic_any(3));
        assert_eq!(odd.map_err(|broken| broken.0), Err::<(), _>("panic".to_owned()));
    }

    #[tokio::test]
    async fn work_that_waits_too() {
        let waits = async {
            tokio::task::yield_now().await;
            assert!(std::hint::black_box(false), "torn");
        };
        assert_eq!(guarded_future(waits).await.unwrap_err().0, "torn");
        assert_eq!(guarded_future(async { 7 }).await.unwrap(), 7);
    }
}
