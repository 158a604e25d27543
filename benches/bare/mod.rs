//! Tantivy alone, as it comes, on the index that huiwen wrote: what a question costs without huiwen.

use std::fs;
use std::path::Path;

use huiwen::index::{Filter, Query, Unit};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, Score, Searcher, Term};

/// A query, ready to be searched.
pub struct Bare {
    searcher: Searcher,
    query: BooleanQuery,
}

impl Bare {
    /// Of the terms and filters of `query`, on the one index below `data`.
    pub fn new(data: &Path, query: &Query) -> Bare {
        let folder = fs::read_dir(data.join("index"))
            .expect("the corpus is indexed")
            .flatten();
        let folder = folder.map(|entry| entry.path()).next().expect("there is an index");
        let index = Index::open_in_dir(folder).expect("the index can be opened");
        let schema = index.schema();
        let term = |field: &str, value: &str, option| -> Box<dyn TantivyQuery> {
            let field = schema.get_field(field).expect("a field of the index");
            Box::new(TermQuery::new(Term::from_field_text(field, value), option))
        };
        let terms = query.terms.iter().map(|weighted| {
            let field = match weighted.unit {
                Unit::Word => "words",
                Unit::Pair => "pairs",
                Unit::Around => "around",
            };
            let query = term(field, &weighted.term, IndexRecordOption::WithFreqs);
            let boosted: Box<dyn TantivyQuery> = Box::new(BoostQuery::new(query, weighted.weight));
            (Occur::Should, boosted)
        });
        let terms: Vec<_> = terms.collect();
        let filters = query.filters.iter().map(|filter| {
            let (field, values) = match filter {
                Filter::County(values) => ("county", values),
                Filter::Speaker(values) => ("speaker", values),
                Filter::File(values) => ("file", values),
                Filter::Kind(values) => ("kind", values),
            };
            let any = values
                .iter()
                .map(|value| (Occur::Should, term(field, value, IndexRecordOption::Basic)));
            let any = ConstScoreQuery::new(Box::new(BooleanQuery::new(any.collect())), 0.0);
            let any: Box<dyn TantivyQuery> = Box::new(any);
            (Occur::Must, any)
        });
        let mut clauses: Vec<_> = filters.collect();
        if clauses.is_empty() {
            clauses = terms;
        } else {
            clauses.push((Occur::Should, Box::new(BooleanQuery::new(terms))));
        }
        clauses.push((Occur::MustNot, term("kind", "left out", IndexRecordOption::Basic)));
        Bare {
            searcher: index.reader().expect("the index can be read").searcher(),
            query: BooleanQuery::new(clauses),
        }
    }

    /// The best passages, where they stand.
    pub fn search(&self, limit: usize) -> Vec<(Score, DocAddress)> {
        let best = TopDocs::with_limit(limit).order_by_score();
        self.searcher.search(&self.query, &best).expect("the index can be read")
    }
}
