//! The stories: what the business does, told over HTTP to the real binary with a real database. One file a subject in
//! this folder; a story is written once and run on each engine (`COMPTOIR_TEST_ENGINE`). Tests of one module's rules stand
//! beside the module instead.

// The attribute also tells clippy that unwrapping is in order here.
#[cfg(test)]
#[expect(dead_code, reason = "a vocabulary: each story uses some of it")]
#[path = "../support/lib.rs"]
mod support;

#[cfg(test)]
mod api;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod browser_desk;
#[cfg(test)]
mod connecting;
#[cfg(test)]
mod converge;
#[cfg(test)]
mod copying;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod fights;
#[cfg(test)]
mod files;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod gifts;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod hours;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod living;
#[cfg(test)]
mod machines;
#[cfg(test)]
mod nodes;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod person;
#[cfg(test)]
mod policy;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod power;
#[cfg(test)]
mod reconnecting;
#[cfg(test)]
mod slow;
#[cfg(test)]
mod states;
#[cfg(test)]
mod store;
#[cfg(test)]
mod ways_in;
#[cfg(test)]
mod woocommerce;
