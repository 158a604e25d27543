//! Whether words in quotation marks are speech, or a term, a title, a slogan.

use super::dialogue::opens_report;
use super::lexicon::Lexicon;
use crate::text::{Quotation, ends_sentence, is_clause_mark, is_sentence_mark};

/// Longest term in quotation marks, in characters, that may begin a reported clause.
const LONGEST_TERM: usize = 10;

/// Whether a quotation is speech and not a term, a title or a slogan.
pub fn is_speech(text: &str, quotation: &Quotation) -> bool {
    let inner = quotation.inner.of(text).trim();
    let length = inner.chars().count();
    if length == 0 {
        return false;
    }
    let before = text[..quotation.outer.start()].trim_end();
    let after = text[quotation.outer.end()..].trim_start();
    let on_banner = [
        "标语",
        "横幅",
        "写着",
        "题为",
        "主题为",
        "主题是",
        "口号",
        "标题为",
        "印着",
        "刻着",
        "贴着",
        "挂着",
        "打出",
        "以",
        "为",
        "主题",
        "名为",
        "唱响",
        "高呼",
        "叫做",
        "称为",
        "被称为",
    ]
    .iter()
    .any(|word| before.trim_end_matches([':', ',']).ends_with(word));
    if on_banner && !after_is_frame(after) {
        return false;
    }
    // …回应:“一次告知”明年推行;…: a term at the beginning of what is reported.
    let begins_clause = quotation.closed
        && length <= LONGEST_TERM
        && !inner.contains(is_clause_mark)
        && after.chars().next().is_some_and(char::is_alphanumeric)
        && !after_is_frame(after);
    if before.ends_with(':') && begins_clause {
        return false;
    }
    let cued = before.ends_with([':', ',']) && cue_ends(before.trim_end_matches([':', ',']));
    if before.ends_with(':') && (cued || ends_sentence(inner)) {
        return true;
    }
    let at_start = opens_report(before) || ends_sentence(before) || before.ends_with(['”', '’', '"']);
    let followed_by_words = after
        .chars()
        .next()
        .is_some_and(|c| !is_clause_mark(c) && c != '、' && c != '的');
    if inner.ends_with(',') {
        return at_start || cued;
    }
    if inner.ends_with(is_sentence_mark) || inner.ends_with(';') {
        return length >= 4 && (at_start || cued || !followed_by_words || !embedded(before));
    }
    let goes_on = after.chars().next().is_some_and(|c| !is_clause_mark(c));
    let is_term = quotation.closed && goes_on && !before.ends_with(':') && !inner.contains([',', ';', '。', '!', '?']);
    if cued && length >= 4 {
        return !is_term;
    }
    if !quotation.closed {
        return length >= 10;
    }
    // Without a mark of its own: a stretch of clauses at the sentence's start, or right behind a cue.
    let clauses = inner.chars().filter(|c| matches!(c, ',' | ';' | '。')).count();
    let right_behind_cue = cue_ends(before) && clauses > 0;
    (at_start && followed_by_words && length >= 8 && (clauses > 0 || after_is_frame(after)))
        || (right_behind_cue && length >= 10)
        || (at_start && clauses > 1 && length >= 20)
}

/// Whether a term could stand here: right behind words of its own clause that are no cue.
fn embedded(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| !is_clause_mark(c)) && !cue_ends(before)
}

fn cue_ends(before: &str) -> bool {
    let tail_start = before.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
    let tail = &before[tail_start..];
    let lexicon = Lexicon::shared();
    lexicon.cues_in(tail).any(|(span, _)| {
        // 最大的体会是“…”: a term within somebody's words.
        if span.of(tail).starts_with('的') {
            return false;
        }
        let rest = &tail[span.end()..];
        rest.is_empty()
            || rest.chars().count() <= 6
                && rest
                    .chars()
                    .all(|c| "说道到称了着过出记者笔者我们大家几点三四两意见要求希望建议一".contains(c))
    })
}

fn after_is_frame(after: &str) -> bool {
    let clause = &after[..after.find(is_clause_mark).unwrap_or(after.len())];
    clause.chars().count() <= 40 && Lexicon::shared().cues_in(clause).next().is_some()
}
