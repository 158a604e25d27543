//! The whole of `ask` beside the bare Tantivy search of the same query, and the start with an unchanged index beside
//! the start that builds it.
//!
//! `cargo bench --bench ask`; `HUIWEN_BENCH_PASSAGES=1000000` adds a size.

mod bare;
mod corpus;
mod knowledge;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use huiwen::answer::{Limits, first_query};
use huiwen::index::Store;
use huiwen::library::{Folder, Library, Sight, View};
use huiwen::question::{Asked, Names};

const LIMITS: Limits = Limits {
    quotes: 5,
    quote_chars: 200,
};

fn sizes() -> Vec<usize> {
    let more = std::env::var("HUIWEN_BENCH_PASSAGES").ok();
    [1_000, 100_000]
        .into_iter()
        .chain(more.and_then(|size| size.parse().ok()))
        .collect()
}

/// Each question by itself: the whole, as somebody sees it who does not see half of the folders, and the bare search with the
/// same terms, filters and number of hits.
fn ask(criterion: &mut Criterion) {
    for passages in sizes() {
        let knowledge = knowledge::folder(passages);
        let data = knowledge.with_file_name("data");
        let library = Arc::new(Library::open(&knowledge, &data).expect("the corpus can be indexed").0);
        let hidden = (0..500).filter_map(|number| Folder::named(&format!("{:03}", number * 2 + 1)));
        let seen = View::new(&library, Sight::of(hidden.map(|folder| (folder, false))));
        let (_store, snapshot, _) = Store::open(&knowledge, &data).expect("the corpus is indexed");
        let names = Names::new(snapshot.catalogue());
        let mut group = criterion.benchmark_group(format!("ask/{passages}"));
        for (number, question) in knowledge::QUESTIONS.into_iter().enumerate() {
            let (query, hits) = first_query(question, &snapshot, &names).expect("the index can be read");
            let bare = bare::Bare::new(&data, &query);
            let asked = Asked::new(question, &[]);
            group.bench_function(BenchmarkId::new("whole", number), |bencher| {
                bencher.iter(|| library.ask(black_box(&asked), LIMITS));
            });
            group.bench_function(BenchmarkId::new("seen", number), |bencher| {
                bencher.iter(|| seen.ask(black_box(&asked), LIMITS));
            });
            group.bench_function(BenchmarkId::new("bare", number), |bencher| {
                bencher.iter(|| black_box(&bare).search(hits));
            });
        }
        group.finish();
    }
}

fn start(criterion: &mut Criterion) {
    let knowledge = knowledge::folder(1_000);
    let mut group = criterion.benchmark_group("start/1000");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    group.bench_function("build", |bencher| {
        bencher.iter_with_large_drop(|| {
            let data = tempfile::tempdir().expect("a temporary folder");
            (
                Library::open(&knowledge, data.path()).expect("the corpus can be indexed"),
                data,
            )
        });
    });
    let data = knowledge.with_file_name("data");
    let _ = Library::open(&knowledge, &data).expect("the corpus can be indexed");
    group.bench_function("unchanged", |bencher| {
        bencher.iter_with_large_drop(|| Library::open(&knowledge, &data).expect("the corpus is indexed"));
    });
    group.finish();
}

criterion_group!(benches, start, ask);
criterion_main!(benches);
