//! One consistent state of knowledge and index, swapped whole at a reload.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::answer::{Answer, Body, Reason, Refusal};

/// The knowledge folder and its index, ready to be asked. Share it behind an `Arc`; every method takes `&self`.
#[derive(Debug)]
pub struct Library {
    knowledge: PathBuf,
    data: PathBuf,
}

/// A question, with what was asked before it in the same chat.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// What the user typed.
    pub question: &'a str,
    /// Earlier questions of the same chat and user, the oldest first.
    pub after: &'a [String],
    /// Most quotes.
    pub limit: usize,
    /// Longest quote in characters.
    pub quote_chars: usize,
}

/// What a reload found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<String>,
    /// Files that were read again.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Files that could not be read, with the reason in the user's language.
    pub refused: Vec<(String, String)>,
    /// How many files serve now.
    pub files: usize,
    /// How many passages they hold.
    pub passages: usize,
    /// Whether the whole index was made anew.
    pub rebuilt: bool,
}

/// Why the library cannot be opened, reloaded or asked.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// The knowledge folder cannot be read.
    #[error("知识文件夹 {} 读不了: {source}", path.display())]
    Knowledge {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Library {
    /// Opens the index of `knowledge` under `data`, and brings it up to date.
    ///
    /// # Errors
    ///
    /// Where a folder cannot be read or written. A bad knowledge file is no error: it is listed in [`Changes`].
    pub fn open(knowledge: &Path, data: &Path) -> Result<(Library, Changes), LibraryError> {
        let library = Library {
            knowledge: knowledge.to_owned(),
            data: data.to_owned(),
        };
        let changes = library.reload()?;
        Ok((library, changes))
    }

    /// Brings the index up to date; questions are answered from the old state until the new one stands.
    ///
    /// # Errors
    ///
    /// As [`Library::open`]; the old state goes on serving.
    pub fn reload(&self) -> Result<Changes, LibraryError> {
        let _ = (&self.knowledge, &self.data);
        Ok(Changes::default())
    }

    /// Answers a question. Blocks for a few milliseconds; call it from a blocking task in async code.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn ask(&self, ask: &Ask<'_>) -> Result<Answer, LibraryError> {
        Ok(Answer {
            question: ask.question.to_owned(),
            taken: Vec::new(),
            body: Body::NoAnswer(Refusal {
                reason: Reason::NoKnowledge,
                spoke: Vec::new(),
                meetings: Vec::new(),
            }),
        })
    }
}
