//! A coordinator and two shards on loopback, started by the files that the documentation tells people to take.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use huiwen::index::{Address, Home, Place};
use mysql_async::prelude::Queryable;
use mysql_async::{Conn, OptsBuilder};

/// The server's program.
const PROGRAM: &str = "searchd";

pub struct Servers {
    folder: tempfile::TempDir,
    /// The coordinator's port, and the shards'.
    ports: [u16; 3],
}

impl Servers {
    /// `None`, and a message, where the server is not installed; in CI that is a failure.
    pub fn start() -> Option<Servers> {
        let installed = Command::new(PROGRAM)
            .arg("--help")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if installed.is_err() {
            // What is to be shown there is never passed over.
            assert!(std::env::var_os("CI").is_none(), "{PROGRAM} is not installed");
            eprintln!("skipped: {PROGRAM} is not installed (apt-get install sphinxsearch)");
            return None;
        }
        // Kept open until all are known, so that no two are the same.
        let held: Vec<TcpListener> = (0..5).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let port = |at: usize| held[at].local_addr().unwrap().port();
        let (ports, apis) = ([port(0), port(1), port(2)], [port(3), port(4)]);
        let folder = tempfile::tempdir().unwrap();
        let servers = Servers { folder, ports };
        for (number, api) in apis.iter().enumerate() {
            let shard = include_str!("../../docs/shard.conf").replace("{api}", &api.to_string());
            servers.configure(number + 1, &shard);
        }
        let agents = |line: &str| match line.contains("{shard}") {
            true => apis
                .map(|api| line.replace("{shard}", &format!("127.0.0.1:{api}")))
                .join("\n"),
            false => line.to_owned(),
        };
        let coordinator: Vec<String> = include_str!("../../docs/coordinator.conf")
            .lines()
            .map(agents)
            .collect();
        servers.configure(0, &coordinator.join("\n"));
        drop(held);
        (0..3).for_each(|number| servers.start_one(number));
        Some(servers)
    }

    fn configure(&self, number: usize, template: &str) {
        let folder = self.at(number);
        fs::create_dir(&folder).unwrap();
        let filled = template
            .replace("{name}", "huiwen")
            .replace("{host}", "127.0.0.1")
            .replace("{port}", &self.ports[number].to_string())
            .replace("{folder}", folder.to_str().unwrap());
        fs::write(folder.join("sphinx.conf"), filled).unwrap();
    }

    fn at(&self, number: usize) -> PathBuf {
        self.folder.path().join(number.to_string())
    }

    fn run(&self, number: usize, option: Option<&str>) {
        let mut command = Command::new(PROGRAM);
        command
            .arg("--config")
            .arg(self.at(number).join("sphinx.conf"))
            .args(option);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }

    /// 0 is the coordinator, 1 and 2 are the shards.
    pub fn start_one(&self, number: usize) {
        self.run(number, None);
        for _ in 0..100 {
            if std::net::TcpStream::connect(("127.0.0.1", self.ports[number])).is_ok() {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("server {number} does not listen");
    }

    pub fn stop_one(&self, number: usize) {
        self.run(number, Some("--stopwait"));
    }

    /// As `HUIWEN_ENGINE` has it.
    pub fn address(&self) -> String {
        let [coordinator, one, other] = self.ports;
        format!("sphinxql://127.0.0.1:{coordinator}?shards=127.0.0.1:{one},127.0.0.1:{other}")
    }

    /// The index of a folder, with a data folder of its own.
    pub fn home(&self, knowledge: &Path, data: &Path) -> Home {
        let address: Address = self.address().parse().unwrap();
        Home {
            engine: Place::Sphinxql(address),
            ..Home::new(knowledge, data)
        }
    }

    /// Tells a server something by hand; the numbers in the first column.
    pub fn by_hand(&self, number: usize, statement: &str) -> Vec<i64> {
        let options = OptsBuilder::default()
            .ip_or_hostname("127.0.0.1")
            .tcp_port(self.ports[number])
            .prefer_socket(false)
            .max_allowed_packet(Some(1 << 24))
            .wait_timeout(Some(60));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut conn = Conn::new(options).await.unwrap();
            let rows: Vec<mysql_async::Row> = conn.query(statement).await.unwrap();
            rows.into_iter().map(|mut row| row.take::<i64, _>(0).unwrap()).collect()
        })
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for number in 0..3 {
            let config = self.at(number).join("sphinx.conf");
            // One that was stopped already says so.
            let _ = Command::new(PROGRAM)
                .arg("--config")
                .arg(config)
                .arg("--stopwait")
                .output();
        }
    }
}
