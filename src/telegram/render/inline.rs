//! Quotes that may be inserted into any chat, each with its source.

use teloxide::types::{
    InlineQueryResult, InlineQueryResultArticle, InputMessageContent, InputMessageContentText, ParseMode,
};

use super::super::records::{LinkId, Shown};
use super::super::rich::{LONGEST_MESSAGE, Rich};
use super::super::send::no_preview;
use super::answer::quote;
use crate::answer::Quote;
use crate::digest::digest;
use crate::text::read_on;
use crate::wording::{Lang, open_in_bot, speaker_line};

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

/// One quote to send on, with a link that opens it in the bot; `None` where it is more than a message.
pub fn shared(shown: &Shown, id: LinkId, bot: &str, lang: Lang) -> Option<InlineQueryResult> {
    let mut words = Rich::default();
    words.text(&read_on(&shown.text));
    let mut message = Rich::default();
    message
        .blockquote(&words, false)
        .text("\n")
        .bold(&shown.speaker)
        .text("\n")
        .italic(&shown.source)
        .text("\n")
        .link(&format!("https://t.me/{bot}?start={}", id.word()), &open_in_bot(lang));
    if message.units() > LONGEST_MESSAGE {
        return None;
    }
    let content = InputMessageContentText::new(message.html())
        .parse_mode(ParseMode::Html)
        .link_preview_options(no_preview());
    let preview: String = shown.text.chars().take(PREVIEW).collect();
    let article = InlineQueryResultArticle::new(id.word(), shown.speaker.clone(), InputMessageContent::Text(content));
    Some(InlineQueryResult::Article(article.description(preview)))
}
