//! What an erasure leaves to do outside of its change: bytes of files, letters on the disk, raw bodies that no order leads to.
//! And the list of erasures that outlives the database: a file in the data directory with nothing in it but ids and traces.
//! At the start whatever the list has and the database has not is done again, so data from before an erasure may be restored.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs, io,
    io::Write,
    path::Path,
    sync::Arc,
};

use crate::{
    app::App,
    domain::{
        deliveries,
        erasures::{self, Erasure, traces},
        files, intakes, retention,
    },
    error::{Error, Result},
    ids::{DeliveryId, IntakeId, MerchantId, ShopperId},
    store::columns::At,
};

/// Raw bodies, letters or files that are gone through at a time.
const SLICE: i64 = 200;

type List = BTreeMap<(MerchantId, ShopperId), Erasure>;

/// Finishes erasures; true when there were any.
///
/// # Errors
/// When the database or the disk fails; it is gone on with in the next round.
pub async fn finish(app: &Arc<App>) -> Result<bool> {
    let open = app.read(erasures::unfinished).await?;
    if open.is_empty() {
        return Ok(false);
    }
    // First the list: what was confirmed outlives the database from here on.
    keep_list(app, List::new()).await?;
    remove_bytes(app).await?;
    let mut by_merchant: HashMap<MerchantId, Vec<Erasure>> = HashMap::new();
    for erasure in open {
        by_merchant.entry(erasure.merchant_id).or_default().push(erasure);
    }
    for (merchant, open) in by_merchant {
        go_through_bodies(app, merchant, &open).await?;
        for erasure in open {
            remove_letters(app, &erasure).await?;
            app.write(move |tx| erasures::finish(tx, &erasure)).await?;
        }
    }
    Ok(true)
}

/// Removes the bytes of files whose rows are gone.
///
/// # Errors
/// As [`finish`].
pub async fn remove_bytes(app: &Arc<App>) -> Result<()> {
    loop {
        let gone = app.read(|conn| files::to_remove(conn, SLICE)).await?;
        if gone.is_empty() {
            return Ok(());
        }
        for file in gone {
            let shelf = app.shelf.clone();
            on_disk(move || shelf.remove(file)).await?;
            app.write(move |tx| files::removed(tx, file)).await?;
        }
    }
}

/// Raw bodies from before the erasures that led to no order and have one of their addresses somewhere. A telephone number,
/// which several people may give, counts for whoever is known by nothing else.
async fn go_through_bodies(app: &Arc<App>, merchant: MerchantId, open: &[Erasure]) -> Result<()> {
    let wanted: HashSet<String> =
        open.iter().filter_map(|erasure| erasure.email_hash.clone().or(erasure.phone_hash.clone())).collect();
    let wanted = Arc::new(wanted);
    let until: Option<At> = open.iter().map(|erasure| erasure.erased_at).max();
    let (Some(until), false) = (until, wanted.is_empty()) else { return Ok(()) };
    let mut after: Option<IntakeId> = None;
    loop {
        let (keys, wanted) = (app.keys.clone(), Arc::clone(&wanted));
        let (last, found) = app
            .read(move |conn| {
                let bodies = intakes::bodies(conn, merchant, after, until, SLICE)?;
                let last = bodies.last().map(|(id, _)| *id);
                let named = bodies.iter().filter(|(_, body)| traces::leads_to(&keys, merchant, &wanted, body));
                let mut theirs = Vec::new();
                for (id, _) in named {
                    if intakes::find(conn, merchant, *id)?.0.order_id.is_none() {
                        theirs.push(*id);
                    }
                }
                Ok((last, theirs))
            })
            .await?;
        if !found.is_empty() {
            app.write(move |tx| intakes::forget(tx, merchant, &found)).await?;
        }
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

async fn remove_letters(app: &Arc<App>, erasure: &Erasure) -> Result<()> {
    let (merchant, shopper) = (erasure.merchant_id, erasure.shopper_id);
    let mut after: Option<DeliveryId> = None;
    loop {
        let sent = app.read(move |conn| deliveries::of_shopper(conn, merchant, shopper, after, SLICE)).await?;
        let Some(last) = sent.last().copied() else { return Ok(()) };
        take_letters(app, sent).await?;
        after = Some(last);
    }
}

/// Removes letters that were written to files.
///
/// # Errors
/// When the disk refuses.
pub(super) async fn take_letters(app: &Arc<App>, sent: Vec<DeliveryId>) -> Result<()> {
    let folder = app.mail.clone();
    on_disk(move || {
        for id in sent {
            match fs::remove_file(folder.join(format!("{id}.eml"))) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    })
    .await
}

/// Applies what the list has and the database has not; then everything of the list, for what lies there may be older than
/// all of it. How many were missing.
///
/// # Errors
/// When the database or the disk fails.
pub async fn apply_again(app: &Arc<App>) -> Result<usize> {
    let list = app.erasures.clone();
    let listed = on_disk(move || read_list(&list)).await?;
    let (known, merchants) = (known(app).await?, app.read(retention::merchants).await?);
    let here = |erasure: &&Erasure| merchants.contains(&erasure.merchant_id);
    let missing = listed.iter().filter(|(key, erasure)| !known.contains_key(key) && here(erasure)).count();
    if missing > 0 {
        let all: Vec<Erasure> = listed.values().filter(here).cloned().collect();
        for erasure in all {
            app.write(move |tx| erasures::apply_again(tx, &erasure)).await?;
        }
        tracing::warn!(missing, "erasures were applied again: this database is from before them");
    }
    keep_list(app, listed).await?;
    Ok(missing)
}

async fn known(app: &Arc<App>) -> Result<List> {
    let (mut all, mut last) = (List::new(), None);
    loop {
        let slice = app.read(move |conn| erasures::after(conn, last)).await?;
        match slice.last() {
            Some(erasure) => last = Some((erasure.merchant_id, erasure.shopper_id)),
            None => return Ok(all),
        }
        all.extend(slice.into_iter().map(|erasure| ((erasure.merchant_id, erasure.shopper_id), erasure)));
    }
}

/// Writes the list: what is known, and what it had before.
async fn keep_list(app: &Arc<App>, listed: List) -> Result<()> {
    let (mut all, path) = (listed, app.erasures.clone());
    all.extend(known(app).await?);
    on_disk(move || {
        let before = read_list(&path)?;
        all.extend(before.into_iter().filter(|(key, _)| !all.contains_key(key)).collect::<Vec<_>>());
        write_list(&path, &all)
    })
    .await
}

fn read_list(path: &Path) -> io::Result<List> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(List::new()),
        Err(error) => return Err(error),
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    let read = lines.map(|(number, line)| {
        let unreadable = |error| io::Error::other(format!("line {} of {}: {error}", number + 1, path.display()));
        let erasure: Erasure = serde_json::from_str(line).map_err(unreadable)?;
        Ok(((erasure.merchant_id, erasure.shopper_id), erasure))
    });
    read.collect()
}

fn write_list(path: &Path, all: &List) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside)?;
    for erasure in all.values() {
        writeln!(file, "{}", serde_json::to_string(erasure)?)?;
    }
    file.sync_all()?;
    fs::rename(&beside, path)
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}
