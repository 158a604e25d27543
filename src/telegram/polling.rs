//! Long polling: asks Telegram for updates, over faults of the network, until it is stopped or told off.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::{Either, select};
use futures::stream::{Stream, unfold};
use serde::Serialize;
use serde_json::Value;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::stop::{StopFlag, StopToken, mk_stop_token};
use teloxide::types::{AllowedUpdate, Update};
use teloxide::update_listeners::{StatefulListener, UpdateListener};
use teloxide::{ApiError, Bot, RequestError};

use super::updates;

/// How long Telegram holds a request open while there is nothing new, in seconds. Must stay below the client's
/// whole timeout.
const HOLD: u32 = 10;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Why updates ended; shared with whoever runs the dispatcher.
#[derive(Clone, Debug, Default)]
pub struct Ended(Arc<Mutex<Option<RequestError>>>);

impl Ended {
    /// The error that ended them; `None` where they were stopped from here.
    pub fn reason(&self) -> Option<RequestError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with(&self, error: RequestError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// `getUpdates` with its result as Telegram sent it.
#[derive(Clone, Debug, Serialize)]
struct RawUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    timeout: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u8>,
    allowed_updates: Vec<AllowedUpdate>,
}

impl Payload for RawUpdates {
    type Output = Vec<Value>;
    const NAME: &'static str = "GetUpdates";
}

struct Poller {
    bot: Bot,
    /// The number behind the last update; asking for it confirms all before.
    offset: Option<i64>,
    waiting: VecDeque<Update>,
    allowed: Vec<AllowedUpdate>,
    token: StopToken,
    stop: StopFlag,
    ended: Ended,
    pause: Duration,
}

/// The updates of the bot, and why they ended.
pub fn listener(bot: Bot) -> (impl UpdateListener<Err = Infallible> + Send, Ended) {
    let ended = Ended::default();
    let (token, stop) = mk_stop_token();
    let poller = Poller {
        bot,
        offset: None,
        waiting: VecDeque::new(),
        allowed: Vec::new(),
        token,
        stop,
        ended: ended.clone(),
        pause: Duration::ZERO,
    };
    let listener = StatefulListener::new_with_hints(
        poller,
        stream,
        |poller: &mut Poller| poller.token.clone(),
        Some(|poller: &mut Poller, hint: &mut dyn Iterator<Item = AllowedUpdate>| poller.allowed = hint.collect()),
    );
    (listener, ended)
}

fn stream(poller: &mut Poller) -> impl Stream<Item = Result<Update, Infallible>> + Send + '_ {
    unfold(poller, |poller| async move {
        let update = poller.next().await?;
        Some((Ok(update), poller))
    })
}

impl Poller {
    async fn next(&mut self) -> Option<Update> {
        loop {
            if let Some(update) = self.waiting.pop_front() {
                return Some(update);
            }
            if self.stop.is_stopped() {
                self.confirm().await;
                return None;
            }
            let asked = JsonRequest::new(self.bot.clone(), self.request(HOLD, None));
            let got = match select(std::pin::pin!(asked.into_future()), self.stop.clone()).await {
                Either::Left((got, _)) => got,
                Either::Right(_) => continue,
            };
            match got {
                Ok(updates) => {
                    self.pause = Duration::ZERO;
                    updates.into_iter().for_each(|update| self.take(update));
                }
                Err(error) if is_final(&error) => {
                    self.ended.with(error);
                    return None;
                }
                Err(error) => self.wait_after(&error).await,
            }
        }
    }

    fn request(&self, timeout: u32, limit: Option<u8>) -> RawUpdates {
        RawUpdates {
            offset: self.offset,
            timeout,
            limit,
            allowed_updates: self.allowed.clone(),
        }
    }

    fn take(&mut self, update: Value) {
        let Some(id) = updates::id(&update) else { return };
        // Telegram sends what is not confirmed again; what was seen is not answered twice.
        if self.offset.is_some_and(|offset| id < offset) {
            return;
        }
        self.offset = Some(id + 1);
        match updates::parse(update) {
            Some(update) => self.waiting.push_back(update),
            None => tracing::warn!(update = id, "an update of an unknown kind is left out"),
        }
    }

    async fn wait_after(&mut self, error: &RequestError) {
        self.pause = match error {
            RequestError::RetryAfter(seconds) => seconds.duration(),
            _ => (self.pause * 2).clamp(Duration::from_secs(1), LONGEST_PAUSE),
        };
        tracing::warn!(%error, pause = ?self.pause, "no updates from Telegram: trying again");
        let _ = select(std::pin::pin!(tokio::time::sleep(self.pause)), self.stop.clone()).await;
    }

    /// Tells Telegram that what was handled need not be sent again.
    async fn confirm(&self) {
        if self.offset.is_some()
            && let Err(error) = JsonRequest::new(self.bot.clone(), self.request(0, Some(1))).await
        {
            tracing::warn!(%error, "the last updates could not be confirmed: Telegram may send them again");
        }
    }
}

/// Whether trying again cannot help.
fn is_final(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Api(ApiError::InvalidToken | ApiError::TerminatedByOtherGetUpdates | ApiError::CantGetUpdates)
    )
}
