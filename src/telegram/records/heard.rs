//! What those who watch have heard of: each file as it was when it was last looked at for news, sentence by sentence.
//!
//! What is heard and what chats are to be told of it are written at once: nothing is told twice, and nothing is lost between.

use std::collections::HashMap;

use chrono::{DateTime, Duration, FixedOffset};
use redb::{Durability, ReadableTable};
use serde::{Deserialize, Serialize};
use teloxide::types::ChatId;

use super::watches::{ALERTS, Alert};
use super::{Records, RecordsError, Table};

/// By path.
const HEARD: Table<&'static str> = Table::new("heard");
/// A path that no file has: it stands there once all files have been looked at for the first time.
const ALL: &str = "";
/// How long it is remembered what stood in a file that is gone: it may come back, or under another name.
const REMEMBERED: Duration = Duration::days(90);

/// A file as it was looked at for news.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// Digest of its text.
    pub text: String,
    /// Its sentences, by their numbers.
    #[serde(with = "numbers")]
    pub sentences: Vec<u64>,
    /// Since when it is gone, where it is.
    pub gone: Option<DateTime<FixedOffset>>,
}

/// The same without the sentences, of which there are many.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Outline {
    /// Digest of its text.
    pub text: String,
    /// Since when it is gone, where it is.
    pub gone: Option<DateTime<FixedOffset>>,
}

impl Records {
    /// The files as they were looked at; `None` where they were not all looked at yet.
    pub fn heard_outlines(&self) -> Result<Option<HashMap<String, Outline>>, RecordsError> {
        let mut outlines: HashMap<String, Outline> = self.all(HEARD, str::to_owned)?.into_iter().collect();
        Ok(outlines.remove(ALL).map(|_| outlines))
    }

    /// The same with their sentences.
    pub fn heard(&self) -> Result<HashMap<String, Heard>, RecordsError> {
        let mut heard: HashMap<String, Heard> = self.all(HEARD, str::to_owned)?.into_iter().collect();
        heard.remove(ALL);
        Ok(heard)
    }

    /// Keeps what was heard, and what chats are to be told of it: all of it or nothing.
    pub fn keep_heard(&self, heard: &[(String, Heard)], alerts: &[(ChatId, Alert)]) -> Result<(), RecordsError> {
        let now = crate::clock::now();
        let mut files = vec![(ALL, serde_json::to_vec(&Heard::default())?)];
        for (file, heard) in heard {
            files.push((file, serde_json::to_vec(heard)?));
        }
        let mut told = Vec::with_capacity(alerts.len());
        for (chat, alert) in alerts {
            told.push((chat.0, serde_json::to_vec(alert)?));
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(HEARD)?;
            for (file, heard) in &files {
                table.insert(*file, heard.as_slice())?;
            }
            let mut table = transaction.open_table(ALERTS)?;
            for (chat, alert) in &told {
                table.insert((*chat, now.timestamp_micros()), alert.as_slice())?;
            }
            Ok(())
        })
    }

    /// Forgets files that have been gone for long.
    pub fn forget_gone(&self, outlines: &HashMap<String, Outline>) -> Result<(), RecordsError> {
        let earliest = crate::clock::now() - REMEMBERED;
        let long_gone = |outline: &Outline| outline.gone.is_some_and(|gone| gone < earliest);
        let gone: Vec<&str> = outlines
            .iter()
            .filter(|(_, outline)| long_gone(outline))
            .map(|(file, _)| file.as_str())
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(HEARD)?;
            for file in &gone {
                table.remove(*file)?;
            }
            Ok(())
        })
    }

    /// Nobody watches anything any more: what was heard is of no use.
    pub fn forget_heard(&self) -> Result<(), RecordsError> {
        let is_there = self.read(HEARD, |table| Ok(table.first()?.is_some()))?;
        if is_there != Some(true) {
            return Ok(());
        }
        self.write(Durability::Immediate, |transaction| {
            transaction.delete_table(HEARD)?;
            Ok(())
        })
    }
}

/// Numbers as one string of hexadecimal digits.
mod numbers {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(numbers: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
        let digits: String = numbers.iter().map(|number| format!("{number:016x}")).collect();
        serializer.serialize_str(&digits)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let numbers = digits.as_bytes().chunks(16).map(|digits| {
            let digits = std::str::from_utf8(digits).map_err(D::Error::custom)?;
            u64::from_str_radix(digits, 16).map_err(D::Error::custom)
        });
        numbers.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_heard_is_known_after_a_restart_until_nobody_watches() {
        let folder = tempfile::tempdir().unwrap();
        let heard = Heard {
            text: "1a".to_owned(),
            sentences: vec![0, 7, u64::MAX],
            gone: None,
        };
        {
            let records = Records::open(folder.path()).unwrap();
            assert_eq!(records.heard_outlines().unwrap(), None);
            records
                .keep_heard(&[("统战/a.txt".to_owned(), heard.clone())], &[])
                .unwrap();
        }
        let records = Records::open(folder.path()).unwrap();
        assert_eq!(records.heard().unwrap()["统战/a.txt"], heard);
        assert_eq!(records.heard_outlines().unwrap().unwrap().len(), 1);
        let long_gone = Heard {
            gone: Some(crate::clock::now() - REMEMBERED - Duration::days(1)),
            ..heard
        };
        records
            .keep_heard(&[("统战/a.txt".to_owned(), long_gone)], &[])
            .unwrap();
        let outlines = records.heard_outlines().unwrap().unwrap();
        records.forget_gone(&outlines).unwrap();
        assert_eq!(
            records.heard_outlines().unwrap().map(|outlines| outlines.len()),
            Some(0)
        );
        records.forget_heard().unwrap();
        records.forget_heard().unwrap();
        assert_eq!(records.heard_outlines().unwrap(), None);
    }
}
