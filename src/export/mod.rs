//! Answers as documents: Word with a footnote for each source, Markdown, and tables for spreadsheets.
//!
//! A quote is the file's own words in all of them; what a format needs beside them (escapes, footnotes) is around them.

mod csv;
mod docx;
mod markdown;
mod package;
mod table;
mod xlsx;

use crate::answer::{Answer, Body, Kind, Quote};
use crate::meeting::Certainty;
use crate::text::CharSpan;
use crate::wording::{Lang, export_source_line, head_lines, refusal_lines, speaker_line};

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Word.
    Docx,
    /// Markdown.
    Md,
    /// A table, in UTF-8 with the mark by which spreadsheets know it.
    Csv,
    /// A workbook of one sheet.
    Xlsx,
}

impl Format {
    /// All of them.
    const ALL: [Format; 4] = [Format::Docx, Format::Md, Format::Csv, Format::Xlsx];

    /// Most quotes of a document, where nothing else is asked for.
    pub const QUOTES: usize = 50;

    /// The ending of its files, and the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Md => "md",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
        }
    }

    /// That of a word, or of a file's ending.
    pub fn from_word(word: &str) -> Option<Format> {
        let word = word.to_ascii_lowercase();
        Format::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Whether a terminal shows it: it is text.
    pub fn is_text(self) -> bool {
        matches!(self, Format::Md | Format::Csv)
    }
}

/// An answer, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    lang: Lang,
    /// What was asked.
    title: String,
    /// What is said before the quotes, or instead of them.
    head: Vec<String>,
    /// Whether it is a list of what is to be done.
    is_tasks: bool,
    rows: Vec<Row>,
}

/// A quote with all that tells where it is from.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    text: String,
    /// Who said it, in one line; name, office and county apart.
    called: String,
    name: Option<String>,
    office: Option<String>,
    county: Option<String>,
    /// As the JSON contract calls them.
    kind: &'static str,
    certainty: Option<Certainty>,
    meeting: String,
    date: Option<String>,
    section: Option<String>,
    file: String,
    /// The line of the file that it begins in, counted without blank ones.
    paragraph: Option<usize>,
    at: CharSpan,
    owner: Option<String>,
    due: Option<String>,
    /// Where it is from, in one line.
    source: String,
}

impl Sheet {
    /// Of an answer; `paragraph` tells in which paragraph of its file a quote begins.
    pub fn new(answer: &Answer, lang: Lang, paragraph: impl Fn(&Quote) -> Option<usize>) -> Sheet {
        let mut head = head_lines(lang, answer);
        if let Body::NoAnswer(refusal) = &answer.body {
            head.extend(refusal_lines(lang, refusal));
        }
        let rows = answer.quotes().iter().map(|quote| {
            let paragraph = paragraph(quote);
            let own = |words: Option<&str>| words.map(str::to_owned);
            Row {
                text: quote.text.clone(),
                called: speaker_line(lang, quote),
                name: own(quote.voice.name()),
                office: own(quote.voice.office()),
                county: own(quote.voice.county().map(|county| county.name())),
                kind: quote.voice.kind(),
                certainty: quote.voice.certainty(),
                meeting: quote.meeting.clone(),
                date: quote.dates.map(|dates| dates.start().to_string()),
                section: quote.section.clone(),
                file: quote.file.clone(),
                paragraph,
                at: quote.at,
                owner: quote.owner.clone(),
                due: quote.due.clone(),
                source: export_source_line(lang, quote, paragraph),
            }
        });
        Sheet {
            lang,
            title: answer.question.trim().to_owned(),
            head,
            is_tasks: matches!(&answer.body, Body::Found { kind: Kind::Tasks, .. }),
            rows: rows.collect(),
        }
    }

    /// How many quotes there are.
    pub fn quotes(&self) -> usize {
        self.rows.len()
    }

    /// The bytes of a file in this format.
    ///
    /// # Errors
    ///
    /// Where a package cannot be made.
    pub fn written(&self, format: Format) -> std::io::Result<Vec<u8>> {
        Ok(match format {
            Format::Docx => docx::written(self)?,
            Format::Md => markdown::written(self).into_bytes(),
            Format::Csv => csv::written(self).into_bytes(),
            Format::Xlsx => xlsx::written(self)?,
        })
    }

    /// A name for the file: what was asked, as far as all systems take it.
    pub fn file_name(&self, format: Format) -> String {
        const LONGEST: usize = 40;
        let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '、' | '“' | '”');
        let name: String = self.title.chars().filter(|c| kept(*c)).take(LONGEST).collect();
        let name = if name.is_empty() { "huiwen" } else { &name };
        format!("{name}.{}", format.word())
    }
}

#[cfg(test)]
mod tests;
