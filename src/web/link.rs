//! Signed links: whoever has one may open a file at a place, for somebody, until a time; nobody else can make one. The key
//! stands in the data folder.

use std::io::{ErrorKind, Write};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use sha2::Sha256;

use crate::digest::{digest, hex};
use crate::text::CharSpan;

/// The file of the key, below the data folder.
const KEY_FILE: &str = "link.key";
/// What is signed begins with these words, so that the key signs nothing else.
const PURPOSE: &str = "huiwen link 1";

/// The HMAC-SHA256 of some bytes.
pub fn mac(key: &[u8], message: &[u8]) -> [u8; 32] {
    keyed(key, message).finalize().into_bytes().into()
}

/// Whether these bytes are the HMAC-SHA256 of a message, in a time that does not depend on where they differ.
pub fn is_mac(key: &[u8], message: &[u8], shown: &[u8]) -> bool {
    keyed(key, message).verify_slice(shown).is_ok()
}

fn keyed(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    // An HMAC takes keys of any length.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).unwrap_or_else(|_| unreachable!());
    mac.update(message);
    mac
}

/// The bytes of hexadecimal digits; `None` where they are none.
pub fn unhex(digits: &str) -> Option<Vec<u8>> {
    let is_hex = digits.len().is_multiple_of(2) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let pairs = is_hex.then(|| digits.as_bytes().chunks(2))?;
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// What links are signed with. It shows itself nowhere.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// The key of a data folder, made where it has none. In a folder that cannot be written it is kept in memory: links end
    /// with the process.
    ///
    /// # Errors
    ///
    /// Where the system gives no random bytes, or the file is not what we wrote.
    pub fn open(data: &Path) -> std::io::Result<Key> {
        let path = data.join(KEY_FILE);
        match std::fs::read(&path) {
            Ok(bytes) => {
                let key = <[u8; 32]>::try_from(bytes).map_err(|_| {
                    std::io::Error::new(
                        ErrorKind::InvalidData,
                        format!("{}: not a key of 32 bytes", path.display()),
                    )
                })?;
                return Ok(Key(key));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(std::io::Error::other)?;
        match write_new(&path, &key) {
            Ok(()) => {}
            // Another process was first.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Key::open(data),
            Err(error) => tracing::warn!(%error, "the key of links is not kept: they end with this process"),
        }
        Ok(Key(key))
    }
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let aside = path.with_extension(format!("key-{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // Not a rename, which would take the place of one that stands there by now.
    let linked = std::fs::hard_link(&aside, path);
    let _ = std::fs::remove_file(&aside);
    linked
}

/// The value of a name in a query, or in a form of that make; the first, where there are several.
pub fn field(query: &[u8], name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query);
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Path below the knowledge folder.
    pub file: String,
    /// The quote, in characters.
    pub at: Option<CharSpan>,
    /// A short digest of the quote's words, by which it is told that others stand there now.
    pub words: Option<String>,
    /// Whom it is for, by their number: whether they are let in is asked each time.
    pub whom: i64,
    /// Until when, in seconds of Unix.
    pub until: i64,
}

/// Why a link opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLink {
    /// It is not one of ours.
    Forged,
    /// Its time is over.
    Expired,
}

/// The digest of a quote's words in a link.
pub fn words_digest(words: &str) -> String {
    digest(words, 6)
}

/// `696-886`: characters of a file.
pub fn parse_at(at: &str) -> Option<CharSpan> {
    let (start, end) = at.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then_some(CharSpan { start, end })
}

/// The same in writing.
pub fn at_words(at: CharSpan) -> String {
    format!("{}-{}", at.start, at.end)
}

impl Link {
    /// What is signed. The file comes last, and nothing before it can hold a line's end.
    fn message(&self) -> String {
        let at = self.at.map(at_words).unwrap_or_default();
        let words = self.words.as_deref().unwrap_or_default();
        let Link { whom, until, file, .. } = self;
        format!("{PURPOSE}\n{whom}\n{until}\n{at}\n{words}\n{file}")
    }

    /// The query by which the link is known again.
    pub fn query(&self, key: &Key) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(at) = self.at {
            query.append_pair("at", &at_words(at));
        }
        if let Some(words) = &self.words {
            query.append_pair("is", words);
        }
        query.append_pair("for", &self.whom.to_string());
        query.append_pair("until", &self.until.to_string());
        query.append_pair("sig", &hex(&mac(&key.0, self.message().as_bytes())));
        query.finish()
    }

    /// The whole address, below that of the pages.
    pub fn url(&self, base: &Url, key: &Key) -> Url {
        let mut url = below(base, ["f"].into_iter().chain(self.file.split('/')));
        url.set_query(Some(&self.query(key)));
        url
    }

    /// The link that leads to `file` with a query.
    ///
    /// # Errors
    ///
    /// Where it was not signed with this key, or its time is over at `now`.
    pub fn read(file: &str, query: &str, key: &Key, now: i64) -> Result<Link, NoLink> {
        let field = |name: &str| field(query.as_bytes(), name);
        let number = |name: &str| field(name).and_then(|value| value.parse::<i64>().ok());
        let (Some(whom), Some(until), Some(sig)) = (number("for"), number("until"), field("sig")) else {
            return Err(NoLink::Forged);
        };
        let at = field("at").map(|at| parse_at(&at).ok_or(NoLink::Forged)).transpose()?;
        let words = field("is").filter(|is| !is.is_empty());
        if words.as_ref().is_some_and(|is| unhex(is).is_none()) {
            return Err(NoLink::Forged);
        }
        let link = Link {
            file: file.to_owned(),
            at,
            words,
            whom,
            until,
        };
        let shown = unhex(&sig).ok_or(NoLink::Forged)?;
        if !is_mac(&key.0, link.message().as_bytes(), &shown) {
            return Err(NoLink::Forged);
        }
        // Told only to whoever had a good one.
        if now > until {
            return Err(NoLink::Expired);
        }
        Ok(link)
    }
}

/// An address below that of the pages.
pub fn below<'s>(base: &Url, path: impl IntoIterator<Item = &'s str>) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "五月/a b?#&<x>.md";

    fn link() -> Link {
        Link {
            file: FILE.to_owned(),
            at: Some(CharSpan { start: 3, end: 9 }),
            words: Some(words_digest("先修路")),
            whom: -100,
            until: 1_000,
        }
    }

    #[test]
    fn the_mac_is_that_of_the_standard() {
        // RFC 4231, test case 2.
        let mac = mac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(
            hex(&mac),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_link_opens_what_it_was_made_for_until_its_time() {
        let key = Key([7; 32]);
        let query = link().query(&key);
        assert_eq!(Link::read(FILE, &query, &key, 1_000), Ok(link()));
        assert_eq!(Link::read(FILE, &query, &key, 1_001), Err(NoLink::Expired));
        assert_eq!(Link::read(FILE, &query, &Key([8; 32]), 1), Err(NoLink::Forged));
        assert_eq!(Link::read("五月/b.md", &query, &key, 1), Err(NoLink::Forged));
        let url = link().url(&Url::parse("https://a.cn/huiwen").unwrap(), &key);
        assert!(
            url.as_str()
                .starts_with("https://a.cn/huiwen/f/%E4%BA%94%E6%9C%88/a%20b%3F%23&%3Cx%3E.md?at=3-9")
        );
        for (was, is) in [
            ("at=3-9", "at=3-10"),
            ("until=1000", "until=2000"),
            ("for=-100", "for=100"),
            ("&is=", "&js="),
        ] {
            let forged = query.replace(was, is);
            assert!(forged != query, "{was}");
            assert_eq!(Link::read(FILE, &forged, &key, 1), Err(NoLink::Forged), "{is}");
        }
        // Where there are two of a field, the one that counts is the one that was signed.
        let doubled = format!("{query}&until=9999&at=1-2");
        assert_eq!(Link::read(FILE, &doubled, &key, 1_001), Err(NoLink::Expired));
    }

    #[test]
    fn a_key_is_made_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let first = Key::open(folder.path()).unwrap();
        assert_eq!(first.0, Key::open(folder.path()).unwrap().0);
        assert_ne!(first.0, [0; 32]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.path().join(KEY_FILE))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::write(folder.path().join(KEY_FILE), "short").unwrap();
        assert!(Key::open(folder.path()).is_err());
    }

    proptest! {
        #[test]
        fn no_query_that_was_not_signed_opens_anything(query in "((at|is|for|until|sig)=[0-9a-f-]{0,66}&){0,6}") {
            prop_assert_eq!(Link::read(FILE, &query, &Key([7; 32]), 0), Err(NoLink::Forged));
        }
    }
}
