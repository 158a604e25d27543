//! Watches: what somebody wants to be told of when it comes up again, and what is new in a file that was read.
//!
//! A watch is a few words, all of which a remark has to do with: its speaker, county or office is called so, or the words
//! stand in it. What is new is told sentence by sentence: a sentence that stood in the file before, or in one that it was made of,
//! is not.

mod news;

use crate::gazetteer::{Gazetteer, Level};
use crate::meeting::Voice;
use crate::text::fold_str;

pub use news::{News, digest_of, news, sentences_of};

/// Fewest characters of a word: a single one stands everywhere.
const SHORTEST: usize = 2;
/// Longest word in characters, and most words.
const LONGEST: usize = 30;
const MOST: usize = 8;

/// What somebody wants to be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// All of these, folded.
    words: Vec<String>,
    /// None of these, folded.
    without: Vec<String>,
}

/// Why some words are no watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWatch {
    /// There is nothing to watch.
    Nothing,
    /// A word of one character.
    TooShort,
    /// Too many words, or too long ones.
    TooMuch,
}

/// How a remark has to do with a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Whoever is watched says it.
    Says,
    /// Somebody speaks of it.
    SpeaksOf,
    /// Whoever is watched is spoken of by others; or the reporter tells of it.
    SpokenOf,
}

impl Watch {
    /// Of words with white space or commas between them; `-招商` leaves out what holds that word. 长武县防汛 is 长武县 and 防汛.
    ///
    /// # Errors
    ///
    /// Where nothing can be watched by them.
    pub fn of(words: &str) -> Result<Watch, NoWatch> {
        let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '\u{ff0c}' | '、' | ';' | '\u{ff1b}');
        let mut watch = Watch {
            words: Vec::new(),
            without: Vec::new(),
        };
        for word in words.split(separates).filter(|word| !word.is_empty()) {
            let (word, list) = match word.strip_prefix(['-', '\u{ff0d}', '\u{2212}']) {
                Some(word) => (word, &mut watch.without),
                None => (word, &mut watch.words),
            };
            for part in parts(&fold_str(word)) {
                match part.chars().count() {
                    0..SHORTEST => return Err(NoWatch::TooShort),
                    SHORTEST..=LONGEST => {}
                    _ => return Err(NoWatch::TooMuch),
                }
                if !list.contains(&part) {
                    list.push(part);
                }
            }
        }
        match watch.words.len() {
            0 => Err(NoWatch::Nothing),
            1..=MOST if watch.without.len() <= MOST => Ok(watch),
            _ => Err(NoWatch::TooMuch),
        }
    }

    /// What remarks must have to do with, each.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// What they must not hold.
    pub fn without(&self) -> &[String] {
        &self.without
    }

    /// How a remark has to do with it: whose words, under which heading, what it says as a whole, and what of that is new. `people`
    /// knows who speaks in the files.
    fn way(
        &self,
        called: &Called,
        around: &str,
        whole: &str,
        fresh: &str,
        people: impl Fn(&str) -> bool,
    ) -> Option<Way> {
        let is_excluded =
            |word: &String| fresh.contains(word.as_str()) || around.contains(word.as_str()) || called.is(word);
        if self.without.iter().any(is_excluded) {
            return None;
        }
        let (whose, others): (Vec<&String>, Vec<&String>) = self.words.iter().partition(|word| called.is(word));
        let (told, rest): (Vec<&String>, Vec<&String>) =
            others.into_iter().partition(|word| whole.contains(word.as_str()));
        if !rest.iter().all(|word| around.contains(word.as_str())) {
            return None;
        }
        // What brings it up must be new itself; under a heading, or of somebody, all that is new counts.
        if !told.is_empty() && !told.iter().any(|word| fresh.contains(word.as_str())) {
            return None;
        }
        let is_party = |word: &String| is_county(word) || people(word);
        Some(match called.spoken {
            true if !whose.is_empty() => Way::Says,
            true if !self.words.iter().any(is_party) => Way::SpeaksOf,
            _ => Way::SpokenOf,
        })
    }
}

/// A word that begins with a county's full name is two.
fn parts(word: &str) -> Vec<String> {
    let places = Gazetteer::shared().places_in(word);
    let county = places
        .first()
        .filter(|place| place.span.start() == 0 && is_county(place.span.of(word)));
    match county.map(|place| word.split_at(place.span.end())) {
        Some((county, rest)) if rest.chars().count() >= SHORTEST => vec![county.to_owned(), rest.to_owned()],
        _ => vec![word.to_owned()],
    }
}

/// Whether it is a county's full name.
fn is_county(word: &str) -> bool {
    let named = Gazetteer::shared().named(word);
    named
        .iter()
        .any(|division| division.level() == Level::County && division.name() == word)
}

/// What whoever speaks is called, folded; nothing where it is the reporter.
#[derive(Debug, Default)]
struct Called {
    spoken: bool,
    name: Option<String>,
    county: Option<String>,
    office: Option<String>,
}

impl Called {
    fn of(voice: &Voice) -> Called {
        if !voice.is_spoken() {
            return Called::default();
        }
        Called {
            spoken: true,
            name: voice.name().map(fold_str),
            county: voice.county().map(|county| fold_str(county.name())),
            office: voice.office().map(fold_str),
        }
    }

    /// Whether a word is the name, the county that is spoken for, also short, or the end of the office.
    fn is(&self, word: &str) -> bool {
        let county = self.county.as_deref().is_some_and(|full| {
            let rank = full.strip_prefix(word);
            rank.is_some_and(|rank| ["", "县", "市", "区", "旗"].contains(&rank))
        });
        let office = || self.office.as_deref().is_some_and(|office| office.ends_with(word));
        self.name.as_deref() == Some(word) || county || (word.chars().count() > SHORTEST && office())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::{Certainty, Manner, Speaker};

    fn way(watch: &str, voice: &Voice, text: &str) -> Option<Way> {
        let text = fold_str(text);
        let people = |word: &str| word == "王静";
        Watch::of(watch)
            .unwrap()
            .way(&Called::of(voice), "一、防汛工作", &text, &text, people)
    }

    fn somebody(name: &str, office: &str, county: &str) -> Voice {
        Voice::Person {
            speaker: Speaker {
                name: Some(name.to_owned()),
                office: Some(office.to_owned()),
                county: Gazetteer::shared().county(county, &[]),
            },
            manner: Manner::Direct,
            certainty: Certainty::Named,
        }
    }

    #[test]
    fn who_speaks_of_it_is_told_from_whom_it_is_spoken_of() {
        let wang = somebody("王静", "长武县委常委、统战部部长", "长武县");
        let liu = somebody("刘晖", "乾县县委常委", "乾县");
        for (watch, voice, text, expected) in [
            ("王静", &wang, "先修路。", Some(Way::Says)),
            ("王静", &liu, "王静同志讲得好。", Some(Way::SpokenOf)),
            ("王静", &liu, "先修路。", None),
            ("王静", &Voice::Narrator, "王静出席会议。", Some(Way::SpokenOf)),
            ("民营经济", &liu, "要发展民营经济。", Some(Way::SpeaksOf)),
            ("民营经济", &liu, "要發展民營經濟。", Some(Way::SpeaksOf)),
            (
                "民营经济",
                &Voice::Narrator,
                "会议听取了民营经济的汇报。",
                Some(Way::SpokenOf),
            ),
            ("长武县 招商", &wang, "招商要抓紧。", Some(Way::Says)),
            ("长武招商", &wang, "招商要抓紧。", None),
            ("长武 招商", &wang, "招商要抓紧。", Some(Way::Says)),
            ("长武县招商", &liu, "长武县的招商值得学。", Some(Way::SpokenOf)),
            ("长武县 招商", &liu, "招商要抓紧。", None),
            ("统战部部长", &wang, "先修路。", Some(Way::Says)),
            // The heading tells what it is about.
            ("长武县 防汛", &wang, "库房要备足沙袋。", Some(Way::Says)),
            ("民营经济 -招商", &liu, "民营经济靠招商。", None),
            ("民营经济 -乾县", &liu, "要发展民营经济。", None),
            ("民营经济 －防汛", &liu, "要发展民营经济。", None),
        ] {
            assert_eq!(way(watch, voice, text), expected, "{watch}: {text}");
        }
    }

    #[test]
    fn what_was_said_before_brings_nothing_up_again() {
        let watch = Watch::of("民营经济").unwrap();
        let liu = Called::of(&somebody("刘晖", "乾县县委常委", "乾县"));
        let whole = "要发展民营经济。另外要修路。";
        assert_eq!(watch.way(&liu, "", whole, "另外要修路。", |_| false), None);
        assert_eq!(
            watch.way(&liu, "", whole, "要发展民营经济。", |_| false),
            Some(Way::SpeaksOf)
        );
        // Of somebody all that is new counts.
        assert_eq!(
            Watch::of("刘晖")
                .unwrap()
                .way(&liu, "", whole, "另外要修路。", |_| false),
            Some(Way::Says)
        );
    }

    #[test]
    fn what_cannot_be_watched_is_told() {
        assert_eq!(Watch::of("  "), Err(NoWatch::Nothing));
        assert_eq!(Watch::of("-招商"), Err(NoWatch::Nothing));
        assert_eq!(Watch::of("路"), Err(NoWatch::TooShort));
        assert_eq!(
            Watch::of("修路 桥梁 水库 学校 医院 茶园 古道 亭子 石阶"),
            Err(NoWatch::TooMuch)
        );
        assert_eq!(Watch::of(&"路".repeat(31)), Err(NoWatch::TooMuch));
        let watch = Watch::of("长武县防汛，防汛 -招商").unwrap();
        assert_eq!(watch.words(), ["长武县", "防汛"]);
        assert_eq!(watch.without(), ["招商"]);
        assert_eq!(Watch::of("长武县").unwrap().words(), ["长武县"]);
    }
}
