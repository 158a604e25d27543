//! What the bot serves over HTTP: its webhook, and for those who look after it `/healthz` and `/metrics`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::context::Context;
use super::intake::{Inbox, webhook};
use super::pages;
use crate::web::listen;

/// Listens at all addresses of the settings; the servers end, with the requests that they have begun, when `stopped`
/// turns true.
///
/// # Errors
///
/// Where an address cannot be listened at.
pub async fn serve(
    context: &Arc<Context>,
    inbox: &Inbox,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<JoinSet<()>> {
    let mut routes: BTreeMap<SocketAddr, Router> = BTreeMap::new();
    let settings = &context.settings;
    if let (Some(webhook), Some(token)) = (&settings.webhook, &settings.token) {
        routes.insert(webhook.listen, webhook::route(webhook, token, inbox.clone()));
    }
    if let Some(address) = settings.metrics_listen {
        let router = routes.remove(&address).unwrap_or_default();
        let looked_after = Router::new()
            .route("/healthz", get(healthz))
            .route("/metrics", get(metrics))
            .with_state(Arc::clone(context));
        routes.insert(address, router.merge(looked_after));
    }
    if let (Some(web), Some(_)) = (&settings.web, &context.pages) {
        let router = routes.remove(&web.listen).unwrap_or_default();
        routes.insert(web.listen, router.merge(pages::routes(context, &web.url)));
    }
    let mut servers = JoinSet::new();
    for (address, router) in routes {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address}: HUIWEN_WEBHOOK_LISTEN, HUIWEN_METRICS_LISTEN, HUIWEN_WEB_LISTEN"))?;
        tracing::info!(%address, "listening");
        servers.spawn(listen::serve(listener, router, stopped.clone()));
    }
    Ok(servers)
}

/// Whether the bot can do its work: it answers, and what it keeps can be read.
async fn healthz(State(context): State<Arc<Context>>) -> impl IntoResponse {
    match context.records.updates_waiting() {
        Ok(_) => (StatusCode::OK, "ok\n".to_owned()),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")),
    }
}

async fn metrics(State(context): State<Arc<Context>>) -> impl IntoResponse {
    let (files, passages) = context
        .knowledge
        .whole()
        .with_catalogue(|catalogue| (catalogue.len(), catalogue.passages()));
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], context.metrics.text(files, passages))
}
