//! One kept HTTP/1.1 connection: sends prepared bytes, reads one answer. As little as possible, so that the generator's own work
//! does not stand between the server and the figures.

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A kept connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Connection {
    /// Connects to a port of this machine.
    pub(crate) async fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(64 * 1024),
        })
    }

    /// Sends a whole request and reads its answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let head_end = self.read_until(0, b"\r\n\r\n").await?;
        let head = std::str::from_utf8(&self.buffer[..head_end])?.to_ascii_lowercase();
        let status = head.get(9..12).context("no status line")?.parse()?;
        let body = if let Some(length) = header(&head, "content-length") {
            self.read_body(head_end, length.parse()?).await?
        } else if header(&head, "transfer-encoding") == Some("chunked") {
            self.read_chunks(head_end).await?
        } else if status == 204 || status == 304 {
            self.take(head_end, 0)
        } else {
            bail!("an answer of unknown length: {head}");
        };
        Ok(Answer { status, body })
    }

    async fn read_body(&mut self, start: usize, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < start + length {
            self.read_more().await?;
        }
        Ok(self.take(start, length))
    }

    /// RFC 9112, 7.1: chunks until one of size zero; there are no trailers.
    async fn read_chunks(&mut self, start: usize) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        let mut at = start;
        loop {
            let line_end = self.read_until(at, b"\r\n").await?;
            let size = std::str::from_utf8(&self.buffer[at..line_end - 2])?;
            let size = usize::from_str_radix(size.trim(), 16)?;
            while self.buffer.len() < line_end + size + 2 {
                self.read_more().await?;
            }
            body.extend_from_slice(&self.buffer[line_end..line_end + size]);
            at = line_end + size + 2;
            if size == 0 {
                self.buffer.drain(..at);
                return Ok(body);
            }
        }
    }

    /// Reads until the mark is there; the position after it.
    async fn read_until(&mut self, from: usize, mark: &[u8]) -> Result<usize> {
        let mut searched = from;
        loop {
            if let Some(at) = self.buffer[searched..]
                .windows(mark.len())
                .position(|window| window == mark)
            {
                return Ok(searched + at + mark.len());
            }
            searched = self.buffer.len().saturating_sub(mark.len()).max(from);
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }

    fn take(&mut self, start: usize, length: usize) -> Vec<u8> {
        let body = self.buffer[start..start + length].to_vec();
        self.buffer.drain(..start + length);
        body
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .find_map(|line| line.split_once(':').filter(|(key, _)| *key == name))
        .map(|(_, value)| value.trim())
}
