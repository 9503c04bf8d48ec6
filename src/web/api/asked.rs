//! What a program asks: its token is looked at first, and only then what it wants. So a stranger hears 401 whatever they
//! send, and never what would be wrong with it.

use std::{future::Future, pin::Pin};

use actix_web::{
    Error as ActixError, FromRequest, HttpRequest,
    dev::Payload,
    error::JsonPayloadError,
    web::{Bytes, Query},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    error::{Error, Result},
    ids::{MerchantId, TokenId},
    web::{faces, gate::Caller},
    wire,
};

/// A request of a program that may ask.
#[derive(Debug)]
pub struct Asked {
    pub merchant: MerchantId,
    pub token: TokenId,
    req: HttpRequest,
    bytes: Bytes,
}

impl Asked {
    /// The id in the address.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what is no id of that kind: nothing has it.
    pub fn id<I: std::str::FromStr>(&self) -> Result<I> {
        self.named("id")
    }

    /// Another id in the address.
    ///
    /// # Errors
    /// As for [`Asked::id`].
    pub fn named<I: std::str::FromStr>(&self, name: &str) -> Result<I> {
        self.req.match_info().get(name).and_then(|text| text.parse().ok()).ok_or(Error::NotFound)
    }

    /// The query.
    ///
    /// # Errors
    /// Names the parameter that does not fit.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T> {
        let pairs = Query::<Vec<(String, String)>>::from_query(self.req.query_string());
        wire::query(pairs.map_err(|error| faces::bad_query(&error))?.into_inner())
    }

    /// The body; one that is left out is an empty object.
    ///
    /// # Errors
    /// 400 for what is not JSON; else names the field that does not fit.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, ActixError> {
        let value: Value = match self.bytes.trim_ascii() {
            [] => json!({}),
            bytes => {
                serde_json::from_slice(bytes).map_err(|error| faces::bad_json(&JsonPayloadError::Deserialize(error)))?
            }
        };
        Ok(wire::body(value)?)
    }
}

impl FromRequest for Asked {
    type Error = ActixError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ActixError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let Caller { merchant, token } = Caller::from_request(&req, &mut Payload::None).await?;
            let bytes = Bytes::from_request(&req, &mut payload).await?;
            Ok(Self { merchant, token, req, bytes })
        })
    }
}
