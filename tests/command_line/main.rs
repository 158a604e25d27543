//! The command line as its users meet it: the real binary, in folders of its own.

mod documents;
mod embeddings;
mod office;
mod pictures;
mod readmes;

use std::path::Path;

use office::Office;

#[test]
fn an_answer_has_quotes_with_speaker_county_and_source() {
    let office = Office::with_minutes();
    insta::assert_snapshot!(office.run(&["ask", "望河县打算怎么修堤?"]).stdout);
}

#[test]
fn a_county_that_did_not_speak_gets_a_refusal_with_those_who_did() {
    let office = Office::with_minutes();
    let run = office.run(&["ask", "礼泉县说了什么?"]);
    // For scripts: no fault, and no answer.
    assert_eq!(run.code, Some(3));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn english_by_setting_surrounds_chinese_quotes() {
    let office = Office::with_minutes();
    insta::assert_snapshot!(office.run(&["--lang", "en", "ask", "礼泉县说了什么?"]).stdout);
}

#[test]
fn the_day_may_be_told() {
    let office = Office::with_minutes();
    for (day, answered) in [("2025-08-20", true), ("2026-01-05", false)] {
        let run = office.run(&["--today", day, "ask", "去年的会说了什么?"]);
        assert_eq!(run.stdout.contains("三里湾"), answered, "{day}: {}", run.stdout);
    }
    assert!(
        !office
            .run(&["--today", "2023-13-45", "ask", "去年的会说了什么?"])
            .success
    );
}

#[test]
fn json_keeps_to_the_contract() {
    let office = Office::with_minutes();
    let run = office.run(&["ask", "--json", "--quote-chars", "30", "钟铁山怎么说堤?"]);
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    // Scores move with the weights.
    let mut shown = answer.clone();
    for quote in shown["quotes"].as_array_mut().unwrap() {
        assert!(quote["score"].is_number());
        quote["score"] = 0.into();
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap());
    let text = office
        .run(&["inspect", "--text", "knowledge/2024-07-01-dike.txt"])
        .stdout;
    for quote in answer["quotes"].as_array().unwrap() {
        let (start, end) = (
            quote["start"].as_u64().unwrap() as usize,
            quote["end"].as_u64().unwrap() as usize,
        );
        let there: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(quote["text"], there);
        assert!(there.chars().count() <= 30);
    }
}

#[test]
fn inspect_shows_who_said_what() {
    let office = Office::with_minutes();
    insta::assert_snapshot!(office.run(&["inspect", "knowledge/2024-07-01-dike.txt"]).stdout);
    insta::assert_snapshot!(
        office
            .run(&["inspect", "--json", "knowledge/2024-07-01-dike.txt"])
            .stdout
    );
}

#[test]
fn a_batch_answers_each_line_and_names_those_it_cannot_read() {
    let office = Office::with_minutes();
    office.write(
        "batch.jsonl",
        "{\"id\": \"a\", \"question\": \"望河县下一步做什么?\", \"after\": []}\n\
         not json\n\
         \n\
         {\"id\": 7, \"question\": \"那上坪县呢?\", \"after\": [\"望河县下一步做什么?\"]}\n",
    );
    let run = office.run(&["ask", "--json", "--batch", "batch.jsonl"]);
    assert!(!run.success && run.stderr.contains("batch.jsonl:2:"), "{}", run.stderr);
    let answers: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&"a".into(), &7.into()));
    assert_eq!(answers[0]["quotes"][0]["speaker"], "钟铁山");
    assert_eq!(answers[1]["quotes"][0]["speaker"], "南宫雪");
}

#[test]
fn bad_files_are_named_and_cost_nothing_else() {
    let office = Office::with_minutes();
    office.write("knowledge/empty.txt", " \n");
    office.write_bytes("knowledge/gbk.txt", b"\xbb\xe1\xd2\xe9\n");
    office.write("knowledge/table.xlsx", "…");
    office.write_huge("knowledge/huge.txt", 50 * 1024 * 1024);
    std::fs::create_dir(office.path("knowledge/x.txt")).unwrap();
    let run = office.run(&["ask", "望河县打算怎么修堤?"]);
    assert!(run.success && run.stdout.contains("钟铁山"));
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn a_reload_says_what_was_added_changed_removed_and_refused() {
    let office = Office::with_minutes();
    insta::assert_snapshot!("first", office.run(&["reload"]).stdout);
    insta::assert_snapshot!("unchanged", office.run(&["reload"]).stdout);
    office.write(
        "knowledge/2024-07-01-dike.txt",
        "7月1日,防汛会议召开。\n\n望河县副县长钟铁山说:“堤修好了。”\n",
    );
    office.write(
        "knowledge/new.md",
        "# 抗旱会议\n\n上坪县副县长南宫雪说:“水库见底了。”\n",
    );
    office.write("knowledge/empty.txt", "\n");
    insta::assert_snapshot!("changed", office.run(&["reload"]).stdout);
    std::fs::remove_file(office.path("knowledge/new.md")).unwrap();
    std::fs::remove_file(office.path("knowledge/empty.txt")).unwrap();
    insta::assert_snapshot!("removed", office.run(&["reload"]).stdout);
}

#[test]
fn a_folder_speaks_for_its_files_until_it_says_something_else() {
    let office = Office::with_minutes();
    std::fs::create_dir_all(office.path("knowledge/教育/例会")).unwrap();
    let minutes = "校车安全例会\n\n3月5日，例会召开。\n\n县教育局局长蓝雨桐说：“我县的校车都装了录像。”\n";
    office.write("knowledge/教育/例会/a.txt", minutes);
    office.write(
        "knowledge/教育/_folder.md",
        "county: 礼泉县\nyear: 2023\norganizer: 县教育局\n",
    );
    let quoted = || {
        let run = office.run(&["ask", "--json", "校车装了什么?"]);
        let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let quote = &answer["quotes"][0];
        (quote["county"].clone(), quote["date"].clone(), run.stderr)
    };
    let (county, date, said) = quoted();
    assert_eq!((county, date), ("礼泉县".into(), "2023-03-05".into()), "{said}");
    let seen = office.run(&["inspect", "--json", "knowledge/教育/例会/a.txt"]).stdout;
    let seen: serde_json::Value = serde_json::from_str(&seen).unwrap();
    assert_eq!(seen["meeting"]["organizer"], "县教育局");
    assert_eq!(
        seen["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|r| r["county"] == "礼泉县")
            .count(),
        1
    );

    // The nearer folder's year wins; what it does not say stands as it was.
    office.write("knowledge/教育/例会/_folder.md", "---\n年份: 2024\n---\n");
    let reload = office.run(&["reload"]).stdout;
    assert!(
        reload.contains("更新 1 个文件：教育/例会/a.txt") && reload.contains("现有 2 个文件"),
        "{reload}"
    );
    let (county, date, _) = quoted();
    assert_eq!((county, date), ("礼泉县".into(), "2024-03-05".into()));
    assert!(office.run(&["reload"]).stdout.contains("没有变化"));

    // A line that says nothing is named; the file's other lines count, and all files go on serving.
    office.write(
        "knowledge/教育/_folder.md",
        "county: 很远的地方\norganizer: 县教育局\nyear: 今年\n",
    );
    let reload = office.run(&["reload"]).stdout;
    insta::assert_snapshot!("bad_folder_head", reload);
    let (county, date, said) = quoted();
    assert_eq!((county, date), (serde_json::Value::Null, "2024-03-05".into()));
    assert!(said.contains("教育/_folder.md：第 1 行"), "{said}");

    std::fs::remove_file(office.path("knowledge/教育/_folder.md")).unwrap();
    let reload = office.run(&["reload"]).stdout;
    assert!(
        reload.contains("更新 1 个文件") && !reload.contains("未读入"),
        "{reload}"
    );
}

#[test]
fn an_unchanged_folder_is_not_indexed_again() {
    let office = Office::with_minutes();
    office.run(&["reload"]);
    let before = office.data_files();
    office.run(&["ask", "谁发了言?"]);
    assert_eq!(office.data_files(), before);
}

#[test]
fn a_damaged_index_is_built_anew() {
    let office = Office::with_minutes();
    office.run(&["reload"]);
    for file in office.data_files() {
        if file
            .0
            .extension()
            .is_some_and(|ending| ending == "store" || ending == "json")
        {
            std::fs::write(&file.0, b"damaged").unwrap();
        }
    }
    let run = office.run(&["ask", "望河县打算怎么修堤?"]);
    assert!(
        run.success && run.stdout.contains("钟铁山"),
        "{}\n{}",
        run.stdout,
        run.stderr
    );
    assert!(run.stderr.contains("anew"), "{}", run.stderr);
}

#[test]
fn a_quote_whose_file_has_changed_since_stands_as_it_was_read() {
    let office = Office::with_minutes();
    let session = office.chat(&["望河县打算怎么修堤?"], || {
        office.write("knowledge/2024-07-01-dike.txt", "7月1日,什么也没有说。\n");
    });
    // The words that were read, and that their file is another one now.
    assert!(
        session.contains("渗水") && session.contains("2024-07-01-dike.txt"),
        "{session}"
    );
}

#[test]
fn the_chat_answers_follow_ups_and_leaves_at_the_end_of_input() {
    let office = Office::with_minutes();
    let run = office.run_with_input(&[], "望河县下一步做什么?\n那上坪县呢?\n还有吗\n/help\n");
    assert!(run.success, "{}", run.stderr);
    insta::assert_snapshot!(run.stdout);
    let left = office.run_with_input(&["chat"], "/quit\n望河县下一步做什么?\n");
    assert!(left.success && !left.stdout.contains("渗水"));
}

#[test]
fn what_cannot_work_says_why_and_fails() {
    let office = Office::with_minutes();
    for (args, says) in [
        (&["ask", "谁发了言?", "--knowledge", "nowhere"][..], "nowhere"),
        (&["inspect", "nowhere.txt"], "nowhere.txt"),
        (&["bot"], "TELOXIDE_TOKEN"),
        (&["ask"], "QUESTION"),
        (&["ask", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
    ] {
        let run = office.run(args);
        assert!(!run.success && run.stderr.contains(says), "{args:?}: {}", run.stderr);
    }
    std::fs::remove_dir_all(office.path("data")).unwrap();
    office.write("data", "a file where a folder should be");
    let run = office.run(&["ask", "谁发了言?"]);
    assert!(!run.success && run.stderr.contains("HUIWEN_DATA"), "{}", run.stderr);
}

#[test]
fn settings_come_from_a_dotenv_file_and_faults_are_listed_at_once() {
    let office = Office::with_minutes();
    office.write(".env", "HUIWEN_LANG=en\n");
    assert!(
        office
            .run(&["ask", "礼泉县说了什么?"])
            .stdout
            .contains("nothing said for 礼泉县")
    );
    office.write(".env", "HUIWEN_LANG=fr\nHUIWEN_LIMIT=many\n");
    let run = office.run(&["ask", "礼泉县说了什么?"]);
    assert!(!run.success && run.stderr.contains("HUIWEN_LANG") && run.stderr.contains("HUIWEN_LIMIT"));
}

#[test]
fn two_processes_share_one_data_folder() {
    let office = Office::with_minutes();
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| office.run(&["ask", "望河县打算怎么修堤?"])))
            .collect();
        for run in runs {
            let run = run.join().unwrap();
            assert!(run.success && run.stdout.contains("钟铁山"), "{}", run.stderr);
        }
    });
}

/// As somebody who may read everything and write nothing: what runs the tests may be allowed all.
#[cfg(unix)]
#[test]
fn a_data_folder_that_cannot_be_written_serves_and_a_failing_command_leaves_none() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let knowledge = folder.path().join("knowledge");
    let run = |before: &[&str], command: &[&str]| {
        let mut all: Vec<&str> = before.to_vec();
        all.push(env!("CARGO_BIN_EXE_huiwen"));
        all.extend(command);
        let done = std::process::Command::new(all[0])
            .args(&all[1..])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .output()
            .unwrap();
        (
            done.status.success(),
            String::from_utf8(done.stdout).unwrap(),
            String::from_utf8(done.stderr).unwrap(),
        )
    };
    let (done, _, error) = run(&[], &["ask", "青禾县怎么修路?"]);
    assert!(!done && error.contains("知识文件夹"), "{error}");
    assert!(!folder.path().join("data").exists());
    std::fs::create_dir(&knowledge).unwrap();
    std::fs::write(
        knowledge.join("a.txt"),
        "古道会召开。\n\n青禾县副县长蒲正明说：“先修路。”\n",
    )
    .unwrap();
    assert!(run(&[], &["reload"]).0);
    let made_read_only = |path: &Path| {
        let mut paths = vec![path.to_owned()];
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
            let mode = if path.is_dir() { 0o555 } else { 0o444 };
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    made_read_only(&folder.path().join("data"));
    // The superuser may write all the same.
    let is_root = std::fs::write(folder.path().join("data/probe"), "").is_ok();
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let before = if is_root { &nobody[..] } else { &[] };
    let (done, said, error) = run(before, &["ask", "青禾县怎么修路?"]);
    assert!(done && said.contains("蒲正明"), "{said}{error}");
    // What is new is not read, and the old serves.
    std::fs::write(
        knowledge.join("b.txt"),
        "茶山会召开。\n\n丹溪县副县长欧阳竹说：“铺石阶。”\n",
    )
    .unwrap();
    let (done, said, error) = run(before, &["ask", "青禾县怎么修路?"]);
    assert!(done && said.contains("蒲正明"), "{said}{error}");
    for path in [folder.path().join("data"), folder.path().join("data/index")] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}
