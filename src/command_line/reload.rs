//! `huiwen reload`: brings the index up to date and says what was added, changed, removed, refused.

use std::process::ExitCode;

use crate::library::Library;
use crate::settings::Settings;
use crate::wording::{changes_lines, index_error};

/// Runs `reload`. Refused files are listed with the rest, and are no failure: the others serve.
pub fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let (_, changes) = Library::open(&settings.knowledge, &settings.data)
        .map_err(|error| anyhow::anyhow!(index_error(settings.lang, &error)))?;
    for line in changes_lines(settings.lang, &changes) {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}
