//! Which engine holds the index, as the settings say it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What the tables are named after where the address does not tell.
const NAME: &str = "huiwen";
/// The port of SphinxQL where an address does not tell.
const PORT: u16 = 9306;

/// Where the knowledge is, and what is made of it.
#[derive(Clone, Debug)]
pub struct Home {
    /// The folder of knowledge files.
    pub knowledge: PathBuf,
    /// The folder of what is kept on this machine.
    pub data: PathBuf,
    /// What holds the index.
    pub engine: Place,
}

impl Home {
    /// With the index in the data folder.
    pub fn new(knowledge: &Path, data: &Path) -> Home {
        Home {
            knowledge: knowledge.to_owned(),
            data: data.to_owned(),
            engine: Place::Embedded,
        }
    }
}

/// What holds an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// This process, in the data folder.
    #[default]
    Embedded,
    /// A server that speaks SphinxQL.
    Sphinxql(Address),
}

/// A server that speaks SphinxQL, and those that it asks in turn: `sphinxql://HOST:PORT/NAME?shards=HOST:PORT,HOST:PORT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Which is asked, and which knows the state.
    pub coordinator: Server,
    /// Which hold the passages; that one itself where none are named.
    pub shards: Vec<Server>,
    /// What the tables' names begin with.
    pub name: String,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name, or its number.
    pub host: String,
    /// Where it speaks SphinxQL.
    pub port: u16,
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl FromStr for Server {
    type Err = String;

    fn from_str(told: &str) -> Result<Server, String> {
        let (host, port) = match told.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok().filter(|port| *port != 0)),
            None => (told, Some(PORT)),
        };
        let is_host = !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']'));
        match (is_host, port) {
            (true, Some(port)) => Ok(Server {
                host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
                port,
            }),
            _ => Err(format!("“{told}” 应为 主机:端口 / is not HOST:PORT")),
        }
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(told: &str) -> Result<Address, String> {
        let rest = told
            .strip_prefix("sphinxql://")
            .ok_or("应以 sphinxql:// 开头 / begins with sphinxql://")?;
        let (rest, shards) = match rest.split_once('?') {
            Some((rest, options)) => {
                let shards = options
                    .strip_prefix("shards=")
                    .ok_or("? 后面只能是 shards= / only shards= may follow the ?")?;
                let shards = shards
                    .split(',')
                    .map(str::parse)
                    .collect::<Result<Vec<Server>, String>>()?;
                (rest, Some(shards))
            }
            None => (rest, None),
        };
        let (server, name) = rest.split_once('/').unwrap_or((rest, ""));
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(format!(
                "“{name}” 只能有字母、数字和 _ / may hold letters, digits and _ alone"
            ));
        }
        let coordinator: Server = server.parse()?;
        Ok(Address {
            shards: shards.unwrap_or_else(|| vec![coordinator.clone()]),
            coordinator,
            name: if name.is_empty() { NAME } else { name }.to_ascii_lowercase(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server_and_those_behind_it() {
        let alone: Address = "sphinxql://10.0.0.1:9306".parse().unwrap();
        assert_eq!(alone.shards, std::slice::from_ref(&alone.coordinator));
        assert_eq!((alone.name.as_str(), alone.coordinator.port), ("huiwen", 9306));
        let many: Address = "sphinxql://search/office_2?shards=a:9307,b".parse().unwrap();
        assert_eq!(many.coordinator.to_string(), "search:9306");
        assert_eq!(
            many.shards.iter().map(Server::to_string).collect::<Vec<_>>(),
            ["a:9307", "b:9306"]
        );
        assert_eq!(many.name, "office_2");
    }

    #[test]
    fn what_is_no_address_is_told() {
        for wrong in [
            "mysql://a:1",
            "sphinxql://",
            "sphinxql://a:0",
            "sphinxql://a:x",
            "sphinxql://a/b;c",
            "sphinxql://a?x=1",
            "sphinxql://a?shards=",
            "sphinxql://a?shards=b:1,",
        ] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
    }
}
