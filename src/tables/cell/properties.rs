//! What must hold of every text: what is written is read back, a text has one reading or none, and what
//! was read is read again the same.

use super::*;
use crate::locale;
use crate::schema::TABLES;
use crate::texts::Lang;
use proptest::prelude::*;
use proptest::sample::select;

const NUMBERS: [Kind; 3] = [Kind::Money, Kind::Number, Kind::Integer];

/// Every kind of the schema, each list of labels included.
fn kinds() -> Vec<Kind> {
    let mut kinds = Vec::new();
    for column in TABLES.iter().flat_map(|table| table.columns) {
        if !kinds.contains(&column.kind) {
            kinds.push(column.kind);
        }
    }
    kinds
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Digits in groups of three.
fn grouped(digits: &str, separator: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// What a person would type to say a value again.
fn said(typed: &Typed) -> String {
    match typed {
        Typed::Text(text) => text.to_string(),
        Typed::Number(number) => number.to_string().replace('.', ","),
        Typed::Money(cents) => locale::euros(Lang::Fr, *cents as f64 / 100.0),
        Typed::Date(date) => date.to_string(),
        Typed::Span(first, last) => format!("{first}/{last}"),
        Typed::Flag(flag) => if *flag { "oui" } else { "non" }.to_string(),
        Typed::List(parts) => parts.iter().map(|part| format!("{part};")).collect(),
    }
}

fn value(parsed: Parsed) -> Option<Typed> {
    match parsed {
        Parsed::Value(typed) | Parsed::Odd(typed, _) => Some(typed),
        Parsed::Empty | Parsed::Bad(_) => None,
    }
}

/// Texts made of what numbers and dates are made of, and any texts.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9 .,'()€%kEe+\u{a0}\u{202f}-]{0,14}",
        "[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}",
        "(T[1-4]|S[1-2]|mars|12 mai|1er janvier) ?[-/]?[0-9]{2,4}",
        "[a-zA-Zéèœ ;,/|.'-]{0,16}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #[test]
    fn amounts_in_every_dress(
        cents in 0i64..100_000_000_000,
        places in 0usize..=2,
        (group, point) in select(vec![
            ("", ","), ("", "."), (" ", ","), (" ", "."), ("\u{a0}", ","), ("\u{202f}", ","),
            (".", ","), (",", "."), ("'", "."), ("'", ","), ("\u{2019}", "."),
        ]),
        (before, after) in select(vec![
            ("", ""), ("-", ""), ("\u{2212}", ""), ("- ", ""), ("(", ")"), ("( ", " )"), ("+", ""), ("'", ""),
        ]),
        unit in select(vec!["", "€", " €", "\u{a0}€", "\u{202f}€", " euros", " EUR", " € HT", " €\u{a0}TTC"]),
        around in select(vec!["", " ", "\u{a0}", "\u{feff}", "\t"]),
    ) {
        let unit_cents = 10_i64.pow(2 - u32::try_from(places).unwrap());
        let cents = cents / unit_cents * unit_cents;
        let whole = grouped(&(cents / 100).to_string(), group);
        let fraction = &format!("{:02}", cents % 100)[..places];
        let point = if places > 0 { point } else { "" };
        let written = format!("{around}{before}{whole}{point}{fraction}{after}{unit}{around}");
        let negative = ["-", "\u{2212}", "- ", "(", "( "].contains(&before);
        let expected = if negative { -cents } else { cents };
        // One dot or comma before three digits is a thousand or a unit.
        let ambiguous = places == 0 && [".", ","].contains(&group) && whole.matches(group).count() == 1;
        let money = parse(Kind::Money, &text(&written));
        if ambiguous {
            prop_assert_eq!(money, Parsed::Bad("nombre-ambigu"), "{}", written);
        } else {
            prop_assert_eq!(money, Parsed::Value(Typed::Money(expected)), "{}", written);
            let number = parse(Kind::Number, &text(&written));
            let expected = Parsed::Value(Typed::Number(expected as f64 / 100.0));
            prop_assert_eq!(number, expected, "{}", written);
        }
    }

    #[test]
    fn thousands_of_euros_and_percents(tenths in -99_999i64..99_999) {
        let number = format!("{},{}", tenths / 10, (tenths % 10).abs());
        let number = if tenths < 0 && tenths > -10 { format!("-{number}") } else { number };
        for unit in ["k€", " k€", " K€", "\u{a0}k€ HT", " keuros", "k"] {
            let read = parse(Kind::Money, &text(&format!("{number}{unit}")));
            prop_assert_eq!(read, Parsed::Value(Typed::Money(tenths * 10_000)), "{}{}", number, unit);
        }
        for unit in ["%", " %", "\u{a0}%", "\u{202f}%"] {
            let read = parse(Kind::Number, &text(&format!("{number}{unit}")));
            prop_assert_eq!(read, Parsed::Value(Typed::Number(tenths as f64 / 1000.0)));
        }
    }

    #[test]
    fn kinds_of_numbers_agree(written in any_text()) {
        let [money, number, integer] = NUMBERS.map(|kind| parse(kind, &text(&written)));
        if let Parsed::Value(Typed::Money(cents)) = money {
            let Parsed::Value(Typed::Number(number)) = number else {
                return Err(TestCaseError::fail(format!("{written} is money and no number")));
            };
            let digits = written.bytes().filter(u8::is_ascii_digit).count();
            if digits <= 15 {
                let through = Decimal::from_f64(number).and_then(Decimal::to_cents);
                prop_assert_eq!(through, Some(cents), "{}", written);
            }
        }
        if let Parsed::Value(whole) = integer {
            prop_assert_eq!(number, Parsed::Value(whole), "{}", written);
        }
    }

    #[test]
    fn a_cell_and_its_text_agree(cents in -1_000_000_000i64..1_000_000_000, raw in -1e6f64..1e6) {
        for number in [cents as f64 / 100.0, (cents / 100) as f64, raw] {
            for kind in NUMBERS.into_iter().chain([Kind::Code, Kind::Year, Kind::Commune]) {
                let typed = parse(kind, &text(&number.to_string()));
                if typed != Parsed::Bad("nombre-ambigu") {
                    prop_assert_eq!(typed, parse(kind, &Value::Number(number)), "{:?} {}", kind, number);
                }
            }
        }
    }

    #[test]
    fn what_was_read_is_read_again(written in any_text(), number in proptest::num::f64::ANY) {
        for kind in kinds() {
            for cell in [text(&written), Value::Number(number)] {
                let Some(typed) = value(parse(kind, &cell)) else { continue };
                // Past fifteen digits a float no longer says what was typed.
                let long = match &typed {
                    Typed::Number(n) => n.abs() >= 1e15 || n.fract() != 0.0 && n.abs() < 1e-9,
                    Typed::Money(cents) => cents.abs() >= 1_000_000_000_000_000,
                    _ => false,
                };
                if !long {
                    let again = value(parse(kind, &text(&said(&typed))));
                    prop_assert_eq!(again, Some(typed), "{:?} {:?}", kind, cell);
                }
            }
        }
    }

    #[test]
    fn columns_never_panic(written in any_text(), number in proptest::num::f64::ANY) {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            let _ = (read(column, &text(&written)), read(column, &Value::Number(number)));
        }
    }
}
