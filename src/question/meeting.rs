//! The meeting that a question names as where something was said: 丽水养老圆桌会上, 那次供水调度会.

use super::lexicon::Lexicon;
use crate::index::words;
use crate::reading::dates_in;
use crate::text::{Segmenter, Span, is_han, words_by_kind};

/// Words of a name at most.
const LONGEST: usize = 10;

/// What may stand between the words of a meeting's name.
const JOINTS: [&str; 18] = [
    "的", "那", "那场", "那次", "那个", "这", "这场", "这次", "这个", "场", "次", "个", "和", "与", "及", "暨", "关于",
    "届",
];

/// What counts meetings and names none.
const SEVERAL: [&str; 9] = ["两次", "三次", "四次", "几次", "历次", "各次", "每次", "多次", "哪次"];

/// A stretch of a question that names a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedMeeting {
    /// Where it stands, 上 and 里 behind it included.
    pub span: Span,
    /// The words that tell it from others, as the analyzer gives them; empty where its kind alone does: 现场会上.
    pub words: Vec<String>,
    /// Its kind: 座谈 of 座谈会, 沙龙; empty where it says 会议 alone.
    pub kind: String,
    /// Whether nothing says that it is a meeting, so that its title must have all the words: 2026年春耕备耕,….
    pub by_title: bool,
}

/// Where a year ends that stands in front: 2026年, 去年.
fn year_in_front(text: &str) -> Option<usize> {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let year = match digits {
        4 => &text[..digits],
        0 => ["今", "去", "前"].into_iter().find(|word| text.starts_with(word))?,
        _ => return None,
    };
    text[year.len()..]
        .starts_with('年')
        .then(|| year.len() + '年'.len_utf8())
}

/// The meeting that the folded `text` names; `None` where it says no more than 会上 or 这次座谈会.
pub fn named_meeting(text: &str) -> Option<NamedMeeting> {
    let tokens = Segmenter::shared().words(text);
    text.match_indices('会')
        .find_map(|(at, _)| {
            let end = at + '会'.len_utf8();
            let kind = kind_before(&text[..at]);
            let (behind, of_place) = match &text[end..] {
                rest if rest.starts_with("议") => ("议", true),
                rest if rest.starts_with(['上', '里']) && !rest.starts_with("上升") => ("", true),
                _ => ("", kind.is_some()),
            };
            // 机会, 商会, 委员会 are no meetings; neither is 会 of what will be.
            let inside_word = tokens.iter().any(|(span, word)| {
                span.holds(at) && word.chars().count() > 1 && kind.is_none() && !word.starts_with('会')
            });
            if !of_place || inside_word {
                return None;
            }
            let noun = kind.unwrap_or(at);
            // 两次会议上, 历次会议: of several.
            if text[..noun].ends_with("次")
                && !text[..noun].ends_with(['这', '那', '上', '本', '此'])
                && SEVERAL.iter().any(|word| text[..noun].ends_with(word))
            {
                return None;
            }
            let Some(start) = begin(text, &tokens, noun) else {
                return of_kind_alone(text, noun, at);
            };
            let mut end = end + behind.len();
            for tail in ["上", "里", "中", "期间", "时"] {
                if text[end..].starts_with(tail) {
                    end += tail.len();
                    break;
                }
            }
            let lexicon = Lexicon::shared();
            let told: Vec<(Span, String)> = words(&text[start..noun])
                .into_iter()
                .map(|token| (token.span.shifted(start), token.term))
                .filter(|(_, word)| {
                    !lexicon.stopwords.contains(word.as_str()) && !lexicon.generic.contains(word.as_str())
                })
                .collect();
            // 果园补助常委会怎么定的: what a standing body deals with is no name of its meeting; whose it is, and which, is.
            let (told, start) = match is_standing(&text[noun..at]) {
                false => (told, start),
                true => {
                    let of_body = |(_, word): &&(Span, String)| is_of_body(word);
                    let kept: Vec<_> = told.iter().rev().take_while(of_body).cloned().collect();
                    let start = kept.last().map_or(noun, |(span, _)| span.start());
                    (kept.into_iter().rev().collect(), start)
                }
            };
            (!told.is_empty()).then(|| NamedMeeting {
                kind: text[noun..at].to_owned(),
                span: Span::new(start, end),
                words: told.into_iter().map(|(_, word)| word).collect(),
                by_title: false,
            })
        })
        .or_else(|| occasion(text, &tokens))
        .or_else(|| in_front(text, &tokens))
}

/// 现场会上: where only one is of the kind, it is that one. 这次座谈会 is the one that is talked of.
fn of_kind_alone(text: &str, noun: usize, at: usize) -> Option<NamedMeeting> {
    let end = at + '会'.len_utf8();
    let kind = &text[noun..at];
    let pointed = text[..noun].ends_with(['这', '那', '次', '本', '此', '场', '个', '日', '号', '的', '年', '月']);
    let inside = text[end..].chars().next().filter(|c| matches!(c, '上' | '里' | '中'))?;
    (!kind.is_empty() && !pointed && !is_standing(kind)).then(|| NamedMeeting {
        span: Span::new(noun, end + inside.len_utf8()),
        words: Vec::new(),
        kind: kind.to_owned(),
        by_title: true,
    })
}

/// Most words in front of a question that may be a meeting's name without saying so.
const IN_FRONT: usize = 4;

/// 2026年春耕备耕,两个镇汇报了什么: a time and words in front of the question, that may be of a meeting's title.
fn in_front(text: &str, tokens: &[(Span, &str)]) -> Option<NamedMeeting> {
    let end = text.find(',')?;
    let behind = match dates_in(&text[..end]).last() {
        Some(date) => date.span.end(),
        None => year_in_front(text)?,
    };
    let lexicon = Lexicon::shared();
    let mut of_name = tokens
        .iter()
        .filter(|(span, _)| behind <= span.start() && span.end() <= end);
    let plain =
        |word: &str| word.chars().all(is_han) && !lexicon.stopwords.contains(word) && word.chars().nth(1).is_some();
    let told: Vec<String> = words(&text[behind..end])
        .into_iter()
        .map(|token| token.term)
        .filter(|word| !lexicon.generic.contains(word.as_str()))
        .collect();
    let all = of_name.all(|(_, word)| plain(word));
    (all && !told.is_empty() && told.len() <= IN_FRONT).then(|| NamedMeeting {
        span: Span::new(behind, end + 1),
        words: told,
        kind: String::new(),
        by_title: true,
    })
}

words_by_kind! {
    /// The words of `standing.tsv`, by kind.
    static STANDING: Standing = "standing.tsv" {
        /// Kinds of meetings of standing bodies: 常委.
        standing,
        /// How a word ends that tells whose it is: 县委.
        body,
    }
}

/// Whether a kind of meeting is a standing body's, that deals with all matters: 常委, 常务, 党组.
fn is_standing(kind: &str) -> bool {
    STANDING.standing.iter().any(|body| kind.contains(body))
}

/// Whether a word tells whose meeting of a standing body it is, or which: 县委, 青石县, 第31次.
fn is_of_body(word: &str) -> bool {
    let counts = word.starts_with('第') || word.chars().all(|c| c.is_ascii_digit());
    counts || STANDING.body.iter().any(|body| word.ends_with(body))
}

/// Whether the folded `text` names a meeting by its day and its kind alone: 11月12日调度会上, 5号的周例会.
pub fn is_of_a_day(text: &str) -> bool {
    dates_in(text).iter().any(|date| {
        let behind = text[date.span.end()..].trim_start_matches(['的', '那', '场', '次', '个']);
        behind.match_indices('会').any(|(at, _)| {
            let kind = &behind[..at];
            at == 0 && !behind.starts_with("会议室") || !kind.is_empty() && kind_before(kind) == Some(0)
        })
    })
}

/// 青石镇那次企业家沙龙上.
fn occasion(text: &str, tokens: &[(Span, &str)]) -> Option<NamedMeeting> {
    let lexicon = Lexicon::shared();
    lexicon.occasions.iter().find_map(|kind| {
        let noun = text.find(kind)?;
        let start = begin(text, tokens, noun)?;
        let mut end = noun + kind.len();
        for tail in ["上", "里", "中", "期间", "时"] {
            if text[end..].starts_with(tail) {
                end += tail.len();
                break;
            }
        }
        let told: Vec<String> = words(&text[start..noun])
            .into_iter()
            .map(|token| token.term)
            .filter(|word| !lexicon.stopwords.contains(word.as_str()) && !lexicon.generic.contains(word.as_str()))
            .collect();
        (!told.is_empty()).then(|| NamedMeeting {
            span: Span::new(start, end),
            words: told,
            kind: (*kind).to_owned(),
            by_title: false,
        })
    })
}

/// Where the kinds of a meeting begin that `before` ends with: 现场推进 of 现场推进会.
fn kind_before(before: &str) -> Option<usize> {
    let kinds = &Lexicon::shared().meeting_kinds;
    let mut at = before.len();
    while let Some(kind) = kinds
        .iter()
        .filter(|kind| before[..at].ends_with(**kind))
        .max_by_key(|kind| kind.len())
    {
        at -= kind.len();
    }
    (at < before.len()).then_some(at)
}

/// Where the name begins whose kind begins at `noun`.
fn begin(text: &str, tokens: &[(Span, &str)], noun: usize) -> Option<usize> {
    let lexicon = Lexicon::shared();
    let before = tokens.iter().rev().skip_while(|(span, _)| span.start() >= noun);
    let mut start = None;
    let dates = dates_in(text);
    for (span, word) in before.take(LONGEST) {
        // 11月5号周例会: the day is looked at by itself.
        if dates.iter().any(|date| date.span.overlaps(*span)) {
            break;
        }
        let joint = JOINTS.contains(word);
        let content = word.chars().all(char::is_alphanumeric) && !lexicon.stopwords.contains(word);
        if !joint && !content {
            break;
        }
        if content {
            start = Some(span.start());
        }
    }
    start.filter(|start| text.is_char_boundary(*start) && *start < noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (&str, Vec<String>) {
        named_meeting(text).map_or(("", Vec::new()), |named| (named.span.of(text), named.words))
    }

    #[test]
    fn a_meeting_is_named_by_what_stands_before_its_kind() {
        assert_eq!(
            named("白水苹果产业现场推进会上谁提到了冷库?").0,
            "白水苹果产业现场推进会上"
        );
        assert_eq!(named("蒲城县在古道保护座谈会上说了什么").0, "古道保护座谈会上");
        assert_eq!(named("总结一下白水的那次供水会议").0, "白水的那次供水会议");
        assert_eq!(named("总结一下白水的那次供水会议").1, ["白水", "供水"]);
    }

    #[test]
    fn a_time_and_words_in_front_or_a_kind_alone_may_name_one() {
        let by_title = |text: &str| named_meeting(text).filter(|named| named.by_title);
        let front = by_title("2026年春耕备耕,两个镇汇报了什么").expect("a name in front");
        assert_eq!(front.words, ["春耕", "备耕"]);
        assert!(by_title("2026年春耕备耕,西城镇和河北乡汇报的情况有什么不一样").is_some());
        let alone = by_title("现场会上三个县各有什么做法").expect("a kind alone");
        assert_eq!((alone.kind.as_str(), alone.words.is_empty()), ("现场", true));
        assert_eq!(by_title("2026年谁说的,修了几条路"), None);
        assert_eq!(by_title("这次现场会上说了什么"), None);
    }

    #[test]
    fn what_a_standing_body_deals_with_names_no_meeting() {
        assert_eq!(named("老果园补助常委会议上怎么定的").0, "");
        assert_eq!(named("县政府第31次常务会议上怎么定的").0, "县政府第31次常务会议上");
        assert_eq!(named("苹果产业县委常委会议上怎么说").1, ["县委"]);
    }

    #[test]
    fn a_day_and_a_kind_name_a_meeting() {
        assert!(is_of_a_day("11月12日调度会上,还有哪几项") && is_of_a_day("5月3号的周例会谁来了"));
        assert!(!is_of_a_day("11月12日会议室在哪") && !is_of_a_day("11月12日修好的路会不会塌"));
    }

    #[test]
    fn what_tells_no_meeting_from_another_names_none() {
        for text in [
            "这次座谈会上谁发言了",
            "会上说了什么",
            "白水会做什么",
            "成立商会的有哪些县",
            "社会保障怎么做",
        ] {
            assert_eq!(named(text).0, "", "{text}");
        }
    }
}
