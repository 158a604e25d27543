//! Listening for requests: each connection has a time limit to say what it wants, and there are only so many of them. Whoever
//! is slow, by weakness or by design, makes room for who comes after: updates are never kept out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// How long a connection may take to send a request's head, and to be without one.
const HEAD: Duration = Duration::from_secs(10);
/// Most connections at once: Telegram opens 40 (`max_connections`), and the system lets a process have a thousand files.
const MOST: usize = 200;
/// How long nobody is let in where the system has no room.
const NO_ROOM: Duration = Duration::from_millis(200);

/// A connection that was let in.
struct Open {
    task: AbortHandle,
    /// Requests of it that are being answered.
    answering: Arc<AtomicUsize>,
}

/// Answers requests until `stopped` turns true, then those that have begun.
pub async fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    // The longest there first.
    let mut open: VecDeque<Open> = VecDeque::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = tasks.join_next() => continue,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        open.retain(|open| !open.task.is_finished());
        match accepted {
            Ok((stream, _)) => {
                let answering = Arc::new(AtomicUsize::new(0));
                let connection = connection(stream, router.clone(), Arc::clone(&answering), stopped.clone());
                let task = tasks.spawn(connection);
                open.push_back(Open { task, answering });
                if open.len() > MOST {
                    make_room(&mut open);
                }
            }
            // Whoever hung up before they were let in is no trouble; with no more files to be had, room is made.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "a connection was not let in");
                make_room(&mut open);
                tokio::time::sleep(NO_ROOM).await;
            }
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// Hangs up on whoever has been there longest without a request.
fn make_room(open: &mut VecDeque<Open>) {
    let idle = open.iter().position(|open| open.answering.load(Ordering::Relaxed) == 0);
    if let Some(slow) = idle.and_then(|at| open.remove(at)) {
        slow.task.abort();
    }
}

/// Answers the requests of one connection.
async fn connection(
    stream: TcpStream,
    router: Router,
    answering: Arc<AtomicUsize>,
    mut stopped: watch::Receiver<bool>,
) {
    let routed = TowerToHyperService::new(router);
    let service = service_fn(move |request| {
        let answering = Answering::begin(&answering);
        let answer = routed.call(request);
        async move {
            let answer = answer.await;
            drop(answering);
            answer
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut serving = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    let served = tokio::select! {
        served = serving.as_mut() => served,
        () = async { drop(stopped.wait_for(|stopped| *stopped).await) } => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// A request that is being answered, as long as it lives.
struct Answering(Arc<AtomicUsize>);

impl Answering {
    fn begin(count: &Arc<AtomicUsize>) -> Answering {
        count.fetch_add(1, Ordering::Relaxed);
        Answering(Arc::clone(count))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
