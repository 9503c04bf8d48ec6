//! Labels: a merchant's own words on threads, each with one of twelve hues.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{
    events::{Change, announce},
    search::{documents, folding},
    threads::{self, By},
};
use crate::{
    error::{Error, Result, Says},
    i18n::key,
    ids::{LabelId, MerchantId, ThreadId},
    q,
    store::{
        Conn, Tx,
        schema::{labels, thread_labels},
    },
};

/// The longest name, in characters.
pub const MAX_NAME: usize = 40;
/// Labels of one merchant.
const MOST: i64 = 100;
/// Labels of one thread.
const MOST_OF_THREAD: i64 = 20;
/// Hues there are.
pub const HUES: i32 = 12;

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = labels)]
pub struct Label {
    pub id: LabelId,
    pub name: String,
    /// 0 to 11.
    pub hue: i32,
}

/// What a label is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    name: String,
    key: String,
    hue: i32,
}

impl Draft {
    /// # Errors
    /// Names what is wrong: no name, one that is too long or holds no letter, a hue that there is not.
    pub fn parse(name: &str, hue: &str) -> Result<Self> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let words: Vec<String> = folding::words(&name).into_iter().map(|word| word.folded).collect();
        let shown = !name.chars().any(char::is_control);
        if words.is_empty() || !shown || name.chars().count() > MAX_NAME {
            return Err(Error::invalid("name", Says::new(key("error-label-name")).with("max", MAX_NAME)));
        }
        let known = hue.parse::<i32>().ok().filter(|hue| (0..HUES).contains(hue));
        let hue = known.ok_or_else(|| Error::invalid("hue", Says::new(key("error-label-hue"))))?;
        Ok(Self { name, key: words.join(" "), hue })
    }
}

/// Every label of the merchant, by name.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, merchant: MerchantId) -> Result<Vec<Label>> {
    Ok(q!(conn, |c| labels::table
        .filter(labels::merchant_id.eq(merchant))
        .order(labels::name_key)
        .select(Label::as_select())
        .load(c))?)
}

/// The labels of threads, by name.
///
/// # Errors
/// When the database fails.
pub fn of_threads(conn: &mut Conn, merchant: MerchantId, ids: &[ThreadId]) -> Result<HashMap<ThreadId, Vec<Label>>> {
    let found: Vec<(ThreadId, Label)> = q!(conn, |c| thread_labels::table
        .inner_join(
            labels::table
                .on(labels::merchant_id.eq(thread_labels::merchant_id).and(labels::id.eq(thread_labels::label_id)))
        )
        .filter(thread_labels::merchant_id.eq(merchant))
        .filter(thread_labels::thread_id.eq_any(ids))
        .order(labels::name_key)
        .select((thread_labels::thread_id, Label::as_select()))
        .load(c))?;
    let mut by_thread: HashMap<ThreadId, Vec<Label>> = HashMap::new();
    for (thread, label) in found {
        by_thread.entry(thread).or_default().push(label);
    }
    Ok(by_thread)
}

/// Which of these threads carry a label.
///
/// # Errors
/// When the database fails.
pub fn having(conn: &mut Conn, merchant: MerchantId, label: LabelId, ids: &[ThreadId]) -> Result<HashSet<ThreadId>> {
    let found: Vec<ThreadId> = q!(conn, |c| thread_labels::table
        .filter(thread_labels::merchant_id.eq(merchant))
        .filter(thread_labels::label_id.eq(label))
        .filter(thread_labels::thread_id.eq_any(ids))
        .select(thread_labels::thread_id)
        .load(c))?;
    Ok(found.into_iter().collect())
}

/// Makes a label.
///
/// # Errors
/// When there is one of that name, or there are as many as there may be.
pub fn create(tx: &mut Tx<'_>, merchant: MerchantId, draft: &Draft) -> Result<LabelId> {
    let count: i64 = q!(tx, |c| labels::table.filter(labels::merchant_id.eq(merchant)).count().get_result(c))?;
    if count >= MOST {
        return Err(Error::invalid("name", Says::new(key("error-labels-many")).with("max", MOST)));
    }
    let id = LabelId::new(tx.now());
    let row = (
        (labels::merchant_id.eq(merchant), labels::id.eq(id), labels::name.eq(&draft.name)),
        (labels::name_key.eq(&draft.key), labels::hue.eq(draft.hue), labels::created_at.eq(tx.at())),
    );
    let made = q!(tx, |c| diesel::insert_into(labels::table).values(row).on_conflict_do_nothing().execute(c))?;
    if made == 0 { Err(taken(draft)) } else { Ok(id) }
}

/// Gives a label another name or hue.
///
/// # Errors
/// When the merchant has no such label, or has another of that name.
pub fn change(tx: &mut Tx<'_>, merchant: MerchantId, id: LabelId, draft: &Draft) -> Result<()> {
    let set = (labels::name.eq(&draft.name), labels::name_key.eq(&draft.key), labels::hue.eq(draft.hue));
    let row = labels::table.find((merchant, id));
    let changed = tx.nested(|tx| Ok(q!(tx, |c| diesel::update(row).set(set).execute(c))?))?;
    match changed.map_err(|_| taken(draft))? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn taken(draft: &Draft) -> Error {
    Error::invalid("name", Says::new(key("error-label-taken")).with("name", &draft.name))
}

/// Takes a label away, from every thread too.
///
/// # Errors
/// When the merchant has no such label.
pub fn delete(tx: &mut Tx<'_>, merchant: MerchantId, id: LabelId) -> Result<()> {
    let row = labels::table.find((merchant, id));
    let gone = q!(tx, |c| diesel::delete(row).execute(c))?;
    if gone == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Puts a label on a thread. Putting it there twice is putting it there once.
///
/// # Errors
/// When the merchant has no such thread or label, or the thread has as many as it may.
pub fn put(tx: &mut Tx<'_>, by: impl Into<By>, thread: ThreadId, label: LabelId) -> Result<()> {
    let by = by.into();
    let thread = threads::locked(tx, by.merchant, thread)?;
    // Somebody else's label is not there.
    let _: LabelId = q!(tx, |c| labels::table.find((by.merchant, label)).select(labels::id).first(c))?;
    let count: i64 = q!(tx, |c| thread_labels::table
        .filter(thread_labels::merchant_id.eq(by.merchant))
        .filter(thread_labels::thread_id.eq(thread.id))
        .filter(thread_labels::label_id.ne(label))
        .count()
        .get_result(c))?;
    if count >= MOST_OF_THREAD {
        return Err(Error::Conflict(Says::new(key("error-labels-of-thread")).with("max", MOST_OF_THREAD)));
    }
    let row = (
        thread_labels::merchant_id.eq(by.merchant),
        thread_labels::thread_id.eq(thread.id),
        thread_labels::label_id.eq(label),
    );
    let anew = q!(tx, |c| diesel::insert_into(thread_labels::table).values(row).on_conflict_do_nothing().execute(c))?;
    if anew == 1 {
        announce(tx, &thread, by.actor, Change::ThreadLabelled { label })?;
        documents::refresh(tx, by.merchant, &[thread.id])?;
    }
    Ok(())
}

/// Takes a label off a thread. Taking off what is not there changes nothing.
///
/// # Errors
/// When the merchant has no such thread.
pub fn take_off(tx: &mut Tx<'_>, by: impl Into<By>, thread: ThreadId, label: LabelId) -> Result<()> {
    let by = by.into();
    let thread = threads::locked(tx, by.merchant, thread)?;
    let row = thread_labels::table.find((by.merchant, thread.id, label));
    if q!(tx, |c| diesel::delete(row).execute(c))? == 1 {
        announce(tx, &thread, by.actor, Change::ThreadUnlabelled { label })?;
        documents::refresh(tx, by.merchant, &[thread.id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_a_name_that_can_be_read_and_a_hue_that_there_is() {
        assert_eq!(Draft::parse("  Très \t urgent ", "3").unwrap().key, "tres urgent");
        for (name, hue, field) in
            [("", "1", "name"), ("--", "1", "name"), ("a\u{7}", "1", "name"), ("A", "12", "hue"), ("A", "-1", "hue")]
        {
            let Err(Error::Invalid(fields)) = Draft::parse(name, hue) else { panic!("{name:?} {hue}") };
            assert_eq!(fields[0].pointer, field, "{name:?} {hue}");
        }
        assert!(Draft::parse(&"é".repeat(41), "1").is_err() && Draft::parse(&"é".repeat(40), "1").is_ok());
    }
}
