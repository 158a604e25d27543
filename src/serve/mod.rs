//! `huiwen serve`: the same answers for other programs, over HTTP as JSON. Whoever has the key may ask; [`openapi.json`] tells how.
//!
//! [`openapi.json`]: https://spec.openapis.org/oas/v3.1.0

mod door;
mod objects;
mod routes;

use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::library::Library;
use crate::mcp::{self, Desk};
use crate::settings::Settings;
use crate::web::listen;
use door::Door;

/// What requests are answered from.
struct Server {
    desk: Arc<Desk>,
    door: Door,
    /// The same for assistants.
    mcp: mcp::Http,
}

/// Serves until SIGINT or SIGTERM; what was begun is finished.
///
/// # Errors
///
/// Where there is no key, or the address cannot be listened at.
pub async fn run(settings: Settings, library: Library) -> anyhow::Result<()> {
    let Some(key) = settings.api.key.clone() else {
        anyhow::bail!(settings.lang.pick(
            "没有设置 HUIWEN_API_KEY：请自己定一个（至少 20 个字母、数字、_ 或 -），写进 .env",
            "HUIWEN_API_KEY is not set: choose one (at least 20 letters, digits, _ or -) and write it into .env"
        ));
    };
    let address = settings.api.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address}: HUIWEN_API_LISTEN"))?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    let door = Door::new(key, settings.api.rate);
    let desk = Arc::new(Desk::new(settings, library));
    let server = Arc::new(Server {
        mcp: mcp::http(&desk),
        desk,
        door,
    });
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        crate::web::stop::asked().await;
        stop.send_replace(true);
    });
    listen::serve(listener, routes::router(&server), stopped).await;
    Ok(())
}
