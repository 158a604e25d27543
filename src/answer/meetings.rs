//! Which meeting a question means.

use aho_corasick::AhoCorasick;

use super::coverage::share;
use super::summary::passages;
use super::weights::Weights;
use crate::index::{FileEntry, IndexError, Query, Snapshot, Unit, WeightedTerm, normalized, words as index_words};
use crate::question::{NamedDays, Question, TopicWord, Want, Within};

/// The files of the meeting that the question's days and topic name, best first; all of the newest meeting where it
/// names neither. None where no meeting was held on the days.
///
/// The second value tells whether the topic's words did name it.
pub fn meant(snapshot: &Snapshot, question: &Question) -> (Vec<String>, bool) {
    let topic = &question.topic;
    let mut files: Vec<FileEntry<'_>> = snapshot.catalogue().files().collect();
    if let Some(among) = &question.files {
        files.retain(|entry| among.iter().any(|file| file == entry.file));
    }
    files.retain(|entry| question.means_days_of(entry.dates()));
    files.sort_by_cached_key(|entry| std::cmp::Reverse(entry.dates()));
    // The words of a long message are looked for at once.
    let terms = topic.words.iter().map(|word| word.term.as_str());
    let finder = (topic.words.len() > MANY)
        .then(|| AhoCorasick::new(terms).ok())
        .flatten();
    let score = |entry: &FileEntry<'_>| -> usize {
        let about = normalized(&format!("{} {}", entry.title(), entry.place().unwrap_or_default()));
        let named: Vec<&TopicWord> = match &finder {
            Some(finder) => {
                let mut found: Vec<usize> = finder
                    .find_overlapping_iter(&about)
                    .map(|found| found.pattern().as_usize())
                    .collect();
                found.sort_unstable();
                found.dedup();
                found.into_iter().map(|at| &topic.words[at]).collect()
            }
            None => {
                let words = topic.words.iter();
                words.filter(|word| about.contains(word.term.as_str())).collect()
            }
        };
        named
            .into_iter()
            .map(|word| match word.generic {
                // 座谈会 tells one meeting from another, 会议 does not.
                true => usize::from(word.term.ends_with('会') && word.term.chars().count() > 2),
                false => 4 * word.term.chars().count(),
            })
            .sum()
    };
    let scores: Vec<usize> = files.iter().map(score).collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    // Of one meeting all is told, unless something of it is asked for.
    let of_all = question.want == Want::Summary && question.files.is_some();
    let named = best >= 4 || !topic.is_specific() || of_all && !topic.has_thing();
    let scored = files.iter().zip(&scores).filter(|(_, score)| **score == best);
    let best_ones: Vec<&FileEntry<'_>> = scored.map(|(entry, _)| entry).collect();
    let chosen = best_ones.first().map(|entry| (entry.title(), entry.dates()));
    let same = best_ones
        .iter()
        .filter(|entry| chosen == Some((entry.title(), entry.dates())));
    let files = same.map(|entry| entry.file.to_owned()).collect();
    (files, named)
}

/// More words than a question has.
const MANY: usize = 24;

/// Passages and files that are looked at for a meeting's name.
const HITS: usize = 40;
const FILES: usize = 6;
/// Passages that a report begins with.
const OPENING: usize = 4;

/// How much of a meeting's name a file has.
struct Share {
    of_name: f32,
    /// Whether its title has the kind that is said, if one is.
    of_kind: bool,
    file: String,
}

/// The files of the meeting that goes by these words, which may stand in its title, its place or the beginning of its
/// report; none where no report has enough of them. All that have as much, where several do.
///
/// # Errors
///
/// Where the index cannot be read.
pub fn of_name(snapshot: &Snapshot, within: &Within) -> Result<Vec<String>, IndexError> {
    let (name, kind) = (within.words.as_slice(), within.kind.as_str());
    if name.is_empty() {
        return Ok(only_of_kind(snapshot, kind));
    }
    // By what is said there, and by the titles alone.
    let mut files: Vec<String> = Vec::new();
    for units in [&[Unit::Word, Unit::Around][..], &[Unit::Around]] {
        let term = |(word, unit): (&String, &Unit)| WeightedTerm {
            unit: *unit,
            term: word.clone(),
            weight: 1.0,
        };
        let pairs = name.iter().flat_map(|word| units.iter().map(move |unit| (word, unit)));
        let query = Query {
            terms: pairs.map(term).collect(),
            filters: Vec::new(),
            left_out: false,
        };
        let known = files.len();
        for hit in snapshot.search(&query, HITS)? {
            if files.len() < known + FILES && !files.contains(&hit.file) {
                files.push(hit.file);
            }
        }
    }
    let mut shares: Vec<Share> = Vec::new();
    for file in files {
        let Some(entry) = snapshot.catalogue().file(&file) else {
            continue;
        };
        let opening = passages(snapshot, std::slice::from_ref(&file))?;
        // Minutes begin with who came: what they are of their headings say.
        let opening: Vec<&str> = opening
            .iter()
            .take(OPENING)
            .flat_map(|hit| [hit.passage.section.as_deref().unwrap_or_default(), &hit.passage.text])
            .collect();
        let opening = opening.join(" ");
        let place = entry.place().unwrap_or_default();
        let title = normalized(&format!("{} {file}", entry.title()));
        let text = format!("{title} {}", normalized(&format!("{place} {opening}")));
        let part = |text: &str| {
            let (mut all, mut there) = (0.0, 0.0);
            for word in name {
                let length = word.chars().count() as f32;
                all += length;
                there += length * share(word, text, 0.0);
            }
            there / all
        };
        // What a title says names its meeting before all that others say of it.
        let weights = Weights::shared();
        let share = if within.by_title { part(&title) } else { part(&text) };
        if within.by_title && share < 1.0 {
            continue;
        }
        if share >= weights.named_meeting {
            shares.push(Share {
                of_name: share + weights.by_title * part(&title),
                of_kind: title.contains(kind),
                file,
            });
        }
    }
    // Of several the one of the kind that is said: 座谈会 is no 推进会.
    if shares.iter().any(|share| share.of_kind) {
        shares.retain(|share| share.of_kind);
    }
    let best = shares.iter().map(|share| share.of_name).fold(0.0, f32::max);
    shares.retain(|share| share.of_name >= best);
    Ok(shares.into_iter().map(|share| share.file).collect())
}

/// The files of the one meeting whose title or file name has the kind; none where several have.
fn only_of_kind(snapshot: &Snapshot, kind: &str) -> Vec<String> {
    let of_kind = |entry: &FileEntry<'_>| entry.title().contains(kind) || entry.file.contains(kind);
    let mut found: Vec<FileEntry<'_>> = Vec::new();
    for entry in snapshot.catalogue().files().filter(of_kind) {
        let same = |first: &FileEntry<'_>| entry.title() == first.title() && entry.dates() == first.dates();
        if found.first().is_some_and(|first| !same(first)) {
            return Vec::new();
        }
        found.push(entry);
    }
    found.iter().map(|entry| entry.file.to_owned()).collect()
}

/// The files of the meeting with this title.
pub fn titled(snapshot: &Snapshot, title: &str) -> Vec<String> {
    let files = snapshot.catalogue().files();
    files
        .filter(|entry| entry.title() == title)
        .map(|entry| entry.file.to_owned())
        .collect()
}

/// The files that tell no day of their meeting, and whose names do: 调度会报道1118 for 11月18号.
pub fn undated_of_day(snapshot: &Snapshot, question: &Question) -> Vec<String> {
    let Some((month, day)) = question.days.as_ref().and_then(NamedDays::month_and_day) else {
        return Vec::new();
    };
    let forms = [
        format!("{month:02}{day:02}"),
        format!("{month}.{day}"),
        format!("{month}月{day}"),
    ];
    let ends = |name: &str, form: &str| {
        name.match_indices(form).any(|(at, _)| {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            !digit(name[..at].chars().next_back()) && !digit(name[at + form.len()..].chars().next())
        })
    };
    let files = snapshot.catalogue().files().filter(|entry| entry.dates().is_none());
    files
        .filter(|entry| forms.iter().any(|form| ends(entry.file, form)))
        .map(|entry| entry.file.to_owned())
        .collect()
}

/// Whether a meeting was held on the days that a question names; also where it names none.
pub fn held(snapshot: &Snapshot, question: &Question) -> bool {
    let mut files = snapshot.catalogue().files();
    question.days.is_none() || files.any(|entry| question.means_days_of(entry.dates()))
}

/// The question of one meeting alone, where all that it looks for is the meeting's name: 医共体座谈会在哪里开的. What
/// names the meeting is then nothing to look for in it.
pub fn named(snapshot: &Snapshot, question: &Question) -> Option<Question> {
    let topic = &question.topic;
    let of_meeting = question.typed.contains('会') || topic.words.iter().any(|word| word.term.contains('会'));
    if !topic.is_specific() || question.files.is_some() || !of_meeting {
        return None;
    }
    // Looking through all titles takes its time: first the index says whether the words stand in any.
    let mut words = topic.words.iter().filter(|word| !word.generic);
    let in_some_title = |term: &str| snapshot.frequency(Unit::Around, term).is_ok_and(|count| count > 0);
    // A word that no dictionary knows stands in pieces there.
    let all_of = |word: &str| index_words(word).iter().all(|piece| in_some_title(&piece.term));
    if !words.all(|word| all_of(&word.term)) {
        return None;
    }
    let (files, named) = meant(snapshot, question);
    let title = normalized(snapshot.catalogue().file(files.first()?)?.title());
    let in_title = |term: &str| title.contains(term);
    let all = topic.words.iter().all(|word| word.generic || in_title(&word.term));
    (named && all).then(|| {
        let mut of_meeting = question.clone();
        of_meeting.topic.words.retain(|word| word.generic);
        of_meeting.topic.pairs.clear();
        of_meeting.topic.places.clear();
        of_meeting.days = None;
        of_meeting.files = Some(files);
        of_meeting
    })
}

/// Whether a question looks for nothing but a meeting.
pub fn is_of_meeting_alone(question: &Question) -> bool {
    let words = &question.topic.words;
    let of_meeting = question.files.is_some()
        || question.days.is_some()
        || question.typed.contains('会')
        || words.iter().any(|word| word.term.contains('会'));
    let asks_all = question.scope.parties.is_empty() && !question.scope.groups && question.spoken_of.is_empty();
    of_meeting && asks_all && !question.topic.is_specific()
}

/// Whether a question asks of a meeting what was said there, and nothing else.
pub fn is_all_that_is_asked(question: &Question) -> bool {
    // 2025年4月2日的会说了什么: the day is the meeting's.
    let of_day = |term: &str| question.days.is_some() && term.starts_with(|c: char| c.is_ascii_digit());
    let words = &question.topic.words;
    is_of_meeting_alone(question) && words.iter().all(|word| word.term.contains('会') || of_day(&word.term))
}
