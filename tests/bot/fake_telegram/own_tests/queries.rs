//! Answers to presses and to inline questions.

use serde_json::{Value, json};

use super::{USER, check, fake, result, with};

#[tokio::test]
async fn a_press_is_answered_once() {
    let telegram = fake().await;
    let id = telegram.press_data(USER, USER, 1, "more");
    let inline = telegram.inline(USER, "路");
    let answer = |id: &str, text: &str| json!({"callback_query_id": id, "text": text});
    let too_old = "query is too old and response timeout expired or query ID is invalid";
    let cases = [
        (answer("4", ""), too_old),
        (answer(&inline, ""), too_old),
        (answer(&id, &"路".repeat(201)), "MESSAGE_TOO_LONG"),
        (answer(&id, &"路".repeat(200)), "ok"),
        (answer(&id, ""), too_old),
        (json!({}), "callback_query_id is empty"),
    ];
    check(&telegram, "answerCallbackQuery", cases).await;
    assert_eq!(telegram.callback_answer(&id).await["callback_query_id"], json!(id));
}

#[tokio::test]
async fn inline_answers_are_checked_to_the_last_result() {
    let telegram = fake().await;
    let id = telegram.inline(USER, "路");
    let article = json!({"type": "article", "id": "1", "title": "路", "description": "…",
        "input_message_content": {"message_text": "<b>路</b>", "parse_mode": "HTML"}});
    let answer = |results: Value| json!({"inline_query_id": id, "results": results});
    let one = |more: Value| answer(json!([with(&article, more)]));
    let content = |content: Value| one(json!({"input_message_content": content}));
    let numbered = |count: usize| {
        answer(
            (0..count)
                .map(|id| with(&article, json!({"id": id.to_string()})))
                .collect(),
        )
    };
    let whole = |more: Value| with(&one(json!({})), more);
    let start = |start: &str| whole(json!({"button": {"text": "看", "start_parameter": start}}));
    let cases = [
        (numbered(51), "RESULTS_TOO_MUCH"),
        (answer(json!([article, article])), "RESULT_ID_DUPLICATE"),
        (one(json!({"id": ""})), "RESULT_ID_INVALID"),
        (one(json!({"id": "路".repeat(22)})), "RESULT_ID_INVALID"),
        (one(json!({"type": "photo"})), "articles only"),
        (one(json!({"titel": "路"})), "no field titel"),
        (one(json!({"title": ""})), "ARTICLE_TITLE_EMPTY"),
        (
            one(json!({"reply_markup": {"inline_keyboard": [[{"text": "看"}]]}})),
            "Text buttons",
        ),
        (content(json!({"message_text": ""})), "message text is empty"),
        (
            content(json!({"message_text": "<b>", "parse_mode": "HTML"})),
            "can't parse entities",
        ),
        (content(json!({"message_text": "路".repeat(4097)})), "MESSAGE_TOO_LONG"),
        (whole(json!({"next_offset": "0".repeat(65)})), "NEXT_OFFSET_INVALID"),
        (whole(json!({"cache_time": -1})), "cache_time"),
        (whole(json!({"button": {"text": "看"}})), "results button"),
        (start("a b"), "START_PARAM_INVALID"),
        (with(&start("a"), json!({"inline_query_id": "4"})), "query is too old"),
        (
            with(
                &start("a-1"),
                json!({"cache_time": 0, "is_personal": true, "next_offset": "50"}),
            ),
            "ok",
        ),
        (start("a"), "query is too old"),
    ];
    check(&telegram, "answerInlineQuery", cases).await;
    assert_eq!(telegram.inline_answer(&id).await["next_offset"], "50");
    let id = telegram.inline(USER, "桥");
    let many = with(&numbered(50), json!({"inline_query_id": id}));
    check(&telegram, "answerInlineQuery", [(many, "ok")]).await;
    result(&telegram, "getMe", json!({})).await["supports_inline_queries"]
        .as_bool()
        .filter(|supports| *supports)
        .expect("the bot is asked inline");
}
