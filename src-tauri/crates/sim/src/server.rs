use std::convert::Infallible;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::{io, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::{reply::Reply, request::Request, stage::Outcome};

/// More than any of the services takes.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
const NO_DESCRIPTORS_PAUSE: Duration = Duration::from_millis(50);

/// A port on loopback.
pub(crate) struct Server {
    listener: TcpListener,
}

/// The connection is to be closed without a reply.
#[derive(Debug)]
struct Closed;

impl Server {
    pub(crate) async fn bind(port: u16) -> io::Result<Server> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        Ok(Server { listener })
    }

    pub(crate) fn url(&self) -> io::Result<String> {
        Ok(format!(
            "http://127.0.0.1:{}",
            self.listener.local_addr()?.port()
        ))
    }

    /// Answers requests until `stopped` says so; then connections are dropped.
    pub(crate) async fn serve<F>(self, answer: F, mut stopped: watch::Receiver<bool>)
    where
        F: Fn(&Request) -> Outcome + Send + Sync + 'static,
    {
        let answer = Arc::new(answer);
        loop {
            let accepted = tokio::select! {
                _ = stopped.changed() => return,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    tokio::spawn(converse(stream, Arc::clone(&answer), stopped.clone()));
                }
                Err(_) => tokio::time::sleep(NO_DESCRIPTORS_PAUSE).await,
            }
        }
    }
}

async fn converse<F>(stream: TcpStream, answer: Arc<F>, mut stopped: watch::Receiver<bool>)
where
    F: Fn(&Request) -> Outcome + Send + Sync + 'static,
{
    let service = service_fn(move |incoming| {
        let answer = Arc::clone(&answer);
        async move {
            match receive(incoming).await {
                Ok(request) => carry_out(&request, answer.as_ref()).await,
                Err(refusal) => Ok(response(refusal)),
            }
        }
    });
    // How a conversation ended is the client's business; what it asked is in the log.
    tokio::select! {
        _ = stopped.changed() => {}
        _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service) => {}
    }
}

async fn receive(incoming: hyper::Request<Incoming>) -> Result<Request, Reply> {
    let (parts, body) = incoming.into_parts();
    let body = Limited::new(body, LARGEST_BODY)
        .collect()
        .await
        .map_err(|error| {
            let too_large = error.is::<http_body_util::LengthLimitError>();
            Reply::empty(if too_large { 413 } else { 400 })
        })?;
    Ok(Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        raw_query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.to_bytes(),
    })
}

async fn carry_out(
    request: &Request,
    answer: &impl Fn(&Request) -> Outcome,
) -> Result<hyper::Response<Full<Bytes>>, Closed> {
    loop {
        return match answer(request) {
            Outcome::Reply(reply) => Ok(response(reply)),
            Outcome::Later(reply, wait) => {
                tokio::time::sleep(wait).await;
                Ok(response(reply))
            }
            Outcome::Hold(reply, ticket) => {
                ticket.released().await;
                Ok(response(reply))
            }
            Outcome::Park(ticket) => {
                ticket.released().await;
                continue;
            }
            Outcome::Close => Err(Closed),
            Outcome::Silence => {
                let never: Infallible = std::future::pending().await;
                match never {}
            }
        };
    }
}

fn response(reply: Reply) -> hyper::Response<Full<Bytes>> {
    let mut builder = hyper::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        builder = builder.header(name, value);
    }
    builder
        .body(Full::new(Bytes::from(reply.body)))
        .unwrap_or_else(|_| {
            // A fault may ask for a header or a status that HTTP does not know.
            let mut broken = hyper::Response::new(Full::default());
            *broken.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
            broken
        })
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed without a reply, as ordered")
    }
}

impl std::error::Error for Closed {}
