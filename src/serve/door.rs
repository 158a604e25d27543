//! Who is let in: whoever shows the key, so many times a minute.

use std::num::NonZeroU32;

use axum::http::{HeaderMap, header};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::objects::Refusal;
use crate::digest::same_secret;
use crate::settings::Token;

/// The key, and how often it opens.
pub struct Door {
    key: Token,
    limiter: DefaultDirectRateLimiter,
}

impl Door {
    /// With a key that opens so many times a minute.
    pub fn new(key: Token, rate: NonZeroU32) -> Door {
        Door {
            key,
            limiter: RateLimiter::direct(Quota::per_minute(rate)),
        }
    }

    /// Lets a request in, or says why not. Whoever has no key costs those who have one nothing.
    pub fn open(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|value| {
            let (scheme, key) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
        });
        let shown = bearer.or_else(|| text(header::HeaderName::from_static("x-api-key")));
        if !shown.is_some_and(|shown| same_secret(shown.as_bytes(), self.key.reveal().as_bytes())) {
            return Err(Refusal::KEY);
        }
        self.limiter.check().map_err(|_| Refusal::TOO_MANY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    #[test]
    fn whoever_shows_the_key_is_let_in_so_many_times() {
        let key = Token::for_test("abcdefghijklmnopqrstuvwxyz");
        let door = Door::new(key, NonZeroU32::MIN.saturating_add(1));
        let headers = |name: &'static str, value: &str| {
            HeaderMap::from_iter([(header::HeaderName::from_static(name), value.parse().unwrap())])
        };
        for (name, value) in [
            ("authorization", "Bearer abc"),
            ("authorization", "abcdefghijklmnopqrstuvwxyz"),
            ("x-api-key", ""),
            ("x-key", "abcdefghijklmnopqrstuvwxyz"),
        ] {
            let refused = door.open(&headers(name, value)).unwrap_err();
            assert_eq!(refused.status(), StatusCode::UNAUTHORIZED, "{name} {value}");
        }
        assert!(
            door.open(&headers("authorization", "Bearer abcdefghijklmnopqrstuvwxyz"))
                .is_ok()
        );
        assert!(door.open(&headers("x-api-key", "abcdefghijklmnopqrstuvwxyz")).is_ok());
        let refused = door
            .open(&headers("x-api-key", "abcdefghijklmnopqrstuvwxyz"))
            .unwrap_err();
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
