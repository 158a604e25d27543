//! All that there is of somebody or of a topic: the counts on the first page, on the others the remarks by year, the oldest first.

use super::keyboard::{button, leaf_row};
use teloxide::types::InlineKeyboardMarkup;

use super::super::button::Button;
use super::super::rich::Rich;
use super::answer::quote;
use super::lines;
use crate::answer::Quote;
use crate::survey::{Profile, TopicSurvey, shortened, year_of};
use crate::wording::{Label, Lang, goes_on_words, label, person_name, profile_lines, topic_lines, year_words};

/// Most meetings, counties and speakers of the first page.
const MOST: usize = 10;
/// Most remarks of a page, and its length: what is read at once on a phone.
const REMARKS: usize = 5;
const LONG: usize = 2500;
/// The longest part of a remark that is shown, in characters.
const LONGEST: usize = 400;

/// A page of a profile, the nearest there is to the one asked for, and its buttons.
pub fn profile(profile: &Profile, page: usize, lang: Lang) -> (Rich, Option<InlineKeyboardMarkup>) {
    let mut pages = vec![lines(&profile_lines(lang, profile, MOST))];
    for person in &profile.people {
        let of = (profile.people.len() > 1).then(|| person_name(lang, person));
        pages.extend(remarks(&person.remarks, of.as_deref(), lang));
    }
    one_of(pages, page, lang)
}

/// A page of a topic, in the same way.
pub fn topic(survey: &TopicSurvey, page: usize, lang: Lang) -> (Rich, Option<InlineKeyboardMarkup>) {
    let mut pages = vec![lines(&topic_lines(lang, survey, MOST))];
    pages.extend(remarks(&survey.remarks, None, lang));
    one_of(pages, page, lang)
}

fn one_of(mut pages: Vec<Rich>, page: usize, lang: Lang) -> (Rich, Option<InlineKeyboardMarkup>) {
    let of = pages.len();
    let page = page.min(of - 1);
    let rich = pages.swap_remove(page);
    if of == 1 {
        return (rich, None);
    }
    let chart = button(label(lang, Label::Chart), Button::Chart);
    let mut row = leaf_row(lang, page, of, Button::Turn);
    if page > 1 {
        row.insert(0, button("⏮", Button::Turn(0)));
    }
    (rich, Some(InlineKeyboardMarkup::new([row, vec![chart]])))
}

/// The remarks of one person, or of all, in pages; above those of a year stands which.
fn remarks(remarks: &[Quote], of: Option<&str>, lang: Lang) -> Vec<Rich> {
    let mut pages: Vec<Rich> = Vec::new();
    let mut count = 0;
    let mut year = None;
    for (index, one) in remarks.iter().enumerate() {
        let head = || {
            let words = year_words(lang, year_of(one));
            of.map_or(words.clone(), |of| format!("{of} · {words}"))
        };
        let (part, cut) = shortened(one, LONGEST);
        let mut block = Rich::default();
        block.text(&format!("{}. ", index + 1)).append(&quote(&part, lang));
        if cut {
            block.text("\n").text(&goes_on_words(lang, one.at.end - one.at.start));
        }
        let fits = |page: &Rich| count < REMARKS && page.units() + block.units() + 60 <= LONG;
        let is_new = !pages.last().is_some_and(fits);
        if is_new {
            pages.push(Rich::default());
            count = 0;
        }
        let Some(page) = pages.last_mut() else { break };
        if is_new || year != Some(year_of(one)) {
            page.text(if is_new { "" } else { "\n\n" })
                .bold(&format!("◆ {}", head()));
        }
        page.text("\n\n").append(&block);
        year = Some(year_of(one));
        count += 1;
    }
    pages
}
