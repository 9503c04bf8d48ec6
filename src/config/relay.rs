//! The mail server that letters are handed to, as `SMTP_URL` names it. What is wrong with it is said without repeating it:
//! there is a password in it.

use std::{fmt, net::IpAddr};

/// How the way to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// TLS from the first byte (`smtps://`).
    Wrapped,
    /// TLS after a greeting, and nothing is said without it (`?tls=required`).
    Upgraded,
    /// None: on the loopback only.
    None,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub secrecy: Secrecy,
    /// User and password.
    pub sign_in: Option<(String, String)>,
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.secrecy)
    }
}

impl Relay {
    /// Whether it is on this machine: what a trial may write to.
    pub fn is_near(&self) -> bool {
        is_loopback(&self.host)
    }

    /// # Errors
    /// Names what is wrong, without the words of the address.
    pub fn parse(url: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("SMTP_URL {what}"));
        let Some((scheme, rest)) = url.split_once("://") else {
            return wrong("must begin with smtps:// (or smtp://)");
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.trim_end_matches('/');
        let (sign_in, place) = match rest.rsplit_once('@') {
            Some((sign_in, place)) => (Some(user_and_password(sign_in)?), place),
            None => (None, rest),
        };
        let secrecy = match (scheme, query) {
            ("smtps", "") => Secrecy::Wrapped,
            ("smtp", "tls=required") => Secrecy::Upgraded,
            ("smtp", "") => Secrecy::None,
            ("smtp" | "smtps", _) => return wrong("knows only ?tls=required after smtp://"),
            _ => return wrong("must begin with smtps:// (or smtp://)"),
        };
        let (host, port) = host_and_port(place)?;
        let usual = if secrecy == Secrecy::Wrapped { 465 } else { 587 };
        if secrecy == Secrecy::None && !is_loopback(&host) {
            return wrong("without TLS is for a mail server on the loopback only: use smtps://, or ?tls=required");
        }
        Ok(Self { host, port: port.unwrap_or(usual), secrecy, sign_in })
    }
}

fn host_and_port(place: &str) -> Result<(String, Option<u16>), String> {
    let bare = place.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, port) = match bare {
        Some((host, rest)) => (host, rest.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
    if host.is_empty() || !host.chars().all(fits) {
        return Err("SMTP_URL must name a host, such as smtps://user:password@mail.example.com:465".to_owned());
    }
    let port = port.map(|port| port.parse().ok().filter(|port| *port > 0).ok_or("SMTP_URL has a port that is none"));
    Ok((host.to_owned(), port.transpose()?))
}

fn user_and_password(text: &str) -> Result<(String, String), String> {
    let Some((user, password)) = text.split_once(':') else {
        return Err("SMTP_URL names a user without a password: write user:password before the @".to_owned());
    };
    Ok((unescaped(user)?, unescaped(password)?))
}

/// `%40` is an `@`.
fn unescaped(text: &str) -> Result<String, String> {
    let wrong = || "SMTP_URL has a user or password that cannot be read: write %25 for %, %40 for @".to_owned();
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte.unwrap_or_default()).to_digit(16).ok_or_else(wrong);
            let code = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(code).map_err(|_| wrong())?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| wrong())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_named_by_one_address() {
        let relay = Relay::parse("smtps://shop%40example.com:p%3Aw%25d@mail.example.com").unwrap();
        assert_eq!((relay.host.as_str(), relay.port, relay.secrecy), ("mail.example.com", 465, Secrecy::Wrapped));
        assert_eq!(relay.sign_in, Some(("shop@example.com".to_owned(), "p:w%d".to_owned())));
        let relay = Relay::parse("smtp://mail.example.com:2525?tls=required").unwrap();
        assert_eq!((relay.port, relay.secrecy, relay.sign_in), (2525, Secrecy::Upgraded, None));
        assert_eq!(Relay::parse("smtp://mail.example.com/?tls=required").unwrap().port, 587);
        assert_eq!(Relay::parse("smtp://127.0.0.1:25").unwrap().secrecy, Secrecy::None);
        assert_eq!(Relay::parse("smtp://[::1]:25").unwrap().host, "::1");
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        let wrong = [
            "mail.example.com",
            "http://u:s3cret@mail.example.com",
            "smtp://u:s3cret@mail.example.com",
            "smtp://u:s3cret@10.0.0.2:25",
            "smtps://u:s3cret@mail.example.com:0",
            "smtps://u:s3cret@:465",
            "smtps://u:s3cret@mail.example.com:port",
            "smtps://u:s3cret%zz@mail.example.com",
            "smtps://s3cret@mail.example.com",
            "smtps://u:s3cret@mail.example.com?tls=off",
            "smtp://u:s3cret@mail.example.com?tls=opportunistic",
            "smtps://u:s3cret@mail example.com",
            "smtps://",
        ];
        for url in wrong {
            let said = Relay::parse(url).unwrap_err();
            assert!(said.starts_with("SMTP_URL") && !said.contains("s3cret"), "{url}: {said}");
        }
        let relay = Relay::parse("smtps://user:s3cret@mail.example.com").unwrap();
        assert!(!format!("{relay:?}").contains("s3cret"));
    }
}
