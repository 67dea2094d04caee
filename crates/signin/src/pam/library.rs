//! libpam itself: the one place of this crate where Rust's guarantees end.
//!
//! Why it is sound: the types and numbers below are those of Linux-PAM's `security/_pam_types.h`, unchanged since 0.99; what
//! libpam is handed lives until `pam_end`; what it hands out is copied before; and a handle never leaves the thread that
//! made it, which is all that pam(3) asks of threads.

#![expect(
    unsafe_code,
    reason = "a C library is called; the module's first paragraph says why that is sound"
)]

mod conversation;

use std::{
    ffi::{CStr, CString, c_char, c_int, c_void},
    path::PathBuf,
    ptr,
};

use libloading::Library;
use secrecy::{ExposeSecret, SecretString};

use conversation::{Conv, Teller, converse, copied};

const SUCCESS: c_int = 0;
/// What `pam_exec` answers for every no of its program.
const SYSTEM_ERR: c_int = 4;
const BUF_ERR: c_int = 5;
const PERM_DENIED: c_int = 6;
const AUTH_ERR: c_int = 7;
const CRED_INSUFFICIENT: c_int = 8;
const AUTHINFO_UNAVAIL: c_int = 9;
const USER_UNKNOWN: c_int = 10;
const MAXTRIES: c_int = 11;
const NEW_AUTHTOK_REQD: c_int = 12;
const ACCT_EXPIRED: c_int = 13;
const CONV_ERR: c_int = 19;

const ITEM_USER: c_int = 2;
const SILENT: c_int = 0x8000;
const DISALLOW_NULL_AUTHTOK: c_int = 1;

/// There is no libpam that can be used.
#[derive(Debug, thiserror::Error)]
pub enum NoLibpam {
    /// It cannot be loaded.
    #[error(
        "libpam.so.0 could not be loaded; install it (Debian: libpam0g) or leave PAM_ENABLED unset"
    )]
    Missing(#[source] libloading::Error),
    /// It cannot read another folder than the system's.
    #[error(
        "this libpam has no pam_start_confdir, which MOOT_PAM_DIRECTORY needs (Linux-PAM 1.4 or newer)"
    )]
    TooOld(#[source] libloading::Error),
}

/// Who is asked about, and by which services.
pub(super) struct Question {
    pub(super) service: String,
    pub(super) controlled_service: Option<String>,
    pub(super) folder: Option<PathBuf>,
    pub(super) name: String,
    pub(super) password: SecretString,
}

/// What PAM says.
pub(super) enum Answer {
    /// Name and password are right, and they may come in.
    Recognised { name: String, email: Option<String> },
    /// Name or password is wrong.
    Wrong(String),
    /// They are right, but an account step says no.
    NotEntitled(String),
    /// It could not be found out.
    Away(String),
}

type Handle = *mut c_void;
type Start = unsafe extern "C" fn(*const c_char, *const c_char, *const Conv, *mut Handle) -> c_int;
type StartIn = unsafe extern "C" fn(
    *const c_char,
    *const c_char,
    *const Conv,
    *const c_char,
    *mut Handle,
) -> c_int;
type Step = unsafe extern "C" fn(Handle, c_int) -> c_int;
type GetItem = unsafe extern "C" fn(Handle, c_int, *mut *const c_void) -> c_int;
type GetEnv = unsafe extern "C" fn(Handle, *const c_char) -> *const c_char;
type StrError = unsafe extern "C" fn(Handle, c_int) -> *const c_char;

/// libpam, loaded.
#[derive(Debug)]
pub(super) struct Libpam {
    start: Start,
    start_in: Option<StartIn>,
    authenticate: Step,
    account: Step,
    end: Step,
    get_item: GetItem,
    get_env: GetEnv,
    str_error: StrError,
    /// The functions above are in it: it stays as long as they do.
    _library: Library,
}

impl Libpam {
    /// Loads it, and all that is needed of it.
    pub(super) fn load(needs_folder: bool) -> Result<Self, NoLibpam> {
        // SAFETY: libpam's initialisers only set up its own memory; each name is given the type of its manual page.
        unsafe {
            let library = Library::new("libpam.so.0").map_err(NoLibpam::Missing)?;
            let start_in = library.get::<StartIn>(b"pam_start_confdir\0").map(|f| *f);
            let start_in = match start_in {
                Ok(start_in) => Some(start_in),
                Err(error) if needs_folder => return Err(NoLibpam::TooOld(error)),
                Err(_) => None,
            };
            let step = |name: &[u8]| {
                library
                    .get::<Step>(name)
                    .map(|f| *f)
                    .map_err(NoLibpam::Missing)
            };
            Ok(Self {
                start: *library
                    .get::<Start>(b"pam_start\0")
                    .map_err(NoLibpam::Missing)?,
                start_in,
                authenticate: step(b"pam_authenticate\0")?,
                account: step(b"pam_acct_mgmt\0")?,
                end: step(b"pam_end\0")?,
                get_item: *library
                    .get::<GetItem>(b"pam_get_item\0")
                    .map_err(NoLibpam::Missing)?,
                get_env: *library
                    .get::<GetEnv>(b"pam_getenv\0")
                    .map_err(NoLibpam::Missing)?,
                str_error: *library
                    .get::<StrError>(b"pam_strerror\0")
                    .map_err(NoLibpam::Missing)?,
                _library: library,
            })
        }
    }

    /// Asks, on the thread that calls; it may take as long as the modules like.
    pub(super) fn ask(&self, question: &Question) -> Answer {
        let Ok(password) = CString::new(question.password.expose_secret()) else {
            return Answer::Wrong("a password without NUL is needed".to_owned());
        };
        let teller = Teller::new(password);
        let opened = self.open(question, &question.service, &question.name, &teller);
        let talk = match opened {
            Ok(talk) => talk,
            Err(said) => return Answer::Away(said),
        };
        let status = talk.step(self.authenticate, SILENT | DISALLOW_NULL_AUTHTOK);
        match status {
            SUCCESS => {}
            // An account that has expired is told before the password is known to be right: nothing is given away.
            AUTH_ERR | SYSTEM_ERR | USER_UNKNOWN | PERM_DENIED | MAXTRIES | CRED_INSUFFICIENT
            | ACCT_EXPIRED => {
                return Answer::Wrong(talk.says(status));
            }
            AUTHINFO_UNAVAIL => {
                return Answer::Away(format!(
                    "{}; what the modules ask is away",
                    talk.says(status)
                ));
            }
            CONV_ERR => {
                return Answer::Away(format!(
                    "{}; the modules ask for more than a password, which a form with one cannot give",
                    talk.says(status)
                ));
            }
            _ => return Answer::Away(talk.says(status)),
        }
        teller.says_no_more();
        if let Some(no) = talk.account() {
            return no;
        }
        // A module may have found another name for them; who they are is what it says last.
        let Some(name) = talk.user() else {
            return Answer::Away("the modules forgot whom they had recognised".to_owned());
        };
        let email = talk.environment(c"email");
        drop(talk);
        if let Some(controlled) = &question.controlled_service {
            let opened = self.open(question, controlled, &name, &teller);
            match opened.map(|talk| talk.account()) {
                Ok(None) => {}
                Ok(Some(no)) => return no,
                Err(said) => return Answer::Away(said),
            }
        }
        Answer::Recognised { name, email }
    }

    fn open<'a>(
        &'a self,
        question: &Question,
        service: &str,
        name: &str,
        teller: &'a Teller,
    ) -> Result<Talk<'a>, String> {
        let text = |text: &str| CString::new(text).map_err(|_| "a name holds NUL".to_owned());
        let (service, name) = (text(service)?, text(name)?);
        let folder = question
            .folder
            .as_ref()
            .map(|folder| folder.to_string_lossy());
        let folder = folder.map(|folder| text(&folder)).transpose()?;
        // libpam copies the struct, so it may go; what it points to is borrowed for as long as the talk lasts.
        let conv = Conv {
            conversation: converse,
            data: ptr::from_ref(teller).cast_mut().cast(),
        };
        let mut handle = ptr::null_mut();
        // SAFETY: all texts end in NUL and live until the call returns; libpam copies them.
        let status = unsafe {
            match (&folder, self.start_in) {
                (Some(folder), Some(start_in)) => start_in(
                    service.as_ptr(),
                    name.as_ptr(),
                    &raw const conv,
                    folder.as_ptr(),
                    &raw mut handle,
                ),
                _ => (self.start)(
                    service.as_ptr(),
                    name.as_ptr(),
                    &raw const conv,
                    &raw mut handle,
                ),
            }
        };
        if status != SUCCESS || handle.is_null() {
            return Err(format!("PAM could not be started (error {status})"));
        }
        Ok(Talk {
            library: self,
            teller,
            handle,
            last: std::cell::Cell::new(SUCCESS),
        })
    }
}

/// One transaction. Holds a raw pointer, so it stays on its thread; ends when dropped.
struct Talk<'a> {
    library: &'a Libpam,
    teller: &'a Teller,
    handle: Handle,
    last: std::cell::Cell<c_int>,
}

impl Talk<'_> {
    fn step(&self, step: Step, flags: c_int) -> c_int {
        // SAFETY: the handle is open and of this thread.
        let status = unsafe { step(self.handle, flags) };
        self.last.set(status);
        status
    }

    /// The account step; `None` when it lets them in.
    fn account(&self) -> Option<Answer> {
        let status = self.step(self.library.account, SILENT | DISALLOW_NULL_AUTHTOK);
        match status {
            SUCCESS => None,
            NEW_AUTHTOK_REQD => Some(Answer::NotEntitled(
                "the password has to be changed first".to_owned(),
            )),
            AUTH_ERR | SYSTEM_ERR | PERM_DENIED | USER_UNKNOWN | ACCT_EXPIRED => {
                Some(Answer::NotEntitled(self.says(status)))
            }
            _ => Some(Answer::Away(format!("account step: {}", self.says(status)))),
        }
    }

    fn user(&self) -> Option<String> {
        let mut item = ptr::null();
        // SAFETY: the handle is open; PAM_USER is a text that libpam keeps until the next step.
        unsafe {
            let status = (self.library.get_item)(self.handle, ITEM_USER, &raw mut item);
            (status == SUCCESS).then(|| copied(item.cast())).flatten()
        }
    }

    fn environment(&self, name: &CStr) -> Option<String> {
        // SAFETY: the handle is open; the text belongs to libpam until the next step.
        unsafe { copied((self.library.get_env)(self.handle, name.as_ptr())) }
    }

    /// libpam's words for a status, and what the modules said themselves.
    fn says(&self, status: c_int) -> String {
        // SAFETY: the text is one of libpam's constants.
        let text = unsafe { copied((self.library.str_error)(self.handle, status)) };
        let mut text = text.unwrap_or_else(|| format!("error {status}"));
        for said in self.teller.heard.borrow().iter() {
            text.push_str("; ");
            text.push_str(said);
        }
        text
    }
}

impl Drop for Talk<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and nobody has it after this.
        unsafe { (self.library.end)(self.handle, self.last.get()) };
    }
}
