//! The head of a turn, as one line shows it.

use super::Head;
use crate::gazetteer::Gazetteer;
use crate::reading::attribution::{Naming, People, ends_in_title, is_name_char, mentions_in, shaped_like_name};
use crate::text::{Folded, Span};

/// Roles that speak in transcripts without a name.
const ROLES: [&str; 18] = [
    "主持人",
    "记者",
    "问",
    "答",
    "提问",
    "回答",
    "书记",
    "主任",
    "县长",
    "主席",
    "部长",
    "局长",
    "会长",
    "嘉宾",
    "受访者",
    "采访者",
    "领导",
    "秘书长",
];
const NUMBERED: [&str; 8] = [
    "发言人",
    "说话人",
    "讲话人",
    "参会人",
    "与会者",
    "Speaker",
    "speaker",
    "嘉宾",
];

/// 【王静】…, 【长武县委常委王静】…: somebody in a box, with the words behind it or in the lines below.
fn boxed_name(text: &str, line: &str, folded: &Folded) -> Option<Head> {
    let inner = line.strip_prefix('【')?;
    let close = inner.find('】')?;
    let boxed = &inner[..close];
    let begin = '【'.len_utf8();
    let behind = begin + close + '】'.len_utf8();
    // 【王静】(长武县委常委)
    let after = line[behind..].trim_start();
    let bracketed = after.strip_prefix('(').and_then(|rest| rest.find(')')).map(|close| {
        let open = line.len() - after.len();
        Span::new(open + 1, open + 1 + close)
    });
    let behind = bracketed.map_or(behind, |office| office.end() + 1);
    let lead = line[behind..].len() - line[behind..].trim_start_matches([':', ' ']).len();
    let words = folded.original(Span::new(behind + lead, line.len())).trimmed(text);
    let mentions = mentions_in(boxed, &People::default());
    let (name, office) = match mentions.as_slice() {
        [mention] if mention.span == Span::new(0, boxed.len()) => match mention.naming {
            Naming::Name(name) => (name, mention.office),
            _ => return None,
        },
        _ if shaped_like_name(boxed) => (Span::new(0, boxed.len()), None),
        _ => return None,
    };
    let office = office
        .map(|office| folded.original(Span::new(begin + office.start(), begin + office.end())))
        .or_else(|| bracketed.map(|office| folded.original(Span::new(office.start(), office.end()))));
    Some(Head {
        name: Some(folded.original(Span::new(begin + name.start(), begin + name.end()))),
        office,
        words,
        sure: true,
    })
}

/// Whether a transcript's program calls a speaker so: 发言人1.
pub fn is_numbered(head: &str) -> bool {
    NUMBERED.iter().any(|role| {
        head.strip_prefix(role).is_some_and(|rest| {
            rest.chars().count() <= 3
                && rest.trim().chars().all(|c| c.is_alphanumeric() && !c.is_whitespace())
                && !rest.is_empty()
        })
    })
}

/// The head of the turn that the line at `span` is, if it looks like one.
pub fn turn_head(text: &str, span: Span) -> Option<Head> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    let timed_lead = skip_time(line, 0);
    let lead = timed_lead.unwrap_or(0);
    let stars = line[lead..].len() - line[lead..].trim_start_matches(['*', ' ', '【', '◆', '●']).len();
    let begin = lead + stars;
    let window_end = line[begin..]
        .char_indices()
        .nth(60)
        .map_or(line.len(), |(at, _)| begin + at);
    // 发言人1 00:03, with the words in the lines below.
    if let Some((name_end, time_end)) = name_then_time(line, begin)
        && line[time_end..].trim_matches([' ', ':', ')', ']']).is_empty()
    {
        let name = folded.original(Span::new(begin, name_end));
        return Some(Head {
            name: Some(name),
            office: None,
            words: Span::new(span.end(), span.end()),
            sure: true,
        });
    }
    if let Some(head) = boxed_name(text, line, &folded) {
        return Some(head);
    }
    let colon = colon_outside_brackets(&line[begin..window_end]).map(|at| begin + at)?;
    let mut head_end = colon;
    // 王静 00:12:30: … and 王静(00:12): … carry the time behind the name.
    if let Some((name_end, time_end)) = name_then_time(line, begin)
        && time_end >= colon
    {
        let after = line[time_end..].len() - line[time_end..].trim_start_matches([' ', ')', ']', ':']).len();
        let words = folded.original(Span::new(time_end + after, line.len())).trimmed(text);
        return Some(Head {
            name: Some(folded.original(Span::new(begin, name_end))),
            office: None,
            words,
            sure: true,
        });
    }
    head_end -= line[begin..head_end].len() - line[begin..head_end].trim_end_matches(['*', ' ', '】']).len();
    // 徐广平(笑):…
    if let Some(aside) = aside(&line[begin..head_end]) {
        head_end = begin + aside;
    }
    let head = &line[begin..head_end];
    let after = line[colon + 1..].len() - line[colon + 1..].trim_start_matches(['*', ' ']).len();
    let words = folded.original(Span::new(colon + 1 + after, line.len())).trimmed(text);
    let timed = timed_lead.is_some();
    if head.is_empty() || head.contains(['。', '!', '?', ';', '“', '”']) {
        return None;
    }
    if is_numbered(head) {
        return Some(Head {
            name: Some(folded.original(Span::new(begin, head_end))),
            office: None,
            words,
            sure: true,
        });
    }
    // 铁岭日报记者:…
    if head.ends_with("记者") && (3..=16).contains(&head.chars().count()) && !head.contains([',', ' ']) {
        return Some(Head {
            name: None,
            office: Some(folded.original(Span::new(begin, head_end))),
            words,
            sure: true,
        });
    }
    let shift = |span: Span| folded.original(Span::new(begin + span.start(), begin + span.end()));
    // 睢宁县(王静):…
    if let Some(name) = in_brackets_of_place(head) {
        return Some(Head {
            name: Some(shift(name)),
            office: None,
            words,
            sure: true,
        });
    }
    // 朝鲁门(克什克腾旗乌兰牧骑队长):…: whatever stands before an office in brackets is the name.
    if let Some((name, office)) = name_and_office(head) {
        return Some(Head {
            name: Some(shift(name)),
            office: Some(shift(office)),
            words,
            sure: true,
        });
    }
    let mentions = mentions_in(head, &People::default());
    if let [mention] = mentions.as_slice()
        && mention.span.start() == 0
        && mention.span.end() == head.len()
    {
        let (name, office) = match mention.naming {
            Naming::Name(name) => (Some(shift(name)), mention.office.map(shift)),
            Naming::Alias(alias) => (Some(shift(alias)), None),
            Naming::Office => (None, mention.office.map(shift)),
        };
        let role_alone = name.is_none() && !ROLES.contains(&head);
        let sure = timed || (name.is_some() && office.is_some()) || ROLES.contains(&head);
        if role_alone && !timed && head.chars().count() > 16 {
            return None;
        }
        return Some(Head {
            name,
            office,
            words,
            sure,
        });
    }
    if shaped_like_name(head) || (timed && head.chars().count() <= 8 && !head.contains(',')) {
        return Some(Head {
            name: Some(folded.original(Span::new(begin, head_end))),
            office: None,
            words,
            sure: timed,
        });
    }
    if ROLES.contains(&head) {
        return Some(Head {
            name: None,
            office: Some(folded.original(Span::new(begin, head_end))),
            words,
            sure: true,
        });
    }
    None
}

/// What stands before the brackets that a head ends with, and in them.
fn bracketed(head: &str) -> Option<(Span, Span)> {
    let open = head.find('(')?;
    let close = head.strip_suffix(')')?.len();
    Some((Span::new(0, open), Span::new(open + 1, close)))
}

/// Where a head ends that has an aside behind it, of how the words were said: 王静(笑).
fn aside(head: &str) -> Option<usize> {
    let (before, within) = bracketed(head)?;
    let aside = within.of(head);
    let short = (1..=4).contains(&aside.chars().count());
    let of_manner = ASIDES.iter().any(|manner| aside.contains(manner));
    (short && of_manner && shaped_like_name(before.of(head))).then_some(before.end())
}

/// How words may be said, as a transcript puts it in brackets.
const ASIDES: [&str; 10] = [
    "笑", "停顿", "插话", "点头", "摇头", "叹气", "鼓掌", "沉默", "哽咽", "补充",
];

/// The name and the office of a head with the office in brackets.
fn name_and_office(head: &str) -> Option<(Span, Span)> {
    let (before, office) = bracketed(head)?;
    let name = before.of(head);
    let is_name = (2..=6).contains(&name.chars().count())
        && name.chars().all(is_name_char)
        && !ends_in_title(name)
        && !ROLES.contains(&name);
    let one = !office.of(head).contains(['(', ')', ':', '。', ',']);
    (is_name && one && ends_in_title(office.of(head))).then_some((before, office))
}

/// The name in 睢宁县(王静): who speaks for a place.
fn in_brackets_of_place(head: &str) -> Option<Span> {
    let (before, within) = bracketed(head)?;
    let place = Gazetteer::shared()
        .places_written_in(before.of(head))
        .first()
        .is_some_and(|place| place.span == before);
    (place && shaped_like_name(within.of(head))).then_some(within)
}

/// End of a time stamp in brackets or bare at `from`: `[00:12:30]`, `(00:12)`, `00:12:30`.
fn skip_time(line: &str, from: usize) -> Option<usize> {
    let rest = &line[from..];
    let open = rest.starts_with(['[', '(', '【']);
    let body = if open {
        rest.chars().next().map_or(0, char::len_utf8)
    } else {
        0
    };
    let digits = rest[body..].len()
        - rest[body..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ','))
            .len();
    let stamp = rest[body..body + digits].trim_end_matches([':', '.', ',']);
    let parts: Vec<&str> = stamp.split([':', '.', ',']).collect();
    let is_time =
        (2..=4).contains(&parts.len()) && stamp.contains(':') && parts.iter().all(|part| (1..=3).contains(&part.len()));
    if !is_time {
        return None;
    }
    let mut end = from + body + stamp.len();
    if open {
        end += line[end..]
            .find([']', ')', '】'])
            .filter(|at| *at <= 20)
            .map(|at| at + line[end + at..].chars().next().map_or(1, char::len_utf8))?;
    }
    end += line[end..].len() - line[end..].trim_start_matches([' ', '-']).len();
    Some(end)
}

/// A name with a time stamp behind it: ends of both.
fn name_then_time(line: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &line[from..];
    let name = rest.find([' ', '(', '[', '\t'])?;
    let words = &rest[..name];
    let is_name =
        shaped_like_name(words) || NUMBERED.iter().any(|role| words.starts_with(role)) || ROLES.contains(&words);
    if !is_name {
        return None;
    }
    let gap = rest[name..].len() - rest[name..].trim_start().len();
    let time_end = skip_time(line, from + name + gap)?;
    Some((from + name, time_end))
}

/// The first colon that stands outside brackets.
fn colon_outside_brackets(head: &str) -> Option<usize> {
    let mut depth = 0i32;
    for (at, c) in head.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ':' if depth <= 0 => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> Option<(String, String, String)> {
        let head = turn_head(line, Span::new(0, line.len()))?;
        let of = |span: Option<Span>| span.map_or("", |span| span.of(line)).to_owned();
        Some((of(head.name), of(head.office), head.words.of(line).to_owned()))
    }

    fn three(a: &str, b: &str, c: &str) -> Option<(String, String, String)> {
        Some((a.to_owned(), b.to_owned(), c.to_owned()))
    }

    #[test]
    fn heads_in_their_forms() {
        assert_eq!(
            head("蓝秀珍(长汀县委常委、统战部部长):先说。"),
            three("蓝秀珍", "长汀县委常委、统战部部长", "先说。")
        );
        assert_eq!(
            head("长汀县副县长蓝秀珍\u{ff1a}先说。"),
            three("蓝秀珍", "长汀县副县长", "先说。")
        );
        assert_eq!(head("[00:12:30] 丘福生: 我补充。"), three("丘福生", "", "我补充。"));
        assert_eq!(
            head("朝格图(旗乌兰牧骑队长):我补充。"),
            three("朝格图", "旗乌兰牧骑队长", "我补充。")
        );
        assert_eq!(head("丘福生(笑):我补充。"), three("丘福生", "", "我补充。"));
        assert_eq!(head("长汀县(丘福生):我补充。"), three("丘福生", "", "我补充。"));
        assert_eq!(head("发言人1:好。"), three("发言人1", "", "好。"));
        assert_eq!(head("发言人2 00:01"), three("发言人2", "", ""));
        assert_eq!(head("**丘福生**:好。"), three("丘福生", "", "好。"));
    }

    #[test]
    fn prose_is_no_turn() {
        assert_eq!(head("会议指出,要抓好三件事:一是修路。"), None);
        assert_eq!(head("他说:“好。”"), None);
    }
}
