//! Whether a stretch may be somebody's name: what speaks for it and against it, added up.
//!
//! Surname lists are evidence, not a gate: 爨宝子局长 and 其木格说 are names by where they stand and by what they are not.

use super::lexicon::Lexicon;
use super::name::NameReader;
use super::name_end::{ended, is_name_char, surname_free};

/// Where a stretch stands that may be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// At a clause's beginning, before a cue: 其木格说.
    BeforeCue,
    /// Right behind a title, before what can follow a name: 局长爨宝子说.
    BehindTitle,
    /// Alone between the marks of a list of those present.
    Listed,
    /// Between a clause's beginning or a break and a title: 阿里甫主任.
    BeforeTitle,
}

/// How words for people end, which stand behind what looks like a surname: 车商户, 党校友.
const PEOPLE: [char; 13] = [
    '员', '友', '户', '警', '师', '民', '者', '家', '手', '客', '商', '会', '组',
];

/// What a name has to reach.
const ENOUGH: i32 = 3;

impl NameReader {
    /// Whether `name`, in such a place and up to something that can follow a name, is somebody's.
    pub fn may_be_name(&self, name: &str, slot: Slot) -> bool {
        self.score(name, slot) >= ENOUGH
    }

    fn score(&self, name: &str, slot: Slot) -> i32 {
        let count = name.chars().count();
        // 委员关注的是…: what no name holds.
        let grammar = name.contains(['的', '了', '是']);
        if !(2..=16).contains(&count) || grammar || !name.chars().all(|c| is_name_char(c) || c == '·') {
            return -9;
        }
        let by_slot = match slot {
            Slot::BeforeCue => 1,
            Slot::BehindTitle | Slot::Listed => 3,
            Slot::BeforeTitle => 2,
        };
        by_slot + self.by_form(name, count) - self.by_words(name, slot)
    }

    /// What its form speaks for it.
    fn by_form(&self, name: &str, count: usize) -> i32 {
        if name.contains('·') {
            let titled = Lexicon::shared().offices.suffix(name).is_some();
            return if self.is_name(name) && !titled { 4 } else { -9 };
        }
        let surname = Lexicon::shared()
            .surnames
            .prefix(name)
            .map(|surname| surname.chars().count());
        let by_surname = match surname {
            Some(2) if (3..=4).contains(&count) => 4,
            Some(1) if (2..=3).contains(&count) => 3,
            Some(_) if count == 4 => 0,
            _ if ended(name) == Some(name.len()) => 3,
            _ if count > 7 => -9,
            _ => 0,
        };
        let rare = name.chars().any(|c| c > '\u{9fff}' || c == '〇' || c < '\u{4e00}');
        // Nothing in it is a word: 爨宝子, 次仁.
        let strange = surname.is_none() && (3..=5).contains(&count) && self.is_unknown(name);
        by_surname + i32::from(rare) + i32::from(strange)
    }

    /// What its words speak against it.
    fn by_words(&self, name: &str, slot: Slot) -> i32 {
        let lexicon = Lexicon::shared();
        let ends_as_body = lexicon.organs.suffix(name).is_some()
            || lexicon.groups.suffix(name).is_some()
            || lexicon.offices.suffix(name).is_some();
        let tag = |word: &str| self.words().part_of_speech(word).unwrap_or_default();
        // 亚东, 永福: people are called like places, and places stand behind no title.
        let is_place = |word: &str| slot == Slot::BehindTitle && tag(word).starts_with("ns");
        if self.is_word(name) {
            return match ends_as_body {
                true => 9,
                false if is_place(name) => 0,
                false => 3,
            };
        }
        let words = self.words().words(name);
        let begins_as_clause = words.first().is_some_and(|(_, word)| {
            word.chars().count() > 1 && matches!(tag(word), "p" | "d" | "c" | "v" | "u" | "m")
        });
        let ordinary = words
            .iter()
            .filter(|(_, word)| word.chars().count() > 1 && word.len() < name.len() && self.is_word(word))
            // 那日, 扎西: pieces of names that the dictionary has for other things than words of a sentence.
            // 方|建平: a given name that is a place's too.
            .filter(|(span, word)| !(is_place(word) || span.start() > 0 && tag(word).starts_with("ns")))
            // 游客人均带走…: an abbreviation that a stretch begins with, where no surname does.
            .filter(|(span, word)| match tag(word) {
                "j" => span.start() == 0 && lexicon.surnames.prefix(name).is_none(),
                tag => !matches!(tag, "nz" | "r" | "t"),
            })
            .count();
        let ended_well = ended(name) == Some(name.len());
        let given_word = ordinary == 1 && self.is_given_word(name);
        let grammar = !surname_free(name) || name.contains(['得', '着', '过', '没', '很', '先', '再']);
        (if grammar && !ended_well { 4 } else { 0 })
            + (if ends_as_body { 4 } else { 0 })
            + (if begins_as_clause { 2 } else { 0 })
            + (if ended_well {
                0
            } else if given_word {
                1
            } else {
                2 * i32::try_from(ordinary).unwrap_or(4)
            })
    }

    /// Whether people may well be called so though the dictionary has the given name as a word: 唐跃进, 丁少华; not 向前进, whose first
    /// character is no surname there, and not 区领导, a noun.
    pub(super) fn is_given_word(&self, name: &str) -> bool {
        let Some(surname) = Lexicon::shared().surnames.prefix(name) else {
            return false;
        };
        let tag = |word: &str| self.words().part_of_speech(word).unwrap_or_default();
        let given = &name[surname.len()..];
        let of_name = matches!(tag(given), "nz" | "nr" | "nrt" | "nrfg" | "ns");
        // 建平, 海峰 are nouns of the dictionary that only names are made of; 校友, 社员 are people.
        let seldom = tag(given) == "n" && self.words().is_rare(given) && !given.ends_with(PEOPLE);
        let done = matches!(tag(given), "v" | "vn" | "a" | "ad" | "z" | "i" | "vd");
        given.chars().count() == 2
            && (of_name || seldom || done)
            && surname_free(name)
            && !self.is_word(name)
            && !matches!(tag(surname), "p" | "d" | "c" | "v" | "u" | "m" | "r" | "f" | "a" | "q")
            && self.words().words(name).iter().all(|(span, word)| {
                word.chars().nth(1).is_none() || (span.start() == surname.len() && span.end() == name.len())
            })
    }

    /// Bytes of the name of another people that `text` begins with, by how it ends: 其木格.
    pub fn other_people(&self, text: &str) -> Option<usize> {
        ended(text)
    }

    /// Whether a phrase names somebody or something: it neither begins with a preposition or an adverb nor holds either
    /// (按照方案, 已先后听取各方).
    pub fn is_noun_phrase(&self, phrase: &str) -> bool {
        let words = self.words().words(phrase);
        // 采购由领导小组提出: 由 in the middle says who is to do it.
        let assigned = words.iter().any(|(span, word)| *word == "由" && span.start() > 0);
        !assigned
            && words.iter().all(|(span, word)| {
                let tag = self.words().part_of_speech(word).unwrap_or_default();
                let whole = word.len() == phrase.len();
                let first = span.start() == 0;
                whole
                    || word.chars().count() < 2
                    || !(tag == "p" || tag == "c" || tag == "d" && !first || tag == "d" && BEGINS_CLAUSE.contains(word))
            })
            && !LEADS.iter().any(|lead| phrase.starts_with(lead))
    }
}

/// Whether three characters are one and a word of two, and neither a body nor people of one (各乡镇, 县干部): 候光明.
pub(super) fn may_be_name_of_word(names: &NameReader, piece: &str) -> bool {
    let lexicon = Lexicon::shared();
    let cut = names.words().words(piece);
    let parted = matches!(cut.as_slice(), [(_, one), (_, two)] if one.chars().count() == 1 && two.chars().count() == 2);
    let given = cut.last().is_some_and(|(_, word)| {
        let tag = names.words().part_of_speech(word).unwrap_or_default();
        tag.starts_with("nr")
            || tag == "a"
            || tag == "nz"
            || tag == "n" && !GATHERED.iter().any(|end| word.ends_with(end))
    });
    parted
        && given
        && piece.chars().all(is_name_char)
        && !piece.starts_with(|c| BEFORE_BODIES.contains(c))
        && lexicon.organs.suffix(piece).is_none()
        && lexicon.groups.suffix(piece).is_none()
        && lexicon.offices.suffix(piece).is_none()
}

/// What begins a body, or people of one, and no name in a list.
const BEFORE_BODIES: &str = "各全县市镇乡村局省区旗本该老新大小两三四五六七八九十几多正副原其";
/// How words for people and bodies end.
const GATHERED: [&str; 14] = [
    "员", "人", "子", "民", "部", "队", "组", "门", "位", "体", "长", "方", "家", "生",
];

/// Adverbs that begin a clause and no noun phrase.
const BEGINS_CLAUSE: [&str; 8] = ["已经", "先后", "必须", "正在", "反复", "再次", "将要", "曾经"];
/// Words of one character, with what follows, that begin a clause and no noun phrase.
const LEADS: [&str; 6] = ["已", "将由", "并由", "按", "把", "被"];

#[cfg(test)]
mod tests {
    use super::*;

    fn names(slot: Slot, all: &[&str]) -> Vec<(String, bool)> {
        let reader = NameReader::new();
        all.iter()
            .map(|name| ((*name).to_owned(), reader.may_be_name(name, slot)))
            .collect()
    }

    fn all_are(slot: Slot, all: &[&str], expected: bool) {
        let wrong: Vec<_> = names(slot, all).into_iter().filter(|(_, is)| *is != expected).collect();
        assert!(wrong.is_empty(), "{slot:?}: {wrong:?}");
    }

    #[test]
    fn names_before_a_cue() {
        let yes = [
            "其木格",
            "邹岚",
            "欧阳明月",
            "买买提·艾力",
            "𠮷田平",
            "张〇",
            "丘福生",
            "央金卓玛",
            "唐跃进",
            "王建设",
            "方建平",
        ];
        all_are(Slot::BeforeCue, &yes, true);
        let no = [
            "按照方案",
            "期以来",
            "包单位",
            "章程",
            "依照章程",
            "进山难",
            "得眼圈发红",
            "向前进",
            "区领导",
            "应建设",
            "车商户",
            "高要求",
            "回乡投资兴业",
        ];
        all_are(Slot::BeforeCue, &no, false);
    }

    #[test]
    fn names_behind_a_title() {
        let yes = [
            "那日松",
            "次仁多吉",
            "吉克阿呷",
            "爨宝子",
            "向前进",
            "高等",
            "马上飞",
            "段长生",
            "章程",
        ];
        all_are(Slot::BehindTitle, &yes, true);
        let no = [
            "得眼圈发红",
            "依照章程",
            "按照方案",
            "进山难",
            "回乡投资兴业",
            "总包单位",
        ];
        all_are(Slot::BehindTitle, &no, false);
    }

    #[test]
    fn noun_phrases_and_clauses() {
        let reader = NameReader::new();
        for phrase in [
            "县农业农村局",
            "总包单位",
            "与会人员",
            "各有关部门",
            "参训学员",
            "来自各地的客商代表",
            "自由贸易试验区",
        ] {
            assert!(reader.is_noun_phrase(phrase), "{phrase}");
        }
        for phrase in [
            "按照方案",
            "苗木采购由领导小组",
            "已先后听取各方",
            "根据章程",
            "必须让各单位",
        ] {
            assert!(!reader.is_noun_phrase(phrase), "{phrase}");
        }
    }
}
