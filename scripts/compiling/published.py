"""What the ordinary state is compared with."""

from collections.abc import Iterator

from compiling.figures import Reference, Row, short

PUBLISHED = (
    "inpatient_admissions_per_year",
    "unplanned_admission_share",
    "inpatient_mean_los_days_implied",
    "beds_somatic",
    "bed_occupancy_national",
    "bed_occupancy_ostergotland",
    "bed_occupancy_uppsala",
    "bed_occupancy_safe_limit",
    "overcrowding_per_100_beds",
    "discharge_ready_beds_per_day",
    "icu_beds_normal",
    "icu_admissions_per_year",
    "icu_bed_days_per_year",
    "icu_los_median_days",
    "icu_los_mean_days",
    "icu_occupancy_normal",
    "icu_free_capacity_target_low",
    "icu_free_capacity_target_high",
    "icu_transfer_share",
    "icu_capacity_transfer_share",
    "surgery_total_per_year",
    "waiting_for_surgery_over_90_days_share",
)
"""National figures that the ordinary state is compared with (rows of national.csv)."""


def published_rows(ref: Reference) -> Iterator[Row]:
    """Return what the ordinary state is compared with; the census is a rule on published days."""
    for key in PUBLISHED:
        row = ref.national[key]
        yield {
            "key": key,
            "value": row["value"],
            "unit": row["unit"],
            "year": row["period"].rstrip("-"),
            "basis": row["basis"],
            "source": short(row["source"]),
        }
    yield {
        "key": "icu_census",
        "value": ref.volumes["icu_census"]["target"],
        "unit": "patients",
        "year": "2019",
        "basis": "estimated",
        "source": "rule: icu_bed_days_per_year / 365",
    }
