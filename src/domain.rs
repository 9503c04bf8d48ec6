//! What the business knows. Rules and their SQL together, one concept a file; synchronous; nothing in here knows the web,
//! the mail or the network.

pub mod agents;
pub mod cases;
pub mod catalogue;
pub mod challenges;
pub mod connectors;
pub mod deliveries;
pub mod events;
pub mod feed;
pub mod installation;
pub mod intakes;
pub mod look;
pub mod merchants;
pub mod money;
pub mod normal;
pub mod orders;
pub mod policy;
pub mod presence;
pub mod reservations;
pub mod shipments;
pub mod shoppers;
pub mod threads;
pub mod tokens;
pub mod visits;
