//! The real binary as a bot, in a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::fake_telegram::{FakeTelegram, TOKEN};

const PATIENCE: Duration = Duration::from_secs(30);

/// What stands in the knowledge folder at the start.
const REPORT: &str = "\
古道保护利用现场会召开

2024年3月5日,古道保护利用现场会在青禾县召开。

青禾县副县长蒲正明说:“先修路,再修亭子。下一步,青禾县要在六月底前修通三公里石板路。”

丹溪县文化和旅游局局长莫春燕表示,丹溪缺的不是路,是愿意留下来的年轻人。下一步,丹溪县将给返乡青年每户补贴两万元。

大家一致认为,这次现场会开得实在。
";

/// A bot process; it is killed with its value.
pub struct RunningBot {
    child: Child,
    folder: tempfile::TempDir,
    lines: Receiver<String>,
}

impl RunningBot {
    pub fn start(telegram: &FakeTelegram) -> RunningBot {
        RunningBot::start_with(&telegram.url(), TOKEN)
    }

    pub fn start_with(url: &str, token: &str) -> RunningBot {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path().join("knowledge");
        std::fs::create_dir(&knowledge).unwrap();
        std::fs::write(knowledge.join("a.txt"), REPORT).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_huiwen"))
            .current_dir(folder.path())
            .env_clear()
            .env("TELOXIDE_TOKEN", token)
            .env("TELOXIDE_API_URL", url)
            .env("HUIWEN_ADMINS", "77")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        RunningBot { child, folder, lines }
    }

    /// Writes a knowledge file.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.knowledge().join(name), text).unwrap();
    }

    fn knowledge(&self) -> PathBuf {
        self.folder.path().join("knowledge")
    }

    pub fn ends_cleanly(self) {
        self.stop_with("TERM");
    }

    /// Sends a signal; the bot must end with success. What it logged.
    pub fn stop_with(mut self, signal: &str) -> String {
        let killed = Command::new("kill")
            .args([format!("-{signal}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        let status = self.wait();
        let log = self.log();
        assert!(status.success(), "{status}\n{log}");
        log
    }

    /// The bot must end by itself with a failure. What it logged.
    pub fn fails(mut self) -> String {
        let status = self.wait();
        assert!(!status.success());
        self.log()
    }

    /// What it logged up to a line that holds `words`.
    pub fn logs_until(&self, words: &str) -> String {
        let mut log = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            log.push_str(&line);
            log.push('\n');
            if line.contains(words) {
                return log;
            }
        }
        panic!("{words} is not logged:\n{log}");
    }

    fn wait(&mut self) -> std::process::ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "the bot does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        let mut log = String::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(2)) {
            log.push_str(&line);
            log.push('\n');
        }
        log
    }
}

impl Drop for RunningBot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
