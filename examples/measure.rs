//! Measures the release binary on the loopback: start, memory, weight of pages, time from a post to the other side's socket,
//! and hooks. Bounded in count and time, on SQLite, in a directory of its own. The table it prints is Markdown.
//!
//! `cargo run --release --example measure`, or with `-- --binary PATH` for a binary that is there.

#![expect(clippy::print_stdout, reason = "what it finds is printed")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::{Engine, engine::general_purpose::STANDARD};
use comptoir::ids::ThreadAddress;
use flate2::{Compression, write::GzEncoder};
use futures_util::StreamExt;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Client;
use reqwest::cookie::{CookieStore, Jar};
use scraper::{Html, Selector};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const STARTS: usize = 5;
const SOCKETS: usize = 200;
const MESSAGES: usize = 300;
const ORDERS: usize = 500;
const SENDERS: usize = 16;
/// The longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

#[tokio::main]
async fn main() -> Result<()> {
    let binary = binary()?;
    let folder = tempfile::tempdir()?;
    say("figure", "value", "how");
    say("---", "---", "---");
    let (told, cores) = (fs::read_to_string("/proc/cpuinfo")?, std::thread::available_parallelism()?);
    let model = told.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    say("machine", &format!("{cores} cores, {}", model.trim_matches(['\t', ':', ' '])), "as the system tells");
    start(&binary, folder.path()).await?;
    let server = Server::start(&binary, folder.path()).await?;
    let told = serde_json::from_slice(&fs::read(server.data.join("demo.json"))?)?;
    memory(&server, &told).await?;
    weight(&server, &told).await?;
    talk(&server, &told).await?;
    hooks(&server, &told).await
}

fn say(figure: &str, value: &str, how: &str) {
    println!("| {figure} | {value} | {how} |");
}

/// The binary given, or the one that cargo makes now.
fn binary() -> Result<PathBuf> {
    if let Some(path) = std::env::args().skip_while(|argument| argument != "--binary").nth(1) {
        return Ok(fs::canonicalize(path)?);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--bin", "comptoir"]).current_dir(root).status()?;
    if !built.success() {
        return Err("cargo build --release failed".into());
    }
    Ok(root.join("target/release/comptoir"))
}

/// (1) From the start of the process to the first 200 of `/health/ready`.
async fn start(binary: &Path, folder: &Path) -> Result<()> {
    // The first start seeds the demo.
    drop(Server::start(binary, folder).await?);
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(Server::start(binary, folder).await?.started_in);
    }
    say("cold start", &spread(times, &[50]), &format!("process start to ready, median of {STARTS}, data there"));
    Ok(())
}

/// (2) What it holds when nobody asks for anything, and for each page that only listens.
async fn memory(server: &Server, told: &Value) -> Result<()> {
    tokio::time::sleep(Duration::from_secs(3)).await;
    say("memory at rest", &format!("{} KiB", server.memory()?), "VmRSS 3 s after the start");
    let (shopper, thread) = Person::shopper(server, told).await?;
    let page = shopper.get(&thread).await?;
    let before = server.memory()?;
    let mut open = Vec::new();
    for _ in 0..SOCKETS {
        open.push(shopper.follow(&page).await?);
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = server.memory()?;
    let each = after.saturating_sub(before) as f64 / open.len() as f64;
    say(&format!("{SOCKETS} idle sockets"), &format!("{after} KiB"), &format!("VmRSS; {each:.1} KiB for each"));
    Ok(())
}

/// (3) What is sent for a page.
async fn weight(server: &Server, told: &Value) -> Result<()> {
    let (shopper, thread) = Person::shopper(server, told).await?;
    let agent = Person::agent(server, told).await?;
    let items = shopper.get(&format!("{thread}/exchange")).await?;
    let line = attribute(&items, "[name=line]", "value")?;
    let variant = format!("{thread}/exchange?step=variant&line={line}&reason=colour");
    for (name, person, path) in [
        ("thread page", &shopper, thread.clone()),
        ("exchange, variant step", &shopper, variant),
        ("desk, thread page", &agent, desk_thread(&thread)?),
    ] {
        let page = person.get(&path).await?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(page.as_bytes())?;
        let packed = gzip.finish()?.len();
        say(name, &format!("{} B", page.len()), &format!("sent as it is; compressed would be {packed} B"));
    }
    let mut files = vec!["shopper.css".to_owned(), "desk.css".to_owned()];
    for folder in ["js", "js/desk", "fonts"] {
        let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(folder))?;
        let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let shown = names.filter(|name| name.ends_with(".js") || name.ends_with(".woff2"));
        files.extend(shown.map(|name| format!("{folder}/{name}")));
    }
    files.sort();
    for file in files {
        let url = format!("{}/static/{file}", server.base);
        let raw = shopper.client.get(&url).send().await?.error_for_status()?.bytes().await?.len();
        let asked = shopper.client.get(&url).header("Accept-Encoding", "gzip");
        let sent = asked.send().await?.error_for_status()?.bytes().await?.len();
        say(&file, &format!("{raw} B"), &format!("sent to who accepts gzip: {sent} B"));
    }
    Ok(())
}

/// (4) From one side's post to the frame on the other side's socket.
async fn talk(server: &Server, told: &Value) -> Result<()> {
    let (shopper, thread) = Person::shopper(server, told).await?;
    let agent = Person::agent(server, told).await?;
    let desk = desk_thread(&thread)?;
    let mut shoppers = shopper.follow(&shopper.get(&thread).await?).await?;
    let mut agents = agent.follow(&agent.get(&desk).await?).await?;
    for (name, person, path, socket) in [
        ("shopper's post to agent's socket", &shopper, thread, &mut agents),
        ("agent's post to shopper's socket", &agent, desk, &mut shoppers),
    ] {
        let mut times = Vec::new();
        for number in 0..MESSAGES {
            let text = format!("{name} {number:05}").replace('\'', "");
            let begun = Instant::now();
            let seen = async { until_seen(socket, &text).await.map(|()| begun.elapsed()) };
            let (posted, seen) = tokio::join!(person.write(&path, &text), seen);
            posted?;
            times.push(seen?);
        }
        say(name, &spread(times, &[50, 99]), &format!("p50, p99 of {MESSAGES}, one after the other"));
    }
    Ok(())
}

/// (5) Signed orders from many senders at once. One that was acknowledged and is not there is an error.
async fn hooks(server: &Server, told: &Value) -> Result<()> {
    let hook = told.pointer("/hooks/shopify").cloned().unwrap_or_default();
    let (url, secret) = (text(&hook, "/url")?, text(&hook, "/secret")?);
    let begun = Instant::now();
    let mut senders = tokio::task::JoinSet::new();
    for sender in 0..SENDERS {
        let (url, secret) = (url.clone(), secret.clone());
        senders.spawn(async move { send_orders(&url, &secret, (sender..ORDERS).step_by(SENDERS)).await });
    }
    let mut sent = Vec::new();
    while let Some(some) = senders.join_next().await {
        sent.extend(some??);
    }
    let (taken, times): (Vec<usize>, Vec<Duration>) = sent.into_iter().unzip();
    let rate = taken.len() as f64 / begun.elapsed().as_secs_f64();
    let how = format!("{} of {ORDERS} signed orders acknowledged, {SENDERS} senders", taken.len());
    say("hooks", &format!("{rate:.0} a second"), &how);
    say("a hook's answer", &spread(times, &[50, 99]), "p50, p99, after the commit");
    let (client, token, mut missing) = (Client::new(), text(told, "/api_token")?, 0);
    for number in &taken {
        let asked = client.get(format!("{}/api/v1/orders?number=M{number}", server.base)).bearer_auth(&token);
        let found: Value = asked.send().await?.error_for_status()?.json().await?;
        missing += usize::from(found.pointer("/data/0/thread_id").is_none_or(Value::is_null));
    }
    say("acknowledged and missing", &missing.to_string(), "each looked up through the API");
    if missing > 0 || taken.len() < ORDERS {
        return Err("orders are missing".into());
    }
    Ok(())
}

/// The numbers of those that were acknowledged, and how long it took.
async fn send_orders(url: &str, secret: &str, numbers: impl Iterator<Item = usize>) -> Result<Vec<(usize, Duration)>> {
    let client = Client::builder().timeout(PATIENCE).build()?;
    let mut taken = Vec::new();
    for number in numbers {
        let body = order(number).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
        mac.update(body.as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        let call =
            client.post(url).header("Content-Type", "application/json").header("X-Shopify-Topic", "orders/create");
        let call = call.header("X-Shopify-Event-Id", format!("measured-{number}"));
        let call =
            call.header("X-Shopify-Shop-Domain", "demo.myshopify.com").header("X-Shopify-Hmac-Sha256", signature);
        let begun = Instant::now();
        let answer = call.body(body).send().await?;
        if answer.status() == 202 {
            taken.push((number, begun.elapsed()));
        }
    }
    Ok(taken)
}

fn order(number: usize) -> Value {
    let (at, email) = ("2026-11-20T10:00:00+01:00", format!("m{number}@example.com"));
    let line =
        json!({"id": 900_000 + number, "title": "Linen shirt", "variant_title": "M", "quantity": 1, "price": "92.00"});
    json!({
        "id": 700_000 + number, "name": format!("#M{number}"), "email": email, "created_at": at, "updated_at": at,
        "financial_status": "paid", "total_price": "92.00", "currency": "EUR", "line_items": [line],
    })
}

/// The demo, running; it ends with this value.
struct Server {
    child: Child,
    base: String,
    data: PathBuf,
    started_in: Duration,
}

impl Server {
    async fn start(binary: &Path, folder: &Path) -> Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let data = folder.join("data");
        // One of an earlier start says another port.
        let _ = fs::remove_file(data.join("listening.json"));
        let begun = Instant::now();
        let child = Command::new(binary)
            .args(["demo", "--rate-limits", "off", "--port", &port.to_string(), "--data"])
            .arg(&data)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?)
            .spawn()?;
        let mut server = Self { child, base: format!("http://127.0.0.1:{port}"), data, started_in: Duration::ZERO };
        let (client, ready) = (Client::new(), format!("{}/health/ready", server.base));
        while !client.get(&ready).send().await.is_ok_and(|answer| answer.status() == 200) {
            if begun.elapsed() > PATIENCE || server.child.try_wait()?.is_some() {
                return Err(format!("it does not start: {}", fs::read_to_string(folder.join("log"))?).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.started_in = begun.elapsed();
        while !server.data.join("listening.json").exists() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(server)
    }

    /// Resident memory in KiB.
    fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // By its id; it ends within its 20 seconds.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// A browser.
struct Person {
    client: Client,
    jar: Arc<Jar>,
    base: String,
}

impl Person {
    fn new(server: &Server) -> Result<Self> {
        let jar = Arc::new(Jar::default());
        let client = Client::builder().cookie_provider(Arc::clone(&jar)).timeout(PATIENCE).build()?;
        Ok(Self { client, jar, base: server.base.clone() })
    }

    /// Whoever has the demo's first link, and the path of its thread.
    async fn shopper(server: &Server, told: &Value) -> Result<(Self, String)> {
        let (person, link) = (Self::new(server)?, text(told, "/shopper_links/0")?);
        let token = link.split_once('#').ok_or("a link without a token")?.1;
        let opened = person.post("/t/open", &[("token", token)]).await?;
        let path = opened.url().path().to_owned();
        Ok((person, path))
    }

    async fn agent(server: &Server, told: &Value) -> Result<Self> {
        let person = Self::new(server)?;
        let (email, password) = (text(told, "/desk/email")?, text(told, "/desk/password")?);
        person.post("/desk/sign-in", &[("email", &email), ("password", &password)]).await?;
        Ok(person)
    }

    async fn get(&self, path: &str) -> Result<String> {
        Ok(self.client.get(format!("{}{path}", self.base)).send().await?.error_for_status()?.text().await?)
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<reqwest::Response> {
        let request = self.client.post(format!("{}{path}", self.base)).header("Origin", &self.base);
        Ok(request.header("Accept", "text/html").form(fields).send().await?.error_for_status()?)
    }

    /// Says something as the page's script does.
    async fn write(&self, page: &str, words: &str) -> Result<()> {
        let client_id = uuid::Uuid::now_v7().simple().to_string();
        let fields = [("text", words), ("client_id", client_id.as_str()), ("kind", "reply")];
        let request = self.client.post(format!("{}{page}/messages", self.base)).header("Origin", &self.base);
        request.header("Accept", "application/json").form(&fields).send().await?.error_for_status()?;
        Ok(())
    }

    /// The socket that a page opens.
    async fn follow(&self, page: &str) -> Result<Socket> {
        let (live, upto) = (attribute(page, "body", "data-live")?, attribute(page, "body", "data-upto")?);
        let mark = if live.contains('?') { '&' } else { '?' };
        let url = format!("{}{live}{mark}after={upto}", self.base);
        let cookie = self.jar.cookies(&url.parse()?).ok_or("no cookie")?;
        let mut request = url.replacen("http", "ws", 1).into_client_request()?;
        request.headers_mut().insert("origin", self.base.parse()?);
        request.headers_mut().insert("cookie", cookie.to_str()?.parse()?);
        Ok(connect_async(request).await?.0)
    }
}

async fn until_seen(socket: &mut Socket, words: &str) -> Result<()> {
    let seen = async {
        while let Some(message) = socket.next().await {
            if matches!(message?, Message::Text(text) if text.contains(words)) {
                return Ok(());
            }
        }
        Err("the socket was closed".into())
    };
    tokio::time::timeout(PATIENCE, seen).await?
}

/// Where agents see the thread of a shopper's page.
fn desk_thread(path: &str) -> Result<String> {
    let address: ThreadAddress = path.trim_start_matches("/t/").parse().map_err(|_| "no thread's page")?;
    Ok(format!("/desk/threads/{}", address.id))
}

fn attribute(page: &str, css: &str, name: &str) -> Result<String> {
    let selector = Selector::parse(css).map_err(|error| error.to_string())?;
    let page = Html::parse_document(page);
    let value = page.select(&selector).find_map(|element| element.attr(name));
    Ok(value.ok_or(format!("{css} without {name}"))?.to_owned())
}

fn text(value: &Value, pointer: &str) -> Result<String> {
    Ok(value.pointer(pointer).and_then(Value::as_str).ok_or_else(|| format!("nothing at {pointer}"))?.to_owned())
}

/// The times below which so many in a hundred lie.
fn spread(mut times: Vec<Duration>, hundredths: &[usize]) -> String {
    times.sort();
    let at = |part: &usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    let told =
        hundredths.iter().map(|part| format!("{:.1} ms", at(part).copied().unwrap_or_default().as_secs_f64() * 1e3));
    told.collect::<Vec<_>>().join(", ")
}
