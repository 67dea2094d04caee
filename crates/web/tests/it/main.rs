//! Requests to the router, as apps and browsers send them. The modules mirror the URLs.

mod away;
mod client_api;
