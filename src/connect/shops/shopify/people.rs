//! Who bought and where it goes. Any of it may be null, missing or the empty string.

use crate::{
    connect::fields::Field,
    domain::normal::{Address, CustomerNews},
};

/// The order's own address before the customer's: a guest may order under another one.
pub(super) fn customer(order: &Field<'_>) -> CustomerNews {
    let customer = order.get("customer");
    let [shipping, billing] = ["shipping_address", "billing_address"].map(|name| order.get(name));
    let email = [order.get("email"), order.get("contact_email"), customer.get("email")];
    CustomerNews {
        external_id: customer.get("id").id(),
        name: full_name(&customer).or_else(|| name(&shipping)).or_else(|| name(&billing)),
        email: email.iter().find_map(Field::email),
        phone: order.get("phone").name().or_else(|| customer.get("phone").name()),
        locale: order.get("customer_locale").name(),
        likely_locale: None,
    }
}

pub(super) fn address(address: &Field<'_>) -> Option<Address> {
    let address = address.object()?;
    Some(Address {
        name: name(&address),
        line1: address.get("address1").name(),
        line2: address.get("address2").name(),
        postcode: address.get("zip").name(),
        city: address.get("city").name(),
        country: address.get("country_code").country(),
    })
}

fn name(address: &Field<'_>) -> Option<String> {
    address.get("name").name().or_else(|| full_name(address))
}

fn full_name(person: &Field<'_>) -> Option<String> {
    let parts: Vec<String> = ["first_name", "last_name"].iter().filter_map(|part| person.get(part).name()).collect();
    Some(parts.join(" ")).filter(|name| !name.is_empty())
}
