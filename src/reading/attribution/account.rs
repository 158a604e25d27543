//! Accounts: between a speaker's cued words a report goes on giving what the speaker said, without a cue and with the
//! speaker's county as the subject (今年,白水要建两座冷库).

use super::lexicon::Lexicon;
use super::mention::{Mention, Naming};
use crate::gazetteer::{County, Division, Gazetteer, ranked_form, short_form};
use crate::text::{Span, ends_sentence, rows, sentences};
use std::cell::LazyCell;
use std::sync::LazyLock;

/// What may stand before the county at such a sentence's beginning.
static LEADS: LazyLock<Vec<&'static str>> = LazyLock::new(|| rows!("account_leads.tsv", 1).map(|row| row[0]).collect());

/// Longest clause of time at a sentence's beginning, in characters.
const LONGEST_TIME: usize = 10;

/// What a county's people call it without its name.
const OWN: [&str; 8] = ["全县", "全市", "全区", "全旗", "县里", "市里", "区里", "旗里"];

/// The stretch of `gap` (bytes of the folded paragraph `text`) that gives the account of somebody who speaks for
/// `county`: from the first sentence with the county as its subject up to one that tells of a person or of the meeting.
/// `spoken` where somebody has spoken before the gap; otherwise a sentence that names the speaker must come first.
pub fn account(text: &str, gap: Span, county: &County, mentions: &[Mention], spoken: bool) -> Option<Span> {
    // Behind a quotation stands its closing mark.
    let lead = gap.of(text).find(|c: char| c.is_alphanumeric())?;
    let gap = Span::new(gap.start() + lead, gap.end());
    let within = gap.of(text);
    let forms = LazyCell::new(|| forms_of(county));
    let mut begins = None;
    let mut introduced = spoken;
    let mut end = gap.start();
    for sentence in sentences(within) {
        let span = sentence.shifted(gap.start());
        let words = span.of(text).trim();
        let tells_of_somebody = mentions.iter().any(|mention| {
            mention.span.overlaps(span) && (mention.naming != Naming::Office || mention.span.start() == span.start())
        }) || words.contains(['他', '她'])
            || words.contains("记者")
            || Lexicon::shared().narration.prefix(words).is_some();
        // What has no full stop leads to the words behind it.
        if tells_of_somebody || !ends_sentence(words) {
            introduced |= mentions
                .iter()
                .any(|mention| matches!(mention.naming, Naming::Name(_)) && span.contains(mention.span));
            if begins.is_some() {
                break;
            }
            continue;
        }
        if begins.is_none() && introduced && is_of(words, &forms) {
            begins = Some(span.start());
        }
        if begins.is_some() {
            end = span.end();
        }
    }
    begins.map(|start| Span::new(start, end).trimmed(text))
}

/// Whether a sentence has the county that these forms name as its subject.
fn is_of(sentence: &str, forms: &[String]) -> bool {
    let mut rest = sentence;
    // 到2027年, 今冬明春,: when it is.
    if let Some((lead, behind)) = rest.split_once(',')
        && lead.chars().count() <= LONGEST_TIME
        && lead.contains(['年', '月', '日', '春', '夏', '秋', '冬', '季', '底'])
    {
        rest = behind;
    }
    while let Some(lead) = LEADS.iter().find(|lead| rest.starts_with(**lead)) {
        rest = rest[lead.len()..].trim_start_matches(',');
    }
    let behind = forms.iter().find_map(|form| rest.strip_prefix(form.as_str()));
    match behind {
        // 白水的苹果: it is spoken of, by whom the sentence does not say.
        Some(behind) => !behind.starts_with(['的', '、', '和', '与', '等']),
        None => OWN.iter().any(|own| rest.starts_with(own)),
    }
}

/// What a county is called: its names, older and other ones too, and their short forms.
fn forms_of(county: &County) -> Vec<String> {
    let gazetteer = Gazetteer::shared();
    let division = county.code().and_then(|code| gazetteer.get(code));
    let names = division.into_iter().flat_map(Division::names);
    let mut forms: Vec<String> = std::iter::once(county.name()).chain(names).map(str::to_owned).collect();
    for index in 0..forms.len() {
        forms.extend(short_form(&forms[index]));
        forms.extend(ranked_form(&forms[index]));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    fn of(text: &str) -> &str {
        let county = Gazetteer::shared().county("白水县", &[]).expect("it is listed");
        account(text, Span::new(0, text.len()), &county, &[], true).map_or("", |span| span.of(text))
    }

    #[test]
    fn the_countys_own_sentences_are_its_speakers() {
        assert_eq!(of("”白水今年要建两座冷库。她还说,"), "白水今年要建两座冷库。");
        assert_eq!(
            of("掌声响了起来。今年,白水要建两座冷库。果农不用再愁。"),
            "今年,白水要建两座冷库。果农不用再愁。"
        );
        assert_eq!(of("到2027年,白水县将建成果库。"), "到2027年,白水县将建成果库。");
        assert_eq!(of("全县已有果园五十万亩。他还说,"), "全县已有果园五十万亩。");
    }

    #[test]
    fn what_is_told_of_it_is_the_reporters() {
        assert_eq!(of("白水的苹果闻名全国。"), "");
        assert_eq!(of("参观的人看了白水的果园。"), "");
        assert_eq!(of("白水县长期以来,"), "");
    }
}
