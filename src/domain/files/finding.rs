//! Looking files up: each finder takes who asks, and what they may not see is not there.

use chrono::Duration;
use diesel::prelude::*;

use super::{File, FileState};
use crate::{
    domain::{agents::Agent, events::ActorKind, threads::Thread, visits::Visit},
    error::Result,
    ids::{CaseId, FileAddress, FileId, MerchantId, ThreadId},
    q,
    store::{Conn, columns::At, schema::files},
};

/// How long a file waits for a message.
const WAITS: Duration = Duration::hours(24);
/// Files that one sweep takes.
const SWEPT: i64 = 500;

/// What stands with requests, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn of_cases(conn: &mut Conn, merchant: MerchantId, cases: &[CaseId]) -> Result<Vec<File>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    Ok(q!(conn, |c| files::table
        .filter(files::merchant_id.eq(merchant))
        .filter(files::case_id.eq_any(cases))
        .order(files::id)
        .select(File::as_select())
        .load(c))?)
}

/// A file whose address was signed by us.
///
/// # Errors
/// [`Error::NotFound`] once it is swept.
pub fn signed_for(conn: &mut Conn, address: FileAddress) -> Result<File> {
    Ok(q!(conn, |c| files::table.find((address.merchant, address.id)).select(File::as_select()).first(c))?)
}

/// A file that the visit's shopper may see: of their thread, and not of a note or of what an agent has not sent yet.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub fn for_visit(conn: &mut Conn, visit: &Visit, id: FileId) -> Result<File> {
    let shown = files::state.eq(FileState::Attached).or(files::uploaded_by.eq(ActorKind::Shopper));
    Ok(q!(conn, |c| files::table
        .find((visit.merchant_id, id))
        .filter(files::thread_id.eq(visit.thread_id))
        .filter(files::note.eq(false))
        .filter(shown)
        .select(File::as_select())
        .first(c))?)
}

/// Those of these files that wait and are the visit's own, in the order they are named.
///
/// # Errors
/// When the database fails.
pub fn waiting_of(conn: &mut Conn, visit: &Visit, ids: &[FileId]) -> Result<Vec<File>> {
    let mut found: Vec<File> = q!(conn, |c| files::table
        .filter(files::merchant_id.eq(visit.merchant_id))
        .filter(files::id.eq_any(ids))
        .filter(files::thread_id.eq(visit.thread_id))
        .filter(files::uploaded_by.eq(ActorKind::Shopper))
        .filter(files::state.eq(FileState::Uploaded))
        .select(File::as_select())
        .load(c))?;
    found.sort_by_key(|file| ids.iter().position(|id| *id == file.id));
    Ok(found)
}

/// What agents have uploaded into a thread and not sent yet.
///
/// # Errors
/// When the database fails.
pub fn waiting_at_the_desk(conn: &mut Conn, thread: &Thread) -> Result<Vec<File>> {
    Ok(q!(conn, |c| files::table
        .filter(files::merchant_id.eq(thread.merchant_id))
        .filter(files::thread_id.eq(thread.id))
        .filter(files::state.eq(FileState::Uploaded))
        .filter(files::uploaded_by.eq(ActorKind::Agent))
        .order(files::id)
        .select(File::as_select())
        .load(c))?)
}

/// A file of a thread of the agent's merchant.
///
/// # Errors
/// [`Error::NotFound`] for any other.
pub fn for_agent(conn: &mut Conn, agent: &Agent, thread: ThreadId, id: FileId) -> Result<File> {
    Ok(q!(conn, |c| files::table
        .find((agent.merchant_id, id))
        .filter(files::thread_id.eq(thread))
        .select(File::as_select())
        .first(c))?)
}

/// Whether there is a row for these bytes.
///
/// # Errors
/// When the database fails.
pub fn is_known(conn: &mut Conn, address: FileAddress) -> Result<bool> {
    let found: i64 = q!(conn, |c| files::table
        .filter(files::merchant_id.eq(address.merchant))
        .filter(files::id.eq(address.id))
        .count()
        .get_result(c))?;
    Ok(found > 0)
}

/// Files that no message took in time.
///
/// # Errors
/// When the database fails.
pub fn left_over(conn: &mut Conn, now: At) -> Result<Vec<FileAddress>> {
    let before = At::new(now.utc() - WAITS);
    let found: Vec<(MerchantId, FileId)> = q!(conn, |c| files::table
        .filter(files::state.eq(FileState::Uploaded))
        .filter(files::created_at.lt(before))
        .select((files::merchant_id, files::id))
        .limit(SWEPT)
        .load(c))?;
    Ok(found.into_iter().map(|(merchant, id)| FileAddress::new(merchant, id)).collect())
}
