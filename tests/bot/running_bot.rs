//! The real binary as a bot, in a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use super::fake_telegram::{FakeTelegram, Sent, TOKEN};

const PATIENCE: Duration = Duration::from_secs(30);

/// What stands in the knowledge folder at the start.
pub const REPORT: &str = "\
古道保护利用现场会召开

2024年3月5日,古道保护利用现场会在青禾县召开。

青禾县副县长蒲正明说:“先修路,再修亭子。下一步,青禾县要在六月底前修通三公里石板路。”

丹溪县文化和旅游局局长莫春燕表示,丹溪缺的不是路,是愿意留下来的年轻人。下一步,丹溪县将给返乡青年每户补贴两万元。

大家一致认为,这次现场会开得实在。
";

/// A folder with knowledge, in which bots run one after the other.
pub struct Home(tempfile::TempDir);

impl Home {
    /// With the report.
    pub fn new() -> Home {
        let home = Home::empty();
        home.write("a.txt", REPORT);
        home
    }

    pub fn empty() -> Home {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("knowledge")).unwrap();
        Home(folder)
    }

    /// Writes a knowledge file.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.knowledge().join(name), text).unwrap();
    }

    /// From now on nobody may write in the data folder, or again.
    pub fn lock_data(&self, locked: bool) {
        use std::os::unix::fs::PermissionsExt;
        let set = |path: &Path, mode: u32| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        set(self.0.path(), 0o755);
        let mut paths = vec![self.data()];
        while let Some(path) = paths.pop() {
            let folder = path.is_dir();
            if folder {
                paths.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
            let write = if locked { 0 } else { 0o200 };
            set(&path, write | if folder { 0o555 } else { 0o444 });
        }
    }

    pub fn knowledge(&self) -> PathBuf {
        self.0.path().join("knowledge")
    }

    pub fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }
}

/// A bot process; it is killed with its value.
pub struct RunningBot {
    child: Child,
    home: Option<Home>,
    lines: Receiver<String>,
}

impl RunningBot {
    pub async fn start(telegram: &FakeTelegram) -> RunningBot {
        RunningBot::with(telegram, Home::new(), &[]).await
    }

    /// With more settings. When it returns, the bot has read its knowledge, and is about to take updates.
    pub async fn with(telegram: &FakeTelegram, home: Home, settings: &[(&str, &str)]) -> RunningBot {
        let menus = || telegram.calls_so_far("setMyCommands").len();
        let before = menus();
        let bot = RunningBot::launch(telegram, home, settings);
        let began = Instant::now();
        while menus() == before {
            assert!(began.elapsed() < PATIENCE, "the bot does not start");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bot
    }

    /// As `with`, for one that may not come that far.
    pub fn launch(telegram: &FakeTelegram, home: Home, settings: &[(&str, &str)]) -> RunningBot {
        let mut command = command(home.0.path(), &telegram.url(), TOKEN);
        command.envs(settings.iter().copied());
        RunningBot::of(command, home)
    }

    /// As somebody who may read all and write nothing.
    pub async fn without_writing(telegram: &FakeTelegram, home: Home) -> RunningBot {
        let menus = || telegram.calls_so_far("setMyCommands").len();
        let before = menus();
        let mut bot = command(home.0.path(), &telegram.url(), TOKEN);
        if is_root() {
            let plain = bot;
            bot = Command::new("setpriv");
            bot.args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(plain.get_program())
                .args(plain.get_args())
                .current_dir(home.0.path())
                .env_clear()
                .envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))))
                .stderr(Stdio::piped());
        }
        let bot = RunningBot::of(bot, home);
        let began = Instant::now();
        while menus() == before {
            assert!(began.elapsed() < PATIENCE, "the bot does not start: {}", bot.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        bot
    }

    /// With another address and token.
    pub fn start_with(url: &str, token: &str) -> RunningBot {
        let home = Home::new();
        RunningBot::of(command(home.0.path(), url, token), home)
    }

    fn of(mut command: Command, home: Home) -> RunningBot {
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        RunningBot {
            child,
            home: Some(home),
            lines,
        }
    }

    pub fn home(&self) -> &Home {
        self.home.as_ref().unwrap()
    }

    /// Writes a knowledge file.
    pub fn write(&self, name: &str, text: &str) {
        self.home().write(name, text);
    }

    pub fn ends_cleanly(self) {
        self.stop_with("TERM");
    }

    /// Sends a signal; the bot must end with success. What it logged.
    pub fn stop_with(self, signal: &str) -> String {
        self.stopped(signal).0
    }

    /// As `stop_with`, and its folder, for another bot.
    pub fn stopped(mut self, signal: &str) -> (String, Home) {
        self.signal(signal);
        let status = self.wait();
        let log = self.log();
        assert!(status.success(), "{status}\n{log}");
        (log, self.home.take().unwrap())
    }

    /// Ends it as a crash does; its folder is left as it was just then.
    pub fn crashed(mut self) -> Home {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.home.take().unwrap()
    }

    fn signal(&self, signal: &str) {
        let killed = Command::new("kill")
            .args([format!("-{signal}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
    }

    /// From now on no file of the bot's can grow: as if the disk were full. `false` gives it room again.
    pub fn fill_disk(&self, full: bool) {
        let limit = if full {
            "--fsize=0:unlimited"
        } else {
            "--fsize=unlimited"
        };
        let pid = self.child.id().to_string();
        let done = Command::new("prlimit").args(["--pid", &pid, limit]).status().unwrap();
        assert!(done.success());
    }

    /// From now on the bot can have so many files and connections open.
    pub fn limit_files(&self, most: u32) {
        let (pid, limit) = (self.child.id().to_string(), format!("--nofile={most}:{most}"));
        let done = Command::new("prlimit").args(["--pid", &pid, &limit]).status().unwrap();
        assert!(done.success());
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

    /// The process's memory in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
    }

    /// The process's memory in bytes now.
    pub fn memory_now(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
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

/// Whether nothing is forbidden to whoever runs the tests.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    id.starts_with(b"0\n")
}

/// An admin's reload from the request to its end; the last edit of the message that tells of it.
pub async fn reload(telegram: &FakeTelegram, admin: i64) -> Sent {
    telegram.private(admin, "/reload");
    let begun = telegram.sent().await;
    loop {
        let edited = telegram.edited().await;
        assert_eq!(edited.message_id, begun.message_id);
        if !edited.text.contains("正在") {
            return edited;
        }
    }
}

fn command(folder: &Path, url: &str, token: &str) -> Command {
    // A full disk is a limit of the process here, which by default would end it with a signal.
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" bot", env!("CARGO_BIN_EXE_huiwen")])
        .current_dir(folder)
        .env_clear()
        .env("TELOXIDE_TOKEN", token)
        .env("TELOXIDE_API_URL", url)
        .env("HUIWEN_ADMINS", "77")
        .stderr(Stdio::piped());
    command
}

impl Drop for RunningBot {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
