//! Answers for assistants, over the Model Context Protocol: what an assistant quotes stands in the files, and it can have that
//! checked. By standard input and output (`huiwen mcp`), and over HTTP beside the other paths of `huiwen serve`.

mod calls;
mod desk;

pub use desk::{Desk, Fault};

use std::sync::{Arc, LazyLock};

use rmcp::ErrorData;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer, serve_server};
use rmcp::transport::stdio_pipes;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use calls::Refused;

/// The longest request over HTTP, in bytes.
const LONGEST: usize = 64 * 1024;
/// What an assistant is told before all else.
const INSTRUCTIONS: &str = "会议原话库：会议报道、纪要、发言记录里谁说了什么。引用时只用返回的 text，一字不改，并写明发言人、职务、县、会议和文件；\
speaker、office、county 为 null 就是不知道，不要猜。没有答案（no_answer）就照实说没有。自己写下的引文先用 verify_quote 核对。 / \
What was said at meetings, from reports, minutes and transcripts. Quote only the text that is returned, letter for letter, with speaker, office, \
county, meeting and file; null means unknown: do not guess. Where there is no answer (no_answer) say so. Check what you quote with verify_quote.";

/// The tools, as assistants are told of them.
static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    // A test reads it.
    let tools: Vec<Tool> = serde_json::from_str(include_str!("tools.json")).unwrap_or_default();
    let harmless = ToolAnnotations::new()
        .read_only(true)
        .idempotent(true)
        .open_world(false);
    tools.into_iter().map(|tool| tool.annotate(harmless.clone())).collect()
});

/// Where an assistant asks.
#[derive(Clone)]
pub struct Counter {
    desk: Arc<Desk>,
}

impl ServerHandler for Counter {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("huiwen", env!("CARGO_PKG_VERSION")).with_title("会问 huiwen"));
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.clone()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = request.name;
        let arguments = serde_json::Value::Object(request.arguments.unwrap_or_default());
        if self.desk.settings.log_questions {
            tracing::info!(tool = %name, %arguments, "asked");
        }
        let done = self.desk.work(move |desk| match calls::call(desk, &name, arguments) {
            Err(Refused::Unread(error)) => Err(error),
            done => Ok(done),
        });
        match done.await {
            Ok(Ok(value)) => Ok(CallToolResult::structured(value).into()),
            Ok(Err(refused @ Refused::NoSuchTool(_))) => Err(ErrorData::invalid_params(refused.to_string(), None)),
            // What the assistant can mend it is told.
            Ok(Err(Refused::Wrong(why))) => Ok(CallToolResult::error(vec![ContentBlock::text(why)]).into()),
            Ok(Err(Refused::Unread(_))) | Err(Fault) => {
                Err(ErrorData::internal_error("the knowledge cannot be read just now", None))
            }
        }
    }
}

/// Serves one assistant by standard input and output, until it hangs up.
///
/// # Errors
///
/// Where what it says first is not the protocol.
pub async fn stdio(desk: Arc<Desk>) -> anyhow::Result<()> {
    let serving = serve_server(Counter { desk }, stdio_pipes()).await?;
    serving.waiting().await?;
    Ok(())
}

/// The same over HTTP.
pub type Http = StreamableHttpService<Counter, NeverSessionManager>;

/// For whoever has been let in: nothing is kept between requests.
pub fn http(desk: &Arc<Desk>) -> Http {
    let counter = Counter { desk: Arc::clone(desk) };
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(LONGEST)
        // Whoever comes has shown the key, which no page of a browser has; and a proxy may call us by any name.
        .disable_allowed_hosts();
    StreamableHttpService::new(move || Ok(counter.clone()), Arc::default(), config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_that_is_told_of_is_there_and_takes_what_it_says() {
        let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name.as_ref()).collect();
        assert_eq!(
            names,
            [
                "list_meetings",
                "search",
                "get_remarks",
                "find_speakers",
                "what_did_they_say",
                "verify_quote",
                "list_tasks"
            ]
        );
        for tool in TOOLS.iter() {
            assert_eq!(tool.input_schema["additionalProperties"], false, "{}", tool.name);
            assert!(tool.description.is_some() && tool.annotations.as_ref().unwrap().read_only_hint == Some(true));
        }
    }
}
