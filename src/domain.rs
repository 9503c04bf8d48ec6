//! What the business knows. Rules and their SQL together, one concept a file; synchronous; nothing in here knows the web,
//! the mail or the network.

pub mod agents;
pub mod canned;
pub mod cases;
pub mod catalogue;
pub mod challenges;
pub mod connectors;
pub mod deliveries;
pub mod events;
pub mod feed;
pub mod files;
pub mod gifts;
pub mod hours;
pub mod installation;
pub mod intakes;
pub mod labels;
pub mod links;
pub mod look;
pub mod mentions;
pub mod merchants;
pub mod money;
pub mod normal;
pub mod order_links;
pub mod orders;
pub mod policy;
pub mod presence;
pub mod reservations;
pub mod search;
pub mod shipments;
pub mod shoppers;
pub mod targets;
pub mod threads;
pub mod tokens;
pub mod visits;
