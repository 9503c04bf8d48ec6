//! The gates of the rooms: who is asking, as a value that only a gate can make. A handler that takes one is for them only.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};

use super::{
    limits,
    request::{self, Jar},
    watch,
};
use crate::{
    domain::{
        agents::{self, Agent, SessionToken},
        tokens::{self, Holder},
        visits,
        visits::Visit,
    },
    error::{Error, Result},
    i18n::{Lang, Words},
    ids::{MerchantId, ThreadAddress, TokenId},
};

type Gate<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// An agent at the desk.
#[derive(Clone)]
pub struct Desk {
    pub agent: Agent,
    pub session: SessionToken,
}

impl Desk {
    /// The words of this agent: their language, times in the zone of the installation's shops.
    pub fn words(&self, zone: chrono_tz::Tz, now: chrono::DateTime<chrono::Utc>) -> Words {
        Words::new(self.agent.lang(), zone, now)
    }
}

impl FromRequest for Desk {
    type Error = Error;
    type Future = Gate<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request::app(req).clone();
        let session = Jar::Desk.read(req).as_deref().and_then(SessionToken::parse);
        Box::pin(async move {
            let session = session.ok_or(Error::SignedOut)?;
            let (wanted, now) = (session.clone(), app.now());
            let (agent, stale) = app.read(move |conn| agents::by_session(conn, &wanted, now)).await?;
            if stale {
                let session = session.clone();
                app.write(move |tx| agents::touch_session(tx, &session)).await?;
            }
            Ok(Self { agent, session })
        })
    }
}

/// A shopper in the thread that the address names.
#[derive(Clone)]
pub struct Shopper {
    pub visit: Visit,
    /// The language this reader chose, if they did.
    pub chosen: Option<Lang>,
}

impl FromRequest for Shopper {
    type Error = Error;
    type Future = Gate<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request::app(req).clone();
        let chosen = request::chosen_lang(req);
        let address = req.match_info().get("thread").and_then(|text| text.parse::<ThreadAddress>().ok());
        let browser = Jar::Shopper.read(req);
        Box::pin(async move {
            let (Some(address), Some(browser)) = (address, browser) else { return Err(Error::NotFound) };
            let now = app.now();
            let visit = app.read(move |conn| visits::find(conn, address, &browser, now)).await?;
            Ok(Self { visit, chosen })
        })
    }
}

/// A program of a merchant.
#[derive(Debug, Clone, Copy)]
pub struct Caller {
    pub merchant: MerchantId,
    pub token: TokenId,
}

impl FromRequest for Caller {
    type Error = Error;
    type Future = Gate<Self>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request::app(req).clone();
        let header = req.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
        let req = req.clone();
        Box::pin(async move {
            let token = token.ok_or(Error::SignedOut)?;
            // Guesses are counted by address, before the look-up; a right token by itself, after it.
            let now = app.now();
            let wanted = token.clone();
            match app.read(move |conn| tokens::holder_of(conn, &wanted, now)).await {
                Ok(Holder { merchant, token: id }) => {
                    limits::take(&req, limits::Kind::Api, &token)?;
                    Ok(Self { merchant, token: id })
                }
                Err(error @ (Error::SignedOut | Error::NotFound)) => {
                    limits::take_by_address(&req, limits::Kind::Guess)?;
                    watch::token_refused(&app, token);
                    Err(error)
                }
                // Nobody guessed: it could not be looked up.
                Err(error) => Err(error),
            }
        })
    }
}
