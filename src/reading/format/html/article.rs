//! Which lines of a page are its article: the rest is menus, crumbs, links to other pages, the office's address.
//!
//! The article is the innermost element that holds nearly all prose (lines with sentences that are no links), or one that
//! the common editors of public sites are known to put it in. A page without menus is all article.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lines::{Kind, Line};
use super::tree::{Id, Tree};

/// Prose on a page below which it has no article that could be told, in characters.
const LEAST_PROSE: usize = 60;
/// Of all prose, the article holds at least so much, in percent.
const SHARE: usize = 75;
/// A known container is believed if it holds so much of the prose, in percent.
const KNOWN_SHARE: usize = 30;
/// A line of prose outside the article that is so long is left in: to lose words is worse than to keep a notice.
const LONG_PROSE: usize = 60;
/// Lines before the article among which its date and source are looked for, where no title stands.
const NEAR: usize = 6;
/// A line that is a phrase of menus is no longer than this.
const LONGEST_PHRASE: usize = 80;

/// Names of classes and ids; see the files for source and form.
static MENUS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("menu_names.txt")));
static ARTICLES: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("article_names.txt")));
/// Beginnings of lines; see the file.
static PHRASES: LazyLock<HashSet<&str>> = LazyLock::new(|| words(include_str!("menu_phrases.txt")));

fn words(file: &'static str) -> HashSet<&'static str> {
    file.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// For each line, whether it is navigation. `title` says which line is the page's title, if one is.
pub(super) fn navigation(tree: &Tree, lines: &[Line], title: Option<usize>) -> Vec<bool> {
    let page = Page::new(tree, lines);
    let menus: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| page.is_in_menu(line, title == Some(at)))
        .collect();
    let Some(root) = page.article(&menus) else {
        return lines
            .iter()
            .zip(&menus)
            .map(|(line, menu)| *menu || is_phrase(&line.text))
            .collect();
    };
    let inside: Vec<bool> = lines.iter().map(|line| tree.holds(root, line.block)).collect();
    let first = inside.iter().position(|inside| *inside).unwrap_or(0);
    let last = inside.iter().rposition(|inside| *inside).unwrap_or(lines.len());
    let title = title.filter(|title| *title <= last);
    let begin = title.unwrap_or(first).min(first);
    let judge = |at: usize, line: &Line| {
        let is_title = title == Some(at);
        let is_near = at < first && at + NEAR >= first && has_date(&line.text);
        match () {
            () if is_title => false,
            () if menus.get(at).copied().unwrap_or_default() => true,
            () if (begin..=last).contains(&at) || is_near => is_link_list(line) || is_phrase(&line.text),
            () => !(is_prose(line) && line.text.chars().count() >= LONG_PROSE) || is_phrase(&line.text),
        }
    };
    let mut judged: Vec<bool> = lines.iter().enumerate().map(|(at, line)| judge(at, line)).collect();
    leave_out_last_headings(lines, title, &mut judged);
    judged
}

/// Headings that no prose follows belong to what follows the article: `精彩图集`, `热点排行`.
fn leave_out_last_headings(lines: &[Line], title: Option<usize>, judged: &mut [bool]) {
    for (at, (line, left_out)) in lines.iter().zip(judged).enumerate().rev() {
        if !*left_out && (is_prose(line) || title == Some(at)) {
            break;
        }
        *left_out |= matches!(line.kind, Kind::Heading(_));
    }
}

struct Page<'p> {
    tree: &'p Tree,
    lines: &'p [Line],
    /// Characters that are no links, by element.
    plain: Vec<usize>,
    /// Whether an element calls itself a menu.
    menus: Vec<bool>,
}

impl<'p> Page<'p> {
    fn new(tree: &'p Tree, lines: &'p [Line]) -> Self {
        let plain = sums(tree, lines.iter().map(|line| (line.block, plain(line))));
        let menus = (0..tree.nodes.len()).map(|id| is_menu(tree, id)).collect();
        Page {
            tree,
            lines,
            plain,
            menus,
        }
    }

    /// Whether a line stands in an element that calls itself a menu and does not hold the page's words.
    fn is_in_menu(&self, line: &Line, is_title: bool) -> bool {
        let all = self.plain.first().copied().unwrap_or(0);
        let mut at = line.block;
        while at > 0 {
            // `<header>` and the like around a title hold it and no menu.
            let holds_page = self.plain.get(at).copied().unwrap_or(0) * 3 > all && all > LEAST_PROSE;
            if !holds_page && !is_title && self.menus.get(at).copied().unwrap_or_default() {
                return true;
            }
            at = self.tree.parent(at);
        }
        false
    }

    /// The element that holds the article; `None` if the page is all text.
    fn article(&self, menus: &[bool]) -> Option<Id> {
        let prose = |(at, line): (usize, &Line)| {
            let is_it = is_prose(line) && !menus.get(at).copied().unwrap_or_default() && !is_phrase(&line.text);
            (line.block, if is_it { plain(line) } else { 0 })
        };
        let prose = sums(self.tree, self.lines.iter().enumerate().map(prose));
        let all = prose.first().copied().unwrap_or(0);
        let has_menus = menus.contains(&true) || self.lines.iter().filter(|line| is_link_list(line)).count() >= 3;
        if all < LEAST_PROSE || !has_menus {
            return None;
        }
        let share = |id: Id| prose.get(id).copied().unwrap_or(0) * 100 / all;
        let known = || (1..self.tree.nodes.len()).filter(|id| share(*id) >= KNOWN_SHARE && self.is_article(*id));
        let most = known().map(share).max().unwrap_or(0);
        // Vague names (article-content) hold a column with other pages' headlines, the precise one within (artibody) does not.
        let known = known().filter(|id| share(*id) * 2 >= most).max();
        let mut root = known.unwrap_or(0);
        if known.is_none() {
            while let Some(child) = self
                .tree
                .children(root)
                .iter()
                .copied()
                .find(|child| share(*child) >= SHARE)
            {
                root = child;
            }
        }
        Some(root)
    }

    fn is_article(&self, id: Id) -> bool {
        let Some(element) = self.tree.element(id) else {
            return false;
        };
        let mut names = element.class.split_whitespace().chain([element.id.as_str()]);
        names.any(|name| ARTICLES.contains(name.to_ascii_lowercase().as_str()))
    }
}

/// Whether an element calls itself a menu, by its name, its role, its class or its id.
fn is_menu(tree: &Tree, id: Id) -> bool {
    let Some(element) = tree.element(id) else {
        return false;
    };
    let by_element = matches!(element.name.as_str(), "nav" | "footer" | "aside");
    let by_role = matches!(
        element.role.as_str(),
        "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "menu"
    );
    by_element
        || by_role
        || names(&element.class)
            .chain(names(&element.id))
            .any(|name| MENUS.contains(name.as_str()))
}

/// What stands in each element and below it.
fn sums(tree: &Tree, counted: impl Iterator<Item = (Id, usize)>) -> Vec<usize> {
    let mut sums = vec![0usize; tree.nodes.len()];
    for (id, count) in counted {
        if let Some(sum) = sums.get_mut(id) {
            *sum += count;
        }
    }
    // Children stand behind their parents.
    for id in (1..sums.len()).rev() {
        let count = sums.get(id).copied().unwrap_or(0);
        if let Some(sum) = sums.get_mut(tree.parent(id)) {
            *sum += count;
        }
    }
    sums
}

fn plain(line: &Line) -> usize {
    line.text.chars().count().saturating_sub(line.linked)
}

/// A line with a sentence in it that is no link.
fn is_prose(line: &Line) -> bool {
    let length = line.text.chars().count();
    let has_sentence =
        line.text.contains(['。', '，', '；', '！', '？']) || line.text.contains(", ") || line.text.contains(". ");
    length >= 10 && line.linked * 3 < length && (has_sentence || matches!(line.kind, Kind::Row { .. }))
}

/// A line that is hardly more than links: `首页 > 新闻`, a headline of another page.
fn is_link_list(line: &Line) -> bool {
    let length = line.text.chars().filter(|c| c.is_alphanumeric()).count();
    let linked = line.linked;
    linked > 0 && linked * 10 >= length * 6 && !(line.text.contains('。') && length > LONGEST_PHRASE)
}

/// A short line that begins as those do that belong to the site: `上一篇：`, `版权所有`, `责任编辑：`.
fn is_phrase(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let length = text.chars().count();
    let begins = || {
        (2..=6).any(|n| {
            text.char_indices()
                .nth(n)
                .map_or(Some(text), |(end, _)| text.get(..end))
                .is_some_and(|head| PHRASES.contains(head))
        })
    };
    length <= LONGEST_PHRASE && begins()
}

/// `2025年5月20日`, `2025-05-20`, `来源：`.
fn has_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_date =
        digits >= 4 && (text.contains('年') || text.contains('-') || text.contains('/') || text.contains('.'));
    text.chars().count() <= LONGEST_PHRASE && (is_date || text.contains("来源") || text.contains("作者"))
}

/// The words of a class or id: `topNav_list` is `top`, `nav`, `list`, and `topnav_list` itself.
fn names(value: &str) -> impl Iterator<Item = String> + '_ {
    let whole = value.split_whitespace().map(str::to_ascii_lowercase);
    let parts = value.split(|c: char| !c.is_ascii_alphabetic()).flat_map(camel_parts);
    whole.chain(parts).filter(|name| !name.is_empty())
}

fn camel_parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in word.chars() {
        if c.is_ascii_uppercase() && was_lower {
            parts.push(String::new());
        }
        was_lower = c.is_ascii_lowercase();
        if let Some(part) = parts.last_mut() {
            part.push(c.to_ascii_lowercase());
        }
    }
    parts
}
