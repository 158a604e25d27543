//! What a remark has to do with the counties that a question names: evidence, that rules nobody out who has anything to do
//! with them.

use super::Quote;
use super::weights::Weights;
use crate::index::{FileEntry, Hit, Said, Snapshot, normalized};
use crate::question::{Party, Scope};

/// The speaker speaks for it.
pub const SPEAKER: f32 = 1.0;
/// How much a remark has to do with the counties of a soft scope (0 to 1); 1 where the scope is none. Its passage is given as it
/// is and in folded, lower-case form.
pub fn bearing(scope: &Scope, (hit, lower): (&Hit, &str), said: &Said, snapshot: &Snapshot, weights: &Weights) -> f32 {
    if !scope.soft {
        return SPEAKER;
    }
    let each = scope
        .parties
        .iter()
        .map(|party| on_county(party, (hit, lower), said, snapshot, weights));
    each.fold(0.0, f32::max)
}

fn on_county(party: &Party, (hit, lower): (&Hit, &str), said: &Said, snapshot: &Snapshot, weights: &Weights) -> f32 {
    let county = said.voice.county().map(|county| county.name());
    if county == Some(party.label.as_str()) {
        return SPEAKER;
    }
    let entry = snapshot.catalogue().file(&hit.file);
    if county.is_none() && is_home(party, entry) {
        return weights.home;
    }
    let parts = [
        hit.passage.section.as_deref(),
        Some(hit.file.as_str()),
        said.voice.office(),
        entry.map(|entry| entry.title()),
        entry.and_then(|entry| entry.place()),
        entry.and_then(|entry| entry.organizer()),
    ];
    let around = || normalized(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    match party.is_named_in(lower) || party.is_named_in(&around()) {
        true if county.is_none() => weights.home_named,
        true => weights.by_others,
        false => 0.0,
    }
}

/// Whether a paper is at home in a county.
fn is_home(party: &Party, entry: Option<FileEntry<'_>>) -> bool {
    let home = entry.and_then(|entry| entry.county());
    home.is_some_and(|home| home.name() == party.label)
}

/// Whether a quote is of a county to whoever reads it: the county's own, of a paper at home there where nobody's county is
/// known, or one that names it.
pub fn is_of(party: &Party, quote: &Quote, snapshot: &Snapshot) -> bool {
    let county = quote.voice.county().map(|county| county.name());
    let entry = snapshot.catalogue().file(&quote.file);
    let at_home = county.is_none() && is_home(party, entry);
    let parts = [
        Some(quote.text.as_str()),
        quote.section.as_deref(),
        Some(quote.meeting.as_str()),
        quote.voice.office(),
    ];
    let words = || normalized(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    at_home || county == Some(party.label.as_str()) || party.is_named_in(&words())
}
