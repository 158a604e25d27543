//! Sending, editing, deleting.

use serde_json::json;

use super::{GROUP, USER, check, fake, result, with};

const TOO_LONG: usize = 4097;

#[tokio::test]
async fn texts_topics_and_replies_are_checked() {
    let telegram = fake().await;
    let here = json!({"chat_id": USER, "text": "路"});
    let there = json!({"chat_id": GROUP, "text": "路"});
    let cases = [
        (here.clone(), "ok"),
        (
            with(&here, json!({"chat_id": USER.to_string(), "reply_markup": null})),
            "ok",
        ),
        (with(&here, json!({"text": "路".repeat(4096)})), "ok"),
        (
            with(&here, json!({"text": "路".repeat(TOO_LONG)})),
            "message is too long",
        ),
        (with(&here, json!({"text": " "})), "message text is empty"),
        (json!({"chat_id": USER}), "message text is empty"),
        (json!({"text": "路"}), "chat_id is empty"),
        (with(&here, json!({"chat_id": 5})), "chat not found"),
        (
            with(&here, json!({"text": "<b>路", "parse_mode": "HTML"})),
            "can't parse entities",
        ),
        (with(&here, json!({"mood": 1})), "no parameter mood"),
        (with(&here, json!({"reply_parameters": {"message_id": 1}})), "ok"),
        (
            with(&here, json!({"reply_parameters": {"message_id": 2}})),
            "message to be replied not found",
        ),
        (
            with(
                &here,
                json!({"reply_parameters": {"message_id": 2, "allow_sending_without_reply": true}}),
            ),
            "ok",
        ),
        (with(&here, json!({"message_thread_id": 9})), "message thread not found"),
        (
            with(&there, json!({"message_thread_id": 8})),
            "message thread not found",
        ),
        (with(&there, json!({"message_thread_id": 9})), "ok"),
    ];
    let good = cases.iter().filter(|(_, outcome)| *outcome == "ok").count();
    check(&telegram, "sendMessage", cases).await;
    assert_eq!(telegram.all_sent().len(), good);
    check(&telegram, "sendPigeon", [(json!({}), "Not Found")]).await;
}

#[tokio::test]
async fn a_thread_is_known_in_forums_only() {
    let telegram = fake().await;
    let plain = json!({"chat": {"id": -5, "type": "supergroup", "title": "古道办"}, "message_thread_id": 9});
    telegram.group(-5, USER, "早", plain);
    let cases = [(
        json!({"chat_id": -5, "text": "路", "message_thread_id": 9}),
        "message thread not found",
    )];
    check(&telegram, "sendMessage", cases).await;
}

#[tokio::test]
async fn what_was_sent_comes_back_whole() {
    let telegram = fake().await;
    let keyboard = json!({"inline_keyboard": [[{"text": "更多", "callback_data": "more"}]]});
    let parameters = json!({"chat_id": GROUP, "text": "<b>路</b>&amp;", "parse_mode": "HTML", "message_thread_id": 9,
        "reply_parameters": {"message_id": 2}, "reply_markup": keyboard});
    let message = result(&telegram, "SendMessage", parameters).await;
    assert_eq!(message["text"], "路&");
    assert_eq!(message["chat"]["title"], "古道办");
    assert_eq!(message["message_thread_id"], 9);
    assert_eq!(message["reply_to_message"]["text"], "早");
    assert_eq!(message["reply_markup"], keyboard);
    let sent = telegram.sent().await;
    assert_eq!(message["message_id"], sent.message_id);
    assert_eq!((sent.text.as_str(), sent.raw.as_str()), ("路&", "<b>路</b>&amp;"));
    assert_eq!(sent.buttons(), [["更多"]]);
    assert!(sent.document.is_none());
}

#[tokio::test]
async fn edits_need_a_message_and_a_change() {
    let telegram = fake().await;
    let keyboard = json!({"inline_keyboard": [[{"text": "更多", "callback_data": "more"}]]});
    let message = json!({"chat_id": USER, "text": "路", "reply_markup": keyboard});
    let id = result(&telegram, "sendMessage", message.clone()).await["message_id"].clone();
    let edit = with(&message, json!({"message_id": id}));
    let bold = json!({"text": "<b>路</b>", "parse_mode": "HTML"});
    let cases = [
        (edit.clone(), "message is not modified: specified"),
        (with(&edit, bold.clone()), "ok"),
        (with(&edit, bold), "message is not modified"),
        (with(&edit, json!({"text": "桥", "reply_markup": null})), "ok"),
        (
            with(&edit, json!({"text": "桥", "reply_markup": {"inline_keyboard": []}})),
            "message is not modified",
        ),
        (with(&edit, json!({"text": "路".repeat(TOO_LONG)})), "MESSAGE_TOO_LONG"),
        (with(&edit, json!({"text": ""})), "message text is empty"),
        (
            with(&edit, json!({"text": "<i>", "parse_mode": "HTML"})),
            "can't parse entities",
        ),
        (with(&edit, json!({"message_id": 1})), "message to edit not found"),
        (with(&edit, json!({"message_id": 999})), "message to edit not found"),
        (
            with(&edit, json!({"message_id": null})),
            "message identifier is not specified",
        ),
        (with(&edit, json!({"chat_id": 5})), "chat not found"),
        (
            with(&edit, json!({"reply_markup": {"force_reply": true}})),
            "inline keyboard expected",
        ),
    ];
    check(&telegram, "editMessageText", cases).await;
    let markup = json!({"chat_id": USER, "message_id": id, "reply_markup": keyboard});
    let cases = [
        (markup.clone(), "ok"),
        (markup.clone(), "message is not modified"),
        (with(&markup, json!({"reply_markup": null})), "ok"),
        (with(&markup, json!({"message_id": 999})), "message to edit not found"),
    ];
    check(&telegram, "editMessageReplyMarkup", cases).await;
    let edits = [
        telegram.edited().await,
        telegram.edited().await,
        telegram.edited().await,
    ];
    let texts: Vec<_> = edits
        .iter()
        .map(|edit| (edit.text.as_str(), edit.buttons().len()))
        .collect();
    assert_eq!(texts, [("路", 1), ("桥", 0), ("桥", 1)]);
    assert_eq!(edits[2].message_id, id);
    telegram.delete_message(USER, edits[2].message_id);
    check(&telegram, "editMessageText", [(edit, "message to edit not found")]).await;
    telegram.sent().await;
    telegram.nothing_more().await;
}

#[tokio::test]
async fn a_bot_deletes_what_it_may() {
    let telegram = fake().await;
    let sent = result(&telegram, "sendMessage", json!({"chat_id": GROUP, "text": "路"})).await;
    let own = json!({"chat_id": GROUP, "message_id": sent["message_id"]});
    let others = json!({"chat_id": GROUP, "message_id": 2});
    let cases = [
        (own.clone(), "ok"),
        (own, "message to delete not found"),
        (json!({"chat_id": USER, "message_id": 1}), "ok"),
        (others.clone(), "message can't be deleted"),
    ];
    check(&telegram, "deleteMessage", cases).await;
    telegram.member(GROUP, super::super::BOT_ID, "administrator");
    check(&telegram, "deleteMessage", [(others, "ok")]).await;
}
