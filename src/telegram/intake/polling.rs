//! Long polling: asks Telegram for updates, over faults of the network, until it is stopped or told off.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::types::AllowedUpdate;
use teloxide::{ApiError, Bot, RequestError};
use tokio::sync::watch;

use super::super::start::without_body;
use super::{Inbox, WANTED, updates};

/// How long Telegram holds a request open while there is nothing new, in seconds. Must stay below the client's
/// whole timeout.
const HOLD: u32 = 10;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// `getUpdates` with its result as Telegram sent it.
#[derive(Clone, Debug, Serialize)]
struct RawUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    timeout: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u8>,
    allowed_updates: [AllowedUpdate; WANTED.len()],
}

impl Payload for RawUpdates {
    type Output = Vec<Value>;
    const NAME: &'static str = "GetUpdates";
}

/// Puts updates into the inbox until `stopped` turns true.
///
/// # Errors
///
/// Where trying again cannot help: the token is refused, or somebody else uses it.
pub async fn poll(bot: &Bot, inbox: &Inbox, mut stopped: watch::Receiver<bool>) -> Result<(), RequestError> {
    // The number behind the last update; asking for it confirms all before.
    let mut offset: Option<i64> = None;
    let mut pause = Duration::ZERO;
    while !*stopped.borrow() {
        let asked = JsonRequest::new(bot.clone(), request(offset, HOLD, None));
        let got = tokio::select! {
            got = async { asked.await } => got,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        match got {
            Ok(batch) => {
                pause = Duration::ZERO;
                let last = batch.iter().filter_map(updates::id).max();
                inbox.accept(batch).await;
                offset = last.map_or(offset, |last| Some(last + 1).max(offset));
            }
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => {
                pause = match &error {
                    RequestError::RetryAfter(seconds) => seconds.duration(),
                    _ => (pause * 2).clamp(Duration::from_secs(1), LONGEST_PAUSE),
                };
                tracing::warn!(
                    error = without_body(&error),
                    ?pause,
                    "no updates from Telegram: trying again"
                );
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = stopped.wait_for(|stopped| *stopped) => break,
                }
            }
        }
    }
    // Tells Telegram that what was taken need not be sent again.
    if offset.is_some()
        && let Err(error) = JsonRequest::new(bot.clone(), request(offset, 0, Some(1))).await
    {
        tracing::warn!(
            error = without_body(&error),
            "the last updates could not be confirmed: Telegram may send them again"
        );
    }
    Ok(())
}

fn request(offset: Option<i64>, timeout: u32, limit: Option<u8>) -> RawUpdates {
    RawUpdates {
        offset,
        timeout,
        limit,
        allowed_updates: WANTED,
    }
}

/// Whether trying again cannot help.
fn is_final(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Api(ApiError::InvalidToken | ApiError::TerminatedByOtherGetUpdates | ApiError::CantGetUpdates)
    )
}
