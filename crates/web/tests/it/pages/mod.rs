//! The pages people open.

mod assets;
mod documents;
mod errors;
mod headers;
mod interaction;
mod landing;
mod leaving;
mod link;
mod post;
mod profile;
mod second_factor;
mod security;
mod sign_in;
mod sign_out;
mod sign_up;
mod tag;
