//! Labels that nobody speaks under: 原因, 我的意见, 会议强调, 主要做法有三.

use std::sync::LazyLock;

use crate::reading::attribution::{is_cue, surname_at_start};
use crate::text::{Segmenter, rows};

#[derive(Default)]
struct Topics {
    whole: Vec<&'static str>,
    begins: Vec<&'static str>,
    ends: Vec<&'static str>,
}

static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
    let mut topics = Topics::default();
    for row in rows!("topics.tsv", 2) {
        match row.as_slice() {
            ["whole", words] => topics.whole.push(words),
            ["begins", words] => topics.begins.push(words),
            ["ends", words] => topics.ends.push(words),
            _ => row.wrong("no such place"),
        }
    }
    topics
});

/// Characters that labels of speakers don't have and phrases do.
const GRAMMAR: &str = "的了是在对将被把让给等及或不也都还这我你他她它请哪怎么吗呢吧";
/// Cues of one character that end no name.
const SAYS: &str = "说问答讲称";
/// Marks that stand in no speaker's label.
const MARKS: [char; 12] = [',', '。', '、', '?', '!', '“', '”', '=', '%', '"', '…', ';'];

/// Whether a label is one of a thing that is spoken of, by the data file.
pub fn is_listed(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    TOPICS.whole.contains(&lower.as_str())
        || TOPICS.begins.iter().any(|words| label.starts_with(words))
        || TOPICS.ends.iter().any(|words| label.ends_with(words))
}

/// Whether a label is a phrase: it has a mark, a word of grammar, or ends in a cue (会议强调, 王静说).
pub fn is_phrase(label: &str) -> bool {
    let cue_ends = || {
        label
            .char_indices()
            .skip(1)
            .map(|(at, _)| &label[at..])
            // 买买提: most cues of one character end names as well.
            .any(|end| is_cue(end) && (end.chars().count() > 1 || SAYS.contains(end)))
    };
    label.contains(MARKS) || label.contains(|c| GRAMMAR.contains(c)) || cue_ends()
}

/// Whether a label is made of ordinary words: most of its characters belong to words of two or more that the dictionary
/// knows, and that are nobody's name (停靠点, 资金).
pub fn is_made_of_words(label: &str) -> bool {
    let segmenter = Segmenter::shared();
    // 晁晚秋: a surname, and a word for a given name.
    let surname = label.chars().next().map_or(0, char::len_utf8);
    if label.chars().count() == 3
        && segmenter
            .part_of_speech(&label[..surname])
            .is_some_and(|tag| tag == "nr")
    {
        return false;
    }
    let ordinary: usize = segmenter
        .words(label)
        .into_iter()
        .filter(|(_, word)| word.chars().count() > 1 && segmenter.knows(word))
        .filter(|(_, word)| {
            !segmenter
                .part_of_speech(word)
                .is_some_and(|tag| ["nr", "nz", "ns"].iter().any(|name| tag.starts_with(name)))
        })
        .map(|(_, word)| word.chars().count())
        .sum();
    2 * ordinary >= label.chars().count()
}

/// Whether a label that is made of words could be a surname and a word for a given name (战晚秋): three characters, cut
/// behind the first.
pub fn may_be_name_of_word(label: &str) -> bool {
    let cut: Vec<usize> = Segmenter::shared()
        .words(label)
        .iter()
        .map(|(_, word)| word.chars().count())
        .collect();
    cut == [1, 2]
}

/// Whether a word of two or three characters begins with a surname and is no noun: 解忧, 向前. 水库 is what is spoken of.
pub fn may_be_name_by_surname(label: &str) -> bool {
    let begins = surname_at_start(label).is_some_and(|surname| surname.len() < label.len());
    let noun = Segmenter::shared()
        .part_of_speech(label)
        .is_none_or(|tag| tag.starts_with('n') || tag.ends_with('n'));
    begins && !noun && (2..=3).contains(&label.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_told_from_names() {
        for label in [
            "原因",
            "我的意见",
            "主要做法有三",
            "第一",
            "一是抓落实",
            "Meeting ID",
            "会议主题",
        ] {
            assert!(is_listed(label), "{label}");
        }
        for label in ["会议强调", "王静说", "路、桥", "钱的事"] {
            assert!(is_phrase(label), "{label}");
        }
        for label in ["停靠点", "资金", "校车更新", "下水道"] {
            assert!(is_made_of_words(label), "{label}");
        }
        assert!(may_be_name_of_word("战晚秋") && !may_be_name_of_word("停靠点"));
        for (label, is) in [("解忧", true), ("向前", true), ("水库", false), ("修路", false)] {
            assert_eq!(may_be_name_by_surname(label), is, "{label}");
        }
        for label in ["爨宝子", "其其格", "Lucy", "晁晚秋", "李工", "业主甲"] {
            assert!(!is_listed(label) && !is_phrase(label), "{label}");
        }
        for label in ["爨宝子", "其其格", "晁晚秋", "次仁多吉"] {
            assert!(!is_made_of_words(label), "{label}");
        }
    }
}
