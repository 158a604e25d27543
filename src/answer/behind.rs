//! What stands behind a passage and answers in its stead: the list behind the words that lead over to it, the answer behind
//! an interviewer's question.

use std::sync::LazyLock;

use super::Quote;
use super::evidence::Evidence;
use super::leading::only_asks;
use super::quote::{self, quote};
use super::ranking::Candidate;
use super::respond::Responder;
use super::summary::{passages, remarks};
use super::window::whole;
use crate::index::{Hit, IndexError, Said};
use crate::meeting::Voice;
use crate::question::{Question, Want};
use crate::reading::is_item;
use crate::text::{Span, fold_str, is_sentence_mark, rows, sentences};

/// Longest words that only lead over to a list, in characters.
const LEAD: usize = 60;
/// Who asks at an interview or a press conference, and does not tell.
const ASKERS: [&str; 2] = ["记者", "主持"];
/// What somebody at a meeting asks who wants what a question wants: the words of `asks_for.tsv`.
static ASKS_FOR: LazyLock<Vec<(Want, &'static str)>> = LazyLock::new(|| {
    rows!("asks_for.tsv", 2)
        .flat_map(|row| {
            let want = Want::from_word(row[0]).unwrap_or_else(|| row.wrong("no such want"));
            row[1].split(' ').map(move |word| (want, word))
        })
        .collect()
});
/// Words of a question by which it is asked what came of something: `outcomes.tsv`.
static OUTCOMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("outcomes.tsv", 1).flat_map(|row| row[0].split(' ')).collect());
/// Words of a question that is of what was asked there.
const OF_ASKING: [&str; 5] = ["记者", "主持", "问了", "提问", "问题"];

/// Whether words only lead over to what stands behind them: 会议议定：.
pub fn leads_over(words: &str) -> bool {
    let words = words.trim();
    words.ends_with([':', '：']) && words.chars().count() <= LEAD && !words.contains(is_sentence_mark)
}

/// Whether a line is a point of a list: （一）, 1., 第二, 三是, or behind a bullet.
pub fn is_point(line: &str) -> bool {
    let line = fold_str(line.trim_start());
    is_item(&line) || line.starts_with(['-', '*', '•'])
}

impl Responder<'_> {
    /// What is to be shown in a candidate's stead; `None` where it may stand itself, nothing where nothing stands behind it.
    pub(super) fn instead(
        &self,
        question: &Question,
        candidate: &Candidate<'_>,
        evidence: &Evidence,
    ) -> Result<Option<Vec<Quote>>, IndexError> {
        let passage = &candidate.hit.passage;
        let words = candidate.window.span.of(&passage.text);
        if leads_over(words) && passage.text[candidate.window.span.end()..].trim().is_empty() {
            return Ok(Some(self.points_behind(candidate, evidence)?));
        }
        // 消息一出，反对声不少: who is against it the words behind tell.
        let asks_whose = question.want == Want::Who && !question.shape.told && !evidence.required.is_empty();
        if asks_whose && !candidate.said.voice.is_spoken() && question.topic.persons.is_empty() {
            let next = self.reply_behind(candidate, evidence)?;
            return Ok(next.map(|next| vec![next]));
        }
        if is_asker(candidate.said, passage.words_of(candidate.said))
            && !OF_ASKING.iter().any(|word| question.typed.contains(word))
        {
            let reply = self.reply_behind(candidate, evidence)?;
            return Ok(reply.map(|reply| vec![reply]));
        }
        Ok(None)
    }

    /// The passages of the same file behind a candidate's.
    fn behind(&self, candidate: &Candidate<'_>) -> Result<Vec<Hit>, IndexError> {
        let file = candidate.hit.file.clone();
        let mut hits = passages(self.snapshot, &[file])?;
        hits.retain(|hit| hit.passage.start > candidate.hit.passage.start && !hit.passage.left_out);
        Ok(hits)
    }

    /// The points of the list behind it, each by itself.
    fn points_behind(&self, candidate: &Candidate<'_>, evidence: &Evidence) -> Result<Vec<Quote>, IndexError> {
        let hits = self.behind(candidate)?;
        let points = hits.iter().take_while(|hit| is_point(&hit.passage.text));
        Ok(points
            .filter_map(|hit| {
                let said = hit.passage.remarks.first()?;
                self.first_of(hit, said, evidence, candidate.score)
            })
            .collect())
    }

    /// What is told on being asked for just what the question wants, right behind a candidate: “最高水位三点到。” “几米?” “15米。”
    pub(super) fn told_behind(
        &self,
        question: &Question,
        candidate: &Candidate<'_>,
        evidence: &Evidence,
    ) -> Result<Option<Quote>, IndexError> {
        let said = candidate.said;
        let asks_for = |words: &str| {
            let words = fold_str(words.trim_end_matches(['”', '"', '」']));
            let last = sentences(&words).last().map_or("", |last| last.of(&words)).to_owned();
            let asks = |(want, word): &(Want, &str)| *want == question.want && last.contains(*word);
            last.ends_with('?') && ASKS_FOR.iter().any(asks)
        };
        // 明天有两个团,要不要取消?: what came of it is for whoever replies to say.
        let last = fold_str(
            candidate
                .window
                .span
                .of(&candidate.hit.passage.text)
                .trim_end_matches(['”', '"', '」']),
        );
        if said.voice.is_spoken() && last.ends_with('?') && OUTCOMES.iter().any(|word| question.typed.contains(word)) {
            return self.reply_behind(candidate, evidence);
        }
        if !said.voice.is_spoken() || !ASKS_FOR.iter().any(|(want, _)| *want == question.want) {
            return Ok(None);
        }
        if asks_for(candidate.hit.passage.words_of(said)) {
            return self.reply_behind(candidate, evidence);
        }
        let hits = self.behind(candidate)?;
        let here = candidate
            .hit
            .passage
            .remarks
            .iter()
            .filter(|other| other.span.start() >= said.span.end());
        let here = here.map(|other| (candidate.hit, other));
        let mut spoken = here.chain(remarks(&hits)).filter(|(_, other)| other.voice.is_spoken());
        let asked = spoken.next().filter(|(hit, other)| {
            let words = hit.passage.words_of(other);
            other.voice != said.voice && words.chars().count() <= LEAD && asks_for(words)
        });
        let told = asked
            .and_then(|_| spoken.next())
            .filter(|(_, other)| other.voice == said.voice);
        Ok(told.and_then(|(hit, other)| self.first_of(hit, other, evidence, candidate.score)))
    }

    /// The first words of whoever speaks next.
    fn reply_behind(&self, candidate: &Candidate<'_>, evidence: &Evidence) -> Result<Option<Quote>, IndexError> {
        let answers = |said: &&Said| said.voice.is_spoken() && said.voice != candidate.said.voice;
        let here = candidate.hit.passage.remarks.iter();
        if let Some(said) = here
            .filter(|said| said.span.start() >= candidate.said.span.end())
            .find(answers)
        {
            return Ok(self.first_of(candidate.hit, said, evidence, candidate.score));
        }
        let hits = self.behind(candidate)?;
        let next = hits
            .iter()
            .find_map(|hit| Some((hit, hit.passage.remarks.iter().find(answers)?)));
        Ok(next.and_then(|(hit, said)| self.first_of(hit, said, evidence, candidate.score)))
    }

    /// What is said in the same paper, behind a quote, by somebody who names whoever said it or the house that they are from.
    pub(super) fn reply_by_name(&self, quote: &Quote) -> Result<Option<Quote>, IndexError> {
        let hits = passages(self.snapshot, std::slice::from_ref(&quote.file))?;
        for (hit, said) in after(&hits, quote) {
            let passage = &hit.passage;
            let words = passage.words_of(said);
            let Some(sentence) = sentences(words).into_iter().find(|one| names(one.of(words), quote)) else {
                continue;
            };
            let from = Span::new(said.span.start() + sentence.start(), said.span.end());
            let span = whole(&passage.text, from, self.limits.quote_chars).first().copied();
            let evidence = Evidence::default();
            return Ok(span.map(|span| quote::quote(hit, said, span, &evidence, quote.score, self.snapshot)));
        }
        Ok(None)
    }

    /// What one of `theirs` replies to a quote: what is said next behind it, or names whoever said it.
    pub(super) fn reply_to(&self, quote: &Quote, theirs: impl Fn(&Voice) -> bool) -> Result<Option<Quote>, IndexError> {
        let hits = passages(self.snapshot, std::slice::from_ref(&quote.file))?;
        for (index, (hit, said)) in after(&hits, quote).enumerate() {
            if theirs(&said.voice) && (index == 0 || names(hit.passage.words_of(said), quote)) {
                return Ok(self.first_of(hit, said, &Evidence::default(), quote.score));
            }
        }
        Ok(None)
    }

    fn first_of(&self, hit: &Hit, said: &Said, evidence: &Evidence, score: f32) -> Option<Quote> {
        let span = *whole(&hit.passage.text, said.span, self.limits.quote_chars).first()?;
        Some(quote(hit, said, span, evidence, score, self.snapshot))
    }
}

/// Shortest piece of an office by which somebody is called, in characters: 塞北乳业.
const CALLED: usize = 4;

/// What others say behind a quote in its paper, in order.
fn after<'h>(hits: &'h [Hit], quote: &Quote) -> impl Iterator<Item = (&'h Hit, &'h Said)> {
    remarks(hits).filter(move |(hit, said)| {
        let start = hit.passage.place_of(said.span).start;
        start >= quote.at.end && said.voice.is_spoken() && said.voice != quote.voice
    })
}

/// How the houses and places end by which somebody is called: 对白河镇提出的问题.
const HOUSES: [&str; 12] = [
    "镇", "乡", "街道", "村", "社区", "局", "公司", "集团", "厂", "学校", "中学", "小学",
];

/// Whether words name whoever a quote is of, or the house that they are from, which the heading above may tell.
fn names(words: &str, quote: &Quote) -> bool {
    let words = fold_str(words);
    let office: Vec<char> = quote.voice.office().map(fold_str).unwrap_or_default().chars().collect();
    let mut pieces = office.windows(CALLED).map(|piece| piece.iter().collect::<String>());
    let head = fold_str(quote.section.as_deref().unwrap_or_default());
    let mut houses = HOUSES.iter().filter_map(|end| {
        let at = head.find(end)?;
        let house = &head[..at + end.len()];
        let from = house
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |at| at + house[at..].chars().next().map_or(0, char::len_utf8));
        Some(&house[from..]).filter(|house| (3..=LONGEST_HOUSE).contains(&house.chars().count()))
    });
    let named = |name: &str| words.contains(&*fold_str(name));
    quote.voice.name().is_some_and(named)
        || pieces.any(|piece| words.contains(&piece))
        || houses.any(|house| words.contains(house))
}

/// Longest name of a house in a heading, in characters.
const LONGEST_HOUSE: usize = 10;

/// Whether somebody asks, as it is their business there.
fn is_asker(said: &Said, words: &str) -> bool {
    let who = [said.voice.name(), said.voice.office()];
    let asks = who
        .into_iter()
        .flatten()
        .any(|who| ASKERS.iter().any(|asker| who.contains(asker)));
    let marked = fold_str(words).contains('?');
    said.voice.is_spoken() && marked && (asks || said.voice.name().is_none() && only_asks(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_a_list_are_known_by_what_they_begin_with() {
        for line in [
            "（一）由县水利局牵头",
            "2.修桥",
            "第三，修路",
            "一是修路",
            "- 修堤",
            "3、通电",
        ] {
            assert!(is_point(line), "{line}");
        }
        for line in ["会议强调，要修路", "2024年5月22日上午", "一户都不能漏", "第一次修桥"] {
            assert!(!is_point(line), "{line}");
        }
    }

    #[test]
    fn what_leads_over_says_nothing_itself() {
        assert!(leads_over("会议议定：") && !leads_over("会议议定：修桥。") && !leads_over("修桥。他说："));
    }
}
