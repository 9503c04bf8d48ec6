//! What agents do when e-mails do not arrive: correct the address, or try again.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{Place, drawing::Mend, inbox::Acted};
use crate::{
    app::App,
    domain::threads::mailing::{self, Email},
    error::{Error, Result},
    ids::ThreadId,
    web::gate::Desk,
};

/// The right address.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Corrected {
    #[serde(default)]
    email: String,
}

/// `POST /desk/threads/{thread}/address`
pub(super) async fn correct(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
    form: web::Form<Corrected>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let done = match Email::parse("email", &form.email) {
        Ok(email) => app.write(move |tx| mailing::correct(tx, &agent, thread, &email)).await,
        Err(error) => Err(error),
    };
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match done {
        Ok(()) => Ok(acted.back()),
        Err(error) => {
            let typed = form.into_inner().email;
            acted.refuse(error, |words| Mend { address: Some((typed, words)), ..Mend::default() }).await
        }
    }
}

/// `POST /desk/threads/{thread}/letters`
pub(super) async fn try_again(
    req: HttpRequest,
    desk: Desk,
    app: web::Data<App>,
    place: web::Query<Place>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let thread: ThreadId = path.parse().map_err(|_| Error::NotFound)?;
    let agent = desk.agent.clone();
    let done = app.write(move |tx| mailing::try_again(tx, &agent, thread)).await;
    let acted = Acted { req: &req, app: &app, agent: &desk.agent, place: &place, thread };
    match done {
        Ok(()) => Ok(acted.back()),
        Err(error) => acted.refuse(error, |_| Mend::default()).await,
    }
}
