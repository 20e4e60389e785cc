#!/bin/sh
# The flagship article against the rows a careful reader drew from it.
. bench/lib.sh
have flagship "$SHARED/seed/article.txt" "$SHARED/eval/score_rows.py" || exit 0
bench/rows.sh flagship "$SHARED/seed" '>= 0.38' '>= 0.50' '>= 0.72' '>= 0.70'
