//! Searching: what the index is asked, and the hits it gives.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyDocument, Term};

use super::IndexError;
use super::catalogue::Catalogue;
use super::changed::Looked;
use super::paper::Paper;
use super::passage::{LEFT_OUT, Passage};
use super::schema::Fields;
use super::seen::Seen;
use super::soundness::damaged;

/// One consistent state of the index, and its catalogue.
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) knowledge: PathBuf,
    /// Files that were written again, as they were when they were looked at, and whether they hold something else.
    pub(super) looked: Mutex<Looked>,
    /// The documents that it is a state of, where it is not of all.
    seen: Option<Seen>,
}

/// What the index is asked. Made from a question.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What the passage should hold; the more of it, the better.
    pub terms: Vec<WeightedTerm>,
    /// What it must be, all of it.
    pub filters: Vec<Filter>,
    /// Whether what stands in no remark is looked through, and nothing else; otherwise it is left alone.
    pub left_out: bool,
}

/// A term with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTerm {
    /// In which way the text is cut.
    pub unit: Unit,
    /// As the analyzer gives it.
    pub term: String,
    /// How much it counts; 1 is a plain word.
    pub weight: f32,
}

/// How the index cuts text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Words of the passage.
    Word,
    /// Pairs of characters of the passage.
    Pair,
    /// Words that the passage stands under.
    Around,
}

/// Something that a passage must have; one of the values is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Full names of counties; somebody in the passage speaks for one.
    County(Vec<String>),
    /// Names; one of them speaks in it.
    Speaker(Vec<String>),
    /// Files.
    File(Vec<String>),
    /// Kinds of voices, as the contract calls them.
    Kind(Vec<String>),
}

/// A passage with its score.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Path of its file below the knowledge folder.
    pub file: String,
    /// The passage.
    pub passage: Passage,
    /// How well it fits; comparable within one search.
    pub score: f32,
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher, fields: Fields, catalogue: Arc<Catalogue>, knowledge: PathBuf) -> Snapshot {
        Snapshot {
            searcher,
            fields,
            catalogue,
            knowledge,
            looked: Mutex::default(),
            seen: None,
        }
    }

    /// The state as if the files that are not seen had never been read.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn seen(&self, sees: impl Fn(&str) -> bool) -> Result<Snapshot, IndexError> {
        let catalogue = self.catalogue.seen(sees);
        let seen = Seen::of(&self.searcher, &self.fields, &catalogue)?;
        let (searcher, fields) = (self.searcher.clone(), self.fields.clone());
        let snapshot = Snapshot::new(searcher, fields, Arc::new(catalogue), self.knowledge.clone());
        Ok(Snapshot {
            seen: Some(seen),
            ..snapshot
        })
    }

    /// What the index holds.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Tantivy's own searcher, for benches that compare with it.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The folder that the files stand in.
    pub fn knowledge(&self) -> &std::path::Path {
        &self.knowledge
    }

    /// The best `limit` passages, best first.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        // Room is made for as many as are asked for.
        let limit = limit.clamp(1, (self.searcher.num_docs() as usize).max(1));
        let (query, best) = (self.compile(query), TopDocs::with_limit(limit).order_by_score());
        let found = match &self.seen {
            None => self.searcher.search(&query, &best)?,
            Some(seen) => {
                let statistics = seen.statistics(&self.searcher);
                self.searcher
                    .search_with_statistics_provider(&query, &seen.only(best), &statistics)?
            }
        };
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let document: TantivyDocument = self.searcher.doc(address)?;
            // One that cannot be read is no answer that is not there.
            let stored = self.fields.stored(&document);
            let (file, passage): (String, Passage) = stored.ok_or_else(|| damaged("a passage"))?;
            hits.push(Hit { file, passage, score });
        }
        Ok(hits)
    }

    /// The text that a file had when it was read; `None` where the file is not known, or the text is not what was read.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn text(&self, file: &str) -> Result<Option<String>, IndexError> {
        let record = self.record(file)?;
        Ok(record.and_then(|document| self.text_in(file, &document)))
    }

    /// A whole file as it was read: its text, and who says which words of it; `None` as in [`Snapshot::text`].
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn paper(&self, file: &str) -> Result<Option<Paper>, IndexError> {
        let Some(record) = self.record(file)? else {
            return Ok(None);
        };
        let (Some(text), Some(entry)) = (self.text_in(file, &record), self.catalogue.file(file)) else {
            return Ok(None);
        };
        let outline = self.fields.stored_outline(&record);
        let outline = outline.ok_or_else(|| damaged("a file's outline"))?;
        let of_file = TermQuery::new(Term::from_field_text(self.fields.file, file), IndexRecordOption::Basic);
        let found = self.searcher.search(&of_file, &DocSetCollector)?;
        let mut passages = Vec::with_capacity(found.len());
        for address in found {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let stored: Option<(String, Passage)> = self.fields.stored(&document);
            passages.push(stored.ok_or_else(|| damaged("a passage"))?.1);
        }
        Ok(Some(Paper::new(entry, text, passages, outline)))
    }

    /// What the index keeps of a file as a whole; `None` where the file is not known.
    fn record(&self, file: &str) -> Result<Option<TantivyDocument>, IndexError> {
        if self.catalogue.file(file).is_none() {
            return Ok(None);
        }
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

    /// The text of a file in its record, where it is what was read.
    fn text_in(&self, file: &str, record: &TantivyDocument) -> Option<String> {
        let entry = self.catalogue.file(file)?;
        let text = self.fields.stored_text(record)?;
        entry.stamp().is_of(&text).then_some(text)
    }

    /// In how many passages a term stands.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn frequency(&self, unit: Unit, term: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.field(unit), term);
        Ok(match &self.seen {
            None => self.searcher.doc_freq(&term)?,
            Some(seen) => seen.frequency(&self.searcher, &term)?,
        })
    }

    fn field(&self, unit: Unit) -> Field {
        match unit {
            Unit::Word => self.fields.words,
            Unit::Pair => self.fields.pairs,
            Unit::Around => self.fields.around,
        }
    }

    /// The query in Tantivy's terms. Its own parser would make one phrase of an unspaced question.
    pub fn compile(&self, query: &Query) -> BooleanQuery {
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

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({} files)", self.catalogue.len())
    }
}
