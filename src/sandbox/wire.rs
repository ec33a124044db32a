//! Connections that can be cut on purpose: before the first byte of an answer, or in the middle of its body.
//!
//! A handler cannot do that by itself, since the HTTP library always sends what it was given. So every connection is
//! wrapped in a [`Wire`], whose [`Scissors`] travel with each of its requests. Once they were used, the wire refuses to
//! write beyond the cut, the library gives the connection up, and the socket closes. No other connection notices.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Where the next answer on a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Before its first byte.
    AtOnce,
    /// Behind its head and this many bytes of its body.
    InBody(u64),
}

/// What cuts one connection; at most once, since nothing comes behind a cut.
#[derive(Debug, Clone, Default)]
pub(super) struct Scissors(Arc<OnceLock<Cut>>);

impl Scissors {
    /// Cuts the answer that is given next.
    pub(super) fn cut(&self, cut: Cut) {
        // Cut already is cut.
        let _ = self.0.set(cut);
    }
}

impl Connected<IncomingStream<'_, Door>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.io().scissors.clone()
    }
}

/// Takes connections and wraps them.
pub(super) struct Door(pub(super) TcpListener);

impl Listener for Door {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // An answer is one small write: waiting to fill a packet would only delay it. Failing to say so does no harm.
        drop(stream.set_nodelay(true));
        (Wire { stream, scissors: Scissors::default(), passed: Passed::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// One connection.
pub(super) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
    passed: Passed,
}

impl Wire {
    /// Writes what may still pass, at least a byte of it, or says that the connection is over.
    fn write_until(&mut self, cut: Cut, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let room = match cut {
            Cut::AtOnce => 0,
            Cut::InBody(kept) => self.passed.room(bytes, kept),
        };
        if room == 0 {
            let words = "the sandbox cuts this connection on purpose";
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, words)));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, &bytes[..room]);
        if let Poll::Ready(Ok(count)) = written {
            self.passed.advance(&bytes[..count]);
        }
        written
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.scissors.0.get() {
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
            Some(&cut) => self.write_until(cut, context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.scissors.0.get() {
            None => Pin::new(&mut self.stream).poll_write_vectored(context, parts),
            Some(&cut) => {
                // One part is as good an answer as all of them; the rest comes again.
                let part = parts.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| part);
                self.write_until(cut, context, part)
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

/// How far the answer that is to be cut has been written.
#[derive(Debug, Clone, Copy, Default)]
struct Passed {
    /// How much of the empty line behind the head has been seen; all of it is [`HEAD_END`]'s length.
    head_end: usize,
    body: u64,
}

const HEAD_END: &[u8] = b"\r\n\r\n";

impl Passed {
    /// How many of the next bytes come before the cut.
    fn room(mut self, bytes: &[u8], kept: u64) -> usize {
        let over = |passed: &Self| passed.head_end == HEAD_END.len() && passed.body >= kept;
        bytes
            .iter()
            .take_while(|&&byte| {
                !over(&self) && {
                    self.step(byte);
                    true
                }
            })
            .count()
    }

    fn advance(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.step(byte));
    }

    fn step(&mut self, byte: u8) {
        self.head_end = match self.head_end {
            4 => {
                self.body += 1;
                4
            }
            seen if HEAD_END[seen] == byte => seen + 1,
            _ => usize::from(byte == b'\r'),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_and_so_much_of_the_body_pass() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabcdef";
        let head = answer.len() - 6;
        for (kept, want) in [(0, head), (3, head + 3), (6, head + 6), (7, head + 6)] {
            // However the bytes are dealt out.
            for portion in [1, 2, 7, answer.len()] {
                let (mut passed, mut sent) = (Passed::default(), 0);
                for bytes in answer.chunks(portion) {
                    let room = passed.room(bytes, kept);
                    passed.advance(&bytes[..room]);
                    sent += room;
                }
                assert_eq!(sent, want, "{kept} kept, {portion} at a time");
            }
        }
    }

    #[test]
    fn only_an_empty_line_ends_a_head() {
        for (text, body) in
            [("a\r\n\r\n.", 1), ("\r\r\n\r\n..", 2), ("\r\n\r.\r\n\r\n...", 3), ("\n\n....", 0)]
        {
            let mut passed = Passed::default();
            passed.advance(text.as_bytes());
            assert_eq!(passed.body, body, "{text:?}");
        }
    }
}
