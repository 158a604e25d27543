//! What stands in a file and in no remark, with the reason: so that nothing is lost without a word.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A stretch of the text that is in no remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Where it stands.
    pub span: Span,
    /// Why.
    pub why: Reason,
}

/// Why a stretch of the text is in no remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// The file's own head between `---` lines.
    FileHead,
    /// The title.
    Title,
    /// A section's heading.
    Heading,
    /// Who speaks: the head of a turn, the names and reporting words around somebody's words.
    Speaker,
    /// Marks between remarks: quotation marks, list marks, Markdown.
    Mark,
    /// `— 2 —`, `第 3 页`.
    PageNumber,
    /// What stands at the head or the foot of each page.
    RunningHead,
    /// Menus, crumbs, links to other pages, share buttons.
    Navigation,
    /// Lines of editors, sources, copyright.
    Editorial,
    /// A remark at the margin, of whoever reviewed the text.
    Comment,
    /// Properties of the file, numbers of a recording, names of columns.
    Metadata,
    /// What stands under a picture, or is its name.
    Caption,
}

impl Reason {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reason::FileHead => "file head",
            Reason::Title => "title",
            Reason::Heading => "heading",
            Reason::Speaker => "speaker",
            Reason::Mark => "mark",
            Reason::PageNumber => "page number",
            Reason::RunningHead => "running head",
            Reason::Navigation => "navigation",
            Reason::Editorial => "editorial",
            Reason::Comment => "comment",
            Reason::Metadata => "metadata",
            Reason::Caption => "caption",
        }
    }

    /// Whether it is text of the page that nobody reads there for what it says: all but titles, headings, and what
    /// frames somebody's words.
    pub fn is_furniture(self) -> bool {
        !matches!(
            self,
            Reason::FileHead | Reason::Title | Reason::Heading | Reason::Speaker | Reason::Mark
        )
    }
}
