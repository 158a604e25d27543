//! A library of a few knowledge files, to be asked.

use huiwen::answer::{Answer, Limits};
use huiwen::library::Library;
use huiwen::question::Asked;

pub struct Room {
    pub library: Library,
    _folder: tempfile::TempDir,
}

impl Room {
    /// Of files, by their names.
    pub fn of(files: &[(&str, &str)]) -> Room {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path().join("knowledge");
        std::fs::create_dir(&knowledge).unwrap();
        for (name, text) in files {
            std::fs::write(knowledge.join(name), text).unwrap();
        }
        let (library, _) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
        Room {
            library,
            _folder: folder,
        }
    }

    /// Five quotes at most, of at most `quote_chars`.
    pub fn answer(&self, asked: &Asked, quote_chars: usize) -> Answer {
        self.library.ask(asked, Limits { quotes: 5, quote_chars }).unwrap()
    }
}
