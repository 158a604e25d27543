//! Whole files in the terminal, answers as documents, and what scripts go by.

use std::path::Path;
use std::process::Command;

use huiwen::reading::read_bytes;

use crate::office::Office;

#[test]
fn a_file_is_read_with_who_speaks_and_its_quote() {
    let office = Office::with_minutes();
    let read = office.run(&["read", "2024-07-01-dike.txt"]);
    assert!(read.success, "{}", read.stderr);
    insta::assert_snapshot!(read.stdout);
    // As the shell completes it, too; and where a quote of an answer stands.
    let json = office.run(&["ask", "--json", "南宫雪怎么说?"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let quote = &json["quotes"][0];
    let at = format!("{}-{}", quote["start"], quote["end"]);
    let read = office.run(&["read", "knowledge/2024-07-01-dike.txt", "--at", &at]);
    let marked = read.stdout.lines().find(|line| line.starts_with("▶ ")).unwrap();
    assert!(
        marked.contains(quote["text"].as_str().unwrap().split('。').next().unwrap()),
        "{marked}"
    );
    let coloured = office
        .run(&["--color", "always", "read", "2024-07-01-dike.txt", "--at", &at])
        .stdout;
    assert!(
        coloured.contains("\u{1b}[7m") && coloured.contains("\u{1b}[31m"),
        "{coloured}"
    );
    assert!(!office.run(&["read", "2024-07-01-dike.txt"]).stdout.contains('\u{1b}'));

    let html = office.run(&["read", "dike.txt", "--html"]);
    assert_eq!((html.success, html.code), (false, Some(1)));
    assert!(html.stderr.contains("相近的有：2024-07-01-dike.txt"), "{}", html.stderr);
    let html = office
        .run(&["read", "2024-07-01-dike.txt", "--at", &at, "--html"])
        .stdout;
    assert!(
        html.starts_with("<!DOCTYPE html>") && html.contains("<mark id=\"q\">"),
        "{html}"
    );
    // Nothing outside of the knowledge is read.
    office.write("secret.txt", "谁也不该看到");
    for path in ["../secret.txt", "secret.txt", "knowledge/../secret.txt"] {
        let read = office.run(&["read", path]);
        assert!(!read.success && !read.stdout.contains("谁也不该看到"), "{path}");
    }
    assert!(
        office
            .run(&["read", "2024-07-01-dike.txt", "--at", "9-99999"])
            .stderr
            .contains("没有这个位置")
    );
}

#[test]
fn exit_codes_tell_scripts_how_it_went() {
    let office = Office::with_minutes();
    let codes = [
        (&["ask", "望河县说了什么?"][..], 0),
        (&["ask", "旬邑县说了什么?"], 3),
        (&["ask", "--json", "旬邑县说了什么?"], 3),
        (&["ask", "--format", "md", "旬邑县说了什么?"], 3),
        (&["--knowledge", "nowhere", "ask", "望河县说了什么?"], 1),
        (&["read", "nothing.txt"], 1),
        (&["ask"], 2),
        (&["sing"], 2),
        (&["--color", "maybe", "ask", "?"], 2),
        (&["ask", "望河县说了什么?", "-o", "answer"], 2),
        (&["reload"], 0),
    ];
    for (args, code) in codes {
        let run = office.run(args);
        assert_eq!(run.code, Some(code), "{args:?}: {}", run.stderr);
    }
    let help = office.run(&["--help"]).stdout;
    assert!(help.contains("3 没有回答"), "{help}");
}

#[test]
fn an_answer_is_written_as_a_document() {
    let office = Office::with_minutes();
    let run = office.run(&["ask", "望河县说了什么?", "-o", "a.docx"]);
    assert!(
        run.success && run.stdout.is_empty() && run.stderr.contains("已写入 a.docx"),
        "{}",
        run.stderr
    );
    let bytes = std::fs::read(office.path("a.docx")).unwrap();
    let text = read_bytes(Path::new("a.docx"), &bytes).unwrap().text;
    assert!(
        text.contains("老堤有两处渗水。") && text.contains("2024-07-01-dike.txt 第4段"),
        "{text}"
    );
    let csv = office.run(&["ask", "望河县说了什么?", "--format", "csv"]).stdout;
    assert!(
        csv.starts_with("\u{feff}\"序号\"") && csv.contains("\"钟铁山\""),
        "{csv}"
    );
    let english = office
        .run(&["--lang", "en", "ask", "望河县说了什么?", "--format", "md"])
        .stdout;
    assert!(english.contains("2024-07-01-dike.txt, paragraph 4"), "{english}");
    let both = office.run(&["ask", "?", "--format", "md", "--json"]);
    assert_eq!(both.code, Some(2));
}

#[test]
fn libreoffice_opens_the_document() {
    if !Command::new("soffice")
        .arg("--version")
        .output()
        .is_ok_and(|run| run.status.success())
    {
        eprintln!("no LibreOffice here: nothing tried");
        return;
    }
    let office = Office::with_minutes();
    let tasks = "会议要求,县水利局负责三里湾堤防加固,8月10日前完成。县交通局牵头修复乡道,9月底前完成。";
    let minutes = format!("望河县政府常务会议纪要\n\n2024年7月3日,望河县政府召开常务会议。\n\n{tasks}\n");
    office.write("knowledge/2024-07-03-dike.txt", &minutes);
    let profile = format!("-env:UserInstallation=file://{}", office.path("profile").display());
    for (question, holds, file) in [
        ("望河县说了什么?", "老堤有两处渗水。", "a.docx"),
        ("有哪些任务?", "县水利局负责三里湾堤防加固,8月10日前完成。", "a.docx"),
        ("有哪些任务?", "县水利局负责三里湾堤防加固,8月10日前完成。", "a.xlsx"),
    ] {
        assert!(office.run(&["ask", question, "-o", file]).success);
        let format = file.rsplit('.').next().unwrap();
        let converted = Command::new("soffice")
            .args([
                &profile,
                "--headless",
                "--convert-to",
                format,
                "--outdir",
                "again",
                file,
            ])
            .current_dir(office.path(""))
            .output()
            .unwrap();
        assert!(converted.status.success(), "{converted:?}");
        let again = office.path("again").join(file);
        let text = read_bytes(Path::new(file), &std::fs::read(&again).unwrap())
            .unwrap()
            .text;
        assert!(text.contains(holds) && text.contains("-dike.txt"), "{text}");
        std::fs::remove_file(again).unwrap();
    }
}

#[test]
fn each_shell_completes_every_command() {
    let office = Office::with_minutes();
    // Also where the settings are wrong.
    office.write(".env", "HUIWEN_LIMIT=0\n");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = office.run(&["completions", shell]);
        assert!(script.success, "{}", script.stderr);
        for command in ["ask", "read", "inspect", "reload", "completions"] {
            assert!(script.stdout.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn whoever_reads_no_further_breaks_nothing() {
    for command in ["completions", "man"] {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_huiwen"));
        run.arg(command).args((command == "completions").then_some("bash"));
        run.stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut child = run.spawn().unwrap();
        drop(child.stdout.take());
        let done = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && told.is_empty(), "{command}: {told}");
    }
}
