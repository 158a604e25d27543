//! Dispatching: updates of one chat are handled one after the other, those of different chats at the same time. What
//! reads or changes files has a lane of its own in each chat, so that questions go on meanwhile.

use std::collections::HashMap;
use std::sync::Arc;

use teloxide::types::ChatId;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::context::Context;
use super::handlers::{self, Pace};
use super::intake::{Outlet, Taken};

/// How many updates are in hand at most; more wait in the intake.
const IN_HAND: usize = 10_000;
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
    // The last update of each lane: the next one waits for it.
    let mut last: HashMap<Lane, JoinHandle<()>> = HashMap::new();
    while let Some(Taken { update, again }) = outlet.next().await {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        // Whoever asks inline does so in no chat.
        let user = || update.from().map(|user| ChatId::from(user.id));
        let lane = Lane {
            chat: update.chat().map(|chat| chat.id).or_else(user),
            pace: handlers::pace(&update, context),
        };
        let before = last.remove(&lane).filter(|_| lane.pace != Pace::Reload);
        let context_of_task = Arc::clone(context);
        let task = context.tasks.spawn(async move {
            if let Some(before) = before {
                // How it ended is its own affair.
                let _ = before.await;
            }
            handlers::handle(update, again, context_of_task).await;
            drop(place);
        });
        last.insert(lane, task);
        if last.len() > CHATS {
            last.retain(|_, task| !task.is_finished());
        }
    }
}
