//! The bot's commands with what each does, as menus and the help show them.

use super::Lang;

/// Who may use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Everybody.
    Everyone,
    /// In groups their admins; in private everybody.
    GroupAdmins,
    /// The bot's admins, in private.
    Admins,
}

/// A command of the bot.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Without its slash.
    pub name: &'static str,
    /// Who may use it.
    pub who: Who,
    zh: &'static str,
    en: &'static str,
}

impl Command {
    /// What it does.
    pub fn what(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

const fn command(name: &'static str, who: Who, zh: &'static str, en: &'static str) -> Command {
    Command { name, who, zh, en }
}

/// All commands, in the order in which users should read them.
pub fn commands() -> &'static [Command] {
    const COMMANDS: &[Command] = &[
        command(
            "ask",
            Who::Everyone,
            "提问，例如 /ask 谁发了言",
            "ask, as in /ask 谁发了言",
        ),
        command(
            "summary",
            Who::Everyone,
            "总结会议、县或话题",
            "sum up a meeting, a county or a topic",
        ),
        command(
            "compare",
            Who::Everyone,
            "比较，例如 /compare 甲县 乙县 话题",
            "compare, as in /compare 甲县 乙县 话题",
        ),
        command(
            "who",
            Who::Everyone,
            "一个人的职务、会议、全部发言，例如 /who 王静",
            "somebody's offices, meetings and remarks, as in /who 王静",
        ),
        command(
            "topic",
            Who::Everyone,
            "谁在什么时候说过，例如 /topic 防汛",
            "who spoke of something and when, as in /topic 防汛",
        ),
        command("meetings", Who::Everyone, "有哪些会议", "which meetings there are"),
        command("speakers", Who::Everyone, "有哪些人发言", "who speaks in the files"),
        command(
            "counties",
            Who::Everyone,
            "有哪些县的发言",
            "for which counties people speak",
        ),
        command("lang", Who::GroupAdmins, "换语言", "choose the language"),
        command(
            "default",
            Who::GroupAdmins,
            "问题里没写时，默认哪个县或哪次会议",
            "which county or meeting is meant where a question doesn't say",
        ),
        command(
            "feedback",
            Who::Everyone,
            "回复一条回答，说明哪里不对",
            "reply to an answer to say what is wrong with it",
        ),
        command(
            "export",
            Who::Everyone,
            "把回答导出成文档，例如回复回答写 /export",
            "an answer as a document: reply to it with /export",
        ),
        command(
            "watch",
            Who::GroupAdmins,
            "再次出现时告诉我，例如 /watch 长武县 防汛",
            "be told when it comes up again, as in /watch 长武县 防汛",
        ),
        command("watches", Who::Everyone, "关注了什么", "what is watched"),
        command(
            "settings",
            Who::Everyone,
            "设置：语言、默认、关注",
            "settings: language, default, what is watched",
        ),
        command("help", Who::Everyone, "怎么用", "how to use this"),
        command("start", Who::Everyone, "介绍和例子", "what this is, with examples"),
        command(
            "reload",
            Who::Admins,
            "重新读入知识文件",
            "read the knowledge files again",
        ),
        command(
            "files",
            Who::Admins,
            "有哪些知识文件",
            "which knowledge files there are",
        ),
        command(
            "inspect",
            Who::Admins,
            "一个文件读成了什么",
            "how a file was understood",
        ),
        command("remove", Who::Admins, "移除一个文件", "remove a file"),
        command("status", Who::Admins, "运行情况", "how the bot does"),
        command("audit", Who::Admins, "谁在何时做了什么", "who did what, and when"),
        command(
            "allow",
            Who::Admins,
            "允许一个用户或群使用；后面写文件夹，只让它看这个文件夹",
            "let a user or a group in, or into a folder",
        ),
        command(
            "deny",
            Who::Admins,
            "禁止一个用户或群使用",
            "shut a user or a group out",
        ),
        command(
            "disallow",
            Who::Admins,
            "谁看得到哪个文件夹；取消，例如 /disallow 编号 统战/",
            "who sees which folders; shut somebody out of one",
        ),
    ];
    COMMANDS
}
