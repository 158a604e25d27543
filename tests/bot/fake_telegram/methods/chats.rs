//! Chats and who is in them.

use serde_json::{Value, json};

use super::super::state::{Inner, Shared, Standing, merge};
use super::super::{BOT_ID, person};
use super::{Refusal, integer, me};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

/// The chat that the parameters name, where the bot may do something in it.
pub fn open_chat(shared: &Shared, parameters: &Value) -> Result<i64, Refusal> {
    shared.with(|inner| {
        let id = integer(&parameters["chat_id"]).ok_or_else(|| Refusal::bad("chat not found"))?;
        let chat = inner.chats.chat(id).ok_or_else(|| Refusal::bad("chat not found"))?;
        let kind = chat.json["type"].as_str().unwrap_or_default();
        match chat.standing {
            Standing::Open => Ok(id),
            Standing::Blocked if kind == "private" => Err(Refusal::new(403, "Forbidden: bot was blocked by the user")),
            Standing::Blocked => Err(Refusal::new(
                403,
                format!("Forbidden: bot was kicked from the {kind} chat"),
            )),
            Standing::Left => Err(Refusal::new(
                403,
                format!("Forbidden: bot is not a member of the {kind} chat"),
            )),
            Standing::MovedTo(new) => {
                Err(Refusal::bad("group chat was upgraded to a supergroup chat")
                    .with(json!({"migrate_to_chat_id": new})))
            }
        }
    })
}

/// The topic that the parameters name, where they name one.
pub fn thread(inner: &Inner, chat: i64, parameters: &Value) -> Result<Option<i64>, Refusal> {
    let Some(value) = parameters.get("message_thread_id") else {
        return Ok(None);
    };
    match integer(value).filter(|thread| inner.chats.has_thread(chat, *thread)) {
        Some(thread) => Ok(Some(thread)),
        None => Err(Refusal::bad("message thread not found")),
    }
}

pub fn send_chat_action(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let chat = open_chat(shared, parameters)?;
    if !ACTIONS.contains(&parameters["action"].as_str().unwrap_or_default()) {
        return Err(Refusal::bad("wrong parameter action in request"));
    }
    shared.with(|inner| thread(inner, chat, parameters))?;
    Ok(json!(true))
}

pub fn get_chat_member(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let chat = open_chat(shared, parameters)?;
    let user = integer(&parameters["user_id"]).ok_or_else(|| Refusal::bad("invalid user_id specified"))?;
    Ok(shared.with(|inner| member(user, inner.chats.status(chat, user))))
}

pub fn leave_chat(shared: &Shared, parameters: &Value) -> Result<Value, Refusal> {
    let chat = open_chat(shared, parameters)?;
    if chat > 0 {
        return Err(Refusal::bad("chat member status can't be changed in private chats"));
    }
    shared.with(|inner| inner.chats.meet(chat).standing = Standing::Left);
    Ok(json!(true))
}

/// A member of this status, with all the fields that one has.
pub fn member(user: i64, status: &str) -> Value {
    let who = match user == BOT_ID {
        true => me(),
        false => person(user),
    };
    let mut member = json!({"status": status, "user": who});
    merge(
        &mut member,
        &match status {
            "creator" => json!({"is_anonymous": false}),
            "administrator" => json!({
                "can_be_edited": false, "is_anonymous": false, "can_manage_chat": true, "can_delete_messages": true,
                "can_manage_video_chats": true, "can_restrict_members": true, "can_promote_members": false,
                "can_change_info": true, "can_invite_users": true, "can_post_stories": false, "can_edit_stories": false,
                "can_delete_stories": false,
            }),
            "restricted" => json!({
                "is_member": true, "can_send_messages": true, "can_send_audios": false, "can_send_documents": false,
                "can_send_photos": false, "can_send_videos": false, "can_send_video_notes": false,
                "can_send_voice_notes": false, "can_send_polls": false, "can_send_other_messages": false,
                "can_add_web_page_previews": false, "can_react_to_messages": false, "can_edit_tag": false,
                "can_change_info": false, "can_invite_users": false, "can_pin_messages": false,
                "can_manage_topics": false, "until_date": 0,
            }),
            "kicked" => json!({"until_date": 0}),
            "member" | "left" => json!({}),
            other => panic!("no status of a member: {other}"),
        },
    );
    member
}
