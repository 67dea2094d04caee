//! As `service::statuses`.

mod boost;
mod context;
mod create;
mod delete;
mod edit;
mod favourite;
mod get;
mod receive;
mod receive_delete;
mod receive_edit;
