//! A generation of what the servers hold, and how it is asked.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering as Order};
use std::sync::{Arc, Mutex, PoisonError};

use super::client::Told;
use super::layout::{Part, key, list, term};
use super::places::places;
use super::score::{Scorer, Statistics};
use super::{Now, Servers};
use crate::index::IndexError;
use crate::index::catalogue::Catalogue;
use crate::index::engine::State;
use crate::index::fault::damaged;
use crate::index::paper::Outline;
use crate::index::passage::Passage;
use crate::index::record::Record;
use crate::index::search::{Filter, Hit, Query, Unit};
use crate::index::terms::Terms;

/// The server proposes so many times the hits that are asked for, and so many at least: it ranks by its own shard alone.
const TIMES: usize = 3;
const FEWEST: usize = 300;
/// More than so many are counted first: the server makes room for as many as it is told.
const MANY: usize = 1_000;
/// Records that are read at once.
const RECORDS: usize = 1_000;
/// So many terms are counted once and remembered.
const REMEMBERED: usize = 50_000;
/// So many terms are counted in one trip, and in so many statements that are sent as one: servers take 32.
const TERMS: usize = 200;
const STATEMENTS: usize = 30;
/// A term in so many passages or more is counted as the server's dictionary has it, with rows that are dead: what is more common
/// takes long to be counted, and a few more or less change nothing.
const COMMON: u64 = 1_000;
/// How the server ranks what it proposes: near to how it is ranked here. Weights are whole numbers.
const RANKER: &str = "ranker=expr('bm25a(1.2,0.75)*10000'), idf='plain,tfidf_unnormalized'";

/// One generation, or what is seen of it.
pub struct Generation {
    servers: Arc<Servers>,
    now: Now,
    /// Which places are seen, where not all are.
    places: Option<Vec<i64>>,
    statistics: Mutex<Option<Statistics>>,
    counted: Mutex<HashMap<String, u64>>,
    missed: AtomicU64,
}

/// What is kept of a passage to be shown: its file, its meeting's title, and the passage.
pub type Stored<'p> = (&'p str, &'p str, &'p Passage);

impl Generation {
    /// The one that the state's table says.
    pub fn new(servers: &Arc<Servers>, now: Now) -> Generation {
        Generation {
            servers: Arc::clone(servers),
            now,
            places: None,
            statistics: Mutex::default(),
            counted: Mutex::default(),
            missed: AtomicU64::new(0),
        }
    }

    /// Whether there are as many passages as the papers' records say.
    pub fn is_whole(&self) -> Result<bool, IndexError> {
        let passages = self.servers.whole(&format!(
            "SELECT COUNT(*) c FROM {} WHERE {}",
            self.servers.tables.passages,
            self.alive()
        ))?;
        let papers = self.servers.whole(&self.counts())?;
        let told = papers.rows.first().map_or(Ok(0), |row| row.number::<u64>(1))?;
        Ok(passages.number()? == told)
    }

    /// What rows live in this generation, and are seen.
    fn alive(&self) -> String {
        let generation = self.now.generation;
        let seen = self.places.as_ref().map(|places| list(places.iter().copied()));
        let seen = seen
            .map(|places| format!(" AND places IN {places}"))
            .unwrap_or_default();
        format!("born<={generation} AND died>{generation}{seen}")
    }

    /// Asks for something that is answered in part where a shard is gone.
    fn ask(&self, statement: &str) -> Result<Told, IndexError> {
        let told = self.servers.coordinator.ask(statement)?;
        if told.warns {
            self.missed.fetch_add(1, Order::SeqCst);
        }
        Ok(told)
    }

    /// The papers and what they hold, added up.
    fn counts(&self) -> String {
        format!(
            "SELECT COUNT(*) c, SUM(passages) p, SUM(words) w, SUM(pairs) q, SUM(around) a FROM {} WHERE part={} AND \
             piece=0 AND {}",
            self.servers.tables.papers,
            Part::Record.number(),
            self.alive()
        )
    }

    fn statistics(&self) -> Result<Statistics, IndexError> {
        if let Some(known) = *self.statistics.lock().unwrap_or_else(PoisonError::into_inner) {
            return Ok(known);
        }
        let told = self.ask(&self.counts())?;
        let Some(row) = told.rows.first() else {
            return Ok(Statistics::default());
        };
        let statistics = Statistics {
            documents: row.number::<u64>(0)? + row.number::<u64>(1)?,
            words: row.number(2)?,
            pairs: row.number(3)?,
            around: row.number(4)?,
        };
        if !told.warns {
            *self.statistics.lock().unwrap_or_else(PoisonError::into_inner) = Some(statistics);
        }
        Ok(statistics)
    }

    fn hits(&self, told: &Told) -> Result<Vec<(String, Hit)>, IndexError> {
        let rows = told.rows.iter().map(|row| {
            let stored: Option<(String, String, Passage)> = serde_json::from_str(row.text(0)?).ok();
            let (file, title, passage) = stored.ok_or_else(|| damaged("a passage"))?;
            let score = 0.0;
            Ok((title, Hit { file, passage, score }))
        });
        rows.collect()
    }

    /// The passages that the terms stand in and the conditions hold for, the best first.
    fn ranked(&self, query: &Query, conditions: &str, limit: usize, all: usize) -> Result<Vec<Hit>, IndexError> {
        let terms: Vec<String> = query
            .terms
            .iter()
            .map(|weighted| {
                let term = term(weighted.unit, &weighted.term);
                format!("{term}^{:.4}", weighted.weight.max(0.0001))
            })
            .collect();
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let passages = &self.servers.tables.passages;
        let matching = format!("MATCH('{}') AND {conditions}", terms.join("|"));
        let mut proposed = limit.saturating_mul(TIMES).max(FEWEST).min(all).max(1);
        if proposed > MANY {
            let told = self.ask(&format!(
                "SELECT COUNT(*) c FROM {passages} WHERE {matching} OPTION ranker=none"
            ))?;
            proposed = proposed.min(told.number()? as usize).max(1);
        }
        let told = self.ask(&format!(
            "SELECT stored, WEIGHT() w FROM {passages} WHERE {matching} ORDER BY w DESC LIMIT 0,{proposed} OPTION \
             max_matches={proposed}, {RANKER}"
        ))?;
        let terms = query.terms.iter().map(|weighted| term(weighted.unit, &weighted.term));
        let terms: Vec<String> = terms.collect();
        let counts = self.frequencies(&terms)?;
        let counted = query.terms.iter().zip(&terms);
        let counted = counted.map(|(weighted, term)| (weighted, counts.get(term).copied().unwrap_or(0)));
        let scorer = Scorer::new(counted, self.statistics()?);
        let mut hits = Vec::with_capacity(told.rows.len());
        for (title, mut hit) in self.hits(&told)? {
            if let Some(score) = scorer.score(&Terms::of(&title, &hit.passage)) {
                hit.score = score;
                hits.push(hit);
            }
        }
        hits.sort_by(Hit::order);
        hits.truncate(limit);
        Ok(hits)
    }

    /// In how many passages some terms stand, as the engine holds them; all that are not known yet are asked for together.
    fn frequencies(&self, terms: &[String]) -> Result<HashMap<String, u64>, IndexError> {
        let mut counts = HashMap::with_capacity(terms.len());
        let mut unknown: Vec<&str> = Vec::new();
        {
            let known = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
            for term in terms {
                match known.get(term) {
                    Some(count) => drop(counts.insert(term.clone(), *count)),
                    None => unknown.push(term),
                }
            }
        }
        unknown.sort_unstable();
        unknown.dedup();
        for some in unknown.chunks(TERMS) {
            let (rough, whole) = self.of_dictionary(some)?;
            let is_settled = |term: &&str| rough.get(*term).is_some_and(|count| *count == 0 || *count >= COMMON);
            let (settled, rest): (Vec<&str>, Vec<&str>) = some.iter().partition(|term| is_settled(term));
            let mut found: Vec<(&str, u64, bool)> = settled.iter().map(|term| (*term, rough[*term], whole)).collect();
            for few in rest.chunks(STATEMENTS) {
                found.extend(self.exactly(few)?);
            }
            let mut known = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() + found.len() > REMEMBERED {
                known.clear();
            }
            for (term, count, whole) in found {
                counts.insert(term.to_owned(), count);
                if whole {
                    known.insert(term.to_owned(), count);
                }
            }
        }
        Ok(counts)
    }

    /// How often terms stand there by the server's dictionary, which knows of no row that is dead, and of none that is not seen;
    /// and whether all shards said so.
    fn of_dictionary(&self, terms: &[&str]) -> Result<(HashMap<String, u64>, bool), IndexError> {
        if self.places.is_some() {
            return Ok((HashMap::new(), true));
        }
        let statement = format!(
            "SELECT id FROM {} WHERE MATCH('{}') LIMIT 0,1 OPTION ranker=none, cutoff=1, max_matches=1",
            self.servers.tables.passages,
            terms.join("|")
        );
        let told = self.servers.coordinator.ask_each(&[&statement, "SHOW META"])?;
        let whole = told.iter().all(|told| !told.warns);
        self.missed.fetch_add(u64::from(!whole), Order::SeqCst);
        // keyword[0], wx6c345e93; docs[0], 12; hits[0], 15; keyword[1], …
        let mut counts = HashMap::new();
        let mut keyword = None;
        for row in told.last().map(|told| told.rows.as_slice()).unwrap_or_default() {
            let name = row.text(0)?;
            if name.starts_with("keyword[") {
                keyword = Some(row.text(1)?.to_owned());
            } else if name.starts_with("docs[")
                && let Some(keyword) = keyword.take()
            {
                counts.insert(keyword, row.number(1)?);
            }
        }
        Ok((counts, whole))
    }

    /// In how many living passages each of a few terms stands, and whether all shards said so.
    fn exactly<'t>(&self, terms: &[&'t str]) -> Result<Vec<(&'t str, u64, bool)>, IndexError> {
        let count = |term: &&str| {
            format!(
                "SELECT COUNT(*) c FROM {} WHERE MATCH('{term}') AND {} OPTION ranker=none",
                self.servers.tables.passages,
                self.alive()
            )
        };
        let statements: Vec<String> = terms.iter().map(count).collect();
        let told = self.servers.coordinator.ask_each(&[&statements.join(";")])?;
        if told.len() != terms.len() {
            return Err(damaged("what the search engine counts"));
        }
        self.missed
            .fetch_add(u64::from(told.iter().any(|told| told.warns)), Order::SeqCst);
        let counts = terms.iter().zip(told);
        counts
            .map(|(term, told)| Ok((*term, told.number()?, !told.warns)))
            .collect()
    }

    /// Fills up with passages that the conditions hold for, in the order of files.
    fn fill(&self, hits: &mut Vec<Hit>, conditions: &str, limit: usize) -> Result<(), IndexError> {
        let passages = &self.servers.tables.passages;
        let mut most = limit;
        if most > MANY {
            let told = self.ask(&format!("SELECT COUNT(*) c FROM {passages} WHERE {conditions}"))?;
            most = most.min(told.number()? as usize).max(1);
        }
        let told = self.ask(&format!(
            "SELECT stored, file, begins FROM {passages} WHERE {conditions} ORDER BY file ASC, begins ASC LIMIT 0,{most} \
             OPTION max_matches={most}"
        ))?;
        let known: HashSet<(String, usize)> = hits.iter().map(|hit| (hit.file.clone(), hit.passage.start)).collect();
        for (_, hit) in self.hits(&told)? {
            if hits.len() < limit && !known.contains(&(hit.file.clone(), hit.passage.start)) {
                hits.push(hit);
            }
        }
        Ok(())
    }

    /// What is kept of a paper as a whole; `None` where it is not known.
    fn kept(&self, file: &str, part: Part) -> Result<Option<String>, IndexError> {
        let told = self.ask(&format!(
            "SELECT data, piece, pieces FROM {} WHERE places IN ({}) AND part={} AND {} ORDER BY piece ASC LIMIT 0,10000 \
             OPTION max_matches=10000",
            self.servers.tables.papers,
            key(file),
            part.number(),
            self.alive()
        ))?;
        let Some(first) = told.rows.first() else {
            return Ok(None);
        };
        if first.number::<usize>(2)? != told.rows.len() {
            return Err(damaged("a paper"));
        }
        let mut data = String::new();
        for row in &told.rows {
            data.push_str(row.text(0)?);
        }
        Ok(Some(data))
    }
}

/// What the passages must be, as the server is told.
fn conditions(query: &Query) -> String {
    let filters = query.filters.iter().map(|filter| {
        let (attribute, values) = match filter {
            Filter::County(values) => ("counties", values),
            Filter::Speaker(values) => ("speakers", values),
            Filter::File(values) => ("places", values),
            Filter::Kind(values) => ("kinds", values),
        };
        // 0 is no value's: of none of the values nothing is found.
        let values = values.iter().map(|value| key(value)).chain([0]);
        format!(" AND {attribute} IN {}", list(values))
    });
    let left_out = u8::from(query.left_out);
    format!("left_out={left_out}{}", filters.collect::<String>())
}

impl State for Generation {
    fn name(&self) -> String {
        let tables = &self.servers.tables.passages;
        format!("{tables} {} {}", self.now.origin, self.now.generation)
    }

    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        let all = self.statistics()?.documents as usize;
        let limit = limit.clamp(1, all.max(1));
        let conditions = format!("{} AND {}", conditions(query), self.alive());
        let mut hits = self.ranked(query, &conditions, limit, all)?;
        // Without terms, or where they stand in too few: whatever is as it must be.
        if hits.len() < limit && (query.left_out || !query.filters.is_empty()) {
            self.fill(&mut hits, &conditions, limit)?;
        }
        Ok(hits)
    }

    fn frequency(&self, unit: Unit, of: &str) -> Result<u64, IndexError> {
        let term = term(unit, of);
        let counts = self.frequencies(std::slice::from_ref(&term))?;
        Ok(counts.get(&term).copied().unwrap_or(0))
    }

    fn foresee(&self, terms: &[(Unit, &str)]) -> Result<(), IndexError> {
        let terms: Vec<String> = terms.iter().map(|(unit, of)| term(*unit, of)).collect();
        self.frequencies(&terms).map(drop)
    }

    fn text(&self, file: &str) -> Result<Option<String>, IndexError> {
        let Some(text) = self.kept(file, Part::Text)? else {
            return Ok(None);
        };
        Ok(serde_json::from_str(&text).ok())
    }

    fn outline(&self, file: &str) -> Result<Option<Outline>, IndexError> {
        let Some(outline) = self.kept(file, Part::Outline)? else {
            return Ok(None);
        };
        let outline = serde_json::from_str(&outline);
        Ok(Some(outline.map_err(|_| damaged("a file's outline"))?))
    }

    fn passages(&self, file: &str) -> Result<Vec<Passage>, IndexError> {
        let of_file = format!("places IN ({}) AND {}", key(file), self.alive());
        let passages = &self.servers.tables.passages;
        let count = self
            .servers
            .whole(&format!("SELECT COUNT(*) c FROM {passages} WHERE {of_file}"))?;
        let most = count.number()?.max(1);
        let told = self.servers.whole(&format!(
            "SELECT stored FROM {passages} WHERE {of_file} LIMIT 0,{most} OPTION max_matches={most}"
        ))?;
        Ok(self.hits(&told)?.into_iter().map(|(_, hit)| hit.passage).collect())
    }

    fn records(&self, take: &mut dyn FnMut(Record)) -> Result<(), IndexError> {
        let mut last = 0_i64;
        // Pieces of records that are not whole yet.
        let mut open: HashMap<i64, BTreeMap<usize, String>> = HashMap::new();
        loop {
            let told = self.servers.whole(&format!(
                "SELECT id, paper, piece, pieces, data FROM {} WHERE part={} AND {} AND id>{last} ORDER BY id ASC LIMIT \
                 0,{RECORDS} OPTION max_matches={RECORDS}",
                self.servers.tables.papers,
                Part::Record.number(),
                self.alive()
            ))?;
            for row in &told.rows {
                last = row.number(0)?;
                let (paper, pieces) = (row.number(1)?, row.number::<usize>(3)?);
                let parts = open.entry(paper).or_default();
                parts.insert(row.number(2)?, row.text(4)?.to_owned());
                if parts.len() == pieces {
                    let whole: String = std::mem::take(parts).into_values().collect();
                    open.remove(&paper);
                    take(serde_json::from_str(&whole).map_err(|_| damaged("a file's record"))?);
                }
            }
            if told.rows.len() < RECORDS {
                break;
            }
        }
        match open.is_empty() {
            true => Ok(()),
            false => Err(damaged("a file's record")),
        }
    }

    fn seen(&self, all: &Catalogue, seen: &Catalogue) -> Result<Arc<dyn State>, IndexError> {
        let whole = Generation::new(&self.servers, self.now);
        Ok(Arc::new(Generation {
            places: places(all, seen),
            ..whole
        }))
    }

    fn missed(&self) -> u64 {
        self.missed.load(Order::SeqCst)
    }

    fn stands(&self) -> Result<(), IndexError> {
        let now = self.servers.now()?.unwrap_or_default();
        match now.origin == self.now.origin && now.oldest <= self.now.generation {
            true => Ok(()),
            false => Err(IndexError::Outdated),
        }
    }
}
