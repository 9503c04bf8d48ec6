//! Somebody who uses the server over HTTP as a browser without JavaScript does, or as a program with a token.

use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::Value;

use super::form::{Form, Sent, parts};
use super::page::Page;

/// One browser: its cookies, and the manners of a browser (it says where a form comes from, it follows redirects).
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    client: Client,
    cookies: Arc<Jar>,
    base_url: String,
    bearer: Option<String>,
    headers: HeaderMap,
}

impl Visitor {
    pub(crate) fn new(base_url: &str) -> Self {
        let cookies = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&cookies))
            .timeout(Duration::from_secs(20))
            // The server closes a connection that is idle for five seconds; what is sent just then is lost.
            .pool_idle_timeout(Duration::from_secs(2))
            .build()
            .expect("a client can be made");
        Self { client, cookies, base_url: base_url.to_owned(), bearer: None, headers: HeaderMap::new() }
    }

    /// The same visitor as a program: a bearer token instead of cookies and browser's headers.
    pub(crate) fn with_bearer(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// Says this header with every request; it replaces one a browser would send (`Origin`, `Accept-Language`).
    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.headers.insert(name, HeaderValue::from_str(value).expect("a header value"));
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts form fields as the page at hand would.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    /// Sends a form that was read from a page; a browser's own checks (required fields) hold.
    pub(crate) async fn submit(&self, form: Form) -> Page {
        form.must_be_complete();
        let request = match form.method.as_str() {
            "get" => self.request(Method::GET, &form.address_with_fields()),
            _ => {
                let (kind, body) = form.body();
                self.request(Method::POST, &form.action).header("Content-Type", kind).body(body)
            }
        };
        self.send(request).await
    }

    /// A program's request with a JSON body.
    pub(crate) async fn json(&self, method: &str, path: &str, body: &Value) -> Page {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.send(self.request(method, path).json(body)).await
    }

    /// Any other request: raw bytes of a content type.
    pub(crate) async fn raw(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.send(self.request(method, path).header("Content-Type", kind).body(body)).await
    }

    /// Sends one file as our script does; the answer is JSON.
    pub(crate) async fn upload(&self, path: &str, file: Sent) -> Page {
        let (kind, body) = parts(&[], &[("file".to_owned(), file)]);
        self.clone().with_header("accept", "application/json").raw("POST", path, &kind, body).await
    }

    /// The bytes at an address, with its status and headers.
    pub(crate) async fn bytes(&self, path: &str, range: Option<&str>) -> (u16, HeaderMap, Vec<u8>) {
        let request = self.request(Method::GET, path);
        let request = match range {
            Some(range) => request.header("Range", range),
            None => request,
        };
        let answer = request.send().await.expect("the server answers");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.expect("a body").to_vec())
    }

    /// What a form is answered with, as bytes.
    pub(crate) async fn sent(&self, path: &str, kind: &str, body: Vec<u8>) -> (u16, HeaderMap, Vec<u8>) {
        let request = self.request(Method::POST, path).header("Content-Type", kind).body(body);
        let answer = request.send().await.expect("the server answers");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.expect("a body").to_vec())
    }

    /// The cookies a request to `path` would carry, as the socket needs them.
    pub(crate) fn cookie(&self, path: &str) -> Option<String> {
        let url: Url = self.url(path).parse().ok()?;
        self.cookies.cookies(&url).and_then(|value| value.to_str().ok().map(str::to_owned))
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn url(&self, path: &str) -> String {
        if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.base_url) }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let browser = self.bearer.is_none();
        let mut headers = HeaderMap::new();
        if browser && method != Method::GET {
            headers.insert("origin", HeaderValue::from_str(&self.base_url).expect("a base URL"));
            headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        }
        if browser {
            headers.insert("accept", HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8"));
        }
        headers.extend(self.headers.clone());
        let request = self.client.request(method, self.url(path)).headers(headers);
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn send(&self, request: RequestBuilder) -> Page {
        Page::read(request.send().await.expect("the server answers")).await
    }
}
