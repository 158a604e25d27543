//! The words around an answer, in the user's language: Chinese by default, English by setting.
//!
//! Plain text only: what a terminal or Telegram makes of it is their own business.

mod answers;
mod bot;
mod chart;
mod commands;
mod export;
mod faults;
mod folders;
mod help;
mod knowledge;
mod labels;
mod left_out;
mod lists;
mod page;
mod reloads;
mod status;
mod survey;
mod watches;

pub use answers::{
    brief_line, dates_words, head_lines, reason_line, refusal_lines, source_line, speaker_line, spoke_line, task_line,
};
pub use bot::*;
pub use chart::*;
pub use commands::{Command, Who, commands};
pub use export::*;
pub use faults::{doubt_line, index_error, read_error};
pub use folders::*;
pub use help::{
    DESCRIBED, EXAMPLES, Venue, chat_help, description, example_candidates, examples, settings_lines,
    short_description, start_lines, usage,
};
pub use knowledge::*;
pub use labels::{Label, label, more_label};
pub use left_out::{left_out_reason, poorly_understood_line, understood_share_line};
pub use lists::{county_lines, file_lines, list_head, meeting_lines, speaker_lines};
pub use page::*;
pub use reloads::{
    changes_lines, counts_line, embedded_line, embedding_words, not_embedded_line, progress_line, progress_words,
    refused_line, took_line,
};
pub use status::*;
pub use survey::*;
pub use watches::*;

use serde::{Deserialize, Serialize};

/// The language of everything that is not quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// Longest title, heading or question that is shown beside quotes, in characters.
const LONGEST_LABEL: usize = 60;

/// A title, a heading or what was asked, cut where it would be longer than what it stands beside. Never a quote.
pub fn short(label: &str) -> String {
    match label.char_indices().nth(LONGEST_LABEL) {
        Some((at, _)) => format!("{}…", &label[..at]),
        None => label.to_owned(),
    }
}
