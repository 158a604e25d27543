//! The knowledge as the bot has it. Whoever wants anything of it gets a view of what they see: there is no other way to it, so
//! that nothing can forget to ask who sees what.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::{Notify, watch};

use super::reloads::{Progress, Reloads};
use crate::library::{Changes, IndexError, Library, Sight, View};

/// The library behind its views, and its reloads.
pub struct Knowledge {
    library: Arc<Library>,
    /// The reload that is on its way.
    reloads: Reloads,
    /// Somebody waits for what reloads bring.
    brought: Arc<Notify>,
}

impl Knowledge {
    /// Of a library.
    pub fn new(library: Arc<Library>) -> Knowledge {
        Knowledge {
            library,
            reloads: Reloads::default(),
            brought: Arc::default(),
        }
    }

    /// What is seen of it.
    pub fn view(&self, sight: Sight) -> View {
        View::new(&self.library, sight)
    }

    /// All of it, for admins in private, for counts that they look at, and for what asks for each chat's sight by itself.
    pub fn whole(&self) -> View {
        self.view(Sight::everything())
    }

    /// How many of the files that serve have changed since they were read. Looks at each.
    pub fn changed(&self) -> usize {
        self.library.changed()
    }

    /// The folder that the files stand in.
    pub fn folder(&self) -> &Path {
        self.library.knowledge()
    }

    /// Begins a reload, or joins the one that is on its way; the second value tells which.
    pub fn begin_reload(&self) -> (watch::Receiver<Progress>, bool) {
        let brought = Arc::clone(&self.brought);
        self.reloads.begin(&self.library, move || brought.notify_one())
    }

    /// Reads the folder again, whatever reload is on its way. Blocks.
    ///
    /// # Errors
    ///
    /// As [`Library::reload`].
    pub fn reload(&self) -> Result<Changes, IndexError> {
        let reloaded = self.library.reload();
        self.brought.notify_one();
        reloaded
    }

    /// Waits for a reload to end; one that ended since it was last waited for counts.
    pub async fn brought(&self) {
        self.brought.notified().await;
    }
}
