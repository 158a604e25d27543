//! Heads that stand alone over words: `■ 昭觉县副县长 阿尔木呷`, `**王静**` over a list, `### 王静`.

use std::collections::HashSet;

use super::Head;
use super::label::{Known, head, judge};
use super::naming::{is_place, is_strange_name};
use super::rule::Rule;
use super::shape::{Form, Shape, Timed};
use super::topic::is_made_of_words;
use crate::meeting::Reason;
use crate::reading::attribution::{
    Naming, People, ends_in_title, is_cue, is_name_char, mentions_in, organ_at_end, shaped_like_name,
};
use crate::reading::layout::{Block, Kind};
use crate::text::{Folded, Segmenter, Span, ends_sentence, fold_str};

/// Takes lines that name somebody and nothing else, each over words, where there are several, or where the file's head
/// names the one.
pub fn settle(text: &str, blocks: &mut [Block], known: &Known) {
    let mut found: Vec<(usize, Head)> = Vec::new();
    let mut labels: HashSet<String> = HashSet::new();
    let mut certain = false;
    // 教育局:王静, 水利局:丘福生 one below the other are a list of those present.
    let (mut units, mut listed) = (Vec::new(), 0);
    let mut by_office_alone: Vec<usize> = Vec::new();
    for index in 0..blocks.len().saturating_sub(1) {
        if !matches!(
            blocks[index].kind,
            Kind::Title | Kind::Heading | Kind::Paragraph | Kind::Furniture(Reason::Caption)
        ) || !has_words(text, &blocks[index + 1])
        {
            continue;
        }
        if let Some(head) = unit_and_name(text, &blocks[index], known) {
            if unit_and_name(text, &blocks[index + 1], known).is_some() {
                listed += 1;
            } else {
                units.push((index, head));
            }
            continue;
        }
        let by_office = || {
            (ends_sentence(blocks[index + 1].span.of(text)) && blocks[index].kind != Kind::Title)
                .then(|| lone_head(text, blocks[index].span))
                .flatten()
        };
        if let Some((head, is_known)) = set_off(text, &blocks[index], known).or_else(|| {
            let head = by_office()?;
            by_office_alone.push(index);
            Some((head, false))
        }) {
            labels.insert(blocks[index].span.of(text).to_owned());
            certain |= is_known;
            found.push((index, head));
        }
    }
    if labels.len() < 2 && !certain {
        found.clear();
    }
    let captions: Vec<usize> = found
        .iter()
        .filter(|(index, _)| by_office_alone.contains(index))
        .filter(|(index, head)| is_caption(text, blocks, *index, head))
        .map(|(index, _)| *index)
        .collect();
    // What stands under photographs of a report: a reporter tells below each, or most, who said what.
    if captions.len() > 1 && 2 * captions.len() > by_office_alone.len() {
        found.retain(|(index, _)| !by_office_alone.contains(index));
        for index in by_office_alone {
            blocks[index].kind = Kind::Furniture(Reason::Caption);
        }
    }
    if units.len() < 2 || units.len() < listed {
        units.clear();
    }
    unread_heads(text, blocks, &mut found);
    for (index, head) in found.into_iter().chain(units) {
        blocks[index].kind = Kind::Turn(head);
    }
    offices_below(text, blocks);
}

/// Bullets that heads are set off with.
const BULLETS: [char; 10] = ['●', '○', '■', '□', '◆', '◇', '▲', '▶', '★', '◎'];
/// Longest line that may be a head, in characters.
const LONGEST_HEAD: usize = 40;

/// Lines that are set off as the heads around them are, and that cannot be read: somebody else speaks below, nobody knows who.
fn unread_heads(text: &str, blocks: &[Block], found: &mut Vec<(usize, Head)>) {
    let bullet = |index: usize| {
        let before = text[..blocks[index].span.start()].trim_end().chars().next_back();
        before.filter(|mark| BULLETS.contains(mark))
    };
    let Some(mark) = found.iter().find_map(|(index, _)| bullet(*index)) else {
        return;
    };
    if found.iter().filter(|(index, _)| bullet(*index) == Some(mark)).count() < 2 {
        return;
    }
    let first = found.iter().map(|(index, _)| *index).min().unwrap_or_default();
    for index in 0..blocks.len().saturating_sub(1) {
        let words = blocks[index].span.of(text);
        let plain =
            blocks[index].kind == Kind::Paragraph && words.chars().count() <= LONGEST_HEAD && !ends_sentence(words);
        let known = found.iter().any(|(one, _)| *one == index);
        if plain && !known && bullet(index) == Some(mark) && index + 1 >= first && has_words(text, &blocks[index + 1]) {
            let end = blocks[index].span.end();
            found.push((
                index,
                Head {
                    name: None,
                    office: None,
                    words: Span::new(end, end),
                    sure: true,
                },
            ));
        }
    }
}

/// 岑江龙, below it (村篮球协会会长), below that the words; and so for others: names with their offices in brackets below.
fn offices_below(text: &str, blocks: &mut [Block]) {
    let mut found = Vec::new();
    let mut persons = 0;
    for index in 0..blocks.len().saturating_sub(2) {
        let is_name = matches!(blocks[index].kind, Kind::Heading | Kind::Paragraph | Kind::Title);
        let words_below = matches!(blocks[index + 2].kind, Kind::Paragraph);
        if !is_name || !words_below || blocks[index + 1].kind != Kind::Furniture(Reason::Caption) {
            continue;
        }
        let name = Folded::new(blocks[index].span.of(text), blocks[index].span.start());
        let below = Folded::new(blocks[index + 1].span.of(text), blocks[index + 1].span.start());
        let Some(inside) = below.text().strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
            continue;
        };
        let office = ends_in_title(inside) || organ_at_end(inside).is_some();
        let person = is_strange_name(name.text()) && !is_made_of_words(name.text());
        let body = organ_at_end(name.text()).is_some();
        if person && office || body && inside.ends_with("发言") {
            persons += usize::from(person);
            let office = below.original(Span::new('('.len_utf8(), below.text().len() - ')'.len_utf8()));
            found.push((
                index,
                Head {
                    name: Some(blocks[index].span),
                    office: person.then_some(office),
                    words: Span::new(blocks[index].span.end(), blocks[index].span.end()),
                    sure: true,
                },
            ));
        }
    }
    if persons > 1 {
        for (index, head) in found {
            blocks[index].kind = Kind::Turn(head);
        }
    }
}

fn has_words(text: &str, block: &Block) -> bool {
    match block.kind {
        Kind::Paragraph => true,
        // A short item of a list.
        Kind::Heading => block.span.start() > 0 && text[..block.span.start()].ends_with([' ', '•', '-']),
        _ => false,
    }
}

/// 【教育局】:【王静】, 教育局:王静(局长): a body, and who speaks for it below.
fn unit_and_name(text: &str, block: &Block, known: &Known) -> Option<Head> {
    let shape = Shape::of(text, block.span).filter(|shape| shape.colon)?;
    let is_body = |label: &str| organ_at_end(label).is_some() && !ends_in_title(label);
    if shape.timed != Timed::Never || !is_body(shape.label()) || shape.words.of(text).contains('\n') {
        return None;
    }
    let folded = Folded::new(shape.words.of(text), shape.words.start());
    let value = folded.text();
    let marks: &[char] = &['【', '】', '[', ']', '*', ' '];
    let lead = value.len() - value.trim_start_matches(marks).len();
    let name = value[lead..].split(['(', '】', ']', '*']).next()?.trim_end();
    let name = Span::new(lead, lead + name.len());
    let rest = value[name.end()..].trim_matches(marks);
    let office = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_name = shaped_like_name(name.of(value)) || known.contains(name.of(value));
    if !is_name || !(rest.is_empty() || office.is_some()) {
        return None;
    }
    let office = office.filter(|office| ends_in_title(office)).and_then(|office| {
        let at = value.rfind(office)?;
        Some(folded.original(Span::new(at, at + office.len())))
    });
    Some(Head {
        name: Some(folded.original(name)),
        office,
        words: Span::new(block.span.end(), block.span.end()),
        sure: true,
    })
}

/// A name in bold, in a box, or in a Markdown heading; and whether the file's head gives it.
fn set_off(text: &str, block: &Block, known: &Known) -> Option<(Head, bool)> {
    let shape = Shape::of(text, block.span).filter(Shape::is_bare)?;
    let marked = text[..block.span.start()].ends_with("# ");
    let judged = judge(&shape, known);
    let is_known = judged.rule == Rule::Known;
    let person = judged.rule.is_person() && judged.rule != Rule::Familiar;
    let set_off = marked && block.kind != Kind::Title
        || shape.form != Form::Plain
        || is_known && matches!(block.kind, Kind::Heading);
    // 【松溪日报记者】 over the question.
    let asks = shape.form == Form::Boxed && judged.rule == Rule::SureRole && shape.label().ends_with(JOURNALIST);
    (set_off && (person || asks)).then(|| (head(&shape, &judged), is_known))
}

/// How the label of whoever asks ends.
const JOURNALIST: &str = "记者";

/// Whether a line of office and name is no head but stands under a photograph: the paragraph above it tells of that person,
/// or the one below begins with another who says something (邹岚表示,…).
fn is_caption(text: &str, blocks: &[Block], index: usize, head: &Head) -> bool {
    let Some(name) = head.name.map(|name| fold_str(name.of(text))) else {
        return false;
    };
    let paragraph = |at: usize| {
        let block = blocks.get(at).filter(|block| block.kind == Kind::Paragraph);
        block.map(|block| fold_str(block.span.of(text)))
    };
    let above = index.checked_sub(1).and_then(paragraph);
    let told_above = above.is_some_and(|above| above.contains(&name));
    told_above || paragraph(index + 1).is_some_and(|below| begins_with_report(&below, &name))
}

/// Whether a (folded) paragraph begins with a name other than `own` and a word for saying.
fn begins_with_report(paragraph: &str, own: &str) -> bool {
    let Some(clause) = paragraph.find([',', ':', '。']).map(|end| &paragraph[..end]) else {
        return false;
    };
    [3usize, 2, 4].into_iter().any(|count| {
        let Some((at, _)) = clause.char_indices().nth(count) else {
            return false;
        };
        let (name, told) = clause.split_at(at);
        name != own
            && shaped_like_name(name)
            && told.chars().count() <= LONGEST_CUE
            && told.char_indices().any(|(at, _)| is_cue(&told[at..]))
    })
}

/// Most characters of a word for saying, with what stands before it: 最后强调.
const LONGEST_CUE: usize = 6;

/// An office and a name.
fn lone_head(text: &str, span: Span) -> Option<Head> {
    let folded = Folded::new(span.of(text), span.start());
    let line = folded.text();
    // ——青石镇书记 邹岚: signs what stands above.
    if line.trim_start().starts_with('—') {
        return None;
    }
    let lead = line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let bare = &line[lead..];
    let words = Span::new(span.end(), span.end());
    let shift = |part: Span| folded.original(Span::new(lead + part.start(), lead + part.end()));
    let mentions = mentions_in(bare, &People::default());
    if let [mention] = mentions.as_slice()
        && mention.span == Span::new(0, bare.len())
        && let (Naming::Name(name), Some(office)) = (mention.naming, mention.office)
    {
        return Some(Head {
            name: Some(shift(name)),
            office: Some(shift(office)),
            words,
            sure: true,
        });
    }
    if let Some((name, office)) = in_brackets(bare) {
        return Some(Head {
            name: Some(shift(name)),
            office: Some(shift(office)),
            words,
            sure: true,
        });
    }
    // 武台镇 宋佳(镇长,代书记发言): what somebody is stands in brackets behind the name.
    let noted = bare
        .strip_suffix(')')
        .and_then(|bare| bare.rsplit_once('('))
        .filter(|(before, _)| before.contains(' '))
        .and_then(|(before, inside)| {
            let title = inside
                .split([',', '、', ' '])
                .next()
                .filter(|title| ends_in_title(title))?;
            let at = before.len() + '('.len_utf8();
            Some((before.trim_end(), Span::new(at, at + title.len())))
        });
    let (bare, titled) = match noted {
        Some((before, title)) => (before, Some(title)),
        None => (bare, None),
    };
    // An office, a space, and a name of whatever shape.
    let (office, name) = bare.rsplit_once(' ')?;
    let is_name = (2..=8).contains(&name.chars().count()) && name.chars().all(|c| c == '·' || is_name_char(c));
    let office = office.trim_end();
    // 地方镇 公茂盛: for whom somebody speaks, and the name.
    let house = office.chars().all(is_name_char) && (office.ends_with(HOUSES) || organ_at_end(office).is_some());
    // 公茂盛: by where it stands it is a name, whatever words it is made of.
    let strange = name.chars().count() == 3 && !Segmenter::shared().knows(name)
        || (4..=8).contains(&name.chars().count()) && !is_made_of_words(name);
    let named = shaped_like_name(name) || is_name && strange;
    if house && named && !ends_in_title(office) && office.chars().count() <= LONGEST_HOUSE {
        return Some(Head {
            name: Some(shift(Span::new(bare.len() - name.len(), bare.len()))),
            office: titled.map(shift),
            words,
            sure: true,
        });
    }
    (is_name && ends_in_title(office) && !office.contains([',', '。'])).then(|| Head {
        name: Some(shift(Span::new(bare.len() - name.len(), bare.len()))),
        office: Some(shift(Span::new(0, office.len()))),
        words,
        sure: true,
    })
}

/// The name and the office of a line that has them in brackets: 青石镇(邹岚,党委书记), 青石镇(镇长 邹岚), 邹岚(青石镇党委书记).
fn in_brackets(line: &str) -> Option<(Span, Span)> {
    let open = line.find('(')?;
    let inside = line[open + 1..].strip_suffix(')')?;
    if inside.contains(['(', '。']) {
        return None;
    }
    let before = line[..open].trim_end();
    let is_name = |name: &str| {
        shaped_like_name(name)
            || is_strange_name(name) && !is_made_of_words(name) && !ends_in_title(name) && organ_at_end(name).is_none()
    };
    let at = |piece: &str| {
        let from = piece.as_ptr() as usize - line.as_ptr() as usize;
        Span::new(from, from + piece.len())
    };
    if ends_in_title(inside) && is_name(before) && !inside.contains([',', '、']) {
        return Some((at(before), at(inside)));
    }
    let (one, other) = inside.split_once([',', '、', ' ', ':'])?;
    let (one, other) = (one.trim(), other.trim());
    let house = organ_at_end(before).is_some() || is_place(before) || before.ends_with(HOUSES);
    match () {
        () if !house => None,
        () if is_name(one) && ends_in_title(other) => Some((at(one), at(other))),
        () if is_name(other) && ends_in_title(one) => Some((at(other), at(one))),
        () => None,
    }
}

/// Longest name of a place or a body in a head, in characters.
const LONGEST_HOUSE: usize = 12;
/// How the names of those end for whom somebody reports.
const HOUSES: [char; 14] = [
    '镇', '乡', '村', '县', '区', '市', '旗', '局', '委', '办', '院', '司', '厂', '社',
];

#[cfg(test)]
mod tests {
    use crate::reading::testing::{says, told};

    #[test]
    fn a_body_and_a_name_head_the_words_below() {
        let words = [
            "丘福生 一是校车三十辆。",
            "丘福生 二是食堂换锅。",
            "何晓岚 渠还差两公里。",
        ];
        for (one, other) in [
            ("教育局：丘福生", "水利局：何晓岚"),
            ("【教育局】：【丘福生】", "【水利局】：【何晓岚】"),
            ("教育局：丘福生（局长）", "水利局：何晓岚（科员）"),
        ] {
            let text = format!("周例会\n\n{one}\n一是校车三十辆。\n二是食堂换锅。\n\n{other}\n渠还差两公里。\n");
            assert_eq!(told(&text), words, "{one}");
        }
    }

    #[test]
    fn who_asks_in_a_box_speaks_and_nobody_answers_for_him() {
        let text =
            "发布会实录\n\n【县水利局局长 丘福生】\n先说渠。\n【长汀日报记者】\n渠哪天通？\n【丘福生】\n月底。\n";
        assert_eq!(
            told(text),
            ["丘福生 先说渠。", "长汀日报记者 渠哪天通？", "丘福生 月底。"]
        );
        // A box that names nobody who asks is a section.
        let text = "发布会实录\n\n【县水利局局长 丘福生】\n先说渠。\n【渠道建设】\n渠还差两公里。\n";
        assert!(told(text).iter().all(|turn| !turn.starts_with("渠道建设")));
    }

    #[test]
    fn bodies_and_names_one_below_the_other_are_a_list() {
        let text = "周例会\n\n教育局：丘福生\n水利局：何晓岚\n交通局：韦朝军\n\n今天研究校车。\n";
        assert!(told(text).is_empty());
    }

    #[test]
    fn houses_with_names_and_offices_in_brackets_head_the_words() {
        let text = "工作交流会发言摘要\n\n按：现将发言整理如下。\n\n●青石镇（邹岚，党委书记）\n    路修完了，账我认。\n\n●塔塔尔族乡（依拉木江·塔依尔，乡长）\n    牧道旁修五处饮水点。\n\n●柳湾镇（镇长 何晓岚）\n    渠还差两公里。\n";
        assert_eq!(
            told(text),
            [
                "邹岚 路修完了，账我认。",
                "依拉木江·塔依尔 牧道旁修五处饮水点。",
                "何晓岚 渠还差两公里。"
            ]
        );
        let gaps = "汇报会记录\n\n●青石镇　邹岚\n路修完了，账我认。\n\n●柳湾镇　何晓岚\n渠还差两公里。\n";
        assert_eq!(told(gaps), ["邹岚 路修完了，账我认。", "何晓岚 渠还差两公里。"]);
        let strange = "汇报会记录\n\n●地方镇　公茂盛\n接管完了。\n\n●柳湾镇　何晓岚（镇长，代书记发言）\n渠还差两公里。\n\n●书面材料（略）及其他事项\n路明年修。\n\n●青石镇　邹岚\n路修完了。\n";
        assert_eq!(
            told(strange),
            [
                "公茂盛 接管完了。",
                "何晓岚 渠还差两公里。",
                "- 路明年修。",
                "邹岚 路修完了。"
            ]
        );
        let places = "规划公示\n\n青石镇（东片，三公里）\n路修完了。\n\n柳湾镇（西片，两公里）\n渠还没修。\n";
        assert!(told(places).is_empty());
    }

    #[test]
    fn names_with_their_offices_in_brackets_below_head_the_words() {
        let text = "圆桌谈\n\n今天请来两位嘉宾座谈。以下为发言摘要。\n\n岑江松\n（青禾县篮球协会会长）\n\n四十年前没有直播，六月六照样打。\n\n张秀莲\n（苗绣合作社理事长）\n\n去年我们卖了两万件绣片。\n";
        assert_eq!(
            told(text),
            [
                "岑江松 四十年前没有直播，六月六照样打。",
                "张秀莲 去年我们卖了两万件绣片。"
            ]
        );
        let captions = "赛事回顾\n\n开幕式\n（资料图）\n\n四十年前没有直播。\n\n颁奖\n（新华社发）\n\n奖品是一头猪。\n";
        assert!(told(captions).is_empty());
    }

    #[test]
    fn office_and_name_under_the_photographs_of_a_report_head_nothing() {
        let text = "座谈会召开\n\n2月20日，座谈会举行。\n丘福生首先介绍了茶园。他指出，夏秋茶烂在树上。\n青石县委书记 丘福生\n何晓岚表示，厂房等着设备。\n青石县委副书记、县长 何晓岚\n韦朝军补充说，补贴发得晚。\n青石县副县长 韦朝军\n会上，双方签了协议。\n";
        says(text, "厂房等着", Some("何晓岚"));
        says(text, "补贴发得晚", Some("韦朝军"));
        says(text, "双方签了", None);
        // In a collection who is named below the first head is spoken of.
        let collected = "代表发言\n\n青石县水利局局长 丘福生\n何晓岚说，渠漏水。我去看了，是真的。\n\n青石县副县长 韦朝军\n今年先修渠。\n\n青石县教育局局长 邹岚山\n校车三十辆。\n";
        says(collected, "今年先修渠", Some("韦朝军"));
        says(collected, "校车三十辆", Some("邹岚山"));
    }
}
