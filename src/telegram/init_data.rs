//! Who opens a Mini App: what Telegram hands over to it, checked as Telegram documents it.
//! <https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app>

use serde::Deserialize;
use teloxide::types::UserId;

use crate::web::link::{is_mac, mac, unhex};

/// How old the data may be, in seconds: the page uses it as soon as it is opened.
const OLDEST: i64 = 60 * 60;
/// How far another clock may be ahead, in seconds.
const AHEAD: i64 = 5 * 60;

#[derive(Deserialize)]
struct User {
    id: u64,
}

/// The user whose program handed over `data` (a query's string) to a Mini App of the bot with this token, not long before `now`;
/// `None` where Telegram did not sign it for this bot.
pub fn opened_by(data: &str, token: &str, now: i64) -> Option<UserId> {
    let mut fields: Vec<(String, String)> = url::form_urlencoded::parse(data.as_bytes()).into_owned().collect();
    let hash = fields.iter().position(|(name, _)| name == "hash")?;
    let shown = unhex(&fields.remove(hash).1)?;
    fields.sort();
    // One value for a name: of two, another reader might take the other.
    if fields.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return None;
    }
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let secret = mac(b"WebAppData", token.as_bytes());
    if !is_mac(&secret, lines.join("\n").as_bytes(), &shown) {
        return None;
    }
    let field = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let age = now - field("auth_date")?.parse::<i64>().ok()?;
    if !(-AHEAD..=OLDEST).contains(&age) {
        return None;
    }
    let user: User = serde_json::from_str(field("user")?).ok()?;
    Some(UserId(user.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "123456789:AAfakefakefakefakefakefakefakefakefa";
    /// Signed by a program of a few lines in another language, by Telegram's document.
    const DATA: &str = "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A+42%2C+%22first_name%22%3A+%22%E5%85%B0+%26+co%22%2C+%22language_code%22%3A+%22zh-hans%22%7D&auth_date=1700000000&signature=abc_-&hash=cc18c2c635d97a1d37863f289c9cb483e796fbc8c7f2882063ce095e29d0263c";

    #[test]
    fn whoever_telegram_names_opens_it() {
        assert_eq!(opened_by(DATA, TOKEN, 1_700_000_000), Some(UserId(42)));
        assert_eq!(opened_by(DATA, TOKEN, 1_700_003_600), Some(UserId(42)));
    }

    #[test]
    fn what_is_old_forged_or_for_another_bot_opens_nothing() {
        for (data, token, now) in [
            (DATA.to_owned(), TOKEN, 1_700_003_601),
            (DATA.to_owned(), TOKEN, 1_699_999_000),
            (DATA.to_owned(), "123456789:AAother", 1_700_000_000),
            (DATA.replace("42", "43"), TOKEN, 1_700_000_000),
            (DATA.replace("1700000000", "1700000100"), TOKEN, 1_700_000_000),
            (format!("{DATA}&user=x"), TOKEN, 1_700_000_000),
            (format!("{DATA}&more=x"), TOKEN, 1_700_000_000),
            (DATA.replace("hash=", "hush="), TOKEN, 1_700_000_000),
            (String::new(), TOKEN, 1_700_000_000),
            ("hash=".to_owned(), TOKEN, 1_700_000_000),
        ] {
            assert_eq!(opened_by(&data, token, now), None, "{data}");
        }
    }
}
