//! What a paper's head calls somebody in the turns below: `受访者(以下简称“答”):县水利局局长 王静`, and `答:…` is hers; so it is where the
//! head names one who asks and one who answers.

use super::{Head, cell_head};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, words_by_kind};

/// How a head says that somebody is called otherwise below.
const BELOW: [&str; 3] = ["(以下简称", "(下称", "(简称"];
/// Longest such name, in characters.
const LONGEST: usize = 6;

/// Somebody with what the turns call them.
struct Called {
    by: String,
    name: Span,
    office: Option<Span>,
}

words_by_kind! {
    /// The words of `interviews.tsv`, by kind.
    static INTERVIEWS: Interviews = "interviews.tsv" {
        /// Labels of who asks.
        asks,
        /// Labels of who answers.
        answers,
    }
}

/// Gives the turns to those whom the head says that their labels stand for.
pub fn settle(text: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    let mut called: Vec<Called> = Vec::new();
    // One who asks and one who answers, or nobody is told from the other.
    let lines: Vec<Lines> = blocks.iter().map(|block| Lines::of(text, block.span)).collect();
    let of = |by: &str| {
        let told = lines.iter().filter_map(|lines| lines.in_interview.as_ref());
        told.filter(|line| line.one.by == by).count()
    };
    let is_interview = of("问") == 1 && of("答") == 1;
    for (block, lines) in blocks.iter_mut().zip(lines) {
        let told = lines.in_interview.filter(|_| is_interview);
        if let Some(Line { one, key, value }) = lines.definition.or(told) {
            called.push(one);
            block.kind = Kind::Label { key, value };
            continue;
        }
        let Kind::Turn(head) = &mut block.kind else { continue };
        if called.is_empty() {
            continue;
        }
        let label = Folded::new(
            Span::new(block.span.start(), head.words.start().max(block.span.start())).of(text),
            0,
        );
        let label = label.text().trim_matches(|c: char| !c.is_alphanumeric());
        // Two who answer are for nobody to tell apart.
        let mut theirs = called.iter().filter(|one| one.by == label);
        if let (Some(one), None) = (theirs.next(), theirs.next()) {
            *head = Head {
                name: Some(one.name),
                office: one.office,
                ..head.clone()
            };
        }
    }
    blocks
}

/// A line that says what somebody is called below, with its label and what stands behind it.
struct Line {
    one: Called,
    key: String,
    value: Span,
}

impl Line {
    /// Of whoever the words behind the label name; `None` where they name nobody.
    fn of(text: &str, by: &str, key: String, value: Span) -> Option<Line> {
        let head = cell_head(text, value, None, Span::new(value.end(), value.end()));
        let one = Called {
            by: by.to_owned(),
            name: head.name?,
            office: head.office,
        };
        Some(Line { one, key, value })
    }
}

/// What a block may be of such lines.
struct Lines {
    definition: Option<Line>,
    in_interview: Option<Line>,
}

impl Lines {
    fn of(text: &str, block: Span) -> Lines {
        let folded = Folded::new(block.of(text), block.start());
        Lines {
            definition: definition(text, &folded),
            in_interview: in_interview(text, &folded),
        }
    }
}

/// 采访人:王静(记者), 受访人:丘福生: who asks, and who answers.
fn in_interview(text: &str, folded: &Folded) -> Option<Line> {
    let words = folded.text();
    let (label, behind) = words.split_once(':')?;
    let key: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let by = match () {
        () if INTERVIEWS.asks.contains(&key.as_str()) => "问",
        () if INTERVIEWS.answers.contains(&key.as_str()) => "答",
        () => return None,
    };
    let value = folded
        .original(Span::new(words.len() - behind.len(), words.len()))
        .trimmed(text);
    if value.is_empty() || behind.contains(['、', '。', '?', '!', ';']) {
        return None;
    }
    Line::of(text, by, key, value)
}

/// 受访者(以下简称“答”):县水利局局长 王静: the line of a head that says so.
fn definition(text: &str, folded: &Folded) -> Option<Line> {
    let words = folded.text();
    let (at, lead) = BELOW.iter().find_map(|lead| Some((words.find(lead)?, *lead)))?;
    let inside = &words[at + lead.len()..];
    let close = inside.find(')')?;
    let by = inside[..close].trim_matches(['“', '”', '"', ' ']);
    let behind = inside[close + 1..].trim_start();
    let value = behind.strip_prefix(':')?.trim();
    if by.is_empty() || by.chars().count() > LONGEST || value.is_empty() || value.contains(['。', '?', '!']) {
        return None;
    }
    let from = words.len() - words.trim_end().len();
    let start = words.trim_end().len() - value.len();
    let value = folded.original(Span::new(start, words.len() - from)).trimmed(text);
    let key = words[..at].chars().filter(|c| !c.is_whitespace()).collect();
    Line::of(text, by, key, value)
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn labels_stand_for_whom_the_head_says() {
        let text = "移民扶持专访\n\n采访者（以下简称“问”）：县融媒体中心记者　陶然\n受访者（以下简称“答”）：县水利局局长　武传国\n\n问：补贴什么时候发？\n\n答：分两次。\n\n还有一条，打电话要录音。\n\n问：归谁？\n\n答：归村里。\n";
        says(text, "补贴什么时候发", Some("陶然"));
        says(text, "分两次", Some("武传国"));
        says(text, "还有一条", Some("武传国"));
        says(text, "归村里", Some("武传国"));
        let named = "访谈笔录\n\n访谈人：宋雨桐（旗政协调研员）\n受访人：那顺巴雅尔（嘎查牧民）\n\n问：现在多少牲畜？\n答：牛四十三头。\n\n问：草场多大？\n答：两千六百亩。\n";
        says(named, "现在多少牲畜", Some("宋雨桐"));
        says(named, "牛四十三头", Some("那顺巴雅尔"));
        let two = named.replace("那顺巴雅尔（嘎查牧民）", "那顺巴雅尔、斯琴");
        says(&two, "牛四十三头", None);
        let without = "移民扶持专访\n\n问：补贴什么时候发？\n\n答：分两次。\n\n问：归谁？\n\n答：归村里。\n";
        says(without, "分两次", None);
    }
}
