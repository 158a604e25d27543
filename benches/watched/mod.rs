//! A program that is watched while it runs: the most memory that it took.

use std::error::Error;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Between two looks. The figure is a high-water mark: only what comes in the last of them is missed.
const BETWEEN: Duration = Duration::from_millis(1);

/// Runs `command` and tells the most bytes of memory that it took.
///
/// # Errors
///
/// Where it cannot be run, or fails.
pub fn most_memory(command: &mut Command) -> Result<u64, Box<dyn Error>> {
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait()?.is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let kilobytes = told.lines().find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix(" kB")?
                .parse::<u64>()
                .ok()
        });
        most = kilobytes.map_or(most, |kilobytes| kilobytes * 1024);
        sleep(BETWEEN);
    }
    match child.wait()?.success() {
        true => Ok(most),
        false => Err(format!("{command:?} failed").into()),
    }
}
