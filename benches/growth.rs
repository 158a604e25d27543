//! What grows with the number of files: the start with an unchanged index, a reload with nothing and with one file changed, one
//! cold question, memory, and what the index takes on disk.
//!
//! `cargo bench --bench growth`; `HUIWEN_BENCH_FILES=50,5000` for other numbers of files than these and 50,000. Times are the
//! least of many runs. Memory is the kernel's own figure for the cold question's process (Linux, `VmHWM`).

mod corpus;
mod knowledge;
mod watched;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use huiwen::library::Library;

/// So often each thing is done.
const RUNS: usize = 20;
/// So much older than now a file must be for its time of change to prove anything.
const SETTLED: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test` builds benches and runs them with this: there is nothing to be tested.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let told = std::env::var("HUIWEN_BENCH_FILES").ok();
    let counts = told.as_deref().unwrap_or("50,5000,50000").split(',');
    println!(
        "| files | passages | text | built in | index / text | opened in | cold ask | its memory | reload, none changed | reload, one changed |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for count in counts {
        measure(count.trim().parse()?)?;
    }
    Ok(())
}

fn measure(files: usize) -> Result<(), Box<dyn Error>> {
    let knowledge = knowledge::folder(files * corpus::PASSAGES);
    let data = knowledge.with_file_name("data");
    sleep(SETTLED);
    let begun = Instant::now();
    let (library, changes) = Library::open(&knowledge, &data)?;
    let built = begun.elapsed();
    // An index that was there already was not built.
    let built = match changes.added.len() {
        0 => "–".to_owned(),
        _ => format!("{:.1} s", built.as_secs_f64()),
    };
    drop(library);
    // What was just written is looked through at each start.
    sleep(SETTLED);
    drop(Library::open(&knowledge, &data)?);
    let text = bytes_in(&knowledge)?;
    let index = bytes_in(&data)?;
    let opened = least(|| {
        drop(Library::open(&knowledge, &data)?);
        Ok(())
    })?;
    let mut most = 0;
    let cold = least(|| {
        most = most.max(ask(&knowledge, &data)?);
        Ok(())
    })?;
    let (library, _) = Library::open(&knowledge, &data)?;
    let none = least(|| {
        library.reload()?;
        Ok(())
    })?;
    let changed = knowledge::file(&knowledge, 0);
    let before = fs::read_to_string(&changed)?;
    let mut number = 0;
    let one = least(|| {
        number += 1;
        fs::write(
            &changed,
            format!("{before}\n县委书记王明远说:“这是第{number}次修改。”\n"),
        )?;
        match library.reload()?.changed.len() {
            1 => Ok(()),
            _ => Err("the changed file was not read".into()),
        }
    })?;
    fs::write(&changed, before)?;
    println!(
        "| {files} | {} | {:.1} MB | {built} | {:.2} | {} | {} | {} MB | {} | {} |",
        changes.passages,
        text as f64 / 1e6,
        index as f64 / text as f64,
        told(opened),
        told(cold),
        most / 1024 / 1024,
        told(none),
        told(one),
    );
    Ok(())
}

fn told(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// The least time that something takes.
fn least(mut what: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let mut least = Duration::MAX;
    for _ in 0..RUNS {
        let begun = Instant::now();
        what()?;
        least = least.min(begun.elapsed());
    }
    Ok(least)
}

/// Has the program answer one question, and tells the most memory that it took.
fn ask(knowledge: &Path, data: &Path) -> Result<u64, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huiwen"));
    command
        .env_remove("HUIWEN_BENCH_FILES")
        .args(["ask", "--json", knowledge::QUESTIONS[0], "--knowledge"])
        .arg(knowledge)
        .arg("--data")
        .arg(data);
    watched::most_memory(&mut command)
}

/// The bytes of all files in a folder and below it.
fn bytes_in(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        bytes += match entry.metadata()? {
            meta if meta.is_dir() => bytes_in(&entry.path())?,
            meta => meta.len(),
        };
    }
    Ok(bytes)
}
