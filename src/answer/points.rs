//! The points of a speech: 县长在教育大会上讲了哪几方面 is told by the paragraphs that count them, 第一 to the last.

use super::quote::quote;
use super::respond::Responder;
use super::summary::{LONGEST, passages, remarks};
use super::window::{counted_points, whole};
use super::{Quote, evidence::Evidence};
use crate::index::{IndexError, normalized};
use crate::question::{PartyKind, Question, Want};
use crate::text::{fold_str, is_sentence_mark};

/// Wordings by which the points of a speech are asked for.
const POINTS: [&str; 9] = [
    "哪几",
    "几点",
    "几条",
    "几个方面",
    "几方面",
    "哪些方面",
    "几件",
    "几项",
    "几层意思",
];
/// Fewest points that make a list.
const FEWEST: usize = 2;
/// How counted paragraphs go on behind their numeral.
const BEHIND: [&str; 5] = [",", "、", "是", "要", ")"];

impl Responder<'_> {
    /// The points of the speech that the best quote is of; `None` where no speech of somebody is asked of as a whole, or where it
    /// counts none.
    pub(super) fn points_of_speech(
        &self,
        question: &Question,
        first: &Quote,
    ) -> Result<Option<Vec<Quote>>, IndexError> {
        let of_person = question
            .scope
            .parties
            .iter()
            .any(|party| party.kind != PartyKind::County);
        let asks = POINTS.iter().any(|word| question.typed.contains(word)) || asks_for_so_many(&question.typed);
        if question.want != Want::List || !of_person || !asks || !first.voice.is_spoken() {
            return Ok(None);
        }
        // Of one matter among others only that is told.
        let head = normalized(&format!("{} {}", first.meeting, first.file));
        let mut words = question.topic.words.iter().filter(|word| !word.generic);
        if !words.all(|word| head.contains(word.term.as_str())) {
            return Ok(None);
        }
        let hits = passages(self.snapshot, std::slice::from_ref(&first.file))?;
        let mut points: Vec<Quote> = Vec::new();
        for (hit, said) in remarks(&hits).filter(|(_, said)| said.voice == first.voice) {
            let passage = &hit.passage;
            let words = passage.words_of(said);
            // The remark opens its paragraph.
            if said.span.start() == 0 && is_counted(words) && words.contains(is_sentence_mark) {
                let span = whole(&passage.text, said.span, self.limits.quote_chars)
                    .first()
                    .copied();
                points
                    .extend(span.map(|span| quote(hit, said, span, &Evidence::default(), first.score, self.snapshot)));
            }
        }
        points.truncate(LONGEST);
        if points.len() >= FEWEST {
            return Ok(Some(points));
        }
        // 我强调三条:第一,…;第二,…: in one breath. The last who counts as many as any says what is to be remembered.
        let counted = remarks(&hits)
            .filter(|(_, said)| said.voice == first.voice)
            .filter_map(|(hit, said)| Some((hit, said, counted_points(&hit.passage.text, said.span)?)))
            .max_by_key(|(.., (_, count))| *count);
        Ok(counted.map(|(hit, said, (span, _))| {
            let pieces = whole(&hit.passage.text, span, self.limits.quote_chars);
            let piece = |span| quote(hit, said, span, &Evidence::default(), first.score, self.snapshot);
            pieces.into_iter().take(LONGEST).map(piece).collect()
        }))
    }
}

/// Whether so many points are asked for: 哪三条, 哪两件.
fn asks_for_so_many(typed: &str) -> bool {
    typed.match_indices('哪').any(|(at, which)| {
        let mut behind = typed[at + which.len()..].chars();
        behind.next().is_some_and(|c| "两二三四五六七八九十".contains(c))
            && behind.next().is_some_and(|c| "条点项件个方层句".contains(c))
    })
}

/// Whether a paragraph counts a point: 第一,…; 二是…; (三)….
fn is_counted(words: &str) -> bool {
    let folded = fold_str(words.trim_start());
    let bare = folded.trim_start_matches(['第', '(']);
    let rest = bare.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < bare.len() && BEHIND.iter().any(|mark| rest.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::{asks_for_so_many, is_counted};

    #[test]
    fn so_many_points_are_asked_for() {
        assert!(asks_for_so_many("最后提了哪三条要求") && asks_for_so_many("说了哪两件事"));
        assert!(!asks_for_so_many("哪三年修的路") && !asks_for_so_many("提了三条要求"));
    }

    #[test]
    fn paragraphs_count_their_points() {
        for point in ["第一，修路。", "二是通电。", "（三）要架桥。", "四、办学。"] {
            assert!(is_counted(point), "{point}");
        }
        for other in ["一个月内修好。", "三里河要清。", "同志们，第一要修路。"] {
            assert!(!is_counted(other), "{other}");
        }
    }
}
