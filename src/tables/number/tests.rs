use super::*;
use crate::locale;
use crate::texts::Lang;
use proptest::prelude::*;

fn number(text: &str) -> Option<f64> {
    read(text).ok().map(|w| w.value.to_f64())
}

#[test]
fn every_usual_spelling_is_read() {
    let cases: &[(&str, f64)] = &[
        ("1 234,56 €", 1234.56),
        ("1\u{202f}234,56\u{a0}€", 1234.56),
        ("1\u{a0}234", 1234.0),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1_234_567.0),
        ("1'234", 1234.0),
        ("250.0", 250.0),
        ("1234.567", 1234.567),
        ("(12)", -12.0),
        ("(1 250,50 €)", -1250.5),
        ("(12) €", -12.0),
        ("-12", -12.0),
        ("\u{2212}12,5", -12.5),
        ("- 3 €", -3.0),
        ("+7", 7.0),
        ("12 %", 12.0),
        ("1,5 k€", 1500.0),
        ("2 M€", 2_000_000.0),
        ("15k", 15_000.0),
        ("€1,250.00", 1250.0),
        ("100 euros", 100.0),
        ("3 000 EUR", 3000.0),
        (",5", 0.5),
        ("1.5E+3", 1500.0),
        ("0.125", 0.125),
        ("007", 7.0),
    ];
    for (text, expected) in cases {
        assert_eq!(number(text), Some(*expected), "{text}");
    }
}

#[test]
fn a_text_is_never_a_number() {
    for text in [
        "Entre 200 et 500",
        "environ 20",
        "~20",
        "12 34",
        "1 23",
        "1.23.4",
        "12,",
        ".",
        "-",
        "()",
        "(-3)",
        "((3))",
        "1/2",
        "20-30",
        "12 € 5",
        "NaN",
        "inf",
        "1 234.567,8,9",
        "1.234 567",
        "1e999",
        "10 €€",
        "",
    ] {
        assert_eq!(read(text).ok(), None, "{text}");
    }
    assert_eq!(read("1.234"), Err(NumberProblem::Ambiguous));
    assert!(read("1,234").is_ok_and(|w| w.three_decimals));
}

#[test]
fn cents_are_rounded_half_away_on_decimals() {
    let cents = |v: f64| Decimal::from_f64(v).and_then(Decimal::to_cents);
    assert_eq!(cents(1.005), Some(101));
    assert_eq!(cents(-1.005), Some(-101));
    assert_eq!(cents(0.1 + 0.2), Some(30));
    assert_eq!(cents(299.04), Some(29904));
    assert_eq!(cents(f64::NAN), None);
    assert_eq!(cents(1e17), None);
    assert_eq!(read("0,125").ok().and_then(|w| w.value.to_cents()), Some(13));
}

#[test]
fn hours_are_read_as_people_say_them() {
    for (text, expected) in [
        ("1h30", Some(1.5)),
        ("1 h 30 min", Some(1.5)),
        ("2 h", Some(2.0)),
        ("2,5 heures", Some(2.5)),
        ("1:30", Some(1.5)),
        ("90 min", Some(1.5)),
        ("0h45", Some(0.75)),
        ("1h75", None),
        ("matin", None),
        ("3", None),
    ] {
        assert_eq!(hours(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(cents in -1_000_000_000_000i64..1_000_000_000_000) {
        let value = cents as f64 / 100.0;
        for text in [
            locale::decimal(Lang::Fr, value, 2),
            locale::euros(Lang::Fr, value),
            format!("{value:.2}"),
            format!("{value:.2}").replace('.', ","),
        ] {
            let read = read(&text).ok().and_then(|w| w.value.to_cents());
            prop_assert_eq!(read, Some(cents), "{}", text);
        }
        prop_assert_eq!(Decimal::from_f64(value).and_then(Decimal::to_cents), Some(cents));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,24}") {
        let _ = (read(&text), hours(&text));
    }

    #[test]
    fn no_number_hides_in_words(a in 0u32..1000, word in "[a-df-jl-z]{2,8}", b in 0u32..1000) {
        let text = format!("{a} {word} {b}");
        prop_assert!(read(&text).is_err());
    }
}
