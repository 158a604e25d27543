//! Many questions, a line each: answered on all cores, told in the order of the lines.
//!
//! Whoever has a core takes the next line. An answer is written as soon as it and all before it are there, and nobody runs
//! further ahead of the last one written than [`AHEAD`]: memory holds a few answers, however long the file is.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use thiserror::Error;

use crate::guard::guarded;

/// So many lines for each core may be taken before the first of them is written.
const AHEAD: usize = 8;

/// What ends a batch before its end.
#[derive(Debug, Error)]
pub enum Fault {
    /// A line cannot be read; those before it are told.
    #[error(transparent)]
    Read(io::Error),
    /// Nothing can be written.
    #[error(transparent)]
    Write(io::Error),
}

/// What became of one line.
#[derive(Debug, Default)]
pub struct Told {
    /// For standard output.
    pub out: Vec<u8>,
    /// For standard error.
    pub err: Vec<u8>,
    /// Whether it could not be answered.
    pub failed: bool,
}

impl Told {
    /// A line that was not answered, and why.
    pub fn failed(why: &str) -> Told {
        Told {
            err: format!("{why}\n").into_bytes(),
            failed: true,
            ..Told::default()
        }
    }
}

/// Has each line that is not empty told by `tell`, which is given its number, counted from 1. Whether all were answered.
///
/// # Errors
///
/// Where a line cannot be read, after those before it, or nothing can be written.
pub fn run(
    source: impl BufRead + Send,
    tell: impl Fn(usize, &[u8]) -> Told + Sync,
    out: &mut (impl Write + Send),
    err: &mut (impl Write + Send),
) -> Result<bool, Fault> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let queue = Queue {
        lines: Mutex::new(Lines {
            source,
            taken: 0,
            number: 0,
        }),
        written: Mutex::new(Written {
            out,
            err,
            count: 0,
            waiting: BTreeMap::new(),
            all_told: true,
            fault: None,
        }),
        one_more: Condvar::new(),
        ahead: cores * AHEAD,
    };
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| queue.work(&tell));
        }
    });
    let written = queue.written.into_inner().unwrap_or_else(PoisonError::into_inner);
    written.fault.map_or(Ok(written.all_told), Err)
}

/// The lines on their way.
struct Queue<S, O, E> {
    lines: Mutex<Lines<S>>,
    written: Mutex<Written<O, E>>,
    one_more: Condvar,
    ahead: usize,
}

struct Lines<S> {
    source: S,
    /// How many were taken, without empty ones.
    taken: usize,
    /// How many were read.
    number: usize,
}

struct Written<O, E> {
    out: O,
    err: E,
    /// How many of those that were taken are written.
    count: usize,
    /// What is told already and stands behind what is not.
    waiting: BTreeMap<usize, Result<Told, Fault>>,
    all_told: bool,
    /// What ended it.
    fault: Option<Fault>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<S: BufRead, O: Write, E: Write> Queue<S, O, E> {
    fn work(&self, tell: &impl Fn(usize, &[u8]) -> Told) {
        loop {
            // A line is waited for under the lock of the lines alone: answers are written meanwhile.
            let Some((place, line)) = held(&self.lines).next() else {
                return;
            };
            if !self.may_go_on(place) {
                return;
            }
            let told = line.map(|(number, line)| {
                // Others wait for this line: whatever goes wrong in it, it is told.
                guarded(|| tell(number, &line)).unwrap_or_else(|broken| Told::failed(&format!("{number}: {broken}")))
            });
            held(&self.written).put(place, told);
            self.one_more.notify_all();
        }
    }

    /// Waits until the line at this place is not too far ahead; `false` where nothing more is written.
    fn may_go_on(&self, place: usize) -> bool {
        let too_far = |written: &mut Written<O, E>| written.fault.is_none() && place >= written.count + self.ahead;
        let written = self.one_more.wait_while(held(&self.written), too_far);
        written.unwrap_or_else(PoisonError::into_inner).fault.is_none()
    }
}

/// A line's place among those that are told, and its number and bytes.
type Taken = (usize, Result<(usize, Vec<u8>), Fault>);

impl<S: BufRead> Lines<S> {
    /// The next that is not empty.
    fn next(&mut self) -> Option<Taken> {
        loop {
            let mut line = Vec::new();
            let read = self.source.read_until(b'\n', &mut line);
            self.number += 1;
            let line = match read {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(_) => Ok((self.number, line)),
                Err(error) => Err(Fault::Read(error)),
            };
            let place = self.taken;
            self.taken += 1;
            return Some((place, line));
        }
    }
}

impl<O: Write, E: Write> Written<O, E> {
    /// Takes what became of the line at a place, and writes all whose turn it is.
    fn put(&mut self, place: usize, told: Result<Told, Fault>) {
        self.waiting.insert(place, told);
        while self.fault.is_none()
            && let Some(told) = self.waiting.remove(&self.count)
        {
            self.count += 1;
            if let Err(error) = told.and_then(|told| self.write(&told).map_err(Fault::Write)) {
                self.fault = Some(error);
            }
        }
    }

    fn write(&mut self, told: &Told) -> io::Result<()> {
        self.all_told &= !told.failed;
        // Where nobody hears of what went wrong, the answers go on.
        let _ = self.err.write_all(&told.err);
        self.out.write_all(&told.out)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    fn told(number: usize, line: &[u8]) -> Told {
        Told {
            out: format!("{number}:{}\n", String::from_utf8_lossy(line).trim()).into_bytes(),
            ..Told::default()
        }
    }

    #[test]
    fn answers_stand_in_the_order_of_the_lines_whichever_is_ready_first() {
        let lines: String = (1..=200).map(|number| format!("{number}\n\n")).collect();
        let slow_first = |number: usize, line: &[u8]| {
            if number % 16 == 1 {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            told(number, line)
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert!(run(lines.as_bytes(), slow_first, &mut out, &mut err).unwrap());
        let expected: String = (1..=200)
            .map(|number| format!("{}:{number}\n", number * 2 - 1))
            .collect();
        assert_eq!((String::from_utf8(out).unwrap(), err.len()), (expected, 0));
    }

    #[test]
    fn few_lines_are_on_their_way_at_once() {
        let lines = "x\n".repeat(500);
        let (begun, first) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let tell = |number: usize, line: &[u8]| {
            begun.fetch_add(1, Ordering::SeqCst);
            if number == 1 {
                // The others go as far as they may.
                std::thread::sleep(std::time::Duration::from_millis(100));
                first.store(begun.load(Ordering::SeqCst), Ordering::SeqCst);
            }
            told(number, line)
        };
        run(lines.as_bytes(), tell, &mut Vec::new(), &mut Vec::new()).unwrap();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let first = first.into_inner();
        assert!(first <= cores * AHEAD, "{first}");
        assert_eq!(begun.into_inner(), 500);
    }

    #[test]
    fn a_line_that_breaks_off_is_named_and_the_others_are_told() {
        let tell = |number: usize, line: &[u8]| {
            assert!(number != 2, "a page");
            told(number, line)
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert!(!run(&b"a\nb\nc"[..], tell, &mut out, &mut err).unwrap());
        assert_eq!((&out[..], &err[..]), (&b"1:a\n3:c\n"[..], &b"2: a page\n"[..]));
    }

    /// Gives a line when it is sent, and no more when the sender is gone.
    struct Sent(Receiver<&'static str>, Vec<u8>);

    impl io::Read for Sent {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.1.is_empty() {
                self.1 = self.0.recv().unwrap_or_default().into();
            }
            let length = buffer.len().min(self.1.len());
            buffer[..length].copy_from_slice(&self.1[..length]);
            self.1.drain(..length);
            Ok(length)
        }
    }

    /// Hears of each flush.
    struct Heard(Sender<Vec<u8>>, Vec<u8>);

    impl Write for Heard {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1.extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            let told = std::mem::take(&mut self.1);
            self.0.send(told).map_err(io::Error::other)
        }
    }

    #[test]
    fn an_answer_does_not_wait_for_the_next_question() {
        let (question, questions) = channel();
        let (answers, answer) = channel();
        let asker = std::thread::spawn(move || {
            for (line, expected) in [("a\n", "1:a\n"), ("b\n", "2:b\n")] {
                question.send(line).unwrap();
                assert_eq!(answer.recv().unwrap(), expected.as_bytes());
            }
        });
        let source = io::BufReader::new(Sent(questions, Vec::new()));
        run(source, told, &mut Heard(answers, Vec::new()), &mut Vec::new()).unwrap();
        asker.join().unwrap();
    }

    #[test]
    fn where_nobody_listens_no_more_is_asked() {
        let (answers, answer) = channel();
        drop(answer);
        let lines = "x\n".repeat(10_000);
        let asked = AtomicUsize::new(0);
        let tell = |number: usize, line: &[u8]| {
            asked.fetch_add(1, Ordering::SeqCst);
            told(number, line)
        };
        assert!(run(lines.as_bytes(), tell, &mut Heard(answers, Vec::new()), &mut Vec::new()).is_err());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        assert!(asked.into_inner() <= cores * (AHEAD + 1));
    }
}
