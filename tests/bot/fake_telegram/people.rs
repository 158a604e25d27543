//! What people do, and what befalls chats: each becomes an update.

use serde_json::{Value, json};

use super::state::{Standing, merge};
use super::{BOT_ID, FakeTelegram, Sent, methods, person};

/// Who acts in a group where it doesn't matter who does.
const SOMEBODY: i64 = 1_001;

impl FakeTelegram {
    /// Somebody writes to the bot in private. Returns the message's number.
    pub fn private(&self, user: i64, text: &str) -> i64 {
        self.message(private_chat(user), user, json!({"text": text}))
    }

    /// Somebody writes in a group; `more` adds fields to the message.
    pub fn group(&self, chat: i64, user: i64, text: &str, more: Value) -> i64 {
        let chat = json!({"id": chat, "type": "supergroup", "title": "古道办", "is_forum": true});
        let mut content = json!({"text": text});
        merge(&mut content, &more);
        self.message(chat, user, content)
    }

    /// Somebody sends the bot a file in private, which getFile then knows. `more` adds fields to the message, such as
    /// a caption; those of its `document` override the real ones.
    pub fn document(&self, user: i64, file_name: &str, bytes: &[u8], mut more: Value) -> i64 {
        let fields = more["document"].take();
        let bytes = axum::body::Bytes::copy_from_slice(bytes);
        let document = self
            .shared
            .with(|inner| inner.files.keep(file_name, bytes, &fields).json.clone());
        more["document"] = document;
        self.message(private_chat(user), user, more)
    }

    fn message(&self, chat: Value, user: i64, content: Value) -> i64 {
        let id = self.shared.with(|inner| inner.chats.next_message_id());
        let mut message = json!({"message_id": id, "date": 1_700_000_000, "chat": chat, "from": person(user)});
        merge(&mut message, &content);
        self.update(json!({"message": message}));
        id
    }

    /// Somebody edits a message of theirs in private.
    pub fn edit_private(&self, user: i64, message_id: i64, new_text: &str) {
        self.edit_group(user, user, message_id, new_text);
    }

    /// Somebody edits a message of theirs in a group.
    pub fn edit_group(&self, chat: i64, user: i64, message_id: i64, new_text: &str) {
        let mut message = self.known(chat, message_id);
        assert_eq!(message["from"]["id"], user, "people edit what they wrote");
        merge(&mut message, &json!({"text": new_text, "edit_date": 1_700_000_002}));
        self.update(json!({"edited_message": message}));
    }

    /// Somebody presses the button that contains `button_text`, on the message as it is now. Returns the query's id.
    pub fn press(&self, user: i64, sent: &Sent, button_text: &str) -> String {
        let message = self.known(sent.chat, sent.message_id);
        let button = methods::button_in(&message, button_text)
            .unwrap_or_else(|buttons| panic!("no button {button_text} in {buttons:?}"));
        let data = button["callback_data"].as_str();
        let data = data.unwrap_or_else(|| panic!("{button} calls nothing back"));
        self.callback(user, &message, data)
    }

    /// A press with any data, on a message as it is now.
    pub fn press_data(&self, user: i64, chat: i64, message_id: i64, data: &str) -> String {
        let message = self.known(chat, message_id);
        self.callback(user, &message, data)
    }

    /// Somebody's reactions to a message, before and now.
    pub fn react(&self, user: i64, chat: i64, message_id: i64, before: &[&str], now: &[&str]) {
        let emoji = |all: &[&str]| -> Vec<Value> {
            let each = all.iter().map(|emoji| json!({"type": "emoji", "emoji": emoji}));
            each.collect()
        };
        let message = self.known(chat, message_id);
        self.update(json!({"message_reaction": {
            "chat": message["chat"], "message_id": message_id, "user": person(user), "date": 1_700_000_003,
            "old_reaction": emoji(before), "new_reaction": emoji(now),
        }}));
    }

    /// A press on a message that the bot can no longer read.
    pub fn press_inaccessible(&self, user: i64, chat: i64, message_id: i64, data: &str) -> String {
        let chat = self.shared.with(|inner| inner.chats.meet(chat).json.clone());
        let message = json!({"chat": chat, "message_id": message_id, "date": 0});
        self.callback(user, &message, data)
    }

    fn callback(&self, user: i64, message: &Value, data: &str) -> String {
        let id = self.shared.with(|inner| inner.queries.next_id());
        self.update(json!({"callback_query": {
            "id": id, "from": person(user), "message": message, "chat_instance": "-3141592653589793", "data": data,
        }}));
        id
    }

    /// Somebody types `query` behind the bot's name. Returns the query's id.
    pub fn inline(&self, user: i64, query: &str) -> String {
        let id = self.shared.with(|inner| inner.queries.next_id());
        self.update(json!({"inline_query": {"id": id, "from": person(user), "query": query, "offset": ""}}));
        id
    }

    /// Somebody's status in a chat from now on, without an update.
    pub fn member(&self, chat: i64, user: i64, status: &str) {
        self.shared.with(|inner| inner.chats.set_member(chat, user, status));
    }

    /// The chat lets the bot do nothing more, without an update.
    pub fn block(&self, chat: i64) {
        self.shared
            .with(|inner| inner.chats.meet(chat).standing = Standing::Blocked);
    }

    pub fn unblock(&self, chat: i64) {
        self.shared
            .with(|inner| inner.chats.meet(chat).standing = Standing::Open);
    }

    /// The bot is kicked from the chat, or blocked by the user, and is told.
    pub fn kicked(&self, chat: i64) {
        self.block(chat);
        let json = self.shared.with(|inner| inner.chats.meet(chat).json.clone());
        let who = if chat > 0 { chat } else { SOMEBODY };
        self.update(json!({"my_chat_member": {
            "chat": json, "from": person(who), "date": 1_700_000_002,
            "old_chat_member": methods::member(BOT_ID, "member"),
            "new_chat_member": methods::member(BOT_ID, "kicked"),
        }}));
    }

    /// Somebody deletes a message, which bots are not told.
    pub fn delete_message(&self, chat: i64, message_id: i64) {
        let deleted = self.shared.with(|inner| inner.chats.delete(chat, message_id));
        assert!(deleted, "no message {message_id} in {chat}");
    }

    /// A group becomes a supergroup with another number; the old one takes nothing more.
    pub fn migrate(&self, old: i64, new: i64) {
        let group = json!({"id": old, "type": "group", "title": "古道办"});
        let supergroup = json!({"id": new, "type": "supergroup", "title": "古道办"});
        self.message(group, SOMEBODY, json!({"migrate_to_chat_id": new}));
        self.message(supergroup, SOMEBODY, json!({"migrate_from_chat_id": old}));
        self.shared
            .with(|inner| inner.chats.meet(old).standing = Standing::MovedTo(new));
    }

    /// Any update, without its number.
    pub fn update(&self, update: Value) {
        self.shared.with(|inner| {
            inner.learn(&update);
            inner.updates.push(update);
        });
    }

    /// Any update with this number, which may be lower than those before it.
    pub fn update_with_id(&self, id: i64, update: Value) {
        self.shared.with(|inner| {
            inner.learn(&update);
            inner.updates.push_with_id(id, update);
        });
    }

    /// The last update comes again with its number, even where the bot has confirmed it.
    pub fn duplicate_last(&self) {
        self.shared.with(|inner| inner.updates.push_last_again());
    }

    /// A message as it is now.
    fn known(&self, chat: i64, message_id: i64) -> Value {
        let known = self
            .shared
            .with(|inner| inner.chats.message(chat, message_id).map(|known| known.json.clone()));
        known.unwrap_or_else(|| panic!("no message {message_id} in {chat}"))
    }
}

fn private_chat(user: i64) -> Value {
    json!({"id": user, "type": "private", "first_name": "兰"})
}
