//! How packages are written as inputs. A file of its own, so that what makes seeds is linked without a fuzzer.

/// The parts that the reader of each office format looks into.
pub const PARTS: [(&str, &[&str]); 3] = [
    (
        "a.docx",
        &[
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "word/styles.xml",
            "word/numbering.xml",
            "word/footnotes.xml",
            "word/endnotes.xml",
            "word/comments.xml",
            "word/header1.xml",
        ],
    ),
    (
        "a.xlsx",
        &[
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        ],
    ),
    (
        "a.pptx",
        &[
            "ppt/presentation.xml",
            "ppt/_rels/presentation.xml.rels",
            "ppt/slides/slide1.xml",
            "ppt/slides/_rels/slide1.xml.rels",
            "ppt/notesSlides/notesSlide1.xml",
            "ppt/slides/slide2.xml",
        ],
    ),
];

/// What stands between the parts in a fuzzer's input.
pub const BETWEEN: &[u8] = b"\n\0\n";
