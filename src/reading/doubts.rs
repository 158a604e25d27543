//! What an admin should look at in a file that was understood: who may not be who we say.

use std::collections::{HashMap, HashSet};

use super::attribution::{is_cue, is_name_char};
use super::layout::{Block, Kind};
use crate::gazetteer::County;
use crate::meeting::{Doubt, DoubtKind, Remark, SpeakerRule};
use crate::text::{Span, fold_lines, fold_str};

/// Fewest turns of a transcript.
const TRANSCRIPT: usize = 3;
/// Longest label of a turn, in characters.
const LONGEST_LABEL: usize = 8;

/// The doubts about a file's remarks, in the order of the file.
pub fn doubts(text: &str, blocks: &[Block], remarks: &[Remark]) -> Vec<Doubt> {
    let mut found = about_speakers(text, remarks);
    found.extend(unread_heads(text, blocks));
    found.sort_by_key(|doubt| doubt.span);
    found
}

/// Speakers who are named once and without an office, two of one name, and counties of no list.
fn about_speakers(text: &str, remarks: &[Remark]) -> Vec<Doubt> {
    let folded = fold_lines(text);
    let mut found = Vec::new();
    // Who has spoken, for which county, and who of one name is told of already.
    let mut counties: HashMap<&str, Option<&County>> = HashMap::new();
    let mut same: HashSet<&str> = HashSet::new();
    let mut unlisted: HashSet<&str> = HashSet::new();
    for remark in remarks {
        let mut doubt = |kind| {
            found.push(Doubt {
                span: remark.span,
                kind,
            })
        };
        let (Some(speaker), Some(why)) = (remark.voice.speaker(), remark.why) else {
            continue;
        };
        if let Some(county) = speaker.county.as_ref().filter(|county| county.code().is_none())
            && unlisted.insert(county.name())
        {
            doubt(DoubtKind::UnlistedCounty(county.name().to_owned()));
        }
        let Some(name) = speaker.name.as_deref() else { continue };
        let county = speaker.county.as_ref();
        if let Some(known) = counties.get(name) {
            if *known != county && same.insert(name) {
                doubt(DoubtKind::SameName(name.to_owned()));
            }
            continue;
        }
        counties.insert(name, county);
        let by_prose = matches!(
            why.speaker,
            SpeakerRule::PersonBeforeCue
                | SpeakerRule::NewNameBeforeCue
                | SpeakerRule::NewNameBehindNoun
                | SpeakerRule::BesideTheWords
                | SpeakerRule::ColonBeforeQuotation
                | SpeakerRule::Announcement
        );
        if by_prose && speaker.office.is_none() && folded.matches(&fold_str(name)).count() == 1 {
            doubt(DoubtKind::NamedOnce(name.to_owned()));
        }
    }
    found
}

/// Lines of a transcript that look like a turn's head, `邹岚:好。`, and were read as more of the turn before.
fn unread_heads(text: &str, blocks: &[Block]) -> Vec<Doubt> {
    let is_turn = |block: &Block| matches!(block.kind, Kind::Turn(_));
    let (Some(first), Some(last)) = (blocks.iter().position(is_turn), blocks.iter().rposition(is_turn)) else {
        return Vec::new();
    };
    if blocks.iter().filter(|block| is_turn(block)).count() < TRANSCRIPT {
        return Vec::new();
    }
    blocks[first..last]
        .iter()
        .filter(|block| block.kind == Kind::Paragraph)
        .filter_map(|block| {
            let folded = block.folded(text);
            let (label, words) = folded.text().split_once(':')?;
            let length = label.chars().count();
            let looks_like_head = (2..=LONGEST_LABEL).contains(&length)
                && label.chars().all(is_name_char)
                && !words.trim().is_empty()
                && !is_cue(label);
            looks_like_head.then(|| Doubt {
                span: folded.original(Span::new(0, label.len())),
                kind: DoubtKind::UnreadHead(label.to_owned()),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::meeting::DoubtKind;
    use crate::reading::{Document, understand};

    fn doubts(text: &str) -> Vec<DoubtKind> {
        let report = understand(&Document::plain(text), "a.txt");
        report.doubts.into_iter().map(|doubt| doubt.kind).collect()
    }

    #[test]
    fn who_is_named_once_and_nothing_else_is_known_of() {
        let once = "护林会召开\n\n3月5日，护林会召开。汪银生说：“路不好走。”\n";
        assert_eq!(doubts(once), [DoubtKind::NamedOnce("汪银生".to_owned())]);
        let known = "护林会召开\n\n3月5日，护林会召开。镇长汪银生说：“路不好走。”\n";
        assert!(doubts(known).is_empty());
        let twice = "护林会召开\n\n3月5日，护林会召开。汪银生说：“路不好走。”汪银生又说：“桥也要修。”\n";
        assert!(doubts(twice).is_empty());
    }

    #[test]
    fn two_of_one_name_and_a_county_of_no_list() {
        let two = "座谈会召开\n\n舒城县水利局局长王静说，先修路。乾县水利局局长王静说，先修渠。舒城县水利局局长王静又说，再装灯。\n";
        assert_eq!(doubts(two), [DoubtKind::SameName("王静".to_owned())]);
        let one = "座谈会召开\n\n舒城县水利局局长王静说，先修路。王静还说，再修渠。\n";
        assert!(doubts(one).is_empty());
        let unlisted = "座谈会召开\n\n青禾县水利局局长王静说，先修路。青禾县水利局局长王静又说，再修渠。\n";
        assert_eq!(doubts(unlisted), [DoubtKind::UnlistedCounty("青禾县".to_owned())]);
    }

    #[test]
    fn a_line_that_looks_like_a_head_and_was_read_as_none() {
        let talk = "护林会记录\n\n邹岚：先说路。\n丘福生：行。\n停靠点：先修龙潭。\n邹岚：好。\n";
        assert_eq!(doubts(talk), [DoubtKind::UnreadHead("停靠点".to_owned())]);
        let plain = "护林会记录\n\n邹岚：先说路。\n丘福生：行。\n先修龙潭。\n邹岚：好。\n";
        assert!(doubts(plain).is_empty());
    }
}
