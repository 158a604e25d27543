//! Several questions in one message: each is answered, and the best quotes of each come first.

use std::sync::LazyLock;

use super::completing::tells;
use super::evidence::Evidence;
use super::leaning::asks_reply;
use super::respond::{Found, Responder, answer};
use super::{Answer, Body, Kind, Quote, repeats};
use crate::index::{IndexError, normalized};
use crate::question::{Asked, Question, Scope, Topic, Want};
use crate::text::{Segmenter, Span, fold_str, is_han, quotations, rows};

/// Most questions of one message that are answered.
const QUESTIONS: usize = 4;

/// How long a question is that goes on from the one before it, in characters.
const SHORT: usize = 8;
/// Most quotes for each of them.
const EACH: usize = 2;

/// Words by which the same is asked of each.
const EACH_OF: [&str; 6] = ["各", "各自", "分别", "各是", "各有", "各说"];
/// Longest name of one of them, in characters.
const LONGEST_SIDE: usize = 6;

/// Longest sentence that only tells how to answer, in characters.
const MANNER_LONGEST: usize = 12;

/// The words of `manner.tsv`.
static MANNER: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| rows!("manner.tsv", 1).flat_map(|row| row[0].split(' ')).collect());

/// The questions of a message.
pub struct Parts<'t> {
    pub questions: Vec<&'t str>,
    /// Whether one goes on to the next at a comma or a blank.
    pub in_one_breath: bool,
}

/// The questions of a message that asks several: 彬州怎么评价示范点?礼泉下一步做什么? What only tells how to answer (全部列出来)
/// goes with the question before it.
pub fn several(typed: &str) -> Parts<'_> {
    let bounds = bounds(typed);
    let ends = typed
        .char_indices()
        .filter(|(at, c)| matches!(c, '?' | '？' | '\n') || bounds.contains(at))
        .map(|(at, c)| (at, at + c.len_utf8()))
        .chain([(typed.len(), typed.len())]);
    let mut parts: Vec<Span> = Vec::new();
    let mut from = 0;
    for (end, next) in ends {
        let span = Span::new(from, end);
        from = next;
        let piece = span.of(typed);
        let length = piece.chars().filter(|c| c.is_alphanumeric()).count();
        let folded = fold_str(piece);
        let manner = length <= MANNER_LONGEST && MANNER.iter().any(|word| folded.contains(word));
        match parts.last_mut() {
            Some(before) if manner => *before = Span::new(before.start(), span.end()),
            _ if length >= 4 => parts.push(span),
            _ => {}
        }
    }
    parts.truncate(QUESTIONS);
    Parts {
        questions: parts.into_iter().map(|span| span.of(typed).trim()).collect(),
        in_one_breath: !bounds.is_empty(),
    }
}

/// Longest message that asks anew behind a comma, in characters.
const LONGEST_TYPED: usize = 100;
/// Words by which something is asked.
const ASKS: [&str; 12] = [
    "什么", "啥", "多少", "几", "哪", "谁", "怎么", "咋", "吗", "何", "怎样", "多久",
];

/// Where a question ends with a comma or a blank, and another behind it asks again: 老师有多少,去年走了几个.
fn bounds(typed: &str) -> Vec<usize> {
    // What is pasted in asks nothing at its commas.
    if typed.chars().count() > LONGEST_TYPED {
        return Vec::new();
    }
    let asks = |clause: &str| {
        let clause = fold_str(clause);
        ASKS.iter().any(|word| clause.contains(word)) && clause.chars().filter(|c| c.is_alphanumeric()).count() >= 4
    };
    let quoted = quotations(typed);
    let marks = typed.char_indices().filter(|(at, c)| {
        matches!(c, ',' | '，' | ' ' | ';' | '；') && !quoted.iter().any(|quotation| quotation.inner.holds(*at))
    });
    let mut found = Vec::new();
    let mut from = 0;
    for (at, mark) in marks {
        let behind = &typed[at + mark.len_utf8()..];
        let next = behind
            .find([',', '，', ' ', ';', '；', '?', '？'])
            .unwrap_or(behind.len());
        // 哪几个代表发了言,各说的啥: the same is asked once more.
        let anew = || Topic::of(&fold_str(&behind[..next]), &[], &[], false).is_specific();
        if asks(&typed[from..at]) && asks(&behind[..next]) && anew() {
            found.push(at);
            from = at + mark.len_utf8();
        }
    }
    found
}

impl Responder<'_> {
    /// Answers several questions of one message: the best quote of each first, then the second of each.
    pub(super) fn each_of(&self, parts: &Parts<'_>, asked: &Asked) -> Result<Answer, IndexError> {
        if let Some(answer) = self.in_one_breath(parts, asked)? {
            return Ok(answer);
        }
        let mut before = asked.after.clone();
        let mut answers: Vec<Answer> = Vec::new();
        let mut first: Option<Question> = None;
        for part in &parts.questions {
            let one = Asked {
                question: (*part).to_owned(),
                after: before.clone(),
                ..asked.clone()
            };
            let question = Question::understand(&one, self.names);
            let leans = question.scope == Scope::default() && question.days.is_none() && question.within.is_none();
            let answer = match first.as_ref().filter(|_| leans) {
                // 哪次会议?: each quote says where it stands.
                Some(_) if asks_which_meeting(part) => continue,
                Some(first) => self.going_on(&one, question, first, answers.last())?,
                None => {
                    let there = first
                        .as_ref()
                        .and(answers.last())
                        .and_then(|answer| answer.quotes().first());
                    let answer = self.where_it_was(&one, &question, there.filter(|_| parts.in_one_breath))?;
                    first = Some(question);
                    Some(answer)
                }
            };
            answers.extend(answer);
            before.push((*part).to_owned());
        }
        // What is asked in one breath is told in a word each.
        let each = if parts.in_one_breath { 1 } else { EACH };
        Ok(self.together(asked, answers, parts.questions.len(), each))
    }

    /// Answers all that a message asks by one quote that tells all of it; `None` where none does.
    fn in_one_breath(&self, parts: &Parts<'_>, asked: &Asked) -> Result<Option<Answer>, IndexError> {
        // 欠了多少?涉及多少业主: of questions apart a number or a day is told, or it is another matter.
        let counted = |part: &&str| !Want::counted_in(&fold_str(part)).is_empty();
        if !parts.in_one_breath && !parts.questions.iter().skip(1).all(counted) {
            return Ok(None);
        }
        let answer = self.one(asked)?;
        let Some(first) = answer.quotes().first() else {
            return Ok(None);
        };
        let under = [
            Some(first.meeting.as_str()),
            first.section.as_deref(),
            first.voice.name(),
            first.voice.office(),
        ];
        let under = normalized(&under.into_iter().flatten().collect::<Vec<_>>().join(" "));
        let words = normalized(&first.text);
        for part in &parts.questions {
            let one = Asked {
                question: (*part).to_owned(),
                ..asked.clone()
            };
            let question = Question::understand(&one, self.names);
            let evidence = Evidence::of(&question, self.snapshot, self.weights)?;
            let holds = evidence.told(&words, &under).words >= self.weights.in_one_breath;
            let told = Want::counted_in(&question.typed)
                .into_iter()
                .all(|want| tells(want, &question, &first.text));
            let things = question.topic.counted.as_ref();
            let counts = things.is_none_or(|things| evidence.holds(things, &words));
            // 2009年胡天柱怎么看,2021年王俊德又提了啥: one does not tell what another said.
            let speaks = question.scope.parties.is_empty() || question.scope.admits(&first.voice);
            if !holds || !told || !counts || !speaks {
                return Ok(None);
            }
        }
        Ok(Some(answer))
    }

    /// Answers what is asked of each of several things, each by itself: 晓天和万佛湖各是什么情况.
    pub(super) fn each_side(&self, asked: &Asked) -> Result<Option<Answer>, IndexError> {
        let Some(sides) = sides(&asked.question) else {
            return Ok(None);
        };
        // Those who speak are compared as such.
        let question = Question::understand(asked, self.names);
        if question.scope.parties.len() > 1 {
            return Ok(None);
        }
        let mut answers = Vec::new();
        for side in &sides {
            let one = Asked {
                question: side.clone(),
                ..asked.clone()
            };
            answers.push(self.one(&one)?);
        }
        let all = answers.iter().all(|answer| !answer.quotes().is_empty());
        Ok(all.then(|| self.together(asked, answers, sides.len(), EACH)))
    }

    /// Several answers as one: the best quote of each first.
    fn together(&self, asked: &Asked, answers: Vec<Answer>, parts: usize, each: usize) -> Answer {
        let usual = answers.iter().find_map(|answer| answer.usual.clone());
        let silent = answers.iter().flat_map(|answer| answer.silent.clone()).collect();
        let mut in_other_words = Vec::new();
        for stood in answers.iter().flat_map(|answer| &answer.in_other_words) {
            if !in_other_words.contains(stood) {
                in_other_words.push(stood.clone());
            }
        }
        let mut changed: Vec<String> = answers.iter().flat_map(|answer| answer.changed.clone()).collect();
        changed.sort();
        changed.dedup();
        let taken = answers.iter().flat_map(|answer| answer.taken.clone()).collect();
        let mut quotes: Vec<Quote> = Vec::new();
        let deepest = answers.iter().map(|answer| answer.quotes().len()).max().unwrap_or(0);
        for rank in 0..deepest {
            for one in answers
                .iter()
                .filter(|_| rank < each)
                .filter_map(|answer| answer.quotes().get(rank))
            {
                repeats::add(&mut quotes, one.clone());
            }
        }
        quotes.truncate(self.limits.quotes.max(parts));
        let verdict = answers.iter().find_map(|answer| answer.verdict);
        let plan = answers.iter().flat_map(|answer| answer.plan.clone()).collect();
        let body = match (quotes.is_empty(), answers.into_iter().next()) {
            (true, Some(first)) => first.body,
            _ => Body::Found {
                kind: Kind::Quotes,
                quotes,
                more: false,
            },
        };
        Answer {
            taken,
            usual,
            silent,
            in_other_words,
            verdict,
            changed,
            plan,
            ..answer(asked, body)
        }
    }
}

impl Responder<'_> {
    /// Answers a question that goes on in one breath where the one before it was answered, where it is told there as well
    /// as anywhere.
    fn where_it_was(&self, asked: &Asked, question: &Question, there: Option<&Quote>) -> Result<Answer, IndexError> {
        let anywhere = self.find(question)?.map_or(0.0, |found| found.coverage);
        let Some(there) = there.filter(|_| question.files.is_none() && question.topic.is_specific() && anywhere > 0.0)
        else {
            return self.one_as(asked, question.clone());
        };
        let narrowed = Question {
            files: Some(vec![there.file.clone()]),
            within: None,
            ..question.clone()
        };
        let found = self.find(&narrowed)?;
        let theirs = |found: &Found| {
            let first = found.quotes.first();
            first.is_some_and(|quote| question.scope.parties.is_empty() || question.scope.admits(&quote.voice))
        };
        match found.is_some_and(|found| theirs(&found) && found.coverage + self.weights.elsewhere >= anywhere) {
            true => self.one_as(asked, narrowed),
            false => self.one_as(asked, question.clone()),
        }
    }

    /// Answers what goes on from the question before in the same message: of what that one asks, where it was answered. `None`
    /// where it asks nothing of its own, and nothing there tells it.
    fn going_on(
        &self,
        asked: &Asked,
        question: Question,
        first: &Question,
        before: Option<&Answer>,
    ) -> Result<Option<Answer>, IndexError> {
        let there = before.and_then(|answer| answer.quotes().first());
        let open = question.clone();
        // 谁提的?市里怎么答复: what is said of whoever asked for it.
        if let Some(there) = there
            && asks_reply(&open.typed)
            && !open.topic.has_thing()
        {
            let reply = match self.reply_by_name(there)? {
                Some(reply) => Some(reply),
                None => self.reply_to(there, |_| true)?,
            };
            if let Some(reply) = reply {
                let body = Body::Found {
                    kind: Kind::Quotes,
                    quotes: vec![reply],
                    more: false,
                };
                return Ok(Some(self::answer(asked, body)));
            }
        }
        let mut of_first = question.going_on(first);
        of_first.or_else = None;
        of_first.files = there.map(|quote| vec![quote.file.clone()]).or(of_first.files);
        let answer = self.one_as(asked, of_first)?;
        if !answer.quotes().is_empty() {
            return Ok(Some(answer));
        }
        // 最晚到几号: the reply to what was asked first tells it.
        for want in Want::counted_in(&open.typed) {
            if let Some(first) = there
                && let Some((beside, _)) = self.told_beside(&open, first, want)?
            {
                let body = Body::Found {
                    kind: Kind::Quotes,
                    quotes: vec![beside],
                    more: false,
                };
                return Ok(Some(self::answer(asked, body)));
            }
        }
        let short = open.typed.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT;
        // 责任人是谁: of what was asked before, or of nothing.
        if short || !open.topic.is_specific() {
            return Ok(None);
        }
        self.one_as(asked, open).map(Some)
    }
}

/// The question for each of the things of which it asks the same: 晓天和万佛湖各是什么情况, 在招商和茶叶两个会上分别提了什么; `None`
/// where it asks of one.
fn sides(typed: &str) -> Option<Vec<String>> {
    let text = fold_str(typed);
    let words = Segmenter::shared().words(&text);
    let compared = Want::compared_at(&text);
    let each = words
        .iter()
        .find(|(_, word)| EACH_OF.contains(word))
        .map(|(span, _)| *span)
        .or(compared)?;
    let joint = words
        .iter()
        .rposition(|(span, word)| span.end() <= each.start() && matches!(*word, "和" | "与" | "跟"))?;
    let plain = |name: &str| (2..=LONGEST_SIDE).contains(&name.chars().count()) && name.chars().all(is_han);
    let behind = text[words[joint].0.end()..each.start()].trim_end_matches([',', ' ']);
    let (last, what) = without_number(behind);
    // 大槐树镇和万安镇的书记: what stands behind 的 is asked of both.
    let (last, what) = match last.find('的') {
        Some(at) if what.is_empty() => last.split_at(at),
        _ => (last, what),
    };
    let first = first_side(&text, &words, joint)?;
    let mut start = first.start();
    let mut names = vec![first.of(&text)];
    // 县水利局、县财政局和县住建局各自.
    while let Some(before) = text[..start].strip_suffix('、') {
        let begin = before
            .rfind(|c: char| !is_han(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        names.insert(0, &before[begin..]);
        start = begin;
    }
    names.push(last);
    names.iter().all(|name| plain(name)).then(|| {
        // What is compared is asked of each; how they differ is for whoever reads it to say.
        let rest = match compared {
            Some(wording) if wording == each => "",
            _ => &text[each.end()..],
        };
        let side = |name: &&str| format!("{}{name}{what}{rest}", &text[..start]);
        names.iter().map(side).collect()
    })
}

/// Ends of the names of places and bodies, which the dictionary cuts off.
const PLACES: [&str; 10] = ["镇", "乡", "村", "县", "区", "市", "旗", "局", "街道", "社区"];

/// The first name of a row, which ends right before the word at `joint`: a word of the dictionary, a place with its rank, or single
/// characters that no dictionary has.
fn first_side(text: &str, words: &[(Span, &str)], joint: usize) -> Option<Span> {
    let before = joint.checked_sub(1)?;
    let single = |at: &usize| words[*at].1.chars().nth(1).is_none() && words[*at].1.chars().all(is_han);
    let first = match single(&before) {
        true if PLACES.contains(&words[before].1) => {
            // 大|槐树|镇: up to a mark or a word of grammar.
            let piece = |at: &usize| {
                let (_, word) = words[*at];
                word.chars().all(is_han) && !["上", "在", "里", "中", "的", "和", "是", "对"].contains(&word)
            };
            (0..before).rev().take_while(piece).take(2).last().unwrap_or(before)
        }
        true => (0..joint).rev().take_while(single).take(LONGEST_SIDE).last()?,
        false => before,
    };
    let span = Span::new(words[first].0.start(), words[joint].0.start());
    (!span.of(text).is_empty()).then_some(span)
}

/// What is told behind a row of names, without how many they are: 茶叶 and 会上 of 茶叶两个会上, 晓天 and nothing of 晓天两个镇.
fn without_number(row: &str) -> (&str, &str) {
    let Some((at, number)) = row.char_indices().skip(1).find(|(_, c)| "两三四五几".contains(*c)) else {
        return (row, "");
    };
    let what = row[at + number.len_utf8()..].trim_start_matches(['个', '次', '场', '位', '家']);
    let (name, meeting) = (&row[..at], what.starts_with('会'));
    match what.chars().count() {
        _ if meeting => (name, what),
        0..=2 => (name, ""),
        _ => (row, ""),
    }
}

/// Whether no more is asked than at which meeting it was: 哪次会议.
fn asks_which_meeting(part: &str) -> bool {
    let asks = ["哪次会", "哪一次", "哪场会", "哪个会", "哪份"];
    part.chars().filter(|c| c.is_alphanumeric()).count() <= SHORT && asks.iter().any(|words| part.contains(words))
}

#[cfg(test)]
mod tests {
    use super::sides;

    fn several(typed: &str) -> Vec<&str> {
        super::several(typed).questions
    }

    #[test]
    fn the_same_is_asked_of_each() {
        let of = |typed| sides(typed).unwrap_or_default();
        assert_eq!(
            of("7月9号晚上晓天和万佛湖各是什么情况"),
            ["7月9号晚上晓天是什么情况", "7月9号晚上万佛湖是什么情况"]
        );
        assert!(of("晓天和万佛湖都停电了吗").is_empty() && of("各县和各乡怎么分工").is_empty());
        assert_eq!(
            of("在招商和茶叶两个会上分别提了什么要求"),
            ["在招商会上提了什么要求", "在茶叶会上提了什么要求"]
        );
        assert_eq!(of("晓天和万佛湖两个镇各自的难处"), ["晓天的难处", "万佛湖的难处"]);
        assert_eq!(
            of("会上,大槐树镇和万安镇的书记各自检讨了什么"),
            ["会上,大槐树镇的书记检讨了什么", "会上,万安镇的书记检讨了什么"]
        );
        assert_eq!(
            of("同样是招商,肃宁县和胡集镇的路子有什么区别"),
            ["同样是招商,肃宁县的路子", "同样是招商,胡集镇的路子"]
        );
    }

    #[test]
    fn questions_are_parted_and_how_to_answer_is_none() {
        assert_eq!(several("彬州怎么评价示范点？礼泉下一步做什么？").len(), 2);
        assert_eq!(
            several("代表们带来了哪些建议？全部列出来"),
            ["代表们带来了哪些建议？全部列出来"]
        );
        assert_eq!(several("路什么时候修好?\n桥呢").len(), 1);
        assert_eq!(
            several("全县有多少老师,去年走了几个"),
            ["全县有多少老师", "去年走了几个"]
        );
        assert_eq!(several("会上说了些啥,简单归纳下").len(), 1);
        assert_eq!(several("他是不是说过“有多少人,修几条路”").len(), 1);
        // It asks something of its own.
        assert_eq!(several("谁主持会议?详细说说县财政局下一步的打算是什么").len(), 2);
    }
}
