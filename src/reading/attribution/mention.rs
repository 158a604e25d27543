//! Mentions of persons in a paragraph: office and name, name alone, surname and title, office without a name.
//!
//! An office is anchored on its title (部长) and read to the left as far as it reaches (礼泉县委常委、统战部部长);
//! the name stands behind it (畅小龙), before it (刘部长), or in front of brackets (畅小龙(礼泉县委常委)).

use super::familiar::HONORIFICS;
use super::hypothesis::Slot;
use super::lexicon::Lexicon;
use super::name::{MEMBERS, NameReader, Support};
use super::name_end::{is_name_char, nth_boundary, nth_last_boundary};
use super::office::{BREAKS, OfficeReader, continues_chain};
use super::people::People;
use super::title::names_body;
use crate::gazetteer::Gazetteer;
use crate::text::{Segmenter, Span, is_clause_mark};

/// How a mention names its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By the whole name.
    Name(Span),
    /// By surname and title or by a familiar form (刘部长, 老李); the span holds all of it.
    Alias(Span),
    /// By the office alone.
    Office,
}

/// A person as a paragraph mentions one. Spans are bytes of the folded paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Office and name together.
    pub span: Span,
    /// How the person is named.
    pub naming: Naming,
    /// The office, place included.
    pub office: Option<Span>,
    /// Words before the office that tell the place only (来自礼泉县的).
    pub origin: Option<Span>,
}

impl Mention {
    /// The words that name the person, or the office where none do.
    pub fn naming_of<'t>(&self, text: &'t str) -> &'t str {
        match self.naming {
            Naming::Name(span) | Naming::Alias(span) => span.of(text),
            Naming::Office => self.span.of(text),
        }
    }
}

/// Titles that somebody is addressed by behind the name: 阿里甫主任.
const RANKS_BEHIND_NAMES: [&str; 10] = [
    "书记",
    "县长",
    "副县长",
    "旗长",
    "局长",
    "主任",
    "部长",
    "镇长",
    "乡长",
    "队长",
];

/// What stands before somebody's name and is no part of it: 下面请|邹岚县长介绍.
const BEFORE_NAMES: [char; 10] = ['请', '由', '让', '给', '被', '把', '对', '与', '跟', '听'];

/// How parts of a congress end that have members.
const DELEGATES: [&str; 6] = ["组", "界", "团", "村", "社区", "选区"];

/// Longest note behind a title, in characters: 主持工作.
const LONGEST_NOTE: usize = 8;

/// Finds mentions with the shared dictionary, lexicon and gazetteer.
#[derive(Clone, Debug)]
pub struct MentionFinder {
    pub(super) names: NameReader,
    offices: OfficeReader,
    pub(super) words: Segmenter,
}

impl MentionFinder {
    /// A finder over the shared data.
    pub fn new() -> MentionFinder {
        MentionFinder {
            names: NameReader::new(),
            offices: OfficeReader::new(),
            words: Segmenter::shared(),
        }
    }

    /// The name reader that it uses.
    pub fn names(&self) -> &NameReader {
        &self.names
    }

    /// The mentions in a folded paragraph, in order, without overlaps; `known` are the persons met so far.
    pub fn find(&self, text: &str, known: &People) -> Vec<Mention> {
        let mut found = self.bracketed(text, known);
        self.titled(text, known, &mut found);
        self.familiar(text, &mut found);
        for span in known.names_in(text) {
            push_free(
                &mut found,
                Mention {
                    span,
                    naming: Naming::Name(span),
                    office: None,
                    origin: None,
                },
            );
        }
        for part in known.first_parts() {
            for (at, _) in text.match_indices(part) {
                let span = Span::new(at, at + part.len());
                push_free(
                    &mut found,
                    Mention {
                        span,
                        naming: Naming::Alias(span),
                        office: None,
                        origin: None,
                    },
                );
            }
        }
        without_places(text, known, &mut found);
        found.sort_by_key(|mention| mention.span);
        found
    }

    /// 畅小龙(礼泉县委常委、统战部部长).
    fn bracketed(&self, text: &str, known: &People) -> Vec<Mention> {
        let mut found = Vec::new();
        for (open, _) in text.match_indices('(') {
            let Some(close) = text[open..].find(')').map(|at| open + at) else {
                continue;
            };
            let office = Span::new(open + 1, close);
            let ends_in_title = Lexicon::shared().offices.suffix(office.of(text)).is_some();
            let reads_on = office.of(text).contains(|c: char| is_clause_mark(c) && c != ',');
            if !ends_in_title || reads_on || office.of(text).chars().count() > 60 {
                continue;
            }
            let head = &text[..open];
            let start = head
                .rfind(|c: char| !is_name_char(c) && c != '·')
                .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
            let name = [start]
                .into_iter()
                .chain(
                    (2..=4)
                        .rev()
                        .filter_map(|len| nth_last_boundary(head, len))
                        .filter(|at| *at > start),
                )
                .map(|at| Span::new(at, open))
                .find(|span| known.knows(span.of(text)) || self.names.is_name(span.of(text)));
            if let Some(name) = name {
                let span = Span::new(name.start(), close + 1);
                found.push(Mention {
                    span,
                    naming: Naming::Name(name),
                    office: Some(office),
                    origin: None,
                });
            }
        }
        found
    }

    /// Titles with a name behind or before them, or none.
    fn titled(&self, text: &str, known: &People, found: &mut Vec<Mention>) {
        let lexicon = Lexicon::shared();
        let mut limit = 0;
        let titles: Vec<Span> = lexicon
            .titles_in(text)
            .filter(|title| !self.straddles_word(text, *title))
            .collect();
        let titles: Vec<Span> = titles
            .iter()
            .copied()
            .filter(|title| !self.speaks_for(text, *title, &titles))
            .collect();
        for (index, title) in titles.iter().copied().enumerate() {
            // 旗长额尔德木图代表说: what a congress calls him behind his name.
            if let Some(last) = found.last_mut()
                && limit > 0
                && title.start() == limit
                && last.span.end() == limit
                && MEMBERS.contains(&title.of(text))
            {
                last.span = Span::new(last.span.start(), title.end());
                limit = title.end();
                continue;
            }
            if names_body(text, title, titles.get(index + 1).copied()) {
                continue;
            }
            if title.start() < limit || found.iter().any(|other| other.span.overlaps(title)) {
                continue;
            }
            let behind = title.end() + self.note_behind(&text[title.end()..]);
            let chain_goes_on = titles
                .get(index + 1)
                .is_some_and(|next| continues_chain(&text[title.end()..next.start()]));
            // 农户|家照张相: what is theirs.
            let owns = title.of(text).ends_with(['户', '民', '众', '人']) && text[behind..].starts_with('家');
            let name = known
                .name_prefix(&text[behind..])
                .map(|len| (len, Support::Strong))
                // 村党支部书记|兼村主任: one office more.
                .or_else(|| {
                    let name = self.names.prefix(&text[behind..], true);
                    name.filter(|_| !owns && !text[behind..].starts_with('兼'))
                })
                .filter(|(len, support)| {
                    let (name, rest) = (&text[behind..behind + len], &text[behind + len..]);
                    known.knows(name) || self.is_new_name(name, rest, *support)
                });
            let (office_start, origin) = self.offices.chain_start(text, limit, title);
            let office_start = self.behind_person(text, Span::new(office_start, title.start()), known);
            let office = Span::new(office_start, title.end());
            if let Some((len, _)) = name {
                let name = Span::new(behind, behind + len);
                let span = Span::new(office_start, name.end());
                push_free(
                    found,
                    Mention {
                        span,
                        naming: Naming::Name(name),
                        office: Some(office),
                        origin,
                    },
                );
                limit = name.end();
            } else if let Some(mention) = self.name_before(text, limit, title, known) {
                push_free(found, mention);
                limit = title.end();
            } else if !chain_goes_on {
                push_free(
                    found,
                    Mention {
                        span: office,
                        naming: Naming::Office,
                        office: Some(office),
                        origin,
                    },
                );
                limit = title.end();
            }
        }
    }

    /// Whether 代表 behind a title says for whom somebody speaks: 镇党委书记|代表后进乡镇作了发言.
    fn speaks_for(&self, text: &str, title: Span, titles: &[Span]) -> bool {
        let behind = &text[title.end()..];
        title.of(text) == "代表"
            && titles.iter().any(|other| other.end() == title.start())
            && behind.starts_with(is_name_char)
            && Lexicon::shared().cue_at(behind).is_none()
            && self
                .names
                .prefix(behind, false)
                .is_none_or(|(_, support)| support != Support::Strong)
    }

    /// How long what stands between a title and the name behind it is, in bytes: blanks, or a note in brackets, 副局长(主持工作)金亮.
    fn note_behind(&self, behind: &str) -> usize {
        let blanks = behind.len() - behind.trim_start_matches(' ').len();
        let note = behind.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        match note {
            Some((note, _)) if note.chars().count() <= LONGEST_NOTE && !self.names.is_name(note) => {
                note.len() + "()".len()
            }
            _ => blanks,
        }
    }

    /// Where an office begins that somebody known stands before, with what he does: 邹岚走进|牧民.
    pub(super) fn behind_person(&self, text: &str, before: Span, known: &People) -> usize {
        let is_place = || {
            let places = Gazetteer::shared().places_in(before.of(text));
            places.first().is_some_and(|place| place.span.start() == 0)
        };
        let Some(person) = known
            .names_in(before.of(text))
            .first()
            .copied()
            .filter(|person| person.start() == 0 && !is_place())
        else {
            return before.start();
        };
        let behind = before.start() + person.end();
        let mut at = behind;
        while at < before.end() {
            let word = self
                .words
                .words(&text[at..before.end()])
                .first()
                .map_or("", |(_, word)| *word);
            let verb = self
                .words
                .part_of_speech(word)
                .is_some_and(|tag| tag.starts_with('v') || tag == "d");
            if word.is_empty() || !verb {
                break;
            }
            at += word.len();
        }
        // 明水|县委: what stands before no verb is a place or a piece of a word.
        if at - behind > nth_boundary(&text[behind..], 1).unwrap_or_default() {
            at
        } else {
            before.start()
        }
    }

    /// A name that is a word of its own must have strong support: 主任 + 高度 is nobody.
    fn is_new_name(&self, name: &str, rest: &str, support: Support) -> bool {
        let lexicon = Lexicon::shared();
        // 游客|安全小|课堂, 农户|省下|的水: words that only a word or a particle goes on behind.
        let begins_in_word = nth_boundary(name, 2).is_some_and(|end| self.names.is_word(&name[..end]));
        if support != Support::Strong && begins_in_word || self.names.is_word(name) && rest.starts_with('的') {
            return false;
        }
        // 牧民|代表阿依古丽: a title and a name; 段长|段长生: a name that begins like a title.
        let begins_as_title = lexicon
            .titles_in(name)
            .any(|inner| inner.start() > 0 || name[inner.end()..].chars().count() > 1);
        let is_office = begins_as_title || lexicon.offices.suffix(name).is_some() || lexicon.groups.has(name);
        !is_office
            && (!self.names.is_word(name)
                || (support == Support::Strong
                    && name.chars().count() == 2
                    && !lexicon.adverbs.has(name)
                    && !lexicon.followers.has(name)))
            && !lexicon.is_cue(name)
    }

    /// 刘部长, 刘晖部长: the name before the title.
    fn name_before(&self, text: &str, limit: usize, title: Span, known: &People) -> Option<Mention> {
        let head = &text[limit..title.start()];
        let boundary = |at: usize| {
            let before = &head[..at];
            before.chars().next_back().is_none_or(|c| !is_name_char(c))
                || self
                    .words
                    .words(
                        before
                            .get(nth_last_boundary(before, 4).unwrap_or(0)..)
                            .unwrap_or(before),
                    )
                    .last()
                    .is_some_and(|(_, word)| BREAKS.contains(word) || Lexicon::shared().adverbs.has(word))
        };
        for count in [4, 3, 2] {
            let Some(at) = nth_last_boundary(head, count) else {
                continue;
            };
            let name = Span::new(limit + at, title.start());
            let is_known = known.knows(name.of(text));
            // 教育界联组|苟丽蓉委员: whom a part of a congress has.
            let sent = || {
                count == 3
                    && MEMBERS.contains(&title.of(text))
                    && self.names.is_unknown(name.of(text))
                    && (DELEGATES.iter().any(|end| head[..at].ends_with(end))
                        || Lexicon::shared().organs.suffix(&head[..at]).is_some())
            };
            let looks_new = count < 4
                && (boundary(at) || sent())
                && self.names.is_name(name.of(text))
                && !self.names.is_word(name.of(text))
                && !self.holds_word(name.of(text));
            // 县民宗委的阿里甫主任: no surname that is listed, and no word either.
            let strange = || {
                (3..=4).contains(&count)
                    && boundary(at)
                    && !name.of(text).starts_with(BEFORE_NAMES)
                    && Lexicon::shared()
                        .surnames
                        .prefix(name.of(text))
                        .is_none_or(|surname| surname.chars().count() + 1 != count)
                    && (RANKS_BEHIND_NAMES.contains(&title.of(text))
                        || at == 0 && Lexicon::shared().cue_at(&text[title.end()..]).is_some())
                    && self.names.may_be_name(name.of(text), Slot::BeforeTitle)
            };
            if is_known || looks_new || strange() {
                let office = (!HONORIFICS.contains(&title.of(text))).then_some(title);
                return Some(Mention {
                    span: Span::new(name.start(), title.end()),
                    naming: Naming::Name(name),
                    office,
                    origin: None,
                });
            }
        }
        for count in [2, 1] {
            let Some(at) = nth_last_boundary(head, count) else {
                continue;
            };
            let surname = &head[at..];
            // 局长向代表答复: a preposition, and whom it is told.
            if surname == "向" && head[..at].ends_with(is_name_char) {
                continue;
            }
            if boundary(at) && Lexicon::shared().surnames.has(surname) {
                let span = Span::new(limit + at, title.end());
                return Some(Mention {
                    span,
                    naming: Naming::Alias(span),
                    office: None,
                    origin: None,
                });
            }
        }
        None
    }

    /// Whether the dictionary knows a word of two characters or more inside.
    pub(super) fn holds_word(&self, name: &str) -> bool {
        self.words
            .words(name)
            .iter()
            .any(|(_, word)| word.chars().count() > 1 && self.names.is_word(word))
    }
}

/// Takes out whoever is called as the file calls its own county, and is none: …向年轻干部敞开。|齐河将….
fn without_places(text: &str, known: &People, found: &mut Vec<Mention>) {
    let is_place = |name: Span| known.no_names.iter().any(|place| place == name.of(text));
    found.retain_mut(|mention| {
        let Naming::Name(name) = mention.naming else {
            return true;
        };
        if !is_place(name) {
            return true;
        }
        let Some(office) = mention.office.filter(|office| office.end() <= name.start()) else {
            return false;
        };
        mention.naming = Naming::Office;
        mention.span = Span::new(mention.span.start(), office.end());
        true
    });
}

pub(super) fn push_free(found: &mut Vec<Mention>, mention: Mention) {
    if !found.iter().any(|other| other.span.overlaps(mention.span)) {
        found.push(mention);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(text: &str) -> Vec<(String, String)> {
        MentionFinder::new()
            .find(text, &People::default())
            .into_iter()
            .map(|mention| {
                let name = match mention.naming {
                    Naming::Name(span) | Naming::Alias(span) => span.of(text).to_owned(),
                    Naming::Office => String::new(),
                };
                (mention.office.map_or("", |span| span.of(text)).to_owned(), name)
            })
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let found = mentions(text);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    }

    fn pair(office: &str, name: &str) -> (String, String) {
        (office.to_owned(), name.to_owned())
    }

    #[test]
    fn an_office_reaches_from_its_place_to_its_title() {
        assert_eq!(
            one("围绕今后工作开展,长汀县委常委、统战部部长蓝秀珍表示将"),
            pair("长汀县委常委、统战部部长", "蓝秀珍")
        );
        assert_eq!(one("会上县委书记周文彬指出"), pair("县委书记", "周文彬"));
        assert_eq!(
            one("连城县发展和改革局局长罗永强说"),
            pair("连城县发展和改革局局长", "罗永强")
        );
        assert_eq!(one("来自上杭县的种植大户丘福生说"), pair("种植大户", "丘福生"));
    }

    #[test]
    fn several_persons_with_their_own_offices() {
        assert_eq!(
            mentions("武平县委书记、县长谢德荣,永定区副区长阙美玲先后发言"),
            [pair("武平县委书记、县长", "谢德荣"), pair("永定区副区长", "阙美玲")]
        );
        assert_eq!(
            mentions("县委书记谢德荣、县长阙美玲参加"),
            [pair("县委书记", "谢德荣"), pair("县长", "阙美玲")]
        );
    }

    #[test]
    fn names_before_titles_and_familiar_forms() {
        assert_eq!(one("谢部长说"), pair("", "谢部长"));
        assert_eq!(one("老廖说"), pair("", "老廖"));
        assert_eq!(one("廖大姐笑着说"), pair("", "廖大姐"));
        assert_eq!(one("温福民(武平县委副书记):同意"), pair("武平县委副书记", "温福民"));
    }

    #[test]
    fn what_joins_two_offices_is_no_name() {
        assert_eq!(
            one("村党支部书记兼村主任温福民说"),
            pair("村党支部书记兼村主任", "温福民")
        );
        assert_eq!(one("县交通委主任向兴文一行赶到"), pair("县交通委主任", "向兴文"));
    }

    #[test]
    fn who_speaks_for_others_has_no_longer_office() {
        assert_eq!(one("河口镇党委书记代表后进乡镇作了发言"), pair("河口镇党委书记", ""));
        assert_eq!(one("县人大代表温福民说"), pair("县人大代表", "温福民"));
    }

    #[test]
    fn who_sent_somebody_is_a_part_of_the_office() {
        assert_eq!(
            one("乾县派驻秀山的挂职干部温福民说"),
            pair("乾县派驻秀山的挂职干部", "温福民")
        );
        assert_eq!(one("来自乾县的挂职干部温福民说"), pair("挂职干部", "温福民"));
    }

    #[test]
    fn a_note_stands_between_a_title_and_a_name() {
        let text = "县应急管理局副局长(主持工作)金亮通报";
        let found = MentionFinder::new().find(text, &People::default());
        assert!(matches!(&found[..], [Mention { naming: Naming::Name(name), .. }] if name.of(text) == "金亮"));
    }

    #[test]
    fn a_title_behind_a_places_whole_name_is_one() {
        assert_eq!(one("大丰区区长项立峰晒出的成绩单更亮眼"), pair("大丰区区长", "项立峰"));
        assert_eq!(mentions("对大家长期以来的支持"), []);
    }

    #[test]
    fn a_place_before_a_title_of_several_is_no_name() {
        assert_eq!(
            one("河北省顺平县代表、县桃产业协会会长苏玉莲说"),
            pair("河北省顺平县代表、县桃产业协会会长", "苏玉莲")
        );
    }

    #[test]
    fn an_office_without_a_name() {
        assert_eq!(one("岩前村党支部书记表示"), pair("岩前村党支部书记", ""));
    }
}
