//! The bot: an answer as Telegram messages.
//!
//! An update's way: `intake` gets it, by polling or by webhook, and keeps it until it is done; `dispatch` gives those of
//! a chat out in their order; `request` says whether
//! and what a message asks of us, `button` what a pressed button says; `access` and `limits` say whether it is served;
//! `handlers` call the core, a file for each kind of request; `render` makes the message, of `rich` text within
//! Telegram's limits; `send` sends it, at a `pace` that Telegram takes.
//!
//! Beside them `alerts` tell whoever watches something what reloads bring.
//!
//! `context` is what handlers share: the `knowledge`, of which each chat has a view of what it sees, `records` on disk,
//! `conversations` in memory, the `reloads` under way, `metrics`.
//! `start` and `menu` are what happens before the first update; `web` serves the webhook, those who look after it, and the
//! pages of papers: `pages` knows who may see them, `init_data` who opens one as a Mini App.

mod access;
mod alerts;
mod button;
mod context;
mod conversations;
mod dispatch;
mod handlers;
mod init_data;
mod intake;
mod knowledge;
mod limits;
mod menu;
mod metrics;
mod pace;
mod pages;
mod records;
mod reloads;
mod render;
mod request;
mod rich;
mod send;
mod start;
mod web;

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use teloxide::RequestError;
use teloxide::prelude::*;
use teloxide::types::ChatId;
use tokio::sync::watch;

use crate::guard::guarded;
use crate::library::Library;
use crate::settings::{AccessMode, Settings};
use crate::wording::{folders_lost, records_damaged, records_passing};
use context::Context;
use intake::{Inbox, polling, webhook};
use metrics::Metrics;
use records::{Damage, Records};

/// How often what is too old is dropped.
const TIDY: Duration = Duration::from_secs(60 * 60);
/// How long what was begun may take when the bot is asked to stop. What is not done then is done at the next start.
const GRACE: Duration = Duration::from_secs(60);
/// How long a server's open requests may take.
const SERVERS: Duration = Duration::from_secs(5);

/// Runs the bot until SIGINT or SIGTERM; what was begun is finished.
///
/// # Errors
///
/// Where there is no token, where Telegram refuses it, where another process uses it or the data folder too, or where
/// an address cannot be listened at.
pub async fn run(settings: Settings, library: Arc<Library>) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let stop = Arc::new(stop);
    tokio::spawn(start::stop_when_asked(Arc::clone(&stop)));
    let lang = settings.lang;
    if settings.access.mode == AccessMode::Open && !settings.access.allowed.is_empty() {
        tracing::warn!("HUIWEN_ALLOWED restricts nobody while HUIWEN_ACCESS is open");
    }
    let bot = start::client(&settings, start::REQUEST)?;
    let records = Records::open(&settings.data).context(lang.pick(
        "机器人的记录打不开；坏了的话，请从备份恢复，或移走它重新开始",
        "what the bot keeps cannot be opened; restore it from a backup, or move it away to begin anew",
    ))?;
    let records = Arc::new(records);
    let Some(me) = start::until_reached(lang, &stopped, || bot.get_me().into_future()).await? else {
        return Ok(());
    };
    tracing::info!(bot = me.username(), "ready");
    let (close, closed) = watch::channel(false);
    let metrics = Arc::new(Metrics::new());
    metrics.count_panics();
    let (inbox, outlet) = intake::inbox(Arc::clone(&records), Arc::clone(&metrics), closed);
    let context = Arc::new(Context::new(bot, me, settings, library, records, metrics)?);
    let mut servers = web::serve(&context, &inbox, stopped.clone()).await?;
    tokio::spawn(tell_admins(Arc::clone(&context)));
    let beside = [
        tokio::spawn(menu::set(Arc::clone(&context))),
        tokio::spawn(tidy(Arc::clone(&context))),
        tokio::spawn(alerts::run(Arc::clone(&context))),
    ];
    let of_dispatch = Arc::clone(&context);
    let dispatched = tokio::spawn(async move { dispatch::dispatch(&of_dispatch, outlet).await });
    let taken = take_in(&context, inbox, &stopped).await;
    // Nothing more comes in: what serves others may end too.
    stop.send_replace(true);
    let ended = async { while servers.join_next().await.is_some() {} };
    if tokio::time::timeout(SERVERS, ended).await.is_err() {
        servers.shutdown().await;
    }
    close.send_replace(true);
    let finished = async {
        // A dispatcher that broke off has logged why, and leaves nothing to wait for.
        let _ = dispatched.await;
        context.tasks.close();
        context.tasks.wait().await;
    };
    if tokio::time::timeout(GRACE, finished).await.is_err() {
        tracing::warn!(updates = context.tasks.len(), "left for the next start");
    }
    beside.iter().for_each(tokio::task::JoinHandle::abort);
    context.kept("what is left", context.records.forgive_updates());
    taken
}

/// Tells the admins that what the bot keeps was damaged, or cannot be kept.
async fn tell_admins(context: Arc<Context>) {
    let lines = |lang| {
        let disk = match context.records.damage() {
            Some(Damage { aside, saved }) => {
                let aside = aside.file_name().unwrap_or_default().to_string_lossy();
                Some(records_damaged(lang, &aside, *saved))
            }
            None => context.records.are_passing().then(|| records_passing(lang)),
        };
        let folders = context.records.has_lost_folders().then(|| folders_lost(lang));
        disk.into_iter().chain(folders).collect::<Vec<_>>()
    };
    for admin in &context.settings.admins {
        let chat = ChatId::from(*admin);
        let lines = lines(context.lang(chat));
        if lines.is_empty() {
            return;
        }
        let to = send::Destination {
            chat,
            topic: None,
            reply_to: None,
        };
        if let Err(error) = context.outbox.message(to, &render::lines(&lines), None).await {
            context.fault("an admin was not told what is the matter with the disk", &error);
        }
    }
}

/// Takes updates in until it is stopped; the inbox ends with it.
async fn take_in(context: &Context, inbox: Inbox, stopped: &watch::Receiver<bool>) -> anyhow::Result<()> {
    let (bot, lang) = (&context.bot, context.settings.lang);
    if let (Some(webhook), Some(token)) = (&context.settings.webhook, &context.settings.token) {
        let announced = start::until_reached(lang, stopped, || webhook::announce(bot, webhook, token)).await?;
        if announced.is_some() {
            tracing::info!(url = %webhook.url, "updates are delivered by webhook");
            // An error means that the process ends anyway.
            let _ = stopped.clone().wait_for(|stopped| *stopped).await;
        }
        return Ok(());
    }
    // A webhook that an earlier configuration set would keep updates from us.
    if start::until_reached(lang, stopped, || bot.delete_webhook().into_future())
        .await?
        .is_none()
    {
        return Ok(());
    }
    let polled: Result<(), RequestError> = polling::poll(bot, &inbox, stopped.clone()).await;
    polled.map_err(|error| start::explain(lang, &error))
}

/// Drops what nobody needs any more, now and every hour.
async fn tidy(context: Arc<Context>) {
    loop {
        // A defect in it costs this time alone.
        if guarded(|| tidy_once(&context)).is_err() {
            context.metrics.error();
            tracing::error!("what is too old was not dropped");
        }
        tokio::select! {
            () = tokio::time::sleep(TIDY) => {}
            () = context.records.crowded() => {}
        }
    }
}

fn tidy_once(context: &Context) {
    context.kept("what was done long ago", context.records.forget_updates());
    context.kept("links of long ago", context.records.drop_old_links());
    context.limits.forget();
    match context.records.drop_old_cards() {
        Ok(uploads) => uploads.iter().for_each(|called| context.shelf.drop_aside(called)),
        Err(error) => context.fault("old cards were not dropped", &error),
    }
    context.kept("what is dropped, as room on the disk", context.records.compact());
}
