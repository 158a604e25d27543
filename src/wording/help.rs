//! What huiwen says of itself: help, greetings, and the examples that are made from what the knowledge holds.

use super::Lang;
use super::bot::{usual_none, usual_set};
use super::commands::{Who, commands};
use crate::index::Catalogue;
use crate::question::Usual;

/// So many questions are given as examples.
pub const EXAMPLES: usize = 3;

/// Three questions that the knowledge answers, or fewer where it holds little.
pub fn examples(catalogue: &Catalogue) -> Vec<String> {
    let mut examples = example_candidates(catalogue, &[]);
    examples.truncate(EXAMPLES);
    examples
}

/// Questions that the knowledge should answer, the best examples first: of these files where they hold any, and otherwise of
/// the newest meetings.
pub fn example_candidates(catalogue: &Catalogue, of: &[String]) -> Vec<String> {
    let mut files: Vec<_> = catalogue.files().collect();
    files.sort_by_key(|entry| {
        let is_meant = of.iter().any(|file| file == entry.file);
        std::cmp::Reverse((is_meant, entry.dates()))
    });
    let mut examples = Vec::new();
    let speakers = || {
        files
            .iter()
            .flat_map(|entry| entry.speakers())
            .filter(|speaker| !speaker.group)
    };
    if let Some(county) = speakers().find_map(|speaker| speaker.county.as_ref()) {
        examples.push(format!("{county}说了什么？"));
        let others = speakers().find(|speaker| speaker.county.as_ref().is_some_and(|other| other != county));
        if let Some(name) = others.or(speakers().next()).and_then(|speaker| speaker.name.as_deref()) {
            examples.push(format!("{name}下一步有什么打算？"));
        }
    } else if let Some(name) = speakers().find_map(|speaker| speaker.name.as_deref()) {
        examples.push(format!("{name}说了什么？"));
    }
    if !files.is_empty() {
        examples.push("总结一下最近的会议".to_owned());
    }
    // Should one of those have no answer.
    let titles = files.iter().map(|entry| entry.title());
    examples.extend(
        titles
            .filter(|title| !title.is_empty())
            .take(2)
            .map(|title| format!("总结{title}")),
    );
    let names = speakers().filter_map(|speaker| speaker.name.as_deref());
    for name in names.take(EXAMPLES) {
        let example = format!("{name}说了什么？");
        if !examples.contains(&example) {
            examples.push(example);
        }
    }
    examples
}

/// How what the bot says of itself begins: what begins otherwise somebody else wrote.
pub const DESCRIBED: &str = "会问 huiwen";

/// What stands in a chat with the bot before it is started; at most 512 characters.
pub fn description(lang: Lang) -> String {
    let words = lang.pick(
        "：用大白话问会上说了什么，我用发言人的原话回答。\n\n· 每段引文都注明谁说的、什么职务、哪个县、哪次会议、哪个文件\n· 文件里没有的，我会直说没有，不会编\n· 可以接着问、总结、比较、导出成文档，也可以关注话题\n\n点“开始”，看几个例子。",
        ": ask in plain Chinese what was said at a meeting, and get the speakers' own words.\n\n· Under each quote: who, in what office, for which county, at which meeting, in which file\n· Where the files hold no answer I say so; nothing is made up\n· Go on asking, sum up, compare, take an answer along as a document, watch a topic\n\nPress Start for examples.",
    );
    format!("{DESCRIBED}{words}")
}

/// What stands on the bot's profile; at most 120 characters.
pub fn short_description(lang: Lang) -> String {
    let words = lang.pick(
        "：问会上说了什么，用发言人的原话回答，注明职务、县和出处。",
        ": what was said at meetings, in the speakers' own words, with office, county and source.",
    );
    format!("{DESCRIBED}{words}")
}

/// What a chat has set.
pub fn settings_lines(lang: Lang, usual: Option<&Usual>, watches: usize) -> Vec<String> {
    let usual = usual.map_or_else(|| usual_none(lang), |usual| usual_set(lang, usual));
    match lang {
        Lang::Zh => vec![
            "设置".to_owned(),
            "语言：中文".to_owned(),
            usual,
            format!("关注：{watches} 个（/watch 添加）"),
        ],
        Lang::En => vec![
            "Settings".to_owned(),
            "Language: English; quotes stay as they are".to_owned(),
            usual,
            format!("Watched: {watches} (add by /watch)"),
        ],
    }
}

/// How a newcomer asks: by itself, or in a group where it must be said who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Venue {
    /// A chat with nobody else.
    Private,
    /// A group.
    Group,
}

/// Five lines that greet a newcomer.
pub fn start_lines(lang: Lang, venue: Venue, catalogue: &Catalogue) -> Vec<String> {
    let (files, people) = (
        catalogue.len(),
        catalogue.participants().filter(|one| !one.group).count(),
    );
    if files == 0 {
        return match lang {
            Lang::Zh => vec![
                "我是会问：用大白话问会上说了什么，我用原话回答。".to_owned(),
                "现在还没有能读的文件。请管理员把会议报道、纪要或发言记录私聊发给我，或放进知识文件夹再发 /reload。".to_owned(),
            ],
            Lang::En => vec![
                "I am huiwen: ask in plain words what was said at a meeting, and I answer with the speakers' own.".to_owned(),
                "There are no files yet. An admin sends me reports, minutes or transcripts in private, or puts them into the \
                 knowledge folder and sends /reload. (/lang zh 换中文)"
                    .to_owned(),
            ],
        };
    }
    match lang {
        Lang::Zh => vec![
            "我是会问：用大白话问会上说了什么，我用原话回答。".to_owned(),
            "每段引文都注明发言人、职务、所属县和出处。".to_owned(),
            "文件里没有的，我会直说没有，不会编。".to_owned(),
            format!("现在有 {files} 个文件，{people} 位发言人。"),
            match venue {
                Venue::Private => "直接发问题就行，例如：".to_owned(),
                Venue::Group => "群里请写“/ask 问题”，@我，或回复我的消息，例如：".to_owned(),
            },
        ],
        Lang::En => vec![
            "I am huiwen: ask in plain words what was said at a meeting, and I answer with the speakers' own."
                .to_owned(),
            "Under each quote stand the speaker, the office, the county and the source.".to_owned(),
            "Where the files hold no answer I say so; nothing is made up.".to_owned(),
            format!("There are {files} files with {people} speakers now."),
            match venue {
                Venue::Private => "Just send a question, for example (/lang zh 换中文):".to_owned(),
                Venue::Group => "In a group write “/ask …”, mention me, or reply to me, for example:".to_owned(),
            },
        ],
    }
}

/// How to use the bot: what can be asked, and the commands of those who may use them.
pub fn usage(lang: Lang, who: Who) -> Vec<String> {
    let mut lines = ask_lines(lang);
    lines.extend(
        commands()
            .iter()
            .filter(|command| command.who <= who)
            .map(|command| format!("/{} {}", command.name, command.what(lang))),
    );
    lines.push(
        lang.pick(
            "群里请用命令、@我，或回复我的消息。改了问题，我会改回答。",
            "In groups use a command, mention me, or reply to a message of mine. I follow edits of a question.",
        )
        .to_owned(),
    );
    if who == Who::Admins {
        lines.push(
            lang.pick(
                "发给我一个 .txt 或 .md 文件，就能把它加进知识文件。",
                "Send me a .txt or .md file to add it to the knowledge.",
            )
            .to_owned(),
        );
    }
    lines
}

/// The help text of the terminal chat.
pub fn chat_help(lang: Lang) -> Vec<String> {
    let mut lines = ask_lines(lang);
    lines.extend(
        match lang {
            Lang::Zh => [
                "/who 王静 一个人的职务、会议、全部发言",
                "/topic 防汛 谁在什么时候说过，各年各县多少",
                "/help 这段说明",
                "/reload 重新读入知识文件",
                "/quit 离开（Ctrl-D 也行）",
            ],
            Lang::En => [
                "/who 王静 somebody's offices, meetings and remarks",
                "/topic 防汛 who spoke of something and when, how often by year and county",
                "/help this text",
                "/reload read the knowledge files again",
                "/quit leave (or Ctrl-D)",
            ],
        }
        .map(str::to_owned),
    );
    lines
}

fn ask_lines(lang: Lang) -> Vec<String> {
    match lang {
        Lang::Zh => [
            "可以这样问：",
            "· 某县说了什么？某人对某事怎么看？",
            "· 谁提到了某事？哪些县要做某事？",
            "· 会议什么时候开的？哪五项措施？",
            "· 总结这次会议；甲县和乙县有什么不同？",
            "· 接着问：那乙县呢？他下一步准备干什么？还有吗？",
        ],
        Lang::En => [
            "You can ask:",
            "· 某县说了什么? (what did a county say?) 某人对某事怎么看? (what does somebody think of something?)",
            "· 谁提到了某事? (who mentioned it?) 哪些县要做某事? (which counties will do it?)",
            "· 会议什么时候开的? (when was the meeting?) 哪五项措施? (which five measures?)",
            "· 总结这次会议 (sum up the meeting); 甲县和乙县有什么不同? (how do two counties differ?)",
            "· And go on: 那乙县呢? (and the other county?) 还有吗? (is there more?)",
        ],
    }
    .map(str::to_owned)
    .to_vec()
}
