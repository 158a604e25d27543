//! Quotes that may be inserted into any chat, each with its source.

use sha2::{Digest, Sha256};
use teloxide::types::{
    InlineQueryResult, InlineQueryResultArticle, InputMessageContent, InputMessageContentText, LinkPreviewOptions,
    ParseMode,
};

use super::super::rich::LONGEST_MESSAGE;
use super::answer::quote;
use crate::answer::Quote;
use crate::wording::{Lang, speaker_line};

/// How much of a quote is shown in the list to choose from, in characters.
const PREVIEW: usize = 120;

/// A result for each quote that fits into a message.
pub fn results(quotes: &[Quote], lang: Lang) -> Vec<InlineQueryResult> {
    quotes
        .iter()
        .filter_map(|one| {
            let message = quote(one, lang, None);
            if message.units() > LONGEST_MESSAGE {
                return None;
            }
            let place = format!("{} {} {}", one.file, one.at.start, one.at.end);
            let id: String = Sha256::digest(place)[..16]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let content = InputMessageContent::Text(
                InputMessageContentText::new(message.html())
                    .parse_mode(ParseMode::Html)
                    .link_preview_options(LinkPreviewOptions {
                        is_disabled: true,
                        url: None,
                        prefer_small_media: false,
                        prefer_large_media: false,
                        show_above_text: false,
                    }),
            );
            let preview: String = one.text.chars().take(PREVIEW).collect();
            let article = InlineQueryResultArticle::new(id, speaker_line(lang, one), content).description(preview);
            Some(InlineQueryResult::Article(article))
        })
        .collect()
}
