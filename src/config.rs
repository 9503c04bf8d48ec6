//! Every setting once: its name, its default, what it means. A bad one refuses to start and is named.
//! `.env.example` and docs/self-hosting.md say the same.

mod relay;

pub use relay::{Relay, Secrecy};

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::domain::threads::mailing::is_email;

/// Settings, from the environment or the command line.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// The data directory: database file, secret key, letters.
    #[arg(long, env = "COMPTOIR_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,

    /// Where the data is: `sqlite:<path>` or `postgres://...`. Without it, a file in the data directory.
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,

    /// Connections to PostgreSQL for reading, and as many for writing.
    #[arg(long, env = "COMPTOIR_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub connections: u32,

    /// The address people reach it under, such as `https://help.example.com`. Without it, what it listens on.
    #[arg(long, env = "PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// The address to listen on. Beyond loopback a PUBLIC_URL with https is needed.
    #[arg(long, env = "COMPTOIR_LISTEN", default_value = "127.0.0.1", value_name = "IP")]
    pub listen: IpAddr,

    /// The port to listen on; 0 takes a free one.
    #[arg(long, env = "COMPTOIR_PORT", default_value_t = 8080)]
    pub port: u16,

    /// The key that secrets are sealed with, instead of `secret.key` in the data directory (43 characters of URL-safe base64).
    #[arg(long, env = "COMPTOIR_SECRET_KEY", hide = true, hide_env_values = true)]
    pub secret_key: Option<String>,

    /// The mail server that letters are handed to: `smtps://user:password@host:465`, or `smtp://host:587?tls=required`.
    /// Without it they are written as files into the data directory.
    #[arg(long, env = "SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// The address letters come from, where the mail server takes no other. Without it, each shop's own.
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    /// Proxies whose `X-Forwarded-For` is believed, as IP addresses separated by commas. Without it, none.
    #[arg(long, env = "COMPTOIR_TRUSTED_PROXIES", value_name = "IP,IP")]
    pub trusted_proxies: Option<String>,

    /// Whether anyone may ask only so often. `off` is for trials on loopback.
    #[arg(long, env = "COMPTOIR_RATE_LIMITS", default_value = "on", value_parser = ["on", "off"], value_name = "on|off")]
    pub rate_limits: String,

    /// Moves the clock by so many seconds. For trials on loopback only.
    #[arg(
        long,
        env = "COMPTOIR_CLOCK_OFFSET",
        default_value_t = 0,
        allow_negative_numbers = true,
        value_name = "SECONDS"
    )]
    pub clock_offset: i64,

    /// A file whose content backups are encrypted with, 32 characters at least. Without it they are only checksummed.
    #[arg(long = "key-file", env = "COMPTOIR_BACKUP_KEY_FILE", value_name = "FILE")]
    pub backup_key_file: Option<PathBuf>,

    /// Whether a backup is made by itself before data of an older version is changed.
    #[arg(long, env = "COMPTOIR_UPGRADE_BACKUP", default_value = "on", value_parser = ["on", "off"], value_name = "on|off")]
    pub upgrade_backup: String,

    /// What is logged, such as `info` or `comptoir=debug`.
    #[arg(long, env = "COMPTOIR_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
}

impl Settings {
    /// Where the data is.
    pub fn database(&self) -> String {
        let file = || format!("sqlite:{}", self.data.join("comptoir.sqlite").display());
        set(self.database_url.as_ref()).map_or_else(file, str::to_owned)
    }

    /// Proxies whose word is taken for where a request comes from.
    ///
    /// # Errors
    /// Names what is no address.
    pub fn proxies(&self) -> Result<Vec<IpAddr>, String> {
        let listed = set(self.trusted_proxies.as_ref()).unwrap_or_default().split(',').map(str::trim);
        let parse = |text: &str| text.parse().map_err(|_| format!("COMPTOIR_TRUSTED_PROXIES: {text} is no IP address"));
        listed.filter(|text| !text.is_empty()).map(parse).collect()
    }

    /// The mail server; none when letters are files.
    ///
    /// # Errors
    /// Names what is wrong with it, without its password.
    pub fn relay(&self) -> Result<Option<Relay>, String> {
        set(self.smtp_url.as_ref()).map(Relay::parse).transpose()
    }

    /// The address that letters come from instead of the shop's.
    ///
    /// # Errors
    /// When it is no address.
    pub fn mail_from(&self) -> Result<Option<String>, String> {
        match set(self.mail_from.as_ref()) {
            Some(text) if !is_email(text) => Err(format!("MAIL_FROM: {text} is no e-mail address")),
            address => Ok(address.map(str::to_owned)),
        }
    }

    /// The file with the key of backups.
    pub fn backup_key_file(&self) -> Option<&Path> {
        self.backup_key_file.as_deref().filter(|path| !path.as_os_str().is_empty())
    }

    /// Whether a backup is made before an upgrade.
    pub fn upgrade_backup(&self) -> bool {
        self.upgrade_backup == "on"
    }

    /// The secret key of the environment.
    pub fn secret_key(&self) -> Option<&str> {
        set(self.secret_key.as_ref())
    }

    /// The address people reach it under, once it listens on `port`.
    ///
    /// # Errors
    /// In plain words: an address that is none, plain http beyond loopback, a trial's setting outside a trial.
    pub fn base_url(&self, port: u16) -> Result<BaseUrl, String> {
        let here = if self.listen.is_ipv6() {
            format!("http://[{}]:{port}", self.listen)
        } else {
            format!("http://{}:{port}", self.listen)
        };
        let base: BaseUrl = BaseUrl::parse(set(self.public_url.as_ref()).unwrap_or(&here))?;
        if self.clock_offset != 0 && !base.is_loopback() {
            return Err("COMPTOIR_CLOCK_OFFSET is for trials on a loopback address only".to_owned());
        }
        if self.rate_limits == "off" && !base.is_loopback() {
            return Err("COMPTOIR_RATE_LIMITS=off is for trials on a loopback address only".to_owned());
        }
        Ok(base)
    }
}

/// A setting that is there and empty, as compose files leave them, is not set.
fn set(value: Option<&String>) -> Option<&str> {
    value.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The address people reach the installation under: a scheme and a host, nothing after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    host: String,
}

impl BaseUrl {
    /// # Errors
    /// Names what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches('/');
        let (scheme, host) =
            text.split_once("://").ok_or("PUBLIC_URL must begin with https:// (or http:// on loopback)")?;
        if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
            return Err("PUBLIC_URL must be a scheme and a host, such as https://help.example.com".to_owned());
        }
        let base = Self { text: text.to_owned(), host: host.to_lowercase() };
        match scheme {
            "https" => Ok(base),
            "http" if base.is_loopback() => Ok(base),
            "http" => Err("PUBLIC_URL must be https: plain http is for loopback only".to_owned()),
            _ => Err("PUBLIC_URL must begin with https:// (or http:// on loopback)".to_owned()),
        }
    }

    /// Without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and port as a browser sends them in `Host`.
    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https://")
    }

    pub fn is_loopback(&self) -> bool {
        let bare = self.host.rsplit_once(':').map_or(self.host.as_str(), |(host, port)| {
            if port.bytes().all(|b| b.is_ascii_digit()) { host } else { self.host.as_str() }
        });
        bare == "localhost" || bare.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        settings: Settings,
    }

    fn settings(words: &[&str]) -> Settings {
        <Line as clap::Parser>::parse_from([&["comptoir"], words].concat()).settings
    }

    #[test]
    fn what_is_for_trials_is_refused_beyond_loopback() {
        let public = ["--public-url", "https://help.example.com"];
        assert!(settings(&public).base_url(8080).is_ok());
        assert!(settings(&["--clock-offset", "172800"]).base_url(8080).is_ok());
        for trial in [["--clock-offset", "-60"], ["--rate-limits", "off"]] {
            assert!(settings(&trial).base_url(8080).is_ok());
            assert!(settings(&[public, trial].concat()).base_url(8080).is_err(), "{trial:?}");
        }
    }

    #[test]
    fn an_empty_setting_is_none() {
        let empty = settings(&["--public-url", "", "--trusted-proxies", " ", "--database-url", ""]);
        assert_eq!(empty.base_url(8080).unwrap().as_str(), "http://127.0.0.1:8080");
        assert_eq!(empty.proxies(), Ok(vec![]));
        assert!(empty.database().starts_with("sqlite:"));
        assert_eq!(settings(&["--trusted-proxies", "10.0.0.1, ::1"]).proxies().unwrap().len(), 2);
        let mail = settings(&["--smtp-url", "", "--mail-from", " "]);
        assert_eq!((mail.relay(), mail.mail_from()), (Ok(None), Ok(None)));
        assert!(settings(&["--mail-from", "nobody"]).mail_from().unwrap_err().starts_with("MAIL_FROM"));
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        assert!(BaseUrl::parse("https://help.example.com/").is_ok());
        assert!(BaseUrl::parse("http://127.0.0.1:8080").is_ok());
        assert!(BaseUrl::parse("http://localhost").is_ok());
        assert!(BaseUrl::parse("http://[::1]:8080").is_ok());
        assert!(BaseUrl::parse("http://help.example.com").is_err());
        assert!(BaseUrl::parse("https://help.example.com/path").is_err());
        assert!(BaseUrl::parse("ftp://127.0.0.1").is_err());
        assert!(BaseUrl::parse("help.example.com").is_err());
    }
}
