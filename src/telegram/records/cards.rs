//! Cards: what stands behind the buttons of a message, so that they work after a restart. A button's own 64 bytes say
//! only which view of the card is asked for.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Duration, FixedOffset};
use redb::{Durability, ReadableTable, ReadableTableMetadata, TableDefinition};
use serde::{Deserialize, Serialize};
use teloxide::types::{ChatId, MessageId};

use super::super::button::View;
use super::{Records, RecordsError, Table};
use crate::question::{Asked, Only};
use crate::text::CharSpan;

/// By chat and message.
pub(super) const CARDS: Table<(i64, i32)> = Table::new("cards");
/// The message of ours that answers a message of a user.
pub(super) const ANSWERS: Table<(i64, i32)> = Table::new("answers");
/// When cards were written, in microseconds, before their keys: so that the oldest are found without reading them all.
const TIMES: TableDefinition<'static, (i64, i64, i32), ()> = TableDefinition::new("card times");
/// How long a message's buttons work.
const KEPT: Duration = Duration::days(30);
/// How many cards are kept at most, the newest: a few kilobytes each.
const MOST: u64 = 20_000;
/// After so many new ones it is time to drop old ones.
const MANY: usize = 2_000;

/// A message's card, and since when it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Card {
    /// What stands behind the buttons.
    pub of: CardOf,
    /// When it was last written.
    pub at: DateTime<FixedOffset>,
}

/// What stands behind a message's buttons.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum CardOf {
    /// An answer.
    Answer(AnswerCard),
    /// What is new of what a chat watches.
    Alert(AlertCard),
    /// Questions that may be asked by a button.
    Examples(Vec<String>),
    /// What there is of somebody or of a topic.
    Survey(SurveyCard),
    /// What the chat has set; the counties that are offered as the usual one.
    Settings(Vec<String>),
    /// A file that was sent, and waits for a decision.
    Upload(UploadCard),
    /// A knowledge file that is to be removed, by its path below the knowledge folder.
    Removal(String),
}

/// What is new of what a chat watches, as it was told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AlertCard {
    /// The quotes that the message shows.
    pub shown: Vec<Shown>,
    /// What is asked for more.
    pub asks: Vec<String>,
}

/// An answer as it was last shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerCard {
    /// What was asked, without page and narrowing.
    pub asked: Asked,
    /// Narrowings that buttons offer, in the order in which they came up.
    pub onlys: Vec<Only>,
    /// The quotes that the message shows.
    pub shown: Vec<Shown>,
    /// The parts of the answer that were shown on the way to this one, which is the last: page, and quotes of it before.
    #[serde(default)]
    pub trail: Vec<(usize, usize)>,
}

impl AnswerCard {
    /// Another part of the answer is shown; one that was shown before is gone back to.
    pub fn walk(&mut self, view: View) {
        let here = (view.page, view.skip);
        match self.trail.iter().position(|before| *before == here) {
            Some(at) => self.trail.truncate(at + 1),
            None if here == (0, 0) => self.trail = vec![here],
            None => self.trail.push(here),
        }
    }

    /// The part that was shown before this one.
    pub fn before(&self, view: View) -> Option<View> {
        let (page, skip) = *self.trail.iter().rev().nth(1)?;
        Some(View { page, skip, ..view })
    }
}

/// What a message shows all of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyCard {
    /// Somebody, as they were asked for.
    Who(String),
    /// A topic.
    Topic(String),
}

/// A quote that a message shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Path below the knowledge folder.
    pub file: String,
    /// Where it stands, in characters.
    pub at: CharSpan,
    /// Its words.
    pub text: String,
    /// Who said it, as the message says it.
    pub speaker: String,
    /// Name of the person or group, where known.
    pub name: Option<String>,
    /// Full name of the county, where known.
    pub county: Option<String>,
    /// Meeting, date and file, as the message says them.
    pub source: String,
    /// Whether it is the reporter's wording of what somebody said: no quotation marks belong around it.
    #[serde(default)]
    pub reported: bool,
}

/// A file that was sent, and waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadCard {
    /// What it is called where it was put aside.
    pub aside: String,
    /// The name that it is to have in the knowledge folder.
    pub name: String,
    /// The digest of the file that has the name now, where there is one; what it shall replace.
    pub replaces: Option<String>,
    /// The name that it may have instead of replacing one.
    pub other_name: String,
}

impl Records {
    /// The card of a message; `None` where there is none, or none any more.
    pub fn card(&self, chat: ChatId, message: MessageId) -> Result<Option<CardOf>, RecordsError> {
        let card: Option<Card> = self.get(CARDS, (chat.0, message.0))?;
        Ok(card.map(|card| card.of))
    }

    /// Keeps the card of a message. An answer's is on disk with the next write that waits for the disk, which that of the
    /// update's end is; a choice's at once, for what is chosen must be done whatever comes.
    pub fn keep_card(&self, chat: ChatId, message: MessageId, of: CardOf) -> Result<(), RecordsError> {
        let card = Card {
            of,
            at: crate::clock::now(),
        };
        let bytes = serde_json::to_vec(&card)?;
        if (self.cards.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(MANY) {
            self.crowd.notify_one();
        }
        let durability = match card.of {
            CardOf::Upload(_) | CardOf::Removal(_) => Durability::Immediate,
            CardOf::Alert(_) | CardOf::Answer(_) | CardOf::Examples(_) | CardOf::Settings(_) | CardOf::Survey(_) => {
                Durability::None
            }
        };
        self.write(durability, |transaction| {
            let mut cards = transaction.open_table(CARDS)?;
            let before = cards.insert((chat.0, message.0), bytes.as_slice())?;
            let before = before.and_then(|before| Written::of(before.value()));
            let mut times = transaction.open_table(TIMES)?;
            if let Some(before) = before {
                times.remove(before.key(chat.0, message.0))?;
            }
            times.insert(Written { at: card.at }.key(chat.0, message.0), ())?;
            Ok(())
        })
    }

    /// The card of a message, and not again: of two who press at once, one gets it.
    pub fn take_card(&self, chat: ChatId, message: MessageId) -> Result<Option<CardOf>, RecordsError> {
        let mut taken = None;
        self.write(Durability::Immediate, |transaction| {
            let mut cards = transaction.open_table(CARDS)?;
            taken = cards.remove((chat.0, message.0))?.map(|card| card.value().to_vec());
            if let Some(written) = taken.as_deref().and_then(Written::of) {
                transaction.open_table(TIMES)?.remove(written.key(chat.0, message.0))?;
            }
            Ok(())
        })?;
        let card = taken.map(|card| serde_json::from_slice::<Card>(&card)).transpose()?;
        Ok(card.map(|card| card.of))
    }

    /// Which message of ours answers a message of a user.
    pub fn answer_to(&self, chat: ChatId, question: MessageId) -> Result<Option<MessageId>, RecordsError> {
        let answer: Option<(i32, DateTime<FixedOffset>)> = self.get(ANSWERS, (chat.0, question.0))?;
        Ok(answer.map(|(message, _)| MessageId(message)))
    }

    /// Keeps which message of ours answers a message of a user; on disk as [`Records::keep_card`] says.
    pub fn keep_answer(&self, chat: ChatId, question: MessageId, answer: MessageId) -> Result<(), RecordsError> {
        let bytes = serde_json::to_vec(&(answer.0, crate::clock::now()))?;
        self.write(Durability::None, |transaction| {
            transaction
                .open_table(ANSWERS)?
                .insert((chat.0, question.0), bytes.as_slice())?;
            Ok(())
        })
    }

    /// Waits until so many cards were kept that it is time to drop old ones.
    pub async fn crowded(&self) {
        self.crowd.notified().await;
    }

    /// Drops the cards that are too old or too many; what the files are called that were put aside for them.
    pub fn drop_old_cards(&self) -> Result<Vec<String>, RecordsError> {
        self.drop_cards_beyond(MOST)
    }

    /// The oldest are found first: no others are looked at.
    fn drop_cards_beyond(&self, most: u64) -> Result<Vec<String>, RecordsError> {
        let now = crate::clock::now();
        let earliest = (now - KEPT).timestamp_micros();
        let mut aside = Vec::new();
        self.write(Durability::Immediate, |transaction| {
            let mut cards = transaction.open_table(CARDS)?;
            let mut times = transaction.open_table(TIMES)?;
            if times.len()? != cards.len()? {
                time_all(&mut cards, &mut times)?;
            }
            loop {
                let first = times.first()?.map(|(key, _)| key.value());
                let Some((time, chat, message)) = first else { break };
                if time >= earliest && cards.len()? <= most {
                    break;
                }
                times.remove((time, chat, message))?;
                let card = cards.remove((chat, message))?;
                let card = card.and_then(|card| serde_json::from_slice::<Card>(card.value()).ok());
                if let Some(CardOf::Upload(upload)) = card.map(|card| card.of) {
                    aside.push(upload.aside);
                }
            }
            let oldest = times.first()?.map_or(earliest, |(key, _)| key.value().0);
            transaction.open_table(ANSWERS)?.retain(|_, answer| {
                serde_json::from_slice::<(i32, DateTime<FixedOffset>)>(answer)
                    .is_ok_and(|(_, at)| at.timestamp_micros() >= oldest)
            })?;
            Ok(())
        })?;
        Ok(aside)
    }
}

/// When a card was written.
#[derive(Deserialize)]
struct Written {
    at: DateTime<FixedOffset>,
}

impl Written {
    fn of(card: &[u8]) -> Option<Written> {
        serde_json::from_slice(card).ok()
    }

    /// Its place in the table of times.
    fn key(&self, chat: i64, message: i32) -> (i64, i64, i32) {
        (self.at.timestamp_micros(), chat, message)
    }
}

/// Makes the table of times anew: a version before kept none, nor does it count among what is saved of a damaged file.
/// Cards that this version cannot read are of no use to it.
fn time_all(
    cards: &mut redb::Table<'_, (i64, i32), &'static [u8]>,
    times: &mut redb::Table<'_, (i64, i64, i32), ()>,
) -> Result<(), redb::Error> {
    times.retain(|_, ()| false)?;
    let mut all = Vec::new();
    cards.retain(|(chat, message), card| {
        let readable = serde_json::from_slice::<Card>(card).ok();
        all.extend(readable.map(|card| Written { at: card.at }.key(chat, message)));
        all.last().is_some_and(|(_, of, at)| (*of, *at) == (chat, message))
    })?;
    for key in all {
        times.insert(key, ())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_outlive_the_process_but_not_their_time() {
        let folder = tempfile::tempdir().unwrap();
        let (chat, message) = (ChatId(-5), MessageId(7));
        {
            let records = Records::open(folder.path()).unwrap();
            let examples = CardOf::Examples(vec!["长汀县说了什么？".to_owned()]);
            records.keep_card(chat, message, examples).unwrap();
            records.keep_answer(chat, MessageId(6), message).unwrap();
            records.update_done(1).unwrap();
        }
        let records = Records::open(folder.path()).unwrap();
        let card = records.card(chat, message).unwrap();
        assert!(matches!(card, Some(CardOf::Examples(examples)) if examples.len() == 1));
        assert_eq!(records.answer_to(chat, MessageId(6)).unwrap(), Some(message));
        let upload = UploadCard {
            aside: "1a".to_owned(),
            name: "a.txt".to_owned(),
            replaces: None,
            other_name: "a-2.txt".to_owned(),
        };
        let old = Card {
            of: CardOf::Upload(upload),
            at: crate::clock::now() - KEPT - Duration::seconds(1),
        };
        records.put(CARDS, (chat.0, 8), &old).unwrap();
        assert_eq!(records.drop_old_cards().unwrap(), ["1a"]);
        assert!(records.card(chat, MessageId(8)).unwrap().is_none());
        assert!(records.take_card(chat, message).unwrap().is_some());
        assert!(records.take_card(chat, message).unwrap().is_none());
    }
    #[test]
    fn of_too_many_cards_those_go_that_were_written_first() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        let keep = |message: i32| {
            let examples = CardOf::Examples(vec!["长汀县说了什么？".to_owned()]);
            records.keep_card(ChatId(5), MessageId(message), examples).unwrap();
        };
        (0..6).for_each(keep);
        // Written again, it is among the newest.
        keep(1);
        let left = || -> Vec<i32> {
            let kept = |message: &i32| records.card(ChatId(5), MessageId(*message)).unwrap().is_some();
            (0..6).filter(kept).collect()
        };
        assert!(records.drop_cards_beyond(3).unwrap().is_empty());
        assert_eq!(left(), [1, 4, 5]);
        // Nor are they lost where the table of times is.
        records
            .write(Durability::Immediate, |transaction| {
                transaction.delete_table(TIMES)?;
                Ok(())
            })
            .unwrap();
        records.drop_cards_beyond(2).unwrap();
        assert_eq!(left(), [1, 5]);
        assert!(records.take_card(ChatId(5), MessageId(5)).unwrap().is_some());
        records.drop_cards_beyond(2).unwrap();
        assert_eq!(left(), [1]);
    }
}
