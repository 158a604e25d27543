//! Attribution: who said what. Rules over data files; the order of work is the order of the files below.
//!
//! - [`lexicon`]: the data files, read once
//! - [`name`], [`hypothesis`], [`office`], [`title`], [`mention`], [`familiar`], [`people`]: persons, how a text names them, who is known by then
//! - [`persons`]: words about persons by which rules go
//! - [`known`]: what is known of somebody, with the rule that told it
//! - [`county`]: for which county an office speaks
//! - [`item`]: marks of counted lists
//! - [`adverbial`], [`content`], [`subject`], [`group`], [`clause`], [`veto`], [`announce`], [`frame`]: where a cue's words begin,
//!   who may be its subject, what speaks against it, and what is left
//! - [`quoted`], [`closing`], [`dialogue`], [`speech`]: a paragraph's quotations and frames become stretches with a teller
//! - [`recurring`], [`introduction`], [`telling_names`], [`cast`]: names that a file comes back to, what paragraphs say of persons; who is who in the
//!   document
//! - [`account`]: sentences between a speaker's words that go on with them
//! - [`manuscript`], [`collection`], [`byline`]: papers that are somebody's words as a whole, collections of contributions, whom a line over
//!   them names
//! - [`signed`]: quotations that are signed behind a dash
//! - [`across`], [`talk`]: quoted words that the paragraphs around them give to somebody, talk of two
//! - [`heading`], [`turn`], [`recording`], [`interjection`]: headings that say who speaks, turns, recordings in a broadcast's script, what
//!   others throw in
//! - [`voice`], [`pronoun`]: whose words a stretch is, pronouns over paragraphs
//! - [`document`]: paragraphs and turns in order, narration in the gaps

mod account;
mod across;
mod adverbial;
mod announce;
mod byline;
mod cast;
mod clause;
mod closing;
mod collection;
mod content;
mod county;
mod dialogue;
mod document;
mod familiar;
mod frame;
mod group;
mod heading;
mod hypothesis;
mod interjection;
mod introduction;
mod item;
mod known;
mod lexicon;
mod manuscript;
mod mention;
mod name;
mod name_end;
mod office;
mod people;
mod persons;
mod pronoun;
mod quoted;
mod recording;
mod recurring;
mod signed;
mod speech;
mod subject;
mod talk;
mod telling_names;
mod title;
mod turn;
mod veto;
mod voice;

pub use document::attribute;
pub use interjection::is_thrown_in;
pub use item::is_item;
pub use lexicon::AskedTitles;
pub use mention::{Mention, Naming};
pub use name::{ADDRESSES, MEMBERS};
pub use name_end::is_name_char;
pub use people::People;

/// The only one of several; `None` where there is none, or more than one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The persons mentioned in a folded text.
pub fn mentions_in(text: &str, known: &People) -> Vec<Mention> {
    mention::MentionFinder::new().find(text, known)
}

/// Where the first reporting word of folded `text` begins.
pub fn first_cue(text: &str) -> Option<usize> {
    lexicon::Lexicon::shared()
        .cues_in(text)
        .next()
        .map(|(span, _)| span.start())
}

/// Whether folded `text` ends in a title.
pub fn ends_in_title(text: &str) -> bool {
    lexicon::Lexicon::shared().offices.suffix(text).is_some()
}

/// Whether folded `word` is a reporting word: 强调.
pub fn is_cue(word: &str) -> bool {
    lexicon::Lexicon::shared().is_cue(word)
}

/// Whether folded `text` is the head noun of a group: 村民们.
pub fn is_group(text: &str) -> bool {
    lexicon::Lexicon::shared().groups.has(text)
}

/// The end of folded `text` that makes it a body's or a place's name: 局 of 水利局.
pub fn organ_at_end(text: &str) -> Option<&str> {
    lexicon::Lexicon::shared().organs.suffix(text)
}

/// The titles and callings that people type in questions.
pub fn asked_titles() -> &'static AskedTitles {
    &lexicon::Lexicon::shared().asked
}

/// The title that folded `text` ends with: 副局长 of 丘福生副局长.
pub fn title_at_end(text: &str) -> Option<&str> {
    lexicon::Lexicon::shared().offices.suffix(text)
}

/// The surname that folded `text` begins with.
pub fn surname_at_start(text: &str) -> Option<&str> {
    lexicon::Lexicon::shared().surnames.prefix(text)
}

/// Whether folded `text` is shaped like a person's whole name and is no common word.
pub fn shaped_like_name(text: &str) -> bool {
    let names = name::NameReader::new();
    names.is_name(text) && !names.is_word(text)
}

/// The names that stand alone in a (folded) list of those present: 冶文彪、绽国福、候光明.
pub fn names_listed(list: &str) -> Vec<&str> {
    let names = name::NameReader::new();
    let pieces: Vec<&str> = list.split(['、', ',', ';', ' ', '。']).map(str::trim).collect();
    let is_short = |piece: &str| (2..=4).contains(&piece.chars().count());
    let sure = |piece: &&str| is_short(piece) && names.may_be_name(piece, hypothesis::Slot::Listed);
    let among = pieces.iter().any(sure);
    // 候光明: a surname of no list and a word for a given name, among names.
    let made = |piece: &str| among && hypothesis::may_be_name_of_word(&names, piece);
    pieces.into_iter().filter(|piece| sure(piece) || made(piece)).collect()
}
