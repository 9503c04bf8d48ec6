//! What is not kept: too large, too long, too many, cut off, not what it says it is. The answer names the file, and nothing
//! of it is left.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
    time::{Duration, Instant},
};

use comptoir::{
    bus::Bus,
    domain::files,
    store::{Clock, Store, columns::At},
};

use super::{
    super::support::{
        Server, Visitor,
        engine::{Engine, engine},
        form::{Sent, parts},
        until,
    },
    first, gif, id, mp4, ogg, on_disk, pdf, photo, say, text, webm,
};

/// How many files wait for a message.
async fn waiting(server: &Server) -> usize {
    let store = Store::open(server.database_url(), 1, Clock::default(), &Arc::new(Bus::default())).unwrap();
    let one_day = At::new("2100-01-01T00:00:00Z".parse().unwrap());
    store.read(move |conn| files::left_over(conn, one_day)).await.unwrap().len()
}

fn crc(bytes: &[u8]) -> [u8; 4] {
    let step = |sum: u32| (0..8).fold(sum, |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 });
    let sum = bytes.iter().fold(u32::MAX, |sum, byte| step((sum ^ u32::from(*byte)) & 0xff) ^ (sum >> 8));
    (!sum).to_be_bytes()
}

/// A header that promises a picture of this size, and next to nothing after it.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let part = |kind: &[u8], body: &[u8]| {
        let named = [kind, body].concat();
        [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &named, &crc(&named)].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let data = b"\x78\x01\x01\x00\x00\xff\xff\x00\x00\x00\x01";
    [b"\x89PNG\r\n\x1a\n".to_vec(), part(b"IHDR", &head), part(b"IDAT", data), part(b"IEND", b"")].concat()
}

#[tokio::test]
async fn what_is_no_file_of_ours_is_refused_by_name_and_leaves_nothing() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let cut = |sent: Sent| Sent { bytes: sent.bytes[..sent.bytes.len() * 9 / 10].to_vec(), ..sent };
    let polyglot = [b"%PDF-1.4\n".as_slice(), b"<script>alert(1)</script>"].concat();
    let long = format!("{}.svg", "n".repeat(4_000));
    let cases = [
        (
            Sent::new("logo.jpg", "image/jpeg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            "cannot be sent",
        ),
        (Sent::new("page.png", "image/png", b"<!doctype html><script>alert(1)</script>"), "cannot be sent"),
        (Sent::new("bomb.gz", "application/gzip", b"\x1f\x8b\x08\0\0\0\0\0"), "cannot be sent"),
        (Sent::new("bomb.zip", "application/zip", b"PK\x03\x04"), "cannot be sent"),
        (Sent::new("song.mp3", "audio/mpeg", b"ID3\x04\0\0\0"), "cannot be sent"),
        (Sent::new("IMG.HEIC", "image/heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "HEIC"),
        (Sent::new("none.jpg", "image/jpeg", b""), "empty"),
        (Sent::new("huge.png", "image/png", &png_of(50_000, 50_000)), "50000 × 50000"),
        (Sent::new("wide.png", "image/png", &png_of(30_000, 2)), "30000 × 2"),
        (Sent::new("liar.png", "image/png", &png_of(4_000, 4_000)), "damaged"),
        (Sent::new("poly.pdf", "application/pdf", &polyglot), "damaged"),
        (Sent::new("half.gif", "image/gif", &cut(gif()).bytes), "damaged"),
        (Sent::new("half.mp4", "video/mp4", &cut(mp4(3)).bytes), "damaged"),
        (Sent::new("half.ogg", "audio/ogg", &cut(ogg(3)).bytes), "damaged"),
        (Sent::new("noise.jpg", "image/jpeg", b"\xff\xd8\xff\xe0 nothing of a picture"), "damaged"),
        (Sent::new("hour.ogg", "audio/ogg", &ogg(3_600).bytes), "5 minutes"),
        (Sent::new("hour.webm", "audio/webm", &webm(3_600).bytes), "5 minutes"),
        (Sent::new("saga.mp4", "video/mp4", &mp4(3_600).bytes), "10 minutes"),
        (Sent::new(&long, "image/png", b"<svg/>"), "cannot be sent"),
    ];
    let english = shopper.clone().with_header("accept-language", "en");
    for (sent, words) in cases {
        let name: String = sent.name.chars().take(40).collect();
        let begun = Instant::now();
        let refused = english.upload(&format!("{path}/files"), sent).await;
        assert_eq!(refused.status, 422, "{name}: {}", refused.body);
        let says = text(&refused.json()["errors"][0]["detail"]);
        assert!(says.contains(words) && says.contains(&name) && says.chars().count() < 250, "{name}: {says}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{name} took {:?}", begun.elapsed());
        assert_eq!(on_disk(server.data()), Vec::<String>::new(), "{name}");
    }
    assert_eq!(waiting(&server).await, 0);
}

#[tokio::test]
async fn a_name_of_four_thousand_letters_becomes_one_that_can_be_read() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    for name in
        [format!("{}.jpg", "n".repeat(4_000)), "../../../etc/cron.d/x\u{202e}gpj.exe".to_owned(), "CON".to_owned()]
    {
        let taken = shopper.upload(&format!("{path}/files"), Sent { name, ..photo(20, 10) }).await;
        let kept = text(&taken.json()["name"]);
        assert!(kept.ends_with(".jpg") && kept.chars().count() < 90 && !kept.contains(['/', '\u{202e}']), "{kept}");
    }
    assert!(on_disk(server.data()).iter().all(|path| !path.contains("nnnn") && !path.contains("cron")));
}

/// A post as it goes over the wire: what the head promises, and as much of the body as is sent.
fn begin(server: &Server, shopper: &Visitor, path: &str, kind: &str, length: u64, body: &[u8]) -> TcpStream {
    let host = server.base_url().trim_start_matches("http://");
    let mut socket = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {}\r\nAccept: application/json\r\n\
         Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n",
        server.base_url(),
        shopper.cookie(path).unwrap(),
    );
    socket.write_all(head.as_bytes()).unwrap();
    // The server may have answered and hung up already.
    let _ = socket.write_all(body);
    socket
}

fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process_id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_is_too_large_is_refused_early_and_takes_no_memory() {
    // Drawn first: it takes seconds, in which a connection that waits would be closed.
    let widest = photo(7_000, 6_500);
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let to = format!("{path}/files");
    let before = memory(&server);
    let two_gigabytes = 2 * 1024 * 1024 * 1024;
    let begun = Instant::now();
    let mut socket = begin(&server, &shopper, &to, "multipart/form-data; boundary=x", two_gigabytes, b"--x\r\n");
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = [0; 16];
    socket.read_exact(&mut answer).unwrap();
    assert_eq!(&answer[..12], b"HTTP/1.1 413", "{}", String::from_utf8_lossy(&answer));
    assert!(begun.elapsed() < Duration::from_secs(2), "before anything of it was sent");
    drop(socket);

    // One that keeps its promise and is too large for what it is.
    let large = Sent { bytes: [gif().bytes, vec![0; 12 * 1024 * 1024]].concat(), ..gif() };
    let form = shopper.get(&path).await.form("form#composer").fill("text", "My words stay.").attach("file", large);
    let refused = shopper.submit(form).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.has("bravo.gif") && refused.has("8 Mo"), "{}", refused.text());
    assert_eq!(refused.form("form#composer").value("text"), Some("My words stay."));

    // Whole films, several at a time.
    let film = Sent { bytes: mp4(60).bytes, ..mp4(60) };
    let padding = [&(40_u32 * 1024 * 1024).to_be_bytes()[..], b"free", &vec![0; 40 * 1024 * 1024 - 8]].concat();
    let film = Sent { bytes: [film.bytes, padding].concat(), ..film };
    let (one, two, three) = tokio::join!(
        shopper.upload(&to, film.clone()),
        shopper.upload(&to, film.clone()),
        shopper.upload(&to, film.clone())
    );
    assert_eq!((one.status, two.status, three.status), (201, 201, 201), "{}", one.body);
    let after = memory(&server);
    assert!(after < before + 60 * 1024, "{before} kB became {after} kB with 120 MB taken in");

    // And the largest photo that is decoded.
    let photo = shopper.upload(&to, widest).await;
    assert_eq!(photo.status, 201, "{}", photo.body);
    let decoded = memory(&server);
    assert!(decoded < before + 120 * 1024, "{before} kB became {decoded} kB after a photo of 45 megapixels");
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_nothing_behind() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let to = format!("{path}/files");
    let whole = pdf(3_000_000);
    let (kind, body) = parts(&[], &[("file".to_owned(), whole)]);
    let most = body.len() * 9 / 10;
    let socket = begin(&server, &shopper, &to, &kind, body.len() as u64, &body[..most]);
    until("bytes of the upload", Duration::from_secs(5), async || (!on_disk(server.data()).is_empty()).then_some(()))
        .await;
    drop(socket);
    until("nothing to be left", Duration::from_secs(5), async || on_disk(server.data()).is_empty().then_some(())).await;
    assert_eq!(waiting(&server).await, 0);
    // An end that comes too soon, with a body that is whole otherwise.
    let cut =
        shopper.clone().with_header("accept", "application/json").raw("POST", &to, &kind, body[..most].to_vec()).await;
    assert_eq!(cut.status, 422, "{}", cut.body);
    assert_eq!(on_disk(server.data()), Vec::<String>::new());
    for junk in ["multipart/form-data", "multipart/form-data; boundary=", "text/plain"] {
        let refused = shopper.raw("POST", &to, junk, b"--x\r\n\r\n".to_vec()).await;
        assert_eq!(refused.status, 422, "{junk}: {}", refused.text());
    }
}

#[tokio::test]
async fn a_message_carries_so_many_files_and_no_more() {
    let server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let mut form = shopper.get(&path).await.form("form#composer").fill("text", "Toutes mes photos");
    for _ in 0..7 {
        form = form.attach("file", photo(16, 16));
    }
    let refused = shopper.submit(form).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let again = refused.form("form#composer");
    assert_eq!((again.value("text"), again.offers("files").len()), (Some("Toutes mes photos"), 6), "what fits is kept");
    let sent = shopper.submit(again).await;
    assert_eq!((sent.status, sent.select(".photo").len()), (200, 6), "{}", sent.text());
    let many: Vec<(String, String)> = (0..80).map(|at| (format!("field-{at}"), "x".to_owned())).collect();
    let (kind, body) = parts(&many, &[]);
    assert_eq!(shopper.raw("POST", &format!("{path}/messages"), &kind, body).await.status, 413);
}

#[tokio::test]
async fn so_many_files_an_hour_and_no_more() {
    let server = Server::demo().with_rate_limits().await;
    let (shopper, path, _) = first(&server).await;
    let mut statuses = Vec::new();
    for _ in 0..62 {
        statuses.push(shopper.upload(&format!("{path}/files"), ogg(1)).await.status);
    }
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 60, "{statuses:?}");
    assert!(matches!(statuses.last(), Some(429 | 409)));
}

#[tokio::test]
async fn a_file_that_no_message_takes_is_gone_after_a_day() {
    let mut server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let (taken, left) = (photo(20, 10), photo(30, 10));
    let taken = id(&shopper.upload(&format!("{path}/files"), taken).await);
    let left = id(&shopper.upload(&format!("{path}/files"), left).await);
    say(&shopper, &path, "client-of-taken", "", &[&taken]).await;
    assert_eq!(on_disk(server.data()).len(), 6);
    server.move_clock(23 * 3_600).await;
    assert_eq!(shopper.bytes(&format!("{path}/files/{left}/full"), None).await.0, 200, "it waits for a day");
    server.move_clock(25 * 3_600).await;
    until("the sweep", Duration::from_secs(10), async || (on_disk(server.data()).len() == 3).then_some(())).await;
    assert_eq!(waiting(&server).await, 0);
    assert_eq!(shopper.bytes(&format!("{path}/files/{left}/full"), None).await.0, 404);
    assert_eq!(shopper.bytes(&format!("{path}/files/{taken}/full"), None).await.0, 200);
    assert_eq!(say(&shopper, &path, "client-of-left", "", &[&left]).await.status, 422);
}

#[tokio::test]
async fn a_crash_in_the_middle_of_an_upload_is_tidied_up() {
    let mut server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    let (kind, body) = parts(&[], &[("file".to_owned(), pdf(3_000_000))]);
    let socket = begin(&server, &shopper, &format!("{path}/files"), &kind, body.len() as u64, &body[..2_000_000]);
    until("bytes of the upload", Duration::from_secs(5), async || (!on_disk(server.data()).is_empty()).then_some(()))
        .await;
    server.kill();
    drop(socket);
    assert!(!on_disk(server.data()).is_empty());
    server.with_env("COMPTOIR_CLOCK_OFFSET", "7200");
    server.start_again().await;
    until("the sweep", Duration::from_secs(10), async || on_disk(server.data()).is_empty().then_some(())).await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing_half() {
    if engine() == Engine::Postgres {
        // The limit that stands in for a full disk would hold for the database file too; here it must not.
        return;
    }
    let mut server = Server::demo().await;
    let (shopper, path, _) = first(&server).await;
    server.with_env("COMPTOIR_TEST_FILE_BLOCKS", "16000").restart().await;
    let english = shopper.clone().with_header("accept-language", "en");
    let refused = english.upload(&format!("{path}/files"), pdf(12_000_000)).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(text(&refused.json()["detail"]).contains("no room"), "{}", refused.body);
    assert_eq!(on_disk(server.data()), Vec::<String>::new());
    assert_eq!(waiting(&server).await, 0);
    assert_eq!(english.upload(&format!("{path}/files"), pdf(10_000)).await.status, 201, "a smaller one fits");
}
