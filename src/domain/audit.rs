//! The audit log: what somebody did that matters for security, one entry each, for good. [`record`] is the one way to write
//! one, in the change of the act itself. An entry holds ids and words of ours, never what somebody wrote and no secret. Each
//! holds the hash of the one before it, so [`verify`] names the first that was changed or is missing. What is turned away is
//! noted through [`turned_away`], which a flood does not fill.

pub mod turned_away;

use std::collections::BTreeMap;

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::agents::Agent;
use crate::{
    error::{Error, Result},
    ids::{AgentId, MerchantId, TokenId},
    q, secrets,
    store::{
        Conn, Tx,
        columns::{At, Json},
        schema::{audit_entries, audit_heads},
    },
    text_enum,
};

/// Entries that are verified or swept in one go.
const SLICE: i64 = 1_000;

text_enum! {
    /// What was done.
    pub enum Act {
        SignedIn = "signed_in",
        SignInFailed = "sign_in_failed",
        SignedOut = "signed_out",
        SessionsEnded = "sessions_ended",
        Denied = "denied",
        Invited = "invited",
        InvitationWithdrawn = "invitation_withdrawn",
        Joined = "joined",
        RoleChanged = "role_changed",
        Deactivated = "deactivated",
        Reactivated = "reactivated",
        PasswordChanged = "password_changed",
        AddressChanged = "address_changed",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        RecoveryCodeUsed = "recovery_code_used",
        Connected = "connected",
        SecretShown = "secret_shown",
        SecretReplaced = "secret_replaced",
        SecretEnded = "secret_ended",
        LinksReplaced = "links_replaced",
        TokenMade = "token_made",
        ShopChanged = "shop_changed",
        PolicyChanged = "policy_changed",
        RetentionChanged = "retention_changed",
        Exported = "exported",
        Erased = "erased",
        Replayed = "replayed",
        LogDownloaded = "log_downloaded",
    }
}

text_enum! {
    /// What acts are looked for by.
    pub enum Area { Access = "access", Team = "team", Secrets = "secrets", Settings = "settings", Data = "data" }
}

impl Act {
    pub fn area(self) -> Area {
        use Act as A;
        match self {
            A::SignedIn | A::SignInFailed | A::SignedOut | A::SessionsEnded | A::Denied => Area::Access,
            A::Invited | A::InvitationWithdrawn | A::Joined | A::RoleChanged | A::Deactivated | A::Reactivated => {
                Area::Team
            }
            A::PasswordChanged
            | A::AddressChanged
            | A::SecondFactorOn
            | A::SecondFactorOff
            | A::RecoveryCodeUsed
            | A::Connected
            | A::SecretShown
            | A::SecretReplaced
            | A::SecretEnded
            | A::LinksReplaced
            | A::TokenMade => Area::Secrets,
            A::ShopChanged | A::PolicyChanged | A::RetentionChanged => Area::Settings,
            A::Exported | A::Erased | A::Replayed | A::LogDownloaded => Area::Data,
        }
    }
}

text_enum! {
    /// What kind of someone did it.
    pub enum DoerKind { Agent = "agent", App = "app", System = "system", Stranger = "stranger" }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doer {
    Agent(AgentId),
    /// A program of the merchant, by its token.
    App(TokenId),
    /// The house itself.
    System,
    /// Somebody who did not prove who they are.
    Stranger,
}

impl From<&Agent> for Doer {
    fn from(agent: &Agent) -> Self {
        Self::Agent(agent.id)
    }
}

impl Doer {
    pub fn kind(self) -> DoerKind {
        match self {
            Self::Agent(_) => DoerKind::Agent,
            Self::App(_) => DoerKind::App,
            Self::System => DoerKind::System,
            Self::Stranger => DoerKind::Stranger,
        }
    }

    /// The id in the column that holds any doer's; what it names is said by the kind beside it.
    pub fn id(self) -> Option<AgentId> {
        match self {
            Self::Agent(id) => Some(id),
            Self::App(id) => Some(AgentId::from_bytes(id.bytes())),
            Self::System | Self::Stranger => None,
        }
    }
}

type Details = BTreeMap<String, String>;

/// One entry.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    pub merchant_id: MerchantId,
    pub seq: i64,
    pub act: Act,
    pub doer: DoerKind,
    doer_id: Option<AgentId>,
    /// The id of what it was done to; empty where it speaks for itself.
    pub subject: String,
    pub details: Json<Details>,
    pub happened_at: At,
    hash_before: String,
    pub hash: String,
}

impl Entry {
    /// The agent who did it, if one did.
    pub fn agent(&self) -> Option<AgentId> {
        self.doer_id.filter(|_| self.doer == DoerKind::Agent)
    }

    /// The id of who did it, as it is written.
    pub fn doer_id(&self) -> Option<String> {
        let id = self.doer_id?;
        match self.doer {
            DoerKind::Agent => Some(id.to_string()),
            DoerKind::App => Some(TokenId::from_bytes(id.bytes()).to_string()),
            DoerKind::System | DoerKind::Stranger => None,
        }
    }

    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details.0.get(name).map(String::as_str)
    }

    /// The hash over all of it and the hash before; each part with its length, so that none can run into the next.
    fn reckoned(&self) -> String {
        let details: Vec<&str> =
            self.details.0.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
        let parts = [
            &self.merchant_id.bytes()[..],
            &self.seq.to_be_bytes(),
            self.act.as_str().as_bytes(),
            self.doer.as_str().as_bytes(),
            &self.doer_id.map(AgentId::bytes).unwrap_or_default(),
            self.subject.as_bytes(),
            &self.happened_at.utc().timestamp_micros().to_be_bytes(),
            self.hash_before.as_bytes(),
        ];
        let mut digest = Sha256::new();
        for part in parts.into_iter().chain(details.into_iter().map(str::as_bytes)) {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        secrets::fingerprint(&digest.finalize())
    }
}

/// Writes down what was done, in the change that does it.
///
/// # Errors
/// When the database fails.
pub fn record(
    tx: &mut Tx<'_>,
    merchant: MerchantId,
    doer: Doer,
    act: Act,
    subject: &str,
    details: &[(&str, &str)],
) -> Result<()> {
    let (seq, hash_before) = next(tx, merchant)?;
    let details = details.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut entry = Entry {
        merchant_id: merchant,
        seq,
        act,
        doer: doer.kind(),
        doer_id: doer.id(),
        subject: subject.to_owned(),
        details: Json(details),
        happened_at: tx.at(),
        hash_before,
        hash: String::new(),
    };
    entry.hash = entry.reckoned();
    q!(tx, |c| diesel::insert_into(audit_entries::table).values(&entry).execute(c))?;
    let head = audit_heads::table.find(merchant);
    q!(tx, |c| diesel::update(head).set(audit_heads::hash.eq(&entry.hash)).execute(c))?;
    Ok(())
}

/// The next number and the hash before it. The head stays locked until the change commits.
fn next(tx: &mut Tx<'_>, merchant: MerchantId) -> Result<(i64, String)> {
    for _ in 0..2 {
        let head = audit_heads::table.find(merchant);
        let found: Option<(i64, String)> = q!(tx, |c| diesel::update(head)
            .set(audit_heads::seq.eq(audit_heads::seq + 1))
            .returning((audit_heads::seq, audit_heads::hash))
            .get_result(c)
            .optional())?;
        if let Some(found) = found {
            return Ok(found);
        }
        let row = (
            (audit_heads::merchant_id.eq(merchant), audit_heads::seq.eq(0), audit_heads::hash.eq("")),
            (audit_heads::first_seq.eq(1), audit_heads::first_hash.eq("")),
        );
        q!(tx, |c| diesel::insert_into(audit_heads::table).values(row).on_conflict_do_nothing().execute(c))?;
    }
    Err(Error::Busy)
}

/// What is looked for in the log.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub area: Option<Area>,
    pub agent: Option<AgentId>,
    /// Entries before this one.
    pub before: Option<i64>,
}

/// The merchant's log, the newest first.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId, filter: &Filter, limit: i64) -> Result<Vec<Entry>> {
    let acts: Option<Vec<Act>> =
        filter.area.map(|area| Act::ALL.iter().copied().filter(|act| act.area() == area).collect());
    Ok(q!(conn, |c| {
        let mut rows = audit_entries::table.filter(audit_entries::merchant_id.eq(merchant)).into_boxed();
        if let Some(acts) = &acts {
            rows = rows.filter(audit_entries::act.eq_any(acts));
        }
        if let Some(agent) = filter.agent {
            rows = rows.filter(audit_entries::doer_id.eq(agent)).filter(audit_entries::doer.eq(DoerKind::Agent));
        }
        if let Some(before) = filter.before {
            rows = rows.filter(audit_entries::seq.lt(before));
        }
        rows.order(audit_entries::seq.desc()).limit(limit).select(Entry::as_select()).load(c)
    })?)
}

/// Whether a log is as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// With so many entries.
    Whole(i64),
    /// The first entry that is not as it was written, or is missing.
    Broken(i64),
}

/// A log as far as it is looked through.
#[derive(Debug, Clone)]
pub struct Inspection {
    next: i64,
    hash: String,
    entries: i64,
}

/// Goes through a slice of a merchant's log; the verdict once the end or a break is reached. Begins without an inspection.
///
/// # Errors
/// When the database fails.
pub fn verify(
    conn: &mut Conn,
    merchant: MerchantId,
    so_far: Option<Inspection>,
) -> Result<std::result::Result<Verdict, Inspection>> {
    let head: Option<(i64, String, i64, String)> = q!(conn, |c| audit_heads::table
        .find(merchant)
        .select((audit_heads::seq, audit_heads::hash, audit_heads::first_seq, audit_heads::first_hash))
        .first(c)
        .optional())?;
    let (last, last_hash, first, first_hash) = head.unwrap_or((0, String::new(), 1, String::new()));
    let beginning = Inspection { next: first, hash: first_hash, entries: 0 };
    // Where the log was swept meanwhile, it is begun again.
    let mut at = so_far.filter(|at| at.next >= first).unwrap_or(beginning);
    let rows: Vec<Entry> = q!(conn, |c| audit_entries::table
        .filter(audit_entries::merchant_id.eq(merchant))
        .filter(audit_entries::seq.ge(at.next))
        // What came since is looked at another time.
        .filter(audit_entries::seq.le(last))
        .order(audit_entries::seq)
        .limit(SLICE)
        .select(Entry::as_select())
        .load(c))?;
    let more = i64::try_from(rows.len()).unwrap_or_default() == SLICE;
    for entry in rows {
        let right = entry.seq == at.next && entry.hash_before == at.hash && entry.hash == entry.reckoned();
        if !right {
            return Ok(Ok(Verdict::Broken(at.next)));
        }
        at = Inspection { next: entry.seq + 1, hash: entry.hash, entries: at.entries + 1 };
    }
    if more {
        return Ok(Err(at));
    }
    let ends = at.next == last + 1 && at.hash == last_hash;
    Ok(Ok(if ends { Verdict::Whole(at.entries) } else { Verdict::Broken(at.next) }))
}

/// What looking through every merchant's log came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub entries: i64,
    /// The first log that is not whole, and the entry.
    pub broken: Option<(MerchantId, i64)>,
}

/// Goes through the logs of all merchants, up to the first that is not whole.
///
/// # Errors
/// When the database fails.
pub fn verify_all(conn: &mut Conn) -> Result<Checked> {
    let merchants: Vec<MerchantId> =
        q!(conn, |c| audit_heads::table.order(audit_heads::merchant_id).select(audit_heads::merchant_id).load(c))?;
    let mut checked = Checked { entries: 0, broken: None };
    for merchant in merchants {
        let mut so_far = None;
        let verdict = loop {
            match verify(conn, merchant, so_far)? {
                Ok(verdict) => break verdict,
                Err(inspection) => so_far = Some(inspection),
            }
        };
        match verdict {
            Verdict::Whole(entries) => checked.entries += entries,
            Verdict::Broken(entry) => return Ok(Checked { broken: Some((merchant, entry)), ..checked }),
        }
    }
    Ok(checked)
}

/// Sweeps a slice of entries from before a moment; how many went. The log then begins after them.
///
/// # Errors
/// When the database fails.
pub(super) fn sweep(tx: &mut Tx<'_>, merchant: MerchantId, before: At) -> Result<usize> {
    let first: Vec<(i64, String, At)> = q!(tx, |c| audit_entries::table
        .filter(audit_entries::merchant_id.eq(merchant))
        .order(audit_entries::seq)
        .limit(SLICE)
        .select((audit_entries::seq, audit_entries::hash, audit_entries::happened_at))
        .load(c))?;
    // By their order: an entry of a clock that was wrong takes nothing with it.
    let old = first.into_iter().take_while(|(_, _, at)| *at < before);
    let Some((last, hash, _)) = old.last() else { return Ok(0) };
    let head = audit_heads::table.find(merchant).filter(audit_heads::first_seq.le(last));
    let set = (audit_heads::first_seq.eq(last + 1), audit_heads::first_hash.eq(hash));
    q!(tx, |c| diesel::update(head).set(set).execute(c))?;
    let gone = audit_entries::table.filter(audit_entries::merchant_id.eq(merchant)).filter(audit_entries::seq.le(last));
    Ok(q!(tx, |c| diesel::delete(gone).execute(c))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            merchant_id: MerchantId::from_bytes([1; 16]),
            seq: 1,
            act: Act::RoleChanged,
            doer: DoerKind::Agent,
            doer_id: Some(AgentId::from_bytes([2; 16])),
            subject: "agt_x".to_owned(),
            details: Json(BTreeMap::from([("from".to_owned(), "agent".to_owned())])),
            happened_at: At::new("2026-11-28T10:00:00Z".parse().unwrap()),
            hash_before: String::new(),
            hash: String::new(),
        }
    }

    #[test]
    fn whatever_of_an_entry_changes_its_hash_does_too() {
        let hash = entry().reckoned();
        let changed: [fn(&mut Entry); 8] = [
            |entry| entry.merchant_id = MerchantId::from_bytes([9; 16]),
            |entry| entry.seq = 2,
            |entry| entry.act = Act::Denied,
            |entry| entry.doer = DoerKind::App,
            |entry| entry.doer_id = None,
            |entry| entry.subject.push('y'),
            |entry| drop(entry.details.0.insert("to".to_owned(), "owner".to_owned())),
            |entry| entry.hash_before = "x".to_owned(),
        ];
        for (number, change) in changed.iter().enumerate() {
            let mut other = entry();
            change(&mut other);
            assert_ne!(other.reckoned(), hash, "{number}");
        }
        assert_eq!(entry().reckoned(), hash);
    }

    #[test]
    fn every_act_has_its_area_and_every_area_its_acts() {
        for area in Area::ALL {
            assert!(Act::ALL.iter().any(|act| act.area() == *area), "{area}");
        }
    }
}
