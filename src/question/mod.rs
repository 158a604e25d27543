//! The question: who should speak, what is spoken of, what is asked for, and what it leans on.
//!
//! - [`Asked`]: what was typed, with all that it is understood by; [`Names`]: who and which counties the files know
//! - `mention`, `holders`, `office`, `role`: names and offices in the question, and whether they speak; `lexicon`: the data files; `latin`: what is in Latin letters
//! - `preface`: what a message says before it asks
//! - `of_quote`: what is asked of a quote that has been shown
//! - `described`: a question as it was understood, in a line
//! - `want`: what is asked for; `days`: when; `meeting`: at which meeting; `topic`: what is left to look for; `follow`: the question before; `reply`: how it was replied to

mod asked;
mod days;
mod described;
mod follow;
mod holders;
mod latin;
mod lexicon;
mod meeting;
mod mention;
mod names;
mod no_day;
mod of_quote;
mod office;
mod party;
mod preface;
mod reply;
mod role;
mod shape;
mod sound;
mod strangers;
mod surnamed;
mod topic;
mod want;

pub use asked::{Asked, Only, Usual};
pub use days::{Days, NamedDays};
pub use lexicon::Talk;
pub use names::Names;
pub use of_quote::OfQuote;
pub use party::{Party, PartyKind, Scope};
pub use reply::asks_reply;
pub use shape::Shape;
pub use topic::{Topic, TopicWord, without_complement};
pub use want::Want;

use self::role::{body_before, ends_in_who, role, told_before};
use chrono::NaiveDate;
use lexicon::{Lexicon, Role};
use mention::{Mention, mentions};

use crate::gazetteer::short_form;
use crate::meeting::DateRange;
use crate::text::{Segmenter, Span, fold_str, quotations};

/// A name in the question that was taken for one that the files know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// As the user typed it.
    pub typed: String,
    /// As it was understood.
    pub meant: String,
}

/// A meeting that a question names, and what it asks of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Within {
    /// The words of the meeting's name.
    pub words: Vec<String>,
    /// Its kind: 座谈, 沙龙; empty where the question says 会议 alone.
    pub kind: String,
    /// Whether its title must have all of them, since nothing says that a meeting is named.
    pub by_title: bool,
    /// The question without them.
    pub question: Question,
}

/// A question as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The question, folded and in lower case.
    pub typed: String,
    /// What is asked for.
    pub want: Want,
    /// What shape the answer should have.
    pub shape: Shape,
    /// Whether it asks whose words something is.
    pub whose: bool,
    /// Who should speak.
    pub scope: Scope,
    /// What it is about.
    pub topic: Topic,
    /// The days on which the meeting was held, where the question names a day or a year.
    pub days: Option<NamedDays>,
    /// The day on which it is asked, where that is known.
    pub today: Option<NaiveDate>,
    /// The files that alone are looked in; all where it is `None`.
    pub files: Option<Vec<String>>,
    /// The meeting that the question names, and the question without its name; the files tell whether there is one.
    pub within: Option<Box<Within>>,
    /// Counties and persons that are spoken of: what they say of themselves answers least.
    pub spoken_of: Vec<Party>,
    /// Names that were typed in another spelling.
    pub taken: Vec<Taken>,
    /// How many times the next quotes of the same answer were asked for.
    pub page: usize,
    /// Whether the speaker is whoever the answer to [`Question::before`] quotes first.
    pub speaker_of_answer: bool,
    /// Whether the meeting is the one that the answer to [`Question::before`] quotes first.
    pub meeting_of_answer: bool,
    /// Whether it may be a question of what [`Question::before`] was about, which the files tell.
    pub may_lean: bool,
    /// Who speaks, or for which county, as the question before calls them, where this one leaves it out: 下一步做什么.
    pub of_before: Vec<String>,
    /// The question before, where this one leans on its answer.
    pub before: Option<Box<Question>>,
    /// What it may be instead, where nothing answers it so: 对镇里呢 as a question of what was asked before.
    pub or_else: Option<Box<Question>>,
    /// Whether whoever it seems to name may be nobody, so that its words must stand there: see [`Question::by_its_words`].
    pub by_words: bool,
}

impl Question {
    /// Understands what was typed, with the questions asked before it in the same chat.
    ///
    /// What the chat usually is about, and whose words alone count, is for the answer to say: both need to know what
    /// is found.
    pub fn understand(asked: &Asked, names: &Names) -> Question {
        let mut question = follow::understand(&asked.question, &asked.after, asked.today, names);
        question.page += asked.page;
        question
    }

    /// Whether a meeting held on these dates is one of the days that are named; any is where none are.
    pub fn means_days_of(&self, dates: Option<DateRange>) -> bool {
        self.days
            .as_ref()
            .is_none_or(|named| dates.is_some_and(|dates| named.days.include(dates)))
    }

    /// The same question of nobody but `party`.
    pub fn only(mut self, party: Party) -> Question {
        self.scope = Scope {
            parties: vec![party],
            firm: true,
            groups: false,
            soft: false,
        };
        if matches!(self.want, Want::Speakers | Want::Meetings | Want::Comparison) {
            self.want = Want::Words;
        }
        self
    }

    /// Whether it asks of what was said at meetings, so that the days it names are those of meetings: 2020年礼泉县说了什么,
    /// and not 到2027年产值多少.
    pub fn is_of_meetings(&self) -> bool {
        let of_meetings = matches!(self.want, Want::Summary | Want::Speakers | Want::Meetings);
        let has_scope = !self.scope.parties.is_empty() || self.scope.groups;
        // 6月18日的会谁主持: the day is the meeting's, whatever else is asked.
        let names_meeting =
            |word: &TopicWord| (word.generic && word.term.contains('会')) || word.term.ends_with("会议");
        let of_a_day =
            self.days.is_some() && (self.topic.words.iter().any(names_meeting) || meeting::is_of_a_day(&self.typed));
        of_meetings || has_scope || of_a_day || self.whose || !self.topic.is_specific()
    }

    /// Whether it names a meeting by its day and its kind: 11月12日调度会上.
    pub fn names_meeting_of_a_day(&self) -> bool {
        self.days.is_some() && meeting::is_of_a_day(&self.typed)
    }

    /// Whether what somebody said is asked for.
    pub fn asks_what_is_said(&self) -> bool {
        asks_what_is_said(&self.typed)
    }

    /// Whether it leaves open who speaks and what is spoken of, so that a chat's usual county is meant.
    pub fn leaves_party_open(&self) -> bool {
        let of_all = matches!(
            self.want,
            Want::Who | Want::Counties | Want::Comparison | Want::Speakers | Want::Meetings
        );
        self.scope == Scope::default() && self.spoken_of.is_empty() && self.topic.places.is_empty() && !of_all
    }

    /// Whether it holds anything to look for.
    pub fn is_empty(&self) -> bool {
        self.want == Want::Words && self.scope == Scope::default() && self.topic.words.is_empty() && self.days.is_none()
    }

    /// What it says, where it asks nothing: 你好, 谢谢.
    pub fn talk(&self) -> Option<Talk> {
        let message = self.typed.trim_matches(|c: char| !c.is_alphanumeric());
        Lexicon::shared().talk.get(message).copied()
    }

    /// The day that it names and no calendar has. What stands between quotation marks is somebody else's.
    pub fn no_such_day(&self) -> Option<String> {
        no_day::no_such_day(&without_quoted(&self.typed)).map(str::to_owned)
    }

    /// One question by itself.
    fn alone(typed: &str, today: Option<NaiveDate>, names: &Names) -> Question {
        let typed = preface::without_preface(typed);
        let typed = &*days::written_out(typed);
        let text = fold_str(typed.trim()).to_ascii_lowercase();
        let within = meeting::named_meeting(&text).map(|named| {
            let rest = format!("{} {}", &text[..named.span.start()], &text[named.span.end()..]);
            Box::new(Within {
                words: named.words,
                kind: named.kind,
                by_title: named.by_title,
                question: Question::plain(&rest, today, names),
            })
        });
        let question = Question::plain(typed, today, names);
        // 开过哪些防汛会议 asks for meetings, and of none.
        let within = within.filter(|_| question.want != Want::Meetings);
        Question { within, ..question }
    }

    /// One question by itself, whatever meeting it names.
    fn plain(typed: &str, today: Option<NaiveDate>, names: &Names) -> Question {
        let text = fold_str(typed.trim()).to_ascii_lowercase();
        let (mentions, taken) = mentions(&text, names);
        // What somebody is asked to have said asks nothing: “谁砸牌子,就砸谁的饭碗”是他说的吗.
        let bare = without_quoted(&text).replace("甚么", "什么");
        let (want, wording) = Want::of(&bare);
        let (mut speak, mut about): (Vec<&Mention>, Vec<&Mention>) = (Vec::new(), Vec::new());
        let mut without_them: Vec<Span> = Vec::new();
        let mut firm = false;
        let asks_who = matches!(want, Want::Who | Want::Counties);
        for mention in &mentions {
            // What is compared is who speaks, whatever the words around it.
            let role = role(&bare, mention, &mentions).filter(|_| want != Want::Comparison);
            match role {
                Some(Role::Speaks) => {
                    firm = true;
                    speak.push(mention);
                }
                Some(Role::About) => about.push(mention),
                // 刘宗海到市水利局以后: where somebody went is nothing that is asked of.
                Some(Role::Beside) if mentions.len() > 1 => without_them.push(mention.span),
                Some(Role::Beside) => about.push(mention),
                None if asks_who => about.push(mention),
                None => speak.push(mention),
            }
        }
        // 这话是许海波说的还是钱学峰说的: anybody's it may be.
        let which_of = shape::asks_which_of(&bare) && speak.len() > 1;
        if which_of {
            without_them.extend(speak.drain(..).map(|mention| mention.span));
        }
        // 乔永泰说民乐花了多少: the county of somebody named is not another who speaks.
        let persons: Vec<&Mention> = speak
            .iter()
            .copied()
            .filter(|mention| mention.party.kind == PartyKind::Person)
            .collect();
        let of_person = |county: &Mention| {
            county.party.kind == PartyKind::County
                && persons.iter().any(|person| {
                    let voices = &person.party.voices;
                    !voices.is_empty() && voices.iter().all(|voice| county.party.voices.contains(voice))
                })
        };
        speak.retain(|mention| !of_person(mention));
        // 沈慧对学校和教师编制怎么看: what stands behind 对 is what they speak of.
        let of_matter = |mention: &Mention| {
            mention.party.kind == PartyKind::Office
                && persons.iter().any(|person| {
                    let between = text.get(person.span.end()..mention.span.start());
                    between.is_some_and(|between| between.starts_with('对') && !between.contains([',', '?', '。', ' ']))
                })
        };
        speak.retain(|mention| !of_matter(mention));
        let mut without: Vec<Span> = speak.iter().map(|mention| mention.span).collect();
        without.extend(without_them);
        without.extend(
            speak
                .iter()
                .filter_map(|mention| told_before(&text, mention, &mentions)),
        );
        without.extend(
            speak
                .iter()
                .filter_map(|mention| body_before(&text, mention, &mentions)),
        );
        without.extend(
            wording
                .map(|(start, end)| Span::new(start, end))
                .filter(|_| want != Want::List),
        );
        // A name in Latin letters is looked for in Chinese.
        let latin: Vec<&Mention> = about
            .iter()
            .copied()
            .filter(|mention| mention.span.of(&text).is_ascii())
            .collect();
        without.extend(latin.iter().map(|mention| mention.span));
        let days = NamedDays::of(&text, today);
        without.extend(days.iter().filter_map(|named| named.reckoned.map(|(_, span)| span)));
        let mut english = latin::english(&text, &mentions);
        english.extend(latin::prefectures(&text, &mentions));
        without.extend(english.iter().map(|(span, _)| *span));
        let groups = Lexicon::shared().groups.iter().any(|group| text.contains(group)) && asks_for_words(&bare)
            || asks_what_was_decided(&bare);
        let shape = Shape::of(&text);
        let mut topic = Topic::of(&text, &without, &about, !speak.is_empty());
        // Of somebody whose words no file holds: what others say of them is no answer to what they said, or to what whoever
        // holds an office said.
        firm |= speak.iter().any(|mention| {
            let stranger = mention.party.kind == PartyKind::Person && mention.party.voices.is_empty();
            let facts = matches!(
                want,
                Want::When | Want::Where | Want::HowMany | Want::Who | Want::Counties
            );
            let titled = mention.span.len() > mention.party.label.len()
                || Lexicon::shared().title_behind(mention.span.of(&text)).is_some();
            stranger && (!topic.is_specific() || !facts && titled && asks_what_is_said(&bare))
        });
        for mention in &latin {
            let name = mention.party.label.as_str();
            let short = short_form(name).filter(|_| mention.party.kind == PartyKind::County);
            topic.add_words(&[short.as_deref().unwrap_or(name)]);
        }
        for (_, meant) in &english {
            topic.add_words(meant);
        }
        Question {
            today,
            days,
            whose: which_of
                || Lexicon::shared()
                    .whose
                    .iter()
                    .any(|wording| wording.find(&text).is_some()),
            shape: match which_of {
                true => Shape::default(),
                false => Shape {
                    verify: shape.verify || ends_in_who(&bare, &mentions),
                    ..shape
                },
            },
            typed: text,
            want: if which_of { Want::Who } else { want },
            spoken_of: about.iter().map(|mention| mention.party.clone()).collect(),
            scope: Scope {
                parties: party::of_its_county(speak.iter().map(|mention| mention.party.clone()).collect()),
                firm,
                // 安龙县的代表们: whose group it is is evidence, persons are no group.
                groups: groups && speak.iter().all(|mention| mention.party.kind == PartyKind::County),
                soft: false,
            },
            topic,
            taken,
            ..Question::default()
        }
    }

    /// What the days would be as something spoken of, where no meeting was held on them; `None` where they can only be
    /// a meeting's: 上周, 昨天, and those of a question that asks of nothing else. 今年 and 去年 are in every speech.
    pub fn with_days_spoken_of(&self) -> Option<Question> {
        let named = self.days.as_ref().filter(|named| !named.is_near())?;
        let mut question = self.clone();
        question.days = None;
        if !self.topic.is_specific() || matches!(self.want, Want::Summary | Want::Speakers | Want::Meetings) {
            // 9月18号开的是什么会: papers that do not tell their year may tell the day.
            if !named.are_few() {
                return None;
            }
            question.want = Want::Words;
            question.topic.required.push(named.days.forms(&self.typed));
            for word in named.days.forms(&self.typed) {
                question.topic.add_words(&[&word]);
            }
            return Some(question);
        }
        // Of who spoke when, an answer that does not name the day is none.
        if self.is_of_meetings() && named.reckoned.is_none() {
            question.topic.required.push(named.days.forms(&self.typed));
        }
        Some(question)
    }

    /// The question as nothing but its words, whoever it seems to name: 安 of 暂时安置于哪里 is no county, 有一个 in 有一个叫什么 nobody.
    /// `None` where it names nobody, or asks for somebody's words or of what was asked before.
    pub fn by_its_words(&self) -> Option<Question> {
        let names = !self.scope.parties.is_empty() || !self.topic.places.is_empty() || !self.topic.persons.is_empty();
        let asked = matches!(
            self.want,
            Want::Words | Want::Who | Want::When | Want::Where | Want::HowMany | Want::Why | Want::Definition
        );
        let by_itself = self.before.is_none() && self.of_before.is_empty() && self.files.is_none();
        // When, where and how many the report tells, whoever is asked of.
        let told = matches!(self.want, Want::When | Want::Where | Want::HowMany);
        let of_words = self.scope.firm && !told || self.scope.groups || self.whose || self.asks_what_is_said();
        if !names || !asked || !by_itself || of_words {
            return None;
        }
        let (_, wording) = Want::of(&without_quoted(&self.typed));
        let wording: Vec<Span> = wording.map(|(start, end)| Span::new(start, end)).into_iter().collect();
        let topic = Topic::of(&self.typed, &wording, &[], false);
        Some(Question {
            scope: Scope::default(),
            spoken_of: Vec::new(),
            topic,
            by_words: true,
            ..self.clone()
        })
    }

    /// What the parties would be as things spoken of, where they turn out not to be who speaks.
    pub fn with_parties_spoken_of(&self) -> Question {
        let mut question = self.clone();
        let gazetteer = crate::gazetteer::Gazetteer::shared();
        for party in question.scope.parties.drain(..) {
            let mut forms = vec![party.label.clone()];
            if party.kind == PartyKind::County {
                forms.extend(
                    gazetteer
                        .named(&party.label)
                        .iter()
                        .flat_map(|d| d.names().filter_map(short_form)),
                );
            }
            let typed = Topic::of(&fold_str(&party.label), &[], &[], false);
            let names = typed.words.into_iter().map(|word| TopicWord { name: true, ..word });
            question.topic.words.extend(names);
            question.topic.pairs.extend(typed.pairs);
            match party.kind {
                // Of a person others may speak only where they name them.
                PartyKind::Person => question.topic.persons.extend(forms),
                _ => question.topic.places.push(forms),
            }
        }
        question
    }
}

/// Whether it asks what a meeting decided: 会上定了哪三条.
fn asks_what_was_decided(question: &str) -> bool {
    const DECIDES: [&str; 7] = ["定了", "定下", "决定了", "议定了", "敲定了", "拍板了", "作了决定"];
    const WHAT: [&str; 5] = ["哪", "什么", "啥", "几条", "几件"];
    let behind = DECIDES
        .iter()
        .find_map(|word| question.split_once(word))
        .map(|(_, behind)| behind);
    question.contains("会") && behind.is_some_and(|behind| WHAT.iter().any(|word| behind.starts_with(word)))
}

/// Whether somebody's words are asked for: 大家怎么看, and not 大家先去看了哪里.
fn asks_for_words(question: &str) -> bool {
    // 会议要求, 会议强调 are a group's words themselves.
    question.contains("会议") || asks_what_is_said(question)
}

/// Whether what somebody said is asked for: 说了什么, 有什么指示, and not 陪同看了哪些地方.
fn asks_what_is_said(question: &str) -> bool {
    let lexicon = Lexicon::shared();
    // 做了哪些工作: nothing is said.
    let says = lexicon.says.iter().filter(|word| !matches!(**word, "作了" | "做了"));
    let mut found = says
        .chain(&lexicon.utterances)
        .flat_map(|word| question.match_indices(word))
        .map(|(at, _)| at)
        // 被认为是始祖: of nobody in particular.
        .filter(|at| !question[..*at].ends_with('被'))
        .peekable();
    if found.peek().is_none() {
        return false;
    }
    // 哪部小说: no part of a word.
    let words = Segmenter::shared().words(question);
    found.any(|at| !words.iter().any(|(span, _)| span.start() < at && at < span.end()))
}

/// The question with blanks in place of what stands in quotation marks, and as long.
fn without_quoted(text: &str) -> String {
    let mut bare = text.to_owned();
    for quotation in quotations(text) {
        let inner = quotation.inner;
        bare.replace_range(inner.start()..inner.end(), &" ".repeat(inner.len()));
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::asks_what_is_said;

    #[test]
    fn a_word_of_saying_is_no_part_of_another() {
        assert!(asks_what_is_said("他说了什么") && asks_what_is_said("有什么指示"));
        assert!(!asks_what_is_said("属于哪类小说") && !asks_what_is_said("适当的原则是什么学说"));
        assert!(!asks_what_is_said("哪种产品被认为是始祖"));
    }
}
