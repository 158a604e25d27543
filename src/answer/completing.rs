//! What is asked beside the thing itself: 哪些单位没报,最晚到几号. The day or the number that the best quote lacks is told right
//! beside it more often than anywhere else: in the next sentence, or in the reply.

use super::Quote;
use super::asking::{ASKING, has_any};
use super::due::dues;
use super::quote::quote;
use super::respond::{Found, Responder};
use super::summary::{passages, remarks};
use super::tasks::owner_in;
use super::wanted::Unit;
use super::window::is_numeral;
use super::{Kind, evidence::Evidence, repeats};
use crate::index::{Hit, IndexError, Said};
use crate::question::{Question, Want};
use crate::text::{Span, fold_str, sentences};

/// How many sentences behind a quote are looked at.
const BEHIND: usize = 2;
/// Most characters between a turn and the reply to it: who replies.
const BETWEEN: usize = 16;

/// Whether words tell what is wanted: a day, or a number as the question counts.
pub(super) fn tells(want: Want, question: &Question, words: &str) -> bool {
    match want {
        Want::When => tells_a_day(words),
        Want::HowMany => {
            let counting = Question {
                want,
                ..question.clone()
            };
            Unit::of(&counting).is_told(words, &counting)
        }
        _ => true,
    }
}

/// Whether words tell a day, a month, a year or a term.
fn tells_a_day(words: &str) -> bool {
    let folded = fold_str(words);
    let counted = ["月", "日", "号", "年", "点", "时"].iter().any(|unit| {
        folded
            .match_indices(unit)
            .any(|(at, _)| folded[..at].ends_with(|c: char| is_numeral(c) && !"几数".contains(c)))
    });
    counted || !dues(words, None).is_empty()
}

impl Responder<'_> {
    /// Adds to what was found the day or the number that is asked beside it, where it stands right beside the best quote.
    pub(super) fn complete(&self, question: &Question, mut found: Found) -> Result<Found, IndexError> {
        if found.kind != Kind::Quotes || question.page > 0 || question.shape.verify {
            return Ok(found);
        }
        if let Some(first) = found.quotes.first()
            && let Some(points) = self.points_of_speech(question, first)?
        {
            found.quotes = points;
            return Ok(found);
        }
        let most = found.quotes.len().max(self.limits.quotes);
        // 充电棚由谁建: who answers what somebody asks for says who does it.
        if question.shape.owner
            && let Some(first) = found.quotes.first()
            && first.voice.is_spoken()
            && has_any(&first.text, &ASKING.request)
            && !found.quotes.iter().any(|one| owner_in(&one.text).is_some())
            && let Some(reply) = self.reply_to(first, |_| true)?
        {
            let known = std::mem::take(&mut found.quotes);
            for one in std::iter::once(reply).chain(known) {
                repeats::add(&mut found.quotes, one);
            }
            found.quotes.truncate(most);
        }
        // 差的钱咋解决的: what is said in reply to whoever tells of it.
        if has_any(&question.typed, &ASKING.solved)
            && let [first] = found.quotes.as_slice()
            && first.voice.is_spoken()
            && let Some(reply) = self.reply_to(first, |_| true)?
        {
            repeats::add(&mut found.quotes, reply);
        }
        for want in Want::counted_in(&question.typed) {
            let told = found.quotes.iter().any(|one| tells(want, question, &one.text));
            if told {
                continue;
            }
            let Some(first) = found.quotes.first() else { break };
            if let Some((beside, goes_on)) = self.told_beside(question, first, want)? {
                match goes_on {
                    true => found.quotes[0] = beside,
                    false => found.quotes.insert(1, beside),
                }
            }
        }
        found.quotes.truncate(most);
        Ok(found)
    }

    /// What tells it right beside a quote, and whether that is the quote itself going on.
    pub(super) fn told_beside(
        &self,
        question: &Question,
        first: &Quote,
        want: Want,
    ) -> Result<Option<(Quote, bool)>, IndexError> {
        let hits = passages(self.snapshot, std::slice::from_ref(&first.file))?;
        let all: Vec<(&Hit, &Said)> = remarks(&hits).collect();
        let Some(at) = all.iter().position(|(hit, said)| {
            let place = hit.passage.place_of(said.span);
            place.start <= first.at.start && first.at.end <= place.end
        }) else {
            return Ok(None);
        };
        let (hit, said) = all[at];
        if let Some(beside) = self.told_in_remark(question, first, want, hit, said) {
            return Ok(beside);
        }
        let reply = all.get(at + 1).filter(|(next, reply)| {
            let between = next.passage.place_of(reply.span).start;
            said.voice.is_spoken()
                && reply.voice.is_spoken()
                && reply.voice != said.voice
                && between.saturating_sub(hit.passage.place_of(said.span).end) <= BETWEEN
        });
        // 再催一次,11月9号前还不报就点名: whoever replies tells it.
        Ok(reply.and_then(|(next, reply)| {
            let words = next.passage.words_of(reply);
            let mut pieces = sentences(words).into_iter();
            let telling = pieces.find(|one| tells(want, question, one.of(words)))?;
            Some((
                self.shown(next, reply, telling.shifted(reply.span.start()), first),
                false,
            ))
        }))
    }

    /// What tells it in the remark that a quote is of, before or behind it, and whether that is the quote itself going on: `None`
    /// where nothing there does, nothing in it where it is too long to be shown.
    fn told_in_remark(
        &self,
        question: &Question,
        first: &Quote,
        want: Want,
        hit: &Hit,
        said: &Said,
    ) -> Option<Option<(Quote, bool)>> {
        let text = &hit.passage.text;
        let inside = Span::new(
            byte_of(text, first.at.start - hit.passage.start),
            byte_of(text, first.at.end - hit.passage.start),
        );
        let all: Vec<Span> = sentences(said.span.of(text))
            .into_iter()
            .map(|sentence| sentence.shifted(said.span.start()))
            .collect();
        let fits = |span: Span| span.of(text).chars().count() <= self.limits.quote_chars;
        for sentence in all
            .iter()
            .filter(|sentence| sentence.start() >= inside.end())
            .take(BEHIND)
        {
            if tells(want, question, sentence.of(text)) {
                let longer = Span::new(inside.start(), sentence.end());
                return Some(match fits(longer) {
                    true => Some((self.shown(hit, said, longer, first), true)),
                    false => fits(*sentence).then(|| (self.shown(hit, said, *sentence, first), false)),
                });
            }
        }
        if let Some(before) = all.iter().rfind(|sentence| sentence.end() <= inside.start())
            && tells(want, question, before.of(text))
        {
            let longer = Span::new(before.start(), inside.end());
            return fits(longer).then(|| Some((self.shown(hit, said, longer, first), true)));
        }
        None
    }

    fn shown(&self, hit: &Hit, said: &Said, span: Span, first: &Quote) -> Quote {
        quote(hit, said, span, &Evidence::default(), first.score, self.snapshot)
    }
}

fn byte_of(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_by_its_number_or_as_a_term() {
        assert!(tells_a_day("11月9号前还不报就点名") && tells_a_day("年底前完成") && tells_a_day("明天上午八点"));
        assert!(!tells_a_day("再催一次。") && !tells_a_day("几年了也没有修"));
    }
}
