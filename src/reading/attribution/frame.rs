//! A frame: subject, cue, and where the words begin that the cue reports.
//!
//! For each cue of a stretch of prose: where its words would begin ([`content`](super::content)), who may be its subject
//! ([`subject`](super::subject)), and whether something speaks against it ([`veto`](super::veto)). What is left is a frame,
//! with the name of the rule that found its subject. Clauses that announce words without a cue come last
//! ([`announce`](super::announce)).

use super::announce::announcements;
use super::content::{Content, Mark, content_of};
use super::lexicon::Lexicon;
use super::mention::Naming;
use super::persons::PERSONS;
use super::subject::{Context, Found, Subject};
use super::veto::{Candidate, veto};
use crate::meeting::SpeakerRule;
use crate::text::{Span, last_clause};

/// One reporting frame in a stretch of prose. Spans are bytes of the folded paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who speaks.
    pub subject: Subject,
    /// Where the frame's own words begin: the subject's clause.
    pub start: usize,
    /// The cue with what belongs to it (说到).
    pub cue: Span,
    /// Where the reported words begin.
    pub content: usize,
    /// What stands between cue and words.
    pub mark: Mark,
    /// The rule that found the subject.
    pub rule: SpeakerRule,
}

/// The frames in the stretch `range` of the context's paragraph, in order.
pub fn frames(context: &Context<'_>, range: Span) -> Vec<Frame> {
    let text = context.text;
    let mut found: Vec<Frame> = Vec::new();
    let hidden = without_names(context, range);
    // Mentions are in order and apart: those before a cue are passed once.
    let mut mentions = context.mentions.iter().peekable();
    for (cue, entry) in Lexicon::shared().cues_in(&hidden) {
        let cue = cue.shifted(range.start());
        while mentions.next_if(|mention| mention.span.end() <= cue.start()).is_some() {}
        if mentions.peek().is_some_and(|mention| mention.span.overlaps(cue)) {
            continue;
        }
        let Some(content) = told_to(context, cue, range).or_else(|| content_of(text, cue, range.end(), entry.opening))
        else {
            continue;
        };
        let Some(Found { subject, start, rule }) = context.subject_of(cue) else {
            continue;
        };
        let candidate = Candidate {
            context,
            range,
            cue,
            opening: entry.opening,
            content,
            subject,
            start,
            before: found.last(),
        };
        if veto(&candidate).is_none() {
            found.push(Frame {
                subject,
                start,
                cue: Span::new(cue.start(), content.cue_end),
                content: words_of_decision(text, cue, content).unwrap_or(content.start),
                mark: content.mark,
                rule,
            });
        }
    }
    found.extend(announcements(context, range, &found));
    found.sort_by_key(|frame| frame.cue);
    widen(context, &mut found, range);
    found
}

/// Where the words begin that somebody tells a person by name or a body: 告诉邹岚,…, 叮嘱随行的县水利局局长邹岚,…, 要求县水利局,….
fn told_to(context: &Context<'_>, cue: Span, range: Span) -> Option<Content> {
    /// Longest name for whoever is told, in characters.
    const LONGEST: usize = 24;
    let text = context.text;
    if !PERSONS.told.contains(&cue.of(text)) {
        return None;
    }
    let rest = &text[cue.end()..range.end()];
    let hearer = cue.end() + rest.find([',', ':'])?;
    let heard = &text[cue.end()..hearer];
    let lexicon = Lexicon::shared();
    let named = context
        .mentions
        .iter()
        .any(|mention| mention.span.end() == hearer && mention.span.start() >= cue.end());
    let group = lexicon
        .groups
        .suffix(heard.strip_suffix('们').unwrap_or(heard))
        .is_some();
    let body = lexicon.organs.suffix(heard).is_some() && context.names.is_noun_phrase(heard);
    let fits = !heard.is_empty()
        && heard.chars().count() <= LONGEST
        && heard.chars().all(|c| super::is_name_char(c) || c == '、' || c == '·');
    let colon = text[hearer..].starts_with(':');
    // 要求严格管理,…: only who is asked by name or as a body is told.
    let told = named || group && cue.of(text) != "要求" || body;
    (fits && told).then(|| Content {
        cue_end: hearer,
        start: hearer + 1,
        mark: if colon { Mark::ObjectColon } else { Mark::Object },
    })
}

/// Where the words of a meeting begin that agrees to something: with the agreement itself (会议审议并|原则同意该方案).
fn words_of_decision(text: &str, cue: Span, content: Content) -> Option<usize> {
    let agrees = ["原则同意", "一致同意", "同意"]
        .into_iter()
        .find(|word| cue.of(text).ends_with(word))?;
    (content.mark == Mark::None).then(|| cue.end() - agrees.len())
}

/// The stretch with names hidden, so that no word is found that begins in one: 王宏|新希望.
fn without_names(context: &Context<'_>, range: Span) -> String {
    let mut hidden = String::with_capacity(range.len());
    let mut at = range.start();
    let first = context.mentions.partition_point(|mention| mention.span.end() <= at);
    let behind = context.mentions[first..].iter();
    for mention in behind.take_while(|mention| mention.span.start() < range.end()) {
        if let Naming::Name(name) = mention.naming
            && name.start() >= at
            && name.end() <= range.end()
        {
            hidden.push_str(&context.text[at..name.start()]);
            hidden.extend(std::iter::repeat_n('_', name.len()));
            at = name.end();
        }
    }
    hidden.push_str(&context.text[at..range.end()]);
    hidden
}

/// Takes into each frame the adverbial clauses before its subject (围绕今后工作开展,…部长表示), back to the sentence's start.
fn widen(context: &Context<'_>, frames: &mut [Frame], range: Span) {
    let mut floor = range.start();
    for frame in frames.iter_mut() {
        let before = &context.text[floor..frame.start.max(floor)];
        let sentence = before
            .char_indices()
            .rev()
            .find(|(_, c)| matches!(c, '。' | '!' | '?' | '…' | '\n' | ';'))
            .map_or(floor, |(at, c)| floor + at + c.len_utf8());
        let lead = &context.text[sentence..frame.start.max(sentence)];
        let only_lead = lead.chars().count() <= 80
            && (super::adverbial::is_thin(lead)
                || sentence == range.start()
                || frame.subject != Subject::Inherited && sentence != floor);
        let clause = sentence + last_clause(lead);
        frame.start = if only_lead { sentence } else { clause };
        floor = frame.content;
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::told;

    #[test]
    fn whoever_is_told_is_no_part_of_the_words() {
        for sentence in [
            "县长邹岚转头叮嘱随行的县水利局局长丘福生，今晚就把料送到。",
            "县长邹岚当即要求农科局，今晚就把料送到。",
            "县长邹岚随即交待丘福生和村委会干部，今晚就把料送到。",
        ] {
            let text = format!("松溪县走访\n\n5月20日，大家到村里走访。\n\n{sentence}\n");
            assert_eq!(told(&text), ["邹岚 今晚就把料送到。"], "{sentence}");
        }
        let text = "松溪县走访\n\n5月20日，大家到村里走访。\n\n县长邹岚要求抓紧施工，今晚就把料送到。\n";
        assert_eq!(told(text), ["邹岚 抓紧施工，今晚就把料送到。"]);
    }
}
