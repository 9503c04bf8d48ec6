//! `comptoir doctor`: looks over everything a server needs and says, line by line, what is well, what is odd, and what must be
//! mended and how. It changes nothing, and may run while the server does.

use std::{fmt, net::TcpStream, net::ToSocketAddrs, path::Path, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    config::{BaseUrl, Settings},
    domain::{
        audit::{self, Checked},
        deliveries::holding,
        installation,
    },
    error::Error,
    outbound::smtp::Carrier,
    secrets::Keys,
    store::{
        Clock,
        checkup::{self, Found},
        migrations::Age,
    },
};

/// Less room than this on the disk is odd, a tenth of it must be mended: SQLite needs some for every change.
const ROOM: u64 = 1024 * 1024 * 1024;
/// A backup that is older is odd.
const OLD: TimeDelta = TimeDelta::days(2);
/// How far two clocks may be apart before codes and links suffer.
const APART: TimeDelta = TimeDelta::seconds(5);
/// How long the public address may take to answer.
const REACH: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Well,
    /// It works, and may not be what was meant.
    Odd,
    Bad,
}

/// What was found of one thing.
#[derive(Debug)]
pub struct Finding {
    pub state: State,
    pub what: &'static str,
    pub says: String,
    /// What to do about it.
    pub cure: Option<String>,
}

impl Finding {
    fn well(what: &'static str, says: impl Into<String>) -> Self {
        Self { state: State::Well, what, says: says.into(), cure: None }
    }

    fn odd(what: &'static str, says: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Odd, what, says: says.into(), cure: Some(cure.into()) }
    }

    fn bad(what: &'static str, says: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { state: State::Bad, what, says: says.into(), cure: Some(cure.into()) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.state {
            State::Well => "ok  ",
            State::Odd => "odd ",
            State::Bad => "BAD ",
        };
        write!(f, "{sign} {:<10} {}", self.what, self.says)?;
        self.cure.iter().try_for_each(|cure| write!(f, "\n                {cure}"))
    }
}

/// Everything, in the order in which it is needed.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let base = settings.base_url(settings.port);
    let mut findings = vec![address(&base), proxies(settings, &base)];
    findings.push(data(&settings.data));
    findings.push(room(&settings.data));
    let (database, mut found) = database(settings);
    findings.push(database);
    findings.extend(found.as_ref().map(schema));
    findings.extend(found.as_mut().filter(|found| found.age == Age::Same).map(backup));
    findings.extend(found.as_mut().filter(|found| found.age == Age::Same).and_then(deliveries));
    findings.extend(found.as_mut().filter(|found| found.age == Age::Same).map(log));
    findings.push(clock(settings, found.as_ref().and_then(|found| found.clock)));
    findings.push(key(settings, found));
    findings.push(mail(settings, base.as_ref().ok()).await);
    findings.extend(base.as_ref().ok().map(reached));
    findings
}

fn address(base: &Result<BaseUrl, String>) -> Finding {
    match base {
        Err(why) => Finding::bad("address", why, "see PUBLIC_URL in docs/self-hosting.md"),
        Ok(base) if base.is_loopback() => Finding::odd(
            "address",
            format!("{base}, which only this machine reaches"),
            "set PUBLIC_URL to the https address that people use",
        ),
        Ok(base) => Finding::well("address", base.to_string()),
    }
}

fn proxies(settings: &Settings, base: &Result<BaseUrl, String>) -> Finding {
    let behind = base.as_ref().is_ok_and(BaseUrl::is_secure);
    match settings.proxies() {
        Err(why) => Finding::bad("proxies", why, "write IP addresses with commas between them"),
        Ok(proxies) if proxies.is_empty() && behind => Finding::odd(
            "proxies",
            "none is trusted, so everybody seems to come from the proxy",
            "set COMPTOIR_TRUSTED_PROXIES to the address of the proxy that ends TLS",
        ),
        Ok(proxies) => Finding::well("proxies", format!("{} trusted", proxies.len())),
    }
}

fn data(data: &Path) -> Finding {
    let shown = data.display();
    let Ok(about) = std::fs::metadata(data) else {
        return Finding::odd("data", format!("{shown} is not there yet"), "it is made at the first start");
    };
    if !about.is_dir() {
        return Finding::bad("data", format!("{shown} is no directory"), "name a directory with COMPTOIR_DATA");
    }
    match rustix::fs::access(data, rustix::fs::Access::READ_OK | rustix::fs::Access::WRITE_OK) {
        Err(error) => Finding::bad(
            "data",
            format!("{shown} cannot be written to: {error}"),
            "give it to the user that Comptoir runs as",
        ),
        Ok(()) => Finding::well("data", shown.to_string()),
    }
}

fn room(data: &Path) -> Finding {
    // The nearest directory that is there says which disk it is.
    let Some(disk) = data.ancestors().find(|path| path.exists()).or(Some(Path::new("."))) else {
        return Finding::odd("disk", "cannot be looked at", "");
    };
    let about = match rustix::fs::statvfs(if disk.as_os_str().is_empty() { Path::new(".") } else { disk }) {
        Ok(about) => about,
        Err(error) => return Finding::odd("disk", format!("its room cannot be told: {error}"), "look with df"),
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let says = format!("{} free", size(free));
    match free {
        ..=107_374_182 => Finding::bad("disk", says, "make room: changes are refused while the disk is full"),
        _ if free < ROOM => Finding::odd("disk", says, "make room before it is full"),
        _ => Finding::well("disk", says),
    }
}

fn database(settings: &Settings) -> (Finding, Option<Found>) {
    match checkup::look(&settings.database()) {
        Err(error) => {
            let (why, cure) = (in_words(&error), "see DATABASE_URL in docs/self-hosting.md");
            (Finding::bad("database", why, cure), None)
        }
        Ok(None) => {
            (Finding::odd("database", "there is none yet", "it is made at the first start: comptoir serve"), None)
        }
        Ok(Some(found)) => {
            let says = format!("{}, {}", found.engine, size(u64::try_from(found.bytes).unwrap_or_default()));
            let finding = match found.complaints.as_slice() {
                [] => Finding::well("database", says),
                complaints => Finding::bad(
                    "database",
                    format!("{says}, damaged: {}", complaints.join("; ")),
                    "stop the server, keep a copy of the file, restore the newest backup that is whole",
                ),
            };
            (finding, Some(found))
        }
    }
}

fn schema(found: &Found) -> Finding {
    match &found.age {
        Age::Same => Finding::well("schema", "as this version wants it"),
        Age::Older(to_come) => Finding::odd(
            "schema",
            format!("{to_come} migrations to come"),
            "make a backup; they are made at the next start, or by comptoir migrate",
        ),
        Age::Newer(name) => Finding::bad(
            "schema",
            format!("written by a newer version of Comptoir ({name})"),
            "start that version, or restore the backup made before it",
        ),
    }
}

fn backup(found: &mut Found) -> Finding {
    let cure = "run comptoir backup every day, and take its files to another machine";
    match installation::last_backup(&mut found.conn) {
        Err(error) => Finding::bad("backup", in_words(&error), cure),
        Ok(None) => Finding::odd("backup", "none was made by comptoir backup yet", cure),
        Ok(Some(at)) => {
            let age = Clock::default().now() - at;
            let says = format!("the last is of {}", at.format("%Y-%m-%d %H:%M UTC"));
            if age > OLD { Finding::odd("backup", says, cure) } else { Finding::well("backup", says) }
        }
    }
}

/// The audit logs of all merchants, entry by entry.
fn log(found: &mut Found) -> Finding {
    let cure = "somebody wrote to the database past Comptoir: find out who may, and keep a copy of it as it is";
    match audit::verify_all(&mut found.conn) {
        Err(error) => Finding::bad("audit log", in_words(&error), ""),
        Ok(Checked { broken: Some((merchant, entry)), .. }) => {
            Finding::bad("audit log", format!("entry {entry} of {merchant} was changed, or is missing"), cure)
        }
        Ok(Checked { entries, .. }) => Finding::well("audit log", format!("{entries} entries, as they were written")),
    }
}

/// Only something to say while they are held.
fn deliveries(found: &mut Found) -> Option<Finding> {
    let hold = match installation::held(&mut found.conn) {
        Ok(hold) => hold?,
        Err(error) => return Some(Finding::bad("deliveries", in_words(&error), "")),
    };
    let count = holding::count(&mut found.conn).unwrap_or_default();
    let since = hold.since.utc().format("%Y-%m-%d %H:%M UTC");
    Some(Finding::odd(
        "deliveries",
        format!("held since {since}, as the data was {}; {count} wait", hold.why),
        "look at them and let them go: comptoir resume",
    ))
}

fn clock(settings: &Settings, of_database: Option<DateTime<Utc>>) -> Finding {
    if settings.clock_offset != 0 {
        let says = format!("moved by {} seconds", settings.clock_offset);
        return Finding::odd("clock", says, "COMPTOIR_CLOCK_OFFSET is for trials");
    }
    let now = Clock::default().now();
    let apart = of_database.map(|theirs| (now - theirs).abs());
    match apart.filter(|apart| *apart > APART) {
        Some(apart) => Finding::bad(
            "clock",
            format!("{} seconds from the database's", apart.num_seconds()),
            "let both machines set their clocks by NTP: codes and links last only so long",
        ),
        None => Finding::well("clock", now.format("%Y-%m-%d %H:%M:%S UTC").to_string()),
    }
}

fn key(settings: &Settings, found: Option<Found>) -> Finding {
    let cure = "put the right secret.key into the data directory, or set COMPTOIR_SECRET_KEY";
    if !Keys::are_there(&settings.data, settings.secret_key()) {
        return match found {
            Some(_) => Finding::bad("key", "the secret key is missing, and there is data written with one", cure),
            None => Finding::odd(
                "key",
                "there is none yet",
                "it is made at the first start; keep a copy apart from backups",
            ),
        };
    }
    let keys = match Keys::load(&settings.data, settings.secret_key()) {
        Ok(keys) => keys,
        Err(why) => return Finding::bad("key", why, cure),
    };
    // A database without its tables has nothing to compare with.
    let fits =
        found.filter(|found| found.age == Age::Same).map(|mut found| installation::key_fits(&mut found.conn, &keys));
    match fits {
        Some(Ok(Some(false))) => Finding::bad("key", "is not the one this database was written with", cure),
        Some(Err(error)) => Finding::bad("key", in_words(&error), cure),
        Some(Ok(Some(true))) => Finding::well("key", "the one this database was written with"),
        Some(Ok(None)) | None => Finding::well("key", "is there"),
    }
}

async fn mail(settings: &Settings, base: Option<&BaseUrl>) -> Finding {
    let cure = "see SMTP_URL in docs/self-hosting.md";
    if let Err(why) = settings.mail_from() {
        return Finding::bad("mail", why, cure);
    }
    let (relay, base) = match (settings.relay(), base) {
        (Err(why), _) => return Finding::bad("mail", why, cure),
        (Ok(None), _) => return Finding::odd("mail", "letters are written as files, nobody gets them", cure),
        (Ok(Some(_)), None) => return Finding::odd("mail", "not tried without an address", "mend the address first"),
        (Ok(Some(relay)), Some(base)) => (relay, base),
    };
    let place = format!("{}:{}", relay.host, relay.port);
    let greeted = match Carrier::new(&relay, base) {
        Ok(carrier) => carrier.greet().await,
        Err(why) => Err(why),
    };
    match greeted {
        Ok(()) => Finding::well("mail", format!("{place} lets us in")),
        Err(why) => Finding::bad("mail", format!("{place}: {why}"), cure),
    }
}

/// Whether somebody answers at the public address. Who that is cannot be told from here.
fn reached(base: &BaseUrl) -> Finding {
    let place = match base.host().rsplit_once(':') {
        Some((_, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => base.host().to_owned(),
        _ => format!("{}:{}", base.host(), if base.is_secure() { 443 } else { 80 }),
    };
    let addresses = match place.to_socket_addrs() {
        Ok(addresses) => addresses,
        Err(error) => {
            return Finding::bad(
                "reached",
                format!("{place}: {error}"),
                "make the name point to this machine or its proxy",
            );
        }
    };
    let answers = addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, REACH).is_ok());
    match answers {
        true => Finding::well("reached", format!("somebody answers at {place}")),
        false => Finding::odd(
            "reached",
            format!("nobody answers at {place}"),
            "start the server; look at the proxy and the firewall",
        ),
    }
}

fn in_words(error: &Error) -> String {
    match error {
        Error::Internal(words) => words.clone(),
        other => other.to_string(),
    }
}

/// `1.4 GB`.
fn size(bytes: u64) -> String {
    let mut units = ["B", "kB", "MB", "GB", "TB"].iter();
    let (mut amount, mut unit) = (bytes, units.next().copied().unwrap_or_default());
    let mut tenths = 0;
    for next in units {
        if amount < 1_000 {
            break;
        }
        (tenths, amount, unit) = (amount % 1_000 / 100, amount / 1_000, next);
    }
    if unit == "B" { format!("{amount} B") } else { format!("{amount}.{tenths} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        for (bytes, text) in
            [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_450_000, "1.4 MB"), (107_374_182_400, "107.3 GB")]
        {
            assert_eq!(size(bytes), text);
        }
    }
}
