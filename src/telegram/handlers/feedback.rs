//! What users think of answers: 👍, 👎 with what is wrong, and words of their own.

use teloxide::types::{ChatId, InlineKeyboardMarkup, Message, MessageId, UserId};

use super::super::access::Caller;
use super::super::button::Button;
use super::super::context::Context;
use super::super::records::{AnswerCard, CardOf, Feedback, Opinion};
use super::super::render;
use super::super::send::{self, Destination};
use super::buttons::Press;
use crate::wording::{
    NotKept, ask_fault, card_gone, fault_kept, feedback_usage, not_kept, nothing_yet, records_unread, thanks,
};

/// Longest comment that is kept, in characters.
const LONGEST_COMMENT: usize = 1000;

impl Context {
    /// A button under an answer says what somebody thinks of it.
    pub(super) async fn opinion(&self, press: &Press<'_>, card: AnswerCard, button: Button) {
        let opinion = match button {
            Button::Good => Opinion::Good,
            Button::Fault(index) => match Opinion::FAULTS.get(index) {
                Some(fault) => *fault,
                None => return self.note(press, &card_gone(press.lang)).await,
            },
            _ => Opinion::Bad,
        };
        let kept = self.keep_opinion(
            press.chat,
            press.message,
            press.query.from.id,
            card,
            Some(opinion),
            None,
        );
        if !kept {
            return self.note(press, &not_kept(press.lang, NotKept::Feedback)).await;
        }
        match opinion {
            Opinion::Good => send::confirm(&self.bot, press.query, Some(&thanks(press.lang)), false).await,
            Opinion::Bad => {
                self.offer_faults(press).await;
                send::confirm(&self.bot, press.query, Some(&ask_fault(press.lang)), true).await;
            }
            _ => {
                self.take_faults_back(press).await;
                send::confirm(&self.bot, press.query, Some(&fault_kept(press.lang)), false).await;
            }
        }
    }

    /// Adds what may be wrong to the buttons of the message.
    async fn offer_faults(&self, press: &Press<'_>) {
        let Some(mut rows) = rows_under(press) else { return };
        rows.retain(|row| !row.iter().any(is_fault));
        rows.extend(render::fault_buttons(press.lang));
        self.change_buttons(press, rows).await;
    }

    async fn take_faults_back(&self, press: &Press<'_>) {
        let Some(mut rows) = rows_under(press) else { return };
        rows.retain(|row| !row.iter().any(is_fault));
        self.change_buttons(press, rows).await;
    }

    async fn change_buttons(&self, press: &Press<'_>, rows: Vec<Vec<teloxide::types::InlineKeyboardButton>>) {
        let keyboard = InlineKeyboardMarkup::new(rows);
        if let Err(error) = self.outbox.edit_buttons(press.chat, press.message, keyboard).await {
            self.fault("buttons were not changed", &error);
        }
    }

    /// `/feedback …` in reply to an answer.
    pub(super) async fn comment(&self, message: &Message, words: String) {
        let lang = self.lang(message.chat.id);
        let replied = message.reply_to_message().map(|replied| replied.id);
        let (Some(answer), Some(user), false) = (replied, Caller::of(message).user, words.is_empty()) else {
            return self.say(message, &[feedback_usage(lang)]).await;
        };
        let chat = message.chat.id;
        match self.records.card(chat, answer) {
            Ok(Some(CardOf::Answer(card))) => {
                if self.keep_opinion(chat, answer, user, card, None, Some(words)) {
                    self.say(message, &[fault_kept(lang)]).await;
                } else {
                    self.say(message, &[not_kept(lang, NotKept::Feedback)]).await;
                }
            }
            Ok(_) => self.say(message, &[card_gone(lang)]).await,
            Err(error) => {
                self.fault("a card", &error);
                self.say(message, &[records_unread(lang).to_owned()]).await;
            }
        }
    }

    /// Keeps an opinion or a comment, or both; what was said before of the same answer is kept beside it. Whether it
    /// could be kept.
    pub(super) fn keep_opinion(
        &self,
        chat: ChatId,
        message: MessageId,
        by: UserId,
        card: AnswerCard,
        opinion: Option<Opinion>,
        comment: Option<String>,
    ) -> bool {
        let before = self.records.feedback(chat, message, by).ok().flatten();
        let (was, said) = before.map_or((None, None), |before| (Some(before.opinion), before.comment));
        let feedback = Feedback {
            at: crate::clock::now(),
            by,
            opinion: opinion.or(was).unwrap_or(Opinion::Bad),
            comment: comment
                .map(|comment| comment.chars().take(LONGEST_COMMENT).collect())
                .or(said),
            question: card.asked.question,
            after: card.asked.after,
            shown: card.shown,
        };
        match self.records.keep_feedback(chat, message, &feedback) {
            Ok(()) => true,
            Err(error) => {
                self.fault("feedback", &error);
                false
            }
        }
    }

    /// All feedback as a file, an object a line, the newest first.
    pub(super) async fn export_feedback(&self, message: &Message) {
        let lang = self.lang(message.chat.id);
        let all = match self.records.all_feedback() {
            Ok(all) if all.is_empty() => return self.say(message, &[nothing_yet(lang)]).await,
            Ok(all) => all,
            Err(error) => {
                self.fault("feedback", &error);
                return self.say(message, &[records_unread(lang).to_owned()]).await;
            }
        };
        let mut lines = Vec::new();
        for feedback in &all {
            // Everything in it can be written as JSON.
            lines.extend(serde_json::to_vec(feedback).unwrap_or_default());
            lines.push(b'\n');
        }
        let name = format!("feedback-{}.jsonl", crate::clock::today());
        let caption = all.len().to_string();
        let sent = self
            .outbox
            .document(Destination::of(message), &name, lines, &caption)
            .await;
        if let Err(error) = sent {
            self.fault("the feedback was not sent", &error);
        }
    }
}

/// The buttons that the message has now.
fn rows_under(press: &Press<'_>) -> Option<Vec<Vec<teloxide::types::InlineKeyboardButton>>> {
    Some(press.under()?.reply_markup()?.inline_keyboard.clone())
}

fn is_fault(button: &teloxide::types::InlineKeyboardButton) -> bool {
    match &button.kind {
        teloxide::types::InlineKeyboardButtonKind::CallbackData(data) => {
            matches!(data.parse(), Ok(Button::Fault(_)))
        }
        _ => false,
    }
}
