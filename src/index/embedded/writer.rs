//! Writing to the index in Tantivy.

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::Embedded;
use super::rest::Rest;
use super::schema::Fields;
use super::soundness;
use crate::index::IndexError;
use crate::index::engine::{Entry, Writer};
use crate::index::passage::Passage;
use crate::index::terms::Terms;
use crate::meeting::Meeting;

/// Memory for new documents before they are written out, in bytes.
const WRITER_MEMORY: usize = 64 * 1024 * 1024;
/// Changes of fewer files are written without merging the index's pieces, unless these are as many.
const FEW_FILES: usize = 50;
const MOST_SEGMENTS: usize = 12;

/// What is being written.
pub struct Writing<'e> {
    engine: &'e Embedded,
    writer: IndexWriter,
}

impl<'e> Writing<'e> {
    /// Of so many changed files.
    pub fn begin(engine: &'e Embedded, files: usize) -> Result<Writing<'e>, IndexError> {
        soundness::begin(&engine.folder)?;
        let writer: IndexWriter = engine.index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let segments = engine.reader.searcher().segment_readers().len();
        if files < FEW_FILES && segments < MOST_SEGMENTS {
            // A small change is written at once; merging waits for a larger one, or until the pieces are many.
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        Ok(Writing { engine, writer })
    }

    fn document(&self, file: &str, meeting: &Meeting, passage: &Passage) -> Result<TantivyDocument, IndexError> {
        let fields = &self.engine.fields;
        let terms = Terms::of(&meeting.title, passage);
        let mut document = TantivyDocument::default();
        document.add_text(fields.file, file);
        for (field, values) in [
            (fields.kind, &terms.kinds),
            (fields.county, &terms.counties),
            (fields.speaker, &terms.speakers),
        ] {
            for value in values {
                document.add_text(field, value);
            }
        }
        Fields::add_tokens(fields.words, &mut document, &terms.words);
        Fields::add_tokens(fields.pairs, &mut document, &terms.pairs);
        Fields::add_tokens(fields.around, &mut document, &terms.around);
        fields.keep(&mut document, fields.stored, &(file, passage))?;
        Ok(document)
    }
}

impl Writer for Writing<'_> {
    fn remove(&self, file: &str) -> Result<(), IndexError> {
        for field in [self.engine.fields.file, self.engine.fields.record] {
            self.writer.delete_term(Term::from_field_text(field, file));
        }
        Ok(())
    }

    fn add(&self, entry: &Entry<'_>) -> Result<(), IndexError> {
        let (fields, record) = (&self.engine.fields, entry.record);
        for passage in entry.passages {
            self.writer
                .add_document(self.document(&record.file, &record.meeting, passage)?)?;
        }
        let mut document = TantivyDocument::default();
        document.add_text(fields.record, &record.file);
        fields.keep(&mut document, fields.stored, record)?;
        fields.keep(&mut document, fields.rest, &Rest::of(entry.text, entry.passages))?;
        fields.keep(&mut document, fields.outline, entry.outline)?;
        self.writer.add_document(document)?;
        Ok(())
    }

    fn commit(mut self: Box<Self>) -> Result<(), IndexError> {
        self.writer.commit()?;
        self.writer.wait_merging_threads()?;
        soundness::end(&self.engine.folder);
        Ok(())
    }
}
