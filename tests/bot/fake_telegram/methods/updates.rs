//! getUpdates and webhooks.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::state::Shared;
use super::{Refusal, integer};

/// Somebody who polls, until it is dropped. A connection that breaks ends it, too.
struct Poller<'a>(&'a Shared);

impl Drop for Poller<'_> {
    fn drop(&mut self) {
        self.0.with(|inner| inner.updates.pollers -= 1);
    }
}

pub async fn get_updates(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let limit = integer(&parameters["limit"]).unwrap_or(100).clamp(1, 100) as usize;
    let timeout = integer(&parameters["timeout"]).unwrap_or(0).clamp(0, 50) as u64;
    let (pollers, has_webhook) = shared.with(|inner| {
        inner.updates.pollers += 1;
        (inner.updates.pollers, inner.updates.webhook.is_some())
    });
    let _poller = Poller(shared);
    if has_webhook {
        return Err(conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    if pollers > 2 {
        return Err(conflict(
            "terminated by other getUpdates request; make sure that only one bot instance is running",
        ));
    }
    shared.with(|inner| {
        inner.updates.allow(&parameters["allowed_updates"]);
        if let Some(offset) = integer(&parameters["offset"]) {
            inner.updates.confirm(offset);
        }
    });
    let waiting = shared.wait_for(|inner| {
        if inner.updates.webhook.is_some() {
            return Some(Err(conflict("terminated by setWebhook request")));
        }
        let updates = inner.updates.deliver(limit);
        (!updates.is_empty()).then_some(Ok(Value::Array(updates)))
    });
    tokio::time::timeout(Duration::from_secs(timeout), waiting)
        .await
        .unwrap_or(Ok(json!([])))
}

fn conflict(why: &str) -> Refusal {
    Refusal::new(409, format!("Conflict: {why}"))
}

pub fn set_webhook(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let url = parameters["url"].as_str().unwrap_or_default();
    if url.is_empty() {
        return Ok(delete_webhook(shared, parameters));
    }
    let parsed = reqwest::Url::parse(url).map_err(|_| Refusal::bad("bad webhook: invalid webhook URL specified"))?;
    if parsed.scheme() != "https" {
        return Err(Refusal::bad("bad webhook: HTTPS url must be provided for webhook"));
    }
    if ![80, 88, 443, 8443].contains(&parsed.port_or_known_default().unwrap_or_default()) {
        let why = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443";
        return Err(Refusal::bad(why));
    }
    if let Some(secret) = parameters["secret_token"].as_str() {
        if !(1..=256).contains(&secret.len()) {
            return Err(Refusal::bad("secret token is too long"));
        }
        if !secret.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
            return Err(Refusal::bad("secret token contains unallowed characters"));
        }
    }
    shared.with(|inner| {
        inner.updates.allow(&parameters["allowed_updates"]);
        if parameters["drop_pending_updates"] == true {
            inner.updates.drop_all();
        }
        inner.updates.webhook = Some(parameters.clone());
    });
    Ok(json!(true))
}

pub fn delete_webhook(shared: &Shared, parameters: &Value) -> Value {
    shared.with(|inner| {
        if parameters["drop_pending_updates"] == true {
            inner.updates.drop_all();
        }
        inner.updates.webhook = None;
    });
    json!(true)
}

pub fn get_webhook_info(shared: &Shared) -> Value {
    shared.with(|inner| {
        let mut info =
            json!({"url": "", "has_custom_certificate": false, "pending_update_count": inner.updates.pending()});
        if let Some(webhook) = &inner.updates.webhook {
            for name in ["url", "max_connections", "ip_address", "allowed_updates"] {
                if let Some(value) = webhook.get(name) {
                    info[name] = value.clone();
                }
            }
        }
        info
    })
}
