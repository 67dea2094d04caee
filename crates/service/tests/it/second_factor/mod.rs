mod codes;
mod ending;
mod passkeys;
mod required;
mod step_up;
mod world;
