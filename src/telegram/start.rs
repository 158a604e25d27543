//! Before the first update: the client, who the bot is, its menu, and what is said when that fails.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use teloxide::{ApiError, Bot, RequestError};
use tokio::sync::watch;

use crate::settings::Settings;
use crate::web::stop;
use crate::wording::Lang;

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The longest that a request may take; that of a download. The first must be longer than Telegram holds a request for
/// updates open.
pub const REQUEST: Duration = Duration::from_secs(20);
pub const DOWNLOAD: Duration = Duration::from_secs(180);

/// A client of the bot's, by the settings.
pub fn client(settings: &Settings, timeout: Duration) -> anyhow::Result<Bot> {
    let Some(token) = &settings.token else {
        anyhow::bail!(settings.lang.pick(
            "没有设置 TELOXIDE_TOKEN。请向 @BotFather 要一个令牌，写进 .env",
            "TELOXIDE_TOKEN is not set. Get a token from @BotFather and write it into .env"
        ));
    };
    let mut builder = teloxide::net::default_reqwest_settings().timeout(timeout);
    if let Some(proxy) = &settings.proxy {
        builder = builder.proxy(proxy.get());
    }
    let mut bot = Bot::with_client(token.reveal(), builder.build()?);
    if let Some(url) = &settings.api_url {
        bot = bot.set_api_url(url.clone());
    }
    Ok(bot)
}

/// Asks something of Telegram as often as it takes to reach it; `None` where the bot was stopped before that.
///
/// # Errors
///
/// Where Telegram refuses, so that asking again cannot help.
pub async fn until_reached<T, F>(
    lang: Lang,
    stopped: &watch::Receiver<bool>,
    ask: impl Fn() -> F,
) -> anyhow::Result<Option<T>>
where
    F: Future<Output = Result<T, RequestError>>,
{
    let mut stopped = stopped.clone();
    let mut pause = Duration::from_secs(1);
    loop {
        let got = tokio::select! {
            got = ask() => got,
            _ = stopped.wait_for(|stopped| *stopped) => return Ok(None),
        };
        match got {
            Ok(got) => return Ok(Some(got)),
            // What was received may be a proxy's page: its text helps nobody.
            Err(error) if is_passing(&error) => tracing::warn!("{} ({pause:?})", explain(lang, &error)),
            Err(error) => return Err(explain(lang, &error)),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.wait_for(|stopped| *stopped) => return Ok(None),
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What went wrong, without what was received: a proxy's page helps nobody, and a body that was cut off holds what people
/// wrote.
pub fn without_body(error: &RequestError) -> String {
    match error {
        RequestError::InvalidJson { .. } => "what answers is not Telegram".to_owned(),
        other => other.to_string(),
    }
}

/// Whether trying again may help: the network, a proxy's page, Telegram's own troubles, or too many requests.
pub fn is_passing(error: &RequestError) -> bool {
    /// How Telegram begins what it refuses for our own fault (4xx). teloxide keeps the words of what it does not know, and
    /// not its number: whatever is described in another way is a trouble of Telegram's (5xx).
    const REFUSALS: [&str; 6] = [
        "Bad Request",
        "Unauthorized",
        "Forbidden",
        "Not Found",
        "Conflict",
        "Request Entity Too Large",
    ];
    match error {
        RequestError::Network(_) | RequestError::RetryAfter(_) | RequestError::InvalidJson { .. } => true,
        RequestError::Api(ApiError::Unknown(words)) => !REFUSALS.iter().any(|refusal| words.starts_with(refusal)),
        _ => false,
    }
}

/// What went wrong between Telegram and us, and what to do.
pub fn explain(lang: Lang, error: &RequestError) -> anyhow::Error {
    anyhow::anyhow!(match error {
        RequestError::Api(ApiError::InvalidToken) => lang
            .pick(
                "Telegram 不认这个令牌。请核对 TELOXIDE_TOKEN，或向 @BotFather 重新要一个",
                "Telegram refuses the token. Check TELOXIDE_TOKEN, or get a new one from @BotFather",
            )
            .to_owned(),
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => lang
            .pick(
                "另有一个程序在用同一个令牌。同一时间只能开一个机器人",
                "another process uses the same token. Only one bot can run at a time",
            )
            .to_owned(),
        RequestError::Api(ApiError::CantGetUpdates) => lang
            .pick(
                "这个令牌设了 webhook，不能同时轮询。请先删除 webhook",
                "a webhook is set for this token, so that updates cannot be polled. Delete it first",
            )
            .to_owned(),
        RequestError::Network(error) => match lang {
            Lang::Zh => format!("连不上 Telegram：{error}。请检查网络；需要代理时设 TELOXIDE_PROXY。稍后重试"),
            Lang::En =>
                format!("Telegram cannot be reached: {error}. Check the network, or set TELOXIDE_PROXY. Trying again"),
        },
        RequestError::InvalidJson { .. } => lang
            .pick(
                "回答的不是 Telegram。请检查 TELOXIDE_API_URL 和 TELOXIDE_PROXY。稍后重试",
                "what answers is not Telegram. Check TELOXIDE_API_URL and TELOXIDE_PROXY. Trying again",
            )
            .to_owned(),
        other => match lang {
            Lang::Zh => format!("Telegram 报错：{other}"),
            Lang::En => format!("Telegram says: {other}"),
        },
    })
}

/// Says at SIGINT or SIGTERM that it is time to stop. A second one ends the process at once.
pub async fn stop_when_asked(stop: Arc<watch::Sender<bool>>) {
    stop::asked().await;
    tracing::info!("asked to stop: finishing what was begun");
    stop.send_replace(true);
    stop::asked().await;
    tracing::warn!("asked again: what was begun is left for the next start");
    std::process::exit(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_no_refusal_of_telegrams_passes() {
        let unknown = |words: &str| RequestError::Api(ApiError::Unknown(words.to_owned()));
        for trouble in [
            "Internal Server Error",
            "Bad Gateway",
            "Web server is returning an unknown error",
            "",
        ] {
            assert!(is_passing(&unknown(trouble)), "{trouble}");
        }
        for refusal in [
            "Bad Request: MESSAGE_EMPTY",
            "Forbidden: bot is not a member",
            "Not Found",
        ] {
            assert!(!is_passing(&unknown(refusal)), "{refusal}");
        }
    }

    #[test]
    fn what_was_received_is_not_logged() {
        let raw = r#"{"ok":true,"result":[{"update_id":1,"message":{"text":"青禾县怎么修路"#;
        let source = serde_json::from_str::<serde_json::Value>(raw).unwrap_err();
        let error = RequestError::InvalidJson {
            source: source.into(),
            raw: raw.into(),
        };
        assert!(error.to_string().contains("青禾县"));
        assert!(!without_body(&error).contains("青禾县"));
    }
}
