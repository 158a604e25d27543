//! Answers and reports as lines of a terminal.

mod answer;
mod paint;
mod paper;
mod progress;
mod report;
mod survey;

pub use answer::{answer_lines, place_lines, plan_lines, source_lines};
pub use paint::Paint;
pub use paper::paper_lines;
pub use progress::ProgressBar;
pub use report::report_lines;
pub use survey::{profile_page, topic_page};
