//! Where an agent is signed in, and how they end it from here.

use actix_web::{HttpResponse, http::header, web};

use crate::{
    app::App,
    domain::agents::sessions,
    error::Result,
    web::{desk::see, gate::Desk, request::Jar},
};

/// `POST /desk/settings/profile/sessions/{session}/end`
pub(super) async fn end(desk: Desk, app: web::Data<App>, path: web::Path<String>) -> Result<HttpResponse> {
    let (agent, session, name) = (desk.agent.clone(), desk.session.clone(), path.into_inner());
    let own = app
        .write(move |tx| {
            let now = tx.now();
            let mine = sessions::of_agent(tx, &agent, now)?;
            let own = mine.iter().any(|other| other.name() == name && other.is(&session));
            sessions::close_named(tx, &agent, &name)?;
            Ok(own)
        })
        .await?;
    if own {
        let emptied = Jar::Desk.emptied(&app);
        let there = (header::LOCATION, "/desk/sign-in?ended=1");
        return Ok(HttpResponse::SeeOther().insert_header(there).cookie(emptied).finish());
    }
    Ok(see("/desk/settings/profile?done=ended#sessions"))
}

/// `POST /desk/settings/profile/sessions/others/end`
pub(super) async fn end_others(desk: Desk, app: web::Data<App>) -> Result<HttpResponse> {
    let Desk { agent, session } = desk;
    app.write(move |tx| sessions::close_others(tx, &agent, &session)).await?;
    Ok(see("/desk/settings/profile?done=ended#sessions"))
}
