mod find;
mod followers;
mod keys;
mod receive;
mod update_profile;
