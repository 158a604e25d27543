//! The whole page around a paper's lines: head, facts, who speaks, what is to be checked; and pages that only say something.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Theme;
use super::body::Sheet;
use super::escape::escaped;
use crate::digest::sha256;
use crate::meeting::Voice;
use crate::wording::{
    Lang, county_word, doubt_line, doubts_head, page_facts, page_foot, part_words, quote_moved, quote_words,
    speaker_count_words, speakers_head, unknown_speaker,
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The script of the page that hands over who opens a Mini App.
const OPENER: &str = include_str!("open.js");

/// What a browser may do with a page of ours: its own style and scripts, and nothing from anywhere else. Telegram's own web
/// programs show Mini Apps in a frame.
pub fn policy() -> String {
    let hash = |of: &str| format!("'sha256-{}'", STANDARD.encode(sha256(of)));
    format!(
        "default-src 'none'; style-src {}; script-src {} {}; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'self' https://web.telegram.org",
        hash(STYLE),
        hash(SCRIPT),
        hash(OPENER)
    )
}

/// The page of a paper.
pub fn document(sheet: &Sheet<'_>) -> String {
    let (paper, view) = (sheet.paper, sheet.view);
    let lang = view.lang;
    let title = match paper.meeting.title.trim() {
        "" => &paper.file,
        title => title,
    };
    let mut out = head(lang, view.theme, title);
    out.push_str("<header>\n");
    if !sheet.lines.iter().any(|line| line.kind == super::LineKind::Title) {
        let _ = writeln!(out, "<h1>{}</h1>", escaped(title));
    }
    for line in page_facts(lang, &paper.meeting, &paper.file) {
        let _ = writeln!(out, "<p class=\"facts\">{}</p>", escaped(&line));
    }
    if view.moved {
        let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(quote_moved(lang)));
    } else if let Some(quote) = view.quote {
        let link = sheet.link(quote.start(), "q");
        let _ = writeln!(
            out,
            "<a class=\"go\" href=\"{link}\">{}</a>",
            escaped(quote_words(lang))
        );
    }
    speakers(&mut out, sheet);
    doubts(&mut out, sheet);
    parts(&mut out, sheet);
    out.push_str("</header>\n<main>\n");
    out.push_str(&sheet.body());
    out.push_str("</main>\n<footer>\n");
    parts(&mut out, sheet);
    let _ = writeln!(out, "<p>{}</p>", escaped(page_foot(lang)));
    let _ = writeln!(out, "</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>");
    out
}

fn head(lang: Lang, theme: Option<Theme>, title: &str) -> String {
    let theme = theme
        .map(|theme| format!(" data-theme=\"{}\"", theme.word()))
        .unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"{theme}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        lang.pick("zh-Hans", "en"),
        escaped(title),
    )
}

/// Who speaks, each with the first of their words to jump to.
fn speakers(out: &mut String, sheet: &Sheet<'_>) {
    let lang = sheet.view.lang;
    let speakers = &sheet.cast.speakers;
    if speakers.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<details class=\"speakers\"{}><summary>{}</summary>\n<ul>",
        if speakers.len() <= 3 { " open" } else { "" },
        escaped(&speakers_head(lang, speakers.len()))
    );
    for speaker in speakers {
        let Some(first) = speaker.pieces.first() else { continue };
        let link = sheet.link(sheet.paper.pieces[*first].span.start(), &format!("r{first}"));
        let colour = speaker
            .colour
            .map(|colour| format!(" class=\"c{colour}\""))
            .unwrap_or_default();
        let (name, about) = called(lang, speaker.voice);
        let spoken = speaker
            .pieces
            .iter()
            .map(|piece| sheet.paper.pieces[*piece].span.of(&sheet.paper.text));
        let chars: usize = spoken.map(|words| words.chars().count()).sum();
        let mut small = about;
        small.push(speaker_count_words(lang, speaker.pieces.len(), chars));
        let _ = writeln!(
            out,
            "<li{colour}><a href=\"{link}\"><b>{}</b><small>{}</small></a></li>",
            escaped(&name),
            escaped(&small.join(" · "))
        );
    }
    out.push_str("</ul></details>\n");
}

fn called(lang: Lang, voice: &Voice) -> (String, Vec<String>) {
    let county = voice.county().map(|county| county_word(lang, county.name()));
    let (name, office) = voice.called();
    let name = name.unwrap_or(unknown_speaker(lang)).to_owned();
    (name, office.map(str::to_owned).into_iter().chain(county).collect())
}

/// What is to be checked.
fn doubts(out: &mut String, sheet: &Sheet<'_>) {
    let doubts = &sheet.paper.doubts;
    if doubts.is_empty() {
        return;
    }
    let lang = sheet.view.lang;
    let _ = writeln!(
        out,
        "<details><summary class=\"d\">{}</summary>\n<ul>",
        escaped(&doubts_head(lang, doubts.len()))
    );
    for (index, doubt) in doubts.iter().enumerate() {
        let link = sheet.link(doubt.span.start(), &format!("d{index}"));
        let _ = writeln!(
            out,
            "<li><a href=\"{link}\">{}</a></li>",
            escaped(&doubt_line(lang, &doubt.kind))
        );
    }
    out.push_str("</ul></details>\n");
}

/// The other parts of a long paper.
fn parts(out: &mut String, sheet: &Sheet<'_>) {
    let (Some(query), 2..) = (sheet.view.query, sheet.parts.len()) else {
        return;
    };
    let query = escaped(query);
    out.push_str("<p>");
    let lang = sheet.view.lang;
    for part in 0..sheet.parts.len() {
        let words = escaped(&part_words(lang, part + 1, sheet.parts.len()));
        match part == sheet.part {
            true => write!(out, "<b class=\"go\">{words}</b>"),
            false => write!(out, "<a class=\"go\" href=\"?{query}&amp;part={part}#\">{words}</a>"),
        }
        .unwrap_or_default();
    }
    out.push_str("</p>\n");
}

/// A page that says something, or opens a Mini App.
#[derive(Clone, Copy, Debug)]
pub struct MessagePage<'m> {
    /// The language.
    pub lang: Lang,
    /// What it says.
    pub words: &'m str,
    /// Where whoever opens the Mini App is handed over to, with fields that go along; `None` where it is only said.
    pub opens: Option<(&'m str, &'m [(&'m str, &'m str)])>,
}

/// The page that says it.
pub fn message_page(page: &MessagePage<'_>) -> String {
    let mut out = head(page.lang, None, page.lang.pick("会问", "huiwen"));
    let _ = writeln!(out, "<main><p class=\"note\" id=\"say\">{}</p>", escaped(page.words));
    if let Some((to, fields)) = page.opens {
        let _ = writeln!(out, "<form id=\"open\" method=\"post\" action=\"{}\">", escaped(to));
        for (name, value) in fields.iter().chain(&[("init_data", ""), ("theme", "")]) {
            let _ = writeln!(
                out,
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                escaped(name),
                escaped(value)
            );
        }
        let _ = writeln!(out, "</form>\n<script>{OPENER}</script>");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}
