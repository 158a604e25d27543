//! Follow-ups: 那长武呢, 他下一步准备干什么, 还有吗. What a question leaves out is taken from the one before it.

use chrono::NaiveDate;

use super::lexicon::{Lean, Lexicon};
use super::names::Names;
use super::party::{Party, PartyKind, Scope};
use super::reply::asks_who_replied;
use super::{Asked, Question, TopicWord, Want, Within};
use crate::gazetteer::{County, Gazetteer};
use crate::reading::organ_at_end;
use crate::text::{Segmenter, fold_str, is_han};

/// Longest question that 那 or 呢 makes a follow-up, in characters.
const ELLIPTICAL: usize = 16;

/// Understands a question with those before it.
pub fn understand(typed: &str, after: &[String], today: Option<NaiveDate>, names: &Names) -> Question {
    let after = &after[after.len().saturating_sub(Asked::DEPTH)..];
    let mut question = Question::alone(typed, today, names);
    let Some((before, earlier)) = after.split_last() else {
        return question;
    };
    match lean(typed, &question) {
        // 谁答复他的: not his own words.
        _ if asks_who_replied(typed) => Question {
            scope: Scope::default(),
            spoken_of: Vec::new(),
            may_lean: true,
            want: Want::Words,
            before: Some(Box::new(understand(before, earlier, today, names))),
            ..question
        },
        None if asks_for_an_office(typed, &question) => {
            let before = understand(before, earlier, today, names);
            let counties: Vec<_> = before.scope.parties.iter().flat_map(|party| &party.voices).collect();
            let same =
                |county: &Option<County>| counties.iter().any(|voice| voice.county == *county && county.is_some());
            if counties.iter().any(|voice| voice.county.is_some()) {
                question.of_before = labels(&before.scope);
                for party in &mut question.scope.parties {
                    party.voices.retain(|voice| same(&voice.county));
                }
            }
            // 书记怎么回应的: whoever held it where that was spoken of, on what was spoken of.
            let there = question.clone().beside_topic_of(&before);
            there.first_at_the_same_meeting(before, question)
        }
        None => {
            if may_lean(typed, &question) {
                question.may_lean = true;
                question.before = Some(Box::new(understand(before, earlier, today, names)));
            }
            question
        }
        Some(Lean::More) => {
            let mut before = understand(before, earlier, today, names);
            before.page += 1;
            before
        }
        Some(Lean::Speaker) => {
            let before = understand(before, earlier, today, names);
            let another = of_self(typed)
                .then(|| before.spoken_of.iter().find(|party| is_person(party)))
                .flatten();
            if let Some(party) = another {
                // 她自己怎么说: not whoever spoke of her.
                question.scope.parties = vec![party.clone()];
                question.scope.firm = true;
            } else if before.scope.parties.is_empty() || of_person(typed) && before.scope.is_of_counties() {
                question.speaker_of_answer = true;
                question.before = Some(Box::new(before));
            } else {
                question.scope.parties = before.scope.parties;
                question.scope.firm = true;
            }
            question.with_its_scope_within()
        }
        Some(Lean::And) if asks_when_it_met(&question) => {
            question.meeting_of_answer = true;
            question.before = Some(Box::new(understand(before, earlier, today, names)));
            question
        }
        Some(Lean::Later) => {
            let before = understand(before, earlier, today, names);
            // Whoever spoke of it before, and at whatever meeting, others may tell how it went on.
            let mut topic = match before.within {
                Some(within) if within.question.topic.has_thing() => within.question.topic,
                _ => before.topic,
            };
            for word in question.topic.words {
                if !topic.words.contains(&word) {
                    topic.words.push(TopicWord { generic: true, ..word });
                }
            }
            topic.label = before.typed;
            question.topic = topic;
            question.within = None;
            question.shape.over_time = true;
            question.shape.later = true;
            question.want = Want::Words;
            question
        }
        Some(Lean::And) if question.asks_of_the_same() => {
            let before = understand(before, earlier, today, names);
            let mut same = question.clone().going_on(&before);
            same.meeting_of_answer = true;
            same.before = Some(Box::new(before));
            same.or_else = Some(Box::new(question));
            same
        }
        Some(Lean::And) if describes(typed) && !names_somebody(&question) => {
            // 那个当老师的呢: another of those at the meeting that was spoken of.
            question.meeting_of_answer = true;
            question.before = Some(Box::new(understand(before, earlier, today, names)));
            question
        }
        Some(Lean::And) => {
            let before = understand(before, earlier, today, names);
            if let Some(typed) = instead_of_spoken_of(&question, &before) {
                return Question::alone(&typed, today, names);
            }
            if let Some(typed) = instead_of_same_rank(&question, &before) {
                return Question::alone(&typed, today, names);
            }
            if names_a_body(&question) {
                // 市发改委呢: another than whoever was asked of, at the same meeting.
                let mut of_body = question.clone();
                of_body.scope = Scope::default();
                of_body.within = None;
                return of_body.at_the_same_meeting(before);
            }
            let there = names_bare_offices(&question).then(|| (question.clone(), before.clone()));
            let mut whole = before.clone();
            let leaves_party_open = question.scope.parties.is_empty() && question.topic.places.is_empty();
            if leaves_party_open {
                question.of_before = labels(&before.scope);
                question.scope = before.scope;
                question.speaker_of_answer = before.speaker_of_answer;
                question.before = match question.topic.is_specific() && !before.speaker_of_answer {
                    // 那杭埠呢: told where the question before is answered.
                    true => Some(Box::new(whole.clone())),
                    false => before.before,
                };
            }
            if question.days.is_none() {
                question.days = before
                    .days
                    .filter(|_| !leaves_party_open || question.topic.is_specific());
            }
            if !question.topic.is_specific() {
                // 那西畴县呢: at the meeting that the question before names.
                question.within = before.within.map(|within| {
                    let scope = question.scope.clone();
                    let within = *within;
                    let question = Question {
                        scope,
                        ..within.question
                    };
                    Box::new(Within { question, ..within })
                });
                let own = std::mem::replace(&mut question.topic, before.topic);
                for word in own.words {
                    if !question.topic.words.contains(&word) {
                        question.topic.words.push(word);
                    }
                }
                question.topic.pairs.extend(own.pairs);
                if question.want == Want::Words {
                    question.want = before.want;
                } else if leaves_party_open && !question.speaker_of_answer {
                    // 由哪个单位落实: told where the question before is answered, if anywhere.
                    return question.at_the_same_meeting(whole);
                }
            } else if leaves_party_open {
                // 对镇里呢: where nobody says it so, it is the question before, and this a word of it.
                whole.topic.words.extend(question.topic.words.iter().cloned());
                whole.topic.pairs.extend(question.topic.pairs.iter().cloned());
                question.or_else = Some(Box::new(whole));
                question.may_lean = question.scope == Scope::default();
            }
            // 那镇长呢: of what was asked before or of anything else, whoever held it at that meeting.
            match there {
                Some((bare, before)) => {
                    let bare = bare.beside_topic_of(&before);
                    let of_anything = bare.first_at_the_same_meeting(before.clone(), question.clone());
                    question.first_at_the_same_meeting(before, of_anything)
                }
                None => question,
            }
        }
    }
}

impl Question {
    /// The same as what goes on from another in one message, 责任人是谁 behind 桥什么时候修好: whom and what it leaves out is that
    /// one's.
    pub fn going_on(mut self, first: &Question) -> Question {
        // Who does what, the words of whoever is asked of first need not tell.
        if self.spoken_of.is_empty() && self.want != Want::Who {
            self.scope = first.scope.clone();
            self.topic.places = first.topic.places.clone();
            self.topic.persons = first.topic.persons.clone();
        }
        self.within = first.within.as_ref().map(|within| {
            let question = self.clone().going_on(&within.question);
            Box::new(Within {
                question,
                ..(**within).clone()
            })
        });
        // What it asks of itself must be told; of what is asked first it only tells where.
        let of_itself = self.topic.is_specific();
        for word in &first.topic.words {
            self.topic.join(TopicWord {
                generic: word.generic || of_itself,
                ..word.clone()
            });
        }
        if !of_itself {
            self.topic.pairs.extend(first.topic.pairs.iter().cloned());
            self.topic.label = first.topic.label.clone();
        }
        self.days = self.days.or_else(|| first.days.clone());
        self.may_lean = false;
        self
    }
}

impl Question {
    /// 他们在茶叶会上又说了什么: whoever is meant is meant at the meeting that is named, too.
    pub fn with_its_scope_within(mut self) -> Question {
        if let Some(within) = &mut self.within {
            within.question.scope = self.scope.clone();
        }
        self
    }

    /// The same of the meeting that the answer to the question `before` quotes first; of any where that tells nothing.
    fn at_the_same_meeting(self, before: Question) -> Question {
        let anywhere = self.clone();
        self.at_meeting_of(before, anywhere)
    }

    /// The same at the meeting that the answer to the question `before` quotes first; where nobody there says anything that answers,
    /// `otherwise`.
    fn first_at_the_same_meeting(self, before: Question, otherwise: Question) -> Question {
        let mut there = self.at_meeting_of(before, otherwise);
        there.scope.firm = true;
        there.within = None;
        there
    }

    /// The same at the meeting that the answer to the question `before` quotes first; where that tells nothing, `otherwise`.
    fn at_meeting_of(self, before: Question, otherwise: Question) -> Question {
        Question {
            meeting_of_answer: true,
            before: Some(Box::new(before)),
            or_else: Some(Box::new(otherwise)),
            ..self
        }
    }

    /// The same, where what the question `before` is about tells of several which.
    fn beside_topic_of(mut self, before: &Question) -> Question {
        for word in &before.topic.words {
            self.topic.join(TopicWord {
                generic: true,
                ..word.clone()
            });
        }
        self
    }

    /// The same, and of what the question `before` is about.
    pub fn with_topic_of(mut self, before: &Question) -> Question {
        for word in &before.topic.words {
            self.topic.join(word.clone());
        }
        self.topic.pairs.extend(before.topic.pairs.iter().cloned());
        self.topic.places = before.topic.places.clone();
        self.may_lean = false;
        self.before = None;
        self
    }

    /// Whether it asks for a fact of what was spoken of before, and names nothing itself: 那啥时候能用上.
    pub fn asks_of_the_same(&self) -> bool {
        let facts = matches!(
            self.want,
            Want::When | Want::Where | Want::HowMany | Want::Who | Want::Why
        );
        facts
            && self.scope == Scope::default()
            && self.spoken_of.is_empty()
            && self.days.is_none()
            && self.topic.quoted.is_empty()
            && self.topic.is_specific()
            && !self.topic.has_thing()
    }
}

fn labels(scope: &Scope) -> Vec<String> {
    scope.parties.iter().map(|party| party.label.clone()).collect()
}

/// Whether it asks what somebody says of themselves.
fn of_self(typed: &str) -> bool {
    ["自己", "本人"].iter().any(|word| typed.contains(word))
}

/// Whether it means somebody, and no county: 她想怎么解决.
fn of_person(typed: &str) -> bool {
    ["他", "她", "这位", "那位", "此人"]
        .iter()
        .any(|word| typed.contains(word))
        && !typed.contains('们')
}

fn is_person(party: &Party) -> bool {
    party.kind == PartyKind::Person && !party.voices.is_empty()
}

/// Whether it names a person or a county.
fn names_somebody(question: &Question) -> bool {
    question
        .scope
        .parties
        .iter()
        .any(|party| party.kind != PartyKind::Office)
}

/// Whether a short question is no more than a body that nobody speaks for: 市发改委呢.
fn names_a_body(question: &Question) -> bool {
    let body = whom_it_names(&question.typed);
    question.scope.parties.is_empty()
        && question.want == Want::Words
        && organ_at_end(body).is_some()
        && body.chars().count() <= BARE
}

/// Longest question that may be of what was spoken of before, in characters.
const SHORT: usize = 18;

/// Whether a question is short and names nobody and nothing of its own: 一年要赔多少钱.
fn may_lean(typed: &str, question: &Question) -> bool {
    let of_all = matches!(
        question.want,
        Want::Counties | Want::Summary | Want::Comparison | Want::Speakers | Want::Meetings
    );
    let names_nothing = question.scope == Scope::default()
        && question.spoken_of.is_empty()
        && question.within.is_none()
        && question.days.is_none()
        && question.topic.quoted.is_empty();
    // 县里都谁陪着: of what was spoken of before; 谁提到了古道 may be of anything.
    let who = question.want == Want::Who && !question.asks_of_the_same();
    typed.trim().chars().count() <= SHORT && !of_all && !who && names_nothing
}

/// Whether it means somebody by what is told of them: 那个当老师的呢, 跑物流的那个呢.
fn describes(typed: &str) -> bool {
    let text = typed.trim().trim_end_matches(['?', '？', '呢']);
    let pointed = ["那个", "那位", "那名", "另一个", "另一位", "另外那个"];
    let told = |end: &str| text.strip_suffix(end).is_some_and(|before| before.ends_with('的'));
    let points = pointed.iter().any(|word| text.starts_with(word));
    // 那个教物理的老师: what somebody does, and what they are.
    points && text.contains('的') || pointed.iter().any(|end| told(end))
}

/// 那娄建国呢 behind 书记是怎么点评堵文斌的: the question before with whom it is of now in the place of whom it spoke of.
fn instead_of_spoken_of(question: &Question, before: &Question) -> Option<String> {
    let [party] = question.scope.parties.as_slice() else {
        return None;
    };
    let mut spoken_of = before.spoken_of.iter().filter(|one| one.kind == party.kind);
    let (one, more) = (spoken_of.next()?, spoken_of.next());
    let same = !question.topic.is_specific() && !before.scope.parties.is_empty() && more.is_none();
    (same && before.typed.contains(one.label.as_str())).then(|| before.typed.replace(one.label.as_str(), &party.label))
}

/// What a follow-up names: 马山镇 of 那马山镇呢.
fn whom_it_names(typed: &str) -> &str {
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let lead = typed.strip_prefix("那么").or_else(|| typed.strip_prefix('那'));
    lead.unwrap_or(typed).trim_end_matches('呢')
}

/// Ranks of places by which a question names one place in the stead of another.
const RANKS: [&str; 6] = ["街道", "社区", "镇", "乡", "村", "县"];
/// Longest name of a place with its rank, in characters.
const PLACE: usize = 6;

/// 那马山镇呢 behind 汇报会上永兴镇讲了什么: the question before of the place that is named now, where it names one of the same rank.
fn instead_of_same_rank(question: &Question, before: &Question) -> Option<String> {
    if !question.scope.parties.is_empty() {
        return None;
    }
    let name = whom_it_names(&question.typed);
    let rank = RANKS.iter().find(|rank| name.ends_with(**rank))?;
    let plausible = (2..=PLACE).contains(&name.chars().count()) && name.chars().all(is_han);
    let other = place_before(&before.typed, rank).filter(|other| plausible && *other != name)?;
    Some(before.typed.replace(other, name))
}

/// The place of a rank that a question names: the word before the rank, as far as a mark or a word of grammar.
fn place_before<'t>(typed: &'t str, rank: &str) -> Option<&'t str> {
    let end = typed.find(rank)? + rank.len();
    let words = Segmenter::shared().words(&typed[..end]);
    let grammar = |word: &str| {
        let lexicon = Lexicon::shared();
        !word.chars().all(is_han) || lexicon.stopwords.contains(word) || word.ends_with(['上', '里', '中', '会'])
    };
    let start = words
        .iter()
        .rev()
        .take_while(|(span, word)| typed[span.start()..end].chars().count() <= PLACE && !grammar(word))
        .last()?
        .0
        .start();
    Some(&typed[start..end]).filter(|place| place.len() > rank.len())
}

/// How a question leans on the one before it.
fn lean(typed: &str, question: &Question) -> Option<Lean> {
    let folded = fold_str(typed.trim()).to_ascii_lowercase();
    let text = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let words = Segmenter::shared().words(text);
    let told = Lexicon::shared().follow.iter().find_map(|(lean, tied)| {
        let stands = match (tied.first, tied.last) {
            (true, true) => text == tied.words,
            (true, false) => text.starts_with(tied.words),
            (false, true) => text.ends_with(tied.words),
            // A pronoun is a word of its own: 其他 is none.
            (false, false) => words.iter().any(|(_, word)| *word == tied.words) || text.starts_with(tied.words),
        };
        let leans = stands
            && match lean {
                Lean::More => text.chars().count() <= ELLIPTICAL && !question.topic.is_specific(),
                Lean::Speaker | Lean::Later => question.scope.parties.is_empty(),
                Lean::And => {
                    let first = words.first().map_or("", |(_, word)| word);
                    text.chars().count() <= ELLIPTICAL && (!tied.first || first == tied.words)
                }
            };
        leans.then_some(*lean)
    });
    told.or_else(|| is_elliptical(text, question).then_some(Lean::And))
}

/// Longest question that leans on the one before it without saying so, in characters.
const BARE: usize = 10;

/// 部长叫什么名字: an office, and of which county the question before tells.
fn asks_for_an_office(typed: &str, question: &Question) -> bool {
    typed.trim().chars().count() <= BARE && !question.topic.has_thing() && names_bare_offices(question)
}

/// Whether whoever it names is named by an office alone, that somebody holds in many places: 镇长, 书记.
fn names_bare_offices(question: &Question) -> bool {
    let bare =
        |party: &Party| party.kind == PartyKind::Office && Gazetteer::shared().places_in(&party.label).is_empty();
    !question.scope.parties.is_empty() && question.scope.parties.iter().all(bare) && question.days.is_none()
}

/// 什么时候开的, 在哪儿召开的: of a meeting, and which one the answer before tells.
fn asks_when_it_met(question: &Question) -> bool {
    let meets = |term: &str| matches!(term, "开" | "召开" | "举行" | "举办" | "开会");
    let mut words = question.topic.words.iter();
    // 食堂…最后是哪天开的: of what was spoken of, in the end.
    let in_the_end = words
        .clone()
        .any(|word| matches!(word.term.as_str(), "最后" | "最终" | "后来"));
    matches!(question.want, Want::When | Want::Where)
        && !in_the_end
        && !question.topic.is_specific()
        && words.any(|word| meets(&word.term))
}

/// Whether a question asks for no more than who, when, where, how many or why: 谁说的, 什么时候开的.
fn is_elliptical(text: &str, question: &Question) -> bool {
    let asks = matches!(
        question.want,
        Want::Who | Want::When | Want::Where | Want::HowMany | Want::Why
    );
    // 会议是什么时候开的 asks of the meeting that is talked of, 座谈会 or 最近的会议 may be another.
    let names_meeting = ["最近", "最新", "上次", "上一次", "上一个"]
        .iter()
        .any(|word| text.contains(word))
        || question.topic.words.iter().any(|word| {
            let plain = matches!(word.term.as_str(), "会" | "会议" | "开会");
            word.term.contains('会') && !plain
        });
    asks && text.chars().count() <= BARE
        && question.scope.parties.is_empty()
        && question.spoken_of.is_empty()
        // 2023年是多少: the same of another year.
        && (question.days.is_none() || !question.topic.is_specific())
        && !question.topic.has_thing()
        && !names_meeting
}

#[cfg(test)]
mod tests {
    use super::{Question, instead_of_same_rank};

    fn typed(typed: &str) -> Question {
        Question {
            typed: typed.to_owned(),
            ..Question::default()
        }
    }

    #[test]
    fn a_place_stands_in_the_stead_of_another_of_its_rank() {
        let before = typed("一季度汇报会上青石镇讲了什么");
        let of = |now: &str| instead_of_same_rank(&typed(now), &before);
        assert_eq!(of("那柳湾镇呢").as_deref(), Some("一季度汇报会上柳湾镇讲了什么"));
        assert_eq!(of("那柳湾乡呢"), None);
        assert_eq!(of("那镇里的书记呢"), None);
        assert_eq!(of("青石镇呢"), None);
    }
}
