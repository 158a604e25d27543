//! Persons' names: where one begins behind an office, and where it ends in unspaced text.

use super::hypothesis::Slot;
use super::lexicon::Lexicon;
use super::name_end::{cuts_title, ended, goes_to_place, is_name_char, leads_clause, nth_boundary, surname_free};
use super::recurring::is_of_transliteration;
use crate::text::{Segmenter, is_clause_mark};

/// How well a name's end is supported by what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// Nothing speaks for it.
    None,
    /// A dictionary word follows.
    Word,
    /// A cue, an adverb, a preposition, punctuation or the end follows.
    Strong,
}

/// Reads names with the shared dictionary.
#[derive(Clone, Debug)]
pub struct NameReader {
    words: Segmenter,
}

/// What a congress calls its members, behind their names and besides the offices before them: 额尔德木图代表.
pub const MEMBERS: [&str; 2] = ["代表", "委员"];
/// What a congress or a party calls its members behind their names: 邹岚代表, 邹岚同志.
pub const ADDRESSES: [&str; 3] = ["代表", "委员", "同志"];

impl NameReader {
    /// A reader over the shared segmenter.
    pub fn new() -> NameReader {
        NameReader {
            words: Segmenter::shared(),
        }
    }

    /// The segmenter.
    pub(super) fn words(&self) -> &Segmenter {
        &self.words
    }

    /// Length in bytes of the name that (folded) `text` begins with.
    ///
    /// `open` allows names that begin with no known surname (其美多吉): right behind a strong title only.
    pub fn prefix(&self, text: &str, open: bool) -> Option<(usize, Support)> {
        if let Some(found) = self.dotted(text) {
            return Some(found);
        }
        if let Some(end) = ended(text).filter(|end| open && self.support(&text[*end..]) > Support::None) {
            return Some((end, self.support(&text[end..])));
        }
        // 技术员|和十几户牧民, 委员|和部门负责人: a conjunction before a number or a noun.
        let joins = text.strip_prefix('和').is_some_and(|rest| {
            let noun = || {
                let word = nth_boundary(rest, 2).map_or("", |end| &rest[..end]);
                self.words.part_of_speech(word) == Some("n") && !self.words.is_rare(word)
            };
            rest.starts_with(|c| NUMBERS.contains(c)) || noun()
        });
        let surname = Lexicon::shared().surnames.prefix(text).filter(|_| !joins);
        let han = |len: usize| nth_boundary(text, len).filter(|end| text[..*end].chars().all(is_name_char));
        if let Some(surname) = surname {
            let base = surname.chars().count();
            let reading = |count: usize| {
                let end = han(count)?;
                // 李少芳代表|关心的是孩子
                let grammar = text[..end].contains(['的', '了', '是', '们', '这', '我', '你', '他', '她']);
                let possible = !grammar && !cuts_title(text, end) && !goes_to_place(text);
                possible.then(|| (end, self.support(&text[end..])))
            };
            let (one, two) = (reading(base + 1), reading(base + 2));
            let best = match (one, two) {
                (Some(one), Some(two)) => Some(self.longer_or_shorter(text, one, two)),
                (one, two) => two.or(one),
            };
            // 县长代锋|代为发言: the third character begins a word.
            let shorter = one.filter(|(end, _)| open && base == 1 && self.begins_word_behind(text, surname, *end));
            let good = shorter.or(best).filter(|(_, support)| *support > Support::None);
            if good.is_some() || !open {
                return good;
            }
            // 韩索菲亚: a surname that begins a longer name; not 贺一鸣|话说得直.
            let whole = han(base + 2);
            let is_written = |end: usize| {
                let given = text[surname.len()..end].chars();
                given.filter(|c| is_of_transliteration(*c)).count() > 1
            };
            let longer = (base + 3..=6).filter_map(&han).find(|end| {
                self.support(&text[*end..]) == Support::Strong
                    && self.is_unknown(&text[surname.len()..*end])
                    && is_written(*end)
            });
            if let Some(end) = longer.filter(|_| !goes_to_place(text)) {
                return Some((end, Support::Strong));
            }
            // 项立峰|晒出…: what the dictionary does not know behind it may follow a name too.
            if let Some(end) = whole.filter(|end| base == 1 && self.is_cut_as_name(text, surname, *end)) {
                return Some((end, Support::Strong));
            }
        }
        if !open || goes_to_place(text) {
            return None;
        }

        // Names of other peoples: three to five characters up to something that can follow a name.
        let ends = || {
            (2..=7)
                .filter_map(&han)
                .filter(|end| self.support(&text[*end..]) == Support::Strong)
        };
        let Some(first) = ends().next() else {
            return self.strange_surname(text).map(|end| (end, Support::Word));
        };
        // 娜仁托娅汇报: 托 may follow a name, but not where it goes on unknown up to a word that surely does.
        let longer = ends().find(|end| self.is_surely_behind(&text[*end..]));
        let found = longer
            .filter(|end| *end > first && self.goes_on(&text[first..*end]))
            .unwrap_or(first);
        let name = &text[..found];
        // 赵维岳一开口: what begins with a surname was looked at above. 参加交流轮岗: what is made of words is no name.
        if name.chars().count() > 3 && (surname.is_some() || self.is_made_of_words(name)) {
            return None;
        }
        // 打到农户卡里,…: two characters before a mark are no name by that alone.
        if name.chars().count() == 2 && !text[found..].starts_with(is_name_char) {
            return None;
        }
        let holds_word = name.chars().count() <= 3
            && self.words.knows(name)
            && self.words.part_of_speech(name).is_none_or(|tag| !tag.starts_with("nr"))
            // 亚东 is a place, and a name where a title stands before it and a cue or an adverb behind.
            && !self.words.part_of_speech(name).is_some_and(|tag| tag.starts_with("ns"));
        let is_free = surname_free(name) || self.words.knows(name);
        (!holds_word && is_free && self.may_be_name(name, Slot::BehindTitle)).then_some((found, Support::Strong))
    }

    /// Whether the dictionary's own cut has a name up to `end` and a word of two characters behind it that is no name.
    fn begins_word_behind(&self, text: &str, surname: &str, end: usize) -> bool {
        let pair = nth_boundary(&text[end..], 2).map(|length| &text[end..end + length]);
        let longer = nth_boundary(text, 3).unwrap_or(end);
        pair.is_some_and(|pair| self.is_word(pair) && !self.is_place(pair))
            && !self.is_word(&text[..end])
            && self.is_cut_as_name(text, surname, end)
            && !self.is_cut_as_name(text, surname, longer)
    }

    /// Whether the dictionary's own cut has a surname and a given name of two characters up to `end`, which is no word that
    /// people are not called by.
    fn is_cut_as_name(&self, text: &str, surname: &str, end: usize) -> bool {
        let name = &text[..end];
        let given = &name[surname.len()..];
        let window = nth_boundary(text, 8).unwrap_or(text.len());
        let window = text[..window].find(|c| !is_name_char(c)).unwrap_or(window).max(end);
        let cut = self.words.words(text.get(..window).unwrap_or(name));
        let first = cut.first().map_or("", |(_, word)| *word);
        (first == surname || first == name)
            && cut.iter().any(|(span, _)| span.end() == end)
            && (!self.is_word(given) || self.is_given_word(name))
            && !cuts_title(text, end)
            && !goes_to_place(text)
            && self.may_be_name(name, Slot::BehindTitle)
    }

    /// Whether half of the characters or more belong to words that are no names.
    fn is_made_of_words(&self, name: &str) -> bool {
        let ordinary: usize = self
            .words
            .words(name)
            .iter()
            .map(|(_, word)| (word.chars().count(), word))
            .filter(|(count, word)| *count > 1 && self.is_word(word) && !self.is_place(word))
            .map(|(count, _)| count)
            .sum();
        2 * ordinary >= name.chars().count()
    }

    /// Whether `rest` begins with a verb or an adverb.
    pub(super) fn is_before_predicate(&self, rest: &str) -> bool {
        let tag = self.words.part_of_speech(self.first_word(rest)).unwrap_or_default();
        matches!(tag, "v" | "d" | "vn" | "ad" | "p")
    }

    fn is_place(&self, word: &str) -> bool {
        self.words.part_of_speech(word).is_some_and(|tag| tag.starts_with("ns"))
    }

    /// Three or four characters that the dictionary does not know, before a verb: a name whose surname is in no list.
    fn strange_surname(&self, text: &str) -> Option<usize> {
        [3, 4]
            .into_iter()
            .filter_map(|count| nth_boundary(text, count))
            .find(|end| {
                let name = &text[..*end];
                let is_name = name.chars().all(is_name_char) && self.is_unknown(name);
                let follows = self.first_word(&text[*end..]);
                let verb = self
                    .words
                    .part_of_speech(follows)
                    .is_some_and(|tag| matches!(tag, "v" | "l" | "i"));
                is_name && verb && follows.chars().nth(1).is_some()
            })
    }

    /// Whether a name may go on with one or two characters that the dictionary does not know, and that are no adverb.
    fn goes_on(&self, more: &str) -> bool {
        more.chars().count() <= 2 && self.is_unknown(more) && !Lexicon::shared().adverbs.has(more)
    }

    /// Whether no two neighbouring characters are a word that is no name.
    pub(super) fn is_unknown(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        surname_free(text)
            && chars.windows(2).all(|pair| {
                let pair: String = pair.iter().collect();
                !self.is_word(&pair)
            })
    }

    /// Of a shorter and a longer reading the better one; the longer at a tie, unless its last character is a cue or begins a
    /// longer word that follows names (刘晖 + 谈到).
    fn longer_or_shorter(&self, text: &str, one: (usize, Support), two: (usize, Support)) -> (usize, Support) {
        // 邹岚|批评了山口镇: 评了 is no verb of its own.
        let rest = &text[one.0..];
        let word = self.first_word(rest);
        let does = word.len() > text[one.0..two.0].len()
            && self.words.part_of_speech(word).is_some_and(|tag| tag.starts_with('v'))
            && rest[word.len()..].starts_with(['了', '着', '过']);
        if does {
            return (one.0, Support::Strong);
        }
        if one.1 != two.1 {
            return if one.1 > two.1 { one } else { two };
        }
        let lexicon = Lexicon::shared();
        let (last, rest) = (&text[one.0..two.0], &text[one.0..]);
        let long_word = [
            lexicon.cue_at(rest),
            lexicon.adverbs.prefix(rest),
            lexicon.followers.prefix(rest),
        ]
        .into_iter()
        .flatten()
        .any(|word| word.len() > last.len());
        // 施蓓则把目光投向…: an adverb that ends no name.
        let adverb = ADVERBS.contains(&last) || leads_clause(last, &text[two.0..]);
        // 谢婷|站起身: a verb with its complement that the dictionary has; 马世安|出席 has none.
        let predicate = self.is_surely_predicate("", rest)
            && nth_boundary(rest, 2).is_some_and(|end| self.words.knows(&rest[..end]));
        if adverb || long_word || predicate || (lexicon.is_cue(last) && self.first_word(rest) == last) {
            one
        } else {
            two
        }
    }

    /// How well a name ends before `rest`.
    pub fn support(&self, rest: &str) -> Support {
        let lexicon = Lexicon::shared();
        let Some(first) = rest.chars().next() else {
            return Support::Strong;
        };
        if is_clause_mark(first) || !is_name_char(first) {
            return Support::Strong;
        }
        // 次仁卓玛擦了擦手: an aspect follows a verb, not a name.
        if matches!(first, '了' | '着' | '过') {
            return Support::None;
        }
        if rest[first.len_utf8()..].starts_with(['了', '着']) {
            return Support::Strong;
        }
        if lexicon.cue_at(rest).is_some_and(|cue| cue.chars().count() > 1) {
            return Support::Strong;
        }
        // 额尔德木图|代表说
        if MEMBERS
            .iter()
            .filter_map(|word| rest.strip_prefix(*word))
            .any(|behind| behind.is_empty() || behind.starts_with(is_clause_mark) || lexicon.cue_at(behind).is_some())
        {
            return Support::Strong;
        }
        let word = self.first_word(rest);
        // 在讲话中: the dictionary has whole phrases that begin with a preposition.
        if word.chars().count() > 2 && word.starts_with(['在', '对', '向', '就', '从']) {
            return Support::Strong;
        }
        let grown = [lexicon.followers.prefix(rest), lexicon.adverbs.prefix(rest)]
            .into_iter()
            .flatten()
            .any(|found| found.len() >= word.len() || found.chars().count() > 1);
        if lexicon.followers.has(word)
            || lexicon.adverbs.has(word)
            || lexicon.cue_at(word).is_some()
            || grown
            || self.is_surely_predicate(word, rest)
        {
            Support::Strong
        } else if word.chars().count() > 1 && self.words.knows(word) {
            Support::Word
        } else {
            Support::None
        }
    }

    /// Whether `rest`, whose first word is `word`, can only go on behind a subject: an adverb (赶紧翻开), or a verb with its
    /// complement (投完票, 站起身).
    fn is_surely_predicate(&self, word: &str, rest: &str) -> bool {
        let tagged = |word: &str, tag: &str| self.words.part_of_speech(word).is_some_and(|found| found == tag);
        if word.chars().count() > 1 && tagged(word, "d") {
            return true;
        }
        let Some(first) = nth_boundary(rest, 1) else {
            return false;
        };
        let behind = &rest[first..];
        (tagged(&rest[..first], "v") || tagged(&rest[..first], "vn"))
            && behind.starts_with(COMPLEMENTS)
            && nth_boundary(behind, 1).is_some_and(|end| behind[end..].starts_with(is_name_char))
    }

    /// Whether what follows a name begins with a mark, or with a cue or follower of more than one character.
    fn is_surely_behind(&self, rest: &str) -> bool {
        let lexicon = Lexicon::shared();
        let long = |word: Option<&str>| word.is_some_and(|word| word.chars().count() > 1);
        rest.chars().next().is_none_or(|c| !is_name_char(c))
            || long(lexicon.cue_at(rest))
            || long(lexicon.followers.prefix(rest))
            || long(lexicon.adverbs.prefix(rest))
    }

    /// The first word of `text` as jieba cuts it.
    fn first_word<'t>(&self, text: &'t str) -> &'t str {
        let window = nth_boundary(text, 8).unwrap_or(text.len());
        let mut end = window;
        if let Some(mark) = text[..window].find(|c| !is_name_char(c)) {
            end = mark.max(1);
        }
        self.words
            .words(text.get(..end).unwrap_or(text))
            .first()
            .map_or("", |(_, word)| *word)
    }

    /// A name with a dot: 买买提·艾力, 阿依古丽·买买提明.
    fn dotted(&self, text: &str) -> Option<(usize, Support)> {
        let head = text.find('·')?;
        let first = &text[..head];
        if !(1..=6).contains(&first.chars().count()) || !first.chars().all(is_name_char) {
            return None;
        }
        let mut at = head + '·'.len_utf8();
        // A third part is rare, but whole where it comes.
        while let Some(next) = text[at..].find('·')
            && next > 0
            && text[at..at + next].chars().count() <= 5
            && text[at..at + next].chars().all(is_name_char)
        {
            at += next + '·'.len_utf8();
        }
        let rest = &text[at..];
        let ends: Vec<_> = (1..=6)
            .filter_map(|len| nth_boundary(rest, len))
            .take_while(|end| rest[..*end].chars().all(is_name_char))
            .map(|end| (at + end, self.support(&rest[end..])))
            .collect();
        let best = ends.iter().map(|(_, support)| *support).max()?;
        // 热比古丽·阿不都拉: 不 and 都 may follow a name, and stand in this one.
        let written: usize = rest
            .chars()
            .take_while(|c| is_of_transliteration(*c) || matches!(c, '不' | '都'))
            .map(char::len_utf8)
            .sum();
        let whole = ends
            .iter()
            .find(|(end, support)| *support == best && *end >= at + written)
            .filter(|_| rest.starts_with("阿不"));
        whole
            .or_else(|| ends.iter().find(|(_, support)| *support == best))
            .copied()
    }

    /// Whether (folded) `text` is shaped like a whole name: a surname and one or two characters, or a dotted name.
    pub fn is_name(&self, text: &str) -> bool {
        if let Some((first, rest)) = text.split_once('·') {
            let fits = |part: &str| {
                (1..=8).contains(&part.chars().count()) && part.chars().all(|c| is_name_char(c) || c == '·')
            };
            return fits(first) && fits(rest);
        }
        let count = text.chars().count();
        // 才让扎西: of parts that end names.
        if count > 2 && ended(text) == Some(text.len()) {
            return true;
        }
        text.chars().all(is_name_char)
            && Lexicon::shared()
                .surnames
                .prefix(text)
                .is_some_and(|surname| (1..=2).contains(&(count.saturating_sub(surname.chars().count()))))
    }

    /// Whether the dictionary has for a name what it takes for a place here, with another surname: 马建国 beside 王建国.
    fn is_given_elsewhere(&self, text: &str) -> bool {
        let surname = Lexicon::shared().surnames.prefix(text).unwrap_or_default();
        let given = &text[surname.len()..];
        surname.chars().count() == 1
            && given.chars().count() == 2
            && COMMON_SURNAMES.iter().any(|common| {
                let other = [*common, given].concat();
                self.words
                    .part_of_speech(&other)
                    .is_some_and(|tag| tag.starts_with("nr"))
            })
    }

    /// Whether the dictionary knows `text` as a word that is no person's name.
    pub fn is_word(&self, text: &str) -> bool {
        // The dictionary takes some names with a surname of two characters for places.
        let double = Lexicon::shared()
            .surnames
            .prefix(text)
            .is_some_and(|surname| surname.chars().count() > 1 && surname.len() < text.len());
        // 宣传部: a body, and no name, though the dictionary has it for one.
        let body = text.ends_with(['部', '局', '委', '厅', '院', '处', '办', '科']);
        let named = || {
            let tag = self.words.part_of_speech(text).unwrap_or_default();
            tag.starts_with("nr") || tag == "ns" && self.is_given_elsewhere(text)
        };
        !double && self.words.knows(text) && (body || !named())
    }
}

/// The surnames with which the dictionary has most names.
const COMMON_SURNAMES: [&str; 5] = ["王", "李", "张", "刘", "陈"];

/// Characters that begin a number.
const NUMBERS: &str = "一二两三四五六七八九十百千几数多半0123456789";

/// What stands right behind a verb of one character: 投|完, 站|起.
const COMPLEMENTS: [char; 8] = ['完', '起', '出', '下', '上', '好', '住', '开'];

/// Adverbs of one character that names do not end in.
const ADVERBS: [&str; 12] = ["则", "也", "还", "又", "就", "都", "却", "便", "已", "曾", "仍", "均"];
#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> &str {
        NameReader::new().prefix(text, true).map_or("", |(end, _)| &text[..end])
    }

    #[test]
    fn a_name_ends_where_the_next_word_begins() {
        assert_eq!(name("畅小龙表示很受触动"), "畅小龙");
        assert_eq!(name("刘晖谈到,在观摩交流中"), "刘晖");
        assert_eq!(name("王静体悟颇深"), "王静");
        assert_eq!(name("王静说,"), "王静");
        assert_eq!(name("李明强调,要"), "李明");
        assert_eq!(name("李向东在会上说"), "李向东");
        assert_eq!(name("赵海军说"), "赵海军");
        assert_eq!(name("张和平说"), "张和平");
        assert_eq!(name("欧阳春晓介绍"), "欧阳春晓");
        assert_eq!(name("司马光表示"), "司马光");
        assert_eq!(name("欧阳峻当场回应:"), "欧阳峻");
        assert_eq!(name("高雪在致辞中说,"), "高雪");
        assert_eq!(name("陆海峰在讲话中指出,"), "陆海峰");
        assert_eq!(name("欧阳雪先把一捧土摆到桌上。"), "欧阳雪");
        assert_eq!(name("张继先说,"), "张继先");
        assert_eq!(name("纪远帆一开口就"), "纪远帆");
        assert_eq!(name("纪远帆一上来就道歉。"), "纪远帆");
        assert_eq!(name("谢婷站起身,把袖子一挽"), "谢婷");
        assert_eq!(name("邹世安出席会议。"), "邹世安");
        assert_eq!(name("丁少华赶紧翻开本子"), "丁少华");
        assert_eq!(name("丁双平投完票告诉记者:"), "丁双平");
        assert_eq!(name("邹岚批评了山口镇,"), "邹岚");
        assert_eq!(name("项立峰晒出的成绩单更亮眼"), "项立峰");
        assert_eq!(name("贺一鸣话说得很直"), "贺一鸣");
        assert_eq!(name("代锋代为发言"), "代锋");
        assert_eq!(name("马国梁天不亮就出了城"), "马国梁");
    }

    #[test]
    fn names_of_other_peoples() {
        assert_eq!(name("买买提·艾力告诉记者"), "买买提·艾力");
        assert_eq!(name("其美多吉说"), "其美多吉");
        assert_eq!(name("娜仁花表示"), "娜仁花");
        assert_eq!(name("孟和巴雅尔介绍了做法"), "孟和巴雅尔");
        assert_eq!(name("阿古拉边看边记,"), "阿古拉");
        assert_eq!(name("岩温直摇头,"), "岩温");
        assert_eq!(name("娜仁托娅汇报:"), "娜仁托娅");
        assert_eq!(name("东智才让赶紧翻开本子:"), "东智才让");
        assert_eq!(name("韩索菲亚站了起来,"), "韩索菲亚");
        assert_eq!(name("阿苦金花抑制不住内心的喜悦。"), "阿苦金花");
        assert_eq!(name("的工作,"), "");
        assert_eq!(name("参加交流轮岗,"), "");
        assert_eq!(name("刚过两成。"), "");
    }
}
