"""The peer of `bilan run`: the same reading and the heart of the same counts, as one would write them
in Python with pandas, networkx, XlsxWriter and matplotlib.

    pair.py ENGINE FOLDER OUT INDICATORS

ENGINE is pandas' reading engine (calamine, openpyxl); FOLDER holds the workbooks; the workbook and the
chart go to OUT; INDICATORS is the `indicateurs.csv` that bilan made of the same folder. At each step a
line says what begins, the seconds since the first line, the seconds of processor and the peak of memory
in kilobytes since the line before, like the other parts of the benchmark. Imports come before the first line and the
comparison with bilan after the last: neither is counted. Exit code 3: a package is missing.
"""

import sys
import time
from pathlib import Path

try:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import networkx as nx
    import openpyxl  # noqa: F401  one of the engines
    import pandas as pd
    import python_calamine  # noqa: F401  the other
    import xlsxwriter
except ImportError as missing:
    print(f"module Python absent : {missing.name}", file=sys.stderr)
    sys.exit(3)

START = time.perf_counter()


def peak():
    """Peak of resident memory in kilobytes, started again from what is held now."""
    try:
        status = Path("/proc/self/status").read_text()
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0")
    return int(line.split()[1])


def mark(name):
    seconds = time.perf_counter() - START
    print(name, seconds, time.process_time(), peak(), sep="\t", flush=True)


def read(folder, engine):
    """Every sheet of every workbook; sheets of one name make one table."""
    sheets = {}
    for path in sorted(folder.glob("*.xlsx")):
        for name, sheet in pd.read_excel(path, sheet_name=None, engine=engine).items():
            sheets.setdefault(name, []).append(sheet)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in sheets.items()}


def presences(tables):
    """Who was at what, once each, with the day and territory of the activity."""
    activities = tables["Activités"][["Id", "Date", "Territoire"]].copy()
    activities["Date"] = pd.to_datetime(activities["Date"], errors="coerce")
    activities = activities.dropna(subset=["Date"]).rename(columns={"Id": "Activité"})
    attendance = tables["Présences"][["Activité", "Participant"]].dropna()
    attendance = attendance.drop_duplicates()
    return attendance.merge(activities, on="Activité")


def counts(presences, quarter):
    """Unique people and new people of the quarter, by territory and in the programme."""

    def within(dates):
        return (dates >= quarter.start_time) & (dates <= quarter.end_time)

    seen = presences[within(presences["Date"])]
    first = presences.groupby("Participant", sort=False)["Date"].min()
    local = presences.groupby(["Territoire", "Participant"], sort=False)["Date"].min()
    new = local[within(local)].groupby(level="Territoire").size()
    by_territory = pd.DataFrame(
        {
            "participants_uniques": seen.groupby("Territoire")["Participant"].nunique(),
            "nouveaux": new,
        }
    )
    by_territory = by_territory.reindex(presences["Territoire"].dropna().unique())
    programme = {
        "participants_uniques": seen["Participant"].nunique(),
        "nouveaux": int(within(first).sum()),
    }
    return by_territory.fillna(0).astype(int).sort_index(), programme, seen


def cooperation(tables, end):
    """Ties of the cooperation network and its largest component: the latest word of each side of a
    pair stands, the higher of the two makes the level."""
    said = tables["Coopérations"].copy()
    said["Date"] = pd.to_datetime(said["Date"], errors="coerce")
    said["Niveau"] = pd.to_numeric(said["Niveau"])
    said = said[said["Date"] <= end]
    a, b, voice = said["Structure A"], said["Structure B"], said["Déclarant"]
    said["low"], said["high"] = a.where(a < b, b), b.where(a < b, a)
    speaks = {"A": a, "B": b}
    sides = []
    for side in ["low", "high"]:
        own = pd.concat([speaks[v].eq(said[side]) & voice.eq(v) for v in speaks], axis=1).any(axis=1)
        words = said[own | ~voice.isin(list(speaks))].assign(own=own)
        words = words.sort_values(["Date", "own", "Niveau"])
        sides.append(words.groupby(["low", "high"])["Niveau"].last())
    levels = pd.concat(sides, axis=1).max(axis=1)
    network = nx.Graph(list(levels[levels >= 1].index))
    largest = max(map(len, nx.connected_components(network)), default=1)
    return {"liens": network.number_of_edges(), "plus_grande_composante": largest}


def meetings(seen):
    """Pairs of people met at one activity at least: the projection of people and activities on people."""
    people, activities = "P" + seen["Participant"], "A" + seen["Activité"]
    both = nx.Graph()
    both.add_edges_from(zip(people, activities))
    return nx.bipartite.projected_graph(both, people.unique()).number_of_edges()


def workbook(path, by_territory, programme):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Territoires")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Territoire", *by_territory.columns], bold)
        for number, row in enumerate(by_territory.itertuples(), start=1):
            sheet.write_row(number, 0, row)
        sheet.write_row(len(by_territory) + 1, 0, ["Programme", *programme.values()], bold)


def chart(path, by_territory):
    figure, axes = plt.subplots(figsize=(8, 5))
    by_territory.plot.barh(ax=axes)
    axes.set_xlabel("personnes")
    figure.tight_layout()
    figure.savefig(path, dpi=144)


def compare(published, by_territory, programme):
    """How many counts there are; ends the program if one is not bilan's."""
    quarter = published[(published["fenetre"] == "trimestre") & published["dimension"].isna()]
    theirs = quarter.set_index(["indicateur", "territoire"])["valeur"]
    everywhere = published.loc[published["famille"].notna(), "territoire"].iloc[0]
    ours = {(name, everywhere): value for name, value in programme.items()}
    for name, column in by_territory.items():
        ours.update({(name, territory): value for territory, value in column.items()})
    different = [
        f"{name}, {territory} : {value} ici, {theirs.get((name, territory))} dans bilan"
        for (name, territory), value in ours.items()
        if theirs.get((name, territory)) != value
    ]
    if different:
        sys.exit("comptes différents de ceux de bilan :\n" + "\n".join(different))
    return len(ours)


def main():
    engine, folder, out, indicators = sys.argv[1], *map(Path, sys.argv[2:5])
    published = pd.read_csv(indicators)
    asked = published[published["fenetre"] == "trimestre"]
    quarter = pd.Period(asked["periode"].iloc[0].replace("-T", "Q"), freq="Q")
    # Where bilan refuses to go through so many pairs, so does its peer.
    met = asked[(asked["indicateur"] == "co_presences") & asked["dimension"].isna()].iloc[0]

    mark("lecture")
    tables = read(folder, engine)
    mark("jointures")
    present = presences(tables)
    mark("comptes")
    by_territory, programme, seen = counts(present, quarter)
    mark("réseau")
    programme |= cooperation(tables, quarter.end_time)
    if pd.notna(met["valeur"]):
        programme["co_presences"] = meetings(seen)
    mark("classeur")
    workbook(out / "pair.xlsx", by_territory, programme)
    mark("graphique")
    chart(out / "pair.png", by_territory)
    mark("fin")

    projection = "" if "co_presences" in programme else f" ; pas de projection ({met['motif']})"
    compared = compare(published, by_territory, programme)
    print(f"{compared} comptes égaux à ceux de bilan{projection}", file=sys.stderr)


main()
