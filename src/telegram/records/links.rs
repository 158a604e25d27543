//! Quotes that a link leads to: short ids, for `t.me/BOT?start=…` takes 64 characters.

use chrono::{DateTime, FixedOffset};
use redb::{Durability, ReadableTable, ReadableTableMetadata};
use serde::{Deserialize, Serialize};

use super::{Records, RecordsError, Shown, Table};
use crate::digest::sha256;

/// By the number of the quote.
pub(super) const LINKS: Table<u64> = Table::new("links");
/// So many links are kept, the newest: a few hundred bytes each.
const MOST: u64 = 50_000;

#[derive(Debug, Serialize, Deserialize)]
struct Linked {
    shown: Shown,
    at: DateTime<FixedOffset>,
}

/// The number of a quote: the same quote has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkId(u64);

impl LinkId {
    /// Of a quote.
    pub fn of(shown: &Shown) -> LinkId {
        let place = format!("{}\n{} {}\n{}", shown.file, shown.at.start, shown.at.end, shown.text);
        let [a, b, c, d, e, f, g, h, ..] = sha256(place);
        LinkId(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }

    /// As links have it: `q` and sixteen digits.
    pub fn word(self) -> String {
        format!("q{:016x}", self.0)
    }

    /// That of a word.
    pub fn from_word(word: &str) -> Option<LinkId> {
        let digits = word.strip_prefix('q').filter(|digits| digits.len() == 16)?;
        // A sign is no digit.
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u64::from_str_radix(digits, 16).ok().map(LinkId))?
    }
}

impl Records {
    /// Keeps what a link leads to.
    pub fn keep_link(&self, shown: &Shown) -> Result<LinkId, RecordsError> {
        let id = LinkId::of(shown);
        let linked = Linked {
            shown: shown.clone(),
            at: crate::clock::now(),
        };
        let bytes = serde_json::to_vec(&linked)?;
        // On disk with the end of the update that asked for it.
        self.write(Durability::None, |transaction| {
            transaction.open_table(LINKS)?.insert(id.0, bytes.as_slice())?;
            Ok(())
        })?;
        Ok(id)
    }

    /// What a link leads to; `None` where it is not known, or not any more.
    pub fn linked(&self, id: LinkId) -> Result<Option<Shown>, RecordsError> {
        let linked: Option<Linked> = self.get(LINKS, id.0)?;
        Ok(linked.map(|linked| linked.shown))
    }

    /// Of too many links drops those that were made first.
    pub fn drop_old_links(&self) -> Result<(), RecordsError> {
        self.drop_links_beyond(MOST)
    }

    fn drop_links_beyond(&self, most: u64) -> Result<(), RecordsError> {
        let count = self.read(LINKS, |table| Ok(table.len()?))?.unwrap_or_default();
        if count <= most {
            return Ok(());
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(LINKS)?;
            let made = |value: &[u8]| serde_json::from_slice::<Linked>(value).ok().map(|linked| linked.at);
            let mut times = Vec::new();
            for entry in table.iter()? {
                times.push(made(entry?.1.value()));
            }
            times.sort_unstable();
            let gone = times.len().saturating_sub(most as usize);
            let Some(oldest) = times.get(gone).copied() else {
                return Ok(());
            };
            table.retain(|_, value| made(value) >= oldest)?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::CharSpan;

    fn shown(number: usize) -> Shown {
        Shown {
            file: "a.txt".to_owned(),
            at: CharSpan {
                start: number,
                end: number + 3,
            },
            text: "先修路".to_owned(),
            speaker: "蓝秀珍".to_owned(),
            name: None,
            county: None,
            source: "a.txt".to_owned(),
            reported: false,
        }
    }

    #[test]
    fn a_link_leads_to_its_quote_and_fits() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        let id = records.keep_link(&shown(1)).unwrap();
        assert_eq!(LinkId::from_word(&id.word()), Some(id));
        assert!(id.word().len() <= 64);
        assert_eq!(records.linked(id).unwrap(), Some(shown(1)));
        assert_eq!(records.linked(LinkId::of(&shown(2))).unwrap(), None);
        for bad in [
            "",
            "q",
            "q+00000000000000f",
            "q000000000000000g",
            "x0000000000000000",
            "q00000000000000001",
        ] {
            assert_eq!(LinkId::from_word(bad), None, "{bad}");
        }
    }

    #[test]
    fn of_too_many_those_go_that_were_made_first() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        for number in 0..6 {
            records.keep_link(&shown(number)).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        records.drop_links_beyond(2).unwrap();
        let left: Vec<usize> = (0..6)
            .filter(|at| records.linked(LinkId::of(&shown(*at))).unwrap().is_some())
            .collect();
        assert_eq!(left, [4, 5]);
    }
}
