import marimo

__generated_with = "0.20.0"
app = marimo.App(width="medium", app_title="Läs resultat")


@app.cell
def _():
    from pathlib import Path

    import duckdb
    import marimo as mo
    import matplotlib.pyplot as plt
    import pandas as pd

    from nspl_sim.experiment.saved import opened
    from nspl_sim.experiment.statistics import paired
    from nspl_sim.experiment.views import asked

    return Path, asked, duckdb, mo, opened, paired, pd, plt


@app.cell
def _(mo):
    mo.md("""
    # Läs resultaten av en studie

    Här öppnas exempelstudien `results/example`: tre planer, samma patienter, tio körningar, med 526
    IVA-platser och med omkring dagens 460. Byt mapp i nästa ruta för att läsa en egen studie.
    **Påhittad övning, inga officiella planeringstal.**

    *Reads the example study; change the folder below to read your own. An invented exercise.*
    """)
    return


@app.cell
def _(Path, opened):
    folder = Path(__file__).resolve().parents[1] / "results" / "example"
    study = opened(folder)
    return folder, study


@app.cell
def _(mo, study):
    mo.md(f"""
    > **{study.design.question.sv}**

    Studien är {"fullständig" if study.is_complete else "OFULLSTÄNDIG"}: {len(study.replications)} körningar
    av {len(study.design.points)} beräkningsfall. Vilken modell, vilka filer och vilket kommando som gav den
    står i `manifest.json`.

    *The question, and how far the study came. The manifest says what it was made of.*
    """)
    return


@app.cell
def _(folder, mo):
    answer = (folder / "answer.txt").read_text(encoding="utf-8").split("\n\n")[1]
    if not mo.running_in_notebook():
        print(answer)
    mo.md("\n".join(f"- {sentence}" for sentence in answer.splitlines()))
    return


@app.cell
def _(mo):
    mo.md("""
    ## Fråga i SQL

    Varje studie är tabeller: `points`, `factors`, `measures`, `census`, `transfers`, `planned` och
    `replications`. Kolumnerna förklaras i `docs/results.md`. Samma frågor går att ställa utan Python:
    `nspl sql "select * from points" results/example`.

    *Every study is a few tables; `docs/results.md` explains their columns.*
    """)
    return


@app.cell
def _(asked, mo, pd, study):
    def ask(query):
        """Return the answer to a question in SQL as a pandas table."""
        columns, rows, _ = asked(study.store, study.design, query)
        return pd.DataFrame(rows, columns=columns)

    points = ask("select * exclude fingerprint from points")
    mo.ui.table(points, selection=None, show_data_types=False, show_column_summaries=False)
    return ask, points


@app.cell
def _(mo):
    mo.md("""
    ## Hur fullt blir det, och när?

    Patienter i intensivvård i en region, plan för plan. Linjen är mitten av körningarna, fältet går från den
    lägsta till den högsta. Den streckade linjen är bemannade platser: med de platser som öppnats, utan dem
    vars personal är ute med en patient.

    *Patients in intensive care in a region: median, lowest to highest, and staffed beds (dashed).*
    """)
    return


@app.cell
def _(mo, study):
    names = {key: region.name.sv for key, region in study.design.points[0].scenario.regions.items()}
    by_name = {name: key for key, name in names.items()}
    region = mo.ui.dropdown(by_name, value=names.get("norrbotten", next(iter(by_name))), label="Region")
    region
    return names, region


@app.cell
def _(ask, plt, points, region):
    def draw_occupancy():
        level = ask(f"""
            select point, hour / 24 as day, median(census) as middle, min(census) as low,
                   max(census) as high, median(staffed) as beds
            from census where kind = 'icu' and region = '{region.value}'
            group by all order by point, day
        """)
        worlds, plans = points.scenario.unique(), points.plan.unique()
        size = (10, 0.6 + 2.4 * len(worlds))
        figure, axes = plt.subplots(
            len(worlds), len(plans), figsize=size, sharex=True, sharey=True, squeeze=False
        )
        for one in points.itertuples():
            ax = axes[list(worlds).index(one.scenario)][list(plans).index(one.plan)]
            own = level[level.point == one.point]
            ax.fill_between(own.day, own.low, own.high, color="#0072B2", alpha=0.2, lw=0)
            ax.plot(own.day, own.middle, color="#0072B2")
            ax.plot(own.day, own.beds, color="black", ls="--", lw=1, drawstyle="steps-post")
            ax.set_title(f"{one.plan}\n{one.scenario}", fontsize=9)
            ax.set_ylim(0)
            ax.spines[["top", "right"]].set_visible(False)
        figure.supxlabel("dygn")
        figure.supylabel("patienter i intensivvård")
        figure.tight_layout()
        return figure

    draw_occupancy()
    return


@app.cell
def _(mo):
    mo.md("""
    ## Vem hjälpte vem?

    Överflyttningar till intensivvård för att platser saknades, i medeltal per körning i det första scenariot:
    de tolv vanligaste vägarna.

    *ICU transfers for want of a bed, mean per replication in the first world: the twelve busiest ways.*
    """)
    return


@app.cell
def _(ask, mo, names, study):
    moved = ask("""
        select from_region, to_region, plan, sum(patients) as patients
        from transfers where kind = 'icu' and scenario = (select scenario from points where point = 0)
        group by all
    """)
    moved["from_region"], moved["to_region"] = moved.from_region.map(names), moved.to_region.map(names)
    helped = moved.pivot_table(
        index=["from_region", "to_region"], columns="plan", values="patients", fill_value=0
    )
    busiest = helped.sum(axis=1).sort_values(ascending=False).index[:12]
    mo.ui.table(
        (helped.loc[busiest] / len(study.replications)).round(1).reset_index(),
        selection=None,
        show_data_types=False,
        show_column_summaries=False,
        pagination=False,
    )
    return


@app.cell
def _(mo):
    mo.md("""
    ## Skillnaden, körning för körning

    Alla planer möter samma patienter, så skillnaden räknas inom varje körning: en prick är en körning. Till
    vänster om noll dog färre än med den plan som jämförs med. Strecket är medelskillnaden med 95 % intervall;
    når det över noll är frågan **oavgjord**, hur än prickarna lutar.

    Måtten ligger i `measures.parquet`: en rad per körning och mått. DuckDB ger den till pandas.

    *One dot a replication, plan minus reference: left of zero fewer died. An interval that holds zero
    leaves the question unresolved. `measures.parquet` has one row a replication and measure.*
    """)
    return


@app.cell
def _(duckdb, folder):
    measures = duckdb.read_parquet(str(folder / "measures.parquet")).df()
    deaths = measures[measures.measure == "deaths_all"].pivot(
        index="replication", columns="point", values="value"
    )
    return (deaths,)


@app.cell
def _(deaths, paired, plt, points):
    def draw_differences():
        rows = list(points[points.point != points.reference].itertuples())[::-1]
        figure, ax = plt.subplots(figsize=(10, 0.8 * len(rows) + 1))
        for height, one in enumerate(rows):
            plan, reference = deaths[one.point], deaths[one.reference]
            found = paired(plan, reference)
            colour = "#D55E00" if found.resolved else "#777777"
            ax.plot(plan - reference, [height] * len(plan), "o", color=colour, alpha=0.5, mew=0)
            ax.plot([found.low, found.high], [height - 0.25] * 2, color=colour, lw=3)
            ax.plot(found.difference, height - 0.25, "|", color="black", ms=12)
            said = f"{found.difference:+.1f} ({found.low:+.1f} till {found.high:+.1f})"
            said = said.replace(".", ",").replace("-", "−")
            ax.annotate(said, (1, height), xycoords=("axes fraction", "data"), va="center")
        ax.axvline(0, color="black", lw=1)
        ax.set_yticks(range(len(rows)), [f"{one.plan}\n{one.scenario}" for one in rows])
        ax.set_xlabel("döda per körning, skillnad; grått är oavgjort")
        ax.spines[["top", "right", "left"]].set_visible(False)
        figure.tight_layout()
        return figure

    draw_differences()
    return


@app.cell
def _(mo):
    mo.md("""
    ## Se upp med

    - **Oavgjort är inte lika.** Få körningar räcker inte för små skillnader; `answer.txt` säger hur många
      fler som skulle behövas. Höj `replications` och kör igen: de som finns görs inte om.
    - **Läs rangordning, inte antal.** De döda i väntan vilar på en överlevnadskurva utan publicerad källa.
    - **Den som letar länge hittar något.** Bland hundratals mått visar fem av hundra en skillnad av en slump.
      Bestäm frågan först.

    *Unresolved is not equal; read rankings, not numbers of deaths; decide on the question before looking.*
    """)
    return


if __name__ == "__main__":
    app.run()
