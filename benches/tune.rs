//! Finds the weights by which the stretch to quote is chosen, on a reading-comprehension set in SQuAD form (CMRC 2018):
//! climbs one weight at a time to more questions whose first quote of at most 120 characters holds an answer.
//!
//! `cargo bench --bench tune -- SET.json [rounds]`. Half of the articles are climbed on, the other half tells whether
//! what was gained holds elsewhere; the weights that it prints belong into `src/answer/weights.tsv`.
//!
//! `cargo bench --bench tune -- refusal SET.json OTHER.json`: finds the thresholds of refusing instead. OTHER's questions are
//! asked of SET's files too, which hold no answer to them; climbed is, on one half of both, to the best mean of what is
//! answered of the one and refused of the other, as long as at most one in a hundred of the first is refused.

use std::path::Path;

use huiwen::answer::{Limits, Weights, respond_with};
use huiwen::index::Store;
use huiwen::question::{Asked, Names};

const LIMITS: Limits = Limits {
    quotes: 1,
    quote_chars: 120,
};

struct Question {
    text: String,
    answers: Vec<String>,
}

fn main() {
    // `cargo bench` adds a flag of its own.
    let mut args = std::env::args().skip(1).filter(|arg| !arg.starts_with("--"));
    let Some(path) = args.next() else {
        println!("usage: cargo bench --bench tune -- SET.json [rounds] | refusal SET.json OTHER.json");
        return;
    };
    if path == "refusal" {
        match (args.next(), args.next()) {
            (Some(own), Some(other)) => refusal(Path::new(&own), Path::new(&other)),
            _ => println!("refusal wants SET.json OTHER.json"),
        }
        return;
    }
    let rounds = args.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(2);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (seen, unseen) = unpack(Path::new(&path), folder.path());
    let data = folder.path().join("data");
    let (_store, snapshot, _) = Store::open(&folder.path().join("knowledge"), &data).expect("the set can be indexed");
    let names = Names::new(snapshot.catalogue());
    let right = |questions: &[Question], weights: &Weights| -> usize {
        let holds = |question: &&Question| {
            let answer = respond_with(
                weights,
                None,
                &Asked::new(&question.text, &[]),
                &snapshot,
                &names,
                LIMITS,
            );
            answer.is_ok_and(|answer| {
                let quotes = answer.quotes().iter().take(1);
                quotes
                    .into_iter()
                    .any(|quote| question.answers.iter().any(|gold| quote.text.contains(gold)))
            })
        };
        let half = questions.len() / 2;
        std::thread::scope(|scope| {
            let first = scope.spawn(|| questions[..half].iter().filter(holds).count());
            let second = questions[half..].iter().filter(holds).count();
            first.join().expect("no question panics") + second
        })
    };
    let report = |weights: &Weights, what: &str| {
        let (a, b) = (right(&seen, weights), right(&unseen, weights));
        println!(
            "{what}: climbed on {a}/{} {:.4}, not seen {b}/{} {:.4}",
            seen.len(),
            a as f64 / seen.len() as f64,
            unseen.len(),
            b as f64 / unseen.len() as f64
        );
    };
    let mut weights = Weights::shared().clone();
    report(&weights, "before");
    let mut best = right(&seen, &weights);
    for round in 0..rounds {
        for name in Weights::NAMES {
            let now = weights.get(name).unwrap_or_default();
            let step = if round == 0 { 0.5 } else { 0.25 };
            let mut tries = vec![
                now * (1.0 - step),
                now * (1.0 + step),
                now + 0.05,
                (now - 0.05).max(0.0),
            ];
            tries.extend([now * (1.0 + 2.0 * step), now * (1.0 - step / 2.0)]);
            for weight in tries {
                let mut other = weights.clone();
                other.set(name, weight);
                let count = right(&seen, &other);
                if count > best {
                    best = count;
                    weights = other;
                }
            }
        }
        report(&weights, &format!("round {}", round + 1));
    }
    for name in Weights::NAMES {
        println!("{name}\t{:.3}", weights.get(name).unwrap_or_default());
    }
}

/// The weights by which is refused.
const REFUSING: [&str; 4] = ["enough", "together", "enough_of_few", "together_of_few"];
/// Most of a set's own questions that may be refused.
const WRONGLY: f64 = 0.01;
/// Most questions of a half.
const HALF: usize = 400;

/// Finds the thresholds of refusing.
fn refusal(own: &Path, other: &Path) {
    let (folder, elsewhere) = (
        tempfile::tempdir().expect("a temporary folder"),
        tempfile::tempdir().expect("a temporary folder"),
    );
    let own = unpack(own, folder.path());
    let foreign = unpack(other, elsewhere.path());
    let data = folder.path().join("data");
    let (_store, snapshot, _) = Store::open(&folder.path().join("knowledge"), &data).expect("the set can be indexed");
    let names = Names::new(snapshot.catalogue());
    let refused = |questions: &[Question], weights: &Weights| -> f64 {
        let questions = &questions[..questions.len().min(HALF)];
        let refused = questions.iter().filter(|question| {
            let answer = respond_with(
                weights,
                None,
                &Asked::new(&question.text, &[]),
                &snapshot,
                &names,
                LIMITS,
            );
            answer.is_ok_and(|answer| answer.quotes().is_empty())
        });
        refused.count() as f64 / questions.len().max(1) as f64
    };
    let both =
        |own: &[Question], foreign: &[Question], weights: &Weights| (refused(own, weights), refused(foreign, weights));
    let report = |weights: &Weights, what: &str| {
        for (half, own, foreign) in [("climbed on", &own.0, &foreign.0), ("not seen", &own.1, &foreign.1)] {
            let (wrongly, rightly) = both(own, foreign, weights);
            println!(
                "{what}, {half}: own refused {wrongly:.4}, foreign refused {rightly:.4}, balance {:.4}",
                (1.0 - wrongly + rightly) / 2.0
            );
        }
    };
    let value = |weights: &Weights| {
        let (wrongly, rightly) = both(&own.0, &foreign.0, weights);
        // What is refused beyond the most that may be counts ten times.
        rightly - wrongly - 10.0 * (wrongly - WRONGLY).max(0.0)
    };
    let mut weights = Weights::shared().clone();
    report(&weights, "before");
    let mut best = value(&weights);
    for step in [0.1, 0.05, 0.02] {
        for name in REFUSING {
            let now = weights.get(name).unwrap_or_default();
            for weight in [now - step, now + step] {
                let mut other = weights.clone();
                other.set(name, weight);
                let value = value(&other);
                if value > best {
                    (best, weights) = (value, other);
                }
            }
        }
        report(&weights, &format!("step {step}"));
    }
    for name in REFUSING {
        println!("{name}\t{:.3}", weights.get(name).unwrap_or_default());
    }
}

/// Writes each paragraph into a file of its own; the questions of every other article go to either side.
fn unpack(set: &Path, folder: &Path) -> (Vec<Question>, Vec<Question>) {
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(set).expect("the set can be read")).expect("the set is JSON");
    let knowledge = folder.join("knowledge");
    std::fs::create_dir(&knowledge).expect("a temporary folder");
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    let mut number = 0;
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    for (index, article) in list(&json["data"]).iter().enumerate() {
        for paragraph in list(&article["paragraphs"]) {
            let file = knowledge.join(format!("{number:06}.txt"));
            std::fs::write(file, text(&paragraph["context"])).expect("a temporary folder");
            number += 1;
            for qa in list(&paragraph["qas"]) {
                let question = Question {
                    text: text(&qa["question"]),
                    answers: list(&qa["answers"])
                        .iter()
                        .map(|answer| text(&answer["text"]))
                        .collect(),
                };
                if index % 2 == 0 { &mut seen } else { &mut unseen }.push(question);
            }
        }
    }
    (seen, unseen)
}
