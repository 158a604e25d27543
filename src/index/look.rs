//! Looking at files, many at a time and each within a time limit: whether they are there, and what they are now.

use std::collections::VecDeque;
use std::fs::Metadata;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::reading::patience::{is_stuck, start};

/// Files that are looked at together: each time costs a thread.
const TOGETHER: usize = 500;

/// What a file is, links followed; `None` where the disk did not answer.
pub type Looked = Option<io::Result<Metadata>>;

/// Looks at so many files, told by their numbers, on all cores. Where one hangs, the others are looked at, but for those of which
/// `place` tells the same place.
pub fn look_at(
    count: usize,
    limit: Duration,
    look: impl Fn(usize) -> io::Result<Metadata> + Send + Sync + 'static,
    place: impl Fn(usize) -> PathBuf,
) -> Vec<Looked> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let look = Arc::new(look);
    let mut all: Vec<Looked> = Vec::with_capacity(count);
    all.resize_with(count, || None);
    let mut rest: VecDeque<Range<usize>> = (0..count)
        .step_by(TOGETHER)
        .map(|from| from..count.min(from + TOGETHER))
        .collect();
    while !rest.is_empty() {
        let begun: Vec<_> = rest
            .drain(..cores.min(rest.len()))
            .map(|part| {
                let until = part.clone().find(|at| is_stuck(|| place(*at))).unwrap_or(part.end);
                let looked: Arc<Mutex<Vec<io::Result<Metadata>>>> = Arc::default();
                let (of_thread, look) = (Arc::clone(&looked), Arc::clone(&look));
                let range = part.start..until;
                let work = start(move || {
                    for at in range {
                        let meta = look(at);
                        of_thread.lock().unwrap_or_else(PoisonError::into_inner).push(meta);
                    }
                });
                (part, until, looked, work)
            })
            .collect();
        for (part, until, looked, work) in begun {
            let seen = || looked.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work.wait(limit, || place((part.start + seen().len()).min(part.end - 1)));
            // The thread may come to more of them still: nobody looks at that.
            let looked = std::mem::take(&mut *seen());
            let mut next = part.start + looked.len();
            for (at, meta) in (part.start..).zip(looked) {
                all[at] = Some(meta);
            }
            // The one that hangs is passed by, and so are those at a place where somebody waits already.
            next += usize::from(done.is_err() && next < until);
            while next < part.end && is_stuck(|| place(next)) {
                next += 1;
            }
            if next < part.end {
                rest.push_front(next..part.end);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_are_looked_at_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = (0..TOGETHER * 5 + 3)
            .map(|number| folder.path().join(format!("{number}.txt")))
            .collect();
        for path in paths.iter().step_by(2) {
            std::fs::write(path, "一").unwrap();
        }
        let of_thread = paths.clone();
        let looked = look_at(
            paths.len(),
            Duration::from_secs(10),
            move |at| std::fs::metadata(&of_thread[at]),
            |at| paths[at].clone(),
        );
        assert_eq!(looked.len(), paths.len());
        for (number, meta) in looked.iter().enumerate() {
            assert_eq!(meta.as_ref().is_some_and(Result::is_ok), number % 2 == 0, "{number}");
        }
    }

    #[test]
    fn those_that_hang_are_passed_by() {
        let (count, hung) = (TOGETHER * 2 + 7, [0, 3, TOGETHER + 1, TOGETHER * 2 + 6]);
        let looked = look_at(
            count,
            Duration::from_millis(50),
            move |at| {
                if hung.contains(&at) {
                    std::thread::sleep(Duration::from_millis(500));
                }
                std::fs::metadata("/")
            },
            |at| PathBuf::from(format!("/nowhere/look/{at}")),
        );
        let missing: Vec<usize> = (0..count).filter(|at| looked[*at].is_none()).collect();
        assert_eq!(missing, hung);
    }

    #[test]
    fn those_that_stand_where_one_hangs_are_not_waited_for() {
        let begun = std::time::Instant::now();
        let looked = look_at(
            100,
            Duration::from_millis(50),
            move |at| {
                if (10..50).contains(&at) {
                    std::thread::sleep(Duration::from_secs(2));
                }
                std::fs::metadata("/")
            },
            |at| PathBuf::from(format!("/nowhere/look at/{}", at / 50)),
        );
        let missing: Vec<usize> = (0..100).filter(|at| looked[*at].is_none()).collect();
        assert_eq!(missing, (10..50).collect::<Vec<_>>());
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}
