//! A quote of a stretch of a passage.

use super::Quote;
use super::evidence::{Evidence, PieceKind};
use super::ranking::admits;
use super::window::whole;
use crate::index::{Hit, Said, Snapshot};
use crate::question::Scope;
use crate::text::Span;

/// A quote of a stretch of a passage.
pub fn quote(hit: &Hit, said: &Said, span: Span, evidence: &Evidence, score: f32, snapshot: &Snapshot) -> Quote {
    let passage = &hit.passage;
    let text = span.of(&passage.text).to_owned();
    let entry = snapshot.catalogue().file(&hit.file);
    Quote {
        matched: matched(&text, evidence),
        score,
        ..Quote::new(
            &hit.file,
            entry.map(|entry| (entry.title(), entry.dates())).unwrap_or_default(),
            said.voice.clone(),
            passage.section.clone(),
            text,
            passage.place_of(span).start,
        )
    }
}

/// A quote of all that a remark says.
pub fn whole_remark(hit: &Hit, said: &Said, snapshot: &Snapshot) -> Quote {
    quote(hit, said, said.span, &Evidence::default(), 1.0, snapshot)
}

/// The ranges of a quote that matched, without overlaps.
fn matched(text: &str, evidence: &Evidence) -> Vec<Span> {
    if evidence.pieces.is_empty() {
        return Vec::new();
    }
    let mut spans: Vec<Span> = evidence
        .occurrences(text)
        .into_iter()
        .filter(|occurrence| {
            matches!(
                evidence.pieces[occurrence.piece].kind,
                PieceKind::Word | PieceKind::Name
            )
        })
        .map(|occurrence| occurrence.span)
        .collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start() <= last.end() => *last = Span::new(last.start(), last.end().max(span.end())),
            _ => merged.push(span),
        }
    }
    merged
}

/// Everything that those asked for said in the hits, from the beginning on, in windows.
pub fn in_order<'h>(hits: &'h [Hit], scope: &Scope, longest: usize) -> Vec<(&'h Hit, &'h Said, Span)> {
    hits.iter()
        .flat_map(|hit| hit.passage.remarks.iter().map(move |said| (hit, said)))
        .filter(|(_, said)| said.voice.is_spoken() && admits(scope, &said.voice))
        .flat_map(|(hit, said)| {
            whole(&hit.passage.text, said.span, longest)
                .into_iter()
                .map(move |span| (hit, said, span))
        })
        .collect()
}
