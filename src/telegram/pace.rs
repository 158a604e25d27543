//! At which pace messages go out: Telegram takes 30 a second in all, and 20 a minute in a group. Whoever has to wait does so
//! here, so that Telegram need not refuse; what only tells how far something is goes where there is room, or not at all.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use teloxide::types::ChatId;

use super::access::is_group;

/// Most messages of a group in its time.
const OF_GROUP: usize = 20;
/// So many of them are left to answers.
const FOR_ANSWERS: usize = 5;
const A_MINUTE: Duration = Duration::from_secs(60);
const A_SECOND: Duration = Duration::from_secs(1);
/// With so many groups known those that are quiet are forgotten.
const CROWD: usize = 1_000;

/// When the last messages went out.
#[derive(Debug)]
pub struct Pace {
    /// Most messages of all chats in a second.
    most: usize,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    all: VecDeque<Instant>,
    groups: HashMap<ChatId, VecDeque<Instant>>,
}

impl Pace {
    /// With so many messages a second.
    pub fn new(most: NonZeroU32) -> Pace {
        Pace {
            most: usize::try_from(most.get()).unwrap_or(usize::MAX),
            last: Mutex::default(),
        }
    }

    /// Waits for the turn of a message to a chat.
    pub async fn turn(&self, chat: ChatId) {
        while let Some(wait) = self.wait(chat, Instant::now()) {
            tokio::time::sleep(wait).await;
        }
    }

    /// Whether there is room for what nobody waits for.
    pub fn has_room(&self, chat: ChatId) -> bool {
        let now = Instant::now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut last.all, A_SECOND, now);
        let in_group = last.groups.get_mut(&chat).map_or(0, |group| {
            forget(group, A_MINUTE, now);
            group.len()
        });
        last.all.len() < self.most / 2 && in_group < OF_GROUP - FOR_ANSWERS
    }

    /// How long a message to a chat has to wait; where it need not, it counts as sent.
    fn wait(&self, chat: ChatId, now: Instant) -> Option<Duration> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        forget(&mut last.all, A_SECOND, now);
        if last.groups.len() > CROWD {
            last.groups.retain(|_, group| {
                forget(group, A_MINUTE, now);
                !group.is_empty()
            });
        }
        let full = |times: &VecDeque<Instant>, most: usize, span: Duration| {
            let oldest = (times.len() >= most).then(|| times.front()).flatten();
            oldest.map(|oldest| (*oldest + span).saturating_duration_since(now))
        };
        let mut wait = full(&last.all, self.most, A_SECOND);
        if is_group(chat) {
            let group = last.groups.entry(chat).or_default();
            forget(group, A_MINUTE, now);
            wait = wait.max(full(group, OF_GROUP, A_MINUTE));
        }
        if let Some(wait) = wait {
            return Some(wait.max(Duration::from_millis(1)));
        }
        last.all.push_back(now);
        if let Some(group) = last.groups.get_mut(&chat) {
            group.push_back(now);
        }
        None
    }
}

fn forget(times: &mut VecDeque<Instant>, span: Duration, now: Instant) {
    while times
        .front()
        .is_some_and(|time| now.saturating_duration_since(*time) >= span)
    {
        times.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_has_more_than_its_messages_and_no_minute_of_a_group() {
        let pace = Pace::new(NonZeroU32::new(25).unwrap());
        let (start, group) = (Instant::now(), ChatId(-1_001));
        let mut now = start;
        let mut sent: Vec<(Duration, ChatId)> = Vec::new();
        for number in 0..600 {
            // Every tenth goes to the group.
            let chat = if number % 10 == 0 { group } else { ChatId(number + 1) };
            while let Some(wait) = pace.wait(chat, now) {
                now += wait;
            }
            sent.push((now - start, chat));
        }
        let most = |of: &dyn Fn(ChatId) -> bool, span: Duration| {
            let times: Vec<Duration> = sent
                .iter()
                .filter(|(_, chat)| of(*chat))
                .map(|(time, _)| *time)
                .collect();
            let within = |from: &Duration| {
                times
                    .iter()
                    .filter(|time| **time >= *from && **time < *from + span)
                    .count()
            };
            times.iter().map(within).max().unwrap()
        };
        assert_eq!(most(&|_| true, A_SECOND), 25);
        assert_eq!(most(&|chat| chat == group, A_MINUTE), OF_GROUP);
    }

    #[test]
    fn what_nobody_waits_for_goes_where_there_is_room() {
        let pace = Pace::new(NonZeroU32::new(4).unwrap());
        assert!(pace.has_room(ChatId(5)));
        let now = Instant::now();
        assert!((0..4).all(|_| pace.wait(ChatId(5), now).is_none()));
        assert!(!pace.has_room(ChatId(5)));
    }
}
