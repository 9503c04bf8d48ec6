//! The real binary with a data directory and a database of its own, on a free port of the loopback.

use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use tempfile::TempDir;

use super::engine::Database;
use super::mould;
use super::place::Place;
use super::process::Process;
use super::{Visitor, until};

/// How many blocks of 512 bytes a file of the server may have.
const FILE_BLOCKS: &str = "COMPTOIR_TEST_FILE_BLOCKS";
/// Seeding the demo on a busy machine takes longest.
const START: Duration = Duration::from_secs(60);

/// What the demo writes for programs that drive it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Demo {
    pub(crate) base_url: String,
    pub(crate) desk: DeskSignIn,
    pub(crate) api_token: String,
    pub(crate) shopper_links: Vec<String>,
    pub(crate) hooks: BTreeMap<String, HookAddress>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DeskSignIn {
    pub(crate) email: String,
    pub(crate) password: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct HookAddress {
    pub(crate) url: String,
    pub(crate) secret: String,
}

#[derive(Debug, Deserialize)]
struct Listening {
    base_url: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Demo,
    Serve,
}

/// A server that is about to start; `.await` starts it.
#[derive(Debug)]
pub(crate) struct Start {
    mode: Mode,
    settings: BTreeMap<String, String>,
    seeds: bool,
}

impl Start {
    /// Starts with a setting other than the tests' usual ones.
    pub(crate) fn with_env(mut self, name: &str, value: &str) -> Self {
        self.settings.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Starts with the clock moved by this many seconds.
    pub(crate) fn with_clock_offset(self, seconds: i64) -> Self {
        self.with_env("COMPTOIR_CLOCK_OFFSET", &seconds.to_string())
    }

    /// Starts with the limits on how often somebody may ask, which stories do without.
    pub(crate) fn with_rate_limits(self) -> Self {
        self.with_env("COMPTOIR_RATE_LIMITS", "on")
    }

    /// Starts on nothing and seeds its own world, rather than with a copy of the one that was seeded for all.
    pub(super) fn seeding(self) -> Self {
        Self { seeds: true, ..self }
    }

    /// Whether the world is the same as everybody's: the clock and where letters go are not when they are set.
    fn is_usual(&self) -> bool {
        let usual = usual_settings();
        self.settings.keys().all(|name| usual.contains_key(name))
    }

    async fn start(self) -> Server {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a data directory can be made");
        let database = match self.mode {
            Mode::Demo if !self.seeds && self.is_usual() => mould::cast(folder.path(), &data).await,
            _ => Database::fresh(folder.path()),
        };
        let begun = SystemTime::now();
        let process = launch(self.mode, &self.settings, &data, &database, 0);
        let mut server = Server {
            begun,
            process,
            mode: self.mode,
            settings: self.settings,
            base_url: String::new(),
            database,
            data,
            folder,
        };
        server.wait_until_ready().await;
        server
    }
}

impl IntoFuture for Start {
    type Output = Server;
    type IntoFuture = Pin<Box<dyn Future<Output = Server>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

/// A running server. Fields are dropped in this order: the program, then its database, then its files.
#[derive(Debug)]
pub(crate) struct Server {
    process: Process,
    mode: Mode,
    settings: BTreeMap<String, String>,
    base_url: String,
    database: Database,
    data: PathBuf,
    folder: TempDir,
    /// When it was first started.
    begun: SystemTime,
}

impl Server {
    /// The demo's small world.
    pub(crate) fn demo() -> Start {
        Start { mode: Mode::Demo, settings: usual_settings(), seeds: false }
    }

    /// A first start: no merchant, no account.
    pub(crate) fn empty() -> Start {
        Start { mode: Mode::Serve, settings: usual_settings(), seeds: false }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn url(&self, path: &str) -> String {
        if path.starts_with("http://") { path.to_owned() } else { format!("{}{path}", self.base_url) }
    }

    /// The data directory.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    /// As the server got it in `DATABASE_URL`.
    pub(crate) fn database_url(&self) -> &str {
        self.database.url()
    }

    pub(super) fn begun(&self) -> SystemTime {
        self.begun
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// What `demo.json` says.
    pub(crate) fn told(&self) -> Demo {
        let text = std::fs::read_to_string(self.data.join("demo.json")).expect("the demo wrote demo.json");
        serde_json::from_str(&text).expect("demo.json is as promised")
    }

    /// The one-time address that `serve` prints on an empty store.
    pub(crate) fn setup_link(&self) -> Option<String> {
        self.setup_links().pop()
    }

    /// All it printed over its starts, oldest first.
    pub(crate) fn setup_links(&self) -> Vec<String> {
        let printed = self.process.printed();
        printed.lines().filter_map(|line| line.strip_prefix("setup: ").map(|url| url.trim().to_owned())).collect()
    }

    /// Seconds the server's clock is ahead of this machine's.
    pub(crate) fn clock_offset(&self) -> i64 {
        self.settings.get("COMPTOIR_CLOCK_OFFSET").and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Changes a setting; it counts from the next start.
    pub(crate) fn with_env(&mut self, name: &str, value: &str) -> &mut Self {
        self.settings.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Another node on the same database, with a data directory of its own. Letters it sends are only in its own.
    pub(crate) async fn joined_by_another(&self) -> Server {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let data = folder.path().join("data");
        std::fs::create_dir(&data).expect("a data directory can be made");
        mould::world(self, &data);
        let _ = std::fs::remove_dir_all(data.join("mail"));
        let database = self.database.shared();
        let begun = SystemTime::now();
        let process = launch(self.mode, &self.settings, &data, &database, 0);
        let (mode, settings, base_url) = (self.mode, self.settings.clone(), String::new());
        let mut node = Server { process, mode, settings, base_url, database, data, folder, begun };
        node.wait_until_ready().await;
        node
    }

    /// Serves what was copied to a place.
    pub(super) async fn over(place: Place, demo: bool) -> Server {
        let Place { database, data, folder } = place;
        let mode = if demo { Mode::Demo } else { Mode::Serve };
        let (begun, settings) = (SystemTime::now(), usual_settings());
        let process = launch(mode, &settings, &data, &database, 0);
        let base_url = String::new();
        let mut server = Server { process, mode, settings, base_url, database, data, folder, begun };
        server.wait_until_ready().await;
        server
    }

    /// What `comptoir doctor` finds on this server's data, with these settings beside the server's own, and whether all is well.
    pub(crate) fn examined(&self, more: &[(&str, &str)]) -> (bool, String) {
        examined(&self.data, more.iter().copied().chain([("DATABASE_URL", self.database.url())]).rev())
    }

    /// What a second server says that is started on the same data, and whether it ended well.
    pub(crate) fn second_on_the_same_data(&self) -> (bool, String) {
        let mut program = command(self.mode, &self.settings, &self.data, &self.database, 0);
        let output = program.output().expect("the program starts");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Stops gracefully and starts again on the same port.
    pub(crate) async fn restart(&mut self) {
        self.stop();
        self.start_again().await;
    }

    /// Restarts with the clock moved by this many seconds from this machine's.
    pub(crate) async fn move_clock(&mut self, seconds: i64) {
        self.with_env("COMPTOIR_CLOCK_OFFSET", &seconds.to_string()).restart().await;
    }

    /// SIGTERM; the server must end by itself within its 20 seconds.
    pub(crate) fn stop(&mut self) {
        assert!(self.process.stop(), "the server stops gracefully:\n{}", self.process.tail());
    }

    /// SIGKILL, in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts again on the same port after `stop` or `kill`.
    pub(crate) async fn start_again(&mut self) {
        let port = self.base_url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        self.process = launch(self.mode, &self.settings, &self.data, &self.database, port);
        self.wait_until_ready().await;
    }

    async fn wait_until_ready(&mut self) {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2)).build().expect("a client");
        let announced = match self.mode {
            Mode::Demo => self.data.join("demo.json"),
            Mode::Serve => self.data.join("listening.json"),
        };
        let process = &mut self.process;
        self.base_url = until("the server to be ready", START, async || {
            process.must_be_running();
            let text = std::fs::read_to_string(&announced).ok()?;
            let base_url = serde_json::from_str::<Listening>(&text).ok()?.base_url.trim_end_matches('/').to_owned();
            let answer = client.get(format!("{base_url}/health/ready")).send().await.ok()?;
            answer.status().is_success().then_some(base_url)
        })
        .await;
    }

    /// Somebody without cookies or sign-in.
    pub(crate) fn stranger(&self) -> Visitor {
        Visitor::new(&self.base_url)
    }

    /// The demo's agent, signed in at the desk.
    pub(crate) async fn desk(&self) -> Visitor {
        let DeskSignIn { email, password } = self.told().desk;
        self.desk_of(&email, &password).await
    }

    /// An agent, signed in through the form of the sign-in page.
    pub(crate) async fn desk_of(&self, email: &str, password: &str) -> Visitor {
        let agent = self.stranger();
        let page = agent.get("/desk").await;
        let form = page.form("form:has(input[type=password])").fill("email", email).fill("password", password);
        let inside = agent.submit(form).await;
        assert_eq!(inside.status, 200, "signed in: {}", inside.text());
        agent
    }

    /// A program with the demo's API token.
    pub(crate) fn api(&self) -> Visitor {
        self.stranger().with_bearer(&self.told().api_token)
    }

    /// The shopper of a thread link: the page's own form posts the part after `#`.
    pub(crate) async fn shopper(&self, link: &str) -> Visitor {
        let (page, token) = link.split_once('#').expect("a thread link carries its token after #");
        let shopper = self.stranger();
        let entry = shopper.get(page).await;
        let opened = shopper.post("/t/open", &[("token", token)]).await;
        assert_eq!((entry.status, opened.status), (200, 200), "the link opens: {}", opened.text());
        shopper
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            show(&format!("log of the server in {}:\n{}", self.folder.path().display(), self.process.tail()));
        }
    }
}

/// Quiet by itself, as every story wants it: no limits on how often one may ask.
fn usual_settings() -> BTreeMap<String, String> {
    let settings = [("COMPTOIR_RATE_LIMITS", "off"), ("RUST_BACKTRACE", "1")];
    settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// What `comptoir doctor` finds of a data directory under these settings alone, and whether all is well.
pub(crate) fn examined<'a>(data: &Path, settings: impl IntoIterator<Item = (&'a str, &'a str)>) -> (bool, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_comptoir"));
    program.env_clear().envs(settings).arg("doctor").arg("--data").arg(data);
    let output = program.output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn launch(mode: Mode, settings: &BTreeMap<String, String>, data: &Path, database: &Database, port: u16) -> Process {
    let program = command(mode, settings, data, database, port);
    Process::start(program, data.parent().unwrap_or(data), "server")
}

fn command(mode: Mode, settings: &BTreeMap<String, String>, data: &Path, database: &Database, port: u16) -> Command {
    let mut program = program(settings);
    // Nothing of the developer's own settings may leak in.
    program.env_clear();
    for name in ["PATH", "HOME", "TMPDIR", "LANG"] {
        program.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    program.arg(if mode == Mode::Demo { "demo" } else { "serve" });
    program.arg("--port").arg(port.to_string()).arg("--data").arg(data);
    program.env("DATABASE_URL", database.url()).envs(settings);
    program
}

/// The binary, or a shell that becomes it under a limit on how large a file may grow: what a full disk looks like.
fn program(settings: &BTreeMap<String, String>) -> Command {
    let binary = env!("CARGO_BIN_EXE_comptoir");
    let Some(blocks) = settings.get(FILE_BLOCKS) else { return Command::new(binary) };
    let mut shell = Command::new("sh");
    // Without the trap the signal that comes with the limit would end the process instead of failing its write.
    shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", blocks, binary]);
    shell
}

#[expect(clippy::print_stderr, reason = "shown beside the failure it explains")]
fn show(text: &str) {
    eprintln!("{text}");
}
