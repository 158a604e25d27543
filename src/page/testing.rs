//! Papers for tests.

use crate::index::Paper;
use crate::library::Library;

/// The paper of a file with this text, as the index gives it.
pub fn paper(text: &str) -> Paper {
    paper_called("五月/a.txt", text)
}

/// As [`paper`], under a name.
pub fn paper_called(file: &str, text: &str) -> Paper {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().join("knowledge");
    let path = knowledge.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    let (library, changes) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
    assert!(changes.refused.is_empty(), "{:?}", changes.refused);
    library.paper(file).unwrap().unwrap()
}
