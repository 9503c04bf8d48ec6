//! Where files are read: an address of their own that a page signed. Nobody's cookie is looked at, and nothing in a file
//! can act: it is shown without scripts, frames or requests of its own.

use std::{
    fs::File as DiskFile,
    io::{Read, Seek, SeekFrom},
};

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError,
    body::SizedStream,
    http::{Method, StatusCode, header},
    web::{self, Bytes},
};
use futures_util::stream;
use tokio::task::spawn_blocking;

use crate::{
    app::App,
    domain::files::{
        self, File, FileKind, Variant,
        signing::{self, Signed},
    },
    error::{Error, Result},
    ids::FileAddress,
};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// `GET /files/{file}/{variant}`
pub(super) async fn serve(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> HttpResponse {
    match open(&app, &req, &path).await {
        Ok(found) => answer(&req, found),
        Err(error) => {
            let status = error.status_code();
            if status.is_server_error() {
                tracing::error!(%error, "a file could not be read");
            }
            sandboxed(status).insert_header((header::CACHE_CONTROL, "no-store")).finish()
        }
    }
}

struct Found {
    file: File,
    variant: Variant,
    bytes: DiskFile,
    size: u64,
    /// For how many seconds the address is good still.
    left: i64,
}

async fn open(app: &App, req: &HttpRequest, (file, variant): &(String, String)) -> Result<Found> {
    let address: FileAddress = file.parse().map_err(|_| Error::NotFound)?;
    let variant: Variant = variant.parse().map_err(|()| Error::NotFound)?;
    let signed = web::Query::<Signed>::from_query(req.query_string()).map_err(|_| Error::NotFound)?;
    let left = signing::check(&app.keys, address, variant, &signed, app.now())?;
    let file = app.read(move |conn| files::signed_for(conn, address)).await?;
    let place = app.shelf.path(address, variant);
    let opened = spawn_blocking(move || {
        let bytes = DiskFile::open(place)?;
        let size = bytes.metadata()?.len();
        Ok::<_, std::io::Error>((bytes, size))
    });
    let (bytes, size) = opened.await.map_err(Error::internal)?.map_err(|_| Error::NotFound)?;
    Ok(Found { file, variant, bytes, size, left })
}

/// The beginning of every answer here: whatever the bytes are, nothing in them runs.
fn sandboxed(status: StatusCode) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"));
    answer
}

fn answer(req: &HttpRequest, found: Found) -> HttpResponse {
    let Some(format) = found.file.format_of(found.variant) else {
        return sandboxed(StatusCode::NOT_FOUND).finish();
    };
    let asked = req.headers().get(header::RANGE).and_then(|value| value.to_str().ok());
    let range = asked.map(|text| range(text, found.size));
    let (status, from, to) = match range {
        None | Some(Asked::All) => (StatusCode::OK, 0, found.size),
        Some(Asked::Part(from, to)) => (StatusCode::PARTIAL_CONTENT, from, to),
        Some(Asked::Beyond) => {
            let size = format!("bytes */{}", found.size);
            return sandboxed(StatusCode::RANGE_NOT_SATISFIABLE).insert_header((header::CONTENT_RANGE, size)).finish();
        }
    };
    let mut answer = sandboxed(status);
    answer
        .insert_header((header::CONTENT_TYPE, format.as_str()))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&found.file)))
        .insert_header((header::CACHE_CONTROL, format!("private, max-age={}", found.left)))
        .insert_header((header::ACCEPT_RANGES, "bytes"));
    if status == StatusCode::PARTIAL_CONTENT {
        let part = format!("bytes {from}-{}/{}", to.saturating_sub(1), found.size);
        answer.insert_header((header::CONTENT_RANGE, part));
    }
    let length = to - from;
    if *req.method() == Method::HEAD {
        return answer.no_chunking(length).finish();
    }
    answer.body(SizedStream::new(length, pieces(found.bytes, from, length)))
}

/// Shown where it stands only when it is a picture we made, or can only be played; else saved.
fn disposition(file: &File) -> String {
    let way = if file.kind == FileKind::Pdf { "attachment" } else { "inline" };
    let plain: String =
        file.name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let coded: String =
        file.name.bytes().map(|b| if kept(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

/// Which part of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    All,
    /// From here up to, without, there.
    Part(u64, u64),
    Beyond,
}

/// One part, as players ask for it. Several at once, or what cannot be read, is answered with all of it.
fn range(text: &str, size: u64) -> Asked {
    let Some((from, to)) = text.strip_prefix("bytes=").and_then(|part| part.split_once('-')) else { return Asked::All };
    let (from, to) = (from.trim(), to.trim());
    match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), _) if from >= size => Asked::Beyond,
        (Ok(from), Ok(to)) if to >= from => Asked::Part(from, to.saturating_add(1).min(size)),
        (Ok(from), Err(_)) if to.is_empty() => Asked::Part(from, size),
        (Err(_), Ok(0)) if from.is_empty() => Asked::Beyond,
        (Err(_), Ok(last)) if from.is_empty() => Asked::Part(size.saturating_sub(last), size),
        _ => Asked::All,
    }
}

fn pieces(file: DiskFile, from: u64, length: u64) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold((file, from, length), |(mut file, from, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let read = spawn_blocking(move || {
            let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let mut piece = vec![0; wanted];
            file.seek(SeekFrom::Start(from))?;
            file.read_exact(&mut piece)?;
            Ok::<_, std::io::Error>((file, piece))
        });
        let (file, piece) = read.await.map_err(std::io::Error::other)??;
        let got = piece.len() as u64;
        Ok(Some((Bytes::from(piece), (file, from + got, left - got))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_it_asks_for() {
        let cases = [
            ("bytes=0-", Asked::Part(0, 100)),
            ("bytes=0-0", Asked::Part(0, 1)),
            ("bytes=10-19", Asked::Part(10, 20)),
            ("bytes=90-500", Asked::Part(90, 100)),
            ("bytes=-10", Asked::Part(90, 100)),
            ("bytes=-500", Asked::Part(0, 100)),
            ("bytes=100-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=5-2", Asked::All),
            ("bytes=0-1,5-6", Asked::All),
            ("lines=0-1", Asked::All),
            ("bytes=x-y", Asked::All),
        ];
        for (text, asked) in cases {
            assert_eq!(range(text, 100), asked, "{text}");
        }
    }
}
