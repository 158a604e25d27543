//! Summaries: the words of everybody who spoke, in the report's order. Extractive only, like everything.

use super::bearing::bearing;
use super::evidence::Evidence;
use super::leading::{only_asks, with_decision};
use super::quote::{in_order, quote};
use super::weights::Weights;
use super::window::best_window;
use super::{Quote, repeats, respond::Limits};
use crate::gazetteer::short_form;
use crate::index::{Filter, Hit, IndexError, Query, Said, Snapshot, normalized};
use crate::question::{Question, Scope, Want};
use crate::text::{Span, rows};
use std::sync::LazyLock;

/// Most quotes of a summary.
pub const LONGEST: usize = 16;
/// Most speakers that are shown where it is asked who spoke.
pub const SPEAKERS: usize = 60;
/// Most passages of one file that a summary looks at.
const PASSAGES: usize = 400;

/// What whoever leads through a meeting says.
static MODERATING: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("moderating.tsv", 1).map(|row| row[0]).collect());

/// The words of `matter.tsv`.
static MATTER: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("matter.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The passages of some files, in the files' order.
pub fn passages(snapshot: &Snapshot, files: &[String]) -> Result<Vec<Hit>, IndexError> {
    let query = Query {
        terms: Vec::new(),
        filters: vec![Filter::File(files.to_vec())],
        left_out: false,
    };
    let mut hits = snapshot.search(&query, PASSAGES)?;
    hits.sort_by(|a, b| (&a.file, a.passage.start).cmp(&(&b.file, b.passage.start)));
    Ok(hits)
}

/// The remarks of passages, in their order, but for what was left out of the paper.
pub fn remarks(hits: &[Hit]) -> impl Iterator<Item = (&Hit, &Said)> {
    let read = hits.iter().filter(|hit| !hit.passage.left_out);
    read.flat_map(|hit| hit.passage.remarks.iter().map(move |said| (hit, said)))
}

/// A meeting in at most `most` quotes: each speaker's first words, then the groups', then what still fits.
pub fn of_meeting(
    snapshot: &Snapshot,
    files: &[String],
    most: usize,
    limits: Limits,
) -> Result<Vec<Quote>, IndexError> {
    let hits = passages(snapshot, files)?;
    let stretches = in_order(&hits, &Scope::default(), limits.quote_chars);
    let evidence = Evidence::default();
    let mut chosen: Vec<usize> = Vec::new();
    let conducts = |said: &Said, words: &str| {
        let reporter = said.voice.office().is_some_and(|office| office.ends_with("记者"));
        reporter
            || said.voice.name().is_none() && only_asks(words)
            || MODERATING.iter().any(|phrase| words.contains(phrase))
    };
    let stretches: Vec<_> = {
        // Whoever only leads through the meeting says nothing of its matter, where anybody does.
        let (leading, telling): (Vec<_>, Vec<_>) = stretches
            .into_iter()
            .partition(|(hit, said, _)| conducts(said, hit.passage.words_of(said)));
        if telling.is_empty() { leading } else { telling }
    };
    let weights: Vec<f32> = stretches
        .iter()
        .map(|(hit, _, span)| matter(span.of(&hit.passage.text)))
        .collect();
    let name_of = |index: usize| {
        let voice = &stretches[index].1.voice;
        voice.name().or(voice.office())
    };
    let is_group = |index: usize| stretches[index].1.voice.kind() == "collective";
    // Everybody once, in the report's order, with what says most of the matter.
    let mut heard: Vec<&str> = Vec::new();
    for index in 0..stretches.len() {
        let Some(name) = name_of(index).filter(|name| !is_group(index) && !heard.contains(name)) else {
            continue;
        };
        heard.push(name);
        let theirs = (0..stretches.len()).filter(|other| name_of(*other) == Some(name));
        let best = theirs.reduce(|best, other| {
            if weights[other] > weights[best] + Weights::shared().first_words {
                other
            } else {
                best
            }
        });
        if chosen.len() < most {
            chosen.extend(best);
        }
    }
    // Then what the meeting decided, then what else is of weight.
    for groups in [true, false] {
        let mut rest: Vec<usize> = (0..stretches.len())
            .filter(|index| is_group(*index) == groups && !chosen.contains(index))
            .filter(|index| groups || weights[*index] >= Weights::shared().weighty)
            .collect();
        rest.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        rest.truncate(most.saturating_sub(chosen.len()));
        rest.sort_unstable();
        chosen.extend(rest);
    }
    Ok(chosen
        .into_iter()
        .map(|index| {
            let (hit, said, span) = stretches[index];
            let span = with_decision(&hit.passage, said, span, limits.quote_chars);
            quote(hit, said, span, &evidence, 1.0, snapshot)
        })
        .collect())
}

/// How much a stretch says of the matter: figures, terms, and the words of deciding and asking.
fn matter(words: &str) -> f32 {
    let chars = words.chars().count().min(80) as f32 / 80.0;
    let figures = words.chars().filter(|c| c.is_ascii_digit()).count().min(4) as f32 / 4.0;
    let told = MATTER.iter().filter(|word| words.contains(**word)).count().min(4) as f32 / 4.0;
    chars + figures + told
}

/// Fewest speakers that a sentence must name to be the list of them.
const LISTED: usize = 2;

/// Where a report lists who spoke: the stretch of its narration that names the most of its speakers, or of their
/// counties where `counties` are asked for; `None` where none names [`LISTED`].
pub fn roster(
    snapshot: &Snapshot,
    files: &[String],
    counties: bool,
    limits: Limits,
) -> Result<Option<Quote>, IndexError> {
    let hits = passages(snapshot, files)?;
    let mut names: Vec<String> = Vec::new();
    for speaker in files
        .iter()
        .filter_map(|file| snapshot.catalogue().file(file))
        .flat_map(|entry| entry.speakers().collect::<Vec<_>>())
        .filter(|speaker| !speaker.group)
    {
        let county = speaker.county.as_ref().map(|county| county.name());
        let named = match counties {
            true => county.map(|name| short_form(name).unwrap_or_else(|| name.to_owned())),
            false => speaker.name.clone(),
        };
        names.extend(named.filter(|name| !names.contains(name)));
    }
    let evidence = Evidence::of_words(names);
    let mut best: Option<(usize, &Hit, &Said, Span)> = None;
    for hit in &hits {
        let text = &hit.passage.text;
        let occurrences = evidence.occurrences(text);
        for said in hit.passage.remarks.iter().filter(|said| !said.voice.is_spoken()) {
            let window = best_window(
                text,
                said.span,
                &evidence,
                &occurrences,
                Want::Words,
                limits.quote_chars,
            );
            let Some(window) = window else { continue };
            let listed = window.set.count_ones() as usize;
            if listed >= LISTED && best.is_none_or(|(most, ..)| listed > most) {
                best = Some((listed, hit, said, window.span));
            }
        }
    }
    Ok(best.map(|(_, hit, said, span)| quote(hit, said, span, &evidence, 1.0, snapshot)))
}

/// All that those asked for said, newest meeting first, from the beginning on; a page of `most`. The second value tells
/// whether another page follows.
pub fn of_scope(
    snapshot: &Snapshot,
    question: &Question,
    evidence: &Evidence,
    most: usize,
    limits: Limits,
) -> Result<(Vec<Quote>, bool), IndexError> {
    let query = Evidence::of_words(None).query(question, Vec::new());
    let mut hits = snapshot.search(&query, PASSAGES)?;
    hits.sort_by(|a, b| {
        let dates = |hit: &Hit| snapshot.catalogue().file(&hit.file).and_then(|entry| entry.dates());
        (dates(b), &a.file, a.passage.start).cmp(&(dates(a), &b.file, b.passage.start))
    });
    let mut stretches = in_order(&hits, &question.scope, limits.quote_chars);
    // Of a county for which nobody is known to speak: those at home there, of whom nothing else is known.
    let weights = Weights::shared();
    stretches.retain(|(hit, said, _)| {
        let lower = normalized(&hit.passage.text);
        bearing(&question.scope, (hit, &lower), said, snapshot, weights) >= weights.home
    });
    let until = question.page.saturating_add(1).saturating_mul(most);
    let mut quotes: Vec<Quote> = Vec::new();
    for (hit, said, span) in stretches {
        if quotes.len() > until {
            break;
        }
        repeats::add(&mut quotes, quote(hit, said, span, evidence, 1.0, snapshot));
    }
    let more = quotes.len() > until;
    let page = quotes.into_iter().skip(until - most).take(most).collect();
    Ok((page, more))
}
