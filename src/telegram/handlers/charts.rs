//! The button under a summary, `/who` and `/topic` that shows the same as a picture.

use std::sync::Arc;

use super::super::context::Context;
use super::super::records::SurveyCard;
use super::super::render;
use super::super::send::{self, Destination};
use super::buttons::Press;
use crate::chart::{Figure, Font, FontError, grid_figure, meeting_figure, person_figure, topic_figure};
use crate::index::IndexError;
use crate::library::View;
use crate::wording::{Lang, card_gone, font_error, index_error, nothing_to_draw};

/// Most pictures of people of one name.
const NAMESAKES: usize = 3;
/// Longest words below a picture, in characters: Telegram takes 1,024 units.
const LONGEST: usize = 200;

/// What there is to draw.
pub(super) enum Pictured {
    Survey(SurveyCard),
    /// The meeting of a file.
    Meeting(String),
}

/// Why there is no picture.
enum NoPicture {
    Index(IndexError),
    Font(FontError),
}

impl From<IndexError> for NoPicture {
    fn from(error: IndexError) -> NoPicture {
        NoPicture::Index(error)
    }
}

impl Context {
    pub(super) async fn press_chart(self: &Arc<Self>, press: &Press<'_>, of: Pictured) {
        let lang = press.lang;
        let Some(under) = press.under() else {
            return self.note(press, &card_gone(lang)).await;
        };
        send::confirm(&self.bot, press.query, None, false).await;
        let to = Destination::of(under);
        let (seen, font) = (self.seen_in(press.chat), self.settings.font.clone());
        let made = self
            .in_turn(move || {
                let figures = figures(&seen, &of, lang)?;
                if figures.is_empty() {
                    return Ok(Vec::new());
                }
                let font = Font::find(font.as_deref()).map_err(NoPicture::Font)?;
                let drawn = figures
                    .into_iter()
                    .map(|(title, figure)| (title, figure.png(Default::default(), &font)));
                Ok::<_, NoPicture>(drawn.collect::<Vec<_>>())
            })
            .await;
        let line = match made {
            Ok(Ok(pictures)) if !pictures.is_empty() => {
                for (title, png) in pictures {
                    if let Err(error) = self.outbox.photo(to, png, &title).await {
                        self.fault("a picture was not sent", &error);
                    }
                }
                return;
            }
            Ok(Ok(_)) => render::lines(&[nothing_to_draw(lang)]),
            Ok(Err(NoPicture::Font(error))) => {
                self.fault("a picture could not be drawn", &error);
                render::lines(&[font_error(lang, &error)])
            }
            Ok(Err(NoPicture::Index(error))) => {
                self.fault("a picture could not be drawn", &error);
                render::lines(&[index_error(lang, &error)])
            }
            Err(error) => self.broken(lang, &error),
        };
        if let Err(error) = self.outbox.message(to, &line, None).await {
            self.fault("an answer was not sent", &error);
        }
    }
}

/// The pictures, each with the words below it.
fn figures(seen: &View, of: &Pictured, lang: Lang) -> Result<Vec<(String, Figure)>, IndexError> {
    let mut figures = Vec::new();
    match of {
        Pictured::Survey(SurveyCard::Topic(words)) => figures.extend(topic_figure(lang, &seen.topic(words)?)),
        Pictured::Survey(SurveyCard::Who(who)) => {
            let profile = seen.who(who)?;
            figures.extend(
                profile
                    .people
                    .iter()
                    .take(NAMESAKES)
                    .filter_map(|person| person_figure(lang, person)),
            );
        }
        Pictured::Meeting(file) => {
            let Some(shares) = seen.shares(file)? else {
                return Ok(Vec::new());
            };
            figures.extend(meeting_figure(lang, &shares));
            let crossing = seen.crossing(&[], Some(file))?;
            // One county or one word is no table.
            if crossing.counties.len() > 1 && crossing.topics.len() > 1 {
                figures.extend(grid_figure(lang, &crossing, Some(&shares.title)));
            }
        }
    }
    let titled = figures.into_iter().map(|figure| {
        let title: String = figure.title().chars().take(LONGEST).collect();
        (title, figure)
    });
    Ok(titled.collect())
}
