//! `/reload`: how far it is in one edited message, then what it came to.

use std::sync::Arc;
use std::time::Duration;

use teloxide::types::Message;

use super::super::access::Caller;
use super::super::context::Context;
use super::super::records::DeedKind;
use super::super::reloads::{Progress, ReloadError, Reloaded};
use super::super::render;
use super::super::send::{self, Edited};
use crate::library::Changes;
use crate::wording::{Lang, broken, changes_lines, index_error, progress_line, took_line};

/// How often the message says how far it is.
const STEP: Duration = Duration::from_secs(2);

impl Context {
    pub(super) async fn reload(self: &Arc<Self>, message: &Message) {
        let lang = self.lang(message.chat.id);
        let (mut progress, joined) = self.reloads.begin(&self.library);
        let first = render::lines(&[progress_line(lang, 0, 0)]);
        let Some(told) = self.send(message, &first, None).await else {
            return;
        };
        let mut said = (0, 0);
        let done = loop {
            let now = progress.borrow_and_update().clone();
            match now {
                Progress::Done(done) => break done,
                Progress::Reading(done, of) if (done, of) != said => {
                    said = (done, of);
                    let line = render::lines(&[progress_line(lang, done, of)]);
                    if let Err(error) = send::edit(&self.bot, told.chat.id, told.id, &line, None).await {
                        tracing::info!(%error, "how far the reload is was not shown");
                    }
                }
                Progress::Reading(..) => {}
            }
            // Whatever comes meanwhile is said at the next step; the end at once.
            let end = progress.wait_for(|progress| matches!(progress, Progress::Done(_)));
            let _ = tokio::time::timeout(STEP, end).await;
        };
        if let (false, Some(by)) = (joined, Caller::of(message).user) {
            let kept = self.records.keep_deed(by, DeedKind::Reload, counts(&done));
            self.kept("who reloaded", kept);
        }
        let lines = render::lines(&self.reload_lines(lang, &done));
        match send::edit(&self.bot, told.chat.id, told.id, &lines, None).await {
            Ok(Edited::Shown) => {}
            Ok(Edited::Gone) => drop(self.send(message, &lines, None).await),
            Err(error) => self.fault("what the reload came to was not shown", &error),
        }
    }

    /// What a reload came to, and how long it took.
    fn reload_lines(&self, lang: Lang, done: &Reloaded) -> Vec<String> {
        match &done.changes {
            Ok(changes) => {
                log(changes);
                let mut lines = changes_lines(lang, changes);
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

fn counts(done: &Reloaded) -> String {
    match &done.changes {
        Ok(changes) => format!(
            "+{} ~{} -{} !{}",
            changes.added.len(),
            changes.changed.len(),
            changes.removed.len(),
            changes.refused.len()
        ),
        Err(error) => error.to_string(),
    }
}
