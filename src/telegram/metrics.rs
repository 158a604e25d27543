//! Counts of what the bot does, for `/status` and for Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Bounds of the answers' durations, in seconds.
const SECONDS: [f64; 9] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0];

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Outcome {
    /// Quotes.
    Found,
    /// The files hold no answer.
    Refused,
    /// It could not be answered.
    Failed,
}

/// Kinds of updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Kind {
    /// A message, or an edit of one.
    Message,
    /// A button.
    Button,
    /// A query of the inline mode.
    Inline,
    /// Anything else.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByOutcome {
    outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByKind {
    kind: Kind,
}

/// All counts.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    updates: Family<ByKind, Counter<u64, AtomicU64>>,
    answers: Family<ByOutcome, Counter<u64, AtomicU64>>,
    seconds: Histogram,
    errors: Counter<u64, AtomicU64>,
    limited: Counter<u64, AtomicU64>,
    unread: Counter<u64, AtomicU64>,
    stale: Counter<u64, AtomicU64>,
    panics: Counter<u64, AtomicU64>,
    files: Gauge<i64, AtomicI64>,
    passages: Gauge<i64, AtomicI64>,
    memory: Gauge<i64, AtomicI64>,
}

impl Metrics {
    /// All at nought.
    pub fn new() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("huiwen"),
            updates: Family::default(),
            answers: Family::default(),
            seconds: Histogram::new(SECONDS),
            errors: Counter::default(),
            limited: Counter::default(),
            unread: Counter::default(),
            stale: Counter::default(),
            panics: Counter::default(),
            files: Gauge::default(),
            passages: Gauge::default(),
            memory: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("updates", "Updates by kind", metrics.updates.clone());
        registry.register("answers", "Questions by what came of them", metrics.answers.clone());
        registry.register("answer_seconds", "Time to find an answer", metrics.seconds.clone());
        registry.register("errors", "What went wrong", metrics.errors.clone());
        registry.register("limited", "Requests over a limit", metrics.limited.clone());
        registry.register(
            "unread",
            "Updates of which nothing is understood",
            metrics.unread.clone(),
        );
        registry.register(
            "stale",
            "Answers from files that have changed since they were read",
            metrics.stale.clone(),
        );
        registry.register("panics", "Defects that ended a piece of work", metrics.panics.clone());
        registry.register("files", "Knowledge files that serve", metrics.files.clone());
        registry.register("passages", "Passages in the index", metrics.passages.clone());
        registry.register("memory_bytes", "Memory in use", metrics.memory.clone());
        metrics
    }

    /// An update has come.
    pub fn update(&self, kind: Kind) {
        self.updates.get_or_create(&ByKind { kind }).inc();
    }

    /// A question has been answered, or not.
    pub fn answer(&self, outcome: Outcome, took: Duration) {
        self.answers.get_or_create(&ByOutcome { outcome }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// How many questions had this outcome.
    pub fn answers(&self, outcome: Outcome) -> u64 {
        self.answers.get_or_create(&ByOutcome { outcome }).get()
    }

    /// Something went wrong.
    pub fn error(&self) {
        self.errors.inc();
    }

    /// How often something went wrong.
    pub fn errors(&self) -> u64 {
        self.errors.get()
    }

    /// A request was over a limit.
    pub fn limited(&self) {
        self.limited.inc();
    }

    /// Nothing in an update was understood.
    pub fn unread(&self) {
        self.unread.inc();
    }

    /// Of how many updates nothing was understood.
    pub fn unread_updates(&self) -> u64 {
        self.unread.get()
    }

    /// An answer was from a file that has changed since it was read, or could not be proved for that.
    pub fn stale(&self) {
        self.stale.inc();
    }

    /// How many answers were from files that have changed since they were read.
    pub fn stale_answers(&self) -> u64 {
        self.stale.get()
    }

    /// How many defects ended a piece of work.
    pub fn panics(&self) -> u64 {
        self.panics.get()
    }

    /// From now on each panic of the process is counted and logged, with what it says and where; what the work was about
    /// is logged by whoever goes on behind it.
    pub fn count_panics(&self) {
        let panics = self.panics.clone();
        std::panic::set_hook(Box::new(move |panic| {
            panics.inc();
            let thread = std::thread::current();
            let thread = thread.name().unwrap_or("—");
            let place = panic.location().map(ToString::to_string);
            tracing::error!(
                thread,
                place,
                "a defect, please report it: {}",
                panic.payload_as_str().unwrap_or("panic")
            );
        }));
    }

    /// All counts as Prometheus reads them.
    pub fn text(&self, files: usize, passages: usize) -> String {
        self.files.set(files as i64);
        self.passages.set(passages as i64);
        self.memory.set(memory_bytes().unwrap_or(0) as i64);
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            // Writing into a string fails for lack of memory alone.
            let _ = write!(text, "# {error}");
        }
        text
    }
}

/// The process's memory in bytes, where the system tells.
pub fn memory_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_as_prometheus_reads_them() {
        let metrics = Metrics::new();
        metrics.answer(Outcome::Found, Duration::from_millis(3));
        metrics.update(Kind::Button);
        let text = metrics.text(2, 30);
        for line in [
            "huiwen_answers_total{outcome=\"Found\"} 1",
            "huiwen_updates_total{kind=\"Button\"} 1",
            "huiwen_passages 30",
            "huiwen_answer_seconds_count 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }
}
