//! `huiwen completions SHELL`: what a shell completes on Tab.

use std::io::stdout;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::CommandLine;

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// 哪种 shell / which shell
    shell: Shell,
}

/// Prints the script for a shell.
pub fn run(args: &CompletionsArgs) -> ExitCode {
    generate(args.shell, &mut CommandLine::command(), "huiwen", &mut stdout());
    ExitCode::SUCCESS
}
