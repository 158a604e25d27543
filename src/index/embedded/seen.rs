//! A part of a snapshot, as if the files that are not in it had never been read: what is found, how often a word stands
//! in the files, and what a hit is worth are reckoned of the files that are seen alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, Term};

use super::schema::Fields;
use crate::index::IndexError;
use crate::index::catalogue::Catalogue;

/// So many terms are counted once and remembered.
const REMEMBERED: usize = 50_000;

/// The documents of a searcher that are seen.
pub struct Seen {
    /// Of each segment.
    segments: Arc<[BitSet]>,
    docs: u64,
    /// How many tokens the seen documents have in each ranked field.
    tokens: Vec<(Field, u64)>,
    counted: Mutex<HashMap<Term, u64>>,
}

impl Seen {
    /// Those of the files in a catalogue.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn of(searcher: &Searcher, fields: &Fields, catalogue: &Catalogue) -> Result<Seen, IndexError> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        let ranked = [fields.words, fields.pairs, fields.around];
        let mut tokens: Vec<(Field, u64)> = ranked.into_iter().map(|field| (field, 0)).collect();
        for reader in searcher.segment_readers() {
            let mut bits = BitSet::with_max_value(reader.max_doc());
            for field in [fields.record, fields.file] {
                let inverted = reader.inverted_index(field)?;
                for entry in catalogue.files() {
                    let term = Term::from_field_text(field, entry.file);
                    let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else {
                        continue;
                    };
                    let mut doc = postings.doc();
                    while doc != TERMINATED {
                        if reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                            bits.insert(doc);
                        }
                        doc = postings.advance();
                    }
                }
            }
            for (field, sum) in &mut tokens {
                *sum += tokens_of(reader, *field, &bits)?;
            }
            segments.push(bits);
        }
        Ok(Seen {
            docs: segments.iter().map(|bits| bits.len() as u64).sum(),
            segments: segments.into(),
            tokens,
            counted: Mutex::default(),
        })
    }

    /// What ranks hits among the seen documents.
    pub fn statistics<'s>(&'s self, searcher: &'s Searcher) -> impl Bm25StatisticsProvider + 's {
        Statistics { seen: self, searcher }
    }

    /// A collector that is given the seen documents alone.
    pub fn only<C: Collector>(&self, collector: C) -> impl Collector<Fruit = C::Fruit> {
        Only {
            segments: Arc::clone(&self.segments),
            collector,
        }
    }

    /// In how many of the seen documents a term stands.
    pub fn frequency(&self, searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
        let known = |counted: &HashMap<Term, u64>| counted.get(term).copied();
        if let Some(count) = known(&self.counted.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(count);
        }
        let mut count = 0;
        for (reader, bits) in searcher.segment_readers().iter().zip(self.segments.iter()) {
            let inverted = reader.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut block = [0; COLLECT_BLOCK_BUFFER_LEN];
            loop {
                let filled = postings.fill_buffer(&mut block);
                count += block[..filled].iter().filter(|doc| bits.contains(**doc)).count() as u64;
                if filled < block.len() {
                    break;
                }
            }
        }
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= REMEMBERED {
            counted.clear();
        }
        counted.insert(term.clone(), count);
        Ok(count)
    }
}

/// How many tokens the documents of a set have in a field. A document's own number is kept rounded: by these the field's
/// exact number is shared out.
fn tokens_of(reader: &SegmentReader, field: Field, bits: &BitSet) -> Result<u64, IndexError> {
    let norms = reader.get_fieldnorms_reader(field)?;
    let (mut all, mut seen) = (0_u64, 0_u64);
    for doc in 0..reader.max_doc() {
        let tokens = u64::from(norms.fieldnorm(doc));
        all += tokens;
        seen += if bits.contains(doc) { tokens } else { 0 };
    }
    let exact = reader.inverted_index(field)?.total_num_tokens();
    Ok(match all {
        0 => 0,
        all => (u128::from(exact) * u128::from(seen) / u128::from(all)) as u64,
    })
}

struct Statistics<'s> {
    seen: &'s Seen,
    searcher: &'s Searcher,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let known = self.seen.tokens.iter().find(|(of, _)| *of == field);
        Ok(known.map_or(0, |(_, tokens)| *tokens))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.seen.docs)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.seen.frequency(self.searcher, term)
    }
}

struct Only<C> {
    segments: Arc<[BitSet]>,
    collector: C,
}

impl<C: Collector> Collector for Only<C> {
    type Fruit = C::Fruit;
    type Child = OnlyOfSegment<C::Child>;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<Self::Child> {
        Ok(OnlyOfSegment {
            segments: Arc::clone(&self.segments),
            segment: segment as usize,
            child: self.collector.for_segment(segment, reader)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.collector.requires_scoring()
    }

    fn merge_fruits(&self, fruits: Vec<<C::Child as SegmentCollector>::Fruit>) -> tantivy::Result<C::Fruit> {
        self.collector.merge_fruits(fruits)
    }
}

struct OnlyOfSegment<C> {
    segments: Arc<[BitSet]>,
    segment: usize,
    child: C,
}

impl<C: SegmentCollector> SegmentCollector for OnlyOfSegment<C> {
    type Fruit = C::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.segments.get(self.segment).is_some_and(|bits| bits.contains(doc)) {
            self.child.collect(doc, score);
        }
    }

    fn harvest(self) -> C::Fruit {
        self.child.harvest()
    }
}
