//! What the library holds on to: while files change under it, hang or are no files, and when its own index is damaged.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use huiwen::answer::{Answer, Limits, Quoted};
use huiwen::library::Library;
use huiwen::question::Asked;

const REPORT: &str = "\
古道保护利用现场会召开

2024年3月5日,古道保护利用现场会在青禾县召开。

青禾县副县长蒲正明说:“先修路,再修亭子。下一步,青禾县要在六月底前修通三公里石板路。”

丹溪县文化和旅游局局长莫春燕表示,丹溪缺的不是路,是愿意留下来的年轻人。
";
const QUESTION: &str = "青禾县怎么修路?";

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().unwrap());
        fs::create_dir_all(home.knowledge().join("五月")).unwrap();
        fs::write(home.file(), REPORT).unwrap();
        fs::write(
            home.knowledge().join("b.txt"),
            "茶山会召开。\n\n丹溪县副县长欧阳竹说:“石阶要用本地的石头。”\n",
        )
        .unwrap();
        home
    }

    fn knowledge(&self) -> PathBuf {
        self.0.path().join("knowledge")
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self) -> PathBuf {
        self.knowledge().join("五月/a.txt")
    }

    fn open(&self) -> (Library, bool) {
        let (library, changes) = Library::open(&self.knowledge(), &self.data()).unwrap();
        (library, changes.rebuilt)
    }

    /// The files of the index.
    fn index(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.data().join("index")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                match entry.file_type().unwrap().is_dir() {
                    true => folders.push(entry.path()),
                    false => files.push(entry.path()),
                }
            }
        }
        files.sort();
        files
    }
}

fn ask(library: &Library, question: &str) -> Answer {
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    library.ask(&Asked::new(question, &[]), limits).unwrap()
}

/// The answer is that of the report as it was read, letter for letter.
fn answers_as_read(library: &Library, why: &str) -> Answer {
    let answer = ask(library, QUESTION);
    assert!(!answer.quotes().is_empty(), "{why}: {:?}", answer.body);
    for quote in answer.quotes() {
        let there: String = REPORT
            .chars()
            .skip(quote.at.start)
            .take(quote.at.end - quote.at.start)
            .collect();
        assert_eq!(there, quote.text, "{why}");
        let place = library.place(Quoted::from(quote), 1000);
        assert!(
            place.is_some_and(|place| place.quote.of(&place.text) == quote.text),
            "{why}"
        );
    }
    answer
}

#[test]
fn while_a_file_differs_from_what_was_read_of_it_the_old_state_serves_and_says_so() {
    type Change = (&'static str, fn(&Home));
    let changes: [Change; 6] = [
        ("a line put in", |home| {
            fs::write(home.file(), format!("加一行\n{REPORT}")).unwrap()
        }),
        ("emptied", |home| fs::write(home.file(), "").unwrap()),
        ("removed", |home| fs::remove_file(home.file()).unwrap()),
        ("moved", |home| {
            fs::rename(home.file(), home.knowledge().join("moved.txt")).unwrap()
        }),
        ("not mounted", |home| {
            fs::rename(home.knowledge(), home.0.path().join("elsewhere")).unwrap();
            fs::create_dir(home.knowledge()).unwrap();
        }),
        ("a folder", |home| {
            fs::remove_file(home.file()).unwrap();
            fs::create_dir(home.file()).unwrap();
        }),
    ];
    for (why, change) in changes {
        let home = Home::new();
        let (library, _) = home.open();
        assert!(answers_as_read(&library, why).changed.is_empty(), "{why}");
        assert_eq!(library.changed(), 0, "{why}");
        change(&home);
        let answer = answers_as_read(&library, why);
        assert_eq!(answer.changed, ["五月/a.txt"], "{why}");
        assert!(library.changed() > 0, "{why}");
        library.reload().unwrap();
        assert_eq!(library.changed(), 0, "{why}");
    }
}

#[test]
fn a_file_that_was_only_touched_has_not_changed() {
    let home = Home::new();
    let (library, _) = home.open();
    let later = std::time::SystemTime::now() + Duration::from_secs(60);
    OpenOptions::new()
        .append(true)
        .open(home.file())
        .unwrap()
        .set_modified(later)
        .unwrap();
    assert!(answers_as_read(&library, "touched").changed.is_empty());
    assert_eq!(library.changed(), 0);
}

/// Turns a bit in the file at a place.
fn turn_bit(file: &Path, at: u64) {
    let byte = fs::read(file).unwrap()[usize::try_from(at).unwrap()];
    let mut open = OpenOptions::new().write(true).open(file).unwrap();
    open.seek(SeekFrom::Start(at)).unwrap();
    open.write_all(&[byte ^ 0x10]).unwrap();
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).unwrap().len()
}

#[test]
fn whatever_is_damaged_in_the_index_it_is_noticed_at_the_start_and_built_anew() {
    type Damage = (&'static str, fn(&Path));
    let damages: [Damage; 7] = [
        ("first bit", |file| turn_bit(file, 0)),
        ("bit in the middle", |file| turn_bit(file, length(file) / 2)),
        ("bit at a third", |file| turn_bit(file, length(file) / 3)),
        ("last bit", |file| turn_bit(file, length(file) - 1)),
        ("cut", |file| {
            OpenOptions::new()
                .write(true)
                .open(file)
                .unwrap()
                .set_len(length(file) / 2)
                .unwrap()
        }),
        ("emptied", |file| fs::write(file, "").unwrap()),
        ("a folder", |file| {
            fs::remove_file(file).unwrap();
            fs::create_dir(file).unwrap();
        }),
    ];
    let mut cases = 0;
    let all = Home::new();
    drop(all.open());
    for nth in 0..all.index().len() {
        for (how, damage) in damages {
            let home = Home::new();
            drop(home.open());
            let file = home.index()[nth].clone();
            if length(&file) == 0 {
                continue;
            }
            damage(&file);
            let why = format!("{how}: {}", file.display());
            let (library, rebuilt) = home.open();
            answers_as_read(&library, &why);
            // The cache of the catalogue is made anew without a word, and so is Tantivy's list of files to tidy away.
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let quiet = name.starts_with("catalogue-") || name.starts_with('.');
            assert!(rebuilt || quiet, "{why}");
            cases += 1;
            drop(library);
            let (library, rebuilt) = home.open();
            answers_as_read(&library, &why);
            assert!(!rebuilt, "{why}: built anew twice");
        }
    }
    assert!(cases >= 40, "{cases}");
}

#[test]
fn an_index_that_is_gone_or_something_else_is_built_anew() {
    type Damage = (&'static str, fn(&Path));
    let damages: [Damage; 4] = [
        ("a file in its place", |index| {
            fs::remove_dir_all(index).unwrap();
            fs::write(index, "?").unwrap();
        }),
        ("gone", |index| fs::remove_dir_all(index).unwrap()),
        ("its folder is a file", |index| {
            let folder = fs::read_dir(index).unwrap().next().unwrap().unwrap().path();
            fs::remove_dir_all(&folder).unwrap();
            fs::write(folder, "?").unwrap();
        }),
        ("empty", |index| {
            let folder = fs::read_dir(index).unwrap().next().unwrap().unwrap().path();
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(folder).unwrap();
        }),
    ];
    for (why, damage) in damages {
        let home = Home::new();
        drop(home.open());
        damage(&home.data().join("index"));
        answers_as_read(&home.open().0, why);
    }
}

#[test]
fn damage_under_a_running_library_is_noticed_at_the_first_read() {
    let home = Home::new();
    let (library, _) = home.open();
    let mut damaged = 0;
    for file in home.index() {
        if file
            .extension()
            .is_some_and(|kind| kind == "store" || kind == "term" || kind == "idx")
        {
            (0..length(&file)).step_by(5).for_each(|at| turn_bit(&file, at));
            damaged += 1;
        }
    }
    assert!(damaged >= 3);
    answers_as_read(&library, "damaged while it runs");
    answers_as_read(&library, "and again");
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_named_and_left_out() {
    let home = Home::new();
    let pipe = |path: PathBuf| {
        assert!(
            std::process::Command::new("mkfifo")
                .arg(path)
                .status()
                .unwrap()
                .success()
        )
    };
    pipe(home.knowledge().join("pipe.txt"));
    fs::create_dir(home.knowledge().join("六月")).unwrap();
    pipe(home.knowledge().join("六月/_folder.md"));
    let _socket = std::os::unix::net::UnixListener::bind(home.knowledge().join("socket.md")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", home.knowledge().join("zero.txt")).unwrap();
    let (done, opened) = channel();
    let (knowledge, data) = (home.knowledge(), home.data());
    std::thread::spawn(move || {
        // Nobody waits for it where it hung.
        let _ = done.send(Library::open(&knowledge, &data).unwrap());
    });
    let (library, changes) = opened.recv_timeout(Duration::from_secs(20)).expect("it hangs");
    let refused: Vec<&str> = changes.refused.iter().map(|refused| refused.file.as_str()).collect();
    assert_eq!(refused, ["pipe.txt", "socket.md", "zero.txt", "六月/_folder.md"]);
    answers_as_read(&library, "beside a pipe");
}

/// A backup that is played back over the index while it serves: its files are cut short and written over in place. Mapped
/// into memory, they would end the process with a signal.
#[test]
fn index_files_that_are_cut_short_or_written_over_end_nothing() {
    type Damage = (&'static str, fn(&Path));
    let damages: [Damage; 3] = [
        ("cut to nothing", |file| {
            OpenOptions::new().write(true).open(file).unwrap().set_len(0).unwrap()
        }),
        ("cut", |file| {
            let open = OpenOptions::new().write(true).open(file).unwrap();
            open.set_len(length(file) / 3).unwrap()
        }),
        ("written over", |file| {
            let long = usize::try_from(length(file)).unwrap();
            let mut open = OpenOptions::new().write(true).open(file).unwrap();
            open.write_all(&vec![0x5a; long]).unwrap();
        }),
    ];
    for (how, damage) in damages {
        let home = Home::new();
        let (library, _) = home.open();
        answers_as_read(&library, how);
        for file in home.index() {
            damage(&file);
        }
        answers_as_read(&library, how);
        fs::write(
            home.knowledge().join("c.txt"),
            "茶山会召开。\n\n丹溪县副县长欧阳竹说:“茶要自己采。”\n",
        )
        .unwrap();
        library.reload().unwrap();
        answers_as_read(&library, how);
        assert!(!ask(&library, "欧阳竹说茶要怎么样?").quotes().is_empty(), "{how}");
    }
}
