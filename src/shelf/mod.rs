//! The shelf: knowledge files are added, replaced and removed, names made safe, nothing overwritten unasked, and
//! nothing lost: what is replaced or removed goes to a folder below the data folder.
//!
//! The index learns of it at the next reload.

mod name;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;

pub use name::FileName;

/// The knowledge folder and the places beside it.
#[derive(Clone, Debug)]
pub struct Shelf {
    knowledge: PathBuf,
    /// Files that wait for a decision.
    uploads: PathBuf,
    /// Files that were replaced or removed.
    removed: PathBuf,
    /// Held while a file is put in its place or taken from it.
    changing: Arc<Mutex<()>>,
}

/// Why a file is not taken.
#[derive(Debug, Error)]
pub enum ShelfError {
    /// A format that is not read.
    #[error("an unknown format")]
    UnknownFormat,
    /// An archive.
    #[error("an archive")]
    Archive,
    /// There is such a file by now.
    #[error("there is a file {0}")]
    Taken(String),
    /// The file that was to be replaced or removed has changed or is gone.
    #[error("the file {0} has changed or is gone")]
    Changed(String),
    /// There is no such file in the knowledge folder.
    #[error("there is no file {0}")]
    Missing(String),
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Shelf {
    /// Of a knowledge folder and the data folder.
    pub fn new(knowledge: &Path, data: &Path) -> Shelf {
        Shelf {
            knowledge: knowledge.to_owned(),
            uploads: data.join("uploads"),
            removed: data.join("removed"),
            changing: Arc::default(),
        }
    }

    /// Puts a file aside until it is decided on. Returns what it is called there.
    ///
    /// # Errors
    ///
    /// Where the operating system refuses.
    pub fn put_aside(&self, bytes: &[u8]) -> io::Result<String> {
        /// So that the same file sent twice is put aside twice.
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        fs::create_dir_all(&self.uploads)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let time = crate::clock::now().timestamp_micros();
        let called = format!("{}{time:016x}{number:04x}", digest(bytes));
        write_whole(&self.uploads.join(&called), bytes)?;
        Ok(called)
    }

    /// A file that was put aside.
    ///
    /// # Errors
    ///
    /// Where it is gone, or is not what was put aside.
    pub fn aside(&self, called: &str) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.uploads.join(plain(called)?))?;
        if called.starts_with(&digest(&bytes)) {
            Ok(bytes)
        } else {
            Err(io::Error::from(io::ErrorKind::InvalidData))
        }
    }

    /// Drops a file that was put aside.
    pub fn drop_aside(&self, called: &str) {
        if let Ok(name) = plain(called)
            && let Err(error) = fs::remove_file(self.uploads.join(name))
        {
            tracing::info!(%error, "a file that was put aside is gone already");
        }
    }

    /// The file of a name, with its digest; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where there is one that cannot be read.
    pub fn standing(&self, name: &FileName) -> io::Result<Option<(String, Vec<u8>)>> {
        match fs::read(self.knowledge.join(&name.0)) {
            Ok(bytes) => Ok(Some((digest(&bytes), bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A name like `name` that no file has.
    pub fn free_name(&self, name: &FileName) -> FileName {
        (2..)
            .map(|number| name.numbered(number))
            .find(|name| !self.knowledge.join(&name.0).exists())
            .unwrap_or_else(|| name.clone())
    }

    /// Puts a file that was put aside on the shelf; in the place of the file with the digest `replaces`, if one is
    /// given.
    ///
    /// # Errors
    ///
    /// Where a file has the name by now, where the one to be replaced has changed, or the operating system refuses:
    /// then everything is as it was.
    pub fn keep(&self, called: &str, name: &FileName, replaces: Option<&str>) -> Result<(), ShelfError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = self.standing(name)?;
        // It may have been kept just before a crash.
        if standing.as_ref().is_some_and(|(there, _)| called.starts_with(there)) {
            self.drop_aside(called);
            return Ok(());
        }
        let bytes = self.aside(called)?;
        match (&standing, replaces) {
            (None, None) => {}
            (Some((there, _)), Some(expected)) if there == expected => {}
            (Some(_), None) => return Err(ShelfError::Taken(name.0.clone())),
            (_, Some(_)) => return Err(ShelfError::Changed(name.0.clone())),
        }
        if let Some((_, old)) = standing {
            self.bury(&name.0, &old)?;
        }
        write_whole(&self.knowledge.join(&name.0), &bytes)?;
        self.drop_aside(called);
        Ok(())
    }

    /// The path of a knowledge file by its path below the folder, as users type it.
    ///
    /// # Errors
    ///
    /// Where there is none, or where the path leads out of the folder or to a hidden file.
    pub fn find(&self, file: &str) -> Result<PathBuf, ShelfError> {
        let missing = || ShelfError::Missing(file.to_owned());
        let below = Path::new(file.trim());
        let inside = below.components().all(|part| match part {
            Component::Normal(part) => !part.to_string_lossy().starts_with('.'),
            _ => false,
        });
        if !inside || file.trim().is_empty() {
            return Err(missing());
        }
        let path = self.knowledge.join(below);
        let path = if path.is_file() {
            Some(path)
        } else {
            self.looks_like(below)
        };
        path.filter(|path| path.is_file()).ok_or_else(missing)
    }

    /// The one path below the folder that looks like this one on the screen: people do not see, and cannot type, what has
    /// no width.
    fn looks_like(&self, below: &Path) -> Option<PathBuf> {
        let mut path = self.knowledge.clone();
        for part in below {
            let part = name::seen(&part.to_string_lossy());
            let entries = fs::read_dir(&path).ok()?.flatten().map(|entry| entry.file_name());
            let mut like = entries.filter(|entry| name::seen(&entry.to_string_lossy()) == part);
            let one = like.next()?;
            if like.next().is_some() {
                return None;
            }
            path.push(one);
        }
        Some(path)
    }

    /// Takes a file off the shelf; it is kept below the data folder.
    ///
    /// # Errors
    ///
    /// Where there is none, or the operating system refuses.
    pub fn remove(&self, file: &str) -> Result<(), ShelfError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.find(file)?;
        self.bury(file, &fs::read(&path)?)?;
        fs::remove_file(path)?;
        Ok(())
    }

    /// Keeps what is replaced or removed, under the time and its name.
    fn bury(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.removed)?;
        let time = crate::clock::now().format("%Y%m%d-%H%M%S");
        let name = file.replace(['/', '\\'], "-");
        let free = (0..)
            .map(|number| self.removed.join(format!("{time}-{number}-{name}")))
            .find(|path| !path.exists())
            .ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
        write_whole(&free, bytes)
    }
}

/// A file is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    /// So that two who write at once do not write into one file.
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let folder = path.parent().unwrap_or(Path::new("."));
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let hidden = folder.join(format!(".huiwen-{}-{number}", std::process::id()));
    let written = File::create(&hidden)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&hidden, path));
    if written.is_err() {
        // It may not have been made at all.
        let _ = fs::remove_file(&hidden);
    }
    written
}

/// A name that leads nowhere else.
fn plain(called: &str) -> io::Result<&str> {
    if called.chars().all(|c| c.is_ascii_hexdigit()) && !called.is_empty() {
        Ok(called)
    } else {
        Err(io::Error::from(io::ErrorKind::InvalidInput))
    }
}

/// By which it is told whether a file is still the same.
fn digest(bytes: impl AsRef<[u8]>) -> String {
    crate::digest::digest(bytes, 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_what_is_seen_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(folder.path(), folder.path());
        fs::create_dir(folder.path().join("五\u{200b}月")).unwrap();
        let path = folder.path().join("五\u{200b}月/王\u{200b}静.txt");
        fs::write(&path, "一").unwrap();
        assert_eq!(shelf.find("五月/王静.txt").unwrap(), path);
        assert_eq!(shelf.find("五\u{feff}月/王静.txt").unwrap(), path);
        assert!(shelf.find("五月/李静.txt").is_err());
        // Which of two, nobody can tell.
        fs::write(folder.path().join("五\u{200b}月/王\u{2060}静.txt"), "二").unwrap();
        assert!(shelf.find("五月/王静.txt").is_err());
        fs::write(folder.path().join("五\u{200b}月/王静.txt"), "三").unwrap();
        assert!(shelf.find("五\u{200b}月/王静.txt").is_ok());
    }

    #[test]
    fn nothing_is_overwritten_unasked_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (knowledge, data) = (folder.path().join("knowledge"), folder.path().join("data"));
        fs::create_dir(&knowledge).unwrap();
        let shelf = Shelf::new(&knowledge, &data);
        let name = FileName::made_of("a.txt").unwrap();
        let first = shelf.put_aside("一".as_bytes()).unwrap();
        shelf.keep(&first, &name, None).unwrap();
        assert!(shelf.aside(&first).is_err());
        let second = shelf.put_aside("二".as_bytes()).unwrap();
        assert!(matches!(shelf.keep(&second, &name, None), Err(ShelfError::Taken(_))));
        assert!(matches!(
            shelf.keep(&second, &name, Some("0")),
            Err(ShelfError::Changed(_))
        ));
        assert_eq!(fs::read_to_string(knowledge.join("a.txt")).unwrap(), "一");
        assert_eq!(shelf.free_name(&name).as_str(), "a-2.txt");
        let (digest, _) = shelf.standing(&name).unwrap().unwrap();
        shelf.keep(&second, &name, Some(&digest)).unwrap();
        shelf.remove("a.txt").unwrap();
        let mut kept: Vec<String> = fs::read_dir(data.join("removed"))
            .unwrap()
            .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        kept.sort();
        assert_eq!(kept, ["一", "二"]);
        assert_eq!(fs::read_dir(&knowledge).unwrap().count(), 0);
    }

    #[test]
    fn files_put_aside_at_once_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(&folder.path().join("knowledge"), &folder.path().join("data"));
        fs::create_dir(folder.path().join("knowledge")).unwrap();
        let texts: Vec<String> = (0..40).map(|number| format!("第{number}号").repeat(5000)).collect();
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| {
                    let called = shelf.put_aside(text.as_bytes()).unwrap();
                    let name = FileName::made_of(&format!("{called}.txt")).unwrap();
                    shelf.keep(&called, &name, None).unwrap();
                    // Done twice, it is as done once.
                    shelf.keep(&called, &name, None).unwrap();
                });
            }
        });
        let mut kept: Vec<String> = fs::read_dir(folder.path().join("knowledge"))
            .unwrap()
            .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        kept.sort();
        let mut sent = texts;
        sent.sort();
        assert_eq!(kept, sent);
    }

    #[test]
    fn paths_do_not_lead_out() {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path().join("knowledge");
        fs::create_dir_all(knowledge.join("五月")).unwrap();
        fs::write(knowledge.join("五月/a.txt"), "一").unwrap();
        fs::write(knowledge.join(".b.txt"), "一").unwrap();
        fs::write(folder.path().join("secret.txt"), "密").unwrap();
        let shelf = Shelf::new(&knowledge, &folder.path().join("data"));
        assert!(shelf.find("五月/a.txt").is_ok());
        for bad in [
            "../secret.txt",
            ".b.txt",
            "",
            "五月",
            "/etc/hostname",
            "五月/../../secret.txt",
        ] {
            assert!(matches!(shelf.find(bad), Err(ShelfError::Missing(_))), "{bad}");
        }
        assert!(shelf.aside("../secret.txt").is_err());
    }
}
