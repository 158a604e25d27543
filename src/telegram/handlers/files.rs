//! `/inspect` and `/remove`: one knowledge file, looked at or taken off the shelf.

use std::sync::Arc;

use teloxide::types::Message;

use super::super::button::Button;
use super::super::context::Context;
use super::super::records::{CardOf, DeedKind};
use super::super::{render, send};
use super::buttons::Press;
use crate::reading::{FolderHead, Origin, ReadError, guarded, read_file, understand_from};
use crate::wording::{
    Label, ask_to_remove, file_unread, file_usage, label, left_alone, removed_as, shelf_error, understood_lines,
    upload_head,
};

impl Context {
    pub(super) async fn inspect(&self, message: &Message, file: &str) {
        let lang = self.lang(message.chat.id);
        if file.is_empty() {
            return self.say(message, &[file_usage(lang, "inspect")]).await;
        }
        let path = match self.shelf.find(file) {
            Ok(path) => path,
            Err(error) => return self.say(message, &[shelf_error(lang, &error)]).await,
        };
        let read = || {
            let document = read_file(&path)?;
            let head = FolderHead::of(self.knowledge.folder(), file);
            let origin = Origin {
                file,
                folder: Some(&head),
            };
            let report = guarded(&path, || understand_from(&document, &origin))?;
            Ok::<_, ReadError>((document, report))
        };
        let lines = tokio::task::block_in_place(|| match read() {
            Ok((document, report)) => {
                let mut lines = vec![upload_head(lang, file)];
                lines.extend(understood_lines(lang, &document.text, &report));
                lines
            }
            Err(error) => vec![file_unread(lang, file, &error)],
        });
        self.say(message, &lines).await;
    }

    pub(super) async fn ask_to_remove(&self, message: &Message, file: &str) {
        let lang = self.lang(message.chat.id);
        if file.is_empty() {
            return self.say(message, &[file_usage(lang, "remove")]).await;
        }
        if let Err(error) = self.shelf.find(file) {
            return self.say(message, &[shelf_error(lang, &error)]).await;
        }
        let keyboard = render::choice(&[
            (label(lang, Label::Remove), Button::Remove),
            (label(lang, Label::Leave), Button::Leave),
        ]);
        let line = render::lines(&[ask_to_remove(lang, file)]);
        if let Some(sent) = self.send(message, &line, Some(&keyboard)).await {
            let card = CardOf::Removal(file.to_owned());
            self.kept("a card", self.records.keep_card(sent.chat.id, sent.id, card));
        }
    }

    /// Does what an admin decided of a file that was to be removed; whether that is done.
    pub(super) async fn decide_removal(self: &Arc<Self>, press: &Press<'_>, file: &str, button: Button) -> bool {
        let lang = press.lang;
        send::confirm(&self.bot, press.query, None, false).await;
        let lines = if button == Button::Leave {
            vec![left_alone(lang, file)]
        } else {
            match tokio::task::block_in_place(|| self.shelf.remove(file)) {
                Ok(()) => {
                    let kept = self.records.keep_deed(press.query.from.id, DeedKind::Remove, file);
                    self.kept("who removed a file", kept);
                    let mut lines = vec![removed_as(lang, file)];
                    lines.extend(self.brought_up_to_date(lang).await);
                    lines
                }
                Err(error) => {
                    self.fault("a file was not removed", &error);
                    vec![shelf_error(lang, &error)]
                }
            }
        };
        self.change(press, &render::lines(&lines), None).await;
        true
    }
}
