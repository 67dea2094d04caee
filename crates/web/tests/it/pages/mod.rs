//! The pages people open.

mod assets;
mod bad_input;
mod board;
mod console;
mod decisions;
mod documents;
mod errors;
mod headers;
mod interaction;
mod landing;
mod leaving;
mod link;
mod moderation;
mod post;
mod profile;
mod providers;
mod proxy;
mod second_factor;
mod security;
mod shut_out;
mod sign_in;
mod sign_out;
mod sign_up;
mod tag;
