//! Who sees which folders, by every way in. Beside a bot that keeps a folder from some runs one that has no such folder: whoever
//! is not let in gets from both the same words, buttons and documents, to the letter.

use reqwest::Url;
use serde_json::{Value, json};

use crate::fake_telegram::{BOT_ID, FakeTelegram, Sent, TOKEN};
use crate::pages::{Office, init_data};
use crate::running_bot::{Home, RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

/// What stands in the restricted folder: its people, county, meeting, words and tasks stand nowhere else.
const SECRET: &str = "\
矿山关停专题会召开

2024年5月20日,矿山关停专题会在云岭县召开。

云岭县县长宇文柏说:“三座矿山年底前全部关停,补偿款四千万元六月到位。”

青禾县副县长蒲正明表示,青禾县不接收矿渣。

会议要求,云岭县自然资源局6月底前完成矿山测量。
";

/// Somebody who was let in, and somebody who was not.
const LET_IN: i64 = 501;
const OTHER: i64 = 502;

const SETTINGS: [(&str, &str); 3] = [
    ("HUIWEN_USER_RATE", "10000"),
    ("HUIWEN_GROUP_RATE", "10000"),
    ("HUIWEN_SEND_RATE", "10000"),
];

/// Who asks where. A group's number hangs on the way: a group takes few messages a minute.
#[derive(Clone, Copy, Debug)]
enum Place {
    Private(i64),
    /// A group that was let in, and who asks there.
    Within(i64),
    /// Another group.
    Without(i64),
}

impl Place {
    const ALL: [Place; 9] = [
        Place::Private(ADMIN),
        Place::Private(LET_IN),
        Place::Private(OTHER),
        Place::Within(ADMIN),
        Place::Within(LET_IN),
        Place::Within(OTHER),
        Place::Without(ADMIN),
        Place::Without(LET_IN),
        Place::Without(OTHER),
    ];

    fn user(self) -> i64 {
        match self {
            Place::Private(user) | Place::Within(user) | Place::Without(user) => user,
        }
    }

    fn chat(self, way: usize) -> i64 {
        match self {
            Place::Private(user) => user,
            Place::Within(_) => within(way),
            Place::Without(_) => -1_001_000_000_600 - way as i64,
        }
    }

    /// The rule: in private what its user sees, in a group what the group sees.
    fn sees(self) -> bool {
        match self {
            Place::Private(user) => user != OTHER,
            Place::Within(_) => true,
            Place::Without(_) => false,
        }
    }
}

fn within(way: usize) -> i64 {
    -1_001_000_000_300 - way as i64
}

/// A way in.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// Words that are sent, and answered by a message.
    Say(&'static str),
    /// The same, behind another question.
    After(&'static str, &'static str),
    /// A command, under whose answer a button is pressed.
    Press(&'static str, &'static str),
    /// A command, under whose answer the picture is asked for.
    Picture(&'static str),
    /// A question whose answer is replied to.
    Reply(&'static str, &'static str),
    Inline(&'static str),
    /// A link to a quote, and the same sent on inline.
    Link,
    InlineLink,
    /// A document that is sent.
    Document,
}

const WAYS: [Way; 41] = [
    Way::Say("宇文柏说了什么?"),
    Way::Say("谁提到了矿山?"),
    Way::Say("云岭县有什么打算?"),
    // Names that are nearly those of the folder's people.
    Way::Say("宇文百说了什么?"),
    Way::Say("谁发了言?"),
    Way::Say("年底前要完成哪些事?"),
    Way::Say("矿山测量由谁负责?"),
    Way::Say("5月20日的会议说了什么?"),
    Way::Say("蒲正明说了什么?"),
    Way::Say("/start"),
    Way::Say("/meetings"),
    Way::Say("/speakers"),
    Way::Say("/counties"),
    Way::Say("/summary"),
    Way::Say("/summary 矿山关停专题会"),
    Way::Say("/compare 青禾县 云岭县"),
    Way::Say("/default 云岭县"),
    Way::Say("/default off"),
    Way::Say("/who 宇文柏"),
    Way::Say("/who 蒲正明"),
    Way::Say("/who 云岭县"),
    Way::Say("/topic 矿山"),
    Way::Say("/topic 青禾县"),
    Way::Say("/settings"),
    Way::Say("/watches"),
    Way::Say("/export md 谁提到了矿山?"),
    Way::Say("/export csv 总结最近的会议"),
    Way::After("青禾县说了什么?", "那云岭县呢?"),
    Way::After("蒲正明说了什么?", "/export md"),
    Way::Press("/speakers", "l.meetings.0"),
    Way::Press("/meetings", "l.counties.0"),
    Way::Press("/ask 蒲正明说了什么?", "v.0.0.1"),
    Way::Press("/ask 矿山什么时候关停?", "p.0.0.0.0"),
    Way::Press("/who 蒲正明", "w.1"),
    Way::Picture("/who 蒲正明"),
    Way::Picture("/topic 矿山"),
    Way::Reply("矿山什么时候关停?", "原文在哪"),
    Way::Inline("矿山什么时候关停?"),
    Way::Link,
    Way::InlineLink,
    Way::Document,
];

/// What somebody gets: the words, the buttons, what stands in a document.
fn got(sent: &Sent) -> String {
    let document = sent.document.as_ref();
    let document = document.map(|document| {
        (
            document.name.clone(),
            String::from_utf8_lossy(&document.bytes).into_owned(),
        )
    });
    // Signed links hold a time, and where the way leads is looked at elsewhere.
    format!("{}\n{:?}\n{document:?}", sent.text, sent.buttons())
}

struct Bot {
    telegram: FakeTelegram,
    _bot: RunningBot,
}

impl Bot {
    async fn start(files: &[(&str, &str)]) -> Bot {
        let telegram = FakeTelegram::start().await;
        let home = Home::new();
        for (name, text) in files {
            std::fs::create_dir_all(home.knowledge().join(name).parent().unwrap()).unwrap();
            home.write(name, text);
        }
        let bot = RunningBot::with(&telegram, home, &SETTINGS).await;
        Bot { telegram, _bot: bot }
    }

    async fn said(&self, place: Place, chat: i64, words: &str, more: Value) -> Sent {
        match place {
            Place::Private(user) => self.telegram.private(user, words),
            _ if words.starts_with('/') || !more.is_null() => self.telegram.group(chat, place.user(), words, more),
            _ => self.telegram.group(chat, place.user(), &format!("/ask {words}"), more),
        };
        let sent = self.telegram.sent().await;
        assert_eq!(sent.chat, chat);
        sent
    }

    /// What comes of a way in; `link` leads to a quote of the folder's.
    async fn comes(&self, place: Place, at: usize, way: Way, link: &str) -> String {
        let chat = place.chat(at);
        let telegram = &self.telegram;
        match way {
            Way::Say(words) => got(&self.said(place, chat, words, Value::Null).await),
            Way::After(first, words) => {
                self.said(place, chat, first, Value::Null).await;
                got(&self.said(place, chat, words, Value::Null).await)
            }
            Way::Press(words, data) => {
                let under = self.said(place, chat, words, Value::Null).await;
                let query = telegram.press_data(place.user(), chat, under.message_id, data);
                let note = telegram.callback_answer(&query).await["text"].clone();
                let edits = telegram.calls_so_far("editMessageText");
                let edited = edits
                    .iter()
                    .rev()
                    .find(|call| call["chat_id"] == json!(chat) && call["message_id"] == json!(under.message_id));
                format!("{note} {:?}", edited.map(|call| call["text"].clone()))
            }
            Way::Picture(words) => {
                let under = self.said(place, chat, words, Value::Null).await;
                let query = telegram.press_data(place.user(), chat, under.message_id, "h");
                match telegram.callback_answer(&query).await["text"].as_str() {
                    Some(note) => note.to_owned(),
                    None => got(&telegram.sent().await),
                }
            }
            Way::Reply(question, words) => {
                let answer = self.said(place, chat, question, Value::Null).await;
                let reply = json!({"reply_to_message": {
                    "message_id": answer.message_id, "date": 1_700_000_000, "text": "…",
                    "chat": {"id": chat, "type": if chat < 0 { "supergroup" } else { "private" }, "title": "古道办"},
                    "from": {"id": BOT_ID, "is_bot": true, "first_name": "会问"}}});
                got(&self.said(place, chat, words, reply).await)
            }
            Way::Inline(words) => {
                let query = telegram.inline(place.user(), words);
                telegram.inline_answer(&query).await["results"].to_string()
            }
            Way::Link => got(&self.said(place, chat, &format!("/start {link}"), Value::Null).await),
            Way::InlineLink => {
                let query = telegram.inline(place.user(), &format!("#{link}"));
                telegram.inline_answer(&query).await["results"].to_string()
            }
            Way::Document => {
                telegram.document(place.user(), "密.txt", SECRET.as_bytes(), json!({}));
                got(&telegram.sent().await)
            }
        }
    }
}

/// The link that a quote is sent on by.
fn link_of(place: &Sent) -> String {
    let keyboard = place.parameters["reply_markup"].to_string();
    let (_, rest) = keyboard.split_once("\"switch_inline_query\":\"#").unwrap();
    rest[..17].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn by_every_way_in_a_folder_is_as_if_it_were_not_there_for_whom_it_is_not_open() {
    let bot = Bot::start(&[("统战/密.txt", SECRET)]).await;
    let without = Bot::start(&[]).await;
    let telegram = &bot.telegram;
    telegram.private(ADMIN, "矿山什么时候关停?");
    let answer = telegram.sent().await;
    telegram.press(ADMIN, &answer, "📄");
    let link = link_of(&telegram.edited().await);
    for whom in (0..WAYS.len()).map(within).chain([LET_IN]) {
        telegram.private(ADMIN, &format!("/allow {whom} 统战/"));
        let said = telegram.sent().await;
        assert!(said.text.contains("统战/ 只有这些看得到"), "{}", said.text);
    }
    let (mut looked_at, mut seen) = (0, 0);
    for (at, way) in WAYS.into_iter().enumerate() {
        for place in Place::ALL {
            let inline = matches!(way, Way::Inline(_) | Way::InlineLink | Way::Document);
            if inline && !matches!(place, Place::Private(_)) {
                continue;
            }
            let (here, there) = tokio::join!(bot.comes(place, at, way, &link), without.comes(place, at, way, &link));
            looked_at += 1;
            if place.sees() {
                // Of some questions nothing of the folder is said to anybody.
                seen += usize::from(here != there);
            } else {
                assert_eq!(here, there, "{way:?}, {place:?}");
            }
        }
    }
    println!("{looked_at} cells, in {seen} of them the folder is seen");
    assert!(looked_at > 300 && seen > 150, "{looked_at} {seen}");
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_shut_out_again_sees_no_more_by_what_was_shown_before() {
    let office = Office::open("https://office.example.cn/huiwen", &SETTINGS).await;
    let telegram = &office.telegram;
    let folder = office.bot.home().knowledge().join("统战");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("密.txt"), SECRET).unwrap();
    reload(telegram, ADMIN).await;
    telegram.private(ADMIN, &format!("/allow {STAFF} 统战"));
    telegram.sent().await;
    telegram.private(STAFF, "矿山什么时候关停?");
    let answer = telegram.sent().await;
    assert!(answer.text.contains("宇文柏"), "{}", answer.text);
    telegram.private(STAFF, "矿山什么时候关停?");
    let again = telegram.sent().await;
    telegram.press(STAFF, &again, "📄");
    let place = telegram.edited().await;
    let page = Office::urls(&place, "url").remove(0);
    let app = Office::urls(&place, "web_app").remove(0);
    let link = link_of(&place);
    assert_eq!(office.get(&page).await.0, 200);

    telegram.private(ADMIN, &format!("/disallow {STAFF} 统战"));
    assert_eq!(telegram.sent().await.text, "统战/ 只有管理员看得到。");
    // The page, the Mini App: as of a file that is not there.
    let missing = Url::parse(&app.as_str().replace("f=", "f=nothing")).unwrap();
    let mut through = Vec::new();
    for app in [&app, &missing] {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut fields: Vec<(String, String)> = app.query_pairs().into_owned().collect();
        fields.push(("init_data".to_owned(), init_data(STAFF, TOKEN)));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut to = office.here(app);
        to.set_query(None);
        let opened = client.post(to).body(body).send().await.unwrap();
        assert_eq!(opened.status(), 303);
        let to = Url::parse("https://office.example.cn").unwrap();
        through.push(
            office
                .get(&to.join(opened.headers()["location"].to_str().unwrap()).unwrap())
                .await,
        );
    }
    assert_eq!(through[0].0, 404);
    assert_eq!(through[0], through[1]);
    assert_eq!(office.get(&page).await, through[0]);
    // The buttons and links of before.
    for data in ["p.0.0.0.0", "v.0.0.0", "o.0"] {
        let query = telegram.press_data(STAFF, STAFF, answer.message_id, data);
        let note = telegram.callback_answer(&query).await.to_string();
        assert!(!note.contains("矿山"), "{note}");
    }
    let edits = telegram.calls_so_far("editMessageText");
    let shown = edits.last().unwrap()["text"].as_str().unwrap();
    assert!(!shown.contains("宇文柏"), "{shown}");
    telegram.private(STAFF, &format!("/start {link}"));
    let reply = json!({"reply_to_message": {"message_id": again.message_id, "date": 1_700_000_000, "text": "…",
        "chat": {"id": STAFF, "type": "private", "first_name": "兰"},
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "会问"}}});
    let before = telegram.all_sent().len();
    telegram.update(json!({"message": {"message_id": 900_000, "date": 1_700_000_000,
        "chat": {"id": STAFF, "type": "private", "first_name": "兰"},
        "from": {"id": STAFF, "is_bot": false, "first_name": "兰"}, "text": "这句话是谁说的",
        "reply_to_message": reply["reply_to_message"].clone()}}));
    while telegram.all_sent().len() < before + 3 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    for sent in &telegram.all_sent()[before - 1..] {
        assert!(
            !sent.text.contains("宇文柏") && !sent.text.contains("云岭"),
            "{}",
            sent.text
        );
    }
    assert_eq!(telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_opened_and_closed_by_admins_in_private() {
    let telegram = FakeTelegram::start().await;
    let home = Home::new();
    std::fs::create_dir_all(home.knowledge().join("统战/机密")).unwrap();
    home.write("统战/机密/密.txt", SECRET);
    let bot = RunningBot::with(&telegram, home, &SETTINGS).await;
    let say = async |user: i64, words: &str| {
        telegram.private(user, words);
        telegram.sent().await.text
    };
    assert!(say(ADMIN, "/disallow").await.contains("没有受限的文件夹"));
    assert_eq!(
        say(STAFF, &format!("/allow {STAFF} 统战")).await,
        "只有管理员可以这样做。"
    );
    assert!(say(STAFF, "宇文柏说了什么?").await.contains("矿山"));
    assert_eq!(
        say(ADMIN, "/allow 501 统战").await,
        "统战/ 只有这些看得到：501，和管理员。"
    );
    assert!(!say(STAFF, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(LET_IN, "宇文柏说了什么?").await.contains("矿山"));
    // The nearest folder counts; a name that is wrong is not taken in silence.
    assert!(say(ADMIN, "/allow 502 统战/机密/").await.contains("502"));
    assert!(!say(LET_IN, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(OTHER, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(ADMIN, "/allow 501 桶战").await.contains("请核对名字"));
    assert!(say(ADMIN, "/allow 501 ../x").await.contains("用法") || say(ADMIN, "/allow x y").await.contains("文件夹"));
    let listed = say(ADMIN, "/allow").await;
    assert!(
        listed.contains("统战/机密/ 只有这些看得到：502") && listed.contains("/disallow"),
        "{listed}"
    );
    assert!(say(ADMIN, "/allow all 统战/机密").await.contains("按 统战/ 的限制"));
    assert!(say(LET_IN, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(ADMIN, "/allow all 统战").await.contains("没有单独的限制了"));
    assert!(say(STAFF, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(ADMIN, "/disallow all 统战").await.contains("只有管理员"));
    assert!(!say(LET_IN, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(ADMIN, "宇文柏说了什么?").await.contains("矿山"));
    // It is kept, and written down.
    let home = bot.stopped("TERM").1;
    let bot = RunningBot::with(&telegram, home, &SETTINGS).await;
    assert!(!say(LET_IN, "宇文柏说了什么?").await.contains("矿山"));
    assert!(say(ADMIN, "/audit").await.contains("允许 501 统战/"));
    // In a group nobody is told of folders, nor an admin of what came into one.
    telegram.group(GROUP, ADMIN, "/allow 501 统战/", json!({}));
    assert!(telegram.sent().await.text.contains("私聊"));
    bot.write("统战/新.txt", SECRET);
    bot.write("公开.txt", "座谈会召开\n\n青禾县县长令狐冲表示,今年再修一座桥。\n");
    telegram.group(GROUP, ADMIN, "/reload", json!({}));
    telegram.sent().await;
    let told = loop {
        let edited = telegram.edited().await;
        if !edited.text.contains("正在") {
            break edited.text;
        }
        assert!(!edited.text.contains('/'), "{}", edited.text);
    };
    assert!(
        told.contains("新增 1 个文件：公开.txt") && told.contains("现有 2 个文件"),
        "{told}"
    );
    assert_eq!(telegram.refusals(), [""; 0]);
}
