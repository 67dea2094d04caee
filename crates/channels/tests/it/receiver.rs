//! A service on loopback: checks a request, keeps it, and answers as the test says.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    response::Response,
};
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;

/// What a request held.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// The body in the form that the service documents.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, String> {
        if !self.header("content-type").starts_with("application/json") {
            return Err("not JSON".to_owned());
        }
        serde_json::from_slice(&self.body).map_err(|error| error.to_string())
    }
}

/// What a service holds a request against.
pub(crate) type Check = fn(&Received) -> Result<(), String>;

/// An answer.
#[derive(Clone)]
pub(crate) struct Says {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Says {
    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(crate) fn body(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

#[derive(Clone)]
struct Shared {
    check: Check,
    received: Arc<Mutex<Vec<Received>>>,
    /// What it answers.
    says: Arc<Mutex<Says>>,
}

/// A running service.
pub(crate) struct Receiver {
    address: SocketAddr,
    shared: Shared,
}

impl Receiver {
    /// A service that checks each request so and answers this.
    pub(crate) async fn start(check: Check, says: Says) -> Self {
        let shared = Shared {
            check,
            received: Arc::default(),
            says: Arc::new(Mutex::new(says)),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(take).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared }
    }

    /// What it answers from now on.
    pub(crate) fn says(&self, says: Says) {
        *self.shared.says.lock().unwrap() = says;
    }

    pub(crate) fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    /// The requests so far, all of which were as documented.
    pub(crate) fn received(&self) -> Vec<Received> {
        let received = self.shared.received.lock().unwrap().clone();
        for request in &received {
            if let Err(why) = (self.shared.check)(request) {
                panic!(
                    "{why}: {} {}\n{}",
                    request.method,
                    request.target,
                    String::from_utf8_lossy(&request.body)
                );
            }
        }
        received
    }

    /// The newest of them.
    pub(crate) fn last(&self) -> Received {
        self.received().pop().expect("there was a request")
    }
}

async fn take(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 10 * 1024 * 1024).await.unwrap();
    let received = Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: parts.headers,
        body,
    };
    let is_fine = (shared.check)(&received).is_ok();
    shared.received.lock().unwrap().push(received);
    if !is_fine {
        return Response::builder()
            .status(400)
            .body(Body::from("not as documented"))
            .unwrap();
    }
    let says = shared.says.lock().unwrap().clone();
    let mut response = Response::builder().status(says.status);
    for (name, value) in says.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(says.body)).unwrap()
}
