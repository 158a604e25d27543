//! `huiwen chat`: questions and answers in the terminal, with history and follow-ups.

use std::io::{Write, stdout};
use std::process::ExitCode;

use rustyline::error::ReadlineError;

use super::history::Prompt;
use super::{open_to_serve, pager, paint};
use crate::answer::Quote;
use crate::index::IndexError;
use crate::library::Library;
use crate::question::{Asked, OfQuote};
use crate::settings::Settings;
use crate::terminal::{answer_lines, place_lines, profile_page, source_lines, topic_page};
use crate::wording::{
    Venue, changes_lines, chat_help, examples, index_error, place_gone, start_lines, topic_usage, who_usage,
};

/// Runs the chat until `/quit`, Ctrl-C, or the end of input.
pub fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let library = open_to_serve(settings)?;
    let lang = settings.lang;
    let greeting = library.with_catalogue(|catalogue| {
        let mut lines = start_lines(lang, Venue::Private, catalogue);
        lines.extend(examples(catalogue).into_iter().map(|example| format!("  {example}")));
        lines.push(
            lang.pick("/help 看用法，/quit 离开。", "/help for more, /quit to leave.")
                .to_owned(),
        );
        lines
    });
    print(&greeting)?;
    let mut prompt = Prompt::of(&settings.data)?;
    let mut after: Vec<String> = Vec::new();
    // What the last answer quotes.
    let mut last: Vec<Quote> = Vec::new();
    loop {
        let line = match prompt.line(lang.pick("问> ", "ask> ")) {
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(ExitCode::SUCCESS),
            Err(ReadlineError::Io(error)) if error.kind() == std::io::ErrorKind::InvalidData => {
                eprintln!(
                    "{}",
                    lang.pick("输入不是 UTF-8, 这一行没有读。", "Not UTF-8: the line was left out.")
                );
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if !line.trim().is_empty() {
            prompt.keep(line.trim());
        }
        match line.trim() {
            "" => {}
            "/quit" | "/exit" | "/q" | "退出" => return Ok(ExitCode::SUCCESS),
            "/help" | "/h" | "帮助" => print(&chat_help(lang))?,
            "/reload" => print(&reload(&library, settings))?,
            question if question.starts_with("/who") || question.starts_with("/topic") => {
                let lines =
                    survey(&library, settings, question).unwrap_or_else(|error| vec![index_error(lang, &error)]);
                pager::show(&lines, None)?;
            }
            question => {
                if let Some(of) = OfQuote::asked(question)
                    && !last.is_empty()
                {
                    print(&of_quote(&library, &last, of, settings))?;
                    continue;
                }
                let lines = match library.ask(&Asked::new(question, &after).on(settings.today()), settings.limits) {
                    Ok(answer) => {
                        last = answer.quotes().to_vec();
                        answer_lines(&answer, lang, paint(settings))
                    }
                    Err(error) => vec![index_error(lang, &error)],
                };
                print(&lines)?;
                after.push(question.to_owned());
                if after.len() > Asked::DEPTH {
                    after.remove(0);
                }
            }
        }
    }
}

/// What is asked of the quotes of the last answer: of all who said them, of the first where it stands.
fn of_quote(library: &Library, last: &[Quote], of: OfQuote, settings: &Settings) -> Vec<String> {
    let (lang, paint) = (settings.lang, paint(settings));
    match (of, last.first()) {
        (OfQuote::Place | OfQuote::Whole, Some(quote)) => match library.place(quote.into(), of.around()) {
            Some(excerpt) => place_lines(quote, &excerpt, lang, paint),
            None => vec![place_gone(lang)],
        },
        _ => last.iter().flat_map(|quote| source_lines(quote, lang, paint)).collect(),
    }
}

/// `/who` and `/topic`: all that the files hold of somebody or of something.
fn survey(library: &Library, settings: &Settings, typed: &str) -> Result<Vec<String>, IndexError> {
    let lang = settings.lang;
    let (command, words) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let missing = !words.chars().any(char::is_alphanumeric);
    Ok(match command {
        "/who" if missing => vec![who_usage(lang)],
        "/who" => profile_page(&library.who(words)?, lang, paint(settings)),
        "/topic" if missing => vec![topic_usage(lang)],
        "/topic" => topic_page(&library.topic(words)?, lang, paint(settings)),
        _ => chat_help(lang),
    })
}

fn reload(library: &Library, settings: &Settings) -> Vec<String> {
    match library.reload() {
        Ok(changes) => changes_lines(settings.lang, &changes),
        Err(error) => vec![index_error(settings.lang, &error)],
    }
}

fn print(lines: &[String]) -> std::io::Result<()> {
    let mut out = stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}
