//! Other systems that call the server's hooks: Shopify, WooCommerce, and any system that signs by Standard Webhooks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::page::Page;
use super::server::{HookAddress, Server};

/// One call of a hook, signed unless told otherwise. Sending it twice is a repeat: same ids, same body.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    kind: Kind,
    address: HookAddress,
    body: Vec<u8>,
    id: String,
    event: String,
    /// Unix seconds, by the server's clock.
    at: i64,
    signature: Option<String>,
    headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
enum Kind {
    Shopify { topic: String },
    WooCommerce { topic: String },
    Generic,
}

impl Server {
    /// Shopify's news of `topic` (`orders/create`), to the demo's connector.
    pub(crate) fn shopify(&self, topic: &str, body: &Value) -> Call {
        self.call("shopify", Kind::Shopify { topic: topic.to_owned() }, body)
    }

    /// News in our own normal form, to the demo's connector.
    pub(crate) fn generic(&self, body: &Value) -> Call {
        self.call("generic", Kind::Generic, body)
    }

    /// WooCommerce's news of `topic` (`order.created`), to the demo's connector.
    pub(crate) fn woocommerce(&self, topic: &str, body: &Value) -> Call {
        self.call("woocommerce", Kind::WooCommerce { topic: topic.to_owned() }, body)
    }

    /// WooCommerce's news to any connector.
    pub(crate) fn woocommerce_at(&self, url: &str, secret: &str, topic: &str, body: &Value) -> Call {
        let address = HookAddress { url: url.to_owned(), secret: secret.to_owned() };
        self.call_at(address, Kind::WooCommerce { topic: topic.to_owned() }, body)
    }

    /// Shopify's news to any connector.
    pub(crate) fn shopify_at(&self, url: &str, secret: &str, topic: &str, body: &Value) -> Call {
        let address = HookAddress { url: url.to_owned(), secret: secret.to_owned() };
        self.call_at(address, Kind::Shopify { topic: topic.to_owned() }, body)
    }

    /// News in our own normal form to any connector.
    pub(crate) fn generic_at(&self, url: &str, secret: &str, body: &Value) -> Call {
        self.call_at(HookAddress { url: url.to_owned(), secret: secret.to_owned() }, Kind::Generic, body)
    }

    fn call(&self, hook: &str, kind: Kind, body: &Value) -> Call {
        let address = self.told().hooks.get(hook).cloned().unwrap_or_else(|| panic!("demo.json has no hook {hook}"));
        self.call_at(address, kind, body)
    }

    fn call_at(&self, address: HookAddress, kind: Kind, body: &Value) -> Call {
        let at = chrono::Utc::now().timestamp() + self.clock_offset();
        Call::new(kind, address, serde_json::to_vec(body).expect("JSON"), at)
    }
}

impl Call {
    fn new(kind: Kind, address: HookAddress, body: Vec<u8>, at: i64) -> Self {
        let id = format!("msg_{}", uuid::Uuid::now_v7().simple());
        let event = uuid::Uuid::now_v7().to_string();
        Self { kind, address, body, id, event, at, signature: None, headers: Vec::new() }
    }

    /// The very bytes of the body.
    pub(crate) fn raw(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    /// The delivery's own id (`X-Shopify-Webhook-Id`, `X-WC-Webhook-Delivery-ID`, `webhook-id`).
    pub(crate) fn delivery_id(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
    }

    /// Shopify's id of the event, the same for all subscriptions that tell of it.
    pub(crate) fn event_id(mut self, id: &str) -> Self {
        id.clone_into(&mut self.event);
        self
    }

    /// Signed at another time (Unix seconds).
    pub(crate) fn at(mut self, seconds: i64) -> Self {
        self.at = seconds;
        self
    }

    /// Another signature than the right one; empty means none is sent.
    pub(crate) fn signature(mut self, signature: &str) -> Self {
        self.signature = Some(signature.to_owned());
        self
    }

    /// Another secret than the connector's.
    pub(crate) fn secret(mut self, secret: &str) -> Self {
        secret.clone_into(&mut self.address.secret);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) async fn send(&self) -> Page {
        Page::read(self.try_send().await.expect("the hook answers")).await
    }

    /// The answer, unless the server dies meanwhile.
    pub(crate) async fn try_send(&self) -> reqwest::Result<reqwest::Response> {
        let client = reqwest::Client::new();
        let mut request = client.post(&self.address.url).header("Content-Type", "application/json");
        for (name, value) in self.signed_headers().into_iter().chain(self.headers.clone()) {
            request = request.header(name, value);
        }
        request.body(self.body.clone()).send().await
    }

    /// Sends the same call so many times, one after the other.
    pub(crate) async fn send_times(&self, times: usize) -> Vec<Page> {
        let mut answers = Vec::new();
        for _ in 0..times {
            answers.push(self.send().await);
        }
        answers
    }

    fn signed_headers(&self) -> Vec<(String, String)> {
        let signature = self.signature.clone().unwrap_or_else(|| self.right_signature());
        let id = self.id.clone();
        let mut headers = match &self.kind {
            Kind::Shopify { topic } => vec![
                ("X-Shopify-Topic", topic.clone()),
                ("X-Shopify-Shop-Domain", "demo.myshopify.com".to_owned()),
                ("X-Shopify-API-Version", "2026-10".to_owned()),
                ("X-Shopify-Webhook-Id", id),
                ("X-Shopify-Event-Id", self.event.clone()),
                ("X-Shopify-Hmac-Sha256", signature),
            ],
            Kind::WooCommerce { topic } => vec![
                ("X-WC-Webhook-Topic", topic.clone()),
                ("X-WC-Webhook-Source", "https://shop.example/".to_owned()),
                ("X-WC-Webhook-Resource", topic.split('.').next().unwrap_or_default().to_owned()),
                ("X-WC-Webhook-ID", "7".to_owned()),
                ("X-WC-Webhook-Delivery-ID", id),
                ("X-WC-Webhook-Signature", signature),
            ],
            Kind::Generic => {
                vec![("webhook-id", id), ("webhook-timestamp", self.at.to_string()), ("webhook-signature", signature)]
            }
        };
        headers.retain(|(_, value)| !value.is_empty());
        headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn right_signature(&self) -> String {
        let secret = &self.address.secret;
        match self.kind {
            Kind::Shopify { .. } | Kind::WooCommerce { .. } => mac(secret.as_bytes(), &[&self.body]),
            Kind::Generic => {
                let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("a whsec_ secret");
                let head = format!("{}.{}.", self.id, self.at);
                format!("v1,{}", mac(&key, &[head.as_bytes(), &self.body]))
            }
        }
    }
}

fn mac(key: &[u8], pieces: &[&[u8]]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes any key");
    pieces.iter().for_each(|piece| mac.update(piece));
    STANDARD.encode(mac.finalize().into_bytes())
}

#[test]
fn a_standard_webhook_is_signed_as_the_specification_shows() {
    let address = HookAddress { url: String::new(), secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned() };
    let body = br#"{"test": 2432232314}"#.to_vec();
    let call = Call::new(Kind::Generic, address, body, 1_614_265_330).delivery_id("msg_p5jXN8AQM9LWM0D4loKWxJek");
    assert_eq!(call.right_signature(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert!(call.signature("").signed_headers().iter().all(|(name, _)| name != "webhook-signature"));
}
