//! Headings: which short lines without a full stop head what follows, and which are items, lines of a talk or signatures.

use super::list::{Level, number};
use crate::text::{ends_sentence, is_clause_mark};

/// Longest heading in characters.
const LONGEST: usize = 36;
/// What a number before it adds.
const LONGEST_NUMBER: usize = 8;
/// Longest second line of a heading that stands right below another, in characters.
const LONGEST_BELOW: usize = 12;
/// Most lines of a title with what belongs to it.
const TITLE_LINES: usize = 4;

/// Whether a folded line may be a heading: short, and no sentence.
pub fn may_head(line: &str) -> bool {
    let length = line.chars().count();
    let numbered = line.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '('])
        && (line.contains("、") || line.contains(')'));
    let bound = if numbered { LONGEST + LONGEST_NUMBER } else { LONGEST };
    length <= bound
        && !ends_sentence(line)
        && !ends_sentence(without_note(line))
        && !line.ends_with(|c: char| is_clause_mark(c) || c == '、')
        && line.matches(',').count() <= 1
        && !line.starts_with(['“', '"', '‘'])
        && line.chars().any(char::is_alphanumeric)
}

/// A line without the bracket at its end: 先修路。(掌声)
fn without_note(line: &str) -> &str {
    let open = line.trim_end().strip_suffix(')').and_then(|line| line.rfind('('));
    open.filter(|open| *open > 0)
        .map_or(line, |open| line[..open].trim_end())
}

/// A line that may be a heading, as the decision sees it.
#[derive(Clone, Copy, Debug)]
pub struct Stub {
    /// The level of its number.
    pub level: Option<Level>,
    /// In characters.
    pub length: usize,
    /// Whether a blank line stands before it.
    pub after_blank: bool,
}

impl Stub {
    /// Of a folded line.
    pub fn of(line: &str, after_blank: bool) -> Stub {
        Stub {
            level: number(line).map(|(level, _)| level),
            length: line.chars().count(),
            after_blank,
        }
    }
}

/// What stands right behind a run of such lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follower {
    /// Prose, an item, a turn, a row: something that can stand under a heading.
    Body,
    /// A heading by the format's word.
    Heading,
    /// Nothing, or labels and furniture.
    Nothing,
}

/// Which lines of a run are headings. `opens` says that no prose stands before the run: it holds the title.
pub fn headings(run: &[Stub], follower: Follower, opens: bool) -> Vec<bool> {
    let mut found = vec![false; run.len()];
    if opens {
        // A title may take several lines; a file of nothing but short lines has one title.
        let most = if run.len() <= TITLE_LINES { run.len() } else { 1 };
        found[..most].fill(true);
        if run.len() <= TITLE_LINES && follower != Follower::Nothing {
            return found;
        }
    }
    let Some(last) = run.len().checked_sub(1) else {
        return found;
    };
    let plain = run.iter().filter(|stub| stub.level.is_none()).count();
    // Lines of one talk or list: nobody heads a paragraph three times over.
    let is_talk = plain > 2 && !opens || opens && run.len() > TITLE_LINES;
    for index in (0..=last).rev() {
        let stub = run[index];
        // Items of one level follow each other: none of them heads anything.
        let sibling =
            |other: Option<&Stub>| stub.level.is_some() && other.is_some_and(|other| other.level == stub.level);
        let before = index.checked_sub(1).and_then(|before| run.get(before));
        let heads = match run.get(index + 1) {
            None => follower == Follower::Body && !sibling(before),
            // 一、… right above (一)….
            Some(next) if stub.level.is_some() => next.level > stub.level && found[index + 1],
            Some(next) => {
                found[index + 1] && (next.level.is_some() || next.after_blank || next.length <= LONGEST_BELOW)
            }
        };
        found[index] |= heads && !(is_talk && stub.level.is_none());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str], follower: Follower) -> Vec<bool> {
        let run: Vec<Stub> = lines.iter().map(|line| Stub::of(line, false)).collect();
        headings(&run, follower, false)
    }

    #[test]
    fn a_short_line_above_prose_is_a_heading() {
        assert_eq!(of(&["取长补短"], Follower::Body), [true]);
        assert_eq!(of(&["一、认清形势", "(一)成绩"], Follower::Body), [true, true]);
        assert_eq!(of(&["交流发言", "望河县"], Follower::Body), [true, true]);
    }

    #[test]
    fn items_and_lines_of_a_talk_are_none() {
        assert_eq!(of(&["1.修路", "2.通电", "3.架桥"], Follower::Body), [false; 3]);
        assert_eq!(
            of(&["坏了六十三个", "下个月换掉", "再添二十个"], Follower::Body),
            [false; 3]
        );
        assert_eq!(of(&["望河县委办公室"], Follower::Nothing), [false]);
        assert_eq!(of(&["1.修路"], Follower::Heading), [false]);
    }

    #[test]
    fn the_title_opens_the_file() {
        let run = |count| vec![Stub::of("防汛会议纪要", false); count];
        assert_eq!(headings(&run(2), Follower::Nothing, true), [true, true]);
        assert_eq!(
            headings(&run(6), Follower::Nothing, true),
            [true, false, false, false, false, false]
        );
    }

    #[test]
    fn sentences_head_nothing() {
        assert!(may_head("取长补短“学”") && may_head("一、抓好整治") && !may_head("会议强调:"));
        assert!(!may_head("今年先修路。") && !may_head("“先修路"));
    }
}
