//! One consistent state of knowledge and index, swapped whole at a reload.
//!
//! Questions are answered from the state that stood when they came; a reload puts a new one in its place, and one
//! that fails leaves the old one serving.
//!
//! Whoever does not see every folder has a [`View`] of their own: a state as if the other files had never been read.

mod meaning;
mod sight;
mod survey;
mod view;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;

use crate::answer::{Answer, Excerpt, Limits, Quote, Quoted, Weights, paragraph_of, place, respond_with, usual_named};
use crate::index::{Catalogue, Home, Paper, Snapshot, Store, guarded};
use crate::meaning::Meaning;
use crate::question::{Asked, Names, Question, Usual};

use meaning::Follower;

pub use crate::index::{Changes, IndexError, Progress, Refused};
pub use sight::{Folder, Sight};
pub use view::View;

/// So many parts of a state are kept ready, those that were asked for last.
const SIGHTS: usize = 32;

/// How many questions are answered at once: more than the machine can do cost memory and win no time.
pub fn at_once() -> usize {
    2 * std::thread::available_parallelism().map_or(2, usize::from)
}

/// The knowledge folder and its index, ready to be asked. Share it behind an `Arc`; every method takes `&self`.
#[derive(Debug)]
pub struct Library {
    home: Home,
    /// Held while the index is brought up to date, so that one reload runs at a time.
    store: Mutex<Store>,
    state: Arc<ArcSwap<State>>,
    /// What the passages mean, where that is known.
    meaning: Option<Arc<Meaning>>,
    /// Whoever has what is new embedded.
    follower: Option<Follower>,
    /// How much each sign of an answer counts.
    weights: &'static Weights,
}

/// What questions are answered from.
#[derive(Debug)]
struct State {
    snapshot: Snapshot,
    names: Arc<Names>,
    /// Files that do not serve, and why.
    refused: Vec<Refused>,
    /// What those see of it who do not see all, those that were asked for last at the end.
    seen: Mutex<Vec<(Sight, Arc<State>)>>,
}

impl State {
    /// Of a snapshot. Where the same people speak in it as before, their names are made ready already; and what was seen in
    /// parts before is made ready in these parts.
    fn new(snapshot: Snapshot, refused: Vec<Refused>, before: Option<&State>) -> Arc<State> {
        let state = State::whole(snapshot, refused, before);
        let parts = before.map(|before| before.seen.lock().unwrap_or_else(PoisonError::into_inner).clone());
        for (sight, before) in parts.into_iter().flatten() {
            // What cannot be read now is tried again when it is asked for.
            if let Err(error) = state.part(&sight, Some(&before)) {
                tracing::warn!(%error, "a part of the index was not made ready");
            }
        }
        state
    }

    fn whole(snapshot: Snapshot, refused: Vec<Refused>, before: Option<&State>) -> Arc<State> {
        let same = before.filter(|before| snapshot.catalogue().has_participants_of(before.snapshot.catalogue()));
        let names = match same {
            Some(before) => Arc::clone(&before.names),
            None => Arc::new(Names::new(snapshot.catalogue())),
        };
        Arc::new(State {
            snapshot,
            names,
            refused,
            seen: Mutex::default(),
        })
    }

    /// The state as if the files that are not seen had never been read.
    fn part(&self, sight: &Sight, before: Option<&State>) -> Result<Arc<State>, IndexError> {
        // Held meanwhile: whoever else asks for the same waits for it.
        let mut parts = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let part = match parts.iter().position(|(of, _)| of == sight) {
            Some(at) => parts.remove(at).1,
            None => {
                let snapshot = guarded(|| self.snapshot.seen(|file| sight.sees(file)))?;
                let refused = self.refused.iter().filter(|refused| sight.sees(&refused.file));
                State::whole(snapshot, refused.cloned().collect(), before)
            }
        };
        parts.push((sight.clone(), Arc::clone(&part)));
        if parts.len() > SIGHTS {
            parts.remove(0);
        }
        Ok(part)
    }
}

/// What of a state is seen.
fn seen_of(whole: &Arc<State>, sight: &Sight) -> Result<Arc<State>, IndexError> {
    match sight.is_everything() {
        true => Ok(Arc::clone(whole)),
        false => whole.part(sight, None),
    }
}

/// Whether some words name a county, a person or an office that speaks in a state's files.
fn names_party(words: &str, state: &State) -> bool {
    let question = Question::understand(&Asked::new(words, &[]), &state.names);
    let mut parties = question.scope.parties.iter().chain(&question.spoken_of);
    parties.any(|party| !party.voices.is_empty())
}

impl Library {
    /// Opens the index of `knowledge` under `data`, and brings it up to date.
    ///
    /// # Errors
    ///
    /// Where a folder cannot be read or written. A bad knowledge file is no error: it is listed in [`Changes`].
    pub fn open(knowledge: &Path, data: &Path) -> Result<(Library, Changes), IndexError> {
        Library::open_with(&Home::new(knowledge, data), &|_, _| {})
    }

    /// As [`Library::open`], whatever holds the index; `progress` is told how far it is, as by [`Library::reload_with`].
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn open_with(home: &Home, progress: &Progress<'_>) -> Result<(Library, Changes), IndexError> {
        let (store, snapshot, changes) = Store::open_with(home, progress)?;
        let library = Library {
            home: home.clone(),
            store: Mutex::new(store),
            state: Arc::new(ArcSwap::new(State::new(snapshot, changes.refused.clone(), None))),
            meaning: None,
            follower: None,
            weights: Weights::shared(),
        };
        Ok((library, changes))
    }

    /// The same library where words that mean nearly the same answer too, or where only the words themselves do.
    pub fn with_near_words(self, near_words: bool) -> Library {
        let weights = if near_words {
            Weights::shared()
        } else {
            Weights::exact()
        };
        Library { weights, ..self }
    }

    /// Brings the index up to date; questions are answered from the old state until the new one stands. Blocks for
    /// as long as the changed files take.
    ///
    /// # Errors
    ///
    /// As [`Library::open`]; the old state goes on serving.
    pub fn reload(&self) -> Result<Changes, IndexError> {
        self.reload_with(&|_, _| {})
    }

    /// As [`Library::reload`]; `progress` is told how many of the changed files have been read, and how many there
    /// are. It is called from several threads.
    ///
    /// # Errors
    ///
    /// As [`Library::reload`].
    pub fn reload_with(&self, progress: &Progress<'_>) -> Result<Changes, IndexError> {
        // A reload that panicked left the store as it was: what counts stands on disk.
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let (snapshot, changes) = match guarded(|| store.update(progress)) {
            Ok(done) => done,
            Err(error) if error.may_be_damage() => {
                tracing::warn!(%error, "the index cannot be brought up to date: it is opened again");
                // Damaged under our hands: opening mends it, or says what cannot be mended.
                let (fresh, snapshot, changes) = Store::open_with(&self.home, &|_, _| {})?;
                *store = fresh;
                (snapshot, changes)
            }
            Err(error) => return Err(error),
        };
        let state = State::new(snapshot, changes.refused.clone(), Some(&self.state.load()));
        self.put(state);
        Ok(changes)
    }

    /// Serves from this state from now on, and has what is new in it embedded.
    fn put(&self, state: Arc<State>) {
        self.state.store(state);
        if let Some(follower) = &self.follower {
            follower.wake();
        }
    }

    /// Answers a question. Blocks for a few milliseconds; call it from a blocking task in async code.
    ///
    /// Where the index turns out to be damaged, it is built anew and asked again.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read, or where this question meets a defect of ours.
    pub fn ask(&self, asked: &Asked, limits: Limits) -> Result<Answer, IndexError> {
        self.ask_seen(&Sight::everything(), asked, limits)
    }

    fn ask_seen(&self, sight: &Sight, asked: &Asked, limits: Limits) -> Result<Answer, IndexError> {
        let (weights, meaning) = (self.weights, self.meaning.as_deref());
        let (answer, in_part) = self.looked_in_part(sight, |state| {
            respond_with(weights, meaning, asked, &state.snapshot, &state.names, limits)
        })?;
        Ok(Answer { in_part, ..answer })
    }

    /// Looks at what is seen, as [`Library::looked_in_part`]; what counts must be whole.
    fn looked<T>(&self, sight: &Sight, look: impl Fn(&State) -> Result<T, IndexError>) -> Result<T, IndexError> {
        match self.looked_in_part(sight, look)? {
            (_, true) => Err(IndexError::InPart),
            (looked, false) => Ok(looked),
        }
    }

    /// Looks at what is seen, and tells whether a part of it could not be looked at; where the index turns out to be damaged,
    /// it is built anew and looked at again.
    fn looked_in_part<T>(
        &self,
        sight: &Sight,
        look: impl Fn(&State) -> Result<T, IndexError>,
    ) -> Result<(T, bool), IndexError> {
        let whole = self.state.load_full();
        let once = |whole: &Arc<State>| {
            let state = seen_of(whole, sight)?;
            // Whoever asks at the same time may miss it instead: then both are told.
            let missed = state.snapshot.missed();
            let looked = guarded(|| look(&state));
            state.snapshot.stands()?;
            Ok((looked?, state.snapshot.missed() > missed))
        };
        match once(&whole) {
            Err(IndexError::Outdated) => {
                self.reload()?;
                once(&self.state.load_full())
            }
            Err(error) if error.may_be_damage() && self.is_mended(&whole)? => {
                tracing::warn!(%error, "the index was damaged: it has been built anew");
                once(&self.state.load_full())
            }
            looked => looked,
        }
    }

    /// What of the state that stands now is seen.
    fn state(&self, sight: &Sight) -> Result<Arc<State>, IndexError> {
        seen_of(&self.state.load_full(), sight)
    }

    /// Whether the index was damaged in this state, and stands anew by now.
    fn is_mended(&self, broken: &Arc<State>) -> Result<bool, IndexError> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        // Another question may have met it first.
        if !Arc::ptr_eq(broken, &self.state.load_full()) {
            return Ok(true);
        }
        if store.is_sound() {
            return Ok(false);
        }
        let (fresh, snapshot, changes) = Store::open_with(&self.home, &|_, _| {})?;
        *store = fresh;
        self.put(State::new(snapshot, changes.refused, Some(broken)));
        Ok(true)
    }

    /// How many of the files that serve have changed since they were read. Looks at each.
    pub fn changed(&self) -> usize {
        self.state.load_full().snapshot.count_changed()
    }

    /// Calls `look` with the catalogue of the files that serve now.
    pub fn with_catalogue<T>(&self, look: impl FnOnce(&Catalogue) -> T) -> T {
        look(self.state.load().snapshot.catalogue())
    }

    /// Files in the knowledge folder that do not serve, and why, in order of their paths.
    pub fn refused(&self) -> Vec<Refused> {
        self.state.load().refused.clone()
    }

    /// Whether some words name a county, a person or an office that speaks in the files.
    pub fn names_party(&self, words: &str) -> bool {
        names_party(words, &self.state.load())
    }

    /// The county or the meeting that some words name; `None` where they name none that the files hold.
    pub fn usual_named(&self, words: &str) -> Option<Usual> {
        let state = self.state.load();
        usual_named(words, &state.snapshot, &state.names)
    }

    /// The lines of the report around a quote, as it was read; `None` where that no longer holds it there.
    pub fn place(&self, quoted: Quoted<'_>, longest: usize) -> Option<Excerpt> {
        let state = self.state.load_full();
        let text = guarded(|| state.snapshot.text(quoted.file)).ok()??;
        place(&text, quoted, longest)
    }

    /// A whole file as it was read; `None` where no such file serves.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn paper(&self, file: &str) -> Result<Option<Paper>, IndexError> {
        let state = self.state.load_full();
        guarded(|| state.snapshot.paper(file))
    }

    /// In which paragraph of its file a quote begins, counted from 1; `None` where that no longer serves.
    pub fn paragraph(&self, quote: &Quote) -> Option<usize> {
        let state = self.state.load_full();
        let text = guarded(|| state.snapshot.text(&quote.file)).ok()??;
        paragraph_of(&text, quote.at.start)
    }

    /// The folder that the knowledge files stand in.
    pub fn knowledge(&self) -> &Path {
        &self.home.knowledge
    }
}
