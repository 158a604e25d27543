//! Reading a report beside jieba's own cutting of the same text: time must grow with the text's length and no faster.
//!
//! `cargo bench --bench reading`; the throughput is in bytes of UTF-8.

mod corpus;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use huiwen::reading::{Document, understand};
use jieba_rs::Jieba;

const SIZES: [usize; 3] = [10_000, 1_000_000, 10_000_000];

/// Generated news, or generated turns of a transcript, of about so many bytes.
fn text(bytes: usize, transcript: bool) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.len() < bytes {
        let report = corpus::report(number);
        number += 1;
        if transcript {
            let turns = report.lines().filter_map(|line| line.split_once("说:“"));
            for (who, said) in turns {
                let name: String = who
                    .chars()
                    .rev()
                    .take(3)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                text.push_str(&format!("{name}:{}\n", said.trim_end_matches('”')));
            }
        } else {
            text.push_str(&report);
        }
    }
    text
}

fn reading(criterion: &mut Criterion) {
    let jieba = Jieba::new();
    for (kind, transcript) in [("news", false), ("transcript", true)] {
        let mut group = criterion.benchmark_group(format!("reading/{kind}"));
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        for size in SIZES {
            let text = text(size, transcript);
            let document = Document::plain(text.as_str());
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new("understand", size), |bencher| {
                bencher.iter(|| understand(black_box(&document), "a.txt"));
            });
            group.bench_function(BenchmarkId::new("jieba", size), |bencher| {
                bencher.iter(|| jieba.cut(black_box(&text), false));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
