//! The lines of a paper as HTML, with who speaks at their margin; and the parts of a long one.

use std::fmt::Write as _;
use std::ops::Range;

use super::View;
use super::cast::{Cast, Speaker, is_doubtful};
use super::escape::{escaped, push_escaped};
use super::lines::{Cut, Line, LineKind};
use crate::index::Paper;
use crate::text::Span;
use crate::wording::{county_word, doubt_line, inferred_words, left_out_reason, next_remark_words, unknown_speaker};

/// What a page is made of.
pub struct Sheet<'s> {
    pub paper: &'s Paper,
    pub lines: &'s [Line],
    pub cast: &'s Cast<'s>,
    /// The parts of the paper: where each begins, and which lines are in it.
    pub parts: &'s [Part],
    /// The part that is shown.
    pub part: usize,
    pub view: &'s View<'s>,
}

/// Lines that are shown on one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub start: usize,
    /// Its lines.
    pub lines: Range<usize>,
}

/// The parts of a paper, none longer than `longest` bytes, but for a line that is by itself.
pub fn parts(paper: &Paper, lines: &[Line], longest: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (index, line) in lines.iter().enumerate() {
        let chars = line.span.of(&paper.text).chars().count();
        if length > 0 && length + chars > longest {
            parts.push(Part {
                start: lines[start].span.start(),
                lines: start..index,
            });
            (start, length) = (index, 0);
        }
        length += chars;
    }
    parts.push(Part {
        start: lines.get(start).map_or(0, |line| line.span.start()),
        lines: start..lines.len(),
    });
    parts
}

/// The part that a byte of the text is in.
pub fn part_of(parts: &[Part], byte: usize) -> usize {
    parts.partition_point(|part| part.start <= byte).saturating_sub(1)
}

impl Sheet<'_> {
    /// The link to a place of the paper: on this page, or in another part of it.
    pub fn link(&self, byte: usize, id: &str) -> String {
        let part = part_of(self.parts, byte);
        match self.view.query.filter(|_| part != self.part) {
            Some(query) => format!("?{}&amp;part={part}#{id}", escaped(query)),
            None => format!("#{id}"),
        }
    }

    /// The lines of the part that is shown.
    pub fn body(&self) -> String {
        let mut out = String::new();
        let mut writer = Writer {
            sheet: self,
            noted: None,
            told: None,
            marked: false,
            doubted: Vec::new(),
        };
        for line in &self.lines[self.parts[self.part].lines.clone()] {
            writer.line(&mut out, line);
        }
        out
    }
}

struct Writer<'w> {
    sheet: &'w Sheet<'w>,
    /// The piece of the last words, where somebody says them; and the one whose speaker stands at the margin last.
    noted: Option<usize>,
    told: Option<usize>,
    /// Whether the quote has begun.
    marked: bool,
    /// The doubts whose places were passed.
    doubted: Vec<usize>,
}

impl Writer<'_> {
    fn line(&mut self, out: &mut String, line: &Line) {
        let gap = match (line.kind, line.gap) {
            (LineKind::Furniture(_), _) => " t",
            (_, true) => " gap",
            (_, false) => "",
        };
        let _ = write!(out, "<div class=\"b{gap}\">");
        let mut notes = String::new();
        let mut here: Vec<(usize, bool)> = Vec::new();
        for cut in &line.cuts {
            let Some(piece) = cut.piece else { continue };
            let Some(speaker) = self.sheet.cast.index(piece) else {
                self.noted = None;
                continue;
            };
            let before = self.noted.replace(piece);
            let who = (speaker, is_doubtful(&self.sheet.paper.pieces[piece]));
            // Whoever stands there already, in this line or because a remark goes on over lines, is not told again.
            if !here.contains(&who) && before != Some(piece) {
                let told = self.told.replace(piece);
                self.note(&mut notes, piece, told, line.span);
            }
            here.push(who);
        }
        if !notes.is_empty() {
            let _ = write!(out, "<aside>{notes}</aside>");
        }
        let lang = self.sheet.view.lang;
        let (open, close) = match line.kind {
            LineKind::Title => ("<h1 class=\"w\">".to_owned(), "</h1>"),
            LineKind::Heading => ("<h2 class=\"w\">".to_owned(), "</h2>"),
            LineKind::Furniture(why) => {
                let why = escaped(left_out_reason(lang, why));
                (format!("<p class=\"w f\" title=\"{why}\">"), "</p>")
            }
            LineKind::Body => ("<p class=\"w\">".to_owned(), "</p>"),
        };
        out.push_str(&open);
        for cut in &line.cuts {
            self.cut(out, cut);
        }
        out.push_str(close);
        out.push_str("</div>\n");
    }

    /// Who speaks a piece, at the margin; `before` is the piece whose speaker stands there last.
    fn note(&self, out: &mut String, piece: usize, before: Option<usize>, line: Span) {
        let sheet = self.sheet;
        let Some(speaker) = sheet.cast.speaker(piece) else {
            return;
        };
        let (this, voice) = (&sheet.paper.pieces[piece], &sheet.paper.pieces[piece].voice);
        let lang = sheet.view.lang;
        let _ = write!(out, "<span class=\"m{}\">", colour_class(speaker));
        // The same office is not said at each remark of a row.
        let same = before.is_some_and(|before| {
            let before = &sheet.paper.pieces[before].voice;
            (before.name(), before.office(), before.county()) == (voice.name(), voice.office(), voice.county())
        });
        let (name, office) = voice.called();
        let _ = write!(out, "<b>{}</b>", escaped(name.unwrap_or(unknown_speaker(lang))));
        if is_doubtful(this) {
            let words = escaped(inferred_words(lang, voice));
            let _ = write!(out, "<i class=\"d\" title=\"{words}\">? {words}</i>");
        }
        if !same {
            let county = voice.county().map(|county| county_word(lang, county.name()));
            for about in office.map(str::to_owned).into_iter().chain(county) {
                let _ = write!(out, "<i>{}</i>", escaped(&about));
            }
        }
        let mut later = speaker.pieces.iter().copied();
        if let Some(next) = later.find(|other| sheet.paper.pieces[*other].span.start() >= line.end()) {
            let at = sheet.paper.pieces[next].span.start();
            let (link, words) = (sheet.link(at, &format!("r{next}")), escaped(next_remark_words(lang)));
            let _ = write!(out, "<a class=\"n\" href=\"{link}\" title=\"{words}\">↓</a>");
        }
        out.push_str("</span>");
    }

    fn cut(&mut self, out: &mut String, cut: &Cut) {
        let sheet = self.sheet;
        let speaker = cut.piece.and_then(|piece| sheet.cast.speaker(piece));
        let mut ends = Vec::new();
        if let (Some(speaker), Some(piece)) = (speaker, cut.piece) {
            let colour = colour_class(speaker);
            let begins = sheet.paper.pieces[piece].span.start() == cut.span.start();
            let id = if begins {
                format!(" id=\"r{piece}\"")
            } else {
                String::new()
            };
            let doubtful = is_doubtful(&sheet.paper.pieces[piece]);
            let doubt = if doubtful { " u" } else { "" };
            let _ = write!(out, "<span class=\"s{colour}{doubt}\"{id}>");
            ends.push("</span>");
        }
        if let Some(doubt) = cut.doubt {
            let words = escaped(&doubt_line(sheet.view.lang, &sheet.paper.doubts[doubt].kind));
            let id = match self.doubted.contains(&doubt) {
                true => String::new(),
                false => format!(" id=\"d{doubt}\""),
            };
            self.doubted.push(doubt);
            let _ = write!(out, "<span class=\"u\"{id} title=\"{words}\">");
            ends.push("</span>");
        }
        if cut.quoted {
            out.push_str(if self.marked { "<mark>" } else { "<mark id=\"q\">" });
            self.marked = true;
            ends.push("</mark>");
        }
        push_escaped(out, cut.span.of(&sheet.paper.text));
        ends.iter().rev().for_each(|end| out.push_str(end));
    }
}

/// The class of a speaker's colour, behind another.
fn colour_class(speaker: &Speaker<'_>) -> String {
    speaker.colour.map(|colour| format!(" c{colour}")).unwrap_or_default()
}
