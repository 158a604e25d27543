//! The environment and `.env`, read once at the start and checked, all faults listed at once.

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

/// The settings that huiwen knows, for finding misspelt ones.
const NAMES: [&str; 37] = [
    "TELOXIDE_TOKEN",
    "TELOXIDE_API_URL",
    "TELOXIDE_PROXY",
    "HUIWEN_ADMINS",
    "HUIWEN_ACCESS",
    "HUIWEN_ALLOWED",
    "HUIWEN_CONTACT",
    "HUIWEN_USER_RATE",
    "HUIWEN_GROUP_RATE",
    "HUIWEN_SEND_RATE",
    "HUIWEN_WEBHOOK_URL",
    "HUIWEN_WEBHOOK_LISTEN",
    "HUIWEN_WEBHOOK_SECRET",
    "HUIWEN_METRICS_LISTEN",
    "HUIWEN_WEB_URL",
    "HUIWEN_WEB_LISTEN",
    "HUIWEN_LINK_HOURS",
    "HUIWEN_API_KEY",
    "HUIWEN_API_LISTEN",
    "HUIWEN_API_RATE",
    "HUIWEN_LOG_FORMAT",
    "HUIWEN_LOG_QUESTIONS",
    "HUIWEN_KNOWLEDGE",
    "HUIWEN_DATA",
    "HUIWEN_ENGINE",
    "HUIWEN_SOFFICE",
    "HUIWEN_FONT",
    "HUIWEN_LANG",
    "HUIWEN_NEAR_WORDS",
    "HUIWEN_EMBEDDINGS_URL",
    "HUIWEN_EMBEDDINGS_MODEL",
    "HUIWEN_EMBEDDINGS_KEY",
    "HUIWEN_EMBEDDINGS_PREFIXES",
    "HUIWEN_LIMIT",
    "HUIWEN_QUOTE_CHARS",
    "HUIWEN_TODAY",
    "HUIWEN_LOG",
];
/// Most quotes that may be asked for, and the longest quote in characters.
const MOST_QUOTES: usize = 50;
const LONGEST_QUOTE: usize = 2000;
/// Most requests a minute that may be allowed.
const HIGHEST_RATE: usize = 10_000;
/// Longest life of a link in hours, and how long one lives if nothing else is said.
const LONGEST_LINK: usize = 8760;
const LINK: usize = 24;
/// Messages a second if nothing else is said: Telegram takes 30.
const SENDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(24);
/// Where updates are awaited if nothing else is said: a proxy before it speaks https.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Where other programs are listened to if nothing else is said, and how many requests a minute they make at most.
const API_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8081);
const API_RATE: NonZeroU32 = NonZeroU32::MIN.saturating_add(119);

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

    /// From the process's environment, and from `.env` in this folder or one above; the environment goes first.
    ///
    /// # Errors
    ///
    /// Where a value cannot be used, or `.env` cannot be read.
    pub fn from_env() -> Result<Settings, SettingsError> {
        match dotenvy::dotenv() {
            Ok(_) => {}
            Err(error) if error.not_found() => {}
            // The line may hold the token: it is not shown.
            Err(dotenvy::Error::LineParse(_, at)) => {
                return Err(SettingsError(vec![format!(
                    ".env：有一行写错了（第 {at} 个字符附近），应为“名称=值” / a line is not NAME=value (near its character {at})"
                )]));
            }
            Err(error) => return Err(SettingsError(vec![format!(".env: {error}")])),
        }
        Settings::read(std::env::vars())
    }

    /// From names and values.
    ///
    /// # Errors
    ///
    /// Where a value cannot be used: all that are, at once.
    pub fn read(values: impl IntoIterator<Item = (String, String)>) -> Result<Settings, SettingsError> {
        let mut reader = Reader::default();
        for (name, value) in values {
            if NAMES.contains(&name.as_str()) {
                reader.values.push((name, value));
            } else if name.starts_with("HUIWEN_") {
                reader
                    .faults
                    .push(format!("{name}：没有这项设置 / there is no such setting"));
            }
        }
        let rate = |value: &str| {
            let number = values::within(value, HIGHEST_RATE)?;
            // Within 1 and 10,000.
            Ok(NonZeroU32::new(number as u32).unwrap_or(NonZeroU32::MIN))
        };
        let webhook_url = reader.parse("HUIWEN_WEBHOOK_URL", values::webhook);
        let (listen, secret) = (
            reader.parse("HUIWEN_WEBHOOK_LISTEN", values::listen),
            reader.parse("HUIWEN_WEBHOOK_SECRET", values::secret),
        );
        let web_url = reader.parse("HUIWEN_WEB_URL", values::web);
        let (web_listen, hours) = (
            reader.parse("HUIWEN_WEB_LISTEN", values::listen),
            reader.parse("HUIWEN_LINK_HOURS", |value| values::within(value, LONGEST_LINK)),
        );
        if let (Some(web), Some(webhook)) = (&web_url, &webhook_url)
            && values::is_taken(web, webhook.path())
        {
            reader.faults.push(
                "HUIWEN_WEBHOOK_URL：这个路径是网页的，换一个 / the path is that of the pages: take another".to_owned(),
            );
        }
        let embeddings_url = reader.parse("HUIWEN_EMBEDDINGS_URL", values::web_address);
        let (model, embeddings_key, before) = (
            reader.parse("HUIWEN_EMBEDDINGS_MODEL", values::line),
            reader.parse("HUIWEN_EMBEDDINGS_KEY", values::embeddings_key),
            reader.parse("HUIWEN_EMBEDDINGS_PREFIXES", values::prefixes),
        );
        if embeddings_url.is_some() && model.is_none() {
            reader.faults.push(
                "HUIWEN_EMBEDDINGS_MODEL：设了 HUIWEN_EMBEDDINGS_URL，也要写模型名 / with HUIWEN_EMBEDDINGS_URL goes the model's name"
                    .to_owned(),
            );
        }
        let settings = Settings {
            token: reader.parse("TELOXIDE_TOKEN", values::token),
            api_url: reader.parse("TELOXIDE_API_URL", values::web_address),
            proxy: reader.parse("TELOXIDE_PROXY", values::proxy),
            admins: reader.parse("HUIWEN_ADMINS", values::users).unwrap_or_default(),
            access: Access {
                mode: reader.parse("HUIWEN_ACCESS", values::access).unwrap_or_default(),
                allowed: reader.parse("HUIWEN_ALLOWED", values::chats).unwrap_or_default(),
                contact: reader.parse("HUIWEN_CONTACT", values::line),
            },
            rates: Rates {
                user: reader.parse("HUIWEN_USER_RATE", rate).unwrap_or(Rates::default().user),
                group: reader
                    .parse("HUIWEN_GROUP_RATE", rate)
                    .unwrap_or(Rates::default().group),
            },
            sends: reader.parse("HUIWEN_SEND_RATE", rate).unwrap_or(SENDS),
            webhook: webhook_url.map(|url| Webhook {
                url,
                listen: listen.unwrap_or(LISTEN),
                secret,
            }),
            metrics_listen: reader.parse("HUIWEN_METRICS_LISTEN", values::listen),
            web: web_url.map(|url| Web {
                url,
                listen: web_listen.unwrap_or(LISTEN),
                // At most LONGEST_LINK.
                hours: hours.unwrap_or(LINK) as u32,
            }),
            api: Api {
                key: reader.parse("HUIWEN_API_KEY", values::api_key),
                listen: reader.parse("HUIWEN_API_LISTEN", values::listen).unwrap_or(API_LISTEN),
                rate: reader.parse("HUIWEN_API_RATE", rate).unwrap_or(API_RATE),
            },
            knowledge: reader
                .parse("HUIWEN_KNOWLEDGE", values::path)
                .unwrap_or_else(|| "knowledge".into()),
            data: reader
                .parse("HUIWEN_DATA", values::path)
                .unwrap_or_else(|| "data".into()),
            engine: reader.parse("HUIWEN_ENGINE", values::engine).unwrap_or_default(),
            soffice: reader.parse("HUIWEN_SOFFICE", values::path),
            font: reader.parse("HUIWEN_FONT", values::path),
            lang: reader.parse("HUIWEN_LANG", str::parse).unwrap_or_default(),
            near_words: reader.parse("HUIWEN_NEAR_WORDS", values::switch).unwrap_or(true),
            embeddings: embeddings_url.zip(model).map(|(url, model)| Embeddings {
                url,
                model,
                key: embeddings_key,
                before: before.unwrap_or_default(),
            }),
            limits: Limits {
                quotes: reader
                    .parse("HUIWEN_LIMIT", |value| values::within(value, MOST_QUOTES))
                    .unwrap_or(5),
                quote_chars: reader
                    .parse("HUIWEN_QUOTE_CHARS", |value| values::within(value, LONGEST_QUOTE))
                    .unwrap_or(200),
            },
            color: Color::default(),
            today: reader.parse("HUIWEN_TODAY", values::day),
            log_format: reader
                .parse("HUIWEN_LOG_FORMAT", values::log_format)
                .unwrap_or_default(),
            log_questions: reader.parse("HUIWEN_LOG_QUESTIONS", values::switch).unwrap_or(false),
            log: reader.parse("HUIWEN_LOG", values::log_filter),
        };
        if reader.faults.is_empty() {
            Ok(settings)
        } else {
            Err(SettingsError(reader.faults))
        }
    }
}

/// Values by name, and what is wrong with them.
#[derive(Default)]
struct Reader {
    values: Vec<(String, String)>,
    faults: Vec<String>,
}

impl Reader {
    /// The value of a setting; `None` where it is not set, empty, or wrong.
    fn parse<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = self
            .values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim())?;
        if value.is_empty() {
            return None;
        }
        match parse(value) {
            Ok(parsed) => Some(parsed),
            Err(fault) => {
                self.faults.push(format!("{name}: {fault}"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        Settings::read(
            values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    #[test]
    fn nothing_set_is_the_terminal_with_defaults() {
        let settings = read(&[("PATH", "/bin"), ("HUIWEN_LIMIT", " ")]).unwrap();
        assert!(settings.token.is_none() && settings.admins.is_empty());
        assert_eq!(
            settings.limits,
            Limits {
                quotes: 5,
                quote_chars: 200
            }
        );
        assert_eq!(settings.knowledge, PathBuf::from("knowledge"));
    }

    #[test]
    fn all_faults_are_listed_at_once() {
        let error = read(&[
            ("HUIWEN_ADMINS", "12, bob"),
            ("HUIWEN_LIMIT", "0"),
            ("HUIWEN_LANG", "fr"),
            ("HUIWEN_KNOWLEGE", "x"),
            ("TELOXIDE_API_URL", "ftp://x"),
            ("TELOXIDE_PROXY", "foo"),
            ("HUIWEN_TODAY", "2023-13-45"),
        ])
        .unwrap_err();
        assert_eq!(error.0.len(), 7, "{error}");
        assert!(error.to_string().contains("bob"));
    }

    #[test]
    fn pages_have_an_address_and_a_webhook_another() {
        let set = |values: &[(&str, &str)]| read(values).map(|settings| settings.web);
        let web = set(&[("HUIWEN_WEB_URL", "https://office.example.cn/huiwen/")])
            .unwrap()
            .unwrap();
        assert_eq!((web.url.as_str(), web.hours), ("https://office.example.cn/huiwen", 24));
        let bare = set(&[
            ("HUIWEN_WEB_URL", "https://office.example.cn"),
            ("HUIWEN_LINK_HOURS", "2"),
        ]);
        assert_eq!(bare.unwrap().map(|web| web.hours), Some(2));
        for wrong in [
            "ftp://x.cn",
            "office",
            "https://x.cn/a?b=c",
            "https://x.cn/#a",
            "https://x.cn/{a}",
        ] {
            assert!(set(&[("HUIWEN_WEB_URL", wrong)]).is_err(), "{wrong}");
        }
        for (hook, good) in [("app", false), ("f/a", false), ("hook", true)] {
            let hook = format!("https://office.example.cn/huiwen/{hook}");
            let both = [
                ("HUIWEN_WEB_URL", "https://office.example.cn/huiwen"),
                ("HUIWEN_WEBHOOK_URL", hook.as_str()),
            ];
            assert_eq!(set(&both).is_ok(), good, "{hook}");
        }
    }

    #[test]
    fn embeddings_have_a_model_and_what_stands_before_texts() {
        let url = ("HUIWEN_EMBEDDINGS_URL", "http://127.0.0.1:11434/v1");
        let model = ("HUIWEN_EMBEDDINGS_MODEL", "bge-m3");
        assert!(read(&[model]).unwrap().embeddings.is_none());
        let missing = read(&[url]).unwrap_err();
        assert!(missing.to_string().contains("HUIWEN_EMBEDDINGS_MODEL"), "{missing}");
        let set = read(&[url, model, ("HUIWEN_EMBEDDINGS_PREFIXES", "query: |passage: ")]).unwrap();
        let set = set.embeddings.unwrap();
        // What stands at the end may be blank: it is kept before each text.
        assert_eq!(set.before, ["query: ".to_owned(), "passage: ".to_owned()]);
        assert!(read(&[url, model, ("HUIWEN_EMBEDDINGS_PREFIXES", "query:")]).is_err());
        let secret = read(&[url, model, ("HUIWEN_EMBEDDINGS_KEY", "sk-geheim")]).unwrap();
        assert!(!format!("{secret:?}").contains("geheim"));
    }

    #[test]
    fn a_token_shows_itself_nowhere() {
        let secret = "123456:AAAAAAAAAAAAAAAAAAAAAAAA_secret";
        let settings = read(&[("TELOXIDE_TOKEN", secret), ("TELOXIDE_PROXY", "http://u:geheim@h:1")]).unwrap();
        let shown = format!("{settings:?}");
        assert!(!shown.contains("secret") && !shown.contains("geheim"), "{shown}");
        let error = read(&[("TELOXIDE_TOKEN", "my secret token")]).unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn the_example_names_every_setting() {
        let example = include_str!("../../.env.example");
        for name in NAMES {
            assert!(example.contains(&format!("{name}=")), "{name}");
        }
    }
}
