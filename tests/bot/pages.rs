//! Papers as pages: who gets a link, what a link opens, and what a browser makes of it.

use std::process::Command;

use huiwen::digest::hex;
use huiwen::web::link::mac;
use reqwest::{Client, Url};
use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, Sent, TOKEN};
use crate::operating::free_address;
use crate::running_bot::{Home, RunningBot, reload};
use crate::{ADMIN, GROUP, STAFF};

/// A file that would like to be more than text.
const HOSTILE: &str = "\
古道保护利用现场会召开

2024年3月5日,古道保护利用现场会在青禾县召开。

青禾县副县长蒲正明说:“先修路,<script>alert(1)</script>再修<img src=https://evil.example/x>亭子。”

丹溪县文化和旅游局局长莫春燕表示,丹溪缺的不是路,是愿意留下来的年轻人。她说:“要留住人。”
";

/// A bot that shows pages.
pub struct Office {
    pub telegram: FakeTelegram,
    pub bot: RunningBot,
    address: String,
}

impl Office {
    pub async fn open(url: &str, more: &[(&str, &str)]) -> Office {
        let telegram = FakeTelegram::start().await;
        let home = Home::empty();
        std::fs::create_dir(home.knowledge().join("五月")).unwrap();
        home.write("五月/古道 & 客栈.txt", HOSTILE);
        std::fs::write(home.knowledge().join("../secret.txt"), "谁也不该看到").unwrap();
        let address = free_address();
        let url = url.replace("ADDRESS", &address);
        let mut settings = vec![
            ("HUIWEN_WEB_URL", url.as_str()),
            ("HUIWEN_WEB_LISTEN", address.as_str()),
        ];
        settings.extend(more);
        let bot = RunningBot::with(&telegram, home, &settings).await;
        Office { telegram, bot, address }
    }

    /// The buttons of a message by what they do, such as `url`.
    pub fn urls(sent: &Sent, action: &str) -> Vec<Url> {
        let rows = sent.parameters["reply_markup"]["inline_keyboard"].as_array();
        let buttons = rows.into_iter().flatten().filter_map(Value::as_array).flatten();
        let url = |button: &Value| match action {
            "web_app" => button["web_app"]["url"].as_str().map(str::to_owned),
            _ => button[action].as_str().map(str::to_owned),
        };
        buttons.filter_map(url).map(|url| Url::parse(&url).unwrap()).collect()
    }

    /// As the proxy before us passes it on.
    pub fn here(&self, url: &Url) -> Url {
        let mut here = Url::parse(&format!("http://{}", self.address)).unwrap();
        here.set_path(url.path());
        here.set_query(url.query());
        here
    }

    pub async fn get(&self, url: &Url) -> (u16, String) {
        let answer = Client::new().get(self.here(url)).send().await.unwrap();
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        // Whatever is said, it is said within the same bounds.
        assert!(
            header("content-security-policy")
                .unwrap()
                .starts_with("default-src 'none'")
        );
        assert_eq!(header("referrer-policy").as_deref(), Some("no-referrer"));
        assert_eq!(header("cache-control").as_deref(), Some("private, no-store"));
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The first quote in its place.
    async fn place(&self, user: i64, question: &str) -> Sent {
        self.telegram.private(user, question);
        let answer = self.telegram.sent().await;
        self.telegram.press(user, &answer, "📄");
        self.telegram.edited().await
    }
}

/// What Telegram hands over to a Mini App that `user` opens now.
pub fn init_data(user: i64, token: &str) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let user = json!({"id": user, "first_name": "兰"}).to_string();
    let lines = format!("auth_date={now}\nquery_id=AA\nuser={user}");
    let hash = hex(&mac(&mac(b"WebAppData", token.as_bytes()), lines.as_bytes()));
    let mut data = url::form_urlencoded::Serializer::new(String::new());
    let fields = [
        ("auth_date", now.to_string()),
        ("query_id", "AA".to_owned()),
        ("user", user),
        ("hash", hash),
    ];
    data.extend_pairs(fields).finish()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_the_paper_at_the_quote_for_whom_it_is_meant_and_nothing_else() {
    let office = Office::open("https://office.example.cn/huiwen", &[]).await;
    let place = office.place(STAFF, "蒲正明怎么说?").await;
    assert!(
        place.buttons().concat().contains(&"📖 原文".to_owned()),
        "{:?}",
        place.buttons()
    );
    let link = Office::urls(&place, "url").remove(0);
    assert!(
        link.as_str().starts_with("https://office.example.cn/huiwen/f/"),
        "{link}"
    );
    let (status, page) = office.get(&link).await;
    assert_eq!(status, 200, "{page}");
    assert!(
        page.contains("<mark id=\"q\">先修路,&lt;script&gt;alert(1)&lt;/script&gt;"),
        "{page}"
    );
    assert!(
        page.contains("<b>莫春燕</b><i>丹溪县文化和旅游局局长</i><i>代表丹溪县</i>"),
        "{page}"
    );
    assert!(
        page.contains("? 由上下文推断") && page.contains("古道 &amp; 客栈.txt"),
        "{page}"
    );
    assert!(
        !page.contains("<img") && page.matches("<script>").count() == 1,
        "{page}"
    );

    // Nothing else is opened by it, and nothing tells what there is.
    let changed = |from: &str, to: &str| Url::parse(&link.as_str().replace(from, to)).unwrap();
    let until = link
        .query_pairs()
        .find(|(name, _)| name == "until")
        .unwrap()
        .1
        .into_owned();
    let name = link.path_segments().unwrap().next_back().unwrap().to_owned();
    for forged in [
        changed(&until, &(until.parse::<i64>().unwrap() + 1).to_string()),
        changed(&name, "other.txt"),
        changed(&name, "..%2F..%2F..%2Fsecret.txt"),
        changed(&name, "%2e%2e%2fsecret.txt"),
        changed(&format!("for={STAFF}"), &format!("for={ADMIN}")),
        changed("at=", "at=1"),
        Url::parse("https://office.example.cn/huiwen/f/secret.txt").unwrap(),
    ] {
        assert_ne!(forged, link);
        let (status, said) = office.get(&forged).await;
        assert_eq!(status, 403, "{forged}");
        assert!(said.contains("无效") && !said.contains("谁也不该看到"), "{said}");
    }
    assert_eq!(
        Client::new()
            .get(office.here(&changed("/f/", "/x/")))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );

    // Whoever is shut out loses their links too.
    office.telegram.private(ADMIN, &format!("/deny {STAFF}"));
    office.telegram.sent().await;
    assert_eq!(office.get(&link).await.0, 403);
    office.telegram.private(ADMIN, &format!("/allow {STAFF}"));
    office.telegram.sent().await;
    assert_eq!(office.get(&link).await.0, 200);

    // Where the words have gone, no others are highlighted; where the file has, so has the page. The key stays.
    office
        .bot
        .write("五月/古道 & 客栈.txt", &HOSTILE.replace("先修路", "别的路"));
    reload(&office.telegram, ADMIN).await;
    let (status, page) = office.get(&link).await;
    assert_eq!(status, 200);
    assert!(page.contains("引文已不在原处") && !page.contains("<mark"), "{page}");
    std::fs::remove_file(office.bot.home().knowledge().join("五月/古道 & 客栈.txt")).unwrap();
    reload(&office.telegram, ADMIN).await;
    assert_eq!(office.get(&link).await.0, 404);
    assert_eq!(office.telegram.refusals(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mini_app_opens_for_whoever_telegram_names() {
    let office = Office::open(
        "https://office.example.cn/huiwen",
        &[("HUIWEN_ACCESS", "listed"), ("HUIWEN_ALLOWED", "42")],
    )
    .await;
    let place = office.place(STAFF, "蒲正明怎么说?").await;
    let app = Office::urls(&place, "web_app").remove(0);
    let (status, opener) = office.get(&app).await;
    assert!(status == 200 && opener.contains("action=\"/huiwen/app\""), "{opener}");
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let open = async |data: String| {
        let mut fields: Vec<(String, String)> = app.query_pairs().into_owned().collect();
        fields.push(("init_data".to_owned(), data));
        fields.push(("theme".to_owned(), "dark".to_owned()));
        let mut to = office.here(&app);
        to.set_query(None);
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        client.post(to).body(body).send().await.unwrap()
    };
    let opened = open(init_data(STAFF, TOKEN)).await;
    assert_eq!(opened.status(), 303);
    let to = Url::parse("https://office.example.cn").unwrap();
    let to = to.join(opened.headers()["location"].to_str().unwrap()).unwrap();
    let (status, page) = office.get(&to).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("<mark id=\"q\">先修路") && page.contains("data-theme=\"dark\""),
        "{page}"
    );
    // Another bot's data, nobody's, and somebody's whom the bot would not answer.
    for data in [
        init_data(STAFF, "1:other"),
        String::new(),
        init_data(STAFF, TOKEN).replace("42", "77"),
        init_data(4711, TOKEN),
    ] {
        assert_eq!(open(data).await.status(), 403);
    }
    assert_eq!(open("x".repeat(70_000)).await.status(), 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_gets_a_link_of_its_own_and_too_many_pages_are_too_many() {
    let office = Office::open("https://office.example.cn", &[("HUIWEN_GROUP_RATE", "5")]).await;
    office.telegram.group(GROUP, STAFF, "/ask 蒲正明怎么说?", json!({}));
    let answer = office.telegram.sent().await;
    office.telegram.press(STAFF, &answer, "📄");
    let place = office.telegram.edited().await;
    assert_eq!(Office::urls(&place, "web_app"), []);
    let link = Office::urls(&place, "url").remove(0);
    assert!(
        link.as_str().starts_with("https://office.example.cn/f/") && link.as_str().contains(&format!("for={GROUP}"))
    );
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(office.get(&link).await.0);
    }
    assert!(seen.starts_with(&[200, 200]) && seen.ends_with(&[429]), "{seen:?}");
    assert_eq!(office.telegram.refusals(), [""; 0]);
}

/// A browser, where there is one.
fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            Command::new(name)
                .arg("--version")
                .output()
                .is_ok_and(|run| run.status.success())
        })
}

/// The page as a browser has it in the end, and what it complained of.
fn browse(browser: &str, url: &str) -> (String, String) {
    let profile = tempfile::tempdir().unwrap();
    let run = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--enable-logging=stderr",
            "--virtual-time-budget=4000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(url)
        .output()
        .unwrap();
    let complaints = String::from_utf8_lossy(&run.stderr).into_owned();
    (String::from_utf8_lossy(&run.stdout).into_owned(), complaints)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_shows_the_page_and_opens_the_mini_app_within_the_bounds() {
    let Some(browser) = browser() else {
        eprintln!("no browser here: nothing tried");
        return;
    };
    let office = Office::open("http://ADDRESS/huiwen", &[]).await;
    let place = office.place(STAFF, "蒲正明怎么说?").await;
    // Telegram opens Mini Apps by https alone.
    assert_eq!(Office::urls(&place, "web_app"), []);
    let link = Office::urls(&place, "url").remove(0);
    let (page, complaints) = tokio::task::block_in_place(|| browse(browser, link.as_str()));
    assert!(page.contains("<mark id=\"q\">") && page.contains("莫春燕"), "{page}");
    assert!(
        !complaints.contains("Content Security Policy") && !complaints.contains("Uncaught"),
        "{complaints}"
    );

    let quote: Vec<(String, String)> = link
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name == "at")
        .collect();
    let mut app = Url::parse(&format!("http://{}/huiwen/app", office.address)).unwrap();
    app.query_pairs_mut()
        .append_pair("f", "五月/古道 & 客栈.txt")
        .extend_pairs(quote);
    let mut handed = url::form_urlencoded::Serializer::new(String::new());
    let theme = json!({"bg_color": "#17212b"}).to_string();
    let handed = handed
        .append_pair("tgWebAppData", &init_data(STAFF, TOKEN))
        .append_pair("tgWebAppThemeParams", &theme)
        .finish();
    app.set_fragment(Some(&handed));
    let (page, complaints) = tokio::task::block_in_place(|| browse(browser, app.as_str()));
    assert!(
        page.contains("<mark id=\"q\">") && page.contains("data-theme=\"dark\""),
        "{page}\n{complaints}"
    );
    assert!(
        !complaints.contains("Content Security Policy") && !complaints.contains("Uncaught"),
        "{complaints}"
    );
    // Outside of Telegram it only says so.
    app.set_fragment(None);
    let (page, _) = tokio::task::block_in_place(|| browse(browser, app.as_str()));
    assert!(
        page.contains("请在 Telegram 里打开") && !page.contains("先修路"),
        "{page}"
    );
}
