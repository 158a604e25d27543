//! Reading the settings: names and values become what is set, and all faults are listed.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use super::{Access, Api, Color, Embeddings, Rates, Settings, SettingsError, Web, Webhook, values};
use crate::answer::Limits;

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
        let webhook = reader.webhook();
        let web = reader.web();
        if let (Some(web), Some(webhook)) = (&web, &webhook)
            && values::is_taken(&web.url, webhook.url.path())
        {
            reader.faults.push(
                "HUIWEN_WEBHOOK_URL：这个路径是网页的，换一个 / the path is that of the pages: take another".to_owned(),
            );
        }
        let embeddings = reader.embeddings();
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
            webhook,
            metrics_listen: reader.parse("HUIWEN_METRICS_LISTEN", values::listen),
            web,
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
            embeddings,
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

    /// Where Telegram sends updates; `None` where no address is set.
    fn webhook(&mut self) -> Option<Webhook> {
        let url = self.parse("HUIWEN_WEBHOOK_URL", values::webhook);
        let listen = self.parse("HUIWEN_WEBHOOK_LISTEN", values::listen);
        let secret = self.parse("HUIWEN_WEBHOOK_SECRET", values::secret);
        url.map(|url| Webhook {
            url,
            listen: listen.unwrap_or(LISTEN),
            secret,
        })
    }

    /// The pages of papers; `None` where no address is set.
    fn web(&mut self) -> Option<Web> {
        let url = self.parse("HUIWEN_WEB_URL", values::web);
        let listen = self.parse("HUIWEN_WEB_LISTEN", values::listen);
        let hours = self.parse("HUIWEN_LINK_HOURS", |value| values::within(value, LONGEST_LINK));
        url.map(|url| Web {
            url,
            listen: listen.unwrap_or(LISTEN),
            // At most LONGEST_LINK.
            hours: hours.unwrap_or(LINK) as u32,
        })
    }

    /// Who embeds passages; `None` where no address is set. With one goes a model.
    fn embeddings(&mut self) -> Option<Embeddings> {
        let url = self.parse("HUIWEN_EMBEDDINGS_URL", values::web_address);
        let model = self.parse("HUIWEN_EMBEDDINGS_MODEL", values::line);
        let key = self.parse("HUIWEN_EMBEDDINGS_KEY", values::embeddings_key);
        let before = self.parse("HUIWEN_EMBEDDINGS_PREFIXES", values::prefixes);
        if url.is_some() && model.is_none() {
            self.faults.push(
                "HUIWEN_EMBEDDINGS_MODEL：设了 HUIWEN_EMBEDDINGS_URL，也要写模型名 / with HUIWEN_EMBEDDINGS_URL goes the model's name"
                    .to_owned(),
            );
        }
        url.zip(model).map(|(url, model)| Embeddings {
            url,
            model,
            key,
            before: before.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

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
