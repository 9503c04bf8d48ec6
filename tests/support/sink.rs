//! A mail server of our own on the loopback. It speaks the protocol, keeps what it is given, and can be told to refuse, to
//! put off, to hang or to hang up at any step. It is as careless as the most careless server: whatever could be taken for
//! the end of a message by one that reads line ends loosely is counted.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::mail::Mail;
use super::until;

/// What it does at a step.
#[derive(Debug, Clone)]
enum Whim {
    Answer(String),
    Hang,
    Cut,
}

/// A message as it was given.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) mail: Mail,
    pub(crate) raw: String,
}

impl Taken {
    /// A header's value, unfolded.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\r\n\r\n").next()?.replace("\r\n ", " ");
        let wanted = format!("{}:", name.to_lowercase());
        head.split("\r\n")
            .find(|line| line.to_lowercase().starts_with(&wanted))
            .map(|line| line[wanted.len()..].trim().to_owned())
    }
}

#[derive(Debug, Default)]
struct State {
    /// By verb; `.` is the end of the message.
    whims: BTreeMap<String, Whim>,
    /// Recipients that are refused, with the answer.
    refused: BTreeMap<String, String>,
    taken: Vec<Taken>,
    /// Attempts to name a recipient, answered in whatever way.
    asked: Vec<String>,
    smuggled: usize,
    closed: bool,
}

#[derive(Debug)]
pub(crate) struct Sink {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Sink {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let sink = Self { address, state: Arc::default() };
        sink.serve(listener);
        sink
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("the sink did not panic")
    }

    /// Answers a verb so (`RCPT`, `DATA`, `.` for the end of the message) until told to be well.
    pub(crate) fn answer(&self, verb: &str, answer: &str) {
        self.state().whims.insert(verb.to_owned(), Whim::Answer(answer.to_owned()));
    }

    /// Says nothing more once this verb comes.
    pub(crate) fn hang(&self, verb: &str) {
        self.state().whims.insert(verb.to_owned(), Whim::Hang);
    }

    /// Hangs up once this verb comes. At `.` the message is kept: its sender cannot know.
    pub(crate) fn cut(&self, verb: &str) {
        self.state().whims.insert(verb.to_owned(), Whim::Cut);
    }

    pub(crate) fn be_well(&self) {
        self.state().whims.clear();
    }

    /// Refuses a recipient so.
    pub(crate) fn refuse(&self, recipient: &str, answer: &str) {
        self.state().refused.insert(recipient.to_owned(), answer.to_owned());
    }

    /// Goes away: whoever knocks is turned off.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        // Wakes the listener so that it lets go of its port.
        drop(TcpStream::connect(self.address));
        std::thread::sleep(Duration::from_millis(100));
    }

    /// Comes back on the same port.
    pub(crate) fn open_again(&self) {
        self.state().closed = false;
        let listener = TcpListener::bind(self.address).expect("the same port");
        self.serve(listener);
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    pub(crate) fn taken_by(&self, address: &str) -> Vec<Taken> {
        self.taken().into_iter().filter(|taken| taken.to == address).collect()
    }

    /// How often somebody tried to write to this address.
    pub(crate) fn asked_for(&self, address: &str) -> usize {
        self.state().asked.iter().filter(|asked| *asked == address).count()
    }

    /// Ends of messages that a careless server would have seen before the end.
    pub(crate) fn smuggled(&self) -> usize {
        self.state().smuggled
    }

    /// Waits for a message to `address` with `words` in it.
    pub(crate) async fn mail_to(&self, address: &str, words: &str) -> Taken {
        until(&format!("a mail to {address} with {words:?}"), Duration::from_secs(15), async || {
            self.taken_by(address).into_iter().rev().find(|taken| taken.mail.text.contains(words))
        })
        .await
    }

    fn serve(&self, listener: TcpListener) {
        let state = Arc::clone(&self.state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if state.lock().expect("the sink did not panic").closed {
                    return;
                }
                let state = Arc::clone(&state);
                std::thread::spawn(move || Talk { state, stream, from: String::new(), to: String::new() }.hold());
            }
        });
    }
}

/// One connection.
struct Talk {
    state: Arc<Mutex<State>>,
    stream: TcpStream,
    from: String,
    to: String,
}

impl Talk {
    fn hold(mut self) -> Option<()> {
        let mut lines = BufReader::new(self.stream.try_clone().ok()?);
        self.say("220 sink.example ready")?;
        loop {
            let line = line(&mut lines)?;
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            let verb = text.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            if self.state.lock().ok()?.closed {
                return None;
            }
            if verb == "RCPT" {
                self.to = between(&text);
                self.state.lock().ok()?.asked.push(self.to.clone());
            }
            if self.humour(&verb)? {
                continue;
            }
            match verb.as_str() {
                "EHLO" => self.say("250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8")?,
                "MAIL" => {
                    self.from = between(&text);
                    self.say("250 2.1.0 fine")?;
                }
                "RCPT" => {
                    let refusal = self.state.lock().ok()?.refused.get(&self.to).cloned();
                    self.say(refusal.as_deref().unwrap_or("250 2.1.5 fine"))?;
                }
                "DATA" => {
                    self.say("354 go on")?;
                    self.message(&mut lines)?;
                }
                "NOOP" | "RSET" => self.say("250 2.0.0 fine")?,
                "QUIT" => {
                    self.say("221 2.0.0 bye")?;
                    return None;
                }
                _ => self.say("502 5.5.1 never heard of it")?,
            }
        }
    }

    /// Follows a whim, if there is one for this step.
    fn humour(&mut self, verb: &str) -> Option<bool> {
        let whim = self.state.lock().ok()?.whims.get(verb).cloned();
        match whim {
            None => Some(false),
            Some(Whim::Answer(answer)) => self.say(&answer).map(|()| true),
            Some(Whim::Hang) => {
                std::thread::sleep(Duration::from_secs(120));
                None
            }
            Some(Whim::Cut) => None,
        }
    }

    fn message(&mut self, lines: &mut impl BufRead) -> Option<()> {
        let mut raw = Vec::new();
        loop {
            let line = line(lines)?;
            if line == b".\r\n" {
                break;
            }
            let loose =
                line == b".\n" || !line.ends_with(b"\r\n") || line[..line.len().saturating_sub(2)].contains(&b'\r');
            self.state.lock().ok()?.smuggled += usize::from(loose);
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        let whim = self.state.lock().ok()?.whims.get(".").cloned();
        if !matches!(whim, Some(Whim::Answer(_) | Whim::Hang)) {
            let raw = String::from_utf8_lossy(&raw).into_owned();
            let taken = Taken { to: self.to.clone(), from: self.from.clone(), mail: Mail::read(&raw), raw };
            self.state.lock().ok()?.taken.push(taken);
        }
        if self.humour(".")? { Some(()) } else { self.say("250 2.0.0 taken") }
    }

    fn say(&mut self, words: &str) -> Option<()> {
        self.stream.write_all(format!("{words}\r\n").as_bytes()).ok()
    }
}

fn line(lines: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let read = lines.read_until(b'\n', &mut line).ok()?;
    (read > 0).then_some(line)
}

/// What stands between `<` and `>`.
fn between(text: &str) -> String {
    text.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(inside, _)| inside.to_owned())
        .unwrap_or_default()
}
