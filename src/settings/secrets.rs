//! Values that show themselves nowhere: not in logs, not in errors.

use std::fmt;

/// A bot's token. It shows itself nowhere: not in logs, not in errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub(super) String);

impl Token {
    /// The token itself, for the one place that sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// One for tests.
    #[cfg(test)]
    pub fn for_test(secret: &str) -> Token {
        Token(secret.to_owned())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A proxy's address, which may hold a password: it does not show itself.
#[derive(Clone)]
pub struct Proxy(pub(super) reqwest::Proxy);

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
