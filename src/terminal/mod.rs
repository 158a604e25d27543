//! Answers and reports as lines of a terminal.

mod answer;
mod paint;
mod paper;
mod report;

pub use answer::{answer_lines, place_lines, plan_lines, source_lines};
pub use paint::Paint;
pub use paper::paper_lines;
pub use report::report_lines;
