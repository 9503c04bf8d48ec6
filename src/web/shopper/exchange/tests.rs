//! What travels in the address.

use super::*;

#[test]
fn the_answers_travel_in_the_address_and_come_back() {
    let answers = Answers {
        line: Some("lin_1".to_owned()),
        words: Some("Très belle & claire".to_owned()),
        quantity: Some("2".to_owned()),
        ..Answers::default()
    };
    let query = answers.query(Step::Variant);
    assert_eq!(query, "?step=variant&line=lin_1&words=Tr%C3%A8s%20belle%20%26%20claire&quantity=2");
    let back = web::Query::<Answers>::from_query(query.trim_start_matches('?')).unwrap();
    assert_eq!((back.step, back.words(), back.quantity()), (Step::Variant, "Très belle & claire", 2));
}

#[test]
fn an_answer_that_is_none_counts_as_not_given() {
    let odd = Answers { line: Some("x".to_owned()), quantity: Some("-3".to_owned()), ..Answers::default() };
    assert_eq!((odd.line(), odd.variant(), odd.reason(), odd.quantity()), (None, None, None, 1));
}
