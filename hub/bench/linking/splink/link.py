"""Splink on a file of `verwijsindex link`: seven comparisons, five blocking rules, trained on the file itself, one thread.

python link.py LINES.ndjson OUT.ndjson  ->  one JSON object on stdout: its version, lines, persons, CPU seconds, peak memory.
The whole job counts, from the start of the process: reading, standardising, training, predicting, clustering at p >= .95, writing.
"""

import json
import logging
import os
import resource
import sys

os.environ["OMP_NUM_THREADS"] = "1"

import duckdb
import pandas
import splink
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)

SEED = 1
LINK_AT = 0.95

RULES = [
    block_on("bsn"),
    block_on("geboortedatum", "geslachtsnaam"),
    block_on("geboortedatum", "voornaam"),
    block_on("postcode", "huisnummer", "voornaam"),
    block_on("voornaam", "geslachtsnaam", "jaar"),
]

COMPARISONS = [
    compare.ExactMatch("bsn"),
    compare.JaroWinklerAtThresholds("voornaam", [0.92, 0.8]).configure(term_frequency_adjustments=True),
    compare.JaroWinklerAtThresholds("geslachtsnaam", [0.92, 0.8]).configure(term_frequency_adjustments=True),
    compare.DamerauLevenshteinAtThresholds("geboortedatum", [1, 2]),
    compare.ExactMatch("geslacht"),
    compare.LevenshteinAtThresholds("postcode", [1]),
    compare.ExactMatch("huisnummer"),
]


def main(source, target):
    frame = read(source)
    linker = Linker(frame, settings(), DuckDBAPI(connection=one_thread()))
    train(linker)
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, LINK_AT).as_pandas_dataframe()
    clusters[["rid", "cluster_id"]].to_json(target, orient="records", lines=True)
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "version": splink.__version__,
        "lines": len(frame),
        "persons": int(clusters["cluster_id"].nunique()),
        "cpuSeconds": used.ru_utime + used.ru_stime,
        "peakMegabytes": used.ru_maxrss / 1024,
    }
    print(json.dumps(figures))


def read(source):
    with open(source, encoding="utf-8") as lines:
        return pandas.DataFrame([standardised(json.loads(line)) for line in lines if line.strip()])


def standardised(line):
    def text(field):
        return str(line.get(field) or "").strip().lower()

    names = text("voornamen").split() or text("roepnaam").split()
    return {
        "rid": line["rid"],
        "bsn": text("bsn") or None,
        "voornaam": names[0] if names else None,
        "geslachtsnaam": text("geslachtsnaam") or None,
        "geboortedatum": text("geboortedatum") or None,
        "jaar": text("geboortedatum")[:4] or None,
        "geslacht": text("geslacht") or None,
        "postcode": text("postcode").replace(" ", "") or None,
        "huisnummer": text("huisnummer") or None,
    }


def settings():
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        comparisons=COMPARISONS,
        blocking_rules_to_generate_predictions=RULES,
    )


def one_thread():
    connection = duckdb.connect()
    connection.execute("SET threads TO 1")
    return connection


def train(linker):
    training = linker.training
    training.estimate_probability_two_random_records_match([RULES[0], RULES[4]], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("geboortedatum"))
    training.estimate_parameters_using_expectation_maximisation(block_on("voornaam", "geslachtsnaam"))


main(sys.argv[1], sys.argv[2])
