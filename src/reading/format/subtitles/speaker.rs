//! Who speaks in a cue: its voice tags, or labels in its words that look like a name and come again.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::cues::{Cue, Item};
use super::{Part, append};

/// A label is at most so wide; a Han character counts as two.
const WIDEST: usize = 24;
/// How far a tag's and an entity's end are looked for, in bytes: a cue of `<<<<…` is read in linear time, too.
const LONGEST_TAG: usize = 300;
const LONGEST_ENTITY: usize = 16;
/// In one of so many cues at least a label must stand if none comes twice.
const CUES_A_LABEL: usize = 10;

/// Words before a colon that are no speaker; see the file for source and form.
static NO_SPEAKERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("no_speakers.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// What a file's labels are.
pub(super) struct Labels {
    names: HashSet<String>,
}

impl Labels {
    /// Collects the labels of a file. None if its format names the speakers itself.
    pub(super) fn of(items: &[Item]) -> Labels {
        let (mut count, mut cues, mut labelled) = (HashMap::<String, usize>::new(), 0, 0);
        for item in items {
            let Item::Cue(cue) = item else { continue };
            cues += 1;
            if cue
                .lines
                .iter()
                .any(|line| line.contains("<v ") || line.contains("<v."))
            {
                return Labels { names: HashSet::new() };
            }
            let names: Vec<_> = cue
                .lines
                .iter()
                .filter_map(|line| Label::of(&without_tags(line)).name)
                .collect();
            labelled += usize::from(!names.is_empty());
            names.into_iter().for_each(|name| *count.entry(name).or_default() += 1);
        }
        let many = labelled >= 2 && labelled * CUES_A_LABEL >= cues;
        let names = count
            .into_iter()
            .filter(|(_, times)| many || *times >= 2)
            .map(|(name, _)| name)
            .collect();
        Labels { names }
    }

    /// Who says what in a cue.
    pub(super) fn parts(&self, cue: &Cue) -> Vec<Part> {
        let mut parts = voices(&cue.lines.join("\n"));
        if parts.iter().all(|part| part.speaker.is_none()) {
            parts = self.labelled(&parts);
        }
        parts.retain(|part| part.speaker.is_some() || !part.words.is_empty());
        for part in &mut parts {
            part.words = joined(&part.words);
        }
        parts
    }

    fn labelled(&self, parts: &[Part]) -> Vec<Part> {
        let lines: Vec<&str> = parts.iter().flat_map(|part| part.words.lines()).collect();
        let dashed = lines
            .iter()
            .filter(|line| Label::of(line).dash == Some(Dash::Hyphen))
            .count();
        let mut parts: Vec<Part> = Vec::new();
        for line in lines {
            let label = Label::of(line);
            let speaker = label.name.filter(|name| self.names.contains(name));
            let is_other = match label.dash {
                Some(Dash::Hyphen) => dashed >= 2 || speaker.is_some(),
                Some(Dash::Angle) => true,
                None => false,
            };
            let words = match (&speaker, is_other) {
                (Some(_), _) => label.words,
                (None, true) => label.line,
                (None, false) => line.to_owned(),
            };
            match parts.last_mut() {
                Some(part) if speaker.is_none() && !is_other => {
                    part.words.push('\n');
                    part.words.push_str(&words);
                }
                _ => parts.push(Part {
                    speaker,
                    is_other,
                    words,
                }),
            }
        }
        parts
    }
}

/// What marks that somebody else speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dash {
    /// `- `
    Hyphen,
    /// `>> `
    Angle,
}

/// What a line begins with.
struct Label {
    dash: Option<Dash>,
    name: Option<String>,
    /// The line behind the dash, and behind the name.
    line: String,
    words: String,
}

impl Label {
    fn of(line: &str) -> Label {
        let line = line.trim();
        let (dash, rest) = match line {
            _ if line.starts_with(">>") => (Some(Dash::Angle), line.trim_start_matches('>').trim_start()),
            _ if line.starts_with(['-', '–', '—']) => (
                Some(Dash::Hyphen),
                line.trim_start_matches(['-', '–', '—']).trim_start(),
            ),
            _ => (None, line),
        };
        let named = bracketed(rest)
            .or_else(|| before_colon(rest))
            .filter(|(name, _)| is_name(name));
        let (name, words) = named.map_or((None, rest), |(name, words)| (Some(name.to_owned()), words));
        Label {
            dash,
            name,
            line: rest.to_owned(),
            words: words.to_owned(),
        }
    }
}

/// `[NAME] words` and `(NAME): words`; brackets without words behind them are a sound.
fn bracketed(line: &str) -> Option<(&str, &str)> {
    let close = match line.chars().next()? {
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        _ => return None,
    };
    let (name, words) = line.split_once(close)?;
    let name = name.get(name.chars().next()?.len_utf8()..)?.trim();
    let words = words.trim_start().trim_start_matches([':', '：']).trim_start();
    (!words.is_empty()).then_some((name, words))
}

/// `NAME：words`.
fn before_colon(line: &str) -> Option<(&str, &str)> {
    let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let name = line.get(..at)?.trim();
    let words = line.get(at + colon.len_utf8()..)?;
    // 10:30 and http://… are no labels.
    let is_part = colon == ':' && words.starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == '\\');
    (!is_part).then_some((name, words.trim()))
}

fn is_name(name: &str) -> bool {
    let shown = name.split(['（', '(']).next().unwrap_or(name).trim();
    let width: usize = shown.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let has_letter = shown.chars().any(char::is_alphabetic) || is_telephone(shown);
    let allowed = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | '*' | '+' | '·' | '•' | '.' | '_' | '-' | '#' | '\'' | '（' | '）' | '(' | ')' | '、' | '/'
            )
    };
    let without_number = shown
        .trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
        .to_lowercase();
    has_letter
        && width <= WIDEST
        && name.chars().all(allowed)
        && !NO_SPEAKERS.contains(without_number.as_str())
        && !name.starts_with("第")
}

/// 13800000000, 138****0000: who dials in is called by a number.
fn is_telephone(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    digits >= 7
        && name
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '-' | '+' | ' '))
}

/// The words of a cue parted at its voice tags `<v NAME>`; all other tags are taken away.
fn voices(cue: &str) -> Vec<Part> {
    let mut parts = vec![Part {
        speaker: None,
        is_other: false,
        words: String::new(),
    }];
    let mut rest = cue;
    let mut is_reading = false;
    while let Some(c) = rest.chars().next() {
        let words = parts.last_mut().map(|part| &mut part.words);
        if let Some((tag, after)) = tag(rest) {
            if let Some(name) = voice(tag) {
                parts.push(Part {
                    speaker: Some(name),
                    is_other: false,
                    words: String::new(),
                });
            }
            is_reading = if tag == "rt" {
                true
            } else {
                is_reading && tag != "/rt" && tag != "/ruby"
            };
            rest = after;
        } else if let Some((character, after)) = entity(rest) {
            words.into_iter().for_each(|words| words.extend(character));
            rest = after;
        } else {
            // The reading above a character (<rt>) is not said besides it.
            words
                .filter(|_| !is_reading)
                .into_iter()
                .for_each(|words| words.push(c));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    parts.retain(|part| part.speaker.is_some() || !part.words.trim().is_empty());
    parts
}

/// The words without tags, for looking at what they begin with.
fn without_tags(line: &str) -> String {
    voices(line).into_iter().map(|part| part.words).collect()
}

/// A tag of a cue (`<i>`, `</c>`, `<00:00:01.500>`, `{\an8}`) and what follows it. `<` that opens none is text.
fn tag(rest: &str) -> Option<(&str, &str)> {
    let (near, far) = rest.split_at_checked(rest.floor_char_boundary(LONGEST_TAG))?;
    let (tag, after) = near_tag(near)?;
    Some((tag, rest.get(near.len() - after.len()..).unwrap_or(far)))
}

fn near_tag(rest: &str) -> Option<(&str, &str)> {
    if rest.starts_with("{\\") {
        return rest.split_once('}');
    }
    let inner = rest.strip_prefix('<')?;
    let (tag, after) = inner.split_once('>')?;
    let name = tag.trim_start_matches('/');
    let name = name.split([' ', '.', '\t', '=']).next().unwrap_or(name);
    let known = matches!(
        name.to_ascii_lowercase().as_str(),
        "v" | "c" | "i" | "b" | "u" | "s" | "ruby" | "rt" | "lang" | "font" | "br" | "span" | "p"
    );
    let is_time = tag.contains(':') && tag.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    (known || is_time).then_some((tag, after))
}

/// The name in `v.class NAME`.
fn voice(tag: &str) -> Option<String> {
    let (name, annotation) = tag.split_once(char::is_whitespace)?;
    let is_voice = name == "v" || name.starts_with("v.");
    let plain: String = voices_name(annotation);
    (is_voice && !plain.is_empty()).then_some(plain)
}

fn voices_name(annotation: &str) -> String {
    let mut plain = String::new();
    let mut rest = annotation;
    while let Some(c) = rest.chars().next() {
        let (character, after) = entity(rest).unwrap_or((Some(c), rest.get(c.len_utf8()..).unwrap_or_default()));
        plain.extend(character);
        rest = after;
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character that an entity stands for (none for invisible ones) and what follows it.
fn entity(rest: &str) -> Option<(Option<char>, &str)> {
    let near = rest.get(..rest.floor_char_boundary(LONGEST_ENTITY))?;
    let (name, _) = near.strip_prefix('&')?.split_once(';')?;
    let after = rest.get(name.len() + 2..)?;
    let character = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" | "#39" => Some('\''),
        "nbsp" => Some(' '),
        "lrm" | "rlm" => None,
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some(char::from_u32(code).filter(|c| !c.is_control())?)
        }
    };
    Some((character, after))
}

/// The lines of a part as one.
fn joined(words: &str) -> String {
    let mut line = String::new();
    for part in words.lines() {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        append(&mut line, &part);
    }
    line
}
