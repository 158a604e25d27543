//! The lines of a paper, and each cut where something about it changes: whose words, the quote, a doubt.

use crate::index::Paper;
use crate::meeting::Reason;
use crate::text::Span;

/// What a line of the paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// What the page has and nobody said, and why it was left out.
    Furniture(Reason),
    /// All else.
    Body,
}

/// A line with words in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Where it stands, without the marks of headings and white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: LineKind,
    /// Whether a blank line stands before it.
    pub gap: bool,
    /// It in stretches, in order; together they are the line.
    pub cuts: Vec<Cut>,
}

/// A stretch of a line of which all that we know is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it stands.
    pub span: Span,
    /// The piece that it is in, as an index of the paper's.
    pub piece: Option<usize>,
    /// Whether it is in the quote.
    pub quoted: bool,
    /// The doubt that it is of, as an index of the paper's.
    pub doubt: Option<usize>,
}

/// All lines of a paper; `quote` is what is to be highlighted.
pub fn lines(paper: &Paper, quote: Option<Span>) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut gap, mut seen) = (0, false, 0);
    for raw in paper.text.split('\n') {
        let whole = Span::new(at, at + raw.len());
        at = whole.end() + 1;
        let span = whole.trimmed(&paper.text);
        if span.is_empty() {
            gap = true;
            continue;
        }
        let (span, kind) = kind(paper, span);
        // Pieces are in order: those that end before this line are done with.
        while paper
            .pieces
            .get(seen)
            .is_some_and(|piece| piece.span.end() <= span.start())
        {
            seen += 1;
        }
        let cuts = cuts(paper, span, quote, seen);
        lines.push(Line { span, kind, gap, cuts });
        gap = false;
    }
    lines
}

/// What a line is, and where its own words stand.
fn kind(paper: &Paper, line: Span) -> (Span, LineKind) {
    let from = paper.headings.partition_point(|heading| heading.end() <= line.start());
    let heading = paper.headings.get(from).filter(|heading| line.contains(**heading));
    let around = |inner: Span| {
        let text = &paper.text;
        let marks = |span: Span| span.of(text).chars().all(|c| !c.is_alphanumeric());
        marks(Span::new(line.start(), inner.start())) && marks(Span::new(inner.end(), line.end()))
    };
    if heading.is_some_and(|heading| !heading.is_empty() && around(*heading)) {
        return (without_marks(paper, line), LineKind::Heading);
    }
    let from = paper.left_out.partition_point(|left| left.span.end() <= line.start());
    let left = paper.left_out.get(from).filter(|left| left.span.overlaps(line));
    match left {
        Some(left) if left.why == Reason::Title && around(left.span) => (without_marks(paper, line), LineKind::Title),
        Some(left)
            if left.why != Reason::Title && left.span.start() <= line.start() && left.span.end() >= line.end() =>
        {
            (line, LineKind::Furniture(left.why))
        }
        _ => (line, LineKind::Body),
    }
}

/// A line without the marks that Markdown begins a heading with.
fn without_marks(paper: &Paper, line: Span) -> Span {
    let words = line.of(&paper.text);
    let bare = words.trim_start_matches('#');
    let depth = words.len() - bare.len();
    let begins_so = (1..=6).contains(&depth) && bare.starts_with([' ', '\t']);
    let marks = if begins_so {
        words.len() - bare.trim_start().len()
    } else {
        0
    };
    Span::new(line.start() + marks, line.end())
}

fn cuts(paper: &Paper, line: Span, quote: Option<Span>, first: usize) -> Vec<Cut> {
    let pieces = paper.pieces.iter().enumerate().skip(first);
    let pieces: Vec<(usize, Span)> = pieces
        .take_while(|(_, piece)| piece.span.start() < line.end())
        .map(|(index, piece)| (index, piece.span))
        .collect();
    let doubts: Vec<(usize, Span)> = paper
        .doubts
        .iter()
        .enumerate()
        .filter(|(_, doubt)| doubt.span.overlaps(line))
        .map(|(index, doubt)| (index, doubt.span))
        .collect();
    let spans = pieces.iter().chain(&doubts).map(|(_, span)| *span).chain(quote);
    let mut ends: Vec<usize> = spans
        .flat_map(|span| [span.start(), span.end()])
        .chain([line.start(), line.end()])
        .filter(|end| (line.start()..=line.end()).contains(end))
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let of = |all: &[(usize, Span)], span: Span| all.iter().find(|(_, other)| other.overlaps(span)).map(|(at, _)| *at);
    ends.windows(2)
        .map(|pair| Span::new(pair[0], pair[1]))
        .map(|span| Cut {
            span,
            piece: of(&pieces, span),
            quoted: quote.is_some_and(|quote| quote.overlaps(span)),
            doubt: of(&doubts, span),
        })
        .collect()
}
