//! How updates come: polled, again, out of order, by webhook.

use serde_json::{Value, json};
use teloxide::prelude::Requester;
use teloxide::types::UpdateKind;

use super::super::FakeTelegram;
use super::{GROUP, USER, check, client, fake, outcome, result};

async fn ids(telegram: &FakeTelegram, parameters: Value) -> Vec<i64> {
    let updates = result(telegram, "getUpdates", parameters).await;
    let ids = updates.as_array().unwrap().iter();
    ids.map(|update| update["update_id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn updates_wait_come_again_and_come_in_any_order() {
    let telegram = fake().await;
    assert_eq!(ids(&telegram, json!({"limit": 1})).await, [1]);
    assert_eq!(ids(&telegram, json!({})).await, [1, 2]);
    assert_eq!(ids(&telegram, json!({"offset": 2})).await, [2]);
    assert_eq!(ids(&telegram, json!({"offset": 3})).await, [0; 0]);
    telegram.duplicate_last();
    assert_eq!(ids(&telegram, json!({"offset": 3})).await, [2]);
    telegram.update_with_id(10, json!({"telepathy": {}}));
    assert_eq!(ids(&telegram, json!({"offset": 3})).await, [10]);
    telegram.update_with_id(5, json!({"telepathy": {}}));
    assert_eq!(ids(&telegram, json!({"offset": 11})).await, [5]);
    telegram.private(USER, "早");
    assert_eq!(ids(&telegram, json!({"offset": 11})).await, [11]);
    telegram.private(USER, "早");
    assert_eq!(ids(&telegram, json!({"offset": -1})).await, [12]);
    assert_eq!(ids(&telegram, json!({})).await, [12]);
}

#[tokio::test]
async fn a_bot_gets_the_kinds_that_it_asked_for() {
    let telegram = fake().await;
    telegram.inline(USER, "路");
    telegram.update(json!({"telepathy": {}}));
    assert_eq!(
        ids(&telegram, json!({"allowed_updates": ["inline_query"]})).await,
        [3, 4]
    );
    telegram.private(USER, "早");
    assert_eq!(ids(&telegram, json!({"offset": 5})).await, [0; 0]);
    telegram.private(USER, "早");
    assert_eq!(ids(&telegram, json!({"offset": 5, "allowed_updates": []})).await, [6]);
}

#[tokio::test]
async fn the_bot_can_read_every_kind() {
    let telegram = fake().await;
    let more = json!({"caption": "看", "forward_origin": {"type": "hidden_user", "sender_user_name": "竹", "date": 1}});
    telegram.document(USER, "纪要.txt", b"a", more);
    telegram.edit_private(USER, 1, "晚");
    telegram.edit_group(GROUP, USER, 2, "晚");
    telegram.press_data(USER, GROUP, 2, "more");
    telegram.press_inaccessible(USER, GROUP, 2, "more");
    telegram.inline(USER, "路");
    telegram.kicked(GROUP);
    telegram.kicked(USER);
    telegram.migrate(-6, -1_006);
    let updates = client(&telegram).get_updates().await.unwrap();
    assert_eq!(updates.len(), 12);
    for update in &updates {
        assert!(!matches!(update.kind, UpdateKind::Error(_)), "{update:?}");
    }
    let edits = updates.iter().filter_map(|update| match &update.kind {
        UpdateKind::EditedMessage(message) => Some((message.text(), message.edit_date().is_some())),
        _ => None,
    });
    assert_eq!(edits.collect::<Vec<_>>(), [(Some("晚"), true); 2]);
}

#[tokio::test]
async fn a_webhook_takes_the_place_of_polling() {
    let telegram = fake().await;
    let webhook = |url: &str, secret: &str| json!({"url": url, "secret_token": secret, "allowed_updates": ["message"]});
    let cases = [
        (
            webhook("http://a.cn", "a"),
            "bad webhook: HTTPS url must be provided for webhook",
        ),
        (webhook("https://a.cn:99", "a"), "only on ports 80, 88, 443 or 8443"),
        (webhook("a.cn", "a"), "invalid webhook URL"),
        (
            webhook("https://a.cn/x", "a b"),
            "secret token contains unallowed characters",
        ),
        (webhook("https://a.cn/x", &"a".repeat(257)), "secret token is too long"),
    ];
    check(&telegram, "setWebhook", cases).await;
    assert_eq!(telegram.webhook(), None);
    // As teloxide does: a form.
    let url = "https://a.cn/x".parse().unwrap();
    client(&telegram).set_webhook(url).await.unwrap();
    assert_eq!(telegram.webhook().unwrap()["url"], "https://a.cn/x");
    check(&telegram, "setWebhook", [(webhook("https://a.cn:8443/x", "a-1"), "ok")]).await;
    assert_eq!(telegram.webhook().unwrap()["secret_token"], "a-1");
    let info = result(&telegram, "getWebhookInfo", json!({})).await;
    assert_eq!(
        (&info["url"], &info["pending_update_count"]),
        (&json!("https://a.cn:8443/x"), &json!(2))
    );
    let conflict = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the \
                    webhook first";
    assert_eq!(outcome(&telegram, "getUpdates", json!({})).await, conflict);
    assert_eq!(telegram.take_updates().len(), 2);
    assert_eq!(telegram.take_updates().len(), 0);
    telegram.private(USER, "早");
    result(&telegram, "deleteWebhook", json!({"drop_pending_updates": true})).await;
    assert_eq!(telegram.webhook(), None);
    assert_eq!(ids(&telegram, json!({})).await, [0; 0]);
}
