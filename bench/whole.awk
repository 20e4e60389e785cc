# One file as one JSON document; -v id=NAME. Offsets stay those of the file: every line end is kept.
{ text = text (NR > 1 ? "\\n" : "") escape($0) }
END {
    date = match(id, /[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]/) ? substr(id, RSTART, 10) : "2016-09-15"
    printf "{\"id\":\"%s\",\"date\":\"%s\",\"text\":\"%s\"}\n", escape(id), date, text
}
