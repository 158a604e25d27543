//! Quotes that may be inserted into any chat, each with its source.

use teloxide::types::{
    InlineQueryResult, InlineQueryResultArticle, InputMessageContent, InputMessageContentText, ParseMode,
};

use super::super::rich::LONGEST_MESSAGE;
use super::super::send::no_preview;
use super::answer::quote;
use crate::answer::Quote;
use crate::digest::digest;
use crate::wording::{Lang, speaker_line};

/// How much of a quote is shown in the list to choose from, in characters.
const PREVIEW: usize = 120;

/// A result for each quote that fits into a message.
pub fn results(quotes: &[Quote], lang: Lang) -> Vec<InlineQueryResult> {
    quotes
        .iter()
        .filter_map(|one| {
            let message = quote(one, lang);
            if message.units() > LONGEST_MESSAGE {
                return None;
            }
            let place = format!("{} {} {}", one.file, one.at.start, one.at.end);
            let id = digest(place, 16);
            let content = InputMessageContent::Text(
                InputMessageContentText::new(message.html())
                    .parse_mode(ParseMode::Html)
                    .link_preview_options(no_preview()),
            );
            let preview: String = one.text.chars().take(PREVIEW).collect();
            let article = InlineQueryResultArticle::new(id, speaker_line(lang, one), content).description(preview);
            Some(InlineQueryResult::Article(article))
        })
        .collect()
}
