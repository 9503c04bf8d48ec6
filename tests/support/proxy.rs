//! What lies between a server and its database: a proxy on the loopback that can be cut and mended.

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes connections on as long as it is not cut.
#[derive(Debug)]
pub(crate) struct Proxy {
    port: u16,
    open: Arc<watch::Sender<bool>>,
}

impl Proxy {
    /// Before `target`, a host with its port. It lives as long as the story's runtime.
    pub(crate) async fn before(target: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("the loopback can be listened on");
        let port = listener.local_addr().expect("a listener has an address").port();
        let open = Arc::new(watch::channel(true).0);
        let (state, target) = (Arc::clone(&open), target.to_owned());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if *state.borrow() {
                    tokio::spawn(pass(near, target.clone(), state.subscribe()));
                }
            }
        });
        Self { port, open }
    }

    /// The same address by way of this proxy.
    pub(crate) fn instead_of(&self, url: &str, target: &str) -> String {
        url.replace(target, &format!("127.0.0.1:{}", self.port))
    }

    /// Ends every connection, and lets none in.
    pub(crate) fn cut(&self) {
        self.open.send_replace(false);
    }

    pub(crate) fn mend(&self) {
        self.open.send_replace(true);
    }
}

async fn pass(mut near: TcpStream, target: String, mut open: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        _ = open.wait_for(|open| !open) => {}
    }
}
