//! Running it: signals, tokens, the webhook, what is served to those who look after it, and the log.

use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::running_bot::{Home, RunningBot};
use crate::{ADMIN, STAFF};

#[tokio::test(flavor = "multi_thread")]
async fn sigint_and_sigterm_end_it_cleanly() {
    let telegram = FakeTelegram::start().await;
    for signal in ["INT", "TERM"] {
        let bot = RunningBot::start(&telegram).await;
        telegram.private(STAFF, "/help");
        telegram.sent().await;
        let log = bot.stop_with(signal);
        assert!(!log.contains("panic") && !log.contains("secret"), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_gets_a_clear_message_without_the_token() {
    let telegram = FakeTelegram::start().await;
    let wrong = "987654321:AAwrongwrongwrongwrongwrongwrongwrong";
    let log = RunningBot::start_with(&telegram.url(), wrong).fails();
    assert!(log.contains("TELOXIDE_TOKEN") && !log.contains("AAwrong"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_it_says_so_and_goes_on_trying() {
    let bot = RunningBot::start_with("http://127.0.0.1:9", TOKEN);
    let log = bot.logs_until("TELOXIDE_PROXY");
    assert!(!log.contains(TOKEN), "{log}");
    bot.stop_with("TERM");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_bots_do_not_share_a_data_folder() {
    let telegram = FakeTelegram::start().await;
    let bot = RunningBot::start(&telegram).await;
    telegram.private(STAFF, "/help");
    telegram.sent().await;
    let data = bot.home().data().to_string_lossy().into_owned();
    let second = RunningBot::launch(&telegram, Home::new(), &[("HUIWEN_DATA", &data)]);
    let log = second.fails();
    assert!(log.contains("bot.redb is in use"), "{log}");
}

/// A port that nobody listens at just now.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

async fn get(url: &str) -> (u16, String) {
    let client = reqwest::Client::new();
    loop {
        if let Ok(answer) = client.get(url).send().await {
            return (answer.status().as_u16(), answer.text().await.unwrap());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn deliver(address: &str, secret: Option<&str>, update: &Value) -> u16 {
    let mut request = reqwest::Client::new()
        .post(format!("http://{address}/huiwen-hook"))
        .header("content-type", "application/json")
        .body(update.to_string());
    if let Some(secret) = secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_takes_updates_from_who_knows_the_secret() {
    let telegram = FakeTelegram::start().await;
    let address = free_address();
    let settings = [
        ("HUIWEN_WEBHOOK_URL", "https://office.example.cn/huiwen-hook"),
        ("HUIWEN_WEBHOOK_LISTEN", address.as_str()),
        ("HUIWEN_METRICS_LISTEN", address.as_str()),
    ];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    bot.logs_until("delivered by webhook");
    let set = telegram.webhook().unwrap();
    assert_eq!(set["url"], "https://office.example.cn/huiwen-hook");
    let secret = set["secret_token"].as_str().unwrap().to_owned();
    assert!(!TOKEN.contains(&secret) && secret.len() >= 32);

    telegram.private(STAFF, "青禾县怎么修路?");
    let update = telegram.take_updates().remove(0);
    assert_eq!(deliver(&address, None, &update).await, 401);
    assert_eq!(deliver(&address, Some("guess"), &update).await, 401);
    assert_eq!(deliver(&address, Some(&secret), &update).await, 200);
    assert_eq!(deliver(&address, Some(&secret), &update).await, 200);
    assert_eq!(deliver(&address, Some(&secret), &json!("no update")).await, 200);
    assert!(telegram.sent().await.text.contains("蒲正明"));
    telegram.nothing_more().await;

    // The same address serves those who look after it.
    assert_eq!(
        get(&format!("http://{address}/healthz")).await,
        (200, "ok\n".to_owned())
    );
    let (status, metrics) = get(&format!("http://{address}/metrics")).await;
    assert_eq!(status, 200);
    for line in [
        "huiwen_answers_total{outcome=\"Found\"} 1",
        "huiwen_updates_total{kind=\"Message\"} 1",
        "huiwen_files 1",
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line}: {metrics}");
    }
    // Whoever does not know the secret is sent away before the body has come.
    {
        use std::io::{Read, Write};
        let mut stranger = std::net::TcpStream::connect(&address).unwrap();
        stranger
            .set_read_timeout(Some(std::time::Duration::from_secs(5)))
            .unwrap();
        stranger
            .write_all(b"POST /huiwen-hook HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n{")
            .unwrap();
        let mut answer = [0; 64];
        let read = stranger.read(&mut answer).unwrap();
        assert!(String::from_utf8_lossy(&answer[..read]).contains(" 401 "));
    }
    // What was begun when it is asked to stop is finished; half a request holds nothing up.
    use std::io::Write;
    let mut half = std::net::TcpStream::connect(&address).unwrap();
    half.write_all(b"POST /huiwen-hook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{")
        .unwrap();
    telegram.fail("sendMessage", &[crate::fake_telegram::Fault::TooManyRequests(1)]);
    telegram.private(STAFF, "丹溪县说了什么?");
    let update = telegram.take_updates().remove(0);
    assert_eq!(deliver(&address, Some(&secret), &update).await, 200);
    bot.logs_until("trying again");
    bot.ends_cleanly();
    assert!(telegram.sent().await.text.contains("莫春燕"));
    assert_eq!(telegram.refusals(), [""; 0]);
}

/// Half a request's head, and then nothing.
fn slow_client(address: &str) -> std::net::TcpStream {
    use std::io::Write;
    let mut client = std::net::TcpStream::connect(address).unwrap();
    client
        .write_all(b"POST /huiwen-hook HTTP/1.1\r\nhost: x\r\nx-slow: ")
        .unwrap();
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_slow_clients_keep_no_update_out_and_are_hung_up_on() {
    use std::io::Read;
    let telegram = FakeTelegram::start().await;
    let address = free_address();
    let settings = [
        ("HUIWEN_WEBHOOK_URL", "https://office.example.cn/huiwen-hook"),
        ("HUIWEN_WEBHOOK_LISTEN", address.as_str()),
    ];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    bot.logs_until("delivered by webhook");
    let secret = telegram.webhook().unwrap()["secret_token"].as_str().unwrap().to_owned();
    // Fewer files than there are slow ones.
    bot.limit_files(400);
    let began = std::time::Instant::now();
    let mut slow: Vec<_> = (0..500).map(|_| slow_client(&address)).collect();
    for question in ["青禾县怎么修路?", "丹溪县说了什么?"] {
        telegram.private(STAFF, question);
        let update = telegram.take_updates().remove(0);
        assert_eq!(deliver(&address, Some(&secret), &update).await, 200);
        telegram.sent().await;
    }
    assert!(
        began.elapsed() < std::time::Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
    // Nobody is waited for without end.
    for client in &mut slow {
        client
            .set_read_timeout(Some(std::time::Duration::from_secs(20)))
            .unwrap();
        let mut answer = Vec::new();
        let ended = client.read_to_end(&mut answer);
        let reset = |error: std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
        assert!(ended.map_or_else(reset, |_| true));
    }
    assert!(
        began.elapsed() < std::time::Duration::from_secs(25),
        "{:?}",
        began.elapsed()
    );
    bot.ends_cleanly();
}

#[tokio::test(flavor = "multi_thread")]
async fn polling_takes_over_where_a_webhook_was_and_serves_its_health() {
    let telegram = FakeTelegram::start().await;
    let (hook, address) = (free_address(), free_address());
    let settings = [
        ("HUIWEN_WEBHOOK_URL", "https://office.example.cn/huiwen-hook"),
        ("HUIWEN_WEBHOOK_LISTEN", hook.as_str()),
    ];
    let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    bot.logs_until("delivered by webhook");
    let (_, home) = bot.stopped("TERM");
    let _bot = RunningBot::with(&telegram, home, &[("HUIWEN_METRICS_LISTEN", &address)]).await;
    telegram.private(STAFF, "青禾县怎么修路?");
    assert!(telegram.sent().await.text.contains("蒲正明"));
    assert_eq!(get(&format!("http://{address}/healthz")).await.0, 200);
    assert!(telegram.webhook().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_structured_and_holds_no_token_and_no_question_unless_it_may() {
    let telegram = FakeTelegram::start().await;
    for (allowed, holds) in [("off", false), ("on", true)] {
        let settings = [
            ("HUIWEN_LOG", "trace"),
            ("HUIWEN_LOG_FORMAT", "json"),
            ("HUIWEN_LOG_QUESTIONS", allowed),
        ];
        let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
        telegram.private(STAFF, "青禾县怎么修路?");
        telegram.sent().await;
        let id = telegram.inline(STAFF, "石板路");
        telegram.inline_answer(&id).await;
        telegram.private(ADMIN, "/status");
        telegram.sent().await;
        let log = bot.stop_with("TERM");
        assert!(
            !log.contains(TOKEN) && !log.contains(TOKEN.split_once(':').unwrap().1),
            "{log}"
        );
        assert_eq!(log.contains("青禾县怎么修路") && log.contains("石板路"), holds, "{log}");
        assert!(log.contains("\"message\":\"answered\""), "{log}");
        for line in log.lines() {
            serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        }
    }
}
