//! The bot.
use crate::{library::Library, settings::Settings};
use std::sync::Arc;
/// Runs the bot.
pub async fn run(_settings: Settings, _library: Arc<Library>) -> anyhow::Result<()> {
    Ok(())
}
