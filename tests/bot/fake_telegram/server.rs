//! HTTP: who may come in, what a request says, and how answers and faults look on the wire.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::state::{Document, Fault, Shared};
use super::{TOKEN, methods};

/// Parameters of forms that are words, however they look. Numbers, lists and objects come as their JSON.
const WORDS: [&str; 7] = [
    "text",
    "caption",
    "parse_mode",
    "document",
    "url",
    "secret_token",
    "action",
];

/// What a request asks for.
pub struct Call {
    pub parameters: Value,
    /// Files by the names of their parts.
    pub files: HashMap<String, Document>,
}

pub fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/{bot}/{method}", any(call))
        .route("/file/{bot}/{*path}", get(download))
        .layer(DefaultBodyLimit::disable())
        .with_state(shared)
}

async fn call(
    State(shared): State<Arc<Shared>>,
    Path((bot, method)): Path<(String, String)>,
    body: Request,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return Refusal::new(401, "Unauthorized").into_response();
    }
    let method = method.to_ascii_lowercase();
    let call = match read(body).await {
        Ok(call) => call,
        Err(refusal) => {
            return refuse(&shared, &method, refusal);
        }
    };
    let fault = shared.with(|inner| inner.transcript.record(&method, &call.parameters));
    meet(fault, answer(&shared, &method, &call)).await
}

/// Writes a refusal down, and sends it.
fn refuse(shared: &Shared, method: &str, refusal: Refusal) -> Response {
    let line = format!("{method}: {}", refusal.description);
    shared.with(|inner| inner.transcript.refusals.push(line));
    refusal.into_response()
}

async fn answer(shared: &Shared, method: &str, call: &Call) -> Response {
    match methods::run(shared, method, call).await {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(refusal) => refuse(shared, method, refusal),
    }
}

/// A file's bytes in pieces. Faults of downloads go by the name of `download`.
async fn download(State(shared): State<Arc<Shared>>, Path((bot, path)): Path<(String, String)>) -> Response {
    if bot != format!("bot{TOKEN}") {
        return Refusal::new(401, "Unauthorized").into_response();
    }
    let fault = shared.with(|inner| inner.transcript.record("download", &json!({"path": path})));
    let file = shared.with(|inner| inner.files.by_path(&path).cloned());
    let answer = async {
        let Some(file) = file else {
            return Refusal::new(404, "Not Found").into_response();
        };
        let pieces: Vec<_> = file.bytes.chunks(1 << 16).map(Bytes::copy_from_slice).collect();
        Body::from_stream(futures::stream::iter(pieces.into_iter().map(io::Result::Ok))).into_response()
    };
    meet(fault, answer).await
}

async fn read(request: Request) -> Result<Call, Refusal> {
    let kind = request
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let mut call = match is_form {
        true => read_form(request).await.map_err(Refusal::bad)?,
        false => read_json(request).await?,
    };
    if let Some(parameters) = call.parameters.as_object_mut() {
        parameters.retain(|_, value| !value.is_null());
        return Ok(call);
    }
    Err(Refusal::bad("object expected as parameters"))
}

async fn read_json(request: Request) -> Result<Call, Refusal> {
    let body = Bytes::from_request(request, &()).await.map_err(Refusal::bad)?;
    let parameters = match body.is_empty() {
        true => json!({}),
        false => {
            serde_json::from_slice(&body).map_err(|error| Refusal::bad(format!("can't parse JSON object: {error}")))?
        }
    };
    Ok(Call {
        parameters,
        files: HashMap::new(),
    })
}

async fn read_form(request: Request) -> Result<Call, String> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| error.to_string())?;
    let mut parameters = json!({});
    let mut files = HashMap::new();
    while let Some(part) = form.next_field().await.map_err(|error| error.to_string())? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file) = part.file_name().map(str::to_owned) {
            let bytes = part.bytes().await.map_err(|error| error.to_string())?;
            if name == "document" {
                parameters["document"] = json!("attach://document");
            }
            files.insert(name, Document { name: file, bytes });
            continue;
        }
        let text = part.text().await.map_err(|error| error.to_string())?;
        let parsed = match WORDS.contains(&name.as_str()) {
            true => None,
            false => serde_json::from_str(&text).ok(),
        };
        parameters[name] = parsed.unwrap_or(Value::String(text));
    }
    Ok(Call { parameters, files })
}

/// Plays the fault around an answer. Where the fault lets nothing be done, the answer is not even begun.
async fn meet(fault: Option<Fault>, answer: impl Future<Output = Response>) -> Response {
    match fault {
        None => answer.await,
        Some(Fault::TooManyRequests(seconds)) => Refusal::new(429, format!("Too Many Requests: retry after {seconds}"))
            .with(json!({"retry_after": seconds}))
            .into_response(),
        Some(Fault::Refused(code, description)) => Refusal::new(code, description).into_response(),
        Some(Fault::NotTelegram) => "<html>proxy</html>".into_response(),
        Some(Fault::ServerError(code)) => {
            let code = StatusCode::from_u16(code).unwrap();
            (code, format!("<html><body><h1>{code}</h1></body></html>")).into_response()
        }
        Some(Fault::Drop) => hang_up(),
        Some(Fault::DropAfter) => {
            answer.await;
            hang_up()
        }
        Some(Fault::Delay(time)) => {
            let answer = answer.await;
            tokio::time::sleep(time).await;
            answer
        }
    }
}

/// A body that breaks at once: the connection ends before a byte of the answer went out.
fn hang_up() -> Response {
    let broken = futures::stream::iter([Err::<Bytes, _>(io::Error::other("the fake hangs up"))]);
    Body::from_stream(broken).into_response()
}
