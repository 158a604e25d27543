//! An answer as one message: quotes as blockquotes with their sources, or why there are none. As many quotes as fit;
//! a quote is shown whole with its source, or not at all.

use super::super::button::View;
use super::super::records::Shown;
use super::super::rich::{LONGEST_MESSAGE, Rich};
use super::lines;
use crate::answer::{Answer, Body, Kind, Quote};
use crate::text::read_on;
use crate::wording::{Lang, head_lines, reason_line, refusal_lines, source_line, speaker_line, task_line};

/// A quote that is longer, in characters, is shown folded.
const FOLDED: usize = 150;
/// So many characters of quotes are shown at once where they answer one question, and where somebody's words are summed up;
/// the best in any case, the others behind a button.
const ENOUGH: usize = 200;
const ENOUGH_OF_A_SUMMARY: usize = 400;
/// Most marks of a message: Telegram drops those behind them.
const MARKS: usize = 100;

/// A message that shows a part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its text.
    pub rich: Rich,
    /// How many quotes it shows, from the view's `skip` on.
    pub quotes: usize,
    /// The view behind it, where there is one.
    pub next: Option<View>,
    /// What is known to follow.
    pub rest: Rest,
    /// Whether it sums up one meeting, of which there is a picture too.
    pub charted: bool,
}

/// How many quotes follow a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Those that were found with it.
    pub known: usize,
    /// Whether there are others behind them.
    pub more: bool,
}

/// The part of an answer that `view` asks for; `size` is the length of a page in quotes.
pub fn answer(answer: &Answer, lang: Lang, view: View, size: usize) -> Page {
    let mut heads = head_lines(lang, answer);
    let (kind, quotes, more) = match &answer.body {
        Body::Found { kind, quotes, more } => (*kind, quotes.as_slice(), *more),
        Body::NoAnswer(refusal) => {
            // Who speaks of it is worth a word; for who speaks at all there is a button.
            match refusal.of_it {
                true => heads.extend(refusal_lines(lang, refusal)),
                false => heads.push(reason_line(lang, refusal)),
            }
            return Page {
                rich: lines(&heads),
                quotes: 0,
                next: None,
                rest: Rest::default(),
                charted: false,
            };
        }
    };
    let charted = kind == Kind::Summary && quotes.windows(2).all(|pair| pair[0].file == pair[1].file);
    let numbered = quotes.len() > 1 || more || view.page > 0;
    // A list is asked for as a whole; of what answers one question the best is enough to begin with.
    let enough = match (kind, answer.total) {
        (Kind::Quotes, None) => ENOUGH,
        (Kind::Summary, _) => ENOUGH_OF_A_SUMMARY,
        _ => LONGEST_MESSAGE,
    };
    let mut message = lines(&heads);
    let (mut count, mut chars) = (0, 0);
    // Whether the source of the quote before stands below the next one.
    let mut shared = false;
    for (index, one) in quotes.iter().enumerate().skip(view.skip) {
        chars += one.text.chars().count();
        if count > 0 && chars > enough {
            break;
        }
        let number = numbered.then_some(view.page * size + index + 1);
        // The source of several stands once, below the last of them.
        let next = quotes.get(index + 1).filter(|next| {
            let fits = count == 0 || chars + next.text.chars().count() <= enough;
            fits && same_source(one, next)
        });
        let room = |block: &Rich| {
            let gap = if message.is_empty() { 0 } else { 2 };
            message.units() + gap + block.units() <= LONGEST_MESSAGE && message.marks() + block.marks() <= MARKS
        };
        let looks = Looks {
            lang,
            kind,
            number,
            bold: true,
            source: if shared { Source::OfSeveral } else { Source::Own },
        };
        let plain = Looks { bold: false, ..looks };
        let sourced = [block(one, looks), block(one, plain)];
        let Some(whole) = sourced.into_iter().find(|block| room(block)) else {
            break;
        };
        shared = next.is_some_and(|next| {
            let behind = self::block(
                next,
                Looks {
                    source: Source::OfSeveral,
                    ..plain
                },
            );
            message.units() + 4 + whole.units() + behind.units() <= LONGEST_MESSAGE
                && message.marks() + whole.marks() + behind.marks() <= MARKS
        });
        let source = if shared { Source::Below } else { looks.source };
        let shown = match shared {
            true => block(one, Looks { source, ..looks }),
            false => whole,
        };
        let gap = if message.is_empty() { "" } else { "\n\n" };
        message.text(gap).append(&shown);
        count += 1;
    }
    let seen = view.skip + count;
    let rest = |seen: usize| Rest {
        known: quotes.len().saturating_sub(seen),
        more,
    };
    if count == 0
        && let Some(one) = quotes.get(view.skip)
    {
        // One quote that fills more than a message: where it stands is all that can be said.
        message
            .text(&speaker_line(lang, one))
            .text("\n")
            .italic(&source_line(one));
        return Page {
            rich: message,
            quotes: 1,
            next: next(view, seen + 1, quotes.len(), more),
            rest: rest(seen + 1),
            charted,
        };
    }
    Page {
        rich: message,
        quotes: count,
        next: next(view, seen, quotes.len(), more),
        rest: rest(seen),
        charted,
    }
}

/// Whether one line tells where both stand.
fn same_source(one: &Quote, other: &Quote) -> bool {
    source_line(one) == source_line(other)
}

fn next(view: View, seen: usize, of: usize, more: bool) -> Option<View> {
    if seen < of {
        Some(View { skip: seen, ..view })
    } else {
        more.then_some(View {
            page: view.page + 1,
            skip: 0,
            ..view
        })
    }
}

/// What is kept of the quotes that a page shows.
pub fn shown(quotes: &[Quote], lang: Lang) -> Vec<Shown> {
    quotes
        .iter()
        .map(|quote| Shown {
            file: quote.file.clone(),
            at: quote.at,
            text: quote.text.clone(),
            speaker: speaker_line(lang, quote),
            name: quote.voice.name().map(str::to_owned),
            county: quote.voice.county().map(|county| county.name().to_owned()),
            source: source_line(quote),
            reported: quote.voice.is_reported(),
        })
        .collect()
}

/// A quote with its source.
pub(super) fn quote(quote: &Quote, lang: Lang) -> Rich {
    block(
        quote,
        Looks {
            lang,
            kind: Kind::Quotes,
            number: None,
            bold: true,
            source: Source::Own,
        },
    )
}

/// How a quote is shown.
#[derive(Clone, Copy)]
struct Looks {
    lang: Lang,
    kind: Kind,
    /// Its number, if it has one.
    number: Option<usize>,
    /// Whether what matched is bold.
    bold: bool,
    source: Source,
}

/// Where the source of a quote stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Right behind it.
    Own,
    /// Below the quotes behind it, which have the same.
    Below,
    /// Right behind it, and it is that of those before it too.
    OfSeveral,
}

/// Who says it, the words, and the source. Of a meeting in a list there is no speaker, and the source goes first.
fn block(quote: &Quote, looks: Looks) -> Rich {
    let lang = looks.lang;
    let mut block = Rich::default();
    if let Some(number) = looks.number {
        block.text(&format!("{number}. "));
    }
    let is_meeting = looks.kind == Kind::Meeting && !quote.voice.is_spoken();
    match is_meeting {
        true => block.italic(&source_line(quote)),
        false => block.bold(&speaker_line(lang, quote)),
    };
    block.text("\n");
    if let Some(task) = task_line(lang, quote) {
        block.text(&task).text("\n");
    }
    let words = match looks.bold {
        true => marked(quote),
        false => {
            let mut words = Rich::default();
            words.text(&read_on(&quote.text));
            words
        }
    };
    block.blockquote(&words, quote.text.chars().count() > FOLDED);
    match looks.source {
        _ if is_meeting => {}
        Source::Own => drop(block.text("\n").italic(&source_line(quote))),
        Source::Below => {}
        Source::OfSeveral => {
            let line = format!("{}{}", lang.pick("以上出自：", "All of: "), source_line(quote));
            block.text("\n\n").italic(&line);
        }
    }
    block
}

/// The quote's words with those that matched in bold.
fn marked(quote: &Quote) -> Rich {
    let mut words = Rich::default();
    let mut at = 0;
    for span in &quote.matched {
        if let (Some(before), Some(matched)) = (
            quote.text.get(at..span.start()),
            quote.text.get(span.start()..span.end()),
        ) {
            words.text(&read_on(before)).bold(&read_on(matched));
            at = span.end();
        }
    }
    words.text(&read_on(quote.text.get(at..).unwrap_or_default()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::Voice;
    use proptest::prelude::*;

    fn answered(texts: &[String], more: bool) -> Answer {
        let quotes = texts
            .iter()
            .map(|text| Quote {
                meeting: "古道 & 客栈".to_owned(),
                score: 1.0,
                ..Quote::new(
                    "五月/<古道>.txt",
                    Default::default(),
                    Voice::Narrator,
                    None,
                    text.clone(),
                    0,
                )
            })
            .collect();
        Answer {
            question: String::new(),
            taken: Vec::new(),
            usual: None,
            assumed: None,
            in_other_words: Vec::new(),
            silent: Vec::new(),
            total: None,
            verdict: None,
            brief: None,
            changed: Vec::new(),
            in_part: false,
            plan: Vec::new(),
            body: Body::Found {
                kind: Kind::Quotes,
                quotes,
                more,
            },
        }
    }

    #[test]
    fn what_does_not_fit_is_on_the_next_page_whole() {
        let texts: Vec<String> = (0..5).map(|number| format!("{number}{}", "路".repeat(1500))).collect();
        let answered = answered(&texts, true);
        let mut view = View::default();
        let mut seen = 0;
        // One is enough of such long ones.
        for _ in 0..5 {
            let page = answer(&answered, Lang::Zh, view, 5);
            assert!(page.rich.units() <= LONGEST_MESSAGE);
            for text in &texts[view.skip..view.skip + page.quotes] {
                assert!(page.rich.plain().contains(text.as_str()));
                seen += 1;
            }
            view = page.next.unwrap();
        }
        assert_eq!((seen, view.page, view.skip), (5, 1, 0));
    }

    #[test]
    fn a_task_says_who_does_it_and_until_when() {
        let mut answered = answered(
            &["县水利局6月底前修好桥。".to_owned(), "路要尽快修。".to_owned()],
            false,
        );
        if let Body::Found { quotes, .. } = &mut answered.body {
            (quotes[0].owner, quotes[0].due) = (Some("县水利局".to_owned()), Some("6月底前".to_owned()));
            quotes[1].vague = Some("尽快".to_owned());
        }
        let page = answer(&answered, Lang::Zh, View::default(), 5).rich;
        let page = page.plain();
        assert!(page.contains("1. 文件原文\n→ 县水利局 · 6月底前\n"), "{page}");
        assert!(page.contains("2. 文件原文\n→ “尽快”，没有写明期限\n"), "{page}");
    }

    proptest! {
        #[test]
        fn no_message_is_too_long_or_empty(texts in proptest::collection::vec("\\PC{1,40}", 1..4), times in 1usize..200) {
            let texts: Vec<String> = texts.iter().map(|text| text.repeat(times)).collect();
            let page = answer(&answered(&texts, false), Lang::En, View::default(), 5);
            prop_assert!(page.rich.units() <= LONGEST_MESSAGE && !page.rich.is_empty());
            prop_assert!(page.quotes > 0);
        }
    }
}
