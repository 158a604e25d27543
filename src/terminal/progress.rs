//! How far long work is, on the last line of a terminal: written over each time, and gone when the work is done.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::wording::{Lang, progress_words};

/// What is done sooner shows nothing.
const SHORT: Duration = Duration::from_millis(500);
/// How often the line changes.
const STEP: Duration = Duration::from_millis(100);
/// How many signs the bar has.
const SIGNS: usize = 16;
/// What is too long for a narrow terminal is cut off, and not carried over to the next line, of which nothing would be wiped.
const CUT_OFF: &str = "\u{1b}[?7l";
const CARRIED_OVER: &str = "\u{1b}[?7h";
/// To the line's beginning, with nothing on it.
const WIPED: &str = "\r\u{1b}[K";

/// How work is called, with how much of how much is done.
pub type Words = fn(Lang, usize, usize) -> String;

/// A bar on standard error, where somebody sits at it.
#[derive(Debug)]
pub struct ProgressBar {
    lang: Lang,
    /// What is done, and how much of how much.
    words: Words,
    began: Instant,
    /// When the line was written last; `None` where there is nobody to read it.
    state: Option<Mutex<Option<Instant>>>,
}

impl ProgressBar {
    /// Of reading that begins now.
    pub fn begin(lang: Lang) -> ProgressBar {
        ProgressBar::of(lang, progress_words)
    }

    /// Of other work that begins now, and how it is called.
    pub fn of(lang: Lang, words: Words) -> ProgressBar {
        ProgressBar {
            lang,
            words,
            began: Instant::now(),
            state: stderr().is_terminal().then(Mutex::default),
        }
    }

    /// Shows how much of how much is done; may be called from several threads, and often.
    pub fn show(&self, done: usize, of: usize) {
        let Some(state) = &self.state else { return };
        let mut written = state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.began.elapsed() < SHORT || written.is_some_and(|at| at.elapsed() < STEP) || of == 0 {
            return;
        }
        *written = Some(Instant::now());
        // Whether it shows is of no matter to the work.
        let line = line(&(self.words)(self.lang, done, of), done, of);
        let _ = write!(stderr(), "{line}").and_then(|()| stderr().flush());
    }
}

impl Drop for ProgressBar {
    fn drop(&mut self) {
        let written = self.state.as_ref().is_some_and(|state| {
            let written = state.lock().unwrap_or_else(PoisonError::into_inner);
            written.is_some()
        });
        if written {
            let _ = write!(stderr(), "{WIPED}").and_then(|()| stderr().flush());
        }
    }
}

/// The bar over what stood there before.
fn line(words: &str, done: usize, of: usize) -> String {
    format!("{CUT_OFF}{WIPED}{}{CARRIED_OVER}", bar(words, done, of))
}

/// `[█████           ] 正在读入 120/360`.
fn bar(words: &str, done: usize, of: usize) -> String {
    let full = (done.min(of) * SIGNS).checked_div(of).unwrap_or(0);
    format!("[{}{}] {words}", "█".repeat(full), " ".repeat(SIGNS - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_from_nothing_to_all() {
        let bar = |lang, done, of| bar(&progress_words(lang, done, of), done, of);
        assert!(bar(Lang::Zh, 0, 7).starts_with("[ "));
        assert!(bar(Lang::Zh, 7, 7).contains(&"█".repeat(SIGNS)));
        assert!(bar(Lang::En, 3, 6).contains(&format!("{} ", "█".repeat(SIGNS / 2))));
        // It stays on its line, however narrow the terminal is, and others write as before.
        let line = line(&progress_words(Lang::Zh, 120, 360), 120, 360);
        assert!(line.starts_with(CUT_OFF) && line.ends_with(CARRIED_OVER), "{line:?}");
        // More than there are is all of them; of none nothing breaks.
        assert!(bar(Lang::En, 9, 6).contains(&"█".repeat(SIGNS)));
        assert!(bar(Lang::En, 0, 0).ends_with("0 of 0"));
    }
}
