//! What of a survey is shown as a picture.

use chrono::Datelike;

use super::figure::{Bar, Bars, Column, Columns, Figure, Frame, Grid};
use super::theme::COLOURS;
use crate::answer::Quote;
use crate::survey::{Crossing, Heard, Person, Shares, Tally, TopicSurvey};
use crate::wording::{
    ChartWords, Lang, chart_words, dates_words, heard_name, month_words, others_words, person_name, tally_words,
    topic_count_words, undated_words, year_words,
};

/// Most bars; the others are one together.
const BARS: usize = 20;
/// Most rows and columns of a grid.
const ROWS: usize = 20;
const COLUMNS: usize = 8;

/// Colours by what they stand for: the first have one each, the others one together.
#[derive(Default)]
struct Legend(Vec<String>);

impl Legend {
    fn of<'s>(names: impl Iterator<Item = &'s str>) -> Legend {
        let mut legend = Legend::default();
        for name in names {
            if !legend.0.iter().any(|known| known == name) {
                legend.0.push(name.to_owned());
            }
        }
        legend
    }

    fn colour(&self, name: Option<&str>) -> Option<usize> {
        // Where nothing is told apart, all has one colour.
        if self.0.is_empty() {
            return Some(0);
        }
        let at = self.0.iter().position(|known| Some(known.as_str()) == name);
        at.filter(|at| *at < COLOURS)
    }

    /// What the colours mean; nothing where there is only one and all is of it.
    fn words(&self, lang: Lang, has_others: bool) -> Vec<(String, Option<usize>)> {
        if self.0.len() + usize::from(has_others) < 2 {
            return Vec::new();
        }
        let named = self.0.iter().take(COLOURS).enumerate();
        let mut words: Vec<(String, Option<usize>)> = named.map(|(index, name)| (name.clone(), Some(index))).collect();
        let others = self.0.len() > COLOURS;
        if others || has_others {
            let word = if others {
                ChartWords::OtherCounties
            } else {
                ChartWords::NoCounty
            };
            words.push((chart_words(lang, word).to_owned(), None));
        }
        words
    }
}

/// Who said how much at a meeting, coloured by county; `None` where nobody speaks.
pub fn meeting_figure(lang: Lang, shares: &Shares) -> Option<Figure> {
    if shares.speakers.is_empty() {
        return None;
    }
    let counties = shares.speakers.iter().filter_map(|(heard, _)| heard.county.as_deref());
    let legend = Legend::of(counties);
    let has_none = shares.speakers.iter().any(|(heard, _)| heard.county.is_none());
    let (shown, left) = shares.speakers.split_at(shares.speakers.len().min(BARS));
    let mut rows: Vec<Bar> = shown
        .iter()
        .map(|(heard, tally)| Bar {
            label: heard_name(lang, heard),
            words: tally_words(lang, *tally),
            value: Some(tally.chars),
            colour: legend.colour(heard.county.as_deref()),
        })
        .collect();
    if !left.is_empty() {
        let all = left.iter().fold(Tally::default(), |all, (_, tally)| all.and(*tally));
        rows.push(Bar {
            label: others_words(lang, left.len()),
            words: tally_words(lang, all),
            // All together they are longer than anybody, and would make the others' bars short.
            value: None,
            colour: None,
        });
    }
    let mut about = vec![chart_words(lang, ChartWords::WhoSaidHowMuch).to_owned()];
    about.extend(shares.dates.map(dates_words));
    Some(Figure::Bars(Bars {
        frame: Frame {
            title: if shares.title.is_empty() {
                shares.file.clone()
            } else {
                shares.title.clone()
            },
            subtitle: about.join(" · "),
            legend: legend.words(lang, has_none),
            note: None,
        },
        rows,
    }))
}

/// How often a topic was spoken of over time, coloured by county; `None` where it never was.
pub fn topic_figure(lang: Lang, survey: &TopicSurvey) -> Option<Figure> {
    let named = survey.counties.iter().filter_map(|(county, _)| county.as_deref());
    let legend = Legend::of(named);
    let colour = |quote: &Quote| legend.colour(Heard::of(quote).county.as_deref());
    let has_none = survey.counties.iter().any(|(county, _)| county.is_none());
    let (columns, undated) = over_time(lang, &survey.remarks, colour)?;
    Some(Figure::Columns(Columns {
        frame: Frame {
            title: format!("“{}”", survey.asked),
            subtitle: topic_count_words(lang, survey.tally.remarks, survey.meetings),
            legend: legend.words(lang, has_none),
            note: undated_note(lang, undated),
        },
        columns,
    }))
}

/// How often somebody spoke over time; `None` where no remark has a day.
pub fn person_figure(lang: Lang, person: &Person) -> Option<Figure> {
    let (columns, undated) = over_time(lang, &person.remarks, |_| Some(0))?;
    Some(Figure::Columns(Columns {
        frame: Frame {
            title: person_name(lang, person),
            subtitle: topic_count_words(lang, person.tally.remarks, person.meetings.len()),
            legend: Vec::new(),
            note: undated_note(lang, undated),
        },
        columns,
    }))
}

/// Counties by topics; `None` where there is nothing to cross. `of` is the meeting that it is of, where it is of one.
pub fn grid_figure(lang: Lang, crossing: &Crossing, of: Option<&str>) -> Option<Figure> {
    let columns: Vec<String> = crossing.topics.iter().take(COLUMNS).cloned().collect();
    let some = |(_, counts): &&(String, Vec<usize>)| counts.iter().take(COLUMNS).any(|count| *count > 0);
    let all: Vec<_> = crossing.counties.iter().filter(some).collect();
    let rows: Vec<(String, Vec<usize>)> = all
        .iter()
        .take(ROWS)
        .map(|(county, counts)| (county.clone(), counts.iter().take(COLUMNS).copied().collect()))
        .collect();
    if rows.is_empty() || columns.is_empty() {
        return None;
    }
    let left = all.len() - rows.len();
    let whole = chart_words(lang, ChartWords::CountiesByTopics);
    Some(Figure::Grid(Grid {
        frame: Frame {
            title: of.unwrap_or(whole).to_owned(),
            subtitle: match of {
                Some(_) => format!("{whole} · {}", chart_words(lang, ChartWords::CellsCount)),
                None => chart_words(lang, ChartWords::CellsCount).to_owned(),
            },
            legend: Vec::new(),
            note: (left > 0).then(|| others_words(lang, left)),
        },
        columns,
        rows,
    }))
}

fn undated_note(lang: Lang, undated: usize) -> Option<String> {
    (undated > 0).then(|| undated_words(lang, undated))
}

/// Remarks by year, or by month where all are of two years or less, with gaps where nobody spoke; and how many have no day. `None`
/// where none has one.
fn over_time(lang: Lang, remarks: &[Quote], colour: impl Fn(&Quote) -> Option<usize>) -> Option<(Vec<Column>, usize)> {
    let month_of = |quote: &Quote| {
        quote
            .dates
            .map(|dates| dates.start().year() * 12 + dates.start().month0() as i32)
    };
    let first = remarks.iter().filter_map(month_of).min()?;
    let last = remarks.iter().filter_map(month_of).max()?;
    let by_month = last - first < 24;
    let time = |month: i32| if by_month { month } else { month.div_euclid(12) };
    let mut columns: Vec<Column> = (time(first)..=time(last))
        .map(|at| match by_month {
            true => Column {
                label: month_words(lang, at.rem_euclid(12) + 1),
                group: Some(year_words(lang, Some(at.div_euclid(12)))),
                parts: Vec::new(),
            },
            false => Column {
                label: at.to_string(),
                ..Column::default()
            },
        })
        .collect();
    for quote in remarks {
        let Some(month) = month_of(quote) else { continue };
        let at = usize::try_from(time(month) - time(first)).unwrap_or_default();
        let colour = colour(quote);
        if let Some(column) = columns.get_mut(at) {
            match column.parts.iter_mut().find(|(known, _)| *known == colour) {
                Some((_, count)) => *count += 1,
                None => column.parts.push((colour, 1)),
            }
        }
    }
    for column in &mut columns {
        column.parts.sort_by_key(|(colour, _)| colour.unwrap_or(usize::MAX));
    }
    let undated = remarks.iter().filter(|quote| quote.dates.is_none()).count();
    Some((columns, undated))
}
