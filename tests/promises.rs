//! The promises, for any file and any question: a quote is a span of its file, within its limits, and the same
//! question gives the same answer. Nothing panics.

use huiwen::answer::{Body, Limits};
use huiwen::library::Library;
use huiwen::question::Asked;
use huiwen::reading::{Document, read_file, understand};
use proptest::prelude::*;

/// Pieces that reports and questions are made of, the careless and the hostile among them.
const PIECES: &[&str] = &[
    "望河县副县长钟铁山",
    "上坪县水利局局长南宫雪",
    "他",
    "大家一致认为",
    "表示",
    "说",
    "谈到",
    "谁",
    "什么",
    "那",
    "呢",
    "还有吗",
    "总结",
    "哪些县",
    "3月5日",
    "2024年",
    "会议召开",
    "先修堤",
    "一是修路",
    "二是通电",
    "下一步",
    "“",
    "”",
    "「",
    "」",
    "\"",
    "‘",
    "’",
    "\u{ff0c}",
    ",",
    "。",
    "?",
    ":",
    "\n",
    "\n\n",
    "## ",
    "---\n",
    "[00:01:02] ",
    "\u{feff}",
    "\u{200b}",
    "\t",
    "𠀀",
    "礼泉",
    "統戰",
    "Ａ",
    // Marks, cues and names of every width: one, two, three and four bytes, before and after folding.
    "……",
    "…",
    "——",
    "·",
    "•",
    "é",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{b}",
    "!",
    "！",
    ";",
    "；",
    "：",
    "、",
    "(",
    "（",
    ")",
    "）",
    "【",
    "】",
    "《",
    "》",
    "提出",
    "三点建议",
    "提出三点要求",
    "告诉记者",
    "看来",
    "在他看来",
    "强调",
    "并要求",
    "回应",
    "介绍了",
    "大家鼓掌",
    "县长王静",
    "王　静",
    "阿依古丽·买买提",
    "爨宝子",
    "马𠅤",
    "老李",
    "李大姐",
    "说话人 1",
    "Speaker 2",
    "00:00:03",
    "会议指出",
    "他们",
    "她",
    "这位",
    "一、",
    "（一）",
    "①",
    "- ",
    "| ",
    "**",
    "时间：",
    "主持人：",
    "— 2 —",
    "<b>",
    "&",
    "🙂",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn remarks_are_spans_in_order_and_apart(text in text(120)) {
        let report = understand(&Document::plain(text.as_str()), "2024-03-05.txt");
        let mut at = 0;
        for remark in &report.remarks {
            prop_assert!(remark.span.start() >= at && remark.span.end() <= text.len());
            prop_assert!(text.get(remark.span.start()..remark.span.end()).is_some_and(|words| !words.is_empty()));
            prop_assert!(remark.paragraph.contains(remark.span));
            at = remark.span.end();
        }
        // The same text is understood in the same way.
        prop_assert_eq!(&report, &understand(&Document::plain(text.as_str()), "2024-03-05.txt"));
    }
}

/// A library of files with these texts, and the folder that it lives in.
fn library_of(files: &[String]) -> (Library, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let knowledge = folder.path().join("knowledge");
    std::fs::create_dir(&knowledge).unwrap();
    for (number, file) in files.iter().enumerate() {
        std::fs::write(knowledge.join(format!("{number}.txt")), file).unwrap();
    }
    let (library, _) = Library::open(&knowledge, &folder.path().join("data")).unwrap();
    (library, folder)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_quote_is_a_span_of_its_file(
        files in proptest::collection::vec(text(60), 1..3),
        questions in proptest::collection::vec(text(8), 1..4),
        quote_chars in 1usize..80,
        quotes in 1usize..6,
    ) {
        let (library, _folder) = library_of(&files);
        let limits = Limits { quotes, quote_chars };
        for (at, question) in questions.iter().enumerate() {
            let answer = library.ask(&Asked::new(question, &questions[..at]), limits).unwrap();
            prop_assert_eq!(&answer, &library.ask(&Asked::new(question, &questions[..at]), limits).unwrap());
            if let Body::Found { quotes, .. } = &answer.body {
                prop_assert!(!quotes.is_empty());
            }
            for quote in answer.quotes() {
                let text = read_file(&library.knowledge().join(&quote.file)).unwrap().text;
                let there: String = text.chars().skip(quote.at.start).take(quote.at.end - quote.at.start).collect();
                prop_assert_eq!(&there, &quote.text);
                prop_assert!(!there.trim().is_empty() && there.chars().count() <= quote_chars);
                for span in &quote.matched {
                    prop_assert!(quote.text.get(span.start()..span.end()).is_some());
                }
            }
        }
    }

    #[test]
    fn pages_follow_where_they_are_promised_and_repeat_nothing(
        files in proptest::collection::vec(text(60), 1..4),
        question in text(6),
        quotes in 1usize..3,
    ) {
        let (library, _folder) = library_of(&files);
        let limits = Limits { quotes, quote_chars: 60 };
        let mut seen = Vec::new();
        for page in 0..4 {
            let asked = Asked { page, ..Asked::new(question.as_str(), &[]) };
            let answer = library.ask(&asked, limits).unwrap();
            for quote in answer.quotes() {
                let place = (quote.file.clone(), quote.at);
                prop_assert!(!seen.contains(&place), "page {page} repeats {place:?}");
                seen.push(place);
            }
            match &answer.body {
                Body::Found { more: true, .. } => {}
                Body::Found { more: false, .. } => break,
                Body::NoAnswer(_) => {
                    prop_assert!(page == 0, "page {page} was promised");
                    break;
                }
            }
        }
    }
}
