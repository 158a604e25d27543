//! The environment and `.env`, read once at the start and checked, all faults listed at once.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use teloxide::types::UserId;
use thiserror::Error;

use crate::answer::Limits;
use crate::wording::Lang;

/// All settings. `.env.example` names each with its default and its meaning.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The bot's token; without one huiwen chats in the terminal.
    pub token: Option<Token>,
    /// Where the Bot API is, if not at Telegram's own address.
    pub api_url: Option<reqwest::Url>,
    /// A proxy for reaching Telegram.
    pub proxy: Option<Proxy>,
    /// Who may reload.
    pub admins: BTreeSet<UserId>,
    /// The folder of knowledge files.
    pub knowledge: PathBuf,
    /// The folder of the index.
    pub data: PathBuf,
    /// The language of everything that is not quoted.
    pub lang: Lang,
    /// How much an answer shows.
    pub limits: Limits,
    /// What is logged, as `tracing_subscriber`'s filter says it (`info`, `huiwen=debug`); `None` for the command's
    /// own default.
    pub log: Option<String>,
}

/// A bot's token. It shows itself nowhere: not in logs, not in errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, for the one place that sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A proxy's address, which may hold a password: it does not show itself.
#[derive(Clone)]
pub struct Proxy(reqwest::Proxy);

impl Proxy {
    /// What the HTTP client takes.
    pub fn get(&self) -> reqwest::Proxy {
        self.0.clone()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proxy(…)")
    }
}

/// All that is wrong with the settings, a line each.
#[derive(Debug, Error)]
#[error("设置有误 / wrong settings:\n{}", .0.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n"))]
pub struct SettingsError(Vec<String>);

/// The settings that huiwen knows, for finding misspelt ones.
const NAMES: [&str; 10] = [
    "TELOXIDE_TOKEN",
    "TELOXIDE_API_URL",
    "TELOXIDE_PROXY",
    "HUIWEN_ADMINS",
    "HUIWEN_KNOWLEDGE",
    "HUIWEN_DATA",
    "HUIWEN_LANG",
    "HUIWEN_LIMIT",
    "HUIWEN_QUOTE_CHARS",
    "HUIWEN_LOG",
];
/// Most quotes that may be asked for, and the longest quote in characters.
const MOST_QUOTES: usize = 50;
const LONGEST_QUOTE: usize = 2000;

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
                    ".env: 有一行写错了(第 {at} 个字符附近), 应为 名称=值 / a line is not NAME=value (near its character {at})"
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
                    .push(format!("{name}： 没有这项设置 / there is no such setting"));
            }
        }
        let settings = Settings {
            token: reader.parse("TELOXIDE_TOKEN", token),
            api_url: reader.parse("TELOXIDE_API_URL", web_address),
            proxy: reader.parse("TELOXIDE_PROXY", proxy),
            admins: reader.parse("HUIWEN_ADMINS", users).unwrap_or_default(),
            knowledge: reader
                .parse("HUIWEN_KNOWLEDGE", path)
                .unwrap_or_else(|| "knowledge".into()),
            data: reader.parse("HUIWEN_DATA", path).unwrap_or_else(|| "data".into()),
            lang: reader.parse("HUIWEN_LANG", str::parse).unwrap_or_default(),
            limits: Limits {
                quotes: reader
                    .parse("HUIWEN_LIMIT", |value| within(value, MOST_QUOTES))
                    .unwrap_or(5),
                quote_chars: reader
                    .parse("HUIWEN_QUOTE_CHARS", |value| within(value, LONGEST_QUOTE))
                    .unwrap_or(200),
            },
            log: reader.parse("HUIWEN_LOG", log_filter),
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

/// `123456789:AA…`, as BotFather gives it. The fault does not repeat what was given.
fn token(value: &str) -> Result<Token, String> {
    let plausible = value.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.chars().all(|c| c.is_ascii_digit())
            && secret.len() >= 20
            && secret
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    });
    if plausible {
        Ok(Token(value.to_owned()))
    } else {
        Err("不像 BotFather 给的令牌 (数字:字母) / not a token as BotFather gives it (digits:letters)".to_owned())
    }
}

fn web_address(value: &str) -> Result<reqwest::Url, String> {
    let url = reqwest::Url::parse(value).map_err(|error| error.to_string())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err("应为 http:// 或 https:// 开头的地址 / an address that begins with http:// or https://".to_owned())
    }
}

fn proxy(value: &str) -> Result<Proxy, String> {
    reqwest::Proxy::all(value).map(Proxy).map_err(|_| {
        "不是代理地址，例如 http://127.0.0.1:7890 / not a proxy's address, such as http://127.0.0.1:7890".to_owned()
    })
}

fn users(value: &str) -> Result<BTreeSet<UserId>, String> {
    value
        .split([',', ' ', '\u{ff0c}', '、'])
        .filter(|id| !id.is_empty())
        .map(|id| {
            id.parse().map(UserId).map_err(|_| {
                format!("“{id}” 不是用户的数字编号 / is not a user's number; several are parted by commas")
            })
        })
        .collect()
}

fn path(value: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(value))
}

fn within(value: &str, most: usize) -> Result<usize, String> {
    match value.parse() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(format!(
            "“{value}” 应为 1 到 {most} 的整数 / a whole number from 1 to {most}"
        )),
    }
}

fn log_filter(value: &str) -> Result<String, String> {
    value
        .parse::<tracing_subscriber::EnvFilter>()
        .map(|_| value.to_owned())
        .map_err(|error| error.to_string())
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
            ("TELOXIDE_PROXY", "::"),
        ])
        .unwrap_err();
        assert_eq!(error.0.len(), 6, "{error}");
        assert!(error.to_string().contains("bob"));
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
        let example = include_str!("../.env.example");
        for name in NAMES {
            assert!(example.contains(&format!("{name}=")), "{name}");
        }
    }
}
