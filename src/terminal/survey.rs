//! What the files hold of somebody or of a topic, as lines: the counts, then all remarks by year, the oldest first.

use super::answer::remark_lines;
use super::paint::{Ink, Paint, safe};
use crate::answer::Quote;
use crate::survey::{Profile, TopicSurvey, year_of};
use crate::wording::{Lang, person_name, profile_lines, topic_lines, year_words};

/// The lines of a profile, without line ends.
pub fn profile_page(profile: &Profile, lang: Lang, paint: Paint) -> Vec<String> {
    let mut lines: Vec<String> = safe_lines(&profile_lines(lang, profile, usize::MAX));
    for person in &profile.people {
        let of = (profile.people.len() > 1).then(|| person_name(lang, person));
        lines.extend(by_year(&person.remarks, of.as_deref(), lang, paint));
    }
    lines
}

/// The lines of a topic, without line ends.
pub fn topic_page(survey: &TopicSurvey, lang: Lang, paint: Paint) -> Vec<String> {
    let mut lines = safe_lines(&topic_lines(lang, survey, usize::MAX));
    lines.extend(by_year(&survey.remarks, None, lang, paint));
    lines
}

fn safe_lines(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| safe(line)).collect()
}

fn by_year(remarks: &[Quote], of: Option<&str>, lang: Lang, paint: Paint) -> Vec<String> {
    let mut lines = Vec::new();
    let mut year = None;
    for (index, quote) in remarks.iter().enumerate() {
        if year != Some(year_of(quote)) {
            year = Some(year_of(quote));
            let words = year_words(lang, year_of(quote));
            let head = of.map_or(words.clone(), |of| format!("{of} · {words}"));
            lines.extend([String::new(), paint.ink(Ink::Strong, &format!("== {head}"))]);
        }
        lines.push(String::new());
        lines.extend(remark_lines(index + 1, quote, lang, paint));
    }
    lines
}
