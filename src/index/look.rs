//! Looking at files, many at a time and each within a time limit: whether they are there, and what they are now.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::reading::patience::{is_stuck, within_at};

/// Files that are looked at together: each time costs a thread.
const TOGETHER: usize = 500;

/// A path that was looked at, and what it is, links followed; `None` where the disk did not answer.
pub type Looked = (PathBuf, Option<io::Result<Metadata>>);

/// Looks at paths, in their order. Where one hangs, the others are looked at, but for those of which `place` tells the same
/// place.
pub fn look_at(paths: &[PathBuf], limit: Duration, place: fn(&Path) -> &Path) -> Vec<Looked> {
    let mut all: Vec<Looked> = Vec::with_capacity(paths.len());
    while let Some(next) = paths.get(all.len()) {
        let rest = paths[all.len()..].iter().take(TOGETHER);
        let part: Vec<PathBuf> = rest.take_while(|path| !is_stuck(place(path))).cloned().collect();
        if part.is_empty() {
            all.push((next.clone(), None));
            continue;
        }
        let looked: Arc<Mutex<Vec<Looked>>> = Arc::default();
        let seen = || looked.lock().unwrap_or_else(PoisonError::into_inner);
        let first = all.len();
        let hung = || place(paths.get(first + seen().len()).unwrap_or(next)).to_owned();
        let of_thread = Arc::clone(&looked);
        let done = within_at(limit, hung, move || {
            for path in part {
                let meta = std::fs::metadata(&path);
                let mut looked = of_thread.lock().unwrap_or_else(PoisonError::into_inner);
                looked.push((path, Some(meta)));
            }
        });
        // The thread may come to more of them still: nobody looks at that.
        all.append(&mut seen());
        if let (Err(_), Some(hung)) = (done, paths.get(all.len())) {
            all.push((hung.clone(), None));
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
        let paths: Vec<PathBuf> = (0..TOGETHER * 2 + 3)
            .map(|number| folder.path().join(format!("{number}.txt")))
            .collect();
        for path in paths.iter().step_by(2) {
            std::fs::write(path, "一").unwrap();
        }
        let looked = look_at(&paths, Duration::from_secs(10), |path| path);
        assert_eq!(looked.len(), paths.len());
        for (number, (path, meta)) in looked.iter().enumerate() {
            assert_eq!(*path, paths[number]);
            assert_eq!(meta.as_ref().is_some_and(Result::is_ok), number % 2 == 0, "{number}");
        }
    }
}
