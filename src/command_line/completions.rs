//! `huiwen completions SHELL`: what a shell completes on Tab.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::{CommandLine, print_whole};

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// 哪种 shell / which shell
    shell: Shell,
}

/// Prints the script for a shell.
pub fn run(args: &CompletionsArgs) -> ExitCode {
    // Into memory first: the library breaks off where whoever reads it has gone.
    let mut script = Vec::new();
    generate(args.shell, &mut CommandLine::command(), "huiwen", &mut script);
    print_whole(&script)
}
