# Statement records to lines "DOCUMENT SOURCE+… EVENT TARGET+…"; actors of a dictionary are named CODE.….
function field(s, key) {
    if (!index(s, key)) return ""
    s = substr(s, index(s, key) + length(key))
    return substr(s, 1, index(s, "\"") - 1)
}
function codes(s,    out) {
    while (match(s, /"CODE\.[^"]*/)) {
        out = out (out ? "+" : "") substr(s, RSTART + 6, RLENGTH - 6)
        s = substr(s, RSTART + RLENGTH)
    }
    return out
}
/"record":"statement"/ {
    source = index($0, "\"source\":"); target = index($0, "\"target\":"); action = index($0, "\"action\":")
    print field($0, "\"doc\":\""), codes(substr($0, source, target - source)), field(substr($0, action), "\"cameo\":\""), codes(substr($0, target, action - target))
}
