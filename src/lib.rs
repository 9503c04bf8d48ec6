//! Comptoir: each purchase opens one thread between buyer and seller.
//!
//! Data flows one way: front door ([`web`]) -> [`domain`] -> [`store`] -> commit -> back doors ([`outbound`], [`bus`]).
//! `domain` is what the business knows, one concept a file. `store` is where it is kept. `connect` reads other systems'
//! formats and `wire` is our own JSON at the border; both are pure. `web` is divided by who is asking.

pub mod app;
pub mod bus;
pub mod cli;
pub mod config;
pub mod connect;
pub mod demo;
pub mod doctor;
pub mod domain;
pub mod error;
pub mod i18n;
pub mod ids;
pub mod metrics;
pub mod outbound;
pub mod secrets;
pub mod store;
pub mod transfer;
pub mod web;
pub mod wire;
