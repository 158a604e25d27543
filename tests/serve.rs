//! `huiwen serve` as other programs meet it: the real binary over HTTP.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

const KEY: &str = "a-key-that-nobody-guesses";
const MINUTES: &str = "\
云江流域防汛工作会议召开

2024年7月1日,云江流域防汛工作会议在望河县召开。

望河县副县长钟铁山说:“老堤有两处渗水。下一步,我们先修三里湾的堤,八月十日前完工,再清河道。”

上坪县水利局局长南宫雪表示,上坪县的水库都腾出了库容。

会议要求,县水利局负责三里湾堤防加固,8月10日前完成。县交通局牵头修复乡道,9月底前完成。
";

struct Server {
    child: Child,
    folder: tempfile::TempDir,
    address: String,
}

impl Server {
    fn start(more: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("knowledge/七月")).unwrap();
        std::fs::write(folder.path().join("knowledge/七月/a b.txt"), MINUTES).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "谁也不该看到").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .arg("serve")
            .current_dir(folder.path())
            .env_clear()
            .env("HUIWEN_API_KEY", KEY)
            .env("HUIWEN_API_LISTEN", "127.0.0.1:0")
            .envs(more.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines
            .find(|line| line.as_ref().is_ok_and(|line| line.contains("listening")))
            .unwrap()
            .unwrap();
        let address = line.rsplit("address=").next().unwrap().trim().to_owned();
        // Whatever is logged later has somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, folder, address }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        Client::new()
            .get(format!("http://{}{path}", self.address))
            .bearer_auth(KEY)
    }

    fn post(&self, path: &str, body: String) -> RequestBuilder {
        Client::new()
            .post(format!("http://{}{path}", self.address))
            .bearer_auth(KEY)
            .body(body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn json(request: RequestBuilder) -> (u16, Value) {
    let answer = request.timeout(Duration::from_secs(20)).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

#[tokio::test]
async fn programs_get_the_answers_that_ask_prints() {
    let server = Server::start(&[]);
    let question = "望河县说了什么?";
    let printed = Command::new(env!("CARGO_BIN_EXE_huiwen"))
        .args(["ask", "--json", question])
        .current_dir(server.folder.path())
        .env_clear()
        .output()
        .unwrap();
    let mut printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    // A question that came without a number has its answer without one.
    printed.as_object_mut().unwrap().remove("id");
    let (status, got) = json(server.get("/v1/ask").query(&[("q", question)])).await;
    assert_eq!((status, &got), (200, &printed));
    let (status, posted) = json(server.post("/v1/ask", json!({"question": question, "id": 7}).to_string())).await;
    assert_eq!(
        (status, &posted["quotes"], &posted["id"]),
        (200, &printed["quotes"], &json!(7))
    );
    // On from an earlier question, and no answer is an answer.
    let after = json!({"question": "上坪呢?", "after": [question], "limit": 1});
    let (_, after) = json(server.post("/v1/ask", after.to_string())).await;
    assert_eq!(after["quotes"][0]["speaker"], "南宫雪", "{after}");
    let (status, none) = json(server.get("/v1/ask").query(&[("q", "旬邑县说了什么?")])).await;
    assert_eq!((status, &none["kind"]), (200, &json!("no_answer")));

    let (_, tasks) = json(server.get("/v1/tasks")).await;
    assert_eq!(
        (&tasks["kind"], &tasks["quotes"][0]["due"]),
        (&json!("tasks"), &json!("8月10日前")),
        "{tasks}"
    );
    let (_, files) = json(server.get("/v1/files")).await;
    assert_eq!(files["files"][0]["file"], "七月/a b.txt");
    assert_eq!(files["files"][0]["date_start"], "2024-07-01");
    let (_, remarks) = json(server.get("/v1/files/%E4%B8%83%E6%9C%88%2Fa%20b.txt/remarks")).await;
    let inspected = Command::new(env!("CARGO_BIN_EXE_huiwen"))
        .args(["inspect", "--json", "knowledge/七月/a b.txt"])
        .current_dir(server.folder.path())
        .env_clear()
        .output()
        .unwrap();
    let inspected: Value = serde_json::from_slice(&inspected.stdout).unwrap();
    // What is in a remark, by which word, and what is in none.
    for part in ["meeting", "remarks", "left_out", "doubts"] {
        assert_eq!(remarks[part], inspected[part], "{part}");
    }
    let spoken: Vec<&Value> = remarks["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] != "narration")
        .collect();
    assert_eq!(
        (&spoken[0]["speaker"], &spoken[0]["county"]),
        (&json!("钟铁山"), &json!("望河县"))
    );
    let (start, end) = (spoken[0]["start"].as_u64().unwrap(), spoken[0]["end"].as_u64().unwrap());
    let there: String = MINUTES
        .chars()
        .skip(start as usize)
        .take((end - start) as usize)
        .collect();
    assert_eq!(spoken[0]["text"], there);
    let (_, speakers) = json(server.get("/v1/speakers")).await;
    let names: Vec<&str> = speakers["speakers"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["speaker"].as_str())
        .collect();
    assert!(names.contains(&"钟铁山") && names.contains(&"南宫雪"), "{names:?}");

    std::fs::write(
        server.folder.path().join("knowledge/b.txt"),
        "青石县县长莫春燕说:“修桥。”\n",
    )
    .unwrap();
    let (_, reloaded) = json(server.post("/v1/reload", String::new())).await;
    assert_eq!((&reloaded["added"], &reloaded["files"]), (&json!(["b.txt"]), &json!(2)));
    let (_, document) = json(server.get("/v1/openapi.json")).await;
    assert_eq!(document["openapi"], "3.1.0");
}

#[tokio::test]
async fn what_is_not_served_says_why() {
    let server = Server::start(&[]);
    let address = format!("http://{}/v1/files", server.address);
    assert_eq!(Client::new().get(&address).send().await.unwrap().status(), 401);
    assert_eq!(
        Client::new()
            .get(&address)
            .bearer_auth("guess")
            .send()
            .await
            .unwrap()
            .status(),
        401
    );
    let refused = [
        (server.get("/v1/ask"), 400),
        (server.get("/v1/ask?q=x&limit=0"), 400),
        (server.get("/v1/ask?q=x&limit=many"), 400),
        (server.post("/v1/ask", "{\"question\": 3}".to_owned()), 400),
        (server.post("/v1/ask", "not JSON".to_owned()), 400),
        (
            server.post("/v1/ask", format!("{{\"question\": \"{}\"}}", "路".repeat(30_000))),
            413,
        ),
        (server.get("/v1/files/no.txt/remarks"), 404),
        (server.get("/v1/files/..%2Fsecret.txt/remarks"), 404),
        (server.get("/v1/files/%2Fetc%2Fpasswd/remarks"), 404),
        (server.get("/v2"), 404),
    ];
    for (request, code) in refused {
        let (status, said) = json(request).await;
        assert_eq!(status, code, "{said}");
        assert!(
            said["error"].is_string() && !said.to_string().contains("谁也不该看到"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn there_are_only_so_many_requests_a_minute_and_no_server_without_a_key() {
    let server = Server::start(&[("HUIWEN_API_RATE", "3")]);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(server.get("/v1/files").send().await.unwrap().status().as_u16());
    }
    assert_eq!(seen, [200, 200, 200, 429]);
    let without = Command::new(env!("CARGO_BIN_EXE_huiwen"))
        .arg("serve")
        .current_dir(server.folder.path())
        .env_clear()
        .output()
        .unwrap();
    assert_eq!(without.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&without.stderr).contains("HUIWEN_API_KEY"));
}
