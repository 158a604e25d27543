//! `/allow NUMBER FOLDER` and `/disallow NUMBER FOLDER`: who sees which folders.

use teloxide::types::{ChatId, Message};

use super::super::access::Caller;
use super::super::context::Context;
use super::super::records::DeedKind;
use crate::library::Folder;
use crate::settings::AccessMode;
use crate::wording::{
    NotKept, folder_deed, folder_empty, folder_in_another, folder_line, folder_open, folder_usage, in_private_only,
    no_folders, not_let_in_at_all,
};

/// Words for everybody.
const ALL: [&str; 4] = ["all", "everybody", "所有人", "全部"];

impl Context {
    /// `/disallow`: shuts somebody out of a folder, or says who is let into which.
    pub(super) async fn disallow(&self, message: &Message, words: &str) {
        let lang = self.lang(message.chat.id);
        match words.split_once(char::is_whitespace) {
            Some((whom, folder)) => self.decide_folder(message, whom, folder, false).await,
            None if words.is_empty() => {
                let mut lines = self.folder_lines(lang);
                if lines.is_empty() {
                    lines.push(no_folders(lang));
                }
                lines.push(folder_usage(lang));
                self.say(message, &lines).await;
            }
            None => self.say(message, &[folder_usage(lang)]).await,
        }
    }

    /// A line for each restricted folder.
    pub(super) fn folder_lines(&self, lang: crate::wording::Lang) -> Vec<String> {
        let folders = self.records.folders();
        folders
            .iter()
            .map(|(folder, let_in)| folder_line(lang, folder.name(), &numbers(let_in)))
            .collect()
    }

    /// Lets somebody into a folder or shuts them out of it, or everybody.
    pub(super) async fn decide_folder(&self, message: &Message, whom: &str, folder: &str, allowed: bool) {
        let lang = self.lang(message.chat.id);
        // What folders there are is nobody's business in a group.
        if !message.chat.is_private() {
            return self.say(message, &[in_private_only(lang)]).await;
        }
        let everybody = ALL.contains(&whom.to_lowercase().as_str());
        let of = whom.parse().ok().map(|number| self.records.migrated(ChatId(number)));
        let (Some(folder), true) = (Folder::named(folder), everybody || of.is_some()) else {
            return self.say(message, &[folder_usage(lang)]).await;
        };
        let Some(by) = Caller::of(message).user else { return };
        let kept = match of {
            Some(of) => self.records.keep_let_in(&folder, of, allowed),
            None => self.records.keep_open(&folder, allowed),
        };
        if let Err(error) = kept {
            let line = self.not_kept(lang, NotKept::Access, &error);
            return self.say(message, &[line]).await;
        }
        let kind = if allowed { DeedKind::Allow } else { DeedKind::Deny };
        let what = folder_deed(self.settings.lang, of.map(|of| of.0), folder.name());
        self.kept("who decided on a folder", self.records.keep_deed(by, kind, what));
        let mut lines = Vec::new();
        let folders = self.records.folders();
        match folders.iter().find(|(restricted, _)| *restricted == folder) {
            Some((_, let_in)) => lines.push(folder_line(lang, folder.name(), &numbers(let_in))),
            None => {
                lines.push(folder_open(lang, folder.name()));
                // The nearest that is left, if there is one.
                let around = folders.iter().filter(|(other, _)| other.holds(folder.name()));
                let nearest = around.max_by_key(|(other, _)| other.name().len());
                lines.extend(nearest.map(|(other, _)| folder_in_another(lang, other.name())));
            }
        }
        let held = |catalogue: &crate::index::Catalogue| catalogue.files().any(|entry| folder.holds(entry.file));
        if !self.knowledge.whole().with_catalogue(held) {
            lines.push(folder_empty(lang));
        }
        if let Some(of) = of.filter(|of| allowed && !self.is_let_in_by_name(*of)) {
            lines.push(not_let_in_at_all(lang, of.0));
        }
        self.say(message, &lines).await;
    }

    /// Whether a user or a group is answered as itself, as far as that hangs on no group.
    fn is_let_in_by_name(&self, of: ChatId) -> bool {
        let listed = || {
            let mut allowed = self.settings.access.allowed.iter();
            allowed.any(|listed| self.records.migrated(*listed) == of)
        };
        match self.records.verdict(of) {
            Some(verdict) => verdict.allowed,
            None => self.settings.access.mode != AccessMode::Listed || listed(),
        }
    }
}

fn numbers(chats: &[ChatId]) -> Vec<i64> {
    chats.iter().map(|chat| chat.0).collect()
}
