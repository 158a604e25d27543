//! Writing the next generation.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use chrono::Datelike;
use serde::Serialize;

use super::layout::{NEVER, Part, folders, key, list, pieces, place, quoted, row_key, terms};
use super::lease::{Lease, STATE, lost};
use super::state::Stored;
use super::{Now, Servers, Sphinx, fingerprint};
use crate::index::IndexError;
use crate::index::engine::{Entry, Writer};
use crate::index::search::Unit;
use crate::index::terms::Terms;
use crate::meeting::{DateRange, Meeting};

/// Bytes of rows that are sent together: below the longest statement that servers take as they come.
const TOGETHER: usize = 2 * 1024 * 1024;

/// What is being written.
pub struct Writing<'e> {
    engine: &'e Sphinx,
    /// What served when it was begun.
    before: Now,
    /// The generation that is written.
    next: i64,
    /// What is to be sent to each shard.
    waiting: Vec<Mutex<Waiting>>,
}

/// Rows that are to be sent to one shard.
#[derive(Default)]
struct Waiting {
    passages: String,
    papers: String,
}

const PASSAGES: &str =
    "id,words,pairs,around,born,died,places,counties,speakers,kinds,left_out,held_on,file,begins,stored";
const PAPERS: &str = "id,nothing,born,died,places,paper,part,piece,pieces,passages,words,pairs,around,data";

impl<'e> Writing<'e> {
    /// After whatever serves now. What somebody else left half written is taken away first, and what no state that
    /// serves needs.
    pub fn begin(engine: &'e Sphinx) -> Result<Writing<'e>, IndexError> {
        let servers = &engine.servers;
        let state = &servers.tables.state;
        let before = match servers.now()? {
            Some(now) => now,
            None => {
                let origin = engine.writer;
                servers.coordinator.write(&format!(
                    "INSERT INTO {state} (id,generation,fingerprint,oldest,origin,beat) VALUES ({STATE},0,{},0,{origin},0)",
                    fingerprint()
                ))?;
                servers.now()?.ok_or_else(lost)?
            }
        };
        // The state that serves and the one before it are kept for those who still ask them.
        let generation = before.generation;
        let oldest = (generation - 1).max(before.oldest);
        if oldest > before.oldest {
            let told = servers
                .coordinator
                .write(&format!("UPDATE {state} SET oldest={oldest} WHERE id={STATE}"))?;
            if told.changed != 1 {
                return Err(lost());
            }
        }
        for shard in &servers.shards {
            for table in [&servers.tables.passages, &servers.tables.papers] {
                for statement in [
                    format!("DELETE FROM {table} WHERE born>{generation}"),
                    format!("UPDATE {table} SET died={NEVER} WHERE died>{generation} AND died<{NEVER}"),
                    format!("DELETE FROM {table} WHERE died<={oldest}"),
                ] {
                    shard.write(&statement)?;
                }
            }
        }
        let writing = Writing {
            engine,
            before,
            next: generation + 1,
            waiting: servers.shards.iter().map(|_| Mutex::default()).collect(),
        };
        if engine.anew.load(Ordering::SeqCst) {
            for shard in 0..servers.shards.len() {
                writing.drop_rows(shard, "")?;
            }
        }
        Ok(writing)
    }

    fn servers(&self) -> &Servers {
        &self.engine.servers
    }

    /// Which shard a file stands in.
    fn shard(&self, file: &str) -> usize {
        (place(file) % self.servers().shards.len() as u64) as usize
    }

    fn id(&self) -> i64 {
        row_key(self.engine.writer, self.engine.rows.fetch_add(1, Ordering::SeqCst))
    }

    /// Has rows that live until now die.
    fn drop_rows(&self, shard: usize, which: &str) -> Result<(), IndexError> {
        let (before, next) = (self.before.generation, self.next);
        let tables = &self.servers().tables;
        for table in [&tables.passages, &tables.papers] {
            self.servers().shards[shard].write(&format!(
                "UPDATE {table} SET died={next} WHERE {which}born<={before} AND died={NEVER}"
            ))?;
        }
        Ok(())
    }

    fn send(&self, shard: usize, table: &str, columns: &str, rows: &mut String) -> Result<(), IndexError> {
        if rows.is_empty() {
            return Ok(());
        }
        let statement = format!("INSERT INTO {table} ({columns}) VALUES {}", std::mem::take(rows));
        self.servers().shards[shard].write(&statement)?;
        Ok(())
    }

    /// Sends what waits for a shard, where it is enough.
    fn flush(&self, shard: usize, waiting: &mut Waiting, enough: usize) -> Result<(), IndexError> {
        let tables = &self.servers().tables;
        if waiting.passages.len() > enough {
            self.send(shard, &tables.passages, PASSAGES, &mut waiting.passages)?;
        }
        if waiting.papers.len() > enough {
            self.send(shard, &tables.papers, PAPERS, &mut waiting.papers)?;
        }
        Ok(())
    }
}

/// The first day of a meeting as one number, 20240131; 0 where it tells none.
fn day(meeting: &Meeting) -> u32 {
    let start = meeting.dates.map(DateRange::start);
    start.map_or(0, |start| {
        start.year().unsigned_abs() * 10_000 + start.month() * 100 + start.day()
    })
}

fn json(value: &impl Serialize) -> Result<String, IndexError> {
    Ok(serde_json::to_string(value)?)
}

fn row(values: &[String]) -> String {
    format!("({})", values.join(","))
}

fn push(rows: &mut String, row: &str) {
    if !rows.is_empty() {
        rows.push(',');
    }
    rows.push_str(row);
}

impl Writer for Writing<'_> {
    fn remove(&self, file: &str) -> Result<(), IndexError> {
        self.drop_rows(self.shard(file), &format!("places IN ({}) AND ", key(file)))
    }

    fn add(&self, entry: &Entry<'_>) -> Result<(), IndexError> {
        let (file, meeting) = (entry.record.file.as_str(), &entry.record.meeting);
        let born = self.next.to_string();
        let places = list([file].into_iter().chain(folders(file)).map(key));
        let (mut of_passages, mut of_papers) = (Vec::new(), Vec::new());
        let mut counts = [0_usize; 3];
        for passage in entry.passages {
            let found = Terms::of(&meeting.title, passage);
            for (count, tokens) in counts.iter_mut().zip([&found.words, &found.pairs, &found.around]) {
                *count += tokens.len();
            }
            let keys = |values: &[&str]| list(values.iter().map(|value| key(value)));
            let stored: Stored<'_> = (file, &meeting.title, passage);
            of_passages.push(row(&[
                self.id().to_string(),
                quoted(&terms(Unit::Word, &found.words)),
                quoted(&terms(Unit::Pair, &found.pairs)),
                quoted(&terms(Unit::Around, &found.around)),
                born.clone(),
                NEVER.to_string(),
                places.clone(),
                keys(&found.counties),
                keys(&found.speakers),
                keys(&found.kinds),
                u8::from(passage.left_out).to_string(),
                day(meeting).to_string(),
                quoted(file),
                passage.start.to_string(),
                quoted(&json(&stored)?),
            ]));
        }
        let parts = [
            (Part::Record, json(entry.record)?),
            (Part::Text, json(&entry.text)?),
            (Part::Outline, json(entry.outline)?),
        ];
        for (part, data) in parts {
            let cut = pieces(&data);
            for (piece, text) in cut.iter().enumerate() {
                of_papers.push(row(&[
                    self.id().to_string(),
                    "''".to_owned(),
                    born.clone(),
                    NEVER.to_string(),
                    places.clone(),
                    key(file).to_string(),
                    part.number().to_string(),
                    piece.to_string(),
                    cut.len().to_string(),
                    entry.passages.len().to_string(),
                    counts[0].to_string(),
                    counts[1].to_string(),
                    counts[2].to_string(),
                    quoted(text),
                ]));
            }
        }
        let shard = self.shard(file);
        let mut waiting = self.waiting[shard].lock().unwrap_or_else(PoisonError::into_inner);
        for row in of_passages {
            push(&mut waiting.passages, &row);
            self.flush(shard, &mut waiting, TOGETHER)?;
        }
        for row in of_papers {
            push(&mut waiting.papers, &row);
            self.flush(shard, &mut waiting, TOGETHER)?;
        }
        Ok(())
    }

    fn commit(self: Box<Self>) -> Result<(), IndexError> {
        for (shard, waiting) in self.waiting.iter().enumerate() {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            self.flush(shard, &mut waiting, 0)?;
        }
        let servers = self.servers();
        if !Lease::is_held(&servers.coordinator, &servers.tables, self.engine.writer)? {
            return Err(lost());
        }
        let told = servers.coordinator.write(&format!(
            "UPDATE {} SET generation={}, fingerprint={} WHERE id={STATE} AND generation={}",
            servers.tables.state,
            self.next,
            fingerprint(),
            self.before.generation
        ))?;
        if told.changed != 1 {
            return Err(lost());
        }
        self.engine.anew.store(false, Ordering::SeqCst);
        Ok(())
    }
}
