//! Ranking: hits become candidates, each a window of one remark, best first.

use super::Quote;
use super::bearing::bearing;
use super::coverage::Told;
use super::due::dues;
use super::evidence::{Evidence, PieceKind, Reading};
use super::weights::Weights;
use super::window::{Window, best_window, is_numeral, points, whole};
use crate::index::{Hit, Passage, Said, Snapshot};
use crate::meeting::Voice;
use crate::question::{Question, Scope, Want};
use crate::text::{
    CharSpan, Span, ends_sentence, fold_char, fold_str, is_clause_mark, is_han, is_sentence_mark, sentences,
};

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
    /// How much it has to do with the counties that the question names.
    pub bears: f32,
    /// Whether the rarest thing that is asked of stands in the passage, or in what it stands under.
    pub holds_rarest: bool,
    /// How well it answers.
    pub score: f32,
}

impl Candidate<'_> {
    /// A quote of a stretch of its remark.
    pub fn quote(&self, span: Span, evidence: &Evidence, snapshot: &Snapshot) -> Quote {
        quote(self.hit, self.said, span, evidence, self.score, snapshot)
    }
}

/// How short it is, in characters.
const SHORT: usize = 45;

/// The candidates of the hits, best first: one for each remark that may speak.
pub fn candidates<'h>(
    hits: &'h [Hit],
    question: &Question,
    evidence: &Evidence,
    snapshot: &Snapshot,
    longest: usize,
) -> Vec<Candidate<'h>> {
    let top = hits.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
    let mut found = Vec::new();
    let rarest = evidence.rarest();
    for hit in hits {
        let passage = &hit.passage;
        let title = title_of(snapshot, &hit.file);
        let Reading { lower, occurrences } = evidence.read(&passage.text);
        for said in passage
            .remarks
            .iter()
            .filter(|said| admits(&question.scope, &said.voice) && !only_leads_in(passage, said))
        {
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
            let bears = bearing(&question.scope, hit, said, snapshot);
            if bears == 0.0 {
                continue;
            }
            let Some(window) = best_window(&passage.text, said.span, evidence, &occurrences, question.want, longest)
            else {
                continue;
            };
            // What stands in the remark itself needs no look around it.
            let mut holds_rarest = true;
            let (coverage, told) = if evidence.is_whole(&occurrences, said.span) {
                (1.0, Told::ALL)
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
                holds_rarest = rarest.is_none_or(|word| evidence.stands_in(word, &format!("{own} {under}")));
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
            let asks = if only_asks(passage.words_of(said)) {
                evidence.weights.asked
            } else {
                0.0
            };
            let leads_in = if leads_in(passage, said) {
                evidence.weights.leads_in
            } else {
                0.0
            };
            let score = evidence.weights.passage * hit.score / top
                + window.score
                + evidence.weights.coverage * coverage.min(1.0)
                + evidence.weights.bearing * bears
                + preference(question, &said.voice, &evidence.weights)
                + evidence.weights.led * led(evidence, passage, said)
                + act(question)
                    .filter(|act| with_lead_in(passage, said).contains(act))
                    .map_or(0.0, |_| evidence.weights.told)
                + of_day(question, hit, snapshot) * evidence.weights.of_day
                + measured(question, window.span.of(&passage.text)) * evidence.weights.measured
                + term(question, passage, window.span) * evidence.weights.term
                + if question.want == Want::List && points(&passage.text, said.span).is_some() {
                    evidence.weights.points
                } else {
                    0.0
                }
                - asks
                - leads_in;
            found.push(Candidate {
                hit,
                said,
                window,
                coverage,
                told,
                bears,
                holds_rarest,
                score,
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
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// Whether a voice may answer.
pub fn admits(scope: &Scope, voice: &Voice) -> bool {
    if scope.groups {
        return matches!(voice, Voice::Group { .. });
    }
    scope.admits(voice)
}

/// What is done, where it is asked who does what papers tell themselves: 牵头 of 谁牵头.
fn act(question: &Question) -> Option<&'static str> {
    const ACTS: [&str; 17] = [
        "主持", "带队", "率队", "陪同", "出席", "参加", "列席", "宣读", "牵头", "负责", "包案", "分管", "批示", "记录",
        "召集", "召开", "签字",
    ];
    let told = question.shape.told && question.want == Want::Who;
    ACTS.into_iter().find(|act| told && question.typed.contains(act))
}

/// Whether the paper's meeting was held on a day that the question names: evidence, where the day does not narrow it.
fn of_day(question: &Question, hit: &Hit, snapshot: &Snapshot) -> f32 {
    let Some(named) = &question.days else { return 0.0 };
    let dates = snapshot
        .catalogue()
        .file(&hit.file)
        .and_then(|entry| entry.meeting().dates);
    if dates.is_some_and(|dates| named.days.include(dates)) {
        1.0
    } else {
        0.0
    }
}

/// Whether a stretch has a number of what is counted: 九座 for 几座, 三十公里 for 多少公里.
fn measured(question: &Question, words: &str) -> f32 {
    if question.want != Want::HowMany {
        return 0.0;
    }
    let typed = &question.typed;
    let behind = ["多少", "几"]
        .iter()
        .find_map(|asks| typed.find(asks).map(|at| &typed[at + asks.len()..]));
    let folded = fold_str(words);
    if has_number_of(typed, &folded) {
        return 1.0;
    }
    let Some(measure) = behind
        .and_then(|behind| behind.chars().next())
        .filter(|c| c.is_alphabetic())
    else {
        return 0.0;
    };
    let mut before = None;
    let counted = folded.chars().any(|c| {
        let follows = c == measure && before.is_some_and(is_numeral);
        before = Some(c);
        follows
    });
    if counted { 1.0 } else { 0.0 }
}

/// How far behind a thing its number may stand, in characters: 总投资约1.46亿元.
const NUMBER: usize = 3;

/// Whether a number stands right behind the thing before 多少: 总投资1.46亿元 for 总投资多少.
fn has_number_of(typed: &str, words: &str) -> bool {
    let Some(at) = typed.find("多少") else { return false };
    let before = typed[..at].trim_end_matches(['是', '为', '有', '要', '达', '到', '了']);
    let thing: String = before
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if !thing.chars().all(is_han) || thing.chars().count() < 2 {
        return false;
    }
    words
        .match_indices(&thing)
        .any(|(at, _)| words[at + thing.len()..].chars().take(NUMBER).any(is_numeral))
}

/// Whether a stretch tells until when, where it is asked when something will be.
fn term(question: &Question, passage: &Passage, window: Span) -> f32 {
    let asks = question.want == Want::When && !dues(window.of(&passage.text), None).is_empty();
    if asks { 1.0 } else { 0.0 }
}

/// Who said it: a person's words. When and where it was, or anything of the meeting itself: the report's own. Of what
/// is spoken of: another's words.
fn preference(question: &Question, voice: &Voice, weights: &Weights) -> f32 {
    let of_itself = question.spoken_of.iter().any(|party| party.speaks(voice));
    let of_meeting = (question.scope.parties.is_empty() || question.scope.soft) && !question.topic.is_specific();
    let kind = match (question.want, voice) {
        (Want::When | Want::Where, Voice::Narrator) => weights.voice,
        (Want::When | Want::Where, _) => 0.0,
        // 谁主持, 谁作的报告: the reporter tells it.
        (Want::Who, Voice::Narrator) if question.shape.told && act(question).is_none() => weights.told,
        (Want::Who, _) if question.shape.told => 0.0,
        (Want::Who | Want::Counties, Voice::Person { .. }) => weights.whose,
        (Want::Who | Want::Counties, _) => 0.0,
        (Want::Why | Want::Words | Want::HowMany, Voice::Narrator) if of_meeting => weights.of_meeting,
        (_, Voice::Narrator) => 0.0,
        (Want::Words | Want::List, _) if !of_meeting => weights.spoken,
        _ => weights.voice / 2.0,
    };
    kind - if of_itself { weights.of_itself } else { 0.0 }
}

/// Whether a remark does nothing but ask, as an interviewer does.
pub fn only_asks(words: &str) -> bool {
    // Few remarks end so: the rest is folded for these alone.
    let ends_asking = words
        .trim_end()
        .chars()
        .next_back()
        .is_some_and(|c| fold_char(c) == '?');
    ends_asking && !fold_str(words).contains('。')
}

/// The narration right before a remark.
fn lead_in<'p>(passage: &'p Passage, said: &Said) -> &'p str {
    let before = passage
        .remarks
        .iter()
        .rfind(|other| other.span.end() <= said.span.start());
    let lead_in = before.filter(|other| {
        let gap = &passage.text[other.span.end()..said.span.start()];
        !other.voice.is_spoken() && said.voice.is_spoken() && !gap.contains('\n')
    });
    lead_in.map_or("", |other| passage.words_of(other))
}

/// A remark's words with the narration right before it: 尤丽华不同意: "…".
fn with_lead_in(passage: &Passage, said: &Said) -> String {
    format!("{}{}", lead_in(passage, said), passage.words_of(said))
}

/// Longest sentence that leads over into a remark, in characters.
const LEAD: usize = 60;

/// How much of what is asked stands in the narration that leads over into a remark: 他打了个比方: “…”.
fn led(evidence: &Evidence, passage: &Passage, said: &Said) -> f32 {
    let lead = lead_in(passage, said);
    // What stands sentences before it leads over to nothing.
    let lead = sentences(lead).last().map_or("", |last| last.of(lead));
    if lead.is_empty() || lead.chars().count() > LEAD {
        return 0.0;
    }
    evidence
        .coverage(&crate::index::normalized(lead), "")
        .filter(|_| evidence.pieces.iter().any(|piece| piece.kind == PieceKind::Word))
        .unwrap_or(0.0)
}

/// Whether a stretch of narration does no more than say who speaks next (长武县委常委、统战部部长王静说:).
fn only_leads_in(passage: &Passage, said: &Said) -> bool {
    !passage.words_of(said).contains(is_sentence_mark) && goes_over(passage, said)
}

/// Whether short narration ends by saying who speaks next (最后发言的是局长章立群。他提醒).
fn leads_in(passage: &Passage, said: &Said) -> bool {
    let words = passage.words_of(said);
    !ends_sentence(words) && words.chars().count() <= SHORT && goes_over(passage, said)
}

/// Whether narration goes over into somebody's words.
fn goes_over(passage: &Passage, said: &Said) -> bool {
    !said.voice.is_spoken()
        && passage
            .remarks
            .iter()
            .find(|other| other.span.start() >= said.span.end())
            .is_some_and(|next| {
                next.voice.is_spoken() && !passage.text[said.span.end()..next.span.start()].contains('\n')
            })
}

/// Whether the paper is at home in the places that are spoken of.
fn at_home(hit: &Hit, places: &[Vec<String>], snapshot: &Snapshot) -> bool {
    let entry = snapshot.catalogue().file(&hit.file);
    let home = entry.and_then(|entry| entry.meeting().county.clone());
    home.is_some_and(|home| places.iter().all(|forms| forms.iter().any(|form| form == home.name())))
}

fn title_of<'s>(snapshot: &'s Snapshot, file: &str) -> &'s str {
    snapshot
        .catalogue()
        .file(file)
        .map_or("", |entry| entry.meeting().title.as_str())
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

/// Longest lead-in of a decision, in characters.
const DECISION: usize = 12;

/// A stretch of a group's remark with the words that say what it did: without 会议同意 nobody knows whether it agreed.
pub fn with_decision(passage: &Passage, said: &Said, span: Span, longest: usize) -> Span {
    if !matches!(said.voice, Voice::Group { .. }) || span.start() != said.span.start() {
        return span;
    }
    let lead = passage.remarks.iter().rfind(|other| other.span.end() <= span.start());
    let Some(lead) = lead.filter(|other| !other.voice.is_spoken() && other.span.end() == span.start()) else {
        return span;
    };
    let words = passage.words_of(lead);
    let from = lead.span.start()
        + words
            .rfind(is_clause_mark)
            .map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    let verb = &passage.text[from..span.start()];
    let longer = Span::new(from, span.end());
    let fits =
        (1..=DECISION).contains(&verb.trim().chars().count()) && longer.of(&passage.text).chars().count() <= longest;
    if fits && !verb.contains('\n') { longer } else { span }
}

/// A quote of a stretch of a passage.
pub fn quote(hit: &Hit, said: &Said, span: Span, evidence: &Evidence, score: f32, snapshot: &Snapshot) -> Quote {
    let passage = &hit.passage;
    let text = span.of(&passage.text).to_owned();
    let start = passage.start + passage.text[..span.start()].chars().count();
    let meeting = snapshot.catalogue().file(&hit.file);
    Quote {
        file: hit.file.clone(),
        also: Vec::new(),
        meeting: meeting.map(|entry| entry.meeting().title.clone()).unwrap_or_default(),
        dates: meeting.and_then(|entry| entry.meeting().dates),
        voice: said.voice.clone(),
        section: passage.section.clone(),
        at: CharSpan {
            start,
            end: start + text.chars().count(),
        },
        matched: matched(&text, evidence),
        text,
        score,
        owner: None,
        vague: None,
        due: None,
    }
}

/// The ranges of a quote that matched, without overlaps.
fn matched(text: &str, evidence: &Evidence) -> Vec<Span> {
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
