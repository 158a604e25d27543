//! The command line: what was asked for, and a file for each command.

mod ask;
mod batch;
mod bot;
mod chart;
mod chat;
mod completions;
mod history;
mod inspect;
mod logging;
mod man;
mod mcp;
mod pager;
mod read;
mod reload;
mod serve;
mod survey;

use std::io::{ErrorKind, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};

use crate::embeddings::Server;
use crate::library::{Changes, IndexError, Library};
use crate::meaning::Meaning;
use crate::reading::convert_with;
use crate::settings::{Color, Settings};
use crate::terminal::{Paint, ProgressBar};
use crate::wording::{Lang, index_error, refused_line};

/// 会问: 会上说了什么, 用原话回答。Ask what was said at a meeting.
///
/// 不带命令: 设了 TELOXIDE_TOKEN 就是 Telegram 机器人, 否则是终端里的问答。
#[derive(Debug, Parser)]
#[command(
    name = "huiwen",
    version,
    after_help = "退出码 / exit codes: 0 有回答, 做完了; 3 没有回答; 1 出错; 2 命令写错 / 0 an answer, done; 3 no answer; 1 a fault; 2 usage"
)]
struct CommandLine {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What all commands take; each goes before its setting.
#[derive(Debug, Args)]
struct Common {
    /// 知识文件夹 / the folder of knowledge files
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
    /// 索引放在哪里 / the folder of the index
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// 当作今天的日期, 例如 2026-11-27 / the day to reckon 去年 from, instead of the clock's
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// 界面语言 zh 或 en / the language of what is not quoted
    #[arg(long, global = true, value_name = "LANG")]
    lang: Option<Lang>,
    /// 颜色 / colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Telegram 机器人 / the bot
    Bot,
    /// 终端里的问答 / a chat in the terminal
    Chat,
    /// 回答一个问题, 或一个文件里的问题 / one answer, or an answer a line
    Ask(ask::AskArgs),
    /// 一个文件读成了什么: 会议、小标题、谁说了什么 / how a file was understood
    Inspect(inspect::InspectArgs),
    /// 读一个文件的全文, 标出谁在说话 / a whole file, with who speaks
    Read(read::ReadArgs),
    /// 一个人(或职务、县): 历任职务、会议、全部发言、常谈什么 / somebody: offices, meetings, all remarks
    Who(survey::WhoArgs),
    /// 一个话题: 谁在什么时候说过, 各年各县多少次 / who spoke of something, and when
    Topic(survey::TopicArgs),
    /// 画成图: 谁说了多少, 话题随时间的变化, 县 × 话题 / pictures of who said how much, a topic over time, counties by topics
    Chart(chart::ChartArgs),
    /// 为别的程序提供 HTTP 接口 / answers for other programs over HTTP
    Serve,
    /// 让 AI 助手查会议原话: MCP 服务, 用标准输入输出 / for AI assistants: the Model Context Protocol over standard input and output
    Mcp,
    /// 给 shell 的补全脚本 / what a shell completes
    Completions(completions::CompletionsArgs),
    /// 手册页, 例如 huiwen man > huiwen.1 / the manual page
    Man(man::ManArgs),
    /// 更新索引, 并说明有哪些变化 / bring the index up to date
    Reload,
}

/// The exit codes that scripts go by: 0 for an answer or what was done, and these.
const NO_ANSWER: u8 = 3;
const FAULT: u8 = 1;
const USAGE: u8 = 2;

/// The command line does not go together.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

fn usage(what: &str) -> anyhow::Error {
    Usage(what.to_owned()).into()
}

/// Runs what the process's arguments ask for.
pub fn run() -> ExitCode {
    let asked = CommandLine::parse();
    match &asked.command {
        Some(Command::Completions(args)) => return completions::run(args),
        Some(Command::Man(args)) => return man::run(args),
        _ => {}
    }
    let settings = match Settings::from_env() {
        Ok(settings) => with_options(settings, &asked.common),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let command = asked.command.unwrap_or(match settings.token {
        Some(_) => Command::Bot,
        None => Command::Chat,
    });
    let asked_lang = settings.lang;
    let default_log = if matches!(command, Command::Bot | Command::Serve) {
        "info"
    } else {
        "warn"
    };
    logging::start(&settings, default_log);
    if let Some(soffice) = &settings.soffice {
        convert_with(soffice.clone());
    }
    let done = match command {
        Command::Bot => bot::run(settings),
        Command::Chat => chat::run(&settings),
        Command::Ask(args) => ask::run(&settings, &args),
        Command::Inspect(args) => inspect::run(&settings, &args),
        Command::Serve => serve::run(settings),
        Command::Mcp => mcp::run(settings),
        // Done before the settings were read.
        Command::Completions(args) => Ok(completions::run(&args)),
        Command::Man(args) => Ok(man::run(&args)),
        Command::Read(args) => read::run(&settings, &args),
        Command::Chart(args) => chart::run(&settings, &args),
        Command::Who(args) => survey::who(&settings, &args),
        Command::Topic(args) => survey::topic(&settings, &args),
        Command::Reload => reload::run(&settings),
    };
    match done {
        Ok(code) => code,
        // Whoever read our output has gone: there is nobody left to tell.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error:#}", asked_lang.pick("出错", "error"));
            ExitCode::from(if error.is::<Usage>() { USAGE } else { FAULT })
        }
    }
}

fn with_options(mut settings: Settings, common: &Common) -> Settings {
    if let Some(knowledge) = &common.knowledge {
        settings.knowledge.clone_from(knowledge);
    }
    if let Some(data) = &common.data {
        settings.data.clone_from(data);
    }
    settings.lang = common.lang.unwrap_or(settings.lang);
    settings.color = common.color;
    settings.today = common.today.or(settings.today);
    settings
}

/// Opens the library; files that were refused are named on standard error.
fn open(settings: &Settings) -> anyhow::Result<Library> {
    let (library, changes) = opened(settings)?;
    for refused in &changes.refused {
        eprintln!("{}", refused_line(settings.lang, refused));
    }
    Ok(library.with_near_words(settings.near_words))
}

/// The same for whoever asks questions: with what passages mean, as far as that is known.
fn open_to_ask(settings: &Settings) -> anyhow::Result<Library> {
    let library = with_meaning(open(settings)?, settings)?;
    library.take_up();
    Ok(library)
}

/// The same for whoever serves for long: what is new is embedded beside all else.
fn open_to_serve(settings: &Settings) -> anyhow::Result<Library> {
    Ok(open_to_ask(settings)?.following_meaning()?)
}

/// With what passages mean, as it is set.
fn with_meaning(library: Library, settings: &Settings) -> anyhow::Result<Library> {
    Ok(match &settings.embeddings {
        Some(embeddings) => library.with_meaning(Meaning::open(&settings.data, Box::new(Server::new(embeddings)?))),
        None => library,
    })
}

/// Opens the library, with a bar where that takes long.
fn opened(settings: &Settings) -> anyhow::Result<(Library, Changes)> {
    let bar = ProgressBar::begin(settings.lang);
    Library::open_with(&settings.home(), &|done, of| bar.show(done, of)).map_err(told(settings))
}

/// Colours for people, unless they said that they want none (<https://no-color.org>).
fn paint(settings: &Settings) -> Paint {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Paint::for_stdout(settings.color, no_color)
}

/// The path of a file below the knowledge folder, with `/`; `None` where it stands elsewhere.
fn below(knowledge: &Path, path: &Path) -> Option<String> {
    let (knowledge, path) = (knowledge.canonicalize().ok()?, path.canonicalize().ok()?);
    let parts = path.strip_prefix(knowledge).ok()?.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    Some(parts.join("/"))
}

/// Prints something to its end, or as far as whoever reads it wants it.
fn print_whole(written: &[u8]) -> ExitCode {
    match stdout().lock().write_all(written) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read it has gone.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(FAULT)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// An error in the user's language.
fn told(settings: &Settings) -> impl Fn(IndexError) -> anyhow::Error {
    let lang = settings.lang;
    move |error| anyhow::anyhow!(index_error(lang, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        CommandLine::command().debug_assert();
    }
}
