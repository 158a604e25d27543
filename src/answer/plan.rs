//! The plan: which look-ups a question leads to, in which order, each with its reason. Nothing else decides that; looking
//! up and composing never call the plan.
//!
//! The first look-up that finds something answers. `ask --why` prints them with what each found.

use std::sync::LazyLock;

use super::ranking::Features;
use super::respond::Responder;
use super::{brought_by, changing, meetings};
use crate::index::IndexError;
use crate::question::{Party, PartyKind, Question, Scope, Topic, Want};
use crate::text::rows;

/// A way to look something up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Whether somebody said it.
    Verdict,
    /// What is to be done.
    Tasks,
    /// What is not done yet.
    Unfinished,
    /// What a meeting decided of a matter.
    Decided,
    /// What one person brought of a kind.
    Brought,
    /// When or where a meeting was held.
    Held,
    /// What everybody at a meeting brought.
    Each,
    /// All there is, in order of time.
    All,
    /// Parties side by side.
    Comparison,
    /// Which meetings there are.
    Meetings,
    /// A meeting or somebody's words in short.
    Summary,
    /// Who spoke.
    Speakers,
    /// The passages that answer.
    Quotes,
}

/// A look-up of a plan.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) look: Look,
    pub(super) question: Question,
    /// Why it is looked up so, and at this place.
    pub(super) why: &'static str,
    /// Whether what the look-up behind it finds answers instead where it holds more of what is asked.
    pub(super) yields: bool,
}

/// A look-up that was made, and what it found.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// How it was looked up.
    pub look: Look,
    /// Why.
    pub why: &'static str,
    /// The question as it was looked up, in a line.
    pub asked: String,
    /// How many quotes it found.
    pub quotes: usize,
    /// How much of what is asked the best of them holds.
    pub coverage: f32,
    /// Whether what it found is the answer.
    pub answers: bool,
    /// What the scores of its quotes are made of, in their order.
    pub scores: Vec<Features>,
}

/// Words that ask at which meetings something was spoken of: `spoken_of.tsv`.
static SPOKEN_OF: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("spoken_of.tsv", 1).map(|row| row[0]).collect());

/// The words of `other_times.tsv`.
static OTHER_TIMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("other_times.tsv", 1).map(|row| row[0]).collect());

/// Words by which each of several is asked for.
const DISTRIBUTES: [&str; 4] = ["分别", "各自", "依次", "挨个"];

impl Responder<'_> {
    /// The look-ups for a question, in order.
    pub(super) fn plan(&self, question: &Question) -> Result<Vec<Step>, IndexError> {
        let mut steps = Vec::new();
        if let Some(within) = question.within.as_deref().filter(|_| question.files.is_none()) {
            let mut files = meetings::of_name(self.snapshot, within)?;
            // 4月18号的防汛会: of those that are called so the one of that day.
            let of_day = |file: &String| {
                let entry = self.snapshot.catalogue().file(file);
                entry.is_some_and(|entry| question.means_days_of(entry.dates()))
            };
            if files.iter().any(of_day) {
                files.retain(of_day);
            }
            if !files.is_empty() {
                let mut of_meeting = Question {
                    files: Some(files),
                    page: question.page,
                    ..within.question.clone()
                };
                // 总结一下青禾县第31次常务会议: the county is of the meeting's name.
                let named = |party: &Party| {
                    within
                        .words
                        .iter()
                        .any(|word| party.forms().iter().any(|form| form.contains(word.as_str())))
                };
                if of_meeting.want == Want::Summary
                    && of_meeting.scope.is_of_counties()
                    && of_meeting.scope.parties.iter().all(named)
                {
                    of_meeting.scope = Scope::default();
                }
                return self.plan(&of_meeting);
            }
        }
        if question.is_of_meetings() && !meetings::held(self.snapshot, question) {
            let named = meetings::undated_of_day(self.snapshot, question);
            if !named.is_empty() {
                return self.plan(&Question {
                    files: Some(named),
                    days: None,
                    within: None,
                    ..question.clone()
                });
            }
            let Some(spoken_of) = question.with_days_spoken_of() else {
                return match self.undated(question) {
                    Some(undated) => self.plan(&undated),
                    None => Ok(steps),
                };
            };
            // 4月9号那趟主要讲了什么, where the paper does not tell the year: all of the paper that tells the day.
            let of_all = question.want == Want::Words && !question.topic.is_specific();
            if of_all || matches!(question.want, Want::Summary | Want::Speakers) {
                // The report tells it, not somebody's words, and whose county it is is evidence.
                let scope = match spoken_of.scope.is_of_counties() {
                    true => spoken_of.scope.softened(),
                    false => spoken_of.scope.clone(),
                };
                let of_report = Question {
                    want: Want::Where,
                    ..with_scope(&spoken_of, scope)
                };
                let told = self
                    .quotes(&of_report)?
                    .and_then(|found| found.quotes.into_iter().next());
                if let Some(told) = told {
                    return self.plan(&Question {
                        files: Some(vec![told.file]),
                        days: None,
                        within: None,
                        topic: Topic::default(),
                        scope: Scope::default(),
                        ..question.clone()
                    });
                }
            }
            return self.plan(&spoken_of);
        }
        let in_office = self.in_office_then(question);
        let question = in_office.as_ref().unwrap_or(question);
        let named = meetings::named(self.snapshot, question);
        let settled = named.as_ref().unwrap_or(question);
        if question.shape.verify {
            // Of what nobody said there is nothing else to show.
            return Ok(vec![step(Look::Verdict, question, "it asks whether somebody said it")]);
        }
        if question.shape.unfinished {
            steps.push(step(Look::Unfinished, settled, "it asks what is not done yet"));
        }
        if brought_by::asks_for_a_kind(settled) {
            steps.push(step(Look::Brought, settled, "it asks what somebody brought of a kind"));
        }
        let somebody = |party: &Party| party.kind != PartyKind::County;
        if question.shape.decided && !question.shape.over_time && !question.scope.parties.iter().any(somebody) {
            steps.push(step(
                Look::Decided,
                settled,
                "it asks what a meeting decided of a matter",
            ));
        }
        let duties = question.shape.duties && question.scope.parties.iter().any(somebody);
        if question.shape.tasks || duties {
            steps.push(step(Look::Tasks, settled, "it asks what is to be done"));
        }
        if let Some(each) = self.each_asked(settled)? {
            steps.push(step(Look::Each, &each, "it asks what everybody at a meeting brought"));
        }
        if let Some(of_meeting) = self.of_countys_meeting(settled) {
            steps.push(step(Look::Summary, &of_meeting, "a meeting of the county is named"));
        }
        if let Some(holder) = self.told_holder(settled)? {
            steps.extend(looks(&holder, "the report names who holds the office"));
        }
        let by_words = settled.by_its_words();
        let by_words = by_words
            .map(|question| Variant::new(question, "whoever is named may be nobody, and its words all tell it"));
        for variant in variants(settled).into_iter().chain(by_words) {
            let mut looks = looks(&variant.question, variant.why);
            if let Some(last) = looks.last_mut() {
                last.yields = variant.yields;
            }
            steps.extend(looks);
        }
        // A day that leads nowhere may be part of what is asked (到2027年产值多少).
        if let Some(spoken_of) = question.with_days_spoken_of() {
            steps.extend(self.plan(&spoken_of)?);
        }
        if let Some(other) = &question.or_else {
            steps.extend(self.plan(other)?);
        }
        Ok(steps)
    }
}

fn step(look: Look, question: &Question, why: &'static str) -> Step {
    Step {
        look,
        question: question.clone(),
        why,
        yields: false,
    }
}

/// A way to take a question's parties.
struct Variant {
    question: Question,
    why: &'static str,
    /// Whether the next way answers where it holds more of what is asked.
    yields: bool,
}

impl Variant {
    fn new(question: Question, why: &'static str) -> Variant {
        Variant {
            question,
            why,
            yields: false,
        }
    }
}

/// Whose words may answer: the question as each of the ways to take its parties.
fn variants(question: &Question) -> Vec<Variant> {
    let scope = &question.scope;
    let specific = question.topic.is_specific();
    if scope.groups {
        let anybody = Scope {
            groups: false,
            soft: !scope.parties.is_empty(),
            ..scope.clone()
        };
        let of_groups = Scope {
            soft: !scope.parties.is_empty(),
            ..scope.clone()
        };
        return vec![
            Variant::new(with_scope(question, of_groups), "a group's words are asked for"),
            Variant::new(with_scope(question, anybody), "no group says so: anybody may"),
        ];
    }
    if scope.parties.is_empty() {
        return vec![Variant::new(question.clone(), "anybody may answer")];
    }
    if scope.is_of_counties() {
        let soft = Variant::new(
            with_scope(question, scope.softened()),
            "the county is evidence, whoever speaks",
        );
        let unheard = scope.parties.iter().any(|party| party.voices.is_empty());
        // 宽城的会有多少人参加: the report tells it.
        let facts = matches!(
            question.want,
            Want::When | Want::Where | Want::HowMany | Want::Who | Want::Counties
        );
        let at_home = Variant::new(
            with_scope(
                question,
                Scope {
                    firm: true,
                    ..scope.softened()
                },
            ),
            "who speaks at home in the county",
        );
        return match (specific || facts, unheard) {
            // Only the county's own words count, but for those of whom the files do not tell the county.
            (false, false) => vec![Variant::new(question.clone(), "the county's words are asked for")],
            (false, true) => vec![at_home],
            // 海安市是怎么表态的, where nobody is known to speak for it: others' words of it are no answer.
            (true, true) if scope.firm && !facts && question.asks_what_is_said() => vec![at_home],
            (true, true) => vec![
                soft,
                Variant::new(question.with_parties_spoken_of(), "the county may be spoken of"),
            ],
            (true, false) => vec![soft],
        };
    }
    // Somebody who is named says it, or nobody; a county beside them is where they are from.
    let silent = scope
        .parties
        .iter()
        .any(|party| party.voices.is_empty() && party.kind != PartyKind::County);
    // 狄拉克于何年提出了大数假说: when, where and how many the report tells, of whoever it names.
    let told = specific && matches!(question.want, Want::When | Want::Where | Want::HowMany);
    if silent && scope.firm && !told {
        return Vec::new();
    }
    let spoken_of = Variant::new(
        question.with_parties_spoken_of(),
        "those who are named may be spoken of",
    );
    if silent {
        return vec![spoken_of];
    }
    let mut heard = scope.clone();
    heard.parties.retain(|party| !party.voices.is_empty());
    let own = Variant::new(with_scope(question, heard), "the words of whoever is named");
    match scope.firm {
        true => vec![own],
        // 占旭刚什么时候退役: nothing says that it is his words that tell it.
        false => vec![
            Variant {
                yields: specific,
                ..own
            },
            spoken_of,
        ],
    }
}

fn with_scope(question: &Question, scope: Scope) -> Question {
    Question {
        scope,
        ..question.clone()
    }
}

/// How to look for it.
fn looks(question: &Question, why: &'static str) -> Vec<Step> {
    let several = question.scope.parties.len() > 1 && !question.scope.groups;
    let distributes = || DISTRIBUTES.iter().any(|word| question.typed.contains(word));
    let mut steps = Vec::new();
    let of_meeting = Question {
        scope: if question.scope.is_of_counties() {
            Scope::default()
        } else {
            question.scope.clone()
        },
        ..question.clone()
    };
    let held = question.files.is_some() || question.scope.parties.is_empty();
    let other_time = OTHER_TIMES.iter().any(|word| question.typed.contains(word));
    if matches!(question.want, Want::When | Want::Where)
        && held
        && !other_time
        && meetings::is_of_meeting_alone(&of_meeting)
    {
        steps.push(step(Look::Held, &of_meeting, "it asks when or where a meeting was"));
    }
    let shape = question.shape;
    let of_all = (shape.over_time || shape.all) && !matches!(question.want, Want::Speakers | Want::Meetings);
    if !several && (shape.first || of_all) {
        let settled = match shape.over_time || shape.first {
            true => changing::settled(question),
            false => question.clone(),
        };
        steps.push(step(Look::All, &settled, "it asks for all there is, or how it went on"));
    }
    if question.want == Want::Meetings && question.topic.is_specific() {
        // 哪些会议提到了校车: where it was spoken of; 开过哪些防汛会议: those of that name.
        let spoken = SPOKEN_OF.iter().any(|word| question.typed.contains(word));
        if !spoken {
            steps.push(step(Look::Meetings, question, "the meetings of that name"));
        }
        steps.push(step(Look::All, question, "what was said of it, a meeting at a time"));
        return steps;
    }
    let look = match question.want {
        // 礼泉和乾县分别说了什么: side by side.
        Want::Summary if several && (question.scope.parties.len() > 2 || distributes()) => Look::Comparison,
        Want::Meetings => Look::Meetings,
        Want::Summary => Look::Summary,
        Want::Speakers => Look::Speakers,
        _ if several => Look::Comparison,
        Want::Words if meetings::is_all_that_is_asked(question) => Look::Summary,
        _ => Look::Quotes,
    };
    steps.push(step(look, question, why));
    steps
}
