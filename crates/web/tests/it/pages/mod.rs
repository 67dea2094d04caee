//! The pages people open.

mod assets;
mod documents;
mod errors;
mod headers;
mod interaction;
mod landing;
mod post;
mod profile;
mod sign_in;
mod sign_out;
mod sign_up;
mod tag;
