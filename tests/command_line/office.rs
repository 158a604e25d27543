//! A folder with knowledge in it, and the binary run there.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What one run gave.
pub struct Run {
    pub success: bool,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A folder of its own for each test.
pub struct Office {
    folder: tempfile::TempDir,
}

const MINUTES: &str = "\
云江流域防汛工作会议召开

2024年7月1日,云江流域防汛工作会议在望河县召开。

堤防

望河县副县长钟铁山说:“老堤有两处渗水。下一步,我们先修三里湾的堤,八月十日前完工,再清河道。”

上坪县水利局局长南宫雪表示,上坪县的水库都腾出了库容。下一步,上坪县要把十二个村的预警喇叭换一遍。

与会人员一致认为,汛期要早准备。
";

impl Office {
    /// With the minutes of one meeting.
    pub fn with_minutes() -> Office {
        let office = Office {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(office.path("knowledge")).unwrap();
        office.write("knowledge/2024-07-01-dike.txt", MINUTES);
        office
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        self.write_bytes(name, text.as_bytes());
    }

    pub fn write_bytes(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// A file of that many bytes that takes no room on disk.
    pub fn write_huge(&self, name: &str, bytes: u64) {
        std::fs::File::create(self.path(name)).unwrap().set_len(bytes).unwrap();
    }

    /// All files below the data folder, with their times of change.
    pub fn data_files(&self) -> Vec<(PathBuf, std::time::SystemTime)> {
        let mut found = Vec::new();
        let mut folders = vec![self.path("data")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                // Locks are touched by whoever takes them.
                } else if !entry.file_name().to_string_lossy().contains("lock") {
                    found.push((entry.path(), entry.metadata().unwrap().modified().unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with_input(args, "")
    }

    pub fn run_with_input(&self, args: &[&str], input: &str) -> Run {
        let mut child = self.spawn(args);
        // The child may leave before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            success: output.status.success(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A chat that asks `questions` after `meanwhile` has happened behind its back.
    pub fn chat(&self, questions: &[&str], meanwhile: impl FnOnce()) -> String {
        use std::io::{BufRead, BufReader, Read};
        let mut child = self.spawn(&["chat"]);
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut seen = String::new();
        // The greeting ends when the chat is ready.
        while !seen.contains("/quit") {
            assert!(stdout.read_line(&mut seen).unwrap() > 0, "{seen}");
        }
        meanwhile();
        let mut stdin = child.stdin.take().unwrap();
        for question in questions {
            writeln!(stdin, "{question}").unwrap();
        }
        drop(stdin);
        stdout.read_to_string(&mut seen).unwrap();
        assert!(child.wait().unwrap().success());
        seen
    }

    fn spawn(&self, args: &[&str]) -> std::process::Child {
        Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}
