//! Knowledge folders of generated reports, and questions that they answer.

use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus;

/// A knowledge folder with so many passages, below `target/`; made once.
pub fn folder(passages: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/bench-corpus/{passages}/knowledge"));
    let reports = passages / corpus::PASSAGES;
    let last = file(&folder, reports - 1);
    if !last.exists() {
        for number in 0..reports {
            let path = file(&folder, number);
            // The parent is known: `file` made the path of one.
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).expect("target/ can be written");
            }
            fs::write(path, corpus::report(number)).expect("target/ can be written");
        }
    }
    folder
}

/// The path of a report in it.
pub fn file(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{:03}/{number:06}.txt", number / 1000))
}

/// Questions of the kinds that people ask.
#[allow(dead_code, reason = "not every bench asks")]
pub const QUESTIONS: [&str; 6] = [
    "长汀县怎么推进茶园改造?",
    "谁提到了第4242号项目?",
    "哪些县要修好产业路?",
    "王明远怎么看营商环境?",
    "水库除险什么时候完成?",
    "民营经济和招商引资要注意什么?",
];
