# One session: runs each "$ command", compares what it prints with the lines that follow. See run.sh.
function quote(s) { gsub(/'/, "'\\''", s); return "'" s "'" }

# Does the line match, `...` inside standing for any text?
function same(want, got,    parts, n, i, at) {
    if (want == got) return 1
    n = split(want, parts, /\.\.\./)
    if (n < 2) return 0
    if (substr(got, 1, length(parts[1])) != parts[1]) return 0
    got = substr(got, length(parts[1]) + 1)
    for (i = 2; i <= n; i++) {
        if (parts[i] == "") continue
        at = index(got, parts[i])
        if (!at) return 0
        if (i == n && substr(got, length(got) - length(parts[i]) + 1) != parts[i]) return 0
        got = substr(got, at + length(parts[i]))
    }
    return parts[n] == "" || got == "" || i > n
}

# Do the expected lines w.. match the output lines g..? A line `...` matches any number of lines.
function match_from(w, g) {
    while (w <= wanted) {
        if (want[w] == "...") {
            if (w == wanted) return 1
            for (; g <= got_n + 1; g++) if (match_from(w + 1, g)) return 1
            return 0
        }
        if (g > got_n || !same(want[w], got[g])) return 0
        w++; g++
    }
    return g > got_n
}

function check(    cmd, line, status, i, shell) {
    if (command == "") return
    shell = "cd " quote(box) " && ( " command "\n) 2>&1; echo \"?$?\""
    cmd = "sh -c " quote(shell)
    got_n = 0
    while ((cmd | getline line) > 0) got[++got_n] = line
    close(cmd)
    status = got[got_n--]
    # output without a final newline ends in the status mark
    if (status !~ /^\?[0-9]+$/ && match(status, /\?[0-9]+$/)) {
        got[++got_n] = substr(status, 1, RSTART - 1); status = substr(status, RSTART)
    }
    if (status == expected && match_from(1, 1)) {
        for (i = 1; i <= wanted; i++) print want[i] > accepted
        if (expected != "?0") print expected > accepted
        return
    }
    bad++
    print "  $ " command
    for (i = 1; i <= wanted; i++) print "  want: " want[i]
    if (expected != status) print "  want: status " expected
    for (i = 1; i <= got_n; i++) { print "  got:  " got[i]; print got[i] > accepted }
    if (expected != status) print "  got:  status " status
    if (status != "?0") print status > accepted
}

BEGIN { printf "" > accepted; command = "" }
/^\$ / {
    check()
    command = substr($0, 3); wanted = 0; expected = "?0"
    print > accepted
    next
}
/^#/ { check(); command = ""; print > accepted; next }
/^\?[0-9]+$/ { expected = $0; next }
command != "" && $0 == "" && wanted == 0 { next }
command != "" { want[++wanted] = $0; next }
{ print > accepted }
END { check(); exit bad > 0 }
