//! Nothing is answered to addresses that moderators have shut out.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use service::{App, door};

use crate::ClientAddress;

/// Answers with 403 to an address that moderators have shut out, whatever it asks. Belongs around everything but what finds the
/// address ([`ClientAddress`]).
pub async fn stand(State(app): State<App>, request: Request, next: Next) -> Response {
    // Those who watch over the machine ask from inside.
    if matches!(request.uri().path(), "/health" | "/livez" | "/readyz") {
        return next.run(request).await;
    }
    match door::is_shut_out(&app, ClientAddress::of(request.extensions())).await {
        Ok(false) => next.run(request).await,
        Ok(true) => {
            let body = "This address may not use this server.\n";
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (StatusCode::FORBIDDEN, plain, body).into_response()
        }
        // Without a database nothing else is answered either; each road says so in its own words.
        Err(error) => {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "The rules about addresses cannot be read"
            );
            next.run(request).await
        }
    }
}
