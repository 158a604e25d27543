//! Documents that admins send: shown as they were understood, then kept, kept beside another, or dropped.

use std::path::Path;
use std::sync::Arc;

use futures::StreamExt;
use teloxide::net::Download;
use teloxide::prelude::*;
use teloxide::types::{Document, Message};

use super::super::access::Caller;
use super::super::button::Button;
use super::super::context::Context;
use super::super::records::{CardOf, DeedKind, UploadCard};
use super::super::{render, send};
use super::buttons::Press;
use crate::reading::{
    self, FOLDER_FILE, FolderHead, MAX_BYTES, Origin, ReadError, guarded, read_bytes, understand_from,
};
use crate::shelf::{FileName, ShelfError};
use crate::wording::{
    Label, Lang, admins_only, difference_lines, discarded, download_failed, folder_lines, kept_as, label, read_error,
    same_file, shelf_error, understood_lines, upload_head,
};

/// Why a file that was sent is not taken.
enum Refused {
    Read(ReadError),
    Shelf(ShelfError),
    Download(String),
}

impl Refused {
    fn line(&self, lang: Lang) -> String {
        match self {
            Refused::Read(error) => read_error(lang, error),
            Refused::Shelf(error) => shelf_error(lang, error),
            Refused::Download(error) => download_failed(lang, error),
        }
    }
}

impl From<ShelfError> for Refused {
    fn from(error: ShelfError) -> Refused {
        Refused::Shelf(error)
    }
}

impl From<ReadError> for Refused {
    fn from(error: ReadError) -> Refused {
        Refused::Read(error)
    }
}

impl Context {
    pub(super) async fn upload(&self, message: &Message) {
        let lang = self.lang(message.chat.id);
        let Some(document) = message.document() else { return };
        if !self.is_admin(Caller::of(message).user) {
            return self.say(message, &[admins_only(lang)]).await;
        }
        let offered = match self.receive(document).await {
            Ok((name, bytes)) => tokio::task::block_in_place(|| self.offer(lang, &name, bytes)),
            Err(refused) => Err(refused),
        };
        let (lines, card) = match offered {
            Ok(offered) => offered,
            Err(refused) => return self.say(message, &[refused.line(lang)]).await,
        };
        let keyboard = card.as_ref().map(|card| upload_buttons(lang, card));
        let sent = self.send(message, &render::lines(&lines), keyboard.as_ref()).await;
        if let (Some(sent), Some(card)) = (sent, card) {
            let kept = self.records.keep_card(sent.chat.id, sent.id, CardOf::Upload(card));
            self.kept("a card", kept);
            tracing::info!(chat = %sent.chat.id, "a file was offered");
        }
    }

    /// The file's safe name and its bytes, no more of them than a knowledge file may have.
    async fn receive(&self, document: &Document) -> Result<(FileName, Vec<u8>), Refused> {
        let name = FileName::made_of(document.file_name.as_deref().unwrap_or_default())?;
        let size = u64::from(document.file.size);
        if size > MAX_BYTES {
            return Err(ReadError::TooLarge { bytes: size }.into());
        }
        let failed = |error: &dyn std::fmt::Display| Refused::Download(error.to_string());
        let file = self
            .downloads
            .get_file(document.file.id.clone())
            .await
            .map_err(|error| failed(&error))?;
        let mut bytes = Vec::new();
        let mut stream = self.downloads.download_file_stream(&file.path);
        while let Some(part) = stream.next().await {
            bytes.extend_from_slice(&part.map_err(|error| failed(&error))?);
            // Whatever size was announced.
            if bytes.len() as u64 > MAX_BYTES {
                return Err(ReadError::TooLarge {
                    bytes: bytes.len() as u64,
                }
                .into());
            }
        }
        Ok((name, bytes))
    }

    /// What is said of a file that was sent, and what stands behind the buttons; nothing does where the same file
    /// stands on the shelf already.
    fn offer(&self, lang: Lang, name: &FileName, bytes: Vec<u8>) -> Result<(Vec<String>, Option<UploadCard>), Refused> {
        let path = Path::new(name.as_str());
        let document = read_bytes(path, &bytes)?;
        let standing = self.shelf.standing(name).map_err(ShelfError::from)?;
        if standing.as_ref().is_some_and(|(_, old)| *old == bytes) {
            return Ok((vec![same_file(lang, name.as_str())], None));
        }
        let mut lines = vec![upload_head(lang, name.as_str())];
        if name.as_str() == FOLDER_FILE {
            lines.extend(folder_lines(lang, &FolderHead::told_by(&document.text)));
        } else {
            let old = standing.as_ref().map(|(_, old)| old.as_slice());
            lines.extend(self.report_lines(lang, path, &document, old)?);
        }
        let card = UploadCard {
            aside: self.shelf.put_aside(&bytes).map_err(ShelfError::from)?,
            name: name.as_str().to_owned(),
            replaces: standing.map(|(digest, _)| digest),
            other_name: self.shelf.free_name(name).as_str().to_owned(),
        };
        Ok((lines, Some(card)))
    }

    /// How a file was understood, and what is other than in the one of its name.
    fn report_lines(
        &self,
        lang: Lang,
        path: &Path,
        document: &reading::Document,
        old: Option<&[u8]>,
    ) -> Result<Vec<String>, ReadError> {
        let text = &document.text;
        let file = path.to_string_lossy();
        let head = FolderHead::of(self.knowledge.folder(), &file);
        let origin = Origin {
            file: &file,
            folder: Some(&head),
        };
        let report = guarded(path, || understand_from(document, &origin))?;
        let mut lines = understood_lines(lang, text, &report);
        if let Some(Ok(old)) = old.map(|old| read_bytes(path, old))
            && let Ok(old_report) = guarded(path, || understand_from(&old, &origin))
        {
            lines.extend(difference_lines(lang, (&old.text, &old_report), (text, &report)));
        }
        Ok(lines)
    }

    /// Does what an admin decided of a file that was sent; whether that is done. Whatever the disk refuses can be tried
    /// again.
    pub(super) async fn decide_upload(self: &Arc<Self>, press: &Press<'_>, upload: UploadCard, button: Button) -> bool {
        let lang = press.lang;
        send::confirm(&self.bot, press.query, None, false).await;
        let (name, replaces) = match button {
            Button::Keep => (&upload.name, upload.replaces.as_deref()),
            Button::KeepBoth => (&upload.other_name, None),
            _ => {
                self.shelf.drop_aside(&upload.aside);
                self.change(press, &render::lines(&[discarded(lang, &upload.name)]), None)
                    .await;
                return true;
            }
        };
        let by = press.query.from.id;
        let kept = FileName::made_of(name)
            .and_then(|name| tokio::task::block_in_place(|| self.shelf.keep(&upload.aside, &name, replaces)));
        match kept {
            Ok(()) => {
                let kind = if replaces.is_some() {
                    DeedKind::Replace
                } else {
                    DeedKind::Add
                };
                self.kept("who added a file", self.records.keep_deed(by, kind, name.as_str()));
                let mut lines = vec![kept_as(lang, name)];
                lines.extend(self.brought_up_to_date(lang).await);
                self.change(press, &render::lines(&lines), None).await;
                true
            }
            Err(error) => {
                self.fault("a file was not kept", &error);
                let again = matches!(error, ShelfError::Io(_)).then(|| upload_buttons(lang, &upload));
                let line = render::lines(&[shelf_error(lang, &error)]);
                self.change(press, &line, again.as_ref()).await;
                if again.is_none() {
                    self.shelf.drop_aside(&upload.aside);
                }
                again.is_none()
            }
        }
    }
}

fn upload_buttons(lang: Lang, card: &UploadCard) -> teloxide::types::InlineKeyboardMarkup {
    let discard = (label(lang, Label::Discard), Button::Discard);
    // A second _folder.md would be a report.
    if card.replaces.is_some() && card.name == FOLDER_FILE {
        return render::choice(&[(label(lang, Label::Replace), Button::Keep), discard]);
    }
    if card.replaces.is_some() {
        let both = format!("{}{}", label(lang, Label::KeepAs), card.other_name);
        let both: String = both.chars().take(40).collect();
        return render::choice(&[
            (label(lang, Label::Replace), Button::Keep),
            (&both, Button::KeepBoth),
            discard,
        ]);
    }
    render::choice(&[(label(lang, Label::Keep), Button::Keep), discard])
}
