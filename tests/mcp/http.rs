//! The same over HTTP, for whoever has the key.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use super::desk::knowledge;

pub const KEY: &str = "a-key-that-nobody-guesses";

/// `huiwen serve`, and where it listens.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    pub fn start(folder: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .arg("serve")
            .current_dir(folder)
            .env_clear()
            .env("HUIWEN_API_KEY", KEY)
            .env("HUIWEN_API_LISTEN", "127.0.0.1:0")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("listening")));
        let line = line.unwrap().unwrap();
        let address = line.rsplit("address=").next().unwrap().trim().to_owned();
        // Whatever is logged later has somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Server {
            child,
            url: format!("http://{address}/mcp"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn post(server: &Server, key: Option<&str>, body: String) -> (StatusCode, Value) {
    let mut request = Client::new()
        .post(&server.url)
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2025-06-18")
        .body(body);
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status();
    (
        status,
        serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
    )
}

#[tokio::test]
async fn whoever_has_the_key_calls_the_tools_over_http() {
    let folder = knowledge();
    let server = Server::start(folder.path());
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "verify_quote", "arguments": {"text": "今年新修二十公里乡道"}}});
    let (status, answer) = post(&server, Some(KEY), call.to_string()).await;
    assert_eq!(status, StatusCode::OK);
    let place = &answer["result"]["structuredContent"]["places"][0];
    assert_eq!(
        (&place["speaker"], &place["county"]),
        (&json!("钟铁山"), &json!("上坪县")),
        "{answer}"
    );
    // Nobody else does, whatever they send.
    for key in [None, Some("guess")] {
        let (status, answer) = post(&server, key, call.to_string()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(answer["error"].is_string(), "{answer}");
    }
    let (status, _) = post(&server, Some(KEY), "x".repeat(100_000)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    let (status, _) = post(&server, Some(KEY), "not JSON".to_owned()).await;
    assert!(status.is_client_error(), "{status}");
    let (status, _) = post(&server, Some(KEY), call.to_string()).await;
    assert_eq!(status, StatusCode::OK);
}
