//! A server that speaks SphinxQL, and what it is asked.
//!
//! The rest of the index knows no async code: a statement is given to a runtime of the client's own, and waited for.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mysql_async::prelude::Queryable;
use mysql_async::{Conn, Opts, OptsBuilder, Value};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::index::IndexError;
use crate::index::address::Server;

/// How long a server may take for a statement that asks, and for one that writes.
const TO_ASK: Duration = Duration::from_secs(20);
const TO_WRITE: Duration = Duration::from_secs(300);
/// So many connections are kept open.
const KEPT: usize = 8;
/// The longest answer that is taken, in bytes.
const LONGEST: usize = 1 << 30;

/// One server.
pub struct Client {
    server: Server,
    options: Opts,
    runtime: Arc<Own>,
    idle: Arc<Mutex<Vec<Conn>>>,
}

/// What a server said.
#[derive(Debug, Default)]
pub struct Told {
    /// The rows.
    pub rows: Vec<Row>,
    /// How many rows were changed.
    pub changed: u64,
    /// Whether it warns: a server that it asked in turn said nothing.
    pub warns: bool,
}

impl Told {
    /// The number in the first column of the first row; 0 where there is none.
    pub fn number(&self) -> Result<u64, IndexError> {
        match self.rows.first() {
            Some(row) => row.number(0),
            None => Ok(0),
        }
    }
}

/// A row, each column as the server writes it.
#[derive(Debug)]
pub struct Row(Vec<Vec<u8>>);

impl Row {
    /// A column as text.
    pub fn text(&self, column: usize) -> Result<&str, IndexError> {
        let bytes = self.0.get(column).map_or(&[][..], Vec::as_slice);
        std::str::from_utf8(bytes).map_err(|_| remote("text that is not UTF-8"))
    }

    /// A column as a number; an empty one is 0.
    pub fn number<N: std::str::FromStr + Default>(&self, column: usize) -> Result<N, IndexError> {
        let text = self.text(column)?;
        match text.is_empty() {
            true => Ok(N::default()),
            false => text.parse().map_err(|_| remote(&format!("“{text}” for a number"))),
        }
    }
}

/// A runtime that may be dropped wherever it is.
pub struct Own(Option<Runtime>);

impl Own {
    /// With one thread: it only waits for servers.
    pub fn new() -> Result<Arc<Own>, IndexError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Arc::new(Own(Some(runtime))))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Of a server, which need not answer yet.
    pub fn new(server: &Server, runtime: &Arc<Own>) -> Client {
        let options = OptsBuilder::default()
            .ip_or_hostname(server.host.clone())
            .tcp_port(server.port)
            .prefer_socket(false)
            // Said here, so that the server is not asked for them.
            .max_allowed_packet(Some(LONGEST))
            .wait_timeout(Some(3600))
            .stmt_cache_size(0);
        Client {
            server: server.clone(),
            options: options.into(),
            runtime: Arc::clone(runtime),
            idle: Arc::default(),
        }
    }

    /// Asks for something that may be asked for twice.
    ///
    /// # Errors
    ///
    /// Where the server does not answer, or not what was asked for.
    pub fn ask(&self, statement: &str) -> Result<Told, IndexError> {
        last(self.ask_each(&[statement])?)
    }

    /// Asks for several things that may be asked for twice, one after the other on one connection; for what each of several
    /// statements gives that are sent as one, parted by semicolons, too.
    ///
    /// # Errors
    ///
    /// As [`Client::ask`].
    pub fn ask_each(&self, statements: &[&str]) -> Result<Vec<Told>, IndexError> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(kept) = kept
            && let Ok(told) = self.send(Some(kept), statements, TO_ASK)
        {
            return Ok(told);
        }
        // The server may have closed what was kept.
        self.send(None, statements, TO_ASK)
    }

    /// Has something written.
    ///
    /// # Errors
    ///
    /// As [`Client::ask`].
    pub fn write(&self, statement: &str) -> Result<Told, IndexError> {
        tracing::trace!(server = %self.server, bytes = statement.len(), "written");
        last(self.send(None, &[statement], TO_WRITE)?)
    }

    fn send(&self, kept: Option<Conn>, statements: &[&str], patience: Duration) -> Result<Vec<Told>, IndexError> {
        let (tell, told) = sync_channel(1);
        let statements: Vec<String> = statements.iter().map(|statement| (*statement).to_owned()).collect();
        let (options, idle) = (self.options.clone(), Arc::clone(&self.idle));
        let work = async move {
            let work = async {
                let mut conn = match kept {
                    Some(kept) => kept,
                    None => Conn::new(options).await?,
                };
                let mut told = Vec::new();
                for statement in &statements {
                    told.extend(asked(&mut conn, statement).await?);
                }
                let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
                if idle.len() < KEPT {
                    idle.push(conn);
                }
                Ok::<Vec<Told>, mysql_async::Error>(told)
            };
            // Nobody may wait for it any more.
            let _ = tell.send(timeout(patience, work).await);
        };
        if let Some(runtime) = &self.runtime.0 {
            runtime.spawn(work);
        }
        let fault = |what: &dyn std::fmt::Display| remote(&format!("{}: {what}", self.server));
        match told.recv() {
            Ok(Ok(Ok(told))) => Ok(told),
            Ok(Ok(Err(error))) => Err(fault(&error)),
            Ok(Err(_)) => Err(fault(&format!("no answer within {} s", patience.as_secs()))),
            Err(_) => Err(fault(&"the connection broke off")),
        }
    }
}

/// What the statement gives, or each of several that are parted by semicolons. Whether it warns is told of all by the last.
async fn asked(conn: &mut Conn, statement: &str) -> Result<Vec<Told>, mysql_async::Error> {
    let mut result = conn.query_iter(statement).await?;
    let mut given: Vec<Vec<mysql_async::Row>> = vec![result.collect().await?];
    while !result.is_empty() {
        given.push(result.collect().await?);
    }
    drop(result);
    let column = |value: Value| match value {
        Value::Bytes(bytes) => bytes,
        Value::NULL => Vec::new(),
        other => other.as_sql(true).into_bytes(),
    };
    let row = |row: mysql_async::Row| Row(row.unwrap().into_iter().map(column).collect());
    let (changed, warns) = (conn.affected_rows(), conn.get_warnings() > 0);
    if warns {
        let why: Vec<mysql_async::Row> = conn.query("SHOW WARNINGS").await?;
        tracing::warn!(?why, "the search engine answers in part");
    }
    let told = given.into_iter().map(|rows| Told {
        rows: rows.into_iter().map(row).collect(),
        changed,
        warns,
    });
    Ok(told.collect())
}

/// What the last of some statements gave.
fn last(mut told: Vec<Told>) -> Result<Told, IndexError> {
    told.pop().ok_or_else(|| remote("nothing"))
}

/// A server that does not do what it is asked.
pub fn remote(what: &str) -> IndexError {
    IndexError::Remote(what.to_owned())
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.server)
    }
}
