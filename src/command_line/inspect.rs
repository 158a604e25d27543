//! `huiwen inspect`: how files were understood.

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{below, pager, paint};
use crate::json::ReportLine;
use crate::reading::{FolderHead, Origin, guarded, read_file, understand_from};
use crate::settings::Settings;
use crate::terminal::report_lines;
use crate::wording::read_error;

/// What `inspect` takes.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// 文件 / the files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 一行一个 JSON / a line of JSON for each file
    #[arg(long, conflicts_with = "text")]
    json: bool,
    /// 打印解码后的正文, 引文位置按它计数 / the decoded text that offsets count in
    #[arg(long)]
    text: bool,
    /// 每段话后面写出是哪条规则认定的 / behind each remark the rule that tells whose it is
    #[arg(long, conflicts_with = "text")]
    why: bool,
}

/// Runs `inspect`. A file that cannot be read is named on standard error, and the rest goes on.
pub fn run(settings: &Settings, args: &InspectArgs) -> anyhow::Result<ExitCode> {
    let mut out = BufWriter::new(stdout().lock());
    let mut code = ExitCode::SUCCESS;
    // For people: in the pager, all files together.
    let mut lines = Vec::new();
    for path in &args.files {
        let name = path.to_string_lossy();
        let document = match read_file(path) {
            Ok(document) => document,
            Err(error) => {
                eprintln!("{name}: {}", read_error(settings.lang, &error));
                code = ExitCode::FAILURE;
                continue;
            }
        };
        let text = document.text.as_str();
        if args.text {
            out.write_all(text.as_bytes())?;
            continue;
        }
        let below = below(&settings.knowledge, path);
        let head = below.as_deref().map(|file| FolderHead::of(&settings.knowledge, file));
        let origin = Origin {
            file: below.as_deref().unwrap_or(&name),
            folder: head.as_ref(),
        };
        let report = match guarded(path, || understand_from(&document, &origin)) {
            Ok(report) => report,
            Err(error) => {
                eprintln!("{name}: {}", read_error(settings.lang, &error));
                code = ExitCode::FAILURE;
                continue;
            }
        };
        if args.json {
            let line = ReportLine::new(&name, text, &report, settings.lang);
            let line = if args.why { line.with_rules(&report) } else { line };
            serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            lines.extend(report_lines(
                &name,
                text,
                &report,
                settings.lang,
                paint(settings),
                args.why,
            ));
        }
    }
    out.flush()?;
    if !lines.is_empty() {
        drop(out);
        pager::show(&lines, None)?;
    }
    Ok(code)
}
