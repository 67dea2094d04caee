//! Other servers in memory: documents by URL, whole routers by host, and a record of what was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use federation::client::{Wire, WireError, WireRequest, WireResponse};
use futures_util::future::BoxFuture;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use url::Url;

/// What one address answers.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
    pub(crate) redirect: Option<String>,
}

impl Served {
    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self::bytes(
            "application/activity+json",
            serde_json::to_vec(body).unwrap(),
        )
    }

    pub(crate) fn bytes(content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type: content_type.to_owned(),
            body,
            redirect: None,
        }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self {
            status,
            content_type: "application/activity+json".to_owned(),
            body: Vec::new(),
            redirect: None,
        }
    }
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Sent {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Everybody else. Unlisted addresses answer 404 to a GET and 202 to a POST.
#[derive(Clone, Default)]
pub(crate) struct Elsewhere(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    served: HashMap<String, Served>,
    routers: HashMap<String, Router>,
    silent: Vec<String>,
    sent: Vec<Sent>,
}

impl Elsewhere {
    pub(crate) fn serve(&self, url: &str, served: Served) {
        self.0.lock().unwrap().served.insert(normal(url), served);
    }

    pub(crate) fn serves(&self, url: &str) -> bool {
        self.0.lock().unwrap().served.contains_key(&normal(url))
    }

    /// A whole server.
    pub(crate) fn host(&self, host: &str, router: Router) {
        self.0
            .lock()
            .unwrap()
            .routers
            .insert(host.to_owned(), router);
    }

    /// A server that does not answer, or does again.
    pub(crate) fn silence(&self, host: &str) {
        self.0.lock().unwrap().silent.push(host.to_owned());
    }

    pub(crate) fn wake(&self, host: &str) {
        self.0
            .lock()
            .unwrap()
            .silent
            .retain(|silent| silent != host);
    }

    pub(crate) fn sent(&self, method: &Method) -> Vec<Sent> {
        self.0
            .lock()
            .unwrap()
            .sent
            .iter()
            .filter(|sent| sent.method == *method)
            .cloned()
            .collect()
    }

    pub(crate) fn forget(&self) {
        self.0.lock().unwrap().sent.clear();
    }

    fn answer(&self, request: &WireRequest) -> Result<Answering, WireError> {
        let mut inner = self.0.lock().unwrap();
        inner.sent.push(Sent {
            method: request.method.clone(),
            url: request.url.to_string(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        });
        let host = request.url.host_str().unwrap();
        if inner.silent.iter().any(|silent| silent == host) {
            return Err(WireError::Network(std::io::Error::other("silence").into()));
        }
        if let Some(router) = inner.routers.get(host) {
            return Ok(Answering::Router(router.clone()));
        }
        let unlisted = if request.method == Method::POST {
            202
        } else {
            404
        };
        let served = inner.served.get(request.url.as_str()).cloned();
        Ok(Answering::Served(
            served.unwrap_or_else(|| Served::status(unlisted)),
        ))
    }
}

enum Answering {
    Router(Router),
    Served(Served),
}

impl Wire for Elsewhere {
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireResponse, WireError>> {
        Box::pin(async move {
            match self.answer(&request)? {
                Answering::Served(served) => Ok(document(served)),
                Answering::Router(router) => Ok(through(router, request).await),
            }
        })
    }
}

fn document(served: Served) -> WireResponse {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, served.content_type.parse().unwrap());
    if let Some(redirect) = served.redirect {
        headers.insert(header::LOCATION, redirect.parse().unwrap());
    }
    WireResponse {
        status: StatusCode::from_u16(served.status).unwrap(),
        headers,
        body: served.body,
    }
}

async fn through(router: Router, request: WireRequest) -> WireResponse {
    let mut sent = http::Request::new(Body::from(request.body));
    *sent.method_mut() = request.method;
    let query = request
        .url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    *sent.uri_mut() = format!("{}{query}", request.url.path()).parse().unwrap();
    *sent.headers_mut() = request.headers;
    if !sent.headers().contains_key(header::HOST) {
        let host = HeaderValue::from_str(request.url.host_str().unwrap()).unwrap();
        sent.headers_mut().insert(header::HOST, host);
    }
    let (parts, body) = router.oneshot(sent).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    WireResponse {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

fn normal(url: &str) -> String {
    Url::parse(url).unwrap().to_string()
}
