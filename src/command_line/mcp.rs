//! `huiwen mcp`: answers for one assistant by standard input and output, until it hangs up.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::open_to_serve;
use crate::mcp::{self, Desk};
use crate::settings::Settings;

/// How often the knowledge folder is looked through again: nobody else tells us of changes.
const PAUSE: Duration = Duration::from_secs(30);
/// How long what blocks may go on when the assistant has hung up.
const LAST: Duration = Duration::from_secs(1);

/// Runs the server.
pub fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    let library = open_to_serve(&settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let desk = Desk::new(settings, library).looking_each(PAUSE);
    let done = runtime.block_on(mcp::stdio(Arc::new(desk)));
    // A read of standard input cannot be broken off.
    runtime.shutdown_timeout(LAST);
    done?;
    Ok(ExitCode::SUCCESS)
}
