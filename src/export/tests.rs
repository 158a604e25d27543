//! Documents, read back.

use std::path::Path;

use super::*;
use crate::answer::{Limits, paragraph_of};
use crate::library::Library;
use crate::question::Asked;
use crate::reading::read_bytes;

const TEXT: &str = "\
古道会召开

2024年3月5日，古道会在长汀县召开。

长汀县副县长蓝秀珍表示，先修路 & 桥*，a < \"b\"路。

她说：“=路要修三公里。”

会议要求，县交通局负责三公里石板路，6月底前完成。县水利局牵头修桥，9月底前完成。
";

fn sheet(question: &str) -> (Sheet, Answer) {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().join("knowledge");
    std::fs::create_dir(&knowledge).unwrap();
    std::fs::write(knowledge.join("a.txt"), TEXT).unwrap();
    let (library, _) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
    let limits = Limits {
        quotes: 10,
        quote_chars: 200,
    };
    let answer = library.ask(&Asked::new(question, &[]), limits).unwrap();
    let sheet = Sheet::new(&answer, Lang::Zh, |quote| paragraph_of(TEXT, quote.at.start));
    (sheet, answer)
}

#[test]
fn a_word_document_holds_each_quote_and_a_footnote_with_its_source() {
    let (sheet, answer) = sheet("蓝秀珍说了什么?");
    assert!(sheet.quotes() >= 2, "{sheet:?}");
    let bytes = sheet.written(Format::Docx).unwrap();
    let text = read_bytes(Path::new("a.docx"), &bytes).unwrap().text;
    for quote in answer.quotes() {
        assert!(text.contains(&quote.text), "{text}");
    }
    assert!(text.starts_with("蓝秀珍说了什么?\n"), "{text}");
    for source in [
        "] 蓝秀珍（长汀县副县长） · 转述，《古道会召开》，2024-03-05，a.txt 第3段",
        "] 蓝秀珍（长汀县副县长），《古道会召开》，2024-03-05，a.txt 第4段",
    ] {
        assert!(text.contains(source), "{text}");
    }
    assert!(text.contains("[由上下文推断]"), "{text}");
}

#[test]
fn tasks_are_a_table_with_owner_and_term() {
    let (sheet, answer) = sheet("有哪些任务?");
    assert!(sheet.is_tasks, "{answer:?}");
    let text = read_bytes(Path::new("a.docx"), &sheet.written(Format::Docx).unwrap())
        .unwrap()
        .text;
    assert!(
        text.contains("事项")
            && text.contains("县交通局")
            && text.contains("6月底前")
            && text.contains(&answer.quotes()[0].text),
        "{text}"
    );
}

#[test]
fn a_table_for_spreadsheets_is_whole_and_reckons_with_nothing() {
    let (sheet, answer) = sheet("蓝秀珍说了什么?");
    let csv = String::from_utf8(sheet.written(Format::Csv).unwrap()).unwrap();
    assert!(csv.starts_with("\u{feff}\"序号\",\"引文\",\"发言人\""), "{csv}");
    for quote in answer.quotes() {
        let formula = if quote.text.starts_with('=') { "'" } else { "" };
        assert!(
            csv.contains(&format!("\"{formula}{}\"", quote.text.replace('"', "\"\""))),
            "{csv}"
        );
    }
    assert!(csv.contains("\"蓝秀珍\",\"长汀县副县长\",\"长汀县\",\"原话\""), "{csv}");
    assert!(!csv.contains(",\"="), "{csv}");
    // Our own reader finds a row for each.
    let read = read_bytes(Path::new("a.csv"), csv.as_bytes()).unwrap().text;
    assert!(read.contains("先修路 & 桥*，a < \"b\"路。"), "{read}");
}

#[test]
fn a_workbook_holds_each_quote_as_words_whatever_they_begin_with() {
    let (sheet, answer) = sheet("蓝秀珍说了什么?");
    let bytes = sheet.written(Format::Xlsx).unwrap();
    let text = read_bytes(Path::new("a.xlsx"), &bytes).unwrap().text;
    for quote in answer.quotes() {
        assert!(text.contains(&quote.text), "{text}");
    }
    assert!(
        answer.quotes().iter().any(|quote| quote.text.starts_with('=')),
        "{answer:?}"
    );
    assert!(text.contains("蓝秀珍") && text.contains("长汀县副县长"), "{text}");
    let (sheet, _) = super::tests::sheet("上杭县说了什么?");
    let text = read_bytes(Path::new("a.xlsx"), &sheet.written(Format::Xlsx).unwrap())
        .unwrap()
        .text;
    assert!(text.contains("文件里没有上杭县的发言"), "{text}");
}

#[test]
fn markdown_shows_what_stands_there() {
    let (sheet, _) = sheet("蓝秀珍说了什么?");
    let markdown = String::from_utf8(sheet.written(Format::Md).unwrap()).unwrap();
    assert!(markdown.contains("> 先修路 \\& 桥\\*，a \\< \"b\"路。"), "{markdown}");
    let read = read_bytes(Path::new("a.md"), markdown.as_bytes()).unwrap().text;
    assert!(read.contains("先修路"), "{read}");
}

#[test]
fn where_there_is_no_answer_the_document_says_so() {
    let (sheet, _) = sheet("上杭县说了什么?");
    assert_eq!(sheet.quotes(), 0);
    let text = read_bytes(Path::new("a.docx"), &sheet.written(Format::Docx).unwrap())
        .unwrap()
        .text;
    assert!(text.contains("文件里没有上杭县的发言"), "{text}");
}

#[test]
fn file_names_are_taken_everywhere() {
    let (mut sheet, _) = sheet("蓝秀珍说了什么?");
    assert_eq!(sheet.file_name(Format::Docx), "蓝秀珍说了什么.docx");
    sheet.title = "../..\\: ?".to_owned();
    assert_eq!(sheet.file_name(Format::Csv), "huiwen.csv");
}
