//! The paths, each with what it does.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde::Serialize;

use super::Server;
use super::objects::{Ask, Files, Refusal, Reloaded, Speakers};
use crate::answer::Limits;
use crate::json::{AnswerLine, RemarksObject};
use crate::mcp::Desk;
use crate::question::Asked;

/// How the interface is called, for programs.
const OPENAPI: &str = include_str!("openapi.json");
/// The longest body in bytes, and how long it may take to come in.
const LONGEST: usize = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);
/// Most quotes, and the longest one in characters, as on the command line.
const MOST_QUOTES: usize = 1000;
const LONGEST_QUOTE: usize = 10_000;
/// What is asked for where nobody says which tasks.
const TASKS: &str = "有哪些任务?";
/// Most tasks where nobody says how many.
const MOST_TASKS: usize = 50;

type Of = State<Arc<Server>>;

/// All paths.
pub fn router(server: &Arc<Server>) -> Router {
    Router::new()
        .route("/v1/openapi.json", get(|| async { json(OPENAPI.to_owned()) }))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/v1/ask", get(ask_by_query).post(ask_by_body))
        .route("/v1/tasks", get(tasks))
        .route("/v1/files", get(files))
        .route("/v1/files/{file}/remarks", get(remarks))
        .route("/v1/speakers", get(speakers))
        .route("/v1/reload", post(reload))
        .route("/mcp", any(mcp))
        .fallback(|| async { Refusal::NO_SUCH })
        .with_state(Arc::clone(server))
}

async fn ask_by_query(State(server): Of, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let asked = asked(&query.unwrap_or_default())?;
    answer(server, asked).await
}

async fn ask_by_body(State(server): Of, headers: HeaderMap, request: Request) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let body = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), LONGEST)).await;
    let body = body.map_err(|_| Refusal::TOO_SLOW)?.map_err(|_| Refusal::TOO_LARGE)?;
    let asked: Ask = serde_json::from_slice(&body).map_err(|_| Refusal::BAD_BODY)?;
    answer(server, asked).await
}

async fn tasks(State(server): Of, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let mut asked = asked(&query.unwrap_or_default())?;
    if asked.question.is_empty() {
        TASKS.clone_into(&mut asked.question);
    }
    asked.limit = asked.limit.or(Some(MOST_TASKS));
    answer(server, asked).await
}

/// A question in a query: `q`, `after` as often as there are, `limit`, `quote_chars`.
fn asked(query: &str) -> Result<Ask, Refusal> {
    let mut asked = Ask::default();
    let number = |value: &str| value.parse().map(Some).map_err(|_| Refusal::BAD_QUERY);
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "q" => asked.question = value.trim().to_owned(),
            "after" => asked.after.push(value.into_owned()),
            "limit" => asked.limit = number(&value)?,
            "quote_chars" => asked.quote_chars = number(&value)?,
            _ => {}
        }
    }
    Ok(asked)
}

async fn answer(server: Arc<Server>, asked: Ask) -> Result<Response, Refusal> {
    if asked.question.trim().is_empty() {
        return Err(Refusal::NO_QUESTION);
    }
    let usual = server.desk.settings.limits;
    let limits = Limits {
        quotes: asked.limit.unwrap_or(usual.quotes),
        quote_chars: asked.quote_chars.unwrap_or(usual.quote_chars),
    };
    if !(1..=MOST_QUOTES).contains(&limits.quotes) || !(1..=LONGEST_QUOTE).contains(&limits.quote_chars) {
        return Err(Refusal::BAD_QUERY);
    }
    if server.desk.settings.log_questions {
        tracing::info!(question = asked.question, "asked");
    }
    let work = move |desk: &Desk| {
        let question = Asked::new(asked.question.as_str(), &asked.after).on(desk.settings.today());
        let answer = desk.library.ask(&question, limits)?;
        Ok(written(&AnswerLine::new(
            &answer,
            asked.id.as_ref(),
            desk.settings.lang,
        )))
    };
    Ok(json(server.desk.work(work).await?))
}

async fn files(State(server): Of, headers: HeaderMap) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let work = |desk: &Desk| Ok(desk.library.with_catalogue(|catalogue| written(&Files::of(catalogue))));
    Ok(json(server.desk.work(work).await?))
}

async fn speakers(State(server): Of, headers: HeaderMap) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let work = |desk: &Desk| {
        Ok(desk
            .library
            .with_catalogue(|catalogue| written(&Speakers::of(catalogue))))
    };
    Ok(json(server.desk.work(work).await?))
}

async fn remarks(State(server): Of, headers: HeaderMap, Path(file): Path<String>) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let work = move |desk: &Desk| {
        let paper = desk.library.paper(&file)?;
        Ok(paper.map(|paper| written(&RemarksObject::of(&paper, desk.settings.lang))))
    };
    let remarks = server.desk.work(work).await?;
    remarks.map(json).ok_or(Refusal::NO_FILE)
}

/// Reads the knowledge folder again; questions are answered meanwhile.
async fn reload(State(server): Of, headers: HeaderMap) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    let work = |desk: &Desk| Ok(written(&Reloaded::of(&desk.library.reload()?)));
    Ok(json(server.desk.work(work).await?))
}

/// The same for assistants, over the Model Context Protocol.
async fn mcp(State(server): Of, headers: HeaderMap, request: Request) -> Result<Response, Refusal> {
    server.door.open(&headers)?;
    Ok(server.mcp.handle(request).await.map(Body::new))
}

fn written(value: &impl Serialize) -> String {
    // Everything that we give can be written as JSON.
    serde_json::to_string(value).unwrap_or_default()
}

fn json(text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::OK, headers, Body::from(text)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_tells_of_every_path_and_nothing_else() {
        let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let told: Vec<&str> = document["paths"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let source = include_str!("routes.rs");
        let mut served: Vec<&str> = source
            .split(".route(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|path| path.starts_with('/'))
            .collect();
        served.sort_unstable();
        let mut sorted = told.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, served);
        // What it refers to is there.
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#/").skip(1) {
            let pointer = format!("/{}", reference.split('"').next().unwrap());
            assert!(document.pointer(&pointer).is_some(), "{pointer}");
        }
    }

    #[test]
    fn queries_are_read() {
        let read = asked("q=%E5%93%AA%E4%BA%9B+&after=a&after=b&limit=3&x=y").unwrap();
        assert_eq!(
            (read.question.as_str(), read.after.len(), read.limit),
            ("哪些", 2, Some(3))
        );
        assert_eq!(asked("limit=x").unwrap_err(), Refusal::BAD_QUERY);
    }
}
