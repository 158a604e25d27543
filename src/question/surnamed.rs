//! Whom a question calls by the surname: 老李, 姓畅的部长.

use super::lexicon::Lexicon;
use super::mention::Finder;
use super::party::PartyKind;
use crate::reading::{organ_at_end, surname_at_start};
use crate::text::{Span, fold_str};

/// What goes on behind somebody's familiar name: 老钱为什么不同意, 老李呢.
const ASKED_OF: [char; 15] = [
    '呢', '对', '在', '怎', '为', '不', '同', '想', '要', '有', '担', '反', '就', '还', '也',
];

impl Finder<'_> {
    /// 老李怎么说: those of a surname, where something is asked of them by it.
    pub(super) fn familiar(&mut self) {
        let Some(at) = self.text.find(['老', '小']) else {
            return;
        };
        let mut chars = self.text[at..].chars();
        let (Some(first), Some(surname)) = (chars.next(), chars.next()) else {
            return;
        };
        let span = Span::new(at, at + first.len_utf8() + surname.len_utf8());
        let behind = chars.as_str();
        let says = Lexicon::shared().says.iter().any(|verb| behind.starts_with(verb)) || behind.starts_with(ASKED_OF);
        let begins = at == 0 || self.text[..at].ends_with(['那', ',', '。', ' ', '的']);
        // The dictionary has 老李 and 小张 as it has 老师.
        if !says || !begins || !self.free(span) || Lexicon::shared().no_nicks.contains(span.of(self.text)) {
            return;
        }
        let mut named: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, participant) in self.names.participants().iter().enumerate() {
            let name = participant.name.clone().unwrap_or_default();
            if participant.group || name.chars().count() < 2 || !fold_str(&name).starts_with(surname) {
                continue;
            }
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, voices)) => voices.push(index),
                None => named.push((name, vec![index])),
            }
        }
        // Of several nobody is meant before another: each is heard.
        for (name, voices) in named {
            self.push(span, &name, PartyKind::Person, &voices, Vec::new());
        }
    }

    /// 姓畅的部长: those who bear a surname, with the title behind it where there is one.
    pub(super) fn surnames(&mut self) {
        let Some(at) = self.text.find('姓') else { return };
        let rest = &self.text[at + '姓'.len_utf8()..];
        let Some(of) = rest
            .find('的')
            .filter(|of| (1..=2).contains(&rest[..*of].chars().count()))
        else {
            return;
        };
        let surname = &rest[..of];
        let behind = &rest[of + '的'.len_utf8()..];
        let title = Lexicon::shared()
            .titles
            .iter()
            .filter(|title| behind.starts_with(**title))
            .max_by_key(|title| title.len());
        let voices = self.bearers(surname, |office| title.is_none_or(|title| office.contains(title)));
        let end = at + '姓'.len_utf8() + of + '的'.len_utf8() + title.map_or(0, |title| title.len());
        let span = Span::new(at, end);
        self.mentions.retain(|mention| !mention.span.overlaps(span));
        // One party for each of them, so that each is heard.
        for voice in &voices {
            let name = self.names.participants()[*voice].name.clone().unwrap_or_default();
            self.push(span, &name, PartyKind::Person, &[*voice], Vec::new());
        }
        if voices.is_empty() {
            self.push(span, span.of(self.text), PartyKind::Person, &[], Vec::new());
        }
    }

    /// 财政局蔡局长: whoever has the surname and is of the body, whatever office the files have for them.
    pub(super) fn surnamed_of_body(&mut self, title: Span) -> bool {
        let before = self.text[..title.start()].trim_end_matches('副');
        let Some((start, _)) = before.char_indices().next_back() else {
            return false;
        };
        let (body, surname) = (&before[..start], &before[start..]);
        let Some(last) = self.words.iter().rfind(|(span, _)| span.end() == start) else {
            return false;
        };
        let of_body = organ_at_end(body).is_some() && surname_at_start(surname) == Some(surname);
        let span = Span::new(last.0.start(), title.end());
        if !of_body || !self.free(span) {
            return false;
        }
        let voices = self.bearers(surname, |office| office.contains(last.1));
        let Some(name) = voices
            .first()
            .and_then(|at| self.names.participants()[*at].name.clone())
        else {
            return false;
        };
        self.push(span, &name, PartyKind::Person, &voices, Vec::new());
        true
    }

    /// Those of a surname whose office, folded and empty where none is known, is such.
    fn bearers(&self, surname: &str, is_theirs: impl Fn(&str) -> bool) -> Vec<usize> {
        let all = self.names.participants().iter().enumerate();
        let bears = all.filter(|(_, one)| {
            let folded = |words: &Option<String>| words.as_deref().map(fold_str).unwrap_or_default();
            !one.group && folded(&one.name).starts_with(surname) && is_theirs(&folded(&one.office))
        });
        bears.map(|(at, _)| at).collect()
    }
}
