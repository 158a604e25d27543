//! The inline mode: quotes to insert into any chat.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::types::{ChatId, InlineQuery};

use super::super::access::Caller;
use super::super::context::Context;
use super::super::records::LinkId;
use super::super::render;
use crate::clock::today;
use crate::question::Asked;

/// How long Telegram may answer the same query of the same user by itself, in seconds.
const CACHED: u32 = 30;

impl Context {
    pub(super) async fn inline(self: &Arc<Self>, query: InlineQuery) {
        let caller = Caller::user(query.from.id, ChatId::from(query.from.id));
        // There is nowhere to say a word to whoever is not let in, or types too fast: they find nothing.
        let admitted =
            self.is_admitted(caller).await && (self.is_admin(caller.user) || self.limits.count_inline(query.from.id));
        let mut results = Vec::new();
        let link = query.query.trim().strip_prefix('#').and_then(LinkId::from_word);
        if let Some(id) = link.filter(|_| admitted) {
            results = tokio::task::block_in_place(|| self.inline_link(id, caller.chat));
        } else if admitted && !query.query.trim().is_empty() {
            if self.settings.log_questions {
                tracing::info!(question = query.query, "asked inline");
            }
            let asked = Asked::new(query.query.as_str(), &[]).on(today());
            let (seen, limits) = (self.seen_in(caller.chat), self.page_limits());
            match self.in_turn(move || seen.ask(&asked, limits)).await {
                Ok(Ok(answer)) => results = render::results(answer.quotes(), self.lang(caller.chat)),
                Ok(Err(error)) => self.fault("a question could not be answered", &error),
                Err(error) => self.fault("a defect: please report it", &error),
            }
        }
        let answer = self
            .bot
            .answer_inline_query(query.id, results)
            // What somebody is shut out of they no longer get from there either.
            .cache_time(if self.records.restricts() { 0 } else { CACHED })
            .is_personal(true);
        if let Err(error) = answer.await {
            // Whoever types on has sent another query meanwhile.
            tracing::info!(%error, "an inline query was not answered");
        }
    }
}
