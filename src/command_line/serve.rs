//! `huiwen serve`: answers for other programs, until SIGINT or SIGTERM.

use std::process::ExitCode;

use super::open_to_serve;
use crate::serve;
use crate::settings::Settings;

/// Runs the server.
pub fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let library = open_to_serve(&settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve::run(settings, library))?;
    Ok(ExitCode::SUCCESS)
}
