//! The application: what every room needs, built once and passed along, and the two bridges to the data.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Instant,
};

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;

use crate::{
    bus::Bus,
    config::{BaseUrl, Relay, Settings},
    domain::{audit::turned_away::TurnedAway, files::shelf::Shelf, installation},
    error::{Error, Result},
    ids::MerchantId,
    secrets::Keys,
    store::{Clock, Conn, Store, Tx, checkup},
    transfer::upgrade,
};

/// Exports that are made ready at a time.
const EXPORTS: usize = 2;

pub struct App {
    pub base: BaseUrl,
    pub keys: Keys,
    pub clock: Clock,
    pub bus: Arc<Bus>,
    /// Merchants whose desks were just brought something, which is about to be noted.
    pub reaching: Mutex<HashSet<MerchantId>>,
    /// Where files are kept.
    pub shelf: Shelf,
    /// How many pictures are decoded at a time: each may take much memory.
    pub pictures: Semaphore,
    /// Where letters are written as long as there is no mail server.
    pub mail: PathBuf,
    /// The list of erasures that outlives the database.
    pub erasures: PathBuf,
    /// How many exports are made ready at a time: each reads much, and lies on the disk.
    pub handing_over: Semaphore,
    /// Where exports are made ready.
    pub exports: PathBuf,
    /// Who was turned away lately.
    pub turned_away: TurnedAway,
    /// The mail server.
    pub relay: Option<Relay>,
    /// The address letters come from instead of the shop's.
    pub mail_from: Option<String>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether anyone may ask only so often.
    pub limited: bool,
    /// Whether this is the demo: it says so, and shows its letters.
    pub demo: bool,
    pub started: Instant,
    store: Store,
}

impl App {
    /// Opens the data and checks that it is ours to open.
    ///
    /// # Errors
    /// In plain words, for whoever starts it.
    pub async fn start(settings: &Settings, base: BaseUrl, demo: bool) -> Result<Arc<Self>> {
        let clock = Clock::moved(settings.clock_offset);
        let bus = Arc::new(Bus::default());
        refuse(settings)?;
        make_private(&settings.data)?;
        let mail = settings.data.join("mail");
        make_private(&mail)?;
        let exports = settings.data.join("exports");
        make_private(&exports)?;
        let (relay, mail_from) =
            (settings.relay().map_err(Error::Internal)?, settings.mail_from().map_err(Error::Internal)?);
        let files = settings.data.join("files");
        make_private(&files)?;
        let shelf = Shelf::open(files).map_err(Error::internal)?;
        let keys = Keys::load(&settings.data, settings.secret_key()).map_err(Error::Internal)?;
        let before = |version: &str| upgrade::before(settings, version);
        let store = Store::open_after(&settings.database(), settings.connections, clock, &bus, &before)?;
        let app = Arc::new(Self {
            base,
            keys: keys.clone(),
            clock,
            bus,
            reaching: Mutex::default(),
            shelf,
            pictures: Semaphore::new(std::thread::available_parallelism().map_or(1, |cores| cores.get() / 4).max(1)),
            mail,
            erasures: settings.data.join("erasures.jsonl"),
            handing_over: Semaphore::new(EXPORTS),
            exports,
            turned_away: TurnedAway::default(),
            relay,
            mail_from,
            trusted_proxies: settings.proxies().map_err(Error::Internal)?,
            limited: settings.rate_limits == "on",
            demo,
            started: Instant::now(),
            store,
        });
        app.write(move |tx| installation::check_key(tx, &keys)).await?;
        Ok(app)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Looks. See [`Store::read`].
    ///
    /// # Errors
    /// What the query answers.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.read(query).await
    }

    /// Changes. See [`Store::write`].
    ///
    /// # Errors
    /// What the change answers; then nothing of it is stored.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write(change).await
    }

    /// Changes that wait to be stored.
    pub fn waiting_changes(&self) -> usize {
        self.store.waiting_changes()
    }
}

/// What must not be started on is told before anything is made: a database that nobody answers for, one that is not ours to
/// change, data whose key is missing.
fn refuse(settings: &Settings) -> Result<()> {
    let Some(mut conn) = checkup::meet(&settings.database())? else { return Ok(()) };
    let keyless = !Keys::are_there(&settings.data, settings.secret_key());
    if keyless && installation::key_check(&mut conn)?.is_some() {
        return Err(Error::Internal(format!(
            "the secret key is missing, and there is data written with one: put the right secret.key into {}, or set \
             COMPTOIR_SECRET_KEY",
            settings.data.display()
        )));
    }
    Ok(())
}

/// A directory that only its owner may look into.
fn make_private(path: &std::path::Path) -> Result<()> {
    let made = std::fs::create_dir_all(path);
    made.map_err(|error| Error::Internal(format!("cannot make the directory {}: {error}", path.display())))?;
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(path, mode).map_err(Error::internal)?;
    }
    Ok(())
}
