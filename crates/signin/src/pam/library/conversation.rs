//! Answering what modules ask while they check somebody.

use std::ffi::{CStr, CString, c_char, c_int, c_void};

use super::{BUF_ERR, CONV_ERR, SUCCESS};

const PROMPT_ECHO_OFF: c_int = 1;
const PROMPT_ECHO_ON: c_int = 2;

/// Hidden prompts answered in one try: modules stacked on each other may ask each for itself.
const MOST_ANSWERS: usize = 4;

pub(super) type Conversation =
    extern "C" fn(c_int, *const *const Message, *mut *mut Response, *mut c_void) -> c_int;

#[repr(C)]
pub(super) struct Conv {
    pub(super) conversation: Conversation,
    pub(super) data: *mut c_void,
}

#[repr(C)]
pub(super) struct Message {
    style: c_int,
    text: *const c_char,
}

#[repr(C)]
pub(super) struct Response {
    text: *mut c_char,
    code: c_int,
}

// libpam frees answers with `free`, so they must come from the same allocator.
unsafe extern "C" {
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn free(memory: *mut c_void);
    fn strdup(text: *const c_char) -> *mut c_char;
}

/// A copy of a C text; `None` for nothing, for emptiness and for what is no UTF-8.
///
/// # Safety
/// The pointer is null or leads to a text that ends in NUL.
pub(super) unsafe fn copied(text: *const c_char) -> Option<String> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) }.to_str().ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Answers the modules' questions: a hidden prompt gets the password, and nothing else is answered.
pub(super) struct Teller {
    password: CString,
    answers_left: std::cell::Cell<usize>,
    pub(super) heard: std::cell::RefCell<Vec<String>>,
}

impl Teller {
    pub(super) fn new(password: CString) -> Self {
        Self {
            password,
            answers_left: std::cell::Cell::new(MOST_ANSWERS),
            heard: std::cell::RefCell::default(),
        }
    }

    /// Account steps need no password; one that asks for it is up to something else.
    pub(super) fn says_no_more(&self) {
        self.answers_left.set(0);
    }

    /// Whether there is an answer left.
    fn takes_an_answer(&self) -> bool {
        let left = self.answers_left.get();
        self.answers_left.set(left.saturating_sub(1));
        left > 0
    }

    fn hear(&self, text: &str) {
        let mut heard = self.heard.borrow_mut();
        if heard.len() < MOST_ANSWERS {
            heard.push(text.chars().filter(|c| !c.is_control()).take(200).collect());
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        let mut password = std::mem::take(&mut self.password).into_bytes_with_nul();
        password.fill(0);
        // Looked at, so that the compiler does not leave out what nobody reads.
        std::hint::black_box(&password);
    }
}

/// libpam calls this on the thread that asked, while its [`Teller`] is borrowed by the talk.
pub(super) extern "C" fn converse(
    count: c_int,
    messages: *const *const Message,
    responses: *mut *mut Response,
    data: *mut c_void,
) -> c_int {
    let Some(count) = usize::try_from(count)
        .ok()
        .filter(|count| (1..=32).contains(count))
    else {
        return CONV_ERR;
    };
    if messages.is_null() || responses.is_null() || data.is_null() {
        return CONV_ERR;
    }
    // SAFETY: `data` is the Teller given at the start; Linux-PAM hands over an array of `count` pointers to messages and
    // takes one of `count` responses, each of whose texts it frees. On failure it takes nothing, so all is freed here.
    unsafe {
        let teller = &*data.cast::<Teller>();
        let answers = calloc(count, size_of::<Response>()).cast::<Response>();
        if answers.is_null() {
            return BUF_ERR;
        }
        for index in 0..count {
            let message = &**messages.add(index);
            match message.style {
                PROMPT_ECHO_OFF if teller.takes_an_answer() => {
                    (*answers.add(index)).text = strdup(teller.password.as_ptr());
                }
                PROMPT_ECHO_OFF | PROMPT_ECHO_ON => {
                    for index in 0..index {
                        free((*answers.add(index)).text.cast());
                    }
                    free(answers.cast());
                    return CONV_ERR;
                }
                _ => {
                    if let Some(text) = copied(message.text) {
                        teller.hear(&text);
                    }
                }
            }
        }
        *responses = answers;
    }
    SUCCESS
}
