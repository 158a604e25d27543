//! `huiwen ask`: one answer, or an answer for each line of a file.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde::Deserialize;

use super::{open, paint};
use crate::answer::{Answer, Limits};
use crate::json::AnswerLine;
use crate::library::Library;
use crate::question::Asked;
use crate::settings::Settings;
use crate::terminal::{answer_lines, plan_lines};
use crate::wording::index_error;

/// What `ask` takes.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// 问题 / the question
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    question: Option<String>,
    /// 一行一个 JSON / a line of JSON for each answer
    #[arg(long)]
    json: bool,
    /// 问题文件, 每行 {"id", "question", "after"}; - 为标准输入 / questions, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// 说明依据: 按什么次序查了什么 / tell the plan: what was looked up, in which order, and what it found
    #[arg(long)]
    why: bool,
    /// 最多几段引文 / most quotes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: Option<u16>,
    /// 引文最长多少字 / the longest quote in characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    quote_chars: Option<u16>,
}

/// A line of a batch.
#[derive(Debug, Deserialize)]
struct BatchLine {
    #[serde(default)]
    id: Option<serde_json::Value>,
    question: String,
    #[serde(default)]
    after: Vec<String>,
}

/// Runs `ask`.
pub fn run(settings: &Settings, args: &AskArgs) -> anyhow::Result<ExitCode> {
    let limits = Limits {
        quotes: args.limit.map_or(settings.limits.quotes, usize::from),
        quote_chars: args.quote_chars.map_or(settings.limits.quote_chars, usize::from),
    };
    let library = open(settings)?;
    let asker = Asker {
        library,
        settings,
        limits,
        json: args.json,
        why: args.why,
    };
    let mut out = BufWriter::new(stdout().lock());
    let code = match (&args.batch, &args.question) {
        (Some(path), _) => asker.batch(path, &mut out)?,
        (None, Some(question)) => {
            asker.write(&mut out, &asker.ask(question, &[])?, None)?;
            ExitCode::SUCCESS
        }
        (None, None) => ExitCode::SUCCESS,
    };
    out.flush()?;
    Ok(code)
}

struct Asker<'s> {
    library: Library,
    settings: &'s Settings,
    limits: Limits,
    json: bool,
    why: bool,
}

impl Asker<'_> {
    fn ask(&self, question: &str, after: &[String]) -> anyhow::Result<Answer> {
        self.library
            .ask(&Asked::new(question, after).on(self.settings.today()), self.limits)
            .map_err(|error| anyhow::anyhow!(index_error(self.settings.lang, &error)))
    }

    /// Answers each line; one that cannot be read or answered is named on standard error, and the rest goes on.
    fn batch(&self, path: &Path, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        let source: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(stdin().lock())
        } else {
            let file = File::open(path).with_context(|| path.display().to_string())?;
            Box::new(BufReader::new(file))
        };
        let mut code = ExitCode::SUCCESS;
        for (number, line) in source.split(b'\n').enumerate() {
            let line = line.with_context(|| path.display().to_string())?;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<BatchLine>(&line) {
                Ok(line) => match self.ask(&line.question, &line.after) {
                    Ok(answer) => self.write(out, &answer, line.id.as_ref())?,
                    Err(error) => {
                        eprintln!("{}:{}: {error}", path.display(), number + 1);
                        code = ExitCode::FAILURE;
                    }
                },
                Err(error) => {
                    eprintln!("{}:{}: {error}", path.display(), number + 1);
                    code = ExitCode::FAILURE;
                }
            }
        }
        Ok(code)
    }

    fn write(&self, out: &mut impl Write, answer: &Answer, id: Option<&serde_json::Value>) -> anyhow::Result<()> {
        if self.json {
            // An answer to a single question has an id too, as the contract has it.
            let zero = serde_json::Value::from("0");
            let line = AnswerLine::new(answer, Some(id.unwrap_or(&zero)), self.settings.lang);
            serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            for line in answer_lines(answer, self.settings.lang, paint(self.settings)) {
                writeln!(out, "{line}")?;
            }
        }
        if self.why {
            for line in plan_lines(answer) {
                // A line of JSON stays alone on its output.
                match self.json {
                    true => eprintln!("{line}"),
                    false => writeln!(out, "{line}")?,
                }
            }
        }
        Ok(())
    }
}
