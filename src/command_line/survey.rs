//! `huiwen who` and `huiwen topic`: all that the files hold of somebody, or of something.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{NO_ANSWER, open, pager, paint, told, usage};
use crate::json::{ProfileObject, TopicObject};
use crate::settings::Settings;
use crate::terminal::{profile_page, topic_page};
use crate::wording::{topic_usage, who_usage};

/// What `who` takes.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// 姓名、职务或县 / a name, an office or a county
    #[arg(value_name = "WHO")]
    who: String,
    /// 一行 JSON / a line of JSON
    #[arg(long)]
    json: bool,
}

/// What `topic` takes.
#[derive(Debug, Args)]
pub struct TopicArgs {
    /// 话题, 几个词都要有 / the topic; a remark on it holds all of the words
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// 一行 JSON / a line of JSON
    #[arg(long)]
    json: bool,
}

/// Runs `who`.
pub fn who(settings: &Settings, args: &WhoArgs) -> anyhow::Result<ExitCode> {
    if args.who.trim().is_empty() {
        return Err(usage(&who_usage(settings.lang)));
    }
    let library = open(settings)?;
    let profile = library.who(&args.who).map_err(told(settings))?;
    if args.json {
        print(&ProfileObject::of(&profile))?;
    } else {
        pager::show(&profile_page(&profile, settings.lang, paint(settings)), None)?;
    }
    Ok(code(profile.people.is_empty()))
}

/// Runs `topic`.
pub fn topic(settings: &Settings, args: &TopicArgs) -> anyhow::Result<ExitCode> {
    let words = args.words.join(" ");
    if !words.chars().any(char::is_alphanumeric) {
        return Err(usage(&topic_usage(settings.lang)));
    }
    let library = open(settings)?;
    let survey = library.topic(&words).map_err(told(settings))?;
    if args.json {
        print(&TopicObject::of(&survey))?;
    } else {
        pager::show(&topic_page(&survey, settings.lang, paint(settings)), None)?;
    }
    Ok(code(survey.remarks.is_empty()))
}

fn print(object: &impl Serialize) -> std::io::Result<()> {
    let mut out = stdout().lock();
    serde_json::to_writer(&mut out, object).map_err(std::io::Error::from)?;
    writeln!(out)
}

fn code(is_empty: bool) -> ExitCode {
    match is_empty {
        true => ExitCode::from(NO_ANSWER),
        false => ExitCode::SUCCESS,
    }
}
