//! Records of several reports as cards: `单位:县水利局`, `发言人:王静(局长)`, `要点:…`, `存在问题:…`. What stands behind the labels of a card
//! that tell what is reported is said by whom the card names.

use super::{Head, bare_key, cell_head, end_before, may_be_labelled};
use crate::reading::attribution::{ends_in_title, shaped_like_name};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, words_by_kind};

words_by_kind! {
    /// The words of `cards.tsv`, by kind.
    static CARDS: Cards = "cards.tsv" {
        /// Who reports.
        speaker,
        /// For whom; a new card where one is open.
        unit,
        /// What is reported.
        content,
        /// How other labels of what is reported end.
        ends,
    }
}

/// Fewest cards that make a record.
const FEWEST: usize = 2;
/// Longest label, in characters.
const LONGEST: usize = 8;

/// What a line of a card is.
enum Line {
    /// Who reports, with the office.
    Speaker(Span, Option<Span>),
    /// For whom, or the first line of another card.
    Unit,
    /// What is reported.
    Content,
}

/// Makes turns of what stands on the cards of a record of reports; other papers stay as they are.
pub fn settle(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let lines: Vec<Option<(Line, String, Span)>> = blocks.iter().map(|block| line(text, block)).collect();
    let is_speaker = |at: usize| matches!(lines[at], Some((Line::Speaker(..), ..)));
    let is_content = |at: usize| matches!(lines.get(at), Some(Some((Line::Content, ..))));
    let cards = (0..lines.len())
        .filter(|at| is_speaker(*at) && is_content(at + 1))
        .count();
    if cards < FEWEST {
        return headed(text, blocks, &lines);
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut speaker: Option<(Span, Option<Span>)> = None;
    for (mut block, line) in blocks.into_iter().zip(lines) {
        match line {
            Some((Line::Speaker(name, office), key, value)) => {
                speaker = Some((name, office));
                block.kind = Kind::Label { key, value };
            }
            Some((Line::Unit, key, value)) => {
                speaker = None;
                block.kind = Kind::Label { key, value };
            }
            Some((Line::Content, _, value)) if speaker.is_some() && !value.is_empty() => {
                block.kind = Kind::Turn(Head {
                    name: speaker.map(|(name, _)| name),
                    office: speaker.and_then(|(_, office)| office),
                    words: value,
                    sure: true,
                });
            }
            _ => {
                // A rule between cards, a heading, a line of its own behind the last card.
                let gap = out.last().map_or("", |before| {
                    &text[before.span.end().min(block.span.start())..block.span.start()]
                });
                let ruled = gap.matches('\n').count() > 1 || gap.contains(['-', '=', '—', '_']);
                let words = block.span.of(text).contains(char::is_alphanumeric);
                if speaker.is_some() && (matches!(block.kind, Kind::Heading | Kind::Title) || !words || ruled) {
                    speaker = None;
                    if block.kind == Kind::Paragraph {
                        out.push(end_before(&block));
                    }
                }
            }
        }
        out.push(block);
    }
    out
}

/// 汇报人:总会计师 王静 over paragraphs, several times in a paper: each heads the words below.
fn headed(text: &str, mut blocks: Vec<Block>, lines: &[Option<(Line, String, Span)>]) -> Vec<Block> {
    let over_words = |at: usize| {
        let below = blocks.get(at + 1);
        lines.get(at + 1).is_some_and(Option::is_none)
            && below
                .is_some_and(|below| below.kind == Kind::Paragraph && crate::text::ends_sentence(below.span.of(text)))
    };
    let heads: Vec<(usize, Head)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| match line {
            Some((Line::Speaker(name, office), ..)) if over_words(at) => Some((
                at,
                Head {
                    name: Some(*name),
                    office: *office,
                    words: Span::new(blocks[at].span.end(), blocks[at].span.end()),
                    sure: true,
                },
            )),
            _ => None,
        })
        .collect();
    if heads.len() >= FEWEST {
        for (at, head) in heads {
            blocks[at].kind = Kind::Turn(head);
        }
    }
    blocks
}

/// The line of a card that a block is, with its label and what stands behind it.
fn line(text: &str, block: &Block) -> Option<(Line, String, Span)> {
    if !may_be_labelled(block) {
        return None;
    }
    let folded = Folded::new(block.span.of(text), block.span.start());
    let words = folded.text();
    let colon = words.find(':')?;
    let value = folded.original(Span::new(colon + 1, words.len())).trimmed(text);
    let key = bare_key(&words[..colon]);
    // 【1】单位:, 2】单位:, (三)发言人:
    let key = key
        .rsplit(['】', ']', ')', '.', '、', '>'])
        .next()
        .unwrap_or_default()
        .to_owned();
    if key.is_empty() || key.chars().count() > LONGEST {
        return None;
    }
    let line = match () {
        () if CARDS.speaker.contains(&key.as_str()) => {
            let (name, office) = who(text, value)?;
            Line::Speaker(name, office)
        }
        () if CARDS.unit.contains(&key.as_str()) => Line::Unit,
        () if CARDS.content.contains(&key.as_str()) || CARDS.ends.iter().any(|end| key.ends_with(end)) => Line::Content,
        () => return None,
    };
    Some((line, key, value))
}

/// The one person whom the words behind a label name: 王静, 王静(局长), 县水利局局长王静, 王静(2月到任).
fn who(text: &str, value: Span) -> Option<(Span, Option<Span>)> {
    let folded = Folded::new(value.of(text), value.start());
    let words = folded.text();
    let (bare, inside) = match words.find('(') {
        Some(open) => (words[..open].trim_end(), words[open + 1..].strip_suffix(')')),
        None => (words.trim_end(), None),
    };
    if bare.contains(['、', ',', ';', '。']) {
        return None;
    }
    let bare = folded.original(Span::new(0, bare.len())).trimmed(text);
    let head = cell_head(text, bare, None, Span::new(value.end(), value.end()));
    let name = head.name?;
    let is_name = shaped_like_name(Folded::new(name.of(text), name.start()).text())
        || super::naming::is_strange_name(name.of(text));
    let office = inside.filter(|inside| ends_in_title(inside)).map(|inside| {
        let at = words.find('(').map_or(0, |open| open + 1);
        folded.original(Span::new(at, at + inside.len())).trimmed(text)
    });
    is_name.then_some((name, office.or(head.office)))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{says, told};

    const RECORD: &str = "项目调度会发言记录\n\n时　间：2026年3月20日\n召集人：丘福生\n\n----------\n【1】单位：县水利局\n　　发言人：邹岚（2月到任）\n　　要点：渠还差两公里，月底修好。\n　　存在问题：水泥不够。\n----------\n【2】单位：青石镇\n　　发言人：韦朝军（镇党委书记）\n　　要点：路修完了。\n----------\n以上内容由县政府办公室整理。\n";

    #[test]
    fn a_card_is_said_by_whom_it_names() {
        says(RECORD, "渠还差两公里", Some("邹岚"));
        says(RECORD, "水泥不够", Some("邹岚"));
        says(RECORD, "路修完了", Some("韦朝军"));
        says(RECORD, "以上内容", None);
    }

    #[test]
    fn one_label_of_a_speaker_makes_no_record() {
        let notice = "会议通知\n\n发言人：邹岚\n内容：学习文件。\n请准时参加。\n";
        assert!(told(notice).iter().all(|turn| !turn.contains("请准时参加")));
        let heads = "履职情况汇报\n\n一、水利局\n汇报人：局长　邹岚\n去年打井九十六眼。\n\n二、卫健局\n汇报人：总会计师　何晓岚\n村卫生室都有了人。\n";
        assert_eq!(told(heads), ["邹岚 去年打井九十六眼。", "何晓岚 村卫生室都有了人。"]);
        assert!(told("工作简报\n\n单位：县水利局\n要点：渠修完了。\n").is_empty());
    }
}
