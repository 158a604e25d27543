//! Who writes: one at a time, of all processes on all machines.
//!
//! A server knows no locks. Whoever wants to write puts a row of its own into the state's table and then looks: where no other's
//! is there, it writes; otherwise it takes its own away and waits. Of two that come at once at least one sees the other. A row
//! tells that its owner lives by a number that goes up; one whose number stands still was left behind, and is taken away.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::client::{Client, remote};
use super::layout::{Tables, row_key};
use crate::index::IndexError;

/// The row of the state itself, which is nobody's.
pub const STATE: i64 = 1;
/// How often an owner tells that it lives, and how long it is believed.
const BEAT: Duration = Duration::from_secs(2);
const LIFE: Duration = Duration::from_secs(12);
/// How long between two looks at the others.
const LOOK: Duration = Duration::from_millis(200);

/// The right to write, given back when it is dropped.
pub struct Lease {
    client: Arc<Client>,
    table: String,
    row: i64,
    /// Dropped, it ends the beats.
    _beats: Sender<()>,
}

impl Lease {
    /// Waits for it. `writer` names who asks, as nobody else does.
    pub fn wait(client: &Arc<Client>, tables: &Tables, writer: i64) -> Result<Lease, IndexError> {
        let row = row_key(writer, 0);
        let mut beats: HashMap<i64, (u64, Instant)> = HashMap::new();
        loop {
            if others(client, &tables.state, row, &mut beats)? {
                sleep(LOOK);
                continue;
            }
            client.write(&format!(
                "INSERT INTO {} (id,generation,fingerprint,oldest,origin,beat) VALUES ({row},0,0,0,0,1)",
                tables.state
            ))?;
            match others(client, &tables.state, row, &mut beats) {
                Ok(false) => break,
                other => {
                    forget(client, &tables.state, row);
                    other?;
                    // Each waits as long as none else, so that they do not meet again.
                    sleep(LOOK + Duration::from_millis(row.unsigned_abs() % 400));
                }
            }
        }
        Ok(Lease {
            client: Arc::clone(client),
            table: tables.state.clone(),
            row,
            _beats: beat(client, &tables.state, row),
        })
    }

    /// Whether the row of a writer still stands.
    pub fn is_held(client: &Client, tables: &Tables, writer: i64) -> Result<bool, IndexError> {
        let row = row_key(writer, 0);
        let told = client.ask(&format!("SELECT id FROM {} WHERE id={row}", tables.state))?;
        Ok(!told.rows.is_empty())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        forget(&self.client, &self.table, self.row);
    }
}

/// Whether others write, or want to. Rows that were left behind are taken away.
fn others(
    client: &Client,
    table: &str,
    own: i64,
    beats: &mut HashMap<i64, (u64, Instant)>,
) -> Result<bool, IndexError> {
    let told = client.ask(&format!("SELECT id, beat FROM {table} WHERE beat>0 LIMIT 0,1000"))?;
    let mut any = false;
    for row in &told.rows {
        let (id, now): (i64, u64) = (row.number(0)?, row.number(1)?);
        if id == own {
            continue;
        }
        let (before, since) = beats.entry(id).or_insert((now, Instant::now()));
        if *before != now {
            (*before, *since) = (now, Instant::now());
        }
        if since.elapsed() > LIFE {
            tracing::warn!("whoever wrote the index last broke off: its right to write is taken away");
            client.write(&format!("DELETE FROM {table} WHERE id={id}"))?;
        } else {
            any = true;
        }
    }
    Ok(any)
}

/// Takes a row away. One that stays is taken for left behind by the next.
fn forget(client: &Client, table: &str, row: i64) {
    if let Err(error) = client.write(&format!("DELETE FROM {table} WHERE id={row}")) {
        tracing::warn!(%error, "the right to write is not given back");
    }
}

/// Tells that the owner of a row lives, until what is given is dropped.
fn beat(client: &Arc<Client>, table: &str, row: i64) -> Sender<()> {
    let (sender, receiver) = channel::<()>();
    let (client, table) = (Arc::clone(client), table.to_owned());
    std::thread::spawn(move || {
        let mut number: u64 = 1;
        while receiver.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
            number += 1;
            if let Err(error) = client.write(&format!("UPDATE {table} SET beat={number} WHERE id={row}")) {
                tracing::warn!(%error, "the search engine is not told that the writing goes on");
            }
        }
    });
    sender
}

/// Where the right to write was lost meanwhile.
pub fn lost() -> IndexError {
    remote("another process has taken over the writing")
}
