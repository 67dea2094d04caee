//! A client that speaks to a router directly, without a socket.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use http_body_util::BodyExt;
use serde::Serialize;
use serde_json::Value;
use tower::ServiceExt;
use url::form_urlencoded;

/// Sends requests to a router as if they came from one address.
#[derive(Clone, Debug)]
pub struct Client {
    router: Router,
    host: String,
    address: IpAddr,
}

impl Client {
    /// A client of a router for `moot.test`.
    pub fn new(router: Router) -> Self {
        Self {
            router,
            host: "moot.test".into(),
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        }
    }

    /// Names another host in its requests.
    #[must_use]
    pub fn host(mut self, host: &str) -> Self {
        host.clone_into(&mut self.host);
        self
    }

    /// Comes from another address.
    #[must_use]
    pub fn from(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// A request; `path` with its query.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::HOST,
            self.host
                .parse()
                .expect("a test's host can stand in a header"),
        );
        Request {
            router: self.router.clone(),
            address: self.address,
            method,
            path: path.to_owned(),
            headers,
            body: Vec::new(),
            extensions: http::Extensions::new(),
        }
    }

    /// GET.
    pub fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// POST.
    pub fn post(&self, path: &str) -> Request {
        self.request(Method::POST, path)
    }

    /// PUT.
    pub fn put(&self, path: &str) -> Request {
        self.request(Method::PUT, path)
    }

    /// PATCH.
    pub fn patch(&self, path: &str) -> Request {
        self.request(Method::PATCH, path)
    }

    /// DELETE.
    pub fn delete(&self, path: &str) -> Request {
        self.request(Method::DELETE, path)
    }
}

/// A request that is being put together.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    router: Router,
    address: IpAddr,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
    extensions: http::Extensions,
}

impl Request {
    /// With a bearer token.
    pub fn as_(self, token: impl AsRef<str>) -> Self {
        self.header("authorization", &format!("Bearer {}", token.as_ref()))
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a test's header has a name");
        let value: HeaderValue = value.parse().expect("a test's header has a value");
        self.headers.append(name, value);
        self
    }

    /// With a cookie.
    pub fn cookie(self, name: &str, value: &str) -> Self {
        self.header("cookie", &format!("{name}={value}"))
    }

    /// With a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        let bytes = serde_json::to_vec(body).expect("a test's body can be written as JSON");
        self.body("application/json", bytes)
    }

    /// With a form as its body.
    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let encoded = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.body("application/x-www-form-urlencoded", encoded)
    }

    /// With any body.
    pub fn body(mut self, content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = bytes.into();
        self.header("content-type", content_type)
    }

    /// With something that the server would have put beside the request.
    pub fn extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.extensions.insert(value);
        self
    }

    /// Sends it and reads the whole answer.
    pub async fn send(self) -> Answer {
        let mut request = http::Request::new(Body::from(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.path.parse().expect("a test's path is a path");
        *request.headers_mut() = self.headers;
        *request.extensions_mut() = self.extensions;
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(self.address, 40_000)));
        let Ok(response) = self.router.oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .expect("the body of an answer can be read")
            .to_bytes()
            .to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is something else; the message shows it.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "{} with a body that is no JSON ({error}): {}",
                self.status,
                self.text()
            )
        })
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value; the first, if there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .find_map(|cookie| {
                let (key, rest) = cookie.to_str().ok()?.split_once('=')?;
                (key == name).then(|| rest.split(';').next().unwrap_or_default().to_owned())
            })
    }

    /// The answer itself, if its status is `expected`.
    ///
    /// # Panics
    /// With the body when it is another.
    #[track_caller]
    #[expect(
        clippy::return_self_not_must_use,
        reason = "often only the status matters"
    )]
    pub fn expect(self, expected: u16) -> Self {
        assert_eq!(self.status.as_u16(), expected, "{}", self.text());
        self
    }
}
