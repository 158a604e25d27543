//! Heads that stand alone over words: `■ 昭觉县副县长 阿尔木呷`, `**王静**` over a list, `### 王静`.

use std::collections::HashSet;

use super::Head;
use super::label::{Known, Rule, head, judge};
use super::shape::{Form, Shape};
use crate::meeting::Reason;
use crate::reading::attribution::{Naming, People, ends_in_title, is_name_char, mentions_in};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, ends_sentence};

/// Takes lines that name somebody and nothing else, each over words, where there are several, or where the file's head
/// names the one.
pub fn settle(text: &str, blocks: &mut [Block], known: &Known) {
    let mut found: Vec<(usize, Head)> = Vec::new();
    let mut labels: HashSet<String> = HashSet::new();
    let mut certain = false;
    for index in 0..blocks.len().saturating_sub(1) {
        if !matches!(
            blocks[index].kind,
            Kind::Title | Kind::Heading | Kind::Paragraph | Kind::Furniture(Reason::Caption)
        ) || !has_words(text, &blocks[index + 1])
        {
            continue;
        }
        let by_office = || {
            (ends_sentence(blocks[index + 1].span.of(text)) && blocks[index].kind != Kind::Title)
                .then(|| lone_head(text, blocks[index].span))
                .flatten()
        };
        if let Some((head, is_known)) =
            set_off(text, &blocks[index], known).or_else(|| by_office().map(|head| (head, false)))
        {
            labels.insert(blocks[index].span.of(text).to_owned());
            certain |= is_known;
            found.push((index, head));
        }
    }
    if labels.len() < 2 && !certain {
        return;
    }
    for (index, head) in found {
        blocks[index].kind = Kind::Turn(head);
    }
}

fn has_words(text: &str, block: &Block) -> bool {
    match block.kind {
        Kind::Paragraph => true,
        // A short item of a list.
        Kind::Heading => block.span.start() > 0 && text[..block.span.start()].ends_with([' ', '•', '-']),
        _ => false,
    }
}

/// A name in bold, in a box, or in a Markdown heading; and whether the file's head gives it.
fn set_off(text: &str, block: &Block, known: &Known) -> Option<(Head, bool)> {
    let shape = Shape::of(text, block.span).filter(Shape::is_bare)?;
    let marked = text[..block.span.start()].ends_with("# ");
    let judged = judge(&shape, known);
    let is_known = judged.rule == Rule::Known;
    let person = judged.rule.is_person() && judged.rule != Rule::Familiar;
    let set_off = marked && block.kind != Kind::Title
        || shape.form != Form::Plain
        || is_known && matches!(block.kind, Kind::Heading);
    (set_off && person).then(|| (head(&shape, &judged), is_known))
}

/// An office and a name.
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
