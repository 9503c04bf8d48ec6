//! The way to the mail server. Each step of handing a letter over is taken here rather than by a ready-made transport,
//! because whose fault a refusal is depends on the step: a refused sign-in is ours to mend and is tried again, a refused
//! recipient is an address that takes no letters.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{Data, Mail, Quit, Rcpt, Rset},
    extension::{ClientId, Extension, MailParameter},
};
use tokio::time::timeout;

use super::email::{Sealed, Unsent};
use crate::{
    config::{BaseUrl, Relay, Secrecy},
    domain::threads::mailing::Refusal,
};

/// Reaching the server.
const CONNECT: Duration = Duration::from_secs(10);
/// A whole attempt; shorter than the lease of a delivery.
const ATTEMPT: Duration = Duration::from_secs(60);
/// A connection that nobody used for so long is closed: servers hang up on idle ones.
const IDLE: Duration = Duration::from_secs(20);
/// Connections kept for the next letter.
const KEPT: usize = 6;
/// What is kept of a server's words.
const MAX_WORDS: usize = 300;

/// Carries letters to the mail server.
pub struct Carrier {
    relay: Relay,
    hello: ClientId,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Carrier {
    /// # Errors
    /// In plain words, when there can be no TLS to this server.
    pub fn new(relay: &Relay, base: &BaseUrl) -> Result<Self, String> {
        let tls = match relay.secrecy {
            Secrecy::None => None,
            Secrecy::Wrapped | Secrecy::Upgraded => {
                let tls = TlsParameters::new_rustls(relay.host.clone());
                Some(tls.map_err(|error| format!("SMTP_URL: no TLS to {}: {error}", relay.host))?)
            }
        };
        Ok(Self { relay: relay.clone(), hello: hello(base), tls, idle: Mutex::default() })
    }

    /// Signs in and leaves again.
    ///
    /// # Errors
    /// In the words of who does not let us in.
    pub async fn greet(&self) -> Result<(), String> {
        let mut server = self.connect().await.map_err(|error| error.to_string())?;
        // Whether it hears the farewell does not matter.
        let _ = timeout(Duration::from_secs(1), server.command(Quit)).await;
        Ok(())
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// When it was not taken, or not within the time of an attempt.
    pub async fn send(&self, letter: &Sealed) -> Result<(), Unsent> {
        let late = || Err(Unsent::ForNow("the mail server did not answer in time".to_owned()));
        timeout(ATTEMPT, self.carry(letter)).await.unwrap_or_else(|_| late())
    }

    async fn carry(&self, letter: &Sealed) -> Result<(), Unsent> {
        let mut server = self.connection().await?;
        let done = hand_over(&mut server, letter).await;
        match &done {
            Ok(()) => self.keep(server),
            // The server is well, it only does not take this letter.
            Err(Unsent::Refused(..)) => {
                if server.command(Rset).await.is_ok() {
                    self.keep(server);
                }
            }
            Err(Unsent::ForNow(_)) => {
                // Whether it hears the farewell does not matter.
                let _ = timeout(Duration::from_secs(1), server.command(Quit)).await;
            }
        }
        done
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, Unsent> {
        while let Some(mut server) = self.kept() {
            if timeout(CONNECT, server.test_connected()).await.unwrap_or(false) {
                return Ok(server);
            }
        }
        self.connect().await.map_err(|error| Unsent::ForNow(format!("the mail server: {error}")))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let place = (self.relay.host.as_str(), self.relay.port);
        let wrapped = self.tls.clone().filter(|_| self.relay.secrecy == Secrecy::Wrapped);
        let mut server = AsyncSmtpConnection::connect_tokio1(place, Some(CONNECT), &self.hello, wrapped, None).await?;
        if let Some(tls) = self.tls.clone().filter(|_| self.relay.secrecy == Secrecy::Upgraded) {
            server.starttls(tls, &self.hello).await?;
        }
        if let Some((user, password)) = self.relay.sign_in.clone() {
            server.auth(&[Mechanism::Plain, Mechanism::Login], &Credentials::new(user, password)).await?;
        }
        Ok(server)
    }

    fn kept(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < IDLE);
        idle.pop().map(|(server, _)| server)
    }

    fn keep(&self, server: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push((server, Instant::now()));
        }
    }
}

/// How we introduce ourselves: by the host people reach us under.
fn hello(base: &BaseUrl) -> ClientId {
    let host = base.host();
    let host = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |h| h.0);
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ClientId::Ipv4(ip),
        Ok(IpAddr::V6(ip)) => ClientId::Ipv6(ip),
        Err(_) => ClientId::Domain(host.to_owned()),
    }
}

async fn hand_over(server: &mut AsyncSmtpConnection, letter: &Sealed) -> Result<(), Unsent> {
    let mut options = Vec::new();
    if !letter.bytes.is_ascii() || !letter.to.to_string().is_ascii() || !letter.from.to_string().is_ascii() {
        if !server.server_info().supports_feature(Extension::SmtpUtfEight) {
            let words = "the mail server takes only addresses in plain letters";
            return Err(Unsent::Refused(Refusal::Other, words.to_owned()));
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let of_ours = |error: &SmtpError| Unsent::ForNow(words(error, letter));
    let of_theirs = |error: &SmtpError| match error.status() {
        Some(code) if error.is_permanent() => {
            let words = words(error, letter);
            Unsent::Refused(reason(&code.to_string(), &words), words)
        }
        _ => Unsent::ForNow(words(error, letter)),
    };
    server.command(Mail::new(Some(letter.from.clone()), options)).await.map_err(|error| of_ours(&error))?;
    server.command(Rcpt::new(letter.to.clone(), Vec::new())).await.map_err(|error| of_theirs(&error))?;
    server.command(Data).await.map_err(|error| of_ours(&error))?;
    server.message(&letter.bytes).await.map_err(|error| of_theirs(&error))?;
    Ok(())
}

/// The server's words, without the address they are about.
fn words(error: &SmtpError, letter: &Sealed) -> String {
    let said = error.to_string().replace(&letter.to.to_string(), "…");
    let user = letter.to.user();
    // A short one may stand in any word.
    let said = if user.len() > 3 { said.replace(user, "…") } else { said };
    said.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_WORDS).collect()
}

/// What a permanent refusal means, by its enhanced status code (RFC 3463) where there is one.
fn reason(code: &str, words: &str) -> Refusal {
    let enhanced = words.split(|c: char| !c.is_ascii_digit() && c != '.').find(|word| {
        word.split('.').count() == 3 && word.starts_with("5.") && word.split('.').all(|part| !part.is_empty())
    });
    let enhanced = enhanced.and_then(|word| word.strip_prefix("5.")).unwrap_or_default();
    match (enhanced, code) {
        ("1.0" | "1.1" | "1.6" | "1.10", _) => Refusal::Unknown,
        ("1.2" | "4.4", _) => Refusal::Domain,
        ("1.3", _) => Refusal::Malformed,
        ("2.1", _) => Refusal::Disabled,
        ("2.2", _) => Refusal::Full,
        (class, _) if class.starts_with("7.") => Refusal::Policy,
        ("", "550" | "551" | "553") => Refusal::Unknown,
        ("", "552") => Refusal::Full,
        ("", "521" | "556") => Refusal::Domain,
        ("", "554") => Refusal::Policy,
        _ => Refusal::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_by_its_code() {
        let cases = [
            ("550", "permanent error (550): 5.1.1 <…>: user unknown", Refusal::Unknown),
            ("550", "permanent error (550): No such user here", Refusal::Unknown),
            ("550", "permanent error (550): 5.1.2 bad destination", Refusal::Domain),
            ("556", "permanent error (556): takes no mail", Refusal::Domain),
            ("553", "permanent error (553): 5.1.3 syntax", Refusal::Malformed),
            ("550", "permanent error (550): 5.2.1 mailbox disabled", Refusal::Disabled),
            ("552", "permanent error (552): 5.2.2 over quota", Refusal::Full),
            ("554", "permanent error (554): 5.7.1 relay access denied", Refusal::Policy),
            ("550", "permanent error (550): 5.7.26 from 192.0.2.7 without SPF", Refusal::Policy),
            ("550", "permanent error (550): 5.4.6 loop", Refusal::Other),
        ];
        for (code, words, expected) in cases {
            assert_eq!(reason(code, words), expected, "{words}");
        }
    }

    #[test]
    fn we_introduce_ourselves_by_our_public_name() {
        let named = |url| hello(&BaseUrl::parse(url).unwrap()).to_string();
        assert_eq!(named("https://help.example.com"), "help.example.com");
        assert_eq!(named("http://127.0.0.1:8080"), "[127.0.0.1]");
        assert_eq!(named("http://localhost:8080"), "localhost");
    }
}
