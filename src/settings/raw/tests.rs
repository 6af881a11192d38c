use super::*;

fn settings() -> Settings {
    Settings::new("inputs".into(), NaiveDate::from_ymd_opt(2026, 10, 1).unwrap())
}

fn applied(text: &str) -> Result<Settings, Error> {
    let mut settings = settings();
    parse("bilan.toml".into(), text)?.apply(&mut settings)?;
    Ok(settings)
}

fn refused(text: &str) -> (&'static str, BTreeMap<&'static str, String>) {
    let error = applied(text).unwrap_err();
    (error.key, error.facts.into_iter().collect())
}

#[test]
fn everything_at_once() {
    let settings = applied(
        r#"
            [programme]
            nom = "Transitions"
            siret = "123 456 789 00012"
            debut = 2024-10-01
            fictif = true
            [aide]
            maximum = 180000
            taux = 0.7
            [seuils]
            personnes = 5
            taille_fichier_mo = 10
            taille_decompressee_mo = 20
            cellules_total = 1000
            [[benevolat]]
            depuis = "01/01/2026"
            taux = 12.02
            [[benevolat]]
            depuis = 2025-01-01
            categorie = "expert"
            taux = 40
            [probabilites]
            "Déposé" = 0.5
            [diversification]
            categories = 9
            [[source]]
            fichier = "cd49*.csv"
            table = "Financements"
            ligne_entete = 2
            colonnes = { "Montant accordé" = "Mandaté", "nomBeneficiaire" = "Raison Sociale" }
            constantes = { "Financeur" = "Département", "Exercice" = 2018 }
            [[source]]
            fichier = "brouillon.xlsx"
            ignorer = true
            constantes = { "Territoire" = "Sucy" }
            "#,
    )
    .unwrap();
    assert_eq!(settings.programme.siret.as_deref(), Some("12345678900012"));
    assert_eq!(settings.programme.start, NaiveDate::from_ymd_opt(2024, 10, 1));
    assert_eq!(settings.aid.maximum, Some(18_000_000));
    assert_eq!((settings.thresholds.people, settings.thresholds.organisations), (5, 3));
    assert_eq!(settings.thresholds.file_bytes, 10 << 20);
    let rates: Vec<_> = settings.volunteer_rates.iter().map(|r| r.rate).collect();
    assert_eq!(rates, [4000, 1202]);
    assert_eq!(settings.probabilities.get("déposé"), Some(&0.5));
    let source = &settings.sources[0];
    assert_eq!((source.table, source.header_row), (Some(TableId::Funding), Some(2)));
    assert_eq!(source.columns["granted"], "Mandaté");
    assert_eq!(source.constants["year"], "2018");
    assert_eq!(settings.sources[1].constants["territory"], "Sucy");
}

#[test]
fn an_empty_file_changes_nothing() {
    let settings = applied("").unwrap();
    assert_eq!((settings.categories, settings.thresholds.people), (11, 11));
}

#[test]
fn unknown_keys_name_the_nearest_and_the_line() {
    let (key, facts) = refused("[programme]\nnom = \"x\"\nbeneficaire = \"y\"\n");
    assert_eq!(key, "reglage-inconnu");
    assert_eq!(facts["cle"], "beneficaire");
    assert_eq!(facts["proche"], "beneficiaire");
    assert_eq!(facts["ligne"], "3");
    let (key, facts) = refused("[[source]]\nfichier = \"a\"\ntable = \"Presense\"\n");
    assert_eq!((key, &*facts["proche"], &*facts["ligne"]), ("reglage-inconnu", "Présences", "3"));
    let (_, facts) = refused(
        "[[source]]\nfichier = \"a\"\ntable = \"Budget\"\ncolonnes = { \"Prevus !\" = \"x\", \"Realiz\" = \"y\" }\n",
    );
    assert_eq!((&*facts["cle"], &*facts["proche"]), ("Realiz", "Réalisé"));
}

#[test]
fn wrong_values_are_quoted_with_an_example() {
    for (text, cle, ligne) in [
        ("[aide]\ntaux = \"70 %\"\n", "taux", "2"),
        ("[aide]\ntaux = 70\n", "taux", "2"),
        ("[programme]\n\ndebut = \"bientôt\"\n", "debut", "3"),
        ("[programme]\nsiret = \"123\"\n", "siret", "2"),
        ("[seuils]\ncellules = 0\n", "cellules", "2"),
        ("[diversification]\ncategories = 1\n", "categories", "2"),
        ("[[source]]\ntable = \"Budget\"\n", "fichier", "1"),
    ] {
        let (key, facts) = refused(text);
        assert_eq!((key, &*facts["cle"], &*facts["ligne"]), ("reglage-invalide", cle, ligne));
        assert!(facts["exemple"].starts_with(cle), "{}", facts["exemple"]);
    }
    assert_eq!(refused("[programme\n").0, "reglage-invalide");
}
