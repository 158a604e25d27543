//! Clauses that announce words without a reporting verb: 他谈了三点体会:…, 她指出了问题:…, 他提了三点建议。一是….

use std::sync::LazyLock;

use super::content::Mark;
use super::frame::Frame;
use super::hypothesis::Slot;
use super::item::item_mark;
use super::lexicon::{Lexicon, Words};
use super::mention::Naming;
use super::subject::{Context, Subject};
use crate::meeting::SpeakerRule;
use crate::text::{Span, last_clause, rows};

/// What people are said to give, so that their words follow behind a colon or as a counted list.
static GIVEN: LazyLock<Words> =
    LazyLock::new(|| Words::new(rows!("given.tsv", 1).filter_map(|row| row.first().copied())));

/// Longest clause between a name and its colon, in characters.
const LONGEST_GESTURE: usize = 10;

/// Verbs whose object is what was told (介绍了当地的探索:…), and clauses that say what somebody's words are about
/// (他讲的是互助:…), each with how it announces.
static TELLING: LazyLock<Vec<(&'static str, Telling)>> = LazyLock::new(|| {
    rows!("telling.tsv", 2)
        .map(|row| match row.as_slice() {
            [word, "told"] => (*word, Telling::Told),
            [word, "presents"] => (*word, Telling::Presents),
            _ => row.wrong("no row of it"),
        })
        .collect()
});

#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    Told,
    Presents,
}

/// How a counted list begins.
const COUNTS: [&str; 8] = ["一是", "一要", "一、", "第一", "首先", "其一", "(一)", "一方面"];

/// The frames that clauses make in `range`, beside those of cues in `found`.
pub fn announcements(context: &Context<'_>, range: Span, found: &[Frame]) -> Vec<Frame> {
    let text = context.text;
    let mut more = Vec::new();
    for (at, mark) in range.of(text).match_indices([':', '。']) {
        let at = range.start() + at;
        let rest = &text[at + mark.len()..range.end()];
        if rest.trim().is_empty() {
            continue;
        }
        let clause_start = range.start() + last_clause(&text[range.start()..at]);
        let clause = &text[clause_start..at];
        let holds = |kind: Telling| {
            TELLING
                .iter()
                .any(|(word, telling)| *telling == kind && clause.contains(word))
        };
        let counts = COUNTS.iter().any(|word| rest.starts_with(word));
        let given = GIVEN.suffix(clause).is_some();
        let (told, presents) = (holds(Telling::Told), holds(Telling::Presents));
        // 局长罗玉兰介绍了进校园的做法。跳菜是…: her account follows, unless the next sentence tells of somebody again.
        let goes_on = !rest.starts_with(['他', '她', '会', '“', '□'])
            && Lexicon::shared().narration.prefix(rest).is_none()
            && !context
                .mentions
                .iter()
                .any(|mention| mention.span.start() == at + mark.len());
        let reporter = (mark == ":").then(|| new_reporter(context, clause_start, at)).flatten();
        let gives = reporter.is_some()
            || match mark {
                ":" => given || told || presents || opens_mouth(context, clause_start, at),
                _ => (counts && given) || (((given && told) || presents) && goes_on),
            };
        let taken = found.iter().any(|frame| {
            frame.cue.start() >= clause_start && frame.cue.start() < at || frame.content == at + mark.len()
        });
        // Within somebody's words a colon is the speaker's own.
        let inside = found.iter().any(|frame| {
            frame.content <= clause_start && !text[frame.content..clause_start].contains(['。', '!', '?'])
        });
        if !gives || taken || inside {
            continue;
        }
        let Some((subject, start, end)) = context.topic_before(at).or(reporter) else {
            continue;
        };
        if start < range.start() || text[start..at].contains('。') {
            continue;
        }
        more.push(Frame {
            subject,
            start,
            cue: Span::new(end.max(clause_start), at).trimmed(text),
            content: at + mark.len(),
            mark: if mark == ":" { Mark::Colon } else { Mark::Pause },
            rule: SpeakerRule::Announcement,
        });
    }
    more
}

/// Verbs for what somebody reports who has the floor.
pub const REPORTS: [&str; 6] = ["汇报", "介绍", "通报", "说明", "报告", "解释"];
/// Verbs for having it.
const SPEAKS: [&str; 2] = ["发言", "补充"];

/// A name met for the first time that begins a clause before a colon and reports: 一、龚成明汇报前期准备工作:….
fn new_reporter(context: &Context<'_>, clause: usize, colon: usize) -> Option<(Subject, usize, usize)> {
    let text = context.text;
    let start = clause + item_mark(&text[clause..colon]);
    let rest = &text[start..colon];
    if context
        .mentions
        .iter()
        .any(|mention| mention.span.end() > clause && mention.span.start() < colon)
    {
        return None;
    }
    let verbs = REPORTS.iter().chain(&SPEAKS);
    let verb = verbs.filter_map(|verb| rest.find(verb)).min()?;
    let name = &rest[..verb];
    let is_name = (2..=4).contains(&name.chars().count()) && context.names.may_be_name(name, Slot::BeforeCue);
    is_name.then(|| (Subject::NewName(Span::new(start, start + verb)), start, start + verb))
}

/// Whether a clause before a colon is a name and little more: 鄢国栋看了许久才开口:….
fn opens_mouth(context: &Context<'_>, clause: usize, colon: usize) -> bool {
    let text = context.text;
    context.mentions.iter().any(|mention| {
        let begins = mention.span.start() >= clause && text[clause..mention.span.start()].trim().is_empty();
        let named = matches!(mention.naming, Naming::Name(_)) && mention.span.end() <= colon;
        begins && named && {
            // 韦国权副县长(分管农业)不赞成一刀切退出:
            let behind = &text[mention.span.end()..colon];
            let behind = behind
                .strip_prefix('(')
                .and_then(|rest| rest.split_once(')'))
                .map_or(behind, |(_, rest)| rest);
            behind.chars().count() <= LONGEST_GESTURE && !behind.starts_with('的') && !behind.contains([',', '“', '■'])
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::reading::testing::says;

    #[test]
    fn what_a_meeting_agreed_on_behind_a_colon_is_the_meetings() {
        let text = "议事会\n\n5月25日，县政协召开议事会。\n\n会议达成三点共识：一是门票统一收；二是田埂各管一半。\n";
        says(text, "一是门票", Some("会议"));
        let told = "议事会\n\n5月25日，县政协召开议事会。\n\n会议达成三点共识，大家看了稻田画。\n";
        says(told, "大家看了", None);
    }
}
