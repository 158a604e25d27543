//! A refusal as Telegram words it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

pub struct Refusal {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

impl Refusal {
    pub fn new(code: u16, description: impl Into<String>) -> Refusal {
        Refusal {
            code,
            description: description.into(),
            parameters: None,
        }
    }

    pub fn bad(description: impl std::fmt::Display) -> Refusal {
        Refusal::new(400, format!("Bad Request: {description}"))
    }

    pub fn with(mut self, parameters: Value) -> Refusal {
        self.parameters = Some(parameters);
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(parameters) = self.parameters {
            body["parameters"] = parameters;
        }
        (StatusCode::from_u16(self.code).unwrap(), Json(body)).into_response()
    }
}
