import marimo

__generated_with = "0.20.0"
app = marimo.App(width="medium", app_title="Första studien")


@app.cell
def _():
    from pathlib import Path
    from tempfile import TemporaryDirectory
    from textwrap import dedent

    import marimo as mo
    import matplotlib.pyplot as plt
    import numpy as np

    from nspl_sim.experiment.run import run
    from nspl_sim.experiment.statistics import paired
    from nspl_sim.experiment.study import load_study
    from nspl_sim.paper import table
    from nspl_sim.paper.answer import answers
    from nspl_sim.paper.comparison import compare
    from nspl_sim.paper.language import Language
    from nspl_sim.reading.telling import sentences
    from nspl_sim.vocabulary.errors import InputRefused

    swedish = Language("sv")
    return (
        InputRefused,
        Path,
        TemporaryDirectory,
        answers,
        compare,
        dedent,
        load_study,
        mo,
        np,
        paired,
        plt,
        run,
        sentences,
        swedish,
        table,
    )


@app.cell
def _(mo):
    mo.md("""
    # Den första studien: från scenario till svar

    Tre påhittade regioner, ett angrepp mot den minsta, två sätt att hjälpas åt. Allt är litet, så att det
    räknas på några sekunder. Ändra vad som helst i rutorna och se vad som händer med svaret.

    *Three invented regions, an attack on the smallest, two ways to help each other. Change anything and see
    what becomes of the answer.*

    ## 1. Världen

    Ett scenario säger vilka platser som finns och vilka patienter som kommer. Tider slutar i sin enhet:
    `mean_h` är timmar, `at_day` dygn.

    *A scenario says which beds there are and which patients come.*
    """)
    return


@app.cell
def _(dedent, mo):
    scenario = mo.ui.code_editor(
        dedent("""\
        format: 1
        name: three-regions
        exercise: true
        start: 2027-01-11T00:00
        warm_up_days: 10
        horizon_days: 7
        regions:
          norr: {units: {icu: {beds: 6}, ward: {beds: 80}}, icu_teams: 1, vehicles: {ambulance: 4},
                 care_region: x, position: {lat: 63.0, lon: 17.0}, name: {sv: Norr, en: North}}
          mitt: {units: {icu: {beds: 12}, ward: {beds: 160}}, icu_teams: 2, vehicles: {ambulance: 8},
                 care_region: x, position: {lat: 61.5, lon: 16.5}, name: {sv: Mitt, en: Middle}}
          syd:  {units: {icu: {beds: 16}, ward: {beds: 200}}, icu_teams: 2, vehicles: {ambulance: 10},
                 care_region: y, position: {lat: 60.0, lon: 16.0}, name: {sv: Syd, en: South}}
        classes:
          ill:
            urgency: 2
            mortality: 0.1
            dies_waiting: {tau_h: 24, kappa: 1.2}
            pathways:
              - share: 1
                stages:
                  - {kind: icu, stay: {family: lognormal, median_h: 30, mean_h: 66}}
                  - {kind: ward, stay: {family: exponential, mean_h: 120}}
          wounded:
            urgency: 1
            mortality: 0.15
            dies_waiting: {tau_h: 12, kappa: 1.2}
            pathways:
              - share: 1
                stages:
                  - {kind: icu, stay: {family: lognormal, median_h: 60, mean_h: 96}}
                  - {kind: ward, stay: {family: exponential, mean_h: 200}}
        streams:
          ordinary:
            {kind: poisson, per_day: 8, regions: {norr: 0.2, mitt: 0.35, syd: 0.45}, classes: {ill: 1}}
          attack:
            kind: mass_casualty
            at_day: 1.4
            size: {family: fixed, value: 20}
            first_arrival_h: 0.5
            arrival: {family: lognormal, median_h: 1.5, mean_h: 2.5}
            regions: {norr: 1}
            classes: {wounded: 1}
        transport:
          modes: {ambulance: {medium: road, speed_kmh: 80}}
        """),
        language="yaml",
        show_copy_button=True,
    )
    scenario
    return (scenario,)


@app.cell
def _(mo):
    mo.md("""
    ## 2. Studien

    En studie säger vilken värld, vilka planer och hur många körningar. `today` (dagens ordning) är den som de
    andra jämförs med. **Tror du att den gemensamma stödordningen är bättre?** Gissa innan du läser svaret.

    *A study says which world, which plans and how many replications. Guess before you read the answer.*
    """)
    return


@app.cell
def _(dedent, mo):
    question = mo.ui.code_editor(
        dedent("""\
        format: 1
        name: first-study
        question: {sv: Vem ska ringa vem efter angreppet?, en: Who should phone whom after the attack?}
        scenario: three-regions.yaml
        plans: [alone, today, coordinated]
        replications: 40
        """),
        language="yaml",
        show_copy_button=True,
    )
    question
    return (question,)


@app.cell
def _(InputRefused, Path, TemporaryDirectory, load_study, mo, question, run, scenario, sentences, swedish):
    with TemporaryDirectory() as folder:
        (Path(folder) / "three-regions.yaml").write_text(scenario.value, encoding="utf-8")
        (Path(folder) / "first-study.yaml").write_text(question.value, encoding="utf-8")
        try:
            study, wrong = load_study(Path(folder) / "first-study.yaml"), []
        except InputRefused as refusal:
            wrong = [swedish.say(line) for line in sentences(refusal.problems)]
    mo.stop(wrong, mo.callout(mo.plain_text("\n".join(wrong)), kind="danger"))
    with mo.status.spinner(title="Körningarna räknas / running"):
        batch = run(study.design.points, study.design.replications, workers=1)
    return batch, study


@app.cell
def _(mo):
    mo.md("""
    Samma sak från kommandoraden, med filerna sparade: `nspl validate first-study.yaml` och sedan
    `nspl run first-study.yaml`. Då hamnar allt i `results/first-study`, och det som avbryts fortsätter.

    *The same from the command line, with the files saved; what is stopped goes on.*

    ## 3. Svaret
    """)
    return


@app.cell
def _(answers, batch, compare, mo, study, swedish, table):
    found = compare(batch, None, study.design.contrasts)
    said = answers(found, swedish)
    if not mo.running_in_notebook():
        print("\n".join(said))
    mo.vstack([mo.md("**" + " ".join(said) + "**"), mo.plain_text(table.aligned(found, swedish))])
    return (found,)


@app.cell
def _(mo):
    mo.md("""
    Gissade du rätt? Stödordningen frågar först den som har mest ledigt. Då rings färre förgäves, men resan
    blir längre. Norr har ett enda team som kan följa med en patient, och medan det är borta väntar de andra.
    Det är teamet som fattas, inte platserna: se raderna om förfrågningar och team i tabellen. Ändra
    `icu_teams` för norr till 4 och se efter.

    *The standing order asks whoever has most beds free: fewer refusals, but longer trips, and the one team of
    the North is away. Teams are short, not beds; set `icu_teams` of norr to 4 and look.*
    """)
    return


@app.cell
def _(mo):
    mo.md("""
    ## 4. En prick per körning

    Varje körning är ett möjligt förlopp: andra sjuka, andra vårdtider, samma angrepp. Alla planer möter samma
    patienter, så skillnaden mot dagens ordning räknas inom varje körning. Det tjocka strecket är
    medelskillnaden med 95 % intervall. Når det över noll är frågan **oavgjord**.

    *One dot a replication, the same patients under all plans. An interval that holds zero is unresolved.*
    """)
    return


@app.cell
def _(batch, np, paired, plt, study):
    titles = {
        "deaths_all": "Döda",
        "deaths_waiting": "Döda i väntan på vård",
        "icu_over_capacity_hours": "Timmar då en region\nbehöver fler IVA-platser",
    }
    colours = {"alone": "#999999", "coordinated": "#D55E00"}
    plan_names = {"alone": "Ingen samverkan", "coordinated": "Gemensam stödordning"}

    def draw_differences():
        figure, axes = plt.subplots(1, len(titles), figsize=(10, 3))
        shifts = np.linspace(-0.2, 0.2, len(batch.replications))
        for ax, (measure, title) in zip(axes, titles.items(), strict=True):
            for height, (point, reference) in enumerate(study.design.contrasts):
                plan = batch.points[point].plan.name
                ours, theirs = batch.values(point, measure), batch.values(reference, measure)
                known = paired(ours, theirs)
                ax.plot(ours - theirs, height + shifts, "o", color=colours[plan], alpha=0.5, mew=0, ms=4)
                ax.plot([known.low, known.high], [height - 0.35] * 2, color=colours[plan], lw=4)
            ax.axvline(0, color="black", lw=1)
            ax.set(title=title, xlabel="skillnad mot dagens ordning")
            ax.set_yticks(
                range(len(plan_names)), plan_names.values() if ax is axes[0] else [""] * len(plan_names)
            )
            ax.spines[["top", "right", "left"]].set_visible(False)
        figure.tight_layout()
        return figure

    draw_differences()
    return


@app.cell
def _(mo):
    mo.md("""
    ## 5. Se upp med

    - **Oavgjort är inte lika.** Det betyder att fler körningar behövs; svaret säger ungefär hur många.
    - **Läs rangordning, inte antal.** Hur länge någon överlever väntan är ett antagande. Pröva
      `dies_waiting: {tau_h: 6, kappa: 1.2}` och se hur mycket svaret hänger på det.
    - **En slump till är inte en sanning till.** Lägg till körningar; byt inte frö tills svaret passar.
    - **Inget här är Sverige.** Samma sak med 21 regioner: `nspl run scenarios/studies/example.yaml`, och läs
      resultatet i `notebooks/read_results.py`.

    *Unresolved is not equal; read rankings, not numbers; add replications rather than picking seeds; none of
    this is Sweden.*
    """)
    return


if __name__ == "__main__":
    app.run()
