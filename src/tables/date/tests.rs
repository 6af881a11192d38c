use super::*;
use crate::locale;
use crate::texts::Lang;
use proptest::prelude::*;

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn every_usual_spelling_is_read() {
    for (text, date) in [
        ("31/12/2026", ymd(2026, 12, 31)),
        ("31.12.26", ymd(2026, 12, 31)),
        ("1/3/26", ymd(2026, 3, 1)),
        ("12-03-2026", ymd(2026, 3, 12)),
        ("12 mars 2026", ymd(2026, 3, 12)),
        ("12-mars-26", ymd(2026, 3, 12)),
        ("1er février 2026", ymd(2026, 2, 1)),
        ("jeudi 12 mars 2026", ymd(2026, 3, 12)),
        ("mar. 10 mars 2026", ymd(2026, 3, 10)),
        ("le 14 déc. 2025", ymd(2025, 12, 14)),
        ("March 12, 2026", ymd(2026, 3, 12)),
        ("2026-03-12", ymd(2026, 3, 12)),
        ("2026/3/12", ymd(2026, 3, 12)),
        ("20260312", ymd(2026, 3, 12)),
        ("2026-03-12T10:00:00Z", ymd(2026, 3, 12)),
        ("2026-03-12 10:00", ymd(2026, 3, 12)),
        ("12/03/2026 à 14 h", ymd(2026, 3, 12)),
        ("12/03/2026 14h30", ymd(2026, 3, 12)),
        ("12/03/2026 14h - 16h", ymd(2026, 3, 12)),
        ("T3 2026", ymd(2026, 7, 1)),
        ("3e trimestre 2026", ymd(2026, 7, 1)),
        ("2026-T3", ymd(2026, 7, 1)),
        ("2026 T3", ymd(2026, 7, 1)),
        ("T3/2026", ymd(2026, 7, 1)),
        ("T3-2026", ymd(2026, 7, 1)),
        ("trimestre 3 2026", ymd(2026, 7, 1)),
        ("3rd quarter 2026", ymd(2026, 7, 1)),
        ("S2 2026", ymd(2026, 7, 1)),
        ("1er semestre 2026", ymd(2026, 1, 1)),
        ("f\u{fffd}vrier 2026", ymd(2026, 2, 1)),
        ("12 ao\u{fffd}t 2026", ymd(2026, 8, 12)),
        ("mars 2026", ymd(2026, 3, 1)),
        ("03/2026", ymd(2026, 3, 1)),
        ("2026-03", ymd(2026, 3, 1)),
        ("2014", ymd(2014, 1, 1)),
        ("46093", ymd(2026, 3, 12)),
        ("12/03/57", ymd(1957, 3, 12)),
    ] {
        assert_eq!(period(text).map(|p| p.first), Ok(date), "{text}");
    }
    assert_eq!(from_number(46_093.6).map(|p| p.first), Ok(ymd(2026, 3, 12)));
    assert_eq!(from_number(2014.0).map(|p| (p.first, p.is_year())), Ok((ymd(2014, 1, 1), true)));
}

#[test]
fn days_that_do_not_exist_and_texts_are_told_apart() {
    for text in ["31/02/2026", "2026-02-30", "12/31/2026", "31 juin 2026", "1/1/3026", "0226"] {
        assert_eq!(period(text), Err(Impossible), "{text}");
    }
    for text in [
        "à définir",
        "12",
        "12/03",
        "marsouin 2026",
        "1.2",
        "-5",
        "2026-2027",
        "",
        "T5 2026",
        "S3 2026",
        "T3",
        "m\u{fffd}rs 2026",
        "mars-26",
        "12/03/2026 à Sucy",
        "12/03/2026 10:00 reporté",
    ] {
        assert_eq!(period(text), Err(Unreadable), "{text}");
    }
    for number in [0.0, -3.0, 120.0, 250_000.0, f64::NAN] {
        assert_eq!(from_number(number), Err(Unreadable), "{number}");
    }
}

#[test]
fn spans_have_two_ends() {
    let year = Ok(Period { first: ymd(2026, 1, 1), last: ymd(2026, 12, 31) });
    for text in [
        "2026-01-01/2026-12-31",
        "2026-01-01_2026-12-31",
        "01/01/2026 - 31/12/2026",
        "01/01/2026-31/12/2026",
        "du 1er janvier 2026 au 31 décembre 2026",
        "janvier 2026 à décembre 2026",
        "T1 2026 - T4 2026",
        "2026",
    ] {
        assert_eq!(span(text), year, "{text}");
    }
    assert_eq!(span("2026-2027").map(|p| p.last), Ok(ymd(2027, 12, 31)));
    assert_eq!(span("2026-12-31/2026-01-01"), Err(Impossible));
    assert_eq!(span("selon avancement"), Err(Unreadable));
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(days in 0u64..60_000) {
        let date = ymd(1930, 1, 1).checked_add_days(Days::new(days)).unwrap();
        for text in [
            date.format("%d/%m/%Y").to_string(),
            date.format("%Y-%m-%d").to_string(),
            date.format("%d.%m.%Y").to_string(),
            date.format("%Y%m%d").to_string(),
            locale::date(Lang::Fr, date),
            locale::date(Lang::En, date),
        ] {
            prop_assert_eq!(period(&text).map(|p| (p.first, p.last)), Ok((date, date)), "{}", text);
        }
        let serial = (date - ymd(1899, 12, 30)).num_days() as f64;
        prop_assert_eq!(from_number(serial).map(|p| p.first), Ok(date));
    }

    #[test]
    fn usual_days_are_read_as_all_others(text in "[0-3]?[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{1,4}") {
        if let Some(read) = usual(&text) {
            prop_assert_eq!(read, in_words(&text), "{}", text);
        }
    }

    #[test]
    fn a_number_and_its_digits_are_one_day(number in 0u32..100_000_000) {
        for number in [number, number % 100_000, 19_000_000 + number % 2_000_000] {
            if let (Ok(text), Ok(cell)) = (period(&number.to_string()), from_number(f64::from(number))) {
                prop_assert_eq!(text, cell, "{}", number);
            }
        }
    }

    #[test]
    fn periods_are_read_back(year in 1900i32..=2100, month in 1u32..=12, later in 0u64..2000) {
        let quarter = Quarter { year, number: (month + 2) / 3 };
        let whole = Period { first: quarter.start(), last: quarter.end() };
        for text in [
            quarter.to_string(),
            locale::quarter(Lang::Fr, quarter),
            locale::quarter(Lang::En, quarter),
            locale::quarter_words(Lang::Fr, quarter),
        ] {
            prop_assert_eq!(period(&text), Ok(whole), "{}", &text);
            prop_assert_eq!(span(&text), Ok(whole), "{}", &text);
        }
        let first = ymd(year, month, 1);
        for text in [first.format("%Y-%m"), first.format("%m/%Y"), first.format("%m.%Y")] {
            let read = period(&text.to_string()).map(|p| (p.first, p.last.succ_opt()));
            let next = first.checked_add_months(chrono::Months::new(1));
            prop_assert_eq!(read, Ok((first, next)), "{}", text);
        }
        let last = first.checked_add_days(Days::new(later)).unwrap();
        prop_assume!(YEARS.contains(&last.year()));
        for text in [
            format!("{first}/{last}"),
            format!("{first}_{last}"),
            format!("{} - {}", first.format("%d/%m/%Y"), last.format("%d/%m/%Y")),
            format!("du {} au {}", locale::date(Lang::Fr, first), locale::date(Lang::Fr, last)),
        ] {
            prop_assert_eq!(span(&text), Ok(Period { first, last }), "{}", text);
        }
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,24}", number in proptest::num::f64::ANY) {
        let _ = (period(&text), span(&text), from_number(number));
    }
}
