//! A real Chromium, driven by its own driver on a free port. One driver for each story; windows are separate profiles.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{By, ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement};

use super::process::{Process, free_port};
use super::until;

const START: Duration = Duration::from_secs(30);

/// The driver; ends with this value, and every window with it.
#[derive(Debug)]
pub(crate) struct Chromium {
    address: String,
    driver: Process,
    folder: TempDir,
}

/// What kind of window to open.
#[derive(Debug, Clone)]
pub(crate) struct Opening<'a> {
    chromium: &'a Chromium,
    size: (u32, u32),
    phone: bool,
    javascript: bool,
    language: String,
    dark: bool,
}

impl Chromium {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let port = free_port();
        let mut command = Command::new("chromedriver");
        // Profiles are made there.
        command.arg(format!("--port={port}")).env("TMPDIR", folder.path());
        let mut driver = Process::start(command, folder.path(), "chromedriver");
        let address = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::builder().timeout(Duration::from_secs(2)).build().expect("a client");
        until("chromedriver", START, async || {
            driver.must_be_running();
            client.get(format!("{address}/status")).send().await.ok()?.status().is_success().then_some(())
        })
        .await;
        Self { address, driver, folder }
    }

    /// A phone of 390 x 844, with touch.
    pub(crate) fn phone(&self) -> Opening<'_> {
        Opening { size: (390, 844), phone: true, ..self.desktop() }
    }

    /// A screen of 1440 x 900.
    pub(crate) fn desktop(&self) -> Opening<'_> {
        Opening {
            chromium: self,
            size: (1440, 900),
            phone: false,
            javascript: true,
            language: "en".to_owned(),
            dark: false,
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.driver.stop();
        // A failed story never said goodbye to its windows, and they outlive the driver.
        let mine = format!("--user-data-dir={}", self.folder.path().display());
        for _ in 0..100 {
            let left = processes_with(&mine);
            if left.is_empty() {
                break;
            }
            let ids: Vec<String> = left.iter().map(u32::to_string).collect();
            let _ = Command::new("sh").arg("-c").arg(format!("kill -KILL {} 2>/dev/null", ids.join(" "))).status();
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The ids of running programs that were started with an argument that begins so.
fn processes_with(argument: &str) -> Vec<u32> {
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = folders.filter_map(|folder| folder.file_name().to_str()?.parse().ok());
    ids.filter(|id| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).any(|piece| piece.starts_with(argument.as_bytes()))
    })
    .collect()
}

impl Opening<'_> {
    pub(crate) fn without_javascript(mut self) -> Self {
        self.javascript = false;
        self
    }

    /// What the browser asks for in `Accept-Language`: `fr`, `en`.
    pub(crate) fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.language);
        self
    }

    /// A window of another width.
    pub(crate) fn wide(mut self, width: u32) -> Self {
        self.size.0 = width;
        self
    }

    pub(crate) fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    pub(crate) async fn open(self) -> Window {
        let capabilities = self.capabilities();
        let driver = WebDriver::new(&self.chromium.address, capabilities).await;
        let driver = driver.unwrap_or_else(|e| panic!("no window opens: {e}\n{}", self.chromium.driver.tail()));
        driver.set_page_load_timeout(START).await.expect("a limit can be set");
        Window { driver }
    }

    fn capabilities(&self) -> ChromeCapabilities {
        let mut chrome = ChromeCapabilities::new();
        let (width, height) = self.size;
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--window-size={width},{height}"));
        flags.push(format!("--lang={}", self.language));
        flags.push(format!("--accept-lang={}", self.language));
        let mut blink: Vec<&str> = Vec::new();
        if self.dark {
            flags.push("--force-dark-mode".to_owned());
            blink.push("preferredColorScheme=0");
        }
        if !self.javascript {
            blink.push("scriptEnabled=false");
        }
        if !blink.is_empty() {
            flags.push(format!("--blink-settings={}", blink.join(",")));
        }
        for flag in flags {
            chrome.add_arg(&flag).expect("a flag");
        }
        if let Some(shell) = headless_shell() {
            chrome.set_binary(shell).expect("a program");
        }
        let preferences = json!({ "intl.accept_languages": self.language });
        chrome.add_experimental_option("prefs", preferences).expect("preferences");
        if self.phone {
            // The driver never ends a tap on a page that runs no scripts; there it clicks.
            let touch = self.javascript;
            let screen = json!({ "width": width, "height": height, "pixelRatio": 2.0, "touch": touch, "mobile": true });
            chrome.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": screen })).expect("a screen");
        }
        chrome.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a log level");
        chrome
    }
}

/// Chromium without windows: the same engine with fewer processes. The whole browser takes its place where it is missing, or
/// is not of the driver's version.
fn headless_shell() -> Option<&'static str> {
    static SHELL: LazyLock<bool> =
        LazyLock::new(|| version("chromium-headless-shell").is_some_and(|its| version("chromedriver") == Some(its)));
    SHELL.then_some("/usr/bin/chromium-headless-shell")
}

/// The main number a program gives itself: `156` of "Chromium 156.0.8078.108".
fn version(program: &str) -> Option<u32> {
    let answer = Command::new(program).arg("--version").output().ok()?;
    let words = String::from_utf8(answer.stdout).ok()?;
    words.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// Nothing but the page: no sandbox (it cannot be had as root or in most containers), no calls to the outside.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    // A microphone that hums, and a person who allows it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/// What the browser logs when a page was there before its fading could begin.
const NOT_FADED: &str = "Uncaught DOMException: Transition was aborted because of invalid state. Page already revealed";

/// One window with its own profile. Everything else the driver can do is in `driver`.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) driver: WebDriver,
}

impl Window {
    pub(crate) async fn goto(&self, url: &str) {
        self.driver.goto(url).await.unwrap_or_else(|error| panic!("{url} does not load: {error}"));
    }

    /// The text of the first element that matches, as it is shown; `None` when there is none.
    pub(crate) async fn text(&self, css: &str) -> Option<String> {
        let found = self.driver.find(By::Css(css)).await.ok()?;
        found.text().await.ok().map(|text| text.replace(['\u{a0}', '\u{202f}'], " "))
    }

    /// Waits until an element that matches shows this text, without any reload.
    pub(crate) async fn wait_for_text(&self, css: &str, text: &str, limit: Duration) {
        until(&format!("{text:?} in {css}"), limit, async || {
            for found in self.driver.find_all(By::Css(css)).await.ok()? {
                let shown = found.text().await.unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
                if shown.contains(text) {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// The first element that matches; a page that was just asked for may still be on its way.
    pub(crate) async fn waited_for(&self, css: &str) -> WebElement {
        until(css, Duration::from_secs(5), async || self.driver.find(By::Css(css)).await.ok()).await
    }

    /// Clicks the first element that matches. A live page may swap it just then; a person would click what came instead.
    pub(crate) async fn click(&self, css: &str) {
        loop {
            match self.waited_for(css).await.click().await {
                Err(error) if matches!(&*error, WebDriverErrorInner::StaleElementReference(_)) => {}
                answer => return answer.unwrap_or_else(|error| panic!("{css} cannot be clicked: {error}")),
            }
        }
    }

    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        let found = self.waited_for(css).await;
        found.send_keys(text).await.unwrap_or_else(|error| panic!("{css} cannot be typed into: {error}"));
    }

    pub(crate) async fn screenshot(&self, path: &Path) {
        self.driver.screenshot(path).await.expect("a picture can be taken");
    }

    /// What the browser complained of since the last call: script errors, refusals of the Content Security Policy,
    /// files that did not load. That a slow machine went on without fading from one page to the next is none of these.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.expect("the browser keeps a log");
        let grave = entries.into_iter().filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING"));
        grave.map(|entry| entry.message).filter(|message| !message.ends_with(NOT_FADED)).collect()
    }

    pub(crate) async fn close(self) {
        self.driver.clone().quit().await.expect("the window closes");
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // By itself the driver's client would stop the whole story to close the window; `Chromium` ends it anyway.
        let _ = self.driver.clone().leak();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    const PAGE: &str = "<!doctype html><meta name=viewport content='width=device-width'><title>t</title>\
        <link rel=icon href='data:,'><p id=said>plain</p><script src=/late.js></script><script>document.title='no'</script>";
    const SCRIPT: &str = "setTimeout(()=>{said.textContent=[innerWidth,navigator.language,\
        matchMedia('(prefers-color-scheme: dark)').matches].join(' ')},200)";

    /// Answers every request with the page or its script, under a policy that refuses inline scripts.
    fn little_server() -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            // A thread a caller: Chromium also opens connections on which it says nothing.
            let answer = |mut caller: std::net::TcpStream| {
                let mut buffer = [0; 4096];
                let read = caller.read(&mut buffer).unwrap_or(0);
                let asks_script = String::from_utf8_lossy(&buffer[..read]).starts_with("GET /late.js");
                let (kind, body) = if asks_script { ("text/javascript", SCRIPT) } else { ("text/html", PAGE) };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\
                     Content-Security-Policy: script-src 'self'\r\n\r\n",
                    body.len()
                );
                let _ = caller.write_all(head.as_bytes()).and_then(|()| caller.write_all(body.as_bytes()));
            };
            for caller in listener.incoming().flatten() {
                std::thread::spawn(move || answer(caller));
            }
        });
        address
    }

    #[tokio::test]
    async fn a_phone_and_a_screen_show_a_live_page_and_tell_what_the_policy_refused() {
        let (address, chromium) = (little_server(), Chromium::start().await);
        let phone = chromium.phone().language("fr").dark().open().await;
        phone.goto(&address).await;
        phone.wait_for_text("#said", "390 fr true", Duration::from_secs(5)).await;
        let complaints = phone.complaints().await;
        assert!(complaints.iter().any(|line| line.contains("Content Security Policy")), "{complaints:?}");

        let screen = chromium.desktop().open().await;
        screen.goto(&address).await;
        screen.wait_for_text("#said", "1440 en false", Duration::from_secs(5)).await;
        let picture = chromium.folder.path().join("screen.png");
        screen.screenshot(&picture).await;
        assert!(std::fs::metadata(&picture).unwrap().len() > 1000, "the picture has something in it");
        screen.close().await;
        let mine = format!("--user-data-dir={}", chromium.folder.path().display());
        assert!(!processes_with(&mine).is_empty(), "the phone was not closed");
        drop(chromium);
        assert!(processes_with(&mine).is_empty(), "no window outlives the driver");
    }

    #[tokio::test]
    async fn without_javascript_the_plain_page_stays() {
        let (address, chromium) = (little_server(), Chromium::start().await);
        let window = chromium.desktop().without_javascript().open().await;
        window.goto(&address).await;
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(window.text("#said").await.as_deref(), Some("plain"));
        window.close().await;
    }
}
