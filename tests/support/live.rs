//! The live page's socket, as a browser's script opens it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::Visitor;

#[derive(Debug)]
pub(crate) struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// Opens a socket with a visitor's cookie from `origin`; a refusal gives its HTTP status.
pub(crate) async fn live(url: &str, cookie: Option<&str>, origin: &str) -> Result<Live, u16> {
    let mut request = url.replacen("http://", "ws://", 1).into_client_request().expect("an address");
    request.headers_mut().insert("origin", origin.parse().expect("an origin"));
    if let Some(cookie) = cookie {
        request.headers_mut().insert("cookie", cookie.parse().expect("a cookie"));
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(Live { socket }),
        Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
        Err(error) => panic!("{url} opens no socket: {error}"),
    }
}

impl Visitor {
    /// The socket at `path`, as the page of this visitor would open it.
    pub(crate) async fn live(&self, path: &str) -> Live {
        let opened = live(&self.url(path), self.cookie(path).as_deref(), self.base_url()).await;
        opened.unwrap_or_else(|status| panic!("the socket at {path} is refused with {status}"))
    }
}

impl Live {
    /// The next frame; panics when none comes in time.
    pub(crate) async fn frame(&mut self, limit: Duration) -> Value {
        self.frame_within(limit).await.unwrap_or_else(|| panic!("no frame within {limit:?}"))
    }

    /// The next frame that satisfies `wanted`, letting others pass.
    pub(crate) async fn frame_where(&mut self, limit: Duration, wanted: impl Fn(&Value) -> bool) -> Value {
        let all = async {
            loop {
                let frame = self.frame(limit).await;
                if wanted(&frame) {
                    return frame;
                }
            }
        };
        tokio::time::timeout(limit, all).await.unwrap_or_else(|_| panic!("no such frame within {limit:?}"))
    }

    /// The next frame, or `None` when the time is over or the server closed the socket.
    pub(crate) async fn frame_within(&mut self, limit: Duration) -> Option<Value> {
        let next = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).ok(),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
        };
        tokio::time::timeout(limit, next).await.ok().flatten()
    }

    /// Whether the server closes the socket in time.
    pub(crate) async fn is_closed_within(&mut self, limit: Duration) -> bool {
        let end = async {
            while let Some(Ok(message)) = self.socket.next().await
                && !message.is_close()
            {}
        };
        tokio::time::timeout(limit, end).await.is_ok()
    }

    pub(crate) async fn say(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("the socket takes a frame");
    }
}
