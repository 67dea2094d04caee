//! What a browser may do with our pages: a content security policy put together from typed parts.
//!
//! Built the same way in every profile (S57); nothing here comes from configuration but whether
//! pictures may come without TLS. Source: <https://www.w3.org/TR/CSP3/>.

use http::{HeaderMap, HeaderValue, header};

/// Where the forms of a page may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormTargets {
    /// To us.
    Ours,
    /// Anywhere: browsers hold the redirect that follows a form against the policy, and consent ends at
    /// the app's own address. Only for pages that show nothing members wrote.
    Anywhere,
}

/// From where pictures may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pictures {
    /// Over TLS.
    Secure,
    /// From peers on the same machine too.
    Any,
}

/// Whether a page runs script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scripts {
    /// No.
    None,
    /// A file of ours: what passkeys need.
    Ours,
}

/// Writes the headers that every page has.
pub(super) fn write(
    headers: &mut HeaderMap,
    forms: FormTargets,
    pictures: Pictures,
    scripts: Scripts,
) {
    let policy = policy(forms, pictures, scripts);
    let policy = HeaderValue::try_from(policy).expect("the parts of the policy are ASCII");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
}

fn policy(forms: FormTargets, pictures: Pictures, scripts: Scripts) -> String {
    let mut parts = vec![
        "default-src 'none'",
        "style-src 'self'",
        match pictures {
            Pictures::Secure => "img-src 'self' https: data:",
            Pictures::Any => "img-src 'self' https: http: data:",
        },
    ];
    if scripts == Scripts::Ours {
        parts.push("script-src 'self'");
    }
    if forms == FormTargets::Ours {
        parts.push("form-action 'self'");
    }
    parts.extend(["frame-ancestors 'none'", "base-uri 'none'"]);
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_and_nothing_is_framed_on_any_page() {
        for forms in [FormTargets::Ours, FormTargets::Anywhere] {
            for pictures in [Pictures::Secure, Pictures::Any] {
                let policy = policy(forms, pictures, Scripts::None);

                assert!(policy.starts_with("default-src 'none'; "), "{policy}");
                assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
                assert!(
                    !policy.contains("unsafe") && !policy.contains("script-src"),
                    "{policy}"
                );
            }
        }
    }

    #[test]
    fn a_page_with_passkeys_runs_our_files_and_nothing_else() {
        let policy = policy(FormTargets::Ours, Pictures::Secure, Scripts::Ours);

        assert!(policy.contains("; script-src 'self'; "), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }

    #[test]
    fn forms_stay_here_unless_a_page_asks_for_more() {
        assert!(
            policy(FormTargets::Ours, Pictures::Secure, Scripts::None)
                .contains("form-action 'self'")
        );
        assert!(
            !policy(FormTargets::Anywhere, Pictures::Secure, Scripts::None).contains("form-action")
        );
    }
}
