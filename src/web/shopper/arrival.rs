//! The card beside the order that speaks of its arrival: a late parcel, or whether all is well with what came.

use actix_web::{HttpResponse, web};

use super::{
    counter::Counter,
    exchange,
    order::{self, Stage},
    quick::Ask,
    see,
    seen::Seen,
    view::parts::{Arrival, Arriving},
};
use crate::{
    app::App,
    domain::{
        orders::arrival::{self, all_well},
        policy,
    },
    error::Result,
    web::{gate, limits},
};

/// The card; it is on the page even while it has nothing to say.
pub(super) fn card(counter: &Counter, seen: &Seen) -> Arrival {
    Arrival { t: counter.t, id: "arrival".to_owned(), seq: seen.thread.last_seq, says: says(counter, seen) }
}

fn says(counter: &Counter, seen: &Seen) -> Option<Arriving> {
    let (t, number) = (&counter.t, seen.order.order.bare_number());
    if order::stage(t, &seen.order) == Stage::Late {
        let fill = Ask::Where.text(t, number);
        return Some(Arriving::Late { href: format!("{}?ask=where#message", counter.home), fill });
    }
    let arrived = arrival::arrived(&seen.order)?;
    if seen.well_since.is_some() {
        return Some(Arriving::Well);
    }
    let asking = policy::exchange_until(&seen.order, seen.shop.exchange_days, t.now());
    if !seen.cases.is_empty() || t.now() > asking {
        return None;
    }
    let until = exchange::last_day(t, seen);
    let asked = (format!("{}?ask=problem#message", counter.home), Some(Ask::Problem.text(t, number)));
    let (problem, fill) = if until.is_some() { (format!("{}/exchange", counter.home), None) } else { asked };
    Some(Arriving::Asks {
        text: t.one("arrival-on", "when", t.day_month(&arrived)),
        well: format!("{}/all-well", counter.home),
        problem,
        fill,
        until: until.map(|until| t.one("arrival-until", "day", t.day_month(&until))),
    })
}

/// `POST /t/{thread}/all-well`.
///
/// # Errors
/// A conflict while something is still to arrive.
pub(super) async fn well(
    req: actix_web::HttpRequest,
    app: web::Data<App>,
    gate: gate::Shopper,
) -> Result<HttpResponse> {
    let address = gate.visit.address();
    limits::take(&req, limits::Kind::Write, &address.to_string())?;
    let visit = gate.visit.clone();
    app.write(move |tx| all_well(tx, &visit)).await?;
    Ok(see(&format!("/t/{address}#arrival")))
}
