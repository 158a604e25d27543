//! The index in the data folder beside the same on servers: how long it takes to be written, what it takes on disk and in memory, and
//! how long a question takes, first and again, and how many are answered where all cores ask.
//!
//! `HUIWEN_ENGINE=sphinxql://… cargo bench --features sphinxql --bench engines`, with empty tables;
//! `HUIWEN_BENCH_PASSAGES=1000000` for another size than 10,000, and `HUIWEN_BENCH_SERVERS=FOLDER` for where the servers' files
//! are. Without `HUIWEN_ENGINE` the data folder alone is measured. Memory of servers is that of all processes called `searchd`.

mod corpus;
mod knowledge;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use huiwen::answer::Limits;
use huiwen::index::{Home, Place};
use huiwen::library::Library;
use huiwen::question::Asked;

/// How often each question is asked again.
const AGAIN: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test` builds benches and runs them with this: there is nothing to be tested.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let told = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let passages = told("HUIWEN_BENCH_PASSAGES").map_or(Ok(10_000), |size| size.parse())?;
    let folder = knowledge::folder(passages);
    let engines = [
        Some(Place::Embedded),
        match told("HUIWEN_ENGINE") {
            Some(address) => Some(Place::Sphinxql(address.parse()?)),
            None => None,
        },
    ];
    println!(
        "| engine | passages | written in | on disk | memory here | memory of servers | opened in | asked first, median (most) | again, median (p99) | together, a second |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for engine in engines.into_iter().flatten() {
        measure(
            &folder,
            passages,
            engine,
            told("HUIWEN_BENCH_SERVERS").map(PathBuf::from),
        )?;
    }
    Ok(())
}

fn measure(folder: &Path, passages: usize, engine: Place, servers: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let data = tempfile::tempdir_in(folder.parent().unwrap_or(folder))?;
    let (name, files) = match engine {
        Place::Embedded => ("Tantivy", Some(data.path().to_owned())),
        Place::Sphinxql(_) => ("SphinxQL", servers),
    };
    let home = Home {
        engine,
        ..Home::new(folder, data.path())
    };
    let begun = Instant::now();
    let (library, changes) = Library::open_with(&home, &|_, _| {})?;
    let written = begun.elapsed();
    if changes.added.len() != changes.files {
        return Err("the tables were not empty".into());
    }
    drop(library);
    let begun = Instant::now();
    let (library, _) = Library::open_with(&home, &|_, _| {})?;
    let opened = begun.elapsed();
    let limits = Limits {
        quotes: 5,
        quote_chars: 200,
    };
    let ask = |question: &str| -> Result<Duration, Box<dyn Error>> {
        let begun = Instant::now();
        library.ask(&Asked::new(question, &[]), limits)?;
        Ok(begun.elapsed())
    };
    let mut first = Vec::new();
    for question in knowledge::QUESTIONS {
        first.push(ask(question)?);
    }
    let mut again = Vec::new();
    for _ in 0..AGAIN {
        for question in knowledge::QUESTIONS {
            again.push(ask(question)?);
        }
    }
    let together = together(&ask)?;
    first.sort();
    again.sort();
    let at = |times: &[Duration], part: usize| millis(times[(times.len() * part / 100).min(times.len() - 1)]);
    println!(
        "| {name} | {passages} | {:.1} s | {} | {} MB | {} | {} | {} ({}) | {} ({}) | {together:.0} |",
        written.as_secs_f64(),
        files.map_or("?".to_owned(), |files| format!("{} MB", size(&files) / 1_000_000)),
        memory("self"),
        match name {
            "Tantivy" => "–".to_owned(),
            _ => format!("{} MB", servers_memory()),
        },
        millis(opened),
        at(&first, 50),
        at(&first, 100),
        at(&again, 50),
        at(&again, 99),
    );
    Ok(())
}

/// How many questions a second are answered where each core asks: as a batch does.
fn together(ask: &(impl Fn(&str) -> Result<Duration, Box<dyn Error>> + Sync)) -> Result<f64, Box<dyn Error>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let begun = Instant::now();
    let asked = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| {
                    let questions = (0..AGAIN).flat_map(|_| knowledge::QUESTIONS);
                    // An error of another thread's cannot be handed on as it is.
                    questions
                        .map(|question| ask(question).is_ok())
                        .filter(|asked| *asked)
                        .count()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(0))
            .sum::<usize>()
    });
    match asked == cores * AGAIN * knowledge::QUESTIONS.len() {
        true => Ok(asked as f64 / begun.elapsed().as_secs_f64()),
        false => Err("a question was not answered".into()),
    }
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_dir() => size(&entry.path()),
            Ok(meta) => meta.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Megabytes of memory that a process has.
fn memory(process: &str) -> u64 {
    let told = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kilobytes = told.lines().find_map(|line| {
        let rest = line.strip_prefix("VmRSS:")?;
        rest.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    });
    kilobytes.unwrap_or(0) / 1000
}

fn servers_memory() -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let is_server =
        |name: &str| fs::read_to_string(format!("/proc/{name}/comm")).is_ok_and(|comm| comm.trim() == "searchd");
    processes
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_server(name))
        .map(|name| memory(&name))
        .sum()
}
