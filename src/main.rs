//! Chooses: bot, chat, ask, inspect, reload. Nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    huiwen::command_line::run()
}
