//! The client that the protocol's own people wrote: the package `mcp` of Python.

use std::process::Command;

use super::desk::knowledge;
use super::http::{KEY, Server};

/// Skipped, with a word, where Python or the package is not there: `pip install mcp`, and `HUIWEN_TEST_PYTHON` for the Python that
/// has it.
#[test]
fn the_public_client_gets_the_same_over_both_ways() {
    let python = std::env::var("HUIWEN_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import mcp"]).output();
    if !has.is_ok_and(|has| has.status.success()) {
        eprintln!("skipped: {python} has no package mcp (pip install mcp; HUIWEN_TEST_PYTHON=/path/to/python)");
        return;
    }
    let folder = knowledge();
    let server = Server::start(folder.path());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mcp/client.py");
    let done = Command::new(&python)
        .args([script, env!("CARGO_BIN_EXE_huiwen"), &server.url, KEY])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert!(done.status.success(), "{out}\n{err}");
    assert!(
        out.contains("stdio: all 7 tools") && out.contains("http: all 7 tools"),
        "{out}"
    );
}
