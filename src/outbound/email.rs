//! E-mail: a letter in its envelope, written as an `.eml` file into the data directory. One delivery is one file, named
//! after it, so an attempt that is made twice leaves one letter.

use std::{
    fs,
    path::{Path, PathBuf},
};

use lettre::{
    Message,
    message::{Mailbox, MultiPart},
};

use super::letters::Written;
use crate::ids::DeliveryId;

/// Who writes to whom.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub from_name: String,
    pub from: String,
    pub to_name: Option<String>,
    pub to: String,
}

/// Why a letter cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// Never: the address is none.
    ForGood(String),
    /// Perhaps later.
    ForNow(String),
}

/// Writes the letter into `folder`; an existing file of the same delivery is replaced.
///
/// # Errors
/// When an address is none, or the file cannot be written.
pub fn send(folder: &Path, id: DeliveryId, envelope: &Envelope, letter: &Written) -> Result<PathBuf, Unsent> {
    let message = message(id, envelope, letter)?;
    let path = folder.join(format!("{id}.eml"));
    let beside = folder.join(format!("{id}.tmp"));
    let written = fs::write(&beside, message.formatted()).and_then(|()| {
        fs::File::open(&beside)?.sync_all()?;
        fs::rename(&beside, &path)
    });
    written.map_err(|error| Unsent::ForNow(format!("the letter could not be written: {error}")))?;
    Ok(path)
}

fn message(id: DeliveryId, envelope: &Envelope, letter: &Written) -> Result<Message, Unsent> {
    let address = |name: Option<&str>, address: &str| {
        let parsed = address.parse().map_err(|_| Unsent::ForGood(format!("not an e-mail address: {address}")))?;
        Ok(Mailbox::new(name.map(one_line), parsed))
    };
    let domain = envelope.from.rsplit('@').next().unwrap_or("localhost");
    // Bodies are whole strings that lettre encodes, without a carriage return of their own: a bare one could end the
    // message early on its way through an older server (RUSTSEC-2026-0561).
    let body = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    Message::builder()
        .from(address(Some(&envelope.from_name), &envelope.from)?)
        .to(address(envelope.to_name.as_deref(), &envelope.to)?)
        .subject(one_line(&letter.subject))
        .message_id(Some(format!("<{id}@{domain}>")))
        .multipart(MultiPart::alternative_plain_html(body(&letter.text), body(&letter.html)))
        .map_err(|error| Unsent::ForGood(format!("the letter cannot be put together: {error}")))
}

/// Header text is one line without control characters.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Written {
        Written {
            subject: "Hello\r\nBcc: all@example.com".into(),
            html: "<p>Hi</p>".into(),
            text: "Hi\r.\rthere".into(),
        }
    }

    #[test]
    fn a_header_cannot_be_smuggled_in_and_a_letter_is_one_file() {
        let folder = std::env::temp_dir().join(format!("comptoir-mail-{}", crate::secrets::token()));
        fs::create_dir_all(&folder).unwrap();
        let envelope = Envelope {
            from_name: "Maison\r\nX: y".into(),
            from: "hello@calanque.example".into(),
            to_name: None,
            to: "camille@example.com".into(),
        };
        let id = DeliveryId::from_bytes([7; 16]);
        send(&folder, id, &envelope, &letter()).unwrap();
        let path = send(&folder, id, &envelope, &letter()).unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("X:")), "{text}");
        assert!(text.contains(&format!("<{id}@calanque.example>")));
        // The two bodies are told apart by one content type alone.
        let head = text.split("\r\n\r\n").next().unwrap();
        assert_eq!(head.matches("Content-Type:").count(), 1, "{head}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let nobody = Envelope { to: "nobody".into(), ..envelope };
        assert!(matches!(send(&folder, id, &nobody, &letter()), Err(Unsent::ForGood(_))));
        fs::remove_dir_all(&folder).unwrap();
    }
}
