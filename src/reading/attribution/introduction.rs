//! How somebody whose turn it is says who he is: 大家好,我是胡家镇云岭村党支部书记,….

use super::hypothesis::Slot;
use super::mention::{MentionFinder, Naming};
use super::name::NameReader;
use super::people::People;
use crate::text::{Span, is_clause_mark};

/// How far into a turn people say who they are, in characters.
const OPENING: usize = 120;
/// What somebody says before the own office.
const LEADS: [&str; 6] = ["我是", "我叫", "本人是", "我作为", "本人作为", "作为"];
/// What may stand between that and the office.
const BETWEEN: [&str; 5] = ["来自", "一名", "一位", "一个", "咱们"];

/// The office that the folded beginning of a turn gives the one who speaks, `name`, as a span of it: the whole clause behind
/// 我是 or 作为, with or without the own name. 我是来听意见的, 我是县长派来的 and 作为县长,他… tell none.
pub fn own_office(words: &str, name: &str, finder: &MentionFinder) -> Option<Span> {
    let end = words.char_indices().nth(2 * OPENING).map_or(words.len(), |(at, _)| at);
    let mut from = 0;
    for clause in words[..end].split_inclusive(is_clause_mark) {
        let at = from;
        from += clause.len();
        let clause = clause.trim_end_matches(is_clause_mark);
        // 现在我作为一名县委书记,…
        let lead_in = clause
            .find("我作为")
            .filter(|at| clause[..*at].chars().count() <= 4)
            .unwrap_or(0);
        let (at, clause) = (at + lead_in, &clause[lead_in..]);
        if words[from..].starts_with(['他', '她']) {
            continue;
        }
        let Some(lead) = LEADS.iter().find(|lead| clause.starts_with(**lead)) else {
            continue;
        };
        let mut start = at + lead.len();
        let own_name = |start: usize| words[start..].starts_with(name) && !name.is_empty();
        if own_name(start) {
            // 我叫邹岚,是…村党支部书记: the office stands in the next clause.
            start += name.len();
            let behind = &words[start..];
            start += behind.len()
                - behind
                    .trim_start_matches(|c: char| is_clause_mark(c) || c == '是')
                    .len();
        }
        if let Some(between) = BETWEEN.iter().find(|between| words[start..].starts_with(**between)) {
            start += between.len();
        }
        let rest = &words[start..];
        let stop = start + rest.find(is_clause_mark).unwrap_or(rest.len());
        let named = words[start..stop].strip_suffix(name).filter(|_| !name.is_empty());
        let clause = Span::new(start, start + named.map_or(stop - start, str::len));
        if let Some(office) = office_of(clause.of(words), finder) {
            return Some(office.shifted(clause.start()));
        }
    }
    None
}

/// The office that the words are, up to their end.
fn office_of(words: &str, finder: &MentionFinder) -> Option<Span> {
    if words.contains(['的', '我', '你', '他', '她']) {
        return None;
    }
    let mentions = finder.find(words, &People::default());
    let last = mentions.last().filter(|mention| mention.naming == Naming::Office)?;
    last.office.filter(|office| office.end() == words.len())
}

/// The name by which somebody who begins to speak introduces himself, as a span of the folded words: 我叫(做)邹岚,….
pub fn own_name(words: &str, names: &NameReader) -> Option<Span> {
    let end = words.char_indices().nth(OPENING).map_or(words.len(), |(at, _)| at);
    ["我叫做", "我叫作", "我名叫", "我叫"].into_iter().find_map(|lead| {
        let start = words[..end].find(lead)? + lead.len();
        let rest = &words[start..];
        let stop = start + rest.find(|c: char| is_clause_mark(c)).unwrap_or(rest.len());
        names
            .may_be_name(&words[start..stop], Slot::BeforeCue)
            .then(|| Span::new(start, stop))
    })
}

/// Whether folded words greet those who hear them: 各位媒体的朋友们,大家上午好。
pub fn greets(words: &str) -> bool {
    let opening = words.char_indices().nth(GREETING).map_or(words, |(at, _)| &words[..at]);
    let to = ["各位", "同志们", "大家", "尊敬的", "朋友们", "乡亲们"]
        .iter()
        .any(|word| opening.contains(word));
    let well = ["你们好", "大家好", "上午好", "下午好", "晚上好", "早上好", "好!"]
        .iter()
        .any(|word| opening.contains(word));
    to && well
}

/// How far a greeting reaches, in characters.
const GREETING: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    fn office(words: &str) -> &str {
        own_office(words, "邹岚", &MentionFinder::new()).map_or("", |span| span.of(words))
    }

    #[test]
    fn who_speaks_says_in_what_office() {
        assert_eq!(
            office("大家好,我是宣汉县胡家镇云岭村党支部书记,我们村在山上。"),
            "宣汉县胡家镇云岭村党支部书记"
        );
        assert_eq!(office("我是县水利局局长邹岚,先说水。"), "县水利局局长");
        assert_eq!(office("我叫邹岚,是双河村党支部书记。"), "双河村党支部书记");
        assert_eq!(office("说几句。作为县委书记,我最大的体会是难。"), "县委书记");
    }

    #[test]
    fn other_clauses_say_nothing_of_it() {
        for words in [
            "我是来听意见的。",
            "我是县长派来的。",
            "我是第一次到这里。",
            "作为县长,他跑了十趟。",
            "我们是县水利局局长请来的。",
            "作为东道主,我们准备了一年。",
        ] {
            assert_eq!(office(words), "", "{words}");
        }
    }
}
