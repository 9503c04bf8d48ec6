//! Challenges: the six-digit code that shows an order's e-mail address is somebody's own. There is a row whether or not
//! the order exists, and every answer is the same either way. The code is not kept: it is a MAC over the challenge.

use chrono::{Duration, Utc};
use diesel::prelude::*;

use super::{
    deliveries::{self, Letter},
    orders,
    threads::{self, Thread, mailing},
    visits::{self, Visit},
};
use crate::{
    error::{Error, Result, Says},
    i18n::{Lang, key},
    ids::{ChallengeAddress, ChallengeId, MerchantId, ThreadId},
    q,
    secrets::{self, Keys},
    store::{Conn, Tx, columns::At, schema::challenges},
};

/// A code is good for this long,
const LASTS: Duration = Duration::minutes(10);
/// and for this many tries.
const TRIES: i32 = 5;
/// Codes one address is sent in an hour.
const PER_HOUR: i64 = 5;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = challenges)]
pub struct Challenge {
    pub merchant_id: MerchantId,
    pub id: ChallengeId,
    pub number_key: String,
    pub email: String,
    pub locale: String,
    pub thread_id: Option<ThreadId>,
    pub tries: i32,
    pub expires_at: At,
}

impl Challenge {
    /// The code that answers it.
    pub fn code(&self, keys: &Keys) -> String {
        keys.code(&[self.merchant_id.bytes(), self.id.bytes()].concat())
    }

    pub fn lang(&self) -> Lang {
        self.locale.parse().unwrap_or_default()
    }

    pub fn is_over(&self, now: chrono::DateTime<Utc>) -> bool {
        self.expires_at.utc() <= now || self.tries >= TRIES
    }
}

/// Asks for a code to the address of an order. The answer does not tell whether there is such an order.
///
/// # Errors
/// When the database fails.
pub fn ask(tx: &mut Tx<'_>, merchant: MerchantId, number: &str, email: &str, lang: Lang) -> Result<ChallengeAddress> {
    let id = ChallengeId::new(tx.now());
    let row = (
        (challenges::merchant_id.eq(merchant), challenges::id.eq(id), challenges::tries.eq(0)),
        (challenges::number_key.eq(orders::number_key(number)), challenges::email.eq(email.trim().to_lowercase())),
        (challenges::locale.eq(lang.code()), challenges::created_at.eq(tx.at())),
        challenges::expires_at.eq(At::new(tx.now() + LASTS)),
    );
    q!(tx, |c| diesel::insert_into(challenges::table).values(row).execute(c))?;
    let address = ChallengeAddress::new(merchant, id);
    look_again(tx, address)?;
    Ok(address)
}

/// Asks for a code to the address of a visit's own order.
///
/// # Errors
/// [`Error::NotFound`] when the thread has no order, or no letters can be sent.
pub fn ask_own(tx: &mut Tx<'_>, visit: &Visit, lang: Lang) -> Result<ChallengeAddress> {
    let thread = threads::of_merchant(tx, visit.merchant_id, visit.thread_id)?;
    let order = thread.order_id.ok_or(Error::NotFound)?;
    let number = orders::numbers(tx, visit.merchant_id, &[order])?.remove(&order).ok_or(Error::NotFound)?;
    let email = mailing::of(tx, &thread)?.address.ok_or(Error::NotFound)?;
    ask(tx, visit.merchant_id, &number, &email, lang)
}

/// An order that had not arrived may have by now: then its code is sent.
///
/// # Errors
/// [`Error::NotFound`] for a challenge that never was.
pub fn look_again(tx: &mut Tx<'_>, address: ChallengeAddress) -> Result<()> {
    let challenge = find(tx, address)?;
    if challenge.thread_id.is_some() || challenge.is_over(tx.now()) {
        return Ok(());
    }
    let found = orders::thread_by_number(tx, challenge.merchant_id, &challenge.number_key, &challenge.email)?;
    let Some(thread) = found else { return Ok(()) };
    // Whoever asks at the same moment waits here, so that the count holds.
    let thread = threads::locked(tx, thread.merchant_id, thread.id)?;
    if find(tx, address)?.thread_id.is_some() || too_many(tx, &challenge)? {
        return Ok(());
    }
    let row = challenges::table.find((address.merchant, address.id));
    let set = (challenges::thread_id.eq(thread.id), challenges::sent_at.eq(tx.at()));
    q!(tx, |c| diesel::update(row).set(set).execute(c))?;
    let letter = Letter::Code { challenge: address.id };
    deliveries::post(tx, thread.merchant_id, thread.id, thread.last_seq, letter, Duration::zero())
}

fn too_many(tx: &mut Tx<'_>, challenge: &Challenge) -> Result<bool> {
    let since = At::new(tx.now() - Duration::hours(1));
    let sent: i64 = q!(tx, |c| challenges::table
        .filter(challenges::merchant_id.eq(challenge.merchant_id))
        .filter(challenges::email.eq(&challenge.email))
        .filter(challenges::created_at.gt(since))
        .filter(challenges::thread_id.is_not_null())
        .count()
        .get_result(c))?;
    Ok(sent >= PER_HOUR)
}

/// How entering a code ended.
#[derive(Debug, Clone)]
pub enum Answered {
    /// It was right: the thread is open for this browser.
    Right(Visit),
    /// It was not. The try is counted, so this is no error: an error would undo the counting.
    Wrong(Says),
}

/// Takes a code that was entered.
///
/// # Errors
/// [`Error::NotFound`] for a challenge that never was.
pub fn answer(tx: &mut Tx<'_>, keys: &Keys, address: ChallengeAddress, code: &str, browser: &str) -> Result<Answered> {
    let row = || challenges::table.find((address.merchant, address.id));
    // Counted first and by one statement, so that guesses at the same moment count too.
    let challenge: Challenge = q!(tx, |c| diesel::update(row())
        .set(challenges::tries.eq(challenges::tries + 1))
        .returning(Challenge::as_returning())
        .get_result(c))?;
    if challenge.tries > TRIES || challenge.expires_at.utc() <= tx.now() {
        return Ok(Answered::Wrong(Says::new(key("error-code-over"))));
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let right = secrets::same(challenge.code(keys).as_bytes(), digits.as_bytes());
    let (true, Some(thread)) = (right, challenge.thread_id) else {
        return Ok(Answered::Wrong(Says::new(key("error-code-wrong"))));
    };
    q!(tx, |c| diesel::update(row()).set(challenges::tries.eq(TRIES)).execute(c))?;
    let thread: Thread = threads::of_merchant(tx, address.merchant, thread)?;
    Ok(Answered::Right(visits::open(tx, &thread, browser, Some(&challenge.email))?))
}

/// A challenge.
///
/// # Errors
/// [`Error::NotFound`] for one that never was.
pub fn find(conn: &mut Conn, address: ChallengeAddress) -> Result<Challenge> {
    let row = challenges::table.find((address.merchant, address.id));
    Ok(q!(conn, |c| row.select(Challenge::as_select()).first(c))?)
}
