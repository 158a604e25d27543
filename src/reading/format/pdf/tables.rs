//! Tables: those that are drawn with lines, and those whose cells only stand one below the other.

use super::lines::{Fragment, line};
use super::page::Rule;

/// How near two lines must be to touch, or to be the same.
const TOUCH: f64 = 3.0;
/// The most columns and rows of a table.
const MAX_SIDE: usize = 400;
/// How wide a gap between two cells is at least, in sizes of the letters.
const CELL_GAP: f64 = 1.4;

/// A table that is drawn with lines.
#[derive(Debug)]
pub(super) struct Grid {
    rules: Vec<Rule>,
    /// The borders of columns, from left to right.
    xs: Vec<f64>,
    /// The borders of rows, from the top down.
    ys: Vec<f64>,
    borders: Borders,
}

/// Which sides of the cells are drawn: by row, then by column.
#[derive(Debug, Default)]
struct Borders {
    left: Vec<Vec<bool>>,
    above: Vec<Vec<bool>>,
}

impl Borders {
    fn of(rules: &[Rule], xs: &[f64], ys: &[f64]) -> Borders {
        let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
        let mut borders = Borders {
            left: vec![vec![false; columns]; rows],
            above: vec![vec![false; columns]; rows],
        };
        let middles = |ends: &[f64]| {
            ends.windows(2)
                .map(|pair| pair.iter().sum::<f64>() / 2.0)
                .collect::<Vec<_>>()
        };
        let (middle_xs, middle_ys) = (middles(xs), middles(ys));
        for rule in rules {
            let is_at = |at: &f64| (rule.at - at).abs() <= TOUCH;
            let is_along = |at: &f64| (rule.from..=rule.to).contains(at);
            let (is_row, is_column): (Vec<bool>, Vec<bool>) = if rule.is_level {
                (ys.iter().map(is_at).collect(), middle_xs.iter().map(is_along).collect())
            } else {
                (middle_ys.iter().map(is_along).collect(), xs.iter().map(is_at).collect())
            };
            let sides = if rule.is_level {
                &mut borders.above
            } else {
                &mut borders.left
            };
            for (row, _) in sides.iter_mut().zip(is_row).filter(|(_, is_row)| *is_row) {
                for (side, is_column) in row.iter_mut().zip(&is_column) {
                    *side |= is_column;
                }
            }
        }
        borders
    }
}

fn is_set(sides: &[Vec<bool>], row: usize, column: usize) -> bool {
    sides
        .get(row)
        .and_then(|row| row.get(column))
        .copied()
        .unwrap_or_default()
}

/// The cells of one row; a cell that goes on from above or from the left is empty.
pub(super) type Cells = Vec<Vec<Fragment>>;

impl Grid {
    pub(super) fn top(&self) -> f64 {
        self.ys.first().copied().unwrap_or_default()
    }

    /// Where it begins and ends.
    pub(super) fn sides(&self) -> (f64, f64) {
        (
            self.xs.first().copied().unwrap_or_default(),
            self.xs.last().copied().unwrap_or_default(),
        )
    }

    fn bottom(&self) -> f64 {
        self.ys.last().copied().unwrap_or_default()
    }

    pub(super) fn holds(&self, fragment: &Fragment) -> bool {
        let (Some(left), Some(right)) = (self.xs.first(), self.xs.last()) else {
            return false;
        };
        let (x, y) = anchor(fragment);
        (left - TOUCH..right + TOUCH).contains(&x) && (self.bottom()..self.top()).contains(&y)
    }

    /// Puts fragments that it holds into its cells; rows without text are left out.
    pub(super) fn fill(&self, fragments: Vec<Fragment>) -> Vec<Cells> {
        let (columns, rows) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut table: Vec<Cells> = vec![vec![Vec::new(); columns]; rows];
        for fragment in fragments.into_iter().flat_map(|fragment| self.cut(fragment)) {
            let (x, y) = anchor(&fragment);
            let column = self.xs.iter().filter(|at| **at <= x).count().saturating_sub(1);
            let row = self.ys.iter().filter(|at| **at > y).count().saturating_sub(1);
            let (row, column) = self.root(row.min(rows - 1), column.min(columns - 1));
            if let Some(cell) = table.get_mut(row).and_then(|cells| cells.get_mut(column)) {
                cell.push(fragment);
            }
        }
        table.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
        self.without_empty_columns(table)
    }

    /// Columns that no row has text in come from doubled lines.
    fn without_empty_columns(&self, mut table: Vec<Cells>) -> Vec<Cells> {
        for column in (0..self.xs.len() - 1).rev() {
            let is_empty = |cells: &Cells| cells.get(column).is_none_or(Vec::is_empty);
            if table.iter().all(is_empty) {
                for cells in table.iter_mut().filter(|cells| column < cells.len()) {
                    cells.remove(column);
                }
            }
        }
        table
    }

    /// The first cell of those that no line divides.
    fn root(&self, mut row: usize, mut column: usize) -> (usize, usize) {
        loop {
            if column > 0 && !is_set(&self.borders.left, row, column) {
                column -= 1;
            } else if row > 0 && !is_set(&self.borders.above, row, column) {
                row -= 1;
            } else {
                return (row, column);
            }
        }
    }

    fn crosses(&self, is_level: bool, at: f64, along: f64) -> bool {
        self.rules.iter().any(|rule| {
            rule.is_level == is_level && (rule.at - at).abs() <= TOUCH && (rule.from..=rule.to).contains(&along)
        })
    }

    /// Cells may be so narrow that the text of two looks like one.
    fn cut(&self, fragment: Fragment) -> Vec<Fragment> {
        let mut pieces: Vec<Vec<_>> = Vec::new();
        let (_, y) = anchor(&fragment);
        let slack = 0.25 * fragment.size;
        for glyph in fragment.glyphs {
            let is_divided = pieces
                .last()
                .and_then(|piece| piece.last())
                .is_some_and(|before: &super::page::Glyph| {
                    let between = before.x1 - slack..=glyph.x0 + slack;
                    let is_border = |at: &&f64| between.contains(at) && self.crosses(false, **at, y);
                    self.xs.iter().find(is_border).is_some()
                });
            match pieces.last_mut() {
                Some(piece) if !is_divided => piece.push(glyph),
                _ => pieces.push(vec![glyph]),
            }
        }
        pieces.into_iter().flat_map(super::lines::fragments).collect()
    }
}

/// The point that says which cell a fragment is in.
fn anchor(fragment: &Fragment) -> (f64, f64) {
    let x = fragment.x0 + (fragment.size / 2.0).min((fragment.x1 - fragment.x0) / 2.0);
    (x, fragment.y + 0.3 * fragment.size)
}

/// The tables among the lines of a page, from the top down.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = connected(rules).into_iter().filter_map(grid).collect();
    grids.sort_by(|a, b| b.top().total_cmp(&a.top()));
    grids
}

/// Lines that touch, in groups.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut rest: Vec<Rule> = rules.to_vec();
    let mut groups = Vec::new();
    while let Some(first) = rest.pop() {
        let mut group = vec![first];
        let mut looked_at = 0;
        while let Some(rule) = group.get(looked_at).copied() {
            looked_at += 1;
            let (near, far): (Vec<Rule>, Vec<Rule>) = rest.into_iter().partition(|other| touch(&rule, other));
            group.extend(near);
            rest = far;
        }
        groups.push(group);
    }
    groups
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let along = |rule: &Rule, at: f64| (rule.from - TOUCH..=rule.to + TOUCH).contains(&at);
    if a.is_level == b.is_level {
        return (a.at - b.at).abs() <= TOUCH && a.from <= b.to + TOUCH && b.from <= a.to + TOUCH;
    }
    along(a, b.at) && along(b, a.at)
}

fn grid(rules: Vec<Rule>) -> Option<Grid> {
    let of = |is_level| rules.iter().filter(move |rule: &&Rule| rule.is_level == is_level);
    // The outer columns may be open at their sides.
    let ends = of(true).flat_map(|rule| [rule.from, rule.to]);
    let left = ends.clone().fold(f64::INFINITY, f64::min);
    let right = ends.fold(f64::NEG_INFINITY, f64::max);
    let xs = distinct(of(false).map(|rule| rule.at).chain([left, right]).collect());
    let mut ys = distinct(of(true).map(|rule| rule.at).collect());
    ys.reverse();
    let is_table = of(false).next().is_some() && (3..MAX_SIDE).contains(&xs.len()) && (2..MAX_SIDE).contains(&ys.len());
    is_table.then(|| Grid {
        borders: Borders::of(&rules, &xs, &ys),
        rules,
        xs,
        ys,
    })
}

/// Sorted, and what lies close together only once.
fn distinct(mut values: Vec<f64>) -> Vec<f64> {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, before| (*next - *before).abs() <= TOUCH);
    values
}

/// A row of text as the cells that wide gaps make of it.
pub(super) fn cells_of(row: Vec<Fragment>) -> Cells {
    let mut cells: Cells = Vec::new();
    for fragment in row {
        match cells.last_mut() {
            Some(cell)
                if cell
                    .last()
                    .is_some_and(|last| fragment.x0 - last.x1 < CELL_GAP * last.size.max(fragment.size)) =>
            {
                cell.push(fragment);
            }
            _ => cells.push(vec![fragment]),
        }
    }
    cells
}

/// How many rows from the first on are rows of one table, by the places of their cells.
pub(super) fn aligned(rows: &[Cells]) -> usize {
    let Some(first) = rows.first().filter(|cells| cells.len() > 1) else {
        return 0;
    };
    let pairs = rows.windows(2).take_while(|pair| match pair {
        [above, below] => are_aligned(above, below),
        _ => false,
    });
    let count = pairs.count() + 1;
    let least = if first.len() > 2 { 2 } else { 3 };
    if count >= least { count } else { 0 }
}

fn are_aligned(above: &Cells, below: &Cells) -> bool {
    let ends = |cell: &Vec<Fragment>| {
        let cell = line(cell.iter());
        (cell.x0, cell.x1, cell.size)
    };
    above.len() == below.len()
        && above.iter().zip(below).all(|(above, below)| {
            let ((a0, a1, size), (b0, b1, _)) = (ends(above), ends(below));
            let shift = (a0 - b0)
                .abs()
                .min((a1 - b1).abs())
                .min((a0 + a1 - b0 - b1).abs() / 2.0);
            shift < 0.7 * size
        })
}

#[cfg(test)]
mod tests {
    use super::super::lines::fragments;
    use super::super::lines::tests::typed;
    use super::*;

    fn texts(table: &[Cells]) -> Vec<Vec<String>> {
        let text = |cell: &Vec<Fragment>| {
            if cell.is_empty() {
                String::new()
            } else {
                line(cell.iter()).text
            }
        };
        table.iter().map(|cells| cells.iter().map(text).collect()).collect()
    }

    /// A table of two rows and three columns; the first cell reaches over both rows.
    fn drawn() -> Vec<Rule> {
        let level = |at, from| Rule {
            is_level: true,
            at,
            from,
            to: 300.0,
        };
        let upright = |at| Rule {
            is_level: false,
            at,
            from: 660.0,
            to: 700.0,
        };
        vec![
            level(700.0, 50.0),
            level(680.0, 100.0),
            level(660.0, 50.0),
            upright(50.0),
            upright(100.0),
            upright(200.0),
            upright(300.0),
        ]
    }

    #[test]
    fn cells_that_no_line_divides_are_one() {
        let grids = grids(&drawn());
        let grid = grids.first().expect("a table");
        let mut glyphs = typed("乡镇", 60.0, 676.0, 10.0);
        glyphs.extend(typed("赵明", 110.0, 686.0, 10.0));
        glyphs.extend(typed("镇长", 210.0, 686.0, 10.0));
        glyphs.extend(typed("钱芳", 110.0, 666.0, 10.0));
        let table = grid.fill(fragments(glyphs));
        assert_eq!(texts(&table), [["乡镇", "赵明", "镇长"], ["", "钱芳", ""]]);
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        let frame = [
            Rule {
                is_level: true,
                at: 700.0,
                from: 50.0,
                to: 300.0,
            },
            Rule {
                is_level: true,
                at: 600.0,
                from: 50.0,
                to: 300.0,
            },
            Rule {
                is_level: false,
                at: 50.0,
                from: 600.0,
                to: 700.0,
            },
            Rule {
                is_level: false,
                at: 300.0,
                from: 600.0,
                to: 700.0,
            },
        ];
        assert!(grids(&frame).is_empty());
    }
}
