//! `huiwen reload`: brings the index up to date and says what was added, changed, removed, refused.

use std::process::ExitCode;

use super::opened;
use crate::settings::Settings;
use crate::wording::changes_lines;

/// Runs `reload`. Refused files are listed with the rest, and are no failure: the others serve.
pub fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let (_, changes) = opened(settings)?;
    for line in changes_lines(settings.lang, &changes) {
        println!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}
