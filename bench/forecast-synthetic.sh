#!/bin/sh
# A synthetic set in the research format: forecast-synthetic.sh FOLDER EVENTS. Actors grow with the events, so that the cost an
# event stays comparable; each source has a handful of partners and now and then meets somebody else.
set -eu
folder=$1 events=$2
mkdir -p "$folder"
awk -v folder="$folder" -v events="$events" 'BEGIN {
    srand(1); actors = int(events / 25) + 50; actions = 20; days = 365
    for (a = 0; a < actors; a++) printf "Role %d (Country %d)\t%d\n", int(a / 100), a % 100, a > (folder "/entity2id.txt")
    for (a = 0; a < actions; a++) printf "Action %d\t%d\n", a, a > (folder "/relation2id.txt")
    for (i = 0; i < events; i++) {
        day = int(i * days / events)
        part = day < days * 0.8 ? "train" : day < days * 0.9 ? "valid" : "test"
        s = int(actors * rand() * rand()); k = int(5 * rand())
        o = rand() < 0.8 ? (s + 1 + k * k) % actors : int(actors * rand())
        printf "%d\t%d\t%d\t%d\n", s, (s + k) % actions, o, day * 24 > (folder "/" part ".txt")
    }
}'
