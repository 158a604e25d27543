//! Indexing beside jieba's own cutting of the same text, and indexing one changed file again among few and among many.
//!
//! `cargo bench --bench indexing`

mod corpus;
mod knowledge;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use huiwen::library::Library;
use jieba_rs::Jieba;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the corpus can be read").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

fn indexing(criterion: &mut Criterion) {
    let folder = knowledge::folder(10_000);
    let text: String = files(&folder)
        .iter()
        .map(|path| fs::read_to_string(path).expect("the corpus can be read"))
        .collect();
    let jieba = Jieba::new();
    let mut group = criterion.benchmark_group("indexing/10000");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(8))
        .throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("whole", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().expect("a temporary folder"),
            |data| {
                (
                    Library::open(&folder, data.path()).expect("the corpus can be indexed"),
                    data,
                )
            },
            BatchSize::PerIteration,
        );
    });
    // As it comes, with its guesses at unknown words, and by the dictionary alone.
    for (name, guesses) in [("jieba", true), ("jieba, dictionary alone", false)] {
        group.bench_function(name, |bencher| bencher.iter(|| jieba.cut(black_box(&text), guesses)));
    }
    group.finish();
}

fn one_changed(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one changed file");
    group.sample_size(20).measurement_time(Duration::from_secs(8));
    for passages in [1_000, 100_000] {
        let folder = knowledge::folder(passages);
        let data = tempfile::tempdir().expect("a temporary folder");
        let (library, _) = Library::open(&folder, data.path()).expect("the corpus can be indexed");
        let path = files(&folder).remove(0);
        let before = fs::read_to_string(&path).expect("the corpus can be read");
        let mut number = 0;
        group.bench_function(BenchmarkId::new("reload", passages), |bencher| {
            bencher.iter(|| {
                number += 1;
                fs::write(&path, format!("{before}\n县委书记王明远说:“这是第{number}次修改。”\n"))
                    .expect("it can be written");
                library.reload().expect("the index can be updated")
            });
        });
        fs::write(&path, before).expect("it can be written");
    }
    group.finish();
}

criterion_group!(benches, indexing, one_changed);
criterion_main!(benches);
