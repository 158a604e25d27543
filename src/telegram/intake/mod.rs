//! The intake: updates come by long polling or by a webhook, are kept on disk, and go on to be handled.
//!
//! Both ways hand raw updates to the [`Inbox`]; whatever has been accepted there is handled once, over the end of the
//! process if need be.

pub mod polling;
pub mod updates;
pub mod webhook;

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;
use teloxide::types::{AllowedUpdate, Update};
use tokio::sync::{mpsc, watch};

use super::records::Records;

/// The updates that we ask Telegram for.
pub const WANTED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
];
/// How many updates wait here before no more are taken.
const WAITING: usize = 1_000;

/// Where updates come in. Once all of its clones are gone, handling ends with the last update.
#[derive(Clone, Debug)]
pub struct Inbox {
    records: Arc<Records>,
    sender: mpsc::Sender<Update>,
}

/// An inbox, and the updates that come out of it: first those that an earlier run left.
///
/// When `closed` turns true no more are taken: what comes then waits on disk for the next start.
pub fn inbox(records: Arc<Records>, closed: watch::Receiver<bool>) -> (Inbox, Outlet) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let left = records.updates_left().unwrap_or_else(|error| {
        tracing::error!(%error, "updates that an earlier run left cannot be read");
        Vec::new()
    });
    if !left.is_empty() {
        tracing::info!(updates = left.len(), "going on with what an earlier run left");
    }
    let inbox = Inbox { records, sender };
    let mut parsed = Vec::new();
    for raw in left {
        let id = updates::id(&raw);
        match updates::parse(raw) {
            Some(update) => parsed.push(update),
            // An older version may have kept what this one does not know.
            None => id.into_iter().for_each(|id| inbox.done(id)),
        }
    }
    (
        inbox,
        Outlet {
            left: parsed.into_iter(),
            receiver,
            closed,
        },
    )
}

impl Inbox {
    /// Keeps updates and hands them on; those that are known already are left out. When it returns, Telegram need not
    /// deliver them again.
    pub async fn accept(&self, raw: Vec<Value>) {
        let mut new: Vec<(i64, &Value)> = Vec::new();
        let mut seen = HashSet::new();
        for update in &raw {
            let Some(id) = updates::id(update) else { continue };
            let known = self.records.knows_update(id).unwrap_or_else(|error| {
                tracing::error!(%error, "it cannot be told whether an update is new: it is taken as such");
                false
            });
            if known || !seen.insert(id) {
                tracing::info!(update = id, "delivered again: left out");
            } else {
                new.push((id, update));
            }
        }
        if new.is_empty() {
            return;
        }
        if let Err(error) = self.records.keep_updates(&new) {
            tracing::error!(%error, "updates cannot be kept: they are answered, but would not be after a crash");
        }
        for (id, update) in new {
            match updates::parse(update.clone()) {
                // Where nothing more is taken, it waits on disk.
                Some(update) => drop(self.sender.send(update).await),
                None => {
                    tracing::warn!(update = id, "an update of an unknown kind is left out");
                    self.done(id);
                }
            }
        }
    }

    fn done(&self, id: i64) {
        if let Err(error) = self.records.update_done(id) {
            tracing::error!(%error, update = id, "that an update is done cannot be kept");
        }
    }
}

/// Where updates come out of the inbox.
#[derive(Debug)]
pub struct Outlet {
    left: std::vec::IntoIter<Update>,
    receiver: mpsc::Receiver<Update>,
    closed: watch::Receiver<bool>,
}

/// An update to be handled.
#[derive(Debug)]
pub struct Taken {
    /// The update.
    pub update: Update,
    /// Whether an earlier run left it.
    pub again: bool,
}

impl Outlet {
    /// The next update; `None` once the inbox is closed or gone, and all has come out.
    pub async fn next(&mut self) -> Option<Taken> {
        if let Some(update) = self.left.next() {
            return Some(Taken { update, again: true });
        }
        let received = tokio::select! {
            received = self.receiver.recv() => received,
            () = async { drop(self.closed.wait_for(|closed| *closed).await) } => {
                // What is in it comes out all the same.
                self.receiver.close();
                self.receiver.recv().await
            }
        };
        received.map(|update| Taken { update, again: false })
    }
}
