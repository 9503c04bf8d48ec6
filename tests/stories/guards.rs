//! Who gets in, and who does not. Here is what its stories share: a client without a browser's manners.

mod doors;
mod foreign;
mod pages;
mod scripts;
mod sessions;
mod texts;

use std::time::Duration;

use reqwest::{Client, Method, redirect::Policy};
use serde_json::Value;

use super::support::{Server, page::Page};

/// Within which a socket that may no longer look is closed.
const MOMENT: Duration = Duration::from_secs(3);

/// A request as it is: no redirects followed, no header added.
async fn plain(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let mut request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), server.url(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Page::read(request.body(body.to_owned()).send().await.unwrap()).await
}

/// Where an answer sends on to.
fn location(page: &Page) -> &str {
    page.header("location").unwrap_or_else(|| panic!("{} ({}) sends nowhere", page.url, page.status))
}

/// The thread of the demo's first link, by the API's id.
async fn first_thread(server: &Server) -> String {
    let orders = server.api().get("/api/v1/orders?number=10482").await.json();
    orders["data"][0]["thread_id"].as_str().unwrap().to_owned()
}

/// Everything of the merchant that somebody could have changed.
async fn everything(server: &Server) -> Vec<Value> {
    let api = server.api();
    let mut all = Vec::new();
    for path in ["threads?limit=100", "cases?limit=100"] {
        all.push(api.get(&format!("/api/v1/{path}")).await.json());
    }
    all.push(api.get(&format!("/api/v1/threads/{}/messages?limit=100", first_thread(server).await)).await.json());
    all
}
