//! The environment and `.env`, read once at the start and checked, all faults listed at once.

mod reading;
mod secrets;
mod values;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use chrono::NaiveDate;
use teloxide::types::{ChatId, UserId};
use thiserror::Error;

use crate::answer::Limits;
use crate::index::{Home, Place};
use crate::wording::Lang;
pub use secrets::{Proxy, Token};

/// All settings. `.env.example` names each with its default and its meaning.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token; without one huiwen chats in the terminal.
    pub token: Option<Token>,
    /// Where the Bot API is, if not at Telegram's own address.
    pub api_url: Option<reqwest::Url>,
    /// A proxy for reaching Telegram.
    pub proxy: Option<Proxy>,
    /// Who may reload, add and remove files, and let others in.
    pub admins: BTreeSet<UserId>,
    /// Who else is answered.
    pub access: Access,
    /// How much each may ask.
    pub rates: Rates,
    /// How many messages a second the bot sends at most, in all.
    pub sends: NonZeroU32,
    /// Where Telegram delivers updates; `None` for asking it for them.
    pub webhook: Option<Webhook>,
    /// Where `/healthz` and `/metrics` are served.
    pub metrics_listen: Option<SocketAddr>,
    /// Where papers are shown as pages; `None` for nowhere.
    pub web: Option<Web>,
    /// How `huiwen serve` serves other programs.
    pub api: Api,
    /// The folder of knowledge files.
    pub knowledge: PathBuf,
    /// The folder of the index.
    pub data: PathBuf,
    /// What holds the index.
    pub engine: Place,
    /// LibreOffice's `soffice`, by which old office files are converted; `None` for refusing them.
    pub soffice: Option<PathBuf>,
    /// A font with Chinese characters for pictures; `None` for one that the system has.
    pub font: Option<PathBuf>,
    /// The language of everything that is not quoted.
    pub lang: Lang,
    /// Whether words that mean nearly the same answer too.
    pub near_words: bool,
    /// Who tells what texts mean; `None` for nobody.
    pub embeddings: Option<Embeddings>,
    /// How much an answer shows.
    pub limits: Limits,
    /// Whether the terminal's lines have colours; an option of the command line alone.
    pub color: Color,
    /// The day that questions are asked on, where it is not the clock's: 去年 and 上个月 are reckoned from it.
    pub today: Option<NaiveDate>,
    /// How a line of the log is written.
    pub log_format: LogFormat,
    /// Whether the log may hold what people ask.
    pub log_questions: bool,
    /// What is logged, as `tracing_subscriber`'s filter says it (`info`, `huiwen=debug`); `None` for the command's
    /// own default.
    pub log: Option<String>,
}

/// Who is answered.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// By which rule.
    pub mode: AccessMode,
    /// Users and groups (negative numbers) that are let in.
    pub allowed: BTreeSet<ChatId>,
    /// Whom outsiders are told to ask.
    pub contact: Option<String>,
}

/// By which rule people are let in. Admins always are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccessMode {
    /// Everybody who is not denied.
    #[default]
    Open,
    /// Listed users everywhere, everybody in listed groups.
    Listed,
    /// As [`AccessMode::Listed`], and the members of listed groups in private too.
    Members,
}

/// How many requests a minute each may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// A user.
    pub user: NonZeroU32,
    /// A group, all its members together.
    pub group: NonZeroU32,
}

impl Default for Rates {
    fn default() -> Rates {
        // Telegram lets a bot send a group 20 messages a minute.
        let twenty = NonZeroU32::MIN.saturating_add(19);
        Rates {
            user: twenty,
            group: twenty,
        }
    }
}

/// Where Telegram delivers updates.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The address that Telegram is told.
    pub url: reqwest::Url,
    /// Where we listen.
    pub listen: SocketAddr,
    /// What Telegram shows with each delivery.
    pub secret: Option<Token>,
}

/// A server of embeddings, as OpenAI's `/v1/embeddings`.
#[derive(Clone, Debug)]
pub struct Embeddings {
    /// Its address: with `/embeddings` at its end, or what stands before that.
    pub url: reqwest::Url,
    /// The model.
    pub model: String,
    /// What it is shown.
    pub key: Option<Token>,
    /// What stands before a question, and before a passage, as the model was taught.
    pub before: [String; 2],
}

/// How `huiwen serve` serves other programs.
#[derive(Clone, Debug)]
pub struct Api {
    /// What whoever asks shows.
    pub key: Option<Token>,
    /// Where we listen.
    pub listen: SocketAddr,
    /// Most requests a minute.
    pub rate: NonZeroU32,
}

/// Whether the terminal's lines have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// Where somebody reads them at a terminal.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// Where papers are shown as pages.
#[derive(Clone, Debug)]
pub struct Web {
    /// The address that people open, without a slash at its end.
    pub url: reqwest::Url,
    /// Where we listen.
    pub listen: SocketAddr,
    /// How long a link works, in hours.
    pub hours: u32,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// An object a line, for programs.
    Json,
}

/// All that is wrong with the settings, a line each.
#[derive(Debug, Error)]
#[error("设置有误 / wrong settings:\n{}", .0.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(Vec<String>);

impl Settings {
    /// Where the knowledge is, and what holds its index.
    pub fn home(&self) -> Home {
        Home {
            knowledge: self.knowledge.clone(),
            data: self.data.clone(),
            engine: self.engine.clone(),
        }
    }

    /// The day that a question is asked on: the one that is set, or the clock's.
    pub fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(crate::clock::today)
    }
}
