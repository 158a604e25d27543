//! The bot: an answer as Telegram messages.
//!
//! An update's way, a file each: `polling` gets it (`updates` keeps its text where teloxide would lose it), `request`
//! says whether and what it asks of us, `handlers` calls the core, `render` makes the message with `rich` text within
//! Telegram's limits, `send` sends it. `conversations` remembers earlier questions; `start` is what happens before
//! the first update.

mod conversations;
mod handlers;
mod polling;
mod render;
mod request;
mod rich;
mod send;
mod start;
mod updates;

use std::sync::Arc;

use teloxide::Bot;
use teloxide::prelude::Dispatcher;
use teloxide::update_listeners::UpdateListener;

use crate::library::Library;
use crate::settings::Settings;
use conversations::Conversations;
use handlers::Context;

/// Runs the bot until SIGINT or SIGTERM; what was begun is finished.
///
/// # Errors
///
/// Where there is no token, where Telegram refuses it, or where another process uses it too.
pub async fn run(settings: Settings, library: Arc<Library>) -> anyhow::Result<()> {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(async move {
        start::asked_to_stop().await;
        tracing::info!("asked to stop: finishing what was begun");
        let _ = stop.send(true);
    });
    let bot = start::client(&settings)?;
    let Some(me) = start::who_am_i(&bot, &settings, stopped.clone()).await? else {
        return Ok(());
    };
    tracing::info!(bot = me.username(), "ready");
    let context = Arc::new(Context {
        library,
        settings,
        conversations: Conversations::default(),
        me,
    });
    start::set_menu(&bot, &context).await;
    serve(bot, context, stopped).await
}

/// Handles updates until `stopped` turns true, or none can be had any more.
async fn serve(bot: Bot, context: Arc<Context>, mut stopped: tokio::sync::watch::Receiver<bool>) -> anyhow::Result<()> {
    let (mut listener, ended) = polling::listener(bot.clone());
    let no_more = listener.stop_token();
    let lang = context.settings.lang;
    let mut dispatcher = Dispatcher::builder(bot, handlers::schema())
        .dependencies(dptree::deps![context])
        .default_handler(|_| async {})
        .build();
    let token = dispatcher.shutdown_token();
    tokio::spawn(async move {
        // An error means that the process ends anyway.
        let _ = stopped.wait_for(|stopped| *stopped).await;
        // Signals may come before the dispatcher listens for them.
        while token.shutdown().is_err() {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // The dispatcher misses the token's notice where it is busy with an update just then: without updates it ends.
        no_more.stop();
    });
    let ignored = Arc::new(|never: std::convert::Infallible| async move { match never {} });
    dispatcher
        .try_dispatch_with_listener(listener, ignored)
        .await
        .map_err(|error| start::explain(lang, &error))?;
    match ended.reason() {
        Some(error) => Err(start::explain(lang, &error)),
        None => Ok(()),
    }
}
