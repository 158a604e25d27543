//! Members, menus, blocks and moves.

use serde_json::json;
use teloxide::prelude::Requester;
use teloxide::types::{ChatId, UserId};

use super::super::BOT_ID;
use super::{GROUP, USER, call, check, client, fake, result};

#[tokio::test]
async fn members_have_the_status_that_the_test_gave() {
    let telegram = fake().await;
    let bot = client(&telegram);
    let user = UserId(USER as u64);
    for status in ["creator", "administrator", "member", "restricted", "left", "kicked"] {
        telegram.member(GROUP, USER, status);
        let member = bot.get_chat_member(ChatId(GROUP), user).await.unwrap();
        assert_eq!(
            (
                serde_json::to_value(&member).unwrap()["status"].as_str(),
                member.user.id
            ),
            (Some(status), user)
        );
    }
    let stranger = result(&telegram, "getChatMember", json!({"chat_id": GROUP, "user_id": 9})).await;
    assert_eq!(stranger["status"], "left");
    let cases = [
        (json!({"chat_id": -5, "user_id": 9}), "chat not found"),
        (json!({"chat_id": GROUP, "user_id": "x"}), "invalid user_id specified"),
        (json!({"chat_id": GROUP}), "user_id is empty"),
    ];
    check(&telegram, "getChatMember", cases).await;
}

#[tokio::test]
async fn chats_that_are_closed_to_the_bot_say_why() {
    let telegram = fake().await;
    let calls = |chat: i64| {
        [
            ("sendMessage", json!({"chat_id": chat, "text": "路"})),
            ("sendChatAction", json!({"chat_id": chat, "action": "typing"})),
        ]
    };
    for (chat, why) in [
        (USER, "Forbidden: bot was blocked by the user"),
        (GROUP, "Forbidden: bot was kicked from the supergroup chat"),
    ] {
        for closed in [true, false] {
            match closed {
                true => telegram.block(chat),
                false => telegram.unblock(chat),
            }
            for (method, parameters) in calls(chat) {
                check(&telegram, method, [(parameters, if closed { why } else { "ok" })]).await;
            }
        }
    }
    let sing = [(json!({"chat_id": USER, "action": "sing"}), "wrong parameter action")];
    check(&telegram, "sendChatAction", sing).await;
    let cases = [
        (json!({"chat_id": USER}), "private chats"),
        (json!({"chat_id": GROUP}), "ok"),
        (
            json!({"chat_id": GROUP}),
            "Forbidden: bot is not a member of the supergroup chat",
        ),
    ];
    check(&telegram, "leaveChat", cases).await;
    let [send, _] = calls(GROUP);
    let answer = call(&telegram, send.0, send.1).await;
    assert_eq!(answer["error_code"], 403);
}

#[tokio::test]
async fn being_kicked_and_moving_are_told() {
    let telegram = fake().await;
    telegram.kicked(GROUP);
    telegram.migrate(-6, -1_006);
    let updates = result(&telegram, "getUpdates", json!({})).await;
    let change = &updates[2]["my_chat_member"];
    assert_eq!(
        (&change["chat"]["id"], &change["new_chat_member"]["status"]),
        (&json!(GROUP), &json!("kicked"))
    );
    assert_eq!(change["new_chat_member"]["user"]["id"], BOT_ID);
    assert_eq!(updates[3]["message"]["migrate_to_chat_id"], -1_006);
    assert_eq!(updates[4]["message"]["migrate_from_chat_id"], -6);
    let cases = [
        (json!({"chat_id": GROUP, "text": "路"}), "bot was kicked"),
        (json!({"chat_id": -1_006, "text": "路"}), "ok"),
    ];
    check(&telegram, "sendMessage", cases).await;
    let moved = call(&telegram, "sendMessage", json!({"chat_id": -6, "text": "路"})).await;
    assert_eq!(moved["parameters"]["migrate_to_chat_id"], -1_006);
    assert_eq!(
        moved["description"],
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
}

#[tokio::test]
async fn menus_are_kept_by_scope_and_language() {
    let telegram = fake().await;
    let menu = |name: &str| json!([{"command": name, "description": "…"}]);
    let cases = [
        (json!({"commands": menu("ask")}), "ok"),
        (json!({"commands": menu("问")}), "BOT_COMMAND_INVALID"),
        (
            json!({"commands": [{"command": "ask", "description": ""}]}),
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            json!({"commands": vec![json!({"command": "ask", "description": "…"}); 101]}),
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            json!({"commands": menu("ask"), "language_code": "zh-hans"}),
            "invalid language code specified",
        ),
        (json!({"commands": menu("en"), "language_code": "en"}), "ok"),
        (
            json!({"commands": menu("one"), "scope": {"type": "chat", "chat_id": USER}}),
            "ok",
        ),
        (
            json!({"commands": menu("one"), "scope": {"type": "all_private_chats"}}),
            "ok",
        ),
        (
            json!({"commands": menu("ask"), "scope": {"type": "chat"}}),
            "Empty chat_id specified",
        ),
        (
            json!({"commands": menu("ask"), "scope": {"type": "chat_member", "chat_id": 1}}),
            "Invalid user_id",
        ),
        (
            json!({"commands": menu("ask"), "scope": {"type": "cat"}}),
            "Unsupported type specified",
        ),
    ];
    check(&telegram, "setMyCommands", cases).await;
    let names = async |parameters| result(&telegram, "getMyCommands", parameters).await[0]["command"].clone();
    let scope = json!({"scope": {"type": "chat", "chat_id": USER}});
    assert_eq!(names(json!({})).await, "ask");
    assert_eq!(
        names(json!({"scope": {"type": "default"}, "language_code": "en"})).await,
        "en"
    );
    assert_eq!(names(scope.clone()).await, "one");
    result(&telegram, "deleteMyCommands", scope.clone()).await;
    assert_eq!(result(&telegram, "getMyCommands", scope).await, json!([]));
    assert_eq!(names(json!({})).await, "ask");
}
