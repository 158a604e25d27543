//! Whom a line names that stands over or under somebody's words, by itself or with an office.

use super::hypothesis::Slot;
use super::item::item_mark;
use super::known::Identified;
use super::manuscript::Paper;
use super::mention::{Mention, Naming};
use super::name::ADDRESSES;
use crate::text::{Folded, Span};

/// Longest byline, in characters.
pub(super) const BYLINE: usize = 40;

impl Paper<'_, '_> {
    /// Whom a line of office and name, or of a name alone, in brackets or not, names.
    pub(super) fn byline(&self, at: usize) -> Option<Identified> {
        let folded = self.folded(at);
        let marks = |c: char| c == '*' || c.is_whitespace();
        let bare = folded.text().trim_matches(marks);
        // (六)白水村党支部书记  邹岚:, 七  合作社理事长 邹岚
        let bare = without_numeral(&bare[item_mark(bare)..]).trim_end_matches(|c| marks(c) || c == ':');
        let opens = bare.starts_with(['(', '〔', '【', '[']);
        let bare = bare.trim_matches(|c: char| opens && "()〔〕【】[]".contains(c));
        let from = folded.text().find(bare)?;
        let line = folded.original(Span::new(from, from + bare.len())).trimmed(self.text);
        let line = Folded::new(line.of(self.text), line.start());
        // 县水利局局长  邹岚代表(白水代表团): for whom somebody sits there, and what a congress calls its members.
        let sits = without_delegation(line.text());
        let words = line.original(Span::new(0, sits.len())).trimmed(self.text);
        let folded = Folded::new(words.of(self.text), words.start());
        if folded.text().chars().count() > BYLINE {
            return None;
        }
        let named = self.whole(&folded).or_else(|| self.office_and_name(&folded));
        named.or_else(|| self.named_in_brackets(&line))
    }

    /// 石桥镇 邹岚(党委副书记、镇长): the office in brackets behind the name; 县政协委员会(邹岚代表发言): who speaks for whom the line
    /// names.
    fn named_in_brackets(&self, line: &Folded) -> Option<Identified> {
        let text = line.text();
        let bare = without_brackets(text);
        let inside = text[bare.len()..].trim().strip_prefix('(')?.strip_suffix(')')?;
        let names = self.cast.finder.names();
        let is_name = |name: &str| names.may_be_name(name, Slot::BehindTitle) && name.chars().count() <= 4;
        let spoken = inside.rsplit(',').next().unwrap_or(inside).trim();
        if let Some(who) = spoken.strip_suffix("发言") {
            let who = who.strip_suffix("代表").unwrap_or(who).trim();
            return is_name(who).then(|| self.cast.by_name(who, office_before(bare, who), None));
        }
        let name = bare.rsplit(' ').next().unwrap_or(bare);
        let fits = super::ends_in_title(inside) && is_name(name) && !super::ends_in_title(name);
        fits.then(|| self.cast.by_name(name, Some(inside.to_owned()), None))
    }

    /// 扎赉特旗委书记  包那日苏: an office, a gap, and a name of whatever make.
    pub(super) fn office_and_name(&self, line: &Folded) -> Option<Identified> {
        let (office, name) = line.text().trim().rsplit_once(' ')?;
        let office = office.trim_end();
        let name = without_address(name);
        let is_name = (2..=8).contains(&name.chars().count())
            && name.chars().all(|c| c == '·' || super::is_name_char(c))
            && !self.cast.finder.names().is_word(name)
            && !super::ends_in_title(name);
        (is_name && super::ends_in_title(office)).then(|| self.cast.by_name(name, Some(office.to_owned()), None))
    }

    /// The person whom a line names, where it names nothing else.
    pub(super) fn whole(&self, line: &Folded) -> Option<Identified> {
        let text = line.text();
        let mentions = self.cast.finder.find(text, &self.cast.people);
        // 汤湖镇党委书记: a place that begins with a surname is nobody's name.
        let is_place = |name: Span| name.of(text).ends_with(['镇', '乡', '村', '县', '区', '旗']);
        let only = |mention: &Mention| {
            matches!(mention.naming, Naming::Name(name) if !is_place(name))
                && text[..mention.span.start()].trim().is_empty()
                && without_address(text[mention.span.end()..].trim()).is_empty()
        };
        if let [mention] = mentions.as_slice()
            && only(mention)
        {
            return Some(self.cast.person(mention, line));
        }
        let name = text.trim();
        let is_name = mentions.is_empty() && self.cast.finder.names().may_be_name(name, Slot::BehindTitle);
        (is_name && name.chars().count() <= 4).then(|| self.cast.by_name(name, None, None))
    }

    /// The person whom a title begins with: 县长邹岚在…上的讲话, 邹岚县长在….
    pub(super) fn named_in_title(&self, at: usize) -> Option<Identified> {
        let folded = self.folded(at);
        let mentions = self.cast.finder.find(folded.text(), &self.cast.people);
        let first = mentions.iter().find(|mention| mention.naming != Naming::Office)?;
        let leads = folded.text()[..first.span.start()]
            .trim_matches(|c: char| !c.is_alphanumeric())
            .is_empty();
        leads.then(|| self.cast.person(first, &folded))
    }
}

/// The office that a line of several who sign together begins with, where who speaks is one of them: 县政协委员 邹岚 丘福生.
fn office_before(line: &str, name: &str) -> Option<String> {
    let (office, names) = line.split_once(' ')?;
    (super::ends_in_title(office) && names.contains(name)).then(|| office.to_owned())
}

/// A line without the Chinese numeral and the gap that it begins with: 七  合作社理事长.
fn without_numeral(line: &str) -> &str {
    let rest = line.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let gap = rest.trim_start();
    if rest.len() < line.len() && gap.len() < rest.len() {
        gap
    } else {
        line
    }
}

/// A head without the brackets at its end that say for whom somebody sits there: 邹岚代表(白水代表团).
fn without_delegation(head: &str) -> &str {
    let bare = without_brackets(head);
    let inside = head[bare.len()..].trim().trim_matches(['(', ')']);
    let sits = [
        "团",
        "组",
        "界",
        "界别",
        "选区",
        "会场",
        "书面发言",
        "口头发言",
        "书面",
        "述职",
        "代读",
        "联名",
    ]
    .iter()
    .any(|end| inside.ends_with(end));
    if sits { bare } else { head }
}

/// A name without what a congress or a party calls its members behind it: 邹岚代表, 邹岚同志.
fn without_address(name: &str) -> &str {
    let bare = ADDRESSES.iter().find_map(|end| name.strip_suffix(end));
    bare.unwrap_or(name)
}

/// A line without the brackets at its end.
pub(super) fn without_brackets(title: &str) -> &str {
    let bare = title.trim_end();
    match bare.ends_with(')').then(|| bare.rfind('(')).flatten() {
        Some(open) => bare[..open].trim_end(),
        None => bare,
    }
}
