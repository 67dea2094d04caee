//! A scratch realm: database, KDC and configuration in a folder of their own, on a free port of loopback.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use signin::kerberos::{Kerberos, Settings};
use tokio::task::JoinHandle;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "right horse battery";
const REALM: &str = "CLUB.EXAMPLE";
const SERVICE: &str = "host/moot.club.example";

/// A realm with a KDC, which ends when dropped.
pub(crate) struct Realm {
    folder: PathBuf,
    pub(crate) port: u16,
    kdc: Child,
}

impl Realm {
    pub(crate) fn start(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("moot-realm-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let port = free_port();
        write_config(&folder, port);
        let shown = folder.display();
        let profile = format!(
            "[kdcdefaults]\n kdc_listen = 127.0.0.1:{port}\n kdc_tcp_listen = 127.0.0.1:{port}\n[realms]\n {REALM} = {{\n  \
             database_name = {shown}/principal\n  key_stash_file = {shown}/stash\n  acl_file = {shown}/acl\n  \
             default_principal_flags = +preauth\n }}\n[logging]\n kdc = FILE:{shown}/kdc.log\n"
        );
        fs::write(folder.join("kdc.conf"), profile).unwrap();
        run(program(&folder, "kdb5_util").args(["create", "-s", "-r", REALM, "-P", "master"]));
        let mut kdc = program(&folder, "krb5kdc")
            .arg("-n")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // It says so once it listens.
        let said = BufReader::new(kdc.stderr.take().unwrap()).lines().next();
        assert!(said.unwrap().unwrap().contains("starting"));
        let realm = Self { folder, port, kdc };
        let keytab = realm.folder.join("keytab");
        for query in [
            format!("addprinc -randkey {SERVICE}"),
            format!("ktadd -k {} {SERVICE}", keytab.display()),
            format!("addprinc -pw \"{PASSWORD}\" alice"),
            format!("addprinc -pw \"{PASSWORD}\" bob"),
            format!("addprinc -pw \"{PASSWORD}\" -expire 2020-01-01 expired"),
            format!("addprinc -pw \"{PASSWORD}\" -pwexpire 2020-01-01 stale"),
            format!("addprinc -pw \"{PASSWORD}\" -allow_tix locked"),
        ] {
            realm.admin(&query);
        }
        realm
    }

    /// A query of kadmin(1).
    pub(crate) fn admin(&self, query: &str) {
        run(program(&self.folder, "kadmin.local").args(["-r", REALM, "-q", query]));
    }

    /// The krb5.conf of the realm's members.
    pub(crate) fn config(&self) -> PathBuf {
        self.folder.join("krb5.conf")
    }

    /// A krb5.conf that takes what listens at this port for the KDC.
    pub(crate) fn config_for(&self, port: u16) -> PathBuf {
        let folder = self.folder.join("elsewhere");
        fs::create_dir_all(&folder).unwrap();
        write_config(&folder, port);
        folder.join("krb5.conf")
    }

    pub(crate) fn open(&self) -> Kerberos {
        self.open_with(|_| {})
    }

    pub(crate) fn open_with(&self, change: impl FnOnce(&mut Settings)) -> Kerberos {
        let mut settings = Settings {
            realm: REALM.to_owned(),
            keytab: self.folder.join("keytab"),
            service: SERVICE.to_owned(),
            email_domain: Some("club.example".to_owned()),
            config: Some(self.config()),
        };
        change(&mut settings);
        Kerberos::open(settings).unwrap()
    }

    /// Ends the KDC.
    pub(crate) fn stop(&mut self) {
        let _ = self.kdc.kill();
        let _ = self.kdc.wait();
    }
}

impl Drop for Realm {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Somebody in between who answers some requests through another KDC.
pub(crate) struct Relay {
    pub(crate) port: u16,
    task: JoinHandle<()>,
}

impl Relay {
    /// What holds `mark` goes to the second port, everything else to the first.
    pub(crate) async fn between(real: u16, other: u16, mark: &'static [u8]) -> Self {
        let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let port = socket.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let mut packet = vec![0; 65_536];
            loop {
                let (length, asker) = socket.recv_from(&mut packet).await.unwrap();
                let request = &packet[..length];
                let is_marked = request.windows(mark.len()).any(|part| part == mark);
                let upstream = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
                let port = if is_marked { other } else { real };
                upstream.connect(("127.0.0.1", port)).await.unwrap();
                upstream.send(request).await.unwrap();
                let length = upstream.recv(&mut packet).await.unwrap();
                socket.send_to(&packet[..length], asker).await.unwrap();
            }
        });
        Self { port, task }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Something that listens where a KDC should be, and says nothing.
pub(crate) struct Silence {
    pub(crate) port: u16,
    _udp: UdpSocket,
    _tcp: TcpListener,
}

impl Silence {
    pub(crate) fn begin() -> Self {
        let port = free_port();
        Self {
            port,
            _udp: UdpSocket::bind(("127.0.0.1", port)).unwrap(),
            _tcp: TcpListener::bind(("127.0.0.1", port)).unwrap(),
        }
    }
}

/// Whether a process with this configuration is still there.
pub(crate) fn somebody_reads(config: &Path) -> bool {
    let mark = format!("KRB5_CONFIG={}", config.display());
    fs::read_dir("/proc").unwrap().flatten().any(|process| {
        let environment = fs::read(process.path().join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).contains(&mark)
    })
}

fn write_config(folder: &Path, port: u16) {
    // Only UDP, so that whoever stands in between sees every request.
    let text = format!(
        "[libdefaults]\n default_realm = {REALM}\n dns_lookup_kdc = false\n dns_lookup_realm = false\n rdns = false\n \
         udp_preference_limit = 32000\n[realms]\n {REALM} = {{\n  kdc = 127.0.0.1:{port}\n }}\n"
    );
    fs::write(folder.join("krb5.conf"), text).unwrap();
}

fn program(folder: &Path, name: &str) -> Command {
    let mut command = Command::new(name);
    command
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("LC_ALL", "C")
        .env("KRB5_CONFIG", folder.join("krb5.conf"))
        .env("KRB5_KDC_PROFILE", folder.join("kdc.conf"))
        .stdin(Stdio::null());
    command
}

/// kadmin.local ends well whatever became of its query, so what it complains of counts.
fn run(command: &mut Command) {
    let done = command.output().unwrap();
    let complaint = String::from_utf8_lossy(&done.stderr);
    let is_well = done.status.success()
        && (complaint.trim().is_empty()
            || complaint.lines().all(|line| line.contains("No policy")));
    assert!(is_well, "{command:?}: {complaint}");
}

/// A port that is free for UDP and TCP alike.
fn free_port() -> u16 {
    loop {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = tcp.local_addr().unwrap().port();
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
