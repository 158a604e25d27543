//! Embeddings over HTTP: `/v1/embeddings` as OpenAI has it, and Ollama, vLLM, TEI and others after it.

use std::sync::mpsc::channel;
use std::time::Duration;

use reqwest::{Client, Url};
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::meaning::{EmbedError, Embedder, Role};
use crate::settings::{Embeddings, Token};

/// Most bytes of what a server says is wrong.
const LONGEST_FAULT: usize = 200;

/// A server of embeddings.
#[derive(Debug)]
pub struct Server {
    client: Client,
    url: Url,
    model: String,
    key: Option<Token>,
    before: [String; 2],
    /// By what its vectors are told from others'.
    called: String,
    /// Requests wait here, whoever waits for them; ended without waiting for it.
    runtime: Option<Runtime>,
}

#[derive(Deserialize)]
struct Answer {
    data: Vec<Datum>,
}

#[derive(Deserialize)]
struct Datum {
    index: Option<usize>,
    embedding: Vec<f32>,
}

impl Server {
    /// As it is set.
    ///
    /// # Errors
    ///
    /// Where no client can be made.
    pub fn new(settings: &Embeddings) -> anyhow::Result<Server> {
        let mut client = Client::builder().connect_timeout(Duration::from_secs(5));
        // A proxy of the environment leads away from this machine.
        if matches!(settings.url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            client = client.no_proxy();
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("embeddings")
            .enable_all()
            .build()?;
        let mut url = settings.url.clone();
        if !url.path().ends_with("/embeddings") {
            url.set_path(&format!("{}/embeddings", url.path().trim_end_matches('/')));
        }
        Ok(Server {
            client: client.build()?,
            url,
            called: format!("{}\n{}\n{}", settings.model, settings.before[0], settings.before[1]),
            model: settings.model.clone(),
            key: settings.key.clone(),
            before: settings.before.clone(),
            runtime: Some(runtime),
        })
    }
}

impl Embedder for Server {
    fn called(&self) -> &str {
        &self.called
    }

    fn embed(&self, texts: &[String], role: Role, within: Duration) -> Result<Vec<Vec<f32>>, EmbedError> {
        let before = match role {
            Role::Question => &self.before[0],
            Role::Passage => &self.before[1],
        };
        let input: Vec<String> = texts.iter().map(|text| format!("{before}{text}")).collect();
        let count = input.len();
        let body = json!({"model": self.model, "input": input, "encoding_format": "float"});
        let mut request = self
            .client
            .post(self.url.clone())
            .header("Content-Type", "application/json")
            .timeout(within)
            .body(body.to_string());
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.reveal());
        }
        let (send, receive) = channel();
        let work = async move {
            // Whoever waited may have gone.
            let _ = send.send(asked(request, count).await);
        };
        let runtime = self.runtime.as_ref();
        let runtime = runtime.ok_or_else(|| EmbedError::Refused("the client has ended".to_owned()))?;
        runtime.spawn(work);
        receive.recv_timeout(within).unwrap_or(Err(EmbedError::Late(within)))
    }
}

async fn asked(request: reqwest::RequestBuilder, count: usize) -> Result<Vec<Vec<f32>>, EmbedError> {
    let failed = |error: reqwest::Error| EmbedError::Refused(error.without_url().to_string());
    let answer = request.send().await.map_err(failed)?;
    let status = answer.status();
    let text = answer.text().await.map_err(failed)?;
    if !status.is_success() {
        let said: String = text.chars().take(LONGEST_FAULT).collect();
        return Err(EmbedError::Refused(format!("{status}: {said}")));
    }
    embeddings(&text, count).map_err(EmbedError::Garbled)
}

/// The vectors of an answer, in the order of the texts; or what is wrong with it.
fn embeddings(text: &str, count: usize) -> Result<Vec<Vec<f32>>, String> {
    let answer: Answer = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if answer.data.len() != count {
        return Err(format!("{} for {count} texts", answer.data.len()));
    }
    let mut vectors: Vec<Vec<f32>> = vec![Vec::new(); count];
    for (place, datum) in answer.data.into_iter().enumerate() {
        let at = datum.index.unwrap_or(place);
        match vectors.get_mut(at) {
            Some(vector) if vector.is_empty() && !datum.embedding.is_empty() => *vector = datum.embedding,
            _ => return Err(format!("no vector of its own at {at}")),
        }
    }
    let length = vectors.first().map_or(0, Vec::len);
    if vectors.iter().any(|vector| vector.len() != length) {
        return Err("vectors of several lengths".to_owned());
    }
    Ok(vectors)
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nobody waits for what is on its way, wherever this is dropped.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_stand_in_the_order_of_the_texts() {
        let text =
            r#"{"object":"list","model":"m","data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2.5]}]}"#;
        assert_eq!(embeddings(text, 2), Ok(vec![vec![1.0, 2.5], vec![3.0, 4.0]]));
        for (wrong, count) in [
            (text, 3),
            ("<html>", 1),
            (
                r#"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
                2,
            ),
            (r#"{"data":[{"index":7,"embedding":[1]}]}"#, 1),
            (r#"{"data":[{"embedding":[]}]}"#, 1),
            (r#"{"data":[{"embedding":[1]},{"embedding":[1,2]}]}"#, 2),
            (r#"{"error":{"message":"no such model"}}"#, 1),
        ] {
            assert!(embeddings(wrong, count).is_err(), "{wrong}");
        }
    }
}
