//! Tasks: what is to be done, by whom and until when; each a sentence as it stands, from minutes, tables and speeches alike.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::asking::{ASKING, has_any};
use super::coverage::is_predicate;
use super::due::{Due, dues};
use super::evidence::Evidence;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::window::whole;
use super::{Kind, Quote, repeats};
use crate::index::{Filter, Hit, IndexError, Query, Said, Unit, WeightedTerm, normalized};
use crate::meeting::DateRange;
use crate::question::{PartyKind, Question, TopicWord};
use crate::text::{Folded, Span, is_han, rows, sentences};

/// Passages that are looked through.
const HITS: usize = 800;
/// Words that passages with tasks have.
const WORDS: [&str; 16] = [
    "完成", "负责", "牵头", "落实", "责任", "单位", "时限", "底", "前", "月", "日", "月底", "年底", "之前", "同志",
    "要",
];
/// Words by which somebody says what they themselves will do.
const PROMISES: [&str; 8] = ["承诺", "保证", "确保", "力争", "将", "计划", "准备", "争取"];
/// Words by which what was to be done is told as done.
pub(super) const DONE: [&str; 5] = ["已于", "已经完成", "已完成", "如期完成", "已全部完成"];
/// Longest owner in characters.
const OWNER: usize = 40;

/// What stands before and behind an owner.
static OWNERS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    rows!("owners.tsv", 2)
        .map(|row| (row[0].trim_matches('-'), row[1].trim_matches('-')))
        .collect()
});

/// Words of asking for tasks, that tell nothing of which.
static OF_TASKS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("of_tasks.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The words of `vague.tsv`.
static VAGUE: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("vague.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// A task with the day by which it is due.
struct Task {
    quote: Quote,
    day: Option<NaiveDate>,
    /// When the paper was written.
    written: Option<NaiveDate>,
    /// Its words with what it stands under, folded.
    around: String,
}

impl Responder<'_> {
    /// The tasks that a question asks for, the first due first; `None` where there are none.
    pub(super) fn tasks(&self, question: &Question) -> Result<Option<Found>, IndexError> {
        let due_in = question.days.as_ref().filter(|_| asks_due_in(question));
        let hits = match due_in {
            Some(_) => self.task_passages(&Question {
                days: None,
                ..question.clone()
            })?,
            None => self.task_passages(question)?,
        };
        let mut tasks: Vec<Task> = Vec::new();
        for hit in &hits {
            for said in &hit.passage.remarks {
                self.tasks_of(hit, said, &mut tasks);
            }
        }
        self.narrow(question, &mut tasks);
        tasks.sort_by_key(|task| {
            (
                task.day.is_none(),
                task.day,
                task.quote.file.clone(),
                task.quote.at.start,
            )
        });
        let mut quotes: Vec<Quote> = Vec::new();
        for task in tasks {
            repeats::add(&mut quotes, task.quote);
        }
        Ok(self.paged(Kind::Tasks, quotes, question))
    }

    /// The passages in which tasks may stand.
    fn task_passages(&self, question: &Question) -> Result<Vec<Hit>, IndexError> {
        let topic = question.topic.words.iter().filter(|word| is_of_matter(word));
        self.passages_with(question, &WORDS, topic)
    }

    /// The passages in which some words stand, those of the matter first.
    pub(super) fn passages_with<'w>(
        &self,
        question: &Question,
        words: &[&str],
        topic: impl Iterator<Item = &'w TopicWord>,
    ) -> Result<Vec<Hit>, IndexError> {
        let words = words.iter().map(|word| (Unit::Word, (*word).to_owned(), 1.0));
        let topic = topic.flat_map(|word| {
            [
                (Unit::Word, word.term.clone(), 4.0),
                (Unit::Around, word.term.clone(), 4.0),
            ]
        });
        let filters = question.files.clone().map(Filter::File).or_else(|| self.days(question));
        let query = Query {
            terms: words
                .chain(topic)
                .map(|(unit, term, weight)| WeightedTerm { unit, term, weight })
                .collect(),
            filters: filters.into_iter().collect(),
            left_out: false,
        };
        self.snapshot.search(&query, HITS)
    }

    /// The tasks of one remark: its sentences with a term or an owner.
    fn tasks_of(&self, hit: &Hit, said: &Said, tasks: &mut Vec<Task>) {
        let passage = &hit.passage;
        let entry = self.snapshot.catalogue().file(&hit.file);
        let written = entry.and_then(|entry| entry.dates()).map(|dates| dates.end());
        let pieces: Vec<Span> = sentences(said.span.of(&passage.text));
        for sentence in pieces {
            let span = sentence.shifted(said.span.start());
            let text = span.of(&passage.text);
            // What is only a term or an owner belongs to the sentence before it.
            let all = dues(text, written);
            // Of several the first of which the day is known: 3天内更换, 12月10日前张榜.
            let due = all.iter().find(|due| due.day.is_some()).or(all.first()).copied();
            let owner = owner_in(text);
            if (due.is_none() && owner.is_none())
                || DONE.iter().any(|done| text.contains(done))
                || text.ends_with(['？', '?'])
            {
                continue;
            }
            let Some(shown) = whole(&passage.text, span, self.limits.quote_chars).first().copied() else {
                continue;
            };
            let mut one = quote(hit, said, shown, &Evidence::default(), 1.0, self.snapshot);
            let vague = VAGUE
                .iter()
                .filter(|_| due.is_none())
                .find(|word| shown.of(&passage.text).contains(**word));
            one.vague = vague.map(|word| (*word).to_owned());
            one.due = due.map(|due| due.span.of(text).to_owned());
            one.owner = owner.map(|owner| owner.of(text).to_owned()).or_else(|| {
                let promises =
                    PROMISES.iter().any(|word| text.contains(word)) || text.starts_with(|c: char| c.is_ascii_digit());
                let name = said
                    .voice
                    .name()
                    .filter(|_| promises && said.voice.speaker().is_some())?;
                passage.text.contains(name).then(|| name.to_owned())
            });
            let head = [
                passage.section.as_deref(),
                entry.map(|entry| entry.title()),
                said.voice.name(),
                said.voice.office(),
                Some(hit.file.as_str()),
            ];
            let around = normalized(&format!(
                "{text} {}",
                head.into_iter().flatten().collect::<Vec<_>>().join(" ")
            ));
            tasks.push(Task {
                quote: one,
                day: due.and_then(|due| due.day),
                written,
                around,
            });
        }
    }

    /// Leaves the tasks that are asked for.
    fn narrow(&self, question: &Question, tasks: &mut Vec<Task>) {
        let today = question.today;
        // What a meeting is to have done by December is of its own year.
        let of_meeting = question.files.is_some();
        let asked = dues(&question.typed, today);
        let first = |dues: &[Due]| dues.first().and_then(|due| due.day);
        let until = |task: &Task| match of_meeting {
            true => first(&dues(&question.typed, task.written)),
            false => first(&asked),
        };
        if asks_due_in(question) {
            let due = |task: &Task| {
                let day = task.day.map(DateRange::day);
                day.is_some() && question.means_days_of(day)
            };
            tasks.retain(due);
        } else if question.days.is_some() {
            tasks.retain(|task| question.means_days_of(task.quote.dates));
        }
        if !question.scope.parties.is_empty() {
            let of_party = |task: &Task| {
                question.scope.parties.iter().any(|party| {
                    let named = |text: &str| party.is_named_in(text);
                    let owned = task.quote.owner.as_deref().is_some_and(named);
                    let of_county = party.kind == PartyKind::County && named(&task.around);
                    owned || of_county || named(&task.quote.text) || party.speaks(&task.quote.voice)
                })
            };
            tasks.retain(of_party);
        }
        let lasts: Vec<Option<NaiveDate>> = tasks.iter().map(until).collect();
        if !asked.is_empty() && lasts.iter().any(Option::is_some) {
            let mut lasts = lasts.into_iter();
            tasks.retain(|task| {
                let last = lasts.next().flatten();
                last.is_some_and(|last| task.day.is_some_and(|day| day <= last))
            });
            // Of what is long past nobody asks, where there is anything else.
            let ahead = |task: &Task| task.day >= today;
            if !of_meeting && today.is_some() && tasks.iter().any(ahead) {
                tasks.retain(ahead);
            }
        } else if question.shape.open {
            tasks.retain(|task| task.day.is_some_and(|day| today.is_none_or(|today| day >= today)));
        }
        let words: Vec<&TopicWord> = question.topic.words.iter().filter(|word| is_of_matter(word)).collect();
        for word in words {
            let of_it = |task: &Task| {
                let near = word.near.iter().any(|near| task.around.contains(near));
                near || task.around.contains(word.term.as_str())
            };
            if tasks.iter().any(of_it) {
                tasks.retain(of_it);
            } else if !word.generic && !is_predicate(&word.term) {
                // Nothing is to be done of what nobody speaks of; what is done to it (定下的) tells nothing.
                tasks.clear();
            }
        }
    }
}

/// Whether the days that a question names are those by which something is due: 12月要到期的任务.
fn asks_due_in(question: &Question) -> bool {
    let of_meeting = question.files.is_some() || question.typed.contains('会');
    question.days.is_some() && !of_meeting && has_any(&question.typed, &ASKING.due)
}

/// Whether a word of the question tells which tasks.
pub(super) fn is_of_matter(word: &TopicWord) -> bool {
    let number = word.term.starts_with(|c: char| c.is_ascii_digit());
    // 常务会议布置了什么: the meeting is named, no matter.
    let meeting = word.term.ends_with("会议");
    !word.generic && !number && !meeting && !OF_TASKS.contains(&word.term.as_str())
}

/// Who is to do it, as a sentence says so.
pub(super) fn owner_in(text: &str) -> Option<Span> {
    let cells: Vec<&str> = text.split('|').collect();
    if cells.len() > 3 {
        return owner_in_row(text, &cells);
    }
    let folded = Folded::new(text, 0);
    let plain = folded.text();
    for (before, behind) in OWNERS.iter() {
        let starts: Vec<usize> = if before.is_empty() {
            let Some(at) = plain.find(behind) else { continue };
            let clause = plain[..at]
                .rfind([',', ';', '。', ':'])
                .map_or(0, |mark| mark + plain[mark..].chars().next().map_or(1, char::len_utf8));
            vec![clause]
        } else {
            plain.match_indices(before).map(|(at, _)| at + before.len()).collect()
        };
        for start in starts {
            let rest = &plain[start..];
            let clause = rest.find([',', ';', '。', ':', '(']).unwrap_or(rest.len());
            let end = if behind.is_empty() {
                clause
            } else {
                rest[..clause].find(behind).unwrap_or(0)
            };
            let owner = rest[..end].trim();
            let chars = owner.chars().count();
            let plausible = (2..=OWNER).contains(&chars) && owner.chars().all(|c| is_han(c) || c == '、');
            if plausible && (!before.is_empty() || is_body(owner)) {
                return Some(folded.original(Span::new(start, start + owner.len())));
            }
        }
    }
    None
}

/// Whether a word ends as the names of bodies do.
fn is_body(word: &str) -> bool {
    const BODIES: [&str; 18] = [
        "局", "委", "办", "部", "院", "中心", "公司", "镇", "乡", "街道", "村", "社区", "政府", "集团", "处", "科",
        "学校", "站",
    ];
    BODIES.iter().any(|end| word.ends_with(end))
}

/// The cell of a table's row that names a body.
fn owner_in_row(text: &str, cells: &[&str]) -> Option<Span> {
    let mut at = 0;
    for cell in cells {
        let word = cell.trim();
        if word.chars().count() > 1 && is_body(word) && word.chars().all(|c| is_han(c) || c == '、') {
            let start = at + cell.find(word)?;
            return Some(Span::new(start, start + word.len())).filter(|span| span.end() <= text.len());
        }
        at += cell.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(text: &str) -> &str {
        owner_in(text).map_or("", |span| span.of(text))
    }

    #[test]
    fn whoever_is_to_do_it_is_found() {
        assert_eq!(owner("桥头电梯问题，由城关镇牵头，5月前完成。"), "城关镇");
        assert_eq!(owner("校车由县教育局负责采购。"), "县教育局");
        assert_eq!(
            owner("责任单位：县水利局、各乡镇；完成时限：6月底。"),
            "县水利局、各乡镇"
        );
        assert_eq!(owner("2 | 改厕300户 | 完成9户 | 县住建局 | 12月15日 |"), "县住建局");
    }

    #[test]
    fn who_does_nothing_is_no_owner() {
        for text in ["这是由于雨多。", "桥修好了，大家很高兴。", "要压实责任，不能漏。"] {
            assert_eq!(owner(text), "", "{text}");
        }
    }
}
