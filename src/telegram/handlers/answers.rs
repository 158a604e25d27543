//! Questions: asked, answered with one message, and asked again when they are edited or a button wants another view.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Instant;

use teloxide::prelude::*;
use teloxide::types::{ChatAction, ChatId, InlineKeyboardMarkup, Message, MessageId};

use super::super::button::View;
use super::super::context::Context;
use super::super::conversations::Asker;
use super::super::metrics::Outcome;
use super::super::records::{AnswerCard, CardOf};
use super::super::rich::Rich;
use super::super::{render, send};
use crate::answer::{Answer, Body, Limits, Reason};
use crate::clock::today;
use crate::question::{Asked, Only};
use crate::wording::{Lang, compare_usage, index_error, question_missing};

/// Most quotes of a page: more would never fit into a message.
const PAGE: usize = 10;
/// Longest quote of a message, in characters.
const QUOTE: usize = 1500;

/// An answer that is ready to be shown.
pub(super) struct Ready {
    pub rich: Rich,
    pub keyboard: Option<InlineKeyboardMarkup>,
    /// What the buttons need; `None` where there are none.
    pub card: Option<AnswerCard>,
    /// Whether nothing was asked: 谢谢. What comes next leans on what was asked before.
    pub talk: bool,
}

impl Context {
    /// The bot was called without a question: in reply to somebody's message that is the question; otherwise it says what it
    /// is, or behind a command what is missing.
    pub(super) async fn ask_of_replied(self: &Arc<Self>, message: &Message, earlier: Option<MessageId>) {
        let replied = message.reply_to_message();
        let others = replied.filter(|replied| replied.from.as_ref().is_some_and(|user| user.id != self.me.id));
        let said = others.and_then(|replied| replied.text().or(replied.caption()));
        match said.map(str::trim).filter(|said| !said.is_empty()) {
            Some(said) => self.ask(message, said.to_owned(), earlier).await,
            None if message
                .text()
                .is_some_and(|text| text.trim_start().starts_with(['/', '／'])) =>
            {
                let lang = self.lang(message.chat.id);
                self.say(message, &[question_missing(lang)]).await;
            }
            None => self.start(message).await,
        }
    }

    /// A summary of what is named; of what the chat usually is about, or of the last meeting, where nothing is.
    pub(super) async fn summary(self: &Arc<Self>, message: &Message, of: &str, earlier: Option<MessageId>) {
        let question = match (of, self.records.chat(message.chat.id).usual) {
            ("", Some(usual)) => format!("总结{}", usual.name()),
            ("", None) => "总结最近的会议".to_owned(),
            (of, _) => format!("总结{of}"),
        };
        self.ask(message, question, earlier).await;
    }

    /// Two or more parties side by side: `甲县 乙县 话题`.
    pub(super) async fn compare(self: &Arc<Self>, message: &Message, of: &str, earlier: Option<MessageId>) {
        let words: Vec<&str> = of
            .split(|c: char| c.is_whitespace() || matches!(c, '、' | ',' | '\u{ff0c}'))
            .filter(|word| !word.is_empty())
            .collect();
        // As many words as name somebody are the parties, the rest is the topic.
        let seen = self.seen_in(message.chat.id);
        let named = words.iter().take_while(|word| seen.names_party(word)).count();
        let parties = named.max(words.len().min(2));
        let question = match (words.as_slice(), &words[parties..]) {
            ([], _) => return self.say(message, &[compare_usage(self.lang(message.chat.id))]).await,
            // In a sentence of their own.
            ([sentence], _) => format!("比较{sentence}"),
            (_, []) => format!("{}有什么不同", words.join("和")),
            (_, topic) => format!("{}对{}有什么不同", words[..parties].join("和"), topic.join(" ")),
        };
        self.ask(message, question, earlier).await;
    }

    /// Answers a question; by an edit, where there is an `earlier` answer to it.
    pub(super) async fn ask(self: &Arc<Self>, message: &Message, question: String, earlier: Option<MessageId>) {
        let began = Instant::now();
        let chat = message.chat.id;
        let lang = self.lang(chat);
        if self.settings.log_questions {
            tracing::info!(%chat, question, "asked");
        }
        let asker = Asker::of(message);
        let card = AnswerCard {
            asked: Asked {
                usual: self.records.chat(chat).usual,
                ..Asked::new(question.as_str(), &self.before(message, earlier)).on(today())
            },
            onlys: Vec::new(),
            shown: Vec::new(),
            trail: Vec::new(),
        };
        self.show_typing(message);
        let ready = self.view(card, View::default(), chat, lang).await;
        if !ready.talk {
            self.conversations.asked(asker, message.id, &question, Instant::now());
        }
        let keyboard = ready.keyboard.as_ref();
        let edited = match earlier {
            Some(earlier) => self.outbox.edit(chat, earlier, &ready.rich, keyboard).await,
            None => Ok(send::Edited::Gone),
        };
        let answer = match (edited, earlier) {
            (Ok(send::Edited::Shown), Some(earlier)) => Some((chat, earlier)),
            (Ok(_), _) => {
                let sent = self.send(message, &ready.rich, keyboard).await;
                sent.map(|sent| (sent.chat.id, sent.id))
            }
            (Err(error), _) => {
                self.fault("an answer was not edited", &error);
                None
            }
        };
        if let Some((chat, id)) = answer {
            if let Some(card) = ready.card {
                self.kept("a card", self.records.keep_card(chat, id, CardOf::Answer(card)));
            }
            self.kept("an answer's message", self.records.keep_answer(chat, message.id, id));
            tracing::info!(%chat, took = ?began.elapsed(), "answered");
        }
    }

    /// Shows that an answer is coming. Whether that shows is of no matter to the answer, which doesn't wait for it.
    fn show_typing(&self, message: &Message) {
        let mut typing = self.bot.send_chat_action(message.chat.id, ChatAction::Typing);
        typing.message_thread_id = message.thread_id.filter(|_| message.is_topic_message);
        tokio::spawn(typing.into_future());
    }

    /// The questions that a new one leans on: those of the answer that it replies to, or else the asker's own.
    fn before(&self, message: &Message, earlier: Option<MessageId>) -> Vec<String> {
        let chat = message.chat.id;
        // The questions before an edited one are those that it was asked after.
        if let Some(earlier) = earlier
            && let Ok(Some(CardOf::Answer(card))) = self.records.card(chat, earlier)
        {
            return card.asked.after;
        }
        let replied = message.reply_to_message().map(|replied| replied.id);
        if let Some(replied) = replied
            && let Ok(Some(CardOf::Answer(card))) = self.records.card(chat, replied)
        {
            let mut before = card.asked.after;
            before.push(card.asked.question);
            return before;
        }
        self.conversations.before(Asker::of(message), Instant::now())
    }

    /// What a card's message shows in a view.
    pub(super) async fn view(self: &Arc<Self>, mut card: AnswerCard, view: View, chat: ChatId, lang: Lang) -> Ready {
        let limits = self.page_limits();
        let asked = Asked {
            page: view.page,
            only: view
                .only
                .checked_sub(1)
                .and_then(|index| card.onlys.get(index).cloned()),
            ..card.asked.clone()
        };
        let seen = self.seen_in(chat);
        // Never closed; and if it were, nobody would have to wait.
        let turn = self.asking.acquire().await;
        let began = Instant::now();
        let answered = tokio::task::spawn_blocking(move || seen.ask(&asked, limits)).await;
        drop(turn);
        let took = began.elapsed();
        let answer = match answered {
            Ok(Ok(answer)) => answer,
            failed => {
                self.metrics.answer(Outcome::Failed, took);
                let rich = match failed {
                    Ok(Err(error)) => {
                        self.fault("a question could not be answered", &error);
                        render::lines(&[index_error(lang, &error)])
                    }
                    Err(error) => self.broken(lang, &error),
                    Ok(Ok(_)) => Rich::default(),
                };
                return Ready {
                    rich,
                    keyboard: None,
                    card: None,
                    talk: false,
                };
            }
        };
        let outcome = match &answer.body {
            Body::Found { .. } => Outcome::Found,
            Body::NoAnswer(_) => Outcome::Refused,
        };
        self.metrics.answer(outcome, took);
        let lost = matches!(&answer.body, Body::NoAnswer(refusal) if matches!(refusal.reason, Reason::Changed(_)));
        if lost || !answer.changed.is_empty() {
            self.metrics.stale();
        }
        let page = render::answer(&answer, lang, view, limits.quotes);
        if let Body::NoAnswer(refusal) = &answer.body {
            let talk = matches!(refusal.reason, Reason::Talk(_));
            let assumed = answer.usual.is_some() || answer.assumed.is_some();
            return Ready {
                rich: page.rich,
                keyboard: render::refusal_buttons(&refusal.reason, assumed, lang),
                card: (!talk).then_some(card),
                talk,
            };
        }
        card.walk(view);
        let end = view.skip + page.quotes;
        card.shown = render::shown(answer.quotes().get(view.skip..end).unwrap_or_default(), lang);
        offer_onlys(&mut card, &answer);
        let first = view.page * limits.quotes + view.skip + 1;
        let assumed = answer.usual.is_some() || answer.assumed.is_some();
        let addresses = card
            .shown
            .first()
            .map(|shown| self.addresses(shown, chat))
            .unwrap_or_default();
        let keyboard = render::answer_buttons(&card, &page, view, first, assumed, &addresses, lang);
        Ready {
            rich: page.rich,
            keyboard: Some(keyboard),
            card: Some(card),
            talk: false,
        }
    }

    /// How much a message may show.
    pub(super) fn page_limits(&self) -> Limits {
        Limits {
            quotes: self.settings.limits.quotes.min(PAGE),
            quote_chars: self.settings.limits.quote_chars.min(QUOTE),
        }
    }
}

/// Whoever is quoted may be asked for alone.
fn offer_onlys(card: &mut AnswerCard, answer: &Answer) {
    for quote in answer.quotes() {
        let county = quote
            .voice
            .county()
            .map(|county| Only::County(county.name().to_owned()));
        let speaker = quote.voice.name().map(|name| Only::Speaker(name.to_owned()));
        for only in [county, speaker].into_iter().flatten() {
            if !card.onlys.contains(&only) {
                card.onlys.push(only);
            }
        }
    }
}
