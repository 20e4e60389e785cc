# The table of bench/score.sh from the rows of the measure scripts (lib.sh).
BEGIN { FS = "\t"; form = "%-58s %10s  %-12s %-4s  %s\n"; printf form, "measure", "value", "target", "met", "then" }

function met(value, target,    part) {
    if (target == "") return ""
    split(target, part, " ")
    if (part[1] == ">=") return value + 0 >= part[2] + 0 ? "yes" : "no"
    if (part[1] == "<=") return value + 0 <= part[2] + 0 ? "yes" : "no"
    return value == part[2] ? "yes" : "no"
}

$1 == "#" { skipped[++n_skipped] = $2 ": " $3; next }
{
    then = $4 == "" ? "" : $4 (met($2, $4) == "yes" ? ", met" : "")
    printf form, $1, $2, $3, met($2, $3), then
    asked += $3 != ""; reached += met($2, $3) == "yes"
}
END {
    printf "%d of %d targets met\n", reached, asked
    for (i = 1; i <= n_skipped; i++) print "skipped: " skipped[i]
}
