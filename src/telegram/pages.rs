//! Papers as pages: whoever the bot would answer sees them, by a link that it gave them or as a Mini App.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use reqwest::Url;
use teloxide::types::ChatId;

use super::access::{Caller, is_group};
use super::context::Context;
use super::init_data;
use super::limits::Allowance;
use super::records::Shown;
use crate::clock;
use crate::index::Paper;
use crate::page::{MessagePage, Theme, View, bytes_of, message_page, page, policy};
use crate::settings::Web;
use crate::web::link::{Key, Link, NoLink, at_words, below, field, parse_at, unhex, words_digest};
use crate::wording::{Lang, NoPage, no_page};

/// How long the link works that a Mini App goes on to, in seconds.
const OPENED: i64 = 60 * 60;
/// The longest that a Mini App may hand over, in bytes, and how long it may take.
const LONGEST: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// How papers are linked to.
#[derive(Debug)]
pub struct Pages {
    web: Web,
    key: Key,
}

/// A quote in its paper, as an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// For the browser.
    Browser(Url),
    /// For a Mini App.
    MiniApp(Url),
}

impl Pages {
    /// With the key of the data folder.
    pub fn new(web: &Web, key: Key) -> Pages {
        Pages { web: web.clone(), key }
    }

    /// Where a quote can be seen in its paper, for the people of a chat.
    pub fn addresses(&self, shown: &Shown, chat: ChatId) -> Vec<Address> {
        let link = Link {
            file: shown.file.clone(),
            at: Some(shown.at),
            words: Some(words_digest(&shown.text)),
            whom: chat.0,
            until: clock::now().timestamp() + i64::from(self.web.hours) * 3600,
        };
        let mut addresses = Vec::new();
        // Telegram opens Mini Apps in private, and by https alone.
        if !is_group(chat) && self.web.url.scheme() == "https" {
            let mut app = below(&self.web.url, ["app"]);
            app.query_pairs_mut()
                .append_pair("f", &shown.file)
                .append_pair("at", &at_words(shown.at))
                .append_pair("is", &words_digest(&shown.text));
            addresses.push(Address::MiniApp(app));
        }
        addresses.push(Address::Browser(link.url(&self.web.url, &self.key)));
        addresses
    }
}

/// The routes below the address of the pages.
pub fn routes(context: &Arc<Context>, base: &Url) -> Router {
    let base = base.path().trim_end_matches('/');
    Router::new()
        .route(&format!("{base}/f/{{*file}}"), get(paper))
        .route(&format!("{base}/app"), get(app).post(open))
        .with_state(Arc::clone(context))
}

/// A paper, for whoever has a link.
async fn paper(State(context): State<Arc<Context>>, Path(file): Path<String>, RawQuery(query): RawQuery) -> Response {
    let lang = context.settings.lang;
    let Some(pages) = &context.pages else {
        return says(lang, NoPage::Gone);
    };
    let query = query.unwrap_or_default();
    let link = match Link::read(&file, &query, &pages.key, clock::now().timestamp()) {
        Ok(link) => link,
        Err(NoLink::Expired) => return says(lang, NoPage::Expired),
        Err(NoLink::Forged) => return says(lang, NoPage::Forbidden),
    };
    let caller = Caller::of_chat(ChatId(link.whom));
    let lang = context.lang(caller.chat);
    if let Err(why) = admitted(&context, caller).await {
        return says(lang, why);
    }
    let field = |name: &str| field(query.as_bytes(), name);
    let theme = field("theme").and_then(|word| Theme::from_word(&word));
    let mut own = link.query(&pages.key);
    if let Some(theme) = theme {
        own.push_str("&theme=");
        own.push_str(theme.word());
    }
    let part = field("part").and_then(|part| part.parse().ok());
    let made = {
        let seen = context.seen_in(ChatId(link.whom));
        tokio::task::spawn_blocking(move || {
            let paper = seen.paper(&link.file)?;
            Ok::<_, crate::index::IndexError>(paper.map(|paper| html(&paper, &link, lang, theme, part, &own)))
        })
        .await
    };
    match made {
        Ok(Ok(Some(html))) => answer(StatusCode::OK, html),
        Ok(Ok(None)) => says(lang, NoPage::Gone),
        Ok(Err(error)) => {
            context.fault("a paper cannot be read", &error);
            says(lang, NoPage::Fault)
        }
        Err(error) => {
            context.fault("a defect: please report it", &error);
            says(lang, NoPage::Fault)
        }
    }
}

fn html(paper: &Paper, link: &Link, lang: Lang, theme: Option<Theme>, part: Option<usize>, own: &str) -> String {
    let stands = link.at.and_then(|at| bytes_of(&paper.text, at));
    let quote = stands.filter(|span| {
        let words = words_digest(span.of(&paper.text));
        link.words.as_ref().is_none_or(|is| *is == words)
    });
    let view = View {
        lang,
        quote,
        moved: link.at.is_some() && quote.is_none(),
        theme,
        part,
        query: Some(own),
    };
    page(paper, &view)
}

/// The page that a Mini App begins with: it hands over who opens it.
async fn app(State(context): State<Arc<Context>>, RawQuery(query): RawQuery) -> Response {
    let lang = context.settings.lang;
    let query = query.unwrap_or_default();
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| ["f", "at", "is"].contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let to = context
        .settings
        .web
        .as_ref()
        .map(|web| below(&web.url, ["app"]).path().to_owned())
        .unwrap_or_default();
    let said = MessagePage {
        lang,
        words: no_page(lang, NoPage::OutsideTelegram),
        opens: Some((&to, &fields)),
    };
    answer(StatusCode::OK, message_page(&said))
}

/// Who opens a Mini App is checked, and goes on to the paper by a link of their own.
async fn open(State(context): State<Arc<Context>>, request: Request) -> Response {
    let lang = context.settings.lang;
    let body = match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), LONGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let field = |name: &str| field(&body, name);
    let (Some(pages), Some(token), Some(file)) = (&context.pages, &context.settings.token, field("f")) else {
        return says(lang, NoPage::Gone);
    };
    let now = clock::now().timestamp();
    let data = field("init_data").unwrap_or_default();
    let Some(user) = init_data::opened_by(&data, token.reveal(), now) else {
        return says(lang, NoPage::Forbidden);
    };
    let caller = Caller::user(user, ChatId::from(user));
    // The page itself is counted.
    if !context.is_admitted(caller).await {
        return says(context.lang(caller.chat), NoPage::Forbidden);
    }
    let link = Link {
        file,
        at: field("at").and_then(|at| parse_at(&at)),
        words: field("is").filter(|is| unhex(is).is_some_and(|bytes| !bytes.is_empty())),
        whom: caller.chat.0,
        until: now + OPENED,
    };
    let mut url = link.url(&pages.web.url, &pages.key);
    if let Some(theme) = field("theme").and_then(|word| Theme::from_word(&word)) {
        url.query_pairs_mut().append_pair("theme", theme.word());
    }
    // Below the address that the browser knows: a proxy may speak https for us.
    let to = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let mut answer = answer(StatusCode::SEE_OTHER, String::new());
    if let Ok(to) = to.parse() {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}

/// Whether the bot would answer them now.
async fn admitted(context: &Context, caller: Caller) -> Result<(), NoPage> {
    if !context.is_admitted(caller).await {
        return Err(NoPage::Forbidden);
    }
    match context.counted(caller) {
        Allowance::Free => Ok(()),
        _ => Err(NoPage::TooMany),
    }
}

fn says(lang: Lang, why: NoPage) -> Response {
    let status = match why {
        NoPage::Forbidden | NoPage::OutsideTelegram => StatusCode::FORBIDDEN,
        NoPage::Expired => StatusCode::GONE,
        NoPage::Gone => StatusCode::NOT_FOUND,
        NoPage::TooMany => StatusCode::TOO_MANY_REQUESTS,
        NoPage::Fault => StatusCode::SERVICE_UNAVAILABLE,
    };
    let words = no_page(lang, why);
    answer(
        status,
        message_page(&MessagePage {
            lang,
            words,
            opens: None,
        }),
    )
}

/// A page that nobody else keeps, frames, or learns the address of.
fn answer(status: StatusCode, html: String) -> Response {
    let headers: [(HeaderName, String); 5] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, Body::from(html)).into_response()
}
