//! `huiwen read`: a whole file as it reads, with who speaks; in the pager, or as a page for the browser.

use std::io::{Write, stdout};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::{below, open, pager, paint, told};
use crate::library::Library;
use crate::page::{View, bytes_of, page};
use crate::settings::Settings;
use crate::terminal::paper_lines;
use crate::text::CharSpan;
use crate::web::link::parse_at;
use crate::wording::{no_such_file, no_such_place};

/// What `read` takes.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// 知识文件夹里的文件 / a file of the knowledge folder
    #[arg(value_name = "FILE")]
    file: String,
    /// 标出这一段, 例如 696-886, 按字符计 / what is highlighted, in characters
    #[arg(long, value_name = "START-END", value_parser = at)]
    at: Option<CharSpan>,
    /// 打印成网页, 例如 > a.html / as a page of HTML
    #[arg(long)]
    html: bool,
}

fn at(value: &str) -> Result<CharSpan, String> {
    parse_at(value).ok_or_else(|| "START-END".to_owned())
}

/// Runs `read`.
pub fn run(settings: &Settings, args: &ReadArgs) -> anyhow::Result<ExitCode> {
    let library = open(settings)?;
    let lang = settings.lang;
    let Some(file) = known(&library, settings, &args.file) else {
        return Ok(ExitCode::FAILURE);
    };
    let paper = library.paper(&file).map_err(told(settings))?;
    let Some(paper) = paper else {
        eprintln!("{}", no_such_file(lang, &file, &[]));
        return Ok(ExitCode::FAILURE);
    };
    let quote = args.at.and_then(|at| bytes_of(&paper.text, at));
    if args.at.is_some() && quote.is_none() {
        eprintln!("{}", no_such_place(lang, paper.text.chars().count()));
        return Ok(ExitCode::FAILURE);
    }
    if args.html {
        let view = View {
            lang,
            quote,
            ..View::default()
        };
        stdout().lock().write_all(page(&paper, &view).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (lines, begins) = paper_lines(&paper, quote, lang, paint(settings));
    pager::show(&lines, begins)?;
    Ok(ExitCode::SUCCESS)
}

/// The file of that name; where there is none, it is said.
pub(super) fn known(library: &Library, settings: &Settings, name: &str) -> Option<String> {
    let found = find(library, &settings.knowledge, name);
    if found.is_none() {
        eprintln!("{}", no_such_file(settings.lang, name, &like(library, name)));
    }
    found
}

/// The file of that name: its path below the knowledge folder, a path that leads there, or the end of one path alone.
fn find(library: &Library, knowledge: &Path, name: &str) -> Option<String> {
    library.with_catalogue(|catalogue| {
        let known = |file: &str| catalogue.file(file).map(|entry| entry.file.to_owned());
        let here = || below(knowledge, Path::new(name)).and_then(|file| known(&file));
        let ending = || {
            let end = format!("/{name}");
            let mut ends = catalogue.files().filter(|entry| entry.file.ends_with(&end));
            ends.next()
                .filter(|_| ends.next().is_none())
                .map(|entry| entry.file.to_owned())
        };
        known(name).or_else(here).or_else(ending)
    })
}

/// Files whose paths hold what was typed.
fn like(library: &Library, name: &str) -> Vec<String> {
    const MOST: usize = 5;
    library.with_catalogue(|catalogue| {
        let files = catalogue.files().map(|entry| entry.file);
        let like = files.filter(|file| !name.is_empty() && file.to_lowercase().contains(&name.to_lowercase()));
        like.take(MOST).map(str::to_owned).collect()
    })
}
