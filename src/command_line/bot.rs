//! `huiwen bot`: the Telegram bot, until SIGINT or SIGTERM.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::open;
use crate::settings::Settings;
use crate::telegram;

/// How long work that blocks may go on when all else has ended.
const LAST: Duration = Duration::from_secs(5);

/// Runs the bot.
pub fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let library = Arc::new(open(&settings)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(telegram::run(settings, library));
    // Work that hangs (a disk that does not answer) does not outlive us.
    runtime.shutdown_timeout(LAST);
    done?;
    Ok(ExitCode::SUCCESS)
}
