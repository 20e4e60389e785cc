# knowledge/ontology/*.tsv and knowledge/countries.tsv -> one C file of constant arrays. Run by cmake/facts.cmake at build time.
BEGIN { FS = "\t" }
function text(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return "\"" s "\"" }
function number(s) { return s == "" ? "(double)NAN" : s }
function quad(s) { return s == "" ? 0 : s }
function begin_array(type, name) { if (open) print "};"; open = 1; print "static const " type " " name "[] = {" }
function code_row(code, scale, q, plover, mode, directed) {
    printf "    {%s, %s, %s, %s, %s, %d},\n", text(code), text(plover), text(mode), number(scale), quad(q), directed
}
FNR == 1 {
    head = 0
    file = FILENAME
    sub(/.*\//, "", file)
}
/^#/ { next }
!head { head = 1
    if (file == "others.tsv") next
    if (file == "countries.tsv") { begin_array("casus_country", "COUNTRIES"); next }
    name = toupper(file); sub(/\.TSV/, "", name); begin_array("casus_event_code", name); next }
file == "cameo.tsv" { code_row($1, $2, $3, $4, $5, 1) }
file == "plover.tsv" { quad_of[$1] = $3; if ($2 == "") score_of[$1] = $4; code_row($1 ($2 == "" ? "" : ":" $2), $4, $3, $1, $2, 1)
    score_of[$1 ":" $2] = $4 }
file == "weis.tsv" { split($3, types, "|"); code_row($1, $2, quad_of[types[1]], types[1], "", 1) }
file == "others.tsv" {
    if ($1 != scheme) { scheme = $1; begin_array("casus_event_code", toupper(scheme)) }
    code_row($2, $4 == "" ? "" : score_of[$4 ($5 == "" ? "" : ":" $5)], $3, $4, $5, $6)
}
file == "countries.tsv" {
    printf "    {%s, %s, %d, %s, %d, %d, %s, %s, %s, %s, %s},\n", text($1), text($2), $3, text($4), $5, $6, text($7), text($8), text($9), text($10), text($11)
}
END { print "};" }
