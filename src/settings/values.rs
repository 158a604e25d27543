//! How each kind of value is written, and what is said where it is not.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use chrono::NaiveDate;
use teloxide::types::{ChatId, UserId};

use super::secrets::{Proxy, Token};
use super::{AccessMode, LogFormat};
use crate::index::Place;

/// `123456789:AA…`, as BotFather gives it. The fault does not repeat what was given.
pub fn token(value: &str) -> Result<Token, String> {
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
        Err("不像 BotFather 给的令牌（数字:字母）/ not a token as BotFather gives it (digits:letters)".to_owned())
    }
}

pub fn web_address(value: &str) -> Result<reqwest::Url, String> {
    let url = reqwest::Url::parse(value).map_err(|error| error.to_string())?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err("应为 http:// 或 https:// 开头的地址 / an address that begins with http:// or https://".to_owned())
    }
}

pub fn proxy(value: &str) -> Result<Proxy, String> {
    // The library takes anything for a host's name.
    let has_kind = ["http://", "https://", "socks5://", "socks5h://", "socks4://"]
        .iter()
        .any(|kind| value.to_ascii_lowercase().starts_with(kind));
    let parsed = has_kind.then(|| reqwest::Proxy::all(value).ok()).flatten();
    parsed.map(Proxy).ok_or_else(|| {
        "不是代理地址，例如 http://127.0.0.1:7890 / not a proxy's address, such as http://127.0.0.1:7890".to_owned()
    })
}

/// Numbers of users.
pub fn users(value: &str) -> Result<BTreeSet<UserId>, String> {
    numbers(value, "不是用户的数字编号 / is not a user's number", UserId)
}

/// Numbers of users and, negative, of groups.
pub fn chats(value: &str) -> Result<BTreeSet<ChatId>, String> {
    numbers(
        value,
        "不是用户或群的数字编号 / is not a user's or a group's number",
        ChatId,
    )
}

fn numbers<N: FromStr, T: Ord>(value: &str, wrong: &str, of: impl Fn(N) -> T) -> Result<BTreeSet<T>, String> {
    let numbers = value
        .split([',', ' ', '\u{ff0c}', '、'])
        .filter(|number| !number.is_empty());
    numbers
        .map(|number| {
            let parsed = number.parse().map(&of);
            parsed.map_err(|_| format!("“{number}” {wrong}; several are parted by commas"))
        })
        .collect()
}

/// What a server of embeddings is shown.
pub fn embeddings_key(value: &str) -> Result<Token, String> {
    // It goes into a line of a request.
    let plain = value.chars().all(|c| c.is_ascii_graphic());
    plain
        .then(|| Token(value.to_owned()))
        .ok_or_else(|| "有不是 ASCII 的字符 / characters other than ASCII's".to_owned())
}

/// What stands before a question and before a passage, with `|` between; each ends with a blank where it is not empty.
pub fn prefixes(value: &str) -> Result<[String; 2], String> {
    let (question, passage) = value.split_once('|').ok_or_else(|| {
        "应为“问题前|段落前”，例如 query: |passage: / QUESTION|PASSAGE, such as query: |passage:".to_owned()
    })?;
    Ok([question, passage].map(|before| match before.trim() {
        "" => String::new(),
        before if before.ends_with(char::is_alphanumeric) || before.ends_with(':') => format!("{before} "),
        before => before.to_owned(),
    }))
}

/// `sphinxql://HOST:PORT`, where huiwen was built with it.
pub fn engine(value: &str) -> Result<Place, String> {
    let address = value.parse()?;
    match cfg!(feature = "sphinxql") {
        true => Ok(Place::Sphinxql(address)),
        false => Err(
            "这个程序没有编入 SphinxQL，请用 cargo build --features sphinxql 重新编译 / was built without SphinxQL: build it with \
             --features sphinxql"
                .to_owned(),
        ),
    }
}

pub fn path(value: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(value))
}

/// 2026-11-27.
pub fn day(value: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(value, "%Y-%m-%d")
        .map_err(|_| format!("“{value}” 应为日期，例如 2026-11-27 / a day, such as 2026-11-27"))
}

pub fn within(value: &str, most: usize) -> Result<usize, String> {
    match value.parse() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(format!(
            "“{value}” 应为 1 到 {most} 的整数 / a whole number from 1 to {most}"
        )),
    }
}

pub fn log_filter(value: &str) -> Result<String, String> {
    value
        .parse::<tracing_subscriber::EnvFilter>()
        .map(|_| value.to_owned())
        .map_err(|error| error.to_string())
}

pub fn access(value: &str) -> Result<AccessMode, String> {
    match value.to_ascii_lowercase().as_str() {
        "open" => Ok(AccessMode::Open),
        "listed" => Ok(AccessMode::Listed),
        "members" => Ok(AccessMode::Members),
        _ => Err(format!(
            "“{value}” 应为 open、listed 或 members / open, listed or members"
        )),
    }
}

pub fn log_format(value: &str) -> Result<LogFormat, String> {
    match value.to_ascii_lowercase().as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("“{value}” 应为 text 或 json / text or json")),
    }
}

pub fn switch(value: &str) -> Result<bool, String> {
    match value.to_ascii_lowercase().as_str() {
        "on" | "yes" | "true" | "1" => Ok(true),
        "off" | "no" | "false" | "0" => Ok(false),
        _ => Err(format!("“{value}” 应为 on 或 off / on or off")),
    }
}

pub fn line(value: &str) -> Result<String, String> {
    match value.chars().count() {
        0..=200 => Ok(value.to_owned()),
        _ => Err("最长 200 字 / at most 200 characters".to_owned()),
    }
}

pub fn listen(value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| {
        format!("“{value}” 应为“地址:端口”，例如 127.0.0.1:8080 / an address with a port, such as 127.0.0.1:8080")
    })
}

/// Telegram delivers to https alone, and to paths that nobody guesses; http is for a proxy's tests on loopback.
pub fn webhook(value: &str) -> Result<reqwest::Url, String> {
    let url = web_address(value)?;
    if url.path().trim_matches('/').is_empty() {
        return Err("要有自己的路径，例如 https://example.cn/huiwen / it needs a path of its own".to_owned());
    }
    if !is_plain(&url) || ["/healthz", "/metrics"].contains(&url.path()) {
        return Err(
            "路径只用字母、数字和 / _ - . ~，也不能是 /healthz 或 /metrics / a path of letters, digits and / _ - . ~, \
                    and not /healthz or /metrics"
                .to_owned(),
        );
    }
    Ok(url)
}

/// Whether a path is written in plain characters alone.
fn is_plain(url: &reqwest::Url) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | '~');
    url.path().chars().all(plain)
}

/// Where pages are: an address to which paths can be added.
pub fn web(value: &str) -> Result<reqwest::Url, String> {
    let mut url = web_address(value)?;
    if !is_plain(&url) || url.query().is_some() || url.fragment().is_some() {
        return Err(
            "路径只用字母、数字和 / _ - . ~，后面不带 ? 和 # / a path of letters, digits and / _ - . ~, without ? and #"
                .to_owned(),
        );
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

/// Whether a path is one of those that pages at `web` have.
pub fn is_taken(web: &reqwest::Url, path: &str) -> bool {
    let below = path.strip_prefix(web.path().trim_end_matches('/'));
    below.is_some_and(|below| below == "/app" || below.starts_with("/f/"))
}

/// A key that nobody guesses. The fault does not repeat what was given.
pub fn api_key(value: &str) -> Result<Token, String> {
    match secret(value) {
        Ok(key) if value.len() >= 20 => Ok(key),
        _ => Err("至少 20 个字母、数字、_ 或 - / at least 20 letters, digits, _ or -".to_owned()),
    }
}

/// What Telegram takes as a webhook's secret. The fault does not repeat what was given.
pub fn secret(value: &str) -> Result<Token, String> {
    let good = (1..=256).contains(&value.len())
        && value
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if good {
        Ok(Token(value.to_owned()))
    } else {
        Err("1 到 256 个字母、数字、_ 或 - / 1 to 256 letters, digits, _ or -".to_owned())
    }
}
