//! Whoever sends slowly, too much, or something that can be read in two ways: it holds nobody else up and is let go.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::support::{Server, many};

/// Within which a connection that does not come to the point is closed.
const PATIENCE: Duration = Duration::from_secs(30);

async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.base_url().trim_start_matches("http://")).await.unwrap()
}

fn host(server: &Server) -> String {
    server.base_url().trim_start_matches("http://").to_owned()
}

/// Everything that comes until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // An end that comes as a reset is one too.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends `piece` again and again, so long between; how long it took until the other side had enough.
async fn trickle(mut stream: TcpStream, head: String, piece: &[u8], wait: Duration) -> (Duration, String) {
    let begun = Instant::now();
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let sending = async {
        while writing.write_all(piece).await.is_ok() {
            sleep(wait).await;
        }
    };
    let mut said = Vec::new();
    let closed = async {
        let _ = reading.read_to_end(&mut said).await;
    };
    let ended = timeout(PATIENCE, async {
        tokio::select! { () = sending => {}, () = closed => {} }
    })
    .await;
    assert!(ended.is_ok(), "still open after {PATIENCE:?}: {head}");
    (begun.elapsed(), String::from_utf8_lossy(&said).into_owned())
}

/// One byte every two seconds, everywhere at once; and a telephone in a tunnel, which is slow and gets through.
#[tokio::test(flavor = "multi_thread")]
async fn who_trickles_is_let_go_and_who_is_only_slow_is_not() {
    let server = Server::demo().await;
    let (host, token) = (host(&server), server.told().api_token);
    let thread = server.api().get("/api/v1/orders?number=10482").await.json()["data"][0]["thread_id"].clone();
    let thread = thread.as_str().unwrap().to_owned();
    let hook = server.told().hooks["generic"].url.trim_start_matches(server.base_url()).to_owned();
    let post = |path: &str, kind: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nAuthorization: Bearer {token}\r\n\
            Content-Type: {kind}\r\nContent-Length: 100000\r\n\r\n"
        )
    };
    let heads = [
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: "),
        post(&hook, "application/json"),
        post("/desk/sign-in", "application/x-www-form-urlencoded"),
        post(&format!("/api/v1/threads/{thread}/messages"), "application/json"),
        post(&format!("/api/v1/threads/{thread}/files"), "multipart/form-data; boundary=x"),
        post("/nowhere", "text/plain"),
    ];
    let mut slow = tokio::task::JoinSet::new();
    for round in 0..many(10, 800) {
        let head = heads[round % heads.len()].clone();
        let stream = connect(&server).await;
        slow.spawn(trickle(stream, head, b"x", Duration::from_secs(2)));
    }
    let honest = async {
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            assert_eq!(server.api().get("/api/v1/threads?limit=1").await.status, 200);
            times.push(begun.elapsed());
            sleep(Duration::from_millis(200)).await;
        }
        times.sort();
        times[times.len() - 1]
    };
    let (phone, honest) = tokio::join!(from_a_tunnel(&server, &host, &token, &thread), honest);
    assert!(phone.contains("201 Created"), "{phone}");
    assert!(honest < Duration::from_secs(2), "others waited {honest:?}");
    let ends = slow.join_all().await;
    assert!(ends.iter().all(|(_, said)| !said.contains("HTTP/1.1 2")), "nothing of it was taken");
}

/// A picture at 8 KiB a second: longer than anybody is waited for who says nothing.
async fn from_a_tunnel(server: &Server, host: &str, token: &str, thread: &str) -> String {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".as_slice();
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0".as_slice();
    // What a program wrote into it for itself makes it large.
    let block = [&[255_u8][..], &[b'.'; 255]].concat();
    let comment = [&b"\x21\xfe"[..], &block.repeat(560), &[0]].concat();
    let picture = [head, &comment, frame, b"\x3b"].concat();
    let part =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"dot.gif\"\r\nContent-Type: image/gif\r\n\r\n";
    let body = [part.as_bytes(), &picture, b"\r\n--x--\r\n"].concat();
    let head = format!(
        "POST /api/v1/threads/{thread}/files HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (mut stream, begun) = (connect(server).await, Instant::now());
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in body.chunks(4 * 1024) {
        stream.write_all(piece).await.unwrap();
        sleep(Duration::from_millis(480)).await;
    }
    assert!(begun.elapsed() > Duration::from_secs(15), "it was slow");
    rest(&mut stream).await
}

#[tokio::test]
async fn what_is_too_much_or_can_be_read_in_two_ways_is_refused() {
    let server = Server::demo().await;
    let host = host(&server);
    let said = async |request: &[u8]| {
        let mut stream = connect(&server).await;
        // It may be closed before all of it was sent.
        let _ = stream.write_all(request).await;
        timeout(PATIENCE, rest(&mut stream)).await.expect("it is answered or closed")
    };
    let many_headers: String = (0..100_000).map(|number| format!("X-{number}: y\r\n")).collect();
    let answer = said(format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many_headers}\r\n").as_bytes()).await;
    assert!(!answer.contains("HTTP/1.1 2") && !answer.contains("HTTP/1.1 3"), "100,000 headers: {answer:.80}");
    let long = format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "x".repeat(200_000));
    let answer = said(long.as_bytes()).await;
    assert!(!answer.contains("HTTP/1.1 2") && !answer.contains("HTTP/1.1 3"), "a long address: {answer:.80}");
    // A body whose end two programs would see in different places, with a second request in it.
    let smuggled = "0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    for both in [
        format!("Content-Length: {}\r\nTransfer-Encoding: chunked", smuggled.len()),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {}", smuggled.len()),
        "Content-Length: 4\r\nContent-Length: 5".to_owned(),
        "Transfer-Encoding: chunked, identity".to_owned(),
        "Transfer-Encoding: xchunked".to_owned(),
        "Content-Length: +4".to_owned(),
    ] {
        let request = format!("POST /hooks/x HTTP/1.1\r\nHost: {host}\r\n{both}\r\n\r\n{smuggled}");
        let answer = said(request.as_bytes()).await;
        assert!(!answer.contains("live\n"), "{both}: {answer}");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{both}: {answer}");
    }
    // Requests one behind the other are answered one behind the other.
    let one = format!("GET /health/live HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let last = format!("GET /nowhere HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = said([one.repeat(20), last].concat().as_bytes()).await;
    assert_eq!((answer.matches("HTTP/1.1 200").count(), answer.matches("HTTP/1.1 404").count()), (20, 1));
    assert!(answer.rfind("HTTP/1.1 200") < answer.find("HTTP/1.1 404"), "in their order");
    deep(&server).await;
}

/// JSON ten thousand levels deep, wherever JSON is taken.
async fn deep(server: &Server) {
    let nested = format!("{{\"data\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let signed = server.generic(&json!({})).raw(nested.as_bytes()).send().await;
    assert_eq!(signed.status, 400, "{}", signed.body);
    let shopify = server.shopify("orders/create", &json!({})).raw(nested.as_bytes()).send().await;
    assert_eq!(shopify.status, 400, "{}", shopify.body);
    let thread = server.api().get("/api/v1/orders?number=10482").await.json()["data"][0]["thread_id"].clone();
    let path = format!("/api/v1/threads/{}/messages", thread.as_str().unwrap());
    let asked = server.api().raw("POST", &path, "application/json", nested.into_bytes()).await;
    assert!(matches!(asked.status, 400 | 422), "{}: {}", asked.status, asked.body);
    let large = server.generic(&json!({})).raw(&vec![b' '; 3 * 1024 * 1024]).send().await;
    assert_eq!(large.status, 413, "{}", large.body);
    assert_eq!(server.stranger().get("/health/ready").await.status, 200, "and it goes on");
}
