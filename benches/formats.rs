//! Reading a file of each format beside the library underneath alone, which unpacks and cuts into tokens but understands
//! nothing. Formats of plain text have only the decoder underneath.
//!
//! `cargo bench --bench formats`; the throughput is in bytes of the text that comes out, so that formats can be compared.

mod corpus;
mod papers;

use std::hint::black_box;
use std::io::{BufReader, Cursor};
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use html5gum::Tokenizer;
use huiwen::reading::read_bytes;
use quick_xml::events::Event;
use zip::ZipArchive;

/// Bytes of text in each file: a report of a year.
const SIZE: usize = 1_000_000;

/// What the library underneath makes of a file: something to count, so that no work is left out.
type Beneath = fn(&[u8]) -> usize;

/// The endings of all formats that can be written.
const FORMATS: [&str; 10] = ["txt", "md", "csv", "vtt", "srt", "html", "docx", "pptx", "xlsx", "pdf"];

fn beneath(ending: &str) -> (&'static str, Beneath) {
    match ending {
        "docx" | "pptx" | "xlsx" => ("zip, quick-xml", xml_events),
        "pdf" => ("lopdf", pdf_operations),
        "html" => ("html5gum", |bytes| Tokenizer::new(bytes).count()),
        _ => ("encoding_rs", |bytes| {
            encoding_rs::UTF_8.decode(bytes).0.into_owned().len()
        }),
    }
}

fn xml_events(bytes: &[u8]) -> usize {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip of our own");
    let mut events = 0;
    for part in 0..zip.len() {
        let part = zip.by_index(part).expect("a part of our own");
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
        let mut buffer = Vec::new();
        while !matches!(reader.read_event_into(&mut buffer), Ok(Event::Eof) | Err(_)) {
            events += 1;
            buffer.clear();
        }
    }
    events
}

fn pdf_operations(bytes: &[u8]) -> usize {
    let document = lopdf::Document::load_mem(bytes).expect("a file of our own");
    let operations = document.page_iter().map(|page| {
        let content = document.get_and_decode_page_content(page);
        content.map_or(0, |content| content.operations.len())
    });
    operations.sum()
}

fn formats(criterion: &mut Criterion) {
    let text: String = (0..)
        .map(corpus::report)
        .scan(0, |length, report| {
            *length += report.len();
            (*length <= SIZE).then_some(report)
        })
        .collect();
    let paragraphs: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    for ending in FORMATS {
        let bytes = papers::file(ending, &paragraphs);
        let name = format!("a.{ending}");
        let path = Path::new(&name);
        let document = read_bytes(path, &bytes).expect("a file of our own");
        let mut group = criterion.benchmark_group(format!("formats/{ending}"));
        group
            .sample_size(10)
            .measurement_time(Duration::from_secs(3))
            .throughput(Throughput::Bytes(document.text.len() as u64));
        group.bench_function("huiwen", |bencher| bencher.iter(|| read_bytes(path, black_box(&bytes))));
        let (library, beneath) = beneath(ending);
        group.bench_function(library, |bencher| bencher.iter(|| beneath(black_box(&bytes))));
        group.finish();
    }
}

criterion_group!(benches, formats);
criterion_main!(benches);
