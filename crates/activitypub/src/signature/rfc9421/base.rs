//! The signature base: the text that is signed (RFC 9421, section 2.5).

use crate::signature::RequestParts;

/// Builds it from the covered components; `None` when one is unknown or absent.
pub(super) fn build(covered: &[String], raw: &str, request: &RequestParts<'_>) -> Option<String> {
    let mut text = String::with_capacity(128 * covered.len() + raw.len());
    for component in covered {
        text.push('"');
        text.push_str(component);
        text.push_str("\": ");
        if component.starts_with('@') {
            derived(component, request, &mut text)?;
        } else if !request.write_header(component, &mut text) {
            return None;
        }
        text.push('\n');
    }
    text.push_str("\"@signature-params\": ");
    text.push_str(raw);
    Some(text)
}

/// What is not a header (section 2.2). Scheme and authority are ours as configured, whatever a proxy made of them.
fn derived(component: &str, request: &RequestParts<'_>, text: &mut String) -> Option<()> {
    let base_url = request.base_url.trim_end_matches('/');
    let (scheme, authority) = base_url.split_once("://")?;
    match component {
        "@method" => text.push_str(request.method.as_str()),
        "@target-uri" => {
            text.push_str(base_url);
            text.push_str(request.target);
        }
        "@authority" => text.push_str(&authority.to_ascii_lowercase()),
        "@scheme" => text.push_str(&scheme.to_ascii_lowercase()),
        "@request-target" => text.push_str(request.target),
        "@path" => text.push_str(request.path()),
        "@query" => {
            text.push('?');
            text.push_str(
                request
                    .target
                    .get(request.path().len() + 1..)
                    .unwrap_or_default(),
            );
        }
        _ => return None,
    }
    Some(())
}
