//! E-mail: a letter in its envelope, ready to be sent by [`super::smtp`] or written as an `.eml` file into the data
//! directory. One delivery is one file, and one `Message-ID` however often it is attempted.

use std::{fs, path::Path, time::SystemTime};

use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::letters::Written;
use crate::{
    domain::threads::mailing::Refusal,
    ids::{DeliveryId, ThreadId},
};

/// Who writes to whom, about what.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub from_name: String,
    pub from: String,
    /// Where answers go, when that is not where it comes from.
    pub reply_to: Option<String>,
    pub to_name: Option<String>,
    pub to: String,
    /// Letters of one thread gather in the reader's mailbox.
    pub thread: Option<ThreadId>,
    /// No person wrote it.
    pub automatic: bool,
    pub at: DateTime<Utc>,
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// Never to this address, for this reason, in these words.
    Refused(Refusal, String),
    /// Perhaps later.
    ForNow(String),
}

/// A letter in its envelope, as the bytes that travel.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// Puts a letter into its envelope.
///
/// # Errors
/// When an address is none, or the bytes could be read otherwise than they are meant on their way.
pub fn seal(id: DeliveryId, envelope: &Envelope, letter: &Written) -> Result<Sealed, Unsent> {
    let to = mailbox(envelope.to_name.as_deref(), &envelope.to)
        .ok_or_else(|| Unsent::Refused(Refusal::Malformed, "not an e-mail address".to_owned()))?;
    let ours = |address: &str| {
        let problem = || Unsent::ForNow(format!("the sender's address is no e-mail address: {address}"));
        mailbox(Some(&envelope.from_name), address).ok_or_else(problem)
    };
    let from = ours(&envelope.from)?;
    let domain = from.email.domain().to_owned();
    let mut message = Message::builder()
        .from(from.clone())
        .to(to.clone())
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(envelope.at))
        .message_id(Some(format!("<{id}@{domain}>")));
    if let Some(reply_to) = &envelope.reply_to {
        message = message.reply_to(ours(reply_to)?);
    }
    if let Some(thread) = envelope.thread {
        let root = format!("<{thread}@{domain}>");
        message = message.in_reply_to(root.clone()).references(root);
    }
    if envelope.automatic {
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message = message.raw_header(HeaderValue::new(name, "auto-generated".to_owned()));
    }
    let bodies = MultiPart::alternative()
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
        .singlepart(part(ContentType::TEXT_HTML, &letter.html));
    let message = message.multipart(bodies);
    let bytes = message.map(|message| message.formatted());
    let bytes = bytes.map_err(|error| Unsent::ForNow(format!("the letter cannot be put together: {error}")))?;
    if !has_whole_lines(&bytes) {
        return Err(Unsent::ForNow("the letter has a line end that a mail server could misread".to_owned()));
    }
    Ok(Sealed { from: from.email, to: to.email, bytes })
}

/// A body as quoted-printable, whatever is in it: no line of it can be taken for the end of the message.
fn part(kind: ContentType, text: &str) -> SinglePart {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    SinglePart::builder().header(kind).header(ContentTransferEncoding::QuotedPrintable).body(text)
}

/// Whether carriage returns and line feeds come in pairs only: a lone one could end the message early on its way through
/// some servers (RUSTSEC-2026-0561).
fn has_whole_lines(bytes: &[u8]) -> bool {
    let (mut before, mut whole) = (0, true);
    for &byte in bytes {
        whole &= (byte == b'\n') == (before == b'\r');
        before = byte;
    }
    whole && before != b'\r'
}

/// Writes the letter into `folder`; an existing file of the same delivery is replaced.
///
/// # Errors
/// When the file cannot be written.
pub fn save(folder: &Path, id: DeliveryId, letter: &Sealed) -> Result<(), Unsent> {
    let path = folder.join(format!("{id}.eml"));
    let beside = folder.join(format!("{id}.tmp"));
    let written = fs::write(&beside, &letter.bytes).and_then(|()| {
        fs::File::open(&beside)?.sync_all()?;
        fs::rename(&beside, &path)
    });
    written.map_err(|error| Unsent::ForNow(format!("the letter could not be written: {error}")))
}

fn mailbox(name: Option<&str>, address: &str) -> Option<Mailbox> {
    Some(Mailbox::new(name.map(one_line), address.parse().ok()?))
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
            html: "<p>Hi</p>\n.\nMAIL FROM:<x@example.com>".into(),
            text: "Hi\r.\rthere\n.\nRCPT TO:<y@example.com>\r\n.\r\nQUIT\0".into(),
        }
    }

    fn envelope() -> Envelope {
        Envelope {
            from_name: "Maison\r\nX: y".into(),
            from: "letters@calanque.example".into(),
            reply_to: Some("hello@calanque.example".into()),
            to_name: Some("Camille\nBcc: z@example.com".into()),
            to: "camille@example.com".into(),
            thread: Some(ThreadId::from_bytes([5; 16])),
            automatic: true,
            at: "2026-11-27T09:40:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_header_cannot_be_smuggled_in_and_a_letter_is_one_file() {
        let folder = std::env::temp_dir().join(format!("comptoir-mail-{}", crate::secrets::token()));
        fs::create_dir_all(&folder).unwrap();
        let id = DeliveryId::from_bytes([7; 16]);
        let sealed = seal(id, &envelope(), &letter()).unwrap();
        save(&folder, id, &sealed).unwrap();
        save(&folder, id, &sealed).unwrap();
        let text = fs::read_to_string(folder.join(format!("{id}.eml"))).unwrap();
        assert!(!text.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("X:")), "{text}");
        assert!(text.contains(&format!("<{id}@calanque.example>")));
        // The two bodies are told apart by one content type alone.
        let head = text.split("\r\n\r\n").next().unwrap();
        assert_eq!(head.matches("Content-Type:").count(), 1, "{head}");
        assert!(
            head.contains("Auto-Submitted: auto-generated") && head.contains("Fri, 27 Nov 2026 09:40:00"),
            "{head}"
        );
        assert!(head.contains("Reply-To:") && head.contains("hello@calanque.example"), "{head}");
        let root = format!("<{}@calanque.example>", ThreadId::from_bytes([5; 16]));
        assert!(head.contains(&format!("References: {root}")) && head.contains(&format!("In-Reply-To: {root}")));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn no_line_can_be_taken_for_the_end_of_the_message() {
        let sealed = seal(DeliveryId::from_bytes([7; 16]), &envelope(), &letter()).unwrap();
        assert!(has_whole_lines(&sealed.bytes));
        assert!(!sealed.bytes.windows(3).any(|three| three == b"\r.\r" || three == b"\n.\n"));
        for broken in [&b"a\rb"[..], b"a\nb", b"\r.\r", b"\n.\n", b"a\r", b"\na\r\n", b"\r\r\n"] {
            assert!(!has_whole_lines(broken), "{broken:?}");
        }
        assert!(has_whole_lines(b"a\r\n.\r\n"));
    }

    #[test]
    fn an_address_that_is_none_is_refused_for_good() {
        for to in ["nobody", "a@b.example\r\nRCPT TO:<c@d.example>", ""] {
            let envelope = Envelope { to: to.into(), ..envelope() };
            let unsent = seal(DeliveryId::from_bytes([7; 16]), &envelope, &letter()).unwrap_err();
            assert!(matches!(unsent, Unsent::Refused(Refusal::Malformed, _)), "{to}: {unsent:?}");
        }
    }
}
