//! Whole files, made in memory: what is read of them, and that nothing makes the reader fall over.

use proptest::prelude::*;

use super::read;
use crate::reading::ReadError;
use crate::reading::format::{Document, MarkKind, Reason};

/// Objects as a file, numbered from 1; the first is the catalog.
pub(super) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!(
        "trailer <</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend(trailer.bytes());
    out
}

pub(super) fn stream(dict: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dict}/Length {}>>stream\n", content.len()).into_bytes();
    out.extend(content);
    out.extend(b"\nendstream");
    out
}

/// A text in the codes of UniGB-UCS2-H.
fn codes(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04x}")).collect()
}

/// Shows a line at a place.
fn line(text: &str, size: f64, x: f64, y: f64) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", codes(text))
}

/// A file with one font for Chinese and a page for each content, and further objects from 5 on.
fn pages(contents: &[String], page: &str, further: &[Vec<u8>]) -> Vec<u8> {
    let first = 5 + further.len();
    let kids: String = (0..contents.len())
        .map(|number| format!("{} 0 R ", first + 2 * number))
        .collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 595 842]{page}>>",
            contents.len()
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/W[1 95 500]\
          /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>"
            .to_vec(),
    ];
    objects.extend_from_slice(further);
    for (number, content) in contents.iter().enumerate() {
        let own = first + 2 * number;
        let resources = "/Resources<</Font<</F1 3 0 R>>/XObject<</X 5 0 R>>>>";
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R{resources}>>", own + 1).into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    file(&objects)
}

fn minutes() -> Vec<u8> {
    let head = line("云岭县政府会议纪要", 9.0, 72.0, 800.0);
    let first = [
        head.clone(),
        line("云岭县人民政府关于春灌", 22.0, 176.0, 740.0),
        line("工作的会议纪要", 22.0, 220.0, 710.0),
        line("赵明华县长说：“今年的水利资金一共是2024万元，比", 16.0, 112.0, 670.0),
        line(
            "去年增加一成，必须在三月底以前全部安排下去。各乡镇要先",
            16.0,
            80.0,
            642.0,
        ),
        line("— 1 —", 10.0, 280.0, 40.0),
    ];
    let second = [
        head,
        line("修渠，后买泵。”", 16.0, 80.0, 770.0),
        line("钱小芳副县长说：“养老院的床位不能再等了。”", 16.0, 112.0, 742.0),
        line("— 2 —", 10.0, 280.0, 40.0),
    ];
    pages(&[first.concat(), second.concat()], "", &[b"null".to_vec()])
}

fn lines_of(document: &Document) -> Vec<(&str, &MarkKind)> {
    document
        .marks
        .iter()
        .map(|mark| (mark.span.of(&document.text), &mark.kind))
        .collect()
}

#[test]
fn minutes_over_two_pages_are_read_with_their_title_and_furniture() {
    let document = read(&minutes()).expect("reads");
    let head = MarkKind::LeftOut(Reason::RunningHead);
    let number = MarkKind::LeftOut(Reason::PageNumber);
    assert_eq!(
        lines_of(&document),
        [
            ("云岭县政府会议纪要", &head),
            ("云岭县人民政府关于春灌工作的会议纪要", &MarkKind::Heading(0)),
            (
                "赵明华县长说：“今年的水利资金一共是2024万元，比去年增加一成，必须在三月底以前全部安排下去。各乡镇要先修渠，后买泵。”",
                &MarkKind::Paragraph
            ),
            ("— 1 —", &number),
            ("云岭县政府会议纪要", &head),
            ("钱小芳副县长说：“养老院的床位不能再等了。”", &MarkKind::Paragraph),
            ("— 2 —", &number),
        ]
    );
}

#[test]
fn a_page_on_its_side_reads_like_any_other() {
    let content = line("赵明华县长主持会议，钱小芳副县长作汇报。", 16.0, 80.0, 700.0);
    for turn in [0, 90, 180, 270] {
        let document = read(&pages(
            std::slice::from_ref(&content),
            &format!("/Rotate {turn}"),
            &[b"null".to_vec()],
        ));
        let document = document.expect("reads");
        assert_eq!(
            document.text.trim_end(),
            "赵明华县长主持会议，钱小芳副县长作汇报。",
            "{turn}"
        );
    }
}

#[test]
fn pictures_of_pages_with_a_scanners_stamp_have_no_text() {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
    let content = format!("q 595 0 0 842 0 0 cm /X Do Q {}", line("3", 10.0, 280.0, 40.0));
    let scan = pages(&[content], "", &[image]);
    assert!(matches!(read(&scan), Err(ReadError::NoText)));
}

#[test]
fn invisible_text_under_a_scan_is_text() {
    let image = stream(
        "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"x",
    );
    let text = line("赵明华县长主持会议，钱小芳副县长作汇报。", 16.0, 80.0, 700.0);
    let scan = pages(&[format!("q 595 0 0 842 0 0 cm /X Do Q 3 Tr {text}")], "", &[image]);
    assert!(read(&scan).is_ok_and(|document| document.text.contains("主持会议")));
}

#[test]
fn a_form_that_draws_itself_ends() {
    let text = line("赵明华", 16.0, 80.0, 700.0);
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</X 5 0 R>>>>",
        format!("{text} /X Do").as_bytes(),
    );
    let document = read(&pages(&["/X Do".to_owned()], "", &[form])).expect("reads");
    assert_eq!(document.text, "赵明华\n");
}

#[test]
fn forms_that_multiply_are_too_much_and_not_for_ever() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>",
        "/X Do ".repeat(40).as_bytes(),
    );
    let result = read(&pages(&["/X Do".to_owned()], "", &[form]));
    assert!(matches!(result, Err(ReadError::TooMuch { .. })), "{result:?}");
}

#[test]
fn a_code_that_stands_for_a_book_is_bounded() {
    let book = "4e00".repeat(20_000);
    let map = format!("1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0041> <{book}> endbfchar");
    let font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>".to_vec();
    let content = format!("BT /X 10 Tf <{}> Tj ET", "0041".repeat(5_000));
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/Contents 7 0 R/Resources<</Font<</X 5 0 R>>>>>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType2>>".to_vec(),
        font,
        stream("", map.as_bytes()),
        stream("", content.as_bytes()),
    ];
    let result = read(&file(&objects));
    assert!(matches!(result, Err(ReadError::TooMuch { .. })), "{result:?}");
}

#[test]
fn a_font_that_stands_in_the_resources_is_read_once() {
    // Each `Tf` would read ten thousand names.
    let names = "0 /uni4e00 ".repeat(5_000);
    let content = "BT /X 10 Tf (a) Tj ET ".repeat(20_000);
    let font = format!("<</Type/Font/Subtype/Type1/Encoding<</Differences[{names}]>>>>");
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</X {font}>>>>>>").into_bytes(),
        stream("", content.as_bytes()),
    ];
    assert_eq!(read(&file(&objects)).expect("reads").text, "a\n");
}

#[test]
fn what_is_no_pdf_is_broken() {
    for bytes in [&b""[..], b"%PDF-1.7", b"not a pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF"] {
        assert!(matches!(read(bytes), Err(ReadError::Broken { .. })), "{bytes:?}");
    }
}

#[test]
fn a_file_that_was_cut_off_never_panics() {
    let whole = minutes();
    for end in (0..whole.len()).step_by(97) {
        let _ = read(whole.get(..end).unwrap_or_default());
    }
}

#[test]
fn a_page_tree_that_bites_its_tail_ends() {
    let loops = file(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[2 0 R 3 0 R]>>".to_vec(),
        b"<</Type/Pages/Kids[2 0 R 3 0 R]>>".to_vec(),
    ]);
    assert!(matches!(read(&loops), Err(ReadError::Broken { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damage_never_panics(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24)) {
        let mut bytes = minutes();
        for (place, byte) in places {
            let at = place.index(bytes.len());
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
        }
        let _ = read(&bytes);
    }

    #[test]
    fn marks_lie_on_their_lines(texts in prop::collection::vec("[一-龥A-Z，。 ]{1,30}", 1..12)) {
        let content: String = texts
            .iter()
            .zip(1i32..)
            .map(|(text, number)| line(text, 12.0, 72.0, 800.0 - 24.0 * f64::from(number)))
            .collect();
        if let Ok(document) = read(&pages(&[content], "", &[b"null".to_vec()])) {
            let compact = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(compact(&document.text), compact(&texts.concat()));
            for mark in &document.marks {
                prop_assert!(!mark.span.of(&document.text).contains('\n'));
            }
        }
    }
}
