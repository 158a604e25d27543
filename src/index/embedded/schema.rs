//! The fields of the index: some are filtered by, some are ranked by, one holds what is shown.

use serde::{Serialize, de::DeserializeOwned};
use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions, Value};

use crate::digest::{summed, unsummed};
use crate::index::analyzer::Token;
use crate::index::paper::Outline;

/// The index's fields. A document is a knowledge file's record or one of its passages.
#[derive(Clone, Debug)]
pub struct Fields {
    /// Path of the knowledge file, on the files' records alone.
    pub record: Field,
    /// Path of the knowledge file, on passages alone.
    pub file: Field,
    /// Full names of the counties that speak in the passage.
    pub county: Field,
    /// Names of the persons and groups that speak in it.
    pub speaker: Field,
    /// Kinds of the voices in it, as the contract calls them.
    pub kind: Field,
    /// Its words.
    pub words: Field,
    /// Its pairs of characters.
    pub pairs: Field,
    /// Words that it stands under: title, heading, who speaks.
    pub around: Field,
    /// What is shown of it, as JSON, behind its checksum.
    pub stored: Field,
    /// The text that the knowledge file had when it was read, on the files' records alone, behind its checksum.
    pub text: Field,
    /// Its headings, what was left out and what is doubtful, on the files' records alone, as JSON, behind its checksum.
    pub outline: Field,
}

impl Fields {
    /// The schema, and its fields.
    pub fn new() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let ranked = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("whitespace")
                    .set_index_option(IndexRecordOption::WithFreqs)
                    .set_fieldnorms(true),
            )
        };
        let fields = Fields {
            record: builder.add_text_field("record", STRING),
            file: builder.add_text_field("file", STRING),
            county: builder.add_text_field("county", STRING),
            speaker: builder.add_text_field("speaker", STRING),
            kind: builder.add_text_field("kind", STRING),
            words: builder.add_text_field("words", ranked()),
            pairs: builder.add_text_field("pairs", ranked()),
            around: builder.add_text_field("around", ranked()),
            stored: builder.add_bytes_field("stored", BytesOptions::default().set_stored()),
            text: builder.add_bytes_field("text", BytesOptions::default().set_stored()),
            outline: builder.add_bytes_field("outline", BytesOptions::default().set_stored()),
        };
        (builder.build(), fields)
    }

    /// Adds what is shown of a document.
    pub fn store<T: Serialize>(&self, document: &mut TantivyDocument, value: &T) -> Result<(), serde_json::Error> {
        document.add_bytes(self.stored, &summed(&serde_json::to_vec(value)?));
        Ok(())
    }

    /// What is shown of a document; `None` where it is not what was written.
    pub fn stored<T: DeserializeOwned>(&self, document: &TantivyDocument) -> Option<T> {
        serde_json::from_slice(unsummed(document.get_first(self.stored)?.as_bytes()?)?).ok()
    }

    /// Adds the text of a file to its record.
    pub fn store_text(&self, document: &mut TantivyDocument, text: &str) {
        document.add_bytes(self.text, &summed(text.as_bytes()));
    }

    /// The text of a file; `None` where it is not what was written.
    pub fn stored_text(&self, document: &TantivyDocument) -> Option<String> {
        String::from_utf8(unsummed(document.get_first(self.text)?.as_bytes()?)?.to_vec()).ok()
    }

    /// Adds what a whole file is shown by beside its text to its record.
    pub fn store_outline(&self, document: &mut TantivyDocument, outline: &Outline) -> Result<(), serde_json::Error> {
        document.add_bytes(self.outline, &summed(&serde_json::to_vec(outline)?));
        Ok(())
    }

    /// What a whole file is shown by beside its text; `None` where it is not what was written.
    pub fn stored_outline(&self, document: &TantivyDocument) -> Option<Outline> {
        serde_json::from_slice(unsummed(document.get_first(self.outline)?.as_bytes()?)?).ok()
    }

    /// Adds what the analyzer made of a text. Tantivy takes the terms apart again at the blanks, which costs less than
    /// handing them over one by one: those go through JSON on their way to the writer.
    pub fn add_tokens(field: Field, document: &mut TantivyDocument, tokens: &[Token]) {
        let mut terms = String::new();
        for token in tokens {
            terms.push_str(&token.term);
            terms.push(' ');
        }
        document.add_text(field, terms);
    }
}
