//! A browser without script: cookies are kept, forms filled in and sent from the page they stand on.

use std::collections::BTreeMap;

use http::header;
use testkit::{
    PASSWORD, TestApp,
    http::{Answer, Client, Request},
};

/// The cookie of a test server, whose URLs are https.
pub(crate) const SESSION: &str = "__Host-moot_session";

/// Somebody's browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) client: Client,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A new one, in which nobody is signed in.
    pub(crate) fn new(app: &TestApp) -> Self {
        Self {
            client: Client::new(web::router(app.to_app())),
            cookies: BTreeMap::new(),
        }
    }

    /// Opens a page.
    pub(crate) async fn open(&mut self, path: &str) -> Answer {
        let request = self.client.get(path);
        self.ask(request).await
    }

    /// Sends a form as our own pages do.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .client
            .post(path)
            .header("origin", "https://moot.test")
            .form(fields);
        self.ask(request).await
    }

    /// Opens a page and sends its form, with what it holds and what is filled in.
    pub(crate) async fn fill(
        &mut self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let page = self.open(page).await.expect(200);
        let mut all = hidden(&page, action);
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.send(action, &all).await
    }

    /// Signs a member in who has the usual password.
    pub(crate) async fn sign_in(&mut self, login: &str) -> Answer {
        let fields = [("login", login), ("password", PASSWORD)];
        self.fill("/auth/sign_in", "/auth/sign_in", &fields).await
    }

    /// Sends any request with this browser's cookies, and keeps those it is given.
    pub(crate) async fn ask(&mut self, request: Request) -> Answer {
        let line = |(name, value): (&String, &String)| format!("{name}={value}");
        let cookies = self.cookies.iter().map(line).collect::<Vec<_>>().join("; ");
        let answer = request.header("cookie", &cookies).send().await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The hidden fields of the form with this action.
pub(crate) fn hidden(page: &Answer, action: &str) -> Vec<(String, String)> {
    let html = page.text();
    let form = html
        .split("<form")
        .skip(1)
        .find(|form| {
            form.split('>')
                .next()
                .unwrap()
                .contains(&format!("action=\"{action}\""))
        })
        .unwrap_or_else(|| panic!("no form for {action}: {html}"));
    let form = form.split("</form>").next().unwrap();
    form.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            (name.to_owned(), unescape(rest.split('"').next().unwrap()))
        })
        .collect()
}

/// The page an answer leads to.
pub(crate) fn location(answer: &Answer) -> String {
    answer
        .header("location")
        .unwrap_or_else(|| panic!("no redirect: {}", answer.text()))
        .to_owned()
}

/// A parameter of an address.
pub(crate) fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn unescape(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}
