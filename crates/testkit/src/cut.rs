//! A line to the database that breaks where a test wants: what a crash of the server leaves behind, at any step.
//!
//! A server that dies in the middle of a transaction looks like this to PostgreSQL, and nothing has to be built into the code to
//! make it happen: a proxy counts the statements that pass and drops the connection at one of them.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use service::App;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};

use crate::TestApp;

/// What asks for encryption before anything else; PostgreSQL's protocol, 53.2.10.
const SSL_REQUEST: u32 = 80_877_103;

/// A server whose line to the database breaks at a statement.
pub struct Cut {
    /// The server, to be used in place of the test's own.
    pub app: App,
    left: Arc<AtomicI64>,
    when: Arc<AtomicI64>,
    folder: PathBuf,
}

/// Where in a statement the line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The database never hears of it.
    Before,
    /// The database has done it, and the server never hears of that.
    After,
}

impl TestApp {
    /// The same server over a line that can be cut.
    ///
    /// # Panics
    /// Unless `DATABASE_URL` names a unix socket's folder, as the scratch cluster's does.
    pub fn cut(&self) -> Cut {
        let server = self.database.options();
        let socket = server
            .get_socket()
            .cloned()
            .or_else(|| Some(PathBuf::from(server.get_host())).filter(|path| path.is_absolute()))
            .expect("DATABASE_URL names a unix socket's folder")
            .join(format!(".s.PGSQL.{}", server.get_port()));
        let folder = std::env::temp_dir().join(format!("moot-cut-{:016x}", rand_number()));
        std::fs::create_dir(&folder).expect("a folder can be made");
        let listener = UnixListener::bind(folder.join(".s.PGSQL.5432")).expect("it can listen");
        let (left, when) = (
            Arc::new(AtomicI64::new(i64::MAX)),
            Arc::new(AtomicI64::new(0)),
        );
        tokio::spawn(serve(listener, socket, left.clone(), when.clone()));
        let through: PgConnectOptions = server.socket(&folder).port(5432);
        let pool = PgPoolOptions::new()
            .max_connections(2)
            .connect_lazy_with(through);
        Cut {
            app: App {
                db: pool,
                ..self.to_app()
            },
            left,
            when,
            folder,
        }
    }
}

impl Cut {
    /// Lets so many statements pass and breaks at the next.
    pub fn after(&self, statements: i64, moment: Moment) {
        self.when
            .store(i64::from(moment == Moment::After), Ordering::SeqCst);
        self.left.store(statements, Ordering::SeqCst);
    }

    /// Whether it did break since.
    pub fn is_broken(&self) -> bool {
        self.left.load(Ordering::SeqCst) < 0
    }

    /// Breaks no more.
    pub fn mend(&self) {
        self.left.store(i64::MAX, Ordering::SeqCst);
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

async fn serve(
    listener: UnixListener,
    socket: PathBuf,
    left: Arc<AtomicI64>,
    when: Arc<AtomicI64>,
) {
    while let Ok((client, _)) = listener.accept().await {
        let (left, when, socket) = (left.clone(), when.clone(), socket.clone());
        // However it ends, the line is gone then; that is the point.
        tokio::spawn(async move { relay(client, &socket, &left, &when).await.ok() });
    }
}

async fn relay(
    client: UnixStream,
    socket: &Path,
    left: &AtomicI64,
    when: &AtomicI64,
) -> io::Result<()> {
    let server = UnixStream::connect(socket).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let answers = tokio::spawn(async move {
        let mut bytes = vec![0; 16 * 1024];
        loop {
            match from_server.read(&mut bytes).await {
                Ok(0) | Err(_) => return,
                Ok(read) => {
                    if to_client.write_all(&bytes[..read]).await.is_err() {
                        return;
                    }
                }
            }
        }
    });
    let outcome = async {
        while greeting(&mut from_client, &mut to_server).await? == SSL_REQUEST {}
        loop {
            let kind = from_client.read_u8().await?;
            let length = from_client.read_u32().await?;
            let mut body = vec![0; length as usize - 4];
            from_client.read_exact(&mut body).await?;
            let is_statement = matches!(kind, b'E' | b'Q');
            let breaks = is_statement && left.fetch_sub(1, Ordering::SeqCst) <= 0;
            if breaks && when.load(Ordering::SeqCst) == 0 {
                return Ok(());
            }
            to_server.write_u8(kind).await?;
            to_server.write_u32(length).await?;
            to_server.write_all(&body).await?;
            if breaks {
                // 'S' makes the database do it (a plain query needs none); its answer goes nowhere.
                answers.abort();
                if kind == b'E' {
                    to_server.write_all(&[b'S', 0, 0, 0, 4]).await?;
                }
                // Ended in good order, the session has done what it was told before it goes.
                to_server.write_all(&[b'X', 0, 0, 0, 4]).await?;
                return Ok(());
            }
        }
    }
    .await;
    answers.abort();
    outcome
}

/// Passes a message on that comes before there are kinds, and answers what it asks for.
async fn greeting(
    from_client: &mut (impl AsyncReadExt + Unpin),
    to_server: &mut (impl AsyncWriteExt + Unpin),
) -> io::Result<u32> {
    let length = from_client.read_u32().await?;
    let asks = from_client.read_u32().await?;
    let mut body = vec![0; length as usize - 8];
    from_client.read_exact(&mut body).await?;
    to_server.write_u32(length).await?;
    to_server.write_u32(asks).await?;
    to_server.write_all(&body).await?;
    Ok(asks)
}

fn rand_number() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(())
}
