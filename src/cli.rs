//! The command line: what the binary does, and how it starts and stops.

mod data;

use std::{
    fs::{File, TryLockError},
    io::Write,
    net::TcpListener,
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    app::App,
    config::{BaseUrl, Settings},
    demo,
    doctor::{self, State},
    domain::{audit::Doer, installation, merchants, tokens},
    error::{Error, Result, StoreError, StoreFailure},
    ids::MerchantId,
    outbound::{erasing, worker},
    secrets,
    store::Conn,
    web,
};

/// The file that tells where the server listens, in the data directory.
const LISTENING: &str = "listening.json";
/// The file that says that a server holds the data directory.
const HELD: &str = "held.lock";
/// The longest name of a token, in characters.
const MAX_TOKEN_NAME: usize = 200;

/// After-sales messaging: each purchase opens one thread between buyer and seller.
#[derive(Parser)]
#[command(name = "comptoir", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves. On an empty database it prints a one-time address to set it up.
    Serve(Settings),
    /// Seeds a small world to look at into an empty data directory, and serves it.
    Demo(Settings),
    /// Brings the database's schema up to date and ends; with --to, copies everything to another database.
    Migrate(data::Migrate),
    /// Packs every row and file into one file that either engine can be restored from. Works while serving.
    Backup(data::Backup),
    /// Brings a backup back, into an empty database and a data directory without files.
    Restore(data::Restore),
    /// After a restore or a copy: lists what waits to leave, and lets it go. Works while serving.
    Resume(data::Resume),
    /// Looks everything over, changes nothing, and says what to do about what is wrong. Works while serving.
    Doctor(Settings),
    /// Makes an API token for the installation's only merchant and prints it: this once, never again.
    Token(Token),
    /// Asks a running server whether it is ready; for health checks.
    Health(Health),
}

#[derive(Args)]
struct Token {
    /// What the token is for, such as the program that will carry it.
    #[arg(long)]
    name: String,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args)]
struct Health {
    /// The address it listens on.
    #[arg(long, env = "COMPTOIR_HEALTH", default_value = "127.0.0.1:8080")]
    address: String,
}

/// Runs the command line.
pub async fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(settings) => serve(settings, false).await,
        Command::Demo(settings) => serve(demo_settings(settings), true).await,
        Command::Migrate(data::Migrate { to: Some(to), settings }) => data::copy_to(to, settings).await,
        Command::Migrate(data::Migrate { to: None, settings }) => migrate(&settings).await,
        Command::Backup(backup) => data::back_up(backup).await,
        Command::Restore(restore) => data::bring_back(restore).await,
        Command::Resume(resume) => data::resume(resume).await,
        Command::Doctor(settings) => examine(&settings).await,
        Command::Token(token) => make_token(token).await,
        Command::Health(health) => ask_health(&health.address),
    };
    let Err(error) = done else { return ExitCode::SUCCESS };
    tell(&mut std::io::stderr(), &format!("comptoir: {}", in_words(error)));
    ExitCode::FAILURE
}

/// A failure in one sentence; what a full disk does to SQLite is called by its name.
fn in_words(error: Error) -> String {
    let words = match error {
        Error::Internal(words) | Error::Store(StoreError { kind: StoreFailure::Full, detail: words }) => words,
        other => other.to_string(),
    };
    if ["disk I/O error", "disk is full"].iter().any(|said| words.contains(said)) {
        return format!("there is no room on the disk, or it fails: {words}");
    }
    words
}

/// The demo keeps apart from a real data directory.
fn demo_settings(settings: Settings) -> Settings {
    let data = if settings.data == Path::new("data") { "data/demo".into() } else { settings.data };
    Settings { data, ..settings }
}

async fn serve(settings: Settings, is_demo: bool) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let _held = hold(&settings)?;
    let (listener, base) = listen(&settings)?;
    let app = App::start(&settings, base.clone(), is_demo).await?;
    let post = worker::Post::of(&app)?;
    web::assets::prepare();
    if app.read(installation::held).await?.is_some() {
        tracing::warn!("deliveries are held since this data was copied: look at them with comptoir resume");
    }
    erasing::apply_again(&app).await?;
    let world = if is_demo { Some(demo::prepare(&app, &settings.data).await?) } else { None };
    let server = web::serve(Arc::clone(&app), listener).map_err(Error::internal)?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(worker::work(Arc::clone(&app), post, stopped));
    let pages = tokio::spawn(part_with_pages(Arc::clone(&app)));
    announce(&app, &settings, world.as_ref()).await?;
    let ended = server.await;
    let _ = stop.send(true);
    let _ = worker.await;
    pages.abort();
    ended.map_err(Error::internal)
}

/// A SQLite file has one server: a second one would not hear what the first is told. The system gives the hold back when the
/// process ends, however it ends.
fn hold(settings: &Settings) -> Result<Option<File>> {
    if !settings.database().starts_with("sqlite:") {
        return Ok(None);
    }
    std::fs::create_dir_all(&settings.data).map_err(Error::internal)?;
    let path = settings.data.join(HELD);
    let cannot = |why: &dyn std::fmt::Display| Error::Internal(format!("cannot hold {}: {why}", path.display()));
    let file = File::options().create(true).append(true).open(&path).map_err(|error| cannot(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Internal(format!(
            "{} is in use by another Comptoir: stop that one first, or choose another directory with --data",
            settings.data.display()
        ))),
        Err(TryLockError::Error(error)) => Err(cannot(&error)),
    }
}

/// Once the server is told to stop, open pages are let go, so that it need not wait for them; they come back by themselves.
async fn part_with_pages(app: Arc<App>) {
    match signal(SignalKind::terminate()) {
        Ok(mut told) => {
            told.recv().await;
            app.bus.let_go();
        }
        Err(error) => tracing::warn!(%error, "open pages will be waited for when the server stops"),
    }
}

fn listen(settings: &Settings) -> Result<(TcpListener, BaseUrl)> {
    let address = (settings.listen, settings.port);
    let listener = TcpListener::bind(address)
        .map_err(|error| Error::Internal(format!("cannot listen on {}:{}: {error}", settings.listen, settings.port)))?;
    let port = listener.local_addr().map_err(Error::internal)?.port();
    let base = settings.base_url(port).map_err(Error::Internal)?;
    listener.set_nonblocking(true).map_err(Error::internal)?;
    Ok((listener, base))
}

/// Says where it listens: to people on the terminal, to programs in a file that appears only now.
async fn announce(app: &Arc<App>, settings: &Settings, world: Option<&demo::World>) -> Result<()> {
    let mut out = std::io::stdout();
    match world {
        Some(world) => {
            world.save(&settings.data)?;
            tell(&mut out, &world.greeting());
        }
        None => {
            let token = secrets::token();
            let offered = token.clone();
            if app.write(move |tx| installation::offer_setup(tx, &offered)).await? {
                tell(&mut out, &format!("setup: {}/setup#{token}", app.base));
            } else {
                tell(&mut out, &format!("serving: {}/desk", app.base));
            }
        }
    }
    write_private(&settings.data.join(LISTENING), &Listening { base_url: app.base.as_str() })
}

#[derive(Serialize)]
struct Listening<'a> {
    base_url: &'a str,
}

/// Writes JSON that only the owner can read, whole or not at all.
///
/// # Errors
/// When the disk does not take it.
pub fn write_private(path: &Path, content: &impl Serialize) -> Result<()> {
    let text = serde_json::to_vec_pretty(content).map_err(Error::internal)?;
    let beside = path.with_extension("tmp");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(&text)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    });
    written.map_err(|error| Error::Internal(format!("cannot write {}: {error}", path.display())))
}

async fn migrate(settings: &Settings) -> Result<()> {
    log_to_stderr(&settings.log)?;
    let base = settings.base_url(settings.port).map_err(Error::Internal)?;
    App::start(settings, base, false).await?;
    tell(&mut std::io::stdout(), "the schema is up to date");
    Ok(())
}

async fn examine(settings: &Settings) -> Result<()> {
    let findings = doctor::examine(settings).await;
    for finding in &findings {
        tell(&mut std::io::stdout(), &finding.to_string());
    }
    match findings.iter().filter(|finding| finding.state == State::Bad).count() {
        0 => Ok(()),
        1 => Err(Error::Internal("one thing must be mended".to_owned())),
        bad => Err(Error::Internal(format!("{bad} things must be mended"))),
    }
}

async fn make_token(token: Token) -> Result<()> {
    let Token { name, settings } = token;
    let name = name.trim().to_owned();
    if !(1..=MAX_TOKEN_NAME).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(Error::Internal(format!("--name takes 1 to {MAX_TOKEN_NAME} characters on one line")));
    }
    log_to_stderr(&settings.log)?;
    let base = settings.base_url(settings.port).map_err(Error::Internal)?;
    let app = App::start(&settings, base, false).await?;
    let secret = secrets::token();
    let made = app
        .write(move |tx| {
            let merchant = only_merchant(tx)?;
            tokens::create(tx, Doer::System, merchant, &name, &secret)
        })
        .await?;
    tell(&mut std::io::stdout(), &made);
    Ok(())
}

fn only_merchant(conn: &mut Conn) -> Result<MerchantId> {
    if let Some(merchant) = merchants::only(conn)? {
        return Ok(merchant);
    }
    let why = if merchants::any(conn)? {
        "several merchants are here, and a token speaks for one: nothing was made"
    } else {
        "nobody has set this installation up yet: run `comptoir serve` and open the address it prints"
    };
    Err(Error::Internal(why.to_owned()))
}

/// A few lines of HTTP by hand: a health check needs no client of its own.
fn ask_health(address: &str) -> Result<()> {
    use std::{io::Read, net::ToSocketAddrs, time::Duration};
    let unready = |why: String| Error::Internal(format!("not ready: {why}"));
    let mut addresses = address.to_socket_addrs().map_err(|error| unready(error.to_string()))?;
    let address = addresses.next().ok_or_else(|| unready("no such address".to_owned()))?;
    let wait = Duration::from_secs(3);
    let mut stream =
        std::net::TcpStream::connect_timeout(&address, wait).map_err(|error| unready(error.to_string()))?;
    stream.set_read_timeout(Some(wait)).map_err(Error::internal)?;
    let request = format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).map_err(|error| unready(error.to_string()))?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(|error| unready(error.to_string()))?;
    if answer.starts_with("HTTP/1.1 200") {
        Ok(())
    } else {
        Err(unready(answer.lines().next().unwrap_or_default().to_owned()))
    }
}

fn log_to_stderr(filter: &str) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .map_err(|error| Error::Internal(format!("COMPTOIR_LOG cannot be read: {error}")))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process keeps the first log.
    let _ = if std::io::IsTerminal::is_terminal(&std::io::stderr()) { log.try_init() } else { log.json().try_init() };
    Ok(())
}

fn tell(out: &mut impl Write, words: &str) {
    // A terminal that is gone is no reason to stop.
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}
