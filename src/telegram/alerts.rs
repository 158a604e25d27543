//! Alerts: after each reload, and at the start, whoever watches something is told what is new of it, in one message.
//!
//! First it is found out what is new and whom it concerns, and kept together on disk; then it is sent, and dropped from there
//! once Telegram has it. Whatever ends the process in between, the next start goes on.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use teloxide::types::ChatId;

use super::access::Caller;
use super::context::Context;
use super::records::{Alert, AlertKey, CardOf, Found, Heard, Outline, Records, RecordsError, WatchId, Watched};
use super::render;
use super::send::Destination;
use super::start::is_passing;
use crate::digest::hex;
use crate::guard::guarded_future;
use crate::index::Paper;
use crate::library::{IndexError, Sight, View};
use crate::text::fold_str;
use crate::watch::{News, Watch, news, sentences_of};

/// How often it is looked whether something is left to be told, beside after reloads.
const AGAIN: Duration = Duration::from_secs(10 * 60);
/// Most findings of a message; the rest is counted.
const MOST: usize = 10;
/// So many chats are told at the same time.
const AT_ONCE: usize = 8;

/// Why it could not be found out what is new.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// What the bot keeps cannot be read or written.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Tells whoever watches, now and after each reload; what cannot be sent or found out is tried again.
pub async fn run(context: Arc<Context>) {
    let (mut looked, mut told) = (false, HashSet::new());
    loop {
        let round = async {
            if !looked {
                match context.look_for_news(false).await {
                    Ok(()) => looked = true,
                    Err(error) => context.fault("it was not found out what is new", &error),
                }
            }
            deliver(&context, &mut told).await;
        };
        // A defect in it costs this time alone.
        if guarded_future(round).await.is_err() {
            context.metrics.error();
            tracing::error!("whoever watches was not told: please report it");
        }
        tokio::select! {
            () = context.knowledge.brought() => looked = false,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}

impl Context {
    /// Finds out what is new, and keeps what chats are to be told of it; where nothing was watched before, and somebody is
    /// `about_to` watch, nothing is new yet.
    pub async fn look_for_news(self: &Arc<Self>, about_to: bool) -> Result<(), AlertError> {
        // One after the other: what is new is new once.
        let _turn = self.listening.lock().await;
        let context = Arc::clone(self);
        let looked = tokio::task::spawn_blocking(move || context.look(about_to)).await;
        looked.unwrap_or_else(|error| {
            self.fault("a defect: please report it", &error);
            Ok(())
        })
    }

    fn look(&self, about_to: bool) -> Result<(), AlertError> {
        let records = &self.records;
        // What is heard could not be kept: it would be told again at each start.
        if records.are_passing() {
            return Ok(());
        }
        let watches = records.all_watches()?;
        if watches.is_empty() && !about_to {
            return Ok(records.forget_heard()?);
        }
        let whole = self.knowledge.whole();
        let files: BTreeMap<String, String> = whole.with_catalogue(|catalogue| {
            let files = catalogue.files();
            files
                .map(|entry| (entry.file.to_owned(), hex(&entry.stamp().text())))
                .collect()
        });
        let Some(outlines) = records.heard_outlines()? else {
            return begin(records, &whole, &files);
        };
        let changes = Changed::of(&files, &outlines);
        if !changes.is_nothing() {
            let mut listeners = self.listeners(&watches);
            let heard = hear(records, &whole, &changes, &mut listeners)?;
            let alerts: Vec<(ChatId, Alert)> = listeners.into_iter().filter_map(Listener::alert).collect();
            tracing::info!(files = heard.len(), chats = alerts.len(), "looked for news");
            records.keep_heard(&heard, &alerts)?;
        }
        Ok(records.forget_gone(&outlines)?)
    }

    /// The chats that watch, each with what it sees.
    fn listeners(&self, watches: &BTreeMap<ChatId, Vec<(WatchId, Watched)>>) -> Vec<Listener> {
        // Who sees the same knows the same people.
        let mut known: Vec<(Sight, Arc<HashSet<String>>)> = Vec::new();
        let listeners = watches.iter().map(|(chat, watched)| {
            let seen = self.seen_in(*chat);
            let at = known
                .iter()
                .position(|(sight, _)| sight == seen.sight())
                .unwrap_or_else(|| {
                    known.push((seen.sight().clone(), Arc::new(people(&seen))));
                    known.len() - 1
                });
            let of_words = |words: &str| Watch::of(words).ok().map(|watch| (words.to_owned(), watch));
            Listener {
                chat: *chat,
                lang: self.lang(*chat),
                topic: watched.first().and_then(|(_, watched)| watched.topic),
                watches: watched
                    .iter()
                    .filter_map(|(_, watched)| of_words(&watched.words))
                    .collect(),
                people: Arc::clone(&known[at].1),
                sight: seen.sight().clone(),
                told: HashSet::new(),
                found: Vec::new(),
                more: 0,
            }
        });
        listeners.collect()
    }
}

/// The files that are to be looked at, or are gone.
struct Changed<'f> {
    changed: Vec<&'f str>,
    gone: Vec<&'f str>,
}

impl<'f> Changed<'f> {
    /// What the files' texts are now beside what they were when they were looked at.
    fn of(files: &'f BTreeMap<String, String>, outlines: &'f HashMap<String, Outline>) -> Changed<'f> {
        let is_known = |file: &str, text: &str| {
            let known = outlines.get(file);
            known.is_some_and(|known| known.text == text && known.gone.is_none())
        };
        let changed = files.iter().filter(|(file, text)| !is_known(file, text));
        let gone = outlines
            .iter()
            .filter(|(file, outline)| outline.gone.is_none() && !files.contains_key(*file));
        Changed {
            changed: changed.map(|(file, _)| file.as_str()).collect(),
            gone: gone.map(|(file, _)| file.as_str()).collect(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty()
    }
}

/// A chat that watches, and what it is to be told.
struct Listener {
    chat: ChatId,
    lang: crate::wording::Lang,
    topic: Option<i32>,
    watches: Vec<(String, Watch)>,
    /// Who speaks in what it sees.
    people: Arc<HashSet<String>>,
    sight: Sight,
    /// What is in the message already, or counted: the same words in two files are told once.
    told: HashSet<String>,
    found: Vec<Found>,
    more: usize,
}

impl Listener {
    /// Takes what of some news concerns it; each under the first watch that it has to do with.
    fn take(&mut self, news: &News<'_>) {
        let is_person = |word: &str| self.people.contains(word);
        let concerned = self.watches.iter().find_map(|(words, watch)| {
            let (way, quote) = news.concerns(watch, is_person)?;
            Some((words, way, quote))
        });
        let Some((words, way, quote)) = concerned else { return };
        if !self.told.insert(quote.text.clone()) {
            return;
        }
        if self.found.len() == MOST {
            self.more += 1;
            return;
        }
        let shown = render::shown(std::slice::from_ref(&quote), self.lang);
        self.found.extend(shown.into_iter().map(|shown| Found {
            words: words.clone(),
            way,
            shown,
        }));
    }

    fn alert(mut self) -> Option<(ChatId, Alert)> {
        let order = |words: &str| self.watches.iter().position(|(known, _)| known == words);
        self.found.sort_by_key(|found| (order(&found.words), found.way as u8));
        let alert = Alert {
            found: self.found,
            more: self.more,
            topic: self.topic,
        };
        (!alert.found.is_empty()).then_some((self.chat, alert))
    }
}

/// Who speaks in what is seen, by name.
fn people(seen: &View) -> HashSet<String> {
    seen.with_catalogue(|catalogue| {
        let persons = catalogue.participants().filter(|participant| !participant.group);
        persons
            .filter_map(|person| person.name.as_deref().map(fold_str))
            .collect()
    })
}

/// The first time nothing is new.
fn begin(records: &Records, whole: &View, files: &BTreeMap<String, String>) -> Result<(), AlertError> {
    let mut heard = Vec::new();
    for file in files.keys() {
        if let Some(paper) = whole.paper(file)? {
            heard.push((file.clone(), heard_of(&paper)));
        }
    }
    tracing::info!(files = heard.len(), "watching begins");
    Ok(records.keep_heard(&heard, &[])?)
}

fn heard_of(paper: &Paper) -> Heard {
    Heard {
        text: hex(&crate::digest::sha256(&paper.text)),
        sentences: sentences_of(paper),
        gone: None,
    }
}

/// Looks at each file that is new or has changed, and gives what is new in it to those who see it. What is heard by now.
fn hear(
    records: &Records,
    whole: &View,
    changes: &Changed<'_>,
    listeners: &mut [Listener],
) -> Result<Vec<(String, Heard)>, AlertError> {
    let before = records.heard()?;
    let mut holders: HashMap<u64, Vec<&str>> = HashMap::new();
    for (file, heard) in &before {
        for sentence in &heard.sentences {
            holders.entry(*sentence).or_default().push(file);
        }
    }
    let mut heard = Vec::new();
    for &file in &changes.changed {
        let Some(paper) = whole.paper(file)? else { continue };
        let now = heard_of(&paper);
        let sources = sources(file, &now.sentences, &holders);
        // Who sees the same has heard the same.
        let mut fresh: Vec<(Sight, Vec<News<'_>>)> = Vec::new();
        for listener in listeners.iter_mut().filter(|listener| listener.sight.sees(file)) {
            let at = match fresh.iter().position(|(sight, _)| *sight == listener.sight) {
                Some(at) => at,
                None => {
                    let known = sources.iter().filter(|source| listener.sight.sees(source));
                    let known = known
                        .filter_map(|source| before.get(*source))
                        .flat_map(|heard| &heard.sentences);
                    let known: HashSet<u64> = known.copied().collect();
                    fresh.push((listener.sight.clone(), news(&paper, &known)));
                    fresh.len() - 1
                }
            };
            fresh[at].1.iter().for_each(|news| listener.take(news));
        }
        heard.push((file.to_owned(), now));
    }
    let now = crate::clock::now();
    for &file in &changes.gone {
        if let Some(known) = before.get(file) {
            let gone = Heard {
                gone: Some(now),
                ..known.clone()
            };
            heard.push((file.to_owned(), gone));
        }
    }
    Ok(heard)
}

/// The files that one was made of: as it was before, and each that holds half of it or more: it was moved, copied, or is
/// another edition. `holders` are the files that each sentence stood in before.
fn sources<'h>(file: &'h str, sentences: &[u64], holders: &HashMap<u64, Vec<&'h str>>) -> HashSet<&'h str> {
    let mut shared: HashMap<&str, usize> = HashMap::new();
    for holder in sentences.iter().filter_map(|sentence| holders.get(sentence)).flatten() {
        *shared.entry(holder).or_default() += 1;
    }
    let halves = shared.into_iter().filter(|(_, count)| count * 2 >= sentences.len());
    halves.map(|(other, _)| other).chain([file]).collect()
}

/// Sends what chats are still to be told. What was told and could not be dropped stands in `told`: it is not told again.
async fn deliver(context: &Arc<Context>, told: &mut HashSet<AlertKey>) {
    let alerts = match context.records.alerts() {
        Ok(alerts) => alerts,
        Err(error) => return context.fault("what chats are to be told cannot be read", &error),
    };
    // What stands on disk no more is told and done.
    told.retain(|known| alerts.iter().any(|(key, _)| key == known));
    // Those of a chat one after the other.
    let mut chats: BTreeMap<ChatId, Vec<(AlertKey, Alert)>> = BTreeMap::new();
    for (key, alert) in alerts {
        if told.contains(&key) {
            context.kept("that a chat was told", context.records.drop_alert(key));
        } else {
            chats.entry(key.0).or_default().push((key, alert));
        }
    }
    let all = futures::stream::iter(chats.into_values()).map(|alerts| async move {
        let mut told = Vec::new();
        for (key, alert) in alerts {
            if tell(context, key, alert).await {
                told.push(key);
            }
        }
        told
    });
    told.extend(all.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.concat());
}

/// Tells a chat what it may see by now; what Telegram never takes is dropped, what it does not take now is tried again. Whether
/// it is done.
async fn tell(context: &Arc<Context>, key: AlertKey, mut alert: Alert) -> bool {
    let chat = key.0;
    let (sight, lang) = (context.sight(chat), context.lang(chat));
    alert.found.retain(|found| sight.sees(&found.shown.file));
    if !alert.found.is_empty() && context.is_admitted(Caller::of_chat(chat)).await {
        let to = Destination {
            chat,
            topic: alert.thread(),
            reply_to: None,
        };
        let (rich, keyboard, card) = render::alert(&alert, lang);
        match context.outbox.message(to, &rich, Some(&keyboard)).await {
            Ok(sent) => context.kept(
                "a card",
                context.records.keep_card(sent.chat.id, sent.id, CardOf::Alert(card)),
            ),
            Err(error) if is_passing(&error) => {
                context.fault("whoever watches was not told", &error);
                return false;
            }
            Err(error) => tracing::info!(%chat, %error, "whoever watches cannot be told"),
        }
    }
    context.kept("that a chat was told", context.records.drop_alert(key));
    true
}
