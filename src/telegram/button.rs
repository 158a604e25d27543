//! What a button says when it is pressed: a few bytes, of Telegram's 64. What they are about stands in the message's
//! card.

use std::fmt;
use std::str::FromStr;

use super::records::WatchId;
use super::request::List;
use crate::wording::Lang;

/// The highest number that a button may say.
const FARTHEST: usize = 1_000;

/// Which part of an answer a message shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The page of the answer; 0 is the first.
    pub page: usize,
    /// How many quotes of the page were shown before, where not all of them fit into a message.
    pub skip: usize,
    /// The narrowing in the card, counted from 1; 0 is none.
    pub only: usize,
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Show a part of the answer.
    Show(View),
    /// Show where a quote stands in its report: the quote's index in the card, and the view to come back to.
    Place(View, usize),
    /// Look everywhere: without what the chat is usually about, and without the questions before.
    Anywhere,
    /// The answer as a document; the narrowing in the card, counted from 1.
    Export(usize),
    /// The answer is good.
    Good,
    /// The answer is bad.
    Bad,
    /// What is wrong with it, as an index of `Opinion::FAULTS`.
    Fault(usize),
    /// Ask one of the examples.
    Example(usize),
    /// The county in the card is meant where a question doesn't say; none where there is no index.
    Usual(Option<usize>),
    /// What the chat watches.
    Watches,
    /// No longer watch something.
    Unwatch(WatchId),
    /// Show a page of a list.
    List(List, usize),
    /// Show a page of what there is of somebody or of a topic.
    Turn(usize),
    /// What the message is of as a picture.
    Chart,
    /// Speak this language.
    Lang(Lang),
    /// Keep the file that was sent; in place of the one of that name, if there is one.
    Keep,
    /// Keep it under another name.
    KeepBoth,
    /// Drop the file that was sent.
    Discard,
    /// Remove the knowledge file.
    Remove,
    /// Leave it.
    Leave,
    /// Nothing: it only shows where one is.
    Here,
}

impl Button {
    /// Whether it decides on a file.
    pub fn is_choice(self) -> bool {
        matches!(
            self,
            Button::Keep | Button::KeepBoth | Button::Discard | Button::Remove | Button::Leave
        )
    }
}

impl fmt::Display for Button {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Button::Show(View { page, skip, only }) => write!(f, "v.{page}.{skip}.{only}"),
            Button::Place(View { page, skip, only }, quote) => write!(f, "p.{page}.{skip}.{only}.{quote}"),
            Button::Anywhere => f.write_str("a"),
            Button::Export(only) => write!(f, "o.{only}"),
            Button::Good => f.write_str("g"),
            Button::Bad => f.write_str("b"),
            Button::Fault(index) => write!(f, "f.{index}"),
            Button::Example(index) => write!(f, "e.{index}"),
            Button::Usual(Some(index)) => write!(f, "c.{index}"),
            Button::Usual(None) => f.write_str("c"),
            Button::Watches => f.write_str("w"),
            Button::Unwatch(WatchId(id)) => write!(f, "u.{id}"),
            Button::List(list, page) => write!(f, "l.{}.{page}", list.word()),
            Button::Turn(page) => write!(f, "w.{page}"),
            Button::Chart => f.write_str("h"),
            Button::Lang(lang) => write!(f, "z.{}", lang.pick("zh", "en")),
            Button::Keep => f.write_str("k"),
            Button::KeepBoth => f.write_str("n"),
            Button::Discard => f.write_str("d"),
            Button::Remove => f.write_str("x"),
            Button::Leave => f.write_str("y"),
            Button::Here => f.write_str("-"),
        }
    }
}

/// A button of a kind that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownButton;

impl FromStr for Button {
    type Err = UnknownButton;

    fn from_str(data: &str) -> Result<Button, UnknownButton> {
        let parts: Vec<&str> = data.split('.').collect();
        // Whatever a client sends: nobody leafs so far.
        let number = |part: &str| match part.parse::<usize>() {
            Ok(number) if number <= FARTHEST => Ok(number),
            _ => Err(UnknownButton),
        };
        let view = |page, skip, only| -> Result<View, UnknownButton> {
            Ok(View {
                page: number(page)?,
                skip: number(skip)?,
                only: number(only)?,
            })
        };
        Ok(match parts.as_slice() {
            ["v", page, skip, only] => Button::Show(view(page, skip, only)?),
            ["p", page, skip, only, quote] => Button::Place(view(page, skip, only)?, number(quote)?),
            ["a"] => Button::Anywhere,
            ["o", only] => Button::Export(number(only)?),
            ["g"] => Button::Good,
            ["b"] => Button::Bad,
            ["f", index] => Button::Fault(number(index)?),
            ["e", index] => Button::Example(number(index)?),
            ["c", index] => Button::Usual(Some(number(index)?)),
            ["c"] => Button::Usual(None),
            ["w"] => Button::Watches,
            ["u", id] => Button::Unwatch(WatchId(id.parse().map_err(|_| UnknownButton)?)),
            ["l", list, page] => Button::List(List::from_word(list).ok_or(UnknownButton)?, number(page)?),
            ["w", page] => Button::Turn(number(page)?),
            ["h"] => Button::Chart,
            ["z", lang] => Button::Lang(lang.parse().map_err(|_| UnknownButton)?),
            ["k"] => Button::Keep,
            ["n"] => Button::KeepBoth,
            ["d"] => Button::Discard,
            ["x"] => Button::Remove,
            ["y"] => Button::Leave,
            ["-"] => Button::Here,
            _ => return Err(UnknownButton),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_say_what_they_said_and_fit() {
        let far = View {
            page: FARTHEST,
            skip: FARTHEST,
            only: FARTHEST,
        };
        for button in [
            Button::Show(View::default()),
            Button::Place(far, FARTHEST),
            Button::Anywhere,
            Button::Export(FARTHEST),
            Button::Good,
            Button::Bad,
            Button::Fault(3),
            Button::Example(2),
            Button::Usual(Some(3)),
            Button::Usual(None),
            Button::Watches,
            Button::Unwatch(WatchId(u32::MAX)),
            Button::List(List::Meetings, 12),
            Button::List(List::Audit, 0),
            Button::Turn(FARTHEST),
            Button::Chart,
            Button::Lang(Lang::En),
            Button::Keep,
            Button::KeepBoth,
            Button::Discard,
            Button::Remove,
            Button::Leave,
            Button::Here,
        ] {
            let data = button.to_string();
            assert_eq!(data.parse(), Ok(button));
            assert!(data.len() <= 64, "{data}");
        }
        for bad in [
            "",
            "v",
            "v.1.2",
            "p.-1.0.0.0",
            "v.1001.0.0",
            "v.99999999999999999999.0.0",
            "l.x.1",
            "z.fr",
            "u.-1",
            "u.4294967296",
            "telepathy",
        ] {
            assert_eq!(bad.parse::<Button>(), Err(UnknownButton), "{bad}");
        }
    }
}
