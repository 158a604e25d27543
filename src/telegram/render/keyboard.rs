//! The buttons under messages.

use crate::wording::page_line;
use teloxide::types::{CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo};

use super::super::button::{Button, View};
use super::super::pages::Address;
use super::super::records::{AnswerCard, LinkId, Opinion, Shown};
use super::super::request::List;
use super::answer::Page;
use super::records::opinion_words;
use crate::answer::Reason;
use crate::question::{Only, Usual};
use crate::text::read_on;
use crate::wording::{Label, Lang, label, more_label};

/// Buttons of a row. Telegram takes eight.
const ROW: usize = 5;
/// Longest name on a button, in characters.
const LONGEST_NAME: usize = 16;

pub(super) fn button(words: &str, says: Button) -> InlineKeyboardButton {
    InlineKeyboardButton::callback(words, says.to_string())
}

/// The row by which one leafs: to the page before, where one is, and to the next; pages count from 0.
pub(super) fn leaf_row(lang: Lang, page: usize, of: usize, to: impl Fn(usize) -> Button) -> Vec<InlineKeyboardButton> {
    let before = page.checked_sub(1).map(|before| button("◂", to(before)));
    let here = button(&page_line(lang, page + 1, of), Button::Here);
    let next = (page + 1 < of).then(|| button("▸", to(page + 1)));
    before.into_iter().chain([here]).chain(next).collect()
}

/// Under an answer: where each quote stands, the next quotes, only this county or speaker, and what one thinks of it.
pub fn answer_buttons(
    card: &AnswerCard,
    page: &Page,
    view: View,
    first: usize,
    assumed: bool,
    addresses: &[Address],
    lang: Lang,
) -> InlineKeyboardMarkup {
    let mut rows: Vec<Vec<InlineKeyboardButton>> = Vec::new();
    let places: Vec<InlineKeyboardButton> = (0..page.quotes)
        .map(|index| {
            let words = match page.quotes {
                1 => label(lang, Label::Place).to_owned(),
                _ => format!("📄 {}", first + index),
            };
            button(&words, Button::Place(view, index))
        })
        .collect();
    let mut opinions = vec![
        button("👍", Button::Good),
        button("👎", Button::Bad),
        button(label(lang, Label::Export), Button::Export(view.only)),
    ];
    if page.charted {
        opinions.push(button("📊", Button::Chart));
    }
    let one_row = places.len() + opinions.len() <= ROW + 1;
    rows.extend(places.chunks(ROW).map(<[_]>::to_vec));
    if one_row && let Some(row) = rows.first_mut() {
        row.extend(opinions.clone());
    }
    // The paper of the only quote is one press away.
    if page.quotes == 1 {
        rows.push(address_buttons(addresses, lang).into_iter().take(1).collect());
    }
    let mut leaf = Vec::new();
    if view.page > 0 || view.skip > 0 {
        let start = View {
            page: 0,
            skip: 0,
            ..view
        };
        let before = card.before(view).unwrap_or(start);
        if before != start {
            leaf.push(button(label(lang, Label::Start), Button::Show(start)));
        }
        leaf.push(button(label(lang, Label::Before), Button::Show(before)));
    }
    leaf.extend(
        page.next
            .map(|next| button(&more_label(lang, page.rest.known, page.rest.more), Button::Show(next))),
    );
    rows.push(leaf);
    // What is shown whole needs no narrowing.
    let mut narrow = match view.only > 0 || page.next.is_some() {
        true => only_buttons(card, view, lang),
        false => Vec::new(),
    };
    if assumed {
        narrow.push(button(label(lang, Label::Anywhere), Button::Anywhere));
    }
    rows.push(narrow);
    if !one_row {
        rows.push(opinions);
    }
    rows.retain(|row| !row.is_empty());
    InlineKeyboardMarkup::new(rows)
}

/// Under a refusal: who spoke at all, and to look everywhere where something was assumed.
pub fn refusal_buttons(reason: &Reason, assumed: bool, lang: Lang) -> Option<InlineKeyboardMarkup> {
    let mut row = Vec::new();
    match reason {
        Reason::Talk(_) | Reason::NoKnowledge | Reason::NoMore | Reason::NoQuestion | Reason::NoSuchDay(_) => {}
        _ => row.push(button(label(lang, Label::WhoSpoke), Button::List(List::Speakers, 0))),
    }
    if assumed {
        row.push(button(label(lang, Label::Anywhere), Button::Anywhere));
    }
    if !row.is_empty() {
        row.push(button("👎", Button::Bad));
    }
    (!row.is_empty()).then(|| InlineKeyboardMarkup::new([row]))
}

/// Only this county, only this speaker, of the first quote that is shown; or all again.
fn only_buttons(card: &AnswerCard, view: View, lang: Lang) -> Vec<InlineKeyboardButton> {
    if view.only > 0 {
        return vec![button(label(lang, Label::All), Button::Show(View::default()))];
    }
    let Some(first) = card.shown.first() else {
        return Vec::new();
    };
    // Where all quotes are of one county or speaker, the button would change nothing.
    let several = |of: &dyn Fn(&Shown) -> Option<String>| card.shown.iter().any(|other| of(other) != of(first));
    let mut row = Vec::new();
    for (index, only) in card.onlys.iter().enumerate() {
        let offered = match only {
            Only::County(name) => first.county.as_ref() == Some(name) && several(&|shown| shown.county.clone()),
            Only::Speaker(name) => first.name.as_ref() == Some(name) && several(&|shown| shown.name.clone()),
        };
        if offered {
            row.push(only_button(only, index, lang));
        }
    }
    row
}

fn only_button(only: &Only, index: usize, lang: Lang) -> InlineKeyboardButton {
    let name: String = only.name().chars().take(LONGEST_NAME).collect();
    let view = View {
        only: index + 1,
        ..View::default()
    };
    button(&format!("{}{name}", label(lang, Label::Only)), Button::Show(view))
}

/// The whole paper, as a Mini App and in the browser.
fn address_buttons(addresses: &[Address], lang: Lang) -> Vec<InlineKeyboardButton> {
    let has_app = addresses.iter().any(|address| matches!(address, Address::MiniApp(_)));
    addresses
        .iter()
        .map(|address| match address {
            Address::MiniApp(url) => {
                InlineKeyboardButton::web_app(label(lang, Label::Paper), WebAppInfo { url: url.clone() })
            }
            Address::Browser(url) => {
                let words = if has_app { Label::Browser } else { Label::Paper };
                InlineKeyboardButton::url(label(lang, words), url.clone())
            }
        })
        .collect()
}

/// Under a quote in its place: back, only its county or speaker, and the whole paper.
pub fn place_buttons(
    card: &AnswerCard,
    view: View,
    quote: usize,
    addresses: &[Address],
    share: Option<LinkId>,
    lang: Lang,
) -> InlineKeyboardMarkup {
    let mut row = vec![button(label(lang, Label::Back), Button::Show(view))];
    if let Some(shown) = card.shown.get(quote) {
        for (index, only) in card.onlys.iter().enumerate() {
            let of_quote = match only {
                Only::County(name) => shown.county.as_ref() == Some(name),
                Only::Speaker(name) => shown.name.as_ref() == Some(name),
            };
            if of_quote && view.only != index + 1 {
                row.push(only_button(only, index, lang));
            }
        }
    }
    let mut rows = vec![row];
    if let Some(shown) = card.shown.get(quote) {
        rows.extend(quote_rows(shown, addresses, share, lang));
    }
    InlineKeyboardMarkup::new(rows)
}

/// What can be done with a quote: its paper opened, its words copied with their source, sent on.
pub fn quote_rows(
    shown: &Shown,
    addresses: &[Address],
    share: Option<LinkId>,
    lang: Lang,
) -> Vec<Vec<InlineKeyboardButton>> {
    let mut row: Vec<InlineKeyboardButton> = copy_button(shown, lang).into_iter().collect();
    row.extend(
        share.map(|id| InlineKeyboardButton::switch_inline_query(label(lang, Label::Share), format!("#{}", id.word()))),
    );
    let mut rows = vec![address_buttons(addresses, lang), row];
    rows.retain(|row| !row.is_empty());
    rows
}

/// The quote with its source in a line; the source alone where Telegram has no room for both: a quote is copied whole, or not.
fn copy_button(shown: &Shown, lang: Lang) -> Option<InlineKeyboardButton> {
    const LONGEST: usize = 256;
    let source = format!("{}{}{}", shown.speaker, lang.pick("，", ", "), shown.source);
    let words = read_on(&shown.text).replace('\n', " ");
    let words = if shown.reported {
        words
    } else {
        format!("“{words}”")
    };
    let whole = match lang {
        Lang::Zh => format!("{words}——{source}"),
        Lang::En => format!("{words} — {source}"),
    };
    let fits = |text: &String| text.encode_utf16().count() <= LONGEST;
    let (words, text) = [(Label::Copy, whole), (Label::CopySource, source)]
        .into_iter()
        .find(|(_, text)| fits(text))?;
    Some(InlineKeyboardButton::copy_text_button(
        label(lang, words),
        CopyTextButton { text },
    ))
}

/// What may be wrong with an answer.
pub fn fault_buttons(lang: Lang) -> Vec<Vec<InlineKeyboardButton>> {
    let faults = Opinion::FAULTS.iter().enumerate();
    let buttons: Vec<_> = faults
        .map(|(index, fault)| button(opinion_words(lang, *fault), Button::Fault(index)))
        .collect();
    buttons.chunks(2).map(<[_]>::to_vec).collect()
}

/// A question on each.
pub fn example_buttons(examples: &[String]) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new(
        examples
            .iter()
            .enumerate()
            .map(|(index, example)| vec![button(example, Button::Example(index))]),
    )
}

/// The languages.
pub fn language_buttons() -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new([[
        button("中文", Button::Lang(Lang::Zh)),
        button("English", Button::Lang(Lang::En)),
    ]])
}

/// The languages, the counties that may be meant where a question doesn't say, and what is watched; what is set is marked.
pub fn settings_buttons(lang: Lang, usual: Option<&Usual>, counties: &[String]) -> InlineKeyboardMarkup {
    let marked = |words: String, is_set: bool| if is_set { format!("✓ {words}") } else { words };
    let languages = [("中文", Lang::Zh), ("English", Lang::En)];
    let languages = languages.map(|(words, of)| button(&marked(words.to_owned(), of == lang), Button::Lang(of)));
    let mut rows = vec![languages.to_vec()];
    let counties = counties.iter().enumerate().map(|(index, county)| {
        let name: String = county.chars().take(LONGEST_NAME).collect();
        let is_set = matches!(usual, Some(Usual::County(set)) if set == county);
        let words = marked(format!("{}{name}", label(lang, Label::Usual)), is_set);
        button(&words, Button::Usual(Some(index)))
    });
    rows.extend(counties.collect::<Vec<_>>().chunks(2).map(<[_]>::to_vec));
    if usual.is_some() {
        rows.push(vec![button(label(lang, Label::UsualOff), Button::Usual(None))]);
    }
    rows.push(vec![button(label(lang, Label::Watches), Button::Watches)]);
    InlineKeyboardMarkup::new(rows)
}

/// A choice between things to do.
pub fn choice(of: &[(&str, Button)]) -> InlineKeyboardMarkup {
    InlineKeyboardMarkup::new([of.iter().map(|(words, says)| button(words, *says)).collect::<Vec<_>>()])
}
