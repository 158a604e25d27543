//! The intake: updates come by long polling or by a webhook, are kept on disk, and go on to be handled.
//!
//! Both ways hand raw updates to the [`Inbox`]; whatever has been accepted there is handled once, over the end of the
//! process if need be.

pub mod polling;
pub mod updates;
pub mod webhook;

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::Arc;

use futures::stream::{Stream, unfold};
use serde_json::Value;
use teloxide::stop::{StopToken, mk_stop_token};
use teloxide::types::{AllowedUpdate, Update};
use teloxide::update_listeners::{StatefulListener, UpdateListener};
use tokio::sync::mpsc;

use super::records::Records;

/// The updates that we ask Telegram for.
pub const WANTED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
];
/// How many updates may wait for their handling before no more are taken.
const WAITING: usize = 10_000;

/// Where updates come in. Once all of its clones are gone, handling ends with the last update.
#[derive(Clone, Debug)]
pub struct Inbox {
    records: Arc<Records>,
    sender: mpsc::Sender<Update>,
}

/// An inbox, and the updates that come out of it: first those that an earlier run left.
pub fn inbox(records: Arc<Records>) -> (Inbox, Outlet) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let left = records.updates_left().unwrap_or_else(|error| {
        tracing::error!(%error, "updates that an earlier run left cannot be read");
        Vec::new()
    });
    if !left.is_empty() {
        tracing::info!(updates = left.len(), "going on with what an earlier run left");
    }
    let left = left.into_iter().filter_map(updates::parse).collect::<Vec<_>>();
    let inbox = Inbox { records, sender };
    (
        inbox,
        Outlet {
            left: left.into_iter(),
            receiver,
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
                // The receiver goes with the process alone.
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
}

impl Outlet {
    async fn next(&mut self) -> Option<Update> {
        match self.left.next() {
            Some(update) => Some(update),
            None => self.receiver.recv().await,
        }
    }
}

/// The outlet as the dispatcher wants it. It ends when the inbox is gone; nobody stops it earlier.
pub fn listener(outlet: Outlet) -> impl UpdateListener<Err = Infallible> + Send {
    // Nobody looks at the flag: what has been accepted is handled.
    let (token, _flag) = mk_stop_token();
    StatefulListener::new((outlet, token), stream, |(_, token): &mut (Outlet, StopToken)| {
        token.clone()
    })
}

fn stream(state: &mut (Outlet, StopToken)) -> impl Stream<Item = Result<Update, Infallible>> + Send + '_ {
    unfold(&mut state.0, |outlet| async move {
        let update = outlet.next().await?;
        Some((Ok(update), outlet))
    })
}
