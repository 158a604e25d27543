//! The webhook: Telegram delivers updates to us, and shows the secret with each.

use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::Value;
use teloxide::prelude::*;
use teloxide::{Bot, RequestError};

use super::{Inbox, WANTED};
use crate::digest::{digest, same_secret};
use crate::settings::{Token, Webhook};

/// Telegram's header for the secret.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// The longest update that is taken, in bytes. Telegram's are a few kilobytes.
const LONGEST: usize = 1024 * 1024;

/// How long an update may take to come in.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Door {
    inbox: Inbox,
    secret: String,
}

/// The route that Telegram delivers to.
pub fn route(webhook: &Webhook, token: &Token, inbox: Inbox) -> Router {
    let door = Door {
        inbox,
        secret: secret(webhook, token),
    };
    Router::new().route(webhook.url.path(), post(deliver)).with_state(door)
}

/// Tells Telegram where to deliver.
///
/// # Errors
///
/// Where Telegram refuses the address or cannot be reached.
pub async fn announce(bot: &Bot, webhook: &Webhook, token: &Token) -> Result<(), RequestError> {
    bot.set_webhook(webhook.url.clone())
        .secret_token(secret(webhook, token))
        .allowed_updates(WANTED)
        .await?;
    Ok(())
}

/// The secret of the settings, or one that whoever knows the token can make again.
fn secret(webhook: &Webhook, token: &Token) -> String {
    match &webhook.secret {
        Some(secret) => secret.reveal().to_owned(),
        None => digest(format!("huiwen webhook {}", token.reveal()), 32),
    }
}

/// An update is kept before it is acknowledged: what is not, Telegram delivers again.
async fn deliver(State(door): State<Door>, request: Request) -> StatusCode {
    // Whoever does not know the secret need not be listened to.
    let shown = request.headers().get(SECRET_HEADER).map(|value| value.as_bytes());
    if !shown.is_some_and(|shown| same_secret(shown, door.secret.as_bytes())) {
        tracing::warn!("somebody who does not know the secret called the webhook");
        return StatusCode::UNAUTHORIZED;
    }
    let body = match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), LONGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE,
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
    };
    match serde_json::from_slice::<Value>(&body) {
        Ok(update) => {
            // Should Telegram hang up meanwhile, what was begun is still done.
            let accepted = tokio::spawn(async move { door.inbox.accept(vec![update]).await });
            match accepted.await {
                Ok(()) => StatusCode::OK,
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
        Err(error) => {
            // Not the words: they may be somebody's.
            tracing::warn!(
                line = error.line(),
                column = error.column(),
                "what was delivered is no update"
            );
            StatusCode::BAD_REQUEST
        }
    }
}
