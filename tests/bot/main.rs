//! The bot as its users meet it: the real binary, over HTTP, against a strict fake of Telegram on loopback.
//!
//! A file for each who meets it: staff, groups, admins, and whoever runs it; and one for all that may go wrong.

mod access;
mod admins;
mod buttons;
mod disk;
mod documents;
mod fake_telegram;
mod faults;
mod files;
mod folders;
mod groups;
mod load;
mod manners;
mod onboarding;
mod operating;
mod pages;
mod running_bot;
mod staff;
mod survey;
mod watches;

const STAFF: i64 = 42;
const ADMIN: i64 = 77;
const GROUP: i64 = -1_001_234_567_890;
