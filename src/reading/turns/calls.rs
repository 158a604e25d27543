//! Logs of calls and visits: `来电人:…`, `反映内容:…`, `答复(王静):…`, `处理结果:…`. The content is the caller's, an answer is whose
//! name stands in the brackets behind its label or who takes the calls by the head, and what came of it is the log's own.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Head, bare_key, cell_head, end_before, is_apart, may_be_labelled};
use crate::reading::attribution::{Naming, People, ends_in_title, is_cue, mentions_in, shaped_like_name};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Span, words_by_kind};

/// What a label of a log heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Who calls.
    Caller,
    /// What the caller says.
    Content,
    /// What is answered.
    Answer,
    /// What came of it.
    Outcome,
    /// Who takes the calls.
    TakenBy,
}

words_by_kind! {
    /// The words of `calls.tsv`, by kind.
    static CALLS: Calls = "calls.tsv" {
        /// Who calls.
        caller,
        /// What the caller says.
        content,
        /// What is answered.
        answer,
        /// What came of it.
        outcome,
        /// Who takes the calls.
        taken,
    }
}

static KEYS: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let entries = [
        (&CALLS.caller, Entry::Caller),
        (&CALLS.content, Entry::Content),
        (&CALLS.answer, Entry::Answer),
        (&CALLS.outcome, Entry::Outcome),
        (&CALLS.taken, Entry::TakenBy),
    ];
    let rows = entries.into_iter();
    rows.flat_map(|(words, entry)| words.iter().map(move |word| (*word, entry)))
        .collect()
});

/// Longest label, in characters, without its brackets.
const LONGEST_KEY: usize = 8;
/// Longest clause of a report, in characters: 县综合执法局回复,.
const LONGEST_CLAUSE: usize = 14;

/// A line of a log.
struct Line {
    entry: Entry,
    key: String,
    /// What stands in brackets behind the label.
    unit: Option<Span>,
    value: Span,
}

/// Somebody's name and office, as the file has them.
type Who = (Span, Option<Span>);

/// Makes turns of what a log of calls gives to callers and to whoever answers; other papers stay as they are.
pub fn settle(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let lines: Vec<Option<Line>> = blocks.iter().map(|block| line(text, block)).collect();
    let at = |entry: Entry| {
        lines
            .iter()
            .position(|line| line.as_ref().is_some_and(|line| line.entry == entry))
    };
    let order = at(Entry::Caller).zip(at(Entry::Content));
    if order.is_none_or(|(caller, content)| caller >= content) {
        return blocks;
    }
    let mut log = Log {
        text,
        out: Vec::with_capacity(blocks.len()),
        caller: None,
        taken: None,
        tight: false,
    };
    for (block, line) in blocks.into_iter().zip(lines) {
        log.add(block, line);
    }
    log.out
}

struct Log<'t> {
    text: &'t str,
    out: Vec<Block>,
    caller: Option<Who>,
    taken: Option<Who>,
    /// A turn goes on whose label stood right below another line.
    tight: bool,
}

impl Log<'_> {
    fn add(&mut self, mut block: Block, line: Option<Line>) {
        let Some(line) = line else {
            // 06:00 早调度: a new entry of the log.
            if block.kind == Kind::Paragraph && self.tight && is_apart(self.text, block.span) {
                self.out.push(end_before(&block));
                self.tight = false;
            }
            self.tight &= !matches!(block.kind, Kind::Label { .. } | Kind::Heading);
            self.out.push(block);
            return;
        };
        let speaker = match line.entry {
            Entry::Caller => {
                self.caller = Some(caller(self.text, line.value));
                None
            }
            Entry::TakenBy => {
                self.taken = self.taken.or_else(|| only_person(self.text, line.value));
                None
            }
            Entry::Content => self.caller,
            Entry::Answer => line
                .unit
                .filter(|unit| shaped_like_name(unit.of(self.text)))
                .map(|unit| (unit, None))
                .or(self.taken),
            Entry::Outcome => None,
        };
        let value = Folded::new(line.value.of(self.text), line.value.start());
        let told = value.text().starts_with('(') && value.text().ends_with(')') || is_reported(value.text());
        match line.entry {
            Entry::Caller | Entry::TakenBy => {
                block.kind = Kind::Label {
                    key: line.key,
                    value: line.value,
                };
                self.out.push(block);
            }
            Entry::Content | Entry::Answer if !told && !line.value.is_empty() => {
                self.tight = !is_apart(self.text, block.span);
                block.kind = Kind::Turn(Head {
                    name: speaker.map(|(name, _)| name),
                    office: speaker.and_then(|(_, office)| office),
                    words: line.value,
                    sure: true,
                });
                self.out.push(block);
            }
            _ => {
                let (mut head, mut rest) = (block.clone(), block);
                head.span = Span::new(head.span.start(), line.value.start());
                head.breaks.retain(|span| head.span.contains(*span));
                head.kind = Kind::Label {
                    key: line.key,
                    value: Span::new(head.span.end(), head.span.end()),
                };
                rest.span = Span::new(line.value.start(), rest.span.end());
                rest.breaks.retain(|span| rest.span.contains(*span));
                rest.kind = Kind::Paragraph;
                self.tight = false;
                self.out.push(head);
                if !rest.span.is_empty() {
                    self.out.push(rest);
                }
            }
        }
    }
}

/// The line of a log that a block is.
fn line(text: &str, block: &Block) -> Option<Line> {
    if !may_be_labelled(block) {
        return None;
    }
    let folded = Folded::new(block.span.of(text), block.span.start());
    let words = folded.text();
    let value = |from: usize, to: usize| folded.original(Span::new(from, to)).trimmed(text);
    // 【反映内容】…
    let boxed = words.strip_prefix('【').and_then(|rest| rest.split_once('】'));
    let (head, behind) = match boxed {
        Some((inside, rest)) => (inside, words.len() - rest.trim_start_matches([':', ' ']).len()),
        None => {
            let colon = words.find(':')?;
            (&words[..colon], colon + 1)
        }
    };
    let (bare, inside) = match head.trim_end().strip_suffix(')').and_then(|head| head.split_once('(')) {
        Some((bare, inside)) => (bare, Some(inside)),
        None => (head, None),
    };
    let key = bare_key(bare);
    let unit = inside.and_then(|inside| {
        let at = words.find(inside)?;
        Some(value(at, at + inside.len()))
    });
    if key.chars().count() <= LONGEST_KEY
        && let Some(entry) = KEYS.get(key.as_str())
    {
        // 接听人:副县长 邹岚    接听时间:…
        let end = match entry {
            Entry::TakenBy | Entry::Caller => words[behind..].find("  ").map_or(words.len(), |gap| behind + gap),
            _ => words.len(),
        };
        return Some(Line {
            entry: *entry,
            key,
            unit,
            value: value(behind, end),
        });
    }
    // 01:50 白水乡来电。来电人:邹岚(乡党委副书记)。
    CALLS.caller.iter().find_map(|key| {
        let at = words
            .match_indices(key)
            .find(|(at, _)| words[at + key.len()..].starts_with(':'))?
            .0;
        let parted = words[..at].ends_with(['。', ',', ';', ' ', '|']);
        let from = at + key.len() + 1;
        let end = words[from..]
            .find(['。', ';', ','])
            .map_or(words.len(), |length| from + length);
        parted.then(|| Line {
            entry: Entry::Caller,
            key: (*key).to_owned(),
            unit: None,
            value: value(from, end),
        })
    })
}

/// Who calls, by what stands behind the label: 马庙镇 程先生(电话 …), 邹岚(乡党委副书记), 不愿透露姓名的群众.
fn caller(text: &str, value: Span) -> Who {
    let folded = Folded::new(value.of(text), value.start());
    let words = folded.text();
    let (bare, inside) = match words.strip_suffix(')').and_then(|words| words.rsplit_once('(')) {
        Some((bare, inside)) => (bare.trim_end(), Some(inside)),
        None => (words, None),
    };
    let original = |from: usize, to: usize| folded.original(Span::new(from, to)).trimmed(text);
    let office = inside.filter(|inside| ends_in_title(inside)).map(|inside| {
        let at = bare.len() + words[bare.len()..].find(inside).unwrap_or_default();
        original(at, at + inside.len())
    });
    // 羊山镇 周女士: where somebody lives stands before.
    let from = bare.rfind(' ').map_or(0, |gap| gap + 1);
    let named = cell_head(text, original(0, bare.len()), None, Span::new(value.end(), value.end()));
    match named.name {
        Some(name) if named.office.is_some() => (name, named.office.or(office)),
        _ => (original(from, bare.len()), office),
    }
}

/// The one person whom the words behind a label name.
fn only_person(text: &str, value: Span) -> Option<Who> {
    let folded = Folded::new(value.of(text), value.start());
    let mentions = mentions_in(folded.text(), &People::default());
    let mut named = mentions.iter().filter_map(|mention| match mention.naming {
        Naming::Name(name) => Some((
            folded.original(name),
            mention.office.map(|office| folded.original(office)),
        )),
        _ => None,
    });
    let first = named.next();
    match (first, named.next()) {
        (None, None) if shaped_like_name(folded.text()) => Some((value, None)),
        (first, None) => first,
        _ => None,
    }
}

/// Whether words tell who says something: 周女士称,…, 县综合执法局回复,….
fn is_reported(words: &str) -> bool {
    let Some(clause) = words.find([',', ':', '。']).map(|end| &words[..end]) else {
        return false;
    };
    // 水闸我知道,…: 道 ends other words too.
    let says = |cue: &str| is_cue(cue) && (cue.chars().nth(1).is_some() || matches!(cue, "称" | "说"));
    clause.chars().count() <= LONGEST_CLAUSE
        && !super::in_first_person(clause)
        && clause.char_indices().skip(2).any(|(at, _)| says(&clause[at..]))
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::{says, told};

    const LOG: &str = "县长热线接听记录\n\n接听人：副县长 邹岚       接听时间：3月16日上午\n\n编号 01\n来电人：白水镇 程先生（电话 150****7719）\n反映内容：我们村的水闸坏了，到现在没有人修。\n现场答复：水闸我知道，下午就去看。\n追问：修多久？\n现场答复：三天。\n办理结果：水闸已经修好。\n\n编号 02\n来电人：青石镇 周女士\n反映内容：周女士称，路灯不亮。\n答复（丘福生）：这周装好。\n处理结果：县供电公司回复，路灯装了十盏。\n";

    #[test]
    fn what_a_caller_says_is_his_and_who_takes_the_call_answers() {
        says(LOG, "我们村的水闸", Some("程先生"));
        says(LOG, "水闸我知道", Some("邹岚"));
        says(LOG, "修多久", Some("程先生"));
        says(LOG, "三天", Some("邹岚"));
        says(LOG, "水闸已经修好", None);
        says(LOG, "路灯不亮", Some("周女士"));
        says(LOG, "这周装好", Some("丘福生"));
        says(LOG, "路灯装了十盏", Some("县供电公司"));
    }

    #[test]
    fn whoever_answers_is_nobody_where_the_log_names_none_or_two() {
        let two = LOG.replace("副县长 邹岚", "副县长邹岚、县水利局局长丘福生");
        says(&two, "水闸我知道", None);
    }

    #[test]
    fn content_without_a_caller_is_a_topic() {
        let minutes = "议事会记录\n\n内容：修渠。\n处理结果：月底修好。\n";
        assert!(told(minutes).is_empty());
    }

    #[test]
    fn a_new_entry_ends_an_answer() {
        let log = "防汛值班记录\n带班领导：邹岚（县应急管理局局长）\n\n01:50　白水乡来电。来电人：丘福生（乡党委副书记）。\n内容：坝脚冒浑水。\n答复（邹岚）：石料马上到。\n\n04:05　值班室转来群众来电一件。\n";
        says(log, "坝脚冒浑水", Some("丘福生"));
        says(log, "石料马上到", Some("邹岚"));
        says(log, "值班室转来", None);
    }
}
