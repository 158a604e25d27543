//! What a question is about, once names and the words of asking are taken out.

use std::collections::HashSet;

use super::lexicon::Lexicon;
use super::mention::Mention;
use crate::index::{Token, pairs, words};
use crate::near::by_hand;
use crate::reading::dates_in;
use crate::text::{Segmenter, Span, is_han, quotations};

/// What a question is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    /// Its words, each once.
    pub words: Vec<TopicWord>,
    /// Pairs of characters of the same stretches, each once.
    pub pairs: Vec<String>,
    /// Pairs with a function word in them: most tell nothing, but 地月 of 地月空间 and 里台 of 忽里台大会 do.
    pub loose_pairs: Vec<String>,
    /// Places that are spoken of: one form of each must stand in the answer's passage.
    pub places: Vec<Vec<String>>,
    /// What the question puts in quotation marks, as it stands there.
    pub quoted: Vec<String>,
    /// Persons that are spoken of: somebody else's words are of them only where they name them.
    pub persons: Vec<String>,
    /// Words by which speakers answer what is asked.
    pub answers: Vec<&'static str>,
    /// Groups of words; one of each must stand in the answer.
    pub required: Vec<Vec<String>>,
    /// The things whose number is asked for: 学员 of 多少学员.
    pub counted: Option<String>,
    /// The stretches of the question that it was made of, for showing.
    pub label: String,
}

/// What a number begins with.
const NUMERALS: [char; 22] = [
    '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '几', '0', '1', '2', '3', '4', '5', '6', '7',
    '8', '9',
];

/// A word of the topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicWord {
    /// As the analyzer gives it.
    pub term: String,
    /// Whether it stands in almost every report, so that it is not missed where it doesn't occur.
    pub generic: bool,
    /// Whether the user put it in quotation marks.
    pub quoted: bool,
    /// Whether it is of the name of somebody or some place, who turned out not to be the one that speaks.
    pub name: bool,
    /// Whether it goes on from the word before it without a gap: 服务 of 养老服务.
    pub joined: bool,
    /// Words that reports have for the same.
    pub near: Vec<&'static str>,
}

impl Topic {
    /// Of the folded, lower-case question with some spans taken out (who speaks, what is asked); `names_speaker` where it
    /// says who speaks.
    pub fn of(question: &str, without: &[Span], about: &[&Mention], names_speaker: bool) -> Topic {
        let lexicon = Lexicon::shared();
        let dates: Vec<Span> = dates_in(question).into_iter().map(|date| date.span).collect();
        // 5号周例会: the end of a day goes with no word behind it.
        let ends = dates.iter().filter(|date| date.of(question).ends_with('号'));
        let without: Vec<Span> = without
            .iter()
            .copied()
            .chain(ends.map(|date| Span::new(date.end() - '号'.len_utf8(), date.end())))
            .collect();
        let rest = blanked(question, &without);
        let quoted: Vec<Span> = quotations(question)
            .into_iter()
            .map(|quotation| quotation.inner)
            .collect();
        let mut topic = Topic {
            quoted: quoted.iter().map(|span| span.of(question).to_owned()).collect(),
            ..Topic::default()
        };
        let (mut empty, mut asking): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
        let asks_why = ["为什么", "为何", "为啥", "怎么不", "咋不"]
            .iter()
            .any(|why| question.contains(why));
        // 不同意见 is no 不同意; 谁有不同意见 asks for whoever objects, 两县有什么不同看法 compares.
        let objects = ["谁", "哪位", "哪个人", "有人"]
            .iter()
            .any(|who| question.contains(who));
        let asked = match objects {
            true => question.replace("不同意见", "异议").replace("不同看法", "异议"),
            false => question.replace("不同意见", "意见"),
        };
        topic.required = lexicon
            .required
            .iter()
            .filter(|row| row.asked.iter().any(|word| asked.contains(word)))
            // 他为什么不同意 takes for granted that he does.
            .filter(|row| !(names_speaker && (row.of_anybody || asks_why)))
            .map(|row| row.answers.iter().map(|word| (*word).to_owned()).collect())
            .collect();
        topic.required.extend(ordinal(&rest).map(|ordinal| vec![ordinal]));
        topic
            .required
            .extend(office_asked_for(question).map(|title| vec![title.to_owned()]));
        topic.counted = things_counted(question);
        let mut counted = None;
        let mut kept_to = None;
        for token in merged(words(&rest), question) {
            let word = token.term.as_str();
            // 哪五项: how many they are, the answer need not say.
            let counts = counted == Some(token.span.start()) && word.starts_with(NUMERALS);
            counted = word.ends_with('哪').then_some(token.span.end());
            if counts {
                // 哪五条意见: whoever counts them says 五条; nobody who tells of 哪一条 does.
                if word.chars().count() > 1
                    && !word.starts_with('一')
                    && !topic.words.iter().any(|known| known.term == word)
                {
                    topic.words.push(TopicWord {
                        generic: true,
                        term: word.to_owned(),
                        ..TopicWord::default()
                    });
                }
                empty.push(token.span);
                asking.push(token.span);
                continue;
            }
            if let Some(answers) = lexicon.asks.get(word) {
                topic.answers.extend(
                    answers
                        .iter()
                        .filter(|answer| !topic.answers.contains(answer))
                        .collect::<Vec<_>>(),
                );
            }
            let is_quoted = quoted.iter().any(|span| span.contains(token.span));
            if (lexicon.stopwords.contains(word) || asks(word)) && !is_quoted {
                empty.push(token.span);
                if word.chars().nth(1).is_some() || matches!(word, "谁" | "哪" | "啥" | "吗" | "呢" | "几" | "的")
                {
                    asking.push(token.span);
                }
                continue;
            }
            let joined = kept_to == Some(token.span.start());
            kept_to = Some(token.span.end());
            if !topic.words.iter().any(|known| known.term == word) {
                topic.words.push(TopicWord {
                    generic: (question[..token.span.start()].ends_with("多少")
                        && (COUNTED_IN.contains(word) || word == "钱")
                        || dates.iter().any(|date| date.contains(token.span))
                        || lexicon.generic.contains(word)
                        || is_count(word)
                        || is_meeting(word)
                        // 常务会上: which kind of meeting it was said at.
                        || question[token.span.end()..].starts_with('会') && lexicon.meeting_kinds.contains(&word))
                        && !is_quoted,
                    quoted: is_quoted,
                    // A place that is spoken of must stand there, or be the paper's: it tells nothing of what is said.
                    name: about
                        .iter()
                        .any(|mention| !mention.forms.is_empty() && mention.span.contains(token.span)),
                    joined,
                    near: if is_quoted { Vec::new() } else { by_hand(word) },
                    term: token.term,
                });
            }
        }
        // 谁夸了洛南: where no thing is asked of, the place is what is.
        if !topic
            .words
            .iter()
            .any(|word| !word.name && !word.generic && is_thing(&word.term))
        {
            topic.words.iter_mut().for_each(|word| word.name = false);
        }
        // 一年要花多少钱: of nothing else, it is the money that is asked of.
        if !topic.words.iter().any(|word| !word.generic && is_thing(&word.term)) {
            let money = topic.words.iter_mut().filter(|word| word.term == "钱");
            money.for_each(|word| word.generic = false);
        }
        for (asked, answers) in &lexicon.asks {
            if question.contains(asked) {
                for answer in answers {
                    if !topic.answers.contains(answer) {
                        topic.answers.push(answer);
                    }
                }
            }
        }
        topic.answers.sort_unstable();
        // A message may have thousands of them.
        let mut known: HashSet<String> = HashSet::new();
        for token in pairs(&blanked(&rest, &empty)) {
            if known.insert(token.term.clone()) {
                topic.pairs.push(token.term);
            }
        }
        for token in pairs(&blanked(&rest, &asking)) {
            if token.term.chars().nth(1).is_some() && known.insert(token.term.clone()) {
                topic.loose_pairs.push(token.term);
            }
        }
        topic.label = label(question, &without, &topic);
        topic.places = about
            .iter()
            .filter(|mention| !mention.forms.is_empty())
            .map(|mention| mention.forms.clone())
            .collect();
        topic
    }

    /// Adds a word, where it is not there already.
    pub(super) fn join(&mut self, word: TopicWord) {
        if !self.words.iter().any(|known| known.term == word.term) {
            self.words.push(word);
        }
    }

    /// Adds Chinese words that are meant by others.
    pub fn add_words(&mut self, meant: &[&str]) {
        for word in meant {
            self.join(TopicWord {
                term: (*word).to_owned(),
                near: by_hand(word),
                ..TopicWord::default()
            });
            self.pairs.extend(pairs(word).into_iter().map(|pair| pair.term));
            self.label = format!("{} {word}", self.label).trim().to_owned();
        }
    }

    /// Whether there is a thing to look for, and not only how it is done or told: 大概, 捋.
    pub fn has_thing(&self) -> bool {
        let asked = |term: &str| matches!(term, "钱" | "人");
        let tells = |word: &TopicWord| is_thing(&word.term) && !asked(&word.term);
        self.words
            .iter()
            .any(|word| !word.generic && (word.name || tells(word)))
    }

    /// Whether there is something to look for beyond what every report holds.
    pub fn is_specific(&self) -> bool {
        self.words.iter().any(|word| !word.generic)
    }
}

/// Whether a word asks, whatever is asked for: 哪一条, 何年, 几种, 多少倍, 第几.
fn asks(word: &str) -> bool {
    const KINDS: &str = "年月日时地处人种国县市省州职";
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some('哪'), Some(second)) => !matches!(second, '怕' | '吒'),
        (Some('何'), Some(kind)) => chars.next().is_none() && KINDS.contains(kind),
        (Some('几'), Some(measure)) => {
            chars.next().is_none() && (COUNTED_IN.contains(measure) || MEASURES.contains(&measure.to_string().as_str()))
        }
        (Some('多'), Some('少')) | (Some('第'), Some('几')) => true,
        _ => false,
    }
}

/// The stretches of the question that name what it is about, as they stand there: parted where it asks and where it says
/// who speaks, never inside a word.
fn label(question: &str, without: &[Span], topic: &Topic) -> String {
    let lexicon = Lexicon::shared();
    let asks = |word: &str| {
        word.starts_with(['谁', '哪', '怎', '几', '啥', '吗', '呢', '么'])
            || word.contains("什么")
            || word.contains("如何")
            || word.contains("多少")
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut open: Option<Span> = None;
    for token in merged(words(question), question) {
        let apart = asks(&token.term) || without.iter().any(|span| span.overlaps(token.span));
        let known = topic.words.iter().any(|word| word.term == token.term);
        let gap =
            open.is_some_and(|open| question[open.end()..token.span.start()].contains(['?', ',', '。', ' ', ';', ':']));
        if apart || gap {
            pieces.extend(open.take().map(|span| span.of(question).to_owned()));
        }
        if known && !apart {
            open = Some(open.map_or(token.span, |open| Span::new(open.start(), token.span.end())));
        } else if !apart && open.is_none() && !lexicon.stopwords.contains(token.term.as_str()) {
            open = Some(token.span);
        }
    }
    pieces.extend(open.map(|span| span.of(question).to_owned()));
    pieces.join("…")
}

/// 第二次: which of several is meant.
fn ordinal(question: &str) -> Option<String> {
    let at = question.find('第')?;
    let number: String = question[at..]
        .chars()
        .skip(1)
        .take_while(|c| NUMERALS.contains(c))
        .collect();
    let measure = question[at..].chars().nth(1 + number.chars().count())?;
    let of_meeting = question[at..].chars().skip(2).take(12).any(|c| c == '会');
    (of_meeting && !number.is_empty() && matches!(measure, '次' | '届' | '期' | '批' | '轮' | '场'))
        .then(|| format!("第{number}{measure}"))
}

/// The title in 云岭市市长是谁: whoever speaks of the city without its mayor does not answer.
fn office_asked_for(question: &str) -> Option<&'static str> {
    let asked = [
        "定的是谁",
        "选的是谁",
        "派的是谁",
        "换的是谁",
        "是谁",
        "是哪位",
        "叫什么",
        "叫啥",
        "姓什么",
    ];
    let before = asked
        .iter()
        .find_map(|asked| question.find(asked).map(|at| &question[..at]))?;
    Lexicon::shared().title_behind(before)
}

/// The things whose number is asked for: what stands right behind 多少, or what has its price before 多少钱 (车票). A word
/// of two characters or more that is no word of asking.
fn things_counted(question: &str) -> Option<String> {
    let lexicon = Lexicon::shared();
    let at = question.find("多少")?;
    let is_thing =
        |token: &Token| token.term.chars().nth(1).is_some() && !lexicon.stopwords.contains(token.term.as_str());
    let behind = &question[at + "多少".len()..];
    if !behind.starts_with('钱') {
        let next = words(behind).into_iter().next().filter(|token| token.span.start() == 0);
        return next.filter(is_thing).map(|token| token.term);
    }
    let before = question[..at].trim_end_matches(['是', '要', '了']);
    let last = words(before).pop().filter(|token| token.span.end() == before.len());
    last.filter(|token| is_thing(token) && is_noun(&token.term))
        .map(|token| token.term)
}

/// Whether a word names something, and does not only tell what is done or how it is.
fn is_thing(word: &str) -> bool {
    let tag = Segmenter::shared().part_of_speech(word);
    tag.is_none_or(|tag| tag == "vn" || !tag.starts_with(['v', 'a', 'd', 't']))
}

fn is_noun(word: &str) -> bool {
    Segmenter::shared()
        .part_of_speech(word)
        .is_some_and(|tag| tag.starts_with('n') || tag == "vn")
}

/// What things are counted in.
const MEASURES: [&str; 20] = [
    "个", "位", "名", "项", "家", "条", "点", "件", "种", "篇", "场", "次", "类", "大", "步", "招", "方面", "部分",
    "句", "样",
];

/// Whether a word names a kind of meetings, and no matter: 人代会.
fn is_meeting(word: &str) -> bool {
    let kind = word.strip_suffix("会议").or_else(|| word.strip_suffix('会'));
    kind.is_some_and(|kind| Lexicon::shared().meeting_kinds.contains(&kind))
}

/// Whether a word is a number of things: 五个, 两位.
fn is_count(word: &str) -> bool {
    // 2023年, 5月29日, 十月份: the days are looked at by themselves.
    let word = word.strip_suffix('份').unwrap_or(word);
    if word.ends_with(['年', '月', '日']) && word.chars().count() > 1 && word.starts_with(NUMERALS) {
        return word.trim_start_matches(NUMERALS).chars().count() == 1;
    }
    let rest = word.trim_start_matches(NUMERALS);
    rest.len() < word.len() && (rest.is_empty() || MEASURES.contains(&rest))
}

/// What tells that something is done to its end: 到 of 栽到.
const COMPLEMENTS: [char; 14] = [
    '到', '好', '完', '上', '下', '出', '成', '掉', '住', '起', '进', '回', '给', '过',
];

/// The verb of one that tells that it is done to its end: 栽 of 栽到.
pub fn without_complement(word: &str) -> Option<&str> {
    let mut chars = word.chars();
    let (verb, end) = (chars.next()?, chars.next()?);
    let verb = &word[..verb.len_utf8()];
    let does = || Segmenter::shared().part_of_speech(verb).is_some_and(|tag| tag == "v");
    (chars.next().is_none() && COMPLEMENTS.contains(&end) && does()).then_some(verb)
}

/// What behind 多少 and 几 things are counted in, as far as it is one character.
const COUNTED_IN: &str = "个家项次名位人条年天座处辆盏亩吨台栋所户只头眼棵间层级套部门场笔口把根本份艘架组批块毛分米里斤升度段片届支株扇床张元";

/// Words that the dictionary does not know fall into single characters; those in a row are one word (王芳, 修堤), but not what
/// things are counted in: 亩 of 多少亩林.
fn merged(tokens: Vec<Token>, question: &str) -> Vec<Token> {
    let lexicon = Lexicon::shared();
    let single = |token: &Token| {
        token.term.chars().count() == 1
            && !lexicon.stopwords.contains(token.term.as_str())
            && token.term.chars().all(is_han)
    };
    let counts = |token: &Token| {
        let asked = question[..token.span.start()].ends_with(['少', '几']);
        asked && COUNTED_IN.contains(token.term.as_str())
    };
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for token in tokens {
        let is_single = single(&token) && !counts(&token);
        match found.last_mut() {
            Some(last) if open && is_single && last.span.end() == token.span.start() => {
                last.span = Span::new(last.span.start(), token.span.end());
                last.term.push_str(&token.term);
            }
            _ => found.push(token),
        }
        open = is_single;
    }
    found
}

/// `text` with blanks in place of some of its bytes' characters; its length stays.
fn blanked(text: &str, spans: &[Span]) -> String {
    let mut blank = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if spans.iter().any(|span| span.holds(at)) {
            blank.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            blank.push(c);
        }
    }
    blank
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(question: &str) -> Topic {
        Topic::of(question, &[], &[], false)
    }

    fn words_of(question: &str) -> Vec<String> {
        topic(question).words.into_iter().map(|word| word.term).collect()
    }

    #[test]
    fn words_of_asking_are_looked_for_nowhere() {
        for (question, words) in [
            ("汉水最终注入哪一条河", vec!["汉水", "最终", "注入", "河"]),
            ("西燕于何年灭亡", vec!["西燕", "灭亡"]),
            ("拥有甚么称号", vec!["拥有", "称号"]),
            ("周恩来当选哪一个委员", vec!["周恩来", "当选", "委员"]),
        ] {
            let found = words_of(question);
            assert!(
                words.iter().all(|word| found.iter().any(|other| other == word)),
                "{question} {found:?}"
            );
            assert!(
                !found.iter().any(|word| word.contains(['哪', '何', '甚', '一'])),
                "{question} {found:?}"
            );
        }
        assert!(asks("几种") && asks("多少倍") && asks("第几") && asks("哪条"));
        assert!(!asks("几乎") && !asks("几内亚") && !asks("何韵诗") && !asks("哪吒"));
    }

    #[test]
    fn a_name_with_function_words_in_it_keeps_its_pairs() {
        let loose = topic("什么是地月空间").loose_pairs;
        assert!(
            loose.contains(&"地月".to_owned()) && loose.contains(&"月空".to_owned()),
            "{loose:?}"
        );
        assert!(!loose.iter().any(|pair| pair.contains('什')), "{loose:?}");
    }
}
