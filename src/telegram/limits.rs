//! How much each user and each group may ask: a word once, then silence until the time is up.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::Clock;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use teloxide::types::{ChatId, UserId};

use super::access::is_group;
use crate::settings::Rates;

/// With so many known those whose time is up are forgotten.
const CROWD: usize = 10_000;
/// How many inline queries stand for one question.
const INLINE: NonZeroU32 = NonZeroU32::MIN.saturating_add(5);
/// How long whoever is not let in is left without another word.
const OUTSIDE: Duration = Duration::from_secs(60 * 60);

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, governor::clock::DefaultClock>;

/// Whether a request may be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// Yes.
    Free,
    /// No, and they don't know it yet: for so long.
    Tell(Duration),
    /// No, and they were told.
    Silent,
}

/// All users' and groups' counts.
pub struct Limits {
    users: Limiter<UserId>,
    groups: Limiter<ChatId>,
    inline: Limiter<UserId>,
    told: Mutex<HashMap<(ChatId, Option<UserId>), Instant>>,
}

impl Limits {
    /// By so many requests a minute.
    pub fn new(rates: Rates) -> Limits {
        Limits {
            users: RateLimiter::hashmap(Quota::per_minute(rates.user)),
            groups: RateLimiter::hashmap(Quota::per_minute(rates.group)),
            inline: RateLimiter::hashmap(Quota::per_minute(rates.user.saturating_mul(INLINE))),
            told: Mutex::default(),
        }
    }

    /// Counts a request of a user, in a group if it is one.
    pub fn count(&self, user: Option<UserId>, chat: ChatId) -> Allowance {
        let wait = user
            .and_then(|user| wait(&self.users, &user))
            .map(|time| ((chat, user), time))
            .or_else(|| {
                is_group(chat).then_some(())?;
                wait(&self.groups, &chat).map(|time| ((chat, None), time))
            });
        match wait {
            None => Allowance::Free,
            Some((who, time)) => self.tell_once(who, time),
        }
    }

    /// Counts a query of the inline mode, of which typing a question makes several. There is nowhere to say a word.
    pub fn count_inline(&self, user: UserId) -> bool {
        wait(&self.inline, &user).is_none()
    }

    /// Whoever is not let in is told so, and not again for a while.
    pub fn outside(&self, user: Option<UserId>, chat: ChatId) -> Allowance {
        self.tell_once((chat, user), OUTSIDE)
    }

    /// Forgets those whose time is up.
    pub fn forget(&self) {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|_, until| *until > now);
        self.users.retain_recent();
        self.groups.retain_recent();
        self.inline.retain_recent();
    }

    fn tell_once(&self, who: (ChatId, Option<UserId>), time: Duration) -> Allowance {
        let now = Instant::now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= CROWD {
            told.retain(|_, until| *until > now);
            self.users.retain_recent();
            self.groups.retain_recent();
            self.inline.retain_recent();
        }
        if told.get(&who).is_some_and(|until| *until > now) {
            return Allowance::Silent;
        }
        told.insert(who, now + time);
        Allowance::Tell(time)
    }
}

/// How long the next request must wait, if it must.
fn wait<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Option<Duration> {
    let refused = limiter.check_key(key).err()?;
    Some(
        refused
            .wait_time_from(limiter.clock().now())
            .max(Duration::from_secs(1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(user: u32, group: u32) -> Limits {
        Limits::new(Rates {
            user: NonZeroU32::new(user).unwrap(),
            group: NonZeroU32::new(group).unwrap(),
        })
    }

    #[test]
    fn whoever_asks_too_much_is_told_once() {
        let limits = limits(2, 100);
        let ask = |user| limits.count(Some(UserId(user)), ChatId(user as i64));
        assert_eq!((ask(1), ask(1)), (Allowance::Free, Allowance::Free));
        assert!(matches!(ask(1), Allowance::Tell(time) if time <= Duration::from_secs(30)));
        assert_eq!((ask(1), ask(2)), (Allowance::Silent, Allowance::Free));
    }

    #[test]
    fn a_group_is_told_once_whoever_asks() {
        let limits = limits(100, 2);
        let ask = |user| limits.count(Some(UserId(user)), ChatId(-1_001_234_567_890));
        assert_eq!((ask(1), ask(2)), (Allowance::Free, Allowance::Free));
        assert!(matches!(ask(3), Allowance::Tell(_)));
        assert_eq!(ask(4), Allowance::Silent);
    }

    #[test]
    fn inline_queries_silence_nobody() {
        let limits = limits(1, 1);
        let user = UserId(1);
        while limits.count_inline(user) {}
        assert_eq!(limits.count(Some(user), ChatId(1)), Allowance::Free);
        assert!(matches!(limits.count(Some(user), ChatId(1)), Allowance::Tell(_)));
    }
}
