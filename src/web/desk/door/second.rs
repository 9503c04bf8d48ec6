//! The second step of signing in: the code of an authenticator, or a recovery code instead of the phone.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde::Deserialize;

use super::{come_in, minutes, refuse, take_by_account};
use crate::{
    app::App,
    domain::agents::{
        self,
        proofs::{self, ProofKind},
        second::{self, Entered},
    },
    error::{Error, Result},
    web::{
        desk::{own_path, sheet_and_icons, view::door::Refused, view::joining::SecondStep},
        limits, page, request, watch,
    },
};

/// Asks for the code.
pub(super) fn ask(req: &HttpRequest, token: String, next: &str, wrong: bool) -> HttpResponse {
    let t = request::words(req);
    let (css, icons) = sheet_and_icons();
    let page = SecondStep { t, css, icons, token, next: next.to_owned(), wrong, languages: Vec::new() };
    page::html(&page, if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

#[derive(Deserialize)]
pub(in crate::web::desk) struct Filled {
    #[serde(default)]
    token: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// `POST /desk/sign-in/code`
pub(in crate::web::desk) async fn enter(
    req: HttpRequest,
    app: web::Data<App>,
    form: web::Form<Filled>,
) -> Result<HttpResponse> {
    let Filled { token, code, next } = form.into_inner();
    let entered = match held_up(&req, &app, &token).await {
        Ok(()) => {
            let (keys, token, code) = (app.keys.clone(), token.clone(), code);
            app.write(move |tx| second::enter(tx, &keys, &token, &code)).await
        }
        Err(error) => Err(error),
    };
    match entered {
        Ok(Entered::Right(agent)) => come_in(&req, &app, *agent, &next).await,
        Ok(Entered::Wrong(agent)) => {
            watch::sign_in_failed(&app, &agent, "code");
            Ok(ask(&req, token, own_path(&next), true))
        }
        Err(Error::TooOften(wait)) => {
            let many = Refused::TooMany(minutes(wait));
            let mut answer = refuse(&req, &app, String::new(), &next, many, StatusCode::TOO_MANY_REQUESTS).await?;
            answer.headers_mut().insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
            Ok(answer)
        }
        // Too late, tried too often, or none of ours: from the beginning.
        Err(Error::NotFound) => {
            refuse(&req, &app, String::new(), &next, Refused::Stale, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error),
    }
}

/// Guesses are counted by the address they come from and by the account they are at.
async fn held_up(req: &HttpRequest, app: &App, token: &str) -> Result<()> {
    limits::take_by_address(req, limits::Kind::Guess)?;
    let (keys, token, now) = (app.keys.clone(), token.to_owned(), app.now());
    let email = app
        .read(move |conn| {
            let proof = proofs::by_token(conn, &keys, &token, ProofKind::Second, now)?;
            Ok(agents::find(conn, proof.merchant_id, proof.agent_id)?.email)
        })
        .await?;
    take_by_account(req, "second", &email)
}
