//! Reads back the letters we write ourselves: headers, and the plain-text part of a multipart body. No general reader of
//! mail; what it does not understand it shows as it stands.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A letter as its file holds it.
pub(super) struct Letter {
    source: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Letter {
    pub(super) fn read(source: &str) -> Self {
        let text = source.replace("\r\n", "\n");
        let (headers, body) = parted(&text);
        Self { headers, body: body.to_owned(), source: text }
    }

    /// A header in words; empty when there is none.
    pub(super) fn header(&self, name: &str) -> String {
        decoded_words(value(&self.headers, name))
    }

    /// The plain-text part.
    pub(super) fn text(&self) -> String {
        plain(&self.headers, &self.body).unwrap_or_else(|| self.body.clone())
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }
}

/// Headers, unfolded, and what stands after the empty line.
fn parted(text: &str) -> (Vec<(String, String)>, &str) {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.lines() {
        match (line.strip_prefix([' ', '\t']), headers.last_mut()) {
            (Some(more), Some((_, value))) => {
                value.push(' ');
                value.push_str(more.trim_start());
            }
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
            }
        }
    }
    (headers, body)
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

fn plain(headers: &[(String, String)], body: &str) -> Option<String> {
    let kind = value(headers, "content-type");
    if let Some(boundary) = boundary(kind).filter(|_| kind.starts_with("multipart/")) {
        let between = format!("--{boundary}");
        let parts = body.split(between.as_str()).skip(1).filter(|part| !part.starts_with("--"));
        return parts
            .map(|part| parted(part.trim_start_matches('\n')))
            .find_map(|(headers, body)| plain(&headers, body));
    }
    if !kind.is_empty() && !kind.starts_with("text/plain") {
        return None;
    }
    let bytes = match value(headers, "content-transfer-encoding").to_lowercase().as_str() {
        "base64" => STANDARD.decode(body.split_whitespace().collect::<String>()).ok()?,
        "quoted-printable" => unquoted(body, false),
        _ => body.as_bytes().to_vec(),
    };
    Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_end().to_owned())
}

fn boundary(kind: &str) -> Option<&str> {
    let rest = kind.split_once("boundary=")?.1;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(';').next().map(str::trim),
    }
}

/// Quoted-printable; in headers an underscore is a space.
fn unquoted(text: &str, header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (*first, tail) {
            (b'=', [b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) => match hex(*high).zip(hex(*low)) {
                Some((high, low)) => {
                    out.push(high * 16 + low);
                    rest = after;
                }
                None => out.push(b'='),
            },
            (b'_', _) if header => out.push(b' '),
            (other, _) => out.push(other),
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A header's encoded words (`=?utf-8?b?...?=`) as text; white space between two of them is not part of it.
fn decoded_words(header: &str) -> String {
    let mut out = String::new();
    let mut rest = header;
    let mut after_word = false;
    while let Some((before, word)) = rest.split_once("=?") {
        let Some((text, after)) = decoded_word(word) else { break };
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        out.push_str(&text);
        rest = after;
        after_word = true;
    }
    out.push_str(rest);
    out
}

fn decoded_word(word: &str) -> Option<(String, &str)> {
    let (charset, rest) = word.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (text, after) = rest.split_once("?=")?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let bytes = match encoding {
        "b" | "B" => STANDARD.decode(text).ok()?,
        "q" | "Q" => unquoted(text, true),
        _ => return None,
    };
    Some((String::from_utf8(bytes).ok()?, after))
}

#[cfg(test)]
mod tests {
    use lettre::{Message, message::MultiPart};

    use super::*;

    #[test]
    fn a_letter_reads_back_as_it_was_written() {
        let text = "Bonjour Camille,\n\nC’est un blanc chaud, à peine beige : « écru ». Une ligne assez longue pour être coupée.\n\nhttp://127.0.0.1:8080/t#abc=def";
        let subject = "Inès vous a répondu, commande nº 10482, à propos de la chemise écrue en lin lavé";
        let written = Message::builder()
            .from("Maison Calanque <sav@calanque.example>".parse().unwrap())
            .to("Hélène Picard <helene@example.com>".parse().unwrap())
            .subject(subject)
            .multipart(MultiPart::alternative_plain_html(text.to_owned(), "<p>x</p>".to_owned()))
            .unwrap();
        let letter = Letter::read(&String::from_utf8(written.formatted()).unwrap());
        assert_eq!(letter.header("subject"), subject);
        assert!(letter.header("to").contains("Hélène Picard"), "{}", letter.header("to"));
        assert_eq!(letter.text(), text);
    }

    #[test]
    fn what_is_not_understood_is_shown_as_it_stands() {
        let letter = Letter::read("Subject: =?x?y?z\nContent-Type: image/png\n\nraw =\nbody");
        assert_eq!(letter.header("subject"), "=?x?y?z");
        assert_eq!(letter.text(), "raw =\nbody");
        assert_eq!(Letter::read("").text(), "");
        assert_eq!(String::from_utf8(unquoted("a=ZZb=", false)).unwrap(), "a=ZZb=");
    }
}
