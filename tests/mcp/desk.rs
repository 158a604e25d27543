//! The tools over standard input and output, with JSON-RPC written by hand.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

pub const FLOOD: &str = "\
云江流域防汛工作会议召开

2024年7月1日,云江流域防汛工作会议在望河县召开。

望河县副县长钟铁山说:“老堤有两处渗水。下一步,我们先修三里湾的堤,八月十日前完工,再清河道。”

上坪县水利局局长南宫雪表示,上坪县的水库都腾出了库容。

会议要求,县水利局负责三里湾堤防加固,8月10日前完成。
";
pub const ROADS: &str = "\
上坪县农村公路推进会召开

2025年3月2日,上坪县农村公路推进会召开。

上坪县交通局局长钟铁山说:“今年新修二十公里乡道。”
";

/// A knowledge folder with two meetings at which two of one name speak.
pub fn knowledge() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("knowledge/七月")).unwrap();
    std::fs::write(folder.path().join("knowledge/七月/防汛.txt"), FLOOD).unwrap();
    std::fs::write(folder.path().join("knowledge/公路.txt"), ROADS).unwrap();
    folder
}

struct Assistant {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    next: u64,
}

impl Assistant {
    fn start(folder: &Path) -> Assistant {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .arg("mcp")
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let from = BufReader::new(child.stdout.take().unwrap());
        let mut assistant = Assistant {
            child,
            to,
            from,
            next: 0,
        };
        let client = json!({"name": "test", "version": "1"});
        let begun = assistant.request(
            "initialize",
            json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}),
        );
        assert_eq!(begun["result"]["serverInfo"]["name"], "huiwen", "{begun}");
        assert!(
            begun["result"]["instructions"]
                .as_str()
                .unwrap()
                .contains("verify_quote")
        );
        assistant.write(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        assistant
    }

    fn write(&mut self, message: &Value) {
        writeln!(self.to, "{message}").unwrap();
    }

    /// Each line of standard output is a message, and nothing else is written there.
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let request = json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params});
        self.write(&request);
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "hung up");
            let message: Value = serde_json::from_str(&line).unwrap();
            if message["id"] == self.next {
                return message;
            }
        }
    }

    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        assert_ne!(result["isError"], true, "{answer}");
        // Old clients read the text, new ones the object.
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    fn refusal(&mut self, tool: &str, arguments: Value) -> String {
        let answer = self.request("tools/call", json!({"name": tool, "arguments": arguments}));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    }
}

impl Drop for Assistant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The words stand in their file where the quote says.
fn stands(quote: &Value) -> bool {
    let text = match quote["file"].as_str().unwrap() {
        "公路.txt" => ROADS,
        _ => FLOOD,
    };
    let (start, end) = (quote["start"].as_u64().unwrap(), quote["end"].as_u64().unwrap());
    let there: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    quote["text"] == there
}

#[test]
fn an_assistant_finds_and_quotes() {
    let folder = knowledge();
    let mut assistant = Assistant::start(folder.path());
    let tools = assistant.request("tools/list", json!({}));
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 7);

    let meetings = assistant.call("list_meetings", json!({}));
    assert_eq!(meetings["total"], 2);
    assert_eq!(meetings["meetings"][0]["file"], "公路.txt");
    let meetings = assistant.call(
        "list_meetings",
        json!({"about": "防汛", "county": "上坪", "to": "2024-12-31"}),
    );
    assert_eq!(meetings["meetings"][0]["date_start"], "2024-07-01", "{meetings}");
    let none = assistant.call("list_meetings", json!({"from": "2026-01-01"}));
    assert_eq!(none["total"], 0);

    let found = assistant.call("search", json!({"query": "三里湾的堤什么时候完工?"}));
    let quote = &found["quotes"][0];
    assert!(stands(quote), "{quote}");
    assert_eq!(
        (&quote["speaker"], &quote["county"]),
        (&json!("钟铁山"), &json!("望河县"))
    );
    let none = assistant.call("search", json!({"query": "旬邑县说了什么?"}));
    assert_eq!(none["kind"], "no_answer", "{none}");

    let speakers = assistant.call("find_speakers", json!({"name": "钟铁山"}));
    assert_eq!(speakers["total"], 2);
    let speakers = assistant.call("find_speakers", json!({"name": "钟铁山", "county": "上坪"}));
    assert_eq!(speakers["speakers"][0]["files"], json!(["公路.txt"]));

    let said = assistant.call("what_did_they_say", json!({"who": "南宫雪"}));
    assert!(
        said["quotes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|quote| quote["speaker"] == "南宫雪" && stands(quote)),
        "{said}"
    );
    let silent = assistant.call("what_did_they_say", json!({"who": "南宫雪", "about": "乡道"}));
    let theirs = |quote: &Value| quote["speaker"] == "南宫雪" && quote["text"].as_str().unwrap().contains("乡道");
    assert!(!silent["quotes"].as_array().unwrap().iter().any(theirs), "{silent}");

    let tasks = assistant.call("list_tasks", json!({}));
    assert_eq!(tasks["quotes"][0]["due"], "8月10日前", "{tasks}");
}

#[test]
fn remarks_are_those_of_inspect_whole_and_in_part() {
    let folder = knowledge();
    let mut assistant = Assistant::start(folder.path());
    let printed = Command::new(env!("CARGO_BIN_EXE_huiwen"))
        .args(["inspect", "--json", "knowledge/七月/防汛.txt"])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let remarks = assistant.call("get_remarks", json!({"file": "七月/防汛.txt"}));
    for part in ["meeting", "remarks", "left_out", "doubts"] {
        assert_eq!(remarks[part], printed[part], "{part}");
    }
    assert!(
        remarks["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["cue"] == "表示")
    );
    let part = assistant.call(
        "get_remarks",
        json!({"file": "七月/防汛.txt", "speaker": "上坪", "limit": 1}),
    );
    assert_eq!(
        (&part["total"], &part["remarks"][0]["speaker"]),
        (&json!(1), &json!("南宫雪"))
    );
    assert_eq!(part["left_out"], json!([]));
    let there_is = assistant.refusal("get_remarks", json!({"file": "防汛.txt"}));
    assert!(there_is.contains("七月/防汛.txt"), "{there_is}");
}

#[test]
fn a_quote_is_told_from_what_resembles_one() {
    let folder = knowledge();
    let mut assistant = Assistant::start(folder.path());
    let exact = "下一步,我们先修三里湾的堤";
    let found = assistant.call("verify_quote", json!({"text": exact, "speaker": "钟铁山"}));
    assert_eq!(
        (&found["verdict"], &found["places"][0]["exact"]),
        (&json!("verbatim"), &json!(true))
    );
    assert!(stands(&found["places"][0]));
    assert_eq!(found["places"][0]["county"], "望河县");
    // Other forms of the same characters, and a line break, are the same words.
    let wide = assistant.call("verify_quote", json!({"text": "“下一步\u{ff0c}我們先修\n三里灣的堤”"}));
    assert_eq!(
        (&wide["verdict"], &wide["places"][0]["exact"]),
        (&json!("verbatim"), &json!(false)),
        "{wide}"
    );
    // Somebody else's, of the same name even.
    let other = assistant.call("verify_quote", json!({"text": exact, "speaker": "南宫雪"}));
    assert_eq!(other["verdict"], "said_by_other");
    let namesake = assistant.call("verify_quote", json!({"text": exact, "speaker": "上坪县"}));
    assert_eq!(namesake["verdict"], "said_by_other");
    // One word is other, and what comes near is shown.
    let near = assistant.call("verify_quote", json!({"text": "下一步,我们先修五里湾的堤"}));
    assert_eq!((&near["verdict"], &near["places"]), (&json!("not_found"), &json!([])));
    assert!(stands(&near["nearest"][0]), "{near}");
    let elsewhere = assistant.call("verify_quote", json!({"text": exact, "file": "公路.txt"}));
    assert_eq!(elsewhere["verdict"], "not_found");
    // Over two speakers it is nobody's alone; a title is nobody's.
    let both = assistant.call(
        "verify_quote",
        json!({"text": "再清河道。”\n\n上坪县水利局局长南宫雪表示,上坪县的水库都腾出了库容"}),
    );
    assert_eq!(both["places"][0]["speaker"], Value::Null, "{both}");
    assert_eq!(both["places"][0]["several"].as_array().unwrap().len(), 2);
    let title = assistant.call("verify_quote", json!({"text": "云江流域防汛工作会议召开"}));
    assert_eq!(
        (&title["places"][0]["speaker"], &title["places"][0]["in_text"]),
        (&Value::Null, &json!(false)),
        "{title}"
    );
}

#[test]
fn what_is_wrong_is_said_and_the_next_call_is_answered() {
    let folder = knowledge();
    let mut assistant = Assistant::start(folder.path());
    for (tool, arguments) in [
        ("search", json!({})),
        ("search", json!({"query": " "})),
        ("search", json!({"query": "堤", "limit": 0})),
        ("search", json!({"query": "堤", "colour": "red"})),
        ("list_meetings", json!({"from": "last year"})),
        ("verify_quote", json!({"text": "“”"})),
        ("verify_quote", json!({"text": "先修三里湾", "file": "../secret.txt"})),
        ("get_remarks", json!({"file": "/etc/passwd"})),
        ("what_did_they_say", json!({"who": ""})),
    ] {
        let why = assistant.refusal(tool, arguments);
        assert!(!why.is_empty() && !why.contains("root:"), "{why}");
    }
    let unknown = assistant.request("tools/call", json!({"name": "delete_everything", "arguments": {}}));
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    assert_eq!(assistant.call("list_meetings", json!({"limit": 1}))["total"], 2);
}
