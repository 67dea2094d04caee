//! Getting at a log: from a file, or from a server.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use outgoing::{Http, Limits, Trust};
use serde_json::Value;
use url::Url;

/// Bytes that begin a packed file (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The longest unpacked log that is read; a server that lies may also send a bomb.
const LONGEST: u64 = 4 * 1024 * 1024 * 1024;

const LIMITS: Limits = Limits {
    connect: Duration::from_secs(15),
    answer: Duration::from_mins(10),
    longest: 1024 * 1024 * 1024,
};

/// It was not found out whether the log is whole: nothing could be reached or read.
#[derive(Debug, thiserror::Error)]
#[error("the log was not checked: {0}")]
pub(crate) struct NotChecked(pub(crate) String);

/// Where a log is.
#[derive(Debug)]
pub(super) enum Source {
    /// In a file.
    File(Vec<u8>),
    /// On a server, which can be asked for more.
    Server(Server),
}

/// A server.
#[derive(Debug)]
pub(super) struct Server {
    http: Http,
    base: Url,
    export: Url,
}

/// What the source says it is: an address with a scheme, or else a file.
pub(super) fn open(source: &str) -> Result<Source, NotChecked> {
    let address = Url::parse(source)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(address) = address else {
        return Ok(Source::File(file(Path::new(source))?));
    };
    let http = Http::new(&Trust::System, LIMITS).map_err(NotChecked)?;
    let join = |path: &str| {
        address
            .join(path)
            .map_err(|error| NotChecked(error.to_string()))
    };
    let end = Path::new(address.path()).extension();
    let is_export = end.is_some_and(|end| end == "gz" || end == "jsonl");
    let export = if is_export {
        address.clone()
    } else {
        join("/api/moot/v1/log/export.jsonl.gz")?
    };
    Ok(Source::Server(Server {
        http,
        base: join("/")?,
        export,
    }))
}

/// What is in a file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, NotChecked> {
    std::fs::read(path)
        .map_err(|error| NotChecked(format!("{} cannot be read: {error}", path.display())))
}

impl Server {
    /// The export.
    pub(super) async fn export(&self) -> Result<Vec<u8>, NotChecked> {
        self.get(&self.export)
            .await?
            .ok_or_else(|| NotChecked(format!("there is no log at {}", self.export)))
    }

    /// A JSON document of the server's; `None` where it has none.
    pub(super) async fn document(&self, path: &str) -> Result<Option<Value>, NotChecked> {
        let address = self
            .base
            .join(path)
            .map_err(|error| NotChecked(error.to_string()))?;
        let Some(body) = self.get(&address).await? else {
            return Ok(None);
        };
        serde_json::from_slice(&body)
            .map(Some)
            .map_err(|error| NotChecked(format!("{address} is not JSON: {error}")))
    }

    async fn get(&self, address: &Url) -> Result<Option<Vec<u8>>, NotChecked> {
        let answer = self
            .http
            .get(address, None)
            .await
            .map_err(|problem| NotChecked(format!("{address}: {problem}")))?;
        match answer.status.as_u16() {
            200 => Ok(Some(answer.body)),
            401 | 403 | 404 => Ok(None),
            other => Err(NotChecked(format!("{address} answered {other}"))),
        }
    }
}

/// The lines of an export, packed or not.
pub(super) fn lines(bytes: &[u8]) -> Box<dyn BufRead + '_> {
    if bytes.starts_with(&GZIP) {
        Box::new(BufReader::new(MultiGzDecoder::new(bytes).take(LONGEST)))
    } else {
        Box::new(Cursor::new(bytes))
    }
}
