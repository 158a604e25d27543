//! `/reload`: how far it is in one edited message, then what it came to.

use std::sync::Arc;
use std::time::Duration;

use teloxide::types::Message;

use super::super::access::{Caller, is_group};
use super::super::context::Context;
use super::super::records::{CardOf, DeedKind};
use super::super::reloads::{Progress, ReloadError, Reloaded};
use super::super::render;
use super::super::send::Edited;
use crate::library::{Changes, View};
use crate::wording::{Lang, broken, changes_lines, counts_line, index_error, progress_line, took_line};

/// How often the message says how far it is; in a group Telegram takes few edits.
const STEP: Duration = Duration::from_secs(2);
const STEP_IN_A_GROUP: Duration = Duration::from_secs(5);

impl Context {
    pub(super) async fn reload(self: &Arc<Self>, message: &Message) {
        let lang = self.lang(message.chat.id);
        let (mut progress, joined) = self.knowledge.begin_reload();
        let seen = self.seen_in(message.chat.id);
        let first = render::lines(&[progress_line(lang, 0, 0)]);
        // The reload goes on whether it can be told or not.
        let told = self.send(message, &first, None).await;
        let mut said = (0, 0);
        let done = loop {
            let now = progress.borrow_and_update().clone();
            match now {
                Progress::Done(done) => break done,
                // Answers go before it. How many files there are that some do not see is not for them.
                Progress::Reading(done, of)
                    if (done, of) != said && seen.sight().is_everything() && self.outbox.has_room(message.chat.id) =>
                {
                    said = (done, of);
                    let line = render::lines(&[progress_line(lang, done, of)]);
                    if let Some(told) = &told
                        && let Err(error) = self.outbox.edit(told.chat.id, told.id, &line, None).await
                    {
                        tracing::info!(%error, "how far the reload is was not shown");
                    }
                }
                Progress::Reading(..) => {}
            }
            // Whatever comes meanwhile is said at the next step; the end at once.
            let end = progress.wait_for(|progress| matches!(progress, Progress::Done(_)));
            let step = if is_group(message.chat.id) {
                STEP_IN_A_GROUP
            } else {
                STEP
            };
            let _ = tokio::time::timeout(step, end).await;
        };
        if let (false, Some(by)) = (joined, Caller::of(message).user) {
            let kept = self.records.keep_deed(by, DeedKind::Reload, counts(lang, &done));
            self.kept("who reloaded", kept);
        }
        let mut pages = render::pages(&self.reload_lines(lang, &done, &seen)).into_iter();
        let lines = pages.next().unwrap_or_default();
        let examples = self.examples_of(message, &done).await;
        let keyboard = (!examples.is_empty()).then(|| render::example_buttons(&examples));
        let keyboard = keyboard.as_ref();
        let edited = match &told {
            Some(told) => self.outbox.edit(told.chat.id, told.id, &lines, keyboard).await,
            None => Ok(Edited::Gone),
        };
        let shown = match edited {
            Ok(Edited::Shown) => told,
            Ok(Edited::Gone) => self.send(message, &lines, keyboard).await,
            Err(error) => {
                self.fault("what the reload came to was not shown", &error);
                None
            }
        };
        if let Some(shown) = shown.filter(|_| !examples.is_empty()) {
            let card = CardOf::Examples(examples);
            self.kept("a card", self.records.keep_card(shown.chat.id, shown.id, card));
        }
        for page in pages {
            self.send(message, &page, None).await;
        }
    }

    /// Questions to try of what a reload brought, where it brought something.
    async fn examples_of(self: &Arc<Self>, message: &Message, done: &Reloaded) -> Vec<String> {
        let brought = match &done.changes {
            Ok(changes) => changes.added.iter().chain(&changes.changed).cloned().collect(),
            Err(_) => Vec::new(),
        };
        match brought.is_empty() {
            true => Vec::new(),
            false => self.examples(message.chat.id, brought).await,
        }
    }

    /// Reads the knowledge folder again after a change of our own. A reload that is on its way may have passed the
    /// file by: this one comes after it.
    pub(super) async fn brought_up_to_date(self: &Arc<Self>, lang: Lang) -> Vec<String> {
        let context = Arc::clone(self);
        match tokio::task::spawn_blocking(move || context.knowledge.reload()).await {
            Ok(Ok(changes)) => changes_lines(lang, &changes),
            Ok(Err(error)) => {
                self.fault("a reload failed: the old state goes on serving", &error);
                vec![index_error(lang, &error)]
            }
            Err(error) => {
                self.fault("a defect: please report it", &error);
                vec![broken(lang)]
            }
        }
    }

    /// What a reload came to of what is seen, and how long it took.
    fn reload_lines(&self, lang: Lang, done: &Reloaded, seen: &View) -> Vec<String> {
        match &done.changes {
            Ok(changes) => {
                log(changes);
                let mut lines = changes_lines(lang, &seen.seen_of(changes));
                lines.push(took_line(lang, done.took));
                lines
            }
            Err(error) => {
                self.fault("a reload failed: the old state goes on serving", error);
                match error {
                    ReloadError::Index(error) => vec![index_error(lang, error)],
                    ReloadError::Defect => vec![broken(lang)],
                }
            }
        }
    }
}

fn log(changes: &Changes) {
    tracing::info!(
        added = changes.added.len(),
        changed = changes.changed.len(),
        removed = changes.removed.len(),
        refused = changes.refused.len(),
        rebuilt = changes.rebuilt,
        "reloaded"
    );
}

fn counts(lang: Lang, done: &Reloaded) -> String {
    match &done.changes {
        Ok(changes) => counts_line(lang, changes),
        Err(error) => error.to_string(),
    }
}
