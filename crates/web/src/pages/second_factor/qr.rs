//! A text as a picture that a phone's camera reads.

use base64::{Engine, engine::general_purpose::STANDARD};
use qrcode::{EcLevel, QrCode, render::svg};

/// Dark on light in every colour scheme, since cameras expect it; as an address that needs no second request, which
/// would have to carry the secret.
pub(in crate::pages) fn picture(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let picture = code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    Some(format!(
        "data:image/svg+xml;base64,{}",
        STANDARD.encode(picture)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_picture_is_left_to_be_typed() {
        assert!(
            picture("otpauth://totp/a")
                .unwrap()
                .starts_with("data:image/svg+xml;base64,")
        );
        assert_eq!(picture(&"x".repeat(5000)), None);
    }
}
