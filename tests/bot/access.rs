//! Who is let in: each kind of person, in each kind of chat, by each way in, in each mode. The rule stands here in words of its
//! own, so that it is not the code that tells what the code should do.

use serde_json::json;

use crate::ADMIN;
use crate::fake_telegram::{FakeTelegram, Sent};
use crate::running_bot::{Home, RunningBot};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Admin,
    Listed,
    Allowed,
    Denied,
    Member,
    Stranger,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Private,
    ListedGroup,
    OtherGroup,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Question,
    Command,
    Button,
    Inline,
}

const MODES: [&str; 3] = ["open", "listed", "members"];
const WHO: [Who; 6] = [
    Who::Admin,
    Who::Listed,
    Who::Allowed,
    Who::Denied,
    Who::Member,
    Who::Stranger,
];
const PLACES: [Place; 3] = [Place::Private, Place::ListedGroup, Place::OtherGroup];
const WAYS: [Way; 4] = [Way::Question, Way::Command, Way::Button, Way::Inline];

/// The rule.
fn is_let_in(mode: &str, who: Who, place: Place, way: Way) -> bool {
    match who {
        Who::Admin | Who::Listed | Who::Allowed => true,
        Who::Denied => false,
        // Inline nobody is in a group.
        Who::Member | Who::Stranger if mode == "open" => true,
        Who::Member | Who::Stranger if place == Place::ListedGroup && way != Way::Inline => true,
        Who::Member => mode == "members",
        Who::Stranger => false,
    }
}

/// One of the cells: its person and its chat are nobody else's.
struct Cell {
    who: Who,
    place: Place,
    way: Way,
    user: i64,
    chat: i64,
}

fn cells() -> Vec<Cell> {
    let mut cells = Vec::new();
    for (at, way) in WAYS.into_iter().enumerate() {
        for place in PLACES {
            for who in WHO {
                let user = match who {
                    Who::Admin => ADMIN,
                    _ => 20_000 + cells.len() as i64,
                };
                // A group of its own for each way: a group takes few messages a minute.
                let chat = match place {
                    Place::Private => user,
                    Place::ListedGroup => -1_001_000_000_100 - at as i64,
                    Place::OtherGroup => -1_001_000_000_200 - at as i64,
                };
                cells.push(Cell {
                    who,
                    place,
                    way,
                    user,
                    chat,
                });
            }
        }
    }
    cells
}

/// What somebody who says something in a chat is answered with.
async fn answered(telegram: &FakeTelegram, cell: &Cell, words: &str) -> Sent {
    match cell.place {
        Place::Private => telegram.private(cell.user, words),
        _ => telegram.group(cell.chat, cell.user, words, json!({})),
    };
    let sent = telegram.sent().await;
    assert_eq!(sent.chat, cell.chat);
    sent
}

/// Whether whoever comes in this way is served.
async fn is_served(telegram: &FakeTelegram, cell: &Cell) -> bool {
    let outside = |sent: &Sent| sent.text.contains("只对指定的人开放");
    match cell.way {
        Way::Question => {
            let sent = answered(telegram, cell, "/ask 青禾县怎么修路?").await;
            assert!(outside(&sent) != sent.text.contains("蒲正明"), "{}", sent.text);
            !outside(&sent)
        }
        Way::Command => {
            let sent = answered(telegram, cell, "/speakers").await;
            assert!(outside(&sent) != sent.text.contains("莫春燕"), "{}", sent.text);
            !outside(&sent)
        }
        Way::Button => {
            let under = answered(telegram, cell, "/speakers").await;
            let edits = || {
                let calls = telegram.calls_so_far("editMessageText");
                let of_it = |call: &&serde_json::Value| {
                    call["chat_id"] == json!(cell.chat) && call["message_id"] == json!(under.message_id)
                };
                calls.iter().filter(of_it).count()
            };
            let query = telegram.press_data(cell.user, cell.chat, under.message_id, "l.meetings.0");
            telegram.callback_answer(&query).await;
            assert_eq!(edits() == 1, !outside(&under));
            edits() == 1
        }
        Way::Inline => {
            let query = telegram.inline(cell.user, "青禾县怎么修路?");
            let answer = telegram.inline_answer(&query).await;
            !answer["results"].as_array().unwrap().is_empty()
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_216_cells_is_as_the_rule_says() {
    let cells = cells();
    let (mut looked_at, mut let_in) = (0, 0);
    for mode in MODES {
        let telegram = FakeTelegram::start().await;
        let listed = cells
            .iter()
            .filter(|cell| cell.who == Who::Listed)
            .map(|cell| cell.user);
        let groups = cells
            .iter()
            .filter(|cell| cell.place == Place::ListedGroup && cell.who == Who::Admin)
            .map(|cell| cell.chat);
        let allowed: Vec<String> = listed.chain(groups).map(|id| id.to_string()).collect();
        let allowed = allowed.join(",");
        let settings = [
            ("HUIWEN_ACCESS", mode),
            ("HUIWEN_ALLOWED", allowed.as_str()),
            ("HUIWEN_SEND_RATE", "10000"),
        ];
        let bot = RunningBot::with(&telegram, Home::new(), &settings).await;
        // The bot has been in the groups before.
        for group in cells
            .iter()
            .filter(|cell| cell.place != Place::Private && cell.who == Who::Admin)
        {
            answered(&telegram, group, "/speakers").await;
        }
        for cell in &cells {
            let decided = match cell.who {
                Who::Allowed => Some("/allow"),
                Who::Denied => Some("/deny"),
                Who::Member => {
                    telegram.member(-1_001_000_000_100, cell.user, "member");
                    None
                }
                _ => None,
            };
            if let Some(command) = decided {
                telegram.private(ADMIN, &format!("{command} {}", cell.user));
                assert!(telegram.sent().await.text.contains(&cell.user.to_string()));
            }
        }
        for cell in &cells {
            let Cell { who, place, way, .. } = *cell;
            let expected = is_let_in(mode, who, place, way);
            let served = is_served(&telegram, cell).await;
            assert_eq!(served, expected, "{mode}: {who:?}, {place:?}, {way:?}");
            looked_at += 1;
            let_in += usize::from(served);
        }
        telegram.nothing_more().await;
        assert_eq!(telegram.refusals(), [""; 0]);
        bot.ends_cleanly();
    }
    println!("{looked_at} cells, {let_in} of them let in");
    assert_eq!(looked_at, 216);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_at_once_those_are_answered_who_are_let_in() {
    let telegram = FakeTelegram::start().await;
    let users = 30_000..31_000;
    let listed: Vec<String> = users.clone().step_by(2).map(|user: i64| user.to_string()).collect();
    let listed = listed.join(",");
    let settings = [
        ("HUIWEN_ACCESS", "listed"),
        ("HUIWEN_ALLOWED", listed.as_str()),
        ("HUIWEN_SEND_RATE", "10000"),
        ("HUIWEN_LOG", "warn"),
    ];
    let _bot = RunningBot::with(&telegram, Home::new(), &settings).await;
    for user in users.clone() {
        telegram.private(user, "青禾县怎么修路?");
    }
    for _ in users.clone() {
        let sent = telegram.sent().await;
        let listed = sent.chat % 2 == 0;
        assert_eq!(sent.text.contains("蒲正明"), listed, "{}: {}", sent.chat, sent.text);
    }
    telegram.nothing_more().await;
    let mut chats: Vec<i64> = telegram.all_sent().iter().map(|sent| sent.chat).collect();
    chats.sort_unstable();
    assert!(chats.iter().copied().eq(users), "each is answered once");
}
