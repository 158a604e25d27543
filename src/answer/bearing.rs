//! What a remark has to do with the counties that a question names: evidence, that rules nobody out who has anything to do
//! with them.

use super::weights::Weights;
use crate::index::{Hit, Said, Snapshot, normalized};
use crate::question::{Party, Scope};

/// The speaker speaks for it.
pub const SPEAKER: f32 = 1.0;
/// How much a remark has to do with the counties of a soft scope (0 to 1); 1 where the scope is none.
pub fn bearing(scope: &Scope, hit: &Hit, said: &Said, snapshot: &Snapshot, weights: &Weights) -> f32 {
    if !scope.soft {
        return SPEAKER;
    }
    let each = scope
        .parties
        .iter()
        .map(|party| on_county(party, hit, said, snapshot, weights));
    each.fold(0.0, f32::max)
}

fn on_county(party: &Party, hit: &Hit, said: &Said, snapshot: &Snapshot, weights: &Weights) -> f32 {
    let county = said.voice.county().map(|county| county.name());
    if county == Some(party.label.as_str()) {
        return SPEAKER;
    }
    let entry = snapshot.catalogue().file(&hit.file);
    let meeting = entry.as_ref().map(|entry| entry.meeting());
    let home = meeting.and_then(|meeting| meeting.county.as_ref());
    if county.is_none() && home.is_some_and(|home| home.name() == party.label) {
        return weights.home;
    }
    let parts = [
        Some(hit.passage.text.as_str()),
        hit.passage.section.as_deref(),
        Some(hit.file.as_str()),
        said.voice.office(),
        meeting.map(|meeting| meeting.title.as_str()),
        meeting.and_then(|meeting| meeting.place.as_deref()),
        meeting.and_then(|meeting| meeting.organizer.as_deref()),
    ];
    let around = normalized(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    match party.forms().iter().any(|form| around.contains(form.as_str())) {
        true if county.is_none() => weights.home_named,
        true => weights.by_others,
        false => 0.0,
    }
}
