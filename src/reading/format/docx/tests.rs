//! Documents made of small XML, read whole.

use super::*;
use crate::reading::format::archive::testing::{package, survives_damage};
use crate::reading::format::lines::traced;

const RELATIONS: &str = r#"<Relationships>
    <Relationship Id="rId1" Type="http://x/relationships/styles" Target="styles.xml"/>
    <Relationship Id="rId2" Type="http://x/relationships/numbering" Target="numbering.xml"/>
    <Relationship Id="rId3" Type="http://x/relationships/footnotes" Target="footnotes.xml"/>
    <Relationship Id="rId4" Type="http://x/relationships/comments" Target="comments.xml"/>
    <Relationship Id="rId5" Type="http://x/relationships/header" Target="header1.xml"/>
    <Relationship Id="rId6" Type="http://x/relationships/header" Target="header2.xml"/>
    <Relationship Id="rId7" Type="http://x/relationships/footer" Target="footer1.xml"/>
    <Relationship Id="rId8" Type="http://x/relationships/hyperlink" Target="http://y/" TargetMode="External"/>
    </Relationships>"#;

fn document(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut parts = vec![
        ("word/document.xml", body.as_str()),
        ("word/_rels/document.xml.rels", RELATIONS),
    ];
    parts.extend(others);
    package(&parts)
}

fn lines_with(body: &str, others: &[(&str, &str)]) -> String {
    traced(&read(&document(body, others)).unwrap())
}

fn lines(body: &str) -> String {
    lines_with(body, &[])
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn paragraph(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)))
        .collect();
    format!("<w:tr>{cells}</w:tr>")
}

#[test]
fn a_paragraph_is_a_line_and_its_runs_are_one_text() {
    let body = format!(
        "<w:p>{}{}</w:p><w:p/>{}",
        run("刘晖："),
        run("同意。"),
        paragraph("　　散会。")
    );
    assert_eq!(lines(&body), "p 刘晖：同意。\np 散会。");
}

#[test]
fn white_space_counts_where_the_document_says_so() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">时间： </w:t><w:t>
        上午 </w:t><w:tab/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/><w:br/><w:t>丙</w:t></w:r></w:p>"#;
    assert_eq!(lines(body), "p 时间： 上午 甲-乙\np 丙");
}

#[test]
fn headings_lists_and_contents() {
    let styles = r#"<w:styles>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let styled =
        |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, run(text));
    let item = |text: &str| {
        let number = r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#;
        format!("<w:p>{number}{}</w:p>", run(text))
    };
    let body = styled("t", "会议纪要") + &styled("c", "开场 1") + &styled("1", "开场") + &item("议程") + &item("分工");
    assert_eq!(
        lines_with(&body, &[("word/styles.xml", styles), ("word/numbering.xml", numbering)]),
        "h0 会议纪要\nNavigation 开场 1\nh1 开场\np 一、议程\np 二、分工"
    );
}

#[test]
fn tracked_changes_are_accepted() {
    let body = format!(
        "<w:p>{}<w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom></w:p>",
        run("我"),
        run("同意"),
        run("移走")
    );
    assert_eq!(lines(&body), "p 我同意");
}

#[test]
fn a_paragraph_whose_end_was_deleted_goes_on_in_the_next() {
    let deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = format!("<w:p>{deleted}{}</w:p>{}", run("前半，"), paragraph("后半。"));
    assert_eq!(lines(&body), "p 前半，后半。");
    let body = format!("{}<w:p>{deleted}{}</w:p>", paragraph("前"), run("后"));
    assert_eq!(lines(&body), "p 前\np 后");
}

#[test]
fn fields_show_their_results_and_hidden_text_is_hidden() {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let body = format!(
        "<w:p>{}<w:r><w:instrText>DATE</w:instrText></w:r>{}{}{}{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>",
        field("begin"),
        run("code"),
        field("separate"),
        run("3月5日"),
        field("end"),
    );
    assert_eq!(lines(&body), "p 3月5日");
}

#[test]
fn a_field_without_an_end_swallows_no_more_than_its_paragraph() {
    let body = format!(
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{}</w:p>{}"#,
        run("code"),
        paragraph("正文")
    );
    assert_eq!(lines(&body), "p 正文");
}

#[test]
fn ruby_shows_its_base() {
    let body = format!(
        "<w:p><w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>",
        run("huì"),
        run("晖")
    );
    assert_eq!(lines(&body), "p 晖");
}

#[test]
fn a_text_box_is_read_once_behind_its_paragraph() {
    let inside = paragraph("主持人：请坐。");
    let text_box = format!(
        "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{inside}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    );
    let body = format!("<w:p>{}<w:r>{text_box}</w:r>{}</w:p>", run("前"), run("后"));
    assert_eq!(lines(&body), "p 前后\np 主持人：请坐。");
}

#[test]
fn tables_are_rows_and_the_first_may_name_columns() {
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&["姓名", "职务"]),
        row(&["刘晖", "副县长"]),
        row(&["", "记录员"])
    );
    assert_eq!(lines(&body), "head 姓名|职务\nrow 刘晖|副县长\nrow |记录员");
}

#[test]
fn merged_cells_keep_the_columns_in_step() {
    let wide = format!(
        r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>"#,
        paragraph("姓名和职务"),
        paragraph("到会"),
    );
    let below = format!(
        r#"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc><w:tc>{}</w:tc><w:tc>{}{}</w:tc></w:tr>"#,
        paragraph("刘晖"),
        paragraph("副县长"),
        paragraph("是"),
        paragraph("（迟到）"),
    );
    let body = format!("<w:tbl>{wide}{below}</w:tbl>");
    assert_eq!(lines(&body), "row 姓名和职务||到会\nrow |副县长|是 （迟到）");
}

#[test]
fn a_table_in_a_cell_is_flat_and_a_deleted_row_is_gone() {
    let nested = format!("<w:tbl>{}{}</w:tbl>", row(&["甲", "乙"]), row(&["丙", "丁"]));
    let deleted = row(&["去", "掉"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>");
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{nested}</w:tc></w:tr>{deleted}</w:tbl>",
        paragraph("名单")
    );
    assert_eq!(lines(&body), "row 名单|甲 乙 丙 丁");
}

#[test]
fn a_table_that_frames_running_text_is_paragraphs() {
    let said = "会议指出，要把工作落到实处，切实解决群众反映的突出问题。";
    let body = format!(
        "<w:tbl>{}<w:tr><w:tc>{}</w:tc><w:tc>{}{}{}</w:tc></w:tr></w:tbl>",
        row(&["议题", "2024年重点工作"]),
        paragraph("会议内容"),
        paragraph(&format!("刘晖：{said}")),
        paragraph(&format!("赖秀：{said}")),
        paragraph(&format!("丘强：{said}")),
    );
    assert_eq!(
        lines(&body),
        format!("row 议题|2024年重点工作\np 会议内容\np 刘晖：{said}\np 赖秀：{said}\np 丘强：{said}")
    );
}

#[test]
fn notes_come_with_their_numbers_then_running_heads_then_comments() {
    let reference = |id: u32| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = format!("<w:p>{}{}{}</w:p>", run("甲"), reference(5), reference(3));
    let footnotes = format!(
        r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
        <w:footnote w:id="3">{}</w:footnote><w:footnote w:id="5">{}</w:footnote></w:footnotes>"#,
        paragraph("后注"),
        paragraph("前注")
    );
    let header = format!("<w:hdr>{}</w:hdr>", paragraph("内部资料"));
    let footer = format!("<w:ftr>{}</w:ftr>", paragraph("— 1 —"));
    let comments = format!(
        r#"<w:comments><w:comment w:id="0">{}</w:comment></w:comments>"#,
        paragraph("请核对")
    );
    assert_eq!(
        lines_with(
            &body,
            &[
                ("word/footnotes.xml", &footnotes),
                ("word/header1.xml", &header),
                ("word/header2.xml", &header),
                ("word/footer1.xml", &footer),
                ("word/comments.xml", &comments),
            ]
        ),
        "p 甲\np [1] 前注\np [2] 后注\nRunningHead 内部资料\nPageNumber — 1 —\nComment 请核对"
    );
}

#[test]
fn the_main_part_may_have_another_name_and_strict_namespaces() {
    let relations = r#"<Relationships><Relationship Id="a"
        Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/main2.xml"/></Relationships>"#;
    let body = r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>县</t></r></p></body></document>"#;
    let bytes = package(&[("_rels/.rels", relations), ("word/main2.xml", body)]);
    assert_eq!(traced(&read(&bytes).unwrap()), "p 县");
}

#[test]
fn what_is_no_document_is_told() {
    assert!(matches!(read(b"PK\x03\x04 no zip"), Err(ReadError::Broken { .. })));
    assert!(matches!(read(&package(&[("a", "b")])), Err(ReadError::Broken { .. })));
    assert!(matches!(read(&document("<w:p/>", &[])), Err(ReadError::Empty)));
    let whole = document(&paragraph("县"), &[]);
    assert!(matches!(read(&whole[..whole.len() / 2]), Err(ReadError::Broken { .. })));
}

#[test]
fn damage_never_panics() {
    let styles =
        r#"<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="2"/></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、%2"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let properties =
        r#"<w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#;
    let body = format!(
        "<w:p>{properties}{}<w:r><w:br/><w:txbxContent>{}</w:txbxContent></w:r></w:p><w:tbl>{}{}</w:tbl>",
        run("开场"),
        paragraph("框"),
        row(&["姓名", "职务"]),
        row(&["刘晖", "副县长"])
    );
    let parts = [("word/styles.xml", styles), ("word/numbering.xml", numbering)];
    survives_damage(&document(&body, &parts), read);
}
