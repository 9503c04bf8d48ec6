//! Intakes: every incoming webhook as it arrived, with its verdict. The raw arrival is stored first and applied in a nested
//! transaction, so what cannot be applied is kept with its error and can be replayed. Repeats are judged against what was
//! applied, so a replay of a failed one is not swallowed.

use std::io::{Read, Write};

use diesel::prelude::*;
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};

use super::{
    agents::Agent,
    audit::{self, Act},
    catalogue::telling,
    connectors::{self, Connector},
    erasures,
    normal::{News, Unreadable},
    orders::{Source, placing, refunds},
    shipments,
};
use crate::{
    error::{Error, Result},
    ids::{ConnectorId, IntakeId, MerchantId, OrderId},
    q,
    secrets::{self, Keys},
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{intake_bodies, intakes},
    },
    text_enum,
};

/// The largest body there is, for reading one back.
const MAX_BODY: u64 = 4 * 1024 * 1024;

text_enum! {
    /// What became of an arrival.
    pub enum Verdict {
        Applied = "applied",
        /// Understood, and nothing we keep.
        Ignored = "ignored",
        Failed = "failed",
    }
}

/// What is wrong with a body, and where: as it is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// A JSON pointer into the body.
    pub pointer: String,
    pub problem: String,
}

impl From<&Unreadable> for Problem {
    fn from(unreadable: &Unreadable) -> Self {
        Self { pointer: unreadable.pointer.clone(), problem: unreadable.problem.clone() }
    }
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = intakes)]
pub struct Intake {
    pub merchant_id: MerchantId,
    pub id: IntakeId,
    pub connector_id: ConnectorId,
    pub topic: String,
    pub delivery_key: String,
    pub headers: Json<Vec<(String, String)>>,
    pub verdict: Verdict,
    pub problems: Json<Vec<Problem>>,
    pub order_id: Option<OrderId>,
    pub attempts: i32,
    pub received_at: At,
    /// Signed with the secret before the present one.
    pub old_secret: bool,
}

/// An arrival whose signature was right, ready to be stored: compressing and reading it were done before.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub topic: String,
    /// What its sender calls this delivery.
    pub delivery_key: String,
    /// Without secrets.
    pub headers: Vec<(String, String)>,
    body_hash: String,
    body: Vec<u8>,
    /// What it says, or why it cannot be read.
    pub news: Result<Vec<News>, Vec<Unreadable>>,
    old_secret: bool,
}

impl Arrival {
    pub fn new(
        topic: String,
        delivery_key: String,
        headers: Vec<(String, String)>,
        body: &[u8],
        news: Result<Vec<News>, Vec<Unreadable>>,
    ) -> Self {
        Self {
            topic,
            delivery_key,
            headers,
            body_hash: secrets::fingerprint(body),
            body: deflate(body),
            news,
            old_secret: false,
        }
    }

    /// The same, signed with the secret before the present one or not.
    #[must_use]
    pub fn signed_with_old(self, old_secret: bool) -> Self {
        Self { old_secret, ..self }
    }
}

/// What became of an arrival.
#[derive(Debug, Clone)]
pub struct Taken {
    pub id: IntakeId,
    pub verdict: Verdict,
    /// It was here before; nothing was done again.
    pub repeat: bool,
    pub problems: Vec<Problem>,
    pub order: Option<OrderId>,
}

/// Stores an arrival and applies it.
///
/// # Errors
/// When the database fails; what is wrong with the arrival itself is in its verdict.
pub fn take(tx: &mut Tx<'_>, keys: &Keys, connector: &Connector, arrival: &Arrival) -> Result<Taken> {
    if let Some(before) = repeated(tx, connector, arrival)? {
        return Ok(before);
    }
    let id = IntakeId::new(tx.now());
    if !store(tx, connector, arrival, id)? {
        return repeated(tx, connector, arrival)?.ok_or(Error::NotFound);
    }
    connectors::heard(tx, connector)?;
    let outcome = apply(tx, keys, connector, &arrival.news)?;
    settle(tx, connector.merchant_id, id, &outcome)?;
    Ok(Taken { id, verdict: outcome.verdict, repeat: false, problems: outcome.problems, order: outcome.order })
}

fn repeated(tx: &mut Tx<'_>, connector: &Connector, arrival: &Arrival) -> Result<Option<Taken>> {
    let before: Option<(IntakeId, Verdict, Option<OrderId>)> = q!(tx, |c| intakes::table
        .filter(intakes::merchant_id.eq(connector.merchant_id))
        .filter(intakes::connector_id.eq(connector.id))
        .filter(intakes::topic.eq(&arrival.topic))
        .filter(intakes::delivery_key.eq(&arrival.delivery_key))
        .filter(intakes::body_hash.eq(&arrival.body_hash))
        .filter(intakes::verdict.ne(Verdict::Failed))
        .select((intakes::id, intakes::verdict, intakes::order_id))
        .first(c)
        .optional())?;
    Ok(before.map(|(id, verdict, order)| Taken { id, verdict, repeat: true, problems: Vec::new(), order }))
}

/// False when the same arrival is being stored by somebody else right now.
fn store(tx: &mut Tx<'_>, connector: &Connector, arrival: &Arrival, id: IntakeId) -> Result<bool> {
    let row = (
        (intakes::merchant_id.eq(connector.merchant_id), intakes::id.eq(id), intakes::connector_id.eq(connector.id)),
        (intakes::topic.eq(&arrival.topic), intakes::delivery_key.eq(&arrival.delivery_key)),
        (intakes::body_hash.eq(&arrival.body_hash), intakes::headers.eq(Json(arrival.headers.clone()))),
        (intakes::verdict.eq(Verdict::Applied), intakes::problems.eq("[]"), intakes::attempts.eq(1)),
        (intakes::received_at.eq(tx.at()), intakes::old_secret.eq(arrival.old_secret)),
    );
    let stored = q!(tx, |c| diesel::insert_into(intakes::table).values(row).on_conflict_do_nothing().execute(c))?;
    if stored == 0 {
        return Ok(false);
    }
    let row = (
        intake_bodies::merchant_id.eq(connector.merchant_id),
        intake_bodies::intake_id.eq(id),
        intake_bodies::received_at.eq(tx.at()),
        intake_bodies::body.eq(&arrival.body),
    );
    q!(tx, |c| diesel::insert_into(intake_bodies::table).values(row).execute(c))?;
    Ok(true)
}

struct Outcome {
    verdict: Verdict,
    problems: Vec<Problem>,
    order: Option<OrderId>,
    /// It tells of somebody who was erased.
    erased: bool,
}

fn apply(
    tx: &mut Tx<'_>,
    keys: &Keys,
    connector: &Connector,
    news: &Result<Vec<News>, Vec<Unreadable>>,
) -> Result<Outcome> {
    let news = match news {
        Ok(news) => news,
        Err(problems) => {
            let problems = problems.iter().map(Problem::from).collect();
            return Ok(Outcome { verdict: Verdict::Failed, problems, order: None, erased: false });
        }
    };
    let source = connector.source(keys);
    let applied = tx.nested(|tx| {
        let mut told = Vec::new();
        for piece in news {
            told.extend(apply_one(tx, &source, piece)?);
        }
        let erased = erasures::any_of(tx, source.merchant, &told)?;
        Ok((told.pop(), erased))
    })?;
    let nothing = news.iter().all(|piece| matches!(piece, News::Nothing));
    Ok(match applied {
        Ok((order, erased)) => {
            let verdict = if nothing { Verdict::Ignored } else { Verdict::Applied };
            Outcome { verdict, problems: Vec::new(), order, erased }
        }
        Err(error) => {
            let problem = Problem { pointer: String::new(), problem: error.to_string() };
            Outcome { verdict: Verdict::Failed, problems: vec![problem], order: None, erased: false }
        }
    })
}

fn apply_one(tx: &mut Tx<'_>, source: &Source, news: &News) -> Result<Option<OrderId>> {
    match news {
        News::Order(order) => placing::place(tx, source, order).map(Some),
        News::Shipment { order, shipment } => shipments::take_for(tx, source, order, shipment).map(Some),
        News::Milestone { order, shipment, milestone } => {
            shipments::pass(tx, source, order, shipment, milestone).map(Some)
        }
        News::Refund { order, refund } => refunds::take(tx, source, order, refund).map(Some),
        News::Product(product) => telling::product(tx, source, product).map(|()| None),
        News::Family(family) => telling::family(tx, source, family).map(|()| None),
        News::Member(member) => telling::member(tx, source, member).map(|()| None),
        News::Stock(stock) => telling::stock(tx, source, stock).map(|()| None),
        News::Nothing => Ok(None),
    }
}

fn settle(tx: &mut Tx<'_>, merchant: MerchantId, id: IntakeId, outcome: &Outcome) -> Result<()> {
    let row = intakes::table.find((merchant, id));
    let set = (
        intakes::verdict.eq(outcome.verdict),
        intakes::problems.eq(Json(outcome.problems.clone())),
        intakes::order_id.eq(outcome.order),
    );
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    if outcome.erased { forget(tx, merchant, &[id]) } else { Ok(()) }
}

/// Takes what arrived away, and leaves that it did.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx<'_>, merchant: MerchantId, ids: &[IntakeId]) -> Result<()> {
    let bodies = intake_bodies::table
        .filter(intake_bodies::merchant_id.eq(merchant))
        .filter(intake_bodies::intake_id.eq_any(ids));
    q!(tx, |c| diesel::delete(bodies).execute(c))?;
    let rows = intakes::table.filter(intakes::merchant_id.eq(merchant)).filter(intakes::id.eq_any(ids));
    let set = (intakes::headers.eq("[]"), intakes::problems.eq("[]"));
    q!(tx, |c| diesel::update(rows).set(set).execute(c))?;
    Ok(())
}

/// Applies a stored arrival again, read anew from its raw body.
///
/// # Errors
/// When the merchant has no such intake.
pub fn replay(
    tx: &mut Tx<'_>,
    keys: &Keys,
    by: &Agent,
    connector: &Connector,
    id: IntakeId,
    arrival: &Arrival,
) -> Result<Taken> {
    let row = intakes::table.find((connector.merchant_id, id)).filter(intakes::connector_id.eq(connector.id));
    q!(tx, |c| diesel::update(row)
        .set(intakes::attempts.eq(intakes::attempts + 1))
        .returning(intakes::id)
        .get_result::<IntakeId>(c))?;
    let mut outcome = apply(tx, keys, connector, &arrival.news)?;
    // The same arrival may have come again and been applied meanwhile; this one then stays what it was.
    let applied_before = repeated(tx, connector, arrival)?.is_some_and(|before| before.id != id);
    if applied_before && outcome.verdict != Verdict::Failed {
        outcome = Outcome { verdict: Verdict::Failed, problems: vec![superseded()], ..outcome };
    }
    settle(tx, connector.merchant_id, id, &outcome)?;
    let verdict = [("verdict", outcome.verdict.as_str())];
    audit::record(tx, connector.merchant_id, by.into(), Act::Replayed, &id.to_string(), &verdict)?;
    // The system itself said nothing: how long it has been silent stays as it is.
    tx.nudge(crate::bus::Nudge::Connectors(connector.merchant_id));
    Ok(Taken { id, verdict: outcome.verdict, repeat: false, problems: outcome.problems, order: outcome.order })
}

fn superseded() -> Problem {
    Problem { pointer: String::new(), problem: "the same arrival came again and was applied then".to_owned() }
}

/// An arrival of the merchant with its raw body, unless that was swept.
///
/// # Errors
/// When the merchant has no such intake.
pub fn find(conn: &mut Conn, merchant: MerchantId, id: IntakeId) -> Result<(Intake, Option<Vec<u8>>)> {
    let intake: Intake = q!(conn, |c| intakes::table.find((merchant, id)).select(Intake::as_select()).first(c))?;
    let body: Option<Vec<u8>> =
        q!(conn, |c| intake_bodies::table.find((merchant, id)).select(intake_bodies::body).first(c).optional())?;
    Ok((intake, body.map(|body| inflate(&body)).transpose()?))
}

fn deflate(body: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut deflate = DeflateEncoder::new(&mut packed, Compression::fast());
    // Writing to memory does not fail.
    let _ = deflate.write_all(body).and_then(|()| deflate.try_finish());
    drop(deflate);
    packed
}

fn inflate(body: &[u8]) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    DeflateDecoder::new(body).take(MAX_BODY).read_to_end(&mut raw).map_err(Error::internal)?;
    Ok(raw)
}

/// A connector's latest arrivals, the newest first; `only` those of a verdict.
///
/// # Errors
/// When the database fails.
pub fn latest(
    conn: &mut Conn,
    merchant: MerchantId,
    connector: ConnectorId,
    only: Option<Verdict>,
    limit: i64,
) -> Result<Vec<Intake>> {
    Ok(q!(conn, |c| {
        let of_connector =
            intakes::table.filter(intakes::merchant_id.eq(merchant)).filter(intakes::connector_id.eq(connector));
        let mut list = of_connector.into_boxed();
        if let Some(verdict) = only {
            list = list.filter(intakes::verdict.eq(verdict));
        }
        let newest = (intakes::received_at.desc(), intakes::id.desc());
        list.order(newest).limit(limit).select(Intake::as_select()).load(c)
    })?)
}

/// How many arrivals of a connector ended how.
///
/// # Errors
/// When the database fails.
pub fn by_verdict(conn: &mut Conn, merchant: MerchantId, connector: ConnectorId) -> Result<Vec<(Verdict, i64)>> {
    Ok(q!(conn, |c| intakes::table
        .filter(intakes::merchant_id.eq(merchant))
        .filter(intakes::connector_id.eq(connector))
        .group_by(intakes::verdict)
        .select((intakes::verdict, diesel::dsl::count_star()))
        .load(c))?)
}

/// Raw bodies that are swept or gone through at a time.
const SLICE: i64 = 500;

/// Sweeps a slice of a merchant's raw bodies from before a moment; how many went.
///
/// # Errors
/// When the database fails.
pub(super) fn sweep(tx: &mut Tx<'_>, merchant: MerchantId, before: At) -> Result<usize> {
    let old = over(tx, merchant, before, SLICE)?;
    let bodies = intake_bodies::table
        .filter(intake_bodies::merchant_id.eq(merchant))
        .filter(intake_bodies::intake_id.eq_any(&old));
    Ok(q!(tx, |c| diesel::delete(bodies).execute(c))?)
}

/// Raw bodies from before a moment; at most `limit`.
///
/// # Errors
/// When the database fails.
pub(super) fn over(conn: &mut Conn, merchant: MerchantId, before: At, limit: i64) -> Result<Vec<IntakeId>> {
    Ok(q!(conn, |c| intake_bodies::table
        .filter(intake_bodies::merchant_id.eq(merchant))
        .filter(intake_bodies::received_at.lt(before))
        .select(intake_bodies::intake_id)
        .limit(limit)
        .load(c))?)
}

/// The merchant's raw bodies until a moment, after one of them, unpacked, in the order of their ids; at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn bodies(
    conn: &mut Conn,
    merchant: MerchantId,
    after: Option<IntakeId>,
    until: At,
    limit: i64,
) -> Result<Vec<(IntakeId, Vec<u8>)>> {
    // After some id, always: so they are found in the order of ids, not all of them by age and then sorted.
    let after = after.unwrap_or_else(|| IntakeId::from_bytes([0; 16]));
    let found: Vec<(IntakeId, Vec<u8>)> = q!(conn, |c| intake_bodies::table
        .filter(intake_bodies::merchant_id.eq(merchant))
        .filter(intake_bodies::intake_id.gt(after))
        .filter(intake_bodies::received_at.le(until))
        .order(intake_bodies::intake_id)
        .limit(limit)
        .select((intake_bodies::intake_id, intake_bodies::body))
        .load(c))?;
    found.into_iter().map(|(id, body)| Ok((id, inflate(&body)?))).collect()
}
