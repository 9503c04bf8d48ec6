//! What is sent with files: read as it comes, a little at a time. Each file is looked at by its first bytes and written
//! beside the shelf; only when it is whole, and made ready, does it get its place and its row.

use std::{fs::File as DiskFile, io::Write, sync::Arc};

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, http::header, web, web::Bytes};
use futures_util::{StreamExt, stream::Fuse};
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::{limits, request};
use crate::{
    app::App,
    domain::files::{
        self, File, FileKind, MAX_FILES, Sender, Variant, names,
        prepare::{self, Ready},
        shelf::{self, Arrival},
        signing::Signer,
        sniff::{self, Shape, Sniffed},
    },
    error::{Error, FieldError, Result, Says, StoreFailure},
    i18n::key,
    ids::{FileAddress, FileId},
};

/// The most bytes of one request: every file a message can carry, of the usual kinds.
const MOST: u64 = 120 * 1024 * 1024;
/// What stands round one file in a request of its own.
const ROUND: u64 = 64 * 1024;
/// The most bytes of all that is written beside files.
const MOST_WORDS: usize = 128 * 1024;
/// The most parts of a request.
const MOST_PARTS: usize = 64;
/// Bytes gathered before they go to the disk.
const GATHERED: usize = 256 * 1024;

/// A part of a form, which may be asked for more after its end.
type Part = Fuse<Field>;

/// What came: the fields in their order, and the files that are kept and wait for their message.
#[derive(Debug, Default)]
pub struct Received {
    pub fields: Vec<(String, String)>,
    pub files: Vec<File>,
    /// Why a file is not kept; what else came is here all the same.
    pub refused: Vec<FieldError>,
}

impl Received {
    /// The first field of a name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// Whether a request is one with files.
pub fn is_with_files(req: &HttpRequest) -> bool {
    let kind = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.starts_with("multipart/form-data")
}

/// Reads a form with files. A file that cannot be kept is told of beside what else came.
///
/// # Errors
/// When the request is no such form, is too large, comes too slowly or stops; when the thread is not the sender's.
pub async fn form(req: &HttpRequest, payload: web::Payload, sender: Sender) -> Result<Received> {
    read(req, payload, sender, MOST, false).await
}

/// Reads one file, as a script sends it.
///
/// # Errors
/// As [`form`]; also when the file cannot be kept.
pub async fn one(req: &HttpRequest, payload: web::Payload, sender: Sender) -> Result<File> {
    let mut received = read(req, payload, sender, sniff::LARGEST + ROUND, true).await?;
    received.files.pop().ok_or_else(|| Error::invalid("file", Says::new(key("file-none"))))
}

async fn read(req: &HttpRequest, payload: web::Payload, sender: Sender, most: u64, alone: bool) -> Result<Received> {
    let told = req.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > most) {
        return Err(too_large(None));
    }
    let app = Arc::clone(request::app(req));
    app.read(move |conn| files::admit(conn, &sender)).await?;
    let mut allowance = Allowance { bytes: 0, most };
    let (mut parts, mut received, mut words) = (Multipart::new(req.headers(), payload), Received::default(), 0);
    for _ in 0..MOST_PARTS {
        let Some(part) = parts.next().await else { return Ok(received) };
        let mut part: Part = part.map_err(|_| cut())?.fuse();
        let named = part.get_ref().content_disposition().and_then(given_name);
        let Some(name) = named else {
            let field = part.get_ref().name().unwrap_or_default().to_owned();
            let value = text(&mut part, &mut allowance, MOST_WORDS.saturating_sub(words)).await?;
            words += value.len();
            received.fields.push((field, value));
            continue;
        };
        match keep(req, &app, &sender, &name, &mut part, &mut allowance, received.files.len()).await {
            Ok(Some(file)) => received.files.push(file),
            // A browser sends an empty part where nothing was chosen.
            Ok(None) => {}
            Err(Error::Invalid(fields)) if !alone => received.refused.extend(fields),
            Err(Error::TooLarge(says)) if !alone && allowance.bytes <= allowance.most => {
                received.refused.push(FieldError { pointer: "file".to_owned(), says });
            }
            Err(error) => return Err(error),
        }
        while allowance.next(&mut part).await?.is_some() {}
    }
    Err(Error::TooLarge(Says::new(key("file-many")).with("max", MAX_FILES)))
}

/// The name a part gives its file; none when the part is no file.
fn given_name(says: &header::ContentDisposition) -> Option<String> {
    let extended = says.get_filename_ext().and_then(|name| String::from_utf8(name.value.clone()).ok());
    extended.or_else(|| says.get_filename().map(str::to_owned))
}

async fn text(part: &mut Part, allowance: &mut Allowance, most: usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = allowance.next(part).await? {
        if bytes.len() + chunk.len() > most {
            return Err(Error::TooLarge(Says::new(key("error-large-text"))));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Keeps one file: its bytes first, then its row.
async fn keep(
    req: &HttpRequest,
    app: &Arc<App>,
    sender: &Sender,
    name: &str,
    part: &mut Part,
    allowance: &mut Allowance,
    before: usize,
) -> Result<Option<File>> {
    let mut head = Vec::new();
    while head.len() < sniff::HEAD {
        let Some(chunk) = allowance.next(part).await? else { break };
        head.extend_from_slice(&chunk);
    }
    if head.is_empty() && name.is_empty() {
        return Ok(None);
    }
    let shape = admitted(&head, name)?;
    if before >= MAX_FILES {
        return Err(Error::invalid("file", Says::new(key("file-many")).with("max", MAX_FILES)));
    }
    limits::take(req, limits::Kind::Upload, &sender.thread.to_string())?;
    limits::take(req, limits::Kind::UploadOfMerchant, &sender.merchant.to_string())?;
    let id = FileId::new(app.now());
    let (shelf, address) = (app.shelf.clone(), FileAddress::new(sender.merchant, id));
    let arrival = blocking(move || shelf.begin(address).map_err(|error| shelf::refused(&error))).await?;
    let arrival = receive(arrival, head, shape, name, part, allowance).await?;
    // Decoding takes memory: so many at a time, the others wait. A sender that leaves meanwhile drops its arrival.
    let turn = match shape.is_picture() {
        true => Some(app.pictures.acquire().await.map_err(Error::internal)?),
        false => None,
    };
    let given = name.to_owned();
    let (ready, mut arrival) = blocking(move || Ok((prepare::prepare(&arrival, shape, &given)?, arrival))).await?;
    drop(turn);
    let arrival = blocking(move || {
        arrival.place().map_err(|error| shelf::refused(&error))?;
        Ok(arrival)
    })
    .await?;
    write_down(app, *sender, id, ready, arrival).await.map(Some)
}

/// What kind of file begins so.
fn admitted(head: &[u8], name: &str) -> Result<Shape> {
    let says = |key| Err(Error::invalid("file", Says::new(key).with("name", names::spoken(name))));
    match sniff::sniff(head) {
        _ if head.is_empty() => says(key("file-empty")),
        Sniffed::Known(shape) => Ok(shape),
        Sniffed::Heic => says(key("file-heic")),
        Sniffed::Unknown => says(key("file-unknown")),
    }
}

/// Writes the bytes as they come.
async fn receive(
    arrival: Arrival,
    head: Vec<u8>,
    shape: Shape,
    name: &str,
    part: &mut Part,
    allowance: &mut Allowance,
) -> Result<Arrival> {
    let path = arrival.raw();
    let mut file = blocking(move || DiskFile::create(path).map_err(|error| shelf::refused(&error))).await?;
    let (mut gathered, mut size) = (head, 0_u64);
    loop {
        let next = allowance.next(part).await?;
        if next.is_none() || gathered.len() >= GATHERED {
            size += gathered.len() as u64;
            if size > shape.limit() {
                return Err(too_large(Some((name, shape.limit()))));
            }
            let bytes = std::mem::take(&mut gathered);
            file = blocking(move || {
                file.write_all(&bytes).map_err(|error| shelf::refused(&error))?;
                Ok(file)
            })
            .await?;
        }
        match next {
            Some(chunk) => gathered.extend_from_slice(&chunk),
            None => return Ok(arrival),
        }
    }
}

async fn write_down(app: &Arc<App>, sender: Sender, id: FileId, ready: Ready, arrival: Arrival) -> Result<File> {
    let stored = app.write(move |tx| files::add(tx, &sender, id, &ready)).await;
    // After a failure of the database the row may be there all the same: then the sweep looks.
    let surely_not = |error: &Error| match error {
        Error::Store(store) => store.kind == StoreFailure::Full,
        error => error.is_answer(),
    };
    let tidied = match &stored {
        Ok(_) => blocking(move || arrival.finish().map_err(Error::internal)).await,
        Err(error) if surely_not(error) => blocking(move || arrival.undo().map_err(Error::internal)).await,
        Err(_) => Ok(()),
    };
    if let Err(error) = tidied {
        tracing::warn!(%error, "what an upload needed could not be tidied up yet");
    }
    stored
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    spawn_blocking(work).await.map_err(Error::internal)?
}

fn too_large(file: Option<(&str, u64)>) -> Error {
    let mib = |bytes: u64| bytes / (1024 * 1024);
    Error::TooLarge(match file {
        Some((name, limit)) => Says::new(key("file-large")).with("name", names::spoken(name)).with("max", mib(limit)),
        None => Says::new(key("file-too-much")).with("max", mib(sniff::LARGEST)),
    })
}

fn cut() -> Error {
    Error::invalid("file", Says::new(key("file-cut")))
}

/// How much came, of what may. How fast it must come is said for every body, at the door.
struct Allowance {
    bytes: u64,
    most: u64,
}

impl Allowance {
    /// The next piece of a part.
    async fn next(&mut self, part: &mut Part) -> Result<Option<Bytes>> {
        let Some(chunk) = part.next().await else { return Ok(None) };
        let chunk = chunk.map_err(|_| cut())?;
        self.bytes += chunk.len() as u64;
        if self.bytes > self.most { Err(too_large(None)) } else { Ok(Some(chunk)) }
    }
}

/// What our script is told of a file that is kept.
#[derive(Debug, Serialize)]
pub struct Kept {
    id: FileId,
    kind: FileKind,
    name: String,
    size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<i32>,
    /// Where it can be looked at or listened to.
    preview: String,
}

impl Kept {
    pub fn of(file: &File, signer: &Signer) -> Self {
        let variant = if file.format_of(Variant::Medium).is_some() { Variant::Medium } else { Variant::Full };
        Self {
            id: file.id,
            kind: file.kind,
            name: file.name.clone(),
            size: file.size,
            width: file.width,
            height: file.height,
            duration_ms: file.duration_ms,
            preview: signer.path(file.address(), variant),
        }
    }
}
