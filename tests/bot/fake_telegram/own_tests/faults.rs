//! Faults come once, on demand.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use teloxide::RequestError;
use teloxide::prelude::Requester;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::super::{Fault, TOKEN};
use super::{USER, call, client, fake, outcome, result, try_call};

#[tokio::test]
async fn refusals_and_pages_come_instead_of_an_answer() {
    let telegram = fake().await;
    let message = json!({"chat_id": USER, "text": "路"});
    let faults = [
        Fault::TooManyRequests(3),
        Fault::Refused(500, "Oh"),
        Fault::NotTelegram,
        Fault::ServerError(502),
    ];
    telegram.fail("sendMessage", &faults);
    assert_eq!(
        call(&telegram, "sendMessage", message.clone()).await["parameters"]["retry_after"],
        3
    );
    assert_eq!(outcome(&telegram, "sendMessage", message.clone()).await, "Oh");
    for page in [
        "<html>proxy</html>",
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
    ] {
        assert_eq!(try_call(&telegram, "sendMessage", &message).await.unwrap(), page);
    }
    assert!(telegram.all_sent().is_empty());
    result(&telegram, "sendMessage", message).await;
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test]
async fn connections_drop_before_or_after_the_deed() {
    let telegram = fake().await;
    let message = json!({"chat_id": USER, "text": "路"});
    telegram.fail("sendMessage", &[Fault::Drop, Fault::DropAfter]);
    for done in [0, 1] {
        let broken = try_call(&telegram, "sendMessage", &message).await.unwrap_err();
        assert!(broken.is_request(), "{broken:?}");
        assert_eq!(telegram.all_sent().len(), done);
    }
    // Nobody called twice, and not a byte came back.
    assert_eq!(telegram.calls("sendMessage").await.len(), 2);
    // Nor is a kept connection's request sent again behind the bot's back.
    let bot = client(&telegram);
    bot.get_me().await.unwrap();
    telegram.fail("getMe", &[Fault::Drop, Fault::Drop]);
    assert!(matches!(bot.get_me().await, Err(RequestError::Network(_))));
    assert_eq!(telegram.calls("getMe").await.len(), 2);
    let mut stream = tokio::net::TcpStream::connect(&telegram.url()[7..]).await.unwrap();
    let request = format!("GET /bot{TOKEN}/getMe HTTP/1.1\r\nhost: a\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(answer, b"");
}

#[tokio::test]
async fn delays_are_of_the_answer_only() {
    let telegram = fake().await;
    telegram.fail("sendMessage", &[Fault::Delay(Duration::from_millis(800))]);
    let began = Instant::now();
    let message = json!({"chat_id": USER, "text": "路"});
    let (_, done) = tokio::join!(result(&telegram, "sendMessage", message), async {
        telegram.sent().await;
        began.elapsed()
    });
    assert!(done < Duration::from_millis(800) && began.elapsed() >= Duration::from_millis(800));
}

#[tokio::test]
async fn strangers_and_nonsense_are_refused() {
    let telegram = fake().await;
    let post = async |token: &str, body: &'static str| {
        let request = reqwest::Client::new().post(format!("{}/bot{token}/getMe", telegram.url()));
        let answer = request.body(body).send().await.unwrap().text().await.unwrap();
        serde_json::from_str::<Value>(&answer).unwrap()["description"].clone()
    };
    assert_eq!(post("1:a", "").await, "Unauthorized");
    assert!(post(TOKEN, "{").await.to_string().contains("can't parse JSON object"));
    assert_eq!(post(TOKEN, "[]").await, "Bad Request: object expected as parameters");
    assert_eq!(telegram.refusals().len(), 2);
    let poll = async || outcome(&telegram, "getUpdates", json!({"offset": 3, "timeout": 2})).await;
    result(&telegram, "getUpdates", json!({})).await;
    let (one, two, three) = tokio::join!(poll(), poll(), poll());
    let refused = [one, two, three]
        .into_iter()
        .filter(|outcome| outcome.starts_with("Conflict: terminated by other"));
    assert_eq!(refused.count(), 1);
}
