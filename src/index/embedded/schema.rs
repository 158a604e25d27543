//! The fields of the index: some are filtered by, some are ranked by, one holds what is shown.

use serde::{Serialize, de::DeserializeOwned};
use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value};

use super::squeezed::{squeezed, unsqueezed};
use crate::digest::{summed, unsummed};
use crate::index::IndexError;
use crate::index::analyzer::Token;

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
    /// What is shown of it, packed and squeezed, behind the checksum.
    pub stored: Field,
    /// What of the knowledge file's text, as it was when it was read, stands in no passage, on the files' records alone, packed
    /// and squeezed, behind their checksum.
    pub rest: Field,
    /// Its headings, what was left out and what is doubtful, on the files' records alone, packed
    /// and squeezed, behind their checksum.
    pub outline: Field,
}

impl Fields {
    /// The schema, and its fields.
    pub fn new() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let indexed = |tokenizer, option, lengths| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default().set_indexing_options(indexing.set_index_option(option).set_fieldnorms(lengths))
        };
        let ranked = || indexed("whitespace", IndexRecordOption::WithFreqs, true);
        // How long they are says nothing of what is only filtered by.
        let filtered = || indexed("raw", IndexRecordOption::Basic, false);
        let fields = Fields {
            record: builder.add_text_field("record", filtered()),
            file: builder.add_text_field("file", filtered()),
            county: builder.add_text_field("county", filtered()),
            speaker: builder.add_text_field("speaker", filtered()),
            kind: builder.add_text_field("kind", filtered()),
            words: builder.add_text_field("words", ranked()),
            pairs: builder.add_text_field("pairs", ranked()),
            around: builder.add_text_field("around", ranked()),
            stored: builder.add_bytes_field("stored", BytesOptions::default().set_stored()),
            rest: builder.add_bytes_field("rest", BytesOptions::default().set_stored()),
            outline: builder.add_bytes_field("outline", BytesOptions::default().set_stored()),
        };
        (builder.build(), fields)
    }

    /// Adds something that is kept of a document.
    pub fn keep<T: Serialize>(
        &self,
        document: &mut TantivyDocument,
        field: Field,
        value: &T,
    ) -> Result<(), IndexError> {
        let written = postcard::to_allocvec(value).map_err(|error| IndexError::Engine(error.into()))?;
        document.add_bytes(field, &summed(&squeezed(&written)));
        Ok(())
    }

    /// Something that is kept of a document; `None` where it is not what was written.
    pub fn kept<T: DeserializeOwned>(&self, document: &TantivyDocument, field: Field) -> Option<T> {
        postcard::from_bytes(&unsqueezed(Fields::bytes(document, field)?)?).ok()
    }

    /// The squeezed bytes of something that is kept of a document; `None` where they are not what was written.
    pub fn bytes(document: &TantivyDocument, field: Field) -> Option<&[u8]> {
        unsummed(document.get_first(field)?.as_bytes()?)
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
