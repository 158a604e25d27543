//! `huiwen man`: the manual page, for `man`.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::{CommandLine, FAULT, USAGE, print_whole};

/// What `man` takes.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// 哪个命令的, 不写就是总的 / of which command; without one of all
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the page.
pub fn run(args: &ManArgs) -> ExitCode {
    let mut all = CommandLine::command();
    all.build();
    let page = match &args.command {
        None => Some(all),
        // Once it is built it is called as its page is: huiwen-ask.
        Some(name) => all.find_subcommand(name).cloned(),
    };
    let Some(page) = page else {
        eprintln!("huiwen man: {}", args.command.as_deref().unwrap_or_default());
        return ExitCode::from(USAGE);
    };
    let mut written = Vec::new();
    match Man::new(page).render(&mut written) {
        Ok(()) => print_whole(&written),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(FAULT)
        }
    }
}
