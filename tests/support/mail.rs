//! The e-mails that left: `.eml` files in the data directory.

use std::path::Path;
use std::time::Duration;

use super::{Server, until};

/// One e-mail, its quoted-printable undone so that sentences and links can be found in it.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) text: String,
}

impl Server {
    /// All e-mails so far, oldest first.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails_since(std::time::UNIX_EPOCH)
    }

    fn mails_since(&self, moment: std::time::SystemTime) -> Vec<Mail> {
        let mut found = Vec::new();
        gather(self.data(), &mut found);
        found.retain(|(written, _)| *written >= moment);
        found.sort();
        found.into_iter().map(|(_, text)| Mail { text: unquoted(&text) }).collect()
    }

    /// Waits for an e-mail to `address` that has `words` in it. Letters that came with the demo's world lead elsewhere.
    pub(crate) async fn mail_to(&self, address: &str, words: &str) -> Mail {
        until(&format!("a mail to {address} with {words:?}"), Duration::from_secs(10), async || {
            let own = self.mails_since(self.begun()).into_iter();
            own.rev().find(|mail| mail.is_to(address) && mail.text.contains(words))
        })
        .await
    }
}

impl Mail {
    /// A mail as it travelled.
    pub(crate) fn read(raw: &str) -> Self {
        Self { text: unquoted(raw) }
    }

    pub(crate) fn is_to(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        let head = self.text.replace("\r\n", "\n").to_lowercase();
        let head = head.split("\n\n").next().unwrap_or_default().replace("\n ", " ");
        head.lines().any(|line| line.starts_with("to:") && line.contains(&address))
    }

    /// The first run of exactly six digits in the plain text: a code. (In the HTML it might be a colour.)
    pub(crate) fn code(&self) -> Option<String> {
        let text = self.text.replace("\r\n", "\n");
        let (_, body) = text.split_once("\n\n")?;
        let plain = body.split("text/html").next()?;
        plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
    }

    /// The first address that begins so.
    pub(crate) fn link(&self, start: &str) -> Option<String> {
        let rest = &self.text[self.text.find(start)?..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    }
}

fn gather(folder: &Path, found: &mut Vec<(std::time::SystemTime, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "eml") {
            let written = entry.metadata().and_then(|m| m.modified()).unwrap_or(std::time::UNIX_EPOCH);
            found.extend(std::fs::read_to_string(&path).ok().map(|text| (written, text)));
        }
    }
}

fn unquoted(text: &str) -> String {
    if !text.to_lowercase().contains("quoted-printable") {
        return text.to_owned();
    }
    let text = text.replace("=\r\n", "").replace("=\n", "");
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'=').and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[test]
fn a_mail_is_found_by_its_reader_and_read() {
    let raw = "To: Jeanne <Jeanne@example.com>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
               Votre code=C2=A0: 042 917 ou 042917.\r\nhttp://127.0.0.1:1/t#thr_1.long=\r\ntoken=3D \r\n";
    let mail = Mail { text: unquoted(raw) };
    assert!(mail.is_to("jeanne@example.com") && !mail.is_to("mia@example.com"));
    assert_eq!(mail.code().as_deref(), Some("042917"));
    assert_eq!(mail.link("http://127.0.0.1:1/t#").as_deref(), Some("http://127.0.0.1:1/t#thr_1.longtoken="));
    assert!(mail.text.contains("code\u{a0}:"));
}
