//! `huiwen bot`: the Telegram bot, until SIGINT or SIGTERM.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::open_to_serve;
use crate::settings::Settings;
use crate::telegram;

/// How long work that blocks may go on when all else has ended.
const LAST: Duration = Duration::from_secs(5);

/// How many may wait for the disk at once. Writes go one after the other, so more would win no time, and each has a stack of
/// its own; whoever comes then waits for a place.
const WAITING: usize = 16;

/// Runs the bot.
pub fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    begin_again_with_little_memory();
    let library = Arc::new(open_to_serve(&settings)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(WAITING)
        .enable_all()
        .build()?;
    let done = runtime.block_on(telegram::run(settings, library));
    // Work that hangs (a disk that does not answer) does not outlive us.
    runtime.shutdown_timeout(LAST);
    done?;
    Ok(ExitCode::SUCCESS)
}

/// Starts this program again in its own place, with glibc's allocator told to give back what is freed; once.
///
/// By itself it has up to eight arenas a core, and takes large pieces out of them as soon as it has seen one freed: each
/// reload frees some, and a bot that reloads each hour grows for weeks. It listens to nothing but the environment that a
/// process begins with.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn begin_again_with_little_memory() {
    use std::env;
    use std::os::unix::process::CommandExt;

    const ALLOCATOR: [(&str, &str); 3] = [
        ("MALLOC_ARENA_MAX", "2"),
        ("MALLOC_MMAP_THRESHOLD_", "131072"),
        ("MALLOC_TRIM_THRESHOLD_", "131072"),
    ];
    // This is the second start, or somebody knows better.
    if ALLOCATOR.iter().any(|(name, _)| env::var_os(name).is_some()) {
        return;
    }
    let mut arguments = env::args_os();
    let called = arguments.next();
    if let (Ok(program), Some(called)) = (env::current_exe(), called) {
        let mut again = std::process::Command::new(program);
        let error = again.arg0(called).args(arguments).envs(ALLOCATOR).exec();
        // Still here: it serves as it is.
        tracing::info!(%error, "the allocator keeps more memory than it need");
    }
}
