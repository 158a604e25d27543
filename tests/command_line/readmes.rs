//! What the READMEs show is what the program prints, and each question that they give as an example has an answer.

use std::fs;
use std::path::Path;

use crate::office::Office;

const READMES: [&str; 2] = [include_str!("../../README.md"), include_str!("../../README.zh.md")];

/// A command and the lines below it.
type Shown<'r> = (&'r str, Vec<&'r str>);

/// The commands in the blocks of a console.
fn shown(readme: &str) -> Vec<Shown<'_>> {
    let mut shown: Vec<Shown> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let lines = block.split("\n```").next().unwrap().lines();
        for line in lines.filter(|line| !line.is_empty()) {
            match (line.strip_prefix("$ "), shown.last_mut()) {
                (Some(command), _) => shown.push((command, Vec::new())),
                (None, Some((_, below))) => below.push(line),
                (None, None) => panic!("a console begins with a command: {line}"),
            }
        }
    }
    shown
}

/// The knowledge that comes along, in a folder of its own.
fn office() -> Office {
    let office = Office::with_minutes();
    fs::remove_file(office.path("knowledge/2024-07-01-dike.txt")).unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    for file in fs::read_dir(ours).unwrap().flatten() {
        let name = file.file_name();
        fs::copy(file.path(), office.path("knowledge").join(name)).unwrap();
    }
    office
}

/// Checks that the lines stand in the output in this order; `…` is any number of lines.
fn assert_stands(output: &str, lines: &[&str]) {
    let mut rest = output.lines().filter(|line| !line.is_empty());
    let mut may_skip = false;
    for line in lines {
        if *line == "…" {
            may_skip = true;
            continue;
        }
        let found = rest.by_ref().find(|printed| printed == line || !may_skip);
        assert_eq!(found, Some(*line), "{output}");
        may_skip = false;
    }
}

/// A page that is a picture.
const SCAN: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>> endobj
4 0 obj <</Length 28>>
stream
q 595 0 0 842 0 0 cm /X Do Q
endstream
endobj
5 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>
stream
x
endstream
endobj
trailer <</Root 1 0 R/Size 6>>
";

#[test]
fn commands_print_what_the_readmes_show() {
    for readme in READMES {
        let office = office();
        assert!(office.run(&["reload"]).success);
        office.write("knowledge/扫描件.pdf", SCAN);
        let mut compared = 0;
        for (command, below) in shown(readme) {
            let own = ["cargo run --release -- ", "huiwen "]
                .into_iter()
                .find_map(|program| command.strip_prefix(program));
            let Some((arguments, (first, question))) = own.map(|own| (own, own.split_once(' ').unwrap_or((own, ""))))
            else {
                continue;
            };
            let question = question.trim_matches('"');
            let output = match question {
                "" => office.run(&[arguments]).stdout,
                _ => office.run(&[first, question]).stdout,
            };
            assert_stands(&output, &below);
            compared += 1;
        }
        assert_eq!(compared, 3);
    }
}

#[test]
fn both_readmes_show_the_same() {
    let [english, chinese] = READMES;
    assert_eq!(shown(english), shown(chinese));
    assert_eq!(questions(english), questions(chinese));
    assert!(english.contains("(README.zh.md)") && chinese.contains("(README.md)"));
}

/// The questions in the rows of the first table that has any, row by row.
fn questions(readme: &str) -> Vec<Vec<&str>> {
    let rows = readme.lines().filter(|line| line.starts_with("| "));
    rows.map(|row| {
        row.split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| code.ends_with('?') || code.starts_with("总结"))
            .collect::<Vec<_>>()
    })
    .filter(|questions| !questions.is_empty())
    .collect()
}

#[test]
fn each_question_that_is_an_example_has_an_answer() {
    let office = office();
    let questions = questions(READMES[0]).concat();
    assert!(questions.len() > 20);
    // Those of the last row go on from an earlier one.
    let line =
        |question| serde_json::json!({"question": question, "after": ["礼泉县下一步要做什么?"]}).to_string() + "\n";
    office.write(
        "questions.jsonl",
        &questions.iter().copied().map(line).collect::<String>(),
    );
    let answers = office.run(&["ask", "--json", "--batch", "questions.jsonl"]).stdout;
    assert_eq!(answers.lines().count(), questions.len());
    for answer in answers.lines() {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        assert_ne!(answer["kind"], "no_answer", "{answer}");
    }
}
