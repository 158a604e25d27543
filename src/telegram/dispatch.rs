//! Dispatching: updates of one chat are handled one after the other, those of different chats at the same time. What
//! reads or changes files has a lane of its own in each chat, so that questions go on meanwhile.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use teloxide::types::{ChatId, Update, UpdateKind};
use tokio::sync::Semaphore;
use tokio::sync::oneshot::{self, error::TryRecvError};

use super::context::Context;
use super::handlers::{self, Pace};
use super::intake::{Outlet, Taken};
use crate::guard::guarded;

/// How many updates are in hand at most; more wait in the intake.
const IN_HAND: usize = 10_000;
/// How long an update that an earlier run left is in hand alone, and how long all of them may hold up what is new.
const ALONE: Duration = Duration::from_secs(2);
const ALL_OF_THEM: Duration = Duration::from_secs(20);
/// With so many chats known those that are done are forgotten.
const CHATS: usize = 1_000;

/// Updates of one lane are handled in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Lane {
    chat: Option<ChatId>,
    pace: Pace,
}

/// Handles updates until no more come. What is in hand then is in the context's tasks.
pub async fn dispatch(context: &Arc<Context>, mut outlet: Outlet) {
    let room = Arc::new(Semaphore::new(IN_HAND));
    // The end of the last update of each lane, for which the next one waits. (A task's own handle would hold all its memory.)
    let mut last: HashMap<Lane, oneshot::Receiver<()>> = HashMap::new();
    let mut patience = ALL_OF_THEM;
    while let Some(Taken { update, again }) = outlet.next().await {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let lane = lane(&update, context);
        let before = last.remove(&lane).filter(|_| lane.pace != Pace::Reload);
        let context_of_task = Arc::clone(context);
        let (end, ended) = oneshot::channel();
        let task = context.tasks.spawn(async move {
            // However it ends.
            let _end: oneshot::Sender<()> = end;
            if let Some(before) = before {
                // How it ended is its own affair.
                let _ = before.await;
            }
            handlers::handle(update, context_of_task).await;
            drop(place);
        });
        // One by one, so that it is known which ended the process. One that only waits (for Telegram, say) is no danger.
        if again && !patience.is_zero() {
            let began = Instant::now();
            let _ = tokio::time::timeout(ALONE.min(patience), task).await;
            patience = patience.saturating_sub(began.elapsed());
        }
        last.insert(lane, ended);
        if last.len() > CHATS {
            last.retain(|_, ended| matches!(ended.try_recv(), Err(TryRecvError::Empty)));
        }
    }
}

/// The lane of an update. (teloxide's own `chat` and `from` panic for some kinds of updates without a person.)
fn lane(update: &Update, context: &Context) -> Lane {
    let chat = match &update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => Some(message.chat.id),
        UpdateKind::CallbackQuery(query) => {
            let under = query.message.as_ref().map(|message| message.chat().id);
            under.or(Some(ChatId::from(query.from.id)))
        }
        // Whoever asks inline does so in no chat.
        UpdateKind::InlineQuery(query) => Some(ChatId::from(query.from.id)),
        UpdateKind::MessageReaction(change) => Some(change.chat.id),
        UpdateKind::MyChatMember(change) => Some(change.chat.id),
        _ => None,
    };
    // A fault in finding its pace is told when it is handled.
    let pace = guarded(|| handlers::pace(update, context));
    Lane {
        chat,
        pace: pace.unwrap_or(Pace::Questions),
    }
}
