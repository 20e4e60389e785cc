#!/bin/sh
# A ledger to measure `casus serve` on: serve-ledger.sh CASUS LEDGER [EVENTS [ACTORS]]. Made-up ICEWS rows (20 years, a few actors with most of
# the events, as in the field's data), imported, and the example accounts read into the same file. Deterministic.
set -eu
casus=$1 ledger=$2 events=${3:-1000000} actors=${4:-10000}
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
rm -f "$ledger" "$ledger-wal" "$ledger-shm"
awk -v events="$events" -v actors="$actors" 'BEGIN {
    srand(1); OFS = "\t"
    n = split("Afghanistan Iran Pakistan China Russia India Turkey Iraq Syria Israel Egypt Sudan Kenya Nigeria France Germany Poland Ukraine Brazil Mexico Japan Canada Chile Peru Nepal Yemen Jordan Libya Mali Niger", country, " ")
    roles = split("Government,Military,Police,Citizen,Rebel,Party,Court,Business,Union,Media", role, ",")
    codes = split("010 020 030 036 040 042 043 051 057 060 070 080 084 090 100 110 111 112 120 130 138 140 141 145 150 160 163 170 173 180 183 190 193 195", code, " ")
    print "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude"
    for (i = 1; i <= events; i++) {
        day = int((i - 1) * 7200 / events); year = 2001 + int(day / 360); month = int(day % 360 / 30) + 1
        s = i <= actors ? i - 1 : int(actors * rand() * rand() * rand()); t = rand() < 0.6 ? (s + 1 + int(9 * rand() * rand())) % actors : int(actors * rand() * rand() * rand())
        if (t == s) t = (s + 1) % actors
        sc = country[s % n + 1]; tc = country[t % n + 1]; p = int(3000 * rand() * rand()); pc = country[p % n + 1]
        printf "%d\t%04d-%02d-%02d\t%s %d (%s)\t\t%s\tmade up\t%s\t0\t%s %d (%s)\t\t%s\t%d\t1\tmade up\tCity %d\t\t\t%s\t%.4f\t%.4f\n", i, year, month, day % 30 % 28 + 1, \
            role[s % roles + 1], s, sc, sc, code[int((s % 7 + 27 * rand()) % codes) + 1], role[t % roles + 1], t, tc, tc, i, p, pc, p % 120 - 60 + 0.123, p % 340 - 170 + 0.321
    }
}' >"$rows"
"$casus" import --db "$ledger" --format icews "$rows"
"$casus" read --db "$ledger" --quiet examples/*.txt tests/golden/accounts/*/article.txt
