//! Documents, sent and fetched.

use serde_json::json;
use teloxide::net::Download;
use teloxide::payloads::SendDocumentSetters;
use teloxide::prelude::Requester;
use teloxide::types::{ChatId, FileId, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, MessageId, ParseMode};
use teloxide::types::{ReplyMarkup, ReplyParameters};

use super::super::{Document, TOKEN};
use super::{USER, call, check, client, fake, outcome, result};

#[tokio::test]
async fn a_document_goes_out_as_a_form_and_is_kept() {
    let telegram = fake().await;
    let button = InlineKeyboardButton::callback("更多", "more");
    let message = client(&telegram)
        .send_document(ChatId(USER), InputFile::memory("路\n").file_name("纪要.txt"))
        .caption("<b>[1]</b>")
        .parse_mode(ParseMode::Html)
        .disable_notification(true)
        .reply_parameters(ReplyParameters::new(MessageId(1)))
        .reply_markup(ReplyMarkup::InlineKeyboard(InlineKeyboardMarkup::new([[button]])))
        .await
        .unwrap();
    assert_eq!(message.caption(), Some("[1]"));
    assert_eq!(
        message.reply_to_message().and_then(|replied| replied.text()),
        Some("早")
    );
    let sent = telegram.sent().await;
    assert_eq!(
        (sent.text.as_str(), sent.buttons()),
        ("[1]", vec![vec!["更多".to_owned()]])
    );
    assert_eq!(sent.parameters["chat_id"], USER);
    let Document { name, bytes } = sent.document.unwrap();
    assert_eq!((name.as_str(), &bytes[..]), ("纪要.txt", "路\n".as_bytes()));
    // The same file once more, by its id in JSON; the edit of a text that isn't there.
    let file = &message.document().unwrap().file.id.0;
    let again = result(&telegram, "sendDocument", json!({"chat_id": USER, "document": file})).await;
    assert_eq!(telegram.sent().await.document.unwrap().bytes, bytes);
    let edit = json!({"chat_id": USER, "message_id": again["message_id"], "text": "路"});
    let no_text = "there is no text in the message to edit";
    assert_eq!(outcome(&telegram, "editMessageText", edit).await, no_text);
}

#[tokio::test]
async fn documents_are_checked() {
    let telegram = fake().await;
    telegram.document(USER, "a.txt", b"a", json!({}));
    let updates = result(&telegram, "getUpdates", json!({})).await;
    let file = &updates[2]["message"]["document"]["file_id"];
    let document = |caption: &str| json!({"chat_id": USER, "document": file, "caption": caption, "parse_mode": "HTML"});
    let cases = [
        (document(&format!("<b>{}</b>", "路".repeat(1024))), "ok"),
        (document(&"路".repeat(1025)), "message caption is too long"),
        (document("<b>"), "can't parse entities"),
        (
            json!({"chat_id": USER, "document": "x"}),
            "wrong file identifier/HTTP URL specified",
        ),
        (
            json!({"chat_id": USER, "document": "attach://x"}),
            "there is no document in the request",
        ),
        (json!({"chat_id": USER}), "document is empty"),
        (json!({"chat_id": 5, "document": file}), "chat not found"),
    ];
    check(&telegram, "sendDocument", cases).await;
    let empty = client(&telegram)
        .send_document(ChatId(USER), InputFile::memory(""))
        .await;
    assert!(empty.unwrap_err().to_string().contains("file must be non-empty"));
}

#[tokio::test]
async fn peoples_files_are_fetched() {
    let telegram = fake().await;
    let bytes = "路".repeat(100_000).into_bytes();
    telegram.document(USER, "纪要.txt", &bytes, json!({"caption": "看"}));
    telegram.document(USER, "大.txt", b"", json!({"document": {"file_size": 30_000_000}}));
    let updates = result(&telegram, "getUpdates", json!({})).await;
    let message = &updates[2]["message"];
    assert_eq!((&message["caption"], &message["text"]), (&json!("看"), &json!(null)));
    let document = &message["document"];
    assert_eq!(
        (&document["mime_type"], &document["file_size"]),
        (&json!("text/plain"), &json!(bytes.len()))
    );
    let cases = [
        (json!({"file_id": document["file_id"]}), "ok"),
        (
            json!({"file_id": updates[3]["message"]["document"]["file_id"]}),
            "file is too big",
        ),
        (json!({"file_id": "x"}), "invalid file_id"),
        (json!({}), "file_id not specified"),
    ];
    check(&telegram, "getFile", cases).await;
    let bot = client(&telegram);
    let file = bot
        .get_file(FileId(document["file_id"].as_str().unwrap().to_owned()))
        .await
        .unwrap();
    assert_eq!(file.meta.size as usize, bytes.len());
    let mut fetched = std::io::Cursor::new(Vec::new());
    bot.download_file(&file.path, &mut fetched).await.unwrap();
    assert_eq!(fetched.into_inner(), bytes);
    for (token, path) in [(TOKEN, "documents/none.txt"), ("1:a", file.path.as_str())] {
        let url = format!("{}/file/bot{token}/{path}", telegram.url());
        assert!(reqwest::get(url).await.unwrap().status().is_client_error());
    }
    assert_eq!(telegram.calls("download").await.len(), 2);
    let refused = call(&telegram, "getFile", json!({"file_id": "x"})).await;
    assert_eq!(refused["error_code"], 400);
}
