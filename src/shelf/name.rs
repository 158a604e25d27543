//! Names of knowledge files, made safe whatever a sender called them.

use std::path::Path;

use super::ShelfError;
use crate::reading::is_read;

/// Longest name of a file in bytes, its ending with it. File systems take 255.
const LONGEST_NAME: usize = 150;
/// Endings of archives, which are not unpacked.
const ARCHIVES: [&str; 10] = ["zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "zst", "cab"];
/// A file's name without any path, safe on every system that huiwen runs on, and of a format that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(pub(super) String);

impl FileName {
    /// A safe name made of whatever a sender called the file: without folders, control characters, and what hides a
    /// file or turns its name around on the screen.
    ///
    /// # Errors
    ///
    /// Where it is an archive, or of a format that is not read.
    pub fn made_of(sent: &str) -> Result<FileName, ShelfError> {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or(sent);
        let cleaned: String = last
            .chars()
            .map(|c| match c {
                ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
                c => c,
            })
            .filter(|c| !c.is_control())
            .collect();
        let cleaned = seen(&cleaned);
        let cleaned = cleaned.trim().trim_start_matches('.').trim();
        let (stem, ending) = cleaned.rsplit_once('.').unwrap_or((cleaned, ""));
        if ARCHIVES.contains(&ending.to_ascii_lowercase().as_str()) {
            return Err(ShelfError::Archive);
        }
        if !is_read(Path::new(&format!("a.{ending}"))) {
            return Err(ShelfError::UnknownFormat);
        }
        let stem = stem.trim_end_matches(['.', ' ']);
        let stem = if stem.is_empty() { "未命名" } else { stem };
        let room = LONGEST_NAME - ending.len() - 1;
        let end = stem
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take_while(|at| *at <= room);
        let end = end.last().unwrap_or(0);
        Ok(FileName(format!("{}.{ending}", &stem[..end])))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same name with a number.
    pub(super) fn numbered(&self, number: usize) -> FileName {
        let (stem, ending) = self.0.rsplit_once('.').unwrap_or((&self.0, ""));
        FileName(format!("{stem}-{number}.{ending}"))
    }
}

/// What is seen of a name.
pub(super) fn seen(name: &str) -> String {
    name.chars().filter(|c| !is_unseen(*c)).collect()
}

/// Marks that change the direction of text, and those without width: names that look alike must be alike.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(sent: &str) -> String {
        FileName::made_of(sent).unwrap().0
    }

    #[test]
    fn names_are_made_safe() {
        for (sent, made) in [
            ("古道会议.txt", "古道会议.txt"),
            ("../../etc/报道.md", "报道.md"),
            ("C:\\桌面\\报道.TXT", "报道.TXT"),
            (".hidden.txt", "hidden.txt"),
            ("王\u{200b}静.txt", "王静.txt"),
            ("a\u{202e}txt.b\n.txt", "atxt.b.txt"),
            ("what?<b>.txt", "what__b_.txt"),
            (" ..txt", "…"),
            ("...", "…"),
        ] {
            match FileName::made_of(sent) {
                Ok(name) => assert_eq!(name.0, made, "{sent}"),
                Err(error) => assert!(
                    matches!(error, ShelfError::UnknownFormat) && made == "…",
                    "{sent}: {error}"
                ),
            }
        }
        let long = name(&format!("{}.txt", "会".repeat(500)));
        assert!(long.len() <= LONGEST_NAME && long.ends_with("会.txt"));
        for archive in ["a.zip", "a.txt.gz", "A.RAR"] {
            assert!(
                matches!(FileName::made_of(archive), Err(ShelfError::Archive)),
                "{archive}"
            );
        }
    }
}
