//! Declared cooperation levels that contradict one another.

use super::{Context, Rule, Sink, rule};
use crate::programme::{Cooperation, Declarant, OrganisationIx};
use crate::schema::TableId;
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[
    rule("cooperation-avec-soi", with_itself),
    rule("cooperation-contradictoire", two_levels_at_once),
    rule("cooperation-chute", fall),
];

fn with_itself(context: &Context<'_>, sink: &mut Sink<'_>) {
    for cooperation in context.programme.cooperations.iter().filter(|c| c.a == c.b) {
        let place = context.place(TableId::Cooperations, &cooperation.origin, "b");
        sink.put(place, context.programme.organisations[cooperation.b].name.clone(), Vec::new());
    }
}

/// The pair in one order, and who speaks: the lower organisation, the higher, or the facilitator.
fn pair_and_voice(c: &Cooperation) -> ((OrganisationIx, OrganisationIx), Option<OrganisationIx>) {
    let voice = match c.declarant {
        Declarant::A => Some(c.a),
        Declarant::B => Some(c.b),
        Declarant::Facilitator => None,
    };
    ((c.a.min(c.b), c.a.max(c.b)), voice)
}

fn names(context: &Context<'_>, pair: (OrganisationIx, OrganisationIx)) -> super::Details {
    let name = |ix: usize| context.programme.organisations[ix].name.clone();
    vec![("un", name(pair.0)), ("deux", name(pair.1))]
}

fn two_levels_at_once(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen = BTreeMap::new();
    for cooperation in &context.programme.cooperations {
        let (pair, voice) = pair_and_voice(cooperation);
        let first = *seen.entry((pair, voice, cooperation.date)).or_insert(cooperation.level);
        if first != cooperation.level {
            let place = context.place(TableId::Cooperations, &cooperation.origin, "level");
            let mut details = names(context, pair);
            details.push(("niveau", first.to_string()));
            sink.put(place, cooperation.level.to_string(), details);
        }
    }
}

/// From "we do projects together" to "no link" between two statements of the same voice.
fn fall(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut statements: BTreeMap<_, Vec<&Cooperation>> = BTreeMap::new();
    for cooperation in &context.programme.cooperations {
        statements.entry(pair_and_voice(cooperation)).or_default().push(cooperation);
    }
    for ((pair, _), mut rows) in statements {
        rows.sort_by_key(|c| c.date);
        for step in rows.windows(2) {
            if step[0].date < step[1].date && step[0].level == 3 && step[1].level == 0 {
                let place = context.place(TableId::Cooperations, &step[1].origin, "level");
                let mut details = names(context, pair);
                details.push(("date", context.date(step[0].date)));
                sink.put(place, "0", details);
            }
        }
    }
}
