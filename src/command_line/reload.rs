//! `huiwen reload`: brings the index up to date and says what was added, changed, removed, refused; and has what is new
//! embedded, where that is set.

use std::process::ExitCode;

use super::{FAULT, opened, with_meaning};
use crate::settings::Settings;
use crate::terminal::ProgressBar;
use crate::wording::{changes_lines, embedded_line, embedding_words, not_embedded_line};

/// Runs `reload`. Refused files are listed with the rest, and are no failure: the others serve.
pub fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let (library, changes) = opened(settings)?;
    for line in changes_lines(settings.lang, &changes) {
        println!("{line}");
    }
    let library = with_meaning(library, settings)?;
    let bar = ProgressBar::of(settings.lang, embedding_words);
    let embedded = library.catch_up(&|done, of| bar.show(done, of));
    drop(bar);
    match embedded {
        Ok(None) => {}
        Ok(Some(passages)) => println!("{}", embedded_line(settings.lang, passages)),
        Err(error) => {
            eprintln!("{}", not_embedded_line(settings.lang, &error));
            return Ok(ExitCode::from(FAULT));
        }
    }
    Ok(ExitCode::SUCCESS)
}
