//! What was asked in the chat before, kept in the data folder for the arrow keys: the last questions, for their owner's eyes
//! alone.

use std::io::{ErrorKind, IsTerminal, stdin};
use std::path::{Path, PathBuf};

use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};

/// The file, below the data folder.
const FILE: &str = "chat.history";
/// How many questions are kept.
const KEPT: usize = 500;

/// An editor of lines that knows what was asked before.
pub struct Prompt {
    editor: DefaultEditor,
    /// Where questions are kept; nowhere where nobody types them.
    path: Option<PathBuf>,
}

impl Prompt {
    /// Of a data folder.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be used.
    pub fn of(data: &Path) -> rustyline::Result<Prompt> {
        Prompt::kept_in(stdin().is_terminal().then(|| data.join(FILE)))
    }

    fn kept_in(path: Option<PathBuf>) -> rustyline::Result<Prompt> {
        let config = Config::builder().max_history_size(KEPT)?.build();
        let mut editor = DefaultEditor::with_config(config)?;
        if let Some(path) = &path
            && let Err(error) = editor.load_history(path)
        {
            match error {
                ReadlineError::Io(error) if error.kind() == ErrorKind::NotFound => {}
                error => {
                    // What cannot be read is as if nothing had been asked.
                    tracing::debug!(%error, "the chat's history cannot be read: it begins anew");
                    editor.clear_history()?;
                    let _ = std::fs::remove_file(path);
                }
            }
        }
        Ok(Prompt { editor, path })
    }

    /// The next line.
    ///
    /// # Errors
    ///
    /// Where there is none, or it cannot be read.
    pub fn line(&mut self, prompt: &str) -> rustyline::Result<String> {
        self.editor.readline(prompt)
    }

    /// Keeps one more question. A disk that does not take it is told of in the log: nobody is kept from asking.
    pub fn keep(&mut self, question: &str) {
        let kept = self
            .editor
            .add_history_entry(question)
            .and_then(|is_new| match &self.path {
                Some(path) if is_new => self.editor.append_history(path),
                _ => Ok(()),
            });
        if let Err(error) = kept {
            tracing::debug!(%error, "the chat's history was not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_before(path: &Path) -> Vec<String> {
        let prompt = Prompt::kept_in(Some(path.to_owned())).unwrap();
        prompt.editor.history().iter().cloned().collect()
    }

    #[test]
    fn the_last_questions_are_kept_for_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert!(asked_before(&path).is_empty());
        let mut one = Prompt::kept_in(Some(path.clone())).unwrap();
        let mut other = Prompt::kept_in(Some(path.clone())).unwrap();
        for question in ["谁发了言?", "谁发了言?", "那长武呢?"] {
            one.keep(question);
        }
        // Two chats at once lose nothing of each other's.
        other.keep("乾县呢?");
        one.keep("永寿呢?");
        assert_eq!(asked_before(&path), ["谁发了言?", "那长武呢?", "乾县呢?", "永寿呢?"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        for number in 0..KEPT + 50 {
            one.keep(&number.to_string());
        }
        let kept = asked_before(&path);
        assert_eq!((kept.len(), kept[0].as_str()), (KEPT, "50"));
        assert_eq!(kept.last(), Some(&(KEPT + 49).to_string()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_history_that_cannot_be_read_begins_anew_and_one_of_before_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        std::fs::write(&path, b"#V2\n\xff\xfe\n").unwrap();
        let mut prompt = Prompt::kept_in(Some(path.clone())).unwrap();
        prompt.keep("谁发了言?");
        assert_eq!(asked_before(&path), ["谁发了言?"]);
        // As it was written before: a question on each line, and nothing else.
        std::fs::write(&path, "谁发了言?\n那长武呢?\n").unwrap();
        let mut prompt = Prompt::kept_in(Some(path.clone())).unwrap();
        prompt.keep("C:\\纪要");
        assert_eq!(asked_before(&path), ["谁发了言?", "那长武呢?", "C:\\纪要"]);
    }
}
