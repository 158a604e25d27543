//! Lists of those present: who is who before anybody speaks. `王静,长武县副县长`, `王静  长武县副县长`,
//! `发言人1——王静(长武县副县长)`. Names with offices in prose and in brackets are attribution's business.

use super::attribution::{Naming, People, ends_in_title, mentions_in};
use super::layout::{Block, Kind};
use super::turns::is_numbered;
use crate::text::{Folded, Span};

/// Somebody in a list of those present. Spans are bytes of the file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: Span,
    /// The office.
    pub office: Option<Span>,
    /// What a transcript calls the person: 发言人1.
    pub alias: Option<Span>,
}

/// Those whom the lists in `blocks` name.
pub fn roster(text: &str, blocks: &[Block]) -> Vec<Entry> {
    blocks
        .iter()
        .filter(|block| match block.kind {
            // A list of those present may look like short paragraphs.
            Kind::Paragraph => block.span.of(text).chars().count() <= LONGEST_ENTRY,
            Kind::Title | Kind::Row { .. } | Kind::Furniture(_) => false,
            _ => true,
        })
        .flat_map(|block| match &block.kind {
            Kind::Label { key, value } => {
                let mut entries = of_line(text, *value);
                if PRESENT.iter().any(|word| key.contains(word)) {
                    entries.extend(in_brackets(text, *value));
                }
                entries
            }
            _ => of_line(text, block.span),
        })
        .collect()
}

/// Longest line of a list of those present that is a paragraph of its own, in characters.
const LONGEST_ENTRY: usize = 60;
/// What the labels of lists of those present have in them.
const PRESENT: [&str; 9] = ["主持", "参会", "参加", "出席", "列席", "与会", "到会", "嘉宾", "发布人"];

/// 王静(县住建局副局长)、丘福生(业主代表): whatever stands in brackets behind a name in such a list, unless it is a body.
fn in_brackets(text: &str, span: Span) -> Vec<Entry> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(open) = line[at..].find('(').map(|open| at + open) {
        let Some(close) = line[open..].find(')').map(|close| open + close) else {
            break;
        };
        let before = &line[at..open];
        let name = before.trim_end();
        let from = name
            .rfind([' ', ',', '、', ';', ':', ')', '\t'])
            .map_or(0, |mark| mark + name[mark..].chars().next().map_or(1, char::len_utf8));
        let office = Span::new(open + 1, close);
        let is_name = (2..=8).contains(&name[from..].chars().filter(|c| *c != '·').count())
            && name[from..]
                .chars()
                .all(|c| c == '·' || super::attribution::is_name_char(c))
            && !ends_in_title(&name[from..]);
        let words = office.of(line);
        let is_office = (2..=40).contains(&words.chars().count())
            && (ends_in_title(words) || super::attribution::organ_at_end(words).is_none())
            && words
                .chars()
                .all(|c| c == '、' || c == ',' || super::attribution::is_name_char(c))
            && !ABSENT.iter().any(|word| words.contains(word));
        if is_name && is_office {
            entries.push(Entry {
                name: folded.original(Span::new(at + from, at + name.len())),
                office: Some(folded.original(office)),
                alias: None,
            });
        }
        at = close + 1;
    }
    entries
}

/// What stands in brackets behind a name and is how one takes part.
const ABSENT: [&str; 7] = ["请假", "线上", "视频", "列席", "缺席", "外出", "出差"];

fn of_line(text: &str, span: Span) -> Vec<Entry> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    if line.chars().count() > 400 || line.contains(['。', '?', '!']) {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut at = 0;
    for piece in line.split(';') {
        let lead = piece.len() - piece.trim_start().len();
        entries.extend(of_piece(
            line,
            Span::new(at + lead, at + piece.trim_end().len().max(lead)),
            &folded,
        ));
        at += piece.len() + 1;
    }
    entries
}

fn of_piece(line: &str, span: Span, folded: &Folded) -> Option<Entry> {
    let piece = span.of(line);
    let shift = |from: usize, to: usize| folded.original(Span::new(span.start() + from, span.start() + to));
    let separators = [' ', ',', '—', '-', ':', '='];
    let first = piece.find(separators)?;
    let head = &piece[..first];
    let rest_at = piece.len() - piece[first..].trim_start_matches(separators).len();
    let rest = &piece[rest_at..];
    if is_numbered(head) {
        let (name, office) = named(rest)?;
        return Some(Entry {
            name: shift(rest_at + name.start(), rest_at + name.end()),
            office: office.map(|office| shift(rest_at + office.start(), rest_at + office.end())),
            alias: Some(shift(0, first)),
        });
    }
    let is_name = (2..=8).contains(&head.chars().filter(|c| *c != '·').count())
        && head.chars().all(|c| c == '·' || super::attribution::is_name_char(c))
        && !ends_in_title(head);
    // 余付才 傈僳族 村民小组长
    if let Some(office_at) = behind_description(rest).filter(|_| is_name) {
        let office = Some(rest_at + office_at).filter(|_| ends_in_title(&rest[office_at..]));
        return Some(Entry {
            name: shift(0, first),
            office: office.map(|at| shift(at, piece.len())),
            alias: None,
        });
    }
    let is_office = ends_in_title(rest) && rest.chars().count() <= 60 && !rest.contains([' ', '(']);
    (is_name && is_office).then(|| Entry {
        name: shift(0, first),
        office: Some(shift(rest_at, piece.len())),
        alias: None,
    })
}

/// Where words go on behind somebody's people or sex: 傈僳族, 男,.
fn behind_description(words: &str) -> Option<usize> {
    let separators = [' ', ',', '、'];
    let end = words.find(separators).unwrap_or(words.len());
    let described = match words[..end].strip_suffix('族') {
        Some(people) => (1..=4).contains(&people.chars().count()),
        None => matches!(&words[..end], "男" | "女"),
    };
    let rest = words[end..].trim_start_matches(separators);
    described.then_some(words.len() - rest.len())
}

/// The one person that `words` name, from end to end.
fn named(words: &str) -> Option<(Span, Option<Span>)> {
    let mentions = mentions_in(words, &People::default());
    match mentions.as_slice() {
        [mention] if mention.span.start() == 0 => match mention.naming {
            Naming::Name(name) => Some((name, mention.office)),
            _ => None,
        },
        [] if (2..=4).contains(&words.chars().count()) => Some((Span::new(0, words.len()), None)),
        // 唐买社妹(连南瑶族自治县瑶绣非遗传承人): a name of an unusual shape before brackets.
        _ => {
            let open = words.find('(')?;
            let close = words.rfind(')')?;
            let name = Span::new(0, open);
            let short = (2..=8).contains(&name.of(words).chars().count());
            (short && open < close).then_some((name, Some(Span::new(open + 1, close))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::layout::Layout;

    fn of(text: &str) -> Vec<(String, String, String)> {
        let layout = Layout::of_text(text);
        roster(text, &layout.blocks)
            .into_iter()
            .map(|entry| {
                let words = |span: Option<Span>| span.map_or("", |span| span.of(text)).to_owned();
                (words(entry.alias), words(Some(entry.name)), words(entry.office))
            })
            .collect()
    }

    fn row(alias: &str, name: &str, office: &str) -> (String, String, String) {
        (alias.to_owned(), name.to_owned(), office.to_owned())
    }

    #[test]
    fn names_with_offices_behind_them() {
        assert_eq!(
            of("座谈记录\n参加人员:韦朝军,县委常委、副县长;罗安琴,花江镇党委书记\n温春山 旗农牧局局长\n"),
            [
                row("", "韦朝军", "县委常委、副县长"),
                row("", "罗安琴", "花江镇党委书记"),
                row("", "温春山", "旗农牧局局长")
            ]
        );
    }

    #[test]
    fn who_is_described_by_people_or_sex() {
        assert_eq!(
            of("访谈录\n\n丰玛利 傈僳族\n\n邹岚 女 护林员\n\n山上 冷\n"),
            [row("", "丰玛利", ""), row("", "邹岚", "护林员")]
        );
    }

    #[test]
    fn offices_in_brackets() {
        assert_eq!(
            of("议事会记录\n参加人员：王  静（县住建局副局长）、丘福生（业主代表）  巴图（县水利局） 韦朝军(线上)\n"),
            [row("", "王  静", "县住建局副局长"), row("", "丘福生", "业主代表")]
        );
    }

    #[test]
    fn numbered_speakers_are_told() {
        assert_eq!(
            of("座谈记录\n说话人对照:\n发言人1——房志勇(三排镇党委书记)\n发言人2——唐买社妹(瑶绣非遗传承人)\n"),
            [
                row("发言人1", "房志勇", "三排镇党委书记"),
                row("发言人2", "唐买社妹", "瑶绣非遗传承人")
            ]
        );
    }
}
