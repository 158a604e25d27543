//! The intake: updates come by long polling or by a webhook, are kept on disk, and go on to be handled.
//!
//! Both ways hand raw updates to the [`Inbox`]; whatever has been accepted there is handled once, over the end of the
//! process if need be.

mod lenient;
pub mod polling;
pub mod updates;
pub mod webhook;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use teloxide::types::{AllowedUpdate, Update};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::metrics::Metrics;
use super::records::{Left, Records};

/// The updates that we ask Telegram for.
pub const WANTED: [AllowedUpdate; 6] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::MessageReaction,
];
/// How long the bot has run before those are tried that were in hand when it ended, too often.
const A_WHILE: Duration = Duration::from_secs(60);
/// How many updates wait here before no more are taken.
const WAITING: usize = 1_000;

/// Where updates come in. Once all of its clones are gone, handling ends with the last update.
#[derive(Clone, Debug)]
pub struct Inbox {
    records: Arc<Records>,
    metrics: Arc<Metrics>,
    sender: mpsc::Sender<Update>,
}

/// An inbox, and the updates that come out of it: first those that an earlier run left.
///
/// When `closed` turns true no more are taken: what comes then waits on disk for the next start.
pub fn inbox(records: Arc<Records>, metrics: Arc<Metrics>, closed: watch::Receiver<bool>) -> (Inbox, Outlet) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let left = records.updates_left().unwrap_or_else(|error| {
        tracing::error!(%error, "updates that an earlier run left cannot be read");
        Left::default()
    });
    let Left { now, later } = left;
    if !now.is_empty() || !later.is_empty() {
        tracing::info!(
            updates = now.len(),
            later = later.len(),
            "going on with what an earlier run left"
        );
    }
    let inbox = Inbox {
        records,
        metrics,
        sender,
    };
    let outlet = Outlet {
        records: Arc::clone(&inbox.records),
        metrics: Arc::clone(&inbox.metrics),
        left: now.into_iter(),
        later: later.into_iter().peekable(),
        since: Instant::now(),
        touched: false,
        receiver,
        closed,
    };
    (inbox, outlet)
}

/// Reads an update; one that cannot be read is counted and done.
fn parse(raw: &Value, id: i64, records: &Records, metrics: &Metrics) -> Option<Update> {
    if updates::is_event(raw) {
        done(records, id);
        return None;
    }
    let parsed = updates::parse(raw);
    if parsed.is_none() {
        metrics.unread();
        let kinds: Vec<&String> = raw.as_object().into_iter().flat_map(|fields| fields.keys()).collect();
        tracing::warn!(
            update = id,
            ?kinds,
            "an update that cannot be read, or of an unknown kind, is left out"
        );
        done(records, id);
    }
    parsed
}

fn done(records: &Records, id: i64) {
    if let Err(error) = records.update_done(id) {
        tracing::error!(%error, update = id, "that an update is done cannot be kept");
    }
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
            if let Some(update) = parse(update, id, &self.records, &self.metrics) {
                // Where nothing more is taken, it waits on disk.
                drop(self.sender.send(update).await);
            }
        }
    }
}

/// Where updates come out of the inbox.
#[derive(Debug)]
pub struct Outlet {
    records: Arc<Records>,
    metrics: Arc<Metrics>,
    left: std::vec::IntoIter<Value>,
    /// Those that wait until the bot has run for a while.
    later: std::iter::Peekable<std::vec::IntoIter<Value>>,
    since: Instant,
    /// Whether one of those left was touched last.
    touched: bool,
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
    fn touch(&mut self, id: Option<i64>) {
        self.touched = id.is_some();
        if let Err(error) = self.records.touch_update(id) {
            tracing::error!(%error, update = id, "that an update is touched cannot be kept");
        }
    }

    /// One that an earlier run left.
    fn take_again(&mut self, raw: &Value) -> Option<Taken> {
        let id = updates::id(raw)?;
        self.touch(Some(id));
        let update = parse(raw, id, &self.records, &self.metrics)?;
        Some(Taken { update, again: true })
    }

    /// The next update; `None` once the inbox is closed or gone, and all has come out.
    pub async fn next(&mut self) -> Option<Taken> {
        // Whatever one of them holds: that it is touched is on disk before it is, so that one that ends the process is known.
        while let Some(raw) = self.left.next() {
            if let Some(taken) = self.take_again(&raw) {
                return Some(taken);
            }
        }
        if self.touched {
            self.touch(None);
        }
        let received = tokio::select! {
            received = self.receiver.recv() => received,
            () = tokio::time::sleep_until(self.since + A_WHILE), if self.later.peek().is_some() => {
                self.left = self.later.by_ref().take(1).collect::<Vec<_>>().into_iter();
                return Box::pin(self.next()).await;
            }
            () = async { drop(self.closed.wait_for(|closed| *closed).await) } => {
                // What is in it comes out all the same.
                self.receiver.close();
                self.receiver.recv().await
            }
        };
        received.map(|update| Taken { update, again: false })
    }
}
