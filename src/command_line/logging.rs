//! The log on standard error. Whatever is logged, by whomever, the token is not.

use std::io::{Stderr, Write, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::settings::{LogFormat, Settings};

/// Starts logging by the settings; `usual` is the filter where none is set.
pub fn start(settings: &Settings, usual: &str) {
    // The filter was checked with the settings; a usual one cannot be wrong.
    let filter = settings.log.as_deref().unwrap_or(usual).parse();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| EnvFilter::new("info")))
        // Colours are a feature that is left out.
        .with_ansi(false)
        .with_writer(WithoutToken {
            token: settings.token.as_ref().map(|token| token.reveal().to_owned()),
        });
    // Set twice only by tests in one process, where the first one stays.
    let _ = match settings.log_format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
}

/// Standard error, to which no line goes that holds the token.
struct WithoutToken {
    token: Option<String>,
}

impl<'w> MakeWriter<'w> for WithoutToken {
    type Writer = Line<'w>;

    fn make_writer(&'w self) -> Line<'w> {
        Line {
            token: self.token.as_deref(),
            to: stderr(),
        }
    }
}

/// One line of the log; it comes in one piece.
struct Line<'w> {
    token: Option<&'w str>,
    to: Stderr,
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        match self.token {
            Some(token) => self.to.write_all(without(line, token).as_bytes())?,
            None => self.to.write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

fn without(line: &[u8], token: &str) -> String {
    String::from_utf8_lossy(line).replace(token, "…")
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_line_holds_the_token() {
        let line = super::without("GET /bot12:AAx/getMe 失败\n".as_bytes(), "12:AAx");
        assert_eq!(line, "GET /bot…/getMe 失败\n");
    }
}
