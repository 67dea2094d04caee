//! The id of an entry that never changes, as each kind of directory keeps it.

use super::{entry::Entry, settings::escaped};

// Where directories keep the id of an entry: OpenLDAP and most others (RFC 4530), Active Directory, FreeIPA,
// 389 Directory Server. The first that an entry has is taken.
const USUAL: &[&str] = &["entryUUID", "objectGUID", "ipaUniqueID", "nsUniqueId"];

/// An attribute that holds the id of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdAttribute {
    name: String,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    /// Sixteen bytes, of which the first three groups are little-endian (MS-DTYP, 2.3.4).
    Guid,
}

impl IdAttribute {
    /// The attribute of this name; nothing if that is no name of an attribute.
    pub fn named(name: &str) -> Option<Self> {
        let is_name = name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name
                .chars()
                .all(|each| each.is_ascii_alphanumeric() || each == '-' || each == '.');
        let form = if name.eq_ignore_ascii_case("objectGUID") {
            Form::Guid
        } else {
            Form::Text
        };
        is_name.then(|| Self {
            name: name.to_owned(),
            form,
        })
    }

    /// Those to try when the administrator names none.
    pub(super) fn usual() -> Vec<Self> {
        USUAL.iter().filter_map(|name| Self::named(name)).collect()
    }

    /// How the directory calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id that an entry has here. An attribute with several values is no id.
    pub(super) fn of(&self, entry: &Entry) -> Option<String> {
        let [value] = entry.values(&self.name) else {
            return None;
        };
        match self.form {
            Form::Guid => guid_text(value),
            Form::Text => {
                let text = str::from_utf8(value).ok()?.trim();
                (!text.is_empty()).then(|| canonical(text))
            }
        }
    }

    /// The condition that finds the entry with this id; nothing if no entry can have such an id here.
    pub(super) fn condition(&self, subject: &str) -> Option<String> {
        let value = match self.form {
            Form::Guid => {
                let mut value = String::with_capacity(48);
                for byte in guid_bytes(subject)? {
                    value.push('\\');
                    value.push_str(&hex::encode([byte]));
                }
                value
            }
            Form::Text => escaped(subject),
        };
        Some(format!("({}={value})", self.name))
    }
}

/// UUIDs mean the same in capitals; other ids may not.
fn canonical(text: &str) -> String {
    if is_uuid(text) {
        text.to_ascii_lowercase()
    } else {
        text.to_owned()
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| {
            if matches!(place, 8 | 13 | 18 | 23) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        })
}

const GUID_ORDER: [usize; 16] = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

fn guid_text(bytes: &[u8]) -> Option<String> {
    let bytes: &[u8; 16] = bytes.try_into().ok()?;
    let mut text = String::with_capacity(36);
    for (place, from) in GUID_ORDER.into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&hex::encode([bytes[from]]));
    }
    Some(text)
}

fn guid_bytes(text: &str) -> Option<[u8; 16]> {
    if !is_uuid(text) {
        return None;
    }
    let digits = text.replace('-', "");
    let mut bytes = [0; 16];
    for (place, to) in GUID_ORDER.into_iter().enumerate() {
        bytes[to] = u8::from_str_radix(digits.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: [u8; 16] = [
        0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee,
        0xff,
    ];
    const TEXT: &str = "00112233-4455-6677-8899-aabbccddeeff";

    fn first_of(entry: &Entry) -> Option<String> {
        IdAttribute::usual().iter().find_map(|id| id.of(entry))
    }

    #[test]
    fn an_object_guid_is_written_as_active_directorys_tools_write_it() {
        let entry = Entry::of("cn=a", &[("objectGUID", &GUID)]);

        assert_eq!(first_of(&entry).as_deref(), Some(TEXT));
        assert_eq!(guid_bytes(TEXT), Some(GUID));
        assert_eq!(
            IdAttribute::named("objectguid")
                .unwrap()
                .condition(TEXT)
                .as_deref(),
            Some("(objectguid=\\33\\22\\11\\00\\55\\44\\77\\66\\88\\99\\aa\\bb\\cc\\dd\\ee\\ff)")
        );
    }

    #[test]
    fn the_first_usual_attribute_that_is_there_is_taken() {
        let both = Entry::of(
            "cn=a",
            &[
                ("nsuniqueid", b"7f3b0a01-5c"),
                ("entryuuid", b"00112233-4455-6677-8899-AABBCCDDEEFF"),
            ],
        );

        assert_eq!(first_of(&both).as_deref(), Some(TEXT));
        assert_eq!(
            first_of(&Entry::of("cn=a", &[("nsuniqueid", b"7f3b0a01-5c")])).as_deref(),
            Some("7f3b0a01-5c")
        );
    }

    #[test]
    fn an_entry_without_exactly_one_id_has_none() {
        assert_eq!(first_of(&Entry::of("cn=a", &[])), None);
        assert_eq!(
            first_of(&Entry::of("cn=a", &[("objectGUID", b"short")])),
            None
        );
        assert_eq!(
            first_of(&Entry::of(
                "cn=a",
                &[("entryUUID", b"one"), ("entryUUID", b"two")]
            )),
            None
        );
    }

    #[test]
    fn an_id_cannot_widen_the_search_for_it() {
        let id = IdAttribute::named("entryUUID").unwrap();

        assert_eq!(
            id.condition("*)(uid=*").as_deref(),
            Some("(entryUUID=\\2a\\29\\28uid=\\2a)")
        );
        assert_eq!(
            IdAttribute::named("objectGUID").unwrap().condition("*"),
            None
        );
        assert_eq!(IdAttribute::named("uid=*)("), None);
    }
}
