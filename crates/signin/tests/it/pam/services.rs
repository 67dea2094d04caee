//! A folder of service files, with the programs and the module that they name.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command, sync::OnceLock};

use signin::pam::{Pam, Settings};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "right horse";

/// Lets nobody in but with the password, which `pam_exec` gives it with a NUL at the end.
const CHECK: &str = "#!/bin/sh
password=$(tr -d '\\000')
[ \"$password\" = 'right horse' ] && case $PAM_USER in alice | gone | guest) exit 0 ;; esac
exit 1
";

/// What no module of the system does.
const MODULE: &str = r#"
#include <string.h>
#include <unistd.h>
extern int pam_putenv(void *, const char *);
extern int pam_set_item(void *, int, const void *);
extern int pam_get_item(const void *, int, const void **);
struct message { int style; const char *text; };
struct response { char *text; int code; };
struct conv { int (*ask)(int, const struct message **, struct response **, void *); void *data; };
static int ask(void *pam, int style) {
    const struct conv *conv = 0;
    struct message message = { style, "Really?" };
    const struct message *messages = &message;
    struct response *responses = 0;
    if (pam_get_item(pam, 5, (const void **)&conv) || !conv) return 4;
    return conv->ask(1, &messages, &responses, conv->data);
}
static int act(void *pam, int count, const char **words) {
    if (count < 1) return 0;
    if (!strcmp(words[0], "rename")) {
        pam_putenv(pam, "email=alice@elsewhere.example");
        return pam_set_item(pam, 2, "alice.liddell");
    }
    if (!strcmp(words[0], "name")) return ask(pam, 2);
    if (!strcmp(words[0], "password")) return ask(pam, 1);
    if (!strcmp(words[0], "hang")) for (;;) pause();
    if (!strcmp(words[0], "away")) return 9;
    return 0;
}
int pam_sm_authenticate(void *pam, int flags, int count, const char **words) { return act(pam, count, words); }
int pam_sm_acct_mgmt(void *pam, int flags, int count, const char **words) { return act(pam, count, words); }
int pam_sm_setcred(void *pam, int flags, int count, const char **words) { return 0; }
"#;

/// A folder of service files, removed when dropped.
pub(crate) struct Services(PathBuf);

impl Services {
    pub(crate) fn write(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("moot-pam-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let services = Self(folder);
        services.program("check", CHECK);
        services.program("account", "#!/bin/sh\n[ \"$PAM_USER\" != gone ]\n");
        services.program("members_only", "#!/bin/sh\n[ \"$PAM_USER\" = alice ]\n");
        fs::write(services.0.join("module.so"), module()).unwrap();
        let module = services.0.join("module.so");
        let module = module.display();
        let exec = |program: &str| format!("pam_exec.so quiet {}/{program}", services.0.display());
        let password = format!(
            "pam_exec.so quiet expose_authtok {}/check",
            services.0.display()
        );
        let (account, members) = (exec("account"), exec("members_only"));
        for (service, auth, account) in [
            ("club", &*password, &*account),
            ("members", "pam_deny.so", &*members),
            ("open", "pam_permit.so", "pam_permit.so"),
            ("renaming", &format!("{module} rename"), "pam_permit.so"),
            ("asks_name", &format!("{module} name"), "pam_permit.so"),
            ("asks_late", &password, &format!("{module} password")),
            ("hangs", &format!("{module} hang"), "pam_permit.so"),
            ("away", &format!("{module} away"), "pam_permit.so"),
            ("broken", "/nowhere/pam_missing.so", "pam_permit.so"),
            ("unix", "pam_unix.so", "pam_unix.so"),
        ] {
            services.file(
                service,
                &format!("auth required {auth}\naccount required {account}\n"),
            );
        }
        services
    }

    pub(crate) fn settings(&self, service: &str) -> Settings {
        Settings {
            service: service.to_owned(),
            controlled_service: None,
            email_domain: Some("club.example".to_owned()),
            folder: Some(self.0.clone()),
        }
    }

    pub(crate) fn open(&self, service: &str) -> Pam {
        self.open_with(service, |_| {})
    }

    pub(crate) fn open_with(&self, service: &str, change: impl FnOnce(&mut Settings)) -> Pam {
        let mut settings = self.settings(service);
        change(&mut settings);
        Pam::open(settings).unwrap()
    }

    pub(crate) fn remove(&self, service: &str) {
        fs::remove_file(self.0.join(service)).unwrap();
    }

    fn program(&self, name: &str, text: &str) {
        self.file(name, text);
        fs::set_permissions(self.0.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The module, compiled once for all tests.
fn module() -> &'static [u8] {
    static COMPILED: OnceLock<Vec<u8>> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("moot-pam-module-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (source, made) = (folder.join("module.c"), folder.join("module.so"));
        fs::write(&source, MODULE).unwrap();
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-Wall", "-o"])
            .args([&made, &source])
            .arg("-l:libpam.so.0")
            .status()
            .unwrap();
        assert!(compiled.success(), "the test's module compiles");
        let module = fs::read(&made).unwrap();
        fs::remove_dir_all(folder).unwrap();
        module
    })
}
