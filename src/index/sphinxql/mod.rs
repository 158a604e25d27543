//! The engine for more than one machine: servers that speak SphinxQL (Manticore, Sphinx 2.2), a coordinator and the shards that
//! it asks in turn. This is the only place that knows SphinxQL.
//!
//! What is sent is cut into terms already, so that all servers agree with the questions on where words end; what comes back is
//! ranked again here, by the statistics of all shards together. Several processes share one engine: each state is a number of
//! its own ([`layout`]), one process writes at a time ([`lease`]), and what it leaves half done nobody sees.

mod client;
mod layout;
mod lease;
mod places;
mod score;
mod state;
mod writer;

use std::any::Any;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use self::client::{Client, Own, Told, remote};
use self::layout::{Tables, key};
use self::lease::{Lease, STATE};
use self::state::Generation;
use self::writer::Writing;
use super::IndexError;
use super::address::Address;
use super::engine::{Engine, State, Writer};
use super::fault::damaged;
use super::folder::lock;

/// The index on some servers.
pub struct Sphinx {
    servers: Arc<Servers>,
    data: PathBuf,
    folder: PathBuf,
    /// The number of this process's writing, which no other has.
    writer: i64,
    /// How many rows it has written: no two of them have one number.
    rows: AtomicU64,
    /// Whether what the servers hold is to be left behind as a whole: it is damaged, or another version's.
    anew: AtomicBool,
}

/// The servers, and what their tables are called.
pub struct Servers {
    coordinator: Arc<Client>,
    shards: Vec<Client>,
    tables: Tables,
}

/// What the state's table says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The generation that serves.
    pub generation: i64,
    /// By which version of huiwen it was written.
    pub fingerprint: i64,
    /// The oldest generation of which all rows are there still.
    pub oldest: i64,
    /// When the tables were first written, by whoever did: tables that were emptied are others.
    pub origin: i64,
}

impl Servers {
    /// What the state's table says; `None` before anything was written.
    fn now(&self) -> Result<Option<Now>, IndexError> {
        let told = self.coordinator.ask(&format!(
            "SELECT generation, fingerprint, oldest, origin FROM {} WHERE id={STATE}",
            self.tables.state
        ))?;
        let Some(row) = told.rows.first() else {
            return Ok(None);
        };
        Ok(Some(Now {
            generation: row.number(0)?,
            fingerprint: row.number(1)?,
            oldest: row.number(2)?,
            origin: row.number(3)?,
        }))
    }

    /// Asks for something of which no part may be missing.
    fn whole(&self, statement: &str) -> Result<Told, IndexError> {
        let told = self.coordinator.ask(statement)?;
        match told.warns {
            true => Err(IndexError::InPart),
            false => Ok(told),
        }
    }
}

/// This version of huiwen, as the state's table has it.
fn fingerprint() -> i64 {
    key(env!("INDEX_FINGERPRINT"))
}

impl Sphinx {
    /// Of the servers at an address. What another version of huiwen wrote, or what is to be built `anew`, is left behind as a
    /// whole by the next that is written.
    ///
    /// # Errors
    ///
    /// Where they do not answer, or what they hold is not what was written.
    pub fn open(address: &Address, data: &Path, anew: bool) -> Result<Sphinx, IndexError> {
        let runtime = Own::new()?;
        let client = |server| Client::new(server, &runtime);
        let servers = Servers {
            coordinator: Arc::new(client(&address.coordinator)),
            shards: address.shards.iter().map(client).collect(),
            tables: Tables::new(&address.name),
        };
        let now = servers.now()?;
        let anew = anew || now.is_some_and(|now| now.fingerprint != fingerprint());
        let folder = data.join("sphinxql");
        // Where nothing can be written, nothing is kept.
        let _ = std::fs::create_dir_all(&folder);
        let engine = Sphinx {
            servers: Arc::new(servers),
            data: data.to_owned(),
            folder,
            writer: unlike_any_other(data),
            rows: AtomicU64::new(1),
            anew: AtomicBool::new(anew),
        };
        match engine.check() {
            // What cannot be asked now may be sound: it is asked in part, and answers say so.
            Err(error @ (IndexError::Remote(_) | IndexError::InPart)) => {
                tracing::warn!(%error, "the index is not looked through");
            }
            checked => checked?,
        }
        Ok(engine)
    }

    /// The state that serves; `None` where none does.
    fn now(&self) -> Result<Option<Now>, IndexError> {
        let now = self.servers.now()?;
        if self.anew.load(Ordering::SeqCst) {
            return Ok(None);
        }
        match now {
            Some(now) if now.fingerprint != fingerprint() => {
                Err(remote("another version of huiwen has written the index since"))
            }
            now => Ok(now),
        }
    }
}

/// A number for a process's writing.
fn unlike_any_other(data: &Path) -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let place = std::fs::canonicalize(data).unwrap_or_else(|_| data.to_owned());
    // The stack's address differs between machines that start at one instant, too.
    let here = &raw const since as usize;
    key(&format!(
        "{} {} {} {here}",
        since.as_nanos(),
        std::process::id(),
        place.display()
    ))
}

impl Engine for Sphinx {
    fn state(&self) -> Result<Arc<dyn State>, IndexError> {
        let now = self.now()?.unwrap_or_default();
        Ok(Arc::new(Generation::new(&self.servers, now)))
    }

    fn lock(&self) -> Result<Box<dyn Any + Send>, IndexError> {
        // Those on this machine wait here, and need not ask the server again and again.
        let local: File = lock(&self.data)?;
        let lease = Lease::wait(&self.servers.coordinator, &self.servers.tables, self.writer)?;
        Ok(Box::new(Mutex::new((lease, local))))
    }

    fn writer(&self, _files: usize) -> Result<Box<dyn Writer + '_>, IndexError> {
        Ok(Box::new(Writing::begin(self)?))
    }

    /// Whether there are as many passages as were written of the papers that are there.
    fn check(&self) -> Result<(), IndexError> {
        let Some(now) = self.now()? else {
            return Ok(());
        };
        let state = Generation::new(&self.servers, now);
        match state.is_whole()? {
            true => Ok(()),
            false => Err(damaged("what the search engine holds")),
        }
    }

    fn folder(&self) -> &Path {
        &self.folder
    }
}

impl std::fmt::Debug for Sphinx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Sphinx({:?}, {})",
            self.servers.coordinator, self.servers.tables.passages
        )
    }
}
