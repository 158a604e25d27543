//! `huiwen chart`: counts as a picture in a file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::{NO_ANSWER, open, read, told, usage};
use crate::chart::{Figure, Font, Theme, grid_figure, meeting_figure, person_figure, topic_figure};
use crate::library::Library;
use crate::settings::Settings;
use crate::wording::{chart_usage, drawn_to, font_error, namesakes_not_drawn, nothing_to_draw, person_name};

/// What `chart` takes.
#[derive(Debug, Args)]
pub struct ChartArgs {
    #[command(subcommand)]
    of: Of,
    /// 画到这个文件: .png 或 .svg / into this file
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 浅色或深色; SVG 默认随读者的设置 / light or dark; SVG follows the reader's
    #[arg(long, global = true, value_enum)]
    theme: Option<Theme>,
}

#[derive(Debug, Subcommand)]
enum Of {
    /// 一次会议上谁说了多少 / who said how much at a meeting
    Meeting {
        /// 知识文件夹里的文件 / a file of the knowledge folder
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// 一个话题在各年(月)说了多少, 按县分色 / a topic over time, coloured by county
    Topic {
        /// 话题 / the topic
        #[arg(required = true, value_name = "WORDS")]
        words: Vec<String>,
    },
    /// 一个人在各年(月)说了多少 / somebody over time
    Who {
        /// 姓名、职务 / a name or an office
        #[arg(value_name = "WHO")]
        who: String,
    },
    /// 各县谈了什么: 县 × 话题 / what counties speak of
    Counties {
        /// 话题; 不写就是谈得最多的 / the topics; without any those that are spoken of most
        #[arg(value_name = "TOPIC")]
        topics: Vec<String>,
        /// 只看一个文件 / of one file alone
        #[arg(long, value_name = "FILE")]
        file: Option<String>,
    },
}

/// Runs `chart`.
pub fn run(settings: &Settings, args: &ChartArgs) -> anyhow::Result<ExitCode> {
    let lang = settings.lang;
    let Some(output) = &args.output else {
        return Err(usage(&chart_usage(lang)));
    };
    let ending = output
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if ending != "png" && ending != "svg" {
        return Err(usage(&chart_usage(lang)));
    }
    let library = open(settings)?;
    let figure = match figure(&library, settings, &args.of)? {
        Drawn::Figure(figure) => figure,
        Drawn::Nothing => {
            eprintln!("{}", nothing_to_draw(lang));
            return Ok(ExitCode::from(NO_ANSWER));
        }
        Drawn::NoFile => return Ok(ExitCode::FAILURE),
    };
    let bytes = if ending == "svg" {
        figure.svg(args.theme).into_bytes()
    } else {
        let font = Font::find(settings.font.as_deref()).map_err(|error| anyhow::anyhow!(font_error(lang, &error)))?;
        figure.png(args.theme.unwrap_or_default(), &font)
    };
    std::fs::write(output, bytes).with_context(|| output.display().to_string())?;
    eprintln!("{}", drawn_to(lang, &output.display().to_string()));
    Ok(ExitCode::SUCCESS)
}

enum Drawn {
    Figure(Figure),
    Nothing,
    /// A file was named that there is not; it has been said.
    NoFile,
}

impl From<Option<Figure>> for Drawn {
    fn from(figure: Option<Figure>) -> Drawn {
        figure.map_or(Drawn::Nothing, Drawn::Figure)
    }
}

fn figure(library: &Library, settings: &Settings, of: &Of) -> anyhow::Result<Drawn> {
    let lang = settings.lang;
    let told = told(settings);
    Ok(match of {
        Of::Meeting { file } => {
            let Some(file) = read::known(library, settings, file) else {
                return Ok(Drawn::NoFile);
            };
            let shares = library.shares(&file).map_err(told)?;
            shares.and_then(|shares| meeting_figure(lang, &shares)).into()
        }
        Of::Topic { words } => topic_figure(lang, &library.topic(&words.join(" ")).map_err(told)?).into(),
        Of::Who { who } => {
            let profile = library.who(who).map_err(told)?;
            // Of several each has a picture of their own: the one who is most heard.
            if let [first, others @ ..] = profile.people.as_slice()
                && !others.is_empty()
            {
                let names: Vec<String> = others.iter().map(|person| person_name(lang, person)).collect();
                eprintln!("{}", namesakes_not_drawn(lang, &person_name(lang, first), &names));
            }
            profile
                .people
                .first()
                .and_then(|person| person_figure(lang, person))
                .into()
        }
        Of::Counties { topics, file } => {
            let file = match file {
                Some(file) => match read::known(library, settings, file) {
                    Some(file) => Some(file),
                    None => return Ok(Drawn::NoFile),
                },
                None => None,
            };
            let crossing = library.crossing(topics, file.as_deref()).map_err(told)?;
            let title = file.as_deref().and_then(|file| {
                library.with_catalogue(|catalogue| catalogue.file(file).map(|entry| entry.title().to_owned()))
            });
            grid_figure(lang, &crossing, title.as_deref()).into()
        }
    })
}
