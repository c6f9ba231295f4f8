//! A listener between the app and a service, which records every byte of both directions.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// The listener. Dropping it ends it with all its connections.
pub(crate) struct Relay {
    address: SocketAddr,
    record: Arc<Mutex<Record>>,
    _connections: JoinSet<()>,
}

/// What went through, of all connections in the order of arrival.
#[derive(Clone, Default)]
pub(crate) struct Record {
    pub(crate) connections: usize,
    pub(crate) sent: Vec<u8>,
    pub(crate) answered: Vec<u8>,
}

impl Relay {
    /// Passes everything on to `to`, a base URL on this computer.
    pub(crate) async fn to(to: &str) -> Self {
        let to = to.strip_prefix("http://").expect("plain HTTP on loopback");
        let to: SocketAddr = to.parse().expect("a loopback address");
        Self::start(Some(to)).await
    }

    /// Passes nothing on: refuses every sign-in as GitHub does, so that whoever comes says what they have to say.
    pub(crate) async fn nowhere() -> Self {
        Self::start(None).await
    }

    async fn start(to: Option<SocketAddr>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a port is free");
        let record = Arc::new(Mutex::new(Record::default()));
        let address = listener.local_addr().expect("it has an address");
        let mut connections = JoinSet::new();
        let kept = record.clone();
        connections.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                kept.lock().expect("nobody panicked").connections += 1;
                open.spawn(serve(client, to, kept.clone()));
            }
        });
        Self {
            address,
            record,
            _connections: connections,
        }
    }

    /// Its base URL.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn record(&self) -> Record {
        self.record.lock().expect("nobody panicked").clone()
    }
}

const REFUSAL: &[u8] = b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\n\
content-length: 29\r\nconnection: close\r\n\r\n{\"message\":\"Bad credentials\"}";

async fn serve(client: TcpStream, to: Option<SocketAddr>, record: Arc<Mutex<Record>>) {
    let (from_client, mut to_client) = client.into_split();
    let sent = |bytes: &[u8]| {
        let mut record = record.lock().expect("nobody panicked");
        record.sent.extend_from_slice(bytes);
    };
    let answered = |bytes: &[u8]| {
        let mut record = record.lock().expect("nobody panicked");
        record.answered.extend_from_slice(bytes);
    };
    match to {
        Some(to) => {
            let Ok(server) = TcpStream::connect(to).await else {
                return;
            };
            let (from_server, to_server) = server.into_split();
            tokio::join!(
                pass_on(from_client, to_server, sent),
                pass_on(from_server, to_client, answered)
            );
        }
        None => {
            // The answer waits for the whole head, and what has come of the body.
            let mut from_client = from_client;
            let mut head = Vec::new();
            let mut buffer = vec![0; 65_536];
            while !head.windows(4).any(|it| it == b"\r\n\r\n") {
                let Ok(came @ 1..) = from_client.read(&mut buffer).await else {
                    return;
                };
                sent(&buffer[..came]);
                head.extend_from_slice(&buffer[..came]);
            }
            // Whoever has gone does not want it any more.
            let _ = to_client.write_all(REFUSAL).await;
            answered(REFUSAL);
        }
    }
}

async fn pass_on(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    keep: impl Fn(&[u8]),
) {
    let mut buffer = vec![0; 65_536];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        keep(&buffer[..length]);
        if to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    // The other side may be gone, which is what is to be said here.
    let _ = to.shutdown().await;
}
