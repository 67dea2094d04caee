//! What a CAS server answers when it is shown a ticket (CAS protocol 3.0, appendix A).
//!
//! Plain XML and nothing clever: no document type, no entities but XML's own five, and the elements that decide must be
//! in the namespace of CAS, exactly where the protocol has them.

use std::collections::BTreeMap;

use quick_xml::{
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

use super::Settings;
use crate::{Identity, Unrecognised};

/// The namespace of CAS.
const CAS: &str = "http://www.yale.edu/tp/cas";
/// Deeper than this nothing is.
const DEEPEST: usize = 16;

/// What the server says of somebody: the first value of each attribute, and `user`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said(BTreeMap<String, String>);

/// An element on the way down: its local name, and whether it is in the namespace of CAS.
type Step = (String, bool);

#[derive(Default)]
struct Reading {
    path: Vec<Step>,
    text: String,
    said: Said,
    has_succeeded: bool,
    failure: Option<String>,
}

/// Reads an answer: who it is, or why not.
pub(super) fn read(body: &[u8]) -> Result<Said, Unrecognised> {
    let unreadable =
        || Unrecognised::Unavailable("its answer is not what CAS servers write".to_owned());
    let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
    let mut reader = NsReader::from_str(text);
    let mut reading = Reading::default();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| unreadable())?;
        let is_cas = matches!(namespace, ResolveResult::Bound(Namespace(CAS)));
        match event {
            Event::Start(element) => reading.begin(&element, is_cas),
            Event::Empty(element) => {
                reading.begin(&element, is_cas);
                reading.end();
            }
            Event::End(_) => reading.end(),
            Event::Text(text) => reading.text.push_str(&text.xml10_content()),
            Event::CData(text) => reading.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().map_err(|_| unreadable())?;
                match letter {
                    Some(letter) => reading.text.push(letter),
                    None => reading.text.push_str(
                        resolve_predefined_entity(&reference.xml10_content())
                            .ok_or_else(unreadable)?,
                    ),
                }
            }
            Event::DocType(_) => return Err(unreadable()),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        if reading.path.len() > DEEPEST {
            return Err(unreadable());
        }
    }
    if !reading.path.is_empty() {
        return Err(unreadable());
    }
    match reading.failure {
        Some(code) => Err(refused(&code)),
        None if reading.has_succeeded => Ok(reading.said),
        None => Err(unreadable()),
    }
}

/// What the codes of the protocol mean to us (CAS protocol 3.0, 2.5.3).
fn refused(code: &str) -> Unrecognised {
    match code {
        "INVALID_TICKET" | "INVALID_TICKET_SPEC" => Unrecognised::Spent,
        "INVALID_SERVICE" => {
            Unrecognised::Untrue("the ticket was made for another service".to_owned())
        }
        "UNAUTHORIZED_SERVICE" | "UNAUTHORIZED_SERVICE_PROXY" => Unrecognised::Unavailable(
            "it does not serve us; add our callback address to its services".to_owned(),
        ),
        other => {
            let other: String = other
                .chars()
                .filter(char::is_ascii_graphic)
                .take(60)
                .collect();
            Unrecognised::Unavailable(format!("it says {other}"))
        }
    }
}

impl Reading {
    fn begin(&mut self, element: &BytesStart<'_>, is_cas: bool) {
        let name = element.local_name().as_ref().to_owned();
        self.path.push((name, is_cas));
        self.text.clear();
        match self.place().as_slice() {
            ["serviceResponse", "authenticationSuccess"] => self.has_succeeded = true,
            ["serviceResponse", "authenticationFailure"] => {
                let code = element
                    .attributes()
                    .flatten()
                    .find(|attribute| attribute.key.as_ref() == "code")
                    .and_then(|attribute| {
                        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                        value.ok().map(std::borrow::Cow::into_owned)
                    });
                self.failure = Some(code.unwrap_or_default());
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        let text = self.text.trim().to_owned();
        // Attributes stand in `cas:attributes`, in CAS 2 beside `cas:user`; their own namespace is whatever it is.
        let (parents, name) = match self.path.split_last() {
            Some(((name, is_cas), parents)) => (parents, (name.clone(), *is_cas)),
            None => return,
        };
        let parents: Vec<&str> = parents
            .iter()
            .filter(|(_, is_cas)| *is_cas)
            .map(|(name, _)| name.as_str())
            .collect();
        let is_in_place = parents.len() + 1 == self.path.len();
        let is_told = match parents.as_slice() {
            ["serviceResponse", "authenticationSuccess"] => name.0 != "user" || name.1,
            ["serviceResponse", "authenticationSuccess", "attributes"] => name.0 != "user",
            _ => false,
        };
        if is_in_place && is_told && !text.is_empty() {
            self.said.0.entry(name.0).or_insert(text);
        }
        self.text.clear();
        self.path.pop();
    }

    /// Where we are, if every element on the way is CAS's own.
    fn place(&self) -> Vec<&str> {
        let names = self.path.iter();
        let names = names.map(|(name, is_cas)| if *is_cas { name.as_str() } else { "" });
        names.collect()
    }
}

impl Said {
    /// Who it is.
    pub(super) fn recognise(&self, settings: &Settings) -> Result<Identity, Unrecognised> {
        let names = &settings.attributes;
        let told = |name: &str| self.0.get(name).cloned();
        let subject = told(&names.uid).ok_or_else(|| {
            Unrecognised::Unavailable(format!("it does not tell the attribute {}", names.uid))
        })?;
        let email = told(&names.email);
        let full_name = || {
            let parts = told(&names.first_name)
                .into_iter()
                .chain(told(&names.last_name));
            let parts: Vec<String> = parts.collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        Ok(Identity {
            source: "cas".to_owned(),
            username: subject.split('@').next().unwrap_or_default().to_owned(),
            subject,
            email_is_verified: email.is_some() && settings.assume_email_is_verified,
            email,
            display_name: told(&names.name).or_else(full_name),
            groups: Vec::new(),
        })
    }
}
