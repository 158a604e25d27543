//! Which lines are turns, over the whole file: repeated heads, names that a list gives, heads that stand alone.

use std::collections::{HashMap, HashSet};

use super::Head;
use crate::reading::attribution::{Naming, People, ends_in_title, is_name_char, mentions_in};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, fold_str};

/// Decides over the whole file which lines are turns: a head that stands alone in it may be prose, and names that a list
/// of those present gives are heads whatever they look like (成立:…, 王静答:…).
pub fn settle(text: &str, blocks: &mut [Block]) {
    let heads: HashMap<String, usize> = blocks.iter().fold(HashMap::new(), |mut counted, block| {
        if let Kind::Turn(head) = &block.kind {
            *counted.entry(fold_str(name_of(text, head))).or_default() += 1;
        }
        counted
    });
    let total: usize = heads.values().sum();
    let sure = blocks
        .iter()
        .any(|block| matches!(&block.kind, Kind::Turn(head) if head.sure));
    for block in blocks.iter_mut() {
        let Kind::Turn(head) = &block.kind else { continue };
        let name = name_of(text, head);
        let repeated = heads.get(&fold_str(name)).is_some_and(|count| *count > 1);
        let supported =
            head.sure || repeated || sure || total > 2 || (total > 1 && text.matches(name).nth(1).is_some());
        if !supported {
            block.kind = Kind::Paragraph;
        }
    }
    let known = known_names(text, blocks);
    for block in blocks.iter_mut() {
        if matches!(block.kind, Kind::Paragraph | Kind::Heading)
            && let Some(head) = known_head(text, block.span, &known)
        {
            block.kind = Kind::Turn(head);
        }
    }
    alone(text, blocks);
}

fn name_of<'t>(text: &'t str, head: &Head) -> &'t str {
    head.name.or(head.office).map_or("", |span| span.of(text))
}

/// Names with offices, and those in lists, as the file gives them before its turns.
fn known_names(text: &str, blocks: &[Block]) -> HashSet<String> {
    let mut known: HashSet<String> = crate::reading::roster::roster(text, blocks)
        .into_iter()
        .map(|entry| fold_str(entry.name.of(text)))
        .collect();
    for block in blocks {
        match &block.kind {
            Kind::Label { value, .. } => {
                let folded = fold_str(value.of(text));
                for mention in mentions_in(&folded, &People::default()) {
                    if let Naming::Name(name) = mention.naming {
                        known.insert(name.of(&folded).to_owned());
                    }
                }
            }
            Kind::Turn(head) => {
                known.extend(head.name.map(|name| fold_str(name.of(text))));
            }
            _ => {}
        }
    }
    known
}

/// `王静:…`, `王静答:…` with a name that is known, and `某报记者问:…`.
fn known_head(text: &str, span: Span, known: &HashSet<String>) -> Option<Head> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    let colon = line.find(':')?;
    let head = &line[..colon];
    let bare = head.trim_end_matches(['答', '问', '说', ' ']);
    let asks = head.len() > bare.len();
    let is_reporter = bare.ends_with("记者") && asks;
    if !known.contains(bare) && !is_reporter || bare.is_empty() {
        return None;
    }
    let words = folded.original(Span::new(colon + 1, line.len())).trimmed(text);
    // A cue and a quotation: 王静说:“…” is prose.
    if head.ends_with('说') && words.of(text).starts_with(['“', '"', '「']) {
        return None;
    }
    let named = folded.original(Span::new(0, bare.len()));
    Some(Head {
        name: (!is_reporter).then_some(named),
        office: is_reporter.then_some(named),
        words,
        sure: true,
    })
}

/// Lines that name somebody with an office and nothing else, each before prose (■ 昭觉县副县长 阿尔木呷): heads, where
/// there are several.
fn alone(text: &str, blocks: &mut [Block]) {
    let mut found: Vec<(usize, Head)> = Vec::new();
    for index in 0..blocks.len().saturating_sub(1) {
        let prose_follows = matches!(blocks[index + 1].kind, Kind::Paragraph)
            && crate::text::ends_sentence(blocks[index + 1].span.of(text));
        if prose_follows
            && matches!(blocks[index].kind, Kind::Heading | Kind::Paragraph)
            && let Some(head) = lone_head(text, blocks[index].span)
        {
            found.push((index, head));
        }
    }
    if found.len() < 2 {
        return;
    }
    for (index, head) in found {
        blocks[index].kind = Kind::Turn(head);
    }
}

fn lone_head(text: &str, span: Span) -> Option<Head> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    let lead = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let bare = &line[lead..];
    let words = Span::new(span.end(), span.end());
    let shift = |part: Span| folded.original(Span::new(lead + part.start(), lead + part.end()));
    let mentions = mentions_in(bare, &People::default());
    if let [mention] = mentions.as_slice()
        && mention.span == Span::new(0, bare.len())
        && let (Naming::Name(name), Some(office)) = (mention.naming, mention.office)
    {
        return Some(Head {
            name: Some(shift(name)),
            office: Some(shift(office)),
            words,
            sure: true,
        });
    }
    // An office, a space, and a name of whatever shape.
    let (office, name) = bare.rsplit_once(' ')?;
    let is_name = (2..=8).contains(&name.chars().count()) && name.chars().all(|c| c == '·' || is_name_char(c));
    let office = office.trim_end();
    (is_name && ends_in_title(office) && !office.contains([',', '。'])).then(|| Head {
        name: Some(shift(Span::new(bare.len() - name.len(), bare.len()))),
        office: Some(shift(Span::new(0, office.len()))),
        words,
        sure: true,
    })
}
