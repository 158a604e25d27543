//! Names that nobody bears who speaks in the files.

use super::lexicon::Lexicon;
use super::mention::Finder;
use super::party::PartyKind;
use crate::gazetteer::Gazetteer;
use crate::reading::{organ_at_end, shaped_like_name, surname_at_start};
use crate::text::{Segmenter, Span, is_han};

/// Longest name with its title: 古丽娜尔·依明副县长.
const LONGEST_NAME: usize = 14;

/// A name without the title behind it.
fn without_title(name: &str) -> &str {
    &name[..name.len() - Lexicon::shared().title_behind(name).map_or(0, str::len)]
}

impl Finder<'_> {
    /// 张建国说了什么, “…”是张建国说的吗: a name that nobody in the files bears who speaks; those with a dot, in which a
    /// place's name may stand (买买提·玉山), or the others.
    pub(super) fn strangers(&mut self, dotted: bool) {
        if !dotted {
            self.said_by_stranger();
        }
        // No part of a word: 哪部小说.
        let begins = |at: &usize| self.words.iter().any(|(span, _)| span.start() == *at);
        let verbs = Lexicon::shared()
            .says
            .iter()
            .flat_map(|verb| self.text.match_indices(verb));
        let Some(verb) = verbs.map(|(at, _)| at).filter(begins).min() else {
            return;
        };
        // 开民宿的张启芳对种魔芋怎么看: whatever is told of somebody stands before the name.
        let told = self.text[..verb].find('的').map_or(0, |at| at + '的'.len_utf8());
        let start = match without_title(&self.text[told..verb]) {
            name if told > 0 && surname_at_start(name).is_some() => told,
            _ => 0,
        };
        // 张建国在会上讲了什么.
        let behind = self.text[start..verb]
            .char_indices()
            .skip(2)
            .take(LONGEST_NAME)
            .find(|(_, c)| ['在', '就', '对', '于'].contains(c))
            .map(|(at, _)| start + at)
            .filter(|at| {
                let name = without_title(&self.text[start..*at]);
                shaped_like_name(name) && (dotted || Gazetteer::shared().places_in(name).is_empty())
            });
        let span = Span::new(start, behind.unwrap_or(verb));
        // 莫春燕部长: the title is no part of the name.
        let name = without_title(span.of(self.text));
        let length = name.chars().count();
        let fits = match dotted {
            // 威廉·狄尔泰认为什么: of whom books tell, not whom meetings hear.
            true => name.contains('·') && length <= LONGEST_NAME && (behind.is_some() || name.len() < span.len()),
            false => (2..=3).contains(&length),
        };
        let word = start > 0 && Segmenter::shared().knows(name);
        if fits && !word && self.free(span) && shaped_like_name(name) && Gazetteer::shared().named(name).is_empty() {
            self.push(span, name, PartyKind::Person, &[], Vec::new());
        }
    }

    /// “先修路”是张建国说的吗.
    fn said_by_stranger(&mut self) {
        let ends = ["说的", "讲的"].iter().filter_map(|said| self.text.rfind(said)).max();
        let Some(end) = ends.filter(|end| self.text[*end..].contains(['吗', '么', '对'])) else {
            return;
        };
        let Some(start) = self.text[..end].rfind('是').map(|at| at + '是'.len_utf8()) else {
            return;
        };
        let span = Span::new(start, end);
        let name = without_title(span.of(self.text));
        let plausible =
            (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || c == '·');
        if plausible && self.free(span) && !Lexicon::shared().stopwords.contains(name) {
            self.push(span, name, PartyKind::Person, &[], Vec::new());
        }
    }

    /// 县政协线文超副主席: a name before a title that nobody in the files bears who speaks.
    pub(super) fn titled_strangers(&mut self) {
        let segmenter = Segmenter::shared();
        let titles: Vec<Span> = self
            .words
            .iter()
            .filter(|(_, word)| {
                let lexicon = Lexicon::shared();
                lexicon.titles.contains(word) && !lexicon.callings.contains(word)
            })
            .map(|(span, _)| *span)
            .collect();
        for title in titles {
            let before = self.text[..title.start()].trim_end_matches('副');
            let starts: Vec<usize> = before.char_indices().rev().take(3).map(|(at, _)| at).collect();
            let name = starts.iter().skip(1).rev().find_map(|start| {
                let name = &before[*start..];
                let apart = self.words.iter().any(|(span, _)| span.start() == *start);
                let place = organ_at_end(name).is_some() || !Gazetteer::shared().places_in(name).is_empty();
                // Behind a body whatever the dictionary does not know is a name.
                let unknown = || {
                    let behind_body = organ_at_end(&before[..*start]).is_some();
                    behind_body
                        && segmenter
                            .words(name)
                            .iter()
                            .all(|(_, word)| word.chars().nth(1).is_none())
                };
                let named = shaped_like_name(name) || name.chars().all(is_han) && unknown();
                (apart && named && !place && !segmenter.knows(name)).then_some(*start)
            });
            let span = name.map(|start| Span::new(start, title.end()));
            if let Some(span) = span.filter(|span| self.free(*span)) {
                let label = self.text[span.start()..title.start()].trim_end_matches('副').to_owned();
                self.push(span, &label, PartyKind::Person, &[], Vec::new());
            }
        }
    }
}
