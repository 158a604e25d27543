//! The bot: an answer as Telegram messages.
//!
//! An update's way: `intake` gets it, by polling or by webhook, and keeps it until it is done; `request` says whether
//! and what a message asks of us, `button` what a pressed button says; `access` and `limits` say whether it is served;
//! `handlers` call the core, a file for each kind of request; `render` makes the message, of `rich` text within
//! Telegram's limits; `send` sends it.
//!
//! `context` is what handlers share: `records` on disk, `conversations` in memory, the `reloads` under way, `metrics`.
//! `start` and `menu` are what happens before the first update; `web` serves the webhook and those who look after it.

mod access;
mod button;
mod context;
mod conversations;
mod handlers;
mod intake;
mod limits;
mod menu;
mod metrics;
mod records;
mod reloads;
mod render;
mod request;
mod rich;
mod send;
mod start;
mod web;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use teloxide::RequestError;
use teloxide::prelude::Dispatcher;
use teloxide::types::Update;
use tokio::sync::watch;

use crate::library::Library;
use crate::settings::Settings;
use context::Context;
use intake::{Inbox, Outlet, polling, webhook};
use records::Records;

/// How many updates of one chat may wait before others' have to.
const QUEUE: usize = 10_000;
/// How often cards that are too old are dropped.
const TIDY: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs the bot until SIGINT or SIGTERM; what was begun is finished.
///
/// # Errors
///
/// Where there is no token, where Telegram refuses it, where another process uses it or the data folder too, or where
/// an address cannot be listened at.
pub async fn run(settings: Settings, library: Arc<Library>) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let stop = Arc::new(stop);
    let signals = Arc::clone(&stop);
    tokio::spawn(async move {
        start::asked_to_stop().await;
        tracing::info!("asked to stop: finishing what was begun");
        signals.send_replace(true);
    });
    let lang = settings.lang;
    let bot = start::client(&settings, start::REQUEST)?;
    let records = Records::open(&settings.data).context(lang.pick(
        "机器人的记录打不开；坏了的话，请从备份恢复，或移走它重新开始",
        "what the bot keeps cannot be opened; restore it from a backup, or move it away to begin anew",
    ))?;
    let records = Arc::new(records);
    let Some(me) = start::who_am_i(&bot, &settings, stopped.clone()).await? else {
        return Ok(());
    };
    tracing::info!(bot = me.username(), "ready");
    let (inbox, outlet) = intake::inbox(Arc::clone(&records));
    let context = Arc::new(Context::new(bot, me, settings, library, records)?);
    menu::set(&context.bot, &context.settings).await;
    let mut servers = web::serve(&context, &inbox, stopped.clone()).await?;
    let tidying = tokio::spawn(tidy(Arc::clone(&context)));
    let (taken, handled) = tokio::join!(
        async {
            let taken = take_in(&context, inbox, stopped).await;
            // Nothing more comes in: what serves others may end too.
            stop.send_replace(true);
            while servers.join_next().await.is_some() {}
            taken
        },
        handle(&context, outlet)
    );
    context.tasks.close();
    context.tasks.wait().await;
    tidying.abort();
    handled.map_err(|error| start::explain(lang, &error))?;
    taken.map_err(|error| start::explain(lang, &error))
}

/// Takes updates in until it is stopped; the inbox ends with it.
async fn take_in(context: &Context, inbox: Inbox, mut stopped: watch::Receiver<bool>) -> Result<(), RequestError> {
    match (&context.settings.webhook, &context.settings.token) {
        (Some(webhook), Some(token)) => {
            webhook::announce(&context.bot, webhook, token).await?;
            tracing::info!(url = %webhook.url, "updates are delivered by webhook");
            // An error means that the process ends anyway.
            let _ = stopped.wait_for(|stopped| *stopped).await;
            Ok(())
        }
        _ => polling::poll(&context.bot, &inbox, stopped).await,
    }
}

/// Handles updates, those of each chat in their order, until no more come.
async fn handle(context: &Arc<Context>, outlet: Outlet) -> Result<(), RequestError> {
    let endpoint = |update: Update, context: Arc<Context>| async move {
        handlers::handle(update, context).await;
        Ok::<(), Infallible>(())
    };
    let mut dispatcher = Dispatcher::builder(context.bot.clone(), dptree::entry().endpoint(endpoint))
        .dependencies(dptree::deps![Arc::clone(context)])
        .default_handler(|_| async {})
        .worker_queue_size(QUEUE)
        // Whoever asks inline does so in no chat.
        .distribution_function(|update: &Update| {
            let user = || update.from().map(|user| teloxide::types::ChatId::from(user.id));
            update.chat().map(|chat| chat.id).or_else(user)
        })
        .build();
    let ignored = Arc::new(|never: Infallible| async move { match never {} });
    dispatcher
        .try_dispatch_with_listener(intake::listener(outlet), ignored)
        .await
}

/// Drops what nobody needs any more, now and once a day.
async fn tidy(context: Arc<Context>) {
    loop {
        match context.records.drop_old_cards() {
            Ok(0) => {}
            Ok(dropped) => tracing::info!(dropped, "buttons of old answers no longer work"),
            Err(error) => context.fault("old cards were not dropped", &error),
        }
        tokio::time::sleep(TIDY).await;
    }
}
