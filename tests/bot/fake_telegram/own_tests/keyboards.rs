//! Keyboards and presses.

use serde_json::{Value, json};

use super::{USER, check, fake, result, with};

fn keyboard(rows: Value) -> Value {
    json!({"chat_id": USER, "text": "路", "reply_markup": {"inline_keyboard": rows}})
}

fn rows(count: usize, long: usize) -> Value {
    json!(vec![
        vec![json!({"text": "更多", "callback_data": "more"}); long];
        count
    ])
}

#[tokio::test]
async fn each_button_is_checked() {
    let telegram = fake().await;
    let button = |button: Value| keyboard(json!([[button]]));
    let cases = [
        (button(json!({"text": "更多", "callback_data": "x".repeat(64)})), "ok"),
        (
            button(json!({"text": "更多", "callback_data": "x".repeat(65)})),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(json!({"text": "更多", "callback_data": "路".repeat(22)})),
            "BUTTON_DATA_INVALID",
        ),
        (
            button(json!({"text": "更多", "callback_data": ""})),
            "BUTTON_DATA_INVALID",
        ),
        (button(json!({"text": "", "callback_data": "more"})), "non-empty"),
        (button(json!({"callback_data": "more"})), "non-empty"),
        (
            button(json!({"text": "更多"})),
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            button(json!({"text": "更多", "callback_data": "more", "url": "https://a.cn"})),
            "one thing",
        ),
        (
            button(json!({"text": "更多", "callback_date": "more"})),
            "no field callback_date",
        ),
        (button(json!({"text": "更多", "url": "https://a.cn"})), "ok"),
        (button(json!({"text": "更多", "url": "tg://user?id=1"})), "ok"),
        (
            button(json!({"text": "更多", "url": "ftp://a.cn"})),
            "BUTTON_URL_INVALID",
        ),
        (button(json!({"text": "更多", "url": "a.cn"})), "BUTTON_URL_INVALID"),
        (
            button(json!({"text": "更多", "switch_inline_query_current_chat": ""})),
            "ok",
        ),
        (button(json!({"text": "更多", "copy_text": {"text": "路"}})), "ok"),
        (
            button(json!({"text": "更多", "copy_text": {"text": "路".repeat(257)}})),
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (
            button(json!({"text": "更多", "web_app": {"url": "https://a.cn/x"}})),
            "ok",
        ),
        (
            button(json!({"text": "更多", "web_app": {"url": "http://a.cn/x"}})),
            "Only HTTPS links are allowed",
        ),
        (keyboard(rows(1, 8)), "ok"),
        (keyboard(rows(1, 9)), "8 buttons in a row"),
        (keyboard(rows(20, 5)), "ok"),
        (keyboard(rows(21, 5)), "reply markup is too long"),
        (keyboard(json!([{"text": "更多"}])), "Array of Arrays"),
        (
            with(&keyboard(json!([])), json!({"reply_markup": "[]"})),
            "object expected as reply markup",
        ),
        (
            with(&keyboard(json!([])), json!({"reply_markup": {"remove_keyboard": true}})),
            "ok",
        ),
        (
            with(&keyboard(json!([])), json!({"reply_markup": {"keybord": []}})),
            "inline keyboard expected",
        ),
    ];
    check(&telegram, "sendMessage", cases).await;
}

#[tokio::test]
async fn presses_carry_the_message_as_it_is_now() {
    let telegram = fake().await;
    result(&telegram, "getUpdates", json!({"offset": 3})).await;
    let message =
        keyboard(json!([[{"text": "更多 ▸", "callback_data": "more:2"}, {"text": "网", "url": "https://a.cn"}]]));
    let id = result(&telegram, "sendMessage", message).await["message_id"].clone();
    let sent = telegram.sent().await;
    let first = telegram.press(USER, &sent, "更多");
    let edit = with(
        &keyboard(json!([[{"text": "回", "callback_data": "back"}]])),
        json!({"message_id": id, "text": "桥"}),
    );
    result(&telegram, "editMessageText", edit).await;
    let second = telegram.press(USER, &sent, "回");
    let third = telegram.press_data(USER, USER, sent.message_id, "old:data");
    let fourth = telegram.press_inaccessible(USER, USER, 7_777, "older");
    let updates = result(&telegram, "getUpdates", json!({})).await;
    let queries: Vec<_> = (2..6).map(|at| updates[at]["callback_query"].clone()).collect();
    let seen: Vec<_> = queries
        .iter()
        .map(|query| {
            (
                query["id"].as_str().unwrap(),
                query["data"].as_str().unwrap(),
                &query["message"]["text"],
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (first.as_str(), "more:2", &json!("路")),
            (second.as_str(), "back", &json!("桥")),
            (third.as_str(), "old:data", &json!("桥")),
            (fourth.as_str(), "older", &Value::Null),
        ]
    );
    assert_eq!(queries[1]["from"]["language_code"], "zh-hans");
    assert_eq!(queries[3]["message"]["date"], 0);
}

#[tokio::test]
#[should_panic(expected = "[\"更多\"]")]
async fn a_press_names_the_buttons_that_there_are() {
    let telegram = fake().await;
    result(&telegram, "sendMessage", keyboard(rows(1, 1))).await;
    telegram.press(USER, &telegram.sent().await, "回");
}
