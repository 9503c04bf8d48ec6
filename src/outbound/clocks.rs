//! The clocks the worker rings: requests whose time ran out, threads that slept long enough, refusals that waited, due moments
//! still to be counted again after a shop's hours changed, what was counted of those turned away. Each rings
//! in a change of its own that looks again whether it is still due, so it rings once however many workers there are. One
//! that fails is tried again in the next round and holds up no other.

use std::sync::Arc;

use crate::{
    app::App,
    domain::{
        cases::{self, pending},
        hours::keeping,
        reservations,
        threads::snoozing,
    },
    error::Result,
    store::columns::At,
};

/// Clocks of one kind that ring in one round.
const ROUND: i64 = 50;

/// Rings what is due; how many rang.
pub(super) async fn ring(app: &Arc<App>) -> Result<usize> {
    let now = At::new(app.now());
    let (refusals, held, asleep, behind) = app
        .read(move |conn| {
            Ok((
                pending::due(conn, now, ROUND)?,
                reservations::run_out(conn, now, ROUND)?,
                snoozing::due(conn, now, ROUND)?,
                keeping::behind(conn, ROUND)?,
            ))
        })
        .await?;
    let mut rung = 0;
    for (merchant, case) in refusals {
        rung += counted(app.write(move |tx| pending::ring(tx, merchant, case)).await, "a refusal");
    }
    for (merchant, case) in held {
        rung += counted(app.write(move |tx| cases::expire(tx, merchant, case)).await, "a request that ran out");
    }
    for (merchant, thread) in asleep {
        rung += counted(app.write(move |tx| snoozing::ring(tx, merchant, thread)).await, "a thread that slept");
    }
    for (attempt, times) in app.turned_away.over(app.now()) {
        rung += counted(app.write(move |tx| attempt.record(tx, times).map(|()| true)).await, "who was turned away");
    }
    for (merchant, shop) in behind {
        rung += counted(app.write(move |tx| keeping::go_on(tx, merchant, shop)).await, "hours that changed");
    }
    Ok(rung)
}

fn counted(rang: Result<bool>, what: &str) -> usize {
    match rang {
        Ok(rang) => usize::from(rang),
        Err(error) => {
            tracing::error!(%error, what, "a clock could not ring; it is tried again");
            0
        }
    }
}
