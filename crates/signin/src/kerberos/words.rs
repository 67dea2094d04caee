//! What `kinit` says when it ends badly, as MIT's `krb5_err.et` and `kinit.c` word it in English.

/// What a failed try means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// There is no such principal with such a password.
    Wrong(String),
    /// The password is right, but does not let its owner in.
    NotEntitled(String),
    /// Nothing is known.
    Away(String),
}

/// What the member's own exchange said.
///
/// That a principal has expired or is locked is told by the KDC before the password is looked at: it counts as wrong, since
/// otherwise anybody could find out who was a member. That the password has expired is only told to who knows it.
pub(super) fn of_password(said: &str) -> Meaning {
    let has = |words: &str| said.contains(words);
    if has("Password expired.  You must change it now") || has("Password has expired") {
        return Meaning::NotEntitled(
            "the password has expired and has to be changed first".to_owned(),
        );
    }
    if has("not found in Kerberos database") {
        return Meaning::Wrong("the KDC knows no such principal".to_owned());
    }
    if has("Password incorrect")
        || has("Preauthentication failed")
        || has("Decrypt integrity check failed")
    {
        return Meaning::Wrong(
            "the password is wrong, or this is not the KDC that knows our key".to_owned(),
        );
    }
    if has("entry in database has expired") {
        return Meaning::Wrong(
            "the principal has expired (told whether the password is right or not)".to_owned(),
        );
    }
    if has("have been revoked") || has("has been revoked") {
        return Meaning::Wrong(
            "the principal is locked (told whether the password is right or not)".to_owned(),
        );
    }
    if has("KDC policy rejects request") {
        return Meaning::Wrong("the KDC's policy lets this principal get no ticket".to_owned());
    }
    Meaning::Away(unreached(said).unwrap_or_else(|| last_line(said)))
}

/// What the exchange for our own keytab said.
pub(super) fn of_armour(said: &str, service: &str) -> String {
    let has = |words: &str| said.contains(words);
    if let Some(text) = unreached(said) {
        return text;
    }
    if has("no suitable keys") {
        return format!(
            "the keytab holds no key of {service}; look at MOOT_KERBEROS_KEYTAB (klist -k) and MOOT_KERBEROS_SERVICE"
        );
    }
    if has("not found in Kerberos database") {
        return format!("the KDC does not know {service}; look at MOOT_KERBEROS_SERVICE");
    }
    if has("Preauthentication failed")
        || has("Password incorrect")
        || has("Decrypt integrity check failed")
    {
        return format!(
            "the KDC does not know the keytab's key of {service}: the keytab is older than the principal's key (make a new one with ktadd), \
             or this is not the organisation's KDC"
        );
    }
    format!("no ticket for {service}: {}", last_line(said))
}

/// What keeps everybody from the KDC, with advice.
fn unreached(said: &str) -> Option<String> {
    let has = |words: &str| said.contains(words);
    if has("Cannot contact any KDC") {
        return Some(
            "no KDC can be reached; is it up, and does krb5.conf (MOOT_KERBEROS_CONFIG) name it?"
                .to_owned(),
        );
    }
    if has("Cannot find KDC") {
        return Some(
            "krb5.conf (MOOT_KERBEROS_CONFIG) and DNS name no KDC of this realm".to_owned(),
        );
    }
    if has("Clock skew too great") {
        return Some(
            "this machine's clock and the KDC's differ by more than five minutes; set both by NTP"
                .to_owned(),
        );
    }
    None
}

fn last_line(said: &str) -> String {
    let line = said.lines().rev().find(|line| !line.trim().is_empty());
    line.unwrap_or("kinit ended badly and said nothing")
        .chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_password_has_proved_is_told_apart_from_wrong() {
        let wrong = |said: &str| matches!(of_password(said), Meaning::Wrong(_));

        for said in [
            "kinit: Client 'nobody@CLUB.EXAMPLE' not found in Kerberos database while getting initial credentials",
            "kinit: Password incorrect while getting initial credentials",
            "kinit: Preauthentication failed while getting initial credentials",
            "kinit: Client's entry in database has expired while getting initial credentials",
            "kinit: Client's credentials have been revoked while getting initial credentials",
        ] {
            assert!(wrong(said), "{said}");
        }
        let expired = "Password for a@R: \nPassword expired.  You must change it now.\nEnter new password: \nkinit: Cannot read password while getting initial credentials";
        assert!(matches!(of_password(expired), Meaning::NotEntitled(_)));
    }

    #[test]
    fn what_keeps_everybody_away_is_nobodys_wrong_password() {
        for said in [
            "kinit: Cannot contact any KDC for realm 'CLUB.EXAMPLE' while getting initial credentials",
            "kinit: Cannot find KDC for realm \"CLUB.EXAMPLE\" while getting initial credentials",
            "kinit: Clock skew too great while getting initial credentials",
            "kinit: FAST protected pre-authentication required but not supported by KDC while getting initial credentials",
            "",
        ] {
            assert!(matches!(of_password(said), Meaning::Away(_)), "{said}");
        }
    }
}
