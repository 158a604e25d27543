//! `/export` and the button under an answer: the answer as a document, with a footnote for each source.

use std::sync::Arc;
use std::time::Instant;

use teloxide::types::Message;

use super::super::context::Context;
use super::super::conversations::Asker;
use super::super::records::{AnswerCard, CardOf};
use super::super::render;
use super::super::send::{self, Destination};
use super::buttons::Press;
use crate::answer::Limits;
use crate::clock::today;
use crate::export::{Format, Sheet};
use crate::question::Asked;
use crate::wording::{Lang, card_gone, export_usage, exported_line, index_error, nothing_to_export, records_unread};

impl Context {
    /// `/export [docx|md|csv|xlsx] [question]`: what is asked, or the answer that it replies to, or the asker's last one.
    pub(super) async fn export(self: &Arc<Self>, message: &Message, words: &str) {
        let lang = self.lang(message.chat.id);
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let (format, question) = match Format::from_word(first) {
            Some(format) => (format, rest.trim()),
            None => (Format::Docx, words),
        };
        let asked = match (question, message.reply_to_message()) {
            ("", Some(replied)) => match self.records.card(message.chat.id, replied.id) {
                Ok(Some(CardOf::Answer(card))) => card.asked,
                Ok(_) => return self.say(message, &[card_gone(lang)]).await,
                Err(error) => {
                    self.fault("a card", &error);
                    return self.say(message, &[records_unread(lang).to_owned()]).await;
                }
            },
            ("", None) => match self.last_asked(message) {
                Some(asked) => asked,
                None => return self.say(message, &[export_usage(lang)]).await,
            },
            (question, _) => Asked {
                usual: self.records.chat(message.chat.id).usual,
                ..Asked::new(question, &[]).on(today())
            },
        };
        self.send_sheet(Destination::of(message), asked, format, lang).await;
    }

    /// The last question of whoever wrote a message, as it was asked.
    fn last_asked(&self, message: &Message) -> Option<Asked> {
        let mut before = self.conversations.before(Asker::of(message), Instant::now());
        let last = before.pop()?;
        Some(Asked {
            usual: self.records.chat(message.chat.id).usual,
            ..Asked::new(last, &before).on(today())
        })
    }

    /// The button under an answer.
    pub(super) async fn press_export(self: &Arc<Self>, press: &Press<'_>, card: &AnswerCard, only: usize) {
        let Some(under) = press.under() else {
            return self.note(press, &card_gone(press.lang)).await;
        };
        send::confirm(&self.bot, press.query, None, false).await;
        let asked = Asked {
            only: only.checked_sub(1).and_then(|index| card.onlys.get(index).cloned()),
            ..card.asked.clone()
        };
        self.send_sheet(Destination::of(under), asked, Format::Docx, press.lang)
            .await;
    }

    /// Sends an answer as a document.
    async fn send_sheet(self: &Arc<Self>, to: Destination, asked: Asked, format: Format, lang: Lang) {
        let limits = Limits {
            quotes: Format::QUOTES,
            ..self.page_limits()
        };
        let seen = self.seen_in(to.chat);
        let made = self
            .in_turn(move || {
                let answer = seen.ask(&asked, limits)?;
                let sheet = Sheet::new(&answer, lang, |quote| seen.paragraph(quote));
                let bytes = sheet.written(format).map_err(crate::index::IndexError::Read)?;
                Ok::<_, crate::index::IndexError>((sheet, bytes))
            })
            .await;
        let rich = match made {
            Ok(Ok((sheet, bytes))) if sheet.quotes() > 0 => {
                let (name, caption) = (sheet.file_name(format), exported_line(lang, sheet.quotes()));
                if let Err(error) = self.outbox.document(to, &name, bytes, &caption).await {
                    self.fault("a document was not sent", &error);
                }
                return;
            }
            Ok(Ok(_)) => render::lines(&[nothing_to_export(lang)]),
            Ok(Err(error)) => {
                self.fault("a question could not be answered", &error);
                render::lines(&[index_error(lang, &error)])
            }
            Err(error) => self.broken(lang, &error),
        };
        if let Err(error) = self.outbox.message(to, &rich, None).await {
            self.fault("an answer was not sent", &error);
        }
    }
}
