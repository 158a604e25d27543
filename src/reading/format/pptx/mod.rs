//! PowerPoint decks (`.pptx`, `.ppsx`): what was shown at a meeting, and in the notes what was said to it.
//!
//! Slides come in the order in which they are shown, each with its title first, then its shapes in their order, then its
//! diagrams, its notes, and, left out of all remarks, the comments of reviewers. Charts are not read.
//!
//! | file | what it knows |
//! | --- | --- |
//! | `slide` | shapes, tables and paragraphs |
//! | `bullets` | the numbers of paragraphs |

mod bullets;
mod slide;

use self::slide::{Piece, Place};
use super::archive::{Archive, Relation};
use super::lines::Lines;
use super::xml::Token;
use super::{Document, MarkKind, Reason};
use crate::reading::ReadError;

const FORMAT: &str = "pptx";
/// Slides of one deck.
const MAX_SLIDES: usize = 5_000;
/// Diagrams, notes and comments of one slide.
const MAX_PARTS: usize = 100;

/// Reads a PowerPoint deck.
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let mut archive = Archive::open(FORMAT, bytes)?;
    let main = archive.main_part("ppt/presentation.xml")?;
    let relations = archive.relations(&main)?;
    let mut lines = Lines::default();
    for slide in slides(&mut archive, &main, &relations)? {
        let Some(xml) = archive.part(&slide)? else {
            continue;
        };
        write_slide(slide::read(xml)?, &mut lines)?;
        let others = archive.relations(&slide)?;
        write_others(&mut archive, &others, &mut lines)?;
    }
    lines.finish()
}

/// The parts of the slides, in the order in which they are shown.
fn slides(archive: &mut Archive<'_>, main: &str, relations: &[Relation]) -> Result<Vec<String>, ReadError> {
    let mut xml = archive.needed(main)?;
    let mut slides = Vec::new();
    loop {
        match xml.next()? {
            Token::Open(element) if element.name() == "sldId" => {
                let id = element.prefixed_attr("id").unwrap_or_default();
                let target = relations
                    .iter()
                    .find(|relation| relation.id == id && relation.kind == "slide");
                slides.extend(target.map(|relation| relation.target.clone()));
                if slides.len() > MAX_SLIDES {
                    return Err(ReadError::TooMuch { what: "slides" });
                }
            }
            Token::End => return Ok(slides),
            _ => {}
        }
    }
}

/// Writes a slide: its title first, wherever it lies among the shapes.
fn write_slide(pieces: Vec<Piece>, lines: &mut Lines) -> Result<(), ReadError> {
    let (titles, rest): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|piece| {
        matches!(
            piece,
            Piece::Paragraph {
                place: Place::Title,
                ..
            }
        )
    });
    let title: Vec<String> = titles.into_iter().filter_map(one_line).collect();
    lines.push(&MarkKind::Heading(1), &title.join(" "))?;
    rest.into_iter().try_for_each(|piece| write(piece, lines))
}

/// The text of a paragraph without the breaks that only make it fit.
fn one_line(piece: Piece) -> Option<String> {
    match piece {
        Piece::Paragraph { text, .. } => Some(text.replace('\n', " ")),
        Piece::Row { .. } => None,
    }
}

fn write(piece: Piece, lines: &mut Lines) -> Result<(), ReadError> {
    match piece {
        Piece::Row { cells, head } => lines.push_row(&cells, head),
        Piece::Paragraph { place, text } => match place {
            Place::Number => lines.push_left_out(Reason::PageNumber, &text),
            Place::Running => lines.push_left_out(Reason::RunningHead, &text),
            Place::Title | Place::Body | Place::Free => lines.push(&MarkKind::Paragraph, &text),
        },
    }
}

/// Writes what hangs on a slide.
fn write_others(archive: &mut Archive<'_>, relations: &[Relation], lines: &mut Lines) -> Result<(), ReadError> {
    for kind in ["diagramData", "notesSlide", "comments"] {
        let parts = relations.iter().filter(|relation| relation.kind == kind);
        for part in parts.take(MAX_PARTS) {
            if kind == "comments" {
                write_comments(archive, part, lines)?;
            } else if let Some(xml) = archive.part(&part.target)? {
                slide::read(xml)?
                    .into_iter()
                    .try_for_each(|piece| write(piece, lines))?;
            }
        }
    }
    Ok(())
}

/// Writes comments, which older programs write into an element `text` and newer ones into paragraphs.
fn write_comments(archive: &mut Archive<'_>, part: &Relation, lines: &mut Lines) -> Result<(), ReadError> {
    let Some(mut xml) = archive.part(&part.target)? else {
        return Ok(());
    };
    loop {
        match xml.next()? {
            Token::Open(element) if matches!(element.name(), "text" | "t") => {}
            Token::End => return Ok(()),
            _ => continue,
        }
        let text = xml.text_inside()?;
        lines.push_left_out(Reason::Comment, &text)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::format::archive::testing::{package, survives_damage};
    use crate::reading::format::lines::traced;

    fn shape(place: &str, paragraphs: &[&str]) -> String {
        let paragraphs: String = paragraphs
            .iter()
            .map(|text| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"))
            .collect();
        let place = if place.is_empty() {
            String::new()
        } else {
            format!(r#"<p:nvSpPr><p:nvPr><p:ph type="{place}"/></p:nvPr></p:nvSpPr>"#)
        };
        format!("<p:sp>{place}<p:txBody>{paragraphs}</p:txBody></p:sp>")
    }

    fn deck(slides: &[&str], others: &[(&str, &str)]) -> Vec<u8> {
        let mut listed = String::new();
        let mut relations = String::new();
        let mut bodies = Vec::new();
        for (index, slide) in slides.iter().enumerate() {
            listed.insert_str(0, &format!(r#"<p:sldId id="{index}" r:id="r{index}"/>"#));
            relations += &format!(
                r#"<Relationship Id="r{index}" Type="http://x/relationships/slide" Target="slides/s{index}.xml"/>"#
            );
            let body = format!("<p:sld><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>");
            bodies.push((format!("ppt/slides/s{index}.xml"), body));
        }
        let main = format!("<p:presentation><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>");
        let relations = format!("<Relationships>{relations}</Relationships>");
        let mut parts = vec![
            ("ppt/presentation.xml", main.as_str()),
            ("ppt/_rels/presentation.xml.rels", relations.as_str()),
        ];
        parts.extend(bodies.iter().map(|(name, body)| (name.as_str(), body.as_str())));
        parts.extend(others);
        package(&parts)
    }

    fn lines(slides: &[&str], others: &[(&str, &str)]) -> String {
        traced(&read(&deck(slides, others)).unwrap())
    }

    #[test]
    fn slides_come_in_the_order_of_the_deck_with_their_titles_first() {
        let first = shape("", &["刘晖：先说产业。"]) + &shape("ctrTitle", &["全县产业", "座谈会"]);
        let second = format!(
            "<p:grpSp>{}{}</p:grpSp>",
            shape("", &["甲"]),
            shape("body", &["乙", "丙"])
        );
        assert_eq!(
            lines(&[&second, &first], &[]),
            "h1 全县产业 座谈会\np 刘晖：先说产业。\np 甲\np 乙\np 丙"
        );
    }

    #[test]
    fn what_stands_on_each_slide_is_left_out() {
        let slide = shape("title", &["议程"])
            + &shape("ftr", &["县府办"])
            + &shape("dt", &["3月5日"])
            + &shape("sldNum", &["2"]);
        let free = r#"<p:sp><p:txBody><a:p><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:txBody></p:sp>"#;
        assert_eq!(
            lines(&[&(slide + free)], &[]),
            "h1 议程\nRunningHead 县府办\nRunningHead 3月5日\nPageNumber 2\nPageNumber 2"
        );
    }

    #[test]
    fn tables_are_rows() {
        let row = |cells: &[&str]| -> String {
            let cells: String = cells
                .iter()
                .map(|cell| format!("<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>"))
                .collect();
            format!("<a:tr>{cells}</a:tr>")
        };
        let covered = r#"<a:tr><a:tc vMerge="1"><a:txBody><a:p/></a:txBody></a:tc>"#;
        let last = row(&["记录员"]).replacen("<a:tr>", covered, 1);
        let table = format!(
            r#"<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{}{}{last}</a:tbl></p:graphicFrame>"#,
            row(&["姓名", "职务"]),
            row(&["刘晖", "副县长"]),
        );
        assert_eq!(lines(&[&table], &[]), "head 姓名|职务\nrow 刘晖|副县长\nrow |记录员");
    }

    #[test]
    fn notes_and_comments_follow_their_slide() {
        let relations = r#"<Relationships>
            <Relationship Id="a" Type="http://x/relationships/comments" Target="../comments/c.xml"/>
            <Relationship Id="b" Type="http://x/relationships/notesSlide" Target="../notesSlides/n.xml"/></Relationships>"#;
        let notes = format!(
            "<p:notes>{}{}</p:notes>",
            shape("body", &["大家好。"]),
            shape("sldNum", &["1"])
        );
        let comments = "<p:cmLst><p:cm><p:text>请核对</p:text></p:cm></p:cmLst>";
        assert_eq!(
            lines(
                &[&shape("title", &["开场"])],
                &[
                    ("ppt/slides/_rels/s0.xml.rels", relations),
                    ("ppt/notesSlides/n.xml", &notes),
                    ("ppt/comments/c.xml", comments),
                ]
            ),
            "h1 开场\np 大家好。\nPageNumber 1\nComment 请核对"
        );
    }

    #[test]
    fn damage_never_panics() {
        let table = "<p:graphicFrame><a:tbl><a:tblPr/><a:tr><a:tc><a:txBody><a:p><a:r><a:t>甲</a:t></a:r></a:p></a:txBody></a:tc>\
                     <a:tc hMerge=\"1\"/></a:tr></a:tbl></p:graphicFrame>";
        let slide = shape("title", &["开场"]) + &shape("sldNum", &["1"]) + table;
        survives_damage(&deck(&[&slide, &slide], &[]), read);
    }

    #[test]
    fn numbers_and_breaks_of_paragraphs() {
        let item = |text: &str| {
            format!(r#"<a:p><a:pPr><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>"#)
        };
        let shape = format!(
            "<p:sp><p:txBody>{}{}<a:p><a:r><a:t>甲</a:t></a:r><a:br/><a:r><a:t>乙</a:t></a:r></a:p></p:txBody></p:sp>",
            item("修路"),
            item("架桥")
        );
        assert_eq!(lines(&[&shape], &[]), "p 1. 修路\np 2. 架桥\np 甲\np 乙");
    }
}
