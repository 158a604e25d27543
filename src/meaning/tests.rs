//! What is near, what is embedded, and what is lost with the vectors: nothing else.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::answer::Limits;
use crate::library::{Folder, Library, Sight, View};
use crate::question::Asked;

/// Words that mean the same, a dimension each.
const SAME: [&[&str]; 4] = [
    &["铁锅", "炊具", "做饭的家伙"],
    &["路", "交通"],
    &["茶"],
    &["孩子", "学生"],
];

/// Knows four things, and counts what it is asked.
#[derive(Clone, Debug, Default)]
struct Fake(Arc<Asks>);

#[derive(Debug, Default)]
struct Asks {
    passages: AtomicUsize,
    questions: AtomicUsize,
    is_down: AtomicBool,
    texts: Mutex<Vec<String>>,
}

impl Embedder for Fake {
    fn called(&self) -> &str {
        "fake"
    }

    fn embed(&self, texts: &[String], role: Role, within: Duration) -> Result<Vec<Vec<f32>>, EmbedError> {
        let asks = &self.0;
        let count = match role {
            Role::Passage => &asks.passages,
            Role::Question => &asks.questions,
        };
        count.fetch_add(texts.len(), Ordering::SeqCst);
        if asks.is_down.load(Ordering::SeqCst) {
            return Err(EmbedError::Late(within));
        }
        asks.texts.lock().unwrap().extend(texts.iter().cloned());
        let vector = |text: &String| {
            let holds = |words: &&[&str]| words.iter().any(|word| text.contains(word));
            let of = SAME.iter().map(|words| if holds(words) { 1.0 } else { 0.0 });
            of.chain([0.1]).collect()
        };
        Ok(texts.iter().map(vector).collect())
    }
}

struct Room {
    folder: tempfile::TempDir,
    fake: Fake,
}

impl Room {
    fn of(files: &[(&str, &str)]) -> Room {
        let room = Room {
            folder: tempfile::tempdir().unwrap(),
            fake: Fake::default(),
        };
        fs::create_dir(room.knowledge()).unwrap();
        files.iter().for_each(|(file, text)| room.write(file, text));
        room
    }

    fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.knowledge().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn library(&self) -> Library {
        let (library, _) = Library::open(&self.knowledge(), &self.data()).unwrap();
        let meaning = Meaning::open(&self.data(), Box::new(self.fake.clone()));
        library.with_near_words(false).with_meaning(meaning)
    }

    fn vectors(&self) -> PathBuf {
        let mut found = fs::read_dir(self.data().join("meaning")).unwrap();
        found.next().unwrap().unwrap().path()
    }

    fn embedded(&self) -> usize {
        self.fake.0.passages.swap(0, Ordering::SeqCst)
    }
}

const POTS: &str = "厨具下乡会召开\n\n2024年3月5日，厨具下乡会召开。\n\n青禾县副县长蒲正明说：“铁锅每口补三十元。”\n";
const ROADS: &str =
    "修路会召开\n\n2024年4月5日，修路会召开。\n\n青禾县县长丘明说：“路要修三公里。”\n\n丘明说：“茶要卖出去。”\n";

fn quotes(library: &Library, question: &str) -> Vec<String> {
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    let answer = library.ask(&Asked::new(question, &[]), limits).unwrap();
    answer.quotes().iter().map(|quote| quote.text.clone()).collect()
}

#[test]
fn what_is_embedded_once_is_never_embedded_again() {
    let room = Room::of(&[("a.txt", POTS), ("b.txt", ROADS), ("copy.txt", ROADS)]);
    let library = room.library();
    let all = library.catch_up(&|_, _| {}).unwrap().unwrap();
    // A copy has no text of its own.
    assert_eq!(room.embedded(), all);
    assert_eq!(all, room.fake.0.texts.lock().unwrap().len());
    assert_eq!(library.catch_up(&|_, _| {}).unwrap(), Some(0));
    drop(library);
    // Also at the next start, and where the file is another by now.
    room.write("c.txt", &format!("{ROADS}\n丘明说：“学生要有学上。”\n"));
    let library = room.library();
    assert_eq!(library.catch_up(&|_, _| {}).unwrap(), Some(1));
    assert_eq!(room.embedded(), 1);
    assert!(
        room.fake
            .0
            .texts
            .lock()
            .unwrap()
            .last()
            .unwrap()
            .contains("学生要有学上")
    );
}

#[test]
fn work_that_is_broken_off_goes_on_where_it_was() {
    let many: String = (0..100)
        .map(|number| format!("丘明说：“第{number}条路要修。”\n\n"))
        .collect();
    let room = Room::of(&[("a.txt", &format!("修路会召开\n\n2024年4月5日，修路会召开。\n\n{many}"))]);
    let library = room.library();
    let batches = AtomicUsize::new(0);
    let down = room.fake.0.clone();
    let stopped = library.catch_up(&|_, _| {
        if batches.fetch_add(1, Ordering::SeqCst) == 1 {
            down.is_down.store(true, Ordering::SeqCst);
        }
    });
    assert!(
        matches!(stopped, Err(MeaningError::Embed(EmbedError::Late(_)))),
        "{stopped:?}"
    );
    room.fake.0.is_down.store(false, Ordering::SeqCst);
    let done = 2 * BATCH;
    assert_eq!(room.fake.0.texts.lock().unwrap().len(), done);
    // A crash in the middle of a record loses that one.
    let file = room.vectors();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 3]).unwrap();
    let library = room.library();
    let rest = library.catch_up(&|_, _| {}).unwrap().unwrap();
    let texts = room.fake.0.texts.lock().unwrap().clone();
    assert_eq!(done + rest, texts.len());
    let mut once = texts.clone();
    once.sort();
    once.dedup();
    assert_eq!(texts.len() - once.len(), 1);
}

#[test]
fn passages_are_near_without_a_word_and_others_never_see_what_is_hidden() {
    let room = Room::of(&[("a.txt", POTS), ("b/secret.txt", ROADS)]);
    let library = room.library();
    library.catch_up(&|_, _| {}).unwrap();
    let near = |library: &Library, words: &str, sight: &Sight| library.near_for_test(words, sight);
    let everything = Sight::everything();
    assert_eq!(near(&library, "炊具", &everything)[0].file, "a.txt");
    assert_eq!(near(&library, "交通", &everything)[0].file, "b/secret.txt");
    let library = Arc::new(library);
    let sight = Sight::of([(Folder::named("b/").unwrap(), false)]);
    let hidden = near(&library, "交通", &sight);
    assert!(
        !hidden.is_empty() && hidden.iter().all(|near| near.file == "a.txt"),
        "{hidden:?}"
    );
    let view = View::new(&library, sight);
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    assert!(
        view.ask(&Asked::new("路要修多少公里?", &[]), limits)
            .unwrap()
            .quotes()
            .is_empty()
    );
    // A file that is gone is near to nothing, before anybody has caught up.
    fs::remove_file(room.knowledge().join("a.txt")).unwrap();
    library.reload().unwrap();
    assert!(
        near(&library, "炊具", &everything)
            .iter()
            .all(|near| near.file != "a.txt")
    );
}

#[test]
fn a_vector_file_that_is_damaged_or_missing_costs_nothing_else() {
    let room = Room::of(&[("a.txt", POTS), ("b.txt", ROADS)]);
    let library = room.library();
    library.catch_up(&|_, _| {}).unwrap();
    let all = room.embedded();
    let expected = quotes(&library, "铁锅每口补多少元?");
    assert!(!expected.is_empty());
    let file = room.vectors();
    let whole = fs::read(&file).unwrap();
    for damaged in [
        whole[..whole.len() / 2].to_vec(),
        whole[..4].to_vec(),
        Vec::new(),
        b"something else altogether, and longer than a head".to_vec(),
        whole.iter().map(|byte| byte ^ 0x55).collect(),
    ] {
        fs::write(&file, &damaged).unwrap();
        // Under the hands of who serves, and at the next start.
        assert_eq!(quotes(&library, "铁锅每口补多少元?"), expected);
        let again = room.library();
        again.take_up();
        assert_eq!(quotes(&again, "铁锅每口补多少元?"), expected);
        again.catch_up(&|_, _| {}).unwrap();
        assert_eq!(again.near_for_test("炊具", &Sight::everything())[0].file, "a.txt");
    }
    fs::remove_dir_all(room.data().join("meaning")).unwrap();
    assert_eq!(quotes(&room.library(), "铁锅每口补多少元?"), expected);
    assert!(all > 0);
}

#[test]
fn a_server_that_does_not_answer_is_left_alone_and_questions_are_answered() {
    let room = Room::of(&[("a.txt", POTS)]);
    let library = room.library();
    library.catch_up(&|_, _| {}).unwrap();
    let expected = quotes(&library, "铁锅每口补多少元?");
    room.fake.0.is_down.store(true, Ordering::SeqCst);
    room.fake.0.questions.store(0, Ordering::SeqCst);
    for _ in 0..3 {
        assert_eq!(quotes(&library, "铁锅每口补多少元?"), expected);
    }
    assert_eq!(room.fake.0.questions.load(Ordering::SeqCst), 1);
}

#[test]
fn of_two_that_hold_the_words_the_nearer_answers_first_and_nothing_else_is_answered_for_it() {
    let text = "厨具下乡会召开\n\n2024年3月5日，厨具下乡会召开。\n\n青禾县副县长蒲正明说：“每户补贴三百元买种子。”\n\n\
                丹溪县县长莫春燕说：“每户补贴三百元买铁锅。”\n";
    let room = Room::of(&[("a.txt", text)]);
    let library = room.library();
    library.catch_up(&|_, _| {}).unwrap();
    let question = "每户补贴三百元买做饭的家伙吗?";
    assert!(
        quotes(&library, question)[0].contains("铁锅"),
        "{:?}",
        quotes(&library, question)
    );
    // Near alone is no answer.
    assert!(quotes(&library, "炊具谁来修理?").is_empty());
}

#[test]
fn what_is_of_no_passage_any_more_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vectors");
    let mut vectors = Vectors::of(path.clone());
    let records: Vec<(Digest, Vector)> = (0..10_u8)
        .map(|number| ([number; 16], Vector::of(&[1.0, f32::from(number)]).unwrap()))
        .collect();
    vectors.append(&records).unwrap();
    assert!(!vectors.holds_much_more_than(1));
    vectors
        .keep_only(&records[..3].iter().map(|(digest, _)| *digest).collect())
        .unwrap();
    let mut again = Vectors::of(path);
    again.refresh().unwrap();
    let kept = records.iter().filter(|(digest, _)| again.record(digest).is_some());
    assert_eq!(kept.count(), 3);
    // Another model under the same name has other dimensions: its vectors begin anew.
    again
        .append(&[([77; 16], Vector::of(&[1.0, 2.0, 3.0]).unwrap())])
        .unwrap();
    again.refresh().unwrap();
    assert!(again.record(&[77; 16]).is_some() && again.record(&[0; 16]).is_none());
}
