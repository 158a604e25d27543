//! The words around an answer, in the user's language: Chinese by default, English by setting.
//!
//! Plain text only: what a terminal or Telegram makes of it is their own business.

mod answers;
mod faults;
mod help;
mod reloads;

pub use answers::{reason_line, refusal_lines, source_line, speaker_line, spoke_line, taken_line};
pub use faults::{index_error, read_error};
pub use help::{chat_help, commands, examples, start_lines, usage};
pub use reloads::{changes_lines, refused_line};

/// The language of everything that is not quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// One of two wordings.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl std::str::FromStr for Lang {
    type Err = String;

    fn from_str(text: &str) -> Result<Lang, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "zh" | "zh-cn" | "cn" | "中文" => Ok(Lang::Zh),
            "en" | "en-us" | "english" => Ok(Lang::En),
            _ => Err("zh 或 en / zh or en".to_owned()),
        }
    }
}
