//! Whether a message asks something of the bot, and what.

use teloxide::types::{Me, Message};

use super::records::{LinkId, SurveyCard};

/// What a message asks for. Texts are what stands behind the command, without white space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// An answer; empty where no question came with the command.
    Ask(String),
    /// A summary of what is named; of the usual or the last meeting where it is empty.
    Summary(String),
    /// Two or more side by side.
    Compare(String),
    /// Somebody, or a topic, in whole; empty where nobody and nothing is named.
    Survey(SurveyCard),
    /// What this is.
    Start,
    /// The quote that a link leads to.
    Link(LinkId),
    /// How to use it.
    Help,
    /// A list to look through.
    List(List),
    /// To speak another language.
    Lang(String),
    /// What the chat's questions are usually about.
    Usual(String),
    /// What is wrong with an answer; of admins, a list of what was said of answers, or `export`.
    Feedback(String),
    /// To be told of something when it comes up again.
    Watch(String),
    /// What the chat has set.
    Settings,
    /// What the chat is told of.
    Watches,
    /// An answer as a document: of which format, and to which question.
    Export(String),
    /// To read the knowledge files again.
    Reload,
    /// How a file was understood.
    Inspect(String),
    /// To remove a file.
    Remove(String),
    /// How the bot does.
    Status,
    /// To let somebody in; whom, or who is.
    Allow(String),
    /// To shut somebody out.
    Deny(String),
    /// To shut somebody out of a folder; whom and which, or who sees which.
    Disallow(String),
}

/// Lists that are shown page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Meetings, newest first.
    Meetings,
    /// Who speaks in the files.
    Speakers,
    /// For which counties.
    Counties,
    /// Knowledge files; for admins.
    Files,
    /// What users said of answers; for admins.
    Feedback,
    /// What admins did; for admins.
    Audit,
}

impl List {
    /// All of them.
    pub const ALL: [List; 6] = [
        List::Meetings,
        List::Speakers,
        List::Counties,
        List::Files,
        List::Feedback,
        List::Audit,
    ];

    /// The word that buttons and commands call it by.
    pub fn word(self) -> &'static str {
        match self {
            List::Meetings => "meetings",
            List::Speakers => "speakers",
            List::Counties => "counties",
            List::Files => "files",
            List::Feedback => "feedback",
            List::Audit => "audit",
        }
    }

    /// The list of that word.
    pub fn from_word(word: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.word() == word)
    }

    /// Whether admins alone see it.
    pub fn is_for_admins(self) -> bool {
        matches!(self, List::Files | List::Feedback | List::Audit)
    }
}

impl Request {
    /// Whether admins alone may ask it.
    pub fn is_for_admins(&self) -> bool {
        match self {
            Request::List(list) => list.is_for_admins(),
            Request::Reload
            | Request::Inspect(_)
            | Request::Remove(_)
            | Request::Status
            | Request::Allow(_)
            | Request::Deny(_)
            | Request::Disallow(_) => true,
            _ => false,
        }
    }
}

/// What `message` asks of the bot `me`; `None` where it is not for the bot.
///
/// In private everything is; in groups commands, mentions and replies to the bot's messages are.
pub fn request(message: &Message, me: &Me) -> Option<Request> {
    let is_bot = message.from.as_ref().is_some_and(|user| user.is_bot);
    // An admin who stays anonymous comes as a bot of Telegram's, on behalf of the group.
    if is_bot && message.sender_chat.is_none() {
        return None;
    }
    // A question may stand under a picture.
    let text = message.text().or(message.caption())?.trim();
    let private = message.chat.is_private();
    // Keyboards for Chinese have a wide slash.
    if let Some(command) = text.strip_prefix(['/', '／']) {
        return command_request(command, me, private);
    }
    if private {
        return Some(Request::Ask(text.to_owned()));
    }
    if let Some(question) = without_mention(text, me) {
        return Some(Request::Ask(question));
    }
    let replied = message.reply_to_message().and_then(|replied| replied.from.as_ref());
    replied
        .is_some_and(|user| user.id == me.id)
        .then(|| Request::Ask(text.to_owned()))
}

/// `ask@name question`, without its slash. A command for another bot is not ours; an unknown one shows the help in
/// private, and is nobody's business in a group.
fn command_request(command: &str, me: &Me, private: bool) -> Option<Request> {
    let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    let (name, to) = name.split_once('@').map_or((name, None), |(name, to)| (name, Some(to)));
    if to.is_some_and(|to| !to.eq_ignore_ascii_case(me.username())) {
        return None;
    }
    let rest = rest.trim().to_owned();
    match name.to_ascii_lowercase().as_str() {
        "ask" => Some(Request::Ask(rest)),
        "summary" => Some(Request::Summary(rest)),
        "compare" => Some(Request::Compare(rest)),
        "who" => Some(Request::Survey(SurveyCard::Who(rest))),
        "topic" => Some(Request::Survey(SurveyCard::Topic(rest))),
        "start" => Some(LinkId::from_word(&rest).map_or(Request::Start, Request::Link)),
        "help" => Some(Request::Help),
        "meetings" => Some(Request::List(List::Meetings)),
        "speakers" => Some(Request::List(List::Speakers)),
        "counties" => Some(Request::List(List::Counties)),
        "lang" => Some(Request::Lang(rest)),
        "default" => Some(Request::Usual(rest)),
        "feedback" => Some(Request::Feedback(rest)),
        "watch" => Some(Request::Watch(rest)),
        "settings" => Some(Request::Settings),
        "watches" => Some(Request::Watches),
        "export" => Some(Request::Export(rest)),
        "reload" => Some(Request::Reload),
        "files" => Some(Request::List(List::Files)),
        "inspect" => Some(Request::Inspect(rest)),
        "remove" => Some(Request::Remove(rest)),
        "status" => Some(Request::Status),
        "audit" => Some(Request::List(List::Audit)),
        "allow" => Some(Request::Allow(rest)),
        "deny" => Some(Request::Deny(rest)),
        "disallow" => Some(Request::Disallow(rest)),
        _ => private.then_some(Request::Help),
    }
}

/// `text` without `@name`, where it holds it as a word of its own.
fn without_mention(text: &str, me: &Me) -> Option<String> {
    let mention = format!("@{}", me.username()).to_ascii_lowercase();
    // Lowering ASCII letters moves no byte.
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find(&mention) {
        let (start, end) = (from + found, from + found + mention.len());
        let of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let goes_on = lower[end..].starts_with(of_name);
        // x@huiwen_bot.cn is an address.
        let is_address = lower[..start].ends_with(|c: char| of_name(c) || c == '.' || c == '-')
            || lower[end..]
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(of_name));
        if !goes_on && !is_address {
            return Some(
                format!("{} {}", text[..start].trim(), text[end..].trim())
                    .trim()
                    .to_owned(),
            );
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn me() -> Me {
        serde_json::from_value(json!({
            "id": 900, "is_bot": true, "first_name": "会问", "username": "huiwen_bot", "can_join_groups": true,
            "can_read_all_group_messages": false, "supports_inline_queries": false,
            "can_connect_to_business": false, "has_main_web_app": false,
        }))
        .unwrap()
    }

    fn of(chat: &str, text: &str, more: Value) -> Option<Request> {
        let chat = match chat {
            "private" => json!({"id": 5, "type": "private", "first_name": "兰"}),
            _ => json!({"id": -5, "type": "supergroup", "title": "古道办"}),
        };
        let mut message = json!({"message_id": 1, "date": 1_700_000_000, "chat": chat, "text": text,
            "from": {"id": 5, "is_bot": false, "first_name": "兰"}});
        for (name, value) in more.as_object().unwrap() {
            message[name] = value.clone();
        }
        request(&serde_json::from_value(message).unwrap(), &me())
    }

    fn ask(question: &str) -> Option<Request> {
        Some(Request::Ask(question.to_owned()))
    }

    #[test]
    fn wide_slashes_are_commands_and_addresses_are_no_mentions() {
        assert_eq!(of("group", "／ask 谁发了言", json!({})), ask("谁发了言"));
        assert_eq!(of("group", "写信到 lan@huiwen_bot", json!({})), None);
        assert_eq!(of("group", "见 @huiwen_bot.example 一页", json!({})), None);
        assert_eq!(of("group", "问@huiwen_bot谁发了言", json!({})), ask("问 谁发了言"));
        assert_eq!(of("group", "@huiwen_bot", json!({})), ask(""));
    }

    #[test]
    fn in_private_everything_is_asked() {
        assert_eq!(of("private", " 谁发了言? ", json!({})), ask("谁发了言?"));
        assert_eq!(of("private", "/ask 谁发了言", json!({})), ask("谁发了言"));
        assert_eq!(
            of("private", "/SUMMARY", json!({})),
            Some(Request::Summary(String::new()))
        );
        assert_eq!(of("private", "/dance", json!({})), Some(Request::Help));
    }

    #[test]
    fn every_command_of_the_menu_is_understood() {
        for command in crate::wording::commands() {
            let asked = of("group", &format!("/{}", command.name), json!({}));
            assert!(asked.is_some(), "{}", command.name);
            assert_ne!(
                asked,
                Some(Request::Ask(String::new())).filter(|_| command.name != "ask")
            );
            let admins = command.who == crate::wording::Who::Admins && command.name != "feedback";
            assert_eq!(
                asked.is_some_and(|asked| asked.is_for_admins()),
                admins,
                "{}",
                command.name
            );
        }
    }

    #[test]
    fn in_groups_only_what_is_addressed_to_the_bot() {
        assert_eq!(of("group", "谁发了言?", json!({})), None);
        assert_eq!(of("group", "/ask@Huiwen_Bot 谁发了言", json!({})), ask("谁发了言"));
        assert_eq!(of("group", "/ask@other_bot 谁发了言", json!({})), None);
        assert_eq!(of("group", "/dance", json!({})), None);
        assert_eq!(of("group", "@huiwen_bot 谁发了言?", json!({})), ask("谁发了言?"));
        assert_eq!(of("group", "@huiwen_bot2 谁发了言?", json!({})), None);
    }

    #[test]
    fn replies_to_the_bot_are_questions() {
        let reply = |from: i64| {
            json!({"reply_to_message": {"message_id": 2, "date": 1_700_000_000, "text": "…",
                "chat": {"id": -5, "type": "supergroup", "title": "古道办"},
                "from": {"id": from, "is_bot": true, "first_name": "会问"}}})
        };
        assert_eq!(of("group", "那长汀呢?", reply(900)), ask("那长汀呢?"));
        assert_eq!(of("group", "那长汀呢?", reply(901)), None);
    }

    #[test]
    fn bots_are_not_answered_but_anonymous_admins_are() {
        let bot = json!({"from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"}});
        assert_eq!(of("group", "/ask 谁发了言", bot.clone()), None);
        let mut admin = bot;
        admin["sender_chat"] = json!({"id": -5, "type": "supergroup", "title": "古道办"});
        assert_eq!(of("group", "/ask 谁发了言", admin), ask("谁发了言"));
    }
}
