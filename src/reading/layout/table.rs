//! Tables: rows of cells, and which columns say who spoke and what.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lines::Line;
use crate::reading::format::MarkKind;
use crate::reading::labels::{Label, LabelKind, kind_of};
use crate::text::{Span, ends_sentence, fold_str, rows};

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its cells in order; those without words are empty.
    pub cells: Vec<Span>,
    /// Whether the format says that it names the columns.
    pub head: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Role {
    Speaker,
    Office,
    Words,
}

/// What columns are called, and whether the name may be the end of a longer one.
static COLUMNS: LazyLock<Vec<(&str, Role, bool)>> = LazyLock::new(|| {
    rows!("columns.tsv", 2..=3)
        .map(|row| {
            let (role, name, ends) = match row.as_slice() {
                [role, name] => (*role, *name, false),
                [role, name, "ends"] => (*role, *name, true),
                _ => row.wrong("no such end"),
            };
            let role = match role {
                "speaker" => Role::Speaker,
                "office" => Role::Office,
                "words" => Role::Words,
                _ => row.wrong("no such role"),
            };
            (name, role, ends)
        })
        .collect()
});

static ROLES: LazyLock<HashMap<&str, Role>> =
    LazyLock::new(|| COLUMNS.iter().map(|(name, role, _)| (*name, *role)).collect());

static ENDS: LazyLock<Vec<(Role, &str)>> = LazyLock::new(|| {
    let ends = COLUMNS.iter().filter(|(_, _, ends)| *ends);
    ends.map(|(name, role, _)| (*role, *name)).collect()
});

/// Which columns of a table of remarks hold what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The speaker's name.
    pub speaker: usize,
    /// The office, or the body spoken for.
    pub office: Option<usize>,
    /// What was said.
    pub words: usize,
}

impl Columns {
    /// The columns that a table's first row names, where it is a table of remarks.
    pub fn of(text: &str, first: &Row) -> Option<Columns> {
        Columns::among(&names_of(text, first))
    }

    /// Those among columns of these names.
    fn among(names: &[String]) -> Option<Columns> {
        let whole = |wanted: Role| names.iter().position(|name| ROLES.get(name.as_str()) == Some(&wanted));
        // 与会人发言要点: by its end, where no column is called so as a whole.
        let place =
            |wanted: Role| whole(wanted).or_else(|| names.iter().position(|name| role_of(name) == Some(wanted)));
        Some(Columns {
            speaker: place(Role::Speaker)?,
            office: whole(Role::Office),
            words: place(Role::Words)?,
        })
    }

    /// The columns of each remark of a row, in the row's order: question and answer with whose they are, or several columns of what one
    /// person says. Empty where the table is none of remarks.
    pub fn all_of(text: &str, first: &Row) -> Vec<Columns> {
        let names = names_of(text, first);
        let is = |at: usize, wanted: Role| role_of(&names[at]) == Some(wanted);
        let answers = (0..names.len()).any(|at| is(at, Role::Speaker) && ANSWERERS.contains(&names[at].as_str()));
        let says = |at: usize| is(at, Role::Words) || answers && ASKED.contains(&names[at].as_str());
        let Some(one) = Columns::among(&names) else {
            return Vec::new();
        };
        let several = (0..names.len()).filter(|at| is(*at, Role::Speaker)).count() > 1;
        let mut found: Vec<Columns> = Vec::new();
        for words in (0..names.len()).filter(|at| says(*at)) {
            let Some(speaker) = (0..words).rev().find(|at| is(*at, Role::Speaker)) else {
                continue;
            };
            found.push(Columns {
                speaker,
                office: one.office.filter(|_| !several),
                words,
            });
        }
        match found.len() {
            0 => vec![one],
            _ => found,
        }
    }
}

/// What a column of this name holds: by the whole of it, or by its end.
fn role_of(name: &str) -> Option<Role> {
    let by_end = || ENDS.iter().find(|(_, end)| name.ends_with(end)).map(|(role, _)| *role);
    ROLES.get(name).copied().or_else(by_end)
}

/// The names that a row gives to columns.
fn names_of(text: &str, row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| key_of(text, *cell)).collect()
}

/// What the column of those is called who answer, and that of what they are asked.
const ANSWERERS: [&str; 5] = ["答复人", "回答人", "解答人", "回应人", "答复人员"];
const ASKED: [&str; 4] = ["问题", "提问", "所提问题", "提出问题"];

/// The facts that a row of a form gives: 会议时间 | 2024年8月19日 | 地点 | 二楼. None where it names columns (时间 | 内容).
pub fn label_row(text: &str, row: &Row) -> Vec<Label> {
    let cells: Vec<Span> = row.cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
    let mut labels = Vec::new();
    for pair in cells.chunks(2) {
        let [key, value] = pair else { break };
        let (key, name) = (*key, key_of(text, *key));
        let Some(kind) = kind_of(&name) else { break };
        let words = fold_str(value.of(text));
        let names_column =
            kind_of(&key_of(text, *value)).is_some() || ROLES.contains_key(key_of(text, *value).as_str());
        let is_time = words.contains(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c));
        // 主持人 | 今天先说路。: what somebody said.
        if names_column || ends_sentence(&words) || kind == LabelKind::Time && !is_time {
            return Vec::new();
        }
        labels.push(Label {
            kind,
            key: name,
            span: Span::new(key.start(), value.end()),
            value: *value,
        });
    }
    labels
}

/// A cell's words as keys and columns are called: folded, in small letters, without blanks, colon and what stands in
/// brackets behind them: 发言人(单位).
fn key_of(text: &str, cell: Span) -> String {
    let folded = fold_str(cell.of(text)).to_lowercase();
    let bare = match folded.split_once('(') {
        Some((bare, _)) if !bare.is_empty() => bare,
        _ => &folded,
    };
    bare.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':'))
        .collect()
}

/// For each line its row, where it is one of a table: by the format's word, or because lines of one number of tabs
/// follow each other.
pub fn table_rows(text: &str, lines: &[Line<'_>]) -> Vec<Option<Row>> {
    let tabs = |line: &Line<'_>| match line.mark {
        None => line.span.of(text).matches('\t').count(),
        Some(_) => 0,
    };
    let mut found: Vec<Option<Row>> = lines
        .iter()
        .map(|line| match line.mark {
            Some(MarkKind::Row { cells, head }) => Some(Row {
                cells: cells.clone(),
                head: *head,
            }),
            _ => None,
        })
        .collect();
    let mut from = 0;
    while from < lines.len() {
        let count = tabs(&lines[from]);
        let run = lines[from..]
            .iter()
            .enumerate()
            .take_while(|(index, line)| tabs(line) == count && (*index == 0 || !line.after_blank))
            .count();
        if count >= 1 && run >= FEWEST_ROWS {
            for index in from..from + run {
                found[index] = Some(tabbed(text, lines[index].span));
            }
        }
        from += run;
    }
    found
}

/// Fewest lines with tabs that are a table.
const FEWEST_ROWS: usize = 2;

fn tabbed(text: &str, line: Span) -> Row {
    let mut at = line.start();
    let cells = line
        .of(text)
        .split('\t')
        .map(|cell| {
            let span = Span::new(at, at + cell.len()).trimmed(text);
            at += cell.len() + 1;
            span
        })
        .collect();
    Row { cells, head: false }
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::reading::format::Document;

    #[test]
    fn lines_with_tabs_are_rows_and_their_head_names_the_columns() {
        let text = "防汛会商表\n序号\t姓名\t单位职务\t发言内容\n1\t贺天佑\t水务局局长\t先备沙袋\n";
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let found = table_rows(text, &lines(&document, 0));
        assert!(found[0].is_none());
        let columns = Columns::of(text, found[1].as_ref().unwrap()).unwrap();
        assert_eq!((columns.speaker, columns.office, columns.words), (1, Some(2), 3));
        let roles = |line: &str| {
            let columns = Columns::of(line, &tabbed(line, Span::new(0, line.len())))?;
            Some((columns.speaker, columns.words))
        };
        assert_eq!(roles("序号\t发言人（单位）\t发言内容\t备注"), Some((1, 2)));
        assert_eq!(roles("时间戳\t讲话人\t转写文本"), Some((1, 2)));
        assert_eq!(roles("start\tend\tspeaker\ttext"), Some((2, 3)));
        assert_eq!(roles("代表姓名\t所提意见"), Some((0, 1)));
        assert_eq!(roles("事项\t责任人\t期限"), None);
        let row = found[2].as_ref().unwrap();
        assert_eq!(row.cells[columns.words].of(text), "先备沙袋");
    }

    #[test]
    fn a_row_may_have_several_remarks() {
        let all = |line: &str| {
            let columns = Columns::all_of(line, &tabbed(line, Span::new(0, line.len())));
            columns
                .into_iter()
                .map(|one| (one.speaker, one.words))
                .collect::<Vec<_>>()
        };
        assert_eq!(all("序号\t提问人\t问题\t答复人\t现场答复"), [(1, 2), (3, 4)]);
        assert_eq!(all("姓名\t职务\t反映的情况\t意见建议"), [(0, 2), (0, 3)]);
        assert_eq!(all("姓名\t问题\t期限"), []);
    }

    #[test]
    fn a_table_of_figures_is_none_of_remarks() {
        let text = "姓名\t电话\n贺天佑\t138\n";
        let document = Document {
            text: text.to_owned(),
            marks: Vec::new(),
        };
        let found = table_rows(text, &lines(&document, 0));
        assert_eq!(Columns::of(text, found[0].as_ref().unwrap()), None);
    }

    #[test]
    fn a_row_of_a_form_gives_facts_and_names_no_columns() {
        let facts = |line: &str| {
            label_row(line, &tabbed(line, Span::new(0, line.len())))
                .into_iter()
                .map(|label| (label.key, label.value.of(line).to_owned()))
                .collect::<Vec<_>>()
        };
        let fact = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            facts("会议时间\t2024年8月19日\t地点\t二楼"),
            [fact("会议时间", "2024年8月19日"), fact("地点", "二楼")]
        );
        assert_eq!(facts("主 持 人：\t贺天佑"), [fact("主持人", "贺天佑")]);
        for line in [
            "时间\t内容",
            "议题\t发言人\t发言要点",
            "主持人\t今天先说路。",
            "贺天佑\t水务局",
        ] {
            assert_eq!(facts(line), [], "{line}");
        }
    }
}
