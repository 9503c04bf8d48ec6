//! Whether the shop is open, as two small parts that live frames renew.

use askama::Template;

/// Beside the composer, while the shop is closed. Live under the id `opening`.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_opening.html")]
pub struct Opening {
    pub closed: Option<String>,
}

/// The line under the shop's name. Live under the id `usual`.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/_usual.html")]
pub struct Usual {
    pub text: Option<String>,
}
