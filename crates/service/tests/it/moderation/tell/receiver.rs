//! A service on loopback that speaks as Slack, Matrix and a program do, as far as answers matter.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, Ordering},
};

use axum::{
    Json, Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What it was told.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) path: String,
    /// `Moot-Delivery`.
    pub(super) delivery: Option<String>,
    /// All of it, headers too.
    pub(super) raw: String,
    pub(super) body: Value,
}

impl Said {
    /// The words, whatever the service.
    pub(super) fn text(&self) -> String {
        let body = &self.body;
        let new = &body["m.new_content"]["body"];
        [&body["text"], new, &body["body"], &body["object"]["title"]]
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

#[derive(Clone, Default)]
struct Shared {
    said: Arc<Mutex<Vec<Said>>>,
    status: Arc<AtomicU16>,
    loses: Arc<Mutex<Vec<String>>>,
}

/// A running service.
pub(super) struct Receiver {
    base: String,
    shared: Shared,
}

impl Receiver {
    pub(super) async fn start() -> Self {
        let shared = Shared::default();
        shared.status.store(200, Ordering::SeqCst);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, shared }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// What it answers from now on.
    pub(super) fn answers(&self, status: u16) {
        self.shared.status.store(status, Ordering::SeqCst);
    }

    /// It does not know this message any more.
    pub(super) fn loses(&self, message: &str) {
        self.shared.loses.lock().unwrap().push(message.to_owned());
    }

    /// Everything it was told, taken or not.
    pub(super) fn said(&self) -> Vec<Said> {
        self.shared.said.lock().unwrap().clone()
    }

    /// The titles of what it was told, which are first lines.
    pub(super) fn titles(&self) -> Vec<String> {
        let said = self.said();
        said.iter()
            .map(|said| said.text().lines().next().unwrap_or_default().to_owned())
            .collect()
    }

    pub(super) fn forget(&self) {
        self.shared.said.lock().unwrap().clear();
    }
}

async fn take(State(shared): State<Shared>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let said = Said {
        path: parts.uri.path().to_owned(),
        delivery: parts
            .headers
            .get("moot-delivery")
            .map(|value| value.to_str().unwrap().to_owned()),
        raw: format!(
            "{} {:?}\n{}",
            parts.uri,
            parts.headers,
            String::from_utf8_lossy(&body)
        ),
        body: serde_json::from_slice(&body).unwrap(),
    };
    let number = {
        let mut all = shared.said.lock().unwrap();
        all.push(said.clone());
        all.len()
    };
    let status = shared.status.load(Ordering::SeqCst);
    if status != 200 {
        return StatusCode::from_u16(status).unwrap().into_response();
    }
    let refers_to = [&said.body["ts"], &said.body["thread_ts"]];
    let is_lost = refers_to
        .into_iter()
        .filter_map(Value::as_str)
        .any(|ts| shared.loses.lock().unwrap().iter().any(|lost| lost == ts));
    Json(if is_lost {
        json!({"ok": false, "error": "message_not_found"})
    } else {
        json!({"ok": true, "channel": "C0CLUB", "ts": number.to_string(), "event_id": format!("${number}")})
    })
    .into_response()
}
