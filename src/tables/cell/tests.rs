use super::*;
use crate::schema::TableId;

fn column(table: TableId, id: &str) -> &'static ColumnSpec {
    table.spec().column(id).unwrap()
}

fn t(text: &str) -> Value {
    Value::Text(text.into())
}

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn each_kind_reads_its_own() {
    let label = |text: &str| Parsed::Value(Typed::Text(text.into()));
    let cases: &[(Kind, Value, Parsed)] = &[
        (Kind::Text, t("  Fête \n du\u{a0}sol "), label("Fête du sol")),
        (Kind::Code, Value::Number(12.0), label("12")),
        (Kind::Money, t("1,5 k€"), Parsed::Value(Typed::Money(150_000))),
        (Kind::Money, Value::Number(299.04), Parsed::Value(Typed::Money(29_904))),
        (Kind::Money, t("1.234"), Parsed::Bad("nombre-ambigu")),
        (Kind::Money, t("1,234"), Parsed::Bad("nombre-ambigu")),
        (Kind::Money, t("12 %"), Parsed::Bad("nombre-illisible")),
        (Kind::Money, t("Entre 200 et 500"), Parsed::Bad("nombre-illisible")),
        (Kind::Number, t("12 %"), Parsed::Value(Typed::Number(0.12))),
        (Kind::Number, t("1,234"), Parsed::Value(Typed::Number(1.234))),
        (Kind::Integer, t("12,0"), Parsed::Value(Typed::Number(12.0))),
        (Kind::Integer, t("12,5"), Parsed::Bad("nombre-illisible")),
        (Kind::Integer, Value::Number(-3.0), Parsed::Bad("valeur-negative")),
        (Kind::Number, Value::Flag(true), Parsed::Bad("nombre-illisible")),
        (Kind::Number, Value::Number(f64::NAN), Parsed::Bad("nombre-illisible")),
        (Kind::Number, Value::Error("#N/A".into()), Parsed::Empty),
        (Kind::Number, Value::Error("#DIV/0!".into()), Parsed::Bad("cellule-en-erreur")),
        (Kind::Text, t("#REF!"), Parsed::Bad("cellule-en-erreur")),
        (Kind::Date, t("31/02/2026"), Parsed::Bad("date-impossible")),
        (Kind::Date, t("bientôt"), Parsed::Bad("date-illisible")),
        (
            Kind::Date,
            Value::Number(2014.0),
            Parsed::Odd(Typed::Date(ymd(2014, 1, 1)), "date-imprecise"),
        ),
        (Kind::Date, t("2014.0"), Parsed::Odd(Typed::Date(ymd(2014, 1, 1)), "date-imprecise")),
        (
            Kind::Span,
            Value::Number(2014.0),
            Parsed::Value(Typed::Span(ymd(2014, 1, 1), ymd(2014, 12, 31))),
        ),
        (Kind::Year, t("Exercice 2026"), Parsed::Value(Typed::Number(2026.0))),
        (Kind::Year, t("2026.0"), Parsed::Value(Typed::Number(2026.0))),
        (Kind::Year, t("26"), Parsed::Bad("nombre-illisible")),
        (Kind::Flag, t("x"), Parsed::Value(Typed::Flag(true))),
        (Kind::Flag, Value::Number(0.0), Parsed::Value(Typed::Flag(false))),
        (Kind::Flag, t("peut-être"), Parsed::Bad("valeur-inconnue")),
        (Kind::List, t("A ; B, C\nA"), Parsed::Value(Typed::List(vec!["A".into(), "B, C".into()]))),
        (
            Kind::List,
            t("94071, 94028"),
            Parsed::Value(Typed::List(vec!["94071".into(), "94028".into()])),
        ),
        (Kind::List, t("-"), Parsed::Empty),
        (Kind::Siret, t("35181600000000"), Parsed::Bad("siret-detruit")),
    ];
    for (kind, value, expected) in cases {
        assert_eq!(parse(*kind, value), *expected, "{kind:?} {value:?}");
    }
}

#[test]
fn columns_add_their_own_habits() {
    let hours = column(TableId::Activities, "hours");
    assert_eq!(read(hours, &t("1h30")), Parsed::Value(Typed::Number(1.5)));
    assert_eq!(read(hours, &t("1,5")), Parsed::Value(Typed::Number(1.5)));
    let time = NaiveDate::from_ymd_opt(1899, 12, 31).unwrap().and_hms_opt(2, 30, 0).unwrap();
    assert_eq!(read(hours, &Value::Date(time)), Parsed::Value(Typed::Number(2.5)));
    assert_eq!(read(hours, &t("-2")), Parsed::Odd(Typed::Number(-2.0), "valeur-negative"));
    let people = column(TableId::Activities, "anonymous");
    assert_eq!(read(people, &t("12 personnes")), Parsed::Value(Typed::Number(12.0)));
    assert_eq!(read(people, &t("douze personnes")), Parsed::Bad("nombre-illisible"));
}

#[test]
fn unknown_labels_are_kept_only_where_they_can_serve() {
    let kind = column(TableId::Activities, "kind");
    let kept = Parsed::Odd(Typed::Text("karaoké".into()), "valeur-inconnue");
    assert_eq!(read(kind, &t("karaoké")), kept);
    let level = column(TableId::Cooperations, "level");
    assert_eq!(read(level, &t("7")), Parsed::Bad("valeur-inconnue"));
    assert_eq!(read(level, &Value::Number(3.0)), Parsed::Value(Typed::Text("3".into())));
    assert_eq!(read(level, &t("On fait ensemble")), Parsed::Value(Typed::Text("3".into())));
}
