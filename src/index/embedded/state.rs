//! A state of the index in Tantivy, and how it is asked.

use std::sync::Arc;

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, TantivyDocument, Term};

use super::rest::Rest;
use super::schema::Fields;
use super::seen::Seen;
use crate::index::catalogue::Catalogue;
use crate::index::engine::State;
use crate::index::fault::{IndexError, damaged};
use crate::index::paper::Outline;
use crate::index::passage::{LEFT_OUT, Passage};
use crate::index::record::Record;
use crate::index::search::{Filter, Hit, Query, Unit};

/// What was committed last when it was looked at.
pub struct Committed {
    searcher: Searcher,
    fields: Fields,
    /// The documents that it is a state of, where it is not of all.
    seen: Option<Seen>,
}

impl Committed {
    /// All that a searcher finds.
    pub fn new(searcher: Searcher, fields: Fields) -> Committed {
        Committed {
            searcher,
            fields,
            seen: None,
        }
    }

    /// What the index keeps of a file as a whole; `None` where the file is not known.
    fn record(&self, file: &str) -> Result<Option<TantivyDocument>, IndexError> {
        let of_file = TermQuery::new(
            Term::from_field_text(self.fields.record, file),
            IndexRecordOption::Basic,
        );
        let found = self
            .searcher
            .search(&of_file, &TopDocs::with_limit(1).order_by_score())?;
        let Some((_, address)) = found.first() else {
            return Ok(None);
        };
        Ok(Some(self.searcher.doc(*address)?))
    }

    /// A passage, and its file.
    fn passage(&self, address: DocAddress) -> Result<(String, Passage), IndexError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        // One that cannot be read is no answer that is not there.
        let passage = self.fields.kept(&document, self.fields.stored);
        passage.ok_or_else(|| damaged("a passage"))
    }

    fn field(&self, unit: Unit) -> Field {
        match unit {
            Unit::Word => self.fields.words,
            Unit::Pair => self.fields.pairs,
            Unit::Around => self.fields.around,
        }
    }

    /// The query in Tantivy's terms. Its own parser would make one phrase of an unspaced question.
    fn compile(&self, query: &Query) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = Vec::new();
        let terms: Vec<(Occur, Box<dyn TantivyQuery>)> = query
            .terms
            .iter()
            .map(|weighted| {
                let term = Term::from_field_text(self.field(weighted.unit), &weighted.term);
                let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                let query: Box<dyn TantivyQuery> = if weighted.weight == 1.0 {
                    query
                } else {
                    Box::new(BoostQuery::new(query, weighted.weight))
                };
                (Occur::Should, query)
            })
            .collect();
        for filter in &query.filters {
            let (field, values) = match filter {
                Filter::County(values) => (self.fields.county, values),
                Filter::Speaker(values) => (self.fields.speaker, values),
                Filter::File(values) => (self.fields.file, values),
                Filter::Kind(values) => (self.fields.kind, values),
            };
            let any: Vec<(Occur, Box<dyn TantivyQuery>)> = values
                .iter()
                .map(|value| {
                    let term = Term::from_field_text(field, value);
                    let query: Box<dyn TantivyQuery> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                    (Occur::Should, query)
                })
                .collect();
            let any = ConstScoreQuery::new(Box::new(BooleanQuery::new(any)), 0.0);
            clauses.push((Occur::Must, Box::new(any)));
        }
        let left_out = Term::from_field_text(self.fields.kind, LEFT_OUT);
        let left_out = TermQuery::new(left_out, IndexRecordOption::Basic);
        if query.left_out {
            let of_them = ConstScoreQuery::new(Box::new(left_out.clone()), 0.0);
            clauses.push((Occur::Must, Box::new(of_them)));
        }
        if clauses.is_empty() {
            clauses = terms;
        } else if !terms.is_empty() {
            clauses.push((Occur::Should, Box::new(BooleanQuery::new(terms))));
        }
        if !query.left_out {
            clauses.push((Occur::MustNot, Box::new(left_out)));
        }
        BooleanQuery::new(clauses)
    }
}

impl State for Committed {
    /// Of the segments and what is deleted in them.
    fn name(&self) -> String {
        let segments = self.searcher.segment_readers().iter();
        segments
            .map(|segment| {
                format!(
                    "{} {}\n",
                    segment.segment_id().uuid_string(),
                    segment.num_deleted_docs()
                )
            })
            .collect()
    }

    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        // Room is made for as many as are asked for.
        let all = (self.searcher.num_docs() as usize).max(1);
        let limit = limit.clamp(1, all);
        // Of those that are as good as the last one the engine takes what it comes upon first; which that is its threads decide.
        let (query, best) = (
            self.compile(query),
            TopDocs::with_limit(limit.saturating_mul(2).min(all)).order_by_score(),
        );
        let found = match &self.seen {
            None => self.searcher.search(&query, &best)?,
            Some(seen) => {
                let statistics = seen.statistics(&self.searcher);
                self.searcher
                    .search_with_statistics_provider(&query, &seen.only(best), &statistics)?
            }
        };
        let least = found.get(limit - 1).map_or(f32::MIN, |(score, _)| *score);
        let mut hits = Vec::with_capacity(limit);
        for (score, address) in found.into_iter().take_while(|(score, _)| *score >= least) {
            let (file, passage) = self.passage(address)?;
            hits.push(Hit { file, passage, score });
        }
        hits.sort_by(Hit::order);
        hits.truncate(limit);
        Ok(hits)
    }

    fn frequency(&self, unit: Unit, term: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.field(unit), term);
        Ok(match &self.seen {
            None => self.searcher.doc_freq(&term)?,
            Some(seen) => seen.frequency(&self.searcher, &term)?,
        })
    }

    fn text(&self, file: &str) -> Result<Option<String>, IndexError> {
        let record = self.record(file)?;
        let rest = record.and_then(|document| self.fields.kept::<Rest>(&document, self.fields.rest));
        match rest {
            Some(rest) => Ok(rest.text(&self.passages(file)?)),
            None => Ok(None),
        }
    }

    fn outline(&self, file: &str) -> Result<Option<Outline>, IndexError> {
        let Some(record) = self.record(file)? else {
            return Ok(None);
        };
        let outline = self.fields.kept(&record, self.fields.outline);
        Ok(Some(outline.ok_or_else(|| damaged("a file's outline"))?))
    }

    fn passages(&self, file: &str) -> Result<Vec<Passage>, IndexError> {
        let of_file = TermQuery::new(Term::from_field_text(self.fields.file, file), IndexRecordOption::Basic);
        let found = self.searcher.search(&of_file, &DocSetCollector)?;
        let passages = found.into_iter().map(|address| Ok(self.passage(address)?.1));
        passages.collect()
    }

    fn records(&self, take: &mut dyn FnMut(Record)) -> Result<(), IndexError> {
        for (ord, segment) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = segment.inverted_index(self.fields.record)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let info = terms.value().clone();
                let mut postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                let mut doc = postings.doc();
                while doc != tantivy::TERMINATED {
                    if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                        let document: TantivyDocument = self.searcher.doc(DocAddress::new(ord as u32, doc))?;
                        let record = self.fields.kept(&document, self.fields.stored);
                        take(record.ok_or_else(|| damaged("a file's record"))?);
                    }
                    doc = postings.advance();
                }
            }
        }
        Ok(())
    }

    fn seen(&self, _all: &Catalogue, seen: &Catalogue) -> Result<Arc<dyn State>, IndexError> {
        let (searcher, fields) = (self.searcher.clone(), self.fields.clone());
        let seen = Some(Seen::of(&searcher, &fields, seen)?);
        Ok(Arc::new(Committed { searcher, fields, seen }))
    }
}
