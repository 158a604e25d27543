//! The command menus, for each scope, and what the bot says of itself; in each language. What cannot be set costs nothing.

use std::sync::Arc;

use teloxide::Bot;
use teloxide::prelude::*;
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};

use super::context::Context;
use crate::wording::{DESCRIBED, Lang, Who, commands, description, short_description};

/// Sets what the bot says of itself, and all menus: what everybody sees, what a group's admins see, and with their own commands what admins see. Each
/// in the bot's language, and for users of the two languages in theirs; an admin who has chosen one sees that.
pub async fn set(context: Arc<Context>) {
    let (bot, settings) = (&context.bot, &context.settings);
    describe(bot, settings.lang).await;
    for (lang, code) in [(settings.lang, None), (Lang::Zh, Some("zh")), (Lang::En, Some("en"))] {
        for (scope, who) in [
            (BotCommandScope::Default, Who::Everyone),
            (BotCommandScope::AllPrivateChats, Who::GroupAdmins),
            (BotCommandScope::AllChatAdministrators, Who::GroupAdmins),
        ] {
            set_one(bot, lang, code, scope, who).await;
        }
        for admin in &settings.admins {
            // A private chat has its user's number.
            let chat = ChatId::from(*admin);
            let lang = context.records.chat(chat).lang.unwrap_or(lang);
            let chat_id = Recipient::Id(chat);
            set_one(bot, lang, code, BotCommandScope::Chat { chat_id }, Who::Admins).await;
        }
    }
}

/// Says of the bot what it is, where nobody else has: an owner who wrote something of their own keeps it.
async fn describe(bot: &Bot, lang: Lang) {
    let (long, short) = (bot.get_my_description().await, bot.get_my_short_description().await);
    let is_ours = |words: &str| words.is_empty() || words.starts_with(DESCRIBED);
    let may_long = long.is_ok_and(|long| is_ours(&long.description));
    let may_short = short.is_ok_and(|short| is_ours(&short.short_description));
    for (lang, code) in [(lang, None), (Lang::Zh, Some("zh")), (Lang::En, Some("en"))] {
        if may_long {
            let mut request = bot.set_my_description().description(description(lang));
            request.language_code = code.map(str::to_owned);
            if let Err(error) = request.await {
                tracing::info!(%error, "the bot's description is not set");
            }
        }
        if may_short {
            let mut request = bot
                .set_my_short_description()
                .short_description(short_description(lang));
            request.language_code = code.map(str::to_owned);
            if let Err(error) = request.await {
                tracing::info!(%error, "the bot's short description is not set");
            }
        }
    }
}

/// Sets the menu of a private chat whose user has chosen a language.
pub async fn set_chat(bot: &Bot, chat: ChatId, lang: Lang, admin: bool) {
    let who = if admin { Who::Admins } else { Who::GroupAdmins };
    let chat_id = Recipient::Id(chat);
    for code in [None, Some("zh"), Some("en")] {
        let scope = BotCommandScope::Chat {
            chat_id: chat_id.clone(),
        };
        set_one(bot, lang, code, scope, who).await;
    }
}

async fn set_one(bot: &Bot, lang: Lang, code: Option<&str>, scope: BotCommandScope, who: Who) {
    let menu = commands()
        .iter()
        .filter(|command| command.who <= who)
        .map(|command| BotCommand::new(command.name, command.what(lang)));
    let mut request = bot.set_my_commands(menu.collect::<Vec<_>>()).scope(scope);
    request.language_code = code.map(str::to_owned);
    if let Err(error) = request.await {
        tracing::info!(%error, "a command menu is not set; an admin's is once they have started the bot");
    }
}
