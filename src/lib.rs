//! huiwen (会问): ask what was said at a meeting.
//!
//! # The map
//!
//! Data takes one way, and each stage knows only the ones above it:
//!
//! ```text
//! digest        short names for bytes, checksums;  guard  what breaks off ends its own work alone
//! text          characters: spans, folding with offsets kept, sentences, quotation marks, words
//! gazetteer     places: provinces, cities, counties, their short forms and parents
//! meeting       what a file says: Meeting, Section, Remark, Voice; types only
//! reading       a file becomes a meeting with remarks, in steps:
//!   format        its bytes become a text, with what the format knows of its layout; a file a format
//!   layout        text and marks become blocks: titles, headings, paragraphs, items, rows, turns, furniture
//!   facts         when, where and by whom; home, whose county the paper is
//!   attribution   who said which words
//!   left_out      what is in no remark, with the reason: nothing is lost without a word
//! index         passages in a search engine behind one seam, kept up to date with the knowledge folder; the catalogue
//! near          words that mean nearly the same, and what is apart however near it looks
//! meaning       what passages mean, by vectors of a server: beside the index, and nothing is lost without it
//! question      what was asked: who speaks, what is spoken of, what is wanted, follow-ups
//! answer        hits become quotes, or the reason why there are none
//! survey        what all files together hold: nothing is left out, counts are exact
//! library       one consistent state of all this, swapped whole at a reload, and what somebody sees of it
//! watch         what is new in a file, and whom it concerns
//! ───────────── the core ends here: above it nobody knows of terminals, Telegram, the environment or clocks
//! shelf         knowledge files are added, replaced and removed
//! settings      the environment, read once and checked, all faults at once
//! clock         what day it is in China
//! wording       the words around an answer, in the user's language
//! terminal      an answer as lines;  json  the JSON contract;  page  a paper as HTML;  export  an answer as a document;
//! chart         counts as pictures
//! embeddings    a server that makes vectors of texts
//! web           who is listened to over HTTP, and signed links
//! mcp           answers for assistants, over the Model Context Protocol;  serve  for other programs, over HTTP
//! command_line  chat, ask, read, inspect, reload, serve, mcp: a file each
//! telegram      the bot: an answer as messages, updates, commands, access
//! ```
//!
//! # What never happens
//!
//! - A quote is a span of a knowledge file. Nothing edits it on its way to the user; renderers only escape and mark.
//! - `index::embedded` alone knows Tantivy, `telegram` alone knows teloxide and Telegram's HTML, `text::segment` alone knows jieba, and
//!   `reading::format` alone what zip, XML, PDF and web pages are: behind it all files are a `Document`.
//! - A file from outside costs itself alone: what it unpacks to is counted, and a fault in reading it is an error of that file.
//! - `answer` and all above it read no environment and no clock: the same question of the same files gives the same
//!   answer.
//! - The catalogue is in memory, texts are not: they are read from the index when they are shown.
//! - What people know of the language (cues, titles, question words, places) stands in `.tsv` files beside the code
//!   that reads them.
#![warn(missing_docs)]
#![warn(clippy::unwrap_used)]

pub mod answer;
pub mod chart;
pub mod clock;
pub mod command_line;
pub mod digest;
pub mod embeddings;
pub mod export;
pub mod gazetteer;
pub mod guard;
pub mod index;
pub mod json;
pub mod library;
pub mod mcp;
pub mod meaning;
pub mod meeting;
pub mod near;
pub mod page;
pub mod question;
pub mod reading;
pub mod serve;
pub mod settings;
pub mod shelf;
pub mod survey;
pub mod telegram;
pub mod terminal;
pub mod text;
pub mod watch;
pub mod web;
pub mod wording;
