mod availability;
mod outbound;
mod policy;
