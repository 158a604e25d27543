//! `huiwen mcp` as assistants meet it: JSON-RPC over standard input and output and over HTTP, by hand and with a client that
//! others wrote.

mod client;
mod desk;
mod http;
