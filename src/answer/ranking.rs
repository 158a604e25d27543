//! Ranking: hits become candidates, each a window of one remark, best first.

use std::cell::LazyCell;

use super::Quote;
use super::bearing::bearing;
use super::coverage::Told;
use super::evidence::{Evidence, Reading};
use super::leading::{
    asks_who_came, leads_in, led, only_asks, only_leads_in, only_lists_who_came, with_decision, with_lead_in,
};
use super::quote::quote;
use super::tasks::owner_in;
use super::wanted::{act, measured, of_day, preference, term};
use super::weights::Weights;
use super::window::{Window, best_window, points};
use crate::index::{Hit, Passage, Said, Snapshot};
use crate::meeting::Voice;
use crate::question::{Question, Scope, Want};
use crate::text::Span;

/// A window of a remark that may be quoted.
#[derive(Clone, Debug)]
pub struct Candidate<'h> {
    /// The passage it stands in.
    pub hit: &'h Hit,
    /// The remark.
    pub said: &'h Said,
    /// The window.
    pub window: Window,
    /// How much of the topic's words stands in the remark and around it; 1 where the topic has none.
    pub coverage: f32,
    /// How much the remark and what is around it tell of what is asked, by which it is refused.
    pub told: Told,
    /// How far the index's score of its passage stands out from that of any other file's, as a logarithm.
    pub apart: f32,
    /// How much it has to do with the counties that the question names.
    pub bears: f32,
    /// Whether the rarest thing that is asked of stands in the passage, or in what it stands under.
    pub holds_rarest: bool,
    /// Whether anything of the thing whose number is asked for stands there, besides what it is measured by.
    pub holds_thing: bool,
    /// Whether anything that is spoken of stands there or in what it stands under, but for the name of the paper's own county.
    pub names_matter: bool,
    /// Whether its paper is of a day that is named.
    pub of_day: bool,
    /// How well it answers.
    pub score: f32,
    /// What its score is made of.
    pub features: Features,
}

/// What a score is made of: the names of its features and what each adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(pub Vec<(&'static str, f32)>);

impl Features {
    fn of(all: [(&'static str, f32); 15]) -> Features {
        Features(all.into_iter().filter(|(_, adds)| *adds != 0.0).collect())
    }

    fn sum(&self) -> f32 {
        self.0.iter().map(|(_, adds)| adds).sum()
    }
}

impl Candidate<'_> {
    /// A quote of a stretch of its remark.
    pub fn quote(&self, span: Span, evidence: &Evidence, snapshot: &Snapshot) -> Quote {
        quote(self.hit, self.said, span, evidence, self.score, snapshot)
    }
}

/// The candidates of the hits, best first: one for each remark that may speak.
pub fn candidates<'h>(
    hits: &'h [Hit],
    question: &Question,
    evidence: &Evidence,
    snapshot: &Snapshot,
    longest: usize,
) -> Vec<Candidate<'h>> {
    let top = hits.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let ahead = Ahead::among(hits);
    let mut found = Vec::new();
    let rarest = evidence.rarest();
    let things = evidence.things(question.shape.later);
    let of_who_came = asks_who_came(&question.typed);
    for hit in hits {
        let passage = &hit.passage;
        let title = title_of(snapshot, &hit.file);
        let matter = LazyCell::new(|| {
            let home = snapshot.catalogue().file(&hit.file).and_then(|entry| entry.county());
            evidence.matter(home)
        });
        let Reading { lower, occurrences } = evidence.read(&passage.text);
        for said in passage
            .remarks
            .iter()
            .filter(|said| admits(&question.scope, &said.voice))
            // 副县长朴成吉主持会议并要求: who chaired, where that is what is asked.
            .filter(|said| acts(question, passage, said) || !only_leads_in(passage, said))
        {
            if !of_who_came && !said.voice.is_spoken() && only_lists_who_came(passage.words_of(said)) {
                continue;
            }
            if !evidence.has_required(|| with_lead_in(passage, said), title) {
                continue;
            }
            // A name that was only taken for another (为一 for 于一) is not missed in a report.
            let must_name = said.voice.is_spoken() || question.taken.is_empty();
            if must_name && !evidence.names_persons(&around(passage)) {
                continue;
            }
            if !evidence.places.is_empty()
                && !evidence.names_places(&format!(
                    "{title} {} {} {}",
                    hit.file,
                    heads(passage, said),
                    around(passage)
                ))
                && !at_home(hit, &evidence.places, snapshot)
            {
                continue;
            }
            let bears = bearing(&question.scope, (hit, &lower), said, snapshot, &evidence.weights);
            if bears == 0.0 {
                continue;
            }
            let Some(window) = best_window(&passage.text, said.span, evidence, &occurrences, question.want, longest)
            else {
                continue;
            };
            // What stands in the remark itself needs no look around it.
            let (mut holds_rarest, mut holds_thing, mut names_matter) = (true, true, true);
            let (coverage, told) = if evidence.is_whole(&occurrences, said.span) {
                let told = Told {
                    words: 1.0,
                    pairs: evidence.pairs_among(&occurrences),
                };
                (1.0, told)
            } else {
                let under = crate::index::normalized(&format!("{title} {}", heads(passage, said)));
                // Whoever speaks is as good a sign as the words: 驻上海办事处能帮什么.
                let who = [said.voice.name(), said.voice.office()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ");
                let own =
                    without_others(passage, said).map_or_else(|| lower.clone(), |own| crate::index::normalized(&own));
                let own = format!("{own} {}", crate::index::normalized(&who));
                let all = format!("{own} {under}");
                holds_rarest = rarest.is_none_or(|word| evidence.stands_in(word, &all));
                holds_thing = things.is_empty() || things.iter().any(|thing| evidence.stands_in(*thing, &all));
                names_matter = matter.is_empty() || matter.iter().any(|index| evidence.stands_in(*index, &all));
                let coverage = evidence.coverage(&own, &under).unwrap_or(1.0);
                (coverage, evidence.told(&own, &under))
            };
            // 多少学员: where there are none there is no number of them.
            let counts = question
                .topic
                .counted
                .as_ref()
                .is_none_or(|things| evidence.holds(things, &lower));
            let left = if counts { 1.0 } else { evidence.weights.uncounted };
            let coverage = coverage * left;
            let told = Told {
                words: told.words * left,
                ..told
            };
            let is = |holds: bool| if holds { 1.0 } else { 0.0 };
            let weights = &evidence.weights;
            let lists = question.want == Want::List && points(&passage.text, said.span).is_some();
            let leads = leads_in(passage, said) && !acts(question, passage, said);
            let on_day = of_day(question, hit, snapshot);
            let features = Features::of([
                ("passage", weights.passage * hit.score / top),
                ("meaning", weights.meaning * evidence.near.nearness(hit)),
                ("window", window.score),
                ("coverage", weights.coverage * coverage.min(1.0)),
                ("characters", weights.of_characters * told.pairs),
                ("bearing", weights.bearing * bears),
                ("voice", preference(question, &said.voice, weights)),
                ("led", weights.led * led(evidence, passage, said)),
                (
                    "told",
                    weights.told * is(acts(question, passage, said) || owned(question, passage, said, window.span)),
                ),
                ("of_day", weights.of_day * on_day),
                (
                    "measured",
                    weights.measured * measured(question, window.span.of(&passage.text)),
                ),
                ("term", weights.term * term(question, passage, window.span)),
                ("points", weights.points * is(lists)),
                ("asked", -weights.asked * is(only_asks(passage.words_of(said)))),
                ("leads_in", -weights.leads_in * is(leads)),
            ]);
            found.push(Candidate {
                hit,
                said,
                window,
                coverage,
                told,
                apart: ahead.of(hit, &evidence.weights),
                bears,
                holds_rarest,
                holds_thing,
                names_matter,
                of_day: on_day > 0.0,
                score: features.sum(),
                features,
            });
        }
    }
    // Whose words it is the report's own do not say, where anybody's hold as much of what is asked.
    let spoken = |candidate: &Candidate<'_>| candidate.said.voice.is_spoken();
    let most = |of: &dyn Fn(&Candidate<'_>) -> bool| {
        let coverages = found
            .iter()
            .filter(|candidate| of(candidate))
            .map(|candidate| candidate.coverage);
        coverages.fold(0.0, f32::max)
    };
    if question.whose && most(&spoken) >= most(&|candidate| !spoken(candidate)) {
        found.retain(spoken);
    }
    // Who spoke of “最后一公里” said so in these words, where anybody did.
    if matches!(question.want, Want::Who | Want::Counties) {
        for phrase in &question.topic.quoted {
            let phrase = crate::index::normalized(phrase);
            let holds = |candidate: &Candidate<'_>| {
                let words = with_lead_in(&candidate.hit.passage, candidate.said);
                crate::index::normalized(&words).contains(&phrase)
            };
            if found.iter().any(holds) {
                found.retain(holds);
            }
        }
    }
    prefer_newest(question, evidence, snapshot, &mut found);
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// 总投资多少, told by several papers: of those that tell as much of it the newest holds.
fn prefer_newest(question: &Question, evidence: &Evidence, snapshot: &Snapshot, found: &mut [Candidate<'_>]) {
    let is_figure = matches!(question.want, Want::HowMany | Want::When) && question.days.is_none();
    if !is_figure || question.shape.first || question.shape.over_time {
        return;
    }
    let weights = &evidence.weights;
    let best = found.iter().map(|one| one.coverage.min(1.0)).fold(0.0, f32::max);
    let told = |one: &Candidate<'_>| {
        let words = one.window.span.of(&one.hit.passage.text);
        let told = match question.want {
            Want::HowMany => measured(question, words) > 0.0,
            _ => term(question, &one.hit.passage, one.window.span) > 0.0,
        };
        told && one.holds_rarest && one.coverage.min(1.0) >= best * weights.as_much
    };
    let dated = |one: &Candidate<'_>| snapshot.catalogue().file(&one.hit.file)?.dates();
    let days: Vec<_> = found.iter().map(|one| dated(one).filter(|_| told(one))).collect();
    let newest = days.iter().copied().flatten().max();
    for (one, day) in found.iter_mut().zip(days) {
        if day.is_some() && day == newest {
            one.score += weights.newest;
            one.features.0.push(("newest", weights.newest));
        }
    }
}

/// The file that the index finds best, and the best score of any other.
struct Ahead<'h> {
    first: &'h str,
    other: Option<f32>,
}

impl<'h> Ahead<'h> {
    fn among(hits: &'h [Hit]) -> Ahead<'h> {
        let best = hits.iter().max_by(|a, b| a.score.total_cmp(&b.score));
        let first = best.map_or("", |hit| hit.file.as_str());
        let others = hits.iter().filter(|hit| hit.file != first).map(|hit| hit.score);
        Ahead {
            first,
            other: others.max_by(f32::total_cmp),
        }
    }

    /// How far a hit stands out: not at all unless it is of the first file. Nobody knows it where no other file has anything.
    fn of(&self, hit: &Hit, weights: &Weights) -> f32 {
        match self.other {
            _ if hit.file != self.first => 0.0,
            Some(other) => ((1.0 + hit.score) / (1.0 + other)).ln().clamp(0.0, weights.most_apart),
            None => weights.apart_alone,
        }
    }
}

/// Whether a remark, with what leads over into it, tells who does what the question asks of.
fn acts(question: &Question, passage: &Passage, said: &Said) -> bool {
    act(question).is_some_and(|act| with_lead_in(passage, said).contains(act))
}

/// Whether a stretch of a remark names who is to do it, where that is asked.
fn owned(question: &Question, passage: &Passage, said: &Said, window: Span) -> bool {
    let words = with_decision(passage, said, window, usize::MAX).of(&passage.text);
    question.shape.owner && owner_in(words).is_some()
}

/// Whether a voice may answer.
pub fn admits(scope: &Scope, voice: &Voice) -> bool {
    if scope.groups {
        return matches!(voice, Voice::Group { .. });
    }
    scope.admits(voice)
}

/// Whether the paper is at home in the places that are spoken of.
fn at_home(hit: &Hit, places: &[Vec<String>], snapshot: &Snapshot) -> bool {
    let entry = snapshot.catalogue().file(&hit.file);
    let home = entry.and_then(|entry| entry.county());
    home.is_some_and(|home| places.iter().all(|forms| forms.iter().any(|form| form == home.name())))
}

fn title_of<'s>(snapshot: &'s Snapshot, file: &str) -> &'s str {
    snapshot.catalogue().file(file).map_or("", |entry| entry.title())
}

/// The passage, and what it stands under.
fn around(passage: &Passage) -> String {
    format!("{} {}", passage.section.as_deref().unwrap_or_default(), passage.text)
}

/// What a remark stands under: the heading, and who says it.
fn heads(passage: &Passage, said: &Said) -> String {
    let parts = [
        passage.section.as_deref(),
        said.voice.name(),
        said.voice.office(),
        said.voice.county().map(|county| county.name()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The passage without what others say in it; `None` where they say nothing, or where the reporter speaks.
fn without_others(passage: &Passage, said: &Said) -> Option<String> {
    let is_other = |other: &&Said| other.voice.is_spoken() && other.voice != said.voice;
    if !said.voice.is_spoken() || !passage.remarks.iter().any(|other| is_other(&other)) {
        return None;
    }
    let mut own = String::new();
    let mut at = 0;
    for other in passage.remarks.iter().filter(is_other) {
        own.push_str(&passage.text[at..other.span.start()]);
        at = other.span.end();
    }
    own.push_str(&passage.text[at..]);
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Passage;

    fn hit(file: &str, score: f32) -> Hit {
        let passage = Passage {
            text: String::new(),
            start: 0,
            section: None,
            remarks: Vec::new(),
            left_out: false,
        };
        Hit {
            file: file.to_owned(),
            passage,
            score,
        }
    }

    #[test]
    fn a_file_stands_out_from_others_and_not_from_itself() {
        let weights = Weights::shared();
        let hits = [hit("a", 30.0), hit("a", 29.0), hit("b", 10.0)];
        let ahead = Ahead::among(&hits);
        assert!(ahead.of(&hits[0], weights) > 1.0 && ahead.of(&hits[1], weights) > 0.9);
        assert_eq!(ahead.of(&hits[2], weights), 0.0);
        let alone = [hit("a", 30.0)];
        assert_eq!(Ahead::among(&alone).of(&alone[0], weights), weights.apart_alone);
    }
}
