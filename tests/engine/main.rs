//! The index on servers of its own: the same answers as from the data folder, several bots at once, and what is said when a
//! server is gone. Against Sphinx's real server, where that is installed.

mod servers;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use huiwen::answer::Limits;
use huiwen::index::IndexError;
use huiwen::json::AnswerLine;
use huiwen::library::{Changes, Folder, Library, Sight, View};
use huiwen::question::Asked;
use huiwen::wording::{Lang, head_lines};
use servers::Servers;

const FILES: &[(&str, &str)] = &[
    (
        "a.txt",
        "古道保护利用现场会召开\n\n2024年3月5日，古道保护利用现场会在青禾县召开。\n\n青禾县副县长蒲正明说：“先修路，再修亭子。\
         下一步，青禾县要在六月底前修通三公里石板路。”\n\n丹溪县文化和旅游局局长莫春燕表示，丹溪缺的不是路，是愿意留下来的年轻人。\
         下一步，丹溪县将给返乡青年每户补贴两万元。\n\n大家一致认为，这次现场会开得实在。\n",
    ),
    (
        "乡村/b.txt",
        "全市乡村振兴工作推进会召开\n\n2024年4月10日，全市乡村振兴工作推进会在丹溪县召开。\n\n丹溪县副县长欧阳竹表示，丹溪县要建\
         三个冷库，年底前完成。\n\n青禾县农业农村局局长慕容岚说：“茶园改造已经完成八成，Wi-Fi 也'通'到了\\茶山。”\n",
    ),
    (
        "乡村/内部/c.txt",
        "矿山关停专题会召开\n\n2024年5月20日，矿山关停专题会在青禾县召开。\n\n青禾县县长宇文柏说：“三座矿山年底前全部关停，补偿款\
         四千万元六月到位。”\n\n丹溪县副县长欧阳竹表示，丹溪县不接收矿渣，茶园改造要让路。\n\n云岭县副县长司徒岩表示，云岭县愿意接收矿工。\n",
    ),
    (
        "d.txt",
        "防汛会商会召开\n\n2024年7月1日，防汛会商会在云岭县召开。\n\n云岭县水利局局长钟离海说：“水库的水位已经到了警戒线，下游三个村\
         今晚转移。”\n\n会议要求，各县每天报两次水位。\n",
    ),
];

const QUESTIONS: &[&str] = &[
    "青禾县怎么修路？",
    "丹溪县说了什么？",
    "蒲正明说了什么？",
    "欧阳竹怎么看茶园改造？",
    "谁提到了矿山？",
    "补偿款多少钱？",
    "水库的水位怎么样了？",
    "哪些县作了发言？",
    "总结一下古道保护利用现场会",
    "会议要求什么？",
    "对比青禾县和丹溪县的茶园改造",
    "养老金什么时候涨？",
    "三座矿山年底前全部关停是谁说的？",
    "下一步要做什么？",
];

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        let office = Office {
            folder: tempfile::tempdir().unwrap(),
        };
        FILES.iter().for_each(|(file, text)| office.write(file, text));
        office
    }

    fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.knowledge().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn bot(&self, servers: &Servers, name: &str) -> (Library, Changes) {
        Library::open_with(&servers.home(&self.knowledge(), &self.data(name)), &|_, _| {}).unwrap()
    }
}

/// What is answered, but for the scores' last digits.
fn told(answer: Result<huiwen::answer::Answer, IndexError>) -> serde_json::Value {
    let answer = answer.unwrap();
    let mut line = serde_json::to_value(AnswerLine::new(&answer, None, Lang::Zh)).unwrap();
    for quote in line["quotes"].as_array_mut().unwrap() {
        quote["score"] = format!("{:.3}", quote["score"].as_f64().unwrap()).into();
    }
    line
}

const LIMITS: Limits = Limits {
    quotes: 5,
    quote_chars: 200,
};

fn ask(library: &Library, question: &str) -> serde_json::Value {
    told(library.ask(&Asked::new(question, &[]), LIMITS))
}

fn quotes(library: &Library, question: &str) -> Vec<String> {
    let answer = library.ask(&Asked::new(question, &[]), LIMITS).unwrap();
    answer.quotes().iter().map(|quote| quote.text.clone()).collect()
}

/// The rows of passages that serve on both shards.
fn rows(servers: &Servers) -> usize {
    counted(servers, "died=4611686018427387904")
}

#[test]
fn the_same_is_answered_as_from_the_data_folder() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (here, _) = Library::open(&office.knowledge(), &office.data("here")).unwrap();
    let (there, changes) = office.bot(&servers, "there");
    assert_eq!((changes.added.len(), changes.files), (FILES.len(), FILES.len()));
    // Both shards hold something.
    for shard in [1, 2] {
        assert!(!servers.by_hand(shard, "SELECT id FROM huiwen_passages").is_empty());
    }
    for question in QUESTIONS {
        assert_eq!(ask(&here, question), ask(&there, question), "{question}");
    }
    for (file, _) in FILES {
        assert_eq!(here.paper(file).unwrap(), there.paper(file).unwrap(), "{file}");
    }
    let surveyed = |library: &Library| format!("{:?}", library.topic("茶园改造").unwrap());
    assert_eq!(surveyed(&here), surveyed(&there));
    // Whoever does not see a folder is answered as if it had never been there.
    let (here, there) = (Arc::new(here), Arc::new(there));
    for hidden in ["乡村", "乡村/内部"] {
        let sight = || Sight::of([(Folder::named(hidden).unwrap(), false)]);
        let (here, there) = (View::new(&here, sight()), View::new(&there, sight()));
        for question in QUESTIONS {
            let asked = Asked::new(*question, &[]);
            let (here, there) = (told(here.ask(&asked, LIMITS)), told(there.ask(&asked, LIMITS)));
            assert_eq!(here, there, "{question} without {hidden}");
            assert!(!there.to_string().contains("c.txt"), "{question} without {hidden}");
        }
    }
}

#[test]
fn several_bots_share_it_and_each_goes_on_until_it_reloads() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (one, _) = office.bot(&servers, "one");
    let (other, changes) = office.bot(&servers, "other");
    assert!(changes.added.is_empty() && changes.files == FILES.len());
    std::fs::remove_file(office.knowledge().join("乡村/内部/c.txt")).unwrap();
    office.write("d.txt", &FILES[3].1.replace("今晚转移", "明早转移"));
    office.write("e.txt", "古道会召开。\n\n青禾县副县长蒲正明说：“石板路完工了。”\n");
    let changes = one.reload().unwrap();
    assert_eq!(
        (&changes.added[..], &changes.changed[..], &changes.removed[..]),
        (
            &["e.txt".to_owned()][..],
            &["d.txt".to_owned()][..],
            &["乡村/内部/c.txt".to_owned()][..]
        )
    );
    assert!(quotes(&one, "水库下游怎么转移？")[0].contains("明早转移"));
    // What was read before stands until the other reloads, which then has nothing to read.
    assert!(!quotes(&other, "补偿款多少钱？").is_empty());
    let changes = other.reload().unwrap();
    assert!(changes.added.is_empty() && changes.changed.is_empty() && changes.removed.is_empty());
    assert!(quotes(&other, "补偿款多少钱？").is_empty());
    assert_eq!(ask(&one, "蒲正明说了什么？"), ask(&other, "蒲正明说了什么？"));
    // What is written again and again takes the ground away from one that never reloads: it notices.
    for number in 0..3 {
        office.write(
            "e.txt",
            &format!("古道会召开。\n\n青禾县副县长蒲正明说：“石板路第{number}段完工了。”\n"),
        );
        one.reload().unwrap();
    }
    let now = quotes(&other, "石板路第几段完工了？");
    assert!(now.iter().any(|quote| quote.contains("第2段")), "{now:?}");
    let (_, all) = office.bot(&servers, "third");
    assert_eq!(rows(&servers), all.passages + left_out(&servers));
}

/// Passages that no remark is in.
fn left_out(servers: &Servers) -> usize {
    counted(servers, "died=4611686018427387904 AND left_out=1")
}

fn counted(servers: &Servers, which: &str) -> usize {
    let of = |shard| servers.by_hand(shard, &format!("SELECT COUNT(*) c FROM huiwen_passages WHERE {which}"));
    [1, 2].into_iter().flat_map(of).sum::<i64>() as usize
}

#[test]
fn of_two_who_write_at_once_one_waits() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (one, _) = office.bot(&servers, "one");
    let (other, _) = office.bot(&servers, "other");
    for round in 0..3 {
        for file in 0..6 {
            office.write(
                &format!("新{file}.txt"),
                &format!("古道会召开。\n\n青禾县副县长蒲正明说：“第{round}次开会，修第{file}条路。”\n"),
            );
        }
        let changes = scope(|scope| {
            let both = [&one, &other].map(|bot| scope.spawn(|| bot.reload().unwrap()));
            both.map(|done| done.join().unwrap())
        });
        let written: usize = changes
            .iter()
            .map(|changes| changes.added.len() + changes.changed.len())
            .sum();
        assert_eq!(written, 6, "{changes:?}");
        assert_eq!(changes[0].passages, changes[1].passages);
        assert_eq!(rows(&servers), changes[0].passages + left_out(&servers));
    }
    for question in QUESTIONS {
        assert_eq!(ask(&one, question), ask(&other, question), "{question}");
    }
}

#[test]
fn a_reload_that_breaks_off_leaves_the_state_before() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (bot, _) = office.bot(&servers, "one");
    let before: Vec<_> = QUESTIONS.iter().map(|question| ask(&bot, question)).collect();
    // Many files, so that both shards are to get some, and one is gone.
    for number in 0..20 {
        office.write(
            &format!("新/{number}.txt"),
            &format!("茶园会召开。\n\n青禾县副县长蒲正明说：“第{number}片茶园改造好了。”\n"),
        );
    }
    servers.stop_one(2);
    assert!(matches!(bot.reload(), Err(IndexError::Remote(_))));
    servers.start_one(2);
    for (question, before) in QUESTIONS.iter().zip(&before) {
        assert_eq!(ask(&bot, question), *before, "{question}");
    }
    // Nor does a bot that starts now see anything of it, before it has written all itself.
    let (other, changes) = office.bot(&servers, "other");
    assert_eq!((changes.added.len(), changes.files), (20, FILES.len() + 20));
    let changes = bot.reload().unwrap();
    assert!(changes.added.is_empty(), "{changes:?}");
    assert_eq!(rows(&servers), changes.passages + left_out(&servers));
    assert_eq!(ask(&bot, "茶园改造"), ask(&other, "茶园改造"));
}

#[test]
fn whoever_is_killed_while_writing_is_taken_over_from() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (bot, _) = office.bot(&servers, "one");
    for number in 0..400 {
        office.write(
            &format!("新/{number}.txt"),
            &format!("茶园会召开。\n\n青禾县副县长蒲正明说：“第{number}片茶园改造好了。”\n").repeat(6),
        );
    }
    let mut writer = Command::new(env!("CARGO_BIN_EXE_huiwen"))
        .args(["reload", "--knowledge"])
        .arg(office.knowledge())
        .arg("--data")
        .arg(office.data("killed"))
        .env("HUIWEN_ENGINE", servers.address())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Killed once it has written something that nobody sees.
    let begun = Instant::now();
    while servers
        .by_hand(1, "SELECT id FROM huiwen_passages WHERE born>1 LIMIT 0,1")
        .is_empty()
    {
        assert!(begun.elapsed() < Duration::from_secs(60) && writer.try_wait().unwrap().is_none());
        sleep(Duration::from_millis(5));
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    assert!(quotes(&bot, "第7片茶园改造好了吗？").is_empty());
    let changes = bot.reload().unwrap();
    assert_eq!(changes.added.len(), 400);
    assert_eq!(rows(&servers), changes.passages + left_out(&servers));
}

#[test]
fn without_a_shard_answers_say_that_a_part_is_missing() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    // Its catalogue is kept when it ends.
    drop(office.bot(&servers, "one"));
    let (bot, _) = office.bot(&servers, "one");
    let whole: Vec<_> = QUESTIONS.iter().map(|question| ask(&bot, question)).collect();
    servers.stop_one(1);
    let mut quoted = 0;
    for question in QUESTIONS {
        let answer = bot.ask(&Asked::new(*question, &[]), LIMITS).unwrap();
        // What is answered out of the catalogue alone needs no shard.
        if answer.in_part {
            assert!(head_lines(Lang::Zh, &answer)[0].contains("现在搜不到"), "{question}");
            assert_eq!(
                serde_json::to_value(AnswerLine::new(&answer, None, Lang::Zh)).unwrap()["in_part"],
                true
            );
            quoted += answer.quotes().len();
        } else {
            assert!(answer.quotes().is_empty(), "{question}");
        }
    }
    assert!(quoted > 0, "the other shard answers");
    // What counts must be whole.
    assert!(matches!(bot.topic("茶园改造"), Err(IndexError::InPart)));
    // One that starts now serves what it can, by the catalogue that it has; or says that it cannot.
    let restarted = Library::open_with(&servers.home(&office.knowledge(), &office.data("one")), &|_, _| {});
    assert!(
        restarted
            .unwrap()
            .0
            .ask(&Asked::new("谁提到了茶园改造？", &[]), LIMITS)
            .is_ok()
    );
    let fresh = Library::open_with(&servers.home(&office.knowledge(), &office.data("fresh")), &|_, _| {});
    assert!(matches!(fresh, Err(IndexError::InPart)), "{fresh:?}");
    servers.start_one(1);
    for (question, whole) in QUESTIONS.iter().zip(&whole) {
        assert_eq!(ask(&bot, question), *whole, "{question}");
    }
    // Without the coordinator nothing is answered, and nothing is made up.
    servers.stop_one(0);
    let answer = bot.ask(&Asked::new(QUESTIONS[0], &[]), LIMITS);
    assert!(matches!(answer, Err(IndexError::Remote(_))), "{answer:?}");
    servers.start_one(0);
    assert_eq!(ask(&bot, QUESTIONS[0]), whole[0]);
}

#[test]
fn what_is_damaged_or_of_another_version_is_written_anew() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let (bot, first) = office.bot(&servers, "one");
    let whole: Vec<_> = QUESTIONS.iter().map(|question| ask(&bot, question)).collect();
    let same = |bot: &Library| {
        for (question, whole) in QUESTIONS.iter().zip(&whole) {
            assert_eq!(ask(bot, question), *whole, "{question}");
        }
    };
    let row = servers.by_hand(1, "SELECT id FROM huiwen_passages LIMIT 0,1")[0];
    servers.by_hand(1, &format!("DELETE FROM huiwen_passages WHERE id={row}"));
    let (mended, changes) = office.bot(&servers, "two");
    assert!(changes.rebuilt && changes.added.len() == FILES.len());
    same(&mended);
    servers.by_hand(0, "UPDATE huiwen_state SET fingerprint=7 WHERE id=1");
    assert!(matches!(mended.reload(), Err(IndexError::Remote(_))));
    let (newer, changes) = office.bot(&servers, "three");
    assert_eq!((changes.added.len(), changes.passages), (FILES.len(), first.passages));
    same(&newer);
    // Tables that were emptied are no state that anybody knows.
    for (server, table) in [
        (0, "state"),
        (1, "passages"),
        (2, "passages"),
        (1, "papers"),
        (2, "papers"),
    ] {
        servers.by_hand(server, &format!("TRUNCATE RTINDEX huiwen_{table}"));
    }
    let (anew, changes) = office.bot(&servers, "one");
    assert_eq!(changes.added.len(), FILES.len());
    same(&anew);
}

#[test]
fn the_terminal_asks_it_by_its_setting() {
    let Some(servers) = Servers::start() else { return };
    let office = Office::new();
    let ask = |engine: &str, data: &Path| {
        Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .args(["ask", "蒲正明说了什么？", "--knowledge"])
            .arg(office.knowledge())
            .arg("--data")
            .arg(data)
            .env("HUIWEN_ENGINE", engine)
            .output()
            .unwrap()
    };
    let here = ask("", &office.data("here"));
    let there = ask(&servers.address(), &office.data("there"));
    assert!(there.status.success(), "{}", String::from_utf8_lossy(&there.stderr));
    assert!(String::from_utf8_lossy(&there.stdout).contains("先修路"));
    assert_eq!(here.stdout, there.stdout);
    let nobody = ask("sphinxql://127.0.0.1:1", &office.data("nobody"));
    let said = String::from_utf8_lossy(&nobody.stderr).into_owned();
    assert!(!nobody.status.success() && said.contains("HUIWEN_ENGINE"), "{said}");
}
