//! What was asked in the chat before, kept in the data folder for the arrow keys: the last questions, each on a line, for their
//! owner's eyes alone.

use std::io::{ErrorKind, IsTerminal, Write, stdin};
use std::path::{Path, PathBuf};

use rustyline::DefaultEditor;

/// The file, below the data folder.
const FILE: &str = "chat.history";
/// How many questions are kept.
const KEPT: usize = 500;

/// Where questions are kept; nowhere where nobody types them.
#[derive(Debug)]
pub struct History {
    path: Option<PathBuf>,
}

impl History {
    /// Of a data folder.
    pub fn of(data: &Path) -> History {
        History {
            path: stdin().is_terminal().then(|| data.join(FILE)),
        }
    }

    /// Gives the editor what was asked before. What cannot be read is as if nothing had been.
    pub fn load(&self, editor: &mut DefaultEditor) {
        for line in self.path.as_deref().map(read).unwrap_or_default() {
            let _ = editor.add_history_entry(line);
        }
    }

    /// Keeps one more question. A disk that does not take it is told of in the log: nobody is kept from asking.
    pub fn keep(&self, question: &str) {
        if let Some(path) = &self.path
            && let Err(error) = keep(path, question)
        {
            tracing::debug!(%error, "the chat's history was not kept");
        }
    }
}

fn read(path: &Path) -> Vec<String> {
    let text = std::fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    lines[lines.len().saturating_sub(KEPT)..].to_vec()
}

/// Adds a line; now and then the oldest are dropped.
fn keep(path: &Path, question: &str) -> std::io::Result<()> {
    let question = question.replace(['\n', '\r'], " ");
    let kept = read(path);
    if kept.last() == Some(&question) {
        return Ok(());
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    if kept.len() < KEPT {
        return writeln!(options.open(path)?, "{question}");
    }
    let aside = path.with_extension(format!("history-{}", std::process::id()));
    match std::fs::remove_file(&aside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options.open(&aside)?;
    // Half of it, so that this is done seldom.
    for line in kept[KEPT / 2..].iter().chain([&question]) {
        writeln!(file, "{line}")?;
    }
    std::fs::rename(&aside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_questions_are_kept_for_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert!(read(&path).is_empty());
        for question in ["谁发了言?", "谁发了言?", "那长武呢?\n有吗"] {
            keep(&path, question).unwrap();
        }
        assert_eq!(read(&path), ["谁发了言?", "那长武呢? 有吗"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        for number in 0..2 * KEPT {
            keep(&path, &number.to_string()).unwrap();
        }
        let kept = read(&path);
        assert!(kept.len() <= KEPT && kept.last() == Some(&(2 * KEPT - 1).to_string()));
        assert!(std::fs::read_to_string(&path).unwrap().lines().count() <= KEPT);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
