//! Pictures, people and topics, and what a terminal tool of its time has, from the command line.

use crate::office::Office;

#[test]
fn pictures_are_drawn_into_files() {
    let office = Office::with_minutes();
    for (arguments, words) in [
        (vec!["meeting", "2024-07-01-dike.txt"], "钟铁山（望河县）"),
        (vec!["topic", "堤"], "“堤”"),
        (vec!["who", "南宫雪"], "南宫雪（上坪县）"),
        (vec!["counties", "堤", "水库"], "水库"),
    ] {
        let svg = [["chart"].as_slice(), &arguments, &["-o", "a.svg"]].concat();
        let run = office.run(&svg);
        assert_eq!(run.code, Some(0), "{svg:?} {}", run.stderr);
        let drawn = std::fs::read_to_string(office.path("a.svg")).unwrap();
        assert!(drawn.starts_with("<svg ") && drawn.contains(words), "{drawn}");
        // By itself it follows the reader's light or dark; a theme is held to.
        assert!(drawn.contains("prefers-color-scheme:dark"));
        let dark = [svg.as_slice(), &["--theme", "dark"]].concat();
        assert_eq!(office.run(&dark).code, Some(0));
        let drawn = std::fs::read_to_string(office.path("a.svg")).unwrap();
        assert!(!drawn.contains("prefers-color-scheme") && drawn.contains("#16181b"));
    }
    let png = office.run(&["chart", "topic", "堤", "-o", "a.png"]);
    match huiwen::chart::Font::find(None) {
        Ok(_) => {
            assert_eq!(png.code, Some(0), "{}", png.stderr);
            let bytes = std::fs::read(office.path("a.png")).unwrap();
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() > 5000);
        }
        // Without a font it is said how to get one.
        Err(_) => assert!(
            png.code == Some(1) && png.stderr.contains("fonts-noto-cjk"),
            "{}",
            png.stderr
        ),
    }
    office.write(".env", "HUIWEN_FONT=knowledge/2024-07-01-dike.txt\n");
    let bad = office.run(&["chart", "topic", "堤", "-o", "b.png"]);
    assert!(
        bad.code == Some(1) && bad.stderr.contains("不是中文字体") && bad.stderr.contains("fonts-noto-cjk"),
        "{}",
        bad.stderr
    );
    assert!(!office.path("b.png").exists());
    for (arguments, code) in [
        (vec!["chart", "topic", "堤"], 2),
        (vec!["chart", "topic", "堤", "-o", "a.gif"], 2),
        (vec!["chart", "topic", "滑雪", "-o", "c.svg"], 3),
        (vec!["chart", "meeting", "no.txt", "-o", "c.svg"], 1),
    ] {
        assert_eq!(office.run(&arguments).code, Some(code), "{arguments:?}");
    }
}

#[test]
fn people_and_topics_are_told_whole_and_as_json() {
    let office = Office::with_minutes();
    let who = office.run(&["who", "钟铁山"]);
    assert_eq!(who.code, Some(0));
    insta::assert_snapshot!(who.stdout);
    let json = office.run(&["topic", "--json", "堤"]).stdout;
    let topic: serde_json::Value = serde_json::from_str(&json).unwrap();
    let quotes = topic["quotes"].as_array().unwrap();
    assert_eq!(topic["remarks"].as_u64(), Some(quotes.len() as u64));
    let sum: u64 = topic["years"]
        .as_array()
        .unwrap()
        .iter()
        .map(|year| year["remarks"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, quotes.len() as u64);
    assert_eq!(office.run(&["who", "慕容雪"]).code, Some(3));
    assert_eq!(office.run(&["topic", "滑雪"]).code, Some(3));
    assert_eq!(office.run(&["topic", "。"]).code, Some(2));
    let chat = office.chat(&["/who 南宫雪", "/topic 水库", "/topic", "/help"], || {});
    assert!(
        chat.contains("南宫雪（上坪县） · 1 次会议") && chat.contains("“水库”：1 次会议"),
        "{chat}"
    );
    assert!(
        chat.contains("/topic 防汛、") && chat.contains("/who 王静 一个人的"),
        "{chat}"
    );
    // Whoever asks by a pipe leaves no history.
    assert!(!office.path("data/chat.history").exists());
}

#[test]
fn the_manual_page_tells_of_every_command() {
    let office = Office::with_minutes();
    let page = office.run(&["man"]);
    assert_eq!(page.code, Some(0));
    assert!(page.stdout.contains(".TH huiwen 1"), "{}", page.stdout);
    for command in ["ask", "chat", "who", "topic", "chart", "serve", "mcp", "man"] {
        assert!(
            page.stdout.contains(&format!("huiwen\\-{command}(1)")),
            "{command}: {}",
            page.stdout
        );
        let own = office.run(&["man", command]);
        assert!(own.code == Some(0) && own.stdout.contains(".TH"), "{command}");
    }
    assert_eq!(office.run(&["man", "dance"]).code, Some(2));
}
