//! Other systems' bodies in, the normal form out: vendors' own samples where they lie beside the checkout, and small
//! bodies of our own writing that are always there.

#[cfg(test)]
mod generic;
#[cfg(test)]
mod mapped;
#[cfg(test)]
#[path = "../support/mapping.rs"]
mod mapping;
#[cfg(test)]
mod mutated;
#[cfg(test)]
mod shopify;
#[cfg(test)]
mod signed;
#[cfg(test)]
mod woocommerce;

#[cfg(test)]
mod arrange {
    use std::{fs, path::Path};

    use chrono::{DateTime, Utc};
    use comptoir::{
        connect::{
            ReadError,
            shops::{Arrival, ConnectorKind, ReadContext, read},
        },
        domain::{
            money::Money,
            normal::{News, OrderNews, Unreadable},
        },
    };
    use serde_json::Value;

    pub(crate) fn context() -> ReadContext {
        ReadContext { currency_hint: "EUR".parse().ok(), now: at("2026-11-21T08:00:00Z") }
    }

    pub(crate) fn at(time: &str) -> DateTime<Utc> {
        time.parse().unwrap()
    }

    pub(crate) fn header(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    /// A body of our own writing.
    pub(crate) fn fixture(name: &str) -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format!("{name}.json"));
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }

    /// A vendor's own sample, where the samples lie beside the checkout.
    pub(crate) fn sample(name: &str) -> Option<Value> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/payloads").join(format!("{name}.json"));
        fs::read(path).ok().map(|body| serde_json::from_slice(&body).unwrap())
    }

    pub(crate) fn generic(body: &Value) -> Result<Vec<News>, ReadError> {
        read(ConnectorKind::Generic, &context(), &Arrival { headers: &[], body: body.to_string().as_bytes() })
    }

    pub(crate) fn shopify(topic: &str, body: &Value) -> Result<Vec<News>, ReadError> {
        let headers = [header("x-shopify-topic", topic), header("x-shopify-shop-domain", "demo.myshopify.com")];
        read(ConnectorKind::Shopify, &context(), &Arrival { headers: &headers, body: body.to_string().as_bytes() })
    }

    pub(crate) fn one(news: Result<Vec<News>, ReadError>) -> News {
        let mut news = news.unwrap();
        assert_eq!(news.len(), 1, "{news:?}");
        news.remove(0)
    }

    pub(crate) fn order(news: Result<Vec<News>, ReadError>) -> OrderNews {
        match news.unwrap().remove(0) {
            News::Order(order) => *order,
            other => panic!("not an order: {other:?}"),
        }
    }

    pub(crate) fn problems(news: Result<Vec<News>, ReadError>) -> Vec<String> {
        match news {
            Err(ReadError::Unreadable(problems)) => {
                problems.into_iter().map(|Unreadable { pointer, .. }| pointer).collect()
            }
            other => panic!("was not refused field by field: {other:?}"),
        }
    }

    /// `598.94 USD`
    pub(crate) fn shown(money: Money) -> String {
        format!("{money} {}", money.currency())
    }

    pub(crate) fn values(line: &comptoir::domain::normal::LineNews) -> Vec<(&str, &str)> {
        line.options.iter().map(|choice| (choice.name.as_str(), choice.value.as_str())).collect()
    }
}
