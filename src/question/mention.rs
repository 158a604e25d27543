//! Names in a question: counties, persons and offices, however they were typed.

use std::sync::Arc;

use super::Taken;
use super::lexicon::Lexicon;
use super::names::{Latin, Names};
use super::party::{Party, PartyKind};
use crate::gazetteer::{Form, Gazetteer, Level, PlaceMention, is_common, short_form};
use crate::reading::shaped_like_name;
use crate::text::{Segmenter, Span, fold_str, is_han, words_by_kind};

/// A name in the question.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where it stands in the folded question.
    pub span: Span,
    /// Whom it names.
    pub party: Party,
    /// Forms of a place of which one must stand in the answer where the place is spoken of; empty for persons.
    pub forms: Vec<String>,
}

/// Finds the names of one question.
pub struct Finder<'n> {
    pub(super) names: &'n Names,
    pub(super) text: &'n str,
    pub(super) words: Vec<(Span, &'n str)>,
    pub(super) mentions: Vec<Mention>,
    taken: Vec<Taken>,
}

/// The names in the folded, lower-case question `text`, in order, and those that were typed in another spelling.
pub fn mentions(text: &str, names: &Names) -> (Vec<Mention>, Vec<Taken>) {
    let mut finder = Finder {
        names,
        text,
        words: Segmenter::shared().words(text),
        mentions: Vec::new(),
        taken: Vec::new(),
    };
    finder.persons();
    finder.strangers(true);
    finder.counties();
    finder.unlisted_counties();
    finder.homophones();
    finder.latin();
    finder.offices();
    finder.bodies();
    finder.surnames();
    finder.familiar();
    finder.titled_strangers();
    finder.strangers(false);
    finder.join();
    finder.mentions.sort_by_key(|mention| mention.span);
    (finder.mentions, finder.taken)
}

/// Longest question in which names are looked for by their sound, in bytes.
const LONGEST_TYPED: usize = 600;

words_by_kind! {
    /// What stands behind the name of a place that is no county: the words of `places_behind.tsv`, by kind.
    static BEHIND: Behind = "places_behind.tsv" {
        /// Places with a rank: 镇.
        town,
        /// Others: 片区.
        spot,
    }
}

impl<'n> Finder<'n> {
    pub(super) fn free(&self, span: Span) -> bool {
        !self.mentions.iter().any(|mention| mention.span.overlaps(span))
    }

    pub(super) fn push(&mut self, span: Span, label: &str, kind: PartyKind, voices: &[usize], forms: Vec<String>) {
        let voices = voices
            .iter()
            .map(|at| Arc::clone(&self.names.participants()[*at]))
            .collect();
        let party = Party {
            label: label.to_owned(),
            kind,
            voices,
        };
        self.mentions.push(Mention { span, party, forms });
    }

    fn persons(&mut self) {
        for (range, voices) in self.names.persons_in(self.text) {
            let name = Span::new(range.start, range.end);
            let span = Span::new(range.start, range.end + called_behind(&self.text[range.end..]));
            let typed = name.of(self.text);
            let voices = self.with_namesakes(self.heads_first(voices, typed));
            let named = self.by_name(&voices);
            // 王县长, where two are called so: each is heard by name.
            match named.len() > 1 && !named.iter().any(|(name, _)| name == typed) {
                true => {
                    for (name, voices) in named {
                        self.push(span, &name, PartyKind::Person, &voices, Vec::new());
                    }
                }
                false => self.push(span, typed, PartyKind::Person, &voices, Vec::new()),
            }
        }
    }

    /// The names among some who speak, each with who bears it.
    fn by_name(&self, voices: &[usize]) -> Vec<(String, Vec<usize>)> {
        let mut named: Vec<(String, Vec<usize>)> = Vec::new();
        for voice in voices {
            let name = self.names.participants()[*voice].name.as_deref().map(fold_str);
            let name = name.unwrap_or_default();
            match named.iter_mut().find(|(known, _)| *known == name) {
                Some((_, bearers)) => bearers.push(*voice),
                None => named.push((name, vec![*voice])),
            }
        }
        named
    }

    /// The same persons where papers give their names without an office.
    fn with_namesakes(&self, mut voices: Vec<usize>) -> Vec<usize> {
        let all = self.names.participants();
        let known = voices.clone();
        for (at, other) in all.iter().enumerate() {
            let same = |one: &usize| {
                let one = &all[*one];
                let county = one.county == other.county || one.county.is_none() || other.county.is_none();
                one.name.is_some() && one.name == other.name && county
            };
            if other.office.is_none() && !other.group && !known.contains(&at) && known.iter().any(same) {
                voices.push(at);
            }
        }
        voices
    }

    /// 王县长 is the county's head where there is one of that name, and a deputy only where there is none.
    fn heads_first(&self, voices: &[usize], typed: &str) -> Vec<usize> {
        let participant = |at: usize| &self.names.participants()[at];
        let Some(title) = Lexicon::shared()
            .title_behind(typed)
            .filter(|title| title.len() < typed.len())
        else {
            return voices.to_vec();
        };
        let heads = voices.iter().copied().filter(|at| {
            let office = participant(*at).office.as_deref().map(fold_str).unwrap_or_default();
            let mut posts = office.match_indices(title);
            // Whoever is called so in a transcript is not less.
            participant(*at).name.as_deref() == Some(typed) || posts.any(|(at, _)| !office[..at].ends_with('副'))
        });
        let heads: Vec<usize> = heads.collect();
        if heads.is_empty() { voices.to_vec() } else { heads }
    }

    fn counties(&mut self) {
        for place in &Gazetteer::shared().places_in(self.text) {
            if !self.free(place.span) || !self.stands_alone(place) || self.is_of_town(place) {
                continue;
            }
            let mut counties = place.divisions.iter().filter(|d| d.level() == Level::County);
            let speaking = counties.clone().find(|d| !self.names.of_county(d.name()).is_empty());
            let Some(county) = speaking.or_else(|| counties.next()) else {
                continue;
            };
            if speaking.is_none()
                && (self.misspelt_county(place.span)
                    || self.misspelt_person(place)
                    || self.is_of_name(place)
                    || self.is_of_spot(place))
            {
                continue;
            }
            let typed = place.span.of(self.text).to_owned();
            let label = if speaking.is_some() || place.divisions.len() == 1 {
                county.name().to_owned()
            } else {
                typed.clone()
            };
            let voices = self.names.of_county(county.name()).to_vec();
            let mut forms = vec![typed, county.name().to_owned()];
            forms.extend(county.names().filter_map(short_form));
            let span = match place.form {
                Form::Full => self.without_offices_rank(place.span),
                Form::Short => place.span,
            };
            self.push(span, &label, PartyKind::County, &voices, forms);
        }
    }

    /// 永兴镇: a town that is called as a county elsewhere is.
    fn is_of_town(&self, place: &PlaceMention<'_>) -> bool {
        let behind = &self.text[place.span.end()..];
        place.form == Form::Short && BEHIND.town.iter().any(|rank| behind.starts_with(rank))
    }

    /// 南城片区: a spot that is called as a county of which the files know nothing.
    fn is_of_spot(&self, place: &PlaceMention<'_>) -> bool {
        let behind = &self.text[place.span.end()..];
        place.form == Form::Short && BEHIND.spot.iter().any(|rank| behind.starts_with(rank))
    }

    /// 林永康有几个孩子: a county of which the files know nothing, in what is shaped like a name.
    fn is_of_name(&self, place: &PlaceMention<'_>) -> bool {
        let Some((before, surname)) = self.text[..place.span.start()].char_indices().next_back() else {
            return false;
        };
        let name = Span::new(before, place.span.end());
        let stopword = Lexicon::shared().stopwords.contains(surname.to_string().as_str());
        place.form == Form::Short && !stopword && self.free(name) && shaped_like_name(name.of(self.text))
    }

    /// 蒲成县 is no 成县, but a homophone of 蒲城县, where somebody speaks for it: what stands before a county of which
    /// the files know nothing may belong to its name.
    fn misspelt_county(&mut self, county: Span) -> bool {
        let Some((before, _)) = self.text[..county.start()].char_indices().next_back() else {
            return false;
        };
        let longer = Span::new(before, county.end());
        let known = self.mentions.len();
        if self.free(longer) {
            self.county_by_sound(longer);
        }
        self.mentions.len() > known
    }

    /// 江海朝 is no 江海, but sounds like 江海潮 who speaks.
    fn misspelt_person(&mut self, place: &PlaceMention<'_>) -> bool {
        let Some(next) = self.text[place.span.end()..].chars().next() else {
            return false;
        };
        let longer = Span::new(place.span.start(), place.span.end() + next.len_utf8());
        let known = self.mentions.len();
        if place.form == Form::Short && self.free(longer) {
            self.person_by_sound(longer);
        }
        self.mentions.len() > known
    }

    /// 长武县委 is 长武 and 县委, 长武县长 is 长武 and 县长: the rank belongs to the office that goes on.
    fn without_offices_rank(&self, county: Span) -> Span {
        let behind = &self.text[county.end()..];
        let chief = behind.starts_with('长') && !LONG.iter().any(|word| behind.starts_with(word));
        let ranked = county.of(self.text).ends_with(['县', '市', '区', '旗', '州']);
        let rank = county.of(self.text).chars().next_back().map_or(0, char::len_utf8);
        let goes_on = ranked && (behind.starts_with('委') || chief);
        Span::new(county.start(), county.end() - if goes_on { rank } else { 0 })
    }

    /// Counties that speak and that the gazetteer doesn't list.
    fn unlisted_counties(&mut self) {
        let names = self.names;
        for (form, county) in names.unlisted() {
            for (at, _) in self.text.match_indices(form) {
                let span = Span::new(at, at + form.len());
                if self.free(span) {
                    let forms = vec![form.to_owned()];
                    let span = self.without_offices_rank(span);
                    self.push(span, county, PartyKind::County, names.of_county(county), forms);
                }
            }
        }
    }

    /// Whether a short form is a word of its own here, and no common one: 和平 is a county's short form too.
    fn stands_alone(&self, place: &PlaceMention<'_>) -> bool {
        // 城区, 郊区: some counties are called by a common word.
        let common = is_common(place.span.of(self.text)) && place.span.of(self.text).chars().count() == 2;
        if place.form == Form::Full && !common {
            return true;
        }
        let known = place
            .divisions
            .iter()
            .any(|division| !self.names.of_county(division.name()).is_empty());
        let inside = self
            .words
            .iter()
            .any(|(span, word)| span.contains(place.span) && *span != place.span && !known && !word.ends_with('县'));
        let word = place.span.of(self.text);
        let segmenter = Segmenter::shared();
        let is_name = !segmenter.knows(word) || segmenter.part_of_speech(word).is_some_and(|tag| tag.starts_with("ns"));
        !inside && (known || is_name)
    }

    /// Names typed with other characters of the same sound.
    fn homophones(&mut self) {
        // What is pasted in was not typed by ear.
        if self.text.len() > LONGEST_TYPED {
            return;
        }
        let starts: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        for length in [4, 3, 2] {
            for (i, start) in starts.iter().enumerate() {
                let Some(end) = starts
                    .get(i + length)
                    .copied()
                    .or((i + length == starts.len()).then_some(self.text.len()))
                else {
                    break;
                };
                let span = Span::new(*start, end);
                if self.free(span) {
                    self.person_by_sound(span);
                    self.county_by_sound(span);
                }
            }
        }
    }

    fn person_by_sound(&mut self, span: Span) {
        let typed = span.of(self.text);
        if Segmenter::shared().knows(typed) || self.is_cut_from_words(span) {
            return;
        }
        let voices: Vec<usize> = self
            .names
            .sounding_like(typed)
            .iter()
            .copied()
            .filter(|at| {
                let name = self.names.participants()[*at]
                    .name
                    .as_deref()
                    .map(fold_str)
                    .unwrap_or_default();
                // A name shares a character with what was typed, or else everything that sounds alike is a name.
                name.chars().zip(typed.chars()).any(|(a, b)| a == b)
            })
            .collect();
        let Some(name) = voices
            .first()
            .and_then(|at| self.names.participants()[*at].name.clone())
        else {
            return;
        };
        self.taken.push(Taken {
            typed: typed.to_owned(),
            meant: name.clone(),
        });
        // 王小冬县长: the title is his name's.
        let with_title = Span::new(span.start(), span.end() + called_behind(&self.text[span.end()..]));
        let span = if self.free(with_title) { with_title } else { span };
        self.push(span, &name, PartyKind::Person, &voices, Vec::new());
    }

    /// 为一 in 成为一个: the end of a word and the beginning of the next are no name.
    fn is_cut_from_words(&self, span: Span) -> bool {
        let inside = |at: usize| self.words.iter().any(|(word, _)| word.start() < at && at < word.end());
        inside(span.start()) && inside(span.end())
    }

    fn county_by_sound(&mut self, span: Span) {
        let typed = span.of(self.text);
        let ranked = typed.ends_with(['县', '市', '区', '旗']);
        let Some(county) = self.names.county_sounding_like(typed).map(str::to_owned) else {
            return;
        };
        let shares = county.chars().zip(typed.chars()).any(|(a, b)| a == b);
        let known = Segmenter::shared().knows(typed) || !Gazetteer::shared().named(typed).is_empty();
        if known || !(ranked || shares) {
            return;
        }
        self.taken.push(Taken {
            typed: typed.to_owned(),
            meant: county.clone(),
        });
        let voices = self.names.of_county(&county).to_vec();
        self.push(span, &county, PartyKind::County, &voices, forms_of(&county));
    }

    /// Names in Latin letters: one word or up to three, as people write them.
    fn latin(&mut self) {
        let words: Vec<(Span, &str)> = self
            .words
            .iter()
            .filter(|(_, word)| word.chars().all(|c| c.is_ascii_alphabetic()))
            .copied()
            .collect();
        let mut at = 0;
        while at < words.len() {
            let found = (1..=3.min(words.len() - at)).rev().find_map(|count| {
                let group = &words[at..at + count];
                let span = Span::new(group[0].0.start(), group[count - 1].0.end());
                let forward: String = group.iter().map(|(_, word)| *word).collect();
                let backward: String = group[1..].iter().chain(&group[..1]).map(|(_, word)| *word).collect();
                let found = self.names.latin(&forward).or_else(|| self.names.latin(&backward))?;
                Some((count, span, found.clone()))
            });
            let Some((count, span, found)) = found else {
                at += 1;
                continue;
            };
            at += count;
            match found {
                Latin::County(county) => {
                    let voices = self.names.of_county(&county).to_vec();
                    self.push(span, &county, PartyKind::County, &voices, forms_of(&county));
                }
                Latin::Persons(voices) => {
                    let name = self.names.participants()[voices[0]].name.clone().unwrap_or_default();
                    self.push(span, &name, PartyKind::Person, &voices, Vec::new());
                }
            }
        }
    }

    /// A county and a person or office of it that stand together are one.
    fn join(&mut self) {
        self.mentions.sort_by_key(|mention| mention.span);
        let mut joined: Vec<Mention> = Vec::new();
        for mention in self.mentions.drain(..) {
            let Some(before) = joined.last() else {
                joined.push(mention);
                continue;
            };
            let gap = self.text.get(before.span.end()..mention.span.start()).unwrap_or("x");
            let near = matches!(gap, "" | "的" | "、") || is_post(gap);
            let same = mention
                .party
                .voices
                .iter()
                .any(|voice| before.party.voices.contains(voice));
            // 青禾县的蒲正明, of whom the files do not tell the county: nothing is against it.
            let open = before.party.kind == PartyKind::County
                && !mention.party.voices.is_empty()
                && mention.party.voices.iter().all(|voice| voice.county.is_none());
            let narrower =
                mention.party.kind == PartyKind::Person && gap != "、" && before.party.kind != PartyKind::Person;
            if near && (same || open) && narrower {
                let span = Span::new(before.span.start(), mention.span.end());
                let voices = mention
                    .party
                    .voices
                    .iter()
                    .filter(|voice| {
                        // Where a paper gives the name alone it is the same person.
                        let unsaid = match before.party.kind {
                            PartyKind::County => voice.county.is_none(),
                            _ => voice.office.is_none(),
                        };
                        !same || unsaid || before.party.voices.contains(voice)
                    })
                    .cloned()
                    .collect();
                joined.pop();
                joined.push(Mention {
                    span,
                    party: Party {
                        voices,
                        ..mention.party
                    },
                    forms: Vec::new(),
                });
            } else {
                joined.push(mention);
            }
        }
        self.mentions = joined;
    }
}

/// How much of `behind` goes on a person's name: 书记 of 蒲正明书记, 同志.
fn called_behind(behind: &str) -> usize {
    const CALLED: [&str; 5] = ["同志", "委员", "代表", "先生", "女士"];
    let titles = Lexicon::shared().titles.iter().copied();
    let called = titles.chain(CALLED).filter(|title| behind.starts_with(title));
    called.map(str::len).max().unwrap_or(0)
}

/// Longest stretch between a county and a name that says where in it somebody is, or what: 城关镇的, 的政协委员.
const POST: usize = 12;

/// What makes such a stretch tell something else.
const NO_POST: [&str; 19] = [
    "和", "与", "跟", "同", "对", "向", "说", "讲", "在", "把", "被", "让", "给", "请", "谈", "问", "批", "夸", "比",
];

/// Whether the stretch between a county and a name tells no more than whose or what office.
fn is_post(gap: &str) -> bool {
    let plain = gap.chars().all(is_han) && !NO_POST.iter().any(|word| gap.contains(word));
    let ends = gap.ends_with('的') || Lexicon::shared().title_behind(gap).is_some() || gap.ends_with("委员");
    (1..=POST).contains(&gap.chars().count()) && plain && ends
}

/// Words that begin with 长 and make no title of a rank before it: 白水县长期以来.
const LONG: [&str; 8] = ["长期", "长远", "长效", "长处", "长久", "长途", "长大", "长江"];

/// What a text that speaks of a county calls it.
fn forms_of(county: &str) -> Vec<String> {
    let mut forms = vec![county.to_owned()];
    forms.extend(short_form(county));
    forms
}
