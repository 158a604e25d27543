//! The window: the stretch of one remark that is shown, whole clauses, chosen by the evidence in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::evidence::{Evidence, Occurrence, Piece, PieceKind};
use super::weights::Weights;
use crate::question::Want;
use crate::text::{Folded, Span, clauses, ends_sentence, fold_str, is_closing_mark, is_opening_mark, rows};

/// A stretch of a remark with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Bytes of the passage's text.
    pub span: Span,
    /// The pieces of evidence in it.
    pub set: u64,
    /// How well it answers.
    pub score: f32,
}

static SIGNS: LazyLock<HashMap<Want, Vec<&'static str>>> = LazyLock::new(|| {
    let mut signs: HashMap<Want, Vec<&str>> = HashMap::new();
    for row in rows!("signs.tsv", 2) {
        match Want::from_word(row[0]) {
            Some(want) => signs.entry(want).or_default().push(row[1]),
            None => row.wrong("nothing that is wanted"),
        }
    }
    signs
});

/// The best window of a remark: at most `longest` characters.
pub fn best_window(
    text: &str,
    remark: Span,
    evidence: &Evidence,
    found: &[Occurrence],
    want: Want,
    longest: usize,
) -> Option<Window> {
    let weights = &evidence.weights;
    let units = units(text, remark, longest);
    let sets: Vec<u64> = units
        .iter()
        .map(|unit| {
            found
                .iter()
                .filter(|occurrence| unit.span.contains(occurrence.span))
                .fold(0, |set, occurrence| set | 1 << occurrence.piece)
        })
        .collect();
    let local = local_weights(evidence, found, units.first().map(|unit| unit.span), weights);
    let weigh = |set: u64| weight_of(set, &evidence.pieces, &local);
    // Words that stand for others of the question are not missed beside them.
    let total = evidence
        .pieces
        .iter()
        .zip(&local)
        .filter(|(piece, _)| piece.instead_of.is_none())
        .map(|(_, weight)| weight)
        .sum::<f32>()
        .max(1.0);
    // How much of what is asked stands nowhere in the passage but where it opens.
    let opening = found
        .iter()
        .filter(|occurrence| units.first().is_some_and(|unit| !unit.span.contains(occurrence.span)))
        .fold(0u64, |set, occurrence| set | 1 << occurrence.piece);
    let elsewhere = weigh(opening & !sets.first().copied().unwrap_or_default()) / total;
    let alone: Vec<f32> = sets.iter().map(|set| weigh(*set) / total).collect();
    let signed = signed(want, text, remark, &units);
    let marks: Vec<Marks> = units.iter().map(|unit| Marks::of(unit.span.of(text))).collect();
    let mut best: Option<Window> = None;
    for first in 0..units.len() {
        let mut set = 0;
        let mut has = false;
        let mut open = Marks::default();
        // The most evidence that one clause has.
        let mut peak: f32 = 0.0;
        for last in first..units.len() {
            let span = Span::new(units[first].span.start(), units[last].span.end());
            let chars = units[last].chars_before + units[last].chars - units[first].chars_before;
            if chars > longest {
                break;
            }
            set |= sets[last];
            let share = weigh(set) / total;
            has |= signed[last];
            open = open.then(marks[last]);
            peak = peak.max(alone[last]);
            let gains = [
                (true, share),
                (true, weights.focus * peak),
                (true, weights.fullness * chars as f32 / longest as f32),
                (units[first].starts, weights.full_start),
                (units[last].ends, weights.full_end),
                (has, weights.sign),
                (
                    want == Want::Definition && first == 0 && remark.start() == 0,
                    weights.definition,
                ),
                (first == 0 && remark.start() == 0, weights.opening * (1.0 - elsewhere)),
                (open.is_broken(), -weights.broken_quotation),
            ];
            let score = gains.iter().filter(|(holds, _)| *holds).map(|(_, gain)| gain).sum();
            if best.is_none_or(|best| score > best.score) {
                best = Some(Window { span, set, score });
            }
        }
    }
    best
}

/// What a set of pieces counts together: of words that are akin to another the nearest, and none beside the word itself.
fn weight_of(mut set: u64, pieces: &[Piece], local: &[f32]) -> f32 {
    let mut instead: Vec<(usize, f32)> = Vec::new();
    let (all, mut sum) = (set, 0.0);
    while set != 0 {
        let index = set.trailing_zeros() as usize;
        set &= set - 1;
        match pieces[index].instead_of {
            Some(_) if pieces[index].kind != PieceKind::Akin => sum += local[index],
            None => sum += local[index],
            Some(word) if all >> word & 1 == 1 => {}
            Some(word) => match instead.iter_mut().find(|(known, _)| *known == word) {
                Some((_, most)) => *most = most.max(local[index]),
                None => instead.push((word, local[index])),
            },
        }
    }
    sum + instead.iter().map(|(_, most)| most).sum::<f32>()
}

/// What each piece of evidence counts in one passage: less where the passage opens with it or holds it often, since it
/// is then meant all through it and tells little of where the answer stands.
fn local_weights(evidence: &Evidence, found: &[Occurrence], opening: Option<Span>, weights: &Weights) -> Vec<f32> {
    let mut counts = vec![0u32; evidence.pieces.len()];
    let mut opens = vec![false; evidence.pieces.len()];
    for occurrence in found {
        counts[occurrence.piece] += 1;
        opens[occurrence.piece] |= opening.is_some_and(|opening| opening.contains(occurrence.span));
    }
    evidence
        .pieces
        .iter()
        .zip(counts.iter().zip(&opens))
        .map(|(piece, (count, opens))| {
            let often = 1.0 + weights.again * count.saturating_sub(1) as f32;
            piece.weight * if *opens { weights.topic } else { 1.0 } / often
        })
        .collect()
}

/// Whether two stretches of a text stand beside each other and are short enough to be shown as one.
pub fn in_one_quote(text: &str, first: Span, next: Span, longest: usize) -> bool {
    let both = Span::new(first.start(), next.end());
    text[first.end()..next.start()].trim().is_empty() && both.of(text).chars().count() <= longest
}

/// The remark from its beginning on, in windows of whole sentences where they fit.
pub fn whole(text: &str, remark: Span, longest: usize) -> Vec<Span> {
    let units = units(text, remark, longest);
    let mut windows = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let fits = |last: &usize| units[*last].chars_before + units[*last].chars - units[at].chars_before <= longest;
        let last = (at..units.len()).take_while(fits).last().unwrap_or(at);
        let end = (at..=last).rev().find(|unit| units[*unit].ends).unwrap_or(last);
        windows.push(Span::new(units[at].span.start(), units[end].span.end()));
        at = end + 1;
    }
    windows
}

/// Where a remark counts its points, from the first to the end of the last: 一是…五是…, 第一,…第三,….
pub fn points(text: &str, remark: Span) -> Option<Span> {
    counted_points(text, remark).map(|(span, _)| span)
}

/// The same, with how many points there are.
pub fn counted_points(text: &str, remark: Span) -> Option<(Span, usize)> {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    /// What stands before and behind the numeral of a point.
    const MARKS: [(&str, &str); 5] = [("", "是"), ("", "要"), ("", "、"), ("", "方面"), ("第", "")];
    let words = remark.of(text);
    MARKS.iter().find_map(|(before, behind)| {
        // 党总支第一书记: a point opens its clause where nothing but its number tells it.
        let find = |from: usize, numeral: &str| {
            let mark = format!("{before}{numeral}{behind}");
            let mut places = words[from..].match_indices(&mark).map(|(at, _)| from + at);
            places.find(|at| before.is_empty() || !words[..*at].ends_with(char::is_alphanumeric))
        };
        let mut at = find(0, NUMERALS[0])?;
        let start = at;
        let mut count = 1;
        for numeral in &NUMERALS[1..] {
            let Some(next) = find(at, numeral) else { break };
            at = next;
            count += 1;
        }
        let last = crate::text::sentences(&words[at..])
            .first()
            .map_or(words.len(), |sentence| at + sentence.end());
        (count > 1).then(|| (Span::new(start, last).shifted(remark.start()), count))
    })
}

/// A clause of the remark.
struct Unit {
    span: Span,
    chars: usize,
    /// Characters of the remark before it.
    chars_before: usize,
    /// Whether it begins a sentence.
    starts: bool,
    /// Whether it ends one.
    ends: bool,
}

/// A remark with the mark right before or behind it whose partner stands in it: 《 of 《宇宙奇兵》, with which nothing is said.
fn with_marks(text: &str, remark: Span) -> Span {
    let marks = Marks::of(remark.of(text));
    let before = text[..remark.start()].chars().next_back();
    let behind = text[remark.end()..].chars().next();
    let opening = before.filter(|c| marks.lowest < 0 && opens(*c));
    let depth = marks.depth + i32::from(opening.is_some());
    let closing = behind.filter(|c| depth > 0 && closes(*c));
    Span::new(
        remark.start() - opening.map_or(0, char::len_utf8),
        remark.end() + closing.map_or(0, char::len_utf8),
    )
}

fn units(text: &str, remark: Span, longest: usize) -> Vec<Unit> {
    let remark = with_marks(text, remark);
    let words = remark.of(text);
    let mut units: Vec<Unit> = Vec::new();
    let mut starts = true;
    let (mut at, mut chars_before) = (0, 0);
    for clause in clauses(words) {
        for piece in fitting(words, clause, longest) {
            chars_before += words[at..piece.start()].chars().count();
            let chars = piece.of(words).chars().count();
            let ends = ends_sentence(piece.of(words)) || fold_str(piece.of(words)).ends_with(';');
            units.push(Unit {
                span: piece.shifted(remark.start()),
                chars,
                chars_before,
                starts,
                ends,
            });
            starts = ends;
            chars_before += chars;
            at = piece.end();
        }
    }
    if let Some(last) = units.last_mut() {
        last.ends = true;
    }
    units
}

/// A clause that is longer than a quote may be is cut where it must be.
fn fitting(words: &str, clause: Span, longest: usize) -> Vec<Span> {
    let longest = longest.max(1);
    if clause.len() <= longest {
        return vec![clause];
    }
    let mut cuts: Vec<usize> = clause
        .of(words)
        .char_indices()
        .step_by(longest)
        .map(|(at, _)| clause.start() + at)
        .collect();
    cuts.push(clause.end());
    cuts.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect()
}

/// Whether a mark opens a quotation or a bracket.
fn opens(c: char) -> bool {
    is_opening_mark(c) || matches!(c, '《' | '〈' | '（' | '【' | '〔' | '『')
}

/// Whether a mark closes one.
fn closes(c: char) -> bool {
    is_closing_mark(c) || matches!(c, '》' | '〉' | '）' | '】' | '〕' | '』')
}

/// The quotation marks and brackets of a stretch: how deep it ends, and how far below its beginning it came.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    depth: i32,
    lowest: i32,
}

impl Marks {
    fn of(words: &str) -> Marks {
        let mut marks = Marks::default();
        for c in words.chars().filter(|c| !c.is_ascii()) {
            if opens(c) {
                marks.depth += 1;
            } else if closes(c) {
                marks.depth -= 1;
                marks.lowest = marks.lowest.min(marks.depth);
            }
        }
        marks
    }

    /// The stretch and the one behind it.
    fn then(self, next: Marks) -> Marks {
        Marks {
            depth: self.depth + next.depth,
            lowest: self.lowest.min(self.depth + next.lowest),
        }
    }

    /// Whether a quotation is cut in two.
    fn is_broken(self) -> bool {
        self.depth != 0 || self.lowest < 0
    }
}

/// Which units of the remark hold a sign of what is asked for.
fn signed(want: Want, text: &str, remark: Span, units: &[Unit]) -> Vec<bool> {
    let Some(signs) = SIGNS.get(&want) else {
        return vec![false; units.len()];
    };
    let folded = Folded::new(remark.of(text), remark.start());
    let mut holds = vec![false; units.len()];
    for sign in signs {
        let (unit, counted) = sign.strip_prefix('#').map_or((*sign, false), |unit| (unit, true));
        for (at, found) in folded.text().match_indices(unit) {
            let before = folded.text()[..at].chars().next_back();
            if counted && !before.is_some_and(is_numeral) {
                continue;
            }
            let span = folded.original(Span::new(at, at + found.len()));
            if let Some(index) = units.iter().position(|unit| unit.span.contains(span)) {
                holds[index] = true;
            }
        }
    }
    holds
}

pub fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "零一二两三四五六七八九十百千万亿几数".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_remark_is_cut_between_sentences() {
        let text = "先把路修好。再把电接通,灯要亮。后年办客栈。";
        let windows = whole(text, Span::new(0, text.len()), 12);
        let cut: Vec<_> = windows.iter().map(|window| window.of(text)).collect();
        assert_eq!(cut, ["先把路修好。", "再把电接通,灯要亮。", "后年办客栈。"]);
    }

    #[test]
    fn signs_need_their_number() {
        let has = |want, text: &str| {
            let remark = Span::new(0, text.len());
            signed(want, text, remark, &units(text, remark, 100)).contains(&true)
        };
        assert!(has(Want::HowMany, "新建三家客栈"));
        assert!(!has(Want::HowMany, "大家都来"));
        assert!(has(Want::When, "５月办好"));
    }

    #[test]
    fn a_quotation_is_cut_where_either_half_is_missing() {
        let broken = |words: &str| Marks::of(words).is_broken();
        assert!(!broken("他说“修路”和“通电”") && broken("他说“修路") && broken("修路”,“通电"));
        assert!(!Marks::of("他说“修").then(Marks::of("路”")).is_broken());
    }

    #[test]
    fn a_mark_that_stands_outside_goes_with_its_partner() {
        let whole_of =
            |text: &str, start: usize, end: usize| whole(text, Span::new(start, end), 100)[0].of(text).to_owned();
        let text = "《路书》是一本书。";
        assert_eq!(whole_of(text, "《".len(), text.len()), text);
        let text = "他说：“先修路。”";
        assert_eq!(whole_of(text, "他说：“".len(), text.len() - "”".len()), "先修路。");
        let text = "（先修路（三年））";
        assert_eq!(whole_of(text, "（".len(), text.len() - "））".len()), "先修路（三年）");
    }

    proptest! {
        #[test]
        fn windows_fit_and_lie_inside(text in "[路电灯。\u{ff0c},“”a ]{0,120}", longest in 1usize..60) {
            let remark = Span::new(0, text.len());
            let mut at = 0;
            for window in whole(&text, remark, longest) {
                prop_assert!(window.start() >= at && window.of(&text).chars().count() <= longest);
                at = window.end();
            }
            if let Some(best) = best_window(&text, remark, &Evidence::default(), &[], Want::Words, longest) {
                prop_assert!(remark.contains(best.span) && best.span.of(&text).chars().count() <= longest);
            }
        }
    }
}
