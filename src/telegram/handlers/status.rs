//! `/status`: how the bot does.

use std::collections::BTreeSet;
use std::path::Path;

use teloxide::types::Message;
use walkdir::WalkDir;

use super::super::context::Context;
use super::super::metrics::{Outcome, memory_bytes};
use crate::wording::{Status, refused_line, status_lines};

impl Context {
    pub(super) async fn status(&self, message: &Message) {
        let whole = self.knowledge.whole();
        let (files, meetings, passages) = whole.with_catalogue(|catalogue| {
            let meetings: BTreeSet<_> = catalogue.files().map(|entry| (entry.title(), entry.dates())).collect();
            (catalogue.len(), meetings.len(), catalogue.passages())
        });
        // Looks at each file.
        let changed = tokio::task::block_in_place(|| self.knowledge.changed());
        let status = Status {
            uptime: self.began.elapsed(),
            files,
            meetings,
            passages,
            index_bytes: bytes_below(&self.settings.data.join("index")),
            memory_bytes: memory_bytes(),
            answered: self.metrics.answers(Outcome::Found),
            refused: self.metrics.answers(Outcome::Refused),
            errors: self.metrics.errors(),
            changed,
            stale: self.metrics.stale_answers(),
            unread: self.metrics.unread_updates(),
            panics: self.metrics.panics(),
            // This request is one of them.
            waiting: self.records.updates_waiting().unwrap_or_default().saturating_sub(1),
        };
        let lang = self.lang(message.chat.id);
        let mut lines = status_lines(lang, &status);
        lines.extend(whole.refused().iter().map(|refused| refused_line(lang, refused)));
        self.say(message, &lines).await;
    }
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = WalkDir::new(folder).into_iter().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(|meta| meta.is_file())
        .map(|meta| meta.len())
        .sum()
}
