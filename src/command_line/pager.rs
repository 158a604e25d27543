//! Long output in the terminal's pager, where somebody sits at one.

use std::io::{IsTerminal, Write, stdout};
use std::process::{Command, Stdio};

/// Shows lines in the pager (`PAGER`, or `less`), from line `first` on where it can; without a terminal, or a pager, they are
/// printed.
///
/// # Errors
///
/// Where they cannot be printed.
pub fn show(lines: &[String], first: Option<usize>) -> std::io::Result<()> {
    let pager = std::env::var("PAGER").ok();
    let pager = pager.as_deref().map(str::trim).unwrap_or("less");
    if !stdout().is_terminal() || matches!(pager, "" | "cat") {
        return print(lines);
    }
    let mut command = Command::new("sh");
    let is_less = pager.split(['/', ' ']).any(|word| word == "less");
    match first.filter(|_| is_less) {
        // A few lines above it are seen too.
        Some(first) => command.args(["-c", &format!("{pager} +{}", first.saturating_sub(4) + 1)]),
        None => command.args(["-c", pager]),
    };
    // As git does: colours are shown, and what fits on the screen needs no pager.
    if is_less && std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX").env("LESSCHARSET", "utf-8");
    }
    match paged(command, lines)? {
        true => Ok(()),
        false => print(lines),
    }
}

/// Whether a pager showed the lines; where there is none of that name nothing is lost.
fn paged(mut command: Command, lines: &[String]) -> std::io::Result<bool> {
    /// What a shell ends with where it cannot find a command, or not run it.
    const NO_COMMAND: [Option<i32>; 2] = [Some(126), Some(127)];
    // What the shell has to say of that helps nobody who sees the lines; a pager speaks to the terminal.
    let Ok(mut child) = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        return Ok(false);
    };
    if let Some(mut to) = child.stdin.take() {
        // Whoever has read enough leaves: nothing is wrong with that.
        let _ = lines.iter().try_for_each(|line| writeln!(to, "{line}"));
    }
    Ok(!NO_COMMAND.contains(&child.wait()?.code()))
}

fn print(lines: &[String]) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(stdout().lock());
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_pager_nothing_is_lost() {
        let lines = ["先修路。".to_owned()];
        let shell = |words: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", words]).stdout(Stdio::null());
            command
        };
        assert!(paged(shell("cat"), &lines).unwrap());
        // Whoever leaves early has seen enough.
        assert!(paged(shell("exit 1"), &lines).unwrap());
        assert!(!paged(shell("no-such-pager +5"), &lines).unwrap());
        assert!(!paged(Command::new("/no/such/shell"), &lines).unwrap());
    }
}
