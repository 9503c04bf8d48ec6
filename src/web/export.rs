//! Handing a person's data over: put together page by page on the disk, never in memory, and nothing of it left behind once it
//! was sent. Programs get one JSON document; the desk gets an archive of that document, a page to read and the files.

mod pieces;
mod zip;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use actix_web::{HttpResponse, body::SizedStream, http::header, web::Bytes};
use futures_util::stream;
use serde_json::Value;
use tokio::{sync::SemaphorePermit, task::spawn_blocking, time::timeout};

use self::pieces::Piece;
use crate::{
    app::App,
    error::{Error, Result},
    ids::{MerchantId, ShopperId},
    secrets,
};

/// Bytes sent at a time.
const SENT: usize = 64 * 1024;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is left of an export that was broken off is removed after this long.
const LEFT: chrono::Duration = chrono::Duration::hours(2);

/// Whose data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub merchant: MerchantId,
    pub shopper: ShopperId,
}

/// Files in the making, gone when it is dropped.
struct Draft {
    json: BufWriter<File>,
    html: BufWriter<File>,
    json_path: PathBuf,
    html_path: PathBuf,
    files: Vec<(String, PathBuf)>,
    /// Whether a list of the document is begun, and has something in it.
    fresh: bool,
}

impl Draft {
    fn begin(folder: &Path) -> io::Result<Self> {
        let name = secrets::token();
        let (json_path, html_path) = (folder.join(format!("{name}.json")), folder.join(format!("{name}.html")));
        let (json, html) = (File::create_new(&json_path)?, File::create_new(&html_path)?);
        let (json, html) = (BufWriter::new(json), BufWriter::new(html));
        Ok(Self { json, html, json_path, html_path, files: Vec::new(), fresh: true })
    }

    fn pour(&mut self, piece: Piece) -> io::Result<()> {
        match piece {
            Piece::Raw(text) => {
                self.json.write_all(text.as_bytes())?;
                self.fresh = true;
            }
            Piece::Rows(rows) => rows.iter().try_for_each(|row| self.row(row))?,
            Piece::Page(html) => self.html.write_all(html.as_bytes())?,
            Piece::File(name, path) => self.files.push((name, path)),
        }
        Ok(())
    }

    fn row(&mut self, row: &Value) -> io::Result<()> {
        if !std::mem::replace(&mut self.fresh, false) {
            self.json.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut self.json, row).map_err(io::Error::from)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.json.flush()?;
        self.html.flush()
    }

    fn archive(mut self, at: chrono::DateTime<chrono::Utc>) -> io::Result<Ready> {
        self.flush()?;
        let path = self.json_path.with_extension("zip");
        let file = File::create_new(&path)?;
        let ready = Ready::open_later(path);
        let mut archive = zip::Archive::new(BufWriter::new(file), at);
        archive.add("data.json", true, &mut File::open(&self.json_path)?)?;
        archive.add("read-me.html", true, &mut File::open(&self.html_path)?)?;
        for (name, path) in &self.files {
            match File::open(path) {
                Ok(mut bytes) => archive.add(name, false, &mut bytes)?,
                // Its row was there a moment ago; it may have been taken away meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        archive.finish()?;
        ready.opened()
    }

    fn document(mut self) -> io::Result<Ready> {
        self.flush()?;
        let path = self.json_path.with_extension("sent");
        fs::rename(&self.json_path, &path)?;
        Ready::open_later(path).opened()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.json_path);
        let _ = fs::remove_file(&self.html_path);
    }
}

/// Something to be sent: open, and without a name already, so that nothing is left however the sending ends.
struct Ready {
    path: PathBuf,
    file: Option<File>,
    size: u64,
}

impl Ready {
    fn open_later(path: PathBuf) -> Self {
        Self { path, file: None, size: 0 }
    }

    fn opened(mut self) -> io::Result<Self> {
        let file = File::open(&self.path)?;
        self.size = file.metadata()?.len();
        self.file = Some(file);
        fs::remove_file(&self.path)?;
        Ok(self)
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        // Gone already, unless something failed before.
        let _ = fs::remove_file(&self.path);
    }
}

/// A turn, which ends once everything is made ready: sending it may take as long as its reader likes.
pub(super) type Turn<'a> = SemaphorePermit<'a>;

/// Waits for a turn: before it is written down that somebody's data is handed over.
///
/// # Errors
/// [`Error::Busy`] when others take too long.
pub(super) async fn turn(app: &App) -> Result<Turn<'_>> {
    timeout(PATIENCE, app.handing_over.acquire()).await.map_err(|_| Error::Busy)?.map_err(Error::internal)
}

/// The archive: document, page and files.
///
/// # Errors
/// A conflict when it would be too much; when the database or the disk fails.
pub(super) async fn archive(app: &Arc<App>, _turn: Turn<'_>, person: Person) -> Result<HttpResponse> {
    let now = app.now();
    let draft = draft(app, person).await?;
    let ready = on_disk(move || draft.archive(now)).await?;
    Ok(send(ready, "application/zip", &format!("{}.zip", person.shopper)))
}

/// The document alone.
///
/// # Errors
/// As [`archive`].
pub(super) async fn document(app: &Arc<App>, _turn: Turn<'_>, person: Person) -> Result<HttpResponse> {
    let draft = draft(app, person).await?;
    let ready = on_disk(move || draft.document()).await?;
    Ok(send(ready, "application/json", &format!("{}.json", person.shopper)))
}

async fn draft(app: &Arc<App>, person: Person) -> Result<Draft> {
    let (folder, before) = (app.exports.clone(), app.now() - LEFT);
    let mut draft = on_disk(move || {
        clear(&folder, before)?;
        Draft::begin(&folder)
    })
    .await?;
    let mut source = pieces::Source::of(app, person).await?;
    while let Some(page) = source.next().await? {
        draft = on_disk(move || {
            page.into_iter().try_for_each(|piece| draft.pour(piece))?;
            Ok(draft)
        })
        .await?;
    }
    Ok(draft)
}

/// What an earlier one left that was cut off by the end of the process.
fn clear(folder: &Path, before: chrono::DateTime<chrono::Utc>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let changed = entry.metadata().and_then(|about| about.modified());
        if changed.is_ok_and(|changed| chrono::DateTime::<chrono::Utc>::from(changed) < before) {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T> {
    let done = spawn_blocking(work).await.map_err(Error::internal)?;
    done.map_err(|error| crate::domain::files::shelf::refused(&error))
}

fn send(mut ready: Ready, kind: &str, name: &str) -> HttpResponse {
    let size = ready.size;
    let pieces = stream::try_unfold(ready.file.take(), |file| async move {
        let Some(mut file) = file else { return Ok(None) };
        let read = spawn_blocking(move || {
            let mut piece = vec![0; SENT];
            let got = io::Read::read(&mut file, &mut piece)?;
            piece.truncate(got);
            Ok::<_, io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok::<_, io::Error>(if piece.is_empty() { None } else { Some((Bytes::from(piece), Some(file))) })
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(SizedStream::new(size, pieces))
}
