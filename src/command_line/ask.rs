//! `huiwen ask`: one answer, or an answer for each line of a file.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, IsTerminal, Write, stderr, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde::Deserialize;

use super::batch::{self, Fault, Told};
use super::{NO_ANSWER, open_to_ask, paint, told, usage};
use crate::answer::{Answer, Body, Limits};
use crate::export::{Format, Sheet};
use crate::json::AnswerLine;
use crate::library::Library;
use crate::question::Asked;
use crate::settings::Settings;
use crate::terminal::{answer_lines, plan_lines};
use crate::wording::written_to;

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
    /// 写成文档: docx、md、csv 或 xlsx / as a document
    #[arg(long, value_enum, conflicts_with_all = ["json", "batch", "why"])]
    format: Option<Format>,
    /// 写到这个文件, 格式也可以由扩展名看出 / into this file; its ending may tell the format
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["json", "batch", "why"])]
    output: Option<PathBuf>,
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
    let format = format(args)?;
    // A document has room.
    let usual = if format.is_some() {
        Format::QUOTES
    } else {
        settings.limits.quotes
    };
    let limits = Limits {
        quotes: args.limit.map_or(usual, usize::from),
        quote_chars: args.quote_chars.map_or(settings.limits.quote_chars, usize::from),
    };
    let library = open_to_ask(settings)?;
    let asker = Asker {
        library,
        settings,
        limits,
        json: args.json,
        why: args.why,
    };
    let question = match (&args.batch, &args.question) {
        (Some(path), _) => return asker.batch(path),
        (None, Some(question)) => question,
        (None, None) => return Ok(ExitCode::SUCCESS),
    };
    let answer = asker.ask(question, &[])?;
    let mut out = BufWriter::new(stdout().lock());
    match format {
        Some(format) => asker.export(&mut out, &answer, format, args.output.as_deref())?,
        None => asker.write(&mut out, &mut stderr(), &answer, None)?,
    }
    out.flush()?;
    Ok(code_of(&answer))
}

/// The document that is asked for; by the file's ending where nothing else tells.
fn format(args: &AskArgs) -> anyhow::Result<Option<Format>> {
    let ending = args
        .output
        .as_deref()
        .and_then(Path::extension)
        .and_then(|ending| ending.to_str());
    match (args.format, &args.output, ending.and_then(Format::from_word)) {
        (Some(format), ..) | (None, Some(_), Some(format)) => Ok(Some(format)),
        (None, None, _) => Ok(None),
        (None, Some(_), None) => Err(usage("-o/--output: .docx, .md, .csv, .xlsx, --format docx|md|csv|xlsx")),
    }
}

/// What scripts go by: whether there is an answer.
fn code_of(answer: &Answer) -> ExitCode {
    match &answer.body {
        Body::Found { .. } => ExitCode::SUCCESS,
        Body::NoAnswer(_) => ExitCode::from(NO_ANSWER),
    }
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
            .map_err(told(self.settings))
    }

    /// Writes an answer as a document, to a file or as output.
    fn export(&self, out: &mut impl Write, answer: &Answer, format: Format, to: Option<&Path>) -> anyhow::Result<()> {
        let sheet = Sheet::new(answer, self.settings.lang, |quote| self.library.paragraph(quote));
        let bytes = sheet.written(format)?;
        match to {
            Some(path) => {
                std::fs::write(path, bytes).with_context(|| path.display().to_string())?;
                eprintln!(
                    "{}",
                    written_to(self.settings.lang, &path.display().to_string(), sheet.quotes())
                );
            }
            None if !format.is_text() && stdout().is_terminal() => {
                return Err(usage(&format!("--format {}: -o FILE", format.word())));
            }
            None => out.write_all(&bytes)?,
        }
        Ok(())
    }

    /// Answers each line; one that cannot be read or answered is named on standard error, and the rest goes on.
    fn batch(&self, path: &Path) -> anyhow::Result<ExitCode> {
        let source: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
            Box::new(BufReader::new(stdin()))
        } else {
            let file = File::open(path).with_context(|| path.display().to_string())?;
            Box::new(BufReader::new(file))
        };
        let tell = |number: usize, line: &[u8]| {
            let told = self.tell(line);
            told.unwrap_or_else(|error| Told::failed(&format!("{}:{number}: {error}", path.display())))
        };
        match batch::run(source, tell, &mut stdout(), &mut stderr()) {
            Ok(true) => Ok(ExitCode::SUCCESS),
            Ok(false) => Ok(ExitCode::FAILURE),
            Err(Fault::Read(error)) => Err(error).with_context(|| path.display().to_string()),
            Err(Fault::Write(error)) => Err(error.into()),
        }
    }

    /// What a line of a batch asks for.
    fn tell(&self, line: &[u8]) -> anyhow::Result<Told> {
        let line: BatchLine = serde_json::from_slice(line)?;
        let answer = self.ask(&line.question, &line.after)?;
        let mut told = Told::default();
        self.write(&mut told.out, &mut told.err, &answer, line.id.as_ref())?;
        Ok(told)
    }

    fn write(
        &self,
        out: &mut impl Write,
        err: &mut impl Write,
        answer: &Answer,
        id: Option<&serde_json::Value>,
    ) -> anyhow::Result<()> {
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
                    true => writeln!(err, "{line}")?,
                    false => writeln!(out, "{line}")?,
                }
            }
        }
        Ok(())
    }
}
