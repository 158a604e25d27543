//! `huiwen bot`: the Telegram bot, until SIGINT or SIGTERM.

use std::process::ExitCode;
use std::sync::Arc;

use super::open;
use crate::settings::Settings;
use crate::telegram;

/// Runs the bot.
pub fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let library = Arc::new(open(&settings)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(telegram::run(settings, library))?;
    Ok(ExitCode::SUCCESS)
}
