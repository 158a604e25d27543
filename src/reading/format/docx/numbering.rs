//! The numbers of lists, which stand nowhere in a document's text: Word counts them when it shows the page, and so do we.
//!
//! A paragraph names a list (`w:num`). A list takes its levels from a pattern (`w:abstractNum`), which several lists may
//! share and then count on together, and may change some of them (`w:lvlOverride`).

use std::collections::{HashMap, HashSet};

use super::styles::{NumberReference, Styles};
use crate::reading::ReadError;
use crate::reading::format::counting::written;
use crate::reading::format::xml::{Element, Token, Xml};

/// Levels of a list.
const LEVELS: usize = 9;
/// Lists and patterns of one document.
const MAX_LISTS: usize = 100_000;
/// Longest label in characters; real ones have five.
const MAX_LABEL: usize = 64;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `第%1条`, `%1.%2`.
    text: String,
    /// The level (from 1) behind which this one starts anew; 0 is never.
    restart: Option<usize>,
    /// Whether all numbers are shown as digits.
    plain: bool,
    /// Whether nothing stands between the label and the text.
    close: bool,
    /// The style whose paragraphs stand on this level.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Pattern {
    levels: HashMap<usize, Level>,
    /// The style whose list this pattern stands for.
    linked_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    pattern: u32,
    changed: HashMap<usize, Level>,
    started_at: HashMap<usize, u32>,
}

/// The lists of one document, and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    patterns: HashMap<u32, Pattern>,
    lists: HashMap<u32, List>,
    /// The last number of each level, by pattern.
    counted: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Changed starts that were used: each counts once.
    started: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(xml: Xml<'_>) -> Result<Numbering, ReadError> {
        let mut reader = Reader::default();
        reader.all(xml)?;
        Ok(reader.numbering)
    }

    /// Counts one paragraph on and tells what stands before its text, if anything does.
    pub fn label(&mut self, own: &NumberReference, style: Option<&str>, styles: &Styles) -> Option<String> {
        let inherited = styles.number(style);
        let list = own.list.or(inherited.list).filter(|list| *list != 0)?;
        let pattern = self.pattern_of(list, styles)?;
        let level = match own.level {
            Some(level) => level,
            // A level may name the style instead of the style naming the level.
            None if own.list.is_none() => self
                .level_of_style(pattern, style, styles)
                .or(inherited.level)
                .unwrap_or(0),
            None => 0,
        };
        let level = level.min(LEVELS - 1);
        self.count(list, pattern, level);
        self.show(list, pattern, level)
    }

    /// The pattern of a list, through the style that it may be linked with.
    fn pattern_of(&self, list: u32, styles: &Styles) -> Option<u32> {
        let own = self.lists.get(&list)?.pattern;
        let linked = self
            .patterns
            .get(&own)
            .and_then(|pattern| pattern.linked_style.as_deref())
            .and_then(|style| styles.number(Some(style)).list)
            .and_then(|list| self.lists.get(&list));
        Some(linked.map_or(own, |list| list.pattern))
    }

    fn level_of_style(&self, pattern: u32, style: Option<&str>, styles: &Styles) -> Option<usize> {
        let levels = &self.patterns.get(&pattern)?.levels;
        styles.ids(style).find_map(|id| {
            levels
                .iter()
                .filter(|(_, level)| level.style.as_deref() == Some(id))
                .map(|(index, _)| *index)
                .min()
        })
    }

    fn level(&self, list: u32, pattern: u32, index: usize) -> Option<&Level> {
        self.lists
            .get(&list)
            .and_then(|list| list.changed.get(&index))
            .or_else(|| self.patterns.get(&pattern)?.levels.get(&index))
    }

    fn start(&self, list: u32, pattern: u32, index: usize) -> u32 {
        let stated = self.level(list, pattern, index).and_then(|level| level.start);
        stated.unwrap_or(1)
    }

    fn count(&mut self, list: u32, pattern: u32, index: usize) {
        let changed_start = self
            .lists
            .get(&list)
            .and_then(|list| list.started_at.get(&index))
            .copied()
            .filter(|_| self.started.insert((list, index)));
        let usual_start = self.start(list, pattern, index);
        let starts: Vec<bool> = (0..LEVELS)
            .map(|below| below > index && self.starts_anew(list, pattern, below, index))
            .collect();
        let counted = self.counted.entry(pattern).or_default();
        if let Some(number) = counted.get_mut(index) {
            *number = Some(match (changed_start, *number) {
                (Some(start), _) => start,
                (None, Some(last)) => last.saturating_add(1),
                (None, None) => usual_start,
            });
        }
        for (number, anew) in counted.iter_mut().zip(starts) {
            if anew {
                *number = None;
            }
        }
    }

    /// Whether the level `below` starts anew behind an item of the level `index`.
    fn starts_anew(&self, list: u32, pattern: u32, below: usize, index: usize) -> bool {
        let restart = self.level(list, pattern, below).and_then(|level| level.restart);
        restart.is_none_or(|level| index < level)
    }

    /// The label of an item that was just counted.
    fn show(&self, list: u32, pattern: u32, index: usize) -> Option<String> {
        let level = self.level(list, pattern, index)?;
        if level.format == "bullet" {
            return Some("• ".to_owned());
        }
        let mut label = String::new();
        let mut chars = level.text.chars().take(MAX_LABEL).peekable();
        while let Some(c) = chars.next() {
            let digit = chars
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|digit| *digit > 0);
            match digit {
                Some(digit) if c == '%' => {
                    chars.next();
                    let format = if level.plain { Some("decimal") } else { None };
                    label += &self.number(list, pattern, digit as usize - 1, format);
                }
                _ => label.push(c),
            }
        }
        if label.trim().is_empty() {
            return None;
        }
        let full_width = label.ends_with(['、', '）', '．', '。', '：', '】', '〉', '》']);
        if !level.close && !full_width && !label.ends_with(' ') {
            label.push(' ');
        }
        Some(label)
    }

    fn number(&self, list: u32, pattern: u32, index: usize, format: Option<&str>) -> String {
        let counted = self.counted.get(&pattern).and_then(|levels| *levels.get(index)?);
        let number = counted.unwrap_or_else(|| self.start(list, pattern, index));
        let own = self
            .level(list, pattern, index)
            .map_or("decimal", |level| level.format.as_str());
        written(format.unwrap_or(own), number)
    }
}

/// What of the part is open.
#[derive(Default)]
struct Reader {
    numbering: Numbering,
    pattern: Option<(u32, Pattern)>,
    list: Option<(u32, List)>,
    level: Option<(usize, Level)>,
    /// The level that a list changes.
    changed: usize,
}

impl Reader {
    fn all(&mut self, mut xml: Xml<'_>) -> Result<(), ReadError> {
        loop {
            match xml.next()? {
                Token::Open(element) => self.open(&element),
                Token::Close(closing) => self.close(closing.name()),
                Token::End => return Ok(()),
                _ => {}
            }
            if self.numbering.patterns.len() + self.numbering.lists.len() > MAX_LISTS {
                return Err(ReadError::TooMuch { what: "lists" });
            }
        }
    }

    fn open(&mut self, element: &Element<'_>) {
        let value = || element.attr("val").unwrap_or_default();
        match element.name() {
            "abstractNum" => {
                self.pattern = element.number("abstractNumId").map(|id| (id, Pattern::default()));
            }
            "num" => self.list = element.number("numId").map(|id| (id, List::default())),
            "abstractNumId" => {
                if let (Some((_, list)), Some(id)) = (&mut self.list, element.number("val")) {
                    list.pattern = id;
                }
            }
            "numStyleLink" => {
                if let Some((_, pattern)) = &mut self.pattern {
                    pattern.linked_style = Some(value().into_owned());
                }
            }
            "lvlOverride" => self.changed = element.number("ilvl").unwrap_or(0),
            "startOverride" => {
                if let (Some((_, list)), Some(start)) = (&mut self.list, element.number("val")) {
                    list.started_at.insert(self.changed.min(LEVELS), start);
                }
            }
            "lvl" => self.level = Some((element.number("ilvl").unwrap_or(0), Level::default())),
            _ => {
                if let Some((_, level)) = &mut self.level {
                    level.take(element);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                let levels = match (&mut self.pattern, &mut self.list) {
                    (Some((_, pattern)), _) => &mut pattern.levels,
                    (None, Some((_, list))) => &mut list.changed,
                    (None, None) => return,
                };
                levels.extend(self.level.take().filter(|(index, _)| *index < LEVELS));
            }
            "abstractNum" => self.numbering.patterns.extend(self.pattern.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

impl Level {
    fn take(&mut self, element: &Element<'_>) {
        let value = || element.attr("val").unwrap_or_default();
        match element.name() {
            "start" => self.start = element.number("val"),
            "numFmt" => {
                self.format = match element.attr("format") {
                    // `custom` with the pattern 01, 02, 03.
                    Some(custom) if custom.starts_with("01,") => "decimalZero".to_owned(),
                    _ => value().into_owned(),
                }
            }
            "lvlText" => self.text = value().into_owned(),
            "lvlRestart" => self.restart = element.number("val"),
            "isLgl" => self.plain = element.is_on(),
            "suff" => self.close = value() == "nothing",
            "pStyle" => self.style = Some(value().into_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(index: usize, format: &str, text: &str) -> String {
        format!(
            r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    }

    fn numbering(patterns: &[&str], lists: &str) -> Numbering {
        let patterns: String = patterns
            .iter()
            .enumerate()
            .map(|(id, levels)| format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#))
            .collect();
        let source = format!("<w:numbering>{patterns}{lists}</w:numbering>");
        Numbering::read(Xml::new("docx", source.as_bytes())).unwrap()
    }

    fn list(id: u32, pattern: u32) -> String {
        format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{pattern}"/></w:num>"#)
    }

    fn labels(numbering: &mut Numbering, items: &[(u32, usize)]) -> Vec<String> {
        items
            .iter()
            .map(|(list, level)| {
                let own = NumberReference {
                    list: Some(*list),
                    level: Some(*level),
                };
                numbering.label(&own, None, &Styles::default()).unwrap_or_default()
            })
            .collect()
    }

    #[test]
    fn levels_count_and_start_anew_below_a_higher_one() {
        let levels = level(0, "chineseCounting", "%1、") + &level(1, "decimal", "%2.") + &level(2, "decimal", "%2.%3");
        let mut numbering = numbering(&[&levels], &list(1, 0));
        assert_eq!(
            labels(
                &mut numbering,
                &[(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
            ),
            ["一、", "1. ", "2. ", "2.1 ", "二、", "1. ", "1.1 "]
        );
    }

    #[test]
    fn lists_of_one_pattern_count_on_unless_one_states_its_start() {
        let lists = list(1, 0)
            + &list(2, 0)
            + r#"<w:num w:numId="3"><w:abstractNumId w:val="0"/>
                 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#;
        let mut numbering = numbering(&[&level(0, "chineseCounting", "（%1）")], &lists);
        assert_eq!(
            labels(&mut numbering, &[(1, 0), (2, 0), (3, 0), (3, 0), (0, 0), (9, 0)]),
            ["（一）", "（二）", "（一）", "（二）", "", ""]
        );
    }

    #[test]
    fn bullets_articles_and_what_stands_close() {
        let articles = level(0, "chineseCountingThousand", "第%1条");
        let close = level(0, "decimal", "%1.").replace("</w:lvl>", r#"<w:suff w:val="nothing"/></w:lvl>"#);
        let bullets = level(0, "bullet", "\u{f06c}");
        let mut numbering = numbering(
            &[&articles, &close, &bullets],
            &(list(1, 0) + &list(2, 1) + &list(3, 2)),
        );
        assert_eq!(
            labels(&mut numbering, &[(1, 0), (2, 0), (3, 0)]),
            ["第一条 ", "1.", "• "]
        );
    }

    #[test]
    fn numbers_of_an_outline_may_all_be_digits() {
        let plain = level(1, "decimal", "%1.%2").replace("</w:lvl>", "<w:isLgl/></w:lvl>");
        let levels = level(0, "chineseCounting", "第%1章") + &plain;
        let mut numbering = numbering(&[&levels], &list(1, 0));
        assert_eq!(labels(&mut numbering, &[(1, 0), (1, 1)]), ["第一章 ", "1.1 "]);
    }

    #[test]
    fn a_level_may_name_the_style_of_its_paragraphs() {
        let second = level(1, "decimal", "%1.%2").replace("<w:start", r#"<w:pStyle w:val="b"/><w:start"#);
        let mut numbering = numbering(&[&(level(0, "decimal", "%1") + &second)], &list(1, 0));
        let styles = r#"<w:styles><w:style w:styleId="b"><w:numPr><w:numId w:val="1"/></w:numPr></w:style></w:styles>"#;
        let styles = Styles::read(Xml::new("docx", styles.as_bytes())).unwrap();
        let label = numbering.label(&NumberReference::default(), Some("b"), &styles);
        assert_eq!(label.as_deref(), Some("1.1 "));
    }
}
