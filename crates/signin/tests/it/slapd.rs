//! A real directory: slapd with a folder, ports and a certificate authority of its own, as any user.
//!
//! `tests/real/slapd.py` is the same for the tests of the whole server; its people differ.

mod contents;

pub(crate) use contents::{password, person};

use std::{
    fs,
    io::{BufRead, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, ChildStderr, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread::JoinHandle,
};

use secrecy::SecretString;
use signin::ldap::{
    Authority, Encryption, Find, Plaintext, Searcher, Server, Settings, Template, Trust,
};

use contents::{configuration, first_entries, person_lines};

pub(crate) const BASE: &str = "dc=club,dc=example";
pub(crate) const PEOPLE: &str = "ou=people,dc=club,dc=example";
pub(crate) const GROUPS: &str = "ou=groups,dc=club,dc=example";
pub(crate) const SEARCHER: &str = "cn=moot,ou=services,dc=club,dc=example";
pub(crate) const SEARCHERS_PASSWORD: &str = "the searcher's own";
pub(crate) const MASTODONS_FILTER: &str = "(|(%<uid>s=%<email>s)(%<mail>s=%<email>s))";
pub(crate) const ADMIN: &str = "cn=admin,dc=club,dc=example";
const ADMINS_PASSWORD: &str = "the administrator's own";

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// How a directory is to be.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `good`, `expired` or `wrong-host`; none for a server that knows no TLS.
    pub(crate) certificate: Option<&'static str>,
    /// Wrong passwords until an entry is locked for good; nought for never.
    pub(crate) failures_until_locked: u32,
    /// The most entries it gives at once.
    pub(crate) size_limit: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            certificate: Some("good"),
            failures_until_locked: 0,
            size_limit: 500,
        }
    }
}

/// A running directory. It ends, and its folder goes, when it is dropped.
#[derive(Debug)]
pub(crate) struct Slapd {
    folder: PathBuf,
    port: u16,
    tls_port: u16,
    child: Option<Child>,
    log: Option<JoinHandle<Vec<String>>>,
}

impl Slapd {
    pub(crate) fn start() -> Self {
        Self::with(&Options::default())
    }

    pub(crate) fn with(options: &Options) -> Self {
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("moot-slapd-rs-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("db")).unwrap();
        let mut slapd = Self {
            port: free_port(),
            tls_port: free_port(),
            child: None,
            log: None,
            folder,
        };
        if options.certificate.is_some() {
            slapd.make_certificates();
        }
        fs::write(
            slapd.folder.join("slapd.conf"),
            configuration(&slapd.folder, options),
        )
        .unwrap();
        slapd.load(&first_entries(options));
        slapd.run();
        slapd
    }

    /// Starts it, again if it was stopped, and returns when it listens.
    pub(crate) fn run(&mut self) {
        let mut child = Command::new("/usr/sbin/slapd")
            .args(["-d", "stats", "-f"])
            .arg(self.folder.join("slapd.conf"))
            .args(["-h", &self.listeners()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (listens, is_listening) = mpsc::channel();
        let stderr = child.stderr.take().unwrap();
        self.log = Some(std::thread::spawn(move || read_log(stderr, &listens)));
        self.child = Some(child);
        is_listening.recv().expect("slapd says that it starts");
        // It says so a moment before it listens.
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "slapd ended: {ended:?}");
            std::thread::yield_now();
        }
    }

    /// Ends it and gives what it wrote since it was started: one line for each operation.
    pub(crate) fn stop(&mut self) -> Vec<String> {
        let Some(mut child) = self.child.take() else {
            return Vec::new();
        };
        Command::new("kill")
            .arg(child.id().to_string())
            .status()
            .unwrap();
        child.wait().unwrap();
        self.log.take().unwrap().join().unwrap()
    }

    pub(crate) fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    pub(crate) fn tls_url(&self) -> String {
        format!("ldaps://localhost:{}", self.tls_port)
    }

    /// Where it listens: on both loopback addresses, if there are two.
    fn listeners(&self) -> String {
        let hosts = if has_ipv6() {
            &["127.0.0.1", "[::1]"] as &[_]
        } else {
            &["127.0.0.1"]
        };
        let mut urls = Vec::new();
        for host in hosts {
            urls.push(format!("ldap://{host}:{}", self.port));
            if self.folder.join("ca.pem").exists() {
                urls.push(format!("ldaps://{host}:{}", self.tls_port));
            }
        }
        urls.join(" ")
    }

    /// The addresses without and with TLS, by the address itself in its version 6.
    pub(crate) fn ipv6_urls(&self) -> [String; 2] {
        [
            format!("ldap://[::1]:{}", self.port),
            format!("ldaps://[::1]:{}", self.tls_port),
        ]
    }

    pub(crate) fn authority(&self) -> Authority {
        Authority::read(&self.folder.join("ca.pem")).unwrap()
    }

    /// This server, spoken to so.
    pub(crate) fn server(&self, encryption: Encryption) -> Server {
        let url = format!("ldap://localhost:{}", self.port);
        Server::at(&url, encryption, Plaintext::Loopback).unwrap()
    }

    /// Mastodon's usual settings, with `StartTLS`.
    pub(crate) fn settings(&self) -> Settings {
        let is_private = self.folder.join("ca.pem").exists();
        Settings {
            servers: vec![self.server(if is_private {
                Encryption::StartTls
            } else {
                Encryption::None
            })],
            trust: if is_private {
                Trust::Also(self.authority())
            } else {
                Trust::System
            },
            base: PEOPLE.to_owned(),
            searcher: Some(Searcher {
                dn: SEARCHER.to_owned(),
                password: SecretString::from(SEARCHERS_PASSWORD),
            }),
            find: Find::Search(
                Template::parse(MASTODONS_FILTER, &["uid", "mail", "email"]).unwrap(),
            ),
            uid: "uid".to_owned(),
            mail: "mail".to_owned(),
            mail_template: None,
            conversion: None,
            id: None,
            required: None,
            groups: None,
        }
    }

    // --- its entries ---------------------------------------------------------------------------------------------

    /// Adds a person; more lines of LDIF follow the usual ones.
    pub(crate) fn add_person(&self, uid: &str, password: &str, more: &str) {
        self.modify(&format!(
            "{}changetype: add\n{}{more}",
            format_args!("dn: {}\n", person(uid)),
            person_lines(uid, password)
        ));
    }

    pub(crate) fn replace(&self, dn: &str, attribute: &str, value: &str) {
        self.modify(&format!(
            "dn: {dn}\nchangetype: modify\nreplace: {attribute}\n{attribute}: {value}\n"
        ));
    }

    pub(crate) fn delete(&self, dn: &str) {
        self.modify(&format!("dn: {dn}\nchangetype: delete\n"));
    }

    /// Runs LDIF as the administrator, who may write what overlays keep.
    pub(crate) fn modify(&self, ldif: &str) {
        self.run_tool("ldapmodify", &["-e", "relax"], ldif);
    }

    pub(crate) fn read(&self, dn: &str, attribute: &str) -> String {
        let printed = self.run_tool(
            "ldapsearch",
            &[
                "-LLL",
                "-o",
                "ldif-wrap=no",
                "-s",
                "base",
                "-b",
                dn,
                "(objectClass=*)",
                attribute,
            ],
            "",
        );
        let mark = format!("{attribute}: ");
        printed
            .lines()
            .find_map(|line| line.strip_prefix(&mark))
            .unwrap_or_else(|| panic!("{dn} has no {attribute}: {printed}"))
            .to_owned()
    }

    fn run_tool(&self, tool: &str, arguments: &[&str], input: &str) -> String {
        run(
            Command::new(tool)
                .args(["-x", "-H", &self.url(), "-D", ADMIN, "-w", ADMINS_PASSWORD])
                .args(arguments)
                .env("LDAPNOINIT", "1"),
            input,
        )
    }

    // --- parts ---------------------------------------------------------------------------------------------------

    fn load(&self, ldif: &str) {
        let configuration = self.folder.join("slapd.conf");
        run(
            Command::new("/usr/sbin/slapadd")
                .arg("-f")
                .arg(configuration),
            ldif,
        );
    }

    fn make_certificates(&self) {
        let openssl = |arguments: &str| {
            run(
                Command::new("openssl")
                    .args(arguments.split_whitespace())
                    .current_dir(&self.folder),
                "",
            );
        };
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        openssl(&format!(
            "req -x509 {key} -keyout ca.key -out ca.pem -days 30 -subj /CN=Scratch -addext keyUsage=critical,keyCertSign"
        ));
        for (name, hosts, days) in [
            ("good", "DNS:localhost,IP:127.0.0.1,IP:::1", 30),
            ("expired", "DNS:localhost,IP:127.0.0.1", -1),
            (
                "wrong-host",
                "DNS:ldap.elsewhere.example,DNS:address.invalid,IP:::2",
                30,
            ),
        ] {
            openssl(&format!(
                "req {key} -keyout {name}.key -out {name}.csr -subj /CN={name}"
            ));
            fs::write(
                self.folder.join("extensions"),
                format!("subjectAltName={hosts}\n"),
            )
            .unwrap();
            openssl(&format!(
                "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -days {days} -extfile extensions -out {name}.pem"
            ));
        }
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn read_log(stderr: ChildStderr, listens: &mpsc::Sender<()>) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        if line.contains("slapd starting") {
            let _ = listens.send(());
        }
        lines.push(line);
    }
    lines
}

fn run(command: &mut Command, input: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let done = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {errors}\n{input}");
    String::from_utf8(done.stdout).unwrap()
}

/// Whether this machine has the loopback address of version 6; some containers have not.
pub(crate) fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").is_ok()
}

/// A port of the loopback interface that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
