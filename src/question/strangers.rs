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
            .find(|(_, c)| ['在', '就', '对', '于', '接', '又', '还', '后'].contains(c))
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

    /// 县政协线文超副主席, 李县长: a name, or a surname, before a title, that nobody in the files bears who speaks.
    pub(super) fn titled_strangers(&mut self) {
        let lexicon = Lexicon::shared();
        let titles: Vec<(Span, bool)> = self
            .words
            .iter()
            .filter(|(_, word)| lexicon.titles.contains(word) || lexicon.behind_names.contains(word))
            .map(|(span, word)| {
                (
                    *span,
                    lexicon.callings.contains(word) || lexicon.behind_names.contains(word),
                )
            })
            .collect();
        for (title, calling) in titles {
            if !calling && self.surnamed_of_body(title) {
                continue;
            }
            let name = match calling {
                // 哪些代表, 年轻代表: of callings only what begins the question is somebody's.
                true => self.name_before(title).filter(|start| self.begins_clause(*start)),
                false => self.name_before(title).or_else(|| self.surname_before(title)),
            };
            let span = name.map(|start| Span::new(start, title.end()));
            if let Some(span) = span.filter(|span| self.free(*span)) {
                let name = self.text[span.start()..title.start()].trim_end_matches('副');
                let label = if name.chars().nth(1).is_some() {
                    name
                } else {
                    span.of(self.text)
                };
                let label = label.to_owned();
                self.push(span, &label, PartyKind::Person, &[], Vec::new());
            }
        }
    }

    /// Where the name begins that stands right before a title.
    fn name_before(&self, title: Span) -> Option<usize> {
        let segmenter = Segmenter::shared();
        let before = self.text[..title.start()].trim_end_matches('副');
        let starts: Vec<usize> = before.char_indices().rev().take(3).map(|(at, _)| at).collect();
        starts.iter().skip(1).rev().copied().find(|start| {
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
            // 何时换: words of asking are nobody's name.
            let asks = self.words.iter().any(|(span, word)| {
                Span::new(*start, before.len()).contains(*span) && Lexicon::shared().stopwords.contains(word)
            });
            let named = !asks && (shaped_like_name(name) || name.chars().all(is_han) && unknown());
            // Some people's names the dictionary has.
            let word = segmenter.knows(name) && segmenter.part_of_speech(name).is_none_or(|tag| !tag.starts_with("nr"));
            apart && named && !place && !word
        })
    }

    /// Where the surname begins that alone stands right before a title, at the beginning of a clause: 李县长.
    fn surname_before(&self, title: Span) -> Option<usize> {
        let before = self.text[..title.start()].trim_end_matches('副');
        let (start, _) = before.char_indices().next_back()?;
        let surname = &before[start..];
        let tag = Segmenter::shared().part_of_speech(surname).unwrap_or_default();
        // 任县长, 问局长: what is done.
        let word = tag.starts_with(['v', 'p', 'c']) || Lexicon::shared().stopwords.contains(surname);
        (surname_at_start(surname) == Some(surname) && !word && self.begins_clause(start)).then_some(start)
    }

    /// Whether a clause begins there, but for what points at somebody.
    fn begins_clause(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end_matches(['那', '的']);
        before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric())
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Catalogue;
    use crate::question::{Asked, Names, Question};

    /// The strangers that a question takes for whoever speaks, where the files know nobody.
    fn speaks(question: &str) -> Vec<String> {
        let question = Question::understand(&Asked::new(question, &[]), &Names::new(&Catalogue::default()));
        question.scope.parties.into_iter().map(|party| party.label).collect()
    }

    #[test]
    fn a_name_with_a_title_is_somebodys() {
        assert_eq!(speaks("王建峰副市长到平川调研时提了什么要求"), ["王建峰"]);
        assert_eq!(speaks("杜宗岩组长在协作会上提了哪些要求"), ["杜宗岩"]);
        assert_eq!(speaks("龙兆丰代表介绍他们学校有啥变化"), ["龙兆丰"]);
        assert_eq!(speaks("李县长对供水管网有啥指示"), ["李县长"]);
    }

    #[test]
    fn titles_alone_and_what_is_done_are_nobodys() {
        for question in [
            "哪些代表提了建议",
            "谁任县长",
            "任县长的是谁",
            "年轻代表怎么说",
            "何时换局长",
        ] {
            assert!(speaks(question).is_empty(), "{question}: {:?}", speaks(question));
        }
    }
}
